"""Strings of three signs: which of a text are looked at, and a large set of them in little memory."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

_SIZE: Final = 3
SAMPLED: Final = 60
"""Where a run of common letters is looked for, ..."""
ROW: Final = 12
"""... and how much of it is looked at."""
_RUN: Final = re.compile(f"[\u0370-\u0fff]{{4,{ROW}}}")
#: In a text of no more signs these are looked at wherever they are: letters from Greek to Arabic (also in _scanner.c).
_NEAR_RUN: Final = re.compile("[\u0370-\u06ff]{3,}")


def sampled(text: str) -> Iterator[int]:
    """Yield where three letters of another alphabet than Latin begin that are looked at, however common they are.

    >>> [*sampled("a вмп 10 ввпл")]
    [9, 10, 2, 9, 10]
    """
    run = _RUN.search(text, 0, SAMPLED)
    if run is not None:
        yield from range(run.start(), run.end() - 2)
    for run in _NEAR_RUN.finditer(text) if len(text) <= SAMPLED else ():
        yield from range(run.start(), run.end() - 2)


class Triples:
    """The set, as one string of all its members, which ascend: a set of Python takes twenty times the memory.

    >>> "def" in Triples("abcdef"), "bcd" in Triples("abcdef")
    (True, False)
    """

    __slots__ = ("_joined", "_places")

    def __init__(self, joined: str) -> None:
        self._joined = joined
        self._places = range(0, len(joined), _SIZE)

    def __contains__(self, triple: str) -> bool:
        """Return whether it is a member."""
        joined = self._joined
        at = bisect_left(self._places, triple, key=lambda place: joined[place : place + _SIZE])
        return len(triple) == _SIZE and joined.startswith(triple, at * _SIZE)
