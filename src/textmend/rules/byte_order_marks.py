"""TM201: a byte order mark inside a text."""

from __future__ import annotations

import re

from textmend.rules import clues
from textmend.rules.base import TIDY, Context, Edit, Example, Rule, edits, found_by

_MARK = "\ufeff"
_MARKS = re.compile(f"{_MARK}+")


def _change(_match: re.Match[str]) -> tuple[str, str]:
    """Take a mark away."""
    return "", "a byte order mark is no part of a text"


def _fix(text: str, _context: Context) -> list[Edit]:
    """Take each byte order mark away."""
    return edits(text, _MARKS, _change) if _MARK in text else []


RULE = Rule(
    code="TM201",
    name="byte-order-marks",
    summary="A byte order mark inside a text.",
    why=(
        "Files were joined, or a file was read without taking its mark away. Nobody sees it, but the first column "
        "of a table then has another name, and a script does not start."
    ),
    examples=(Example("\ufeffid,name\n\ufeff1,Ann", "id,name\n1,Ann"),),
    severity="warning",
    profiles=TIDY,
    find=found_by(_fix),
    fix=_fix,
    clue=clues.HIDDEN,
)
