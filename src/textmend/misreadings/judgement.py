"""What judging a text gives: repairs, text lost for good, and what stays undecided."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from textmend.results import Loss


@lru_cache(maxsize=1_000)
def reading(chain: tuple[str, ...]) -> str:
    """Spell a chain of misreadings out.

    >>> reading(("utf-8>cp1252", "utf-8>gbk"))
    'utf-8 was read as cp1252, then utf-8 was read as gbk'
    """
    return ", then ".join(hop.replace(">", " was read as ") for hop in chain)


class Mending(NamedTuple):
    """One place to repair.

    A tuple, since a garbled document has as many of them as words.

    start: offset of ``before`` in the text, in characters.
    chain: the misreadings, in the order they happened: ``("utf-8>gbk",)``.
    losses: what the misreadings did not keep, and what was chosen.
    bits: evidence, log2 odds.  confidence: a probability.

    >>> Mending(6, "鈥檚", "’s", ("utf-8>gbk",)).why
    'utf-8 was read as gbk'
    """

    start: int
    before: str
    after: str
    chain: tuple[str, ...]
    losses: tuple[Loss, ...] = ()
    bits: float = 0.0
    confidence: float = 1.0

    @property
    def why(self) -> str:
        """The chain in words."""
        return reading(self.chain)


@dataclass(frozen=True, slots=True)
class LostMark:
    """A place whose text is lost for good: only the marks of a decoder are left.

    start, end: offsets in the text.  what: the reader that left the marks.

    >>> LostMark(0, 3, "gbk", "text lost: U+FFFD read as gbk").what
    'gbk'
    """

    start: int
    end: int
    what: str
    message: str


@dataclass(frozen=True, slots=True)
class Survey:
    """What the lines of a document say together, for the parts of it that are judged later.

    adopted: the chains by which it was garbled, each with the evidence pooled for it.
    certain: those of them that explain their lines so well that such lines are not searched for another.

    >>> UNKNOWN.adopted
    {}
    """

    adopted: dict[tuple[str, ...], float]
    certain: tuple[tuple[str, ...], ...] = ()


UNKNOWN = Survey({})
"""What is known of a document of which nothing was seen."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one text; the first three ascend and the mendings do not overlap.

    survey: what its lines said together, and what was known before.

    >>> EMPTY.mendings
    ()
    """

    mendings: tuple[Mending, ...] = ()
    lost: tuple[LostMark, ...] = ()
    undecided: tuple[Mending, ...] = ()
    survey: Survey = UNKNOWN


EMPTY = Judgement()
