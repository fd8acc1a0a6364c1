"""TM104: misread text that lost bytes, which were worked out."""

from __future__ import annotations

from textmend.rules import clues
from textmend.rules.base import REPAIR, Example, Rule
from textmend.rules.mendings import finder, fixer

TYPE_CHECKING = False  # a type checker takes it for true; importing typing costs milliseconds
if TYPE_CHECKING:
    from textmend.misreadings import Mending


def _lossy(mending: Mending) -> bool:
    """Return whether the misreading lost bytes."""
    return bool(mending.losses)


RULE = Rule(
    code="TM104",
    name="restored-bytes",
    summary="Misread text that lost bytes, which were worked out.",
    why=(
        "Where the reader met a byte that it could not read, the byte was dropped or replaced. What it was is "
        "chosen among the bytes that this reader would really have lost, and the choice is recorded with its "
        "probability. Disable this rule to undo only misreadings that kept every byte."
    ),
    examples=(
        Example(
            "鈥淏ut there are issues with our colleagues and partners.鈥",
            "“But there are issues with our colleagues and partners.”",
        ),
    ),
    severity="error",
    profiles=REPAIR,
    find=finder(_lossy, "misread text with lost bytes"),
    fix=fixer(_lossy),
    joint="misreadings",
    last_word=True,
    clue=clues.MISREAD,
)
