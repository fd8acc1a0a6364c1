"""Amounts and ordinals: texts hold their signs where they would not hold these alone."""

from __future__ import annotations

import re
from typing import Final

from textmend.plausibility.model import load

WORD: Final = re.compile("[^\\W\\d_]{2}")
"""Two letters: what stands around a figure is text."""
AROUND: Final = ".,;:!?\"'()“”«»’"
"""What may stand around a word, or a figure."""
_AMOUNT: Final = re.compile("[0-9][0-9.,]*[€£]|[€£][.,]?[0-9][0-9.,]*|[0-9]+\\.?[ºª°]")
_NUMBER: Final = re.compile("[0-9][0-9.,]*")
_CURRENCIES: Final = frozenset("€£")
#: The sign of any currency, which stands in patterns for amounts, and in amounts that were misread.
_ANY_CURRENCY: Final = "¤"
#: An ordinal number, which only a few languages write so: there its mark is as usual as a degree sign.
_ORDINALS: Final = frozenset(("ca", "es", "gl", "it", "pt"))
_ORDINAL: Final = re.compile("(?<=[0-9])\\.?[ºª]")
#: Bits more where an amount or an ordinal came out, and where it was one of no currency.
_FIGURE: Final = 9.0
_NO_CURRENCY: Final = 18.0
MOST: Final = max(_FIGURE, _NO_CURRENCY)
"""What a figure is worth at most."""


def plain(text: str) -> str:
    """Return a text with the sign of a degree for the marks of ordinals.

    >>> plain("7.º")
    '7°'
    """
    return _ORDINAL.sub("°", text)


def numbered(text: str) -> str:
    """Return a text with its ordinals as degrees, which cost what those do in a language that writes them.

    >>> numbered("Artigo 7.º"), numbered("Artikel 7.º")
    ('Artigo 7°', 'Artikel 7.º')
    """
    if _ORDINAL.search(text) is None:
        return text
    model = load()
    words = " ".join(word for word in text.split(" ") if WORD.search(word))
    written = bool(words) and model.languages[model.latin(model.packed(words))] in _ORDINALS
    return plain(text) if written else text


def is_amount(token: str) -> bool:
    """Tell whether a token is an amount with the sign of its currency, or an ordinal.

    >>> is_amount("12€,"), is_amount("7.º"), is_amount("€€")
    (True, True, False)
    """
    return _AMOUNT.fullmatch(token.strip(AROUND)) is not None


def worth(before: str, after: str, beside: list[str]) -> float:
    """Return the bits more for an amount or an ordinal that came out beside a word, nothing for any other token.

    >>> worth("5Û", "5€", ["casi"]), worth("¤", "€", ["casi", "5"]), worth("û", "–", ["casi"])
    (9.0, 18.0, 0.0)
    """
    if is_amount(before) or not any(map(WORD.search, beside)):
        return 0.0
    figure = after.strip(AROUND)
    if not is_amount(after) and not (figure in _CURRENCIES and any(one[-1:].isdigit() for one in beside)):
        return 0.0
    numbers = any(map(_NUMBER.fullmatch, (figure.strip("€"), *beside)))
    return _NO_CURRENCY if "€" in figure and _ANY_CURRENCY in before and numbers else _FIGURE
