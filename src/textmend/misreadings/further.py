"""Is a text that came out of a misreading garbled once more, though it shows no clue that a line would need?

Something was misread there already, so less is asked than of a line that may be clean: that some legacy original
reads better, whatever the words beside it say.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from textmend.misreadings import clues, evidence, legacy
from textmend.misreadings.found import Found
from textmend.misreadings.ranking import outranked
from textmend.misreadings.windows import ENOUGH, OTHER_LETTER
from textmend.plausibility.model import load

#: Bits that the likeliest legacy original must gain, beyond its price, to be a rival of what came out.
_LEAST: Final = 4.0
#: Signs of a text that comes out of UTF-8 beyond doubt: in a longer one more than one word is odd, or a clue.
_LONGEST: Final = 400
#: Texts that are remembered: one is asked about when UTF-8 verifies itself, and when it is searched.
_TEXTS: Final = 256


@lru_cache(maxsize=_TEXTS)
def garbled(text: str) -> bool:
    r"""Tell whether some legacy original reads better than a text that is not too long.

    >>> garbled("\u2018в\xa0вмп 23"), garbled("Статья 23")
    (True, False)
    """
    return len(text) <= _LONGEST and bool(originals(text))


def open_to_doubt(text: str) -> bool:
    r"""Tell whether a text has a clue, an odd word, or a few letters of another alphabet that may be others.

    >>> open_to_doubt("\u2018в\xa0вмп 23"), open_to_doubt("Статья 23")
    (True, False)
    """
    return clues.load().scanning(text) != 0 or _few_outranked(text)


def originals(text: str) -> list[Found]:
    """Return the legacy originals of a text inside a chain, none where the likeliest reads little better.

    What the likeliest would not gain in a line that may be clean, as its words say too little, counts half: by the
    rest all are dearer.

    >>> [one.text for one in originals("6. èlen")][:1], originals("6. člen")
    (['6. člen'], [])
    """
    if not clues.suspicious(text) and not _few_outranked(text):
        return []
    cost = load().cost
    here = cost(text)
    gains = [(here - cost(leaf.text) - leaf.price, leaf) for leaf in legacy.legacy(text)]
    ranked = sorted((gain for gain in gains if gain[0] >= 0), key=lambda gain: -gain[0])
    if not ranked:
        return []
    bits, best = ranked[0]
    told = evidence.bits(text, best.text) - best.price
    gained = told if told > bits or _silenced(text, best.text) else (bits + told) / 2
    if gained < _LEAST:
        return []
    return [leaf._replace(price=leaf.price + bits - gained) for _, leaf in ranked]


def _silenced(text: str, original: str) -> bool:
    """Tell whether letters became signs: that makes no words."""
    before, after = set(text), set(original)
    gone = any(char.isalpha() and char > "\x7f" for char in before - after)
    return gone and not any(map(str.isalpha, after - before))


def _few_outranked(text: str) -> bool:
    """Tell whether letters of another alphabet, too few for a line of it, are likelier as others."""
    return 0 < len(OTHER_LETTER.findall(text)) < ENOUGH and outranked(text)
