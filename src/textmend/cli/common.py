"""The options that several commands share, and what they come to: a job and the files it is for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from textmend.errors import TextmendError
from textmend.files import FORMATS, FileError, Found, Job, Settings, codec_of, walk
from textmend.options import PROFILES, Options, load_settings, read_settings
from textmend.rules import selected

STDIN = "-"
SURFACE_KEYS = ("exclude", "force_exclude", "select", "ignore", "jobs")
"""Keys of a configuration file that speak about the command line."""

_F = TypeVar("_F", bound=Callable[..., Any])


class UsageProblem(click.ClickException):
    """A command line that cannot be followed; the message is a whole sentence."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the shared options of a command say."""

    names: tuple[str, ...]
    job: Job
    jobs: int
    exclude: tuple[str, ...]
    force_exclude: bool

    def found(self) -> Iterator[Found]:
        """Yield the files that the names lead to, as they are found."""
        for name in self.names:
            if name == STDIN:
                yield Found(None, named=True)
            else:
                yield from walk([Path(name)], self.exclude, force_exclude=self.force_exclude)


def _split(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
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
    click.option("--select", multiple=True, callback=_split, metavar="CODES", help="Run only these rules (TM1,TM201)."),
    click.option("--ignore", multiple=True, callback=_split, metavar="CODES", help="Do without these rules."),
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
    click.option("--columns", multiple=True, callback=_split, metavar="NAMES", help="Columns of a table to look at."),
    click.option("--fix-header", is_flag=True, help="Treat the first record of a table like the others."),
    click.option(
        "--encoding", default="", callback=encoding_name, metavar="NAME", help="The encoding of files without a BOM."
    ),
    click.option("--stdin-filename", default="", metavar="NAME", help="The name that standard input would have."),
    click.option(
        "--exclude", multiple=True, metavar="PATTERN", help="Pass over these files; patterns as in .gitignore."
    ),
    click.option("--force-exclude", is_flag=True, help="Pass over excluded files even when they are named."),
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
    try:
        options, rest = _configuration(given)
        changes: dict[str, Any] = {"disable": (*options.disable, *_texts(rest, "ignore"), *given["ignore"])}
        if given["profile"]:
            changes["profile"] = given["profile"]
        if given["min_confidence"] is not None:
            changes["min_confidence"] = given["min_confidence"]
        options = options.replace(**changes)
        select = given["select"] or _texts(rest, "select")
        selected(options.replace(enable=(*options.enable, *select)))  # unknown codes are told before any work
    except TextmendError as problem:
        raise UsageProblem(f"{problem}.") from None
    job = Job(
        mode,
        options,
        select,
        given["form"],
        Settings(given["columns"], given["fix_header"]),
        given["encoding"],
        known_as=given["stdin_filename"],
        **more,
    )
    jobs = given["jobs"] if given["jobs"] is not None else int(rest.get("jobs", 1))
    return Wanted(
        given["paths"],
        job,
        jobs or len(os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)),
        (*_texts(rest, "exclude"), *given["exclude"]),
        bool(given["force_exclude"] or rest.get("force_exclude", False)),
    )


def _configuration(given: dict[str, Any]) -> tuple[Options, dict[str, Any]]:
    """Read the configuration: the file named, or the one found upwards from the first path."""
    if given["isolated"]:
        return Options(), {}
    if given["config"]:
        settings = read_settings(given["config"], SURFACE_KEYS)
    else:
        first = given["paths"][0]
        settings = load_settings(Path.cwd() if first == STDIN else Path(first).absolute(), SURFACE_KEYS)
    return settings.options, settings.rest


def _texts(rest: dict[str, Any], name: str) -> tuple[str, ...]:
    """Return a list of texts from the configuration."""
    value = rest.get(name, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise UsageProblem(f"the configuration's {name.replace('_', '-')} is a list of texts, not {value!r}.")
    return tuple(value)


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
