"""TM207: tag characters outside of flags."""

from __future__ import annotations

import re

from textmend.rules import clues
from textmend.rules.base import TIDY, Context, Edit, Example, Rule, edits, found_by

# A flag: the black flag, then letters and digits of a region as tags, then the cancelling tag.
_TAGS = re.compile(
    "(?P<flag>\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,8}\U000e007f)|[\U000e0000-\U000e007f]+"
)
_FIRST, _LAST = 0xE0000, 0xE007F
_SHOWN = 40  # characters of a hidden text that are shown


def _change(match: re.Match[str]) -> tuple[str, str] | None:
    """Take tags away; leave flags."""
    if match["flag"]:
        return None
    hidden = "".join(chr(ord(char) - _FIRST) for char in match.group())
    shown = "".join(char for char in hidden if char.isprintable())[:_SHOWN]
    return "", f"tag characters that hide {shown!r}"


def _fix(text: str, _context: Context) -> list[Edit]:
    """Take each run of tag characters away that is not part of a flag."""
    return edits(text, _TAGS, _change)


RULE = Rule(
    code="TM207",
    name="tag-characters",
    summary="Tag characters outside of flags.",
    why=(
        "They are a copy of ASCII that nobody sees. Text for programs is hidden in them, such as orders to a language "
        "model. In the flags of England, Scotland, Wales and other regions they belong."
    ),
    examples=(
        Example(
            "Hi\U000e0068\U000e0069 \U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
            "Hi \U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
        ),
    ),
    severity="warning",
    profiles=TIDY,
    find=found_by(_fix),
    fix=_fix,
    clue=clues.HIDDEN,
)
