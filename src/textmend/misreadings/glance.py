"""A second look at a clue, before anything is searched: does any reading of what stands there gain?

One clean line in fifty shows a clue. Most clues are dismissed by the few signs
around them, and such windows come again and again, so what was seen in them is
remembered.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from textmend import encodings
from textmend.misreadings import clues, hops, restoring, search
from textmend.misreadings.found import price
from textmend.misreadings.ranking import outranked
from textmend.misreadings.weighing import gained, is_utf8
from textmend.plausibility.model import load

#: Bits that a reading must gain in a window, and over its price, to be worth a search of the line:
#: of one written in UTF-8, and of others, where signs alone say nothing (evidence caps them here).
_LEAST: Final = 4.0
_LEAST_LEGACY: Final = 6.0
_OVER_PRICE: Final = -3.0
#: Bits that each byte asks that no sign came of, and each of a sequence that was begun.
_GONE: Final = 5.0
_BEGUN: Final = 2.0


def dismissed(line: str) -> bool:
    """Tell whether the clues of a line are none at a closer look.

    >>> dismissed("in co‐operation"), dismissed("cafÃ©")
    (True, False)
    """
    return clues.load().dismissed(line, _promising, outranked)


def look(text: str) -> tuple[bool, bool]:
    """Tell whether a text can have been misread, and whether it may hold marks of lost text.

    >>> look("plain"), look("cafÃ©"), look("锟斤拷")[1]
    ((False, False), (True, True), True)
    """
    return clues.load().look(text, _promising, outranked)


@lru_cache(maxsize=50_000)
def _promising(window: str) -> bool:
    """Tell whether some reading of a window gains enough to search its line."""
    for found in search.explore(window, losses=False):
        bits = gained(window, found)
        if bits > (_LEAST if is_utf8(found.chain) else _LEAST_LEGACY) and bits - found.price > _OVER_PRICE:
            return True
    return _lossy(window)


def _lossy(window: str) -> bool:
    """Tell whether what is left of some original that lost bytes is likelier than the window."""
    pairs = [(read, "utf-8") for read in restoring.lossy_readers(window)]
    here = load().cost(window)
    for read, written in (*pairs, *restoring.legacy_pairs(window)):
        if here - _left(window, read, written) > (_LEAST if written == "utf-8" else _LEAST_LEGACY):
            return True
    return False


def _left(window: str, read: str, written: str) -> float:
    """Return the cost of what can be read of a window without any guess, with what all else asks."""
    left = hops.rough(window, read, written)
    data = [encodings.bytes_of(run, read) or b"" for run in hops.RUN.findall(window)]
    kept = [encodings.write(run, written) or b"" for run in hops.RUN.findall(left)]
    begun = max(0, sum(map(restoring.begun, data)) - sum(map(len, kept))) if written == "utf-8" else 0
    gone = max(0, sum(map(len, data)) - sum(map(len, kept)) - begun)
    return load().cost(left) + price(written, read) + _GONE * gone + _BEGUN * begun
