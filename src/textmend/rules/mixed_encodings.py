"""TM502: a file that is UTF-8 in one place and something else in another."""

from __future__ import annotations

import re

from textmend.rules import clues
from textmend.rules.base import REPAIR, Context, Example, Hit, Rule
from textmend.rules.characters import holds_surrogates

_BYTES = re.compile("(?<![\ud800-\udbff])[\udc80-\udcff]")
_UTF8 = re.compile("[^\x00-\x7f\ud800-\udfff]")


def _find(text: str, _context: Context) -> list[Hit]:
    """Report the first byte that is not UTF-8 in a text that is UTF-8 elsewhere."""
    if not holds_surrogates(text):
        return []
    stray, valid = _BYTES.search(text), _UTF8.search(text)
    if stray is None or valid is None:
        return []
    return [Hit(stray.start(), stray.end(), "this is not UTF-8, but other places are: the encoding changes inside")]


RULE = Rule(
    code="TM502",
    name="mixed-encodings",
    summary="A file that is UTF-8 in one place and something else in another.",
    why=(
        "Files that were put together from several sources read wrong in every encoding. Name the encoding of each "
        "part, or repair the bytes rather than the text."
    ),
    examples=(Example("Zürich\nGen\udce8ve", None),),
    severity="error",
    profiles=REPAIR,
    find=_find,
    clue=clues.DAMAGE,
)
