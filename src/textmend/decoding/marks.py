"""What data say of their own encoding: byte order marks and declarations.

A byte order mark settles the encoding. A declaration is a witness: weighed, and not believed when
the bytes say otherwise.
"""

from __future__ import annotations

import re

from textmend import encodings
from textmend.errors import UnknownEncodingError

# Each mark, the codec that consumes it, and the one for what follows.
MARKS = (
    *((mark, "utf-8-sig" if name == "utf-8" else name[:6], name) for mark, name in encodings.BYTE_ORDER_MARKS),
    (b"\x84\x31\x95\x33", "gb18030", "gb18030"),
)

_HEAD = 2048  # bytes in which a declaration is looked for; browsers look at 1024, mail heads are longer
_TOP = 200  # bytes in which the two lines of a Python source stand that may declare

_NAME = rb"[\"']?([A-Za-z0-9._:-]{2,40})"
_DECLARATIONS = (
    re.compile(rb"<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}" + _NAME),
    re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}" + _NAME, re.IGNORECASE),
    re.compile(rb"\A@charset \"([A-Za-z0-9._:-]{2,40})\";"),
    re.compile(
        rb"^content-type:[^\n]{0,200}(?:\n[ \t][^\n]{0,200})?charset\s{0,9}=\s{0,9}" + _NAME,
        re.IGNORECASE | re.MULTILINE,
    ),
)
_PYTHON = re.compile(rb"\A(?:[^\n]{0,99}\n)?[ \t\f]{0,9}#[^\n]{0,99}?coding[:=][ \t]{0,9}([-\w.]{2,40})")


def mark(data: bytes) -> tuple[bytes, str, str] | None:
    r"""Return the byte order mark, the codec that reads it too, and the codec for the rest.

    >>> mark(b"\xef\xbb\xbfa")
    (b'\xef\xbb\xbf', 'utf-8-sig', 'utf-8')
    """
    return next((each for each in MARKS if data.startswith(each[0])), None)


def declared(data: bytes) -> str | None:
    """Return the canonical name of the encoding that data declare, None if they do not or it is unknown.

    >>> declared(b'<?xml version="1.0" encoding="windows-1251"?>')
    'cp1251'
    >>> declared(b"# -*- coding: latin-1 -*-")
    'iso-8859-1'
    """
    head = data[:_HEAD]
    if b"charset" in head.lower() or b"encoding" in head or b"coding" in head[:_TOP]:
        for pattern in _DECLARATIONS:
            found = pattern.search(head)
            if found:
                return _canonical(found[1])
        found = _PYTHON.match(head[:_TOP])
        if found:
            return _canonical(found[1])
    return None


def _canonical(name: bytes) -> str | None:
    try:
        return encodings.get(name.decode("ascii")).name
    except UnknownEncodingError:
        return None
