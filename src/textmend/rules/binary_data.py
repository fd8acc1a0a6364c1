"""TM506: data that is no text."""

from __future__ import annotations

from textmend.rules import clues
from textmend.rules.base import REPAIR, Context, Hit, Rule


def _find(_text: str, _context: Context) -> list[Hit]:
    """Report nothing: only the bytes show it, so what decodes them speaks for this rule."""
    return []


RULE = Rule(
    code="TM506",
    name="binary-data",
    summary="Data that is no text.",
    why=(
        "An image, an archive or a program was given where text is wanted. Nothing in it is repaired. Only bytes show "
        "this: it is reported where bytes or files are read, never about a text."
    ),
    examples=(),
    severity="info",
    profiles=REPAIR,
    find=_find,
    clue=clues.NOTHING,
)
