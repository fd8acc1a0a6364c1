"""TM406: full-width letters and half-width kana."""

from __future__ import annotations

import re
import unicodedata

from textmend.rules import clues
from textmend.rules.base import PLAIN, Context, Edit, Example, Rule, edits, found_by
from textmend.rules.characters import EAST_ASIAN

# Punctuation is full-width in Chinese and Japanese text, and the ideographic space belongs there;
# they stay beside such text.
_MARKS = "\u3000\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff60"
_LETTERS = "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff61-\uff9f\uffa1-\uffdc\uffe0-\uffee"
_FORMS = re.compile(
    f"(?P<kept>(?<=[{EAST_ASIAN}{_MARKS}])[{_MARKS}]|[{_MARKS}](?=[{EAST_ASIAN}{_MARKS}]))|[{_LETTERS}]+|[{_MARKS}]"
)
_ANY = re.compile(f"[{_MARKS}{_LETTERS}]")


def _change(match: re.Match[str]) -> tuple[str, str] | None:
    """Return the usual forms; None for punctuation in East Asian text."""
    if match["kept"]:
        return None
    return unicodedata.normalize("NFKC", match.group()), "full- or half-width forms of other characters"


def _fix(text: str, _context: Context) -> list[Edit]:
    """Replace each run of full- and half-width forms."""
    return [] if not _ANY.search(text) else edits(text, _FORMS, _change)


RULE = Rule(
    code="TM406",
    name="width-forms",
    summary="Full-width letters and half-width kana.",
    why="They are other characters than the usual ones, so a search for one does not find the other.",
    examples=(Example("ＬＯＵＤ ﾊﾞｲｸ！", "LOUD バイク!"),),
    severity="info",
    profiles=PLAIN,
    find=found_by(_fix),
    fix=_fix,
    style=True,
    clue=clues.BEYOND,
)
