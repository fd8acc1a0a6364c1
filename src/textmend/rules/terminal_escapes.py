"""TM203: escape sequences for a terminal."""

from __future__ import annotations

import re

from textmend.rules import clues
from textmend.rules.base import TIDY, Context, Edit, Example, Rule, edits, found_by

# Control sequences (colours, cursor), strings for the terminal (titles, links), character sets, and
# the short ones. No part can take an ESC, so each character is looked at a bounded number of times.
_ESCAPES = re.compile(
    r"(?:\x1b(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]|[\]PX^_][^\x1b\x07\n]{0,4096}+(?:\x07|\x1b\\)"
    r"|[ -/]{1,4}[0-~]|[=>78cDEHMNOZ]))+"
)


def _change(_match: re.Match[str]) -> tuple[str, str]:
    """Take a sequence away."""
    return "", "an escape sequence for a terminal"


def _fix(text: str, _context: Context) -> list[Edit]:
    """Take each escape sequence away."""
    return edits(text, _ESCAPES, _change) if "\x1b" in text else []


RULE = Rule(
    code="TM203",
    name="terminal-escapes",
    summary="Escape sequences for a terminal.",
    why=(
        "A program that colours its output was captured in a file. Everywhere but in a terminal they are noise; in "
        "one they can hide text or change the title."
    ),
    examples=(Example("\x1b[1;31merror\x1b[0m: no such file", "error: no such file"),),
    severity="warning",
    profiles=TIDY,
    find=found_by(_fix),
    fix=_fix,
    clue=clues.CONTROLS,
)
