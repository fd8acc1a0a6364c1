"""Signs between words: quotation marks that came out in pairs, and signs that stand where texts have none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

#: What closes a quotation, by what opens it, in the languages that write so.
_CLOSING: Final = {"“": "”", "„": "“”", "«": "»", "»": "«", "‘": "’", "”": "”", "‹": "›", "‚": "‘"}
_OPENS: Final = re.compile(f"[(\\[]?([{''.join(_CLOSING)}])(?=[^\\W_]|[¿¡$%{{(]|$)")
_CLOSES: Final = re.compile("([”“»«’›‘])[)\\].,;:!?…]*$")
#: What a quotation mark is worth that came out at the beginning of a word, and a pair of them around words.
_OPENED: Final = 11.0
_QUOTED: Final = 18.5
PAIRED: Final = 4.0
"""Bits more for a pair of quotation marks where letters stood: no word begins and ends so."""
#: A pilcrow ends a heading; after a letter within a line it stands for another letter, and costs more by this.
_PILCROW: Final = re.compile("[^\\W\\d_]¶(?=[.,;:!?)]* |[^\\W\\d_])")
_MISPLACED: Final = 10.0
#: A capital beyond ASCII inside a word of small letters, of which each costs more by this; Irish words begin so (nÉ).
_INSIDE: Final = re.compile("(?<=[a-zß-öø-ÿ]{2})[À-ÖØ-ÞŒŠŽŸ](?=[a-zß-öø-ÿ])")
_INNER: Final = 4.0


def quoted(pairs: Sequence[tuple[str, str]]) -> float:
    """Return what quotation marks may say that came out, of tokens in their order: most where they are a pair.

    >>> quoted([("╥deeply", "“deeply"), ("flawed╙,", "flawed”,")]), quoted([("╥deeply", "“deeply")])
    (18.5, 11.0)
    """
    worth = 0.0
    closing = ""
    for before, after in pairs:
        opens = _OPENS.match(after)
        if opens is not None and opens[1] not in before:
            closing += _CLOSING[opens[1]]
            worth = max(worth, _OPENED if len(after) > 1 else 0.0)
        if len(after) == 1 and opens is not None:
            continue
        closes = _CLOSES.search(after)
        if closes is not None and closes[1] in closing and closes[1] not in before:
            return _QUOTED
    return worth


def paired(pairs: Sequence[tuple[str, str]]) -> float:
    """Return the bits more for quotation marks that came out in a pair, of tokens in their order.

    >>> paired([("ìhelloî", "“hello”")]), paired([("ìhello", "“hello")])
    (4.0, 0.0)
    """
    return PAIRED if quoted(pairs) == _QUOTED else 0.0


def misplaced(text: str) -> float:
    """Return the bits that a text costs more for signs that stand where texts have none.

    >>> misplaced("gdzie¶ tam"), misplaced("Heading¶"), misplaced("shopÆs")
    (10.0, 0.0, 4.0)
    """
    pilcrows = len(set(_PILCROW.findall(text))) if "¶" in text else 0
    return _MISPLACED * pilcrows + _INNER * len(set(_INSIDE.findall(text)))
