"""`textmend detect`: the encoding of files, how sure that is, and what else they hold."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from textmend.cli.common import STDIN, sentence
from textmend.cli.words import complain, lenient_output, paint
from textmend.files import FileError, walk
from textmend.results import Detection

FAILED = 2
MOST_BYTES = 1 << 20
"""Bytes of a file that are looked at."""

SHOWN_SEGMENTS = 4  # of a file whose encoding changes
_LINE_END = re.compile(rb"\r\n|\n|\r")
_LINE_ENDS = {b"\r\n": "CRLF", b"\n": "LF", b"\r": "CR"}
_SURE = 0.9994


@click.command(
    epilog="""\b
Examples:
Example: textmend detect data/
  textmend detect --json letter.txt | jq .encoding
""",
    short_help="Say which encoding files are in.",
)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Write a JSON object for each file, a line each.")
@click.option("--exclude", multiple=True, metavar="PATTERN", help="Pass over these files; patterns as in .gitignore.")
def detect(paths: tuple[str, ...], *, as_json: bool, exclude: tuple[str, ...]) -> None:
    """Say which encoding files are in, how sure that is, their language, line ends and misreadings.

    - is standard input. The first megabyte of each file is looked at. A file that changes its encoding is shown
    with its parts. Exit status: 0, or 2 when a file could not be read.
    """
    from textmend.bytes_api import detect as detect_bytes

    lenient_output()
    failed = False
    for name, data in _inputs(paths, exclude):
        if isinstance(data, str):
            complain(sentence(name, data))
            failed = True
            continue
        found = detect_bytes(data)
        click.echo(
            json.dumps(as_dict(name, found, data), ensure_ascii=False) if as_json else describe(name, found, data)
        )
    if failed:
        raise click.exceptions.Exit(FAILED)


def _inputs(paths: tuple[str, ...], exclude: tuple[str, ...]) -> Iterator[tuple[str, bytes | str]]:
    """Yield each input's name with its beginning, or with what is wrong with it."""
    for path in paths:
        if path == STDIN:
            yield "standard input", sys.stdin.buffer.read(MOST_BYTES)
            continue
        try:
            for found in walk([Path(path)], exclude):
                if found.path is not None:
                    yield str(found.path), _beginning(found.path)
        except FileError as problem:
            yield path, str(problem)


def _beginning(path: Path) -> bytes | str:
    """Return the first bytes of a file, or why they cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES)
    except FileNotFoundError:
        return "does not exist"
    except OSError as error:
        return f"cannot be read: {error.strerror}"


def describe(name: str, found: Detection, data: bytes) -> str:
    r"""Return what was found as one line for people.

    >>> describe("a.txt", Detection("cp1252", 0.98, "de"), b"Gr\xfc\xdfe\r\n")
    'a.txt: cp1252 (98.0 %), de, CRLF'
    """
    if found.encoding is None:
        return f"{name}: {paint('binary', fg='yellow')}"
    sure = ">99.9 %" if found.confidence > _SURE else f"{100 * found.confidence:.1f} %"
    parts = [f"{paint(found.encoding, fg='green')} ({sure})"]
    if found.language:
        parts.append(found.language)
    ends = line_ends(data)
    if ends:
        parts.append(" and ".join(ends))
    if found.misreading:
        parts.append(f"garbled: {' then '.join(found.misreading)}")
    if len(found.segments) > 1:
        shown = [f"{it.start}-{it.end} {it.encoding}" for it in found.segments[:SHOWN_SEGMENTS]]
        more = len(found.segments) - SHOWN_SEGMENTS
        parts.append(f"{len(found.segments)} parts: {', '.join(shown)}{f' and {more} more' if more > 0 else ''}")
    return f"{name}: {', '.join(parts)}"


def line_ends(data: bytes) -> list[str]:
    r"""Return the kinds of line ends in some bytes, the most frequent first.

    >>> line_ends(b"a\r\nb\r\nc\n")
    ['CRLF', 'LF']
    """
    counts: dict[bytes, int] = {}
    for end in _LINE_END.findall(data.replace(b"\0", b"")):
        counts[end] = counts.get(end, 0) + 1
    return [_LINE_ENDS[end] for end in sorted(counts, key=lambda end: -counts[end])]


def as_dict(name: str, found: Detection, data: bytes) -> dict[str, Any]:
    """Return what was found, ready for JSON.

    >>> as_dict("a.txt", Detection("ascii", 1.0), b"a")["encoding"]
    'ascii'
    """
    return {
        "path": name,
        "encoding": found.encoding,
        "confidence": round(found.confidence, 4),
        "language": found.language,
        "line_ends": line_ends(data) if found.encoding else [],
        "misreading": list(found.misreading),
        "alternatives": list(found.alternatives),
        "segments": [
            {"start": it.start, "end": it.end, "encoding": it.encoding, "confidence": round(it.confidence, 4)}
            for it in found.segments
        ],
    }
