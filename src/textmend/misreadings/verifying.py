"""UTF-8 that verifies itself: every run of a text is UTF-8 for some reader, beyond doubt, so nothing is searched."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache, partial
from typing import Final

from textmend import encodings
from textmend.misreadings import clues, evidence, further, hops, outright, signs, transports
from textmend.misreadings.found import (
    VALIDITY,
    VALIDITY_CAP,
    Found,
    begins_whole,
    goes_on,
    hop,
    price,
    readers_of,
    shared_mask,
    utf8_mask,
    validity,
)
from textmend.misreadings.ranking import outranked
from textmend.misreadings.windows import EAST
from textmend.plausibility import kernel
from textmend.plausibility.model import UNITS, load

#: Bits that the sequences of a text must be worth to be believed without the model.
_VERIFIED: Final = 32.0
#: What a distinct sequence of 2, 3, 4 bytes is worth then.
_SEQUENCE: Final = (5.0, 9.0, 14.0)
#: Readers dearer than this are seldom met, and the bytes of some all look like UTF-8: the model is asked.
_SELDOM: Final = 6.0
#: Bits over its price at which a candidate without a remainder is believed before any search,
#: and bits by which it must be ahead of its like.
_BELIEVED: Final = 18.0
_BEYOND_RIVALS: Final = 10.0

#: Texts that are remembered: a line is asked about when its text is looked at, and when it is searched.
_TEXTS: Final = 256

#: A Latin letter and an East Asian one side by side: rare, and what a further misreading leaves, but where there are so
#: many East Asian ones, and one for so many Latin ones at least (``SSL问题``, also in _verifier.c).
_MIXED: Final = re.compile(f"[A-Za-zÀ-ɏ][{EAST}]|[{EAST}][A-Za-zÀ-ɏ]")
_EAST: Final = re.compile(f"[{EAST}]")
_LATIN: Final = re.compile("[A-Za-zÀ-ɏ]")
_EASTERN: Final = 6
_LATIN_FOR_ONE: Final = 3

#: Letters of two alphabets side by side: what chance makes of other letters.
_PATCHED: Final = re.compile(
    "[A-Za-zÀ-ɏ](?=[Ͱ-߿])|[Ͱ-Ͽ](?=[A-Za-zÀ-ɏЀ-߿])|[Ѐ-ԯ](?=[A-Za-zÀ-ɏͰ-Ͽ԰-߿])|[԰-߿](?=[A-Za-zÀ-ɏͰ-ԯ])"
)


@lru_cache(maxsize=_TEXTS)
def verified(text: str) -> tuple[Found, ...]:
    """Return the candidates of a text that needs no search: every run is UTF-8, beyond doubt.

    >>> verified("Р—РµСЂРєР°Р»СЊРЅРѕРµ")[0].text
    'Зеркальное'
    """
    compiled = kernels()
    known = None if compiled is None else compiled[1](text)
    if known is None:
        return verified_slowly(text)
    return tuple([Found(one, *_hop(read), None, worth, valid) for one, read, worth, valid in known])


def verified_slowly(text: str) -> tuple[Found, ...]:
    """Return what `verified` does: in Python, which counts, and knows readers of several bytes a sign.

    >>> verified_slowly("Ð—ÐµÑ€ÐºÐ°Ð»ÑŒÐ½Ð¾Ðµ") == verified("Ð—ÐµÑ€ÐºÐ°Ð»ÑŒÐ½Ð¾Ðµ")
    True
    """
    runs = hops.RUN.findall(text)
    candidates: dict[str, str] = {}
    for read in readers_of(shared_mask(runs) & utf8_mask(runs)):
        undone = hops.reader(read).everywhere(text)
        if undone is not None:  # the commonest reader comes first
            candidates.setdefault(undone[0], read)
    if not candidates:
        return ()
    worth = {candidate: sequences(candidate) for candidate in candidates}
    enough = max(worth.values()) >= _VERIFIED
    found = [
        _believed(text, candidate, read, worth[candidate], enough=enough) for candidate, read in candidates.items()
    ]
    ranked = sorted(found, key=Found.worth, reverse=True)
    if ranked[0].worth() < _BELIEVED or (len(ranked) > 1 and ranked[0].worth() - ranked[1].worth() < _BEYOND_RIVALS):
        return ()
    candidate = ranked[0].text
    if _doubted(candidate) or hops.brings_bad(text, candidate):
        return ()
    return tuple(ranked)


def doubtful(candidate: str) -> bool:
    """Tell whether a candidate may itself be garbled, or is words in no language.

    >>> doubtful("cafÃ©"), doubtful("café")
    (True, False)
    """
    from textmend.misreadings import glance  # which searches windows with the help of this module

    if (_MIXED.search(candidate) is not None and not _is_eastern(candidate)) or _PATCHED.search(candidate) is not None:
        return True
    runs = hops.RUN.findall(candidate)
    if outright.is_utf8(candidate, runs):
        return True
    if not clues.suspicious(candidate):
        return False
    if not utf8_mask(runs) and not outranked(candidate):
        return transports.clue(candidate)  # nobody shows UTF-8 so, and no other letters are likelier
    if glance.dismissed(candidate):
        return False
    return bool(readers_of(shared_mask(runs))) or transports.clue(candidate)


def _doubted(candidate: str) -> bool:
    """Tell whether what came out of UTF-8 may be garbled, if only once more in a legacy encoding."""
    return doubtful(candidate) or further.garbled(candidate)


def _is_eastern(text: str) -> bool:
    """Tell whether so many letters of a text are East Asian that Latin words stand among them, without spaces."""
    letters = len(_EAST.findall(text))
    return letters >= _EASTERN and _LATIN_FOR_ONE * letters >= len(_LATIN.findall(text))


def is_sure(text: str, candidate: str, read: str) -> bool:
    r"""Tell whether what a reader leaves of a text, all of it undone, is beyond doubt.

    >>> is_sure("cafÃ© Ã\xa0 la crÃ¨me", "café à la crème", "cp1252"), is_sure("Ã©", "é", "cp1252")
    (True, False)
    """
    worth = sequences(candidate)
    believed = _believed(text, candidate, read, worth, enough=worth >= _VERIFIED)
    return believed.worth() >= _BELIEVED and not _doubted(candidate)


def _believed(text: str, candidate: str, read: str, worth: float, *, enough: bool) -> Found:
    """Return a candidate with the evidence for it: what its sequences are worth, or what the model says.

    enough: whether sequences alone are to be counted, so that the model can only say less.
    """
    valid = validity(text, candidate)
    if (not enough and hops.reader(read).single) or price("utf-8", read) > _SELDOM:
        weighed = _weighed(text, candidate, valid)
        worth = min(weighed, worth) if enough else weighed
    return Found(candidate, *_hop(read), None, worth, valid)


def sequences(candidate: str) -> float:
    """Return the bits that the distinct signs of a text are worth if each came out of UTF-8.

    >>> sequences("naïve – naïve")
    14.0
    """
    worth = 0.0
    for char in set(candidate):
        if char > "\x7f":
            worth += _SEQUENCE[0 if char < "\u0800" else 1 if char < "\U00010000" else 2]
    return worth


@cache
def _hop(read: str) -> tuple[tuple[str, ...], float]:
    """Return the chain of one misreading of UTF-8, and its price."""
    return (hop("utf-8", read),), price("utf-8", read)


def _weighed(text: str, candidate: str, valid: float) -> float:
    return evidence.bits(text, candidate, utf8=True, valid=valid)


def _facts(char: str) -> int:
    """Return what a character is to the evidence, for the kernel."""
    unstable = (
        unicodedata.category(char)[0] == "M"
        or "\u1100" <= char < "\u1200"
        or not unicodedata.is_normalized("NFC", char)
    )
    return signs.facts(char) | 16 * unstable | 32 * bool(_EAST.match(char)) | 64 * bool(hops.BAD.match(char))


def _shown(char: str) -> tuple[int, int, int]:
    """Return who shows a character, and for whom it begins UTF-8 of which nothing was lost, or goes on with it."""
    if char.isascii():
        return 0, 0, 0
    return encodings.readable(char), begins_whole(char), goes_on(char)


@cache
def kernels() -> tuple[object, Callable[[str], list[tuple[str, str, float, float]] | None]] | None:
    """Return the verifier in C, where it is, and what gives (candidate, reader, worth, valid): None if it cannot tell.

    >>> kernels() is kernels()
    True
    """
    names = encodings.READERS
    common = tuple(names.index(name) for name in readers_of((1 << len(names)) - 1))
    prices = tuple(price("utf-8", name) for name in names)
    limits = (
        UNITS, evidence.GLANCE, evidence.HOPELESS, evidence.WEAK_CAP, evidence.SPOKEN, _VERIFIED, _SELDOM, _BELIEVED,
        _BEYOND_RIVALS, *_SEQUENCE, *VALIDITY, VALIDITY_CAP,
    )  # fmt: skip

    def reader(number: int) -> object:
        return hops.reader(names[number]).compiled

    single = tuple(encodings.get(name).width == "single" for name in names)
    calls = (
        _shown,
        _facts,
        reader,
        further.open_to_doubt,
        _weighed,
        _doubted,
        partial(unicodedata.is_normalized, "NFC"),
    )
    verifier = kernel.verifier(names, common, single, prices, calls, load(), limits)
    return None if verifier is None else (verifier, verifier.verified)
