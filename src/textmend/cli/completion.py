"""`textmend completion`: the script that teaches a shell to complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

PROGRAM = "textmend"
VARIABLE = "_TEXTMEND_COMPLETE"
"""The environment variable by which the shell asks for completions."""


@click.command(
    epilog="""\b
Example: textmend completion bash > ~/.local/share/bash-completion/completions/textmend
""",
    short_help="Print the script that completes commands in a shell.",
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the completion script for a shell."""
    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101 - click knows these three
    click.echo(kind(context.find_root().command, {}, PROGRAM, VARIABLE).source())
