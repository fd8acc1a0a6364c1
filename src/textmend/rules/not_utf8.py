"""TM501: bytes of a file that are not UTF-8."""

from __future__ import annotations

import re

from textmend.rules import clues
from textmend.rules.base import REPAIR, Context, Example, Hit, Rule
from textmend.rules.characters import holds_surrogates

_BYTES = re.compile("(?<![\ud800-\udbff])[\udc80-\udcff]+")
_SHOWN = 8  # bytes that are shown of one run


def _find(text: str, _context: Context) -> list[Hit]:
    """Report each run of bytes that were kept as surrogates."""
    if not holds_surrogates(text):
        return []
    hits = []
    for match in _BYTES.finditer(text):
        data = bytes(ord(char) - 0xDC00 for char in match.group())
        shown = data[:_SHOWN].hex(" ").upper() + (" ..." if len(data) > _SHOWN else "")
        hits.append(Hit(match.start(), match.end(), f"not UTF-8: {shown}"))
    return hits


RULE = Rule(
    code="TM501",
    name="not-utf8",
    summary="Bytes of a file that are not UTF-8.",
    why=(
        "Programs that expect UTF-8 stop here or put replacement characters. The bytes are kept as they were "
        "(Python's surrogateescape) and written back unchanged."
    ),
    examples=(Example("caf\udce9", None),),
    severity="error",
    profiles=REPAIR,
    find=_find,
    clue=clues.DAMAGE,
)
