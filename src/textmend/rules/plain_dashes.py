"""TM404: dashes and hyphens that are not on a keyboard."""

from __future__ import annotations

import re

from textmend.rules import clues
from textmend.rules.base import PLAIN, Context, Edit, Example, Rule, edits, found_by

_LONG = "\u2014\u2015"  # em dash, horizontal bar: two hyphens, as on a typewriter
_PLACES = re.compile("[\u2010-\u2015]")


def _change(match: re.Match[str]) -> tuple[str, str]:
    """Return one hyphen, or two for a long dash."""
    return "--" if match.group() in _LONG else "-", "a dash or hyphen that is not on a keyboard"


def _fix(text: str, _context: Context) -> list[Edit]:
    """Replace each of them."""
    return edits(text, _PLACES, _change)


RULE = Rule(
    code="TM404",
    name="plain-dashes",
    summary="Dashes and hyphens that are not on a keyboard.",
    why="Programs take them for parts of a word, or not for an option. For people to read, dashes are right.",
    examples=(Example("1998–2004 — non‑stop", "1998-2004 -- non-stop"),),
    severity="info",
    profiles=PLAIN,
    find=found_by(_fix),
    fix=_fix,
    style=True,
    clue=clues.BEYOND,
)
