"""TM204: characters that nobody sees, where no script needs them."""

from __future__ import annotations

import functools
import re

from textmend.rules import clues
from textmend.rules.base import TIDY, Context, Edit, Example, Rule, edits, found_by
from textmend.rules.characters import COMBINING, EMOJI, HAN, JOINING, spelled

# The joiners, spaces and fillers that some scripts need; they stay beside a letter of one of those.
_NEEDED_BY_SCRIPTS = "\u034f\u180e\u200b\u200c\u200d\u2060\ufe00-\ufe0e"
_JAMO_FILLERS = "\u115f\u1160"  # they stay beside Hangul letters
_SELECTORS = "\ufe00-\ufe0f"
_HAN_SELECTORS = "\U000e0100-\U000e01ef"
# No text needs these: fillers that are blank letters, deprecated format characters, annotations,
# the place of an object that is not there.
_NEVER = "\u3164\uffa0\u206a-\u206f\ufff9-\ufffc"

_ALL = f"{_NEEDED_BY_SCRIPTS}{_JAMO_FILLERS}\ufe0f{_HAN_SELECTORS}{_NEVER}"


@functools.cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of invisible characters; the group `kept` is what belongs where it stands."""
    selected = f"[#*0-9{EMOJI}{HAN}{JOINING}\u2200-\u22ff\u2a00-\u2aff\u0030\u2007-\u2bff]"
    kept = (
        f"(?<=[{JOINING}{COMBINING}])[{_NEEDED_BY_SCRIPTS}]",
        f"[{_NEEDED_BY_SCRIPTS}](?=[{JOINING}{COMBINING}])",
        f"(?<=[\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb])[{_JAMO_FILLERS}]",
        f"[{_JAMO_FILLERS}](?=[\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb])",
        f"(?<=[{EMOJI}\U000e007f])\u200d(?=[{EMOJI}])",
        f"(?<={selected})[{_SELECTORS}]",
        f"(?<=[{HAN}])[{_HAN_SELECTORS}]",
    )
    return re.compile(f"(?P<kept>{'|'.join(kept)})|[{_ALL}]")


_QUICK = re.compile(f"[{_ALL}]")


def _change(match: re.Match[str]) -> tuple[str, str] | None:
    """Take a character away unless it belongs where it stands."""
    return None if match["kept"] else ("", f"{spelled(match.group())} shows nothing")


def _fix(text: str, _context: Context) -> list[Edit]:
    """Take each invisible character away that nothing near it needs."""
    if not _QUICK.search(text):
        return []
    return edits(text, _pattern(), _change)


RULE = Rule(
    code="TM204",
    name="invisible-characters",
    summary="Characters that nobody sees, where no script needs them.",
    why=(
        "Zero-width spaces, joiners, fillers and selectors stay behind when text is copied, or were put there to fool "
        "filters. Words with them are not found. Beside letters of scripts that are spelled with joiners, in emoji and "
        "after the ideographs that they select, they stay."
    ),
    examples=(
        Example("pass\u200bword", "password"),
        Example("می\u200cخواهم, \U0001f469\u200d\U0001f4bb, a\u200db", "می\u200cخواهم, \U0001f469\u200d\U0001f4bb, ab"),
    ),
    severity="warning",
    profiles=TIDY,
    find=found_by(_fix),
    fix=_fix,
    clue=clues.BEYOND,
)
