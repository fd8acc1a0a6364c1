"""Compressed files as a layer around any format: gzip, bzip2, xz, zstd.

>>> compression_of(Path("dump.jsonl.gz")).name
'gzip'
>>> compression_of(Path("dump.jsonl")) is None
True
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from textmend.files.problems import FileError


class Sink(Protocol):
    """What takes bytes.

    >>> import io
    >>> sink: Sink = io.BytesIO()
    """

    def write(self, data: bytes, /) -> object:
        """Take some bytes."""


@dataclass(frozen=True, slots=True)
class Compression:
    r"""A kind of compressed file: its name, its suffixes, the bytes that it begins with.

    reader: makes a file of what the compressed file holds. packer: makes an object with `compress` and
    `flush`.

    >>> compression_of(Path("a.xz")).magic
    b'\xfd7zXZ\x00'
    """

    name: str
    suffixes: tuple[str, ...]
    magic: bytes
    reader: Callable[[BinaryIO], BinaryIO]
    packer: Callable[[], Any]

    def open(self, file: BinaryIO) -> BinaryIO:
        """Return a file that reads what a compressed file holds; broken data raises FileError on reading."""
        return _Guarded(self.reader(file), self.name)  # type: ignore[return-value]


class Packed:
    """A sink that compresses what it takes; `close` writes the end.

    >>> import gzip, io
    >>> out = io.BytesIO()
    >>> packed = Packed(out, compression_of(Path("a.gz")))
    >>> packed.write(b"text"); packed.close()
    >>> gzip.decompress(out.getvalue())
    b'text'
    """

    def __init__(self, sink: Sink, compression: Compression) -> None:
        self._sink = sink
        self._packer = compression.packer()

    def write(self, data: bytes) -> None:
        """Take some bytes."""
        packed = self._packer.compress(data)
        if packed:
            self._sink.write(packed)

    def close(self) -> None:
        """Write what is left."""
        self._sink.write(self._packer.flush())


class _Guarded:
    """Reads a compressed file and says in one clause when it is broken."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self._name = name
        self._read = 0

    def read(self, size: int = -1) -> bytes:
        try:
            data = self._file.read(size)
        except Exception as error:
            if isinstance(error, EOFError):
                raise self._broken("ends too early") from None
            if isinstance(error, OSError) and error.errno:
                raise
            if isinstance(error, MemoryError | KeyboardInterrupt):
                raise
            raise self._broken("is damaged") from None
        self._read += len(data)
        return data

    def _broken(self, what: str) -> FileError:
        return FileError(f"the {self._name} data {what}, after {self._read} bytes of content")


def _gzip_reader(file: BinaryIO) -> BinaryIO:
    import gzip

    return gzip.GzipFile(fileobj=file, mode="rb")  # type: ignore[return-value]


def _bz2_reader(file: BinaryIO) -> BinaryIO:
    import bz2

    return bz2.BZ2File(file)  # type: ignore[return-value]


def _xz_reader(file: BinaryIO) -> BinaryIO:
    import lzma

    return lzma.LZMAFile(file)  # type: ignore[return-value]


def _zstd() -> Any:
    """Return the zstandard package, or say which extra brings it."""
    try:
        import zstandard
    except ImportError:
        raise FileError("is a zstd file, which takes the extra [zstd]: pip install 'textmend[zstd]'") from None
    return zstandard


class _ZstdReader:
    """Reads all frames; a frame that is cut short is an error, which the package itself does not raise."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._zstd = _zstd()
        self._object: Any = None
        self._left = b""
        self._ready = b""

    def read(self, size: int = -1) -> bytes:
        while size < 0 or len(self._ready) < size:
            if self._object is None or self._object.eof:
                self._left = self._object.unused_data if self._object else self._left
                data = self._left or self._file.read(_PACKED_CHUNK)
                if not data:
                    break
                self._object, self._left = self._zstd.ZstdDecompressor().decompressobj(), b""
            else:
                data = self._file.read(_PACKED_CHUNK)
                if not data:
                    raise EOFError
            self._ready += self._object.decompress(data)
        cut = len(self._ready) if size < 0 else size
        given, self._ready = self._ready[:cut], self._ready[cut:]
        return given


_PACKED_CHUNK = 16384  # compressed bytes read at once; what they hold may be a thousand times longer


def _zstd_reader(file: BinaryIO) -> BinaryIO:
    return _ZstdReader(file)  # type: ignore[return-value]


def _gzip_packer() -> Any:
    # no name and no time in the header: the same content gives the same bytes
    return zlib.compressobj(6, zlib.DEFLATED, zlib.MAX_WBITS | 16)


def _bz2_packer() -> Any:
    import bz2

    return bz2.BZ2Compressor()


def _xz_packer() -> Any:
    import lzma

    return lzma.LZMACompressor()


def _zstd_packer() -> Any:
    return _zstd().ZstdCompressor(write_checksum=True).compressobj()


COMPRESSIONS = (
    Compression("gzip", (".gz",), b"\x1f\x8b", _gzip_reader, _gzip_packer),
    Compression("bzip2", (".bz2",), b"BZh", _bz2_reader, _bz2_packer),
    Compression("xz", (".xz",), b"\xfd7zXZ\x00", _xz_reader, _xz_packer),
    Compression("zstd", (".zst", ".zstd"), b"\x28\xb5\x2f\xfd", _zstd_reader, _zstd_packer),
)
"""The kinds of compressed files that are known."""


def compression_of(path: Path) -> Compression | None:
    """Return how a file is compressed, by its suffix.

    >>> compression_of(Path("a.txt.bz2")).name
    'bzip2'
    """
    suffix = path.suffix.lower()
    return next((each for each in COMPRESSIONS if suffix in each.suffixes), None)
