"""Whether words order work: the verb that an instruction begins with, after the body that it is addressed to."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

_ADDRESSEE = re.compile(r"[^.;:]{2,160}:\s+")


@cache
def _verbs() -> re.Pattern[str]:
    """The verbs of ``duties.toml``, longest first, at a word's border."""
    table = tomllib.loads(files("loaders").joinpath("duties.toml").read_text(encoding="utf-8"))
    verbs = sorted(table["work"]["verbs"], key=len, reverse=True)
    return re.compile("(?:" + "|".join(re.escape(verb) for verb in verbs) + r")\b")


def starts_order(text: str) -> bool:
    """Whether a sentence begins with a verb of work ("Rà soát …", "Sở Y tế: Chủ trì …"); a subject before it is no
    order."""
    if _verbs().match(text[:80].casefold()):
        return True
    prefix = _ADDRESSEE.match(text)
    return bool(prefix and _verbs().match(text[prefix.end() : prefix.end() + 80].casefold()))
