"""Originals with the letters that their reader dropped without a trace, where words tell them.

What is there explains the text without them too.  So they are only looked for
in the likeliest original, and only where it lacks some.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from textmend import encodings
from textmend.misreadings import originals, restoring, transports, trust, vanishing
from textmend.misreadings.found import Found
from textmend.plausibility.model import load

#: Bits that letters dropped without a trace must save.
_FULLER: Final = 6.0
#: The same where a word that lacks one becomes a known one.
_KNOWN_AGAIN: Final = 2.0
#: All of such a line must be so likely: what is there without those letters explains the text too.
_LIKELY: Final = 0.6


def filled(text: str, found: Sequence[Found]) -> list[Found]:
    """Return candidates of a text, the likeliest with the letters that its reader dropped without a trace.

    >>> one = Found("Babika žije v Plzni, ddeek zemel", ("utf-8>big5",), 2.0)
    >>> filled("Babika 鱉ije v Plzni, ddeek zemel", [one])[0].text
    'Babička žije v Plzni, dědeček zemřel'
    """
    best = min(found, key=lambda one: load().cost(one.text) + one.price)
    written, _, read = best.chain[0].partition(">")
    if len(best.chain) > 1 or best.chain[0] in transports.HOPS or best.restored is not None or best.gone:
        return list(found)
    if written != "utf-8":
        whole = _lettered(text, best, read, written)
    elif vanishing.thin(best.text, read):
        whole = _fuller(text, best, read)
    else:
        return list(found)
    return [whole if one is best and whole is not None else one for one in found]


def _fuller(text: str, best: Found, read: str) -> Found | None:
    """Return an original in UTF-8 with the letters that its reader dropped, None where it reads no better."""
    restored = originals.restore(text, read)
    if restored is None or not restored.losses or load().cost(restored.text) > load().cost(best.text) - _FULLER:
        return None
    whole = restoring.candidate_of(text, restored, read, "utf-8")
    return None if whole is None or whole.gone else whole


def _lettered(text: str, best: Found, read: str, written: str) -> Found | None:
    """Return a legacy original with the letters that its reader dropped, None unless all of them are likely."""
    missing = frozenset() if "\ufffd" in text else vanishing.lacking(best.text, written, read)
    data = encodings.bytes_of(text, read) if missing else None
    if data is None or len(data) != len(best.text):
        return None
    starts = accumulate((len(encodings.bytes_of(char, read) or b"") for char in text), initial=0)
    places = frozenset(sign for sign, start in enumerate(starts) if start in missing)
    restored = originals.restore(text, read, written, places=places)
    if restored is None or not restored.losses or restored.broken:
        return None
    if load().cost(restored.text) > load().cost(best.text) - _KNOWN_AGAIN:
        return None
    if trust.likely(restored, legacy=True) < _LIKELY:
        return None
    return best._replace(text=restored.text, restored=restored)
