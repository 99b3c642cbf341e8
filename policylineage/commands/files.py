"""``lineage extract``, ``lineage links`` and ``lineage build``: the commands that read files.

Imports inside the functions: readers and linking are loaded only by the commands that need them.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policylineage.exits import FINDINGS
from policylineage.labels import status_label
from policylineage.messages import Lang, Say
from policylineage.options import DEFAULT_STORE, HELP, Format, FormatOption, LangOption, StoreOption, reading, voice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.aliases import Alias
    from kg.build import BuildReport
    from kg.links import Link
    from loaders.records import Loaded
    from loaders.text import LoadError
    from policylineage.output import Cell

RECORDS = ("file", "kind", "number", "date", "issuer", "title", "tasks", "units", "citations")
LINKS = ("task", "source", "act", "grade", "score", "file", "start", "end", "status")


def extract(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=HELP("help.files"))],
    lang: LangOption = Lang.vi,
    form: FormatOption = Format.json,
) -> None:
    """Print the records of files, as the contract says; a bad file is told on stderr and the exit code is 1."""
    from loaders.records import to_json
    from policylineage.output import Table, emit

    say = Say(lang)
    loaded, skipped = _read(files)
    if form is Format.json:
        typer.echo(to_json([item.record for item in loaded]))
    else:
        emit(say, form, None, [Table(say("extract.title", count=len(loaded)), RECORDS, [_record(x) for x in loaded])])
    _finish(say, skipped)


def links(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="[PATH...]", help=HELP("help.paths"))] = None,
    store: StoreOption = DEFAULT_STORE,
    lang: LangOption = Lang.vi,
    form: FormatOption = Format.json,
) -> None:
    """Print the links of the store, or of the files given, as the contract says."""
    from kg.links import to_json
    from policylineage.output import Table, emit

    say = voice(lang, form)
    found, skipped = _link_files(paths) if paths else (_stored_links(store), [])
    if form is Format.json:
        typer.echo(to_json(found))
    else:
        rows = [_link(say, link) for link in found]
        emit(say, form, None, [Table(say("links.title", count=len(found)), LINKS, rows)])
    _finish(say, skipped)


def build(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help=HELP("help.paths"))],
    aliases: Annotated[Path | None, typer.Option("--aliases", help=HELP("help.aliases"))] = None,
    store: StoreOption = DEFAULT_STORE,
    lang: LangOption = Lang.vi,
    form: FormatOption = Format.table,
) -> None:
    """Read files and folders into the store; a bad file is told and the exit code is 1."""
    from kg.build import build as run_build
    from kg.store import open_store

    say = voice(lang, form)
    known = _aliases(aliases, store)
    with open_store(store) as opened, _progress(say) as progress:
        report = run_build(opened, paths, progress=progress, aliases=known)
    print_report(say, form, report, store)
    if report.skipped:
        raise typer.Exit(FINDINGS)


def _aliases(path: Path | None, store: str) -> tuple[Alias, ...] | None:
    """The aliases of the file that is named or lies in the folder of the store; ``None`` without one."""
    from kg.aliases import FILE, read_aliases

    beside = Path(store) / FILE
    return read_aliases(path) if path else read_aliases(beside) if beside.is_file() else None


def print_report(say: Say, form: Format, report: BuildReport, store: str) -> None:
    """What a build did, file by file."""
    from policylineage.output import Table, emit, lines

    done: list[tuple[str, str, str]] = [
        *((file, "built", "") for file in report.loaded),
        *((file, "unchanged", "") for file in report.unchanged),
        *((pair.file, "duplicate", pair.other) for pair in report.duplicates),
        *((file, "removed", "") for file in report.removed),
        *((pair.file, "same-act", pair.other) for pair in report.same_act),
        *((error.file, "skipped", _reason(error)) for error in report.skipped),
    ]
    rows = [[file, say.known(f"build.file.{status}", status), other] for file, status, other in sorted(done)]
    data = report._asdict() | {"skipped": [_error(error) for error in report.skipped], "store": store}
    emit(say, form, data, [Table("", ("file", "status", "message"), rows)])
    if form is Format.table:
        lines(say("build.done", documents=report.documents, links=report.links, store=store))
        if report.open:
            lines(say("build.open", count=report.open))


def _read(files: Sequence[Path]) -> tuple[list[Loaded], list[LoadError]]:
    """Records of the files, identities that one file lost inferred from the others; and what could not be read."""
    from kg.resolve import infer_identities
    from loaders.read import load
    from loaders.text import LoadError

    loaded: list[Loaded] = []
    skipped: list[LoadError] = []
    for file in files:
        try:
            loaded.append(load(file))
        except LoadError as error:
            skipped.append(error)
    return infer_identities(loaded), skipped


def _link_files(paths: Sequence[Path]) -> tuple[list[Link], list[LoadError]]:
    from kg.align import align
    from kg.resolve import resolve
    from kg.sources import find_files

    found, missing = find_files(paths)
    loaded, skipped = _read([file.path for file in found])
    return align(loaded, resolve(loaded)), [*missing, *skipped]


def _stored_links(store: str) -> list[Link]:
    from queries.links import links as ask

    with reading(store) as reader:
        return ask(reader)


def _record(loaded: Loaded) -> list[Cell]:
    record, about = loaded.record, loaded.record.document
    tasks = sum(unit.kind == "task" for unit in record.units)
    return [
        *(record.file, about.type, about.number, about.date, about.issuer, about.subject),
        *(tasks, len(record.units), len(record.citations)),
    ]


def _link(say: Say, link: Link) -> list[Cell]:
    source = f"{link.source.file}#{link.source.unit}" if link.source.unit else link.source.file
    task = f"{link.task.file}#{link.task.unit}"
    grade = say.known(f"grade.{link.grade}", link.grade)
    place = (link.task.file, link.task.start, link.task.end)
    return [task, source, link.act, grade, link.score, *place, status_label(say, link.status)]


def _finish(say: Say, skipped: Sequence[LoadError]) -> None:
    """Tell what was skipped and exit with 1 if anything was."""
    for error in skipped:
        typer.echo(say("failure.file", file=error.file, reason=_reason(error)), err=True)
    if skipped:
        raise typer.Exit(FINDINGS)


def _reason(error: LoadError) -> str:
    return f"{error.reason} ({error.place})" if error.place else error.reason


def _error(error: LoadError) -> dict[str, str]:
    return {"file": error.file, "place": error.place, "reason": error.reason}


def _progress(say: Say) -> AbstractContextManager[Callable[[str, int, int], None] | None]:
    """A progress bar on stderr where that is a terminal."""
    import sys

    return _Bar(say) if sys.stderr.isatty() else nullcontext()


class _Bar:
    """Rich's progress bar as the callback that a build takes."""

    def __init__(self, say: Say) -> None:
        from rich.console import Console
        from rich.progress import Progress

        self.say = say
        self.bar = Progress(console=Console(stderr=True), transient=True)
        self.task = self.bar.add_task(say("build.step.read"), total=None)

    def __enter__(self) -> Callable[[str, int, int], None]:
        self.bar.start()
        return self._tell

    def __exit__(self, *_: object) -> None:
        self.bar.stop()

    def _tell(self, step: str, done: int, total: int) -> None:
        self.bar.update(self.task, description=self.say(f"build.step.{step}"), completed=done, total=total or None)
