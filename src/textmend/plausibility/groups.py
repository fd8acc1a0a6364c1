"""The letters of one script: what each costs after the one or two before it, in every language.

Costs are packed: one long integer holds a 32-bit field for each language, so
that adding two costs adds all languages in one operation of the C core.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate
from string import ascii_lowercase
from typing import Final

UNITS: Final = 8  # of the model's costs in one bit

#: A letter that no language of its script knows: a rare name, an unusual alphabet.
RARE_LETTER: Final = 14 * UNITS
#: A word in another language of the same script costs this much more than in its own.
#: It bounds what one foreign name can say against the language of its line.
FOREIGN_WORD: Final = 9 * UNITS
#: A pair of letters that a language lacks, but others of its script have.
FOREIGN_PAIR: Final = 6 * UNITS
#: An East Asian character that none of the four languages' counts holds.
RARE_HAN: Final = 19 * UNITS
WORD_MEMORY: Final = 60_000
FIELD = 4  # bytes
#: What the model adds to the cost of every word's end, so that no cost is negative.
END: Final = 4 * UNITS
#: A letter that makes up this share of a language's letters is one of its alphabet: less are the letters of names.
USED: Final = 1e-4
#: Words among letters: so often a letter begins one.
_WORDS: Final = 0.2
#: The share that stands for each cost.
_SHARES: Final = [2.0 ** (-cost / UNITS) for cost in range(256)]
#: A letter that costs more than this after every other one never comes up: œ in French costs less after one.
SELDOM: Final = 12 * UNITS
#: The costs of known words are kept in steps of so many units.
WORD_STEP: Final = 4


def pack(costs: list[int]) -> int:
    """Return costs as one integer, a field for each.

    >>> unpack(pack([3, 5]) + pack([1, 1]), 2)
    [4, 6]
    """
    return int.from_bytes(array("I", costs).tobytes(), "little")


def unpack(packed: int, fields: int) -> list[int]:
    """Return the fields of a packed integer.

    >>> unpack(pack([3, 5]), 2)
    [3, 5]
    """
    return memoryview(packed.to_bytes(fields * FIELD, "little")).cast("I").tolist()


def key_of(numbers: Iterable[int]) -> int:
    """Return the key of a word: 32 bits of its letters' numbers (FNV-1a).

    >>> key_of([1, 2]) == key_of([2, 1])
    False
    """
    key = 0x811C9DC5
    for number in numbers:
        key = ((key ^ number) * 0x01000193) & 0xFFFFFFFF
    return key


def columns(data: bytes) -> array[int]:
    """Return the numbers of 32 bits that stand in four columns of bytes, the highest bytes first.

    >>> list(columns(bytes([0, 0, 0, 0, 1, 2, 3, 4])))
    [259, 516]
    """
    size = len(data) // 4
    woven = bytearray(4 * size)
    for place in range(4):
        woven[place::4] = data[place * size : (place + 1) * size]
    numbers = array("I", bytes(woven))
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


class Group:
    """The letters and languages of one script, and where its fields stand.

    >>> Group("Latn", "ab", ["en"], 1, {}).size
    3
    """

    __slots__ = (
        "_blobs", "_ends", "_keys", "_known", "_letters", "_users", "first", "languages", "lone", "name", "number",
        "own", "pairs", "pool", "size", "triples",
    )  # fmt: skip

    def __init__(
        self,
        name: str,
        letters: str,
        languages: list[str],
        first: int,
        blobs: dict[str, bytes],
    ) -> None:
        self.name = name
        self.number = {char: at for at, char in enumerate("\n" + letters)}
        self.languages = languages
        self.first = first
        self.own = blobs.get(f"{name}-own", b"")
        self.pool = blobs.get(f"{name}-pool", b"")
        self.lone = blobs.get(f"{name}-lone", b"")
        self._blobs = blobs
        self._keys: array[int] | None = None
        self._ends: array[int] = array("I")
        self._known: array[int] | None = None
        self._users: dict[str, frozenset[int]] = {}
        self._letters: dict[int, dict[str, int]] = {}
        self.triples: dict[int, int] = {}
        self.size = len(letters) + 1
        self.pairs: dict[int, int] = {}

    def pair(self, at: int) -> int:
        """Return the packed costs of a pair of letters in every language."""
        count = len(self.languages)
        bound = self.pool[at] + FOREIGN_PAIR
        row = self.own[at * count : (at + 1) * count]
        packed = self.pairs[at] = pack([cost if cost < bound else bound for cost in row])
        return packed

    def table(self) -> tuple[array[int], array[int]]:
        """Return the triples that change over their pairs, ascending, and where the changes of each end."""
        if self._keys is None:
            deltas = array("I", self._blobs.get(f"three-{self.name}", b""))
            if sys.byteorder == "big":
                deltas.byteswap()
            self._keys = array("I", accumulate(deltas))
            self._ends = array("I", accumulate(self._blobs.get(f"count-{self.name}", b"")))
        return self._keys, self._ends

    def changes(self) -> tuple[bytes, bytes]:
        """Return the languages of all triples' changes, and the changes: half bits, 128 being none."""
        return self._blobs.get(f"who-{self.name}", b""), self._blobs.get(f"gain-{self.name}", b"")

    def triple_changes(self, number: int) -> list[tuple[int, int]]:
        """Return (language, units) for what three letters change over two."""
        keys, ends = self.table()
        at = bisect_left(keys, number)
        if at == len(keys) or keys[at] != number:
            return []
        span = slice(ends[at - 1] if at else 0, ends[at])
        who, gains = self.changes()
        return [(w, (g - 128) * (UNITS // 2)) for w, g in zip(who[span], gains[span], strict=True)]

    def words(self) -> tuple[array[int], bytes, bytes]:
        """Return the keys of known words, ascending, the language of each, and its cost in steps.

        A word that several languages have stands there as often.
        """
        if self._known is None:
            self._known = columns(self._blobs.get(f"words-{self.name}", b""))
        return (
            self._known,
            self._blobs.get(f"words-who-{self.name}", b""),
            self._blobs.get(f"words-cost-{self.name}", b""),
        )

    def known(self, letters: str) -> list[tuple[int, int]]:
        """Return (language, units) for a word of known letters that languages are known to have."""
        keys, who, costs = self.words()
        key = key_of([self.number[char] for char in letters])
        first = bisect_left(keys, key)
        last = first
        while last < len(keys) and keys[last] == key:
            last += 1
        return [(who[at], costs[at] * WORD_STEP) for at in range(first, last)]

    def triple(self, first: int, second: int, third: int) -> int:
        """Return the packed costs of a letter after two others in every language."""
        at = second * self.size + third
        pair = self.pairs.get(at) or self.pair(at)
        number = (first * self.size + second) * self.size + third
        changes = self.triple_changes(number)
        if changes:
            costs = unpack(pair, len(self.languages))
            for language, gain in changes:
                costs[language] = max(0, costs[language] + gain)
            pair = pack(costs)
        if len(self.triples) > 4 * WORD_MEMORY:
            self.triples.clear()
        self.triples[number] = pair
        return pair

    def single(self, before: str, char: str, language: int) -> int:
        """Return the cost of a letter after another in one language; a line end is a word's end."""
        first, second = self.number.get(before, 0), self.number.get(char)
        if second is None:
            return RARE_LETTER
        at = first * self.size + second
        return min(self.own[at * len(self.languages) + language], self.pool[at] + FOREIGN_PAIR)

    def word(self, letters: str) -> int:
        """Return the packed costs of a word in every language."""
        number, size, triples = self.number, self.size, self.triples
        total = extra = previous = earlier = 0
        known = 0
        for char in letters:
            current = number.get(char)
            if current is None:
                extra += RARE_LETTER
                previous = earlier = 0
                known = 0
                continue
            if known:
                at = (earlier * size + previous) * size + current
                total += triples.get(at) or self.triple(earlier, previous, current)
            else:
                total += self.pairs.get(current) or self.pair(current)
                known = 1
            earlier, previous = previous, current
        if known:
            at = (earlier * size + previous) * size
            total += triples.get(at) or self.triple(earlier, previous, 0)
        else:
            total += self.pairs.get(0) or self.pair(0)
        count = len(self.languages)
        costs = unpack(total, count)
        if len(letters) == 1 and previous:
            costs = list(self.lone[(previous - 1) * count : previous * count])
        elif not extra:
            for who, cost in self.known(letters):
                costs[who] = min(costs[who], cost + END)
        extra -= END
        bound = min(costs) + FOREIGN_WORD
        return pack([max(0, (cost if cost < bound else bound) + extra) for cost in costs])

    def users(self, char: str) -> frozenset[int]:
        """Return the numbers of the Latin languages that use a letter, as often as it stands after letters of ASCII."""
        known = self._users.get(char)
        if known is None:
            at, count, size = self.number.get(char), len(self.languages), self.size
            shares = [0.0] * count
            for first in "\n" + ascii_lowercase if at else "":
                letter = self.number[first]
                often = _SHARES[self._blobs[f"{self.name}-letter"][letter - 1]] if letter else _WORDS
                start = count * (letter * size + (at or 0))
                row = self.own[start : start + count]
                shares = [share + often * _SHARES[cost] for share, cost in zip(shares, row, strict=True)]
            known = self._users[char] = frozenset(language for language, share in enumerate(shares) if share > USED)
        return known

    def cost(self, earlier: int, last: int, letter: int, language: int) -> int:
        """Return the cost of a letter after two others in one language, all by their numbers; 0 is a word's edge."""
        at = last * self.size + letter
        cost = min(self.own[at * len(self.languages) + language], self.pool[at] + FOREIGN_PAIR)
        if last:
            for who, gain in self.triple_changes((earlier * self.size + last) * self.size + letter):
                if who == language:
                    cost += gain
        return max(0, cost)

    def letters_of(self, language: int) -> dict[str, int]:
        """Return the letters that come up in a language, with what each costs after the one that it suits best."""
        known = self._letters.get(language)
        if known is None:
            known = self._letters[language] = {}
            for char, at in self.number.items():
                costs = self.own[at * len(self.languages) + language :: self.size * len(self.languages)]
                if at and min(costs, default=SELDOM) < SELDOM:
                    known[char] = min(costs)
        return known


class EastAsian(Group):
    """Chinese, Japanese and Korean: costs of characters, less what a known pair saves.

    >>> EastAsian("一", [], 1, {}).number["一"]
    1
    """

    __slots__ = ("_tables", "unigrams")

    def __init__(self, letters: str, languages: list[str], first: int, blobs: dict[str, bytes]) -> None:
        super().__init__("CJK", letters, languages, first, blobs)
        self.unigrams = [blobs[f"cjk-uni-{language}"] for language in languages]
        self._tables: list[tuple[array[int], bytes]] = []

    def _gain(self, language: int, key: int) -> int:
        """Return what a pair of characters saves in a language, numbered among these; tables are read at first use."""
        if not self._tables:
            self._tables = [self.pair_table(name) for name in self.languages]
        keys, saved = self._tables[language]
        at = bisect_left(keys, key)
        return saved[at] if at < len(keys) and keys[at] == key else 0

    def pair_table(self, language: str) -> tuple[array[int], bytes]:
        """Return the pairs that a language saves bits for, ascending, and the units saved.

        A pair is the numbers of its two characters, less one, in 16 bits each.
        """
        blob = self._blobs[f"cjk-pair-{language}"]
        size = len(blob) // 5 * 4
        return columns(blob[:size]), blob[size:]

    def step(self, before: str, char: str) -> list[int]:
        """Return the costs of a character after another, in every language."""
        at = self.number.get(char)
        if at is None:
            return [RARE_HAN] * len(self.languages)
        at -= 1
        costs = [table[at] if table[at] < RARE_HAN else RARE_HAN for table in self.unigrams]
        first = self.number.get(before)
        if first is not None and first > 0:
            key = (first - 1) << 16 | at
            costs = [cost - self._gain(language, key) for language, cost in enumerate(costs)]
        return costs

    def single(self, before: str, char: str, language: int) -> int:
        """Return the cost of a character after another in one language."""
        at = self.number.get(char)
        if at is None:
            return RARE_HAN
        cost = min(self.unigrams[language][at - 1], RARE_HAN)
        first = self.number.get(before)
        return cost - self._gain(language, (first - 1) << 16 | (at - 1)) if first else cost

    def word(self, letters: str) -> int:
        """Return the packed costs of a run of characters in every language."""
        total = 0
        before = "\n"
        memo = self.pairs
        for char in letters:
            key = ord(before) << 21 | ord(char)
            packed = memo.get(key)
            if packed is None:
                if len(memo) > WORD_MEMORY:
                    memo.clear()
                packed = memo[key] = pack(self.step(before, char))
            total += packed
            before = char
        return total
