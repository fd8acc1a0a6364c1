"""TM304: percent escapes outside of addresses."""

from __future__ import annotations

import re

from textmend.rules import clues
from textmend.rules.base import TIDY, Context, Edit, Example, Rule, edits, found_by

# beginning with the sign itself, so that the search goes from one sign to the next
_RUNS = re.compile("%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2})*")
_NEAR = 200  # characters on each side in which the word is looked for; longer ones are addresses
_ADDRESS = ("://", "www.", "/", "?", "&", "=", "@", "\\")
_SPACE = re.compile(r"\s")


def _word(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and after a place in the same word."""
    before = _SPACE.split(text[max(0, start - _NEAR) : start])[-1]
    after = _SPACE.split(text[end : end + _NEAR], maxsplit=1)[0]
    return before, after


def _change(match: re.Match[str]) -> tuple[str, str] | None:
    """Return what a run of escapes stands for, None where it belongs or means something else."""
    try:
        shown = bytes.fromhex(match.group().replace("%", "")).decode("utf-8")
    except UnicodeDecodeError:
        return None
    if not shown.isprintable() or "%" in shown:
        return None
    before, after = _word(match.string, match.start(), match.end())
    if any(sign in before or sign in after for sign in _ADDRESS):
        return None
    # ASCII alone proves little: "100%20" is no escape. Between letters it is one.
    between_letters = before[-1:].isalpha() and after[:1].isalpha()
    if shown.isascii() and not between_letters:
        return None
    return shown, f"{match.group()} outside of an address"


def _fix(text: str, _context: Context) -> list[Edit]:
    """Resolve the escapes in words that are no addresses."""
    return edits(text, _RUNS, _change) if "%" in text else []


RULE = Rule(
    code="TM304",
    name="percent-escapes",
    summary="Percent escapes outside of addresses.",
    why="A name was taken from an address and kept its escapes. In addresses they belong and are left alone.",
    examples=(Example("Hello%20World, see https://example.org/a%20b", "Hello World, see https://example.org/a%20b"),),
    severity="warning",
    profiles=TIDY,
    find=found_by(_fix),
    fix=_fix,
    clue=clues.ESCAPES,
)
