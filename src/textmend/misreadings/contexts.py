"""What stands around a sign: the keys of the clue table.

The neighbours of a letter are told apart as letters; those of another sign only by their script and case.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

#: What may stand before and behind a word in place of a space. UTF-8 read in another encoding has those beyond ASCII
#: beside letters too; but there they are clues themselves.
_OPENING: Final = frozenset("\"'([{*_`/.-|>=„“«‘¿¡")
_CLOSING: Final = frozenset("\"')]}*_`/.,;:!?-|<")
#: Marks over Arabic letters: where one stands others may, and a letter with a mark is a letter.
_MARKS: Final = frozenset("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670")
_MARK: Final = "\u064e"
_MARKED: Final = "ع"
#: East Asian letters, the punctuation of their texts, and what such texts take from others.
_EASTERN_LETTER: Final = re.compile("[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_EASTERN_SIGN: Final = re.compile("[\u3001\u3002\u3008-\u3011\u3014-\u3017\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]")
_SHARED_SIGN: Final = re.compile("[“”‘’…]")

_SPACES: Final = frozenset("\n\r\t\xa0\u2009\u200a\u202f\u3000")


def _kind(char: str) -> str:
    """Return what stands for a neighbour of a letter: letters by themselves, the rest by kind."""
    if char.isascii():
        if char.isalpha():
            return char.lower()
        if char.isdigit():
            return "0"
        return char if char in " '\"-." else "."
    if char in _SPACES:
        return " "
    lower = char.lower()
    if char.isalpha():
        if char < "\u0530" or "\u1e00" <= char < "\u2000":
            return lower if len(lower) == 1 else char
        return _script(char)
    return "." if "\u3000" <= char < "\u3040" or "\uff00" <= char < "\uff65" else char


def _broad_kind(char: str) -> str:
    """Return what stands for a neighbour of a sign: letters by their script and case."""
    if char.isascii() and char.isalpha():
        return "a" if char.islower() else "A"
    if char.isalpha() and char >= "\u0370":
        return _script(char)
    return _kind(char)


def _script(char: str) -> str:
    """Return one letter that stands for the script of a letter."""
    code = ord(char)
    if code < 0x400:
        return "α"
    if code < 0x530:
        return "я"
    if code < 0x600:
        return "א"
    if code < 0x700:
        return "ع"
    if 0x3400 <= code < 0xA000:
        return "一"
    if 0x3040 <= code < 0x3100:
        return "あ"
    if 0xAC00 <= code < 0xD7A4:
        return "가"
    return char


_folded = cache(_kind)
_broad = cache(_broad_kind)


def context(before: str, char: str, after: str) -> str:
    """Return the table's key of a sign between two others.

    >>> context("C", "É", " "), context("x", "é", "7"), context("t", "·", "e")
    ('cé ', 'xé0', 'a·a')
    """
    if not char.isalpha():
        return _broad(before) + char + _broad(after)
    first, last = _folded(before), _folded(after)
    if char.isupper() and not (before.islower() and before.isalpha()):
        lower = char.lower()
        if len(lower) == 1:
            return first + lower + last
    return first + char + last


def likened(before: str, char: str, after: str) -> str:
    """Return the key of what is as usual between its neighbours as a sign is, itself where there is nothing else.

    A quote or a full stop beside a word is as usual as a space, and ``ё`` as the ``е`` that most texts have for it.

    >>> likened("«", "М", "н"), likened("р", "ё", "т"), likened("Р", "ё", "Р")
    (' мн', 'рет', 'рёр')
    """
    if (char.isalpha() or char in _MARKS) and (before.isalpha() or after.isalpha()):  # a letter by itself says nothing
        before, after = " " if before in _OPENING else before, " " if after in _CLOSING else after
    if not (before.isupper() and char == "ё" and not after.islower()):  # so begins what UTF-8 becomes
        before, char, after = (sign.replace("ё", "е").replace("Ё", "Е") for sign in (before, char, after))
    if char in _MARKS or before in _MARKS or after in _MARKS:
        before, after = (_MARKED if sign in _MARKS else sign for sign in (before, after))
        char = _MARK if char in _MARKS else char
    return context(before, char, after)


def is_eastern(before: str, char: str, after: str) -> bool:
    """Tell whether a sign is one of those that stand anywhere in East Asian text, and stands in such.

    >>> is_eastern("e", "）", "”"), is_eastern("g", "”", "而"), is_eastern("e", "”", "F")
    (True, True, False)
    """
    beside = [sign for sign in (before, after) if _EASTERN_LETTER.match(sign) or _EASTERN_SIGN.match(sign)]
    if _EASTERN_SIGN.match(char):
        return bool(beside) or _SHARED_SIGN.search(before + after) is not None
    return bool(beside) and _SHARED_SIGN.match(char) is not None
