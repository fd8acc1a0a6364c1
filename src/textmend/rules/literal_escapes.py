"""TM303: escapes of programming languages that were never resolved."""

from __future__ import annotations

import re

from textmend.rules import clues
from textmend.rules.base import TIDY, Context, Edit, Example, Rule, edits, found_by

# A backslash before means that the backslash itself was escaped; a hyphen on either side means a range
# of characters in a regular expression.
_HEX = "[0-9A-Fa-f]"
_ESCAPES = re.compile(
    r"(?<![\\-])\\(?:u[dD][89abAB]" + _HEX + r"{2}\\u[dD][c-fC-F]" + _HEX + r"{2}"
    rf"|u{_HEX}{{4}}|u\{{{_HEX}{{1,6}}\}}|U{_HEX}{{8}}|x[aA]0)(?!-)"
)
_HEXADECIMAL = re.compile(f"{_HEX}{{2,8}}|{_HEX}")
_ASCII_WANTED = "'&"  # the ones of ASCII that programs escape in plain words; others may be syntax
_LAST = 0x10FFFF


def _character(escape: str) -> str | None:
    """Return what an escape stands for, None when it had better stay."""
    numbers = [int(digits.strip("{}"), 16) for digits in re.split(r"\\[uUx]", escape)[1:]]
    if len(numbers) == 2:
        numbers = [0x10000 + ((numbers[0] - 0xD800) << 10) + (numbers[1] - 0xDC00)]
    if numbers[0] > _LAST:
        return None
    char = chr(numbers[0])
    if char.isascii():
        return char if char in _ASCII_WANTED else None
    return char if char.isprintable() or (char.isspace() and char not in "\x85\u2028\u2029") else None


def _change(match: re.Match[str]) -> tuple[str, str] | None:
    """Return the character of an escape."""
    char = _character(match.group())
    return None if char is None else (char, f"{match.group()} was never resolved")


def _fix(text: str, _context: Context) -> list[Edit]:
    """Resolve each escape of a character that can be shown."""
    if "\\u" not in text and "\\U" not in text and "\\x" not in text:
        return []
    return edits(text, _ESCAPES, _change)


RULE = Rule(
    code="TM303",
    name="literal-escapes",
    summary="Escapes of programming languages that were never resolved.",
    why=(
        "JSON or source code was read as if it were text. Only escapes of characters that can be shown are resolved; "
        "those of quotes, brackets and line ends stay, because they may be syntax. Do not use it on source code."
    ),
    examples=(Example("caf\\u00e9 \\ud83d\\ude00", "café 😀"), Example("we don\\u2019t know", "we don’t know")),
    severity="warning",
    profiles=TIDY,
    find=found_by(_fix),
    fix=_fix,
    clue=clues.ESCAPES,
)
