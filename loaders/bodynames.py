"""Where one name of a body begins and ends in running text, and its full form.

Reads the words of one unit from a given place. A name ends where the work begins (a verb or adverb of ``duties.toml``),
at a phrase that cannot belong to it, or where the next name of a list begins; some verbs belong to names
("Cục Kết cấu hạ tầng xây dựng", "các đơn vị quản lý đường bộ, các sở …").
"""

from __future__ import annotations

from loaders.bodywords import grammar, group_at, head_at, noun_at, work_at
from loaders.words import Words
from ontology.bodies import expand
from ontology.spelling import write_out

SEPARATORS = frozenset({",", ";", "và"})
_JOINTS = frozenset({"-", "–", "/", "&"})
_GIVEN = frozenset({("cho",), ("các",), ("nhiệm",), ("trách",)})
"""What follows "giao" where a body gives work to another ("giao thông" and "giao dịch" are no orders)."""
_FORMS = frozenset({"phần", "tnhh", "viên", "cp"})
"""The last words of an enterprise's form, before its trade ("Công ty cổ phần xây dựng …")."""
_PLACE_NAMES = 24
"""Words of names of places that may stand behind the kind of place ("các huyện Sơn Thạch, Đông Lăng")."""
_COMMITTEES = frozenset({"cục", "huy", "quỹ", "sát", "đạo"})
"""The last words of heads whose names may go on with "phòng, chống …"."""
_SAME = frozenset({("cấp",), ("địa",), ("ngành",), ("lĩnh",), ("loại",), ("cơ",)})
"""What follows "cùng" where it means the same ("Công an cùng cấp")."""
_MANAGING = frozenset({"cục", "phòng", "vụ"})
_REACH = frozenset({("các", "cấp"), ("quốc", "gia"), ("trung", "ương")})
"""How far a body's powers reach, where its name ends with that."""
_DESCRIPTION = 8
"""Words that may tell which bodies of a group are meant."""
LONGEST = 120
"""Words a name may have: no printed name comes near, and no reading goes on for ever."""


def starts_body(words: Words, at: int, *, first: bool = False) -> bool:
    """Whether a body begins here; ``first``: at the opening of an item, where fewer bare nouns can."""
    g = grammar()
    bare = (g.bare_first if first else g.bare).at(words, at)
    if bare > g.not_heads.at(words, at):
        return True
    if g.posts.at(words, at + g.plural.at(words, at)) or g.address.at(words, at):
        return after_posts(words, at)[0] != at
    return bool(head_at(words, at) or group_at(words, at))


def after_separator(words: Words, at: int) -> int | None:
    """The place after the commas, semicolons and "và" at ``at``; ``None`` where none stands there."""
    if at >= len(words.keys) or words.keys[at] not in SEPARATORS:
        return None
    while at < len(words.keys) and words.keys[at] in SEPARATORS:
        at += 1
    return at


def slash_parts(words: Words, at: int) -> bool:
    """Whether a slash parts two bodies, each with its own head ("Bộ Chỉ huy Quân sự tỉnh/Ban Chỉ huy …")."""
    return words.keys[at : at + 1] == ("/",) and words.capital(at + 1) and head_at(words, at + 1) > 0


def after_posts(words: Words, at: int) -> tuple[int, str, bool]:
    """Where the body begins after the posts at ``at``, the posts as printed, and whether "các" stood before them."""
    g = grammar()
    printed: list[str] = []
    place = at + g.address.at(words, at)
    many = bool(g.plural.at(words, place) and g.posts.at(words, place + 1))
    place += many
    while length := g.posts.at(words, place) if not g.village_posts.at(words, place) else 0:
        printed.append(words.slice(place, place + length))
        place += length
        follows = after_separator(words, place)
        if follows is None or not g.posts.at(words, follows) or printed[-1].casefold() in g.post_alone:
            break
        place = follows
    if not printed:
        return at, "", False
    place += words.keys[place : place + 1] == ("của",) or (
        words.keys[place : place + 1] == (":",) and head_at(words, place + 1) > 0
    )
    return place, ", ".join(printed), many


def name_end(words: Words, start: int, at: int, *, group: bool) -> int:
    """Where the name that begins at ``start``, with its head read up to ``at``, ends."""
    g = grammar()
    field = g.fields.at(words, at) if at == start + 1 and words.keys[start] in g.named else 0
    at, closed, limit = at + field, field > 0, min(len(words.keys), start + LONGEST)
    while at < limit:
        if length := g.closing.at(words, at):
            at, closed = at + length, True
        elif words.keys[at] in SEPARATORS:
            after = None if closed or field else _continued(words, start, at, group=group)
            if after is None:
                return at
            at = after
        elif closed:
            length = _after_closed(words, at, field)
            if not length:
                return at
            at, closed, field = at + length, False, 0
        elif length := (
            _managed(words, start, at)
            or g.compounds.at(words, at)
            or max(_chosen(words, at, limit), _inner_at(words, at))
            or _described(words, start, at)
            or _against(words, at)
            or (noun_at(words, at) if g.plural.before(words, at) else 0)  # "đảng đoàn các tổ chức chính trị"
        ):
            at += length
        elif _numbered_place(words, at):
            at += 1
        elif ends_name(words, start, at) or (not group and _placed(words, at)):
            return at
        else:
            at += 1
    return at


def _managed(words: Words, start: int, at: int) -> int:
    """How many words behind "Cục Quản lý" say what it manages, though they are a verb elsewhere ("xây dựng")."""
    own = words.keys[start] in _MANAGING or words.keys[start : start + 2] == ("chi", "cục")
    if not own or words.keys[at - 2 : at] != ("quản", "lý") or at > start + 4:
        return 0
    return grammar().noun_verbs.at(words, at) or grammar().verbs.at(words, at)


def _against(words: Words, at: int) -> int:
    """How many words behind a committee's head say what it works against ("Ban Chỉ huy phòng, chống thiên tai và tìm
    kiếm cứu nạn tỉnh"): up to its place, else to the next mark or verb."""
    if words.keys[at - 1] not in _COMMITTEES or words.keys[at : at + 3] != ("phòng", ",", "chống"):
        return 0
    g, limit = grammar(), min(len(words.keys), at + _PLACE_NAMES)
    if words.keys[at - 1] == "sát":  # "Cục Cảnh sát phòng, chống tội phạm về môi trường"
        return next((i for i in range(at + 3, limit) if not words.is_word(i) or words.keys[i] == "và"), limit) - at
    for place in range(at + 3, limit):
        if not words.is_word(place) and words.keys[place] != ",":
            break
        if words.keys[place : place + 2] in _REACH or (g.places.at(words, place) and not g.compounds.at(words, place)):
            return place - at
    return next((i for i in range(at + 3, limit) if words.keys[i] in SEPARATORS or ends_name(words, at, i)), limit) - at


def _numbered_place(words: Words, at: int) -> bool:
    """Whether a number at ``at`` belongs to a place's name ("xã Đam Rông 4", "phường 7"), and is no count ("05 bộ")."""
    number = words.keys[at].isdigit() and not words.keys[at].startswith("0") and len(words.keys[at]) <= 2
    if not number or not (words.capital(at - 1) or grammar().places.before(words, at)):
        return False
    follows = words.keys[at + 1 : at + 2]
    return not follows or not words.is_word(at + 1) or follows[0] == "và" or work_at(words, at + 1)


def _after_closed(words: Words, at: int, field: int) -> int:
    """How many words may still follow a closed name: "tỉnh", "thuộc", or a place name after a field's."""
    length = grammar().after_closing.at(words, at)
    if not length and field and words.capital(at) and not work_at(words, at) and not head_at(words, at):
        return 1
    return length


def _described(words: Words, start: int, at: int) -> int:
    """How many words tell at ``at`` which bodies are meant: "từ Sơn Thạch đến Đông Lăng", "có chức năng đào tạo" of a
    group, up to the next of the list."""
    place = at + 1
    if words.keys[at] == "từ" and words.capital(place):
        while words.capital(place) or (words.keys[place : place + 1] == ("đến",) and words.capital(place + 1)):
            place += 1
        return place - at if "đến" in words.keys[at:place] else 0
    if not grammar().relative.at(words, at) or not grammar().plural.at(words, start):
        return 0
    for place in range(at + 1, min(len(words.keys), at + 3 * _DESCRIPTION)):
        if words.keys[place] == "thuộc":
            return place - at
        if words.keys[place] in {".", ":"}:
            return 0
        if words.keys[place] in SEPARATORS and (group_at(words, place + 1) or head_at(words, place + 1)):
            return place - at
    return 0


def _inner_at(words: Words, at: int) -> int:
    g = grammar()
    return g.inner.at(words, at) if g.inner_after.before(words, at) else 0


def _chosen(words: Words, at: int, limit: int) -> int:
    """How many words tell at ``at`` for what a body was chosen ("đơn vị được giao quan trắc môi trường" before another
    verb): up to the verb of the sentence, or of the choice alone where no other verb follows."""
    g = grammar()
    several = g.inner_after.before(words, at) or (g.nouns.before(words, at) and not g.places.before(words, at))
    length = g.chosen.at(words, at) if several else 0
    work = at + length
    verb = g.verbs.at(words, work) if length else 0
    for place in range(work + verb, min(limit, work + _DESCRIPTION) if verb else 0):
        if not words.is_word(place) or words.keys[place] == "và" or g.ends.at(words, place):
            break
        if g.verbs.at(words, place) and not g.compounds.at(words, place):
            return place - at
    return length if verb else 0


def ends_name(words: Words, start: int, at: int) -> bool:
    """Whether the word at ``at`` cannot belong to the name that begins at ``start``."""
    g = grammar()
    if not words.is_word(at):
        return words.keys[at] not in _JOINTS or slash_parts(words, at)
    if words.capital(at):
        joined = words.keys[at - 1] in SEPARATORS or words.keys[at - 1] in _JOINTS
        return at > start + 1 and not joined and work_at(words, at)
    if words.keys[at] == "cùng" and words.keys[at + 1 : at + 2] not in _SAME:
        return True  # "Cục X cùng Tổng công ty Y xây dựng …"
    if words.keys[at] == "giao" and (words.capital(at + 1) or words.keys[at + 1 : at + 2] in _GIVEN):
        return True
    verb = g.verbs.at(words, at)
    if verb and (_names_field(words, at) or _describes(words, start, at) or _names_trade(words, start, at)):
        return False
    return bool(verb or g.ends.at(words, at) or g.circumstance.at(words, at))


def _names_field(words: Words, at: int) -> bool:
    """Whether a verb is the last word of a name ("Cục Kết cấu hạ tầng xây dựng tham mưu …"): another one follows it."""
    after = at + grammar().noun_verbs.at(words, at)
    if after == at:
        return False
    if words.keys[after : after + 1] in {(",",), (";",), ("và",)}:
        return starts_body(words, after + 1)
    return after >= len(words.keys) or words.keys[after] == ":" or bool(grammar().verbs.at(words, after))


def _names_trade(words: Words, start: int, at: int) -> bool:
    """Whether a verb is one of the trades in an enterprise's name: a capital or another trade follows it, or another or
    the enterprise's form stands before it."""
    g = grammar()
    length = g.trades.at(words, at) if g.enterprises.at(words, start) else 0
    after = at + length + (words.keys[at + length : at + length + 1] == ("và",))
    behind = g.trades.before(words, at) or words.keys[at - 1] in _FORMS
    return length > 0 and bool(words.capital(after) or g.trades.at(words, after) or behind)


def _describes(words: Words, start: int, at: int) -> bool:
    """Whether a verb tells which bodies of a group are meant: the list goes on before any other verb ("các đơn vị quản
    lý đường bộ, các sở …")."""
    g = grammar()
    if not g.plural.at(words, start) or not g.describing.at(words, at):
        return False
    for place in range(at + 1, min(len(words.keys), at + _DESCRIPTION)):
        if words.keys[place] == ":":
            return True
        if words.keys[place] in SEPARATORS and not g.describing.at(words, place + 1):
            return bool(g.plural.at(words, place + 1)) and starts_body(words, place + 1)
        if words.keys[place] in SEPARATORS or g.describing.at(words, place):
            continue
        if not words.is_word(place) or (g.verbs.at(words, place) and not g.compounds.at(words, place)):
            return False
    return False


def _placed(words: Words, at: int) -> bool:
    """Whether a name is over before ``at`` since its place is said ("Kho bạc Nhà nước tỉnh" before any small word)."""
    g = grammar()
    if not words.is_word(at) or words.capital(at) or g.after_places.at(words, at) or _part_of_place(words, at):
        return False
    place = at
    while place > at - _PLACE_NAMES and words.capital(place - 1):
        place -= 1 + (words.keys[place - 2] in SEPARATORS and words.capital(place - 3))
    return g.places.before(words, place) > 0


def _part_of_place(words: Words, at: int) -> bool:
    """Whether the word at ``at`` goes on with a kind of place ("thị" before "xã", "đặc" before "khu"), or "thuộc"."""
    g = grammar()
    return bool(g.places.at(words, at) or g.after_closing.at(words, at))


def _continued(words: Words, start: int, at: int, *, group: bool) -> int | None:
    """Where the name goes on behind the separator at ``at``; ``None`` where another body or the work begins there."""
    g = grammar()
    after = after_separator(words, at)
    if after is None or after >= len(words.keys) or not words.is_word(after) or words.keys[at] == ";":
        return None
    if words.keys[start : start + 2] == ("văn", "phòng") and _shares_office(words, at, after):
        return after
    if words.keys[start : start + 3] == ("ban", "quản", "lý") and words.keys[after : after + 2] == ("các", "khu"):
        return after + 2  # "Ban Quản lý Khu kinh tế X và các Khu công nghiệp Y"
    if words.capital(after):
        length = noun_at(words, after) if group else 0
        if length and (
            words.keys[after + length : after + length + 1] == (",",) or g.closing.at(words, after + length)
        ):
            return after + length  # "các Tập đoàn, Tổng công ty, đơn vị"
        starts = head_at(words, after) or g.posts.at(words, after) or g.plural.at(words, after)
        return None if starts or work_at(words, after) else after
    if g.plural.at(words, after) or g.posts.at(words, after) or g.separate.at(words, after):
        return None
    if group and g.describing.at(words, after) and _describes(words, start, after):
        return after
    if length := noun_at(words, after):
        if not g.plural.at(words, start) and words.keys[start : start + length] == words.keys[after : after + length]:
            return None  # "cơ quan ngang bộ, cơ quan thuộc Chính phủ": each has its own head
        grouped = group or any(g.plural.at(words, i) or g.places.at(words, i) for i in range(start + 1, at))
        apart = not group and not g.places.at(words, after) and starts_body(words, after)
        return after + length if grouped and not apart else None
    if head_at(words, after) or ends_name(words, start, after):
        return None
    return after


def _shares_office(words: Words, at: int, after: int) -> bool:
    """Whether an office serves two bodies of one place: "Văn phòng HĐND và UBND huyện"."""
    assembly = words.keys[at - 1] in {"hđnd", "đbqh"} or words.keys[at - 2 : at] in {("nhân", "dân"), ("quốc", "hội")}
    next_one = words.keys[after] in {"ubnd", "hđnd"} or words.keys[after : after + 2] in {
        ("ủy", "ban"),
        ("hội", "đồng"),
    }
    return words.keys[at] == "và" and assembly and next_one


def full_name(words: Words, start: int, end: int) -> str:
    """The name in full form: short words written out, a known name in the spelling of the table, marks gone."""
    name = words.slice(start, end).replace("*", "").strip(" ,;.-–:")
    group = "," in name and words.keys[start] not in grammar().named
    full = write_out(name) if group or not name[:1].isupper() else expand(name)
    return full.replace("Uỷ", "Ủy").replace("uỷ", "ủy")
