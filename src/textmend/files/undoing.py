"""Takes back what a journal tells of, byte for byte, and refuses files that were changed since.

>>> import tempfile
>>> from textmend.files.journal import start
>>> with tempfile.TemporaryDirectory() as folder:
...     start(Path(folder) / "journal")
...     list(undo(Path(folder) / "journal"))
[]
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from textmend.files.journal import bytes_of, digest_of, entries, new_digest, records
from textmend.files.problems import FileError
from textmend.files.writing import Replacement

_CHUNK = 1 << 19  # bytes copied at once


@dataclass(frozen=True, slots=True)
class Undone:
    """What came of one entry: `done`, or why it was not; neither when the file is as it was already.

    >>> Undone("a.txt", done=True).problem
    ''
    """

    path: str
    done: bool
    problem: str = ""


def undo(journal: Path, *, dry_run: bool = False, break_links: bool = False) -> Iterator[Undone]:
    """Take a journal back, the last entry first; yield what came of each.

    Raises FileError if the journal cannot be read. A file that cannot be taken back does not stop
    the others.

    >>> list(undo(Path("no such journal")))
    Traceback (most recent call last):
    ...
    textmend.files.problems.FileError: does not exist
    """
    for begin, at in entries(journal):
        path = Path(begin["begin"])
        try:
            done = _undo_file(path, begin, journal, at, dry_run=dry_run, break_links=break_links)
        except FileError as problem:
            yield Undone(str(path), done=False, problem=str(problem))
        except OSError as error:
            yield Undone(str(path), done=False, problem=f"cannot be taken back: {error.strerror}")
        except (KeyError, TypeError, ValueError, IndexError):
            yield Undone(str(path), done=False, problem="has a damaged entry in the journal")
        else:
            yield Undone(str(path), done=done)


def _undo_file(path: Path, begin: dict[str, Any], journal: Path, at: int, *, dry_run: bool, break_links: bool) -> bool:
    """Take one entry back; return False when the file is as it was before."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise FileError("does not exist any more") from None
    with file:
        found = digest_of(file)
        if found == begin["before"]:
            return False
        if found != begin["after"]:
            raise FileError("was changed since, so it is left as it is")
        if dry_run:
            return True
        file.seek(0)
        digest = new_digest()
        with Replacement(path, file, break_links=break_links) as old:

            def put(data: bytes) -> None:
                digest.update(data)
                old.write(data)

            _restore(file, records(journal, at), put)
            if digest.hexdigest() != begin["before"]:
                raise FileError("cannot be taken back: the journal does not lead to the old file")
            old.commit()
    return True


def _restore(file: BinaryIO, entry: Iterator[dict[str, Any]], put: Callable[[bytes], None]) -> None:
    """Write the old file from the new one and the records of its entry."""
    done = 0  # bytes of the old file that are written
    whole = False
    for record in entry:
        if "whole" in record:
            whole = True
            put(base64.b64decode(record["whole"]))
        elif "edit" in record:
            offset, old, new = record["edit"]
            _copy(file, offset - done, put)
            if file.read(len(bytes_of(new))) != bytes_of(new):
                raise FileError("cannot be taken back: an edit does not fit the file")
            put(bytes_of(old))
            done = offset + len(bytes_of(old))
    if not whole:
        while data := file.read(_CHUNK):
            put(data)


def _copy(file: BinaryIO, size: int, put: Callable[[bytes], None]) -> None:
    """Copy so many bytes."""
    while size > 0:
        data = file.read(min(size, _CHUNK))
        if not data:
            raise FileError("cannot be taken back: the file is too short")
        put(data)
        size -= len(data)
