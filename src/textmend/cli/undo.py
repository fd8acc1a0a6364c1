"""`textmend undo`: a run of `textmend fix --write --journal` taken back."""

from __future__ import annotations

from pathlib import Path

import click

from textmend.cli.common import UsageProblem, sentence
from textmend.cli.words import complain, count, lenient_output
from textmend.files import FileError, undo

FAILED = 2


@click.command(
    "undo",
    epilog="Example: textmend undo run.jsonl",
    short_help="Take a run of fix --write --journal back.",
)
@click.argument("journal", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Write nothing; only say which files would be taken back.")
@click.option("--break-hard-links", is_flag=True, help="Also files with other hard links, which stay as they are.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def undo_command(journal: Path, *, dry_run: bool, break_hard_links: bool, quiet: bool) -> None:
    """Take a run back, byte for byte, the last change first.

    A file that was changed since is left as it is, and so is one that is as it was already.

    Exit status: 0 when all went well, 2 when a file could not be taken back.
    """
    lenient_output()
    done = failed = 0
    try:
        for each in undo(journal, dry_run=dry_run, break_links=break_hard_links):
            done += each.done
            if each.problem:
                failed += 1
                complain(sentence(each.path, each.problem))
            elif dry_run and not quiet and each.done:
                click.echo(each.path)
    except FileError as problem:
        raise UsageProblem(sentence(str(journal), str(problem))) from None
    if not quiet:
        click.echo(f"{count(done, 'file')} {'would be ' if dry_run else ''}taken back.", err=True)
    raise click.exceptions.Exit(FAILED if failed else 0)
