"""Finds the files that a run is about: those named, and those in directories that are named.

In a directory everything that git would ignore is passed over, and so are symbolic links, the
directories of version control and what other runs are writing.

>>> import tempfile
>>> with tempfile.TemporaryDirectory() as folder:
...     _ = (Path(folder) / "a.txt").write_text("a")
...     _ = (Path(folder) / "a.log").write_text("a")
...     _ = (Path(folder) / ".gitignore").write_text("*.log")
...     [found.path.name for found in walk([Path(folder)]) if found.path]
['.gitignore', 'a.txt']
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from textmend.files.writing import TEMPORARY

TYPE_CHECKING = False  # a type checker takes it for true; importing typing costs milliseconds
if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

VERSION_CONTROL = frozenset({".git", ".hg", ".svn", ".bzr", ".jj"})
"""Directories that are never entered."""

_IGNORE_FILE = ".gitignore"


@dataclass(frozen=True, slots=True)
class Found:
    """A file, and whether it was named itself: what is found in a directory may be passed over.

    path: None for standard input.

    >>> Found(Path("a.txt"), named=True).named
    True
    """

    path: Path | None
    named: bool


@dataclass(frozen=True, slots=True)
class _Rules:
    """The patterns of one file, and the directory that they speak about."""

    base: str
    spec: GitIgnoreSpec

    def judge(self, path: str) -> bool | None:
        """Whether a path is ignored; None when no pattern speaks about it."""
        relative = os.path.relpath(path.rstrip("/") or "/", self.base).replace(os.sep, "/")
        if relative.startswith("../") or relative == "..":
            return None
        return self.spec.check_file(relative + "/" * path.endswith("/")).include


def walk(
    paths: Iterable[Path],
    exclude: Sequence[str] = (),
    *,
    base: Path | None = None,
    also: Sequence[str] = (),
    force_exclude: bool = False,
) -> Iterator[Found]:
    """Yield the files named and those below the directories named, sorted by name.

    exclude: patterns as in .gitignore, relative to the working directory; also: further ones, relative to
    base; force_exclude: they hold for files that are named too.

    >>> list(walk([Path("a.txt")], exclude=["*.txt"], force_exclude=True))
    []
    """
    own = [_Rules(str(Path.cwd()), _spec(exclude))] if exclude else []
    if base is not None and also:
        own.append(_Rules(str(base), _spec(also)))
    for path in paths:
        if force_exclude and own and _excluded(path.absolute(), own):
            continue
        if path.is_dir() and not path.is_symlink():
            absolute = path.absolute()
            yield from _below(path, absolute, [*own, *_rules_above(absolute)])
        elif path.is_dir():
            yield from _below(path, path.resolve(), [*own, *_rules_above(path.resolve())])
        else:
            yield Found(path, named=True)


def _below(shown: Path, folder: Path, rules: list[_Rules]) -> Iterator[Found]:
    """Yield the files below a directory."""
    rules = [*rules, *_rules_in(folder)]
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        # it is named in the results like a file that cannot be read
        yield Found(shown, named=True)
        return
    for entry in found:
        if entry.is_symlink():
            continue
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in VERSION_CONTROL and not _ignored(entry.path + "/", rules):
                yield from _below(shown / entry.name, Path(entry.path), rules)
        elif (
            entry.is_file(follow_symlinks=False)
            and not entry.name.endswith(TEMPORARY)
            and not _ignored(entry.path, rules)
        ):
            yield Found(shown / entry.name, named=False)


def _ignored(path: str, rules: Sequence[_Rules]) -> bool:
    """Whether a path is ignored: the deepest file that speaks about it decides; what is excluded stays so."""
    for each in reversed(rules):
        verdict = each.judge(path)
        if verdict is not None:
            return verdict
    return False


def _excluded(path: Path, rules: Sequence[_Rules]) -> bool:
    """Whether a path or a directory above it is excluded."""
    above = [f"{parent}/" for parent in path.parents]
    return any(_ignored(each, rules) for each in (str(path), *above))


def _rules_above(folder: Path) -> list[_Rules]:
    """Return the ignore files of the repository from its root down to above a directory."""
    chain: list[Path] = []
    for parent in folder.parents:
        chain.append(parent)
        if (parent / ".git").exists():
            rules = [rule for each in reversed(chain) for rule in _rules_in(each)]
            return [*_rules_of(parent / ".git" / "info" / "exclude", parent), *rules]
    if (folder / ".git").is_dir():
        return _rules_of(folder / ".git" / "info" / "exclude", folder)
    return []


def _rules_in(folder: Path) -> list[_Rules]:
    """Return the patterns of the ignore file in a directory."""
    return _rules_of(folder / _IGNORE_FILE, folder)


def _rules_of(path: Path, base: Path) -> list[_Rules]:
    """Return the patterns of one ignore file."""
    try:
        lines = path.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return []
    return [_Rules(str(base), _spec(lines))]


def _spec(lines: Iterable[str]) -> GitIgnoreSpec:
    """Compile patterns."""
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(lines)
