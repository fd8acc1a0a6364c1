"""What a character is to the evidence: a word, a sign in common use, a letter that nobody uses."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from textmend.plausibility.model import UNITS, Model, load

#: A letter as dear as this, whatever stands around it, is used by no language of its script.
_UNHEARD: Final = 18 * UNITS
#: An East Asian letter as dear as this, whatever stands around it, says nothing alone.
_SELDOM: Final = 16 * UNITS
#: Signs whose appearance is no surprise: what typing programs put into texts.
_USUAL_SIGNS: Final = frozenset(
    "“”‘’„‚«»‹›–—…•·°®©™€£§¡¿、。，！？：；（）「」『』・ー№\xa0\xad\u2010\u2011\u3000\ufeff"
)
#: Controls that no text holds: where they stand, something was misread.
C1: Final = re.compile("[\x80-\x9f]")
#: Letters; in scripts whose vowels are marks, signs.
_WORDY: Final = re.compile("[^\\W\\d_]|[\u0590-\u1cff]")


def facts(char: str) -> int:
    """Return what a character is to the evidence, as bits (_verifier.c).

    1 a letter that no language uses, 2 a sign in common use, 4 a letter that is a word of its own, 8 a letter,
    128 what makes an amount or an ordinal of a number, 256 what may be a part of a word of several letters.

    >>> facts("é"), facts("–"), facts("€")
    (268, 2, 130)
    """
    model = load()
    letter = char.isalpha()
    alone = letter and is_word(model, char)
    usual, wordy = is_usual(model, char), _WORDY.match(char) is not None
    return is_unheard(model, char) | 2 * usual | 4 * alone | 8 * letter | 128 * (char in "ºª€£°") | 256 * wordy


def is_unheard(model: Model, char: str) -> bool:
    """Tell whether a character is a letter that no language of its script uses.

    >>> is_unheard(load(), "ɉ"), is_unheard(load(), "é")
    (True, False)
    """
    return char < "\u0530" and char.isalpha() and model.alone(char) >= _UNHEARD


def is_word(model: Model, char: str) -> bool:
    """Tell whether a letter stands alone as a word, in texts as they are.

    >>> is_word(load(), "à"), is_word(load(), "ß")
    (True, False)
    """
    return model.usual_alone(char) and not _is_seldom(model, char)


def is_usual(model: Model, char: str) -> bool:
    """Tell whether typing programs put a sign into texts, or it is a letter beyond the small alphabets, no rare one.

    >>> is_usual(load(), "’"), is_usual(load(), "字"), is_usual(load(), "é")
    (True, True, False)
    """
    if char in _USUAL_SIGNS or char < "\u0800" or _is_picture(char):
        return char in _USUAL_SIGNS
    return not _is_seldom(model, char)


def is_eastern(model: Model, char: str) -> bool:
    """Tell whether a character is an East Asian letter.

    >>> is_eastern(load(), "字"), is_eastern(load(), "б")
    (True, False)
    """
    return model.sign(char)[1] == "CJK"


def _is_seldom(model: Model, char: str) -> bool:
    """Tell whether a character is an East Asian letter that texts seldom hold."""
    return is_eastern(model, char) and model.alone(char) >= _SELDOM


def _is_picture(char: str) -> bool:
    """Tell whether a character is a sign of the basic plane that is no letter and no part of one."""
    return char < "\U00010000" and unicodedata.category(char)[0] not in "LM"
