"""Bytes to text: marks, forms, weighed encodings, segments, streams."""

from __future__ import annotations

from textmend.decoding.account import parts, restore
from textmend.decoding.codec import register
from textmend.decoding.decoding import Decoded, is_plain, utf8
from textmend.decoding.stream import BLOCK, Decoder, decode

__all__ = ["BLOCK", "Decoded", "Decoder", "decode", "is_plain", "parts", "register", "restore", "utf8"]
