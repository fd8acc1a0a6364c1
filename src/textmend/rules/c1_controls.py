"""TM105: C1 control characters that are the punctuation of Windows."""

from __future__ import annotations

import re

from textmend.rules import clues
from textmend.rules.base import REPAIR, Context, Edit, Example, Rule, edits, found_by
from textmend.rules.characters import spelled

# The bytes that cp1252 does not use. Text with one of them was written in something else.
_UNUSED = "\x81\x8d\x8f\x90\x9d"

_ANY = re.compile("[\x80-\x9f]")
# UTF-8 that was read as latin-1 holds such characters too; it is passed over, it is no cp1252.
# Beside East Asian signs, or a mark of lost bytes, they are bytes that a reader of pairs showed by themselves.
_PLACES = re.compile(
    "(?P<other>[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})"
    "|(?<![\u2e80-\ufffd])[\x80-\x9f](?![\u2e80-\ufffd])"
)
_LINE = re.compile("[^\n]+")

# What cp1252 would not put there: an opening quote, a bullet or a sign right behind a letter, a closing
# quote inside a word. Where that is seen, the letters of an old Mac or DOS text are.
_OTHER_LETTERS = re.compile(r"[^\W\d_](?:[\x82\x84\x8b\x91\x93]|[\x80\x83\x86-\x89\x94\x95\x98\x9b][^\W\d_])")


def _change(match: re.Match[str]) -> tuple[str, str] | None:
    """Return the character of cp1252; None for what is UTF-8."""
    if match["other"]:
        return None
    char = match.group()
    return char.encode("latin-1").decode("cp1252"), f"{spelled(char)} is a character of cp1252 read as latin-1"


def _fix(text: str, _context: Context) -> list[Edit]:
    """Replace them, but not in lines that cannot be cp1252."""
    found = []
    unused = {char for char in _UNUSED if char in text}
    for line in _LINE.finditer(text):
        if _ANY.search(line.group()) and unused.isdisjoint(line.group()) and not _OTHER_LETTERS.search(line.group()):
            found += [
                Edit(edit.start + line.start(), edit.before, edit.after, edit.why)
                for edit in edits(line.group(), _PLACES, _change)
            ]
    return found


RULE = Rule(
    code="TM105",
    name="c1-controls",
    summary="C1 control characters that are the punctuation of Windows.",
    why=(
        "Nobody writes the controls U+0080 to U+009F. They are quotes, dashes and ellipses of cp1252 in a text that "
        "was read as latin-1; browsers show them as that. Lines with a byte that cp1252 does not use, or with a "
        "quote where a letter should be, are left alone, and so are UTF-8 that was read as latin-1 and what touches "
        "East Asian signs: a reader of pairs shows lone bytes so."
    ),
    examples=(Example("caf\xe9\x85", "caf\xe9…"), Example("\x80 5", "€ 5")),
    severity="error",
    profiles=REPAIR,
    find=found_by(_fix),
    fix=_fix,
    clue=clues.DAMAGE,
)
