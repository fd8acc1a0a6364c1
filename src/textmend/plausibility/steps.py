"""A text priced sign by sign, in settled languages: for the search that restores lost bytes.

The prices are those of the model's words and kinds, but known after every
sign, so that many beginnings of one text can be compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from textmend.plausibility import spellings, typography, words
from textmend.plausibility.classes import INDEX, SPACE, contextual
from textmend.plausibility.groups import END, RARE_LETTER, UNITS, EastAsian
from textmend.plausibility.letters import APOSTROPHES, SKIPPED, fold
from textmend.plausibility.model import CAPITAL, REPEATED, Model, load
from textmend.plausibility.spellings import EDGE, Spelling

#: Where every text begins.
START: Final = 0
#: A word of the list, and one that is not on it: how often texts hold these.
_LISTED: Final = round(0.6 * UNITS)
_UNLISTED: Final = round(1.6 * UNITS)
#: Signs that something follows, and what a text that ends with one costs.
_OPEN: Final = frozenset("、，·・（《「『【〈〔(“„‘‚«")
_OPEN_END: Final = 9 * UNITS
#: A dash or an apostrophe, that something mostly follows.
_DASHES: Final = frozenset("–—‐‑’")
_DASH_END: Final = 5 * UNITS
#: What it costs where no space follows signs, as often as lines end with them, and with any other sign.
_EASTERN_ENDS: Final = {
    **dict.fromkeys("。？", UNITS // 2),
    **dict.fromkeys("）】", UNITS),
    "：": 3 * UNITS // 2,
    "！": 3 * UNITS,
    **dict.fromkeys("」』》〉〕", 4 * UNITS),
    "；": 5 * UNITS,
}
_EASTERN_END: Final = 5 * UNITS
#: Letters that something follows: particles, and what only begins a word. Fewer than one in 200 ends a line.
_INNER: Final = frozenset("のをがはでもなまこれさきしら的在是和有不可以你要这這或会會们們嘅")
_INNER_END: Final = 8 * UNITS
#: Signs that are often doubled; another one seldom follows itself.
_DOUBLED: Final = frozenset("—…！？!?.-=_*#~·・+/<>|")
#: Signs that East Asian text sets twice, and what one costs there.
_TWICE: Final = frozenset("—…")
_ONCE: Final = 3 * UNITS
#: Places remembered at most, and costs of signs at them in one set of languages.
_PLACES: Final = 50_000
_COSTS: Final = 30_000
#: Scripts whose words hold apostrophes, and what one costs elsewhere.
_APOSTROPHIC: Final = frozenset(("", "Latn", "Cyrl", "Grek", "Armn", "Hebr"))
_ODD_APOSTROPHE: Final = 7 * UNITS
#: What joins two emoji, what kinds of signs those are, and its cost there.
_JOINER: Final = "\u200d"
_EMOJI: Final = frozenset(INDEX[name] for name in ("emoji", "symbol", "dingbat"))
_JOINED: Final = 3 * UNITS
#: Dearer than anything.
_NEVER: Final = 1_000 * UNITS
#: Signs of which it matters whether a space stands before them.
_QUOTES: Final = frozenset("“”‘’„‚")
#: Which digit or sign stands after a quote or a dash: one of some few.
_SIGN: Final = 2 * UNITS


class _Place(NamedTuple):
    """What the price of the next sign depends on."""

    previous: int  # the class of the last sign
    group: str  # the script of the word
    earlier: int  # the numbers of its last two letters
    last: int
    char: str  # the last sign
    before: str  # the one before it, where that matters: before a quote, in East Asian text
    word: str  # the letters of the word behind its edge, folded, where the language's words are known


class _Cost(NamedTuple):
    """What a sign costs at all places that differ in the letters before the last two alone."""

    cost: int  # without that of a letter, and of the end of the word before it
    ends: bool = False  # whether it ends the word before it
    letter: int = 0  # what a letter costs after the last two
    group: str = ""  # the script of a letter that more of its word may tell
    within: bool = False  # whether the word goes on


class Steps:
    """The prices of signs after one another.  A place in a text is a number; START is the beginning.

    >>> steps = steps_of(load().best_languages("tout à fait"))
    >>> steps.price("tout à fait") < steps.price("tout á fait")
    True
    """

    def __init__(self, model: Model, languages: dict[str, int]) -> None:
        self._model = model
        self._languages = languages
        self._bias = model.bias(languages.get("", 0))
        # the lists of words, and how words are spelt, by script: read when a word of it comes up
        self._known: dict[str, tuple[Mapping[str, int], Spelling]] = {}
        sequences = words.of(self._language("CJK")) if "CJK" in languages else {}
        self._sequences = sequences if isinstance(sequences, words.Sequences) else None
        self._listed = {} if self._sequences is None else self._sequences.following("")
        self._turned = typography.turned(self._bias)
        self._places: list[_Place] = [_Place(SPACE, "", 0, 0, " ", "", "")]
        self._numbers: dict[_Place, int] = {self._places[0]: START}
        self._cores: list[int] = [START]  # each place's without its word
        self._after: dict[tuple[int, str], int] = {}
        self._costs: dict[tuple[int, str], _Cost] = {}
        self._letters: dict[tuple[str, int, int, int], int] = {}
        self._word_ends: dict[int, int] = {}
        self._ends: dict[int, int] = {}

    def step(self, place: int, char: str) -> tuple[int, int]:
        """Return the cost, in units, of a sign at a place, and the place after it."""
        key = (place, char)
        after = self._after.get(key)
        if after is None:
            if len(self._after) > _COSTS:
                self._after.clear()
            after = self._after[key] = self._number(self._follow(self._places[place], char))
        return self.cost(place, char), after

    def cost(self, place: int, char: str) -> int:
        """Return the cost, in units, of a sign at a place."""
        cost, ends, letter, group, within = self._at_core(place, char)
        if group:
            word = self._places[place].word if within else EDGE
            cost += self._words(group)[1].price(word, fold(char), letter)
        if not ends:
            return cost
        end = self._word_ends.get(place)
        if end is None:
            end = self._word_ends[place] = self._word_end(self._places[place])
        return cost + end

    def core(self, place: int) -> int:
        """Return the place that a place is without the letters before the last two of its word."""
        return self._cores[place]

    def roughly(self, place: int, chars: Iterable[str]) -> list[int]:
        """Return the costs of signs at a place as far as the letters before the last two do not matter."""
        at = self._places[place]
        context = () if self._sequences is None else self._sequences.context(at.char, at.before)
        costs: list[int] = []
        for char in chars:
            cost = self._listed.get(char)
            if cost is None or not words.EAST_ASIAN.match(char):
                known = self._at_core(place, char)
                costs.append(known.cost + known.letter)
                continue
            for listed, other in context:
                cost = listed.get(char, cost + other)
            costs.append((cost if cost > 0 else 0) + _LISTED)
        return costs

    def _at_core(self, place: int, char: str) -> _Cost:
        key = (self._cores[place], char)
        known = self._costs.get(key)
        if known is None:
            if len(self._costs) > _COSTS:
                self._costs.clear()
            known = self._costs[key] = self._cost(self._places[place], char)
        return known

    def places(self) -> int:
        """Return how many places are remembered."""
        return len(self._places)

    def end(self, place: int) -> int:
        """Return the cost of a text's ending at a place."""
        known = self._ends.get(place)
        if known is None:
            known = self._ends[place] = self._end(place, self._places[place])
        return known

    def _end(self, place: int, at: _Place) -> int:
        """Return the cost of a text's ending with a sign; East Asian text has no spaces to tell it by."""
        if at.char in _OPEN and at.char not in self._turned:
            return _OPEN_END
        if at.char in _EASTERN_ENDS:
            return _EASTERN_ENDS[at.char]
        if at.char in _INNER:
            return _INNER_END
        if at.char in _DASHES:
            return self.cost(place, " ") + _DASH_END
        if at.group in {"CJK", ""} and words.EAST_ASIAN.match(at.char) and not "\uac00" <= at.char <= "\ud7a3":
            return min(_EASTERN_END, self._sequence(at, words.ENDED))
        return min(self.cost(place, " "), self._sequence(at, words.ENDED))

    def price(self, text: str) -> int:
        """Return the cost of a whole text, in units."""
        place, total = START, 0
        for char in text:
            cost, place = self.step(place, char)
            total += cost
        return total + self.end(place)

    def last(self, place: int) -> str:
        """Return the sign before a place."""
        return self._places[place].char

    def lone_quote(self, place: int) -> bool:
        """Tell whether the last sign before a place is a quote behind a space."""
        known = self._places[place]
        return known.char in _QUOTES and known.before == " "

    def _number(self, place: _Place) -> int:
        number = self._numbers.get(place)
        if number is None:
            number = self._numbers[place] = len(self._places)
            self._places.append(place)
            core = place._replace(word="")
            self._cores.append(number if core == place else self._number(core))
        return number

    def alone(self, char: str) -> int:
        """Return the cost of a character whatever stands around it, in the text's languages."""
        name = self._model.sign(char)[1]
        if name == "CJK":
            return self._model.group(name).single("\n", char, self._languages[name])
        cost = self._model.alone(char)
        own = self.letters(name).get(fold(char), cost)
        return min(cost, own + CAPITAL if self._model.is_capital(char) else own)

    def letters(self, name: str) -> dict[str, int]:
        """Return the letters of a script that its language uses, and what each costs where it suits best."""
        return self._model.group(name).letters_of(self._languages[name]) if name in self._languages and name else {}

    def _sequence(self, at: _Place, char: str) -> int:
        """Return what a sign costs by itself or after one or two East Asian ones, as far as the list says."""
        cost = self._listed.get(char)
        if cost is None or self._sequences is None:
            return _NEVER
        for listed, other in self._sequences.context(at.char, at.before):
            cost = listed.get(char, cost + other)
        return max(0, cost) + _LISTED

    def _cost(self, at: _Place, char: str) -> _Cost:
        """Return what a sign costs whatever the letters before the last two are."""
        if words.EAST_ASIAN.match(char):
            cost = self._sequence(at, char)
            if cost != _NEVER:
                return _Cost(cost, bool(at.group) and at.group not in {self._model.sign(char)[1], "CJK"})
        return self._by_pairs(at, char)

    def _by_pairs(self, at: _Place, char: str) -> _Cost:
        model = self._model
        number, group, cost = model.sign(char)
        number = contextual(number, at.previous)
        if char == at.char and char in _DOUBLED:
            return _Cost(REPEATED)
        if char in typography.SIGNS:
            neighbour = typography.kind(at.char, at.group)
            cost = max(0, typography.after(char, neighbour, self._turned.get(char, ())) + self._bias.get(char, 0))
            if char in APOSTROPHES and at.group not in _APOSTROPHIC:
                cost += _ODD_APOSTROPHE
        elif at.char in typography.SIGNS:
            cost += typography.before(at.char, typography.kind(char, group), self._turned.get(at.char, ()))
            cost += 0 if group or char == " " else _SIGN
        else:
            cost += model.transition(at.previous, number)
        if group == SKIPPED or (at.group and char in APOSTROPHES):
            return _inside(at, char, cost)
        if char in _TWICE and words.EAST_ASIAN.match(at.char):
            cost += _ONCE
        ends = bool(at.group) and at.group not in {group, "CJK"}
        if not group:
            return _Cost(cost, ends)
        if group == "CJK":
            before = at.char if at.group == group else "\n"
            return _Cost(cost + model.group(group).single(before, char, self._languages[group]), ends)
        letter = model.group(group).number.get(fold(char))
        if letter is None:
            return _Cost(cost + RARE_LETTER, ends)
        within = at.group == group
        earlier, last = (at.earlier, at.last) if within else (0, 0)
        return _Cost(cost, ends, self._letter(group, earlier, last, letter), group, within)

    def _follow(self, at: _Place, char: str) -> _Place:
        """Return the place after a sign."""
        number, group, _ = self._model.sign(char)
        number = contextual(number, at.previous)
        if char == at.char and not group and char != " ":
            return at
        if group == SKIPPED:
            return at._replace(previous=number, char=char, before="")
        if at.group and char in APOSTROPHES:
            # what follows is a word by itself in lists
            return at._replace(previous=number, char=char, before="", word=at.word and EDGE)
        if not group:
            return _Place(number, "", 0, 0, char, at.char if char in _QUOTES else self._beside(at, char), "")
        folded = fold(char)
        letter = 0 if group == "CJK" else self._model.group(group).number.get(folded, 0)
        if not letter:
            return _Place(number, group, 0, 0, char, self._beside(at, char), "")
        within = at.group == group
        word = ((within and at.word) or EDGE) + folded if group != "CJK" else ""
        return _Place(number, group, at.last if within else 0, letter, char, "", word)

    def _beside(self, at: _Place, char: str) -> str:
        """Return the sign before an East Asian one, or what stands for the beginning of such text."""
        if self._sequences is None or not words.EAST_ASIAN.match(char):
            return ""
        return at.char if words.EAST_ASIAN.match(at.char) else words.ENDED

    def _word_end(self, at: _Place) -> int:
        """Return what the end of a word costs, so that its letters and its end cost as much as the word."""
        if at.word == EDGE:
            return 0  # it ended before an apostrophe
        group = self._model.group(at.group)
        language = self._languages[at.group]
        if at.last and not at.earlier and group.lone:
            lone = group.lone[(at.last - 1) * len(group.languages) + language]
            return lone - END - group.cost(0, 0, at.last, language)
        end = max(0, self._letter(at.group, at.earlier, at.last, 0) - END)
        end = self._spelt(at.group, at.word, EDGE, end)
        word = at.word.removeprefix(EDGE)
        if not word:
            return end
        known = min((cost for who, cost in group.known(word) if who == language), default=None)
        if known is None:
            return end + _UNLISTED
        earlier = last = spelt = 0
        for number, char in enumerate(word, 1):
            letter = group.number[char]
            spelt += self._spelt(at.group, at.word[:number], char, self._letter(at.group, earlier, last, letter))
            earlier, last = last, letter
        return min(end + _UNLISTED, known + _LISTED - spelt)

    def _spelt(self, name: str, before: str, letter: str, cost: int) -> int:
        """Return the cost of a letter by all that is known of how words are spelt.

        cost: what it costs after the last two letters.
        """
        return self._words(name)[1].price(before, letter, cost)

    def _words(self, name: str) -> tuple[Mapping[str, int], Spelling]:
        """Return the list of words of a script's language, and how they are spelt."""
        known = self._known.get(name)
        if known is None:
            language = self._language(name)
            known = self._known[name] = (words.of(language), spellings.of(language))
        return known

    def _language(self, name: str) -> str:
        """Return the language of a script that the text is in."""
        return self._model.group(name).languages[self._languages[name]]

    def _letter(self, name: str, earlier: int, last: int, letter: int) -> int:
        group = self._model.group(name)
        if isinstance(group, EastAsian):
            return 0
        key = (name, earlier, last, letter)
        known = self._letters.get(key)
        if known is None:
            known = self._letters[key] = group.cost(earlier, last, letter, self._languages[name])
        return known


def _inside(at: _Place, char: str, cost: int) -> _Cost:
    """Return what a sign inside a word costs; a joiner stands between emoji."""
    if char in APOSTROPHES:
        return _Cost(cost, at.group != "CJK")
    return _Cost(min(cost, _JOINED) if char == _JOINER and at.previous in _EMOJI else cost)


@lru_cache(maxsize=words.KEPT)
def _steps(languages: tuple[tuple[str, int], ...]) -> Steps:
    return Steps(load(), dict(languages))


def steps_of(languages: dict[str, int]) -> Steps:
    """Return the one Steps of some languages (Model.best_languages).

    >>> steps_of({}) is steps_of({})
    True
    """
    key = tuple(languages.items())
    steps = _steps(key)
    if steps.places() > _PLACES:
        _steps.cache_clear()
        steps = _steps(key)
    return steps


__all__ = ["SKIPPED", "START", "UNITS", "Steps", "steps_of"]
