"""What stands around a sign: the keys of the clue table.

The neighbours of a letter are told apart as letters; those of another sign only by their script and case.
"""

from __future__ import annotations

from functools import cache
from typing import Final

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
