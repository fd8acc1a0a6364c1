r"""The journal: what a run changed, byte for byte, so that it can be taken back.

It is made of JSON lines. For each file there is one that begins its entry, with the digests of the
file before and after; one for each edit, with its offset in the old file, the old and new bytes and
the steps of the plan; and one that ends it. Files that a repair rebuilds as a whole (compressed ones,
tables of columns, other encodings) are kept whole instead. The entry is on the disc before the file
is replaced, so a run that is killed can be undone as well.

Bytes are written as the text that they are in UTF-8; those that are not UTF-8 become lone
surrogates, which JSON spells as escapes.

>>> bytes_of(text_of(b"caf\xe9"))
b'caf\xe9'
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from textmend import __version__
from textmend.files.problems import FileError
from textmend.files.stream import Readable
from textmend.results import Plan, Step

FORMAT = 1
"""The layout of the journal; rises when a reader of the old one would go wrong."""

_DIGEST_BYTES = 16  # tells files apart; it is no protection against forgery
_CHUNK = 1 << 19  # bytes read at once
_SPOOL = 1 << 20  # bytes of an entry that are held in memory; more are put into a temporary file


def new_digest() -> Any:
    """Return the hash object by which files are told apart.

    >>> new_digest().name
    'blake2b'
    """
    return hashlib.blake2b(digest_size=_DIGEST_BYTES)


def digest_of(source: Readable) -> str:
    """Return the digest of all that a source gives.

    >>> import io
    >>> digest_of(io.BytesIO(b""))
    'cae66941d9efbd404e4d88758ea67670'
    """
    digest = new_digest()
    while data := source.read(_CHUNK):
        digest.update(data)
    return str(digest.hexdigest())


def text_of(data: bytes) -> str:
    r"""Return bytes as the text that stands for them.

    >>> text_of("é".encode() + b"\xe9")
    'é\udce9'
    """
    return data.decode("utf-8", "surrogateescape")


def bytes_of(text: str) -> bytes:
    r"""Return the bytes that a text stands for.

    >>> bytes_of("é\udce9")
    b'\xc3\xa9\xe9'
    """
    return text.encode("utf-8", "surrogateescape")


class Entry:
    """What is changed in one file, collected until the file is replaced.

    >>> with Entry(Path("a.txt")) as entry:
    ...     entry.edit(0, b"a", b"b", 1, 1, ())
    ...     entry.edits
    1
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.edits = 0
        self._spool: Any = tempfile.SpooledTemporaryFile(max_size=_SPOOL)  # noqa: SIM115 - closed by __exit__

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._spool.close()

    def edit(self, offset: int, old: bytes, new: bytes, line: int, column: int, steps: tuple[Step, ...]) -> None:
        """Note one change; offset: in the old file, in bytes."""
        self.edits += 1
        self._add(
            {
                "edit": [offset, text_of(old), text_of(new)],
                "line": line,
                "column": column,
                "steps": Plan(steps, "", "").to_dict()["steps"],
            }
        )

    def steps(self, where: dict[str, Any], steps: tuple[Step, ...]) -> None:
        """Note what was changed in a file that is kept whole."""
        self._add({"note": where, "steps": Plan(steps, "", "").to_dict()["steps"]})

    def keep_whole(self, source: Readable) -> None:
        """Keep the old file itself."""
        while data := source.read(_CHUNK):
            self._add({"whole": base64.b64encode(data).decode("ascii")})

    def _add(self, record: dict[str, Any]) -> None:
        self._spool.write(_line(record))

    def append_to(self, journal: Path, before: str, after: str, size: int) -> None:
        """Write the entry to the journal, safely on the disc; runs take turns.

        before, after: digests of the file; size: its bytes before.
        """
        self._spool.seek(0)
        begin = {"begin": os.fspath(self.path.absolute()), "before": before, "after": after, "size": size}
        with _locked(journal) as out:
            out.write(_line(begin))
            while data := self._spool.read(_CHUNK):
                out.write(data)
            out.write(_line({"end": begin["begin"]}))


def start(journal: Path) -> None:
    """Begin the part of a run in a journal, which is made if it does not exist.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     start(Path(folder) / "j"); start(Path(folder) / "j")
    ...     len((Path(folder) / "j").read_text().splitlines())
    2
    """
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    with _locked(journal) as out:
        out.write(_line({"textmend journal": FORMAT, "version": __version__, "time": now}))


def entries(journal: Path) -> list[tuple[dict[str, Any], int]]:
    """Return the entries of a journal, the last first: how each begins, and where in the journal that is.

    An entry that was not ended belongs to a run that was killed before it changed the file.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     start(Path(folder) / "j")
    ...     entries(Path(folder) / "j")
    []
    """
    found: list[tuple[dict[str, Any], int]] = []
    begun: tuple[dict[str, Any], int] | None = None
    with _opened(journal) as file:
        if "textmend journal" not in _record(file.readline(_CHUNK)):
            raise FileError("is no journal of textmend")
        at = file.tell()
        for line in file:
            if line.startswith((b'{"begin"', b'{"end"')):
                # half a line was left by a run that was killed while it wrote
                with contextlib.suppress(FileError):
                    record = _record(line)
                    if "begin" in record:
                        begun = (record, at)
                    elif begun is not None and record.get("end") == begun[0]["begin"]:
                        found.append(begun)
                        begun = None
            at += len(line)
    return found[::-1]


def records(journal: Path, at: int) -> Iterator[dict[str, Any]]:
    """Yield the records of the entry that begins at a place in a journal.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with Entry(Path("a.txt")) as entry:
    ...         entry.edit(0, b"a", b"b", 1, 1, ())
    ...         entry.append_to(Path(folder) / "j", "00", "01", 1)
    ...     [record["edit"] for record in records(Path(folder) / "j", 0)]
    [[0, 'a', 'b']]
    """
    with _opened(journal) as file:
        file.seek(at)
        file.readline()
        for line in file:
            record = _record(line)
            if "end" in record:
                return
            yield record


def _line(record: dict[str, Any]) -> bytes:
    """Return a record as a line of JSON."""
    return json.dumps(record, separators=(",", ":")).encode("ascii") + b"\n"


def _record(line: bytes) -> dict[str, Any]:
    """Read a line; raise FileError if it is none of a journal."""
    with contextlib.suppress(ValueError):
        record = json.loads(line)
        if isinstance(record, dict):
            return record
    raise FileError("is damaged, or no journal of textmend")


@contextlib.contextmanager
def _opened(journal: Path) -> Iterator[BinaryIO]:
    """Open a journal for reading."""
    try:
        file = journal.open("rb")
    except FileNotFoundError:
        raise FileError("does not exist") from None
    except OSError as error:
        raise FileError(f"cannot be read: {error.strerror}") from None
    with file:
        yield file


@contextlib.contextmanager
def _locked(journal: Path) -> Iterator[BinaryIO]:
    """Open a journal for one addition, alone; it is on the disc afterwards."""
    try:
        file = journal.open("ab")
    except OSError as error:
        raise FileError(f"the journal {journal} cannot be written: {error.strerror}") from None
    with file:
        try:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX)
        except (ImportError, OSError):
            pass  # no locks here: additions of one write each still do not mix
        _end_last_line(file, journal)
        yield file
        file.flush()
        os.fsync(file.fileno())


def _end_last_line(file: BinaryIO, journal: Path) -> None:
    """Let the addition begin on a line of its own, though a killed run left half a line."""
    size = file.seek(0, os.SEEK_END)
    if size:
        with journal.open("rb") as before:
            before.seek(size - 1)
            if before.read(1) != b"\n":
                file.write(b"\n")
