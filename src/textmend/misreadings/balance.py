"""Quotes and brackets that open and close: what it costs when they do not agree."""

from __future__ import annotations

from typing import Final

from textmend.plausibility.model import UNITS

#: A closing quote without an opening one, and the other way round.
UNBALANCED: Final = 3 * UNITS
#: What a closing quote saves that has its opening one.
_BALANCED: Final = 3 * UNITS
#: What it costs that a sign closes another one than is open.
_CROSSED: Final = 6 * UNITS
#: What a closing quote saves behind a stop that is an apostrophe behind letters, and has its opening one.
_SINGLE: Final = 8 * UNITS
_STOPS: Final = frozenset(".,!?…")
#: Signs remembered as open.
_DEEPEST: Final = 2
#: What closes each opening sign.
_CLOSERS: Final = {"“": "”", "„": "“”", "«": "»", "「": "」", "『": "』", "《": "》", "（": "）", "【": "】"}
_CLOSING: Final = frozenset("”»」』》）】")


def balance(opened: str, before: str, char: str) -> tuple[str, int]:
    """Return which signs are open after a sign, and what it costs, in units, for their sake.

    before: the sign before it.

    >>> balance("", " ", "“"), balance("“", "a", "”"), balance("", " ", "a")
    (('“', 0), ('', -24), ('', 0))
    >>> balance("‘", "?", "’"), balance("‘", "n", "’")
    (('', -64), ('‘', 0))
    """
    if char == "’":
        return (opened[:-1], -_SINGLE) if opened[-1:] == "‘" and before in _STOPS else (opened, 0)
    if char == "‘":
        return (opened + char)[-_DEEPEST:], 0
    if char not in _CLOSERS and char not in _CLOSING:
        return opened, 0
    if char in _CLOSING:
        opened = opened.rstrip("‘")  # an apostrophe, since nothing closed it
    if opened and char in _CLOSERS.get(opened[-1], ""):
        return opened[:-1], -_BALANCED
    if char in _CLOSING or opened[-1:] == char:
        return opened, _CROSSED if opened and opened[-1] != char else UNBALANCED
    return (opened + char)[-_DEEPEST:], 0
