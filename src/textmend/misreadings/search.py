"""Which chains of misreadings could have made this text?  Best first.

A node is a text with the chain that leads back to it.  Undoing UTF-8 almost
verifies itself, so every node that it gives is kept and searched again,
however implausible: inside a chain the text is garbled.  Undoing a legacy
encoding verifies nothing, so those candidates are leaves, few, and judged by
the model alone.
"""

from __future__ import annotations

import heapq
import re
from array import array
from functools import cache, lru_cache
from typing import Final, NamedTuple

from textmend import encodings
from textmend.misreadings import hops, lattice
from textmend.plausibility.model import UNITS, Model, load

#: Nodes opened for one text: five layers and their rivals fit.
_NODES: Final = 14
#: Legacy candidates of one node that are judged by the whole model.
_LEAVES: Final = 48
#: Legacy writers of one script tried for one reader.
_WRITERS: Final = 2
#: The same where the writer is Latin: few of its signs differ, so few can be told apart by rank.
_LATIN_WRITERS: Final = 9
#: A sign that an encoding does not have, in bits, when writers are ranked.
_IMPOSSIBLE: Final = 60 * UNITS
#: A letter of another script beside an ASCII letter, when writers are ranked.
_MIXED_WORD: Final = 8 * UNITS
#: What a legacy hop inside a chain costs beside its price: most chains are UTF-8 throughout.
_INNER_LEGACY: Final = 10.0
#: What each hop but the last one to happen costs beside its price.
_FURTHER_HOP: Final = 3.0
#: Legacy writers are ranked by no more bytes than this.
_RANKED_BYTES: Final = 160

#: Share of the bytes that must make UTF-8 before losses are considered.
_KEPT: Final = 0.45
#: Readers for which losses are tried at one node.
_LOSSY_READERS: Final = 3
#: Nodes at which losses are tried.
_LOSSY_NODES: Final = 2
#: What each loss and each sign left over asks for, in bits.
_LOSS: Final = 3.0
_LOST_MORE: Final = 5.0  # each further byte of the same character
_BROKEN: Final = 6.0

#: UTF-8 sequences, whole or cut short after two bytes.
_BEGUN: Final = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{1,2}|[\xf0-\xf4][\x80-\xbf]{1,3}"
)

_SINGLE: Final = "single"
#: What stands in no text whose every sign is two bytes of another.
_NARROW: Final = re.compile("[!-~]")
_INNER: Final = re.compile(rb"(?<=[A-Za-z])[\x80-\xff]|[\x80-\xff](?=[A-Za-z])")
_HIGH: Final = re.compile(rb"[\x00-\x7f]+")


class Found(NamedTuple):
    """A candidate: the text, the chain that garbled it (in the order it happened), its price in bits."""

    text: str
    chain: tuple[str, ...]
    price: float
    restored: lattice.Restored | None = None


@lru_cache(maxsize=50_000)
def _mask(run: str) -> int:
    mask = -1
    for char in set(run):
        mask &= encodings.readable(char)
    return mask


@cache
def readers_of(mask: int) -> tuple[str, ...]:
    """Return the names of the readers in a bit mask of ``encodings.READERS``, the commonest first."""
    names = (name for bit, name in enumerate(encodings.READERS) if mask >> bit & 1)
    return tuple(sorted(names, key=lambda name: encodings.get(name).reader_cost))


def hop(written: str, read: str) -> str:
    """Return the name of a misreading.

    >>> hop("utf-8", "gbk")
    'utf-8>gbk'
    """
    return f"{written}>{read}"


@cache
def price(written: str, read: str) -> float:
    """Return what the prior asks for one misreading, in bits."""
    return encodings.get(written).writer_cost + encodings.get(read).reader_cost


@cache
def _single_writers() -> tuple[tuple[str, tuple[str, ...]], ...]:
    every = map(encodings.get, encodings.WRITERS)
    return tuple((e.name, e.scripts) for e in every if e.width == _SINGLE)


@cache
def _multi_writers() -> tuple[str, ...]:
    return tuple(n for n in encodings.WRITERS if encodings.get(n).width == "multi")


class _Ranking:
    """How likely each single-byte writer makes each byte: all writers in one long integer."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.writers = [(name, scripts, hops.shown(name)) for name, scripts in _single_writers()]
        self.bytes: dict[int, int] = {}

    def byte(self, value: int) -> int:
        alone = self.model.alone
        costs = []
        for _, _, shown in self.writers:
            image = shown[value]
            costs.append(alone(image) if image and not hops.BAD.match(image) else _IMPOSSIBLE)
        packed = int.from_bytes(array("I", costs).tobytes(), "little")
        self.bytes[value] = packed
        return packed

    def best(self, data: bytes) -> list[tuple[int, str]]:
        """Return (cost in units, writer) of the likeliest writers of some bytes, in no order."""
        high = _HIGH.sub(b"", data)[:_RANKED_BYTES]
        inner = len(_INNER.findall(data[: 2 * _RANKED_BYTES]))
        known = self.bytes
        total = sum(known.get(value) or self.byte(value) for value in high)
        costs = memoryview(total.to_bytes(len(self.writers) * 4 + 4, "little")).cast("I").tolist()
        ranked = sorted(
            (cost + (inner * _MIXED_WORD if scripts[0] != "Latn" else 0), name, scripts[0])
            for cost, (name, scripts, _) in zip(costs, self.writers)
        )
        kept: dict[str, int] = {}
        best: list[tuple[int, str]] = []
        for cost, name, script in ranked:
            kept[script] = kept.get(script, 0) + 1
            if kept[script] <= (_LATIN_WRITERS if script == "Latn" else _WRITERS):
                best.append((cost, name))
        return best


@cache
def _ranking() -> _Ranking:
    return _Ranking(load())


def legacy(text: str) -> list[Found]:
    """Return the likeliest readings of a text whose original was in a legacy encoding."""
    runs = hops.RUN.findall(text)
    mask = -1
    for run in runs:
        mask &= _mask(run)
    if not mask:
        return []
    tried: set[bytes] = set()
    ranked: list[tuple[float, str, str]] = []
    found: list[Found] = []
    seen: set[str] = set()
    for read in readers_of(mask):
        encoding = encodings.get(read)
        if encoding.family == "unicode":
            continue
        data = encodings.bytes_of(text, read)
        if data is None or data in tried:
            continue  # readers that agree on these bytes lead to the same candidates
        tried.add(data)
        for cost, written in _ranking().best(data):
            if written != read:
                ranked.append((price(written, read) * UNITS + cost, written, read))
        views = (data,) if encoding.width == _SINGLE else encodings.bytes_variants(text, read)
        for written in _multi_writers():
            if written == read:
                continue
            for view in views:
                decoded = encodings.read(view, written)
                if decoded is None or decoded == text or hops.brings_bad(text, decoded):
                    continue
                if decoded not in seen:
                    seen.add(decoded)
                    found.append(Found(decoded, (hop(written, read),), price(written, read)))
    found += wide(text)
    ranked.sort()
    for _, written, read in ranked[:_LEAVES]:
        undone = hops.undo_legacy(text, written, read)
        if undone is not None and undone not in seen:
            seen.add(undone)
            found.append(Found(undone, (hop(written, read),), price(written, read)))
    return found


def wide(text: str) -> list[Found]:
    """Return the readings of a text whose bytes were taken for UTF-16, or in the wrong order."""
    if _NARROW.search(text):
        return []
    found = []
    for read in ("utf-16-le", "utf-16-be"):
        data = encodings.bytes_of(text, read)
        if data is None:
            continue
        for written in ("utf-8", "utf-16-be" if read == "utf-16-le" else "utf-16-le"):
            decoded = encodings.read(data, written)
            if decoded is not None and not hops.brings_bad(text, decoded):
                found.append(Found(decoded, (hop(written, read),), price(written, read)))
    return found


def lossy_readers(text: str) -> list[str]:
    """Return the readers that may have lost bytes of a text written in UTF-8, likeliest first.

    Most of the bytes must make UTF-8, and some must not.
    """
    runs = hops.RUN.findall(text)
    if not runs:
        return []
    marked = "\ufffd" in text or "?" in text
    ranked: list[tuple[float, str]] = []
    mask = 0
    for run in runs:
        mask |= _mask(run)
    for read in readers_of(mask):
        encoding = encodings.get(read)
        if encoding.width == "unit16" or encoding.family == "unicode":
            continue
        total = kept = 0
        for run in runs:
            data = encodings.bytes_of(run, read)
            if data is None:
                total += 2 * len(run)
                continue
            high = sum(byte >= 0x80 for byte in data)
            total += high
            kept += sum(map(len, _BEGUN.findall(data)))
        if not total or (not marked and all(_whole(run, read) for run in runs)):
            continue
        share = kept / total
        if kept and share >= _KEPT:
            ranked.append((share - 0.02 * encoding.reader_cost, read))
    ranked.sort(reverse=True)
    return [read for _, read in ranked[:_LOSSY_READERS]]


def _whole(run: str, read: str) -> bool:
    data = encodings.bytes_of(run, read)
    if data is None:
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def lossy(text: str) -> list[Found]:
    """Return candidates of a text whose misreading lost bytes."""
    found: list[Found] = []
    for read in lossy_readers(text):
        restored = lattice.restore(text, read)
        if restored is None or hops.brings_bad(text, restored.text):
            continue
        asked = price("utf-8", read) + _BROKEN * restored.broken
        asked += sum(_LOSS + _LOST_MORE * (len(loss.lost) - 1) for loss in restored.losses)
        found.append(Found(restored.text, (hop("utf-8", read),), asked, restored))
    return found


def explore(text: str) -> list[Found]:
    """Return the candidates of a text, in no order; never the text itself."""
    model = load()
    start = Found(text, (), 0.0)
    queue: list[tuple[float, int, Found]] = [(0.0, 0, start)]
    seen = {text}
    found: list[Found] = []
    opened = 0
    while queue and opened < _NODES:
        _, _, node = heapq.heappop(queue)
        opened += 1
        mask = 0
        for run in hops.RUN.findall(node.text):
            mask |= _mask(run)
        for read in readers_of(mask):
            if encodings.get(read).family == "unicode":
                continue
            undone = hops.undo_utf8(node.text, read)
            if undone is None or undone in seen:
                continue
            seen.add(undone)
            asked = node.price + price("utf-8", read) + (_FURTHER_HOP if node.chain else 0.0)
            child = Found(undone, (hop("utf-8", read), *node.chain), asked)
            found.append(child)
            if not undone.isascii():
                rank = model.cost(undone) + child.price
                heapq.heappush(queue, (rank, len(seen), child))
        if opened <= _LOSSY_NODES:
            for leaf in lossy(node.text):
                if leaf.text not in seen:
                    seen.add(leaf.text)
                    asked = leaf.price + node.price + (_FURTHER_HOP if node.chain else 0.0)
                    found.append(leaf._replace(chain=leaf.chain + node.chain, price=asked))
        for leaf in legacy(node.text):
            if leaf.text not in seen:
                seen.add(leaf.text)
                asked = leaf.price + node.price + (_INNER_LEGACY if node.chain else 0.0)
                found.append(Found(leaf.text, leaf.chain + node.chain, asked))
    return found
