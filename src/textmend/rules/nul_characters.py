"""TM504: NUL characters in a text."""

from __future__ import annotations

import re

from textmend.rules import clues
from textmend.rules.base import TIDY, Context, Edit, Example, Rule, edits, found_by

_NULS = re.compile("\0+")


def _change(match: re.Match[str]) -> tuple[str, str]:
    """Take NULs away."""
    return "", f"{len(match.group())} NUL" + ("s" if len(match.group()) > 1 else "")


def _fix(text: str, _context: Context) -> list[Edit]:
    """Take each run of NULs away."""
    return edits(text, _NULS, _change) if "\0" in text else []


RULE = Rule(
    code="TM504",
    name="nul-characters",
    summary="NUL characters in a text.",
    why=(
        "They are padding of fixed fields, or every second byte of UTF-16. Databases refuse them, C programs stop "
        "there, and other programs take the file for binary data."
    ),
    examples=(Example("name\0\0\0\0", "name"),),
    severity="error",
    profiles=TIDY,
    find=found_by(_fix),
    fix=_fix,
    clue=clues.CONTROLS,
)
