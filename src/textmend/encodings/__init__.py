"""Facts about encodings: the registry, reading and undoing readings, how decoders lose bytes.

    >>> from textmend.encodings import bytes_of, read
    >>> data = bytes_of("Russia鈥檚", "gbk")
    >>> read(data, "utf-8")
    'Russia’s'

Tables load on first use; importing this package reads none.
"""

from __future__ import annotations

from textmend.encodings.coding import (
    bytes_of,
    bytes_options,
    bytes_variants,
    read,
    readable,
    readable_mask,
    shows,
    write,
)
from textmend.encodings.escapes import restore_escapes
from textmend.encodings.registry import READERS, WRITERS, Encoding, get, names
from textmend.encodings.unicode import BYTE_ORDER_MARKS

TYPE_CHECKING = False  # a type checker takes it for true; importing typing costs milliseconds
if TYPE_CHECKING:
    from textmend.encodings.garbling import DECODERS, ERRORS, LostBytes, garble, read_lossy
    from textmend.encodings.losses import STRIPPED, LossModel, LossStyle, loss_model
    from textmend.encodings.several import pairs, singles

__all__ = [
    "BYTE_ORDER_MARKS",
    "DECODERS",
    "ERRORS",
    "READERS",
    "STRIPPED",
    "WRITERS",
    "Encoding",
    "LossModel",
    "LossStyle",
    "LostBytes",
    "bytes_of",
    "bytes_options",
    "bytes_variants",
    "garble",
    "get",
    "loss_model",
    "names",
    "pairs",
    "read",
    "read_lossy",
    "readable",
    "readable_mask",
    "restore_escapes",
    "shows",
    "singles",
    "write",
]

# the names that only text with losses needs, and where they live
_LATER = {
    **dict.fromkeys(("DECODERS", "ERRORS", "LostBytes", "garble", "read_lossy"), "garbling"),
    **dict.fromkeys(("pairs", "singles"), "several"),
    **dict.fromkeys(("STRIPPED", "LossModel", "LossStyle", "loss_model"), "losses"),
}


def __getattr__(name: str) -> object:
    """Load a name when it is first asked for (PEP 562)."""
    home = _LATER.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    value: object = getattr(importlib.import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value
