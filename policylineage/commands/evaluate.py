"""``lineage evaluate``: how well the loaders read, against hand annotation.

Imports inside the functions: readers are loaded only by the commands that need them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policylineage.exits import USAGE, Failure
from policylineage.messages import Lang, Say
from policylineage.options import HELP, Format, FormatOption, LangOption

if TYPE_CHECKING:
    from loaders.evaluation import Evaluation, Gold
    from policylineage.output import Cell

COLUMNS = ("figure", "f1", "precision", "recall", "hit", "gold", "predicted")


def run(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD...", help=HELP("help.gold"))],
    documents: Annotated[
        Path | None, typer.Option("--documents", metavar="FOLDER", help=HELP("help.documents"))
    ] = None,
    misses: Annotated[bool, typer.Option("--misses", help=HELP("help.misses"))] = False,
    lang: LangOption = Lang.vi,
    form: FormatOption = Format.table,
) -> None:
    """Print precision, recall and F1 of each figure over the annotated documents, with ``--misses`` what was missed."""
    from policylineage.output import Table, emit

    say = Say(lang)
    result = evaluate_files(gold, documents)
    rows: list[list[Cell]] = [[r.name, r.f1, r.precision, r.recall, r.hit, r.gold, r.predicted] for r in result.rows()]
    data = {"figures": [dict(zip(COLUMNS, row, strict=True)) for row in rows], "misses": result.misses}
    emit(say, form, data, [Table(say("evaluate.title", count=len(gold)), COLUMNS, rows)])
    if misses and form is Format.table:
        typer.echo("\n".join(result.misses))


def evaluate_files(gold: list[Path], documents: Path | None = None) -> Evaluation:
    """The figures over annotation files; the annotated documents are read together, as ``lineage extract`` does.

    Raises :class:`policylineage.exits.Failure` for an annotation whose document is not found or that is none.
    """
    from kg.resolve import infer_identities
    from loaders.evaluation import evaluate, read_gold
    from loaders.read import load

    try:
        golds = [read_gold(path) for path in gold]
    except ValueError as error:
        raise Failure(USAGE, "failure.gold", reason=error) from error
    loaded = [load(_document(path, row, documents)) for path, row in zip(gold, golds, strict=True)]
    records = [item.record for item in infer_identities(loaded)]
    return evaluate(zip(golds, records, strict=True))


def _document(path: Path, gold: Gold, documents: Path | None) -> Path:
    """The annotated document: in the folder asked for, beside the annotation, or in a folder ``corpus`` beside it."""
    name = Path(gold["file"]).name
    for place in _places(path, documents):
        if (place / name).is_file():
            return place / name
    raise Failure(USAGE, "failure.annotated", file=path, document=name)


def _places(path: Path, documents: Path | None) -> Iterator[Path]:
    if documents:
        yield documents
        return
    folder = path.resolve().parent
    yield from (folder, folder.parent / "corpus", folder.parent)
