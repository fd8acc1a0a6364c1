"""What the search passes around: candidates, the names and prices of hops, who can show what."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final, NamedTuple

from textmend import encodings
from textmend.misreadings.restored import Restored

VALIDITY: Final = (1.0, 3.0, 8.0)
"""What a well-formed UTF-8 sequence of 2, 3, 4 bytes says by itself: chance rarely makes one."""
VALIDITY_CAP: Final = 24.0
"""What all sequences of a text may say so together."""


class Found(NamedTuple):
    """A candidate: the text, the chain that garbled it (as it happened), its price in bits.

    restored: what was lost, if anything was.
    sure: evidence known already, where UTF-8 verified itself; else None.
    valid: what the UTF-8 sequences that came out on the way are worth, in bits.
    gone: something is known to be missing that left no trace, so the text is not given.

    >>> Found("é", ("utf-8>cp1252",), 1.0, None, 5.0).worth()
    4.0
    """

    text: str
    chain: tuple[str, ...]
    price: float
    restored: Restored | None = None
    sure: float | None = None
    valid: float = 0.0
    gone: bool = False

    def worth(self) -> float:
        """Return the bits that are sure over the price."""
        return (self.sure or 0.0) - self.price


def hop(written: str, read: str) -> str:
    """Return the name of a misreading.

    >>> hop("utf-8", "gbk")
    'utf-8>gbk'
    """
    return f"{written}>{read}"


@cache
def price(written: str, read: str) -> float:
    """Return what the prior asks for one misreading, in bits.

    >>> price("utf-8", "cp1252") < price("cp850", "mac-greek")
    True
    """
    return encodings.get(written).writer_cost + encodings.get(read).reader_cost


def validity(before: str, after: str) -> float:
    """Return the bits that the UTF-8 sequences which came out are worth, each sign once.

    >>> validity("â€“ Ã©", "– é")
    4.0
    """
    total = 0.0
    for char in set(after).difference(before):
        if char > "\x7f":
            total += VALIDITY[0 if char < "\u0800" else 1 if char < "\U00010000" else 2]
    return min(total, VALIDITY_CAP)


@lru_cache(maxsize=50_000)
def mask_of(run: str) -> int:
    """Return, as bits over ``encodings.READERS``, who can show every sign of a run.

    >>> mask_of("é") > 0
    True
    """
    mask = -1
    for char in set(run):
        mask &= encodings.readable(char)
    return mask


def shared_mask(runs: Iterable[str]) -> int:
    """Return who can show every sign of all runs, nobody where there is no run.

    >>> shared_mask(["é", "ñ"]) == mask_of("éñ"), shared_mask([])
    (True, 0)
    """
    mask, empty = -1, True
    for run in runs:
        mask &= mask_of(run)
        empty = False
    return 0 if empty else mask


def joint_mask(runs: Iterable[str]) -> int:
    """Return who can show every sign of some run.

    >>> joint_mask(["é", "я"]) == mask_of("é") | mask_of("я")
    True
    """
    mask = 0
    for run in runs:
        mask |= mask_of(run)
    return mask


def utf8_mask(runs: Iterable[str]) -> int:
    """Return who may show UTF-8 as a part of some run: bytes that begin a sequence and go on with it.

    >>> readers_of(utf8_mask(["Ã©"]))[0], utf8_mask(["éà"]) & mask_of("é") & _SINGLE
    ('cp1252', 0)
    """
    mask = 0
    for run in runs:
        mask |= _begun_in(run)
    return mask


def may_begin_mask(runs: list[str], spaced: list[str]) -> int:
    r"""Return who may show, in some run, UTF-8 that lost bytes: of readers of one byte a sign those of utf8_mask.

    spaced: the runs, each before a space with the no-break space that the space may have been.

    >>> readers_of(may_begin_mask(["Ã"], ["Ã\xa0"]) & _SINGLE)[0], readers_of(may_begin_mask(["éà"], ["éà"]) & _SINGLE)
    ('cp1252', ())
    """
    return joint_mask(runs) & (utf8_mask(spaced) | ~_SINGLE)


@lru_cache(maxsize=20_000)
def _begun_in(run: str) -> int:
    # a reader of several bytes a sign shows UTF-8 from the first sign on, or not at all
    begun = begins(run[0])
    mask = begun & ~_SINGLE
    for char in run[1:]:
        mask |= begun & goes_on(char) & _SINGLE
        begun = begins(char)
    return mask


def may_be_utf8(run: str) -> int:
    """Return the readers that may show UTF-8 as a part of a run, of which nothing was lost.

    >>> readers_of(may_be_utf8("Ã©"))[0], readers_of(may_be_utf8("é"))
    ('cp1252', ())
    """
    return _begun_in(run) & _SINGLE | begins_whole(run[0]) & ~_SINGLE


def begins_whole(char: str) -> int:
    """Return the readers for which a sign begins UTF-8 of which nothing was lost: its second byte goes on with it.

    >>> readers_of(begins_whole("Ã")) == readers_of(begins("Ã") & _SINGLE)
    True
    """
    return _begun(char)[1]


def begins(char: str) -> int:
    """Return the readers for which a sign begins a sequence of UTF-8.

    >>> readers_of(begins("Ã"))[0]
    'cp1252'
    """
    return _begun(char)[0]


def goes_on(char: str) -> int:
    """Return the readers for which a sign goes on with a sequence of UTF-8.

    >>> begins("©") & goes_on("©") & _SINGLE & mask_of("é")
    0
    """
    return _begun(char)[2]


@lru_cache(maxsize=20_000)
def _begun(char: str) -> tuple[int, int, int]:
    """Return the readers for which a sign begins UTF-8, those of whom nothing was lost, and for which it goes on."""
    begun, whole, further = 0, 0, 0
    readable = encodings.readable(char)
    for bit, name in _BITS:
        if readable & bit:
            data = encodings.bytes_of(char, name)
            if data is None or data[0] in _FIRST:
                begun |= bit
                if data is None or len(data) == 1 or data[1] in _NEXT or bit & _SINGLE:
                    whole |= bit
            if data is None or data[0] in _NEXT:
                further |= bit
    return begun, whole, further


_BITS: Final = tuple((1 << bit, name) for bit, name in enumerate(encodings.READERS))
_SINGLE: Final = sum(bit for bit, name in _BITS if encodings.get(name).width == "single")
#: The bytes that begin a character beyond ASCII in UTF-8, and those that go on with it.
_FIRST: Final = range(0xC2, 0xF5)
_NEXT: Final = range(0x80, 0xC0)


@lru_cache(maxsize=5_000)
def readers_of(mask: int) -> tuple[str, ...]:
    """Return the readers in a bit mask, the commonest first; those that show everything left out.

    >>> readers_of(mask_of("鈥"))[0]
    'gbk'
    """
    names = (name for bit, name in enumerate(encodings.READERS) if mask >> bit & 1)
    narrow = [name for name in names if encodings.get(name).family != "unicode"]
    return tuple(sorted(narrow, key=lambda name: encodings.get(name).reader_cost))
