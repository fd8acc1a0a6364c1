"""The configuration of each file: the nearest one upwards, read once, checked whole.

>>> Configurations(fixed=Configuration()).of(Path("a.txt")).select
()
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from textmend.errors import OptionsError, UnknownRuleError
from textmend.options import Options, read_settings, settings_in
from textmend.rules import selected

KEYS = (
    "select",
    "ignore",
    "extend_select",
    "extend_ignore",
    "per_file_ignores",
    "exclude",
    "force_exclude",
    "baseline",
    "jobs",
)
"""Keys of a configuration file beside those of the options."""

_GUARD = "TG"  # how the codes of the guard begin; they are no rules
_MOST_JOBS = 256

Codes = Callable[[], Iterable[str]]
"""Gives codes when they are asked for."""


@dataclass(frozen=True)
class Configuration:
    """What one configuration file says, or the defaults.

    base: the directory that its patterns are relative to. select, ignore: codes or beginnings of them;
    extend_*: further ones, that stay when the command line says others. per_file_ignores: by pattern.

    >>> Configuration().ignores("a.txt")
    ()
    """

    base: Path = field(default_factory=Path.cwd)
    options: Options = field(default_factory=Options)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    extend_ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    baseline: Path | None = None
    jobs: int = 1

    def ignores(self, path: str | Path) -> tuple[str, ...]:
        """Return the codes that the patterns take away from a file.

        >>> Configuration(per_file_ignores=(("*.md", ("TM101",)),)).ignores("docs/a.md")
        ('TM101',)
        """
        if not self.per_file_ignores:
            return ()
        name = self._relative(path)
        return tuple(code for spec, codes in self._specs if spec.match_file(name) for code in codes)

    def excludes(self, path: str | Path) -> bool:
        """Return whether the patterns exclude a file.

        >>> Configuration(exclude=("build/",)).excludes("build/a.txt")
        True
        """
        return bool(self.exclude) and bool(self._excluded.match_file(self._relative(path)))

    def _relative(self, path: str | Path) -> str:
        """Return a path from the directory of the configuration on."""
        return os.path.relpath(path, self.base).replace(os.sep, "/")

    @cached_property
    def _specs(self) -> list[tuple[Any, tuple[str, ...]]]:
        from pathspec import GitIgnoreSpec

        return [(GitIgnoreSpec.from_lines([pattern]), codes) for pattern, codes in self.per_file_ignores]

    @cached_property
    def _excluded(self) -> Any:
        from pathspec import GitIgnoreSpec

        return GitIgnoreSpec.from_lines(self.exclude)


class Configurations:
    """The configurations of a run, by directory.

    fixed: the one that counts for all files, whatever lies beside them. guard: gives the codes of the guard.

    >>> Configurations(fixed=Configuration()).of_folder(Path("/")).jobs
    1
    """

    def __init__(self, fixed: Configuration | None = None, guard: Codes = tuple) -> None:
        self._fixed = fixed
        self._guard = guard
        self._known: dict[Path, Configuration | None] = {}
        self._near: dict[str, Configuration] = {}  # by the name of a directory as it was given, for many small files
        self._none = Configuration()

    def of(self, path: str | Path) -> Configuration:
        """Return the configuration of a file."""
        folder = os.path.dirname(path)  # noqa: PTH120 - a Path for each of many files costs more than all else here
        found = self._near.get(folder)
        if found is None:
            found = self._near[folder] = self.of_folder(Path(folder))
        return found

    def of_folder(self, folder: Path) -> Configuration:
        """Return the configuration of the files that stand in a directory."""
        return self._fixed or self._upwards(folder.absolute()) or self._none

    def _upwards(self, folder: Path) -> Configuration | None:
        """Return the nearest configuration; None when there is none up to the root."""
        if folder not in self._known:
            path = settings_in(folder)
            if path is not None:
                self._known[folder] = read_configuration(path, self._guard)
            else:
                self._known[folder] = None if folder == folder.parent else self._upwards(folder.parent)
        return self._known[folder]


def read_configuration(path: Path, guard: Codes = tuple) -> Configuration:
    """Read a configuration file and check all that it says; raise OptionsError, which names the file.

    guard: gives the codes of the guard, which may stand beside those of rules; it is asked when one does.

    >>> read_configuration(Path("no-such-file.toml"))
    Traceback (most recent call last):
    ...
    textmend.errors.OptionsError: no-such-file.toml cannot be read: No such file or directory
    """
    settings = read_settings(path, KEYS)
    rest = settings.rest
    try:
        lists = {name: _texts(rest, name) for name in ("select", "ignore", "extend_select", "extend_ignore", "exclude")}
        ignores = tuple((pattern, codes) for pattern, codes in _table(rest).items())
        codes = (*(code for name, each in lists.items() if name != "exclude" for code in each),)
        check_codes((*codes, *(code for _, each in ignores for code in each)), guard)
        selected(settings.options)
        return Configuration(
            base=path.absolute().parent,
            options=settings.options,
            per_file_ignores=ignores,
            force_exclude=_truth(rest, "force_exclude"),
            baseline=_baseline(rest, path),
            jobs=_jobs(rest),
            **lists,
        )
    except OptionsError as error:
        raise OptionsError(f"{path}: {error}") from None


def check_codes(codes: Iterable[str], guard: Codes = tuple) -> None:
    """Raise UnknownRuleError for a code, or the beginning of one, that neither a rule nor the guard has.

    >>> check_codes(["TM1", "TG101"], lambda: ["TG101"])
    """
    for code in codes:
        if not code.startswith(_GUARD):
            selected(Options(disable=(code,)))
        elif not any(each.startswith(code) for each in guard()):
            raise UnknownRuleError(f"the guard has no check {code!r}; it has {', '.join(guard())}")


def rules_of(codes: Iterable[str]) -> tuple[str, ...]:
    """Return those of some codes that are of rules, not of the guard.

    >>> rules_of(["TM1", "TG101"])
    ('TM1',)
    """
    return tuple(code for code in codes if not code.startswith(_GUARD))


def _texts(rest: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Return a list of texts."""
    return _all_texts(rest.get(name, []), name.replace("_", "-"))


def _all_texts(value: Any, name: str) -> tuple[str, ...]:
    """Return a value as texts; raise OptionsError when it is no list of them."""
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise OptionsError(f"{name} is a list of texts, not {value!r}")
    return tuple(value)


def _table(rest: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the table of codes by pattern."""
    value = rest.get("per_file_ignores", {})
    if not isinstance(value, dict):
        raise OptionsError(f"per-file-ignores is a table of lists of codes, not {value!r}")
    return {pattern: _all_texts(codes, f"per-file-ignores.{pattern!r}") for pattern, codes in value.items()}


def _truth(rest: Mapping[str, Any], name: str) -> bool:
    """Return a truth value."""
    value = rest.get(name, False)
    if not isinstance(value, bool):
        raise OptionsError(f"{name.replace('_', '-')} is true or false, not {value!r}")
    return value


def _jobs(rest: Mapping[str, Any]) -> int:
    """Return the number of processes."""
    value = rest.get("jobs", 1)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST_JOBS:
        raise OptionsError(f"jobs is a number from 0 to {_MOST_JOBS}, not {value!r}")
    return value


def _baseline(rest: Mapping[str, Any], path: Path) -> Path | None:
    """Return the baseline, whose name is relative to the configuration file."""
    value = rest.get("baseline")
    if value is None:
        return None
    if not isinstance(value, str) or not value:
        raise OptionsError(f"baseline is the name of a file, not {value!r}")
    return path.absolute().parent / value
