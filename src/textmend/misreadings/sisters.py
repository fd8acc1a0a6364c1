"""Chains that tell the same of most lines: which of them explains the whole document?

`cp850>cp1252` and `cp775>cp1252` differ by letters that many lines have not, readers of Latin-1 and of cp1252 by what
the latter shows in place of controls. The lines that decided for one often do not tell it from its sisters; all do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from typing import Final

from textmend import encodings
from textmend.misreadings import hops, spans, telling, transports
from textmend.misreadings.figures import numbered
from textmend.misreadings.found import hop, price
from textmend.plausibility.model import UNITS, load

#: Lines looked at; those among the first that a sister must tell as well, like the first that it may tell otherwise;
#: and the bits by which it may tell them worse.
_LINES: Final = 100
_FIRST: Final = 6
_WORSE: Final = 12.0
#: What may have been an ordinal, which a bare cost overstates.
_ORDINAL: Final = re.compile("[0-9]\\.?[^\x00-\x7f]")
#: Bits that a sister may ask more than the chain.
_DEARER: Final = 7.0
#: Bits by which a sister must be better than the chain, beyond what it is dearer.
_BETTER: Final = 4.0


def best(name: str, lines: Iterable[str], context: Callable[[], int], own: Mapping[str, str] | None = None) -> str:
    """Return a misreading of a legacy original, or that of its sisters that explains some lines best.

    context: gives the packed costs of other text of the document (Model.packed), where they are needed.
    own: what the misreading made of lines, where that is known.

    >>> best("cp850>cp1252", ["k„sige n„iteks ÷hommikulò", "see r„„gib reØiimist"], int)
    'cp775>cp1252'
    """
    if name in transports.HOPS:
        return name
    known = [line for line in dict.fromkeys(lines) if not line.isascii()][:_LINES]
    before = [own[line] if own and line in own else _read(line, name) for line in known]
    told = [number for number, line in enumerate(known) if before[number] != line]
    whole = "\n".join(known)
    cost = load().cost

    @cache
    def priced(number: int) -> tuple[str, str, float, float]:
        line, text = known[number], before[number]
        return line, text, cost(line), cost(text)

    most, found = _BETTER, name
    sisters = _sisters(name)
    if told:
        line, _, here, there = priced(told[0])
        names = tuple([sister for sister, _ in sisters])
        sisters = [sisters[number] for number in telling.left(line, here, there + _WORSE, names)]
    for sister, dearer in sisters:
        bits = -dearer
        parted = telling.shown_apart(whole, name, sister)
        if parted >= 0:
            where = whole.count("\n", 0, parted)
            looked_at = told[:_FIRST] if before[where] == known[where] else (where, *told[:_FIRST])
            if any(_worse(*priced(number), sister) for number in looked_at):
                continue
            texts = [
                text if telling.shown_apart(line, name, sister) < 0 else _read(line, sister, text)
                for line, text in zip(known, before, strict=True)
            ]
            bits += _better(before, texts, context)
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
    here = load().cost(line)
    there = telling.cost_before(line, name, here)
    if there is not None and (there < 0 or there > here) and not _ORDINAL.search(line):
        return line
    undone = spans.undo_hop(line, name)
    if own is not None and undone == own:
        return own
    return line if undone is None or load().cost(numbered(undone)) > here else undone


def _worse(line: str, own: str, here: float, there: float, sister: str) -> bool:
    """Tell whether a sister does not explain a line that the chain explains.

    here, there: what the line costs, and what it does as the chain explains it.
    """
    most = there + _WORSE
    told = telling.cost_before(line, sister, most)
    if told is not None:
        return (told if told >= 0 else here) > most  # what costs as much may be the same
    undone = spans.undo_hop(line, sister)
    return undone != own and (here if undone is None else load().cost(undone)) > most


def _better(own: list[str], texts: list[str], context: Callable[[], int]) -> float:
    """Return the bits by which some texts are likelier than others, each distinct change once."""
    changed: dict[tuple[str, str], None] = {}
    for one, other in zip(own, texts, strict=True):
        if one == other:
            continue
        before, after = numbered(one).split(" "), numbered(other).split(" ")
        pairs = zip(before, after, strict=True) if len(before) == len(after) else [(one, other)]
        for pair in pairs:
            if pair[0] != pair[1]:
                changed[pair] = None
    if not changed:
        return 0.0
    return load().gain(context(), [one for one, _ in changed], [other for _, other in changed]) / UNITS
