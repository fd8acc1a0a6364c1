"""TM107: half of a character beyond U+FFFF, without the other half."""

from __future__ import annotations

import re

from textmend.rules import clues
from textmend.rules.base import REPAIR, Context, Example, Hit, Rule
from textmend.rules.characters import holds_surrogates, spelled

# U+DC80 to U+DCFF stand for bytes that are not UTF-8 (surrogateescape); TM501 speaks of them.
_LONE = re.compile("[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udc7f\udd00-\udfff]")


def _find(text: str, _context: Context) -> list[Hit]:
    """Report each surrogate that has no partner and is no byte."""
    if not holds_surrogates(text):
        return []
    return [
        Hit(match.start(), match.end(), f"{spelled(match.group())} is a surrogate without its other half")
        for match in _LONE.finditer(text)
    ]


RULE = Rule(
    code="TM107",
    name="lone-surrogates",
    summary="Half of a character beyond U+FFFF, without the other half.",
    why=(
        "A text was cut inside a character, or one half was filtered out. The character is lost, and the text cannot "
        "be written as UTF-8. It is left as it is, because a replacement character would hide that."
    ),
    examples=(Example("cut here \ud83d", None),),
    severity="error",
    profiles=REPAIR,
    find=_find,
    clue=clues.DAMAGE,
)
