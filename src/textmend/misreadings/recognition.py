"""Words that came out of a misreading and are known: chance makes few."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from textmend.plausibility.model import Model, load

WORDS: Final = re.compile(
    "[^\\W\\d_]+’[^\\W\\d_]+|(?<![\\w])[^\\W\\d_]{3,}+(?![0-9])|[\u0900-\u0eff]{3,}|[\u3040-\u9fff\uac00-\ud7a3]{2,}"
)
"""Words that can bear witness: three letters (in Thai vowels are marks), or two East Asian signs."""
#: A sign between letters that stands in no word, nor between two.
_BROKEN: Final = re.compile("[^\\W\\d_][^\\w\\s!-~’–—…·]+[^\\W\\d_]")
#: Bits more where all words that came out are known, and none of those that stood there.
_RECOGNISED: Final = 4.0
#: The same for each changed letter of them beyond two.
_RECOGNISED_EACH: Final = 2.0
#: The same where some sign stood in the place of a letter: no language has words with it.
_SIGN: Final = 2.0
RECOGNISED_MOST: Final = 10.0
"""The same at most."""


@lru_cache(maxsize=20_000)
def recognised(model: Model, before: str, after: str) -> bool:
    """Tell whether every word of a token that came out is known, and none of those that stood there.

    >>> recognised(load(), "Ïðèâåò", "Привет"), recognised(load(), "été", "étè")
    (True, False)
    """
    stood = WORDS.findall(before)
    came = [word for word in WORDS.findall(after) if word not in stood]
    fresh = set(after).difference(before)
    if not came or any(map(model.knows, stood)):
        return False
    return all(not fresh.isdisjoint(word) and is_word(model, word) for word in came)


def worth(pairs: list[tuple[str, str]]) -> float:
    """Return the bits more for words that are known: the more of their letters changed, the less chance made them.

    >>> worth([("äigus", "õigus")]), worth([("¬lan", "Član")]), worth([("Ïðèâåò", "Привет")])
    (4.0, 6.0, 10.0)
    """
    changed = [one for before, after in pairs for one, other in zip(before, after, strict=False) if one != other]
    sign = 0.0 if all(map(str.isalpha, changed)) else _SIGN
    return min(RECOGNISED_MOST, _RECOGNISED + _RECOGNISED_EACH * max(0, len(changed) - 2) + sign)


def known_letters(text: str, candidate: str) -> tuple[int, int]:
    """Return how many letters of the words that came out are of known ones, and how many of others.

    A sign between letters is in no word: what stands beside it is none either.

    >>> known_letters("Ïðèâåò, ìèð", "Привет, мыф"), known_letters("g租der", "g≤eder")
    ((6, 3), (0, 4))
    """
    model = load()
    came = set(WORDS.findall(candidate)).difference(WORDS.findall(text))
    known = 0 if is_broken(text, candidate) else sum(len(word) for word in came if is_word(model, word))
    return known, sum(map(len, came)) - known


def is_broken(text: str, candidate: str) -> bool:
    """Tell whether a sign that stands in no word stands between letters of what came out, and none did before.

    >>> is_broken("listaåterkallning", "lista†terkallning"), is_broken("Russia鈥檚", "Russia’s")
    (True, False)
    """
    return _BROKEN.search(candidate) is not None and _BROKEN.search(text) is None


def lone_swap(text: str, candidate: str) -> bool:
    """Tell whether one Latin letter only became another, in a text of one word that no language is known to have.

    >>> lone_swap("Bèlgi", "Bälgi"), lone_swap("Israèl", "IsraËl"), lone_swap("tŕs", "très")
    (True, True, False)
    """
    if " " in text:
        return False
    came = {char for char in candidate if char not in text}
    went = {char for char in text if char not in candidate}
    if len(came) != 1 or not all("À" <= char <= "ɏ" for char in came | went):
        return False
    model = load()
    return not any(is_word(model, word) for word in WORDS.findall(candidate))


def is_word(model: Model, word: str) -> bool:
    """Tell whether a word is known, and has no capital among small letters.

    >>> is_word(load(), "Zürich"), is_word(load(), "züRich")
    (True, False)
    """
    return word in {word.lower(), word.upper(), word.capitalize()} and model.knows(word, spelt=True)
