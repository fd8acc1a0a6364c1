"""What git knows: which files an edit is about, and their versions.

>>> Repository(Path("/no such directory"))
Traceback (most recent call last):
...
textmend.guard.repository.GitError: /no such directory is not in the working tree of a git repository
"""

from __future__ import annotations

import os
import subprocess
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from textmend.errors import TextmendError

STAGED = ""
"""Stands for the index where a revision is asked for."""

WORKTREE = "."
"""Stands for the files as they are on the disc; no revision has this name."""

# Changes whose versions are asked for before the first is read. Their names fit into a pipe, so that nobody waits
# for nobody: git for the reader of what it writes, and this program for the reader of what it asks.
_AHEAD = 32

_FILES = frozenset({"100644", "100755"})  # modes of regular files; links and submodules have others
_NONE = "0" * 40

Version = bytes | None
"""The content of a file, or that there is none."""


class GitError(TextmendError):
    """What git cannot do, in a clause.

    >>> issubclass(GitError, TextmendError)
    True
    """


@dataclass(frozen=True, slots=True)
class Change:
    """A file that an edit changed: its path now and before, from the root, and what git calls both versions.

    new: empty for the file on the disc.

    >>> Change("a.txt", "a.txt", "12ab", "").path
    'a.txt'
    """

    path: str
    old_path: str
    old: str
    new: str


class Repository:
    """The repository around a directory; `close` ends the process that reads it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._reader: subprocess.Popen[bytes] | None = None
        try:
            found = self._git("rev-parse", "--show-toplevel", "--git-path", "MERGE_HEAD")
        except (GitError, OSError):
            if folder.is_dir() and not _git_is_there():
                raise GitError("there is no program git") from None
            raise GitError(f"{folder} is not in the working tree of a git repository") from None
        root, merge = os.fsdecode(found).splitlines()
        self.root = Path(root)
        self._merge = folder / merge

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process that reads versions."""
        if self._reader is not None and self._reader.stdin is not None:
            self._reader.stdin.close()
            self._reader.wait()
            if self._reader.stdout is not None:
                self._reader.stdout.close()
        self._reader = None

    def parents(self) -> tuple[str, ...]:
        """Return the commits that a merge under way joins to HEAD."""
        try:
            return tuple(self._merge.read_text("ascii").split())
        except OSError:
            return ()

    def base(self) -> str | None:
        """Return the commit that the next one follows; None before the first."""
        try:
            return os.fsdecode(self._git("rev-parse", "--verify", "--quiet", "HEAD^{commit}")).strip()
        except GitError:
            return None

    def commit(self, name: str) -> str:
        """Return the commit that a name leads to; raise GitError for a name that leads to none."""
        try:
            found = self._git("rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}")
        except GitError:
            raise GitError(f"there is no commit {name!r}") from None
        return os.fsdecode(found).strip()

    def fork(self, one: str, other: str) -> str:
        """Return the commit from which two parted; the first of them when they have nothing in common."""
        try:
            found = self._git("merge-base", "--end-of-options", one, other)
        except GitError:
            return self.commit(one)
        return os.fsdecode(found).split()[0]

    def changes(self, before: str, after: str = STAGED) -> Iterator[Change]:
        """Yield the regular files that were changed, renamed ones too, from a commit to another, STAGED or WORKTREE."""
        kind = {STAGED: ["diff-index", "--cached"], WORKTREE: ["diff-index"]}.get(after, ["diff-tree", "-r"])
        revisions = [before] if after in {STAGED, WORKTREE} else [before, after]
        options = ["--raw", "-z", "-M", "--no-abbrev", "--no-ext-diff", "--diff-filter=MR", "--ignore-submodules"]
        fields = iter(self._git(*kind, *options, *revisions, "--").split(b"\0"))
        for entry in fields:
            if not entry:
                break
            old_mode, mode, old, new, status = os.fsdecode(entry.lstrip(b":")).split(" ")
            old_path = os.fsdecode(next(fields))
            path = os.fsdecode(next(fields)) if status.startswith("R") else old_path
            if old_mode in _FILES and mode in _FILES:
                yield Change(path, old_path, old, "" if new == _NONE[: len(new)].ljust(len(new), "0") else new)

    def versions(self, changes: Iterable[Change], merged: Sequence[str] = ()) -> Iterator[tuple[Change, list[Version]]]:
        """Yield changes, each with its versions as git stores them: old, new, and those of the commits that are merged.

        A version is None where there is none.
        """
        wanted = (
            (change, [change.old, change.new, *(f"{each}:{change.path}" for each in merged)]) for change in changes
        )
        under_way: deque[tuple[Change, int]] = deque()
        for change, names in wanted:
            self._ask(names)
            under_way.append((change, len(names)))
            if len(under_way) >= _AHEAD:
                yield self._answer(*under_way.popleft())
        while under_way:
            yield self._answer(*under_way.popleft())

    def _ask(self, names: Sequence[str]) -> None:
        """Send the names of versions to the process that reads them."""
        if self._reader is None:
            self._reader = subprocess.Popen(
                ["git", "cat-file", "--batch"],  # noqa: S607 - as it is found by name everywhere
                cwd=self.root,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
        given = self._reader.stdin
        assert given is not None  # noqa: S101 - it was asked for
        # a name with a line feed cannot be asked for; nothing is called by noughts alone
        given.write(b"".join(os.fsencode(_NONE if "\n" in name else name) + b"\n" for name in names))
        given.flush()

    def _answer(self, change: Change, count: int) -> tuple[Change, list[Version]]:
        """Read the versions of a change."""
        assert self._reader is not None  # noqa: S101 - _ask started it
        made = self._reader.stdout
        assert made is not None  # noqa: S101 - it was asked for
        found: list[Version] = []
        for _ in range(count):
            head = made.readline().rsplit(b" ", 2)
            kind, size = (head[1], head[2].strip()) if len(head) == 3 else (b"", b"")
            data = made.read(int(size) + 1)[:-1] if size.isdigit() else None
            found.append(data if kind == b"blob" else None)
        return change, found

    def checked_out(self, change: Change) -> bytes | None:
        """Return the old version of a file as git would write it to the disc: line ends and filters applied."""
        try:
            return self._git("cat-file", "--filters", f"--path={change.path}", change.old)
        except GitError:
            return None

    def relative(self, path: Path) -> str:
        """Return a path from the root on; raise GitError for one outside the repository.

        A link is not followed, so it is named as git knows it.
        """
        name = os.path.relpath(path.parent.resolve() / path.name, self.root.resolve())
        if name == os.curdir:
            return ""
        if Path(name).parts[0] == os.pardir:
            raise GitError(f"{path} is not in the repository {self.root}")
        return name.replace(os.sep, "/")

    def _git(self, *arguments: str) -> bytes:
        """Return what git answers; raise GitError with its last word when it fails."""
        done = subprocess.run(  # noqa: S603 - git, with arguments of our own
            ["git", *arguments],  # noqa: S607 - as it is found by name everywhere
            cwd=getattr(self, "root", self._folder),
            capture_output=True,
            check=False,
        )
        if done.returncode:
            said = os.fsdecode(done.stderr).strip().splitlines()
            raise GitError(said[-1] if said else f"git {arguments[0]} failed")
        return done.stdout


def _git_is_there() -> bool:
    """Whether the program git is installed."""
    import shutil

    return shutil.which("git") is not None


def under(path: str, roots: Collection[str]) -> bool:
    """Whether a path from the root is one of those given or in one of them; "" is the root itself.

    >>> under("a/b.txt", {"a"}), under("ab.txt", {"a"})
    (True, False)
    """
    while path and path not in roots:
        path = path.rpartition("/")[0]
    return path in roots
