"""`textmend fix`: repaired text on standard output, in place, in another file, or as a difference."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from textmend.cli.common import STDIN, UsageProblem, Wanted, encoding_name, sentence, shared_options, wanted
from textmend.cli.progress import Progress
from textmend.cli.words import coloured, complain, count, lenient_output
from textmend.files import FileError, Listener, Result, Source, run_all, start

CHANGES = 1
FAILED = 2
_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


@click.command(
    epilog="""\b
Examples:
Example: textmend fix article.txt > repaired.txt
  textmend fix --diff data/
  textmend fix -w --journal run.jsonl data/
  zcat dump.jsonl.gz | textmend fix --stdin-filename dump.jsonl - | wc -l
""",
    short_help="Repair texts: to standard output, in place (-w), or as a difference.",
)
@click.option("-w", "--write", is_flag=True, help="Write changed files in place, each whole or not at all.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="PATH", help="Write to this file or directory."
)
@click.option("--diff", is_flag=True, help="Show what would change as a unified difference.")
@click.option("--dry-run", is_flag=True, help="Write nothing; only say which files would change.")
@click.option("--backup", default="", metavar="SUFFIX", help="With -w: keep the old file under its name with SUFFIX.")
@click.option("--break-hard-links", is_flag=True, help="With -w: also files with other hard links; those stay.")
@click.option(
    "--journal", type=click.Path(path_type=Path), metavar="FILE", help="With -w: note what changed, for textmend undo."
)
@click.option(
    "--encoding-out",
    default="",
    callback=encoding_name,
    metavar="NAME",
    help="Write this encoding instead of the file's own.",
)
@click.option("--exit-non-zero-on-fix", is_flag=True, help="With -w: end with status 1 when a file was changed.")
@shared_options
def fix(**given: Any) -> None:
    """Repair texts; - is standard input. Without -w or -o the result goes to standard output.

    Line ends, a byte order mark, bytes that are not UTF-8 and all that is not damaged stay byte for
    byte. Tables, JSON, markup and the like are repaired by value (see --format), files ending in .gz,
    .bz2, .xz and .zst are unpacked and packed again. Directories are walked without what git ignores and
    without binary files.

    Exit status: 0 when all went well, 1 when --diff or --dry-run found something to change, 2 when
    something could not be done.
    """
    lenient_output()
    mode = _mode(given)
    work = wanted(
        mode,
        given,
        backup=given["backup"],
        break_links=given["break_hard_links"],
        journal=given["journal"],
        output=given["output"],
        encoding_out=given["encoding_out"],
    )
    _prepare(work, mode)
    progress = Progress(quiet=given["quiet"])
    listener = Listener(diff=_show_diff, progress=progress.advance)
    for result in run_all(work.found(), work.job_of, jobs=work.jobs, listener=listener):
        progress.add(result)
        names = given["exit_non_zero_on_fix"] and not given["quiet"]  # a hook says what it changed
        _tell(result, mode, progress, verbose=given["verbose"], quiet=given["quiet"], names=names)
    progress.clear()
    if not given["quiet"] and (mode != "stdout" or given["verbose"]):
        progress.say(progress.summary(would=mode in {"diff", "dry-run"}))
    raise click.exceptions.Exit(_status(progress, mode, given))


def _mode(given: dict[str, Any]) -> str:
    """Return what becomes of the results; refuse options that do not go together."""
    asked = [name for name in ("write", "output", "diff") if given[name]]
    if len(asked) > 1:
        raise UsageProblem(f"--{asked[0]} and --{asked[1]} do not go together.")
    for name in ("backup", "journal", "break_hard_links"):
        if given[name] and not given["write"]:
            raise UsageProblem(f"--{name.replace('_', '-')} goes with --write.")
    if "/" in given["backup"]:
        raise UsageProblem("the suffix of --backup holds no slash.")
    if given["diff"]:
        return "diff"
    if given["dry_run"]:
        return "dry-run"
    return asked[0] if asked else "stdout"


def _prepare(work: Wanted, mode: str) -> None:
    """See that the run can begin; where results go to one place, that every input can be used."""
    job = work.job
    if mode == "write" and job.journal is not None:
        try:
            start(job.journal)
        except FileError as problem:
            raise UsageProblem(f"{problem}.") from None
    if mode == "output" and job.output is not None:
        many = len(work.names) > 1 or Path(work.names[0]).is_dir()
        if many and not job.output.is_dir():
            try:
                job.output.mkdir(parents=True)
            except OSError as error:
                raise UsageProblem(f"{job.output} cannot be the directory for the results: {error.strerror}.") from None
    if mode == "stdout":
        for name in work.names:
            if name == STDIN:
                continue
            try:
                with Source.open(Path(name), job.encoding, job.format):
                    pass
            except FileError as problem:
                raise UsageProblem(sentence(name, str(problem))) from None


def _tell(result: Result, mode: str, progress: Progress, *, verbose: bool, quiet: bool, names: bool) -> None:
    """Say what came of one file, as far as it is wanted."""
    if result.problem:
        progress.clear()
        complain(sentence(result.name, result.problem))
    elif mode == "dry-run" and result.changed and not quiet:
        progress.clear()
        click.echo(f"{result.name}: {count(result.tally.places, 'place')}")
    elif verbose or (names and result.changed):
        what = "passed over, for it is binary" if result.skipped else "not changed"
        if result.changed:
            what = f"changed in {count(result.tally.places, 'place')}"
        progress.say(f"{result.name}: {what}")


def _status(progress: Progress, mode: str, given: dict[str, Any]) -> int:
    """Return the exit status."""
    if progress.failed:
        return FAILED
    shows = mode in {"diff", "dry-run"} or given["exit_non_zero_on_fix"]
    return CHANGES if shows and progress.changed else 0


def _show_diff(text: str) -> None:
    """Write a line of a difference, or a few."""
    if coloured(sys.stdout):
        for line in text.splitlines(keepends=True):
            bold = line.startswith(("--- ", "+++ "))
            click.echo(click.style(line, fg=None if bold else _COLOURS.get(line[0]), bold=bold), nl=False)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))
