r"""Runs a file through its scanner and the mender, piece by piece, in bounded memory.

The first half million characters are the sample; later pieces are smaller. A piece is as long as the
scanner makes it, so how the bytes arrive changes nothing, and the pieces do not depend on one
another, so several processes can share them.

>>> import io
>>> from textmend.files.formats import FORMATS, Settings
>>> found = pieces(io.BytesIO("Russia鈥檚\n".encode()), Charset("utf-8"), FORMATS[0].scanner(Settings()), Mender())
>>> [piece.new for piece in found]
['Russia’s\n']
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

from textmend import compiled
from textmend.files.charsets import Charset
from textmend.files.formats import LIMIT, BrokenSyntaxError, Field, Scanner, Spelling
from textmend.files.problems import FileError, FileSyntaxError
from textmend.markers import Markers
from textmend.pooling import BATCH, NOTHING, SAMPLE, Change, Mended, Mender
from textmend.positions import Lines, line_ends
from textmend.results import Finding, Step

_T = TypeVar("_T")
_LEAST_READ = 4096  # bytes; characters take several bytes, so a piece takes several reads
_ROUND_READS = 8  # pieces that each process may be ahead of what is written


class Readable(Protocol):
    """What gives bytes.

    >>> import io
    >>> source: Readable = io.BytesIO()
    """

    def read(self, size: int, /) -> bytes:
        """Return up to so many bytes; none at the end."""
        ...


class Workers(Protocol):
    """Processes that share the work; `concurrent.futures` has them.

    >>> from concurrent.futures import Executor
    >>> workers: type[Workers] = Executor
    """

    def submit(self, fn: Callable[..., _T], /, *args: object) -> Promise[_T]:
        """Begin a call."""
        ...


_T_co = TypeVar("_T_co", covariant=True)


class Promise(Protocol[_T_co]):
    """The result of a call to come.

    >>> from concurrent.futures import Future
    >>> promise: type[Promise[int]] = Future
    """

    def result(self) -> _T_co:
        """Wait for it and return it."""
        ...


@dataclass(frozen=True, slots=True)
class Splice:
    """A stretch of a piece, in characters, what takes its place, and the steps that made it so.

    >>> Splice(0, 1, "b", ()).after
    'b'
    """

    start: int
    end: int
    after: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a file: its text, the changes of it, the findings in it, and where it begins.

    line, column: where the first character stands in the file, from 1. Findings hold places in the
    file and offsets in the piece.

    >>> Piece("ab", (Splice(0, 1, "c", ()),), (), 1, 1).new
    'cb'
    """

    text: str
    splices: tuple[Splice, ...]
    findings: tuple[Finding, ...]
    line: int
    column: int

    @property
    def new(self) -> str:
        """The text with its changes."""
        if not self.splices:
            return self.text
        pieces: list[str] = []
        done = 0
        for splice in self.splices:
            pieces += (self.text[done : splice.start], splice.after)
            done = splice.end
        return "".join([*pieces, self.text[done:]])


class Place:
    r"""Counts lines and columns along a stream; a line ends with LF, CR or CRLF.

    >>> place = Place()
    >>> place.advance("a\r"); place.advance("\nb")
    >>> place.line, place.column
    (2, 2)
    """

    __slots__ = ("_after_cr", "column", "line")

    def __init__(self) -> None:
        self.line = 1
        self.column = 1
        self._after_cr = False

    def advance(self, text: str) -> None:
        """Go past a text."""
        if not text:
            return
        ends, last = line_ends(text)
        self.line += ends - (self._after_cr and text[0] == "\n")
        self.column = len(text) - last if last >= 0 else self.column + len(text)
        self._after_cr = text[-1] == "\r"


def texts(
    source: Readable, charset: Charset, scanner: Scanner, batch: int = BATCH
) -> Iterator[tuple[str, list[Field], Place]]:
    r"""Yield the text of a stream in pieces, each with its fields and the place where it begins.

    Raises FileSyntaxError where the scanner refuses the text, FileError where it cannot be decoded.

    >>> import io
    >>> from textmend.files.formats import FORMATS, Settings
    >>> [t for t, _, _ in texts(io.BytesIO(b"a\nb"), Charset("utf-8"), FORMATS[0].scanner(Settings()))]
    ['a\nb']
    """
    decoder = charset.decoder()
    place = Place()
    buffer = ""
    wanted = SAMPLE
    last = False
    while not last:
        parts = [buffer]
        size = len(buffer)
        goal = max(wanted, size + 1)
        while size < goal and not last:
            data = source.read(min(BATCH, max(_LEAST_READ, goal - size)))
            last = not data
            try:
                parts.append(decoder.decode(data, last))
            except UnicodeDecodeError as error:
                raise FileError(f"cannot be read as {charset.name}: {error.reason}") from None
            size += len(parts[-1])
        buffer = "".join(parts)
        try:
            fields, used = scanner.scan(buffer, last=last)
        except BrokenSyntaxError as error:
            if error.place is None:
                place.advance(buffer[: error.offset])
                error.place = (place.line, place.column)
            raise FileSyntaxError(error.message, *error.place) from None
        if used:
            here = Place()
            here.line, here.column = place.line, place.column
            yield buffer[:used], fields, here
            place.advance(buffer[:used])
            buffer = buffer[used:]
            wanted = batch
        else:
            wanted = min(max(2 * len(buffer), batch), len(buffer) + LIMIT)


def mend_fields(mender: Mender, text: str, fields: list[Field]) -> tuple[list[Splice], list[Finding]]:
    """Repair the fields of one piece together.

    Returns the changes of the piece and the findings, with offsets in it. A change that its field cannot spell
    is not made.

    >>> mend_fields(Mender(), "Russia鈥檚", [Field(0, 8, Spelling())])[0][0].after
    '’s'
    """
    values: list[str] = []
    offsets: list[list[int] | None] = []
    for start, end, spelling in fields:
        value = text[start:end]
        map_: list[int] | None = None
        if spelling.mark and spelling.mark in value:
            value, map_ = spelling.read(value)
        values.append(value)
        offsets.append(map_)
    mended = mender.mend_all(values) if values else []
    splices: list[Splice] = []
    findings: list[Finding] = []
    for field, value, map_, result in zip(fields, values, offsets, mended, strict=True):
        if result is NOTHING:
            continue
        for finding in result.findings:
            start = map_[finding.start] if map_ else finding.start
            end = map_[finding.end] if map_ else finding.end
            findings.append(_at(finding, field.start + start, field.start + end))
        if result.changes:
            splices += _spell(text, field, value, map_, result.changes)
    kernel = compiled.kernel() if splices else None
    if kernel is not None:  # what judging freed lies in gaps, of which a long file would leave more and more
        kernel.give_back()
    return splices, findings


def _spell(text: str, field: Field, value: str, offsets: list[int] | None, changes: Iterable[Change]) -> list[Splice]:
    """Spell the changes of one value; prove that reading them gives the new value."""
    changes = tuple(changes)
    raw = text[field.start : field.end]
    made = field.spelling.splices(raw, value, offsets, [(each.start, each.end, each.after) for each in changes])
    if offsets is not None or type(field.spelling) is not Spelling:
        new = Piece(raw, tuple(Splice(start, end, after, ()) for start, end, after in made), (), 1, 1).new
        if not field.spelling.means(new, Mended(changes).text(value)):
            return []
    if len(made) != len(changes):
        steps = tuple(step for change in changes for step in change.steps)
        return [Splice(field.start + start, field.start + end, after, steps) for start, end, after in made]
    return [
        Splice(field.start + start, field.start + end, after, change.steps)
        for (start, end, after), change in zip(made, changes, strict=True)
    ]


def pieces(
    source: Readable,
    charset: Charset,
    scanner: Scanner,
    mender: Mender,
    workers: Workers | None = None,
    ahead: int = _ROUND_READS,
    markers: Markers | None = None,
) -> Iterator[Piece]:
    """Yield the pieces of a stream, in order, each repaired.

    workers: processes to share the pieces; ahead: how many pieces may be under way.
    markers: what they hide is neither reported nor changed; None when nothing is hidden.
    Raises what `texts` raises.

    >>> import io
    >>> from textmend.files.formats import FORMATS, Settings
    >>> [p.new for p in pieces(io.BytesIO(b"a"), Charset("utf-8"), FORMATS[0].scanner(Settings()), Mender())]
    ['a']
    """
    stream = texts(source, charset, scanner)
    sample = next(stream, None)
    if sample is None:
        return
    text, fields, place = sample
    splices, findings = mend_fields(mender, text, fields)
    mender.learn()
    yield _piece(text, splices, findings, place, markers)
    if workers is None:
        for text, fields, place in stream:
            splices, findings = mend_fields(mender, text, fields)
            yield _piece(text, splices, findings, place, markers)
        return
    waiting: deque[tuple[str, Place, Promise[tuple[list[Splice], list[Finding]]]]] = deque()
    for text, fields, place in stream:
        waiting.append((text, place, workers.submit(mend_fields, mender, text, fields)))
        if len(waiting) >= ahead:
            yield _collect(waiting, markers)
    while waiting:
        yield _collect(waiting, markers)


def _collect(
    waiting: deque[tuple[str, Place, Promise[tuple[list[Splice], list[Finding]]]]], markers: Markers | None
) -> Piece:
    """Wait for the oldest piece."""
    text, place, promise = waiting.popleft()
    splices, findings = promise.result()
    return _piece(text, splices, findings, place, markers)


def _piece(text: str, splices: list[Splice], findings: list[Finding], place: Place, markers: Markers | None) -> Piece:
    """Make a piece without what is hidden; give its findings their places in the file."""
    if markers is not None:
        markers.read(text)
        findings = [each for each in findings if not markers.hides(each.rule, each.start)]
        splices = [each for each in splices if not any(markers.hides(step.rule, each.start) for step in each.steps)]
    if findings:
        lines = Lines(text)
        placed = []
        for finding in findings:
            line, column = lines.at(finding.start)
            if line == 1:
                column += place.column - 1
            placed.append(_at(finding, finding.start, finding.end, line + place.line - 1, column))
        findings = placed
    return Piece(text, tuple(splices), tuple(findings), place.line, place.column)


def _at(finding: Finding, start: int, end: int, line: int = 1, column: int = 1) -> Finding:
    """Return a finding at another place."""
    return Finding(
        finding.rule, start, end, line, column, finding.message, finding.severity,
        finding.before, finding.after, finding.confidence, finding.chain,
    )  # fmt: skip
