"""Is there anything to look at?  The cheap tests that keep clean text fast."""

from __future__ import annotations


def suspicious(text: str) -> bool:
    """Tell whether a text can have been misread.

    >>> suspicious("plain"), suspicious("cafÃ©")
    (False, True)
    """
    return not text.isascii()
