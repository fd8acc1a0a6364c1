"""TM409: white space at the end of lines."""

from __future__ import annotations

import re

from textmend.rules.base import PLAIN, Context, Edit, Example, Rule, edits, found_by

# The look behind lets the search begin once for each run of spaces: it is linear.
_SPACES = re.compile(r"(?<![ \t])[ \t]++(?=[\r\n]|\Z)")
# Looking for each of these pairs takes a tenth of the time that looking at each space takes.
_LAST = (" ", "\t")
_INNER = tuple(space + end for space in _LAST for end in "\r\n")


def _change(_match: re.Match[str]) -> tuple[str, str]:
    """Take it away."""
    return "", "white space at the end of a line"


def _fix(text: str, _context: Context) -> list[Edit]:
    """Take white space away at the end of each line."""
    if not text.endswith(_LAST) and not any(end in text for end in _INNER):
        return []
    return edits(text, _SPACES, _change)


RULE = Rule(
    code="TM409",
    name="trailing-spaces",
    summary="White space at the end of lines.",
    why="Nobody sees it, and it makes lines differ that are the same. In Markdown two spaces there break the line.",
    examples=(Example("one  \ntwo\t\n", "one\ntwo\n"),),
    severity="info",
    profiles=PLAIN,
    find=found_by(_fix),
    fix=_fix,
    style=True,
)
