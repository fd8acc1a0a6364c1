r"""The encoding of a file: its byte order mark, reading it, writing it back byte for byte.

Without a mark and without `--encoding` a file is read as UTF-8; bytes that are not UTF-8 become
lone surrogates (surrogateescape) and are written back as they were.

>>> charset_of(b"\xff\xfea\x00").name
'utf-16-le'
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from textmend import encodings
from textmend.errors import UnknownEncodingError
from textmend.files.problems import FileError

HEAD = 65536
"""Bytes that are looked at to tell an encoding, and text from binary data."""

# Control characters that text files do hold: backspace, tab, LF, VT, FF, CR, SUB (the end of an
# old DOS file), ESC (a captured terminal). Any other one is rare in text.
_TEXT_CONTROLS = b"\x08\t\n\x0b\x0c\r\x1a\x1b"
_ODD_CONTROLS = bytes(set(range(32)) - set(_TEXT_CONTROLS))

# Random bytes hold 9 % of them (24 of 256), text hardly any. Half of that tells the two apart.
_ODD_SHARE = 0.045
_STRAY = 4  # units that are no character and stand in a short text all the same

_XML_DECLARATION = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")


@dataclass(frozen=True, slots=True)
class Charset:
    r"""An encoding as it is used by one file.

    name: a codec of Python. mark: the byte order mark that the file begins with, or nothing.

    >>> Charset("utf-8").encode("caf\udce9")
    b'caf\xe9'
    """

    name: str
    mark: bytes = b""

    @property
    def errors(self) -> str:
        """How Python's codec treats what the encoding cannot hold."""
        return "surrogatepass" if self.name.startswith(("utf-16", "utf-32")) else "surrogateescape"

    @property
    def is_utf8(self) -> bool:
        """Whether every text can be read and written back without a look at its neighbours."""
        return self.name == "utf-8"

    def decoder(self) -> codecs.IncrementalDecoder:
        """Return a decoder of a stream."""
        return codecs.getincrementaldecoder(self.name)(self.errors)

    def encoder(self) -> Encoder:
        """Return an encoder of a stream."""
        return Encoder(self)

    def encode(self, text: str) -> bytes:
        """Return the bytes of a text, without the mark; raise FileError if it cannot be written."""
        return Encoder(self).encode(text, last=True)


class Encoder:
    """Encodes a stream and says in one clause what cannot be encoded.

    >>> Encoder(Charset("iso-8859-1")).encode("’")
    Traceback (most recent call last):
    ...
    textmend.files.problems.FileError: the repair holds U+2019, which iso-8859-1 cannot; --encoding-out utf-8 can
    """

    def __init__(self, charset: Charset) -> None:
        self._charset = charset
        self._encoder = codecs.getincrementalencoder(charset.name)(charset.errors)

    def encode(self, text: str, *, last: bool = False) -> bytes:
        """Return the bytes of the next part of the stream."""
        try:
            return self._encoder.encode(text, last)
        except UnicodeEncodeError as error:
            char = ord(text[error.start])
            name = self._charset.name
            if 0xD800 <= char < 0xE000:
                raise FileError(f"the result holds the lone surrogate U+{char:04X}, which {name} cannot") from None
            message = f"the repair holds U+{char:04X}, which {name} cannot; --encoding-out utf-8 can"
            raise FileError(message) from None


def charset_of(head: bytes, encoding: str = "", *, xml: bool = False) -> Charset:
    r"""Return the encoding of a file by its beginning.

    encoding: what the caller says it is; a mark in the file wins where it says the same family.
    xml: believe a declaration in `<?xml ... ?>`.

    >>> charset_of(b"\xef\xbb\xbfa").mark
    b'\xef\xbb\xbf'
    >>> charset_of(b"caf\xe9", "latin1").name
    'iso8859-1'
    """
    wanted = codec_of(encoding) if encoding else ""
    for mark, name in encodings.BYTE_ORDER_MARKS:
        if head.startswith(mark) and (not wanted or name.startswith(wanted)):
            return Charset(name, mark)
    if wanted == "utf-16":
        return Charset("utf-16-le")
    if wanted == "utf-32":
        return Charset("utf-32-le")
    if wanted:
        return Charset(wanted)
    declared = _XML_DECLARATION.match(head) if xml else None
    if declared:
        try:
            return Charset(codec_of(declared[1].decode("ascii")))
        except FileError:
            return Charset("utf-8")
    return Charset("utf-8")


def codec_of(name: str) -> str:
    """Return the name of the Python codec for an encoding; raise FileError if there is none.

    >>> codec_of("GBK"), codec_of("utf8")
    ('gbk', 'utf-8')
    """
    try:
        found = codecs.lookup(name)
    except LookupError:
        try:
            found = codecs.lookup(encodings.get(name).codec)
        except UnknownEncodingError as error:
            raise FileError(str(error)) from None
        except LookupError:
            raise FileError(f"there is no codec for the encoding {name!r}") from None
    if not found._is_text_encoding or found.name in {"undefined", "idna", "punycode"}:  # noqa: SLF001 - as open() does
        raise FileError(f"{name!r} is no encoding of text")
    return {"utf-8-sig": "utf-8"}.get(found.name, found.name)


def is_binary(head: bytes, *, nul_is_text: bool = False) -> bool:
    r"""Whether the beginning of a file is no text: it holds a NUL, or many control characters.

    nul_is_text: a NUL counts like any other control character (tables that were dumped with some).
    A byte order mark of UTF-16 or UTF-32 makes it text.

    >>> is_binary(b"\x89PNG\r\n\x1a\n\x00"), is_binary("Zürich\r\n".encode())
    (True, False)
    >>> is_binary("text".encode("utf-16"))
    False
    """
    head = head[:HEAD]
    for mark, name in encodings.BYTE_ORDER_MARKS:
        if head.startswith(mark) and name != "utf-8":
            text = head[: len(head) // 4 * 4].decode(name, "replace")
            return "\0" in text or text.count("\ufffd") > _STRAY + len(text) * _ODD_SHARE
    if b"\0" in head and not nul_is_text:
        return True
    odd = len(head) - len(head.translate(None, _ODD_CONTROLS))
    return odd > len(head) * _ODD_SHARE
