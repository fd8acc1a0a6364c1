"""How much work a line that lost bytes is worth."""

from __future__ import annotations

from math import inf
from typing import Final

from textmend.plausibility.model import UNITS, load

#: Characters tried for a line in all, and for each of its signs, beyond which too much was lost to go on.
_SPENT: Final = 12_000
_SPENT_EACH: Final = 100
#: Signs of a line that count for that: a longer one is given up before it costs seconds.
_COUNTED: Final = 250
#: A way through the lattice, which prices words otherwise, may cost so many times as much as the line or an original of
#: it that lost nothing, and so much besides, for the lattice asks more for signs that fit nothing; no more than the
#: line but for little, or it is no gain.
_DEARER: Final = 1.25
_DEARER_BESIDES: Final = 64 * UNITS
_DEARER_THAN_LINE: Final = 8 * UNITS
#: Units that a way may cost more than the cheapest one had at the same sign, and still come to be worth having.
_BEHIND: Final = 40 * UNITS


class Budget:
    """How many characters may still be tried for a line, whatever its readers, writers and habits, and at what cost.

    cheapest: bits that an original which lost nothing costs, if there is one.

    >>> budget = Budget("partners.鈥")
    >>> budget.front = [80.0, 160.0]
    >>> budget.left > 12_000, budget.behind(0, 90.0), budget.behind(1, 600.0)
    (True, False, True)
    """

    def __init__(self, line: str, cheapest: float = inf) -> None:
        here, there = _DEARER * load().cost(line) * UNITS, _DEARER * cheapest * UNITS
        self.limit = min(here + _DEARER_THAN_LINE, there + _DEARER_BESIDES)
        """Units beyond which an original is not worth having."""
        self.front: list[float] = []
        """What the cheapest way found so far cost at each sign of the line."""
        self.left = _SPENT + _SPENT_EACH * min(len(line), _COUNTED)

    def behind(self, at: int, cost: float) -> bool:
        """Tell whether what costs so much at a sign of the line is not worth going on with."""
        return bool(self.front) and cost > self.front[at] + _BEHIND
