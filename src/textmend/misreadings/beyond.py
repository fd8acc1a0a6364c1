"""What is UTF-8 beyond doubt is repaired with less work, as it would be with all of it.

A line that verifies itself needs no document, and the lines of a document that are all misread as the first few are,
each beyond doubt, need not be compared with one another.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Final

from textmend.misreadings import agreed, clues, evidence, hops, quick, recognition, telling, vanishing
from textmend.misreadings.found import Found
from textmend.misreadings.judgement import Mending
from textmend.misreadings.staying import stays
from textmend.misreadings.stretches import with_utf8
from textmend.misreadings.survey import CERTAIN, SETTLED, Line, least_pooled, lines_of, prior
from textmend.misreadings.weighing import confidence_of
from textmend.options import Options

#: One of so many lines of a document must be beyond doubt by itself.
_FIRST: Final = 4
#: What a document makes certain has at least this probability.
_DOUBTLESS: Final = 0.97


def alone(line: Line, options: Options) -> tuple[Mending, ...]:
    r"""Return the mendings of the only suspicious line of a text where it is UTF-8 beyond doubt.

    They are those that judging the text would find; nothing where it must be judged.

    >>> alone(Line("dÃ©jÃ\xa0 vu", [3], {}), Options())[0][:3]
    (4, 'Ã©', 'é')
    """
    found = _sure(line.text, options)
    if not found:
        return ()
    bits = _lead(found)
    confidence = confidence_of(bits)
    chain = found[0].chain
    places = hops.reader(_read(found[0])).proved(line.text, found[0].text) or ()
    mendings = [
        made((offset + start, before, after, chain, (), bits, confidence))
        for offset in line.starts
        for start, before, after in places
    ]
    return tuple(mendings)


#: A mending of its fields, in half the time.
made: Final = partial(tuple.__new__, Mending)


def undone(text: str, options: Options) -> str | None:
    r"""Return a text repaired, all of whose suspicious lines are UTF-8 of one misreading, beyond doubt.

    It is what the mendings of `judge` make of it. None for any other text.

    >>> undone("dÃ©jÃ\xa0 vu, cafÃ©", Options()), undone("Russia鈥檚 foothold, cafÃ©", Options())
    ('déjà vu, café', None)
    """
    if not quick.is_line(text):
        return _line_by_line(text, options)
    found = _sure(text, options)
    if not found:
        legacy = _told(text, options)
        return None if legacy is None else legacy.text
    if not hops.reader(_read(found[0])).proved(text, found[0].text) or quick.look(found[0].text)[0]:
        return None
    return found[0].text


def _line_by_line(text: str, options: Options) -> str | None:
    """Return a text with its suspicious lines repaired, the first few each by itself, the others in the same way.

    None where one cannot be so, or where a line that is not suspicious may follow the chain too.
    """
    if options.min_confidence > _DOUBTLESS:
        return None
    lines, dismissed, holds = lines_of(text)
    first = next((found[0] for line in list(lines)[:_FIRST] if (found := _sure(line, options))), None)
    if first is None:
        plain = not (options.encodings or options.languages)
        return agreed.undone(text, lines, len(dismissed), holds) if plain else None
    repaired = _each(text, lines, first, len(dismissed), options)
    if not repaired:
        return None
    if len(lines) > 1 and not {part for _, part in with_utf8(text, _read(first))} <= lines.keys():
        return None
    return agreed.put(text, lines, repaired, holds)


def _each(text: str, lines: Collection[str], first: Found, dismissed: int, options: Options) -> dict[str, str]:
    """Return lines with what they are before the misreading of the first; nothing where that is not sure of one.

    Those that stay as they are, whatever the others say, are left out.
    """
    reader = hops.reader(_read(first))
    repaired: dict[str, str] = {}
    sure: dict[str, tuple[Found, ...]] = {}
    unclear: list[str] = []
    certain = False
    scan = quick.scanner()
    for line in lines:
        after = reader.plain(line) if certain and "\ufffd" not in line else None
        if after is None or (scan(after) and clues.suspicious(after)):
            found = _sure(line, options)
            after = found[0].text if found else agreed.searched(text, line, first)
            if after is None:
                unclear.append(line)
                continue
            if reader.proved(line, after) is None or (found and found[0].chain != first.chain) or quick.look(after)[0]:
                return {}
            if found:
                sure[line] = found
        repaired[line] = after
        if not certain and not unclear and len(repaired) in SETTLED and len(repaired) < len(lines):
            certain = _is_certain(sure, least_pooled(len(repaired), dismissed) + prior(first.chain))
    if unclear and certain:
        return {}  # those that stay speak against what the others follow
    least = options.min_confidence
    return repaired if all(stays(text, line, first.chain, repaired, least) for line in unclear) else {}


def _is_certain(sure: dict[str, tuple[Found, ...]], least: float) -> bool:
    """Tell whether lines that are each beyond doubt make their chain certain for the lines after them (survey).

    least: the bits that they must have together, each word that came out counted once.
    """
    pooled = 0.0
    known: set[str] = set()
    margin: dict[tuple[str, ...], float] = {}
    for line, (own, *rivals) in sure.items():
        fresh = evidence.witnesses(line, own.text, utf8=True)
        if not fresh <= known and not recognition.lone_swap(line, own.text):
            pooled += own.worth()
        known |= fresh
        for rival in rivals:
            margin[rival.chain] = margin.get(rival.chain, 0.0) + (own.sure or 0.0) - (rival.sure or 0.0)
    return pooled >= least and all(bits >= CERTAIN for bits in margin.values())


def _sure(line: str, options: Options) -> tuple[Found, ...]:
    """Return the candidates of a line that are beyond doubt, best first, where that one is to be repaired by itself."""
    found = () if options.encodings or options.languages else quick.verified(line)
    if (
        not found
        or vanishing.thin(found[0].text, _read(found[0]))
        or confidence_of(_lead(found)) < options.min_confidence
    ):
        return ()
    return found


def _told(line: str, options: Options) -> Found | None:
    """Return the legacy original of a line that is beyond doubt."""
    if options.encodings or options.languages or options.min_confidence > _DOUBTLESS:
        return None
    return telling.told(line)


def _lead(found: tuple[Found, ...]) -> float:
    """Return the bits for the first of some candidates of a line that stands alone."""
    bits, *rivals = [one.worth() - prior(one.chain) for one in found]
    return min(bits, bits - rivals[0]) if rivals else bits


def lacks_letters(found: Found) -> bool:
    """Tell whether the reader of a text written in UTF-8 dropped letters of it without a trace.

    >>> lacks_letters(Found("être naïf", ("utf-8>big5",), 0.0))
    False
    """
    written, _, read = found.chain[0].partition(">")
    if written != "utf-8" or (found.restored is not None and found.restored.marked):
        return False
    if found.restored is None or not found.restored.losses:
        return vanishing.hollow(found.text, read)
    whole = (
        lost.chosen for lost in found.restored.losses if len(lost.lost) == len(lost.chosen.encode("utf-8", "replace"))
    )
    return vanishing.hollow(found.text, read, "".join(whole))


def _read(found: Found) -> str:
    return found.chain[0].partition(">")[2]
