"""What quotes, dashes and the ellipsis cost between their neighbours.

The model's own table knows one neighbour at a time, and comes from texts in
which typewriter signs abound.  Whether a lost sign was ``”``, ``’`` or ``—``
hangs on both neighbours, so their prices are written down here: how books and
newspapers set them, in bits.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from textmend.plausibility.groups import UNITS

#: The kinds of neighbours: a space or an edge of the text, a letter, a digit, a sign that closes or
#: ends something, one that opens something or anything else, a character of East Asia.
_SPACE, _LETTER, _DIGIT, _POINT, _OTHER, _WIDE = range(6)
_POINTS: Final = frozenset(".,!?:;)]}…”’»%")

#: What a sign costs after each kind of neighbour.
_AFTER: Final[dict[str, tuple[float, ...]]] = {
    "“": (6.0, 14.0, 14.0, 13.0, 8.0, 9.0),
    "”": (15.0, 8.5, 9.0, 5.0, 14.0, 9.0),
    "„": (6.5, 15.0, 15.0, 14.0, 8.0, 14.0),
    "‘": (10.0, 14.0, 14.0, 14.0, 9.0, 11.0),
    "’": (13.0, 6.5, 8.5, 10.5, 13.0, 11.0),
    "‚": (11.0, 16.0, 16.0, 16.0, 10.0, 15.0),
    "«": (6.0, 13.0, 14.0, 13.0, 8.0, 12.0),
    "»": (9.5, 8.5, 9.0, 5.0, 14.0, 12.0),
    "–": (7.0, 12.0, 6.5, 15.0, 13.0, 13.0),
    "—": (7.5, 10.0, 11.0, 14.0, 12.0, 8.5),
    "‐": (14.0, 10.0, 11.0, 15.0, 14.0, 15.0),
    "‑": (15.0, 11.0, 12.0, 15.0, 14.0, 15.0),
    "…": (11.0, 8.0, 10.0, 14.0, 13.0, 9.0),
    "•": (13.0, 16.0, 16.0, 16.0, 14.0, 14.0),
}
_OPENS: Final = (8.0, 0.4, 4.5, 7.5, 5.0, 0.6)
_CLOSES: Final = (0.8, 6.0, 8.0, 1.6, 5.0, 2.5)
#: What each kind of neighbour costs after a sign.
_BEFORE: Final[dict[str, tuple[float, ...]]] = {
    "“": _OPENS,
    "”": _CLOSES,
    "„": _OPENS,
    "‘": _OPENS,
    "’": (2.5, 0.5, 6.0, 4.0, 7.0, 6.0),
    "‚": _OPENS,
    "«": (3.0, 0.5, 4.5, 7.5, 5.0, 0.6),
    "»": _CLOSES,
    "–": (0.6, 4.5, 2.0, 8.0, 6.0, 6.0),
    "—": (0.9, 1.6, 6.0, 7.0, 5.0, 2.0),
    "‐": (6.0, 0.5, 2.0, 8.0, 6.0, 6.0),
    "‑": (6.0, 0.5, 2.0, 8.0, 6.0, 6.0),
    "…": (0.8, 5.0, 8.0, 3.0, 5.0, 3.0),
    "•": (0.5, 4.0, 6.0, 9.0, 7.0, 4.0),
}
#: A language prefers one of two quotes to the other so much, in units, that it uses it another way round.
_PREFERRED: Final = 2 * UNITS

SIGNS: Final = frozenset(_AFTER)


@cache
def kind(char: str, group: str) -> int:
    """Return what kind of neighbour a character is.

    >>> kind(" ", ""), kind("a", "Latn")
    (0, 1)
    """
    if group == "CJK" or "\u3000" < char < "\u303f" or "\uff00" < char < "\uff60":
        return _WIDE
    if char.isspace():
        return _SPACE
    if char.isalpha() or group:
        return _LETTER
    if char.isdigit():
        return _DIGIT
    return _POINT if char in _POINTS else _OTHER


def turned(bias: dict[str, int]) -> dict[str, tuple[str, ...]]:
    """Return which signs also stand as others do, in a language: ``“`` closes in German, ``”`` opens in Swedish.

    >>> turned({"“": -4, "”": 32, "„": -21})
    {'“': ('”',)}
    """
    first, second, low = (bias.get(sign, 0) for sign in "“”„")
    if low < 0 and second - first > _PREFERRED:
        return {"“": ("”",)}
    if low >= 0 and first - second > _PREFERRED:
        return {"”": ("“", "”")}
    return {}


def after(sign: str, neighbour: int, uses: tuple[str, ...]) -> int:
    """Return the cost, in units, of a sign after a kind of neighbour, used as one of some signs.

    >>> after("”", 3, ("”",)) < after("’", 3, ("’",))
    True
    """
    return round(min(_AFTER[use][neighbour] for use in uses or (sign,)) * UNITS)


def before(sign: str, neighbour: int, uses: tuple[str, ...]) -> int:
    """Return the cost, in units, of a kind of neighbour after a sign.

    >>> before("”", 0, ()) < before("“", 0, ())
    True
    """
    return round(min(_BEFORE[use][neighbour] for use in uses or (sign,)) * UNITS)
