"""Memory that one piece of work needed goes back to the system before the next."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache


def give_back() -> None:
    """Give memory that was freed back to the system, where the kernel is and the C library keeps it.

    What is kept lies in gaps between what is still used: so a long file takes more and more of it.

    >>> give_back()
    """
    _giving()()


@cache
def _giving() -> Callable[[], None]:
    if not os.environ.get("TEXTMEND_PURE"):
        try:
            from textmend import _kernel
        except ImportError:
            pass
        else:
            return _kernel.give_back
    return _nothing


def _nothing() -> None:
    """Do nothing."""
