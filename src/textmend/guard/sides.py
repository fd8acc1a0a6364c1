r"""One version of a file: its encoding, its byte order mark, its lines.

>>> side = read_side("Größe\r\n".encode())
>>> side.encoding, side.lines, side.ends
('utf-8', ['Größe', ''], ['\r\n', ''])
"""

from __future__ import annotations

import codecs
import functools
import re
from dataclasses import dataclass, field

from textmend import encodings
from textmend.errors import UnknownEncodingError

ASCII = "ascii"
_UTF8 = frozenset({ASCII, "utf-8"})
_END = re.compile("(\r\n|\n|\r)")
_BYTES_END = re.compile(b"\r\n|\n|\r")
_PROBED = 40  # old lines that are looked for in bytes of an unknown encoding


@dataclass(frozen=True, slots=True)
class Side:
    r"""One version of a text file.

    encoding: a codec of Python; "ascii" when that is all there is. mark: its byte order mark.
    strays: numbers, from 0, of lines that are not in the encoding; they were read in `other`.

    >>> Side("ascii", b"", "a\nb").lines
    ['a', 'b']
    """

    encoding: str
    mark: bytes
    text: str
    strays: frozenset[int] = frozenset()
    other: str = ""
    _parts: list[str] = field(default_factory=list, compare=False, repr=False)

    def _split(self) -> list[str]:
        """Return lines and line ends in turn."""
        if not self._parts:
            self._parts.extend(_END.split(self.text))
        return self._parts

    @property
    def lines(self) -> list[str]:
        """The lines without their ends; the last one may be empty."""
        return self._split()[::2]

    @property
    def ends(self) -> list[str]:
        """The end of each line; that of the last one is empty."""
        return [*self._split()[1::2], ""]

    @property
    def kinds(self) -> dict[str, int]:
        r"""How many lines end in which way.

        >>> Side("ascii", b"", "a\r\nb\n").kinds
        {'\r\n': 1, '\n': 1}
        """
        pairs = self.text.count("\r\n")
        counts = {"\r\n": pairs, "\n": self.text.count("\n") - pairs, "\r": self.text.count("\r") - pairs}
        return {end: count for end, count in counts.items() if count}


def read_side(data: bytes, like: Side | None = None) -> Side | None:
    r"""Return a version of a file as text; None for binary data.

    like: the version before. What can be read in its encoding is; its lines tell encodings apart.

    >>> read_side(b"\x89PNG\r\n\x1a\n\0\0\0") is None
    True
    >>> read_side("Größe".encode("cp1252"), Side("utf-8", b"", "Größe")).encoding
    'cp1252'
    """
    for mark, name in encodings.BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _marked(data, mark, name)
    if b"\0" in data:
        return _wide(data, like)
    if data.isascii():
        return Side(ASCII, b"", data.decode("ascii"))
    try:
        return Side("utf-8", b"", data.decode())
    except UnicodeDecodeError:
        return _legacy(data, like)


def _marked(data: bytes, mark: bytes, name: str) -> Side | None:
    """Return the text behind a byte order mark."""
    try:
        text = data[len(mark) :].decode(name)
    except UnicodeDecodeError:
        if name != "utf-8":
            return None
        side = _legacy(data[len(mark) :], Side("utf-8", mark, ""))
        return side and Side(side.encoding, mark, side.text, side.strays, side.other)
    return None if "\0" in text else Side(name, mark, text)


def _wide(data: bytes, like: Side | None) -> Side | None:
    """Return UTF-16 without a mark that shows a line of the version before; None for other data with NULs."""
    known = {line for line in like.lines if line} if like else set[str]()
    for name in ("utf-16-le", "utf-16-be"):
        text = _read(data, name)
        if text is not None and not known.isdisjoint(_END.split(text)):
            return Side(name, b"", text)
    return None


def _legacy(data: bytes, like: Side | None) -> Side | None:
    """Return text that is not UTF-8 throughout."""
    from textmend.decoding import decode

    if like is not None and like.encoding not in _UTF8:
        text = _read(data, like.encoding)
        if text is not None:
            return Side(like.encoding, b"", text)
    lines = _BYTES_END.split(data)
    strays = frozenset(number for number, line in enumerate(lines) if _read(line, "utf-8") is None)
    mixed = any(not line.isascii() for number, line in enumerate(lines) if number not in strays)
    doubtful = b"\n".join(lines[number] for number in sorted(strays))
    found = decode(doubtful if mixed else data)
    if found.encoding is None:
        return None
    proven = _proven(doubtful, like)
    if not mixed:
        name = proven or found.encoding
        return Side(name, b"", data.decode(_codec(name), "surrogateescape"))
    name = proven or next((each.encoding for each in found.segments if each.encoding not in _UTF8), found.encoding)
    text = doubtful.decode(_codec(name), "surrogateescape") if proven else found.text
    parts = _END.split(data.decode("utf-8", "surrogateescape"))
    for number, line in zip(sorted(strays), text.split("\n"), strict=True):
        parts[2 * number] = line
    return Side("utf-8", b"", "".join(parts), strays, name)


def _proven(data: bytes, like: Side | None) -> str | None:
    """Return the encoding in which bytes show lines of the version before; None when none does."""
    if like is None or not data:
        return None
    wanted = [line for line in like.lines if not line.isascii()]
    known = set(wanted)
    sample = data.split(b"\n")[:_PROBED]
    best = (0, "")
    for name in encodings.WRITERS:
        shown = sum(_read(line, name) in known for line in sample)
        best = max(best, (shown, name), key=lambda each: each[0])
    return best[1] if best[0] else None


def _read(data: bytes, name: str) -> str | None:
    """Return bytes read strictly in an encoding; None when they cannot be."""
    try:
        return data.decode(_codec(name))
    except (UnicodeDecodeError, LookupError):
        return None


@functools.cache
def _codec(name: str) -> str:
    """Return the name of Python's codec for an encoding of the registry, or of Python's own."""
    try:
        return codecs.lookup(name).name
    except LookupError:
        return encodings.get(name).codec


def written(text: str, encoding: str) -> bytes | None:
    r"""Return a text as bytes of a version; None when its encoding cannot hold them.

    >>> written("Größe", "cp1252"), written("Größe", "gbk")
    (b'Gr\xf6\xdfe', None)
    """
    try:
        return text.encode("utf-8" if encoding == ASCII else _codec(encoding), "surrogateescape")
    except UnicodeEncodeError:
        return None


def same_encoding(old: str, new: str) -> bool:
    """Whether text that was read in one encoding is read as well in the other.

    ASCII is part of nearly all; what it grows into is no change of what was there.

    >>> same_encoding("ascii", "utf-8"), same_encoding("utf-8", "gbk"), same_encoding("gbk", "gb18030")
    (True, False, True)
    """
    if old == new:
        return True
    if ASCII in {old, new}:
        other = new if old == ASCII else old
        return not other.startswith(("utf-16", "utf-32", "utf-7", "cp037", "cp500"))
    try:
        families = {encodings.get(name).family for name in (old, new)}
    except UnknownEncodingError:
        return False
    return families == {"gb"}
