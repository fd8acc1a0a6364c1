"""Quotes and brackets that open and close, questions that ask: what it costs when they do not agree."""

from __future__ import annotations

import re
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
#: What an East Asian question mark costs at the end of a line without any word that asks.
_UNASKED: Final = 6 * UNITS
_ASKS: Final = re.compile("[吗嗎谁誰哪呢何怎麼么几幾か]|是否|多少|难道|難道|どう|なぜ|どこ|いつ|(.)不\\1")


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


def unasked(char: str, text: str) -> int:
    """Return what a line costs more, in units, for the sign that it ends with: a question that does not ask.

    text: what of the line is legible.

    >>> unasked("？", "工程信任层"), unasked("？", "可以吗"), unasked("。", "工程信任层")
    (48, 0, 0)
    """
    return _UNASKED if char == "？" and _ASKS.search(text) is None else 0
