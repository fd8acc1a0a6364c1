"""TM208: soft hyphens."""

from __future__ import annotations

import re

from textmend.rules import clues
from textmend.rules.base import PLAIN, Context, Edit, Example, Rule, edits, found_by

_SOFT = "\xad"
_HYPHENS = re.compile(f"{_SOFT}+")


def _change(_match: re.Match[str]) -> tuple[str, str]:
    """Take a soft hyphen away."""
    return "", "a soft hyphen only says where a word may be parted"


def _fix(text: str, _context: Context) -> list[Edit]:
    """Take each soft hyphen away."""
    return edits(text, _HYPHENS, _change) if _SOFT in text else []


RULE = Rule(
    code="TM208",
    name="soft-hyphens",
    summary="Soft hyphens.",
    why="They say where a word may be parted and show nothing elsewhere. A search for the word does not find it.",
    examples=(Example("Donau\xaddampf\xadschiff", "Donaudampfschiff"),),
    severity="info",
    profiles=PLAIN,
    find=found_by(_fix),
    fix=_fix,
    style=True,
    clue=clues.HIDDEN,
)
