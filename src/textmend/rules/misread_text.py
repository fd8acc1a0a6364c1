"""TM101: text that was written in one encoding and read in another."""

from __future__ import annotations

from textmend.rules import clues
from textmend.rules.base import REPAIR, Example, Rule
from textmend.rules.mendings import finder, fixer

TYPE_CHECKING = False  # a type checker takes it for true; importing typing costs milliseconds
if TYPE_CHECKING:
    from textmend.misreadings import Mending


def _whole(mending: Mending) -> bool:
    """Return whether the misreading kept all bytes."""
    return not mending.losses


RULE = Rule(
    code="TM101",
    name="misread-text",
    summary="Text that was written in one encoding and read in another.",
    why=(
        "The words are still there, but no reader and no search finds them. The misreading is "
        "undone only when garbling the repair again gives the damaged text back."
    ),
    examples=(
        Example("Russia鈥檚 foothold", "Russia’s foothold"),
        Example("鈥淪o the idea itself is correct.", "“So the idea itself is correct."),
        Example("Ð¿Ñ€Ð¸Ð²ÐµÑ‚", "привет"),
    ),
    severity="error",
    profiles=REPAIR,
    find=finder(_whole, "misread text"),
    fix=fixer(_whole),
    joint="misreadings",
    last_word=True,
    clue=clues.MISREAD,
)
