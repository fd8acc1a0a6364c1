"""The inner loops in C, where a compiler was there when textmend was installed."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType


def kernel() -> ModuleType | None:
    """Return the module in C, None where it was not built or is not wanted (``TEXTMEND_PURE=1``).

    >>> os.environ["TEXTMEND_PURE"] = "1"
    >>> kernel() is None
    True
    >>> del os.environ["TEXTMEND_PURE"]
    """
    if os.environ.get("TEXTMEND_PURE") or sys.byteorder != "little":
        return None
    try:
        from textmend import _kernel
    except ImportError:
        return None
    return _kernel
