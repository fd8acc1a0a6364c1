"""Whether a text need be judged at all: the looks at it, each dearer than the one before.

The scan for clues passes most clean text; the signs around a clue dismiss most of what is left (glance); and what
a search of its lines finds must gain enough. The last two remember what they saw, for words come again and again,
and so do the lines of pages.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from textmend.misreadings import clues, glance, lost, stretches, verifying
from textmend.misreadings.enough import Enough, is_sure
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
    answer = glance.look(text, Enough())
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


@lru_cache(maxsize=_TEXTS)
def _looked(text: str) -> tuple[bool, bool]:
    return glance.look(text, Enough())


@lru_cache(maxsize=_LINES)
def _looked_at(line: str) -> tuple[bool, bool]:
    if clues.stand_out(scanner()(line)) and is_sure(line):
        return True, True  # as looking at it would find
    return glance.look(line, Enough())
