"""TM503: lines of one text that end in different ways."""

from __future__ import annotations

from textmend.rules import clues
from textmend.rules.base import TIDY, Context, Example, Hit, Rule


def _find(text: str, _context: Context) -> list[Hit]:
    """Report the first line that ends unlike most of them."""
    if "\r" not in text:
        return []
    pairs = text.count("\r\n")
    counts = {"\r\n": pairs, "\n": text.count("\n") - pairs, "\r": text.count("\r") - pairs}
    usual = max(counts, key=lambda end: counts[end])
    if sum(count > 0 for count in counts.values()) < 2:
        return []
    names = {"\r\n": "CRLF", "\n": "LF", "\r": "CR"}
    said = ", ".join(f"{count} with {names[end]}" for end, count in counts.items() if count)
    at, end = min((_first(text, end), end) for end, count in counts.items() if count and end != usual)
    return [Hit(at, at + len(end), f"lines end in different ways: {said}")]


def _first(text: str, end: str) -> int:
    """Return the offset of the first line end of one kind."""
    at = text.find(end)
    while (end == "\n" and at > 0 and text[at - 1] == "\r") or (end == "\r" and text.startswith("\n", at + 1)):
        at = text.find(end, at + 1)
    return at


RULE = Rule(
    code="TM503",
    name="mixed-line-ends",
    summary="Lines of one text that end in different ways.",
    why="Comparisons show lines as changed that are not, and some programs see one line where there are many.",
    examples=(Example("one\r\ntwo\nthree\r\n", None),),
    severity="info",
    profiles=TIDY,
    find=_find,
    clue=clues.LAYOUT,
)
