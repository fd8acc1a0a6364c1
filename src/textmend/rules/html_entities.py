"""TM301: entities of HTML in a text that is none."""

from __future__ import annotations

import re

from textmend.rules import clues
from textmend.rules.base import TIDY, Context, Edit, Example, Rule, edits, found_by
from textmend.rules.markup import ENTITY, character_of, has_tags

_ENTITIES = re.compile("&" + ENTITY)


def _change(match: re.Match[str]) -> tuple[str, str] | None:
    """Return the character of an entity, None for one that is not known."""
    shown = character_of(match.group())
    return None if shown is None else (shown, f"{match.group()} in a text without tags")


def _fix(text: str, _context: Context) -> list[Edit]:
    """Replace each entity, in a text without tags."""
    if "&" not in text or ";" not in text or has_tags(text):
        return []
    return edits(text, _ENTITIES, _change)


RULE = Rule(
    code="TM301",
    name="html-entities",
    summary="Entities of HTML in a text that is none.",
    why=(
        "A text was cut out of a page and kept its escapes, which nobody will resolve any more. Where tags are, "
        "the text is markup and its entities belong there."
    ),
    examples=(Example("Caf&eacute; &amp; bar&hellip;", "Café & bar…"), Example("P&EACUTE;REZ", "PÉREZ")),
    severity="warning",
    profiles=TIDY,
    find=found_by(_fix),
    fix=_fix,
    clue=clues.ESCAPES,
)
