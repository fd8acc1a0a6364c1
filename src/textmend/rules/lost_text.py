"""TM103: text that no repair can bring back."""

from __future__ import annotations

from textmend.rules import clues
from textmend.rules.base import REPAIR, Context, Example, Hit, Rule


def _find(text: str, context: Context) -> list[Hit]:
    """Report each mark that a lost text leaves behind."""
    return [Hit(mark.start, mark.end, mark.message) for mark in context.judgement(text).lost]


RULE = Rule(
    code="TM103",
    name="lost-text",
    summary="Marks that stand where text was lost for good.",
    why=(
        "A decoder put a replacement character for each byte that it could not read, and that "
        "was encoded and misread again. Every text leaves the same marks, so nothing can be "
        "restored: the text has to come from its source again."
    ),
    examples=(Example("锟斤拷锟斤拷", None),),
    severity="error",
    profiles=REPAIR,
    find=_find,
    joint="misreadings",
    clue=clues.LOST,
)
