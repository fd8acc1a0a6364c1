"""Legacy originals that their letters tell: a line far beyond doubt need not be judged.

What stands there, the few originals that its letters make likely, and those of several bytes a sign are priced by the
model, each no farther than to tell that it is far behind. Where one is far ahead of all, and words of another alphabet
bear witness, judging would find nothing else. That is done in C alone: it is a quick way to what judging finds.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Final, NamedTuple

from textmend import encodings
from textmend.misreadings import clues, evidence, hearsay, legacy, outright, verifying
from textmend.misreadings.found import Found, hop, price
from textmend.misreadings.ranking import RIVALS, ranking
from textmend.plausibility import kernel
from textmend.plausibility.model import UNITS, load

#: Lines that are remembered.
_LINES: Final = 1_000
#: Bits by which an original must be ahead of its nearest rival, and those that words which bear witness must gain: more
#: than all that the evidence adds to the model or takes from it.
_AHEAD: Final = 24.0
_WITNESSED: Final = 40.0
#: What bytes are in an encoding (also in _teller.c): the first of several, what only the decoder tells; each alone.
_NOTHING: Final = "\0"
_BEGINS: Final = "\ufffe"
_LONGER: Final = "\uffff"
_NATIVE: Final = f"utf-16-{sys.byteorder[0]}e"
_ALONE: Final = 128
#: No reader, and one of several bytes a sign (also in _windows.c).
_NOBODY: Final = -1
_OTHER: Final = -2


class _Teller(NamedTuple):
    """What the teller in C answers.

    The original of a line; what a line costs before a misreading, and which of many do not make it dearer; where two
    readers begin not to show a text alike; which legacy originals of a window may gain enough.
    """

    told: Callable[[str], tuple[str, str, str, float, bool] | None]
    dearer: Callable[[str, bool, int, int, int], int | None]
    left: Callable[[str, int, int, tuple[tuple[bool, int, int] | None, ...]], list[int]]
    apart: Callable[[str, int, int], int]
    promising: Callable[..., list[tuple[str, float]] | None]


@lru_cache(maxsize=_LINES)
def told(line: str) -> Found | None:
    """Return the legacy original of a line that judging it by itself finds, with the bits for it, None for any other.

    >>> told("plain") is None
    True
    """
    teller = _compiled()
    answer = None if teller is None else teller.told(line)
    if answer is None:
        return None
    original, written, read, gained, unclear = answer
    if (unclear or clues.load().scanning(original)) and not _is_clean(original):
        return None
    data = None if encodings.get(written).width == "single" else encodings.write(original, written)
    if data is not None and data != encodings.bytes_of(line, read):
        return None  # garbling it does not give the line
    if hearsay.is_unspoken(line, original):
        return None
    return Found(original, (hop(written, read),), price(written, read), None, gained)


def _is_clean(original: str) -> bool:
    """Tell whether an original with a clue would be left as it is."""
    from textmend.misreadings import quick  # which asks about its lines first

    return not (verifying.doubtful(original) or quick.look(original)[0])


def cost_before(line: str, name: str, most: float) -> float | None:
    """Return what a line costs as it was before a misreading, or more than so many bits; nothing if it cannot tell.

    Below nothing where the misreading cannot have happened.

    >>> cost_before("plain", "utf-8>cp1252", 10.0) is None
    True
    """
    teller, numbers = _compiled(), _numbers(name)
    cost = None if teller is None or numbers is None else teller.dearer(line, *numbers, int(most * UNITS))
    return None if cost is None else cost / UNITS


def left(line: str, here: float, most: float, names: tuple[str, ...]) -> list[int]:
    """Return the numbers of misreadings that may not make a line cost more than so many bits; here: what it costs.

    >>> left("plain", 10.0, 10.0, ("utf-8>cp1252",))
    [0]
    """
    teller = _compiled()
    if teller is None:
        return list(range(len(names)))
    return teller.left(line, int(here * UNITS), int(most * UNITS), _all_numbers(names))


@lru_cache(maxsize=200)
def _all_numbers(names: tuple[str, ...]) -> tuple[tuple[bool, int, int] | None, ...]:
    return tuple(map(_numbers, names))


def shown_apart(text: str, name: str, other: str) -> int:
    """Return where two misreadings that share the writer may begin to make another of a text, -1 if surely nowhere.

    >>> shown_apart("Ïðèâåò", "cp1251>cp1252", "koi8-r>cp1252")
    0
    """
    teller, one, two = _compiled(), _numbers(name), _numbers(other)
    if teller is None or one is None or two is None or one[:2] != two[:2]:
        return 0
    return teller.apart(text, one[2], two[2])


def promising(
    window: str, weighed: str, views: list[tuple[bytes, list[str], float]], most: int, limits: tuple[float, ...]
) -> list[tuple[str, float]] | None:
    """Return (original, least price) of the legacy originals of a window that may gain enough, None if it cannot tell.

    weighed: the window as the evidence weighs it (evidence.weighed).
    views: the bytes that the window may have been, who shows them so, and what that asks at least.
    most: what the letters of an original may cost. limits: as the Teller takes them.

    >>> promising("plain", "plain", [], 0, (0.0,) * 5 + (0,))
    []
    """
    teller = _compiled()
    if teller is None:
        return None
    numbers = _reader_numbers()
    seen = []
    for data, readers, asked in views:
        first, second = (*[numbers.get(name, _OTHER) for name in readers[:2]], _NOBODY, _NOBODY)[:2]
        seen.append((data, first, second, asked))
    return teller.promising(window, weighed, seen, most, limits)


@cache
def _reader_numbers() -> dict[str, int]:
    return {name: number for number, name in enumerate(ranking().readers)}


@cache
def _numbers(name: str) -> tuple[bool, int, int] | None:
    """Return whether the writer of a misreading has several bytes a sign, and the numbers of it and of the reader."""
    written, _, read = name.partition(">")
    names, readers, several = ranking().names, ranking().readers, _several()
    if read not in readers or not (written in names or written in several):
        return None
    known = several if written in several else names
    return written in several, known.index(written), readers.index(read)


@cache
def _several() -> tuple[str, ...]:
    return tuple(name for name in legacy.multi_writers() if encodings.get(name).family != "unicode")


@cache
def _compiled() -> _Teller | None:
    verifier, ranker, model = verifying.kernels(), ranking().compiled, load().compiled
    if verifier is None or ranker is None or model is None:
        return None
    names = ranking().names
    readers = ranking().readers
    multi = _several()
    tables = (
        tuple(encodings.get(name).writer_cost for name in names),
        tuple(encodings.get(name).reader_cost for name in readers),
        tuple(map(encodings.READERS.index, readers)),
        tuple(map(sorted(names).index, names)),
        tuple(map(sorted(readers).index, readers)),
        tuple(encodings.get(name).writer_cost for name in multi),
    )
    limits = (
        UNITS, *RIVALS, outright.ENOUGH, outright.COMPARED, outright.LOOKED_AT, outright.READERS, evidence.GLANCE,
        outright.GAIN, outright.GAIN_EACH, _AHEAD, outright.FAR, _WITNESSED, evidence.HOPELESS,
    )  # fmt: skip
    parts = (verifier[0], ranker, model, encodings.read, _signs)
    teller = kernel.teller(parts, (tuple(names), readers, multi), tables, limits)
    return None if teller is None else _Teller(teller.told, teller.dearer, teller.left, teller.apart, teller.promising)


def _signs(name: str, lead: int) -> bytes:
    """Return what an encoding of several bytes a sign has for each byte after one from 80 on, or for each alone.

    As 16-bit numbers (_teller.c): 0 nothing, FFFE the first of several bytes, FFFF what only the decoder tells.
    """
    known = encodings.singles(name) if lead == _ALONE else encodings.pairs(lead + 0x80, name)
    told = [_NOTHING if sign is None else sign if len(sign) == 1 and sign < _BEGINS else _LONGER for sign in known]
    if lead == _ALONE:
        told[0x80:] = [_BEGINS if sign == _NOTHING else sign for sign in told[0x80:]]
    return "".join(told).encode(_NATIVE, "surrogatepass")
