"""How much work a line that lost bytes is worth."""

from __future__ import annotations

from typing import Final

from textmend.plausibility.model import UNITS

#: Characters tried for a line in all, and for each of its signs, beyond which too much was lost to go on.
_SPENT: Final = 12_000
_SPENT_EACH: Final = 100
#: Signs of a line that count for that: a longer one is given up before it costs seconds.
_COUNTED: Final = 250


#: Units that a way may cost more than the cheapest one had at the same sign, and still come to be worth having.
_BEHIND: Final = 40 * UNITS


class Budget:
    """How many characters may still be tried for a line, whatever its readers, writers and habits, and at what cost.

    >>> budget = Budget("partners.鈥")
    >>> budget.front = [80.0, 160.0]
    >>> budget.left > 12_000, budget.behind(0, 90.0), budget.behind(1, 600.0)
    (True, False, True)
    """

    def __init__(self, line: str) -> None:
        self.front: list[float] = []
        """What the cheapest way found so far cost at each sign of the line."""
        self.left = _SPENT + _SPENT_EACH * min(len(line), _COUNTED)

    def behind(self, at: int, cost: float) -> bool:
        """Tell whether what costs so much at a sign of the line is not worth going on with."""
        return bool(self.front) and cost > self.front[at] + _BEHIND
