"""The `textmend` command: one module per subcommand, loaded when it is called.

Exit status: 0 when all went well, 1 when a check found something, 2 when something could not be
done; then one sentence on standard error says what. A reader that stops reading
(`textmend fix x | head`) ends the command quietly.

>>> main(["--no-such-option"])
2
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from collections.abc import Sequence

import click

from textmend import __version__
from textmend.errors import TextmendError

FAILED = 2  # bad input, bad usage, no room to write
INTERRUPTED = 130  # what a shell reports for a program that Ctrl-C ended
COMPLETING = "_TEXTMEND_COMPLETE"

# where each command lives: the module below this package, and the name in it
COMMANDS = {
    "fix": ("fix", "fix"),
    "check": ("check", "check"),
    "detect": ("detect", "detect"),
    "explain": ("explain", "explain"),
    "undo": ("undo", "undo_command"),
    "guard": ("guard", "guard"),
    "rules": ("rules", "rules"),
    "completion": ("completion", "completion"),
}


class _Lazy(click.Group):
    """A group whose commands are loaded when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands that are there, in the order of the table."""
        del ctx
        return [name for name, (module, _) in COMMANDS.items() if importlib.util.find_spec(f"{__name__}.{module}")]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module, name = COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(f"{__name__}.{module}"), name)
        return command


@click.group(
    cls=_Lazy,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    subcommand_metavar="COMMAND",
)
@click.version_option(__version__, "-V", "--version", message="textmend %(version)s")
def textmend() -> None:
    """Find out how a text was garbled and undo it, provably."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    >>> main(["fix", "--help"])  # doctest: +ELLIPSIS
    Usage: textmend fix [OPTIONS] PATH...
    ...
    """
    asked = os.environ.get(COMPLETING)
    if asked:
        from click.shell_completion import shell_complete

        return shell_complete(textmend, {}, "textmend", COMPLETING, asked)
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        with textmend.make_context("textmend", words or ["--help"]) as context:
            textmend.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        return _flushed(end.exit_code)
    except click.ClickException as error:
        return _fail(error.format_message())
    except TextmendError as problem:
        return _fail(f"{problem}.")
    except BrokenPipeError:
        _silence()
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        return _fail(f"cannot write the result: {error.strerror}.")
    return 0


def _flushed(status: int) -> int:
    """Write what standard output still holds, and return the status that is left."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _silence()
        return 0
    except OSError as error:
        return _fail(f"cannot write the result: {error.strerror}.")
    return status


def _fail(message: str) -> int:
    """Say in one line what went wrong and return the exit status for it."""
    click.echo(f"textmend: {' '.join(message.split())}", err=True)
    return FAILED


def _silence() -> None:
    """Send what standard output still holds nowhere, so that the end of Python does not fail."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
