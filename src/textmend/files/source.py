"""An input: a file or standard input, what it is, and its content as often as it is wanted.

>>> import io
>>> source = Source.standard_input(io.BytesIO(b"text"), "a.csv")
>>> source.format.name, source.content().read(10)
('csv', b'text')
"""

from __future__ import annotations

import contextlib
import io
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from textmend.files.charsets import HEAD, Charset, charset_of, is_binary
from textmend.files.compression import Compression, compression_of
from textmend.files.formats import Format, format_named, format_of
from textmend.files.problems import FileError
from textmend.files.stream import Readable

STANDARD_INPUT = "standard input"
"""What standard input is called in messages."""


class NoTextError(FileError):
    """An input that is binary data.

    >>> issubclass(NoTextError, FileError)
    True
    """


class Source:
    r"""One input.

    name: for messages. path: None for standard input. file: what is open, for locks. encoding,
    format: what the caller says; "" to tell from the input itself.

    Raises FileError for what is no text.

    >>> import io
    >>> Source.standard_input(io.BytesIO(b"a\0b"))
    Traceback (most recent call last):
    ...
    textmend.files.source.NoTextError: is binary data, not text
    """

    def __init__(self, name: str, path: Path | None, file: BinaryIO, known_as: Path, encoding: str, form: str) -> None:
        self.name = name
        self.path = path
        self.file = file
        self.compression: Compression | None = compression_of(known_as)
        self.format: Format = format_named(form) if form else format_of(known_as)
        self._head = b""
        if path is None:
            first = file if self.compression is None else self.compression.open(file)
            self._stream: Readable | None = first
            self._head = read_exactly(first, HEAD)
        else:
            self._stream = None
            self._head = read_exactly(self._opened(), HEAD)
        if self.format.scanner is not None and is_binary(self._head, nul_is_text=self.format.nul_is_text):
            raise NoTextError("is binary data, not text")
        self.charset: Charset = charset_of(self._head, encoding, xml=self.format.xml)

    @classmethod
    def standard_input(cls, file: BinaryIO, known_as: str = "", encoding: str = "", form: str = "") -> Source:
        """Return standard input as a source; known_as: the name by which its format is told."""
        return cls(STANDARD_INPUT, None, file, Path(known_as or "-"), encoding, form)

    @classmethod
    @contextlib.contextmanager
    def open(cls, path: Path, encoding: str = "", form: str = "", *, named: bool = True) -> Iterator[Source | None]:
        """Open a file as a source; None for what is no text and was not named."""
        try:
            if path.is_dir():
                raise FileError("is a directory: name the files in it, or use --write or --diff")
            file = path.open("rb")
        except FileNotFoundError:
            raise FileError("does not exist") from None
        except OSError as error:
            raise FileError(f"cannot be read: {error.strerror}") from None
        with file:
            try:
                source = cls(str(path), path, file, path, encoding, form)
            except NoTextError:
                if named:
                    raise
                source = None
            except OSError as error:
                raise FileError(f"cannot be read: {error.strerror}") from None
            yield source

    @property
    def is_empty(self) -> bool:
        """Whether there is no content."""
        return not self._head

    @property
    def size(self) -> int:
        """The bytes of the file, for progress; 0 when they are not known."""
        if self.path is None:
            return 0
        status = os.fstat(self.file.fileno())
        return status.st_size if stat.S_ISREG(status.st_mode) else 0

    def content(self) -> Readable:
        """Return the content behind the byte order mark, decompressed; standard input can be read once."""
        stream = Prefixed(b"", self._opened()) if self._stream is None else Prefixed(self._head, self._stream)
        skipped = read_exactly(stream, len(self.charset.mark))
        assert skipped == self.charset.mark  # noqa: S101 - it was found there
        return stream

    def raw(self) -> Readable:
        """Return the file itself, as it is on the disc."""
        return _Reader(self.file)

    def _opened(self) -> Readable:
        """Return a reader of its own of the whole file."""
        raw = _Reader(self.file)
        return raw if self.compression is None else self.compression.open(io.BufferedReader(raw, 1 << 16))


class _Reader(io.RawIOBase):
    """Reads an open file from its beginning, apart from other readers of it."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._descriptor = file.fileno()
        self._at = 0
        self._seekable = file.seekable()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        if size < 0:
            return b"".join(iter(lambda: self.read(1 << 20), b""))
        if not self._seekable:
            return os.read(self._descriptor, size)
        data = os.pread(self._descriptor, size, self._at)
        self._at += len(data)
        return data

    def readinto(self, buffer: Any, /) -> int:
        view = memoryview(buffer)
        data = self.read(len(view))
        view[: len(data)] = data
        return len(data)


class Prefixed:
    """A reader of some bytes and then of another reader; a read is short only at the end.

    >>> Prefixed(b"ab", io.BytesIO(b"cd")).read(3)
    b'abc'
    """

    def __init__(self, prefix: bytes, rest: Readable) -> None:
        self._prefix = prefix
        self._rest = rest

    def read(self, size: int, /) -> bytes:
        """Return so many bytes."""
        given, self._prefix = self._prefix[:size], self._prefix[size:]
        return given + read_exactly(self._rest, size - len(given)) if len(given) < size else given


def read_exactly(source: Readable, size: int) -> bytes:
    """Return so many bytes of a source, fewer only at its end.

    >>> read_exactly(io.BytesIO(b"abc"), 2)
    b'ab'
    """
    data = source.read(size) if size > 0 else b""
    while data and len(data) < size:
        more = source.read(size - len(data))
        if not more:
            break
        data += more
    return data
