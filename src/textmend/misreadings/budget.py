"""How much work a line that lost bytes is worth."""

from __future__ import annotations

from typing import Final

#: Characters tried for a line in all, and for each of its signs, beyond which too much was lost to go on.
_SPENT: Final = 30_000
_SPENT_EACH: Final = 150
#: Signs of a line that count for that: a longer one is given up before it costs seconds.
_COUNTED: Final = 1500


class Budget:
    """How many characters may still be tried for a line, whatever its readers, writers and habits.

    >>> Budget("partners.鈥").left > 30_000
    True
    """

    def __init__(self, line: str) -> None:
        self.left = _SPENT + _SPENT_EACH * min(len(line), _COUNTED)
