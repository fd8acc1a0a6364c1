"""TM411: characters that are not in Unicode's form NFD."""

from __future__ import annotations

from textmend.rules import clues
from textmend.rules.base import ON_REQUEST, Context, Edit, Example, Rule, found_by
from textmend.rules.normal_forms import normalising


def _fix(text: str, context: Context) -> list[Edit]:
    """Take characters apart."""
    if not context.codes.isdisjoint({"TM402", "TM412"}):
        return []  # a text has one form; the composed ones go first
    return normalising("NFD", text, "a character that has parts")


RULE = Rule(
    code="TM411",
    name="nfd",
    summary="Characters that can be taken apart (NFD).",
    why=(
        "Some programs for search and for file names want letters and accents apart. It does nothing where NFC or "
        "NFKC is asked for too."
    ),
    examples=(Example("café", "cafe\u0301"),),
    severity="info",
    profiles=ON_REQUEST,
    find=found_by(_fix),
    fix=_fix,
    style=True,
    clue=clues.BEYOND,
)
