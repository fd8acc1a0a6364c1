"""Quotes and brackets that open and close: what it costs when they do not agree."""

from __future__ import annotations

from typing import Final

from textmend.plausibility.model import UNITS

#: A closing quote without an opening one, and the other way round.
UNBALANCED: Final = 3 * UNITS
#: What a closing quote saves that has its opening one.
_BALANCED: Final = 3 * UNITS
#: Signs remembered as open.
_DEEPEST: Final = 2
#: What closes each opening sign.
_CLOSERS: Final = {"“": "”", "„": "“”", "«": "»", "「": "」", "『": "』", "《": "》", "（": "）", "【": "】"}
_CLOSING: Final = frozenset("”»」』》）】")


def balance(opened: str, char: str) -> tuple[str, int]:
    """Return which signs are open after a sign, and what it costs, in units, for their sake.

    >>> balance("", "“"), balance("“", "”"), balance("", "a")
    (('“', 0), ('', -24), ('', 0))
    """
    if char not in _CLOSERS and char not in _CLOSING:
        return opened, 0
    if opened and char in _CLOSERS[opened[-1]]:
        return opened[:-1], -_BALANCED
    if char in _CLOSING or opened[-1:] == char:
        return opened, UNBALANCED
    return (opened + char)[-_DEEPEST:], 0
