"""From repaired pieces back to bytes: encoded as the file was, counted, noted in the journal.

>>> tally = Tally()
>>> tally.look(Piece("ab", (), (), 1, 1))
>>> tally.size
2
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from textmend.files.charsets import Charset
from textmend.files.compression import Sink
from textmend.files.journal import Entry, new_digest
from textmend.files.problems import FileError
from textmend.files.source import Source
from textmend.files.stream import Piece, Readable
from textmend.pooling import Change

_CHUNK = 1 << 18  # bytes copied at once

# Encodings in which each character is written by itself and every text that was read is written back
# as it was: their edits can be told by offset.
_BY_CHARACTER = frozenset({"utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"})


@dataclass(slots=True)
class Tally:
    """What was done in one file or in all: places changed, places with lost bytes, by kind; bytes read.

    >>> Tally(places=1).places
    1
    """

    places: int = 0
    lost: int = 0
    findings: int = 0
    size: int = 0
    kinds: Counter[str] = field(default_factory=Counter)

    def count(self, changes: Iterable[Change]) -> None:
        """Count changes: by their misreadings, or by the rule where there is none."""
        for change in changes:
            self.places += 1
            for step in change.steps:
                self.kinds[" then ".join(step.chain) or step.rule] += 1
                self.lost += len(step.losses)

    def look(self, piece: Piece) -> None:
        """Count what a piece holds; its size in characters, which is near enough where nothing is written."""
        self.size += len(piece.text)
        self.count(Change(each.start, each.end, each.after, each.steps) for each in piece.splices)

    def add(self, other: Tally) -> None:
        """Add what was counted elsewhere."""
        self.places += other.places
        self.lost += other.lost
        self.findings += other.findings
        self.size += other.size
        self.kinds.update(other.kinds)


class Rewriter:
    """Turns the pieces of one source into the bytes of the new file, in order.

    entry: notes every change, unless the old file has to be kept whole (`needs_whole`).

    >>> import io
    >>> source = Source.standard_input(io.BytesIO(b"a"))
    >>> rewriter = Rewriter(source, source.charset, Tally())
    >>> rewriter.bytes_of(Piece("a", (), (), 1, 1)), rewriter.changed
    (b'a', False)
    """

    def __init__(self, source: Source, charset: Charset, tally: Tally, entry: Entry | None = None) -> None:
        self._source = source
        self._tally = tally
        self._entry = entry
        self._converts = charset != source.charset
        self.mark = charset.mark
        self.changed = self._converts
        self.needs_whole = self._converts or source.compression is not None or source.charset.name not in _BY_CHARACTER
        self._encoder = charset.encoder()
        self._plain = charset.is_utf8
        # where an encoding may spell one text in several ways, the old text is written again and compared
        self._again = None if source.charset.name in _BY_CHARACTER or self._converts else source.charset.encoder()
        self._read = new_digest()
        self._written = new_digest()
        self._old_at = len(source.charset.mark)

    def content(self) -> Readable:
        """Return the content of the source; its bytes are watched where they may not come back."""
        content = self._source.content()
        return _Watched(content, self._read.update) if self._again else content

    def bytes_of(self, piece: Piece) -> bytes:
        """Return the bytes of the next piece of the new file."""
        if self._again:
            self._written.update(self._again.encode(piece.text))
        if not piece.splices:
            data = self._encoder.encode(piece.text)
            self._old_at += len(data)
            self._tally.size += len(data)
            return data
        self.changed = True
        self._tally.count(Change(each.start, each.end, each.after, each.steps) for each in piece.splices)
        if self.needs_whole:
            return self._whole(piece)
        parts: list[bytes] = []
        done = 0
        line = _LineCounter(piece)
        for splice in piece.splices:
            kept = self._encoder.encode(piece.text[done : splice.start])
            old = self._encoder.encode(piece.text[splice.start : splice.end])
            new = self._encoder.encode(splice.after)
            parts += (kept, new)
            self._old_at += len(kept)
            if self._entry is not None:
                self._entry.edit(self._old_at, old, new, *line.at(splice.start), splice.steps)
            self._old_at += len(old)
            self._tally.size += len(kept) + len(old)
            done = splice.end
        kept = self._encoder.encode(piece.text[done:])
        self._old_at += len(kept)
        self._tally.size += len(kept)
        return b"".join([*parts, kept])

    def _whole(self, piece: Piece) -> bytes:
        """Return the bytes of a piece; note the steps without offsets."""
        if self._entry is not None:
            line = _LineCounter(piece)
            for splice in piece.splices:
                number, column = line.at(splice.start)
                self._entry.steps({"line": number, "column": column}, splice.steps)
        data = self._encoder.encode(piece.new)
        self._tally.size += len(data)
        return data

    def finish(self) -> bytes:
        """Return what is left at the end; raise FileError if the old text would not come back as it was."""
        if self._again:
            self._written.update(self._again.encode("", last=True))
            if self.changed and self._written.digest() != self._read.digest():
                name = self._source.charset.name
                raise FileError(f"holds bytes that {name} cannot write back as they are; --encoding-out utf-8 can")
        return self._encoder.encode("", last=True)

    def copy_unchanged(self, size: int, sink: Sink) -> None:
        """Copy so many bytes of the old content."""
        content = self._source.content()
        while size > 0:
            data = content.read(min(size, _CHUNK))
            if not data:
                raise FileError("was changed by another program in the meantime")
            sink.write(data)
            size -= len(data)


class _LineCounter:
    """Line and column of offsets in a piece, which ascend."""

    def __init__(self, piece: Piece) -> None:
        self._text = piece.text
        self._line = piece.line
        self._column = piece.column
        self._at = 0

    def at(self, offset: int) -> tuple[int, int]:
        text = self._text
        ends = text.count("\n", self._at, offset)
        last = text.rfind("\n", self._at, offset)
        self._line += ends
        self._column = offset - last if last >= 0 else self._column + offset - self._at
        self._at = offset
        return self._line, self._column


class _Watched:
    """A reader that shows all it reads to a function."""

    def __init__(self, source: Readable, watch: object) -> None:
        self._source = source
        self._watch = watch

    def read(self, size: int, /) -> bytes:
        data = self._source.read(size)
        self._watch(data)  # type: ignore[operator]
        return data
