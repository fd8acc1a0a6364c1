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
# Sections of the generated table that are no decoder's, and the mark of those that hold what
# Python's codec reads otherwise.
_DOUBLE = "double"
_WRITTEN = "written"
_OTHERWISE = "~"


@dataclass(frozen=True, slots=True)
class Tables:
    """How the known decoders of one encoding differ from Python's codec.

    Attributes:
        reads: Sequences that Python's codec cannot decode, and what they are shown as.
        writes: Characters that Python's codec cannot encode, and the usual bytes behind them.
        options: Characters that more than one sequence is shown as: all but the usual one.
        views: For each other decoder, the bytes it shows as a character where those are not the
            usual ones.
        additions: For each other decoder, what it shows for sequences that Python's codec cannot
            decode.
        charmap: For an encoding of one byte a character, the 256 characters; else "".
    """

    reads: dict[bytes, str]
    writes: dict[str, bytes]
    options: dict[str, tuple[bytes, ...]]
    views: dict[str, dict[str, bytes]]
    additions: dict[str, dict[bytes, str]]
    charmap: str


_Pairs = list[tuple[bytes, str]]


def _pairs(rows: str) -> _Pairs:
    r"""Return the sequences and characters of some rows.

    >>> _pairs("A1 0041*2 0043+0304")
    [(b'\xa1', 'A'), (b'\xa2', 'B'), (b'\xa3', 'C̄')]
    """
    pairs: _Pairs = []
    for row in rows.splitlines():
        start, *tokens = row.split(" ")
        size = len(start) // 2
        value = int(start, 16)
        for token in tokens:
            first, _, count = token.partition("*")
            if count:
                end = value + int(count)
                data = [code.to_bytes(size, "big") for code in range(value, end)]
                code = int(first, 16)
                pairs.extend(zip(data, map(chr, range(code, code + int(count))), strict=True))
                value = end
            else:
                text = "".join([chr(int(part, 16)) for part in token.split("+")])
                pairs.append((value.to_bytes(size, "big"), text))
                value += 1
    return pairs


def _charmap(codec: str, reads: dict[bytes, str]) -> str:
    """Return the 256 characters of a single-byte encoding."""
    shown = codecs.decode(bytes(range(256)), codec, "replace")
    return "".join(
        reads.get(bytes((byte,)), UNDEFINED) if char == "\ufffd" else char for byte, char in enumerate(shown)
    )


class _Collector:
    """What the decoders of one encoding say, gathered decoder by decoder, the preferred first."""

    def __init__(self, usual: dict[str, bytes]) -> None:
        self.usual = usual  # what Python's codec writes, for the characters that matter
        self.reads: dict[bytes, str] = {}
        self.writes: dict[str, bytes] = {}
        self.options: dict[str, list[bytes]] = {}

    def add(self, pairs: _Pairs) -> None:
        """Take in what a decoder shows."""
        usual, writes, options = self.usual, self.writes, self.options
        for data, char in pairs:
            first = usual.get(char) or writes.get(char)
            if first is None:
                writes[char] = data
            elif first != data:
                if char in writes and len(data) < len(first):
                    # the shortest is the usual: 0x80 is a likelier euro sign in GBK than A2 E3
                    writes[char], data = data, first  # noqa: PLW2901
                options.setdefault(char, []).append(data)


@cache
def of(name: str) -> Tables:
    r"""Return the tables of the encoding with this canonical name.

    >>> of("gbk").writes["€"]
    b'\x80'
    """
    from textmend.encodings._tables import PARENTS, TABLES

    encoding = get(name)
    sections = {section: _pairs(rows) for section, rows in TABLES.get(name, {}).items()}
    usual = {char: data for data, char in sections.pop(_WRITTEN, ())}
    doubles = sections.pop(_DOUBLE, [])
    usual.update((char, char.encode(encoding.codec)) for _, char in doubles)
    collected = _Collector(usual)
    additions: dict[str, dict[bytes, str]] = {}
    views: dict[str, dict[str, bytes]] = {}
    for section, pairs in sections.items():
        decoder = section.removeprefix(_OTHERWISE)
        collected.add(pairs)
        if section == decoder:
            additions[decoder] = dict(pairs)
        views.setdefault(decoder, {}).update((char, data) for data, char in pairs)
    collected.add(doubles)
    for decoder, parent in PARENTS.get(name, {}).items():
        additions[decoder] = additions[parent] | additions.get(decoder, {})
        views[decoder] = views[parent] | views.get(decoder, {})
    reads: dict[bytes, str] = {}
    for added in reversed(additions.values()):
        reads.update(added)
    usual.update(collected.writes)
    return Tables(
        reads=reads,
        writes=collected.writes,
        options={char: tuple(dict.fromkeys(data)) for char, data in collected.options.items()},
        views={
            decoder: {char: data for char, data in view.items() if usual[char] != data}
            for decoder, view in views.items()
        },
        additions=additions,
        charmap=_charmap(encoding.codec, reads) if encoding.width == "single" else "",
    )
