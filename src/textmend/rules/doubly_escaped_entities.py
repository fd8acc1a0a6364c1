"""TM302: entities whose ampersand was escaped again."""

from __future__ import annotations

import re

from textmend.rules import clues
from textmend.rules.base import TIDY, Context, Edit, Example, Hit, Rule
from textmend.rules.markup import ENTITY, character_of, has_tags

# The ampersand, escaped any number of times, before what is an entity with it. Giving the last
# "amp;" back always ends the search, so it is linear.
_DOUBLE = re.compile(f"&(?:(?:amp|#38|#[xX]26);)+(?=({ENTITY}))")


def _edits(text: str) -> list[Edit]:
    """Return the edits that leave one level of escaping."""
    if "&amp;" not in text and "&#" not in text:
        return []
    return [
        Edit(match.start(), match.group(), "&", f"&{match[1]} was escaped again")
        for match in _DOUBLE.finditer(text)
        if character_of("&" + match[1]) is not None
    ]


def _find(text: str, _context: Context) -> list[Hit]:
    """Report each of them; in markup without a repair."""
    found = _edits(text)
    if not found:
        return []
    markup = has_tags(text)
    return [Hit(edit.start, edit.end, edit.why, None if markup else edit.after) for edit in found]


def _fix(text: str, _context: Context) -> list[Edit]:
    """Leave one level of escaping, in a text without tags."""
    found = _edits(text)
    return [] if not found or has_tags(text) else found


RULE = Rule(
    code="TM302",
    name="doubly-escaped-entities",
    summary="Entities whose ampersand was escaped again.",
    why=(
        "Two programs escaped the same text, so people see the escape. In markup it may be meant so, as in a page "
        "about HTML; there it is only reported."
    ),
    examples=(Example("x &amp;lt; y", "x &lt; y"),),
    severity="warning",
    profiles=TIDY,
    find=_find,
    fix=_fix,
    clue=clues.ESCAPES,
)
