"""The document is the unit of inference: evidence pooled over lines, then each line decided.

Lines are explored one by one.  The evidence for each chain is summed over the
distinct lines; a chain that explains the document is cheap for each of its
lines, so that lines too short to decide alone follow it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from textmend.misreadings import clues, evidence, search, spans
from textmend.misreadings.judgement import EMPTY, Judgement, Mending
from textmend.misreadings.lost import lost_marks
from textmend.options import Options
from textmend.results import Loss

#: Prior odds against a line's being misread at all, in bits, when nothing else is known.
_LINE_PRIOR: Final = 8.0
#: The same for a legacy original, where no validity helps.
_LEGACY_PRIOR: Final = 10.0
#: The price of a chain that the document has adopted, in bits (instead of prior and price).
_ADOPTED: Final = -2.0
#: Evidence, after prior and price, at which a document adopts a chain.
_ADOPT: Final = 6.0
#: Lines explored before the document's chains are settled.
_SAMPLE: Final = 80
#: A confidence is a logistic of the bits: measured evidence overstates itself by this much.
_CALIBRATION: Final = 0.6

#: Where lines are judged apart.  Longer stretches are cut at spaces.
_LINES: Final = re.compile("[^\n\r]+")
_LONGEST: Final = 1200
_CUT: Final = re.compile(f"[^\n\r]{{1,{_LONGEST}}}(?= )|[^\n\r]{{1,{_LONGEST}}}")


@dataclass(slots=True)
class _Line:
    """A distinct line, where it stands, and what may have been."""

    text: str
    starts: list[int]
    candidates: dict[tuple[str, ...], tuple[search.Found, float]]  # chain: candidate, evidence
    explored: bool = False


def confidence_of(bits: float) -> float:
    """Return the probability that a repair with so many bits is right.

    >>> round(confidence_of(0.0), 2), confidence_of(20.0) > 0.99
    (0.5, True)
    """
    return 1.0 / (1.0 + 2.0 ** (-bits * _CALIBRATION)) if bits > -900 else 0.0


def judge(text: str, options: Options) -> Judgement:
    """Return the repairs of a text, what was lost in it, and what stays undecided.

    Never raises, whatever the text.

    >>> judge("Russia鈥檚 foothold", Options()).mendings[0].after
    '’s'
    """
    if not clues.suspicious(text):
        return EMPTY
    lines = _lines(text)
    sample = list(lines.values())[:_SAMPLE]
    for line in sample:
        _explore(line)
    adopted = _adopt(sample)
    mendings: list[Mending] = []
    undecided: list[Mending] = []
    for line in lines.values():
        if not line.explored:
            _follow(line, adopted)
        chosen = _choose(line, adopted)
        if chosen is None:
            continue
        found, bits = chosen
        confidence = confidence_of(bits)
        target = mendings if confidence >= options.min_confidence else undecided
        if confidence < _REPORTED:
            continue
        for start, before, after, losses in _places(line.text, found):
            for offset in line.starts:
                target.append(
                    Mending(offset + start, before, after, found.chain, losses, bits, confidence)
                )
    mendings.sort(key=lambda mending: mending.start)
    undecided.sort(key=lambda mending: mending.start)
    return Judgement(tuple(mendings), lost_marks(text), tuple(undecided))


#: A lost sign is restored when it is at least so likely; else it stays U+FFFD.
_LOSS_CERTAIN: Final = 0.5
#: Candidates less likely than this are not worth a report.
_REPORTED: Final = 0.5


def _lines(text: str) -> dict[str, _Line]:
    """Return the distinct lines of a text that may have been misread."""
    lines: dict[str, _Line] = {}
    for match in _LINES.finditer(text):
        piece = match.group()
        if len(piece) <= _LONGEST:
            parts = [(match.start(), piece)]
        else:
            base = match.start()
            parts = [(base + part.start(), part.group()) for part in _CUT.finditer(piece)]
        for start, part in parts:
            if not clues.suspicious(part):
                continue
            known = lines.get(part)
            if known is None:
                lines[part] = _Line(part, [start], {})
            else:
                known.starts.append(start)
    return lines


def _weigh(line: _Line, found: search.Found, context: int = 0) -> None:
    utf8 = found.chain[0].startswith("utf-8>")
    gained = evidence.bits(line.text, found.text, context, utf8=utf8)
    old = line.candidates.get(found.chain)
    if old is None or gained - found.price > old[1] - old[0].price:
        line.candidates[found.chain] = (found, gained)


def _explore(line: _Line) -> None:
    for found in search.explore(line.text):
        _weigh(line, found)
    line.explored = True


def _follow(line: _Line, adopted: dict[tuple[str, ...], float]) -> None:
    """Try the document's chains on a line; explore it when none explains it."""
    for chain in adopted:
        undone = spans.undo_chain(line.text, chain)
        if undone is not None:
            _weigh(line, search.Found(undone, chain, 0.0))
    if not any(gained > _ADOPT for _, gained in line.candidates.values()):
        _explore(line)


def _prior(chain: tuple[str, ...]) -> float:
    return _LINE_PRIOR if chain[0].startswith("utf-8>") else _LEGACY_PRIOR


def _adopt(sample: list[_Line]) -> dict[tuple[str, ...], float]:
    """Return the chains that the document as a whole gives evidence for, with that evidence."""
    pooled: dict[tuple[str, ...], float] = defaultdict(float)
    prices: dict[tuple[str, ...], float] = {}
    for line in sample:
        for chain, (found, gained) in line.candidates.items():
            pooled[chain] += gained
            prices[chain] = min(found.price, prices.get(chain, found.price))
    adopted: dict[tuple[str, ...], float] = {}
    # Each line votes for the chain that explains it best; a chain needs its own lines.
    ranked = sorted(pooled, key=lambda chain: prices[chain] - pooled[chain])
    taken: set[int] = set()
    for chain in ranked:
        own = 0.0
        voters = []
        for number, line in enumerate(sample):
            entry = line.candidates.get(chain)
            if entry is not None and number not in taken:
                own += entry[1]
                voters.append(number)
        if own - prices[chain] - _prior(chain) >= _ADOPT:
            adopted[chain] = own
            taken.update(n for n in voters if sample[n].candidates[chain][1] > 0)
    return adopted


def _choose(
    line: _Line, adopted: dict[tuple[str, ...], float]
) -> tuple[search.Found, float] | None:
    """Return the best candidate of a line and the bits for it, against all that rival it."""
    best: dict[str, tuple[float, search.Found]] = {}
    for chain, (found, gained) in line.candidates.items():
        bits = gained - found.price - _prior(chain)
        if chain in adopted:
            bits = max(bits, gained - _ADOPTED)
        if found.text not in best or bits > best[found.text][0]:
            best[found.text] = (bits, found)
    if not best:
        return None
    ranked = sorted(best.values(), key=lambda item: -item[0])
    bits, found = ranked[0]
    if len(ranked) > 1:
        # what a rival has in its favour is doubt, whatever both have against the line
        bits = min(bits, bits - ranked[1][0])
    return found, bits


def _places(
    line: str, found: search.Found
) -> list[tuple[int, str, str, tuple[Loss, ...]]]:
    if found.restored is not None and len(found.chain) == 1:
        return spans.lossy_places(line, found.restored, found.chain, _LOSS_CERTAIN)
    return [(*place, ()) for place in spans.places(line, found.text, found.chain)]
