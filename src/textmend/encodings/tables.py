"""What the generated table says of one encoding, read on first use and kept.

Python's codec of an encoding is the base; other decoders (browsers', Windows', other vendors')
read some byte sequences differently. `of` puts both together.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from functools import cache

from textmend.encodings.registry import get

UNDEFINED = "\ufffe"  # what a charmap table of Python's codecs calls a byte without a character
_SECOND_CODES = "double"  # the entry of the generated table that is no decoder's


@dataclass(frozen=True, slots=True)
class Tables:
    """How the known decoders of one encoding differ from Python's codec.

    Attributes:
        reads: Sequences that Python's codec cannot decode, and what they are shown as.
        writes: Characters that Python's codec cannot encode, and the usual bytes behind them.
        options: Characters that more than one sequence is shown as: all but the usual one.
        decoders: For each other decoder, the bytes it shows as a character where those are not
            the usual ones.
        charmap: For an encoding of one byte a character, the 256 characters; else "".
    """

    reads: dict[bytes, str]
    writes: dict[str, bytes]
    options: dict[str, tuple[bytes, ...]]
    decoders: dict[str, dict[str, bytes]]
    charmap: str


def _pairs(rows: str) -> list[tuple[bytes, str]]:
    r"""Return the sequences and characters of one decoder's rows.

    >>> _pairs("A1 0041*2 0043+0304")
    [(b'\xa1', 'A'), (b'\xa2', 'B'), (b'\xa3', 'C̄')]
    """
    pairs: list[tuple[bytes, str]] = []
    for row in rows.splitlines():
        start, *tokens = row.split(" ")
        size = len(start) // 2
        value = int(start, 16)
        for token in tokens:
            if "*" in token:
                first, count = token.split("*")
                code = int(first, 16)
                for step in range(int(count)):
                    pairs.append(((value + step).to_bytes(size, "big"), chr(code + step)))
                value += int(count)
            else:
                text = "".join([chr(int(part, 16)) for part in token.split("+")])
                pairs.append((value.to_bytes(size, "big"), text))
                value += 1
    return pairs


def _usual(text: str, codec: str) -> bytes | None:
    """Return what Python's codec writes for a character, None where it cannot."""
    try:
        return text.encode(codec)
    except UnicodeEncodeError:
        return None


def _charmap(codec: str, reads: dict[bytes, str]) -> str:
    """Return the 256 characters of a single-byte encoding."""
    shown = codecs.decode(bytes(range(256)), codec, "replace")
    return "".join(
        reads.get(bytes((byte,)), UNDEFINED) if char == "\ufffd" else char
        for byte, char in enumerate(shown)
    )


@cache
def of(name: str) -> Tables:
    r"""Return the tables of the encoding with this canonical name.

    >>> of("gbk").writes["€"]
    b'\x80'
    """
    from textmend.encodings._tables import TABLES

    encoding = get(name)
    reads: dict[bytes, str] = {}
    writes: dict[str, bytes] = {}
    options: dict[str, list[bytes]] = {}
    shown: dict[str, list[tuple[bytes, str]]] = {
        decoder: _pairs(rows) for decoder, rows in TABLES.get(name, {}).items()
    }
    known = {char: _usual(char, encoding.codec) for pairs in shown.values() for _, char in pairs}
    unread = {
        data
        for decoder, pairs in shown.items()
        for data, _ in pairs
        if decoder != _SECOND_CODES and not _decodable(data, encoding.codec)
    }
    for decoder, pairs in shown.items():
        for data, char in pairs:
            if decoder != _SECOND_CODES and data in unread:
                reads.setdefault(data, char)
            options.setdefault(char, []).append(data)
            if known[char] is None:
                # the shortest wins: 0x80 is a likelier euro sign in GBK than A2 E3
                best = writes.get(char)
                if best is None or len(data) < len(best):
                    writes[char] = data
    usual = {char: known[char] or writes[char] for char in known}
    decoders = {
        decoder: {char: data for data, char in pairs if usual[char] != data}
        for decoder, pairs in shown.items()
        if decoder != _SECOND_CODES
    }
    charmap = _charmap(encoding.codec, reads) if encoding.width == "single" else ""
    return Tables(
        reads=reads,
        writes=writes,
        options={
            char: tuple(dict.fromkeys(data for data in many if data != usual[char]))
            for char, many in options.items()
            if any(data != usual[char] for data in many)
        },
        decoders={decoder: table for decoder, table in decoders.items() if table},
        charmap=charmap,
    )


def _decodable(data: bytes, codec: str) -> bool:
    """Say whether Python's codec decodes a sequence."""
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True
