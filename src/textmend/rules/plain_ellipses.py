"""TM407: an ellipsis as one character."""

from __future__ import annotations

import re

from textmend.rules import clues
from textmend.rules.base import PLAIN, Context, Edit, Example, Rule, edits, found_by

_PLACES = re.compile("\u2026")


def _change(_match: re.Match[str]) -> tuple[str, str]:
    """Return three dots."""
    return "...", "an ellipsis as one character"


def _fix(text: str, _context: Context) -> list[Edit]:
    """Replace each of them."""
    return edits(text, _PLACES, _change)


RULE = Rule(
    code="TM407",
    name="plain-ellipses",
    summary="An ellipsis as one character.",
    why="Three full stops say the same, and every program knows them.",
    examples=(Example("wait…", "wait..."),),
    severity="info",
    profiles=PLAIN,
    find=found_by(_fix),
    fix=_fix,
    style=True,
    clue=clues.BEYOND,
)
