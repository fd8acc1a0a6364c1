"""The Unicode encodings: UTF-8, UTF-16, UTF-7, UTF-8 of surrogates (CESU-8, Java's), Latin-1.

None of these functions raises on any input; lone surrogates go through as they are.
"""

from __future__ import annotations

import codecs
import re

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Marks and the codecs of what follows. The longer ones first: that of UTF-32 LE begins like that of UTF-16 LE."""

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_LONG_NUL = b"\xc0\x80"  # how Java writes U+0000 inside a string


def write_utf8(text: str) -> bytes:
    r"""Return UTF-8, surrogates encoded as if they were characters.

    >>> write_utf8("€\ud800")
    b'\xe2\x82\xac\xed\xa0\x80'
    """
    return text.encode("utf-8", "surrogatepass")


def read_utf8(data: bytes) -> str | None:
    r"""Return UTF-8 decoded, encoded surrogates as lone surrogates; None if it is not UTF-8.

    >>> read_utf8(b"\xe2\x82\xac"), read_utf8(b"\xe2\x82")
    ('€', None)
    """
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None


def _split(match: re.Match[str]) -> str:
    """Return a character outside the basic plane as its two surrogates."""
    code = ord(match[0]) - 0x10000
    return chr(0xD800 + (code >> 10)) + chr(0xDC00 + (code & 0x3FF))


def join_surrogates(text: str) -> str:
    r"""Return the text with each pair of surrogates joined to the character it stands for.

    >>> join_surrogates("\ud83d\ude00")
    '😀'
    """
    if not _PAIR.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def write_cesu8(text: str) -> bytes:
    r"""Return Java's modified UTF-8: surrogate pairs of three bytes each, NUL as C0 80.

    >>> write_cesu8("😀\x00")
    b'\xed\xa0\xbd\xed\xb8\x80\xc0\x80'
    """
    data = _ASTRAL.sub(_split, text).encode("utf-8", "surrogatepass")
    return data.replace(b"\x00", _LONG_NUL)


def read_cesu8(data: bytes) -> str | None:
    r"""Return CESU-8 or Java's modified UTF-8 decoded; None where there are four-byte sequences.

    >>> read_cesu8(b"\xed\xa0\xbd\xed\xb8\x80"), read_cesu8("😀".encode())
    ('😀', None)
    """
    text = read_utf8(data.replace(_LONG_NUL, b"\x00"))
    if text is None or _ASTRAL.search(text):
        return None
    return join_surrogates(text)


def write_utf7(text: str) -> bytes:
    """Return UTF-7.

    >>> write_utf7("£1")
    b'+AKM-1'
    """
    return text.encode("utf-7")


def read_utf7(data: bytes) -> str | None:
    r"""Return UTF-7 decoded, None if it is not UTF-7.

    >>> read_utf7(b"+AKM-1"), read_utf7(b"\xa3")
    ('£1', None)
    """
    try:
        return data.decode("utf-7")
    except UnicodeDecodeError:
        return None


def write_utf16_le(text: str) -> bytes:
    """Return UTF-16, low byte first, no byte order mark.

    >>> write_utf16_le("敨")
    b'he'
    """
    return text.encode("utf-16-le", "surrogatepass")


def read_utf16_le(data: bytes) -> str | None:
    """Return UTF-16 with the low byte first decoded, None if the length is odd.

    >>> read_utf16_le(b"hell")
    '敨汬'
    """
    return data.decode("utf-16-le", "surrogatepass") if len(data) % 2 == 0 else None


def write_utf16_be(text: str) -> bytes:
    r"""Return UTF-16, high byte first, no byte order mark.

    >>> write_utf16_be("A")
    b'\x00A'
    """
    return text.encode("utf-16-be", "surrogatepass")


def read_utf16_be(data: bytes) -> str | None:
    """Return UTF-16 with the high byte first decoded, None if the length is odd.

    >>> read_utf16_be(b"he")
    '桥'
    """
    return data.decode("utf-16-be", "surrogatepass") if len(data) % 2 == 0 else None


def write_latin1(text: str) -> bytes | None:
    r"""Return the numbers of the characters as bytes, None where one is above 255.

    >>> write_latin1("é\x81"), write_latin1("€")
    (b'\xe9\x81', None)
    """
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return None


def read_latin1(data: bytes) -> str:
    r"""Return the characters whose numbers are the bytes.

    >>> read_latin1(b"\xe9")
    'é'
    """
    return data.decode("latin-1")
