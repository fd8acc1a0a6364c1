"""How words of alphabetic languages are spelt: what a letter costs after three and after four others.

The model prices a letter by the two before it.  Where a letter was lost, more
of its word tells which it was.  Only the search that restores lost bytes needs
that, so each language's part of the file is read when a text needs it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
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

    costs: what a letter costs after three or four others.
    others: what every letter that is not listed after them costs more than it does after fewer.

    >>> Spelling({"naïv": 8}, {"naï": 20}).price("\nnaï", "v", 40)
    8
    """

    costs: dict[str, int]
    others: dict[str, int]

    def price(self, before: str, letter: str, shorter: int) -> int:
        r"""Return the cost of a letter after others of its word.

        shorter: what it costs after the last two of them.

        >>> Spelling({"naïv": 8}, {"naï": 20}).price("\nnaï", "f", 40)
        60
        """
        for size in _SIZES:
            if len(before) < size:
                break
            last = before[-size:]
            known = self.costs.get(last + letter)
            shorter = shorter + self.others.get(last, 0) if known is None else known
        return shorter if shorter > 0 else 0


def pack(spellings: dict[str, Spelling]) -> bytes:
    """Return the file's bytes.

    >>> pack({}) == words.pack({})
    True
    """
    lists = {}
    for language, spelling in spellings.items():
        others = {before + words.ANY_OTHER: max(0, cost + words.RAISED) for before, cost in spelling.others.items()}
        lists[language] = {**spelling.costs, **others}
    return words.pack(lists)


def of_list(listed: Mapping[str, int]) -> Spelling:
    """Return what a list of the file says.

    >>> of_list({"naïv": 8, "naï*": 68})
    Spelling(costs={'naïv': 8}, others={'naï': 20})
    """
    costs = {key: cost for key, cost in listed.items() if key[-1] != words.ANY_OTHER}
    others = {key[:-1]: cost - words.RAISED for key, cost in listed.items() if key[-1] == words.ANY_OTHER}
    return Spelling(costs, others)


@cache
def of(language: str) -> Spelling:
    r"""Return how a language spells its words; nothing is known of some.

    >>> of("ru").price("\nпра", "в", 40) < 40
    True
    """
    return of_list(words.listed(FILE, language))
