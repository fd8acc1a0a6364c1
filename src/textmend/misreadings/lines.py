"""Texts repaired without a record of how; lines that are texts of their own come again, and are remembered."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from textmend.misreadings import beyond, quick
from textmend.misreadings.document import judge
from textmend.misreadings.stable import applied
from textmend.options import Options

#: Lines that are remembered.
_LINES: Final = 1_000


def undone(text: str, options: Options) -> str:
    r"""Return what judging a text makes of it: all its mendings made.

    >>> undone("Ïðèâåò", Options()), undone("plain", Options()), undone("plain\nRussia鈥檚 foothold", Options())
    ('Привет', 'plain', 'plain\nRussia’s foothold')
    """
    plain = quick.is_line(text) and not (options.encodings or options.languages)
    return _remembered(text, options.min_confidence) if plain else _undone(text, options)


@lru_cache(maxsize=_LINES)
def _remembered(line: str, least: float) -> str:
    """Return what a line is repaired to by itself; least: the confidence that repairs must have."""
    return _undone(line, Options(min_confidence=least))


def _undone(text: str, options: Options) -> str:
    repaired = beyond.undone(text, options)
    return applied(text, judge(text, options).mendings) if repaired is None else repaired
