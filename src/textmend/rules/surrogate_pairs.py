"""TM106: a character beyond U+FFFF as two surrogates."""

from __future__ import annotations

import re

from textmend.rules import clues
from textmend.rules.base import REPAIR, Context, Edit, Example, Rule, edits, found_by
from textmend.rules.characters import holds_surrogates

_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def _change(match: re.Match[str]) -> tuple[str, str]:
    """Return the character that the pair stands for."""
    char = match.group().encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    return char, f"two surrogates stand for U+{ord(char):04X}"


def _fix(text: str, _context: Context) -> list[Edit]:
    """Put each pair together."""
    return edits(text, _PAIR, _change) if holds_surrogates(text) else []


RULE = Rule(
    code="TM106",
    name="surrogate-pairs",
    summary="A character beyond U+FFFF as two surrogates.",
    why=(
        "UTF-16 was read two bytes at a time, or escapes of JSON were not put together. Such a text cannot be written "
        "as UTF-8: programs fail on it or lose the character."
    ),
    examples=(Example("hello \ud83d\ude00", "hello 😀"),),
    severity="error",
    profiles=REPAIR,
    find=found_by(_fix),
    fix=_fix,
    clue=clues.DAMAGE,
)
