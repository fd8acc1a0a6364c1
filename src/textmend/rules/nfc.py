"""TM402: characters that are not in Unicode's form NFC."""

from __future__ import annotations

from textmend.rules import clues
from textmend.rules.base import TIDY, Context, Edit, Example, Rule, found_by
from textmend.rules.normal_forms import normalising


def _fix(text: str, context: Context) -> list[Edit]:
    """Put together what one character can say."""
    if not context.codes.isdisjoint({"TM412"}):
        return []  # NFKC does the same and more
    return normalising("NFC", text, "parts of a character that exists as one")


RULE = Rule(
    code="TM402",
    name="nfc",
    summary="Characters in parts, or in forms that exist only for old encodings (NFC).",
    why=(
        "The same word can be written with é or with e and an accent. They look the same and are not equal. NFC is the "
        "form that most text is in and that the web asks for."
    ),
    examples=(Example("cafe\u0301 \u212b", "café Å"),),
    severity="info",
    profiles=TIDY,
    find=found_by(_fix),
    fix=_fix,
    style=True,
    clue=clues.BEYOND,
)
