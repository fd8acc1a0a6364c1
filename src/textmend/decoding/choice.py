"""Which encodings does a document hold that is not UTF-8 throughout? Evidence pooled over it.

First the words of the whole document are weighed in every likely encoding, as one encoding and as
UTF-8 with strays. Then lines that the winner explains badly may call for further encodings, each
of which must explain its lines better by more bits than a second encoding costs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from textmend import encodings
from textmend.decoding import double
from textmend.decoding.lines import Mixture, lines
from textmend.decoding.ranking import by_bytes, likeliest, multis, of_multi, own_and_least, prior, rank
from textmend.decoding.votes import DOUBT, MOST_BYTES, heard
from textmend.decoding.weighing import SEQUENCE, Sample, Scale, Weighed, contest, is_utf8, sample
from textmend.plausibility.model import UNITS

# Bits that a declaration is worth: the odd sign follows it, a sentence that reads badly in it does not.
DECLARED = 24.0
# Bits that an encoding is worth which earlier blocks of the data are in.
KNOWN = 20.0
# A further encoding must gain this much over all lines that it takes, in bits, and this much on each.
_FURTHER = 16.0
_FURTHER_LINE = 4.0
_MOST = 4  # encodings in one document beside UTF-8
_RANKED = 16  # suspect lines that are weighed
_NAMED = 8  # of which the likeliest encodings are tried on all
_WORDS = 6  # of each of them
_RIVALS = 3  # likeliest encodings of each of them
_DEAR = 6 * UNITS  # for a byte, by bytes alone: more than most words cost in their encoding
_BAD_LINE = 4 * UNITS  # for a byte, by the model: more than a line costs in its encoding
_WORSE_LINE = 6 * UNITS
_LARGER = {"gbk": "gb18030"}  # an encoding, and the one that holds all of it and more
_ALIKE = 40  # words by which two encodings are told apart
_LINES = 80  # distinct lines that may call for a further encoding
# By bytes alone, a line that another encoding explains better by this much is looked at, in units.
_SUSPECT = 4 * UNITS
# A probability is a logistic of the bits: words are not independent, so the bits overstate.
CALIBRATION = 0.45

_DIGITS = re.compile(rb"[0-9]+")
# How often a text is right at best, measured: in one encoding, in UTF-8 with another, in several.
_SOLE, _WITH_UTF8, _SEVERAL = 0.997, 0.99, 0.96
_LOOKED_AT = 12  # words by which a bad reading is known
TWICE = 0.97  # how sure text that was garbled before is: UTF-8 shows twice over

_ONE_CHARACTER = 3  # bytes; a longer word may be of several characters of several bytes


def choose(data: bytes, extra: dict[str, float], only: Sequence[str] = ()) -> tuple[Mixture, Scale]:
    r"""Return what a document that is not UTF-8 holds, and the scale with its context.

    extra: bits added to the cost of an encoding (negative: a witness for it).
    only: consider these encodings alone.

    >>> choose(b"Gr\xfc\xdfe aus M\xfcnchen", {})[0].names
    ['cp1252']
    """
    found = sample(data)
    scale = Scale(words=found.words)
    scale.learn([found.ascii])
    names = list(only) or likeliest(found.odd or found.utf8)
    names = _with_witnesses(names, extra, found)
    mixed = bool(found.utf8) or any(len(token) > 3 for token in found.odd)
    ranked = contest(scale, found, names, mixed=mixed, extra=extra)
    if len(ranked) > 1 and ranked[1].bits - ranked[0].bits < DOUBT and len(data) <= MOST_BYTES and not only:
        ranked = heard(data, ranked)
    best = ranked[0]
    larger = _LARGER.get(best.name)
    if larger and not only and encodings.read(data, best.name) is None and encodings.read(data, larger) is not None:
        best = replace(best, name=larger)
    mixture = Mixture([best.name], utf8=best.mixed)
    mixture.certain, mixture.alternatives = confidence(ranked)
    twice = None if only else _garbled_before(found, scale, best, odd=double.suspicious(data))
    if twice:
        return Mixture([twice[0]], utf8=False, certain=TWICE, chain=(twice[1],)), scale
    if best.mixed:
        scale.learn([token.decode() for token in found.utf8])
    _further(data, mixture, scale, names, only)
    mixture.certain = min(
        mixture.certain, _SEVERAL if len(mixture.names) > 1 else _WITH_UTF8 if mixture.utf8 else _SOLE
    )
    return mixture, scale


def garbled_before(data: bytes) -> tuple[str, str] | None:
    """Return the encoding of valid UTF-8 that is garbled text in another, and what garbled it.

    >>> data = "Les Ã©lÃ¨ves sont arrivÃ©s".encode("mac-roman")
    >>> garbled_before(data)
    ('mac-roman', 'utf-8>cp1252')
    """
    found = sample(data)
    scale = Scale()
    scale.learn([found.ascii])
    tried = found.utf8[: double.TRIED]
    return double.find(tried, scale, scale.settle(sum(scale.text(token.decode()) for token in tried)))


def _with_witnesses(names: list[str], extra: dict[str, float], found: Sample) -> list[str]:
    """Return the candidates with those that were declared, in the place of those that read alike."""
    for name, bits in extra.items():
        if bits >= 0:
            continue
        shown = [encodings.read(token, name) for token in found.odd[:_ALIKE]]
        names = [each for each in names if [encodings.read(token, each) for token in found.odd[:_ALIKE]] != shown]
        names.append(name)
    return names


def _garbled_before(found: Sample, scale: Scale, best: Weighed, *, odd: bool) -> tuple[str, str] | None:
    """Return the encoding and the misreading of text that was garbled before it was written."""
    scale = Scale(scale.context)  # the words of a garbled document are no witnesses
    tokens = [*found.odd[:_LOOKED_AT], *found.utf8[:_LOOKED_AT]][:_LOOKED_AT]
    weigh = scale.mixed if best.mixed else scale.token
    cost = scale.apart(sum(weigh(token, best.name) for token in tokens))
    size = sum(map(len, tokens))
    if not odd and cost <= double.BAD_READING * UNITS * size:
        return None
    tried = tokens[: double.TRIED]
    return double.find(tried, scale, scale.settle(sum(weigh(token, best.name) for token in tried)))


def _odd_lines(data: bytes) -> list[tuple[bytes, ...]]:
    """Return the odd words of the lines that are not UTF-8, distinct, spread over the document."""
    distinct: dict[tuple[bytes, ...], None] = {}
    for line in lines(_DIGITS.sub(b"0", data)):  # numbered things count once
        if not line.isascii():
            # without UTF-8 in the line, all that is not ASCII is odd
            some = SEQUENCE.search(line)
            odd = [token for token in line.split() if not token.isascii() and not (some and is_utf8(token))]
            if odd:
                distinct[tuple(odd)] = None
    every = list(distinct)
    return every[:: max(1, len(every) // _LINES)]


def _suspects(odd: Sequence[tuple[bytes, ...]], main: str) -> list[tuple[bytes, ...]]:
    """Return the lines that another encoding explains better, by bytes alone, the clearest first."""
    single = encodings.get(main).width == "single"
    suspects: list[tuple[int, int]] = []
    for number, tokens in enumerate(odd):
        own, bound = own_and_least(tokens, main)
        size = sum(map(len, tokens))
        if single and own > _DEAR * size and len(tokens[0]) > _ONE_CHARACTER:
            # a line of Chinese among lines of Latin: bytes alone see letters everywhere
            bound = min(bound, *(of_multi(tokens, name) for name in multis()))
        if own > bound + _SUSPECT:
            suspects.append((bound - own, number))
    return [odd[number] for _, number in sorted(suspects)]


def _further(data: bytes, mixture: Mixture, scale: Scale, names: Sequence[str], only: Sequence[str]) -> None:
    """Add the further encodings that lines call for."""
    odd = _odd_lines(data)
    if len(odd) < 2:
        return
    main = mixture.names[0]
    weigh = scale.mixed if mixture.utf8 else scale.token
    lines_: list[tuple[bytes, ...]] = []
    worst: list[int] = []
    for tokens in _suspects(odd, main)[:_RANKED]:
        words = tokens[:_WORDS]
        cost = scale.apart(sum(weigh(token, main) for token in words))
        if cost > _BAD_LINE * sum(map(len, words)):
            lines_.append(words)
            worst.append(cost)
    if not lines_:
        return
    rivals = dict.fromkeys(names[:_RIVALS])
    for words, cost in list(zip(lines_, worst, strict=True))[:_NAMED]:
        if cost > _WORSE_LINE * sum(map(len, words)):
            rivals.update(dict.fromkeys(name for _, name in rank(words)[:_RIVALS]))
        else:  # not so bad that its characters are of several bytes
            costs = by_bytes(words)
            rivals.update(dict.fromkeys(sorted(costs, key=lambda name: costs[name])[:_RIVALS]))
    tried = [name for name in rivals if name != main and (not only or name in only)]
    table = {
        name: [
            scale.apart_below(sum(weigh(token, name) for token in words), bound)
            for words, bound in zip(lines_, worst, strict=True)
        ]
        for name in tried
    }
    while len(mixture.names) < _MOST and tried:
        gains = {name: _gain(worst, table[name]) - prior(name) for name in tried}
        name = max(gains, key=lambda each: gains[each])
        if gains[name] < _FURTHER:
            return
        mixture.names.append(name)
        tried.remove(name)
        worst = [min(old, new) for old, new in zip(worst, table[name], strict=True)]


def _gain(worst: Sequence[int], costs: Sequence[int]) -> float:
    """Return the bits that a further encoding gains over the lines that it explains better."""
    return sum(max(0.0, (old - new) / UNITS - _FURTHER_LINE) for old, new in zip(worst, costs, strict=True))


def confidence(ranked: Sequence[Weighed]) -> tuple[float, tuple[tuple[str, float], ...]]:
    """Return the probability of the first, and the others with theirs; one text counts once.

    >>> confidence([Weighed(1.0, "cp1252", False)])
    (1.0, ())
    """
    best = ranked[0].bits
    weights = [2.0 ** (-CALIBRATION * (each.bits - best)) for each in ranked]
    total = sum(weights)
    others: dict[str, float] = {}
    certain = 0.0
    for each, weight in zip(ranked, weights, strict=True):
        if each.name == ranked[0].name:
            certain += weight / total
        else:
            others[each.name] = others.get(each.name, 0.0) + weight / total
    return certain, tuple(sorted(others.items(), key=lambda item: -item[1]))
