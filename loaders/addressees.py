"""Who is told to act at a place of a text: the words that address, and the bodies read behind them.

Reads the words of one unit from a given place; writes the bodies addressed there. How such documents are written: the
addressee opens the item or clause ("Sở A chủ trì …", "Giao Sở A …", "Sở A: …"), after an opening circumstance
("Căn cứ …, Sở A …") or a topic ("Đối với Sở A: …", "Về công tác X: Sở A …"). Who informs, or foretells, is not told.
"""

from __future__ import annotations

from loaders.bodylist import BodyList, Named, read_list, skip_parenthesis
from loaders.bodynames import SEPARATORS, after_posts, after_separator, full_name, starts_body
from loaders.bodywords import grammar, group_at, head_at, work_at
from loaders.cues import SENTENCE_ENDS, cues
from loaders.subjects import OBLIGED, SUBJECT, concerned, described, described_obliged, obliged, titled_body
from loaders.words import Words, split_words

_NOBODY = frozenset({"cơ quan", "đơn vị"})
_ADDRESS = frozenset({"ông", "bà", "(", ")", ",", ":"})
_CUT = frozenset({(",",), (";",), ("và",)})
_EXECUTES = frozenset({("thi", "hành"), ("thực", "hiện"), ("tổ", "chức")})
_NO_TOPICS = frozenset({("đối", "với"), ("kính", "gửi"), ("nội", "dung"), ("thành", "phần")})
_TERMS = frozenset({"chậm", "hàng", "hằng", "trước", "từ", "định"})
_TOPIC = 40
"""Words of a topic before its colon."""
_OPENING = 90
"""Words within which an opening circumstance gives way to the addressee."""


def addressees(words: Words, first: int) -> BodyList:
    """The addressees that open the text; empty, ending at ``first``, where it opens with none."""
    first = _behind_address(words, first)
    titled = cues().responsibility.at(words, first) > 0
    about = concerned(words, first)
    if about is not None:
        return about
    for place in _openings(words, first):
        timed = place > first and words.keys[first] in _TERMS
        found = _addressed(words, place, opening=titled or place == first, timed=timed)
        whole = described(words, place) if titled else None
        if whole is not None and (found is None or found.end < whole.end):
            return whole
        if found is not None:  # "Văn phòng Chính phủ đề nghị quý Bộ …": who is written to is asked, not who speaks
            polite = cues().orders.at(words, found.end)
            asks = polite and words.keys[found.end + polite : found.end + polite + 1] == ("quý",)
            return BodyList((), first) if asks else found
        if place > first and grammar().nouns.at(words, place) and (told := obliged(words, place)).bodies:
            return told  # "Trường hợp mất hồ sơ, đảng ủy nơi đảng viên sinh hoạt có trách nhiệm …"
    if titled and "trách" in words.keys[first : first + cues().responsibility.at(words, first)]:
        return titled_body(words, first + cues().responsibility.at(words, first))
    told = obliged(words, first)
    return told if told.bodies else described(words, first) or told


def _behind_address(words: Words, first: int) -> int:
    """The post behind "Các ông (bà)", "Các Ông, Bà:"; ``first`` where none follows."""
    at = first + (words.keys[first : first + 1] == ("các",))
    while words.keys[at : at + 1] and words.keys[at] in _ADDRESS:
        at += 1
    return at if at > first + 1 and grammar().posts.at(words, at) else first


def _openings(words: Words, first: int) -> list[int]:
    """Where the addressee may stand: first, after "Trách nhiệm của", or at a comma after an opening circumstance."""
    if length := cues().responsibility.at(words, first):
        return [first + length]
    if words.keys[first : first + 2] == ("trách", "nhiệm") and head_at(words, first + 2):
        return [first + 2]  # "Điều 16. Trách nhiệm Sở Công Thương"
    places = [first, *_after_topic(words, first)]
    if words.keys[first : first + 1] == ("riêng",):
        places.append(first + 1)
    return places + _behind_circumstance(words, first)


def _behind_circumstance(words: Words, first: int) -> list[int]:
    """Where the addressee may stand after an opening circumstance or term; none where no such thing opens."""
    if not cues().openings.at(words, first):
        return []
    places: list[int] = []
    at, limit, worked = first, min(len(words.keys), first + _OPENING), False
    while at < limit and words.keys[at] not in SENTENCE_ENDS:
        if words.keys[at] == ",":
            opens = cues().orders.at(words, at + 1) or cues().openings.at(words, at + 1)
            # "nếu cần sửa đổi, bổ sung Kế hoạch, các sở …": one phrase of two verbs
            series = not {"nếu", "hợp"}.isdisjoint(words.keys[first:at]) and grammar().verbs.before(words, at) > 0
            worked = worked or (work_at(words, at + 1) and not opens and not series)
            start = at + 1 + cues().often.at(words, at + 1)  # "Căn cứ kế hoạch, hằng năm Sở A …"
            if not worked or (words.capital(start) and head_at(words, start)):
                places.append(start)
        elif words.keys[at] == "thì" and (
            (words.capital(at + 1) and head_at(words, at + 1)) or group_at(words, at + 1)
        ):
            places.append(at + 1)  # "Trường hợp hồ sơ đủ điều kiện thì Sở A …": the circumstance ends
        elif cues().troubles.before(words, at) and (group_at(words, at) or head_at(words, at)):
            places.append(at)  # "nếu có vướng mắc các đơn vị phản ánh …": the comma is often left out
        elif worked and words.keys[at - 1] != "," and starts_body(words, at):
            at = max(at, read_list(words, at).end - 1)  # whom that work concerns, not who does the next
        at += 1
    return places


def _after_topic(words: Words, first: int) -> list[int]:
    """Where bodies stand after "Đối với" ("Đối với Sở A: …") or a topic's colon ("Về công tác X: Sở A …")."""
    places = []
    start = first + 2
    if words.keys[first:start] == ("đối", "với"):
        group = group_at(words, start) and cues().concerned.at(words, start + grammar().plural.at(words, start))
        end = read_list(words, start).end if group else start
        if head_at(words, start) or (group and words.keys[end : end + 1] in {(), (":",)}):
            places.append(start)
    colon = next(
        (i for i in range(first, min(len(words.keys), first + _TOPIC)) if words.keys[i] in SENTENCE_ENDS), None
    )
    if colon is not None and words.keys[colon] == ":" and _named_behind(words, first, colon + 1):
        places.append(colon + 1)  # "Nâng cao chất lượng: Sở A hỗ trợ …"
    elif colon is not None and words.keys[colon] == ":" and _is_topic(words, first) and _term_opens(words, colon + 1):
        places += _behind_circumstance(words, colon + 1)  # "Chế độ báo cáo: Trước ngày 20 hằng tháng, các sở …"
    elif words.keys[first : first + 1] in {("đối",), ("về",)}:
        colon = next((i for i in range(first, min(len(words.keys), first + _OPENING)) if words.keys[i] == ":"), None)
        if colon is not None and cues().orders.at(words, colon + 1):
            places.append(colon + 1)
        elif colon is not None and head_at(words, colon + 1):
            found = read_list(words, colon + 1)
            listed = words.keys[first] == "đối" and found.end >= len(words.keys) - 1  # whom it concerns, not who acts
            places += [] if listed else [colon + 1]
    return places


def _is_topic(words: Words, first: int) -> bool:
    """Whether what opens a text before its colon is the topic of what follows, not a body or a label."""
    return words.keys[first : first + 2] not in _NO_TOPICS and not starts_body(words, first, first=True)


def _term_opens(words: Words, at: int) -> bool:
    """Whether a term opens the sentence at ``at`` ("Trước ngày 20 hằng tháng, …")."""
    return words.capital(at) and words.keys[at] in _TERMS and cues().openings.at(words, at) > 0


def _named_behind(words: Words, first: int, at: int) -> bool:
    """Whether bodies that are told something stand behind a topic's colon: named ones, or a post's, or those that an
    order names; the topic is no label of who acts ("Đơn vị chủ trì:")."""
    if not _is_topic(words, first):
        return False
    found = read_list(words, at + cues().orders.at(words, at))
    named = words.capital(at) and (head_at(words, at) or group_at(words, at) or grammar().posts.at(words, at))
    told = found.end < len(words.keys) - 1 and words.is_word(found.end)
    told = told or (
        words.keys[found.end : found.end + 1] == (",",) and bool(grammar().circumstance.at(words, found.end + 1))
    )
    return bool(found.bodies) and bool(named or cues().orders.at(words, at)) and told


def _addressed(words: Words, at: int, *, opening: bool, timed: bool = False) -> BodyList | None:
    """The bodies told to act from ``at``, directly or after "giao", "đề nghị"; ``None`` where none is. ``timed``: a
    term opens the sentence: who informs then is told to ("Hằng tháng, Phòng A thông báo cho Sở B …")."""
    if length := cues().orders.at(words, at):
        return _after_order(words, at + length)
    plain = starts_body(words, at, first=True)
    owner = words.keys[at : at + 1] in {("chủ",), ("nhà",)}  # "chủ đầu tư", "nhà thầu": no part of another's name
    named = words.capital(at) or group_at(words, at) or owner
    if not plain or not (opening or named):
        return None
    found = _described(words, at, _executing(words, at, read_list(words, at)))
    orders = cues().orders.at(words, found.end)
    if (
        not found.bodies
        or (cues().informs.at(words, found.end) and not orders and not timed)
        or found.bodies[0].name.casefold() in _NOBODY
    ):
        return None
    several = len(found.bodies) > 1 or group_at(words, at) > 0
    if words.keys[found.end : found.end + 1] == ("sẽ",) or (cues().issues.at(words, found.end) and not several):
        return None
    if orders:
        told = _after_order(words, found.end + orders)
        if told is not None:
            return told
    verb = found.bodies[0].post.casefold() == "lãnh đạo" and words.keys[found.end :] == (".",)
    if verb:
        return None  # "Lãnh đạo Ủy ban nhân dân xã, Mặt trận Tổ quốc." is the work itself
    return found if _work_follows(words, found.end) or _settled(words, found) else None


def _described(words: Words, at: int, found: BodyList) -> BodyList:
    """The list, or the one group with all that tells which, up to "có trách nhiệm"."""
    if len(found.bodies) != 1 or not group_at(words, at):
        return found
    end = described_obliged(words, at, found.end)
    return found if end == found.end else BodyList((Named(full_name(words, at, end), ""),), end)


def _executing(words: Words, at: int, found: BodyList) -> BodyList:
    """The list of those who "are responsible for execution", read on behind a member that the table does not know; one
    with a post is named as it is printed ("Trưởng thuế thành phố Vân Khê")."""
    place = found.end
    cut = words.keys[place : place + 1] in _CUT if found.bodies else bool(grammar().posts.at(words, at))
    cut = cut or len(found.bodies) > 1  # what tells which the last member is may stand between
    close = _execution(words, place) if cut else None
    if close is None:
        return found
    bodies, after = list(found.bodies), None if found.bodies else at
    while place < close:
        after = after_separator(words, place) if after is None else after
        if after is None:
            place += 1  # the rest of an unknown member
            continue
        more = read_list(words, after)
        start, post, _ = after_posts(words, after)
        place = more.end if more.bodies else max(start, after)
        bodies += more.bodies
        if not more.bodies and (g := grammar()).address.at(words, after + g.plural.at(words, after)):
            bodies.append(Named(full_name(words, after, close), ""))  # "các ông, bà có tên tại Điều 1" stand last
            place = close
        elif post and not more.bodies and start < close:
            place = next((i for i in range(start, close) if words.keys[i] in SEPARATORS), close)
            name = full_name(words, start, place)
            bodies.append(Named(name[:1].upper() + name[1:], post))
        after = None
    return BodyList(tuple(bodies), max(close, place))


def _execution(words: Words, at: int) -> int | None:
    """Where "chịu trách nhiệm thi hành" ends the list that goes on at ``at``; ``None`` where the sentence says no such
    thing."""
    for place in range(at, min(len(words.keys), at + 2 * _OPENING)):
        if words.keys[place] in {".", ":"}:
            return None
        if words.keys[place : place + 3] in OBLIGED:
            return place if words.keys[place + 3 : place + 5] in _EXECUTES else None
    return None


def _after_order(words: Words, at: int) -> BodyList | None:
    at += words.keys[at : at + 1] == ("cho",)
    found = read_list(words, at + (words.keys[at : at + 1] == (":",)))
    return found if found.bodies else None


def _work_follows(words: Words, at: int) -> bool:
    """Whether what stands at ``at`` makes the bodies before it addressees: the end, a colon, a verb of work."""
    g = grammar()
    if at >= len(words.keys) or words.keys[at] == ":":
        # "Chủ tịch Hội: Ông A" says who holds the post, "Ủy viên Ban Thường vụ: … đồng chí" how many do
        return not (g.address.at(words, at + 1) or words.keys[at + 1 : at + 2] in {(".",), ("…",)})
    if words.keys[at] in {".", ";"}:
        return at == len(words.keys) - 1
    if words.keys[at : at + 3] == (",", "trong", "đó") and words.keys[-1] == ":":
        return True
    if _described_to_colon(words, at):
        return True
    if words.keys[at] in {",", "("}:
        at = skip_parenthesis(words, at + (words.keys[at] == ","))
    if work_at(words, at) or g.circumstance.at(words, at):
        return True
    if words.keys[at : at + 1] == ("khi",):  # "Các sở khi xây dựng kế hoạch phải …"
        return "phải" in words.keys[at : _sentence_end(words, at)]
    return words.keys[at : at + 1] in {("đã",), ("được",)} and _held_responsible(words, at)


def _sentence_end(words: Words, at: int) -> int:
    return next(
        (i for i in range(at, min(len(words.keys), at + SUBJECT)) if words.keys[i] in SENTENCE_ENDS), at + SUBJECT
    )


def _described_to_colon(words: Words, at: int) -> bool:
    """Whether what tells which bodies are meant goes on to a colon ("… các xã có cụm công nghiệp do xã quản lý:")."""
    if words.keys[at] not in {"có", "thuộc", "do", "được", "đang"}:
        return False
    end = next((i for i in range(at, min(len(words.keys), at + SUBJECT)) if not words.is_word(i)), len(words.keys))
    return words.keys[end : end + 1] == (":",)


def _settled(words: Words, found: BodyList) -> bool:
    """Whether the last body is one with a name of its own, and a small word follows that can only be the work."""
    g, at = grammar(), found.end
    named = found.bodies[-1].name[:1].isupper() and not g.plural.at(split_words(found.bodies[-1].name), 0)
    small = words.is_word(at) and not words.capital(at) and words.is_word(at - 1)
    return named and small and not (g.ends.at(words, at) or g.closing.at(words, at))


def _held_responsible(words: Words, at: int) -> bool:
    """Whether "có trách nhiệm" follows in the sentence ("Các đơn vị được giao … có trách nhiệm …")."""
    for place in range(at, min(len(words.keys), at + _OPENING)):
        if words.keys[place] == ".":
            return False
        if words.keys[place : place + 3] in OBLIGED:
            return True
    return False


def ordered_later(words: Words, at: int) -> tuple[Named, ...]:
    """The bodies after every later "giao" that opens a clause ("(1) Giao Bộ A …; (2) Giao Bộ B …")."""
    found: list[Named] = []
    if "giao" not in words.keys:
        return ()
    for place in range(at, len(words.keys)):
        opens = words.keys[place] == "giao" and not words.is_word(place - 1) and words.keys[place - 1] != "("
        if opens and starts_body(words, place + 1):
            found += read_list(words, place + 1).bodies
    return tuple(found)


def listed_later(words: Words, at: int) -> tuple[Named, ...]:
    """The bodies that open a later clause with a colon behind them ("Ban A: đẩy nhanh dự án X; Ban B: …")."""
    found: list[Named] = []
    for place in range(at, len(words.keys)):
        if words.keys[place - 1] == ";" and words.capital(place) and head_at(words, place):
            listed = read_list(words, place)
            found += listed.bodies if words.keys[listed.end : listed.end + 1] == (":",) else ()
    return tuple(found)
