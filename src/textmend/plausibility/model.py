"""How likely is this text?  Costs in bits from the character model.

The cost of a text is the cost of its class transitions (is this kind of sign
likely after that kind?) plus the cost of its letters in the best language of
each script.  All languages are counted at once: a word's costs are packed
into one long integer, a 32-bit field for each language, so that adding two
words adds all their languages in one operation of the C core.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Final, NamedTuple

from . import storage
from .classes import COUNT, INDEX, NAMES, SPACE, class_of, contextual
from .letters import APOSTROPHES, SKIPPED, fold, group_of_class

UNITS: Final = 8  # of the model's costs in one bit

#: A letter that no language of its script knows: a rare name, an unusual alphabet.
_RARE_LETTER: Final = 14 * UNITS
#: What such a letter asks for beside that in a text that is only supposed.
_DOUBTED_LETTER: Final = 8 * UNITS
#: A sign repeated at once: rulers, dots, frames.
_REPEATED: Final = 1 * UNITS
#: A word in another language of the same script costs this much more than in its own.
#: It bounds what one foreign name can say against the language of its line.
_FOREIGN_WORD: Final = 9 * UNITS
#: A pair of letters that a language lacks, but others of its script have.
_FOREIGN_PAIR: Final = 6 * UNITS
#: What the model adds to the cost of every word's end, so that no cost is negative.
_END: Final = 4 * UNITS
#: A letter of a script that the model has no language for.
_UNKNOWN_SCRIPT: Final = 6 * UNITS
#: An East Asian character that none of the four languages' counts holds.
_RARE_HAN: Final = 19 * UNITS
#: Each script beyond the first in one text: classes forget the script across a space.
_FURTHER_SCRIPT: Final = 4 * UNITS
#: A letter whose one-letter word costs more than this is no word of its own.
_LONE_LETTER: Final = _END + 8 * UNITS
#: A capital, when a character is ranked alone.
_CAPITAL: Final = 3 * UNITS
_UPPER: Final = frozenset(number for name, number in INDEX.items() if name.endswith("-upper"))
#: Letters of two of these scripts side by side count as a rare letter does where they are supposed.
_UNMIXED: Final = frozenset(("Latn", "Cyrl", "Grek", "Armn", "Hebr", "Arab", "Geor"))
#: Signs whose use differs by language: quotes, dashes, the ellipsis.
_BIASED: Final = frozenset("–—“”„«»‘’‚…")
_WORD_MEMORY: Final = 60_000
_TOKEN_LENGTH: Final = 48  # longer tokens are not remembered

_FIELD = 4  # bytes
_MODEL = Path(__file__).with_name("model.bin")


def _pack(costs: list[int]) -> int:
    return int.from_bytes(array("I", costs).tobytes(), "little")


def _unpack(packed: int, fields: int) -> list[int]:
    return memoryview(packed.to_bytes(fields * _FIELD, "little")).cast("I").tolist()


class _Group:
    """The letters and languages of one script, and where its fields stand."""

    __slots__ = (
        "_blobs", "_ends", "_keys", "first", "languages", "lone", "name", "number", "own", "pairs", "pool",
        "size", "triples",
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
        self._keys: list[int] | None = None
        self._ends: list[int] = []
        self.triples: dict[int, int] = {}
        self.size = len(letters) + 1
        self.pairs: dict[int, int] = {}

    def pair(self, at: int) -> int:
        """Return the packed costs of a pair of letters in every language."""
        count = len(self.languages)
        bound = self.pool[at] + _FOREIGN_PAIR
        row = self.own[at * count : (at + 1) * count]
        packed = self.pairs[at] = _pack([cost if cost < bound else bound for cost in row])
        return packed

    def _changes(self, number: int) -> list[tuple[int, int]]:
        """Return (language, units) for what three letters change over two."""
        if self._keys is None:
            deltas = array("I", self._blobs.get(f"three-{self.name}", b""))
            if sys.byteorder == "big":
                deltas.byteswap()
            self._keys = list(accumulate(deltas))
            self._ends = list(accumulate(self._blobs.get(f"count-{self.name}", b"")))
        at = bisect_left(self._keys, number)
        if at == len(self._keys) or self._keys[at] != number:
            return []
        span = slice(self._ends[at - 1] if at else 0, self._ends[at])
        who, gains = self._blobs[f"who-{self.name}"], self._blobs[f"gain-{self.name}"]
        return [(w, (g - 128) * (UNITS // 2)) for w, g in zip(who[span], gains[span])]

    def triple(self, first: int, second: int, third: int) -> int:
        """Return the packed costs of a letter after two others in every language."""
        at = second * self.size + third
        pair = self.pairs.get(at) or self.pair(at)
        number = (first * self.size + second) * self.size + third
        changes = self._changes(number)
        if changes:
            costs = _unpack(pair, len(self.languages))
            for language, gain in changes:
                costs[language] = max(0, costs[language] + gain)
            pair = _pack(costs)
        if len(self.triples) > 4 * _WORD_MEMORY:
            self.triples.clear()
        self.triples[number] = pair
        return pair

    def single(self, before: str, char: str, language: int) -> int:
        """Return the cost of a letter after another in one language; a line end is a word's end."""
        first, second = self.number.get(before, 0), self.number.get(char)
        if second is None:
            return _RARE_LETTER
        at = first * self.size + second
        return min(self.own[at * len(self.languages) + language], self.pool[at] + _FOREIGN_PAIR)

    def word(self, letters: str) -> int:
        """Return the packed costs of a word in every language."""
        number, size, triples = self.number, self.size, self.triples
        total = extra = previous = earlier = 0
        known = 0
        for char in letters:
            current = number.get(char)
            if current is None:
                extra += _RARE_LETTER
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
        costs = _unpack(total, count)
        if len(letters) == 1 and previous:
            costs = list(self.lone[(previous - 1) * count : previous * count])
        extra -= _END
        bound = min(costs) + _FOREIGN_WORD
        return _pack([max(0, (cost if cost < bound else bound) + extra) for cost in costs])


class _EastAsian(_Group):
    """Chinese, Japanese and Korean: costs of characters, less what a known pair saves."""

    __slots__ = ("_pairs", "unigrams")

    def __init__(self, letters: str, languages: list[str], first: int, blobs: dict[str, bytes]) -> None:
        super().__init__("CJK", letters, languages, first, blobs)
        self.unigrams = [blobs[f"cjk-uni-{language}"] for language in languages]
        self._pairs: list[dict[bytes, int]] = []

    @property
    def gains(self) -> list[dict[bytes, int]]:
        """What a pair of characters saves in each language, read at first use."""
        if not self._pairs:
            for language in self.languages:
                blob = self._blobs[f"cjk-pair-{language}"]
                n = len(blob) // 5
                keys = bytearray(4 * n)
                for place in range(4):
                    keys[place::4] = blob[place * n : (place + 1) * n]
                packed = bytes(keys)
                saved = blob[4 * n :]
                self._pairs.append({packed[4 * i : 4 * i + 4]: saved[i] for i in range(n)})
        return self._pairs

    def step(self, before: str, char: str) -> list[int]:
        """Return the costs of a character after another, in every language."""
        at = self.number.get(char)
        if at is None:
            return [_RARE_HAN] * len(self.languages)
        at -= 1
        costs = [table[at] if table[at] < _RARE_HAN else _RARE_HAN for table in self.unigrams]
        first = self.number.get(before)
        if first is not None and first > 0:
            key = ((first - 1) << 16 | at).to_bytes(4, "big")
            costs = [cost - gain.get(key, 0) for cost, gain in zip(costs, self.gains)]
        return costs

    def single(self, before: str, char: str, language: int) -> int:
        """Return the cost of a character after another in one language."""
        return self.step(before, char)[language]

    def word(self, letters: str) -> int:
        total = 0
        before = "\n"
        memo = self.pairs
        for char in letters:
            key = ord(before) << 21 | ord(char)
            packed = memo.get(key)
            if packed is None:
                if len(memo) > _WORD_MEMORY:
                    memo.clear()
                packed = memo[key] = _pack(self.step(before, char))
            total += packed
            before = char
        return total


class Pace(NamedTuple):
    """How far a text was followed sign by sign: the last class, the last letter, the languages."""

    previous: int
    group: str
    letter: str
    languages: tuple[tuple[str, int], ...]


class Model:
    """The scorer: the cost of texts in bits, with a memory of words seen."""

    def __init__(self, data: bytes) -> None:
        header, blobs = storage.unpack(data)
        if header["classes"] != COUNT:
            raise ValueError("the model was trained with other classes: train it again")
        self._transitions = blobs["transitions"]
        self._inside: dict[str, dict[str, int]] = header["inside"]
        self._groups: dict[str, _Group] = {}
        self.languages: list[str] = []
        self._single = blobs["single"]
        self._letters: dict[str, bytes] = {}
        first = 1
        for entry in header["groups"]:
            name, letters, languages = entry["name"], entry["letters"], entry["languages"]
            if name == "CJK":
                group: _Group = _EastAsian(letters, languages, first, blobs)
            else:
                group = _Group(name, letters, languages, first, blobs)
            self._groups[name] = group
            self._letters[name] = blobs[f"{name}-letter"]
            first += len(languages)
            self.languages += languages
        self._fields = first
        self._prior = [0, *(header["prior"][language] for language in self.languages)]
        self._spans = [(g.first, g.first + len(g.languages)) for g in self._groups.values()]
        self._signs: dict[str, tuple[int, str, int]] = {}
        self._words: dict[tuple[str, str], int] = {}
        self._tokens: dict[str, int] = {}
        self._bias: dict[str, dict[str, int]] = header["bias"]
        self._steps: dict[tuple[tuple[str, int], ...], dict[tuple[int, str, str], int]] = {}

    # -- packed costs

    def sign(self, char: str) -> tuple[int, str, int]:
        """Return a character's class, its group of letters and its cost within the class."""
        known = self._signs.get(char)
        if known is None:
            number = class_of(char)
            name = NAMES[number]
            group = group_of_class(name)
            cost = 0
            if group and group != SKIPPED:
                if group not in self._groups:
                    group, cost = "", _UNKNOWN_SCRIPT
            else:
                table = self._inside.get(name)
                if table is not None:
                    cost = table.get(char, table[""])
            known = self._signs[char] = (number, group, cost)
        return known

    def alone(self, char: str) -> int:
        """Return the cost, in units, of a character whatever stands around it.

        A rough measure that ranks candidates before they are scored: no script
        is dearer than another, a capital costs more than a small letter.
        """
        number, name, inside = self.sign(char)
        if not name or name == SKIPPED:
            return self._single[number] + inside
        at = self._groups[name].number.get(fold(char))
        cost = self._letters[name][at - 1] if at else _RARE_HAN
        return cost + (_CAPITAL if number in _UPPER else 0)

    def usual_alone(self, char: str) -> bool:
        """Tell whether some language has the letter as a word of its own."""
        _, name, _ = self.sign(char)
        group = self._groups.get(name)
        if group is None or not group.lone:
            return True
        at = group.number.get(fold(char))
        count = len(group.languages)
        return bool(at) and min(group.lone[(at - 1) * count : at * count]) < _LONE_LETTER

    def _word(self, name: str, letters: str) -> int:
        key = (name, letters)
        packed = self._words.get(key)
        if packed is None:
            group = self._groups[name]
            packed = group.word(letters) << (group.first * _FIELD * 8)
            if group.name != "CJK":
                rare = sum(1 for char in letters if char not in group.number)
                packed += rare << (self._fields * _FIELD * 8)
            if len(letters) <= _TOKEN_LENGTH:
                if len(self._words) > _WORD_MEMORY:
                    self._words.clear()
                self._words[key] = packed
        return packed

    def token(self, token: str) -> int:
        """Return the packed cost of what stands between two spaces."""
        packed = self._tokens.get(token)
        if packed is not None:
            return packed
        transitions, sign = self._transitions, self.sign
        previous, current, last = SPACE, "", ""
        cost = mixed = 0
        packed = 0
        letters: list[str] = []
        for char in token:
            number, group, inside = sign(char)
            number = contextual(number, previous)
            if char == last and not group:
                cost += _REPEATED
            else:
                cost += transitions[previous * COUNT + number] + inside
            previous = number
            last = char
            if group == current:
                if group:
                    letters.append(fold(char))
            elif group != SKIPPED and not (current and char in APOSTROPHES):
                if letters:
                    packed += self._word(current, "".join(letters))
                    letters = []
                    if group in _UNMIXED and current in _UNMIXED:
                        mixed += 1
                current = group
                if group:
                    letters.append(fold(char))
        if letters:
            packed += self._word(current, "".join(letters))
        cost += transitions[previous * COUNT + SPACE]
        packed += cost
        if mixed:
            packed += mixed << (self._fields * _FIELD * 8)
        if len(token) <= _TOKEN_LENGTH:
            if len(self._tokens) > _WORD_MEMORY:
                self._tokens.clear()
            self._tokens[token] = packed
        return packed

    def packed(self, text: str) -> int:
        """Return the packed cost of a text: the sum of its tokens."""
        return sum(map(self.token, text.split(" ")))

    def settle(self, packed: int, *, supposed: bool = False) -> int:
        """Return the cost, in units, of a packed sum in the best languages.

        supposed: the text is a candidate, not what stands there: rare letters count for more.
        """
        fields = memoryview(packed.to_bytes((self._fields + 1) * _FIELD, "little")).cast("I")
        total = fields[0]
        if supposed:
            total += fields[self._fields] * _DOUBTED_LETTER
        prior = self._prior
        scripts = 0
        for first, end in self._spans:
            costs = fields[first:end].tolist()
            if any(costs):
                scripts += 1
                total += min(map(int.__add__, costs, prior[first:end]))
        if scripts > 1:
            total += (scripts - 1) * _FURTHER_SCRIPT
        return total

    # -- sign by sign, in settled languages

    def best_languages(self, text: str) -> dict[str, int]:
        """Return the number of the best language of each script, for :meth:`pace`.

        Under the empty name stands the language of most of the text, numbered among all.
        """
        packed = self.packed(text)
        fields = memoryview(packed.to_bytes((self._fields + 1) * _FIELD, "little")).cast("I")
        best: dict[str, int] = {}
        most = -1
        for name, (first, end) in zip(self._groups, self._spans):
            costs = list(map(int.__add__, fields[first:end].tolist(), self._prior[first:end]))
            best[name] = costs.index(min(costs))
            if min(costs) > most and any(fields[first:end]):
                most, best[""] = min(costs), first - 1 + best[name]
        return best

    def pace(self, languages: dict[str, int]) -> Pace:
        """Return the start of a text that is followed sign by sign."""
        return Pace(SPACE, "", "", tuple(languages.items()))

    def follow(self, pace: Pace, char: str) -> Pace:
        """Return the pace after a sign."""
        number, group, _ = self.sign(char)
        if group == SKIPPED or (pace.group and char in APOSTROPHES):
            return Pace(contextual(number, pace.previous), pace.group, pace.letter, pace.languages)
        return Pace(contextual(number, pace.previous), group, fold(char), pace.languages)

    def step(self, pace: Pace, char: str) -> int:
        """Return the cost, in units, of a sign that follows."""
        key = (pace.previous, pace.letter, char)
        memo = self._steps.setdefault(pace.languages, {})
        cost = memo.get(key)
        if cost is None:
            if len(memo) > _WORD_MEMORY:
                memo.clear()
            cost = memo[key] = self._step(pace, char)
        return cost

    def _step(self, pace: Pace, char: str) -> int:
        number, group, cost = self.sign(char)
        number = contextual(number, pace.previous)
        cost += self._transitions[pace.previous * COUNT + number]
        languages = dict(pace.languages)
        if not group and char in _BIASED:
            main = languages.get("", 0)
            cost = max(0, cost + self._bias.get(self.languages[main], {}).get(char, 0))
        if group == SKIPPED or (pace.group and char in APOSTROPHES):
            return cost
        if pace.group and pace.group != group and pace.group != "CJK":
            own = self._groups[pace.group]
            cost += max(0, own.single(pace.letter, "\n", languages[pace.group]) - _END)
        if group:
            before = pace.letter if pace.group == group else "\n"
            cost += self._groups[group].single(before, fold(char), languages[group])
        return cost

    def known_characters(self) -> list[str]:
        """Return every letter and sign that the model has counts for."""
        letters = [char for group in self._groups.values() for char in group.number]
        signs = [char for table in self._inside.values() for char in table]
        singles = [name for name in NAMES if len(name) == 1]
        return [char for char in dict.fromkeys(letters + signs + singles) if len(char) == 1]

    # -- bits

    def cost(self, text: str) -> float:
        """Return -log2 of the text's probability, in bits."""
        return self.settle(self.packed(text)) / UNITS

    def language(self, text: str) -> str:
        """Return the language that explains most of the text best, or the empty string."""
        packed = self.packed(text)
        fields = memoryview(packed.to_bytes((self._fields + 1) * _FIELD, "little")).cast("I")
        best, answer = 0, ""
        for first, end in self._spans:
            costs = fields[first:end].tolist()
            if max(costs, default=0) > best:
                best = max(costs)
                ranked = list(map(int.__add__, costs, self._prior[first:end]))
                answer = self.languages[first - 1 + ranked.index(min(ranked))]
        return answer


@lru_cache(maxsize=1)
def load() -> Model:
    """Return the model, read from its file at the first call."""
    return Model(_MODEL.read_bytes())


__all__ = ["INDEX", "UNITS", "Model", "load"]
