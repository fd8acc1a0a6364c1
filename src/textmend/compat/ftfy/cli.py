"""ftfy's command line with textmend's engine: `python -m textmend.compat.ftfy FILE`.

It takes ftfy's options and says what ftfy says. `textmend fix` can do more.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, TextIO

from ftfy.cli import (
    DECODE_ERROR_TEXT,
    ENCODE_ERROR_TEXT_UNIX,
    ENCODE_ERROR_TEXT_WINDOWS,
    SAME_FILE_ERROR_TEXT,
)

from textmend.compat.ftfy import TextFixerConfig, fix_file

_STREAM = "-"


def _parser() -> argparse.ArgumentParser:
    """Return the parser of ftfy's options."""
    parser = argparse.ArgumentParser(prog="ftfy", description="Repair text as ftfy does, with textmend's engine.")
    parser.add_argument("filename", nargs="?", default=_STREAM, help="the file to repair; - is standard input")
    parser.add_argument("-o", "--output", default=_STREAM, help="the file to write; - is standard output")
    parser.add_argument("-g", "--guess", action="store_true", help="guess the encoding; goes over -e")
    parser.add_argument("-e", "--encoding", default="utf-8", help="the encoding of the input (utf-8)")
    parser.add_argument(
        "-n", "--normalization", default="NFC", help="the normal form to bring the text in (NFC), or none"
    )
    parser.add_argument("--preserve-entities", action="store_true", help="leave entities of HTML as they are")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status.

    >>> main(["same.txt", "-o", "same.txt"])
    1
    """
    given = _parser().parse_args(arguments)
    to_stream = given.output == _STREAM
    if not to_stream and os.path.realpath(given.output) == os.path.realpath(given.filename):
        sys.stderr.write(SAME_FILE_ERROR_TEXT)
        return 1
    encoding = None if given.guess else given.encoding
    config = TextFixerConfig(
        unescape_html=False if given.preserve_entities else "auto",
        normalization=None if given.normalization.lower() == "none" else given.normalization,
    )
    try:
        with ExitStack() as files:
            source: BinaryIO = sys.stdin.buffer
            if given.filename != _STREAM:
                source = files.enter_context(Path(given.filename).open("rb"))
            target: TextIO = sys.stdout
            if not to_stream:
                target = files.enter_context(Path(given.output).open("w", encoding="utf-8"))
            target.writelines(fix_file(source, encoding=encoding, config=config))
    except UnicodeDecodeError as error:
        sys.stderr.write(DECODE_ERROR_TEXT % (encoding, error))
        return 1
    except UnicodeEncodeError:
        sys.stderr.write(ENCODE_ERROR_TEXT_WINDOWS if sys.platform == "win32" else ENCODE_ERROR_TEXT_UNIX)
        return 1
    return 0
