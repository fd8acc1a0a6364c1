"""Reads what the command line names and tells text from binary data."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import click

STDIN = "-"
BOM = b"\xef\xbb\xbf"

# Control characters that text files do hold: backspace, tab, LF, VT, FF, CR, SUB (the end of an
# old DOS file), ESC (a captured terminal). Any other one is rare in text.
_TEXT_CONTROLS = b"\x08\t\n\x0b\x0c\r\x1a\x1b"
_ODD_CONTROLS = bytes(set(range(1, 32)) - set(_TEXT_CONTROLS))

# Random bytes hold 9 % of them (23 of 256), text hardly any. Half of that tells the two apart.
_ODD_SHARE = 0.045
_SAMPLE = 65536  # bytes looked at for it; a NUL is looked for everywhere


class InputError(click.ClickException):
    """An input that cannot be read or is no text; the message is a whole sentence."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Source:
    r"""One input: its name as given, its byte order mark (or nothing) and its text.

    The bytes are read as UTF-8; bytes that are not UTF-8 become lone surrogates
    (surrogateescape) and are written back as they were.

    >>> Source("a.txt", b"", "caf\udce9").encode("caf\udce9!")
    b'caf\xe9!'
    """

    name: str
    bom: bytes
    text: str

    def encode(self, text: str) -> bytes:
        """Return a text as the bytes of a file like this one."""
        try:
            return self.bom + text.encode("utf-8", "surrogateescape")
        except UnicodeEncodeError as error:
            at = error.start
            raise InputError(
                f"{self.name} cannot be repaired: the result holds a lone surrogate, "
                f"U+{ord(text[at]):04X}, which no UTF-8 file can hold."
            ) from None


def read_sources(names: tuple[str, ...]) -> list[Source]:
    """Read all inputs; raise InputError for the first that cannot be used."""
    return [_read(name) for name in names]


def _read(name: str) -> Source:
    """Read a file, or standard input for "-"."""
    shown = "standard input" if name == STDIN else name
    try:
        data = sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()
    except IsADirectoryError:
        raise InputError(f"{shown} is a directory: name the files in it.") from None
    except FileNotFoundError:
        raise InputError(f"{shown} does not exist.") from None
    except OSError as error:
        raise InputError(f"{shown} cannot be read: {error.strerror}.") from None
    if is_binary(data):
        raise InputError(f"{shown} is binary data, not text.")
    bom = BOM if data.startswith(BOM) else b""
    return Source(shown, bom, data[len(bom) :].decode("utf-8", "surrogateescape"))


def is_binary(data: bytes) -> bool:
    r"""Whether data is no text: it holds a NUL, or many control characters.

    UTF-16 and UTF-32 hold NULs, so they count as binary data here.

    >>> is_binary(b"\x89PNG\r\n\x1a\n\x00"), is_binary("Zürich\r\n".encode())
    (True, False)
    """
    if b"\0" in data:
        return True
    sample = data[:_SAMPLE]
    odd = len(sample) - len(sample.translate(None, _ODD_CONTROLS))
    return odd > len(sample) * _ODD_SHARE
