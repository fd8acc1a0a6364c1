r"""Decoding in blocks: data of any size, in chunks of any size, in bounded memory.

The whole and its chunks give the same text, because the whole is decoded in the same blocks: where
a block ends depends on the data alone. The first block tells what the data hold; later ones follow it,
and learn what it could not know.

>>> decoder = Decoder()
>>> decoder.decode(b"Gr\xfc") + decoder.decode(b"\xdfe", final=True)
'Grüße'
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textmend.decoding import marks
from textmend.decoding.decoding import BINARY, Decoded, decode_block
from textmend.decoding.reading import read
from textmend.results import Segment

BLOCK = 1 << 18
"""Bytes that are looked at together: thousands of lines, and a few megabytes of memory."""

_TEXT = frozenset({"utf-8", "ascii"})
_WIDE = ("utf-16", "utf-32")
_UNIT = 4  # bytes; a block of UTF-16 or UTF-32 holds whole ones
_ESCAPED = "".join(map(chr, range(0xDC80, 0xDD00)))
_CERTAIN = 0.999
# Where a block may end, best first: behind a line, behind a word.
_ENDS = (b"\n", b"\r", b" ", b"\t")


@dataclass(frozen=True, slots=True)
class State:
    """What is known of data between two blocks.

    whole: the encoding of all that follows, where no line can be in another.
    known: the encodings that its lines were in so far, beside UTF-8.
    started: whether the beginning, with its byte order mark, is past.

    >>> State().whole
    ''
    """

    started: bool = False
    whole: str = ""
    known: tuple[str, ...] = ()


def decode(data: bytes, only: Sequence[str] = ()) -> Decoded:
    r"""Return the text of bytes, with the encodings that they are in. Never fails.

    only: names of the encodings to consider beside UTF-8; empty for all.

    >>> decode(b"Z\xc3\xbcrich\nGen\xe8ve\n").text
    'Zürich\nGenève\n'
    """
    found = [each for each, _ in _blocks(data, State(), only, final=True)]
    return found[0] if len(found) == 1 else _joined(found)


def _blocks(data: bytes, state: State, only: Sequence[str], *, final: bool) -> Iterator[tuple[Decoded, State]]:
    """Yield each block that can be decoded by now, with the state behind it."""
    at = 0
    while final or len(data) - at > BLOCK:
        rest = data[at : at + BLOCK + 1]
        size = len(rest)
        if size > BLOCK:
            size = _end(rest[:BLOCK], state)
        block = rest[:size]
        found, after = _block(block, state, only)
        if len(rest) > BLOCK and after.whole.startswith(_WIDE) and size % _UNIT:
            # the first block showed that lines are not where its bytes seemed to say
            size = _whole_units(rest[:BLOCK])
            found, after = _block(rest[:size], state, only)
        elif len(rest) > BLOCK and (half := _half_character(found)):
            size -= half
            found, after = _block(rest[:size], state, only)
        state = after
        at += size
        yield found, state
        if at >= len(data):
            return


def _end(block: bytes, state: State) -> int:
    """Return where a full block ends."""
    if state.whole.startswith(_WIDE):
        return _whole_units(block)
    for sign in _ENDS:
        at = block.rfind(sign)
        if at > len(block) // 2:
            return at + 1
    at = len(block)
    while at > len(block) - _UNIT and block[at - 1] >= 0x80:
        at -= 1
    # not inside a character of UTF-8, where it is that
    return at if at > len(block) - _UNIT else _before_character(block)


def _before_character(block: bytes) -> int:
    """Return the start of the last character, as UTF-8 has them."""
    at = len(block) - 1
    while at > len(block) - _UNIT and block[at] & 0xC0 == 0x80:
        at -= 1
    return at


def _half_character(found: Decoded) -> int:
    """Return how many bytes at the end of a full block are the beginning of a character."""
    tail = found.text[-_UNIT:]
    half = len(tail) - len(tail.rstrip(_ESCAPED))
    return half if half < _UNIT and len(found.text) > _UNIT else 0


def _whole_units(block: bytes) -> int:
    """Return the length of the block in whole units, no pair of surrogates cut."""
    size = len(block) // _UNIT * _UNIT
    last = block[size - 2 : size]
    return size - 2 if any(0xD8 <= byte <= 0xDB for byte in last) else size


def _block(block: bytes, state: State, only: Sequence[str]) -> tuple[Decoded, State]:
    """Return a block decoded, and the state behind it."""
    if not state.started:
        mark = marks.mark(block)
        if mark:
            return _marked(block, mark, only)
    if state.whole:
        name = None if state.whole == BINARY else state.whole
        return _one(block, read(block, name or "utf-8"), name), state
    found = decode_block(block, only, state.known, begins=not state.started)
    return found, _after(found, state)


def _after(found: Decoded, state: State) -> State:
    """Return what a block tells of what follows."""
    if found.encoding in _TEXT or found.names:
        known = dict.fromkeys((*state.known, *found.names))
        if state.started and tuple(known) == state.known:
            return state
        return State(started=True, known=tuple(known))
    return State(started=True, whole=found.encoding or BINARY)


def _marked(block: bytes, mark: tuple[bytes, str, str], only: Sequence[str]) -> tuple[Decoded, State]:
    """Return the first block behind its byte order mark; UTF-8 may hold strays nevertheless."""
    sign, name, inner = mark
    rest = block[len(sign) :]
    if inner != "utf-8":
        return _one(block, read(rest, inner), name), State(started=True, whole=inner)
    found = decode_block(rest, only)
    if not found.names and len(found.segments) <= 1:
        return _one(block, read(rest, "utf-8"), name), State(started=True)
    shift = len(sign)
    segments = [Segment(it.start + shift, it.end + shift, it.encoding, it.confidence) for it in found.segments]
    first = Segment(0, shift, name, 1.0)
    decoded = Decoded(found.text, name, found.confidence, (first, *segments), (0, *found.lengths), found.alternatives)
    return decoded, _after(found, State())


def _one(block: bytes, text: str, name: str | None) -> Decoded:
    """Return a block that is in one encoding throughout."""
    segments = (Segment(0, len(block), name or BINARY, _CERTAIN),) if block else ()
    return Decoded(text, name, _CERTAIN, segments, (len(text),) if block else ())


def _joined(found: Sequence[Decoded]) -> Decoded:
    """Return several blocks as one: neighbours in one encoding are one segment."""
    segments: list[Segment] = []
    lengths: list[int] = []
    shift = 0
    sizes: dict[str, int] = {}
    for block in found:
        for it, length in zip(block.segments, block.lengths, strict=True):
            name = it.encoding
            sizes[name] = sizes.get(name, 0) + it.end - it.start
            last = segments[-1] if segments else None
            if last and _same(last.encoding, name):
                kept = name if last.encoding == "ascii" else last.encoding
                certain = min(last.confidence, it.confidence)
                segments[-1] = Segment(last.start, it.end + shift, kept, certain)
                lengths[-1] += length
            else:
                segments.append(Segment(it.start + shift, it.end + shift, name, it.confidence))
                lengths.append(length)
        shift += sum(it.end - it.start for it in block.segments)
    first = next((block for block in found if block.names), found[0])
    encoding = found[0].encoding
    if encoding in {"ascii", "utf-8"}:
        others = (it.encoding for it in found if it.encoding != "ascii")
        encoding = first.encoding if first.names else next(others, "ascii")
    return Decoded(
        "".join(block.text for block in found),
        encoding,
        min(block.confidence for block in found),
        tuple(segments),
        tuple(lengths),
        first.alternatives,
        first.chain,
    )


def _same(one: str, other: str) -> bool:
    """Whether two neighbouring segments are one; the first of UTF-16 with a mark is named otherwise."""
    return (
        other in {one, "ascii"}
        or {one, other} == {"ascii", "utf-8"}
        or (one == "utf-8-sig" and other in _TEXT)
        or (one in _WIDE and other.startswith(one))
    )


class Decoder(codecs.IncrementalDecoder):
    r"""Decodes a stream: chunks of any size give the text that the whole would give.

    errors: what becomes of bytes that nobody can read, and of binary data, as for any codec of Python;
    "strict" raises UnicodeDecodeError.
    Up to `BLOCK` bytes wait for what decides them.

    >>> Decoder().decode(b"caf\xe9", final=True)
    'café'
    """

    def __init__(self, errors: str = "surrogateescape", only: Sequence[str] = ()) -> None:
        super().__init__(errors)
        self._only = tuple(only)
        self._buffer = b""
        self._states = [State()]
        self._at = 0

    def decode(self, data: bytes, final: bool = False) -> str:  # type: ignore[override] # noqa: FBT001, FBT002 - so it is in Python
        """Return the text that is certain by now; the rest comes later, at the latest with the last chunk."""
        self._buffer += bytes(data)
        texts: list[str] = []
        if not self._buffer:
            return ""
        state = self._states[self._at]
        for found, after in _blocks(self._buffer, state, self._only, final=final):
            size = sum(it.end - it.start for it in found.segments)
            texts.append(with_errors(found, self._buffer[:size], self.errors))
            self._buffer = self._buffer[size:]
            state = after
        if state is not self._states[self._at]:
            self._states.append(state)
            self._at = len(self._states) - 1
        return "".join(texts)

    def reset(self) -> None:
        """Begin again."""
        self._buffer = b""
        self._at = 0

    def getstate(self) -> tuple[bytes, int]:
        """Return what waits and what is known, for `setstate` of this decoder."""
        return self._buffer, self._at

    def setstate(self, state: tuple[bytes, int]) -> None:
        """Go back to what `getstate` returned."""
        self._buffer, self._at = state


def with_errors(found: Decoded, data: bytes, errors: str) -> str:
    r"""Return decoded text with the bytes that nobody can read treated as Python's codecs would.

    >>> with_errors(Decoded("a\udcff", "utf-8", 1.0), b"a\xff", "replace")
    'a\ufffd'
    """
    if errors in {"surrogateescape", "surrogatepass"}:
        return found.text
    if found.encoding is None and errors == "strict":
        raise UnicodeDecodeError("textmend", data, 0, min(1, len(data)), "this is binary data, no text")
    if found.text.isascii() or not any("\udc80" <= char <= "\udcff" for char in found.text):
        return found.text
    handler = codecs.lookup_error(errors)
    pieces: list[str] = []
    for char in found.text:
        if "\udc80" <= char <= "\udcff":
            byte = bytes((ord(char) - 0xDC00,))
            at = max(0, data.find(byte))
            error = UnicodeDecodeError("textmend", data, at, at + 1, "no encoding has this byte here")
            pieces.append(str(handler(error)[0]))
        else:
            pieces.append(char)
    return "".join(pieces)
