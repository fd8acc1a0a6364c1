"""What the lines of a document say of one another, once its chains are known.

How many lines are garbled and how many clean says how likely either is of the next one; words that stand in clean
lines, or come out in others, are the document's own; what its main chain explains was seldom garbled in another way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from math import log2
from typing import Final

from textmend.misreadings.found import Found
from textmend.misreadings.survey import Adopted, Line, prior

#: Bits in favour of a chain that the document has adopted (instead of prior and price): at least,
#: for each bit of pooled evidence, and at most.
_FAVOUR_LEAST: Final = 2.0
_FAVOUR_SHARE: Final = 0.04
_FAVOUR: Final = 7.0
#: Bits by which a line says that it is garbled as the document is, or that it is clean; what either has at least.
_SAYS: Final = 4.0
_GARBLED: Final = 1.0
_CLEAN: Final = 0.25
#: Lines as which the share of the garbled ones among all counts for those with a clue, and for those without.
_UNSEEN: Final = 2.0
#: A line that the main chain of a document explains was seldom garbled in another way: bits against any other, and
#: against one that was adopted for each doubling of what the main one has more, up to as many.
_OTHER_WAY: Final = 8.0
_LESS_OFTEN: Final = 2.0
#: Bits for each doubling of the lines that have a word that comes out, or the word that stands there; at most.
_OWN_WORD: Final = 2.5
_OWN_WORDS: Final = 10.0

MOST: Final = _FAVOUR + _OWN_WORDS
"""Bits that a document says in favour of a candidate at most."""

#: Bits at which a candidate needs no such words.
_CLEAR: Final = 24.0

_DIGITS: Final = re.compile("[0-9]+")


class Company:
    """The lines of a document, with the candidates that its chains give them.

    adopted: the chains of the document.

    >>> Company({}, ()).bits(Line("cafÃ©", [0], {}), Found("café", ("utf-8>cp1252",), 0.5), 12.1)
    3.0
    """

    def __init__(self, adopted: Adopted, lines: Collection[Line]) -> None:
        self.adopted = adopted
        self._main = max(adopted, key=lambda chain: adopted[chain], default=())
        # of each chain, by lines with a clue and without: the bits in its favour
        self._favours = {
            (chain, clue): _favour(chain, adopted[chain], lines, clue=clue)
            for chain in adopted
            for clue in (True, False)
        }
        self._lines = lines
        self._words: _Words | None = None  # counted when a line first needs them

    def bits(self, line: Line, found: Found, gained: float) -> float:
        """Return the bits for a candidate that gained so many, after its price and all that the document says."""
        main = line.candidates.get(self._main)
        against = _OTHER_WAY if main is not None and main[1] > 0 else 0.0
        bits = gained - found.price - prior(found.chain) - against
        if found.chain not in self.adopted:
            return bits
        against = min(against, _LESS_OFTEN * log2(self.adopted[self._main] / self.adopted[found.chain]))
        favour = self._favours[found.chain, line.clue]
        if gained < _CLEAR:
            favour += self._own(line, found.chain)
        return max(bits, gained + favour - against)

    def _own(self, line: Line, chain: tuple[str, ...]) -> float:
        """Return the bits by which what comes out are words of the document, rather than what stands there."""
        if self._words is None:
            self._words = _Words(self.adopted, self._lines)
        words = self._words
        bits = 0.0
        for before, after in changed_words(line, chain):
            came = words.stand[after] + words.came[after] - words.changes[before, after]
            bits += _OWN_WORD * (log2(1 + came) - log2(1 + words.came[before]))
        return max(-_OWN_WORDS, min(_OWN_WORDS, bits))


class _Words:
    """The words of a document: in how many lines each stands, comes out, and comes out of another."""

    def __init__(self, adopted: Adopted, lines: Collection[Line]) -> None:
        self.stand: Counter[str] = Counter()
        self.came: Counter[str] = Counter()
        self.changes: Counter[tuple[str, str]] = Counter()
        for line in lines:
            self.stand.update({_bare(word) for word in line.text.split(" ") if not word.isascii()})
            changes = {change for chain in adopted if chain in line.candidates for change in changed_words(line, chain)}
            self.changes.update(changes)
            self.came.update(after for _, after in changes)


def _favour(chain: tuple[str, ...], pooled: float, lines: Collection[Line], *, clue: bool) -> float:
    """Return the bits in favour of a chain of the document: the more evidence, and the fewer clean lines, the more.

    clue: whether for lines with a clue or for those without, of which more are clean; few lines go by all.
    """
    said = [(line.clue, line.candidates[chain][1]) for line in lines if chain in line.candidates]
    garbled, clean = ({True: 0, False: 0} for _ in "12")
    for clued, gained in said:
        garbled[clued] += gained > _SAYS
        clean[clued] += gained < -_SAYS
    share = _share(sum(garbled.values()), sum(clean.values()))
    return min(_FAVOUR, _FAVOUR_LEAST + pooled * _FAVOUR_SHARE, _told(garbled[clue], clean[clue], share))


def most_favour(garbled: int) -> float:
    """Return the bits in favour of a chain of a document at most: so many lines are garbled, and none is clean.

    >>> most_favour(1) < most_favour(3) < most_favour(100)
    True
    """
    return min(_FAVOUR, _told(garbled, 0, _share(garbled, 0)))


def _share(garbled: int, clean: int) -> float:
    """Return the share of garbled lines in a document of which so many are known to be garbled or clean."""
    return (garbled + _GARBLED) / (garbled + clean + _GARBLED + _CLEAN)


def _told(garbled: int, clean: int, share: float) -> float:
    """Return the bits that the lines of a kind say for the next one; share: that of the garbled among all lines."""
    return log2((garbled + _UNSEEN * share) / (clean + _UNSEEN * (1.0 - share)))


def changed_words(line: Line, chain: tuple[str, ...]) -> set[tuple[str, str]]:
    """Return the words that a chain changes in a line, without digits, each with what comes out.

    >>> found = Found("café 2", ("utf-8>cp1252",), 0.0)
    >>> changed_words(Line("cafÃ© 2", [0], {found.chain: (found, 9.0)}), found.chain)
    {('cafÃ©', 'café')}
    """
    before, after = line.text.split(" "), line.candidates[chain][0].text.split(" ")
    if len(before) != len(after):
        return set()
    return {(_bare(one), _bare(other)) for one, other in zip(before, after, strict=True) if one != other}


def _bare(word: str) -> str:
    return word if word.isalpha() else _DIGITS.sub("", word)
