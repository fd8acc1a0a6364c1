"""The few signs around a clue, which mostly tell that it is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

REACH: Final = 8
"""Signs of a window on each side of a clue, where no space ends it before."""
_FAR: Final = 4 * REACH
"""So far on each side a window's word is looked for (also in _scanner.c)."""
BRIEF: Final = 2
"""A word of so few signs says nothing without its neighbours, ..."""
_FIGURE: Final = re.compile("[^A-Za-z]*[0-9][^A-Za-z]*")
"""... nor does one of digits without letters of ASCII."""
_WIDER: Final = 2
"""So often a window is widened to the words beside it: a figure and the sign of a currency are two."""
_ALONE: Final = 3
"""To so many words on each side where a sign or two stand alone, and so many times as far: a text tells them, ..."""
_LETTERS: Final = 6
"""... which has so many letters of ASCII."""
_LETTER: Final = re.compile("[A-Za-z]")
LOOKED: Final = 10
"""Different windows of a line that are looked at."""
ENOUGH: Final = 12
"""Letters of other alphabets from which a line is ranked as a whole."""
OTHER: Final = "\u0370-\u0fff"
"""Letters of other alphabets than Latin, ..."""
OTHER_LETTER: Final = re.compile(f"[{OTHER}]")
"""... one of them."""
EAST: Final = "\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
"""East Asian letters, ..."""
EAST_LETTER: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
"""... one of those that go in pairs."""
_FOREIGN_RUN: Final = re.compile(f"[{OTHER}{EAST}]+")
#: A letter that Japanese texts have between others, and a Chinese one that no letter of ASCII touches.
_APART: Final = re.compile("[\u3040-\u30ff]|(?<![A-Za-z])[\u3400-\u9fff](?![A-Za-z])")


class Looks(NamedTuple):
    """Further looks at a text.

    promising: tells of the signs around a clue whether it is one. outranked: tells it of a line of another alphabet
    than Latin. sure: gives what a line is undone to beyond doubt, nothing if it is not.

    >>> Looks(str.isalpha, str.isupper, str.strip).outranked("АБВ")
    True
    """

    promising: Callable[[str], bool]
    outranked: Callable[[str], bool]
    sure: Callable[[str], object]


def dismissed(line: str, places: Iterable[int], looks: Looks) -> bool:
    """Tell whether nothing around some places of a line is promising, nor the line if it is in another alphabet.

    Where there is no place, the clue is no single sign, and the line is not dismissed.

    >>> dismissed("in co‐operation", [5], Looks(str.isalpha, str.isupper, str.strip))
    True
    """
    seen: set[str] = set()
    for place in places:
        window = _window(line, place)
        if window not in seen:
            if looks.promising(window):
                return False
            seen.add(window)
            if len(seen) == LOOKED:
                break
    return bool(seen) and not (len(OTHER_LETTER.findall(line)) >= ENOUGH and looks.outranked(line))


def foreign(line: str, verdict: Callable[[str], int]) -> tuple[list[int], bool]:
    """Return where letters of other alphabets begin in a line, but usual East Asian ones, and whether there are such.

    verdict: 0 for a usual pair. Usual is a run of which half of the pairs or more are, and a letter by itself beside
    such a run (also in _scanner.c).

    >>> foreign("在 Windows 上安装 f眉r", lambda pair: pair != "安装")
    ([15], True)
    """
    runs = [*_FOREIGN_RUN.finditer(line)]
    usual = [_is_usual(run[0], verdict) for run in runs]
    some = any(usual)
    return [
        run.start()
        for run, passed in zip(runs, usual, strict=True)
        if not passed and not (some and len(run[0]) == 1 and _APART.match(line, run.start()))
    ], some


def _is_usual(run: str, verdict: Callable[[str], int]) -> bool:
    """Tell whether letters of other alphabets are East Asian, and half of their pairs or more usual."""
    if len(run) == 1 or not all(map(EAST_LETTER.match, run)):
        return False
    return 2 * sum(not verdict(run[at : at + 2]) for at in range(len(run) - 1)) >= len(run) - 1


def _window(line: str, place: int) -> str:
    """Return the signs around a place, up to the spaces around its word (also in _scanner.c).

    A sign or two, and a figure, say nothing without the words beside them.
    """
    least, most = max(0, place - _FAR), min(len(line), place + _FAR)
    start = max(line.rfind(" ", least, place) + 1, least)
    end = line.find(" ", place, most)
    end = most if end < 0 else end
    if end - start <= BRIEF:
        wide = _widened(line, place, (start, end), alone=True)
        if len(_LETTER.findall(wide)) >= _LETTERS:
            return wide
    return _widened(line, place, (start, end), alone=False)


def _widened(line: str, place: int, word: tuple[int, int], *, alone: bool) -> str:
    """Return the signs around a place with the words beside its own, where that says nothing.

    alone: whether it is a sign or two, with which more words are looked at, from farther away.
    """
    start, end = word
    least, most = max(0, place - _FAR), min(len(line), place + _FAR)
    for _ in range(_ALONE if alone else _WIDER):
        if not alone and end - start > BRIEF and not _FIGURE.fullmatch(line, start, end):
            break
        start = max(line.rfind(" ", least, max(least, start - 1)) + 1, least)
        after = line.find(" ", end + 1, most)
        end = most if after < 0 else after
    reach = _ALONE * REACH if alone else REACH
    return line[max(start, place - reach) : min(end, place + reach + 1)]
