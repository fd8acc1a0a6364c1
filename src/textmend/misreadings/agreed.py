"""Documents in one legacy encoding, whose lines leave no doubt of it, take less work than judging does."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from textmend.misreadings import clues, glance, quick, settling, sisters, spans, telling, transports
from textmend.misreadings.belonging import PLAIN
from textmend.misreadings.found import Found
from textmend.misreadings.stretches import stretches
from textmend.misreadings.survey import CLEARLY, Line, attempt, explored, least_pooled, prior
from textmend.plausibility.model import load

#: One of so many lines of a document must be told by its letters.
_FIRST: Final = 4
#: Lines that were told make a document's encoding certain for those after them.
_TOLD: Final = 3
#: Bits by which a candidate that is searched must be ahead of any other, to be chosen whatever its document says.
_AHEAD: Final = 12.0
#: Bits that a line without a clue must gain to follow its document, of which no other speaks against that.
_FOLLOWS: Final = 6.0
#: Lines that follow their document which are remembered.
_LINES: Final = 1_000
#: In texts of no more signs odd words are looked for.
_SHORT: Final = 500


def undone(text: str, lines: dict[str, Line], dismissed: int, holds: int) -> str | None:
    """Return a text repaired, all of whose suspicious lines were written and read in one way, beyond doubt.

    lines: those that may have been misread. dismissed: how many others have clues that are none. holds: what the text
    holds beside clues (survey.lines_of).

    >>> undone("plain", {}, 0, 0) is None
    True
    """
    told = {line: found for line in lines if (found := telling.told(line)) is not None}
    first = next((told[line] for line in list(lines)[:_FIRST] if line in told), None)
    if first is None or any(found.chain != first.chain for found in told.values()):
        return None
    pooled = sum(found.sure or 0.0 for found in told.values())
    least = least_pooled(len(lines), dismissed) + prior(first.chain) + first.price
    adopted = len(told) >= _TOLD and pooled >= least
    repaired = _each(text, lines, told, first, adopted=adopted)
    if not repaired or (len(lines) > 1 and not _stands(text, lines, first.chain[0], repaired, adopted=adopted)):
        return None
    return put(text, lines, repaired, holds)


def put(text: str, lines: dict[str, Line], repaired: dict[str, str], holds: int) -> str | None:
    """Return a text with some of its lines repaired, those that are in `repaired`; None if it would be looked at again.

    That is where lines that say nothing by themselves may do so together.

    >>> put("Ïðèâåò", {"Ïðèâåò": Line("Ïðèâåò", [0], {})}, {"Ïðèâåò": "Привет"}, 0)
    'Привет'
    """
    pieces: list[str] = []
    done = 0
    places = [(start, line.text) for line in lines.values() if line.text in repaired for start in line.starts]
    for start, before in sorted(places):
        pieces += (text[done:start], repaired[before])
        done = start + len(before)
    whole = "".join((*pieces, text[done:]))
    together = len(whole) <= _SHORT or clues.has_escapes(text, holds)  # odd words of a short text, escapes
    return None if together and quick.look(whole)[0] else whole


def searched(text: str, line: str, first: Found) -> str | None:
    r"""Return what a line of a document is by its chain if a search leaves no doubt of it, whatever other lines say.

    first: another line, undone by that chain.

    >>> searched("", "dÃ©jÃ\xa0 vu", Found("été", ("utf-8>cp1252",), 0.0))
    'déjà vu'
    """
    if "\0" in text or transports.clue(text):
        return None
    candidates = explored(line, PLAIN)
    own, gained = candidates.get(first.chain, (first, 0.0))
    rivals = [bits for found, bits in candidates.values() if found.text != own.text]
    return own.text if gained - max((_AHEAD, *rivals)) >= _AHEAD and own.restored is None else None


def _each(text: str, lines: dict[str, Line], told: dict[str, Found], first: Found, *, adopted: bool) -> dict[str, str]:
    """Return lines with what they are before the misreading of the first; nothing where that is not sure of one.

    told: those that their letters tell. adopted: whether these make the misreading certain for the others.
    """
    repaired: dict[str, str] = {}
    count = 0
    for line in lines:
        found = told.get(line)
        if found is not None:
            repaired[line] = found.text
            count += 1
            continue
        after = _plain(line, first.chain[0]) if adopted else None
        if after is None or (count < _TOLD and not _leads(line, after, first)):
            after = searched(text, line, first)
            if after is None or quick.look(after)[0]:
                return {}
        repaired[line] = after
    return repaired


def _leads(line: str, after: str, first: Found) -> bool:
    """Tell whether a search of a line finds nothing better than what it is by the chain of its document."""
    candidates = explored(line, PLAIN)
    own, gained = candidates.get(first.chain, (first, 0.0))
    return own.text == after and gained >= max(_AHEAD, *(bits for _, bits in candidates.values()))


@lru_cache(maxsize=_LINES)
def _plain(line: str, name: str) -> str | None:
    """Return a line before the misreading of its document, if it is so much cheaper that it follows (survey)."""
    undone = None if "\ufffd" in line else spans.undo_hop(line, name)
    if undone is None or not glance.is_clean(undone):
        return None
    cost = load().cost
    return undone if cost(line) - cost(undone) >= CLEARLY else None


def _stands(text: str, lines: dict[str, Line], name: str, repaired: dict[str, str], *, adopted: bool) -> bool:
    """Tell whether a misreading explains a document as well as any of its sisters, and each other line follows or not.

    Those that follow are added to the lines and to what they are repaired to.
    """

    @cache
    def context() -> int:
        return sum(map(load().packed, list(repaired.values())[: settling.CONTEXT]))

    every = list(repaired)
    if not "".join(_between(text, lines)).isascii():
        others = [(start, part) for start, part in stretches(text) if part not in repaired and not part.isascii()]
        for start, part in others:
            if spans.undo_hop(part, name) is None:
                continue
            line = lines.setdefault(part, Line(part, [], {}, clue=False))
            after = _plain(part, name) if adopted else None
            if after is None or attempt(line, (name,), PLAIN, context()) < _FOLLOWS:
                return False
            line.starts.append(start)
            repaired[part] = after
        every += dict.fromkeys(part for _, part in others)
    return sisters.best(name, every, context, repaired) == name


def _between(text: str, lines: dict[str, Line]) -> list[str]:
    """Return what stands between some lines of a text."""
    pieces = []
    done = 0
    for start, size in sorted([(start, len(line.text)) for line in lines.values() for start in line.starts]):
        pieces.append(text[done:start])
        done = start + size
    pieces.append(text[done:])
    return pieces
