"""What things are called for people: acts, grades, states of links, quotations, who answers for a body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policylineage.messages import Codes, Say

if TYPE_CHECKING:
    from queries.owners import OwnerRow
    from queries.rows import DocumentRow, Quote


def act_label(row: DocumentRow) -> str:
    """Kind, number, date and issuer: enough to tell acts of one number apart."""
    more = ", ".join(part for part in (row.date, row.issuer) if part)
    return f"{row.label} ({more})" if more else row.label


def grade_label(say: Say, grade: str) -> str:
    """The grade in the reader's language."""
    return say.known(f"grade.{grade}", grade)


def status_label(say: Say, status: str) -> str:
    """The status for people, nothing where it is current; the code for scripts."""
    return say.known(f"status.{status}", status) if status != "current" or isinstance(say, Codes) else ""


def owner_label(say: Say, owner: OwnerRow) -> str:
    """Who answers, with the part of the work where it is not all of it."""
    name = owner.name or say("owner.unknown")
    return say("owner.part", name=name, what=owner.what) if owner.what else name


def quoted(quote: Quote) -> str:
    """The words, then file and offsets."""
    return f"«{quote.text}» [{quote.file} {quote.start}–{quote.end}]"
