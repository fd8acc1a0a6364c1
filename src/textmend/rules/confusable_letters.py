"""TM209: letters of another script in a word, that look like letters of its own."""

from __future__ import annotations

import functools
import re

from textmend.rules import clues
from textmend.rules.base import TIDY, Context, Example, Hit, Rule
from textmend.rules.characters import spelled

# Letters that look the same in the usual fonts, Latin first. In each pair the letters of one case
# and shape only: those that look alike in few fonts would be false alarms. Unicode's table of confusable
# characters (UTS #39, version 15) has all of them but È, Ë, Ï and their small letters, and I, which it gives
# as l. It has 50 pairs more; most would be false alarms: r and г, w and ѡ, and the letters of formulas (α, γ, ρ, σ).
_CYRILLIC = "AА BВ CС EЕ HН IІ JЈ KК MМ OО PР SЅ TТ XХ YУ aа cс eе iі jј oо pр sѕ xх yу hһ dԁ qԛ wԝ ÈЀ èѐ ËЁ ëё ÏЇ ïї"
_GREEK = "AΑ BΒ EΕ ZΖ HΗ IΙ KΚ MΜ NΝ OΟ PΡ TΤ YΥ XΧ oο vν"

_LATIN_LETTERS = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_CYRILLIC_LETTERS = "\u0400-\u0481\u048a-\u052f"
_GREEK_LETTERS = "\u0370-\u0373\u0376\u0377\u037f\u0386\u0388-\u03ff"


def _pairs(table: str) -> list[tuple[str, str]]:
    """Return the pairs of letters of a table."""
    letters = "".join(table.split())
    return list(zip(letters[::2], letters[1::2], strict=True))


@functools.cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Return for each pair of scripts the words with letters of both."""
    return tuple(
        re.compile(f"[{_LATIN_LETTERS}](?=[{other}])|[{other}](?=[{_LATIN_LETTERS}])")
        for other in (_CYRILLIC_LETTERS, _GREEK_LETTERS)
    )


@functools.cache
def _alike() -> frozenset[str]:
    """Return all letters that look like one of another script."""
    return frozenset(letter for table in (_CYRILLIC, _GREEK) for pair in _pairs(table) for letter in pair)


_WORD = re.compile(r"[^\W\d_]{2,64}")
_LATIN = re.compile(f"[{_LATIN_LETTERS}]")
_OTHERS = re.compile(f"[{_CYRILLIC_LETTERS}{_GREEK_LETTERS}]")


def _foreign(word: str) -> list[int]:
    """Return the offsets of the letters of the script that has fewer, if all of them look alike."""
    latin = [at for at, char in enumerate(word) if _LATIN.match(char)]
    others = [at for at in range(len(word)) if at not in set(latin)]
    fewer = latin if len(latin) < len(others) else others
    return fewer if all(word[at] in _alike() for at in fewer) else []


def _find(text: str, _context: Context) -> list[Hit]:
    """Report the letters of another script in each word that seems to be of one."""
    # one of the scripts alone, as in most text, is seen sooner than that no two letters of both are neighbours
    if not _LATIN.search(text) or not _OTHERS.search(text) or not any(each.search(text) for each in _patterns()):
        return []
    hits = []
    for word in _WORD.finditer(text):
        if not word.group().isascii() and any(pattern.search(word.group()) for pattern in _patterns()):
            hits += [
                Hit(word.start() + at, word.start() + at + 1, f"{spelled(word.group()[at])} in {word.group()!r}")
                for at in _foreign(word.group())
            ]
    return hits


RULE = Rule(
    code="TM209",
    name="confusable-letters",
    summary="Letters of another script in a word, that look like letters of its own.",
    why=(
        "People see the word, programs see another one: it is not found, not sorted, not recognised as a name. "
        "Keyboards switched too late do this, and so do people who want to deceive. "
        "Which letter was meant is for people to say."
    ),
    examples=(Example("The pаssword", None), Example("Mосква", None)),
    severity="warning",
    profiles=TIDY,
    find=_find,
    clue=clues.BEYOND,
)
