"""Bytes to text: marks, forms, weighed encodings, segments, streams."""

from __future__ import annotations

from textmend.decoding.account import parts, restore
from textmend.decoding.codec import register
from textmend.decoding.decoding import Decoded
from textmend.decoding.stream import Decoder, decode

__all__ = ["Decoded", "Decoder", "decode", "parts", "register", "restore"]
