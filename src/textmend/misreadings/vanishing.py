"""Letters that a reader loses without a trace: where they must be missing, nothing is restored.

UTF-8 read as Big5 loses every byte of some letters and shows those of others.
What comes back is a text without the letters lost, which no test of its bytes
tells.  But that none of them stands in it does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final, NamedTuple

from textmend import encodings
from textmend.encodings import garbling
from textmend.plausibility import words
from textmend.plausibility.model import UNITS, load

#: So many lost letters must be expected in a text where none stands: chance leaves one in eight texts so.
_EXPECTED: Final = 2.0
#: The same where only the script tells which letters a text should have.
_EXPECTED_OF_SCRIPT: Final = 5.0
#: The same where other bytes of the text were dropped, or none of its words is known.
_EXPECTED_AT_ALL: Final = 1.0
#: So many must be expected for it to be worth looking for them.
_THIN: Final = 0.3
#: A text with so small a part of them lacks them all the same: some were guessed.
_GUESSED: Final = 0.3
#: Letters before which a letter must vanish too, not only before a space.
_OTHERS: Final = 4
#: So many stretches whose bytes all make pairs are no chance.
_PAIRED: Final = 4
#: Of so many letters one may be of an unknown word in a text that lacks none: most words that lost their last are that.
_KNOWN: Final = 3
#: Letters of a script that are looked at: the others make up little of any text.
_LIKELIEST: Final = 600
#: A text of fewer letters is too short to miss some that only the script tells.
_SHORTEST: Final = 6
#: Words of a language that tell how often it writes each letter.
_WORDS: Final = 300
_LETTERS: Final = re.compile(r"[^\W\d_\x00-\x7f]")
_STRETCH: Final = re.compile(rb"[\x80-\xff]+")
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_LETTERED: Final = re.compile(r"[^\W\d_]{2,}")
_GAP = " "
#: No character beyond ASCII begins with a lower byte in UTF-8.
_FIRST: Final = 0xC2


@cache
def _lost(read: str, script: str, language: str) -> tuple[frozenset[str], float, float]:
    """Return the letters of a script that a reader drops whole from UTF-8, and their share among its letters.

    The third is how many must be expected, and none be there, for a text to lack them.
    """
    model = load()
    listed = words.of(language)
    weights: dict[str, float] = {}
    least = _EXPECTED
    if len(listed) >= _WORDS and script != "CJK":
        for word, cost in listed.items():
            for char in word:
                if char > "\x7f":
                    weights[char] = weights.get(char, 0.0) + 2.0 ** (-cost / UNITS)
    else:
        least = _EXPECTED_OF_SCRIPT
        letters = [char for char in model.group(script).number if not char.isascii() and char.isalpha()]
        weights = {char: 2.0 ** (-model.alone(char) / UNITS) for char in letters}
    likeliest = sorted(weights, key=lambda char: -weights[char])[:_LIKELIEST]
    others = ("", *likeliest[:_OTHERS])
    lost = {char for char in likeliest if all(_shown(char + other, read) == _shown(other, read) for other in others)}
    whole = sum(weights[char] for char in likeliest)
    share = sum(weights[char] for char in lost) / whole if whole else 0.0
    return frozenset(lost), share, least


@lru_cache(maxsize=2_000)
def _shown(text: str, read: str) -> str:
    return garbling.read_lossy((text + _GAP).encode("utf-8", "surrogatepass"), read, "drop")[0]


@cache
def _drops(read: str) -> bool:
    """Tell whether a reader drops characters of UTF-8 whole: those whose first byte it does not show."""
    model = encodings.loss_model(read)
    return encodings.get(read).width != "single" or any(byte >= _FIRST for byte in model.dead | model.vanishing)


def thin(text: str, read: str) -> bool:
    """Tell whether a text that came out of ``utf-8>read`` may lack letters that the reader dropped.

    >>> thin("nevinnho, dokud nen zkonnm postupem prokzna jeho vina", "gbk"), thin("Ka鱉d", "cp1252")
    (False, False)
    >>> thin("Každý, kdo je obvinn", "big5")
    True
    """
    if not _drops(read) or encodings.get(read).width == "single":
        return False
    return any(letters.lost and letters.expected >= _THIN for letters in _by_script(text, read))


def hollow(text: str, read: str, guessed: str | None = None) -> bool:
    """Tell whether a text that came out of ``utf-8>read`` must lack letters that the reader dropped.

    guessed: its letters of which no byte was left, where the reader is known to have dropped bytes of it.

    >>> hollow("аждй еловек, где б он ни наодил, имее паво на пизнание", "big5")
    True
    >>> hollow("Каждый человек имеет право", "big5"), hollow("être naïf", "big5")
    (False, False)
    """
    if not _drops(read):
        return False
    dropped = guessed is not None
    for letters in _by_script(text, read):
        enough = dropped or letters.number >= _SHORTEST or letters.least < _EXPECTED_OF_SCRIPT
        least = _EXPECTED_AT_ALL if dropped or _is_wordless(text, letters) else letters.least
        there = letters.there if guessed is None else _number(guessed, letters.script)
        if enough and letters.expected > least and there < _GUESSED * letters.expected:
            return True
    return False


def _number(letters: str, script: str) -> int:
    return sum(load().sign(char)[1] == script for char in letters)


def _is_wordless(text: str, letters: _Letters) -> bool:
    """Tell whether a text has no known word beyond ASCII, in a language of which words are known."""
    if letters.least >= _EXPECTED_OF_SCRIPT:
        return False
    knows = load().knows
    return not any(knows(word) for word in _LETTERED.findall(text) if not word.isascii())


class _Letters(NamedTuple):
    """The letters of one script in a text: how many, how many that a reader drops should be there, and are."""

    script: str
    lost: frozenset[str]
    number: int
    expected: float
    least: float  # so many must be expected, where none is there, for the text to lack them
    there: int


def _by_script(text: str, read: str) -> Iterator[_Letters]:
    model = load()
    counts: dict[str, int] = {}
    letters = _LETTERS.findall(text)
    for char in letters:
        script = model.sign(char)[1]
        counts[script] = counts.get(script, 0) + 1
    languages = model.best_languages(text)
    for script, count in counts.items():
        if not script or script not in model.scripts():
            continue
        language = model.group(script).languages[languages[script]] if script in languages else ""
        lost, share, least = _lost(read, script, language)
        expected = share * count / max(0.05, 1.0 - share)
        yield _Letters(script, lost, count, expected, least, sum(char in lost for char in letters))


def paired(data: bytes, least: int = _PAIRED) -> bool:
    """Tell whether the bytes of single-byte letters stand in pairs throughout, as chance does not let words be.

    A reader that takes bytes in pairs drops the last letter of every other word.

    least: so many stretches are no chance.

    >>> paired("не должен быть там дома им".encode("cp1251"))
    False
    """
    stretches = _STRETCH.findall(data)
    return len(stretches) >= least and not any(len(one) % 2 for one in stretches)


def worded(text: str) -> bool:
    """Tell whether the words of a text are known, so that none of them lost its last letter, however it is paired.

    >>> worded("декларация прав человека"), worded("екларация прав челове")
    (True, False)
    """
    found = _WORD.findall(text)
    unknown = sum(len(word) for word in found if not load().knows(word))
    return len(found) > 1 and unknown * _KNOWN <= sum(map(len, found))


def cut(data: bytes, text: str, least: int = _PAIRED) -> bool:
    """Tell whether bytes stand in pairs throughout, and the words that they make have not all their letters.

    >>> cut("первое письмо лежало дома".encode("cp1251"), "первое письмо лежало дома")
    False
    """
    return paired(data, least) and not worded(text)
