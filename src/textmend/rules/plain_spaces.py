"""TM408: spaces of other widths, and no-break spaces."""

from __future__ import annotations

import re

from textmend.rules import clues
from textmend.rules.base import PLAIN, Context, Edit, Example, Rule, edits, found_by
from textmend.rules.characters import spelled

# The ideographic space (U+3000) belongs to East Asian text; TM406 speaks of it.
_PLACES = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f]+")


def _change(match: re.Match[str]) -> tuple[str, str]:
    """Return as many plain spaces."""
    return " " * len(match.group()), f"{spelled(match.group())} instead of a space"


def _fix(text: str, _context: Context) -> list[Edit]:
    """Replace each of them."""
    return edits(text, _PLACES, _change)


RULE = Rule(
    code="TM408",
    name="plain-spaces",
    summary="Spaces of other widths, and no-break spaces.",
    why=(
        "They look like a space, but words beside them are not found and numbers not read. In French and in "
        "print they are right."
    ),
    examples=(Example("10\xa0000 €\u2009!", "10 000 € !"),),
    severity="info",
    profiles=PLAIN,
    find=found_by(_fix),
    fix=_fix,
    style=True,
    clue=clues.HIDDEN,
)
