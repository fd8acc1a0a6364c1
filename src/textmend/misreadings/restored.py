"""What the search for lost bytes gives: a text, what was lost in it, and how likely it is."""

from __future__ import annotations

from itertools import pairwise
from typing import Final, NamedTuple

from textmend.misreadings.posterior import Node, Posterior

#: No byte lost beside a sign that fits nothing is likelier than this.
_DOUBTFUL: Final = 0.5
#: What was not lost is only reported where it is less likely than this.
_SURE: Final = 0.98


class Lost(NamedTuple):
    r"""One loss: where, how, what was chosen, and what else it could have been.

    ranked: texts with their probabilities, the chosen one first.

    >>> Lost(0, "dropped", b"\x9d", "”", 1, (("”", 0.9),)).chosen
    '”'
    """

    at: int  # in the result
    kind: str
    lost: bytes
    chosen: str
    before: int  # where in the line
    ranked: tuple[tuple[str, float], ...]


class Restored(NamedTuple):
    """The best original of a line and its losses; signs that fit nothing stay, and are counted.

    >>> Restored("é", (), 0, ((0, 0), (2, 1)), 8.0, 1.0, marked=False).text
    'é'
    """

    text: str
    losses: tuple[Lost, ...]
    broken: int
    joints: tuple[tuple[int, int], ...]  # (offset in the line, offset in the text), ascending
    cost: float  # of the best way, in units
    share: float  # probability that all of it is right
    marked: bool  # what was lost left marks


def restored_of(line: str, order: list[Node], end: Node, *, marked: bool, single: bool = False) -> Restored | None:
    r"""Return what the best way through a lattice makes of a line, None if that is the line.

    order: the nodes, each behind those that lead to it.  end: the last one.  marked: whether losses left marks.
    single: whether the reader shows each byte apart, so that none can get out of step.

    >>> from textmend.misreadings.posterior import Arc, Emitted
    >>> start, end = Node(0, "", (), 0), Node(0, "", (), 1)
    >>> end.arcs.append(Arc(start, 1.0, (Emitted("é", "dropped", b"\xa9", 0, 1),)))
    >>> start.best, end.best = 0.0, 1.0
    >>> restored_of("Ã", [start, end], end, marked=False).text
    'é'
    """
    posterior = Posterior(order, end)
    pieces: list[str] = []
    losses: list[Lost] = []
    joints: dict[int, int] = {0: 0}
    broken = at = 0
    emissions = [emitted for _, arc in posterior.best() for emitted in arc.emitted]
    known = {emitted.key for emitted in emissions}
    doubtful = {id(one) for pair in pairwise(emissions) if "broken" in {pair[0].kind, pair[1].kind} for one in pair}
    suspected = posterior.suspected(known, 1.0 - _SURE)
    for node, arc in posterior.best():
        passed = sorted(place for place in suspected if place < node.reach)
        losses += [Lost(at, "dropped", b"", "", place, suspected.pop(place)) for place in passed]
        for emitted in arc.emitted:
            if emitted.kind == "broken":
                broken += 1
            elif emitted.kind or emitted.text != line[node.reach - 1 : node.reach]:
                ranked = posterior.ranked(emitted)
                if id(emitted) in doubtful and (emitted.kind or not single):  # more may be lost than was thought
                    ranked = ((emitted.text, min(_DOUBTFUL, ranked[0][1])), *ranked[1:])
                if emitted.kind or ranked[0][1] < _SURE:
                    kind = emitted.kind or "dropped"
                    losses.append(Lost(at, kind, emitted.lost, emitted.text, emitted.place, ranked))
            pieces.append(emitted.text)
            at += len(emitted.text)
        if node.reach and not node.pending:
            joints[node.reach] = at
    joints[len(line)] = at
    text = "".join(pieces)
    if text == line:
        return None
    return Restored(
        text,
        tuple(losses),
        broken,
        tuple(sorted(joints.items())),
        end.best,
        posterior.share(),
        marked,
    )
