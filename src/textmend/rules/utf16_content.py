"""TM505: UTF-16 that was read one byte at a time."""

from __future__ import annotations

import re

from textmend.rules import clues
from textmend.rules.base import REPAIR, Context, Example, Hit, Rule

# A shorter stretch may be a list of fields that end with NUL.
_LEAST = 4  # characters, each with its NUL

# NUL, then something; nothing else of the pattern repeats without bound.
_UTF16 = re.compile(f"(?:[^\\0]\\0){{{_LEAST},}}+[^\\0]?|(?:\\0[^\\0]){{{_LEAST},}}+")


def _find(text: str, _context: Context) -> list[Hit]:
    """Report each stretch in which every second character is NUL."""
    if "\0" not in text:
        return []
    return [
        Hit(match.start(), match.end(), "every second character is NUL: this is UTF-16 read one byte at a time")
        for match in _UTF16.finditer(text)
    ]


RULE = Rule(
    code="TM505",
    name="utf16-content",
    summary="UTF-16 that was read one byte at a time.",
    why=(
        "Windows tools write UTF-16 where a byte order mark is easily missed, above all when they add to a file "
        "that was UTF-8. Searches find nothing in it."
    ),
    examples=(Example("log: o\0p\0e\0n\0e\0d\0", None),),
    severity="error",
    profiles=REPAIR,
    find=_find,
    clue=clues.CONTROLS,
)
