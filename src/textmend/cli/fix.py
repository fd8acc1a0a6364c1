"""`textmend fix`: repaired text on standard output."""

from __future__ import annotations

import sys

import click

from textmend.api import fix_text
from textmend.cli.inputs import read_sources


@click.command(
    epilog="Example: textmend fix article.txt > repaired.txt",
    short_help="Write the texts repaired to standard output.",
)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
def fix(paths: tuple[str, ...]) -> None:
    """Write the texts repaired to standard output, one after another; - is standard input.

    Line ends, a byte order mark and bytes that are not UTF-8 stay as they are. All inputs are
    read before anything is written.
    """
    sources = read_sources(paths)
    output = sys.stdout.buffer  # bytes: a text stream would change line ends on some systems
    for source in sources:
        output.write(source.encode(fix_text(source.text)))
    output.flush()
