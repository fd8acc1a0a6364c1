"""Documents in one legacy encoding, whose lines leave no doubt of it, take less work than judging does."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from textmend.misreadings import clues, quick, settling, sisters, spans, telling, transports
from textmend.misreadings.belonging import PLAIN
from textmend.misreadings.found import Found
from textmend.misreadings.stretches import stretches
from textmend.misreadings.survey import CLEARLY, Line, explored, least_pooled, prior
from textmend.plausibility.model import load

#: One of so many lines of a document must be told by its letters.
_FIRST: Final = 4
#: Lines that were told make a document's encoding certain for those after them.
_TOLD: Final = 3
#: Bits by which a candidate that is searched must be ahead of any other, to be chosen whatever its document says.
_AHEAD: Final = 12.0
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
    first = next((told for line in list(lines)[:_FIRST] if (told := telling.told(line))), None)
    if first is None:
        return None
    repaired = _each(text, lines, first, dismissed)
    if not repaired or (len(lines) > 1 and not _stands(text, lines, first.chain[0], repaired)):
        return None
    return put(text, lines, repaired, holds)


def put(text: str, lines: dict[str, Line], repaired: dict[str, str], holds: int) -> str | None:
    """Return a text with some of its lines repaired, None if it would be looked at again.

    >>> put("Ïðèâåò", {"Ïðèâåò": Line("Ïðèâåò", [0], {})}, {"Ïðèâåò": "Привет"}, 0)
    'Привет'
    """
    pieces: list[str] = []
    done = 0
    for start, before in sorted((start, line.text) for line in lines.values() for start in line.starts):
        pieces += (text[done:start], repaired[before])
        done = start + len(before)
    whole = "".join((*pieces, text[done:]))
    # lines that say nothing by themselves may do so together: odd words of a short text, escapes
    together = len(whole) <= _SHORT or clues.has_escapes(text, holds)
    again = quick.look(whole)[0] if together else any(quick.look(after)[0] for after in repaired.values())
    return None if again else whole


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


def _each(text: str, lines: dict[str, Line], first: Found, dismissed: int) -> dict[str, str]:
    """Return lines with what they are before the misreading of the first; nothing where that is not sure of one."""
    told = {line: found for line in lines if (found := telling.told(line)) is not None}
    if any(found.chain != first.chain for found in told.values()):
        return {}
    pooled = sum(found.sure or 0.0 for found in told.values())
    least = least_pooled(len(lines), dismissed) + prior(first.chain) + first.price
    adopted = len(told) >= _TOLD and pooled >= least
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
        if after is None:
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
    if undone is None or clues.suspicious(undone):
        return None
    cost = load().cost
    return undone if cost(line) - cost(undone) >= CLEARLY else None


def _stands(text: str, lines: dict[str, Line], name: str, repaired: dict[str, str]) -> bool:
    """Tell whether a misreading explains a document as well as any of its sisters, and no other line may follow it."""
    every = list(repaired)
    if not all(map(str.isascii, _between(text, lines))):
        every = [part for _, part in stretches(text) if not part.isascii()]
        if any(part not in repaired and spans.undo_hop(part, name) is not None for part in every):
            return False

    @cache
    def context() -> int:
        return sum(map(load().packed, list(repaired.values())[: settling.CONTEXT]))

    return sisters.best(name, every, context, repaired) == name


def _between(text: str, lines: dict[str, Line]) -> Iterator[str]:
    """Yield what stands between some lines of a text."""
    done = 0
    for start, size in sorted((start, len(line.text)) for line in lines.values() for start in line.starts):
        yield text[done:start]
        done = start + size
    yield text[done:]
