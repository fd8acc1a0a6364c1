"""A second look at a clue, before anything is searched: does any reading of what stands there gain?

One clean line in fifty shows a clue. Most clues are dismissed by the few signs
around them, and such windows come again and again, so what was seen in them is
remembered.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from textmend.misreadings import clues, search
from textmend.misreadings.found import Found
from textmend.misreadings.hopeless import gains, hopeless
from textmend.misreadings.left import bytes_lost
from textmend.misreadings.ranking import outranked
from textmend.misreadings.telling import told
from textmend.misreadings.verifying import verified
from textmend.misreadings.windows import Looks

#: Lines that are remembered as what they are beyond doubt: most are not.
_LINES: Final = 1_000
#: A text is parted again when it is judged in another way: so few are remembered, none beyond a length.
_TEXTS: Final = 2
_LONG: Final = 10_000
_LONGEST: Final = 1_000_000
_last: list[tuple[str, tuple[list[tuple[int, str]], list[int], int]]] = []


def dismissed(line: str) -> bool:
    """Tell whether the clues of a suspicious line are none at a closer look.

    >>> dismissed("in co‐operation"), dismissed("cafÃ©")
    (True, False)
    """
    return not stretches(line)[0]


def is_clean(line: str) -> bool:
    """Tell whether a line has no clue, or only those that are none beside its letters.

    >>> is_clean("in co‐operation"), is_clean("cafÃ©")
    (True, False)
    """
    return not clues.suspicious(line) or (any(map(str.isalpha, line)) and dismissed(line))


def stretches(text: str) -> tuple[list[tuple[int, str]], list[int], int]:
    r"""Return (start, stretch) of what is judged apart in a text and may have been misread.

    And where others begin that have clues which are none at a closer look; and what all of it holds beside clues.

    >>> stretches("plain\ncafÃ©\nin co‐operation")
    ([(6, 'cafÃ©')], [12], 0)
    """
    if len(text) <= _LONG:
        return _stretched(text)
    for known, answer in _last[:]:
        if known == text:
            return answer
    answer = clues.load().stretches(text, _LOOKS)
    if len(text) <= _LONGEST:
        _last[:] = [(text, answer)]
    return answer


@lru_cache(maxsize=_TEXTS)
def _stretched(text: str) -> tuple[list[tuple[int, str]], list[int], int]:
    return clues.load().stretches(text, _LOOKS)


def look(text: str, enough: clues.Enough) -> tuple[bool, bool]:
    """Tell whether a text can have been misread, and whether it may hold marks of lost text.

    enough: tells of a line with a clue whether it makes the text worth judging, with those before.

    >>> look("plain", bool), look("cafÃ©", bool), look("锟斤拷", bool)[1]
    ((False, False), (True, True), True)
    """
    return clues.load().look(text, _LOOKS, enough)


@lru_cache(maxsize=50_000)
def _promising(window: str) -> bool:
    """Tell whether some reading of a window gains enough to search its line."""
    if not hopeless(window):
        found = search.explore(window, losses=False)
        if any(gains(window, one) for one in found):
            return True
    return bytes_lost(window)


@lru_cache(maxsize=_LINES)
def _sure(line: str) -> tuple[Found, ...]:
    """Return what a line is undone to beyond doubt, if only by the letters of another alphabet."""
    sure = verified(line)
    if not sure:
        legacy = told(line)
        sure = (legacy,) if legacy is not None else search.told(line) if outranked(line) else ()
    return sure


_LOOKS: Final = Looks(_promising, outranked, _sure)
