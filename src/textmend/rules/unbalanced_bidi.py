"""TM205: a bidirectional control that is not closed on its line, or closes nothing."""

from __future__ import annotations

from textmend.rules import bidi, clues
from textmend.rules.base import REPAIR, Context, Example, Hit, Rule
from textmend.rules.characters import spelled


def _find(text: str, _context: Context) -> list[Hit]:
    """Report each control that is unbalanced."""
    if not bidi.held(text):
        return []
    return [
        Hit(start + at, start + at + 1, f"{spelled(line[at])} is unbalanced: the line may not say what it shows")
        for start, line in bidi.lines(text)
        for at in bidi.unbalanced(line)
    ]


RULE = Rule(
    code="TM205",
    name="unbalanced-bidi",
    summary="A bidirectional control that is not closed on its line, or closes nothing.",
    why=(
        "It turns the rest of the line around, so that people read something else than programs do. Source code has "
        "been attacked that way. Languages written from right to left need such controls, but closed ones."
    ),
    examples=(Example("if admin: \u202e # check", None),),
    severity="warning",
    profiles=REPAIR,
    find=_find,
    clue=clues.BIDI,
)
