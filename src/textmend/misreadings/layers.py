"""The layers of a lattice: its nodes at one sign of the line, and the ways that lead on from them."""

from __future__ import annotations

from typing import NamedTuple

from textmend.misreadings import lossy
from textmend.misreadings.posterior import Arc, Emitted, Node


class Half(NamedTuple):
    """A node's continuation that has not reached the end of a sign yet.

    >>> start(Node(0, "", (), 0)).cost
    0.0
    """

    source: Node
    cost: float
    place: int
    open: str
    pending: tuple[lossy.Byte, ...]
    emitted: tuple[Emitted, ...]


#: Nodes by what their future depends on: the place in the text, the signs that are open, and the bytes.
Layer = dict[tuple[int, str, tuple[lossy.Byte, ...]], Node]


def start(node: Node) -> Half:
    """Return the continuation of a node that has not gone on yet.

    >>> start(Node(3, "", (), 0)).place
    3
    """
    return Half(node, 0.0, node.place, node.open, node.pending, ())


def reach(layer: Layer, half: Half, at: int) -> None:
    """Let a continuation end in the node that has its future.

    at: the signs of the line before it.

    >>> layer: Layer = {}
    >>> reach(layer, start(Node(3, "", (), 0)), 1)
    >>> list(layer)
    [(3, '', ())]
    """
    key = (half.place, half.open, half.pending)
    node = layer.get(key)
    if node is None:
        node = layer[key] = Node(half.place, half.open, half.pending, at)
    node.arcs.append(Arc(half.source, half.cost, half.emitted))
    node.best = min(node.best, half.source.best + half.cost)


def thin(layer: Layer, width: int, beam: float) -> list[Node]:
    """Return the cheapest nodes of a layer, the best first.

    Bytes that make no character yet have not paid: nodes are compared with others that have as many.

    width: so many are kept of those.  beam: the units by which they may be dearer than the best of those.

    >>> thin({}, 20, 128.0)
    []
    """
    nodes: list[Node] = []
    kept: dict[int, int] = {}
    best: dict[int, float] = {}
    for node in sorted(layer.values(), key=lambda node: node.best):
        open_bytes = len(node.pending)
        known = kept.get(open_bytes, 0)
        if known < width and node.best <= best.setdefault(open_bytes, node.best) + beam:
            kept[open_bytes] = known + 1
            nodes.append(node)
    return nodes
