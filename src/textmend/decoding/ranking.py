"""Which encodings could these bytes be in? A quick ranking, by bytes alone, before texts are weighed.

Every encoding of one byte a character is ranked at once: a byte's costs are packed into one long
integer, a 32-bit field for each encoding, so that one addition counts a byte for all of them.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Sequence
from functools import cache

from textmend import encodings
from textmend.plausibility.model import UNITS, Model, load

# Bytes that are ranked; more change the order no further.
_RANKED_BYTES = 240
LONG = 160
"""Bytes of a word that are looked at: text without spaces is one word."""

_LONGEST_SAMPLE = 4096  # bytes of one word without end
_REPEATS = 8  # times that one byte counts
# A byte that an encoding does not have. One may be damage, several are another encoding.
_IMPOSSIBLE = 16 * UNITS
# A letter of another script beside an ASCII letter.
_MIXED_WORD = 8 * UNITS
# What stands in no text that was meant: C1 controls, private use, replacement
# characters; and what hardly any does: Braille, rare arrows, the scripts
# next to Arabic.
BAD = re.compile("[\x7f-\x9f\u0800-\u08ff\u2800-\u2c5f\ue000-\uf8ff\ufff0-\uffff]")
# A character that stands in no text, beside what the model asks for it.
BAD_COST = 16 * UNITS

# How many candidates are weighed: within this many bits of the first, and at most so many.
_MARGIN = 45 * UNITS
_SHARE = 0.35  # of the first's own cost, on top of that: the longer the sample, the further apart
_KEPT = 16
_ALIKE = 40  # words by which two encodings are told apart
# The more bytes were ranked, the nearer to the first the right one is: at worst seventh by 100 bytes of documents,
# eleventh by lines, eighteenth by short samples.
_LIMITS = ((100, 8), (40, 12), (0, _KEPT))

_MEMORY = 30_000  # characters whose cost is remembered

_INNER = re.compile(rb"(?<=[A-Za-z])[\x80-\xff]|[\x80-\xff](?=[A-Za-z])")
_ASCII = bytes(range(0x80))

# Half of what the registry's prior says: it is about texts that were misread, and what is read
# right is more often in a rare encoding.
_PRIOR = 0.5


@cache
def singles() -> tuple[str, ...]:
    """Return the encodings of one byte a character that keep ASCII, the commonest first.

    >>> singles()[0]
    'cp1252'
    """
    every = (encodings.get(name) for name in encodings.WRITERS)
    return tuple(it.name for it in every if it.width == "single")


@cache
def multis() -> tuple[str, ...]:
    """Return the encodings of several bytes a character but UTF-8, the commonest first.

    >>> "gbk" in multis(), "utf-8" in multis()
    (True, False)
    """
    every = (encodings.get(name) for name in encodings.WRITERS)
    return tuple(it.name for it in every if it.width == "multi" and it.family != "unicode")


@cache
def prior(name: str) -> float:
    """Return how rare an encoding is, in bits.

    >>> prior("cp1252") < prior("mac-turkish")
    True
    """
    return encodings.get(name).writer_cost * _PRIOR


def _packed(costs: Sequence[int]) -> int:
    """Return costs as one integer, a field of 32 bits for each."""
    return int.from_bytes(array("I", costs).tobytes(), "little")


class _Bytes:
    """How likely each encoding makes each byte: all encodings in one long integer."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.names = singles()
        latin = [encodings.get(name).scripts[0] == "Latn" for name in self.names]
        self.mixed = _packed([0 if each else _MIXED_WORD for each in latin])  # for a letter beside an ASCII letter
        self.known: dict[int, int] = {}
        self.characters: dict[str, int] = {}

    def byte(self, value: int) -> int:
        """Return the packed costs of a byte."""
        data = bytes((value,))
        costs = []
        for name in self.names:
            shown = encodings.read(data, name)
            if shown is None:
                costs.append(_IMPOSSIBLE)
            else:
                costs.append(self.model.alone(shown) + (BAD_COST if BAD.match(shown) else 0))
        packed = self.known[value] = _packed(costs)
        return packed

    def costs(self, high: bytes, inner: int) -> list[int]:
        """Return the cost of some bytes in each encoding, in units; inner: letters beside ASCII letters."""
        known = self.known
        total = sum([known.get(value) or self.byte(value) for value in high], inner * self.mixed)
        return memoryview(total.to_bytes(len(self.names) * 4, "little")).cast("I").tolist()

    def text(self, text: str) -> int:
        """Return the cost of a text by its characters alone, ASCII left out, in units."""
        known = self.characters
        total = 0
        for char, count in Counter(text).items():
            cost = known.get(char)
            if cost is None:
                if len(known) > _MEMORY:
                    known.clear()
                cost = self.model.alone(char) if char > "\x7f" else 0
                known[char] = cost = cost + (BAD_COST if BAD.match(char) else 0)
            # the same letter again and again is one witness, not many
            total += cost * min(count, _REPEATS)
        return total


@cache
def _bytes() -> _Bytes:
    return _Bytes(load())


def _sampled(tokens: Sequence[bytes]) -> bytes:
    """Return the first tokens as one piece."""
    sample: list[bytes] = []
    size = 0
    for token in tokens:
        sample.append(token)
        size += len(token)
        if size > _RANKED_BYTES:
            break
    return b" ".join(sample)[:_LONGEST_SAMPLE]


def _high(data: bytes) -> bytes:
    """Return the bytes that are not ASCII, each a bounded number of times."""
    high = data.translate(None, _ASCII)
    if len(high) > 2 * _REPEATS:
        # the same letter again and again is one witness, not many
        counts = Counter(high)
        high = b"".join(bytes((value,)) * min(count, _REPEATS) for value, count in counts.items())
    return high


def by_bytes(tokens: Sequence[bytes]) -> dict[str, int]:
    r"""Return what some words cost in each encoding of one byte a character, by bytes alone, in units.

    >>> by_bytes([b"Gr\xfc\xdfe"])["cp1252"] < by_bytes([b"Gr\xfc\xdfe"])["cp437"]
    True
    """
    return dict(zip(singles(), _by_bytes(_sampled(tokens)), strict=True))


def _by_bytes(data: bytes) -> list[int]:
    """Return what a sample costs in each of `singles`."""
    return _bytes().costs(_high(data), len(_INNER.findall(data)))


def own_and_least(tokens: Sequence[bytes], name: str) -> tuple[int, int]:
    r"""Return what some words cost in an encoding, and in the best of those of one byte a character.

    >>> own, least = own_and_least([b"Gr\xfc\xdfe"], "cp437")
    >>> own > least
    True
    """
    data = _sampled(tokens)
    costs = _by_bytes(data)
    own = costs[singles().index(name)] if name in singles() else _of_multi(data, tokens, name)
    return own, min(costs)


def of_multi(tokens: Sequence[bytes], name: str) -> int:
    r"""Return what some words cost in an encoding of several bytes a character, in units.

    >>> of_multi([b"\xd6\xd0\xb9\xfa"], "gbk") < of_multi([b"\xd6\xd0\xb9\xfa"], "big5")
    True
    """
    return _of_multi(_sampled(tokens), tokens, name)


def _of_multi(data: bytes, tokens: Sequence[bytes], name: str) -> int:
    """Return what a sample of some words costs."""
    text = encodings.read(data, name)
    cost = 0
    if text is None:
        text = data.decode(encodings.get(name).codec, "replace")
        # a long word is cut anywhere, so the end of it may be half a character
        cut = sum(len(token) >= LONG for token in tokens[: _RANKED_BYTES // LONG + 1])
        cost = max(0, text.count("\ufffd") - cut) * _IMPOSSIBLE
    return cost + _bytes().text(text)


def rank(tokens: Sequence[bytes]) -> list[tuple[float, str]]:
    r"""Return (cost in units, encoding) of the likeliest encodings of some words, the best first.

    Encodings that read all of them alike stand next to one another.

    >>> "cp1252" in [name for _, name in rank([b"Gr\xfc\xdfe"])[:9]]
    True
    """
    data = _sampled(tokens)
    ranked = [(cost + prior(name) * UNITS, name) for name, cost in zip(singles(), _by_bytes(data), strict=True)]
    ranked += [(_of_multi(data, tokens, name) + prior(name) * UNITS, name) for name in multis()]
    ranked.sort()
    return ranked


def likeliest(tokens: Sequence[bytes], limit: int = _KEPT) -> list[str]:
    r"""Return the encodings worth weighing, one for each way to read the words.

    >>> "iso-8859-1" in likeliest([b"Gr\xfc\xdfe"])
    False
    """
    high = len(_sampled(tokens).translate(None, _ASCII))
    limit = min(limit, next(most for size, most in _LIMITS if high >= size))
    ranked = rank(tokens)
    bound = ranked[0][0] * (1.0 + _SHARE) + _MARGIN
    found: list[str] = []
    seen: set[str] = set()
    sample = b" ".join(tokens[:_ALIKE])
    for cost, name in ranked:
        if cost > bound or len(found) >= limit:
            break
        shown = encodings.read(sample, name) or name  # what cannot read all of it is like no other
        if shown not in seen:
            seen.add(shown)
            found.append(name)
    return found
