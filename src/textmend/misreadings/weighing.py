"""The evidence for a candidate of the search, whatever its chain."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from textmend.misreadings import evidence, spans, transports
from textmend.misreadings.found import Found, validity

#: A confidence is a logistic of the bits: measured evidence overstates itself by this much.
_CALIBRATION: Final = 0.85
#: Chains that are remembered: there are few, and each is asked about again and again.
_CHAINS: Final = 1_000
#: What a transport is worth by itself: it is only undone where it is damage.
_TRANSPORT: Final = 20.0
#: Half the bits by which a capital is likelier than a small letter where a line begins, over what the model says.
_OPENING: Final = 1.0
OPENINGS: Final = 2 * _OPENING
"""The most that two lines may differ by in that."""
_FIRST: Final = re.compile(r"[^\W\d_]")


def gained(text: str, found: Found, context: int = 0) -> float:
    """Return the bits, before prior and price, for a candidate of a text.

    context: packed costs of other text of the same document (Model.packed).

    >>> gained("cafÃ©", Found("café", ("utf-8>cp1252",), 0.0)) > 8
    True
    """
    if found.sure is not None:
        return found.sure
    if found.chain[-1] not in transports.HOPS:
        return _of_signs(text, found, context)
    if len(found.chain) == 1:
        return _TRANSPORT
    outer = spans.undo_hop(text, found.chain[-1])
    return _TRANSPORT + (_of_signs(outer, found) if outer is not None else 0.0)


def opening(text: str) -> float:
    """Return the bits for a line that begins as its original did: more of them begin with a capital than without.

    The model prices words apart from where they stand, and within a line capitals are dear.

    >>> opening("“Ásta"), opening("člán"), opening("12"), opening("中文")
    (1.0, -1.0, 0.0, 0.0)
    """
    first = _FIRST.search(text)
    if first is None or first[0].lower() == first[0].upper():
        return 0.0
    return _OPENING if first[0].isupper() else -_OPENING


@lru_cache(maxsize=_CHAINS)
def is_utf8(chain: tuple[str, ...]) -> bool:
    """Tell whether some text of a chain was written in UTF-8, so that its sequences bear witness.

    >>> is_utf8(("cp1251>cp1252", "utf-8>cp1252")), is_utf8(("cp1251>cp1252",))
    (True, False)
    """
    return any(hop.startswith("utf-8>") for hop in chain)


def _of_signs(text: str, found: Found, context: int = 0) -> float:
    utf8 = is_utf8(found.chain)
    valid = found.valid or (validity(text, found.text) if utf8 else 0.0)
    return evidence.bits(text, found.text, context, utf8=utf8, valid=valid)


def confidence_of(bits: float) -> float:
    """Return the probability that a repair with so many bits is right.

    >>> round(confidence_of(0.0), 2), confidence_of(20.0) > 0.99
    (0.5, True)
    """
    return 1.0 / (1.0 + 2.0 ** (-bits * _CALIBRATION)) if bits > -900 else 0.0
