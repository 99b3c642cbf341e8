"""What an item of the outline is: a heading, a task, a target or a statement.

Reads the items of :mod:`loaders.outline` and the document's kind; the knowledge about words stands in
``sections.toml``. The conventions are those of the contract (see the annotation guide, docs/annotation.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.columns import NAMES
from loaders.deadlines import find_deadlines
from loaders.duties import is_body_name, names_only_bodies, read_duties, work_told
from loaders.headings import (
    SENTENCE,
    annex_titles,
    body_of,
    heads_columns,
    is_heading,
    lists_parts,
    quoted_items,
    title_of,
)
from loaders.items import Item
from loaders.orders import starts_order
from loaders.quantities import find_quantities
from loaders.records import UnitKind
from loaders.requests import FORMULA, PROPOSES, SENDS, asks_apart, begins_with_order, ends_letter
from loaders.rolelines import responsibility_line
from loaders.rowkinds import row_kind
from loaders.sections import Role, default_kinds, inline_role, section_role, sections_table

_WITH_PARTNERS = ("chủ trì", "phối hợp")
_GIVES = ("giao ", "đồng thời, giao ", "đồng thời giao ")
_OBLIGES = re.compile(r"\b(?:cần|phải|chịu trách nhiệm|có nhiệm vụ|có trách nhiệm)\b")
_RESPONSIBLE = re.compile(r"\bcó (?:trách nhiệm|nhiệm vụ)\b")
# Whoever the bodies are, and whether the table knows them or not.
_CHARGED = re.compile(r"Có trách nhiệm\b|[A-ZĐÀ-Ỹ][^.]*\bchịu trách nhiệm (?:thi hành|tổ chức)\b")
_CHARGES_LATER = re.compile(  # "Quyết định này có hiệu lực …. Giám đốc Sở A … chịu trách nhiệm thi hành …"
    r"\bcó hiệu lực\b[^;:]{3,120}[.] [A-ZĐ][^.]{3,600}\bchịu trách nhiệm (?:thi hành|tổ chức)\b"
)
_GIVES_LATER = re.compile(r"\bcó hiệu lực\b[^;:]{3,300}[.] (?P<order>Giao (?:cho )?[A-ZĐ])")
_ESTIMATES = re.compile(r"\b(?:lập dự toán|dự toán)\b[^.;]*\b(?:gửi|trình|thẩm định)\b|\bgửi\b[^.;]*\bdự toán\b")
_SHORTEST = 5
"""Words of a sentence that orders."""
_MUST = re.compile(r"\bphải\s(?!là\b|có\b|được\b|không\b)")
_TELLS = re.compile(r"[^.;:]{3,300},\s[A-ZĐ][^,.;:]{2,80}\sđã\s")  # "Sau khi tiếp thu, Sở A đã trình …"
_PREFIX = re.compile(r"[^.;:]{3,120}:\s+")
_COLON = re.compile(r":\s")  # cheap: every such prefix ends so
_DIGIT = re.compile(r"\d")
_EXECUTES = re.compile(
    r"\bchịu trách nhiệm\b|\bcăn cứ (?:Quyết định|Nghị quyết)(?: này)? thi hành\b"
    r"|\b(?:tổ chức|triển khai|hướng dẫn|giám sát|kiểm tra|đôn đốc|báo cáo)\b[^.;:]{0,80}(?:thực hiện|thi hành)"
    r" (?:Nghị|Quy|Quyết|Thông|Chỉ) (?:định|quyết|chế|tư|thị)(?: này\b|\s*(?:[.;/]|$))"
)
_OVERSEES = re.compile(r"[A-ZĐ][^.;:,]{3,80} (?:có trách nhiệm |chủ trì, )?(?:theo dõi|đôn đốc)\b")
_ASSIGNS = re.compile(r"[^\W\d_][^.;:,]{3,80} giao (?:cho )?(?:[A-ZĐỦ]|các )")  # "Hội đồng nhân dân tỉnh giao Sở A …"
_DEFINES = re.compile(r"[^.;:,]{3,160}\s(?:bao gồm|gồm có|được căn cứ|được xác định)\b")
_COMPETENCE = re.compile(
    r"(?:(?:chủ trì,? )?phối hợp với [^.;:]{3,120}? )?(?:xem xét,? )?(?:quyết định|phê duyệt|ban hành|thông qua"
    r"|tán thành|quy định|chấp thuận|công nhận|cho phép|ủy quyền)\b"
)
_CONCERNS = re.compile(r"Việc [^.;:]{3,240}\s(?:là|được thực hiện)\s")
_POINTS_ELSEWHERE = re.compile(
    r"(?:Các )?[Cc]hỉ tiêu [^.;:\d]{3,120} theo\b"
)  # "Các chỉ tiêu còn lại thực hiện theo Phụ lục"
_FINDS = re.compile(  # what was found out orders nothing by itself
    r"(?:Qua|Theo) (?:kết quả |quá trình )?(?:kiểm tra|rà soát|theo dõi|xem xét|thẩm định|nghiên cứu)"
    r"[^.;]{0,300}\b(?:cho thấy|nhận thấy|ghi nhận)\b|(?:Đối chiếu|So với) (?:với )?(?:các )?quy định\b"
)
_TITLED = re.compile(r"(?:Về )?(?:[Tt]rách nhiệm|[Nn]hiệm vụ)(?: (?:của|chung của|thực hiện của))? ")  # of an article
_RIGHT = re.compile(r"(?:Được|Có quyền|Quyền)\b")
_GRANTS = re.compile(r"[^.;:]{3,240}(?<!để)\sđược (?:xem xét|miễn|hưởng|loại trừ)\b")  # no task
_CIRCUMSTANCE = re.compile(r"(?:Căn cứ|Trường hợp|Khi|Sau khi|Đối với|Nếu)\b")
_LONGEST_LIST = 300
"""Characters of an item that is nothing but a list of bodies."""
_LISTED_ACT = re.compile(r"[A-ZĐ][\w ]{2,30} số \S{1,30} ngày\b")  # an item that only names an act
_EVERY_YEAR = re.compile(r"(?:Hằng|Hàng|Mỗi) năm,? (?=[a-zà-ỹđ])")  # "Hằng năm dành ít nhất 20% kinh phí …"
_SINCE = re.compile(r"ngày (?:\w+ ){1,3}này có hiệu lực")  # a term, not what the act says of itself


def classify(items: Sequence[Item], document_type: str | None) -> list[UnitKind]:
    """The kind of each item, in order."""
    roles: dict[int, Role | None] = {}
    kinds: list[UnitKind] = []
    defaults = default_kinds(items, document_type)
    describing = sections_table()["figures"]["describe"]
    columns: Item | None = None
    titles = annex_titles(items)
    quoted = quoted_items(items) if defaults and defaults[0] in ("text", "informs") else set()
    for index, (item, default) in enumerate(zip(items, defaults, strict=True)):
        inherited = roles.get(id(item.parent)) if item.parent else None
        heading = is_heading(item) or heads_columns(item, *_beside(items, index))
        own = _own_role(item, heading)
        if own is None and inherited is None and heading and read_duties(item.text).own:
            own = "tasks"  # below a body's name stands what it must do
        roles[id(item)] = "background" if lists_parts(item) else own or inherited
        if not item.row:
            columns = None
        elif heading and (columns is None or NAMES.match(item.text)):
            columns = item
        if _asks_below(item) and (default != "informs" or PROPOSES.search(item.text)):
            roles[id(item.parent)] = roles[id(item)] = "tasks"
        if heading or index in titles:
            kinds.append("heading")
        elif index in quoted:
            kinds.append("statement")
        elif item.row:
            kinds.append(row_kind(item, columns, default))
        else:
            kind = _kind(item, own or inherited, default)
            described = kind == "target" and (item.issued or document_type) in describing and (own or inherited) is None
            kinds.append("statement" if described else kind)
    return kinds


def _beside(items: Sequence[Item], index: int) -> tuple[Item | None, Item | None]:
    """The items before and after one."""
    return items[index - 1] if index else None, items[index + 1] if index + 1 < len(items) else None


def _asks_below(item: Item) -> bool:
    """Whether a sentence asks somebody to do what is listed below it ("…, đề nghị Chủ đầu tư:")."""
    if not item.text.rstrip().endswith(":"):
        return False
    duties = read_duties(item.text)
    return bool(duties.asked) or (duties.own and item.marker is None)


def _own_role(item: Item, heading: bool) -> Role | None:
    """What the item's own title announces: a heading's words, the title above its paragraph, or one on its line."""
    if len(item.paragraphs) == 2 and not item.row:
        title = title_of(item)  # "2. Đề nghị Bộ Y tế", "Điều 8. Thanh tra tỉnh"
        asks = is_body_name(title) or (begins_with_order(title) and read_duties(title).own)
        return "tasks" if asks else section_role(title)
    return section_role(item.text.split(":")[0]) if heading or item.children else inline_role(item.text)


def _kind(item: Item, role: Role | None, default: str) -> UnitKind:
    text = body_of(item)
    if _CHARGES_LATER.search(text) and read_duties(text).later:
        return "task"
    if (given := _GIVES_LATER.search(text)) and read_duties(text[given.start("order") :]).own:
        return "task"
    if _FINDS.match(text) and not (read_duties(text).own or read_duties(text).asked):
        return "statement"
    if responsibility_line(text) is not None or _informs(item, text) or _names_thing(item, text):
        return "statement"
    opens_list = item.marker is None and text.endswith(":")
    if begins_with_order(text) and read_duties(text).own and not ("closing" in item.path or opens_list):
        return "task"
    if any(responsibility_line(child.text) for child in item.children):
        return "task"
    if role == "aims":
        return "target" if find_quantities(text, is_target=True) else "statement"
    if role == "targets":
        return "statement" if _POINTS_ELSEWHERE.match(text) else "target"
    if role != "background" and default in ("text", "orders") and item.marker and _only_figures(text):
        return "target"
    if item.marker is None:
        return "task" if _unlisted_order(item, text, role, default) else "statement"
    charged = default in ("norms", "rules") and role != "background" and item.parent and _charges(item, item.parent)
    return "task" if charged or _listed_order(text, role, default) else "statement"


def _charges(item: Item, above: Item) -> bool:
    """Whether what stands above an item says that a body must do what is listed there ("1. Sở A có trách nhiệm:",
    "Điều 5. Trách nhiệm của Sở A"), and the item gives no right."""
    text = above.text.rstrip()
    if text.endswith(":"):
        return bool(_RESPONSIBLE.search(text)) and read_duties(text).own
    titled = (_TITLED.match(text) or is_body_name(text)) and is_heading(above) and read_duties(text).own
    return bool(titled) and not _RIGHT.match(item.text)


def _listed_order(text: str, role: Role | None, default: str) -> bool:
    """Whether a listed item orders: by its section, by the kind of document, else by its own words."""
    if role == "background":
        return False
    if default == "informs" and role not in ("tasks", "mixed"):
        return bool(read_duties(text).asked)
    if role == "norms":
        return read_duties(text).own or _orders_by_a_day(text)
    if default == "text" and (SENDS.search(text) or _MUST.search(text)):
        return True
    if default == "rules" and (read_duties(text).own or starts_order(text)):
        return True
    if default in ("norms", "rules"):
        due = starts_order(text.partition(":")[0]) and bool(find_deadlines(text))  # "Hoàn thành … trước ngày …"
        return (
            due
            or _obliges(text)
            or _sets_to_work(text)
            or (role in ("tasks", "mixed") and (starts_order(text) or read_duties(text).own))
        )
    if role in ("tasks", "mixed") or default == "orders":
        return True
    return starts_order(text) or _orders(text) or read_duties(text).own or bool(read_duties(text).asked)


def _unlisted_order(item: Item, text: str, role: Role | None, default: str) -> bool:
    """An unnumbered paragraph orders only where it says so itself: by "Giao …", by naming who must act, by its verb
    below a body."""
    if "closing" in item.path:
        if default == "text" and asks_apart(text):
            return True
        due = begins_with_order(text) and (not FORMULA.search(text) or bool(find_deadlines(text)))
        return text.casefold().startswith(_GIVES) or (
            read_duties(text).own
            and (due or bool(_EXECUTES.search(text) or find_deadlines(text) or _OVERSEES.match(text)))
        )
    if role == "norms" and _orders_by_a_day(text):
        return True
    if role == "background" or text.endswith(":") or ends_letter(text):
        return False
    if default == "informs":
        proposal = role in ("tasks", "mixed") or not FORMULA.search(text)  # "Kiến nghị" is a section of its own
        return proposal and bool(PROPOSES.search(text[:120])) and read_duties(text).own
    if default in ("norms", "rules"):
        charged = role in ("tasks", "mixed") and starts_order(text)  # a second paragraph of "Trách nhiệm của Sở A"
        return _obliges(text) or charged or _sets_to_work(text) or (default == "rules" and read_duties(text).own)
    if default == "text" and (SENDS.search(text) or asks_apart(text)):
        return True
    if item.parent is None or item.parent.marker is None:
        return begins_with_order(text)
    by_verb = starts_order(text.partition(":")[0]) and not _TELLS.match(text)
    return begins_with_order(text) or by_verb or read_duties(text).own


def _orders_by_a_day(text: str) -> bool:
    """Whether a later sentence on the money tells a body what to do by when ("Các đơn vị lập dự toán, gửi Sở A trước
    ngày 20/7 hằng năm")."""
    sentences = [s.strip() for s in SENTENCE.findall(text) if len(s.split()) >= _SHORTEST]
    return any(_ESTIMATES.search(s) and read_duties(s).own and find_deadlines(s) for s in sentences)


def _obliges(text: str) -> bool:
    """Whether a sentence tells a named body that it must act ("Sở A có trách nhiệm …"), or begins "Giao Sở A …"."""
    if begins_with_order(text) or _CHARGED.match(text):
        return True
    charges = _orders(text) or _OBLIGES.search(text[:200]) or _EXECUTES.search(text) or _ASSIGNS.match(text)
    return bool(charges) and read_duties(text).own


def _sets_to_work(text: str) -> bool:
    """Whether an article's item tells a body what it does ("Ủy ban nhân dân cấp xã tiếp nhận hồ sơ …"), not what is
    for it to decide ("Bộ trưởng quyết định …", "phê duyệt …")."""
    work = work_told(text)
    return bool(work) and starts_order(work) and not _COMPETENCE.match(work)


def _informs(item: Item, text: str) -> bool:
    table = sections_table()
    lowered = _SINCE.sub("", text.casefold())
    if item.parent is None and lowered.startswith(tuple(table["grounds"]["starts"])):
        return True
    informing = table["informing"]
    first = lowered.partition(". ")[0]  # "… theo dõi, đôn đốc. Nghị quyết này được phổ biến đến chi bộ."
    held = [word for word in informing["holds"] if word in (first if word.startswith("này ") else lowered)]
    return lowered.startswith(tuple(informing["starts"])) or bool(held)


def _names_thing(item: Item, text: str) -> bool:
    """Whether an item begins with a thing, or says what one comprises or somebody is granted, and neither obliges
    anybody nor gives an order behind a colon; below an order ("Trình Hội đồng nhân dân tỉnh quyết định:") the thing is
    its object."""
    if item.parent and item.parent.text.rstrip().endswith(":") and starts_order(item.parent.text):
        return False
    if _CONCERNS.match(text) or (item.marker and (_lists_bodies(text) or _names_act(text))):
        return True
    grants = _GRANTS.match(text) and not (_CIRCUMSTANCE.match(text) and (starts_order(text) or _sets_to_work(text)))
    if (_DEFINES.match(text) or grants) and not _OBLIGES.search(text):
        return True
    if text.startswith("Đối với ") and names_only_bodies(text.partition(":")[2].strip(" .;")):
        return True  # "Đối với giấy phép nhóm I: Cục A, Sở B" says who is concerned
    things = tuple(sections_table()["things"]["words"])
    if not text.casefold().removeprefix("các ").startswith(things):
        return False
    if _OBLIGES.search(text) or SENDS.search(text) or asks_apart(text):
        return False
    return not starts_order(text.partition(":")[2].lstrip()) and not read_duties(text).own


def _lists_bodies(text: str) -> bool:
    """Whether an item is nothing but bodies, and no order ("Lãnh đạo Hội đồng nhân dân, …")."""
    return is_body_name(text) or (is_body_name(text, _LONGEST_LIST) and not starts_order(text))


def _names_act(text: str) -> bool:
    """Whether an item of a list is an act and no order to carry one out."""
    return bool(_LISTED_ACT.match(text)) and not starts_order(text) and not read_duties(text).own


def _orders(text: str) -> bool:
    table = sections_table()["ordering"]
    lowered = text.casefold()
    return lowered.startswith(tuple(table["starts"])) or any(word in lowered for word in table["holds"])


def _only_figures(text: str) -> bool:
    """Whether an item is nothing but figures to reach: nearly every sentence holds one, and none orders other work."""
    if not _DIGIT.search(text):
        return False
    prefix = _PREFIX.match(text) if _COLON.search(text) else None
    body = text[prefix.end() :] if prefix else text
    sentences = [s.strip() for s in SENTENCE.findall(body) if len(s.split()) >= 3]
    if body == text and read_duties(text).own:
        return False
    if text.casefold().startswith(_WITH_PARTNERS):
        return False
    if not sentences or not _DIGIT.search(body) or " đã " in text.partition(":")[0]:
        return False
    return sum(_is_figure(sentence) for sentence in sentences) >= 0.8 * len(sentences)


def _is_figure(sentence: str) -> bool:
    """A sentence with a figure that begins with what is counted or with the direction, not with a verb of work; one
    that tells what was done is none."""
    if " đã " in sentence:
        return False
    sentence = _EVERY_YEAR.sub("", sentence)
    directed = sentence.casefold().startswith(tuple(sections_table()["figures"]["verbs"]))
    if not directed and starts_order(sentence):
        return False
    return bool(find_quantities(sentence, is_target=True))
