"""TM206: bidirectional controls that are unbalanced or that no letter needs."""

from __future__ import annotations

import re

from textmend.rules import bidi, clues
from textmend.rules.base import TIDY, Context, Edit, Example, Rule, found_by
from textmend.rules.characters import RIGHT_TO_LEFT, spelled

_RIGHT_TO_LEFT = re.compile(f"[{RIGHT_TO_LEFT}]")
_FORCED = bidi.EMBEDDINGS + bidi.OVERRIDES + bidi.POP + bidi.MARKS


def _fix(text: str, _context: Context) -> list[Edit]:
    """Take away what is unbalanced; and, where nothing runs from right to left, all but isolates.

    Where something does, an embedding that lasts to the end of the line may be what turns the line.
    """
    if not bidi.held(text, bidi.CONTROLS + bidi.MARKS):
        return []
    found = []
    for start, line in bidi.lines(text):
        wrong = set(bidi.unbalanced(line))
        if _RIGHT_TO_LEFT.search(line):
            wrong = {at for at in wrong if line[at] not in bidi.EMBEDDINGS}
        else:
            wrong.update(at for at, char in enumerate(line) if char in _FORCED)
        for at in sorted(wrong):
            reason = f"{spelled(line[at])} only hides how the text runs"
            found.append(Edit(start + at, line[at], "", reason))
    return found


RULE = Rule(
    code="TM206",
    name="bidi-controls",
    summary="Bidirectional controls that are unbalanced or that no letter needs.",
    why=(
        "Nobody sees them, they stay behind when text is copied, and they break searches and comparisons. In a line "
        "with letters that run from right to left embeddings and what is balanced stay; balanced isolates, "
        "which programs put round what they fill in, stay everywhere."
    ),
    examples=(Example("\u202a+49 30 1234\u202c", "+49 30 1234"), Example("\u200eplain", "plain")),
    severity="warning",
    profiles=TIDY,
    find=found_by(_fix),
    fix=_fix,
    clue=clues.HIDDEN,
)
