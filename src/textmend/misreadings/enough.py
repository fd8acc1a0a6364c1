"""Whether what the lines of a text gain makes it worth judging: one may be repaired alone, or all carry one chain.

A text in many languages has lines of which each gains a little by another chain; its document adopts none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from textmend.misreadings import belonging, lost, survey, telling, verifying, weighing
from textmend.misreadings.hopeless import hopeless
from textmend.misreadings.left import bytes_lost

#: Lines that are remembered.
_LINES: Final = 4096
#: What a line gains by each chain, in bits, and the price of that.
Gains = dict[tuple[str, ...], tuple[float, float]]


def is_sure(line: str) -> bool:
    r"""Tell whether what a line is undone to is beyond doubt.

    >>> is_sure("dÃ©jÃ\xa0 vu, cafÃ©"), is_sure("déjà vu")
    (True, False)
    """
    return not lost.unreadable(line) and (bool(verifying.verified(line)) or telling.told(line) is not None)


def gains_nothing(line: str) -> bool:
    """Tell whether no chain that a search finds gains anything on a line.

    >>> gains_nothing("déjà vu"), gains_nothing("cafÃ©")
    (True, False)
    """
    return _gains(line) == {}


class Enough:
    """Tells of the lines of a text, one after another, whether they make it worth judging.

    >>> enough = Enough()
    >>> enough("déjà vu"), enough("dÃ©jÃ  vu"), enough("cafÃ© crÃ¨me")
    (False, True, True)
    """

    def __init__(self) -> None:
        self._gains: dict[str, Gains] = {}
        self._most = 0.0
        """What the lines gain together, each by its own chain."""

    def __call__(self, line: str) -> bool:
        """Tell whether a line is enough with those before."""
        if line in self._gains:
            return False  # what was said already
        gains = _gains(line)
        if gains is None or len(self._gains) == survey.SAMPLE:
            return True
        if not gains:
            return False
        self._gains[line] = dict(gains)
        self._most += max(gained for gained, _ in gains.values())
        return self._most >= survey.LEAST_ADOPTED and _may_carry([*self._gains.items()])


@lru_cache(maxsize=_LINES)
def _gains(line: str) -> Gains | None:
    """Return by which chains a line gains anything; None if it may be repaired alone."""
    if is_sure(line):
        return None
    if hopeless(line, weighing.OPENINGS) and not bytes_lost(line):
        return {}
    found = survey.explored(line, belonging.PLAIN).items()  # as when the text is judged
    if any(gained - one.price - survey.prior(chain) > 0 for chain, (one, gained) in found):
        return None
    return {chain: (gained, one.price) for chain, (one, gained) in found if gained > 0}


def _may_carry(gains: Sequence[tuple[str, Gains]]) -> bool:
    """Tell whether one chain may gain enough over some lines of a document for the document to adopt it.

    gains: each line that gains anything, with what it gains by each chain, in bits, and the price of that; what the
    chains that explain most gain on the other lines is added.
    """
    pooled: dict[tuple[str, ...], float] = defaultdict(float)
    for _, of_line in gains:
        for chain, (gained, price) in of_line.items():
            pooled[chain] += max(0.0, gained - price)
    for chain in sorted(pooled, key=lambda chain: -pooled[chain])[: survey.RIVALS]:
        price = min(of_line[chain][1] for _, of_line in gains if chain in of_line)
        total = 0.0
        for text, of_line in gains:
            if chain not in of_line:
                of_line[chain] = (survey.attempt(survey.Line(text, [], {}), chain, belonging.PLAIN, asked=price), price)
            total += max(0.0, of_line[chain][0])
        if total - price - survey.prior(chain) >= survey.least_pooled(2, 0):  # of two lines or more
            return True
    return False
