"""Text from documents as plain text that every format can carry: the border that hostile text does not pass.

What XML 1.0 cannot hold (DOCX and XLSX are XML), and the marks that turn the direction of the text around them
("Trojan Source", CVE-2021-42574), are shown as U+FFFD: replaced where all can see it, never dropped without a word.
"""

from __future__ import annotations

import re

_NOT_XML = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"  # XML 1.0, 2.2 Char
_TURNS = "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"  # Unicode TR 9: marks, embeddings, overrides, isolates
_UNSAFE = re.compile(f"{_NOT_XML}|{_TURNS}")
_MARKS = re.compile(r"[\\`*_{}\[\]|~$^#@]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ADDRESS = re.compile(r"(?i)(?<=www)\.|:(?=//)")
_LEADING = re.compile(r"^(\d+(?=[.)])|(?=[-+=]))")  # numbered items; bullets and underlines of headings


def plain(text: str) -> str:
    """``text`` without what could not be written or would turn its direction; lines are kept."""
    return _UNSAFE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """:func:`plain` text with its white space folded."""
    return " ".join(plain(text).split())


def markdown(text: str) -> str:
    """``text`` as one line of Markdown that shows exactly these characters: no mark-up, HTML, link, table bar or list.

    CommonMark 0.31: any ASCII punctuation may be escaped by a backslash (2.4), entities stand for their characters
    (2.5); GitHub's extensions make links of bare addresses, which are broken here.
    """
    escaped = _MARKS.sub(r"\\\g<0>", one_line(text))
    for mark, entity in _ENTITIES.items():
        escaped = escaped.replace(mark, entity)
    escaped = _ADDRESS.sub(r"\\\g<0>", escaped)
    return _LEADING.sub(r"\1\\", escaped)
