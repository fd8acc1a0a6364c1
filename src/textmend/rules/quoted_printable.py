"""TM305: quoted-printable that was never decoded."""

from __future__ import annotations

import re

from textmend.rules import clues
from textmend.rules.base import TIDY, Context, Edit, Example, Rule, edits, found_by

_PLACES = re.compile(r"(?P<codes>(?:=[0-9A-F]{2})+)|=\r?\n")
# What says that a text is quoted-printable. One of them alone also stands in other text. Each pattern
# begins with the sign itself, so that the search goes from one sign to the next.
_SIGNS = (
    re.compile(r"=(?<=[^\s=]=)\r?\n"),  # a line that goes on in the next one
    re.compile("=3D"),  # the equals sign itself
    re.compile(r"=20(?:\r?\n|\Z)"),  # a space at the end of a line
    re.compile("=(?:C[2-9A-F]=[89AB][0-9A-F]|E[0-9A-F](?:=[89AB][0-9A-F]){2})"),  # UTF-8
)
_ENOUGH = 2  # signs


def _change(match: re.Match[str]) -> tuple[str, str] | None:
    """Return what codes stand for; a line that goes on is joined to the next."""
    codes = match["codes"]
    if codes is None:
        return "", "a line break of quoted-printable"
    try:
        shown = bytes.fromhex(codes.replace("=", "")).decode("utf-8")
    except UnicodeDecodeError:
        return None
    return (shown, f"{codes} is quoted-printable") if shown.replace("\t", "").isprintable() else None


def _fix(text: str, _context: Context) -> list[Edit]:
    """Decode a text in which enough says that it is quoted-printable."""
    if "=" not in text or sum(sign.search(text) is not None for sign in _SIGNS) < _ENOUGH:
        return []
    return edits(text, _PLACES, _change)


RULE = Rule(
    code="TM305",
    name="quoted-printable",
    summary="Quoted-printable that was never decoded.",
    why="The body of a mail was kept as it was sent. Words are broken, and letters with accents are codes.",
    examples=(Example("2 =3D 1 + 1, and a long=\n er line", "2 = 1 + 1, and a long er line"),),
    severity="warning",
    profiles=TIDY,
    find=found_by(_fix),
    fix=_fix,
    clue=clues.ESCAPES,
)
