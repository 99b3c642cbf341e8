"""Who acts by a parenthesis that ends an item: "… cho các địa phương (Tổng cục A)", "… (Sở B chủ trì; Sở C phối hợp)".

Reads the words of one unit. A parenthesis behind a body's name says which of its units is meant, and gives no work.
"""

from __future__ import annotations

from loaders.bodylist import Named, read_list
from loaders.bodynames import LONGEST, name_end
from loaders.bodywords import grammar, group_at, head_at
from loaders.words import Words

_ACTS = frozenset({("chủ", "trì"), ("chịu", "trách"), ("thực", "hiện")})
"""What a body in a closing parenthesis is told."""
_LONGEST_NAME = 20
"""Words of a name before the parenthesis."""


def told_in_brackets(words: Words) -> tuple[Named, ...]:
    """The bodies that the closing parenthesis gives the work; empty where there is none, or it says something else."""
    last = next((i for i in range(len(words.keys) - 1, -1, -1) if words.is_word(i) or words.keys[i] == ")"), -1)
    if last < 0 or words.keys[last] != ")":
        return ()
    opening = next((i for i in range(last - 1, max(-1, last - LONGEST), -1) if words.keys[i] in "()"), -1)
    if opening < 0 or words.keys[opening] == ")" or _behind_name(words, opening):
        return ()
    if not (words.capital(opening + 1) or group_at(words, opening + 1)):
        return ()  # "Khu vực nông thôn (xã)"
    found: list[Named] = []
    at = opening + 1
    while (listed := read_list(words, at)).bodies:
        found += listed.bodies
        at = listed.end
        if words.keys[at : at + 2] in _ACTS:
            return tuple(found)
        if grammar().circumstance.at(words, at):
            at = next((i for i in range(at, last) if words.keys[i] == ";"), last)
        if at >= last or words.keys[at] != ";":
            break
        at += 1
    return tuple(found) if at == last else ()


def _behind_name(words: Words, opening: int) -> bool:
    """Whether a body's name stands right before a parenthesis ("Công an tỉnh (Phòng Cảnh sát giao thông)")."""
    for start in range(max(0, opening - _LONGEST_NAME), opening):
        group = group_at(words, start)
        length = head_at(words, start) or group
        if length and name_end(words, start, start + length, group=group > 0) >= opening:
            return not group or words.keys[start + 1] == words.keys[opening + 1]  # "các Sở (Sở A, Sở B)"
    return False
