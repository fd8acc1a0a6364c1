"""Where results go: with a digest, to the journal, to a new file or directory.

>>> output_path(Path("out.txt"), Path("in.txt")).name
'out.txt'
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import BinaryIO

from textmend.files.compression import Sink
from textmend.files.journal import Entry, new_digest
from textmend.files.problems import FileError


class Hashed:
    """A sink that also makes the digest of what it takes.

    >>> import io
    >>> Hashed(io.BytesIO()).digest
    'cae66941d9efbd404e4d88758ea67670'
    """

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._digest = new_digest()

    def write(self, data: bytes) -> None:
        """Take some bytes."""
        self._digest.update(data)
        self._sink.write(data)

    @property
    def digest(self) -> str:
        """The digest of what was taken, in hexadecimal."""
        return str(self._digest.hexdigest())


def entry_of(journal: Path | None, path: Path) -> contextlib.AbstractContextManager[Entry | None]:
    """Return the entry of a file in the journal, if there is one.

    >>> with entry_of(None, Path("a")) as entry:
    ...     entry is None
    True
    """
    return Entry(path) if journal is not None else contextlib.nullcontext()


def pour(file: BinaryIO, sink: Sink) -> None:
    """Copy a file into a sink.

    >>> import io
    >>> pour(io.BytesIO(b"a"), io.BytesIO())
    """
    while data := file.read(1 << 18):
        sink.write(data)


def output_path(output: Path | None, path: Path | None) -> Path:
    """Return where a result is written: the output itself, or below it when it is a directory.

    >>> output_path(Path("new.txt"), None).name
    'new.txt'
    """
    assert output is not None  # noqa: S101 - mode "output" has one
    if path is None or not output.is_dir():
        if output.exists() and not output.is_file():
            raise FileError(f"is not written to {output}, which is no regular file")
        return output
    below = Path(*[part for part in path.parts if part not in {path.anchor, ".."}])
    target = output / below
    target.parent.mkdir(parents=True, exist_ok=True)
    return target
