"""Runs over files: each is repaired or checked by itself, and none stops the others.

>>> import tempfile
>>> with tempfile.TemporaryDirectory() as folder:
...     path = Path(folder) / "a.txt"
...     _ = path.write_bytes("Russia鈥檚 army".encode())
...     result = run_file(path, Job(mode="write"))
...     (result.changed, path.read_bytes().decode())
(True, 'Russia’s army')
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from textmend.files import columnar
from textmend.files.charsets import Charset, codec_of
from textmend.files.compression import Packed, Sink
from textmend.files.diffs import Diff
from textmend.files.formats import Settings
from textmend.files.journal import Entry, digest_of
from textmend.files.problems import FileError
from textmend.files.repairing import Rewriter, Tally
from textmend.files.source import Source
from textmend.files.stream import Workers, pieces
from textmend.files.targets import Hashed, entry_of, output_path, pour
from textmend.files.writing import Replacement, check_writable
from textmend.markers import Markers
from textmend.options import Options
from textmend.pooling import Mender
from textmend.results import Finding

_SPOOL = 8 << 20  # bytes of a result that are held in memory until the file is known to be sound


@dataclass(frozen=True, slots=True)
class Job:
    """What to do with each file; made once, sent to every process.

    mode: what becomes of a repaired file: "stdout", "write", "output", "diff", "dry-run" or "check".
    format, encoding: "" to tell from the file. encoding_out: "" to keep the file's own.
    output: where mode "output" writes; a directory takes files under their own paths. known_as: the name
    of standard input. markers: whether inline markers keep findings and changes away.

    >>> Job(mode="check").options.profile
    'repair'
    """

    mode: str
    options: Options = field(default_factory=Options)
    select: tuple[str, ...] = ()
    format: str = ""
    settings: Settings = field(default_factory=Settings)
    encoding: str = ""
    encoding_out: str = ""
    backup: str = ""
    break_links: bool = False
    journal: Path | None = None
    output: Path | None = None
    known_as: str = ""
    markers: bool = True


@dataclass(slots=True)
class Result:
    """What came of one file.

    skipped: it was found in a directory and is no text. findings, diff: filled only when no function
    took them as they came.

    >>> Result("a.txt").problem
    ''
    """

    name: str
    problem: str = ""
    changed: bool = False
    skipped: bool = False
    tally: Tally = field(default_factory=Tally)
    findings: list[Finding] = field(default_factory=list)
    diff: str = ""


@dataclass(frozen=True, slots=True)
class Listener:
    """Functions that take what a run gives while it goes on, file by file, in order.

    >>> Listener().finding is None
    True
    """

    finding: Callable[[str, Finding], None] | None = None
    diff: Callable[[str], None] | None = None
    progress: Callable[[int], None] | None = None


def run_file(
    path: Path | None,
    job: Job,
    *,
    named: bool = True,
    listener: Listener | None = None,
    workers: Workers | None = None,
    out: BinaryIO | None = None,
) -> Result:
    """Repair or check one file; None is standard input. Problems are told in the result.

    named: whether the file was named; one that was not is passed over when it is no text.
    out: where mode "stdout" writes; default: standard output.

    >>> run_file(Path("no such file"), Job(mode="check")).problem
    'does not exist'
    """
    result = Result("standard input" if path is None else str(path))
    work = _Work(path, job, result, listener or Listener(), workers, out)
    try:
        work.run(named=named)
    except FileError as problem:
        result.problem = str(problem)
    except BrokenPipeError:
        raise
    except OSError as error:
        if job.mode == "stdout" and error.filename is None:
            raise
        result.problem = f"cannot be written: {error.strerror}" if job.mode != "check" else f"{error.strerror}"
    if result.problem:
        result.changed = False
    return result


class _Work:
    """The work on one file."""

    def __init__(
        self,
        path: Path | None,
        job: Job,
        result: Result,
        listener: Listener,
        workers: Workers | None,
        out: BinaryIO | None,
    ) -> None:
        self.path = path
        self.job = job
        self.result = result
        self.listener = listener
        self.workers = workers
        self.out = out
        self.mender = Mender(job.options, job.select, report=job.mode == "check")

    def run(self, *, named: bool) -> None:
        """Open the input and do with it what the job says."""
        job = self.job
        if job.mode == "write" and self.path is not None:
            if not self.path.exists() and not self.path.is_symlink():
                raise FileError("does not exist")
            check_writable(self.path, break_links=job.break_links)
        if self.path is None:
            if job.mode == "write":
                raise FileError("cannot be written in place: leave --write away")
            source = Source.standard_input(sys.stdin.buffer, job.known_as, job.encoding, job.format)
            self._with(source)
            return
        with Source.open(self.path, job.encoding, job.format, named=named) as found:
            if found is None:
                self.result.skipped = True
            else:
                self._with(found)

    def _with(self, source: Source) -> None:
        """Do the job on an opened source."""
        if source.format.scanner is None:
            self._columns(source)
        elif source.is_empty and not self.job.encoding_out:
            self._copy_empty()
        elif self.job.mode == "write":
            self._write(source)
        elif self.job.mode in {"stdout", "output"}:
            self._print(source)
        else:
            self._look(source)

    def _copy_empty(self) -> None:
        """Deal with an empty file: in no format is there anything to repair."""
        if self.job.mode == "output":
            with Replacement(output_path(self.job.output, self.path)) as new:
                new.commit()

    def _out_charset(self, source: Source) -> Charset:
        """Return the encoding to write."""
        if not self.job.encoding_out:
            return source.charset
        name = codec_of(self.job.encoding_out)
        if name == "utf-16":
            return Charset("utf-16-le", b"\xff\xfe")
        if name == "utf-32":
            return Charset("utf-32-le", b"\xff\xfe\0\0")
        if codec_of(self.job.encoding_out) == source.charset.name:
            return source.charset
        return Charset(name, b"\xef\xbb\xbf" if self.job.encoding_out.lower().endswith("sig") else b"")

    def _rewriter(self, source: Source, entry: Entry | None = None) -> Rewriter:
        """Return what turns pieces into bytes."""
        return Rewriter(source, self._out_charset(source), self.result.tally, entry)

    def _pieces(self, source: Source, content: Any) -> Iterator[Any]:
        """Yield the repaired pieces of a source; tell how far it is."""
        assert source.format.scanner is not None  # noqa: S101 - _with sees to it
        scanner = source.format.scanner(self.job.settings)
        markers = Markers() if self.job.markers else None
        for piece in pieces(content, source.charset, scanner, self.mender, self.workers, markers=markers):
            yield piece
            if self.listener.progress:
                self.listener.progress(len(piece.text))

    def _look(self, source: Source) -> None:
        """Collect findings or differences, or only count; nothing is written."""
        diff = Diff(self.result.name) if self.job.mode == "diff" else None
        rewriter = self._rewriter(source)
        for piece in self._pieces(source, rewriter.content()):
            for finding in piece.findings:
                self._tell_finding(finding)
            if self.job.mode == "check":
                self.result.tally.look(piece)
                continue
            rewriter.bytes_of(piece)
            if diff is not None:
                for text in diff.of(piece):
                    self._tell_diff(text)
        rewriter.finish()
        self.result.changed = rewriter.changed

    def _print(self, source: Source) -> None:
        """Write the result to standard output or to a new file, whole or not at all where syntax can break."""
        rewriter = self._rewriter(source)
        if self.job.mode == "output":
            with Replacement(output_path(self.job.output, self.path)) as new:
                self._copy(source, rewriter, new)
                new.commit()
        else:
            out = self.out or sys.stdout.buffer
            if source.format.name == "text" and source.compression is None:
                self._copy(source, rewriter, out)
            else:
                with tempfile.SpooledTemporaryFile(max_size=_SPOOL) as spool:
                    self._copy(source, rewriter, spool)
                    spool.seek(0)
                    while data := spool.read(1 << 18):
                        out.write(data)
            out.flush()
        self.result.changed = rewriter.changed

    def _copy(self, source: Source, rewriter: Rewriter, sink: Sink) -> None:
        """Write all pieces."""
        packed = Packed(sink, source.compression) if source.compression else None
        into: Sink = packed or sink
        into.write(rewriter.mark)
        for piece in self._pieces(source, rewriter.content()):
            into.write(rewriter.bytes_of(piece))
        into.write(rewriter.finish())
        if packed:
            packed.close()

    def _write(self, source: Source) -> None:
        """Replace the file if anything changes; up to the first change nothing is written."""
        assert self.path is not None  # noqa: S101 - standard input is not written in place
        job = self.job
        with entry_of(job.journal, self.path) as entry:
            rewriter = self._rewriter(source, entry)
            run = self._pieces(source, rewriter.content())
            pending = None
            unchanged = 0  # bytes of content before the first change
            for piece in run:
                data = rewriter.bytes_of(piece)
                if rewriter.changed:
                    pending = data
                    break
                unchanged += len(data)
            if pending is None:
                tail = rewriter.finish()
                if not rewriter.changed:
                    return
                pending, run = tail, iter(())
            with Replacement(self.path, source.file, backup=job.backup, break_links=job.break_links) as new:
                sink = Hashed(new)
                packed = Packed(sink, source.compression) if source.compression else None
                into: Sink = packed or sink
                into.write(rewriter.mark)
                rewriter.copy_unchanged(unchanged, into)
                into.write(pending)
                for piece in run:
                    into.write(rewriter.bytes_of(piece))
                into.write(rewriter.finish())
                if packed:
                    packed.close()
                self._commit(new, source, entry, sink.digest, whole=rewriter.needs_whole)
            self.result.changed = True

    def _commit(self, new: Replacement, source: Source, entry: Entry | None, digest: str, *, whole: bool) -> None:
        """Put the new file in place, once the journal tells of it."""
        journal = self.job.journal
        if entry is None or journal is None:
            new.commit()
            return
        if whole:
            entry.keep_whole(source.raw())
        before = digest_of(source.raw())
        new.commit(lambda: entry.append_to(journal, before, digest, source.size))

    def _columns(self, source: Source) -> None:
        """Repair a file of columns."""
        job = self.job
        if self.path is None or source.compression is not None:
            raise FileError(f"is a {source.format.name} file, which is read from a file that is not compressed")
        if job.mode == "diff":
            raise FileError(f"is a {source.format.name} file, which has no lines to show; --dry-run counts changes")
        if job.mode in {"check", "dry-run"}:
            self._repair_columns(source, None, None)
            return
        with entry_of(job.journal, self.path) as entry:
            beside = self.path.parent if job.mode == "write" else output_path(job.output, self.path).parent
            if job.mode == "stdout":
                beside = Path(tempfile.gettempdir())
            with tempfile.TemporaryDirectory(dir=beside, prefix=".", suffix=".textmend-tmp") as folder:
                made = Path(folder) / "new"
                if not self._repair_columns(source, made, entry):
                    made = self.path
                    if job.mode == "write":
                        return
                self._place_columns(source, made, entry)

    def _place_columns(self, source: Source, made: Path, entry: Entry | None) -> None:
        """Bring a rebuilt file to where it belongs."""
        job = self.job
        with made.open("rb") as file:
            if job.mode == "stdout":
                pour(file, self.out or sys.stdout.buffer)
            elif job.mode == "output":
                with Replacement(output_path(job.output, self.path)) as new:
                    pour(file, new)
                    new.commit()
            else:
                assert self.path is not None  # noqa: S101 - standard input is not written in place
                with Replacement(self.path, source.file, backup=job.backup, break_links=job.break_links) as new:
                    sink = Hashed(new)
                    pour(file, sink)
                    self._commit(new, source, entry, sink.digest, whole=True)

    def _repair_columns(self, source: Source, target: Path | None, entry: Entry | None) -> bool:
        """Repair the columns into a target; note what is changed."""

        def tell(cell: columnar.Cell) -> None:
            where = {"column": cell.column, "row": cell.row}
            self.result.tally.count(cell.mended.changes)
            for change in cell.mended.changes:
                if entry is not None:
                    entry.steps(where, change.steps)
            for each in cell.mended.findings:
                message = f"{each.message} (column {cell.column})"
                self._tell_finding(
                    Finding(each.rule, each.start, each.end, cell.row, each.start + 1, message, each.severity,
                            each.before, each.after, each.confidence, each.chain)
                )  # fmt: skip

        assert self.path is not None  # noqa: S101 - columns are read from files
        changed = columnar.repair(self.path, source.format.name, self.mender, self.job.settings, tell, target)
        self.result.changed = changed
        self.result.tally.size += source.size
        return changed

    def _tell_finding(self, finding: Finding) -> None:
        self.result.tally.findings += 1
        if self.listener.finding:
            self.listener.finding(self.result.name, finding)
        else:
            self.result.findings.append(finding)

    def _tell_diff(self, text: str) -> None:
        if self.listener.diff:
            self.listener.diff(text)
        else:
            self.result.diff += text
