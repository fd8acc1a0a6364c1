"""What the lines of a document say together: candidates, and the chains that it adopts.

Lines are searched one by one until a chain explains them beyond its rivals; the
others follow it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import log2
from typing import Final

from textmend.misreadings import (
    clues,
    evidence,
    glance,
    hearsay,
    hops,
    recognition,
    search,
    spans,
    transports,
    verifying,
    weighing,
)
from textmend.misreadings.found import Found, validity
from textmend.misreadings.judgement import UNKNOWN, Survey
from textmend.plausibility.model import load

#: Prior odds against a line's being misread at all, in bits, when nothing else is known.
_LINE_PRIOR: Final = 8.6
#: The same for a legacy original, where no validity helps.
_LEGACY_PRIOR: Final = 6.0
#: Evidence, after prior and price, at which a document adopts a chain.
_ADOPT: Final = 6.0
LEAST_ADOPTED: Final = _ADOPT + _LEGACY_PRIOR
"""What lines must gain together, in bits, for their document to adopt any chain."""
#: Bits more for each line dismissed, up to so many: where lines were misread, few are dismissed.
_DISMISSED: Final = 30
#: The same for each doubling of its suspicious lines: of many, some look misread by chance.
_ADOPT_MORE: Final = 2.0
SAMPLE: Final = 80
"""Lines explored before the document's chains are settled."""
#: Chains that are remembered.
_CHAINS: Final = 1_000
#: Lines whose candidates are remembered: those of one document or batch that are no longer clean at a second look.
_EXPLORED: Final = 512
#: Bits at which an adopted chain explains a line so well that nothing else is tried.
FOLLOWED: Final = 16.0
#: Bits by which a line must cost less for the chain of its document to be followed without weighing.
CLEARLY: Final = 24.0
RIVALS: Final = 6
"""Chains compared on every line of the sample."""
CERTAIN: Final = 40.0
"""Bits by which a chain must lead any other for lines to be left unsearched."""
SETTLED: Final = frozenset((2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64))
"""Sizes of the sample at which the chains are settled anew."""

#: The chains that a document has adopted, with the evidence pooled for each.
Adopted = dict[tuple[str, ...], float]


@dataclass(slots=True)
class Line:
    """A distinct line, where it stands, and what may have been.

    >>> Line("cafÃ©", [0], {}).starts
    [0]
    """

    text: str
    starts: list[int]
    candidates: dict[tuple[str, ...], tuple[Found, float]]  # chain: candidate, evidence
    clue: bool = True  # whether it would be looked at without its document
    compared: set[tuple[str, ...]] = field(default_factory=set)  # chains that its own search did not find


def survey(
    lines: list[Line], around: transports.Surroundings, known: Survey = UNKNOWN, dismissed: Sequence[int] = ()
) -> Survey:
    r"""Find the candidates of every line, and the chains that the document adopts.

    known: what other parts of the document said. Once a chain is adopted beyond its rivals, the lines that it
    explains are not searched.
    dismissed: where lines begin whose clues are none at a second look.

    >>> lines, *_ = lines_of("cafÃ© crÃ¨me\ndÃ©jeunÃ©")
    >>> list(survey(list(lines.values()), transports.PLAIN).adopted)
    [('utf-8>cp1252',)]
    """
    adopted: Adopted = {}
    certain = list(known.certain)
    sample: list[Line] = []
    for line in lines:
        if certain and _follow(line, certain, around):
            continue
        _explore(line, around)
        if len(sample) < SAMPLE:
            sample.append(line)
            if len(sample) in SETTLED and _may_adopt(sample):
                _compare(sample, around)
                adopted = _adopt(sample, bisect_left(dismissed, line.starts[0]))
                certain = [chain for chain in adopted if _is_certain(chain, sample)]
                certain += [chain for chain in known.certain if chain not in certain]
    if len(sample) < 2:
        return known  # one line is no document
    if not _may_adopt(sample):
        return Survey(dict(known.adopted), known.certain)
    if len(sample) not in SETTLED:
        _compare(sample, around)
        adopted = _adopt(sample, len(dismissed)) or adopted
    for chain, bits in known.adopted.items():
        adopted[chain] = adopted.get(chain, 0.0) + bits
    return Survey(adopted, tuple(chain for chain in adopted if chain in certain or _leads(chain, sample)))


def _may_adopt(sample: list[Line]) -> bool:
    """Tell whether all that the lines gain together, each by another chain if need be, can carry a chain."""
    gains = (max((gained for _, gained in line.candidates.values()), default=0.0) for line in sample)
    return sum(gain for gain in gains if gain > 0) >= LEAST_ADOPTED


def _compare(sample: list[Line], around: transports.Surroundings) -> None:
    """Try the chains that explain most on every line of the sample, so that they can be compared."""
    pooled: dict[tuple[str, ...], float] = defaultdict(float)
    prices: dict[tuple[str, ...], float] = {}
    for line in sample:
        for chain, (found, gained) in line.candidates.items():
            pooled[chain] += max(0.0, gained - found.price)
            prices[chain] = min(found.price, prices.get(chain, found.price))
    sure = [any(found.sure is not None for found, _ in line.candidates.values()) for line in sample]
    for chain in sorted(pooled, key=lambda chain: -pooled[chain])[:RIVALS]:
        utf8 = spans.by_sequences(chain[-1])
        for line, certain in zip(sample, sure, strict=True):
            if chain not in line.candidates and (utf8 or not certain):  # beside what is sure only UTF-8 may be
                attempt(line, chain, around, asked=prices[chain])
                line.compared.add(chain)


def _is_certain(chain: tuple[str, ...], sample: list[Line]) -> bool:
    """Tell whether a chain explains its lines so much better than any other that none need be tried."""
    margin: dict[tuple[str, ...], float] = defaultdict(float)
    for line in sample:
        own = line.candidates.get(chain)
        if own is None:
            continue
        for rival, (found, gained) in line.candidates.items():
            if found.text != own[0].text:
                margin[rival] += own[1] - gained
    return all(bits >= CERTAIN for bits in margin.values())


def _leads(chain: tuple[str, ...], sample: list[Line]) -> bool:
    """Tell whether a chain is certain for the other parts of a document.

    Over the lines that it explains best it must lead any other by that much; of a line that another cannot undo,
    that one explains nothing.
    """
    total = 0.0
    rivals: dict[tuple[str, ...], float] = defaultdict(float)
    for line in sample:
        own = line.candidates.get(chain)
        if own is None or any(
            gained - found.price > own[1] - own[0].price for found, gained in line.candidates.values()
        ):
            continue
        total += own[1]
        for rival, (found, gained) in line.candidates.items():
            if found.text != own[0].text:
                rivals[rival] += max(0.0, gained)
    return total - max(rivals.values(), default=0.0) >= CERTAIN


def lines_of(text: str) -> tuple[dict[str, Line], list[int], int]:
    r"""Return the distinct lines of a text that may have been misread, and where others begin that were dismissed.

    And what all of it holds beside clues (Clues.stretches).

    >>> lines, dismissed, _ = lines_of("plain\ncafÃ©\nin co‐operation")
    >>> list(lines), dismissed
    (['cafÃ©'], [12])
    """
    lines: dict[str, Line] = {}
    left, passed, holds = glance.stretches(text)
    for start, part in left:
        known = lines.get(part)
        if known is None:
            lines[part] = Line(part, [start], {})
        else:
            known.starts.append(start)
    dismissed: dict[str, int] = {}
    for start in passed:
        end = text.find("\n", start)
        dismissed.setdefault(text[start : end if end >= 0 else len(text)], start)
        if len(dismissed) == _DISMISSED:
            break
    return lines, list(dismissed.values()), holds


def _weigh(line: Line, found: Found, context: int = 0) -> None:
    """Add a candidate to a line with the evidence for it."""
    if found.sure is None and any(other.sure is not None for other, _ in line.candidates.values()):
        return
    gained = weighing.gained(line.text, found, context)
    if found.sure is None:
        gained += weighing.opening(found.text) - weighing.opening(line.text)
    _take(line, found, gained)


def _take(line: Line, found: Found, gained: float) -> None:
    """Add a candidate that was weighed to a line; beside one that is sure only others that are."""
    known = [other for other, _ in line.candidates.values()]
    if found.sure is None:
        if any(other.sure is not None for other in known):
            return
    elif any(other.sure is None for other in known):
        line.candidates.clear()
    old = line.candidates.get(found.chain)
    if old is None or gained - found.price > old[1] - old[0].price:
        line.candidates[found.chain] = (found, gained)


def _explore(line: Line, around: transports.Surroundings) -> None:
    known = explored(line.text, around)
    if not line.candidates:
        line.candidates = dict(known)
        return
    for found, gained in known.values():
        _take(line, found, gained)


@lru_cache(maxsize=_EXPLORED)
def explored(text: str, around: transports.Surroundings) -> dict[tuple[str, ...], tuple[Found, float]]:
    """Return what a search finds, weighed: it is the same when a document is judged again with some lines repaired.

    >>> explored("cafÃ©", transports.PLAIN)["utf-8>cp1252",][0].text
    'café'
    """
    line = Line(text, [], {})
    for found in search.explore(text, around):
        _weigh(line, found)
    return line.candidates


def attempt(
    line: Line, chain: tuple[str, ...], around: transports.Surroundings, context: int = 0, asked: float = 0.0
) -> float:
    r"""Undo a chain of the document in a line; return the evidence for what comes out.

    asked: the price of the chain, nothing if it is adopted.

    >>> attempt(Line("dÃ©jÃ\xa0 vu, cafÃ©", [0], {}), ("utf-8>cp1252",), transports.PLAIN) > 10
    True
    """
    text, valid = line.text, 0.0
    for hop in reversed(chain):
        carried = hop in transports.HOPS
        undone = transports.follow(text, hop, around) if carried else spans.undo_hop(text, hop)
        if undone is None:
            return 0.0
        if hop.startswith("utf-8>"):
            valid += validity(text, undone)
        text = undone
    if hops.brings_bad(line.text, text):
        return 0.0
    sure = None
    if (
        len(chain) == 1
        and chain[0].startswith("utf-8>")
        and _verified(line.text, chain[0])
        and not clues.suspicious(text)
    ):
        worth = verifying.sequences(text) - verifying.sequences(line.text)
        sure = worth if worth >= FOLLOWED else None
    _weigh(line, Found(text, chain, asked, None, sure, valid), context)
    known = line.candidates.get(chain)
    return known[1] if known else 0.0


def _follow(line: Line, certain: list[tuple[str, ...]], around: transports.Surroundings) -> bool:
    """Try the document's chains on a line; tell whether one explains it."""
    if any(_is_plain(line, chain) for chain in certain):
        return True
    return any(attempt(line, chain, around) > FOLLOWED and _whole(line.text, chain[-1]) for chain in certain)


def _is_plain(line: Line, chain: tuple[str, ...]) -> bool:
    """Tell whether a document's chain of one misreading explains all of a line, which comes out clean.

    What the document says of the chain is evidence enough then, with the UTF-8 sequences of the line; or with what it
    costs less, where that is much.
    """
    text = line.text
    written, _, read = chain[0].partition(">")
    if len(chain) > 1 or chain[0] in transports.HOPS or "\ufffd" in text:
        return False
    if written == "utf-8":
        every = hops.reader(read).everywhere(text)
        undone = every[0] if every is not None else None
    else:
        undone = hops.undo_legacy(text, written, read)
    if undone is None:
        return False
    sure = FOLLOWED + verifying.sequences(undone) if written == "utf-8" else _cheaper(text, undone)
    if sure < FOLLOWED or hops.brings_bad(text, undone) or not glance.is_clean(undone):
        return False
    line.candidates = {chain: (Found(undone, chain, 0.0, None, sure), sure)}
    return True


def _cheaper(text: str, undone: str) -> float:
    """Return the bits by which a line costs less as it comes out, nothing if they are too few to need no weighing."""
    cost = load().cost
    bits = cost(text) - cost(undone)
    return bits if bits >= CLEARLY else 0.0


def _verified(text: str, hop: str) -> bool:
    """Tell whether UTF-8 in a line verifies itself: of one byte a sign, some of another alphabet looks like it."""
    return not hops.reader(hop.partition(">")[2]).single or _whole(text, hop)


def _whole(text: str, hop: str) -> bool:
    """Tell whether a hop explains every sign of a line: what it leaves may have lost bytes."""
    written, _, read = hop.partition(">")
    if hop in transports.HOPS:
        return True
    if "\ufffd" in text:
        return False
    if written != "utf-8":
        return spans.undo_hop(text, hop) is not None
    return hops.RUN.search(text) is None or hops.reader(read).everywhere(text) is not None


@lru_cache(maxsize=_CHAINS)
def prior(chain: tuple[str, ...]) -> float:
    """Return the odds against a chain, in bits, before anything is known of its line.

    >>> prior(("utf-8>cp1252",)) > prior(("cp1251>cp1252",))
    True
    """
    return _LINE_PRIOR if weighing.is_utf8(chain) or chain[0] in transports.HOPS else _LEGACY_PRIOR


def least_pooled(lines: int, dismissed: int) -> float:
    """Return the bits that a chain must have, after prior and price, for a document of some lines to adopt it.

    >>> least_pooled(4, 0), least_pooled(4, 3)
    (10.0, 13.0)
    """
    return _ADOPT + _ADOPT_MORE * log2(lines) + dismissed


def _adopt(sample: list[Line], dismissed: int) -> Adopted:
    """Return the chains that the document as a whole gives evidence for, with that evidence.

    dismissed: lines whose clues were none at a second look.
    """
    # what gains nothing anywhere is not adopted
    gaining = {chain for line in sample for chain, (_, gained) in line.candidates.items() if gained > 0}
    pooled: dict[tuple[str, ...], float] = defaultdict(float)
    prices: dict[tuple[str, ...], float] = {}
    gains: dict[tuple[str, ...], dict[int, float]] = defaultdict(dict)
    witnesses: dict[tuple[str, ...], set[str]] = defaultdict(set)
    heard = hearsay.Heard()
    for number, line in enumerate(sample):
        for chain, (found, gained) in line.candidates.items():
            if chain not in gaining:
                continue
            prices[chain] = min(found.price, prices.get(chain, found.price))
            # what another line has said already is no news
            news = gained
            if gained > 0:
                fresh = evidence.witnesses(line.text, found.text, utf8=weighing.is_utf8(chain))
                known = witnesses[chain]
                silent = fresh <= known or recognition.lone_swap(line.text, found.text)
                news = 0.0 if silent or hearsay.is_hearsay(line.text, found) else gained
                known |= fresh
            gains[chain][number] = news
            pooled[chain] += news
            if news > 0:
                heard.add(line.text, found)
    adopted: Adopted = {}
    least = least_pooled(len(sample), dismissed)
    # Each line votes for the chain that explains it best; a chain needs its own lines.
    taken: set[int] = set()
    for chain in sorted(filter(heard.of, pooled), key=lambda chain: prices[chain] - pooled[chain]):
        own = {number: gain for number, gain in gains[chain].items() if number not in taken}
        total = sum(own.values())
        if total - prices[chain] - prior(chain) >= least:
            adopted[chain] = total
            taken.update(number for number, gain in own.items() if gain > 0)
    return adopted
