"""Coverage as tables and as sheets of a workbook: the words for people, the codes for scripts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from kg.links import GRADES
from policylineage.messages import Say
from policylineage.output import Cell, Table
from policylineage.spreadsheet import Sheet, sheet_of
from queries.coverage import COVERED, Clause, Coverage, Share
from queries.gaps import WHYS, Gap, TaskSources
from queries.rows import DocumentRow, Place

CLAUSES = ("path", "kind", "state", "uptakes", "tasks", "bodies", "text", "clause", "file", "start", "end")
GAPS = ("task", "path", "lead", "gap", "reason", "text", "file", "start", "end")
DOCUMENTS = ("document", "relation", "distance", "tasks", "here", "elsewhere", "without", "file")
BODIES = ("body", "leads", "coordinates", "clauses", "paths")
SOURCES = ("document", "file", "tasks", *GRADES[:-1], "act-only", *WHYS[1:])
REASONS = ("document", "tasks", "gap", "reason")
NAMED = 3
"""Acts of a reason that are named; the others are counted."""
WHY_KEYS = {
    "cited": "why.cited",
    "inherited": "why.inherited",
    "rejected": "why.rejected",
    "unclear": "why.unclear",
    "basis": "why.basis",
    "no-act": "why.no-act",
    "unexplained": "why.unexplained",
}
STATE_KEYS = {"covered": "state.covered", "uncovered": "state.uncovered"}


def facts(say: Say, found: Coverage) -> list[str]:
    """The act and the counts, sentence by sentence, and what the words do not claim."""
    counts = found.summary
    said = [say("coverage.title", document=_label(found.act))]
    if not found.act.in_corpus:
        return [*said, say("impact.absent", document=found.act.label), *_of_tasks(say, found)]
    share = round(100 * counts.covered / counts.clauses) if counts.clauses else 0
    said.append(
        say("coverage.clauses", clauses=counts.clauses, covered=counts.covered, share=share, uncovered=counts.uncovered)
    )
    kinds = "; ".join(
        f"{say.known(f'kind.{kind}', kind)}: {states['covered']}/{sum(states.values())}"
        for kind, states in counts.kinds.items()
    )
    if kinds:
        said.append(say("coverage.kinds", counts=kinds))
    if counts.suspect:
        said.append(say("coverage.suspect", count=counts.suspect))
    return [*said, *_of_tasks(say, found), say("coverage.caveat")]


def _of_tasks(say: Say, found: Coverage) -> list[str]:
    counts = found.summary
    if not counts.documents:
        return [say("coverage.nobody")]
    numbers = {name: getattr(counts, name) for name in ("documents", "bodies", "tasks", "here", "elsewhere", "without")}
    return [say("coverage.tasks", **numbers)]


def clauses(say: Say, found: Coverage) -> Table:
    """One row for each clause: state, the tasks that take it up with their grades, the bodies."""
    rows = [_clause(say, clause) for clause in found.clauses]
    return Table(say("coverage.of-clauses"), CLAUSES, rows, frozenset({"file", "start", "end", "clause"}))


def _clause(say: Say, clause: Clause) -> list[Cell]:
    unit = clause.place.unit
    takers = [f"{up.place.id} ({_grade(say, up.grade, up.status)})" for up in clause.uptakes]
    if clause.through and not takers:
        takers = [say.known("coverage.through", "through {count}").format(count=clause.through)]
    return [
        *(unit.path if unit else None, say.known(f"kind.{unit.kind}", unit.kind) if unit else None),
        *(_word(say, STATE_KEYS, clause.status), len(clause.uptakes), "; ".join(takers), "; ".join(clause.bodies)),
        *_words(clause.place, last=clause.place.id),
    ]


def bodies(say: Say, found: Coverage) -> Table:
    """One row for each body: how many tasks it leads and coordinates, from which clauses."""
    shares: dict[str | None, list[Share]] = defaultdict(list)
    for share in found.matrix:
        shares[share.body].append(share)
    rows: list[list[Cell]] = [
        [
            *(body or say.known("coverage.no-body", ""), sum(share.lead for share in own)),
            *(sum(share.coordinate for share in own), len(own), "; ".join(share.path for share in own)),
        ]
        for body, own in shares.items()
    ]
    return Table(say("coverage.of-bodies"), BODIES, rows)


def matrix(say: Say, found: Coverage) -> Table:
    """Bodies down, all clauses across (uncovered ones too); a field says how many tasks the body leads, coordinates."""
    columns = tuple(_unique_paths(found.clauses).values())
    names = list(dict.fromkeys(share.body for share in found.matrix))
    fields = {(share.body, share.clause): share for share in found.matrix}
    rows: list[list[Cell]] = [
        [
            name or say.known("coverage.no-body", ""),
            *(_field(say, fields.get((name, c.place.id))) for c in found.clauses),
        ]
        for name in names
    ]
    return Table(say("coverage.of-matrix"), ("body", *columns), rows)


def _unique_paths(found: Iterable[Clause]) -> dict[str, str]:
    """A heading for each clause by its id: the path, with the unit where two clauses have one path."""
    paths = {clause.place.id: clause.place.unit.path if clause.place.unit else "" for clause in found}
    often = Counter(paths.values())
    return {name: path if often[path] == 1 else f"{path} ({name.rpartition('#')[2]})" for name, path in paths.items()}


def _field(say: Say, share: Share | None) -> str | None:
    if share is None:
        return None
    marks = (
        (say.known("coverage.mark-lead", "lead"), share.lead),
        (say.known("coverage.mark-coordinate", "coordinate"), share.coordinate),
    )
    return " ".join(mark if number == 1 else f"{number} {mark}" for mark, number in marks if number)


def without_source(say: Say, found: Coverage) -> Table:
    """The tasks of the documents that implement the act which come from no clause, with the reason."""
    rows = [_gap(say, gap) for gap in found.without_source]
    return Table(say("coverage.of-gaps", count=len(rows)), GAPS, rows, frozenset({"file", "start", "end"}))


def _gap(say: Say, gap: Gap) -> list[Cell]:
    unit = gap.place.unit
    return [
        *(gap.place.id, unit.path if unit else None, "; ".join(unit.lead) if unit else None),
        *(_word(say, WHY_KEYS, gap.why), reason(say, gap), *_words(gap.place)),
    ]


def reason(say: Say, gap: Gap) -> str:
    """Why the task has no clause: as linking stored it (Vietnamese), else from what the document cites."""
    if gap.reason:
        return gap.reason
    labels = [_label(act) for act in gap.acts[:NAMED]]
    if len(gap.acts) > NAMED:
        labels.append(say("reason.others", count=len(gap.acts) - NAMED))
    said = {
        "unclear": say("reason.unclear", words="; ".join(f"«{text}»" for text in gap.words)),
        "basis": say("reason.basis", acts="; ".join(labels), here=sum(act.in_corpus for act in gap.acts)),
        "no-act": say("reason.no-act"),
        "rejected": say("reason.rejected"),
    }
    return said.get(gap.why, say("reason.unexplained"))


def documents(say: Say, found: Coverage) -> Table:
    """The documents below the act with the counts of their tasks."""
    rows: list[list[Cell]] = [
        [
            *(row.document.id, say.known(f"relation.{row.relation}", row.relation), row.distance, row.tasks),
            *(row.here, row.elsewhere, row.without, row.document.file),
        ]
        for row in found.documents
    ]
    return Table(say("coverage.of-documents"), DOCUMENTS, rows, frozenset({"file"}))


def all_sources(say: Say, found: Sequence[TaskSources]) -> Table:
    """One row for each document: its tasks by the grade of their strongest clause, and by why there is none."""
    rows: list[list[Cell]] = [[row.document.id, row.document.file, *_counts(row)] for row in found]
    total = [sum(column) for column in zip(*(_counts(row) for row in found), strict=True)]
    rows += [[say.known("coverage.total", "total"), None, *total]] if rows else []
    return Table(say("coverage.all"), SOURCES, rows, frozenset({"file"}))


def _counts(row: TaskSources) -> list[int]:
    by_grade = [row.clauses.get(grade, 0) for grade in GRADES[:-1]]
    return [row.tasks, *by_grade, *(row.gaps.get(why, 0) for why in WHYS)]


def reasons(say: Say, found: Sequence[TaskSources]) -> Table:
    """One row for each document and reason: how many of its tasks it explains."""
    counts = Counter((row.document.id, gap.why, reason(say, gap)) for row in found for gap in row.without_source)
    rows: list[list[Cell]] = [
        [document, count, _word(say, WHY_KEYS, why), text] for (document, why, text), count in counts.items()
    ]
    return Table(say("coverage.reasons"), REASONS, rows)


def all_gaps(say: Say, found: Sequence[TaskSources]) -> Table:
    """Every task of the store that comes from no clause."""
    rows = [_gap(say, gap) for row in found for gap in row.without_source]
    return Table(say("coverage.of-gaps", count=len(rows)), GAPS, rows, frozenset({"file", "start", "end"}))


def sheets(say: Say, found: Coverage) -> list[Sheet]:
    """The workbook of one act: summary, clauses, matrix, tasks without source."""
    states = {(at, 2): "good" if row.status == COVERED else "bad" for at, row in enumerate(found.clauses)}
    listed = clauses(say, found)
    return [
        _summary(say, found),
        sheet_of(say, listed, say("sheets.clauses"), notes=(listed.title,))._replace(tints=states, fixed=1),
        _matrix_sheet(say, found),
        sheet_of(say, without_source(say, found), say("sheets.gaps"), notes=(say("sheets.gaps"),)),
    ]


def sheets_of_all(say: Say, found: Sequence[TaskSources]) -> list[Sheet]:
    """The workbook of all documents: counts, reasons, tasks without source."""
    parts = (
        (all_sources(say, found), "sheets.summary"),
        (reasons(say, found), "sheets.reasons"),
        (all_gaps(say, found), "sheets.gaps"),
    )
    return [sheet_of(say, table, say(key), notes=(table.title,)) for table, key in parts]


def _summary(say: Say, found: Coverage) -> Sheet:
    title, *said = facts(say, found)
    table = documents(say, found)
    return sheet_of(say, table, say("sheets.summary"), notes=(title, *said))


def _matrix_sheet(say: Say, found: Coverage) -> Sheet:
    table = matrix(say, found)
    tops = _unique_paths(found.clauses)
    headings = [say("column.body"), *(_top(tops[clause.place.id], clause) for clause in found.clauses)]
    lead = say("coverage.mark-lead")
    tints = {
        (at, column): "lead" if lead in str(value) else "help"
        for at, row in enumerate(table.rows)
        for column, value in enumerate(row)
        if column and value
    }
    for column, clause in enumerate(found.clauses, start=1):
        if clause.status != COVERED:
            tints |= {(at, column): "bad" for at in range(len(table.rows))}
    notes = (table.title, say("coverage.legend"))
    return Sheet(say("sheets.matrix"), headings, table.rows, notes, tints, turned=True, fixed=1)


def _top(path: str, clause: Clause) -> str:
    """The heading of a column: the path and the first words."""
    quote = clause.place.unit.quote if clause.place.unit else None
    words = quote.text.split() if quote else []
    return f"{path}: {' '.join(words[:8])}{' …' if len(words) > 8 else ''}"


def _words(place: Place, last: str | None = None) -> list[Cell]:
    """The text of a unit with file and offsets; ``last`` stands between text and file where it is given."""
    quote = place.unit.quote if place.unit else None
    text, *where = (quote.text, quote.file, quote.start, quote.end) if quote else (None,) * 4
    return [text, *([last] if last else []), *where]


def _label(row: DocumentRow) -> str:
    return f"{row.label} ({', '.join(part for part in (row.date, row.issuer) if part)})" if row.date else row.label


def _grade(say: Say, grade: str, status: str) -> str:
    told = say.known(f"grade.{grade}", grade)
    return told if status == "current" else f"{told}, {say.known(f'status.{status}', status)}"


def _word(say: Say, keys: dict[str, str], code: str) -> str:
    """A code of the model in the reader's language, the code itself for scripts."""
    return say.known(keys.get(code, code), code)
