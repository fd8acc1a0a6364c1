"""The commonest words of many languages, and what East Asian signs cost after one or two others.

Only the search that restores lost bytes needs them, so each language's part of
the file is read when a text needs it.  A line of a list is a word, led by how
many letters it shares with the word before it.  East Asian sequences are kept
column by column: all first signs, all second ones, all third ones, the costs.
"""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

#: A stretch of East Asian text, and what stands for its beginning and its end.
EAST_ASIAN: Final = re.compile("[\u3001-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff01-\uff5e]+")
ENDED: Final = "\n"
FILE: Final = Path(__file__).with_name("words.bin")

#: Stands for all signs that are not listed after some others; what is kept with it is so much dearer than it is.
ANY_OTHER: Final = "*"
RAISED: Final = 48

#: Costs are kept in steps of so many units.
_STEP: Final = 4
_DEAREST: Final = 0x7F
_END: Final = "$"
#: What separates the file's table of contents from the lists, and a list of words from sequences.
_CONTENTS: Final = b"\n\n"
_SEQUENCES: Final = b"="
_LENGTHS: Final = (1, 2, 3)
_WIDE: Final = "utf-16-le"
_FILTERS: Final = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "lc": 3, "lp": 1, "pb": 1}]


def pack(lists: dict[str, dict[str, int]]) -> bytes:
    """Return the file's bytes: for each language, words or East Asian sequences with their costs in units.

    >>> unpack(pack({"en": {"the": 40, "them": 80}}))["en"]
    {'the': 40, 'them': 80}
    """
    parts = {language: _compressed(costs) for language, costs in lists.items()}
    contents = " ".join(f"{language}:{len(part)}" for language, part in parts.items())
    return contents.encode() + _CONTENTS + b"".join(parts.values())


def _compressed(costs: dict[str, int]) -> bytes:
    eastern = all(len(word) in _LENGTHS for word in costs) and any(EAST_ASIAN.match(word) for word in costs)
    data = _SEQUENCES + _columns(costs) if eastern else _lines(costs)
    return lzma.compress(data, format=lzma.FORMAT_RAW, filters=_FILTERS)


def _columns(costs: dict[str, int]) -> bytes:
    pieces: list[bytes] = []
    for length in _LENGTHS:
        keys = sorted(key for key in costs if len(key) == length)
        pieces.append(f"{len(keys):8}".encode())
        pieces += ["".join(key[column] for key in keys).encode(_WIDE) for column in range(length)]
        pieces.append(bytes(min(_DEAREST, round(costs[key] / _STEP)) for key in keys))
    return b"".join(pieces)


def _lines(costs: dict[str, int]) -> bytes:
    lines: list[str] = []
    before = ""
    for word in sorted(costs):
        shared = _shared(before, word)
        cost = min(_DEAREST - 0x21, round(costs[word] / _STEP))
        lines.append(f"{chr(48 + shared)}{word[shared:]}{chr(0x21 + cost)}".replace(ENDED, _END))
        before = word
    return "\n".join(lines).encode()


def _shared(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def unpack(data: bytes) -> dict[str, dict[str, int]]:
    """Read what pack wrote.

    >>> unpack(pack({}))
    {}
    """
    return {language: _read(part) for language, part in _parts(data)}


def _parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    contents, _, rest = data.partition(_CONTENTS)
    done = 0
    for entry in contents.decode().split():
        language, _, size = entry.partition(":")
        yield language, rest[done : done + int(size)]
        done += int(size)


def _read(part: bytes) -> dict[str, int]:
    data = lzma.decompress(part, format=lzma.FORMAT_RAW, filters=_FILTERS)
    return _read_columns(data) if data[:1] == _SEQUENCES else _read_lines(data)


def _read_columns(data: bytes) -> dict[str, int]:
    costs: dict[str, int] = {}
    at = len(_SEQUENCES)
    for length in _LENGTHS:
        count = int(data[at : at + 8])
        at += 8
        columns = []
        for _ in range(length):
            columns.append(data[at : at + 2 * count].decode(_WIDE))
            at += 2 * count
        prices = [_STEP * step for step in data[at : at + count]]
        at += count
        costs.update(zip(map("".join, zip(*columns, strict=True)), prices, strict=True))
    return costs


def _read_lines(data: bytes) -> dict[str, int]:
    costs: dict[str, int] = {}
    before = ""
    for line in data.decode().split("\n"):
        if line:
            before = before[: ord(line[0]) - 48] + line[1:-1].replace(_END, ENDED)
            costs[before] = (ord(line[-1]) - 0x21) * _STEP
    return costs


@cache
def _every(file: Path) -> dict[str, bytes]:
    return dict(_parts(file.read_bytes()))


def listed(file: Path, language: str) -> dict[str, int]:
    """Return what a file that pack wrote lists for a language, read anew at each call.

    >>> "été" in listed(FILE, "fr")
    True
    """
    part = _every(file).get(language)
    return _read(part) if part is not None else {}


@cache
def of(language: str) -> dict[str, int]:
    """Return the commonest words, or East Asian sequences, of a language with their costs in units.

    A language is read when it is first asked for: all of them together take 20 MB.

    >>> "été" in of("fr")
    True
    """
    return listed(FILE, language)
