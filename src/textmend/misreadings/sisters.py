"""Chains that tell the same of most lines: which of them explains the whole document?

`cp850>cp1252` and `cp775>cp1252` differ by letters that many lines have not, readers of Latin-1 and of cp1252 by what
the latter shows in place of controls. The lines that decided for one often do not tell it from its sisters; all do.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from textmend import encodings
from textmend.misreadings import hops, spans, transports
from textmend.misreadings.found import hop, price
from textmend.plausibility.model import UNITS, load

#: Lines looked at; those among the first that a sister must tell as well, and the bits by which it may tell them worse.
_LINES: Final = 100
_FIRST: Final = 6
_WORSE: Final = 12.0
#: Bits that a sister may ask more than the chain.
_DEARER: Final = 7.0
#: Bits by which a sister must be better than the chain, beyond what it is dearer.
_BETTER: Final = 4.0


def best(name: str, lines: Iterable[str], context: int) -> str:
    """Return a misreading of a legacy original, or that of its sisters that explains some lines best.

    context: packed costs of other text of the document (Model.packed).

    >>> best("cp850>cp1252", ["k„sige n„iteks ÷hommikulò", "see r„„gib reØiimist"], 0)
    'cp775>cp1252'
    """
    if name in transports.HOPS:
        return name
    known = [line for line in dict.fromkeys(lines) if not line.isascii()][:_LINES]
    own = [_read(line, name) for line in known]
    told = [number for number, text in enumerate(own) if text != known[number]]
    most, found = _BETTER, name
    for sister, dearer in _sisters(name):
        if any(_worse(known[number], own[number], sister) for number in told[:_FIRST]):
            continue
        texts = [_read(line, sister, text) for line, text in zip(known, own, strict=True)]
        bits = _better(own, texts, context) - dearer
        if bits > most:
            most, found = bits, sister
    return found


@lru_cache(maxsize=200)
def _sisters(name: str) -> list[tuple[str, float]]:
    """Return the misreadings that share the writer or the reader with one, of the same kind, and what they ask more."""
    written, _, read = name.partition(">")
    single = hops.reader(read).single
    width = encodings.get(written).width
    found = [
        (written, other) for other in encodings.READERS if other != written and hops.reader(other).single == single
    ]
    found += [(other, read) for other in encodings.WRITERS if other != read and encodings.get(other).width == width]
    dearer = ((hop(*pair), price(*pair) - price(written, read)) for pair in found if pair != (written, read))
    return [(other, bits) for other, bits in dearer if bits <= _DEARER]


def _read(line: str, name: str, own: str | None = None) -> str:
    """Return a line as it was before a misreading, if that is likelier; else as it stands.

    own: what another misreading made of it so.
    """
    undone = spans.undo_hop(line, name)
    if own is not None and undone == own:
        return own
    return line if undone is None or load().cost(undone) > load().cost(line) else undone


def _worse(line: str, own: str, sister: str) -> bool:
    """Tell whether a sister does not explain a line that the chain explains."""
    undone = spans.undo_hop(line, sister)
    return undone != own and load().cost(line if undone is None else undone) - load().cost(own) > _WORSE


def _better(own: list[str], texts: list[str], context: int) -> float:
    """Return the bits by which some texts are likelier than others, each distinct change once."""
    changed: dict[tuple[str, str], None] = {}
    for one, other in zip(own, texts, strict=True):
        if one == other:
            continue
        before, after = one.split(" "), other.split(" ")
        pairs = zip(before, after, strict=True) if len(before) == len(after) else [(one, other)]
        for pair in pairs:
            if pair[0] != pair[1]:
                changed[pair] = None
    if not changed:
        return 0.0
    return load().gain(context, [one for one, _ in changed], [other for _, other in changed]) / UNITS
