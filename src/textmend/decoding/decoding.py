"""From bytes to text, with the account of which bytes were read how: one block, looked at as a whole.

The order: UTF-8, which most of the world is; forms that show in the bytes (escapes, UTF-16, EBCDIC,
binary data); then the weighing of encodings, over the document and line by line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from textmend.decoding import choice, double, forms, marks
from textmend.decoding.lines import Mixture, pieces
from textmend.decoding.reading import read
from textmend.decoding.weighing import Scale
from textmend.results import Segment

BINARY = "binary"
"""Stands for the encoding of data that are no text, in segments."""

# Bytes that can only stand in text of another form than plain UTF-8.
_ODD_CONTROLS = bytes(sorted({*range(0x08), *range(0x0E, 0x1A), *range(0x1C, 0x20)}))

# How sure the forms are: none was ever seen wrong in the held-out texts, but accidents exist.
_FORM = 0.99
_UTF8 = 0.999
_LOOKED_AT = 4096  # bytes of UTF-8 that are searched for text that was garbled before
_FEW = 0.95  # one or two characters of UTF-8 may be something else


@dataclass(frozen=True, slots=True)
class Decoded:
    r"""The text of some bytes and how they were read.

    encoding: the main one; None for binary data.
    segments: ascending, without gaps; one for each stretch in one encoding.
    lengths: how many characters each segment has. chain: what garbled the text before it was written.
    alternatives: other encodings with their probabilities, the most probable first.
    names: the encodings beside UTF-8 that its lines were looked for in.

    >>> decode_block(b"caf\xc3\xa9").encoding
    'utf-8'
    """

    text: str
    encoding: str | None
    confidence: float
    segments: tuple[Segment, ...] = ()
    lengths: tuple[int, ...] = ()
    alternatives: tuple[tuple[str, float], ...] = ()
    chain: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


def decode_block(data: bytes, only: Sequence[str] = (), known: Sequence[str] = (), *, begins: bool = True) -> Decoded:
    r"""Return the text of bytes that are looked at as a whole, without a byte order mark.

    only: names of the encodings to consider beside UTF-8; empty for all. known: those of the blocks before.
    begins: whether no block is before: only the first one can begin like a format that is no text.

    >>> decode_block(b"Z\xc3\xbcrich\nGen\xe8ve\n").text
    'Zürich\nGenève\n'
    """
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return _other(data, only, known, begins=begins)
    if len(data) == len(text):
        return _ascii(data, text, begins=begins)
    found = _no_text(data, begins=begins)
    if found:
        return found
    if not only and not _sound(data):
        twice = choice.garbled_before(data[:_LOOKED_AT])
        if twice:
            name, chain = twice
            return replace(_whole(data, name, choice.TWICE), chain=(chain,))
    certain = _UTF8 if len(data) - len(text) > 3 else _FEW
    return _one(data, text, "utf-8", certain)


def utf8(data: bytes) -> str | None:
    r"""Return the text of bytes that are UTF-8 and do not begin like a format that is no text, else None.

    What control characters, marks and escapes say is left to the caller.

    >>> utf8(b"caf\xc3\xa9"), utf8(b"caf\xe9"), utf8(b"GIF89a")
    ('café', None, None)
    """
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    return None if forms.signed(data) else text


def is_plain(data: bytes) -> bool:
    r"""Whether UTF-8 in one block and without odd control characters is that and nothing else.

    It has no byte order mark, and neither the escapes of another encoding nor signs of garbled text in one.

    >>> is_plain(b"1 + 1"), is_plain(b"Gr+APwA3w-e"), is_plain("Les Ã©lÃ¨ves".encode("mac-roman"))
    (True, False, False)
    """
    if data.isascii():
        return _escaped(data) is None
    return marks.mark(data) is None and _sound(data)


def _ascii(data: bytes, text: str, *, begins: bool) -> Decoded:
    """Return what ASCII bytes are: ASCII, an escaped form, UTF-16 or binary data."""
    name = _escaped(data)
    return _whole(data, name, _FORM) if name else _no_text(data, begins=begins) or _one(data, text, "ascii", 1.0)


def _escaped(data: bytes) -> str | None:
    """Return the name of the encoding that ASCII bytes are escapes of."""
    return forms.escaped(data) if b"\x1b" in data or b"~{" in data or b"+" in data else None


def _sound(data: bytes) -> bool:
    """Whether UTF-8 does not look as if it held garbled text in another encoding."""
    return not double.suspicious(data[:_LOOKED_AT])


def _no_text(data: bytes, *, begins: bool) -> Decoded | None:
    """Return what bytes are whose control characters say that they are no text of single bytes; else None."""
    if begins and forms.signed(data):
        return _binary(data)
    if len(data.translate(None, _ODD_CONTROLS)) == len(data):
        return None
    name = forms.wide(data)
    if name:
        return _whole(data, name, _FORM)
    return _binary(data) if forms.binary(data) else None


def _one(data: bytes, text: str, name: str, certain: float) -> Decoded:
    """Return bytes that are in one encoding throughout."""
    if not data:
        return Decoded(text, name, certain)
    return Decoded(text, name, certain, (Segment(0, len(data), name, certain),), (len(text),))


def _whole(data: bytes, name: str, certain: float) -> Decoded:
    """Return bytes that are in one encoding throughout, read in it."""
    return _one(data, read(data, name), name, certain)


def _binary(data: bytes) -> Decoded:
    """Return binary data: every byte is kept."""
    text = read(data, "utf-8")
    return Decoded(text, None, 1.0, (Segment(0, len(data), BINARY, 1.0),), (len(text),))


def _other(data: bytes, only: Sequence[str], known: Sequence[str], *, begins: bool) -> Decoded:
    """Return what bytes are that are not UTF-8 throughout."""
    if begins and forms.signed(data):
        return _binary(data)
    name = forms.wide(data) or forms.ebcdic(data)
    if name:
        return _whole(data, name, _FORM)
    if forms.binary(data):
        return _binary(data)
    declared = marks.declared(data)
    extra = dict.fromkeys(known, -choice.KNOWN)
    if declared and declared != "utf-8":
        extra[declared] = -choice.DECLARED
    return with_mixture(data, *choice.choose(data, extra, only))


def with_mixture(data: bytes, mixture: Mixture, scale: Scale) -> Decoded:
    r"""Return the text of bytes of which it is known what encodings they hold.

    >>> with_mixture(b"\xfc", Mixture(["cp1252"], utf8=False), Scale()).text
    'ü'
    """
    texts: list[str] = []
    segments: list[Segment] = []
    at = 0
    for part, each in pieces(data, mixture, scale):
        certain = mixture.certain if each == mixture.names[0] else min(mixture.certain, _FORM)
        segments.append(Segment(at, at + len(part), each, _UTF8 if each == "utf-8" else certain))
        texts.append(read(part, each))
        at += len(part)
    return Decoded(
        "".join(texts),
        "utf-8" if mixture.utf8 else mixture.names[0],
        mixture.certain,
        tuple(segments),
        tuple(map(len, texts)),
        mixture.alternatives,
        mixture.chain,
        tuple(mixture.names),
    )
