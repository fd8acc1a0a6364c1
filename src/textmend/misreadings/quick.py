"""Whether a text need be judged at all: the looks at it, each dearer than the one before.

The scan for clues passes most clean text; the signs around a clue dismiss most of what is left (glance); and what
a search of its lines finds must gain enough. The last two remember what they saw, for words come again and again,
and so do the lines of pages.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from textmend.misreadings import belonging, clues, glance, lost, stretches, survey, telling, verifying
from textmend.misreadings.found import Found

#: Lines that are remembered.
_LINES: Final = 4096
#: A text of several lines is looked at again when it is judged, and when it was repaired: so few are remembered, none
#: beyond a length, and of long ones, that are compared instead of hashed, the last.
_TEXTS: Final = 4
_LONG: Final = 10_000
_LONGEST: Final = 1_000_000
_last: list[tuple[str, tuple[bool, bool]]] = []


def scanner() -> Callable[[str], int]:
    """Return the function that scans a text; where it says 0, nothing was misread or lost, else `look` tells.

    >>> scanner()("plain"), scanner()("cafÃ©")
    (0, 1)
    """
    return clues.load().scanning


def look(text: str) -> tuple[bool, bool]:
    """Tell whether a text can have been misread, and whether it may hold marks of lost text.

    >>> look("plain"), look("cafÃ©"), look("锟斤拷")[1]
    ((False, False), (True, True), True)
    """
    if is_line(text):
        return _looked_at(text)
    if len(text) <= _LONG:
        return _looked(text)
    for known, answer in _last[:]:
        if known == text:
            return answer
    answer = glance.look(text, _hope)
    if len(text) <= _LONGEST:
        _last[:] = [(text, answer)]
    return answer


def is_line(text: str) -> bool:
    r"""Tell whether a text is judged as one line.

    >>> is_line("cafÃ©"), is_line("cafÃ©\n")
    (True, False)
    """
    return len(text) <= stretches.LONGEST and "\n" not in text and "\r" not in text


def verified(line: str) -> tuple[Found, ...]:
    r"""Return what a line is undone to beyond doubt, best first; nothing for any other line.

    >>> verified("dÃ©jÃ\xa0 vu, cafÃ©")[0].text, verified("déjà vu")
    ('déjà vu, café', ())
    """
    return () if lost.unreadable(line) else verifying.verified(line)


def is_sure(line: str) -> bool:
    r"""Tell whether what a line is undone to is beyond doubt.

    >>> is_sure("dÃ©jÃ\xa0 vu, cafÃ©"), is_sure("déjà vu")
    (True, False)
    """
    return not lost.unreadable(line) and (bool(verifying.verified(line)) or telling.told(line) is not None)


@lru_cache(maxsize=_TEXTS)
def _looked(text: str) -> tuple[bool, bool]:
    return glance.look(text, _hope)


@lru_cache(maxsize=_LINES)
def _looked_at(line: str) -> tuple[bool, bool]:
    if clues.stand_out(scanner()(line)) and is_sure(line):
        return True, True  # as looking at it would find
    return glance.look(line, _hope)


@lru_cache(maxsize=_LINES)
def _hope(line: str) -> float:
    """Return how much of what is worth judging a line has: 1 if it may be repaired alone, less if only with others.

    What it gains then is set against what a chain must gain in all to be adopted.
    """
    if is_sure(line):
        return 1.0
    best = 0.0
    for chain, (found, gained) in survey.explored(line, belonging.PLAIN).items():  # as when the text is judged
        if gained - found.price - survey.prior(chain) > 0:
            return 1.0
        best = max(best, gained)
    return best / survey.LEAST_ADOPTED
