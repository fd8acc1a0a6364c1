"""Read bytes in an encoding and never fail: what nobody can read becomes lone surrogates.

They are Python's surrogateescape: U+DC80 to U+DCFF stand for the bytes 80 to FF.
"""

from __future__ import annotations

import codecs

from textmend import encodings
from textmend.decoding.forms import read_escaped

_LONGEST = 4  # bytes of a character in any encoding
_UNICODE = frozenset({"utf-8", "ascii", "utf-8-sig"})
_WIDE = {"utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}


def read(data: bytes, name: str) -> str:
    r"""Return the text of bytes in an encoding; bytes that it does not have become lone surrogates.

    >>> read(b"\xd6\xd0\x81", "gbk")
    '中\udc81'
    """
    if name in _UNICODE:
        return data.decode("utf-8", "surrogateescape")
    if name in _WIDE:
        return _wide(data, name)
    text = read_escaped(data, name) if "2022" in name or name in {"hz", "utf-7"} else encodings.read(data, name)
    if text is not None:
        return text
    try:
        return data.decode(encodings.get(name).codec if "2022" not in name else name, _errors(name))
    except (UnicodeError, LookupError):
        return data.decode("utf-8", "surrogateescape")


def _wide(data: bytes, name: str) -> str:
    """Read UTF-16 or UTF-32; bytes left over at the end become surrogates that stand for them."""
    whole = len(data) // _WIDE[name] * _WIDE[name]
    text = data[:whole].decode(name, "surrogatepass" if _WIDE[name] == 2 else "replace")
    return text + data[whole:].decode("ascii", "surrogateescape")


def _errors(name: str) -> str:
    """Return the name of an error handler that reads what vendors read and escapes the rest."""
    handler = f"textmend-{name}-escape"
    try:
        codecs.lookup_error(handler)
    except LookupError:
        codecs.register_error(handler, _handler(name))
    return handler


class _handler:  # noqa: N801 - it is used as a function
    """The error handler of one encoding."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, error: UnicodeError) -> tuple[str, int]:
        """Read one character in another vendor's way, or keep one byte."""
        if not isinstance(error, UnicodeDecodeError):
            raise error
        start = error.start
        for size in range(_LONGEST, 0, -1):
            part = error.object[start : start + size]
            text = None if part.isascii() else encodings.read(part, self.name)
            if text is not None and len(text) == 1:
                return text, start + len(part)
        byte = error.object[start]
        return chr(byte if byte < 0x80 else 0xDC00 + byte), start + 1
