"""What is printed beside an act: its date, issuer and subject, and the provision of it that is pointed to.

Reads clean text around a mention; nothing is supplied that is not printed. The order is that of NĐ 30/2020/NĐ-CP, appendix I,
part II, item 6 ("tên loại văn bản, số, ký hiệu, thời gian ban hành, tên cơ quan, tổ chức ban hành và trích yếu"); the date may
also come after the issuer, or open the sentence ("Ngày 30/6/2023, Chính phủ ban hành Nghị định số …").
"""

from __future__ import annotations

import re
from typing import NamedTuple

from loaders.dates import date_at, find_dates

_DATE_LEAD = re.compile(r"\s{0,2}(?:,\s{0,2})?(?:\(\s{0,2})?(?:(?:được\s)?(?:ký|ban hành|đề|thông qua)\s{1,2})?(?=ngày|Ngày|NGÀY|\d)")
_OF = re.compile(r"\s{0,2}\)?,?\s{0,2}(?:(?:do|của|CỦA|cua)\s{1,2}|(?=(?:Hội nghị lần thứ|HỘI NGHỊ LẦN THỨ)\s))(?=[A-ZĐÂĂÊÔƠƯÁỦỤỨ])")
_ISSUER_END = re.compile(
    r"[;:.()“”\"…]|\n"
    r"|,(?!\s{1,2}(?:[Kk]h[oó][aá]\s|Chủ nhiệm|Thể thao|Thương binh|Tổng Thanh tra|Trưởng ban|Bộ trưởng|nhiệm kỳ|Phó |Chủ tịch Hội đồng))"
    r"|\s{1,2}(?=(?:[Vv]ề|[Qq]uy định|QUY ĐỊNH|VỀ|[Bb]an hành|[Hh]ướng dẫn|[Ss]ửa đổi|[Bb]ổ sung|[Pp]hê duyệt|[Cc]ông bố|[Tt]riển khai|[Tt]hực hiện|lãnh đạo|tăng cường"
    r"|đẩy mạnh|một số|[Bb]ãi bỏ|[Đđ]iều chỉnh|[Gg]iao|chỉ đạo|thành lập|kiện toàn|phân công|ngày|Ngày|được|đã|và|trên|tại|trong|để|có|là|nêu|thì|gửi|công khai|phân bổ|thay thế"
    r"|nhằm|với|cho|đề nghị|bảo đảm|đảm bảo|phải|ký|này|vừa|yêu cầu|thông báo|kết luận|cụ thể|theo|nay|như|khi|sẽ|đến|từ|hay|hoặc|còn|không|quyết|xác định|kèm|NGÀY|Nghị|Quyết định)(?!\w)(?!\s(?:và|Đào tạo)\s[A-ZĐ]))"
)
_AND_INSIDE = re.compile(r"\s{1,2}và\s{1,2}(?=(?:Đầu tư|Đào tạo|Du lịch|Công nghệ|Môi trường|Xã hội|Truyền thông|Phát triển|Giám sát|Tôn giáo|Dân chủ|Trung ương|Thương mại|Trung tâm|Xây dựng|Tài chính|Kinh tế|Quản lý|Ngân sách)(?!\w))")
_SUBJECT = re.compile(
    r"\s{0,2}\)?,?\s{0,2}[“\"‘(*]?\s{0,2}(?=(?:[Vv]ề|VỀ|[Qq]uy định|QUY ĐỊNH|[Bb]an hành|BAN HÀNH|[Hh]ướng dẫn|[Ss]ửa đổi|SỬA ĐỔI|[Bb]ổ sung|[Pp]hê duyệt|PHÊ DUYỆT|[Cc]ông bố|CÔNG BỐ|[Bb]ãi bỏ|[Đđ]iều chỉnh"
    r"|[Qq]uy hoạch|phân bổ|phân cấp|thay thế|một số)(?!\w))"
)
_SUBJECT_OF_ISSUER = re.compile(
    r"\s{0,2}[“\"‘]?\s{0,2}(?=(?:[Tt]riển khai|[Tt]hực hiện|lãnh đạo|tăng cường|đẩy mạnh|[Gg]iao|chỉ đạo|thành lập|kiện toàn|phân công|phê chuẩn|thông qua|thi hành|tiếp tục|đổi mới|nâng cao|phát triển)(?!\w))"
)
_QUOTED = re.compile(r"\s{0,2},?\s{0,2}[“\"]")
_CLOSING = {"“": "”", '"': '"', "‘": "’"}
_SUBJECT_STOP = re.compile(
    r"[;:”“\"]|\.(?=\s|$|/)|\./\.|\s\(|\)"
    r"|,\s{1,2}(?=(?:phấn đấu|nhằm|trong đó|bảo đảm|đảm bảo|góp phần|đồng thời|theo đó|qua đó|xác định đây|kịp thời đề xuất|cụ thể|gắn với|với các|từ đó|giao|có hiệu lực|yêu cầu|đề nghị)\s)"
    r"|,\s{1,2}(?=(?:Ủy ban|UBND|Hội đồng nhân dân|HĐND|Bộ|Sở|Thủ tướng|Chính phủ|Ban Thường vụ|Tỉnh ủy|Chủ tịch|Cục|Văn phòng|Phó Thủ tướng|Tổng cục|Ban|Bộ trưởng|Thành ủy|Huyện ủy|Đảng ủy)\s[^,;.]{0,70}?"
    r"(?:ban hành|xây dựng|có ý kiến|yêu cầu|đề nghị|thông báo|báo cáo|hướng dẫn|triển khai|trình|đã|quyết nghị|quyết định|kết luận|giao|tổ chức)\s)"
    r"|(?:,|\svà)\s{1,2}(?=(?:các )?(?:Nghị quyết|Nghị định|Quyết định|Chỉ thị|Kết luận|Thông tư|Công văn|Kế hoạch|Thông báo|Báo cáo|Công điện|Tờ trình|Chương trình)(?: liên tịch| hành động| thẩm tra| kết luận)? (?:số |\d))"
    r"|(?:,|\svà)\s{1,2}(?=(?:Nghị quyết|Nghị định|Quyết định|Chỉ thị|Kết luận|Thông tư) (?:của|hướng dẫn|quy định|về) )"
)
_SPAN_OF_TIME = re.compile(r"(?:đến năm (?:19|20)\d\d|giai đoạn (?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d|(?<!đến )(?<!từ )năm (?:19|20)\d\d|trong tình hình mới)(?!\w)")
_COMMA = re.compile(r",\s{1,2}(?!(?:định hướng|tầm nhìn|và những năm|có tính đến|giai đoạn|những năm|năm|tiếp theo|\d)(?!\w))")
_SUBJECT_LIMIT = 600
_PROVISION = re.compile(
    r"(?:(?:(?:[Cc]ác )?(?:[Đđ]iểm|[Kk]hoản|[Đđ]iều|[Mm]ục|[Cc]hương|[Pp]hần|[Pp]hụ lục|tiết)\s{1,2}[\dIVXa-zđ]{1,4}(?:\.\d{1,2})*(?:\s?(?:,|và|đến)\s?[\dIVXa-zđ]{1,3}(?!\w)){0,6})(?:,?\s{1,2}(?:và |của )?)?){1,6}$"
)
_ISSUER_BEFORE = re.compile(r"(?<!\w)của\s(?P<issuer>[A-ZĐỦỨ][^,;.:()“”§]{3,70}?)\s(?:nêu |đã nêu |ban hành )?(?:tại|trong)\s(?:các\s)?$")
_OPENING_DATE = re.compile(r"(?:đã\s|có\s|ký\s|đã ký\s){0,2}(?:ban hành|có|ký|thông qua|gửi)\s{1,2}$")


class Details(NamedTuple):
    """Facts beside an act. Spans are clean offsets; ``end`` is where what belongs to the act ends."""

    end: int
    date: str | None
    issuer: tuple[int, int] | None
    subject: tuple[int, int] | None


def read_details(text: str, start: int, end: int, limit: int) -> Details:
    """What is printed after the mention ``text[start:end]``, at most up to ``limit`` (the paragraph's end)."""
    at, date = _date(text, end, limit)
    issuer, at = _issuer(text, at, limit)
    if date is None:
        at, date = _date(text, at, limit)
    subject, at = _subject(text, at, limit, bool(issuer))
    return Details(at, date, issuer, subject)


def provision_before(text: str, floor: int, start: int) -> str | None:
    """The provision that the words before a mention point to ("khoản 2 Điều 5"), as printed."""
    found = _PROVISION.search(text, max(floor, start - 90), start)
    return " ".join(found.group().split()).rstrip(", ").removesuffix(" của") if found else None


def issuer_before(text: str, floor: int, start: int) -> tuple[int, int] | None:
    """The issuer that the words before a mention name: "chỉ đạo của Ủy ban nhân dân tỉnh tại Công văn số …"."""
    found = _ISSUER_BEFORE.search(text, max(floor, start - 100), start)
    return found.span("issuer") if found else None


def date_inside(text: str, start: int, end: int) -> str | None:
    """The date that stands between kind and number: "văn bản đề ngày 29 tháng 10 năm 2025 số 16/CV-HHT"."""
    return next((d.iso for d in find_dates(text, start, end)), None) if end - start > 28 else None


def date_opening(text: str, sentence: int, start: int) -> str | None:
    """The date that opens the sentence where it is the act's: "Ngày 30/6/2023, Chính phủ đã ban hành Nghị định …"."""
    if not _OPENING_DATE.search(text, max(sentence, start - 40), start):
        return None
    dates = list(find_dates(text, sentence, min(start, sentence + 40)))
    return dates[0].iso if len(dates) == 1 and dates[0].start - sentence < 8 else None


def issuer_end(text: str, start: int, limit: int) -> int:
    """Where the issuer's name that begins at ``start`` ends."""
    at = start
    while found := _ISSUER_END.search(text, at, limit):
        joined = _AND_INSIDE.match(text, found.start(), limit)
        if joined is None or found.start() - start > 160:
            return found.start()
        at = joined.end()
    return limit


def subject_end(text: str, start: int, limit: int) -> int:
    """Where a subject or title that begins at ``start`` ends: at a mark, at the next act of a list, or where the sentence resumes."""
    limit = min(limit, start + _SUBJECT_LIMIT)
    stop = _SUBJECT_STOP.search(text, start, limit)
    end = stop.start() if stop else limit
    time = _SPAN_OF_TIME.search(text, start, end)
    comma = _COMMA.search(text, time.end(), end) if time else None
    return comma.start() if comma else end


def _date(text: str, at: int, limit: int) -> tuple[int, str | None]:
    lead = _DATE_LEAD.match(text, at, limit)
    found = date_at(text, lead.end(), limit) if lead else None
    return (found.end, found.iso) if found else (at, None)


def _issuer(text: str, at: int, limit: int) -> tuple[tuple[int, int] | None, int]:
    of = _OF.match(text, at, limit)
    if of is None:
        return None, at
    end = issuer_end(text, of.end(), min(limit, of.end() + 200))
    return ((of.end(), end), end) if end > of.end() else (None, at)


def _subject(text: str, at: int, limit: int, has_issuer: bool) -> tuple[tuple[int, int] | None, int]:
    lead = _SUBJECT.match(text, at, limit) or (has_issuer and _SUBJECT_OF_ISSUER.match(text, at, limit)) or _QUOTED.match(text, at, limit)
    if not lead:
        return None, at
    opened = next((c for c in lead.group() if c in _CLOSING), None)
    if opened:
        close = text.find(_CLOSING[opened], lead.end(), min(limit, lead.end() + _SUBJECT_LIMIT))
        if close > 0:
            return (lead.end(), close), close + 1
    end = subject_end(text, lead.end(), limit)
    return ((lead.end(), end), end) if end > lead.end() else (None, at)
