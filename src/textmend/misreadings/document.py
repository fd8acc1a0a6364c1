"""The document is the unit of inference: evidence pooled over lines, then each line decided.

Lines are explored one by one.  The evidence for each chain is summed over the
distinct lines; a chain that explains the document is cheap for each of its
lines, so that lines too short to decide alone follow it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from textmend import encodings
from textmend.misreadings import clues, evidence, glance, hops, restoring, search, spans, transports, weighing
from textmend.misreadings.found import Found
from textmend.misreadings.judgement import EMPTY, Judgement, Mending
from textmend.misreadings.lost import lost_marks
from textmend.options import Options
from textmend.plausibility.model import load
from textmend.results import Loss

#: Prior odds against a line's being misread at all, in bits, when nothing else is known.
_LINE_PRIOR: Final = 8.6
#: The same for a legacy original, where no validity helps.
_LEGACY_PRIOR: Final = 6.0
#: Bits in favour of a chain that the document has adopted (instead of prior and price): at least,
#: for each bit of pooled evidence, and at most.
_FAVOUR_LEAST: Final = 2.0
_FAVOUR_SHARE: Final = 0.04
_FAVOUR: Final = 7.0
#: What a candidate in none of the languages that the options name has against it, in bits.
_OTHER_LANGUAGE: Final = 8.0
#: Lines whose words tell the document's language.
_CONTEXT: Final = 24
#: Evidence, after prior and price, at which a document adopts a chain.
_ADOPT: Final = 6.0
#: Lines explored before the document's chains are settled.
_SAMPLE: Final = 80
#: A confidence is a logistic of the bits: measured evidence overstates itself by this much.
_CALIBRATION: Final = 0.85

#: Where lines are judged apart.  Longer stretches are cut at spaces.
_LINES: Final = re.compile("[^\n\r]+")
_LONGEST: Final = 1200
_CUT: Final = re.compile(f"[^\n\r]{{1,{_LONGEST}}}(?= )|[^\n\r]{{1,{_LONGEST}}}")


#: Bits at which an adopted chain explains a line so well that nothing else is tried.
_FOLLOWED: Final = 16.0
#: Chains compared on every line of the sample, and the bits by which one must lead to be followed.
_RIVALS: Final = 6
_CERTAIN: Final = 40.0
#: Sizes of the sample at which the chains are settled anew.
_SETTLED: Final = frozenset((2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64))

#: The chains that a document has adopted, with the evidence pooled for each.
Adopted = dict[tuple[str, ...], float]


@dataclass(slots=True)
class _Line:
    """A distinct line, where it stands, and what may have been."""

    text: str
    starts: list[int]
    candidates: dict[tuple[str, ...], tuple[Found, float]]  # chain: candidate, evidence


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
    suspicious, marked = clues.look(text)
    if not suspicious:
        marks = lost_marks(text) if marked else ()
        return Judgement((), marks, ()) if marks else EMPTY
    judgement = _judge(text, options)
    if not judgement.mendings:
        return judgement
    return _stable(text, judgement, options)


def _stable(text: str, judgement: Judgement, options: Options) -> Judgement:
    """Leave the lines alone whose repair would be repaired again: one of the two is wrong."""
    repaired = _applied(text, judgement.mendings)
    if not clues.suspicious(repaired) or repaired.count("\n") != text.count("\n"):
        return judgement
    again = _judge(repaired, options).mendings
    if not again:
        return judgement
    unsure = {repaired.count("\n", 0, mending.start) for mending in again}
    kept: list[Mending] = []
    dropped: list[Mending] = []
    line = done = 0
    for mending in judgement.mendings:
        line += text.count("\n", done, mending.start)
        done = mending.start
        (dropped if line in unsure else kept).append(mending)
    if kept and _judge(_applied(text, tuple(kept)), options).mendings:
        kept, dropped = [], list(judgement.mendings)
    undecided = sorted((*judgement.undecided, *dropped), key=lambda mending: mending.start)
    return Judgement(tuple(kept), judgement.lost, tuple(undecided))


def _applied(text: str, mendings: tuple[Mending, ...]) -> str:
    pieces: list[str] = []
    done = 0
    for mending in mendings:
        pieces += (text[done : mending.start], mending.after)
        done = mending.start + len(mending.before)
    return "".join((*pieces, text[done:]))


def _judge(text: str, options: Options) -> Judgement:
    around = transports.surroundings(text)
    lines = _lines(text)
    adopted = _survey(list(lines.values()), around)
    _settle(text, lines, adopted, around)
    mendings: list[Mending] = []
    undecided: list[Mending] = []
    for line in lines.values():
        chosen = _choose(line, adopted, options)
        if chosen is None:
            continue
        found, bits = chosen
        confidence = confidence_of(bits)
        if confidence < _REPORTED:
            continue
        target = mendings if confidence >= options.min_confidence else undecided
        for start, before, after, losses in _places(line.text, found):
            for offset in line.starts:
                target.append(Mending(offset + start, before, after, found.chain, losses, bits, confidence))
    mendings.sort(key=lambda mending: mending.start)
    undecided.sort(key=lambda mending: mending.start)
    return Judgement(tuple(mendings), lost_marks(text), tuple(undecided))


def _survey(lines: list[_Line], around: transports.Surroundings) -> Adopted:
    """Find the candidates of every line, and the chains that the document adopts.

    Once a chain is adopted beyond its rivals, the lines that it explains are not searched.
    """
    if len(lines) == 1:
        _explore(lines[0], around)
        return {}  # one line is no document
    adopted: Adopted = {}
    certain: list[tuple[str, ...]] = []
    sample: list[_Line] = []
    for line in lines:
        if certain and _follow(line, certain, around):
            continue
        _explore(line, around)
        if len(sample) < _SAMPLE:
            sample.append(line)
            if len(sample) in _SETTLED:
                _compare(sample, around)
                adopted = _adopt(sample)
                certain = [chain for chain in adopted if _is_certain(chain, sample)]
    if len(sample) not in _SETTLED:
        _compare(sample, around)
        adopted = _adopt(sample) or adopted
    return adopted


def _compare(sample: list[_Line], around: transports.Surroundings) -> None:
    """Try the chains that explain most on every line of the sample, so that they can be compared."""
    pooled: dict[tuple[str, ...], float] = defaultdict(float)
    prices: dict[tuple[str, ...], float] = {}
    for line in sample:
        for chain, (found, gained) in line.candidates.items():
            pooled[chain] += max(0.0, gained - found.price)
            prices[chain] = min(found.price, prices.get(chain, found.price))
    for chain in sorted(pooled, key=lambda chain: -pooled[chain])[:_RIVALS]:
        for line in sample:
            if chain not in line.candidates:
                _try(line, chain, around, asked=prices[chain])


def _is_certain(chain: tuple[str, ...], sample: list[_Line]) -> bool:
    """Tell whether a chain explains its lines so much better than any other that none need be tried."""
    margin: dict[tuple[str, ...], float] = defaultdict(float)
    for line in sample:
        own = line.candidates.get(chain)
        if own is None:
            continue
        for rival, (found, gained) in line.candidates.items():
            if found.text != own[0].text:
                margin[rival] += own[1] - gained
    return all(bits >= _CERTAIN for bits in margin.values())


def _settle(text: str, lines: dict[str, _Line], adopted: Adopted, around: transports.Surroundings) -> None:
    """Let every line that is not ASCII follow the document's chains, clue or no clue.

    The language of the document, as the chains leave it, weighs with each line.
    """
    if not adopted:
        return
    model = load()
    context = 0
    for line in list(lines.values())[:_CONTEXT]:
        best = max(line.candidates.values(), key=lambda item: item[1], default=None)
        context += model.packed(best[0].text if best and best[0].chain in adopted else line.text)
    for start, part in _stretches(text):
        if part.isascii():
            continue
        line = lines.setdefault(part, _Line(part, [], {}))
        if start not in line.starts:
            line.starts.append(start)
        for chain in adopted:
            known = line.candidates.get(chain)
            if known is None or known[1] < _FOLLOWED:
                _try(line, chain, around, context)


#: Candidates less likely than this are not worth a report.
_REPORTED: Final = 0.5


def _stretches(text: str) -> Iterator[tuple[int, str]]:
    """Yield (start, stretch) of what is judged apart: lines, pieces of very long ones.

    Lines that quoted-printable broke are one.
    """
    done = 0
    for start, end in (*transports.joined_lines(text), (len(text), len(text))):
        for match in _LINES.finditer(text, done, start):
            piece = match.group()
            if len(piece) <= _LONGEST:
                yield match.start(), piece
            else:
                for part in _CUT.finditer(piece):
                    yield match.start() + part.start(), part.group()
        if start < end:
            yield start, text[start:end]
        done = end


def _lines(text: str) -> dict[str, _Line]:
    """Return the distinct lines of a text that may have been misread."""
    lines: dict[str, _Line] = {}
    for start, part in _stretches(text):
        if not clues.suspicious(part) or glance.dismissed(part):
            continue
        known = lines.get(part)
        if known is None:
            lines[part] = _Line(part, [start], {})
        else:
            known.starts.append(start)
    return lines


def _weigh(line: _Line, found: Found, context: int = 0) -> None:
    """Add a candidate to a line with the evidence for it; beside one that is sure only others that are."""
    known = [other for other, _ in line.candidates.values()]
    if found.sure is None:
        if any(other.sure is not None for other in known):
            return
    elif any(other.sure is None for other in known):
        line.candidates.clear()
    gained = weighing.gained(line.text, found, context)
    old = line.candidates.get(found.chain)
    if old is None or gained - found.price > old[1] - old[0].price:
        line.candidates[found.chain] = (found, gained)


def _explore(line: _Line, around: transports.Surroundings) -> None:
    for found in search.explore(line.text, around):
        _weigh(line, found)


def _try(
    line: _Line, chain: tuple[str, ...], around: transports.Surroundings, context: int = 0, asked: float = 0.0
) -> float:
    """Undo a chain of the document in a line; return the evidence for what comes out.

    asked: the price of the chain, nothing if it is adopted.
    """
    text, valid = line.text, 0.0
    for hop in reversed(chain):
        carried = hop in transports.HOPS
        undone = transports.follow(text, hop, around) if carried else spans.undo_hop(text, hop)
        if undone is None:
            return 0.0
        if hop.startswith("utf-8>"):
            valid += evidence.validity(text, undone)
        text = undone
    if hops.brings_bad(line.text, text):
        return 0.0
    sure = None
    if len(chain) == 1 and chain[0].startswith("utf-8>") and not clues.suspicious(text):
        worth = search.sequences(text) - search.sequences(line.text)
        sure = worth if worth >= _FOLLOWED else None
    _weigh(line, Found(text, chain, asked, None, sure, valid), context)
    known = line.candidates.get(chain)
    return known[1] if known else 0.0


def _follow(line: _Line, certain: list[tuple[str, ...]], around: transports.Surroundings) -> bool:
    """Try the document's chains on a line; tell whether one explains it."""
    return any(_try(line, chain, around) > _FOLLOWED and _whole(line.text, chain[-1]) for chain in certain)


def _whole(text: str, hop: str) -> bool:
    """Tell whether a hop explains every sign of a line: what it leaves may have lost bytes."""
    written, _, read = hop.partition(">")
    if hop in transports.HOPS:
        return True
    if "\ufffd" in text:
        return False
    if written != "utf-8":
        return spans.undo_hop(text, hop) is not None
    whole = hops.reader(read).whole
    return all(whole(run) is not None for run in hops.RUN.findall(text))


def _prior(chain: tuple[str, ...]) -> float:
    return _LINE_PRIOR if chain[0].startswith("utf-8>") or chain[0] in transports.HOPS else _LEGACY_PRIOR


def _adopt(sample: list[_Line]) -> Adopted:
    """Return the chains that the document as a whole gives evidence for, with that evidence."""
    pooled: dict[tuple[str, ...], float] = defaultdict(float)
    prices: dict[tuple[str, ...], float] = {}
    gains: dict[tuple[str, ...], dict[int, float]] = defaultdict(dict)
    witnesses: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for number, line in enumerate(sample):
        for chain, (found, gained) in line.candidates.items():
            prices[chain] = min(found.price, prices.get(chain, found.price))
            # what another line has said already is no news
            news = gained
            if gained > 0:
                fresh = evidence.witnesses(line.text, found.text, utf8=weighing.is_utf8(chain))
                known = witnesses[chain]
                news = 0.0 if fresh <= known else gained
                known |= fresh
            gains[chain][number] = news
            pooled[chain] += news
    adopted: Adopted = {}
    # Each line votes for the chain that explains it best; a chain needs its own lines.
    taken: set[int] = set()
    for chain in sorted(pooled, key=lambda chain: prices[chain] - pooled[chain]):
        own = {number: gain for number, gain in gains[chain].items() if number not in taken}
        total = sum(own.values())
        if total - prices[chain] - _prior(chain) >= _ADOPT:
            adopted[chain] = total
            taken.update(number for number, gain in own.items() if gain > 0)
    return adopted


def _choose(line: _Line, adopted: Adopted, options: Options) -> tuple[Found, float] | None:
    """Return the best candidate of a line and the bits for it, against all that rival it."""
    best: dict[str, tuple[float, Found]] = {}
    for chain, (found, gained) in line.candidates.items():
        if options.encodings and not _allowed(chain, options.encodings):
            continue
        bits = gained - found.price - _prior(chain)
        if chain in adopted:
            favour = min(_FAVOUR, _FAVOUR_LEAST + adopted[chain] * _FAVOUR_SHARE)
            bits = max(bits, gained + favour)
        if options.languages and load().language(found.text) not in options.languages:
            bits -= _OTHER_LANGUAGE
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


def _allowed(chain: tuple[str, ...], names: tuple[str, ...]) -> bool:
    """Tell whether a chain stays within the encodings that the options name."""
    wanted = {encodings.get(name).name for name in names} | {"utf-8"}
    return all(hop in transports.HOPS or set(hop.split(">")) <= wanted for hop in chain)


def _places(line: str, found: Found) -> list[tuple[int, str, str, tuple[Loss, ...]]]:
    if found.restored is not None and len(found.chain) == 1:
        return spans.lossy_places(line, found.restored, restoring.CERTAIN)
    return [(*place, ()) for place in spans.places(line, found.text, found.chain)]
