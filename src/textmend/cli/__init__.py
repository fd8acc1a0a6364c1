"""The `textmend` command: one module per subcommand.

Exit status: 0 when all went well, 2 when something could not be done; then one sentence on
standard error says what. A reader that stops reading (`textmend fix x | head`) ends the command
quietly.

>>> main(["--no-such-option"])
2
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from textmend import __version__
from textmend.cli.explain import explain
from textmend.cli.fix import fix

FAILED = 2  # bad input, bad usage, no room to write
INTERRUPTED = 130  # what a shell reports for a program that Ctrl-C ended


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    subcommand_metavar="COMMAND",
)
@click.version_option(__version__, "-V", "--version", message="textmend %(version)s")
def textmend() -> None:
    """Find out how a text was garbled and undo it, provably."""


textmend.add_command(fix)
textmend.add_command(explain)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    >>> main(["fix", "--help"])  # doctest: +ELLIPSIS
    Usage: textmend fix [OPTIONS] PATH...
    ...
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        with textmend.make_context("textmend", words or ["--help"]) as context:
            textmend.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        return _fail(error.format_message())
    except BrokenPipeError:
        _silence()
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        return _fail(f"cannot write the result: {error.strerror}.")
    return 0


def _fail(message: str) -> int:
    """Say in one line what went wrong and return the exit status for it."""
    click.echo(f"textmend: {' '.join(message.split())}", err=True)
    return FAILED


def _silence() -> None:
    """Send what standard output still holds nowhere, so that the end of Python does not fail."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
