"""The account of a decoding, so that it can be taken back: which text came from which bytes.

Few encodings give every byte back when their text is written again: cp932 has characters twice,
escapes can be written in many ways. What does not come back is kept as it was, by line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

from textmend import encodings
from textmend.decoding.marks import mark
from textmend.results import Part, Segment

_UTF8 = frozenset({"utf-8", "ascii", "binary"})
_WIDE = frozenset({"utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"})
_KNOWN = frozenset(encodings.names())


def parts(data: bytes, text: str, segments: Sequence[Segment], lengths: Sequence[int]) -> tuple[Part, ...]:
    r"""Return the parts of a decoded text, each with what gives its bytes back.

    lengths: how many characters each segment has in the text.

    >>> parts(b"\xfc", "ü", [Segment(0, 1, "cp1252", 1.0)], [1])
    (Part(length=1, encoding='cp1252', raw=None),)
    """
    found: list[Part] = []
    at = 0
    for segment, length in zip(segments, lengths, strict=True):
        piece = data[segment.start : segment.end]
        name = segment.encoding
        sign = mark(piece) if segment.start == 0 else None
        if sign and name == sign[1]:
            found.append(Part(0, "utf-8", sign[0]))
            piece, name = piece[len(sign[0]) :], sign[2]
        if length or piece:
            found += _parts(piece, text[at : at + length], name)
        at += length
    return tuple(found)


def _parts(data: bytes, text: str, name: str) -> Iterable[Part]:
    """Return the parts of one segment."""
    if name in _UTF8:
        return [Part(len(text), "utf-8")]
    if _written(text, name) == data:
        return [Part(len(text), name)]
    rows, lines = data.split(b"\n"), text.split("\n")
    if name in _WIDE or len(rows) != len(lines) or len(rows) == 1:
        return [Part(len(text), name, data)]
    found: list[Part] = []
    plain = 0
    last = len(rows) - 1
    for number, (row, line) in enumerate(zip(rows, lines, strict=True)):
        end = 0 if number == last else 1
        if _written(line, name) == row:
            plain += len(line) + end
            continue
        if plain:
            found.append(Part(plain, name))
        found.append(Part(len(line), name, row))
        plain = end
    return [*found, Part(plain, name)] if plain else found


def _written(text: str, name: str) -> bytes | None:
    """Return the bytes of a text in an encoding, None where it cannot hold it."""
    try:
        if name in _UTF8:
            return text.encode("utf-8", "surrogateescape")
        if name in _WIDE:
            return text.encode(name, "surrogatepass")
        return encodings.write(text, name) if name in _KNOWN else text.encode(name)
    except UnicodeError:
        return None


def restore(found: Sequence[Part], text: str) -> bytes | None:
    r"""Return the bytes that a text was decoded from; None if it is not that text.

    >>> restore((Part(1, "cp1252"), Part(1, "utf-8", b"\xfe")), "ü?")
    b'\xfc\xfe'
    """
    ends = list(accumulate(part.length for part in found))
    if (ends[-1] if ends else 0) != len(text):
        return None
    pieces: list[bytes] = []
    for part, end in zip(found, ends, strict=True):
        data = part.raw if part.raw is not None else _written(text[end - part.length : end], part.encoding)
        if data is None:
            return None
        pieces.append(data)
    return b"".join(pieces)
