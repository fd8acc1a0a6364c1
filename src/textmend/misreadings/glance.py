"""A second look at a clue, before anything is searched: does any reading of what stands there gain?

One clean line in fifty shows a clue. Most clues are dismissed by the few signs
around them, and such windows come again and again, so what was seen in them is
remembered.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from textmend.misreadings import clues, search
from textmend.misreadings.weighing import gained, is_utf8

#: Signs of a window on each side of a clue, where no space ends it before.
_REACH: Final = 8
#: A word of so few signs says nothing without its neighbours.
_BRIEF: Final = 2
#: Clues of a line that are looked at.
_CLUES: Final = 10
#: Bits that a reading must gain in a window, and over its price, to be worth a search of the line:
#: of one written in UTF-8, and of others, where signs alone say nothing (evidence caps them here).
_LEAST: Final = 4.0
_LEAST_LEGACY: Final = 6.0
_OVER_PRICE: Final = -3.0


def dismissed(line: str) -> bool:
    """Tell whether the clues of a line are none at a closer look.

    >>> dismissed("in co‐operation"), dismissed("cafÃ©")
    (True, False)
    """
    places = clues.load().places(line)
    if places is None:
        return False
    seen: set[str] = set()
    for place in places:
        window = _window(line, place)
        if window not in seen:
            if _promising(window):
                return False
            seen.add(window)
            if len(seen) == _CLUES:
                break
    return True


def _window(line: str, place: int) -> str:
    """Return the signs around a place, up to the spaces around its word; a sign or two with the words beside them."""
    start = line.rfind(" ", 0, place) + 1
    end = line.find(" ", place)
    end = len(line) if end < 0 else end
    if end - start <= _BRIEF:
        start = line.rfind(" ", 0, max(0, start - 1)) + 1
        after = line.find(" ", end + 1)
        end = len(line) if after < 0 else after
    return line[max(start, place - _REACH) : min(end, place + _REACH + 1)]


@lru_cache(maxsize=50_000)
def _promising(window: str) -> bool:
    """Tell whether some reading of a window gains enough to search its line."""
    for found in search.explore(window):
        bits = gained(window, found)
        if bits > (_LEAST if is_utf8(found.chain) else _LEAST_LEGACY) and bits - found.price > _OVER_PRICE:
            return True
    return False
