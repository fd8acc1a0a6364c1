"""TM401: line ends other than the line feed."""

from __future__ import annotations

import re

from textmend.rules import clues
from textmend.rules.base import TIDY, Context, Edit, Example, Rule, edits, found_by

# CRLF and CR; next line, line separator, paragraph separator; vertical tab, a line break in Word.
_ENDS = re.compile("\r\n?|[\x0b\x85\u2028\u2029]")
_NAMES = {
    "\r\n": "CRLF",
    "\r": "CR",
    "\x0b": "a vertical tab",
    "\x85": "U+0085 NEXT LINE",
    "\u2028": "U+2028 LINE SEPARATOR",
    "\u2029": "U+2029 PARAGRAPH SEPARATOR",
}


def _change(match: re.Match[str]) -> tuple[str, str]:
    """Return a line feed."""
    return "\n", f"{_NAMES[match.group()]} ends a line"


def _fix(text: str, _context: Context) -> list[Edit]:
    """Let each line end with a line feed."""
    return edits(text, _ENDS, _change) if any(end in text for end in _NAMES) else []


RULE = Rule(
    code="TM401",
    name="line-ends",
    summary="Line ends other than the line feed.",
    why="Text from several systems then compares as equal, and programs that know one kind alone see all lines.",
    examples=(Example("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),),
    severity="info",
    profiles=TIDY,
    find=found_by(_fix),
    fix=_fix,
    style=True,
    clue=clues.LAYOUT | clues.HIDDEN,
)
