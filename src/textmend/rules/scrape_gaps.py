"""TM108: a gap where a word was cut out when a page was scraped."""

from __future__ import annotations

import re

from textmend.rules.base import ON_REQUEST, Context, Example, Hit, Rule

# A letter or digit, one space, a full stop or comma that ends something. No language puts a space
# there (French does before ; : ! ? alone).
_GAP = re.compile(r"(?<=[^\W_]) [.,](?=[\s\"'”’)]|\Z)")


def _find(text: str, _context: Context) -> list[Hit]:
    """Report each space before a full stop or comma."""
    if " ." not in text and " ," not in text:
        return []
    message = "a word seems to be missing before this mark"
    return [Hit(match.start(), match.end(), message) for match in _GAP.finditer(text)]


RULE = Rule(
    code="TM108",
    name="scrape-gaps",
    summary="A gap where a word was cut out when a page was scraped.",
    why=(
        "A scraper that drops links drops their words, and leaves a space before the full stop or comma that followed. "
        "Nothing brings them back; the place is reported for those who have the source."
    ),
    examples=(Example("It lies near a key town in , where fighting goes on.", None),),
    severity="info",
    profiles=ON_REQUEST,
    find=_find,
)
