"""How likely is each character of a lattice?  All ways are summed, forward and backward."""

from __future__ import annotations

from collections import defaultdict
from typing import Final, NamedTuple

from textmend.misreadings.lossy import Byte
from textmend.plausibility.model import UNITS

#: Prices overstate themselves: a difference counts for this share of its bits.
_CALIBRATION: Final = 0.75
#: Alternatives reported for one loss, and the probability below which none is.
_REPORTED: Final = 5
_LEAST: Final = 0.01


class Emitted(NamedTuple):
    r"""Characters that a way through the lattice makes.

    kind: what was lost, nothing if nothing was.  lost: the bytes.
    place: the sign of the line at which they were lost.  end: the sign after them.

    >>> Emitted("”", "dropped", b"\x9d", 3, 3).text
    '”'
    """

    text: str
    kind: str
    lost: bytes
    place: int
    end: int

    @property
    def key(self) -> tuple[int, int]:
        """Where it stands: what else may have stood there has the same."""
        return self.place, self.end


class Arc(NamedTuple):
    """A step from one node to another: its cost in units, and what it makes."""

    source: Node
    cost: float
    emitted: tuple[Emitted, ...]


class Node:
    """Where ways meet: the same pending bytes, the same place for the language model.

    >>> Node(0, "", (), 0).pending
    ()
    """

    __slots__ = ("arcs", "backward", "best", "forward", "open", "pending", "place", "reach")

    def __init__(self, place: int, opened: str, pending: tuple[Byte, ...], reach: int) -> None:
        self.place = place
        self.open = opened
        self.pending = pending
        self.reach = reach
        self.arcs: list[Arc] = []
        self.best = float("inf")
        self.forward = 0.0
        self.backward = 0.0


def way(end: Node) -> list[tuple[Node, Arc]]:
    """Return the steps of the best way to a node: each node reached, and how.

    >>> way(Node(0, "", (), 0))
    []
    """
    steps: list[tuple[Node, Arc]] = []
    node = end
    while node.arcs:
        arc = min(node.arcs, key=lambda arc: arc.source.best + arc.cost)
        steps.append((node, arc))
        node = arc.source
    return steps[::-1]


class Posterior:
    """The probabilities of what a lattice's ways make."""

    def __init__(self, order: list[Node], end: Node) -> None:
        self.end = end
        scale = _CALIBRATION / UNITS
        order[0].forward = 1.0
        for node in order[1:]:
            node.forward = sum(
                arc.source.forward * 2.0 ** -(scale * (arc.source.best + arc.cost - node.best)) for arc in node.arcs
            )
        end.backward = 1.0
        self.at_end: dict[tuple[int, str], float] = defaultdict(float)
        self.at_place: dict[tuple[int, int], dict[str, float]] = defaultdict(lambda: defaultdict(float))
        whole = end.forward
        for node in reversed(order):
            if not node.backward:
                continue
            for arc in node.arcs:
                weight = node.backward * 2.0 ** -(scale * (arc.source.best + arc.cost - node.best))
                arc.source.backward += weight
                share = weight * arc.source.forward / whole
                for emitted in arc.emitted:
                    self.at_end[emitted.end, emitted.text] += share
                    if emitted.kind:
                        self.at_place[emitted.key][emitted.text] += share

    def share(self) -> float:
        """Return the probability of the best way."""
        return 1.0 / self.end.forward

    def best(self) -> list[tuple[Node, Arc]]:
        """Return the steps of the best way: the node reached, and how."""
        return way(self.end)

    def suspected(self, known: set[tuple[int, int]], least: float) -> dict[int, tuple[tuple[str, float], ...]]:
        """Return the places, apart from those known, where a whole character may be lost, with what may have stood.

        Nothing comes first.
        """
        found = {}
        for (place, end), rivals in self.at_place.items():
            share = min(1.0, sum(rivals.values()))
            if (place, end) not in known and end in {place, place + 1} and share >= least:
                others = sorted(rivals.items(), key=lambda item: -item[1])[:_REPORTED]
                found[place] = (("", 1.0 - share), *((text, part) for text, part in others if part >= _LEAST))
        return found

    def ranked(self, emitted: Emitted) -> tuple[tuple[str, float], ...]:
        """Return what may have stood where something was made, with probabilities; that comes first."""
        own = self.at_end[emitted.end, emitted.text]
        if emitted.kind:
            rivals = self.at_place[emitted.key]
            own = max(own, rivals[emitted.text])
        else:
            rivals = {text: share for (end, text), share in self.at_end.items() if end == emitted.end}
        own = min(1.0, own)
        others = sorted((item for item in rivals.items() if item[0] != emitted.text), key=lambda item: -item[1])
        left = 1.0 - own
        ranked = [(emitted.text, own)]
        for text, share in others[:_REPORTED]:
            if min(share, left) >= _LEAST:
                ranked.append((text, min(share, left)))
                left -= min(share, left)
        return tuple(ranked)
