"""Where a letter or report asks: who is written to, or a higher body, is told what to do; the last words of a letter,
which ask for nothing of their own ("… nghiêm túc triển khai thực hiện./."), are none.

Reads the text of one item; :mod:`loaders.unitkinds` makes tasks of what asks.
"""

from __future__ import annotations

import re

from loaders.deadlines import find_deadlines
from loaders.duties import read_duties
from loaders.sections import sections_table

_OF_ADDRESSEE = re.compile(  # who is written to, by its kind: "Đề nghị Công ty rà soát …"
    r"[Đđ]ề nghị (?:[Qq]uý (?:Bộ|Sở|Cơ quan|Ủy ban)"
    r"|(?:[Qq]uý )?(?:Công ty|Chi nhánh|Doanh nghiệp|Hợp tác xã|Hội|Hiệp hội|Đơn vị)) [a-zà-ỹđ]"
)
PROPOSES = re.compile(r"\b(?:đề nghị|kiến nghị|yêu cầu)\b", re.IGNORECASE)
FORMULA = re.compile(  # "Yêu cầu các sở nghiêm túc triển khai thực hiện./.": nothing but the end of a letter
    r"(?:thực hiện|triển khai|phối hợp|chỉ đạo|xem xét|quan tâm|giải quyết|được biết|để biết)\b[^;:]{0,90}$"
)
_OWN_WORK = re.compile(
    r"[^.;:,]{3,60}?\s(?:(?:khẩn trương|sớm|kịp thời)\s(?:có |gửi |lập )?"
    r"(?:báo cáo|ý kiến|văn bản|rà soát|cung cấp|bổ sung)"
    r"|(?:nộp|gửi|bổ sung|hoàn thiện|cung cấp|nghiên cứu|rà soát)\s(?:lại\s)?[a-zà-ỹđ])"
)
_IF_NEEDED = re.compile(r"\b(?:nếu có|vướng mắc|phát sinh)\b")
_LONGEST_FORMULA = 200
"""Characters behind "đề nghị"."""
_CALLS = re.compile(r"\b(?:chủ trì|chịu trách nhiệm|có trách nhiệm|đề nghị|yêu cầu)\b", re.IGNORECASE)
SENDS = re.compile(r"\b(?:đề nghị|xin) gửi (?:về|đến|qua|tới)\b")


def begins_with_order(text: str) -> bool:
    """Whether a text begins with one of the words that address an order ("Giao …", "Yêu cầu …")."""
    return text.casefold().startswith(tuple(sections_table()["ordering"]["starts"]))


def ends_letter(text: str) -> bool:
    """Whether a paragraph is the last formula ("Căn cứ ý kiến trên, các đơn vị nghiêm túc thực hiện./.")."""
    if not text.endswith("./.") or begins_with_order(text):
        return False
    return bool(FORMULA.search(text)) and not find_deadlines(text)


def asks_apart(text: str) -> bool:
    """Whether a paragraph of a letter asks somebody by name, whatever it tells before, and is no mere end of it."""
    duties = read_duties(text)
    asks = duties.asked or _OF_ADDRESSEE.search(text) or (duties.own and _CALLS.search(text))
    return bool(asks) and (not FORMULA.search(text) or bool(find_deadlines(text)) or _asks_at_length(text))


def _asks_at_length(text: str) -> bool:
    """Whether what is asked is longer than the set words that end a letter, or begins with work of its own ("khẩn
    trương có báo cáo về …"); what to do "nếu có vướng mắc" ends every letter."""
    last = max((match.end() for match in PROPOSES.finditer(text)), default=len(text))
    work = _OWN_WORK.match(text, last) and not _IF_NEEDED.search(text)
    return len(text) - last > _LONGEST_FORMULA or bool(work)
