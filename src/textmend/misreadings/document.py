"""The document is the unit of inference: evidence pooled over lines, then each line decided.

Lines are explored one by one.  The evidence for each chain is summed over the
distinct lines; a chain that explains the document is cheap for each of its
lines, so that lines too short to decide alone follow it.
"""

from __future__ import annotations

from functools import cache
from operator import itemgetter
from typing import Final

from textmend import encodings
from textmend.misreadings import belonging, clues, hearsay, punctuation, quick, recognition, spans, transports
from textmend.misreadings.beyond import alone, lacks_letters, made
from textmend.misreadings.company import MOST, Company
from textmend.misreadings.figures import numbered
from textmend.misreadings.found import Found
from textmend.misreadings.judgement import EMPTY, UNKNOWN, Judgement, Mending, Survey
from textmend.misreadings.lost import lost_marks
from textmend.misreadings.settling import settle
from textmend.misreadings.stable import stable
from textmend.misreadings.survey import Line, lines_of, survey
from textmend.misreadings.weighing import confidence_of, is_utf8, opening
from textmend.options import Options
from textmend.plausibility.model import load
from textmend.results import Loss

#: What a candidate in none of the languages that the options name has against it, in bits.
_OTHER_LANGUAGE: Final = 8.0
#: What an original in a language that its encoding is hardly written in has against it, in bits, and how many of the
#: likeliest candidates of a line are asked.
_STRANGE: Final = 4.0
_COMPARED: Final = 6
#: Bits by which a candidate must lead another not to be compared with it by itself.
_NEAR: Final = 8.0


def judge(text: str, options: Options, known: Survey = UNKNOWN) -> Judgement:
    """Return the repairs of a text, what was lost in it, and what stays undecided.

    known: what other parts of the same document said.
    Never raises, whatever the text.

    >>> judge("Russia鈥檚 foothold", Options()).mendings[0].after
    '’s'
    """
    suspicious, marked = quick.look(text)
    if not suspicious and not known.adopted:
        marks = lost_marks(text) if marked else ()
        return Judgement((), marks, ()) if marks else EMPTY
    judgement = _judge(text, options, known)
    if not judgement.mendings:
        return judgement
    return stable(text, judgement, lambda repaired: _judge(repaired, options).mendings)


def _judge(text: str, options: Options, known: Survey = UNKNOWN) -> Judgement:
    lines, dismissed, holds = lines_of(text)
    marks = lost_marks(text) if clues.may_be_lost(holds) else ()
    if len(lines) == 1 and not known.adopted:
        mendings = alone(next(iter(lines.values())), options)
        if mendings:
            return Judgement(mendings, marks)
    # what a document is only matters to its escapes
    around = transports.surroundings(text) if clues.has_escapes(text, holds) else belonging.PLAIN
    seen = settle(text, lines, survey(list(lines.values()), around, known, dismissed), around)
    mended: list[Mending] = []
    undecided: list[Mending] = []
    company = Company(seen.adopted, lines.values())
    for line in lines.values():
        chosen = _choose(line, company, options)
        if chosen is None:
            continue
        found, bits = chosen
        confidence = confidence_of(bits)
        if confidence < _REPORTED:
            continue
        target = mended if confidence >= options.min_confidence else undecided
        places = _places(line.text, found)
        # in the order of the text, so that they lie beside each other in memory too
        target += [
            made((offset + start, before, after, found.chain, losses, bits, confidence))
            for offset in line.starts
            for start, before, after, losses in places
        ]
    mended.sort(key=_start)
    undecided.sort(key=_start)
    return Judgement(tuple(mended), marks, tuple(undecided), seen)


_start: Final = itemgetter(0)


#: Candidates less likely than this are not worth a report.
_REPORTED: Final = 0.5


def _choose(line: Line, company: Company, options: Options) -> tuple[Found, float] | None:
    """Return the best candidate of a line and the bits for it, against all that rival it."""
    best: dict[str, tuple[float, Found]] = {}
    rivals = {line.candidates[chain][0].text for chain in line.compared if chain in line.candidates}
    for chain, (found, gained) in line.candidates.items():
        if gained < -MOST and found.text not in rivals:
            continue  # whatever its document says, it is neither likely nor a rival
        if options.encodings and not _allowed(chain, options.encodings):
            continue
        bits = company.bits(line, found, gained)
        if options.languages and load().language(found.text) not in options.languages:
            bits -= _OTHER_LANGUAGE
        known = best.get(found.text)
        rank = (not _is_rival(line, found, company), bits)
        if known is None or rank > (not _is_rival(line, known[1], company), known[0]):
            best[found.text] = (bits, found)
    if not best:
        return None
    ranked = sorted(best.values(), key=lambda item: -item[0])[:_COMPARED]
    # what has nothing in its favour needs nothing against it
    ranked = [(bits - _strange(one, company) if bits > 0 else bits, one) for bits, one in ranked]
    ranked.sort(key=lambda item: -item[0])
    bits, found = ranked[0]
    if bits > 0 and found.chain not in company.adopted:
        bits = hearsay.believed(line.text, found, bits, bits - max([0.0, *(one for one, _ in ranked[1:])]))
    if found.gone or _is_rival(line, found, company) or lacks_letters(found):
        return None
    if len(ranked) > 1:
        # what a rival has in its favour is doubt, whatever both have against the line
        bits = min(bits, _ahead(line.text, found, ranked[1][1], bits - ranked[1][0]))
    return found, bits


def _ahead(text: str, found: Found, rival: Found, bits: float) -> float:
    """Return the bits by which a candidate of a text leads its nearest rival.

    bits: what the evidence for both tells. What short words may say against the line is bounded, so where both are
    near the texts themselves are compared, unless known words only came out of one.
    """
    if bits >= _NEAR or is_utf8(found.chain) or is_utf8(rival.chain):
        return bits
    known, unknown = recognition.known_letters(text, found.text)
    if known and not unknown and not recognition.known_letters(text, rival.text)[0]:
        return bits
    likelier = _cost(rival.text) - _cost(found.text) + rival.price - found.price
    likelier += opening(found.text) - opening(rival.text)
    if likelier < 0:
        return min(bits, likelier)
    return max(bits, likelier / 2) if likelier >= _NEAR else bits


def _cost(text: str) -> float:
    return load().cost(numbered(text)) + punctuation.misplaced(text)


def _is_rival(line: Line, found: Found, company: Company) -> bool:
    """Tell whether a candidate only came from other lines, by a chain that the document did not adopt.

    It speaks against others, never for itself.
    """
    return found.chain in line.compared and found.chain not in company.adopted


def _strange(found: Found, company: Company) -> float:
    """Return the bits that a legacy original asks more where its language is hardly written in its encoding."""
    written = found.chain[0].partition(">")[0]
    if found.chain in company.adopted or found.chain[0] in transports.HOPS or written.startswith("utf-"):
        return 0.0
    language = load().language(found.text)
    return _STRANGE if language in _written() and language not in encodings.get(written).languages else 0.0


@cache
def _written() -> frozenset[str]:
    """Return the languages that some legacy encoding is known to be written in."""
    return frozenset(language for name in encodings.WRITERS for language in encodings.get(name).languages)


def _allowed(chain: tuple[str, ...], names: tuple[str, ...]) -> bool:
    """Tell whether a chain stays within the encodings that the options name."""
    wanted = {encodings.get(name).name for name in names} | {"utf-8"}
    return all(hop in transports.HOPS or set(hop.split(">")) <= wanted for hop in chain)


def _places(line: str, found: Found) -> list[tuple[int, str, str, tuple[Loss, ...]]]:
    if found.restored is not None and len(found.chain) == 1:
        certain = spans.decided(found.restored, legacy=not is_utf8(found.chain))
        return spans.lossy_places(line, found.restored, certain)
    return [(*place, ()) for place in spans.places(line, found.text, found.chain)]
