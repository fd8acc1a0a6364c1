"""What the search for lost bytes gives: a text, what was lost in it, and how likely it is."""

from __future__ import annotations

from typing import NamedTuple


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
