"""The commonest words of many languages, and what East Asian signs cost after one or two others.

Only the search that restores lost bytes needs them, so each language's part of
the file is read when a text needs it.  A line of a list is a word, led by how
many letters it shares with the word before it.  East Asian sequences are kept
column by column: all first signs, all second ones, all third ones, the costs;
of the many that there are, few are ever looked up.
"""

from __future__ import annotations

import lzma
import re
from abc import abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, TypeVar, overload

_T = TypeVar("_T")

#: A stretch of East Asian text, and what stands for its beginning and its end.
EAST_ASIAN: Final = re.compile("[\u3001-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff01-\uff5e]+")
ENDED: Final = "\n"
KEPT: Final = 16
"""Languages whose lists stay in memory: one takes a megabyte or two."""
FILE: Final = Path(__file__).with_name("words.bin")

#: Stands for all signs that are not listed after some others; what is kept with it is so much dearer than it is.
ANY_OTHER: Final = "*"
RAISED: Final = 48

#: Costs are kept in steps of so many units.
_STEP: Final = 4
_DEAREST: Final = 0x7F
#: What tells that a word costs nothing, and that it shares no letter with the word before it.
_CHEAPEST: Final = 0x21
_NOTHING: Final = "0"
_END: Final = "$"
#: What separates the file's table of contents from the lists, and a list of words from sequences.
_CONTENTS: Final = b"\n\n"
_SEQUENCES: Final = b"="
_LENGTHS: Final = (1, 2, 3)
_WIDE: Final = "utf-16-le"
_FILTERS: Final = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "lc": 3, "lp": 1, "pb": 1}]


def pack(lists: Mapping[str, Mapping[str, int]]) -> bytes:
    """Return the file's bytes: for each language, words or East Asian sequences with their costs in units.

    >>> unpack(pack({"en": {"the": 40, "them": 80}}))["en"]
    {'the': 40, 'them': 80}
    """
    parts = {language: _compressed(costs) for language, costs in lists.items()}
    contents = " ".join(f"{language}:{len(part)}" for language, part in parts.items())
    return contents.encode() + _CONTENTS + b"".join(parts.values())


def _compressed(costs: Mapping[str, int]) -> bytes:
    eastern = all(len(word) in _LENGTHS for word in costs) and any(EAST_ASIAN.match(word) for word in costs)
    data = _SEQUENCES + _columns(costs) if eastern else _lines(costs)
    return lzma.compress(data, format=lzma.FORMAT_RAW, filters=_FILTERS)


def _columns(costs: Mapping[str, int]) -> bytes:
    pieces: list[bytes] = []
    for length in _LENGTHS:
        keys = sorted(key for key in costs if len(key) == length)
        pieces.append(f"{len(keys):8}".encode())
        pieces += ["".join(key[column] for key in keys).encode(_WIDE) for column in range(length)]
        pieces.append(bytes(min(_DEAREST, round(costs[key] / _STEP)) for key in keys))
    return b"".join(pieces)


def _lines(costs: Mapping[str, int]) -> bytes:
    lines: list[str] = []
    before = ""
    for word in sorted(costs):
        shared = _shared(before, word)
        cost = min(_DEAREST - _CHEAPEST, round(costs[word] / _STEP))
        lines.append(f"{chr(ord(_NOTHING) + shared)}{word[shared:]}{chr(_CHEAPEST + cost)}".replace(ENDED, _END))
        before = word
    return "\n".join(lines).encode()


def _shared(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


class Listed(Mapping[str, int]):
    """A list of words or East Asian sequences with their costs; of what begins with a sign, all is read at once."""

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: dict[str, dict[str, int]] = {}

    @abstractmethod
    def beginning(self, sign: str) -> dict[str, int]:
        """Return what begins with a sign."""

    def __getitem__(self, key: str) -> int:
        return self._beside(key)[key]

    @overload
    def get(self, key: str, /) -> int | None: ...
    @overload
    def get(self, key: str, /, default: int | _T) -> int | _T: ...
    def get(self, key: str, /, default: int | _T | None = None) -> int | _T | None:
        """Return the cost of a key; most that are asked for are not there, and an error would cost much."""
        return self._beside(key).get(key, default)

    def _beside(self, key: str) -> dict[str, int]:
        """Return what begins as a key does."""
        known = self._known.get(key[:1])
        if known is None:
            known = self._known[key[:1]] = self.beginning(key[:1])
        return known


class Sequences(Listed):
    """East Asian sequences.

    >>> sequences = of("ja")
    >>> "日本" in sequences, "日日日" in sequences
    (True, False)
    """

    __slots__ = ("_contexts", "_following", "_parts")

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._following: dict[str, dict[str, int]] = {}
        self._contexts: dict[str, tuple[tuple[dict[str, int], int], ...]] = {}
        self._parts: list[tuple[list[str], bytes]] = []
        """The columns of the sequences of one length, in order, and their costs in steps."""
        at = len(_SEQUENCES)
        for length in _LENGTHS:
            count = int(data[at : at + 8])
            at += 8
            columns = []
            for _ in range(length):
                columns.append(data[at : at + 2 * count].decode(_WIDE))
                at += 2 * count
            self._parts.append((columns, data[at : at + count]))
            at += count

    def __iter__(self) -> Iterator[str]:
        for columns, _ in self._parts:
            yield from map("".join, zip(*columns, strict=True))

    def __len__(self) -> int:
        return sum(len(costs) for _, costs in self._parts)

    def beginning(self, sign: str) -> dict[str, int]:
        """Return the sequences that begin with a sign."""
        found: dict[str, int] = {}
        for columns, costs in self._parts if sign else ():
            a, b = bisect_left(columns[0], sign), bisect_right(columns[0], sign)
            keys = map("".join, zip(*(column[a:b] for column in columns), strict=True))
            found.update(zip(keys, (_STEP * step for step in costs[a:b]), strict=True))
        return found

    def following(self, before: str) -> dict[str, int]:
        """Return the last signs of the sequences that begin with none, one or two others.

        >>> "本" in of("ja").following("日")
        True
        """
        known = self._following.get(before)
        if known is None:
            columns, costs = self._parts[len(before)]
            a, b = 0, len(costs)
            for column, sign in zip(columns, before, strict=False):
                a, b = bisect_left(column, sign, a, b), bisect_right(column, sign, a, b)
            known = dict(zip(columns[-1][a:b], (_STEP * step for step in costs[a:b]), strict=True))
            self._following[before] = known
        return known

    def context(self, sign: str, before: str) -> tuple[tuple[dict[str, int], int], ...]:
        """Return what signs cost after one, and after two of them, and how much dearer any other is there.

        sign: the last one, East Asian or not.  before: the one before it, nothing if that does not matter.

        >>> [("語" in listed) for listed, other in of("ja").context("本", "日")]
        [True, True]
        """
        known = self._contexts.get(before + sign)
        if known is None:
            within = EAST_ASIAN.match(sign) is not None
            keys = (sign, before + sign) if within and before else (sign if within else ENDED,)
            lists = map(self.following, keys)
            known = tuple((listed, listed.get(ANY_OTHER, RAISED) - RAISED) for listed in lists)
            self._contexts[before + sign] = known
        return known


class Words(Listed):
    """Words, or stretches of them.

    >>> words = of("fr")
    >>> "été" in words, "étè" in words
    (True, False)
    """

    __slots__ = ("_lines",)

    def __init__(self, data: bytes) -> None:
        super().__init__()
        # a word that shares nothing with the one before it is the first with its sign
        parts = f"\n{data.decode()}".split(f"\n{_NOTHING}")[1:]
        self._lines = {part[0].replace(_END, ENDED): part for part in parts}

    def __iter__(self) -> Iterator[str]:
        for sign in self._lines:
            yield from self._beside(sign)

    def __len__(self) -> int:
        return sum(part.count("\n") + 1 for part in self._lines.values())

    def beginning(self, sign: str) -> dict[str, int]:
        """Return the words that begin with a sign."""
        costs: dict[str, int] = {}
        before = ""
        for line in f"{_NOTHING}{self._lines[sign]}".split("\n") if sign in self._lines else ():
            before = before[: ord(line[0]) - ord(_NOTHING)] + line[1:-1].replace(_END, ENDED)
            costs[before] = (ord(line[-1]) - _CHEAPEST) * _STEP
        return costs


def unpack(data: bytes) -> dict[str, dict[str, int]]:
    """Read what pack wrote.

    >>> unpack(pack({}))
    {}
    """
    contents, _, rest = data.partition(_CONTENTS)
    return {language: dict(_read(rest[start : start + size])) for language, (start, size) in _places(contents).items()}


def _places(contents: bytes) -> dict[str, tuple[int, int]]:
    """Return where the list of each language begins, behind the table of contents, and its size."""
    places: dict[str, tuple[int, int]] = {}
    done = 0
    for entry in contents.decode().split():
        language, _, size = entry.partition(":")
        places[language] = (done, int(size))
        done += int(size)
    return places


def _read(part: bytes) -> Mapping[str, int]:
    data = lzma.decompress(part, format=lzma.FORMAT_RAW, filters=_FILTERS)
    return Sequences(data) if data.startswith(_SEQUENCES) else Words(data)


@cache
def _contents(file: Path) -> tuple[int, dict[str, tuple[int, int]]]:
    """Return the size of a file's table of contents, and what it says."""
    with file.open("rb") as opened:
        contents = opened.readline()
    return len(contents) + 1, _places(contents)


def listed(file: Path, language: str) -> Mapping[str, int]:
    """Return what a file that pack wrote lists for a language, read anew at each call.

    >>> "été" in listed(FILE, "fr")
    True
    """
    behind, places = _contents(file)
    if language not in places:
        return {}
    start, size = places[language]
    with file.open("rb") as opened:
        opened.seek(behind + start)
        return _read(opened.read(size))


@lru_cache(maxsize=KEPT)
def of(language: str) -> Mapping[str, int]:
    """Return the commonest words, or East Asian sequences, of a language with their costs in units.

    A language is read when it is asked for, in some milliseconds.

    >>> "été" in of("fr")
    True
    """
    return listed(FILE, language)
