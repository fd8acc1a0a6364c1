"""Candidates whose misreading lost bytes: which readers come into question, and what they lost."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import inf
from typing import Final

from textmend import encodings
from textmend.misreadings import hops, legacy, originals, sequences, spans, vanishing
from textmend.misreadings.budget import Budget
from textmend.misreadings.found import Found, hop, price, readers_of, shared_mask, validity
from textmend.misreadings.restored import Restored
from textmend.plausibility.model import UNITS, load
from textmend.plausibility.steps import steps_of

#: Undecided losses in a line beyond which they must be few beside the signs restored.
_FEW_LOSSES: Final = 2
_LOST_SHARE: Final = 0.34
#: The same where nothing but the model says what was written.
_LOST_LEGACY: Final = 0.2
#: A text of so few signs has no context that could tell a loss.
_LONE: Final = 2
#: Pairs of reader and writer for which they are, where the original was in a legacy encoding.
_PAIRS: Final = 3
#: What each loss asks for, in bits, and all of a line together.
_LOSS: Final = 2.0
_LOSSES: Final = 16.0
#: So many of the signs may fit nothing.
_BROKEN_SHARE: Final = 0.4
#: What a legacy original that lost bytes asks for besides: nothing verifies it.
_LEGACY: Final = 6.0
#: What an original in UTF-8 asks for of which no sign is shown by more than its first byte (``Ã la carte``), and what
#: it asks for where its language has the words that come out.
_UNSHOWN: Final = 14.0
_UNSHOWN_WORDS: Final = 3.0
_WORD: Final = re.compile(r"[^\W\d_]+")
#: Words beside a lone letter that tell its language.
_BESIDE: Final = 2
#: Marks beside each sign beyond which nothing can be told.
_DROWNED: Final = 0.75
#: What each sign left over asks for.
_BROKEN: Final = 6.0
#: Bits that a legacy original must save before its losses are looked for, and the share of the text it must keep.
_GAIN: Final = 12.0
_LEFT: Final = 0.45
#: Bits that losses must save over an original that lost nothing.
_BETTER: Final = 8.0
#: The same where reader and writer take bytes in pairs: what follows a loss is out of step.
_BETTER_IN_STEP: Final = 4.0
#: What neighbours say does not count where the model alone says so many bits more against it.
_CONTRADICTED: Final = 8.0
#: So many times as much where signs that may be marks, question marks above all, are the only sign of it.
_MARKED: Final = 2.5
#: So few signs must save more for a legacy original that lost some, unless marks show that it did; fewer say nothing.
_FEW_SIGNS: Final = 12
_FEWEST_SIGNS: Final = 6
_GAIN_OF_FEW: Final = 30.0
#: Readers of one byte a sign that lose the bytes whose signs are stripped: then what follows is out of step.
_STRIPPING: Final = frozenset(("cp1252", "iso-8859-1"))
#: The writer of most texts whose letters are mostly ASCII: a few bytes beyond do not tell it.
_COMMONEST: Final = "cp1252"
_QUESTIONS: Final = re.compile(r"(?<=[^\x00-\x7f])\?+|\?{2,}")
_SIGN: Final = re.compile("[^\x00-\x7f\ufffd]")
_ASCII_LETTER: Final = re.compile("[A-Za-z]")


def _hopeless(restored: Restored, written: str) -> bool:
    """Tell whether so much was lost that what is left is no text to go by."""
    signs = sum(char > "\x7f" for char in restored.text)
    undecided = spans.unlikely(restored, legacy=written != "utf-8")
    if restored.broken > _BROKEN_SHARE * signs:
        return True
    return undecided > _FEW_LOSSES and undecided > (_LOST_SHARE if written == "utf-8" else _LOST_LEGACY) * signs


def restore(text: str, whole: Iterable[Found] = (), cheapest: float = inf, *, explained: bool = False) -> list[Found]:
    """Return candidates of a text whose misreading lost bytes.

    whole: the originals in legacy encodings that lost none; in pairs of bytes, what follows a loss is out of step.
    cheapest: bits that an original which lost nothing costs: what is far dearer is none.
    explained: whether they explain the text so well that others need not be looked for.

    >>> restore("partners.鈥")[0].text
    'partners.”'
    """
    if len(text.strip()) <= _LONE or _drowned(text):
        return []  # a sign alone: holmium, a table's cell
    budget, here = Budget(text, cheapest), load().cost(text)
    if explained:
        return _candidates(text, _out_of_step(text, whole), budget)
    pairs = [
        (read, "utf-8") for read in sequences.lossy_readers(text) if load().cost(hops.rough(text, read, "utf-8")) < here
    ]
    found = _candidates(text, pairs, budget)
    if all(one.gone for one in found):
        found += _candidates(text, list(dict.fromkeys((*legacy_pairs(text), *_out_of_step(text, whole)))), budget)
    return found


def _out_of_step(text: str, whole: Iterable[Found]) -> list[tuple[str, str]]:
    """Return the readers and writers with which what follows a loss is out of step, by the likeliest original.

    Its writer takes bytes in pairs, and no mark is left.  Where its reader does not, the writer may be another.
    """
    best = min(whole, key=lambda found: load().cost(found.text) + found.price, default=None)
    if best is None or "\ufffd" in text:
        return []
    written, _, read = best.chain[0].partition(">")
    if written == "utf-8" or not _multi(written) or not {written, read}.isdisjoint(sequences.WIDE):
        return []
    if _multi(read):
        return [(read, written)]
    if encodings.STRIPPED.search(text):
        return []  # what an editor would have taken is still there
    return list(dict.fromkeys(((read, written), *legacy_pairs(text))))[: sequences.READERS]


def _multi(name: str) -> bool:
    return encodings.get(name).width == "multi"


def _drowned(text: str) -> bool:
    """Tell whether the marks of lost bytes are so many that nothing can be told."""
    marks = text.count("\ufffd") + sum(map(len, _QUESTIONS.findall(text)))
    signs = len(_SIGN.findall(text))
    return marks > _DROWNED * signs + len(_ASCII_LETTER.findall(text)) / 2


def _candidates(text: str, pairs: list[tuple[str, str]], budget: Budget) -> list[Found]:
    found = []
    for read, written in pairs:
        if _lettered(text, read, written):
            rest = hops.rough(text, read, written)
            found.append(Found(rest, (hop(written, read),), price(written, read) + _LEGACY, gone=True))
            continue
        front, restored = budget.front, originals.restore(text, read, written, budget)
        candidate = candidate_of(text, restored, read, written) if restored is not None else None
        if candidate is not None:
            found.append(candidate)
        if candidate is None or candidate.gone:
            budget.front = front  # others need not come up to what is not given
    return found


def _lettered(text: str, read: str, written: str) -> bool:
    """Tell whether every other word must have lost its last letter: what was one byte a letter was read in pairs."""
    if _multi(written) or not _multi(read) or any(mark in text for mark in sequences.MARKS):
        return False
    return vanishing.cut(data := encodings.bytes_of(text, read) or b"", encodings.read(data, written) or "", 2)


def _whole(text: str, restored: Restored, read: str, written: str) -> bool:
    """Tell whether a legacy original without losses explains a text nearly as well: chance seldom leaves one."""
    if written == "utf-8":
        return not restored.losses and hops.MARK not in text
    data = encodings.bytes_of(text, read)
    decoded = encodings.read(data, written) if data is not None else None
    if decoded is None or (encodings.get(written).width == "single" and vanishing.cut(data or b"", decoded)):
        return False
    better = (_BETTER_IN_STEP if _multi(written) else _BETTER) * (_MARKED if restored.marked else 1.0)
    return saved(decoded, restored.text) < better


def saved(whole: str, original: str) -> float:
    """Return the bits that an original which lost bytes costs less than one of the same misreading that lost none.

    What is out of step is made of usual characters that do not go together: their neighbours tell.

    >>> saved("开始输入以秆.", "开始输入以筛选.") > 10
    True
    """
    steps = steps_of(load().best_languages(original))
    alone, together = load().cost(whole) - load().cost(original), (steps.price(whole) - steps.price(original)) / UNITS
    return alone if alone < -_CONTRADICTED else max(alone, together)


def candidate_of(text: str, restored: Restored, read: str, written: str) -> Found | None:
    """Return what was restored as a candidate of its text, with its price; None where it is none.

    >>> candidate_of("partners.鈥", originals.restore("partners.鈥", "gbk"), "gbk", "utf-8").text
    'partners.”'
    """
    bad = hops.brings_bad(text, restored.text) or _strays(restored.text, read, written)
    if bad or _whole(text, restored, read, written):
        return None
    asked = price(written, read) + _BROKEN * restored.broken
    asked += min(_LOSS * len(restored.losses), _LOSSES)
    if written != "utf-8":
        asked += _LEGACY
    else:
        asked += _unshown(text, restored)
    valid = validity(text, restored.text) if written == "utf-8" else 0.0
    gone = _hopeless(restored, written)  # it is not given, but nothing worse must win in its place
    return Found(restored.text, (hop(written, read),), asked, restored, valid=valid, gone=gone)


def _strays(candidate: str, read: str, written: str) -> bool:
    """Tell whether pairs of bytes came out among more letters of ASCII, where a reader of one byte a sign lost some.

    There chance makes them.
    """
    if written == "utf-8" or _multi(read) or not _multi(written):
        return False
    return len(_ASCII_LETTER.findall(candidate)) > len(_SIGN.findall(candidate))


def _unshown(text: str, restored: Restored) -> float:
    """Return what an original in UTF-8 asks for of which no sign is shown by more than its first byte.

    Then all depends on the words: the language of the line must have them. No-break spaces must stand behind words.
    """
    lost = {loss.at: loss for loss in restored.losses}
    for at, char in enumerate(restored.text):
        loss = lost.get(at)
        if loss is None:
            if char > "\x7f" and char not in text:
                return 0.0
        elif len(loss.chosen.encode("utf-8", "surrogatepass")) - len(loss.lost) > 1:
            return 0.0
    model = load()
    beside: list[str] = []
    came: list[str] = []
    for match in _WORD.finditer(restored.text):
        (beside if lost.keys().isdisjoint(range(*match.span())) else came).append(match[0])
    language = model.latin(model.packed(" ".join(beside)))
    told = sum(len(word) > 1 for word in beside) >= _BESIDE
    known = all(model.knows(word) or (told and model.has_word(language, word)) for word in came)
    blanks = [at for at in lost if restored.text[at] == "\xa0"]
    spaced = any(at == 0 or restored.text[at - 1].isspace() for at in blanks)
    return _UNSHOWN_WORDS if known and (came or blanks) and not spaced else _UNSHOWN


def legacy_pairs(text: str) -> list[tuple[str, str]]:
    """Return the (reader, writer) pairs, no UTF-8 among them, that may have lost bytes of a text.

    >>> legacy_pairs("丸牝 礤 漕腈屙 耦溴疰囹  疣狁蜮")[0]
    ('gbk', 'cp1251')
    """
    model = load()
    runs = hops.RUN.findall(text)
    mask = shared_mask(runs)
    signs = sum(map(len, runs)) if hops.REPLACED not in text else _FEW_SIGNS
    if not mask or signs < _FEWEST_SIGNS:
        return []
    least = _GAIN_OF_FEW if signs < _FEW_SIGNS else _GAIN
    here = model.cost(text)
    ranked: list[tuple[float, str, str]] = []
    for read in readers_of(mask):
        paired = _multi(read)
        if read in sequences.WIDE or not (paired or (read in _STRIPPING and signs >= _FEW_SIGNS)):
            continue
        pieces = [encodings.bytes_of(run, read) for run in runs]
        if None in pieces:
            continue
        data = b" ".join(piece for piece in pieces if piece)
        single = (*legacy.single_writers(data), _COMMONEST) if paired else ()
        for written in dict.fromkeys((*legacy.multi_writers(), *single)):
            if written in {read, "utf-8"} or written in sequences.WIDE:
                continue
            rest = here - price(written, read) - least
            rough = hops.rough(text, read, written) if rest > 0 else ""
            # what was lost is not priced: so much text must be left
            if len(rough) > _LEFT * len(text) and model.cost(rough) < rest:
                ranked.append((rest - model.cost(rough), read, written))
    ranked.sort(reverse=True)
    return [(read, written) for _, read, written in ranked[:_PAIRS]]
