"""Reads whole texts for the commands that look at one text at a time."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import click

from textmend.cli.common import STDIN, sentence
from textmend.files import FileError
from textmend.files import Source as File

_CHUNK = 1 << 20


class InputError(click.ClickException):
    """An input that cannot be read or is no text; the message is a whole sentence."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Source:
    """One input: its name as given, its byte order mark (or nothing) and its text.

    >>> Source("a.txt", b"", "text").text
    'text'
    """

    name: str
    bom: bytes
    text: str


def read_sources(names: tuple[str, ...]) -> list[Source]:
    """Read all inputs; raise InputError for the first that cannot be used."""
    return [_read(name) for name in names]


def _read(name: str) -> Source:
    """Read a file, or standard input for "-"."""
    shown = "standard input" if name == STDIN else name
    try:
        if name == STDIN:
            return _decoded(shown, File.standard_input(sys.stdin.buffer))
        with File.open(Path(name)) as file:
            assert file is not None  # noqa: S101 - a file that is named is there or refused
            return _decoded(shown, file)
    except FileError as problem:
        raise InputError(sentence(shown, str(problem))) from None


def _decoded(name: str, file: File) -> Source:
    """Decode the content of an input."""
    if file.format.scanner is None:
        raise FileError(f"is a {file.format.name} file, not text")
    content = file.content()
    data = b"".join(iter(lambda: content.read(_CHUNK), b""))
    try:
        return Source(name, file.charset.mark, data.decode(file.charset.name, file.charset.errors))
    except UnicodeDecodeError as error:
        raise FileError(f"cannot be read as {file.charset.name}: {error.reason}") from None
