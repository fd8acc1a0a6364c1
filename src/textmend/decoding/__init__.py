"""Bytes to text: marks, forms, weighed encodings, segments, streams."""

from __future__ import annotations

from textmend.decoding.decoding import Decoded, decode

__all__ = ["Decoded", "decode"]
