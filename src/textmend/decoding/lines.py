"""The encoding of each line, once it is known which encodings a document holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from textmend import encodings
from textmend.decoding.ranking import likeliest
from textmend.decoding.weighing import SEQUENCE, Scale, is_utf8, runs
from textmend.plausibility.model import UNITS

# Where a document may change its encoding: line ends, and nothing else of ASCII.
_LINES = re.compile(rb"[^\n\r]*(?:\r\n|\n|\r|\Z)")
_TOKENS = re.compile(rb"[^ \t]+[ \t]*|[ \t]+")

# A change of encoding inside a line, in units: the line as a whole in one encoding is likelier.
_SWITCH = 4 * UNITS
# A line that reads as UTF-8 in a document that else does not: an accident must be very plausible.
_ACCIDENT = 20 * UNITS
_FEW_SEQUENCES = 2  # of UTF-8 in a line may be an accident
# A line in an encoding that the document does not hold otherwise.
_STRANGER = 12 * UNITS
_LOOKED_AT = 400  # bytes by which encodings are ranked for a line that none of the document's reads
_WEIGHED = 4000  # bytes of a word that are weighed; a line without spaces is one word
_LONGEST = 1200  # bytes of a line that are decided together


@dataclass(slots=True)
class Mixture:
    """What a document holds.

    names: its encodings beside UTF-8, the main one first. utf8: whether it holds UTF-8.
    certain: the probability that the main one is right. chain: what garbled the text before.
    """

    names: list[str]
    utf8: bool
    certain: float = 1.0
    alternatives: tuple[tuple[str, float], ...] = ()
    chain: tuple[str, ...] = ()
    memo: dict[bytes, list[tuple[bytes, str]]] = field(default_factory=dict)


def lines(data: bytes) -> Iterator[bytes]:
    r"""Yield the lines of some bytes with their ends.

    >>> list(lines(b"a\r\nb\rc"))
    [b'a\r\n', b'b\r', b'c']
    """
    for found in _LINES.finditer(data):
        if found[0]:
            yield found[0]


def pieces(data: bytes, mixture: Mixture, scale: Scale) -> list[tuple[bytes, str]]:
    r"""Return the bytes cut where the encoding changes, each part with its encoding.

    What is ASCII goes with what is before it, at the beginning with what follows.

    >>> pieces(b"a\xc3\xbc\n\xfc\n", Mixture(["cp1252"], utf8=True), Scale())
    [(b'a\xc3\xbc\n', 'utf-8'), (b'\xfc\n', 'cp1252')]
    """
    if not mixture.utf8 and len(mixture.names) == 1:
        return [(data, mixture.names[0])]
    found: list[tuple[bytes, str]] = []
    for line in _portions(data):
        known = mixture.memo.get(line)
        if known is None:
            known = mixture.memo[line] = _line(line, mixture, scale)
        found += known
    return joined(found)


def _portions(data: bytes) -> Iterator[bytes]:
    """Yield the lines, long ones in portions that end behind a space: what is decided together."""
    for line in lines(data):
        while len(line) > _LONGEST:
            at = line.rfind(b" ", 0, _LONGEST) + 1
            if not at:
                break
            yield line[:at]
            line = line[at:]  # noqa: PLW2901 - what is left of it
        yield line


def joined(parts: Sequence[tuple[bytes, str]]) -> list[tuple[bytes, str]]:
    """Return the parts with neighbours of one encoding made one; an empty name goes with any.

    >>> joined([(b"a", ""), (b"b", "gbk"), (b"c", ""), (b"d", "gbk")])
    [(b'abcd', 'gbk')]
    """
    result: list[tuple[list[bytes], str]] = []
    for data, name in parts:
        if result and (not name or not result[-1][1] or result[-1][1] == name):
            result[-1][0].append(data)
            if not result[-1][1]:
                result[-1] = (result[-1][0], name)
        else:
            result.append(([data], name))
    return [(b"".join(each), name or "utf-8") for each, name in result]


def _line(line: bytes, mixture: Mixture, scale: Scale) -> list[tuple[bytes, str]]:
    """Return the parts of one line with their encodings."""
    if line.isascii():
        return [(line, "")]
    valid = is_utf8(line)
    if valid and mixture.utf8 and len(SEQUENCE.findall(line)) > _FEW_SEQUENCES:
        return [(line, "utf-8")]
    # UTF-8 is the rule or the accident, by what the document holds
    asked, accident = (_ACCIDENT, 0) if valid and mixture.utf8 else (0, _ACCIDENT)
    options = [
        (_weigh(line, name, scale) + asked, [(line, name)])
        for name in mixture.names
        if encodings.read(line, name) is not None
    ]
    if valid:
        options.append((_weigh(line, "utf-8", scale) + accident, [(line, "utf-8")]))
    elif mixture.utf8:
        options += _tokenwise(line, mixture, scale)
    if not options:
        options = [
            (_weigh(line, name, scale) + _STRANGER, [(line, name)])
            for name in likeliest([line.strip()[:_LOOKED_AT]], limit=6)
            if encodings.read(line, name) is not None
        ]
    if len(options) > 1:
        return min(options, key=lambda option: scale.settle(option[0]))[1]
    return options[0][1] if options else [(line, mixture.names[0])]


def _tokenwise(line: bytes, mixture: Mixture, scale: Scale) -> list[tuple[int, list[tuple[bytes, str]]]]:
    """Return the ways to read a line as UTF-8 with strays, each with its packed cost."""
    options = []
    for name in mixture.names:
        parts = tokenwise(line, name, scale)
        if parts is not None:
            switches = sum(bool(each) for _, each in joined(parts)) - 1
            cost = sum(_weigh(part, each or "utf-8", scale) for part, each in parts)
            options.append((cost + max(0, switches) * _SWITCH, parts))
    return options


def _weigh(data: bytes, name: str, scale: Scale) -> int:
    """Return the packed cost of the words of some bytes in an encoding."""
    total = 0
    for word in data.split():
        token = word[:_WEIGHED]
        if name == "utf-8":
            total += scale.text(token.decode("utf-8", "replace"))
        else:
            total += scale.token(token, name)
    return total


def tokenwise(line: bytes, name: str, scale: Scale) -> list[tuple[bytes, str]] | None:
    r"""Return a line with its UTF-8 as UTF-8 and its stray bytes in an encoding; None if that fails.

    >>> tokenwise(b"\xc3\xbc \xfc", "cp1252", Scale())
    [(b'\xc3\xbc ', 'utf-8'), (b'\xfc', 'cp1252')]
    """
    parts: list[tuple[bytes, str]] = []
    for found in _TOKENS.finditer(line):
        token = found[0]
        if token.isascii():
            parts.append((token, ""))
        elif is_utf8(token):
            parts.append((token, "utf-8"))
        else:
            best = _token(token, name, scale)
            if best is None:
                return None
            parts += best
    rest = line[sum(len(part) for part, _ in parts) :]
    return [*parts, (rest, "")] if rest else parts


def _token(token: bytes, name: str, scale: Scale) -> list[tuple[bytes, str]] | None:
    """Return a token in an encoding, as a whole or in its stray bytes, whichever is likelier."""
    whole = encodings.read(token, name)
    cut = [(part, "utf-8" if utf8 else name) for part, utf8 in runs(token)]
    texts = [encodings.read(part, each) for part, each in cut]
    if len(cut) == 1 or None in texts:
        return None if whole is None else [(token, name)]
    if whole is not None and len(token) > _WEIGHED:
        if 2 * sum(len(part) for part, each in cut if each == "utf-8") < len(token):
            return [(token, name)]
    elif whole is not None:
        apart = scale.text("".join(text or "" for text in texts)) + (len(cut) - 1) * _SWITCH
        if scale.settle(scale.text(whole)) <= scale.settle(apart):
            return [(token, name)]
    return [(part, "" if part.isascii() else each) for part, each in cut]
