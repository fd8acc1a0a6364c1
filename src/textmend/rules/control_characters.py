"""TM202: control characters that mean nothing in a text."""

from __future__ import annotations

import re

from textmend.rules import clues
from textmend.rules.base import TIDY, Context, Edit, Example, Rule, edits, found_by
from textmend.rules.characters import spelled

# All but NUL (TM504), tab, line feed, vertical tab, form feed, carriage return and next line (TM401),
# which separate things.
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]+")


def _change(match: re.Match[str]) -> tuple[str, str]:
    """Take a run of controls away."""
    return "", f"{spelled(match.group())} shows nothing"


def _fix(text: str, _context: Context) -> list[Edit]:
    """Take each run of control characters away."""
    return edits(text, _CONTROLS, _change)


RULE = Rule(
    code="TM202",
    name="control-characters",
    summary="Control characters that mean nothing in a text.",
    why="They come from other programs or broken transfers. XML and JSON forbid them, and terminals may obey them.",
    examples=(Example("a\x02b\x7f", "ab"),),
    severity="warning",
    profiles=TIDY,
    find=found_by(_fix),
    fix=_fix,
    clue=clues.CONTROLS | clues.HIDDEN,
)
