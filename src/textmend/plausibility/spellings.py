"""How words of alphabetic languages are spelt: what a letter costs after three and after four others.

The model prices a letter by the two before it.  Where a letter was lost, more
of its word tells which it was.  Only the search that restores lost bytes needs
that, so each language's part of the file is read when a text needs it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from textmend.plausibility import words

FILE: Final = Path(__file__).with_name("spellings.bin")
#: Where a word begins, and where it ends.
EDGE: Final = "\n"
#: So many signs before a letter count, the beginning of the word being one of them.
CONTEXT: Final = 4
_SIZES: Final = (3, CONTEXT)


class Spelling(NamedTuple):
    r"""What letters cost in the words of one language, in units.

    listed: what a letter costs after three or four others; after them also words.ANY_OTHER, what every letter that
    is not listed there costs more than it does after fewer, and words.RAISED.

    >>> Spelling({"naïv": 8, "naï*": 68}).price("\nnaï", "v", 40)
    8
    """

    listed: Mapping[str, int]

    def price(self, before: str, letter: str, shorter: int) -> int:
        r"""Return the cost of a letter after others of its word.

        shorter: what it costs after the last two of them.

        >>> Spelling({"naïv": 8, "naï*": 68}).price("\nnaï", "f", 40)
        60
        """
        listed = self.listed
        for size in _SIZES:
            if len(before) < size:
                break
            last = before[-size:]
            known = listed.get(last + letter)
            if known is None:
                shorter += listed.get(last + words.ANY_OTHER, words.RAISED) - words.RAISED
            else:
                shorter = known
        return shorter if shorter > 0 else 0


def listing(costs: Mapping[str, int], others: Mapping[str, int]) -> dict[str, int]:
    """Return what a Spelling lists, of what letters cost after others, and what any other letter costs more there.

    >>> listing({"naïv": 8}, {"naï": 20})
    {'naïv': 8, 'naï*': 68}
    """
    raised = {before + words.ANY_OTHER: max(0, cost + words.RAISED) for before, cost in others.items()}
    return {**costs, **raised}


def pack(spellings: Mapping[str, Spelling]) -> bytes:
    """Return the file's bytes.

    >>> pack({}) == words.pack({})
    True
    """
    return words.pack({language: spelling.listed for language, spelling in spellings.items()})


@lru_cache(maxsize=words.KEPT)
def of(language: str) -> Spelling:
    r"""Return how a language spells its words; nothing is known of some.

    >>> of("ru").price("\nпра", "в", 40) < 40
    True
    """
    return Spelling(words.listed(FILE, language))
