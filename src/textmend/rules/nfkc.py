"""TM412: characters that are not in Unicode's form NFKC."""

from __future__ import annotations

from textmend.rules import clues
from textmend.rules.base import ON_REQUEST, Context, Edit, Example, Rule, found_by
from textmend.rules.normal_forms import normalising


def _fix(text: str, _context: Context) -> list[Edit]:
    """Replace forms of characters by the characters."""
    return normalising("NFKC", text, "a form of another character")


RULE = Rule(
    code="TM412",
    name="nfkc",
    summary="Forms of other characters: superscripts, circled digits, old signs (NFKC).",
    why=("A search for the plain character does not find them. Meaning can be lost: 10³ becomes 103."),
    examples=(Example("№ ① ½", "No 1 1⁄2"),),
    severity="info",
    profiles=ON_REQUEST,
    find=found_by(_fix),
    fix=_fix,
    style=True,
    clue=clues.BEYOND,
)
