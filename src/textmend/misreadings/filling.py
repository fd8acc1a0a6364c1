"""Originals with the letters that their reader dropped without a trace, where words tell them.

What is there explains the text without them too.  So they are only looked for
in the likeliest original, and only where it lacks some.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textmend.misreadings import originals, restoring, vanishing
from textmend.misreadings.found import Found
from textmend.plausibility.model import load

#: Bits that letters dropped without a trace must save.
_FULLER: Final = 6.0


def filled(text: str, found: Sequence[Found]) -> list[Found]:
    """Return candidates of a text, the likeliest with the letters that its reader dropped without a trace.

    >>> one = Found("Babika žije v Plzni, ddeek zemel", ("utf-8>big5",), 2.0)
    >>> filled("Babika 鱉ije v Plzni, ddeek zemel", [one])[0].text
    'Babička žije v Plzni, dědeček zemřel'
    """
    best = min(found, key=lambda one: load().cost(one.text) + one.price)
    written, _, read = best.chain[0].partition(">")
    if len(best.chain) > 1 or written != "utf-8" or best.restored is not None or not vanishing.thin(best.text, read):
        return list(found)
    if load().cost(best.text) + best.price >= load().cost(text):
        return list(found)  # what reads no better than the text itself is none, with whatever letters
    whole = _fuller(text, best, read)
    return [whole if one is best and whole is not None else one for one in found]


def _fuller(text: str, best: Found, read: str) -> Found | None:
    """Return an original in UTF-8 with the letters that its reader dropped, None where it reads no better."""
    restored = originals.restore(text, read)
    if restored is None or not restored.losses or load().cost(restored.text) > load().cost(best.text) - _FULLER:
        return None
    whole = restoring.candidate_of(text, restored, read, "utf-8")
    return None if whole is None or whole.gone else whole
