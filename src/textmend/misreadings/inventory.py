"""The characters that texts are made of: what may have stood where bytes were lost."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import Final

from textmend import encodings
from textmend.plausibility.model import NAMES, UNITS, load

#: Characters tried where two or three bytes of one are unknown: the most usual ones.
_USUAL: Final = 16 * UNITS
KNOWN: Final = 24 * UNITS
"""Characters tried where one byte is unknown: no dearer ones."""
#: Classes of signs that texts hold though each of them is rare.
_PICTURES: Final = frozenset(("emoji", "dingbat", "symbol", "geometric", "math"))
#: Signs that stand only in texts of one script.
_SIGNS_OF: Final = {
    **dict.fromkeys("،؛؟ـ٪۔", "Arab"),
    **dict.fromkeys("׳״־", "Hebr"),
    **dict.fromkeys("।॥", "Deva"),
    **dict.fromkeys("։՝՞՜", "Armn"),
    **dict.fromkeys("、。「」『』・《》〈〉【】〔〕〜，！？：；（）", "CJK"),
}
#: Hyphens that few texts hold, those many times.
_HYPHENS: Final = "\u2010\u2011"
#: Letters and digits of full width, which no text is written in.
_FULL_WIDTH: Final = frozenset(map(chr, (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))))
#: Where emoji stand; they are too many for texts to hold each of them.
_EMOJI: Final = range(0x1F300, 0x1FB00)
#: Bytes of an East Asian character in a legacy encoding.
_PAIR: Final = 2


def script_of(char: str) -> str:
    """Return the script that a character belongs to, by the model's names; nothing for signs of all scripts.

    >>> script_of("é"), script_of("。"), script_of("…")
    ('Latn', 'CJK', '')
    """
    return load().sign(char)[1] or _SIGNS_OF.get(char, "")


def is_letter(char: str) -> bool:
    """Tell whether a character is a letter, or a vowel sign of a script beyond the first 65,536.

    >>> is_letter("é"), is_letter("…")
    (True, False)
    """
    return char.isalpha() or (char > "\uffff" and unicodedata.category(char) == "Mn")


@lru_cache(maxsize=20_000)
def is_possible(char: str) -> bool:
    r"""Tell whether a character comes up in texts; of those beyond the first 65,536, emoji only.

    >>> is_possible("é"), is_possible("\U00010900")
    (True, False)
    """
    if char in "\u200d\xa0":
        return True
    if NAMES[load().sign(char)[0]] in _PICTURES:
        return True
    return load().alone(char) < KNOWN and char.isprintable() and char < "\U00010000"


@cache
def every() -> list[tuple[str, bytes, str]]:
    r"""Return the characters that texts are made of, with their UTF-8 and their scripts.

    >>> ("é", b"\xc3\xa9", "Latn") in every()
    True
    """
    alone = load().alone
    usual = {char for char in load().known_characters() if alone(char) < _USUAL and char.isprintable()}
    # the model counts capitals as the letters that they are
    capitals = {char.upper() for char in usual if len(char.upper()) == 1 and alone(char.upper()) < _USUAL}
    usual = usual.union(capitals, _HYPHENS, _SIGNS_OF, filter(is_possible, map(chr, _EMOJI))).difference(_FULL_WIDTH)
    return [(char, char.encode("utf-8", "surrogatepass"), script_of(char)) for char in sorted(usual)]


@cache
def in_pairs(written: str) -> list[tuple[str, bytes, str]]:
    r"""Return those of them that are two bytes in a legacy encoding, with these.

    >>> ("字", b"\xd7\xd6", "CJK") in in_pairs("gbk")
    True
    """
    options = encodings.bytes_options
    known = ((char, data, script) for char, _, script in every() for data in options(char, written))
    return [item for item in known if len(item[1]) == _PAIR]
