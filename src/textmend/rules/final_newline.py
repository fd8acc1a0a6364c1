"""TM410: a last line without an end."""

from __future__ import annotations

from textmend.rules.base import ON_REQUEST, Context, Edit, Example, Rule, found_by

_ENDS = ("\r\n", "\n", "\r")


def _fix(text: str, _context: Context) -> list[Edit]:
    """End the last line like the first one."""
    if not text or text.endswith(("\n", "\r")):
        return []
    first = min((end for end in _ENDS if end in text), key=text.find, default="\n")
    return [Edit(len(text) - 1, text[-1], text[-1] + first, "the last line has no end")]


RULE = Rule(
    code="TM410",
    name="final-newline",
    summary="A last line without an end.",
    why="When files are joined, the last line of one and the first of the next become one. Values need none.",
    examples=(Example("one\ntwo", "one\ntwo\n"),),
    severity="info",
    profiles=ON_REQUEST,
    find=found_by(_fix),
    fix=_fix,
    style=True,
)
