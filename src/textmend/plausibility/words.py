"""The commonest words of many languages, and what East Asian signs cost after two others.

Only the search that restores lost bytes needs them, so the file is read when
that begins.  A line of the file is a word, led by how many letters it shares
with the word before it; words of one cost class stand together.
"""

from __future__ import annotations

import lzma
import re
from functools import cache
from pathlib import Path
from typing import Final

#: A stretch of East Asian text, and what stands for its end.
EAST_ASIAN: Final = re.compile("[\u3001-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff01-\uff5e]+")
ENDED: Final = "\n"
FILE: Final = Path(__file__).with_name("words.bin")

#: Costs are kept in steps of so many units.
_STEP: Final = 4
#: What the line of a language begins with: more letters than any two words share.
_LANGUAGE: Final = "~"
_END: Final = "$"
_FILTERS: Final = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "lc": 4, "lp": 0, "pb": 0}]


def pack(lists: dict[str, dict[str, int]]) -> bytes:
    """Return the file's bytes: for each language, words with their costs in units.

    >>> unpack(pack({"en": {"the": 40, "them": 80}}))["en"]
    {'the': 40, 'them': 80}
    """
    lines: list[str] = []
    for language, costs in lists.items():
        lines.append(f"{_LANGUAGE}{language}")
        before = ""
        for word in sorted(costs):
            shared = _shared(before, word)
            lines.append(
                f"{chr(48 + shared)}{word[shared:]}{chr(0x21 + round(costs[word] / _STEP))}".replace(ENDED, _END)
            )
            before = word
    return lzma.compress("\n".join(lines).encode(), format=lzma.FORMAT_XZ, check=lzma.CHECK_CRC32, filters=_FILTERS)


def _shared(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def unpack(data: bytes) -> dict[str, dict[str, int]]:
    """Read what pack wrote.

    >>> unpack(pack({}))
    {}
    """
    return {language: _costs(lines) for language, lines in _sections(data).items()}


def _sections(data: bytes) -> dict[str, bytes]:
    """Return the lines of each language."""
    sections = (b"\n" + lzma.decompress(data)).split(f"\n{_LANGUAGE}".encode())
    parts = (section.partition(b"\n") for section in sections[1:])
    return {name.decode(): lines for name, _, lines in parts}


def _costs(lines: bytes) -> dict[str, int]:
    """Return the words of a language with their costs."""
    costs: dict[str, int] = {}
    before = ""
    for line in lines.decode().split("\n"):
        if line:
            before = before[: ord(line[0]) - 48] + line[1:-1].replace(_END, ENDED)
            costs[before] = (ord(line[-1]) - 0x21) * _STEP
    return costs


@cache
def _every() -> dict[str, bytes]:
    return _sections(FILE.read_bytes())


@cache
def of(language: str) -> dict[str, int]:
    """Return the commonest words of a language with their costs in units; none if there is no list.

    A language is read when it is first asked for: all of them together take 20 MB.

    >>> "été" in of("fr")
    True
    """
    return _costs(_every().get(language, b""))
