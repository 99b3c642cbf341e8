"""A small fictional graph for the tests of queries and commands, in the shape that ``kg`` writes.

Tỉnh Trường Lĩnh: Resolution 12-NQ/TU (number inferred) carries out 05-NQ/TW, which is not in the corpus; programme
45/CTr-UBND carries out 12-NQ/TU; letter 310/UBND-KTN carries out the programme; report 88/BC-SCT only mentions the
resolution. 21/QĐ-UBND is the number of two acts.
"""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from kg.store import EmbeddedStore
from ontology.folding import fold

BASE = "https://w3id.org/policy-lineage/"
PL = BASE + "ontology#"
ELI = "http://data.europa.eu/eli/ontology#"
OA = "http://www.w3.org/ns/oa#"
RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
PROV = "http://www.w3.org/ns/prov#"
XSD = "http://www.w3.org/2001/XMLSchema#"
VN = BASE + "vn/"
PLACE = VN + "truong-linh/"

ACT_TW = VN + "trung-uong/bo-chinh-tri/nq/2022-11-20/05-nq_tw"
RESOLUTION = PLACE + "tinh-uy/nq/2023-03-10/12-nq_tu"
PROGRAMME = PLACE + "uy-ban-nhan-dan/ctr/2023-05-02/45_ctr-ubnd"
LETTER = PLACE + "uy-ban-nhan-dan/cong-van/2023-06-01/310_ubnd-ktn"
REPORT = PLACE + "so-cong-thuong/bc/2023-11-15/88_bc-sct"
DECISION_22 = PLACE + "uy-ban-nhan-dan/qdd/2022-01-14/21_qdd-ubnd"
DECISION_23 = PLACE + "uy-ban-nhan-dan/qdd/2023-02-03/21_qdd-ubnd"
FILES = {
    RESOLUTION: "nq_truong_linh.txt",
    PROGRAMME: "ctr_truong_linh.txt",
    LETTER: "cv_truong_linh.txt",
    REPORT: "bc_truong_linh.txt",
}
TRADE, FINANCE = PLACE + "so-cong-thuong", PLACE + "so-tai-chinh"

MARKET = "Hoàn thiện đề án chợ nổi Vân Khê, trình cấp có thẩm quyền phê duyệt"


def pl(name: str) -> NamedNode:
    return NamedNode(PL + name)


class Graph:
    """Triples of one named graph, written the way the plan's RDF model prescribes."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.triples: list[Triple] = []

    def add(self, subject: str, predicate: NamedNode, value: object) -> None:
        self.triples.append(Triple(NamedNode(subject), predicate, _term(value)))

    def document(
        self, iri: str, number: str | None, kind: str, date: str, title: str, issuer: str, **more: str
    ) -> None:
        self.add(iri, RDF_TYPE, pl("PolicyDocument"))
        if more.pop("stub", None):
            self.add(iri, RDF_TYPE, pl("Stub"))
        else:
            self.add(iri, pl("inFile"), self.file)
        if number:
            self.add(iri, NamedNode(ELI + "id_local"), number)
        self.add(iri, pl("kindName"), kind)
        self.add(iri, NamedNode(ELI + "date_document"), Literal(date, datatype=NamedNode(XSD + "date")))
        self.add(iri, NamedNode(ELI + "title"), Literal(title, language="vi"))
        self.add(iri, NamedNode(ELI + "passed_by"), NamedNode(issuer))
        self.add(iri, pl("searchText"), fold(f"{number} {title}"))
        for name, value in more.items():
            self.add(iri, pl(name), value)

    def span(self, document: str, start: int, text: str) -> NamedNode:
        iri = f"{document}#char={start},{start + len(text)}"
        self.add(iri, RDF_TYPE, NamedNode(OA + "TextPositionSelector"))
        self.add(iri, NamedNode(OA + "start"), start)
        self.add(iri, NamedNode(OA + "end"), start + len(text))
        self.add(iri, NamedNode(OA + "exact"), text)
        self.add(iri, pl("inFile"), FILES.get(document, self.file))
        return NamedNode(iri)

    def unit(
        self,
        document: str,
        order: int,
        kind: str,
        path: str,
        text: str,
        *,
        within: int | None = None,
        lead: tuple[str, ...] = (),
        coordinate: tuple[str, ...] = (),
    ) -> str:
        iri = f"{document}#u{order:03d}"
        self.add(iri, RDF_TYPE, pl("Provision"))
        self.add(iri, RDF_TYPE, pl(kind))
        self.add(iri, pl("partOf"), NamedNode(document))
        if within:
            self.add(iri, pl("within"), NamedNode(f"{document}#u{within:03d}"))
        for name, value in {"path": path, "order": order, "text": text, "searchText": fold(text)}.items():
            self.add(iri, pl(name), value)
        self.add(iri, pl("fingerprint"), f"{order:016x}")
        self.add(iri, pl("evidence"), self.span(document, order * 1000, text))
        for body in lead:
            self.add(iri, pl("leadBody"), NamedNode(body))
        for body in coordinate:
            self.add(iri, pl("coordinatingBody"), NamedNode(body))
        return iri

    def quantity(self, unit: str, name: str, comparator: str, value: float, measure: str) -> None:
        iri = f"{unit}-q1"
        self.add(iri, RDF_TYPE, pl("Quantity"))
        self.add(iri, pl("quantityOf"), NamedNode(unit))
        self.add(iri, LABEL, Literal(name, language="vi"))
        for key, stated in {"comparator": comparator, "value": value, "unit": measure}.items():
            self.add(iri, pl(key), stated)

    def citation(self, document: str, order: int, text: str, relation: str, unit: int = 1) -> str:
        iri = f"{document}#c{order:03d}"
        self.add(iri, RDF_TYPE, pl("Citation"))
        self.add(iri, pl("citedIn"), NamedNode(f"{document}#u{unit:03d}"))
        self.add(iri, pl("citingDocument"), NamedNode(document))
        for name, value in {"order": order, "text": text, "relation": relation, "scope": "document"}.items():
            self.add(iri, pl(name), value)
        self.add(iri, pl("evidence"), self.span(document, 50 + order * 100, text))
        return iri

    def deadline(self, unit: str, text: str, date: str | None) -> None:
        iri = f"{unit}-d1"
        self.add(unit, pl("deadline"), NamedNode(iri))
        self.add(iri, RDF_TYPE, pl("Deadline"))
        self.add(iri, pl("text"), text)
        if date:
            self.add(iri, pl("dueDate"), Literal(date, datatype=NamedNode(XSD + "date")))

    def lineage(
        self, name: str, task: str, source: str, grade: str, score: float, words: tuple[tuple[int, int, str], ...] = ()
    ) -> str:
        iri = f"{BASE}lineage/{name}"
        document = source.split("#")[0]
        self.add(iri, RDF_TYPE, pl("Lineage"))
        self.add(iri, pl("task"), NamedNode(task))
        self.add(iri, pl("sourceDocument"), NamedNode(document))
        if "#" in source:
            self.add(iri, pl("source"), NamedNode(source))
            self.add(iri, pl("sourceFingerprint"), f"{int(source[-3:]):016x}")
        self.add(iri, pl("grade"), grade)
        self.add(iri, pl("score"), score)
        for index, (below, above, text) in enumerate(words, 1):
            passage = f"{iri}#p{index}"
            self.add(iri, pl("passage"), NamedNode(passage))
            self.add(passage, RDF_TYPE, pl("Passage"))
            self.add(passage, pl("taskEvidence"), self.span(task.split("#")[0], below, text))
            self.add(passage, pl("sourceEvidence"), self.span(document, above, text))
        return iri

    def body(self, iri: str, name: str) -> None:
        self.add(iri, RDF_TYPE, NamedNode("http://www.w3.org/ns/org#FormalOrganization"))
        self.add(iri, LABEL, Literal(name, language="vi"))


def fill(folder: Path) -> Path:
    """Write the story into a store at ``folder`` and close it."""
    with EmbeddedStore(folder) as store:
        store.replace({graph_name(key): graph.triples for key, graph in story().items()})
    return folder


def story() -> dict[str, Graph]:
    return {
        "nq": _resolution(),
        "ctr": _programme(),
        "cv": _letter(),
        "bc": _report(),
        "links/nq": _links_of_resolution(),
        "links/ctr": _links_of_programme(),
        "links/cv": _links_of_letter(),
        "links/bc": _links_of_report(),
        "decisions/1": _decision(),
        "events/1": _entered(),
        "standings": _standing(),
        "links/figures": figure("takes-over", "kept", "12 chợ", "12 chợ"),
        "links/returning": _returning(),
    }


def _decision() -> Graph:
    """A person rejected that the last task of the letter comes from the resolution as a whole."""
    g = Graph("")
    iri = BASE + "decision/1"
    g.add(iri, RDF_TYPE, pl("Decision"))
    for name, value in {"verdict": "rejected", "decidedBy": "Lê Thị Bình"}.items():
        g.add(iri, pl(name), value)
    g.add(iri, NamedNode(PROV + "atTime"), Literal("2026-03-09T02:00:00+00:00", datatype=NamedNode(XSD + "dateTime")))
    for name, label in {"decidedTask": "cv_truong_linh#u009", "decidedSource": "12-NQ/TU"}.items():
        g.add(iri, pl(name), NamedNode(f"{iri}#{name}"))
        g.add(f"{iri}#{name}", LABEL, label)
    return g


def _entered() -> Graph:
    """A person entered that the resolution was suspended for a month."""
    g = Graph("")
    iri = BASE + "event/1"
    g.add(iri, RDF_TYPE, pl("Change"))
    g.add(iri, pl("changes"), NamedNode(RESOLUTION))
    g.add(iri, pl("changedBy"), NamedNode(ACT_TW))
    for name, value in {"changeKind": "suspend", "decidedBy": "Lê Thị Bình"}.items():
        g.add(iri, pl(name), value)
    for name, day in {"changeDate": "2025-03-01", "changeUntil": "2025-03-31"}.items():
        g.add(iri, pl(name), Literal(day, datatype=NamedNode(XSD + "date")))
    g.add(iri, NamedNode(PROV + "atTime"), Literal("2026-03-09T02:00:00+00:00", datatype=NamedNode(XSD + "dateTime")))
    return g


def _standing(status: str = "current") -> Graph:
    g = Graph("")
    iri = BASE + "decision/1"
    g.add(iri, pl("status"), status)
    g.add(iri, pl("onTask"), NamedNode(f"{LETTER}#u009"))
    g.add(iri, pl("onSource"), NamedNode(RESOLUTION))
    return g


def figure(relation: str, outcome: str, here: str, there: str, share: tuple[str, float] | None = None) -> Graph:
    """A conclusion of two figures: one of the programme against one of the resolution."""
    g = Graph("ctr_truong_linh.txt")
    iri = f"{BASE}figure/1"
    g.add(iri, RDF_TYPE, pl("FigureLink"))
    g.add(iri, LABEL, Literal("số chợ", language="vi"))
    for name, value in {
        "figureRelation": relation,
        "outcome": outcome,
        "figureText": here,
        "againstText": there,
    }.items():
        g.add(iri, pl(name), value)
    g.add(iri, pl("figureYear"), Literal(2023))
    g.add(iri, pl("figureIn"), NamedNode(f"{PROGRAMME}#u002"))
    g.add(iri, pl("figureAgainst"), NamedNode(f"{RESOLUTION}#u005"))
    g.add(iri, pl("figureEvidence"), g.span(PROGRAMME, 2000, here))
    g.add(iri, pl("againstEvidence"), g.span(RESOLUTION, 5000, there))
    if share:
        g.add(iri, pl("shareText"), share[0])
        g.add(iri, pl("shareComputed"), share[1])
        g.add(iri, pl("shareEvidence"), g.span(PROGRAMME, 2100, share[0]))
    return g


def _returning() -> Graph:
    """A task of the programme that returns in the letter, and has itself an earlier self: only for the questions."""
    g = Graph("cv_truong_linh.txt")
    for number, (later, earlier) in enumerate(
        ((f"{LETTER}#u002", f"{PROGRAMME}#u002"), (f"{PROGRAMME}#u002", f"{RESOLUTION}#u003"))
    ):
        iri = f"{BASE}recurrence/{number}"
        g.add(later, pl("recurs"), NamedNode(earlier))
        g.add(iri, pl("laterUnit"), NamedNode(later))
        g.add(iri, pl("earlierUnit"), NamedNode(earlier))
        g.add(iri, pl("recurrenceShare"), 0.8)
        g.add(iri, pl("laterEvidence"), g.span(later.split("#")[0], 2200, "chợ nổi"))
        g.add(iri, pl("earlierEvidence"), g.span(earlier.split("#")[0], 2300, "chợ nổi"))
    return g


def graph_name(key: str) -> str:
    return f"{BASE}graph/{key}"


def _resolution() -> Graph:
    g = Graph("nq_truong_linh.txt")
    committee = PLACE + "tinh-uy"
    g.body(committee, "Tỉnh ủy Trường Lĩnh")
    g.document(
        RESOLUTION,
        "12-NQ/TU",
        "Nghị quyết",
        "2023-03-10",
        "phát triển chợ nổi và làng nghề",
        committee,
        level="province",
    )
    g.unit(
        RESOLUTION,
        1,
        "Statement",
        "preamble",
        "Thực hiện Nghị quyết số 05-NQ/TW, Ban Chấp hành Đảng bộ tỉnh quyết nghị:",
    )
    g.unit(RESOLUTION, 2, "Heading", "II", "II. NHIỆM VỤ, GIẢI PHÁP")
    g.unit(RESOLUTION, 3, "Task", "II.1", f"{MARKET}; mở rộng bến đỗ cho thuyền buôn.", within=2)
    g.unit(RESOLUTION, 4, "Task", "II.2", "Khôi phục nghề dệt lá cọ ở huyện Ia Rưm.", within=2)
    target = g.unit(RESOLUTION, 5, "Target", "III.-1", "Đến năm 2025 có 12 làng nghề được công nhận.")
    g.quantity(target, "làng nghề được công nhận", "=", 12, "làng nghề")
    g.citation(RESOLUTION, 0, "Nghị quyết số 05-NQ/TW", "implements")
    return g


def _programme() -> Graph:
    g = Graph("ctr_truong_linh.txt")
    committee = PLACE + "uy-ban-nhan-dan"
    g.body(committee, "Ủy ban nhân dân tỉnh Trường Lĩnh")
    g.body(TRADE, "Sở Công Thương")
    g.document(PROGRAMME, "45/CTr-UBND", "Chương trình", "2023-05-02", "hành động về chợ nổi và làng nghề", committee)
    g.unit(PROGRAMME, 1, "Statement", "preamble", "Thực hiện Nghị quyết số 12-NQ/TU ngày 10-3-2023:")
    g.unit(PROGRAMME, 2, "Task", "1.-1", f"Sở Công Thương: {MARKET} trong năm 2023.", lead=(TRADE,))
    g.unit(PROGRAMME, 3, "Task", "1.-2", "Mở lớp dạy nghề dệt lá cọ tại huyện Ia Rưm.", lead=(TRADE,))
    g.unit(PROGRAMME, 4, "Task", "1.-3", "Báo cáo kết quả thực hiện hằng quý.", lead=(TRADE,))
    g.citation(PROGRAMME, 0, "Nghị quyết số 12-NQ/TU", "implements")
    return g


def _letter() -> Graph:
    g = Graph("cv_truong_linh.txt")
    g.body(FINANCE, "Sở Tài chính")
    committee = PLACE + "uy-ban-nhan-dan"
    g.document(
        LETTER, "310/UBND-KTN", "Công văn", "2023-06-01", "đôn đốc đề án chợ nổi", committee, signer="Lê Thị Nguồn"
    )
    g.unit(LETTER, 1, "Statement", "preamble", "Triển khai Chương trình 45/CTr-UBND và Quyết định 21/QĐ-UBND:")
    task = g.unit(
        LETTER,
        2,
        "Task",
        "1",
        f"Sở Công Thương khẩn trương {MARKET} trước ngày 15 tháng 9 năm 2023.",
        lead=(TRADE,),
        coordinate=(FINANCE,),
    )
    g.deadline(task, "trước ngày 15 tháng 9 năm 2023", "2023-09-15")
    g.citation(LETTER, 0, "Chương trình 45/CTr-UBND", "implements")
    g.citation(LETTER, 1, "Quyết định 21/QĐ-UBND", "implements")
    return g


def _report() -> Graph:
    g = Graph("bc_truong_linh.txt")
    g.document(REPORT, "88/BC-SCT", "Báo cáo", "2023-11-15", "công tác tháng 11", TRADE)
    g.unit(REPORT, 1, "Statement", "preamble", "Sở Công Thương đã quán triệt Nghị quyết số 12-NQ/TU.")
    g.citation(REPORT, 0, "Nghị quyết số 12-NQ/TU", "mentions")
    return g


def _links_of_resolution() -> Graph:
    g = Graph("nq_truong_linh.txt")
    g.document(
        ACT_TW, "05-NQ/TW", "Nghị quyết", "2022-11-20", "kinh tế sông nước", VN + "trung-uong/bo-chinh-tri", stub="yes"
    )
    g.body(VN + "trung-uong/bo-chinh-tri", "Bộ Chính trị")
    _resolves(g, RESOLUTION, 0, ACT_TW, "implementsPolicy")
    g.add(RESOLUTION, pl("identityFrom"), NamedNode(f"{PROGRAMME}#c000"))
    g.add(RESOLUTION, pl("identityReason"), "Chương trình 45/CTr-UBND viện dẫn cùng tên gọi và ngày")
    return g


def _links_of_programme() -> Graph:
    g = Graph("ctr_truong_linh.txt")
    _resolves(g, PROGRAMME, 0, RESOLUTION, "implementsPolicy")
    words = ((2016, 3000, MARKET),)
    g.lineage("ctr-u002-a", f"{PROGRAMME}#u002", f"{RESOLUTION}#u003", "copied", 0.96, words)
    g.lineage(
        "ctr-u003-a", f"{PROGRAMME}#u003", f"{RESOLUTION}#u004", "adapted", 0.61, ((3013, 4010, "nghề dệt lá cọ"),)
    )
    return g


def _links_of_letter() -> Graph:
    g = Graph("cv_truong_linh.txt")
    _resolves(g, LETTER, 0, PROGRAMME, "implementsPolicy")
    for act, date in ((DECISION_22, "2022-01-14"), (DECISION_23, "2023-02-03")):
        g.document(act, "21/QĐ-UBND", "Quyết định", date, "", PLACE + "uy-ban-nhan-dan", stub="yes")
        g.add(f"{LETTER}#c001", pl("ambiguousWith"), NamedNode(act))
    g.lineage("cv-u002-a", f"{LETTER}#u002", f"{PROGRAMME}#u002", "copied", 0.93, ((2027, 2016, MARKET),))
    return g


def _links_of_report() -> Graph:
    g = Graph("bc_truong_linh.txt")
    _resolves(g, REPORT, 0, RESOLUTION, "cites")
    return g


def _resolves(g: Graph, document: str, order: int, act: str, edge: str) -> None:
    citation = f"{document}#c{order:03d}"
    g.add(citation, pl("resolvesTo"), NamedNode(act))
    g.add(citation, pl("resolution"), "số, cơ quan, ngày")
    g.add(document, pl(edge), NamedNode(act))


def _term(value: object) -> NamedNode | Literal:
    return value if isinstance(value, NamedNode | Literal) else Literal(value)  # type: ignore[arg-type]
