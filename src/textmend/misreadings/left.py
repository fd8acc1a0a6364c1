"""Is what is left of an original that lost bytes likelier than the text as it stands?

A rough look, before anything is restored: what can be read without any guess,
with a price for each byte that gave nothing.
"""

from __future__ import annotations

from typing import Final

from textmend import encodings
from textmend.misreadings import hops, restoring, sequences
from textmend.misreadings.found import price
from textmend.plausibility.model import load

LEAST: Final = 4.0
"""Bits that an original in UTF-8 must gain for a line to be searched."""
LEAST_LEGACY: Final = 6.0
"""The same for other originals, where signs alone say nothing (evidence caps them here)."""
#: Bits that each byte asks that no sign came of, and each of a sequence that was begun.
_GONE: Final = 5.0
_BEGUN: Final = 2.0


def bytes_lost(text: str) -> bool:
    """Tell whether some original that lost bytes may be behind a text.

    >>> bytes_lost("has 鈥 whether"), bytes_lost("été à la plage")
    (True, False)
    """
    here = load().cost(text)
    pairs = [(read, "utf-8") for read in sequences.lossy_readers(text)]
    for read, written in (*pairs, *restoring.legacy_pairs(text)):
        if here - _left(text, read, written) > (LEAST if written == "utf-8" else LEAST_LEGACY):
            return True
    return False


def _left(text: str, read: str, written: str) -> float:
    """Return the cost of what can be read of a text without any guess, with what all else asks."""
    left = hops.rough(text, read, written)
    data = [encodings.bytes_of(run, read) or b"" for run in hops.RUN.findall(text)]
    kept = [encodings.write(run, written) or b"" for run in hops.RUN.findall(left)]
    begun = max(0, sum(map(sequences.begun, data)) - sum(map(len, kept))) if written == "utf-8" else 0
    gone = max(0, sum(map(len, data)) - sum(map(len, kept)) - begun)
    return load().cost(left) + price(written, read) + _GONE * gone + _BEGUN * begun
