"""How likely is this text?  Costs in bits from the character model.

The cost of a text is the cost of its class transitions (is this kind of sign
likely after that kind?) plus the cost of its letters in the best language of
each script.  All languages are counted at once: a word's costs are packed
into one long integer, a 32-bit field for each language, so that adding two
words adds all their languages in one operation of the C core.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from textmend.plausibility import kernel, storage
from textmend.plausibility.classes import COUNT, INDEX, NAMES, SPACE, class_of, contextual
from textmend.plausibility.groups import END, FIELD, RARE_HAN, UNITS, WORD_MEMORY, EastAsian, Group
from textmend.plausibility.letters import APOSTROPHES, SKIPPED, UNMIXED, fold, group_of_class

#: What such a letter asks for beside that in a text that is only supposed.
_DOUBTED_LETTER: Final = 8 * UNITS
#: A sign repeated at once: rulers, dots, frames.
REPEATED: Final = 1 * UNITS
#: A letter of a script that the model has no language for.
_UNKNOWN_SCRIPT: Final = 6 * UNITS
#: Each script beyond the first in one text: classes forget the script across a space.
_FURTHER_SCRIPT: Final = 4 * UNITS
#: A letter whose one-letter word costs more than this is no word of its own.
_LONE_LETTER: Final = END + 8 * UNITS
#: A capital, when a character is ranked alone.
CAPITAL: Final = 3 * UNITS
_UPPER: Final = frozenset(number for name, number in INDEX.items() if name.endswith("-upper"))
_TOKEN_LENGTH: Final = 48  # longer tokens are not remembered
#: Tokens remembered where the kernel prices them, in a microsecond; a price in all languages takes 600 bytes.
_TOKENS_KEPT: Final = 8_000

_MODEL = Path(__file__).with_name("model.bin")


class Model:
    """The scorer: the cost of texts in bits, with a memory of words seen.

    >>> load().cost("façade") < load().cost("faÃ§ade")
    True
    """

    def __init__(self, data: bytes) -> None:
        header, blobs = storage.unpack(data)
        if header["classes"] != COUNT:
            raise ValueError("the model was trained with other classes: train it again")
        self._transitions = blobs["transitions"]
        self._inside: dict[str, dict[str, int]] = header["inside"]
        self._groups: dict[str, Group] = {}
        self.languages: list[str] = []
        self._single = blobs["single"]
        self._letters: dict[str, bytes] = {}
        first = 1
        for entry in header["groups"]:
            name, letters, languages = entry["name"], entry["letters"], entry["languages"]
            if name == "CJK":
                group: Group = (east := EastAsian(letters, languages, first, blobs))
                self._east = east
            else:
                group = Group(name, letters, languages, first, blobs)
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
        settings = {
            "fields": self._fields,
            "transitions": self._transitions,
            "prior": array("I", self._prior).tobytes(),
            "repeated": REPEATED,
            "doubted": _DOUBTED_LETTER,
            "further": _FURTHER_SCRIPT,
        }
        self.compiled = kernel.build(settings, self._groups, self._described)
        self._tokens_kept = WORD_MEMORY if self.compiled is None else _TOKENS_KEPT

    # -- packed costs

    def group(self, name: str) -> Group:
        """Return the letters of one script."""
        return self._groups[name]

    def scripts(self) -> tuple[str, ...]:
        """Return the names of the scripts whose letters the model prices."""
        return tuple(self._groups)

    def transition(self, previous: int, number: int) -> int:
        """Return the cost of a class after another."""
        return self._transitions[previous * COUNT + number]

    def bias(self, language: int) -> dict[str, int]:
        """Return what signs whose use differs by language cost more, or less, in one, numbered among all."""
        return self._bias.get(self.languages[language], {})

    def sign(self, char: str) -> tuple[int, str, int]:
        """Return a character's class, its group of letters and its cost within the class."""
        known = self._signs.get(char)
        if known is None:
            known = self._signs[char] = self._described(char)
        return known

    def _described(self, char: str) -> tuple[int, str, int]:
        """Return what `sign` does, without keeping it: the kernel asks for whole pages of characters."""
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
        return number, group, cost

    def alone(self, char: str) -> int:
        """Return the cost, in units, of a character whatever stands around it.

        A rough measure that ranks candidates before they are scored: no script
        is dearer than another, a capital costs more than a small letter.
        """
        number, name, inside = self.sign(char)
        if not name or name == SKIPPED:
            return self._single[number] + inside
        at = self._groups[name].number.get(fold(char))
        cost = self._letters[name][at - 1] if at else RARE_HAN
        return cost + (CAPITAL if number in _UPPER else 0)

    def is_capital(self, char: str) -> bool:
        """Tell whether a character costs more than alone() would ask of its small letter."""
        number, name, _ = self.sign(char)
        return number in _UPPER and name not in {"", SKIPPED}

    def usual_alone(self, char: str) -> bool:
        """Tell whether some language has the letter as a word of its own."""
        _, name, _ = self.sign(char)
        group = self._groups.get(name)
        if group is None or not group.lone:
            return True
        at = group.number.get(fold(char))
        count = len(group.languages)
        return at is not None and at > 0 and min(group.lone[(at - 1) * count : at * count]) < _LONE_LETTER

    def knows(self, word: str, *, spelt: bool = False) -> bool:
        """Tell whether some language is known to have a word, of two letters or more.

        spelt: and uses its letters. Of words only 32 bits are kept, which now and then are those of another.

        >>> load().knows("Été"), load().knows("Ãxq"), load().knows("")
        (True, False, False)
        """
        group = self._groups.get(self.sign(word[0])[1]) if len(word) > 1 else None
        if group is None:
            return False
        letters = "".join(map(fold, word))
        if not all(char in group.number for char in letters):
            return False
        languages = {language for language, _ in group.known(letters)}
        for char in set(letters) if spelt and group is self._groups["Latn"] else ():
            if char > "\x7f":
                languages &= group.users(char)
        return bool(languages)

    def _word(self, name: str, letters: str) -> int:
        key = (name, letters)
        packed = self._words.get(key)
        if packed is None:
            group = self._groups[name]
            packed = group.word(letters) << (group.first * FIELD * 8)
            if group.name != "CJK":
                rare = sum(1 for char in letters if char not in group.number)
                packed += rare << (self._fields * FIELD * 8)
            if len(letters) <= _TOKEN_LENGTH:
                if len(self._words) > WORD_MEMORY:
                    self._words.clear()
                self._words[key] = packed
        return packed

    def token(self, token: str) -> int:
        """Return the packed cost of what stands between two spaces."""
        packed = self._tokens.get(token)
        if packed is None:
            packed = self._token(token) if self.compiled is None else self.compiled.token(token)
            if len(token) <= _TOKEN_LENGTH:
                if len(self._tokens) > self._tokens_kept:
                    self._tokens.clear()
                self._tokens[token] = packed
        return packed

    def _token(self, token: str) -> int:  # noqa: C901 -- the inner loop: calls would cost more than they tell
        transitions, sign = self._transitions, self.sign
        previous, current, last = SPACE, "", ""
        cost = mixed = 0
        packed = 0
        letters: list[str] = []
        for char in token:
            number, group, inside = sign(char)
            number = contextual(number, previous)
            if char == last and not group:
                cost += REPEATED
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
                    if group in UNMIXED and current in UNMIXED:
                        mixed += 1
                current = group
                if group:
                    letters.append(fold(char))
        if letters:
            packed += self._word(current, "".join(letters))
        cost += transitions[previous * COUNT + SPACE]
        packed += cost
        if mixed:
            packed += mixed << (self._fields * FIELD * 8)
        return packed

    def packed(self, text: str) -> int:
        """Return the packed cost of a text: the sum of its tokens."""
        if self.compiled is not None:
            return self.compiled.packed(text)
        return sum(map(self.token, text.split(" ")))

    def settle(self, packed: int, *, supposed: bool = False) -> int:
        """Return the cost, in units, of a packed sum in the best languages.

        supposed: the text is a candidate, not what stands there: rare letters count for more.
        """
        if self.compiled is not None:
            return self.compiled.settle(packed, supposed)
        fields = memoryview(packed.to_bytes((self._fields + 1) * FIELD, "little")).cast("I")
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

    def gain(self, shared: int, before: list[str], after: list[str]) -> int:
        """Return by how much some tokens, beside a packed sum, cost more than those supposed in their place."""
        if self.compiled is not None:
            return self.compiled.gain(shared, before, after)
        old, new = sum(map(self.token, before)), sum(map(self.token, after))
        return self.settle(shared + old) - self.settle(shared + new, supposed=True)

    def latin(self, packed: int) -> int:
        """Return the number of the language, among those in Latin letters, that explains a packed sum best."""
        if self.compiled is not None:
            return self.compiled.latin(packed)
        first, end = self._spans[0]
        fields = memoryview(packed.to_bytes((self._fields + 1) * FIELD, "little")).cast("I")
        costs = list(map(int.__add__, fields[first:end].tolist(), self._prior[first:end]))
        return costs.index(min(costs))

    def has_letter(self, language: int, char: str) -> bool:
        """Tell whether a language in Latin letters, numbered among those, uses a letter.

        >>> model = load()
        >>> polish = model.latin(model.packed("Wszyscy ludzie"))
        >>> model.has_letter(polish, "ś"), model.has_letter(polish, "œ")
        (True, False)
        """
        return language in self._groups["Latn"].users(fold(char))

    def pair_cost(self, first: str, second: str) -> int:
        """Return the cost, in units, of two East Asian letters side by side, in the language that has them cheapest.

        >>> load().pair_cost("中", "文") < load().pair_cost("乞", "窮")
        True
        """
        group = self._east
        return min(map(int.__add__, group.step("\n", first), group.step(first, second)))

    def has_word(self, language: int, word: str) -> bool:
        """Tell whether a language in Latin letters, numbered among those, has a short word, of one letter or two.

        >>> model = load()
        >>> french = model.latin(model.packed("tous les hommes"))
        >>> model.has_word(french, "à"), model.has_word(french, "å"), model.has_word(french, "où")
        (True, False, True)
        """
        group = self._groups["Latn"]
        letters = "".join(map(fold, word))
        if not 0 < len(letters) <= 2 or not all(char in group.number for char in letters):
            return False
        if len(letters) == 1:
            return group.lone[(group.number[letters] - 1) * len(group.languages) + language] < _LONE_LETTER
        return any(who == language for who, _ in group.known(letters))

    # -- sign by sign, in settled languages

    def best_languages(self, text: str) -> dict[str, int]:
        """Return the number of the best language of each script, for steps.steps_of.

        Under the empty name stands the language of most of the text, numbered among all.
        """
        best: dict[str, int] = {}
        most = -1
        for name, first, costs, there in self._by_script(text):
            best[name] = costs.index(min(costs))
            if min(costs) > most and there:
                most, best[""] = min(costs), first - 1 + best[name]
        return best

    def next_languages(self, text: str, count: int) -> list[tuple[dict[str, int], int]]:
        """Return what best_languages would say of a text if the best one of most of its letters were not there.

        count: so many of the next best ones, each with what it is rarer, in units, than the best.

        >>> [load().group("CJK").languages[one["CJK"]] for one, _ in load().next_languages("第九", 1)]
        ['zh-Hant']
        """
        best = self.best_languages(text)
        found: list[tuple[dict[str, int], int]] = []
        for name, first, costs, _ in self._by_script(text):
            if first - 1 + best[name] == best.get(""):
                for number in sorted(range(len(costs)), key=costs.__getitem__)[1 : count + 1]:
                    rarer = max(0, self._prior[first + number] - self._prior[first + best[name]])
                    found.append(({**best, name: number, "": first - 1 + number}, rarer))
        return found

    def _by_script(self, text: str) -> Iterator[tuple[str, int, list[int], bool]]:
        """Yield each script: its name, its first field, what its languages cost, whether the text has any of it."""
        fields = memoryview(self.packed(text).to_bytes((self._fields + 1) * FIELD, "little")).cast("I")
        for name, (first, end) in zip(self._groups, self._spans, strict=True):
            own = fields[first:end].tolist()
            yield name, first, list(map(int.__add__, own, self._prior[first:end])), any(own)

    def known_characters(self) -> list[str]:
        """Return every letter and sign that the model has counts for."""
        letters = [char for group in self._groups.values() for char in group.number]
        signs = [char for table in self._inside.values() for char in table]
        singles = [name for name in NAMES if len(name) == 1]
        return [char for char in dict.fromkeys(letters + signs + singles) if len(char) == 1]

    # -- bits

    def cost(self, text: str) -> float:
        """Return -log2 of the text's probability, in bits."""
        if self.compiled is not None:
            return self.compiled.cost(text) / UNITS
        return self.settle(self.packed(text)) / UNITS

    def language(self, text: str) -> str:
        """Return the language that explains most of the text best, or the empty string."""
        if self.compiled is not None:
            number = self.compiled.language(text)
            return self.languages[number] if number >= 0 else ""
        packed = self.packed(text)
        fields = memoryview(packed.to_bytes((self._fields + 1) * FIELD, "little")).cast("I")
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
    """Return the model, read from its file at the first call.

    >>> load().language("tout à fait raisonnable")
    'fr'
    """
    return Model(_MODEL.read_bytes())


__all__ = ["CAPITAL", "INDEX", "NAMES", "UNITS", "Model", "load"]
