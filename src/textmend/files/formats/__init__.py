"""The registry of formats: which files are what, and what in them is text.

>>> format_of(Path("dump.jsonl.gz")).name
'jsonl'
>>> format_of(Path("README")).name
'text'
"""

from __future__ import annotations

from pathlib import Path

from textmend.files.compression import compression_of
from textmend.files.formats.base import (
    LIMIT,
    BrokenSyntaxError,
    Field,
    Format,
    Scanner,
    Settings,
    Spelling,
)
from textmend.files.formats.json import Json
from textmend.files.formats.lines import Po, Subtitles
from textmend.files.formats.markup import Markup
from textmend.files.formats.table import Table
from textmend.files.formats.text import Lines
from textmend.files.problems import FileError

__all__ = [
    "FORMATS",
    "LIMIT",
    "BrokenSyntaxError",
    "Field",
    "Format",
    "Scanner",
    "Settings",
    "Spelling",
    "format_named",
    "format_of",
]

_XML_SUFFIXES = (".xml", ".xhtml", ".svg", ".rss", ".atom", ".tei", ".xlf", ".xliff", ".ttml", ".kml", ".gpx", ".tmx")

FORMATS = (
    Format("text", (".txt", ".text", ".md", ".log"), "plain text, and all files not named below", lambda _: Lines()),
    Format("csv", (".csv",), "values of a table, its delimiter found", Table, nul_is_text=True),
    Format("tsv", (".tsv", ".tab"), "values of a table between tabs", lambda s: Table(s, "\t"), nul_is_text=True),
    Format("json", (".json", ".geojson", ".webmanifest"), "strings and keys", lambda _: Json()),
    Format(
        "jsonl", (".jsonl", ".ndjson", ".jsonlines"), "strings and keys, a value a line", lambda _: Json(lines=True)
    ),
    Format("html", (".html", ".htm"), "text and attributes; not scripts and styles", lambda _: Markup()),
    Format("xml", _XML_SUFFIXES, "text and attributes", lambda _: Markup(xml=True), xml=True),
    Format("subtitles", (".srt", ".vtt"), "the lines that are spoken", lambda _: Subtitles()),
    Format("po", (".po", ".pot"), "strings and comments of a catalogue", lambda _: Po()),
    Format("parquet", (".parquet", ".pq"), "string columns; needs the extra [arrow]", None),
    Format("arrow", (".arrow", ".feather", ".ipc", ".arrows"), "string columns; needs the extra [arrow]", None),
)
"""All formats. The first is for files that no suffix names."""

_BY_SUFFIX = {suffix: each for each in FORMATS for suffix in each.suffixes}
_BY_NAME = {each.name: each for each in FORMATS}


def format_of(path: Path) -> Format:
    """Return the format of a file by its suffix, below that of a compression.

    >>> format_of(Path("page.HTML")).name
    'html'
    """
    if compression_of(path):
        path = path.with_suffix("")
    return _BY_SUFFIX.get(path.suffix.lower(), FORMATS[0])


def format_named(name: str) -> Format:
    """Return the format with a name; raise FileError, which lists the names.

    >>> format_named("csv").suffixes
    ('.csv',)
    """
    try:
        return _BY_NAME[name]
    except KeyError:
        raise FileError(f"there is no format {name!r}; the formats are {', '.join(_BY_NAME)}") from None
