"""Bytes to text: marks, forms, weighed encodings, segments, streams."""

from __future__ import annotations

from textmend.decoding.account import parts, restore
from textmend.decoding.decoding import Decoded, decode

__all__ = ["Decoded", "decode", "parts", "restore"]
