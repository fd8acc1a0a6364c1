"""Files: formats, streams, compression, safe writes, the journal that takes a run back.

    bytes --compression--> --encoding--> text --scanner--> fields --mender--> splices --> bytes

>>> from pathlib import Path
>>> run_file(Path("no such file"), Job(mode="check")).problem
'does not exist'
"""

from __future__ import annotations

from textmend.files.charsets import codec_of, is_binary
from textmend.files.compression import compression_of
from textmend.files.formats import FORMATS, Settings, format_named, format_of
from textmend.files.journal import start
from textmend.files.pool import run_all
from textmend.files.problems import FileError, FileSyntaxError
from textmend.files.repairing import Tally
from textmend.files.runs import Job, Listener, Result, run_file
from textmend.files.source import STANDARD_INPUT, Source
from textmend.files.undoing import Undone, undo
from textmend.files.walking import Found, walk
from textmend.files.writing import Replacement

__all__ = [
    "FORMATS",
    "STANDARD_INPUT",
    "FileError",
    "FileSyntaxError",
    "Found",
    "Job",
    "Listener",
    "Replacement",
    "Result",
    "Settings",
    "Source",
    "Tally",
    "Undone",
    "codec_of",
    "compression_of",
    "format_named",
    "format_of",
    "is_binary",
    "run_all",
    "run_file",
    "start",
    "undo",
    "walk",
]
