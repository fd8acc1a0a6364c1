"""What a lossy reader may have done, and what a writer's bytes may complete."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final, NamedTuple

from textmend import encodings
from textmend.plausibility.model import load

#: ASCII signs that a mark may have taken with it, as often seen.
SWALLOWABLE: Final = " \"',.:;)]}>!?(<[/=-*|0123456789"
#: Readers of single bytes that straighten quotes lose which quote it was.
_STRAIGHTENED: Final = {'"': "“”„", "'": "‘’‚"}
#: Characters tried where two or three bytes of one are unknown: the most usual ones.
_USUAL_COST: Final = 12 * 8


class Unknown(NamedTuple):
    """A byte that was lost: the values it may have had, the sign it was lost at, and how.

    >>> Unknown(frozenset((0x9D,)), 3, "dropped").kind
    'dropped'
    """

    values: frozenset[int]
    at: int
    kind: str


Byte = int | Unknown


def unknown(pending: tuple[Byte, ...]) -> Unknown | None:
    """Return the first unknown byte, None if all are known.

    >>> unknown((0xE2, 0x80)) is None
    True
    """
    return next((byte for byte in pending if not isinstance(byte, int)), None)


class Channel:
    """A reader's losses: what may be missing before a byte, what a sign may stand for.

    >>> Channel("cp1252").swallows
    False
    """

    def __init__(self, name: str) -> None:
        self.name = name
        model = encodings.loss_model(name)
        self.model = model
        high = frozenset(range(0x80, 0x100))
        self.single = encodings.get(name).width == "single"
        if self.single:
            # A0 too: HTML runs spaces together
            self.gone = frozenset(model.dead | model.vanishing | {0xA0}) & high
            self.markable = frozenset(b for b in self.gone if b not in {0xA0, 0xAD})
            self.drops = True
            self.marks = frozenset("\ufffd?") if self.markable else frozenset()
            self.swallows = False
            self.longest_gap = 2
        else:
            self.gone = high
            self.markable = high
            self.drops = True
            marks = {mark for style in model.styles for mark in style.marks}
            self.marks = frozenset(marks)
            self.swallows = any(style.kind == "swallow" for style in model.styles)
            self.longest_gap = 3
        self.leads = model.lead | model.dead
        self.leads_lost = any(byte >= 0xC2 for byte in self.gone)
        self.trails = high
        self._before: dict[bytes, frozenset[int]] = {}

    def options(self, char: str) -> tuple[bytes, ...]:
        """Return the byte sequences that a sign may stand for."""
        return _options(char, self.name)

    def first_bytes(self, text: str) -> bytes:
        """Return the bytes of the next signs, as far as they are known."""
        options = self.options(text[0])
        return options[0] if options else b"?"

    def dropped_before(self, following: bytes) -> frozenset[int]:
        """Return the bytes that the reader would have dropped before these."""
        if self.single:
            return self.gone
        known = self._before.get(following[:2])
        if known is None:
            length = self.model.length
            known = frozenset(byte for byte in self.gone if length(bytes((byte,)) + following, 0) == 0)
            self._before[following[:2]] = known
        return known

    def dropped_inside(self) -> frozenset[int]:
        """Return the bytes that may be dropped before another dropped byte."""
        return self.gone

    def altered(self, char: str) -> tuple[frozenset[int], ...]:
        """Return the bytes that a sign may stand for after somebody's clean-up."""
        return _altered(char, self.name) if self.single else ()

    def fails(self, first: int, second: int) -> bool:
        """Tell whether the reader fails on two bytes."""
        return self.single or self.model.length(bytes((first, second)), 0) != 2


@lru_cache(maxsize=40_000)
def _options(char: str, name: str) -> tuple[bytes, ...]:
    if char.isascii():
        return (char.encode(),)
    return encodings.bytes_options(char, name)


@lru_cache(maxsize=4_000)
def _altered(char: str, name: str) -> tuple[frozenset[int], ...]:
    values: set[int] = set()
    model = encodings.loss_model(name)
    if char in model.altered:
        values.update(model.altered[char])
    for quote in _STRAIGHTENED.get(char, ""):
        for data in encodings.bytes_options(quote, name):
            values.update(data)
    return (frozenset(values),) if values else ()


@cache
def channel(name: str) -> Channel:
    """Return the one Channel of a reader.

    >>> channel("gbk").fails(0x9D, 0x0A)
    True
    """
    return Channel(name)


class Utf8:
    """UTF-8 as the writer.

    >>> Utf8().advance((0xC3,), channel("cp1252"))
    (True, [])
    """

    def advance(self, pending: tuple[Byte, ...], channel: Channel) -> tuple[bool, list[tuple[str, bytes]]]:
        """Return whether the bytes can go on, and the characters that they complete."""
        first = pending[0]
        if isinstance(first, int):
            if first < 0x80:
                return (False, [(chr(first), bytes((first,)))]) if len(pending) == 1 else (False, [])
            need = _need(first)
            if not need:
                return False, []
            last = pending[-1]
            if len(pending) > 1 and isinstance(last, int) and not 0x80 <= last < 0xC0:
                return False, []
            if len(pending) < need:
                return True, []
            return False, self._complete(pending, channel)
        # the lead is lost: it may have begun two, three or four bytes
        if any(isinstance(b, int) and not 0x80 <= b < 0xC0 for b in pending[1:]):
            return False, []
        found = self._complete(pending, channel) if len(pending) in (2, 3) else []
        return len(pending) < 3, found

    def _complete(self, pending: tuple[Byte, ...], channel: Channel) -> list[tuple[str, bytes]]:
        gaps = [number for number, byte in enumerate(pending) if not isinstance(byte, int)]
        if not gaps:
            return _decoded(bytes(b for b in pending if isinstance(b, int)))
        lost = [byte for byte in pending if not isinstance(byte, int)]
        if len(lost) == len(pending) and all(byte.kind == "dropped" for byte in lost):
            return []  # a character that left no trace
        shape = tuple(byte if isinstance(byte, int) else -1 for byte in pending)
        fitting = []
        for char, data in _matching(shape):
            if all(data[n] in pending[n].values for n in gaps):  # type: ignore[union-attr]
                fitting.append((char, data))
        swallowed = [
            n
            for n in gaps[:-1]
            if n + 1 in gaps
            and pending[n].kind == "swallowed" == pending[n + 1].kind  # type: ignore[union-attr]
            and pending[n].at == pending[n + 1].at  # type: ignore[union-attr]
        ]
        for n in swallowed[:1]:
            fitting = [item for item in fitting if channel.fails(item[1][n], item[1][n + 1])]
        return fitting


def _need(lead: int) -> int:
    if 0xC2 <= lead < 0xE0:
        return 2
    if 0xE0 <= lead < 0xF0:
        return 3
    return 4 if 0xF0 <= lead < 0xF5 else 0


@lru_cache(maxsize=20_000)
def _decoded(data: bytes) -> list[tuple[str, bytes]]:
    try:
        return [(data.decode("utf-8"), data)]
    except UnicodeDecodeError:
        return []


@lru_cache(maxsize=4_000)
def _matching(shape: tuple[int, ...]) -> list[tuple[str, bytes]]:
    """Return the usual characters whose UTF-8 has this shape (-1: unknown), likeliest first."""
    model = load()
    gaps = shape.count(-1)
    if gaps == 1 and shape[0] != -1:
        number = shape.index(-1)
        found = []
        for byte in range(0x80, 0xC0):
            data = bytes(byte if n == number else b for n, b in enumerate(shape))
            found += _decoded(data)
    else:
        found = [
            (char, data)
            for char, data in _usual(len(shape))
            if all(b in {-1, d} for b, d in zip(shape, data, strict=True))
        ]
    limit = 64 if gaps == 1 else 400
    kept = [item for item in found if model.alone(item[0]) < 24 * 8 and item[0].isprintable()]
    kept.sort(key=lambda item: model.alone(item[0]))
    return kept[:limit]


@cache
def _usual(size: int) -> list[tuple[str, bytes]]:
    """Return the characters that texts are made of, of one length in UTF-8."""
    model = load()
    usual = []
    for char in model.known_characters():
        data = char.encode("utf-8", "surrogatepass")
        if len(data) == size and model.alone(char) < _USUAL_COST:
            usual.append((char, data))
    return usual


class Legacy:
    """A single- or double-byte encoding as the writer.

    >>> Legacy("gbk").advance((0xC4,), channel("cp1252"))
    (True, [])
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.model = encodings.loss_model(name)

    def advance(self, pending: tuple[Byte, ...], _channel: Channel) -> tuple[bool, list[tuple[str, bytes]]]:
        """Return whether the bytes can go on, and the characters that they complete."""
        first = pending[0]
        if len(pending) == 1:
            values = (first,) if isinstance(first, int) else first.values
            found = [
                (char, bytes((value,)))
                for value in values
                if value not in self.model.lead and (char := _shown(bytes((value,)), self.name))
            ]
            return any(value in self.model.lead for value in values), found
        leads = (first,) if isinstance(first, int) else first.values
        second = pending[1]
        trails = (second,) if isinstance(second, int) else second.values
        found = []
        for lead in leads:
            if lead not in self.model.lead:
                continue
            for trail in trails:
                data = bytes((lead, trail))
                char = _shown(data, self.name)
                if char and len(char) == 1:
                    found.append((char, data))
        return False, found


@lru_cache(maxsize=20_000)
def _shown(data: bytes, name: str) -> str | None:
    return encodings.read(data, name)


@cache
def writer(name: str) -> Utf8 | Legacy:
    r"""Return the automaton of a writer.

    >>> writer("utf-8").advance((0xC3, 0xA9), channel("cp1252"))
    (False, [('é', b'\xc3\xa9')])
    """
    return Utf8() if name == "utf-8" else Legacy(name)
