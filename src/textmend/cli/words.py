"""What the commands say: numbers with their nouns, texts fit for one line, colour."""

from __future__ import annotations

import os
import sys
from typing import IO

import click

_KILO = 1000.0


def count(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> count(1, "place"), count(2000, "place")
    ('1 place', '2,000 places')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def size(number: int) -> str:
    """Return a number of bytes for people.

    >>> size(12), size(1_250_000)
    ('12 B', '1.2 MB')
    """
    shown = float(number)
    for unit in ("B", "kB", "MB"):
        if shown < _KILO:
            return f"{shown:.0f} B" if unit == "B" else f"{shown:.1f} {unit}"
        shown /= _KILO
    return f"{shown:.1f} GB"


def coloured(stream: IO[str]) -> bool:
    """Whether a stream wants colour: a terminal, and NO_COLOR does not forbid it."""
    return stream.isatty() and not os.environ.get("NO_COLOR")


def paint(text: str, *, fg: str | None = None, bold: bool = False) -> str:
    """Colour a text for standard output."""
    return click.style(text, fg=fg, bold=bold) if coloured(sys.stdout) else text


def lenient_output() -> None:
    """Let standard output and error escape what their encoding cannot hold instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def complain(message: str) -> None:
    """Say in one line on standard error what went wrong."""
    click.echo(f"textmend: {' '.join(message.split())}", err=True)
