"""Writes files so that the old or the new content is there, whole, whatever happens.

The new content goes into a temporary file beside the target; once it is safely on the disc, one
rename puts it in place. Mode, owner, times and extended attributes are those of the old file.
What a rename would break (hard links, symbolic links, read-only files) is refused.

>>> import tempfile
>>> with tempfile.TemporaryDirectory() as folder:
...     path = Path(folder) / "a.txt"
...     _ = path.write_bytes(b"old")
...     with Replacement(path) as new:
...         new.write(b"new")
...         new.commit()
...     path.read_bytes()
b'new'
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from textmend.files.problems import FileError

TEMPORARY = ".textmend-tmp"
"""How the names of temporary files end; directories are walked without them."""

_BUFFER = 1 << 18  # bytes gathered before they are written
_NAME_BYTES = 5  # of the random part of a temporary name
_CHANGED = "was changed by another program in the meantime"

# What a file system or a container may refuse although nothing of the user's would be lost by it.
_NO_ATTRIBUTES = {errno.ENOTSUP, errno.ENODATA, errno.ENOSYS}
_SYSTEM_ATTRIBUTES = ("security.", "trusted.", "system.nfs4_acl", "com.apple.")


def check_writable(path: Path, *, break_links: bool = False) -> os.stat_result:
    """Return the status of a file that may be replaced; raise FileError for any other.

    break_links: also replace files with several hard links; the other names keep the old content.

    >>> check_writable(Path("/"))
    Traceback (most recent call last):
    ...
    textmend.files.problems.FileError: is no regular file, so it is not written
    """
    status = path.lstat()
    if stat.S_ISLNK(status.st_mode):
        raise FileError("is a symbolic link, which is not followed for writing: name the file itself")
    if not stat.S_ISREG(status.st_mode):
        raise FileError("is no regular file, so it is not written")
    if not status.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise FileError("is read-only, so it is not written")
    if status.st_nlink > 1 and not break_links:
        raise FileError(f"has {status.st_nlink} hard links, which replacing it would part; --break-hard-links does so")
    return status


class Replacement:
    """The new content of a file, which takes its place on `commit` and vanishes otherwise.

    path: the file; it need not exist.
    source: the open file that was read, where there is one: `commit` refuses when the file at
        `path` is no longer that one, and a second run that writes the same file is refused at once.
    backup: a suffix; the old file stays under its name with that suffix.

    Use it as a context manager.
    """

    def __init__(
        self, path: Path, source: BinaryIO | None = None, *, backup: str = "", break_links: bool = False
    ) -> None:
        self.path = path
        self._backup = backup
        self._break_links = break_links
        self._source = source
        self._old: os.stat_result | None = None
        self._temporary: Path | None = None
        self._file: BinaryIO | None = None

    def __enter__(self) -> Self:
        if self._source is not None:
            _lock(self._source, "is being written by another run of textmend")
            self._old = os.fstat(self._source.fileno())
            if self._backup:
                self._forget_half_made_backup()
            now = check_writable(self.path, break_links=self._break_links)
            if _identity(now) != _identity(self._old):
                raise FileError(_CHANGED)
            if self._backup and self._backup_path().exists():
                raise FileError(f"is not written, for its backup {self._backup_path().name} exists already")
        _remove_stale(self.path)
        self._file = self._make_temporary()
        return self

    def _make_temporary(self) -> BinaryIO:
        """Make and lock the temporary file."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        while True:
            self._temporary = self.path.with_name(_prefix(self.path) + secrets.token_hex(_NAME_BYTES) + TEMPORARY)
            descriptor = os.open(self._temporary, flags, 0o600 if self._source else 0o666)
            file = os.fdopen(descriptor, "wb", buffering=_BUFFER)
            _lock(file, "is in use")
            # before it was locked, another run may have taken it for a left-over
            if os.fstat(file.fileno()).st_nlink:
                return file
            file.close()

    def write(self, data: bytes) -> None:
        """Add to the new content."""
        self._open().write(data)

    def commit(self, before: Callable[[], None] | None = None) -> None:
        """Put the new content in place; when this returns, it is on the disc.

        before: called when all is ready but the rename, for what must be on the disc first.
        """
        file = self._open()
        file.flush()
        if self._source is not None and self._old is not None:
            _copy_attributes(self._source, file, self._old)
        os.fsync(file.fileno())
        if self._source is not None and self._old is not None:
            try:
                now = self.path.lstat()
            except FileNotFoundError:
                raise FileError(_CHANGED) from None
            if _identity(now) != _identity(self._old):
                raise FileError(_CHANGED)
        if before is not None:
            before()
        if self._backup and self._old is not None:
            self._keep_backup()
        temporary = self._temporary
        assert temporary is not None  # noqa: S101 - made by __enter__
        temporary.replace(self.path)
        self._temporary = None
        file.close()
        _sync_directory(self.path.parent)

    def _open(self) -> BinaryIO:
        if self._file is None:
            raise ValueError("a Replacement is used inside a with statement")
        return self._file

    def _backup_path(self) -> Path:
        return self.path.with_name(self.path.name + self._backup)

    def _forget_half_made_backup(self) -> None:
        """Remove a backup that a killed run left: a second name of the file itself."""
        with contextlib.suppress(OSError):
            if self._backup_path().samefile(self.path):
                self._backup_path().unlink()
                assert self._source is not None  # noqa: S101 - backups are of files that were read
                self._old = os.fstat(self._source.fileno())

    def _keep_backup(self) -> None:
        """Give the old file a second name, which it keeps; it is not copied."""
        backup = self._backup_path()
        try:
            os.link(self.path, backup, follow_symlinks=False)
        except FileExistsError:
            raise FileError(f"is not written, for its backup {backup.name} exists already") from None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._temporary is not None:
            with contextlib.suppress(OSError):
                self._temporary.unlink()
        if self._file is not None and not self._file.closed:
            # what is still buffered is not wanted; on a full disc writing it would fail again
            with contextlib.suppress(OSError):
                self._file.close()


def _identity(status: os.stat_result) -> tuple[int, ...]:
    """Return what changes when a file is replaced or written to."""
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


def _lock(file: BinaryIO, message: str) -> None:
    """Lock a file against other runs; a file system without locks is used without."""
    try:
        import fcntl
    except ImportError:  # Windows does not rename over an open file anyway
        return
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise FileError(message) from None
    except OSError:
        pass


def _remove_stale(path: Path) -> None:
    """Remove the temporary files of runs that were killed; those in use are locked."""
    try:
        import fcntl
    except ImportError:
        return
    for entry in _siblings(path.parent, _prefix(path)):
        with contextlib.suppress(OSError), entry.open("rb") as file:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            entry.unlink()


def _prefix(path: Path) -> str:
    """Return how the names of the temporary files of a target begin; 50 characters fit in any file system."""
    return f".{path.name[:50]}."


def _siblings(folder: Path, prefix: str) -> list[Path]:
    """Return the temporary files in a directory that belong to one target."""
    random = 2 * _NAME_BYTES
    found = []
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            middle = entry.name[len(prefix) : -len(TEMPORARY)]
            if entry.name.startswith(prefix) and entry.name.endswith(TEMPORARY) and len(middle) == random:
                found.append(folder / entry.name)
    return found


def _copy_attributes(source: BinaryIO, target: BinaryIO, old: os.stat_result) -> None:
    """Give the new file the owner, extended attributes, mode and times of the old one, in this order."""
    new = os.fstat(target.fileno())
    if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid) and hasattr(os, "fchown"):
        try:
            os.fchown(target.fileno(), old.st_uid, old.st_gid)
        except OSError:
            raise FileError("belongs to another user or group, which cannot be kept, so it is not written") from None
    _copy_extended(source, target)
    # a change of owner clears the set-user bits, and an access list changes the mode: so mode comes late
    if hasattr(os, "fchmod"):
        os.fchmod(target.fileno(), stat.S_IMODE(old.st_mode))
    os.utime(target.fileno() if os.utime in os.supports_fd else target.name, ns=(old.st_atime_ns, old.st_mtime_ns))


def _copy_extended(source: BinaryIO, target: BinaryIO) -> None:
    """Copy extended attributes, access lists among them."""
    if not hasattr(os, "listxattr"):
        return
    try:
        names = os.listxattr(source.fileno())
    except OSError as error:
        if error.errno in _NO_ATTRIBUTES:
            return
        raise
    for name in names:
        try:
            os.setxattr(target.fileno(), name, os.getxattr(source.fileno(), name))
        except OSError as error:
            if error.errno not in _NO_ATTRIBUTES and not name.startswith(_SYSTEM_ATTRIBUTES):
                raise FileError(f"has the attribute {name}, which cannot be kept, so it is not written") from None


def _sync_directory(folder: Path) -> None:
    """Bring a rename to the disc, where directories can be synchronised."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        with contextlib.suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
