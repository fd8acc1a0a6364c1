"""TM403: curly quotes."""

from __future__ import annotations

import re

from textmend.rules import clues
from textmend.rules.base import PLAIN, Context, Edit, Example, Rule, edits, found_by

# The apostrophe of Ukrainian and Hawaiian (U+02BC, U+02BB) is a letter and stays; so are « and » quotes
# of their own kind.
_SINGLE = "\u2018\u2019\u201a\u201b"
_PLACES = re.compile("[\u2018-\u201f]")


def _change(match: re.Match[str]) -> tuple[str, str]:
    """Return the straight quote."""
    return "'" if match.group() in _SINGLE else '"', "a curly quote"


def _fix(text: str, _context: Context) -> list[Edit]:
    """Replace each of them."""
    return edits(text, _PLACES, _change)


RULE = Rule(
    code="TM403",
    name="plain-quotes",
    summary="Curly quotes.",
    why="Shells, compilers and some others know the straight ones alone. For people to read, curly ones are right.",
    examples=(Example("“So,” it’s ‘plain’", "\"So,\" it's 'plain'"),),
    severity="info",
    profiles=PLAIN,
    find=found_by(_fix),
    fix=_fix,
    style=True,
    clue=clues.BEYOND,
)
