"""TM405: ligatures of Latin letters."""

from __future__ import annotations

import re

from textmend.rules import clues
from textmend.rules.base import PLAIN, Context, Edit, Example, Rule, edits, found_by

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_PLACES = re.compile("[\ufb00-\ufb06]")


def _change(match: re.Match[str]) -> tuple[str, str]:
    """Return the letters of a ligature."""
    return _LIGATURES[match.group()], "a ligature as one character"


def _fix(text: str, _context: Context) -> list[Edit]:
    """Replace each of them."""
    return edits(text, _PLACES, _change)


RULE = Rule(
    code="TM405",
    name="latin-ligatures",
    summary="Ligatures of Latin letters.",
    why="They come from PDF files. A word with one is not found, and not every font has them.",
    examples=(Example("ﬂubberiﬁc", "flubberific"),),
    severity="info",
    profiles=PLAIN,
    find=found_by(_fix),
    fix=_fix,
    style=True,
    clue=clues.BEYOND,
)
