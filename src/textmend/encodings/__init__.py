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
from textmend.encodings.garbling import ERRORS, LostBytes, garble, read_lossy
from textmend.encodings.losses import LossModel, LossStyle, loss_model
from textmend.encodings.registry import READERS, WRITERS, Encoding, get, names

__all__ = [
    "ERRORS",
    "READERS",
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
    "read",
    "read_lossy",
    "readable",
    "readable_mask",
    "shows",
    "write",
]
