"""The options that several commands share, and what they come to: a job and the files it is for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from textmend.errors import OptionsError, TextmendError
from textmend.files import FORMATS, STANDARD_INPUT, FileError, Found, Job, Settings, codec_of, walk
from textmend.lint import Configuration, Configurations, check_codes, read_configuration, rules_of
from textmend.options import PROFILES, Options
from textmend.rules import selected

STDIN = "-"
_F = TypeVar("_F", bound=Callable[..., Any])


class UsageProblem(click.ClickException):
    """A command line that cannot be followed; the message is a whole sentence."""

    exit_code = 2


class Wanted:
    """What the shared options of a command say: the files that are meant, and the job for each."""

    def __init__(self, given: Mapping[str, Any], job: Job, configurations: Configurations) -> None:
        self.names: tuple[str, ...] = given["paths"]
        self.job = job
        self._given = given
        self._configurations = configurations
        self._jobs: dict[tuple[int, tuple[str, ...]], Job] = {}
        first = self.of(self.names[0])
        self.jobs: int = first.jobs if given["jobs"] is None else given["jobs"]
        self.job_of(Found(None if self.names[0] == STDIN else Path(self.names[0]), named=True))  # mistakes first

    def of(self, name: str) -> Configuration:
        """Return the configuration of what is named; a directory may hold its own."""
        if name in {STDIN, STANDARD_INPUT}:
            return self._configurations.of(self._given["stdin_filename"] or STDIN)
        if os.path.isdir(name):  # noqa: PTH112 - a hook names thousands of files
            return self._configurations.of_folder(Path(name))
        return self._configurations.of(name)

    def baseline_of(self, name: str) -> Path | None:
        """Return the baseline that the configuration of a file names."""
        return self._configurations.of("" if name == STANDARD_INPUT else name).baseline

    def found(self) -> Iterator[Found]:
        """Yield the files that the names lead to, as they are found."""
        exclude, force = self._given["exclude"], bool(self._given["force_exclude"])
        for name in self.names:
            if name == STDIN:
                yield Found(None, named=True)
                continue
            own = self.of(name)
            force_exclude = force or own.force_exclude
            for found in walk([Path(name)], exclude, base=own.base, also=own.exclude, force_exclude=force_exclude):
                assert found.path is not None  # noqa: S101 - only standard input has none
                nearer = self._configurations.of(found.path)
                if nearer is own or found.named or not nearer.excludes(found.path):
                    yield found

    def job_of(self, found: Found) -> Job:
        """Return what to do with a file, as its own configuration says."""
        path = found.path or self._given["stdin_filename"] or STDIN
        configuration = self._configurations.of(path)
        ignores = configuration.ignores(path)
        key = (id(configuration), ignores)  # a configuration lives as long as the run
        if key not in self._jobs:
            options, select = rules_for(self._given, configuration, ignores)
            self._jobs[key] = replace(self.job, options=options, select=select)
        return self._jobs[key]


def rules_for(
    given: Mapping[str, Any], configuration: Configuration, ignores: tuple[str, ...]
) -> tuple[Options, tuple[str, ...]]:
    """Return the options for a file and the codes selected; raise UsageProblem for what cannot be.

    given: the options of the command line, which go before the configuration. ignores: the codes that the
    configuration takes away from this file.
    """
    options = configuration.options
    ignore = (given["ignore"] or configuration.ignore, configuration.extend_ignore, given["extend_ignore"], ignores)
    extend = rules_of((*configuration.extend_select, *given["extend_select"]))
    select = rules_of(given["select"] or configuration.select)
    changes: dict[str, Any] = {
        "enable": (*options.enable, *extend),
        "disable": (*options.disable, *rules_of(code for codes in ignore for code in codes)),
    }
    if given.get("profile"):
        changes["profile"] = given["profile"]
    if given.get("min_confidence") is not None:
        changes["min_confidence"] = given["min_confidence"]
    try:
        check_codes((*given["ignore"], *given["select"], *given["extend_ignore"], *given["extend_select"]), guard_codes)
        options = options.replace(**changes)
        selected(options)
    except TextmendError as problem:
        raise UsageProblem(f"{problem}.") from None
    return options, (*select, *extend) if select else ()


def guard_codes() -> tuple[str, ...]:
    """Return the codes of the guard, which is loaded for that.

    >>> guard_codes()[0]
    'TG101'
    """
    from textmend.guard import CHECKS

    return tuple(check.code for check in CHECKS)


def split(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Take lists with commas, and options given several times."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def encoding_name(_context: click.Context, _option: click.Parameter, value: str) -> str:
    """Check the name of an encoding."""
    if value:
        try:
            codec_of(value)
        except FileError as problem:
            raise click.BadParameter(str(problem)) from None
    return value


_SHARED = (
    click.option("--profile", type=click.Choice(PROFILES), help="The set of rules to start from."),
    click.option("--select", multiple=True, callback=split, metavar="CODES", help="Run only these rules (TM1,TM201)."),
    click.option("--ignore", multiple=True, callback=split, metavar="CODES", help="Do without these rules."),
    click.option("--extend-select", multiple=True, callback=split, metavar="CODES", help="Run these rules as well."),
    click.option("--extend-ignore", multiple=True, callback=split, metavar="CODES", help="Do without these as well."),
    click.option(
        "--min-confidence", type=click.FloatRange(0.0, 1.0), metavar="P", help="Change only what is at least so sure."
    ),
    click.option(
        "--format",
        "form",
        default="",
        type=click.Choice(["", *(each.name for each in FORMATS)]),
        show_default=False,
        metavar="NAME",
        help=f"The format, whatever the suffix says: {', '.join(each.name for each in FORMATS)}.",
    ),
    click.option("--columns", multiple=True, callback=split, metavar="NAMES", help="Columns of a table to look at."),
    click.option("--fix-header", is_flag=True, help="Treat the first record of a table like the others."),
    click.option(
        "--encoding", default="", callback=encoding_name, metavar="NAME", help="The encoding of files without a BOM."
    ),
    click.option("--stdin-filename", default="", metavar="NAME", help="The name that standard input would have."),
    click.option(
        "--exclude", multiple=True, metavar="PATTERN", help="Pass over these files; patterns as in .gitignore."
    ),
    click.option("--force-exclude", is_flag=True, help="Pass over excluded files even when they are named."),
    click.option("--no-markers", is_flag=True, help="Take no notice of textmend: ignore in the files."),
    click.option("-j", "--jobs", type=click.IntRange(0, 256), metavar="N", help="Processes; 0: as many as processors."),
    click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="Read the configuration from here."),
    click.option("--isolated", is_flag=True, help="Read no configuration."),
    click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors."),
    click.option("-v", "--verbose", is_flag=True, help="Name each file and what came of it."),
)


def shared_options(command: _F) -> _F:
    """Give a command the shared options."""
    for option in reversed(_SHARED):
        command = option(command)
    return click.argument("paths", metavar="PATH...", nargs=-1, required=True)(command)


def wanted(mode: str, given: dict[str, Any], **more: Any) -> Wanted:
    """Return what the shared options come to; raise UsageProblem for what cannot be followed.

    given: the options by their names. more: further fields of the job.
    """
    if given["jobs"] == 0:
        given["jobs"] = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    job = Job(
        mode,
        format=given["form"],
        settings=Settings(given["columns"], given["fix_header"]),
        encoding=given["encoding"],
        known_as=given["stdin_filename"],
        markers=not given["no_markers"],
        **more,
    )
    return Wanted(given, job, configurations(given))


def configurations(given: Mapping[str, Any]) -> Configurations:
    """Return where the configuration of each file comes from: the file named, or the nearest one upwards."""
    try:
        if given["isolated"]:
            return Configurations(Configuration())
        if given["config"]:
            return Configurations(read_configuration(given["config"], guard_codes))
    except OptionsError as problem:
        raise UsageProblem(f"{problem}.") from None
    return Configurations(guard=guard_codes)


def sentence(name: str, problem: str) -> str:
    """Return what is said about a file that failed.

    >>> sentence("a.json", "line 1, column 2: a string is not closed")
    'a.json is left as it is: line 1, column 2: a string is not closed.'
    """
    if problem.startswith("line "):
        return f"{name} is left as it is: {problem}."
    if problem.startswith(("the ", "there ")):
        return f"{name} is left as it is: {problem}."
    return f"{name} {problem}."
