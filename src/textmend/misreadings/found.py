"""What the search passes around: candidates, the names and prices of hops, who can show what."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from textmend import encodings
from textmend.misreadings.lattice import Restored


class Found(NamedTuple):
    """A candidate: the text, the chain that garbled it (as it happened), its price in bits.

    restored: what was lost, if anything was.
    sure: evidence known already, where UTF-8 verified itself; else None.
    valid: what the UTF-8 sequences that came out on the way are worth, in bits.

    >>> Found("é", ("utf-8>cp1252",), 1.0, None, 5.0).worth()
    4.0
    """

    text: str
    chain: tuple[str, ...]
    price: float
    restored: Restored | None = None
    sure: float | None = None
    valid: float = 0.0

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


@cache
def readers_of(mask: int) -> tuple[str, ...]:
    """Return the readers in a bit mask, the commonest first; those that show everything left out.

    >>> readers_of(mask_of("鈥"))[0]
    'gbk'
    """
    names = (name for bit, name in enumerate(encodings.READERS) if mask >> bit & 1)
    narrow = [name for name in names if encodings.get(name).family != "unicode"]
    return tuple(sorted(narrow, key=lambda name: encodings.get(name).reader_cost))
