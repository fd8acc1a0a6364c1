"""Lines that are texts of their own, and come again: what each is repaired to is remembered."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from textmend.misreadings import beyond, quick
from textmend.misreadings.document import judge
from textmend.misreadings.stable import applied
from textmend.options import Options

#: Lines that are remembered.
_LINES: Final = 1_000


def undone(text: str, options: Options) -> str | None:
    r"""Return what judging a text makes of it, where that takes less work: a line, or what is beyond doubt.

    None for any other text, and where bytes were lost.

    >>> undone("Ïðèâåò", Options()), undone("plain", Options()), undone("plain\nRussia鈥檚 foothold", Options())
    ('Привет', 'plain', None)
    """
    if options.encodings or options.languages:
        return None
    return _repaired(text, options.min_confidence) if quick.is_line(text) else beyond.undone(text, options)


@lru_cache(maxsize=_LINES)
def _repaired(line: str, least: float) -> str | None:
    """Return what a line is repaired to by itself, None where bytes were lost; least: the confidence it must have."""
    options = Options(min_confidence=least)
    repaired = beyond.undone(line, options)
    if repaired is not None:
        return repaired
    mendings = judge(line, options).mendings
    return None if any(mending.losses for mending in mendings) else applied(line, mendings)
