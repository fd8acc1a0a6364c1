"""Which single-byte writers make the likeliest letters of some bytes?

All of them are ranked at once by letters alone, whatever stands around them: a
rough measure, but a quick one, and what it puts first is judged by the whole
model.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from textmend import encodings
from textmend.misreadings import hops
from textmend.plausibility import kernel
from textmend.plausibility.model import CAPITAL, UNITS, Model, load

#: Writers of one script that are named.
_WRITERS: Final = 3
#: The same where the writer is Latin: few of its signs differ, so few can be told apart by rank.
_LATIN_WRITERS: Final = 12
#: A sign that an encoding does not have, in units.
_IMPOSSIBLE: Final = 60 * UNITS
#: A letter of another script beside an ASCII letter.
_MIXED_WORD: Final = 8 * UNITS
#: Bits by which other letters must be cheaper for a line to be looked at for that alone.
_CHEAPER: Final = 10 * UNITS
#: What stands beside figures costs no more than a letter: texts hold it where they hold nothing else.
_CURRENCIES: Final = frozenset("€£")
_CURRENCY: Final = 10 * UNITS
#: A mark that stands over the letter before it, as Vietnamese is written in some encodings: together they are a letter.
_MARKS: Final = re.compile("[\u0300-\u036f]")
_MARK: Final = 6 * UNITS
#: Capitals that ask more in a text that has no other letters.
_FEW_CAPITALS: Final = 3
#: Capitals are counted above the costs (also in _ranker.c).
_ONE_CAPITAL: Final = 1 << 24
#: Writers are ranked by no more bytes than this.
_RANKED_BYTES: Final = 160
RIVALS: Final = (_MIXED_WORD, 2, 2 * _RANKED_BYTES)
"""Of the rivals of a text: what a sign of another script in a word asks, writers of one script, signs looked at."""

#: Lines that are remembered: those of a text are asked about when it is looked at, when it is judged and when repaired.
_LINES: Final = 1_000

_INNER: Final = re.compile(rb"(?<=[A-Za-z])[\x80-\xff]|[\x80-\xff](?=[A-Za-z])")
_BEHIND: Final = re.compile(rb"(?<=[a-z])[\x80-\xff]")
_SIGN_BEHIND: Final = re.compile("(?<=[a-z])[^\x00-\x7f]")
_INNER_SIGN: Final = re.compile("(?<=[A-Za-z])[^\x00-\x7f]|[^\x00-\x7f](?=[A-Za-z])")
_FOREIGN: Final = re.compile("[^\x00-\x7f]")
#: Letters of other alphabets beside an ASCII letter.
_BESIDE: Final = re.compile("(?<=[A-Za-z])[\u0370-\u1cff]|[\u0370-\u1cff](?=[A-Za-z])")
_ASCII: Final = re.compile(rb"[\x00-\x7f]+")


class Ranking:
    """The single-byte writers, and how likely each makes each byte.

    >>> Ranking(load()).best("Привет".encode("cp1251"))[0][1]
    'cp1251'
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        every = (encodings.get(name) for name in encodings.WRITERS)
        writers = sorted((one.writer_cost, one.name, one.scripts[0]) for one in every if one.width == "single")
        self.names = [name for _, name, _ in writers]
        self._scripts = [script for _, _, script in writers]
        self._shown = [hops.shown(name) for name in self.names]
        self._bytes: dict[int, int] = {}
        # the readers that are writers too, each with the byte of every sign beyond ASCII
        self._readers = [
            (at, {image: value for value, image in reversed(list(enumerate(shown))) if image > "\x7f"})
            for at, (name, shown) in enumerate(zip(self.names, self._shown, strict=True))
            if name in encodings.READERS
        ]
        limits = (_LATIN_WRITERS, _WRITERS, CAPITAL, _FEW_CAPITALS, _RANKED_BYTES)
        ranker = kernel.ranker(
            list(zip(self.names, self._shown, self._scripts, strict=True)), self._costs, self._readers, limits
        )
        self.readers = tuple(self.names[at] for at, _ in self._readers)
        self.compiled = ranker
        self._rank = self._ranked if ranker is None else ranker.rank
        self._beaten = self._beaten_by if ranker is None else ranker.outranked
        self._rivals = self._rivals_of if ranker is None else ranker.rivals

    def best(self, data: bytes) -> list[tuple[int, str]]:
        """Return (cost in units, writer) of the likeliest writers of some bytes, best first."""
        near = data[: 2 * _RANKED_BYTES]
        mixed = len(_INNER.findall(near)) * _MIXED_WORD
        return self._rank(_ASCII.sub(b"", data)[:_RANKED_BYTES], mixed, len(_BEHIND.findall(near)))

    def outranked(self, text: str) -> bool:
        """Tell whether the letters of a text are likelier as another writer makes them, by a reader of one byte each.

        >>> Ranking(load()).outranked("ЙЮФДШИ ВЕКНБЕЙ"), Ranking(load()).outranked("КАЖДЫЙ ЧЕЛОВЕК")
        (True, False)
        """
        return self._beaten(text[: 2 * _RANKED_BYTES], _CHEAPER, _MIXED_WORD)

    def rivals(self, text: str) -> list[tuple[int, str, str]]:
        """Return (cost in units, writer, reader): for readers of one byte a sign, the likeliest writers of each script.

        >>> min(Ranking(load()).rivals("Ïðèâåò"))[1:]
        ('cp1251', 'cp1252')
        """
        return self._rivals(text[: RIVALS[2]], *RIVALS[:2])

    def _beaten_by(self, text: str, cheaper: int, mixed: int) -> bool:
        for at, costs, having in self._seen(text, mixed):
            if any(cost < costs[at] - cheaper and writer in having for writer, cost in enumerate(costs)):
                return True
        return False

    def _rivals_of(self, text: str, mixed: int, most: int) -> list[tuple[int, str, str]]:
        names, scripts = self.names, self._scripts
        found = []
        for at, costs, having in self._seen(text, mixed):
            named: dict[str, set[int]] = defaultdict(set)  # what they cost: writers that agree count once
            for cost, writer in sorted((costs[writer], writer) for writer in having if writer != at):
                known = named[scripts[writer]]
                if len(known) < most or cost in known:
                    known.add(cost)
                    found.append((cost, names[writer], names[at]))
        return found

    def _seen(self, text: str, mixed: int) -> Iterator[tuple[int, list[int], set[int]]]:
        """Yield each reader that shows a text, what its bytes cost in each writer, and the writers that have them."""
        signs = _FOREIGN.findall(text)[:_RANKED_BYTES]
        inner, small = len(_INNER_SIGN.findall(text)) * mixed, len(_SIGN_BEHIND.findall(text))
        for at, back in self._readers:
            if all(char in back for char in signs):
                high = bytes(back[char] for char in signs)
                distinct = set(high)
                having = {writer for writer, shown in enumerate(self._shown) if all(shown[one] for one in distinct)}
                yield at, self._all_costs(high, inner, small), having

    def here(self, text: str) -> int:
        """Return what the letters of a text cost as they stand, to compare its rivals with.

        >>> Ranking(load()).here("Ïðèâåò") > Ranking(load()).here("Привет")
        True
        """
        signs = _FOREIGN.findall(text)[:_RANKED_BYTES]
        small = len(_SIGN_BEHIND.findall(text))
        return _settled(sum(map(self._cost, signs)), len(signs) + small) + len(_BESIDE.findall(text)) * _MIXED_WORD

    def _cost(self, char: str) -> int:
        """Return what a character costs as a small letter, and whether it is a capital above."""
        model = self._model
        capital = model.is_capital(char)
        if char in _CURRENCIES:
            return _CURRENCY
        if _MARKS.match(char):
            return _MARK
        return model.alone(char) + (_ONE_CAPITAL - CAPITAL if capital else 0)

    def _costs(self, value: int) -> bytes:
        """Return what a byte costs in each writer, as 32-bit integers whose highest byte counts the capitals."""
        costs = []
        for shown in self._shown:
            image = shown[value]
            costs.append(self._cost(image) if image and not hops.BAD.match(image) else _IMPOSSIBLE)
        return array("I", costs).tobytes()

    def _ranked(self, high: bytes, mixed: int, small: int) -> list[tuple[int, str]]:
        """Return the ranking of bytes beyond ASCII; writers that agree on them are one.

        mixed: what a writer of another script than Latin costs more. small: how many of the bytes are behind small
        letters of ASCII, where no capital stands.
        """
        ranked = sorted((cost, at) for at, cost in enumerate(self._all_costs(high, mixed, small)))
        kept: dict[str, int] = {}
        best: list[tuple[int, str]] = []
        images: set[str] = set()
        distinct = sorted(set(high))
        for cost, at in ranked:
            script, shown = self._scripts[at], self._shown[at]
            if kept.get(script, 0) == (_LATIN_WRITERS if script == "Latn" else _WRITERS):
                continue
            signs = [shown[value] for value in distinct]
            image = "".join(signs)
            if "" not in signs and image not in images:
                images.add(image)
                kept[script] = kept.get(script, 0) + 1
                best.append((cost, self.names[at]))
        return best

    def _all_costs(self, high: bytes, mixed: int, small: int) -> list[int]:
        """Return what bytes cost in each writer."""
        known = self._bytes
        for value in set(high).difference(known):
            known[value] = int.from_bytes(self._costs(value), "little")  # all writers in one long integer
        total = sum(known[value] for value in high)
        costs = memoryview(total.to_bytes(len(self.names) * 4 + 4, "little")).cast("I").tolist()
        return [
            _settled(cost, len(high) + small) + (mixed if script != "Latn" else 0)
            for cost, script in zip(costs, self._scripts, strict=False)
        ]


def _settled(total: int, signs: int) -> int:
    """Return the cost of some signs: capitals ask more, but where all are capitals only the first few.

    signs: how many they are, those behind small letters counted twice.
    """
    capitals = total // _ONE_CAPITAL
    return total % _ONE_CAPITAL + CAPITAL * min(capitals, signs - capitals + _FEW_CAPITALS)


@cache
def ranking() -> Ranking:
    """Return the one ranking of the model.

    >>> ranking().best("Ελλάδα".encode("cp737"))[0][1]
    'cp737'
    """
    return Ranking(load())


@lru_cache(maxsize=_LINES)
def outranked(line: str) -> bool:
    """Tell whether the letters of a line are likelier as another writer makes them.

    >>> outranked("ЙЮФДШИ ВЕКНБЕЙ"), outranked("КАЖДЫЙ ЧЕЛОВЕК")
    (True, False)
    """
    return ranking().outranked(line)
