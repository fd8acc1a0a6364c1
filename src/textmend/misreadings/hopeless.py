"""Windows and lines of which no reading gains enough, told without a search.

Nearly every one is dismissed. So what readers make UTF-8 of is weighed first, and of its legacy originals what the
model says: the evidence adds little to that. Where either leaves a doubt, or one may lead to another, it is searched.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from textmend import encodings
from textmend.misreadings import clues, contractions, evidence, hops, legacy, punctuation, telling, transports
from textmend.misreadings.found import Found, hop, may_be_utf8, price, readers_of, shared_mask, validity
from textmend.misreadings.left import LEAST, LEAST_LEGACY
from textmend.misreadings.weighing import gained, is_utf8
from textmend.plausibility.model import load

#: Bits that a reading must gain over its price in a window, to be worth a search of the line.
_OVER_PRICE: Final = -3.0
#: The longest line (_windows.c has room for so much).
_LONGEST: Final = 320
#: Where controls stand, bytes are decoded whoever shows them: as for a reader of several bytes a sign.
_DECODED: Final = [hops.MARKING]
#: The chain of an original of which nothing is asked but that it was not UTF-8.
_LEGACY: Final = (hop("cp1252", "cp1252"),)
#: Bits that it may cost more when it was read as UTF-8 in part, to be read so once more.
_DEARER: Final = 24.0
#: Ways in which parts of a window can be read as UTF-8, one after another, beyond which it is searched.
_WAYS: Final = 12
#: Runs that are remembered: most windows have one, of a sign or two.
_RUNS: Final = 20_000


def gains(window: str, found: Found, slack: float = 0.0) -> bool:
    """Tell whether an original of a window gains enough for its line to be searched.

    slack: bits that it may gain less.

    >>> gains("cafÃ©", Found("café", ("utf-8>cp1252",), 0.0)), gains("été", Found("ętę", ("cp1250>cp1252",), 5.0))
    (True, False)
    """
    bits = gained(window, found) + slack
    return bits > (LEAST if is_utf8(found.chain) else LEAST_LEGACY) and bits - found.price > _OVER_PRICE


def hopeless(window: str, slack: float = 0.0) -> bool:
    """Tell whether no original that a search would find gains enough; where it cannot tell, it does not.

    window: the signs around a clue, or a line. slack: bits that an original may gain less.

    >>> hopeless("cafÃ©")
    False
    """
    if len(window) > _LONGEST or "\0" in window or transports.clue(window):
        return False
    runs = hops.RUN.findall(window)
    return not (_from_utf8(window, runs, slack) or _from_legacy(window, runs, slack))


def _from_utf8(window: str, runs: list[str], slack: float) -> bool:
    """Tell whether a reader that makes UTF-8 of a window gains enough, by itself or behind others, or may."""
    cost = load().cost
    here = cost(window)
    waiting = [(Found(window, (), 0.0), runs)]
    seen = {window}
    while waiting:
        node, runs = waiting.pop()
        for read in {read for run in runs for read in _readers(run)}:
            undone = hops.undo_utf8(node.text, read)
            if undone is None or undone in seen:
                continue
            seen.add(undone)
            valid = node.valid + validity(node.text, undone)
            chain = (hop("utf-8", read), *node.chain)
            found = Found(undone, chain, node.price + price("utf-8", read), valid=valid)
            further = hops.RUN.findall(undone)
            # where all of it was UTF-8, that may have been a legacy original
            ends = hops.reader(read).everywhere(node.text) is None or not shared_mask(further) & clues.NARROW
            if not ends or gains(window, found, slack) or transports.clue(undone) or len(seen) > _WAYS:
                return True
            if cost(undone) <= here + _DEARER:
                waiting.append((found, further))
    return False


@lru_cache(maxsize=_RUNS)
def _readers(run: str) -> tuple[str, ...]:
    """Return the readers that make UTF-8 of a run, or of a part of it."""
    return tuple(read for read in readers_of(may_be_utf8(run)) if hops.reader(read).utf8(run) is not None)


def _from_legacy(window: str, runs: list[str], slack: float) -> bool:
    """Tell whether a legacy original of a window may gain enough."""
    bare, bad = legacy.is_bare(window), hops.BAD.search(window) is not None
    views = []
    for data, readers in legacy.views(window, shared_mask(runs)).items():
        asked = min([encodings.get(read).reader_cost + legacy.asked(read, bare=bare) for read in readers[:2]])
        views.append((data, _DECODED if bad else readers, asked))
    # what the evidence may add to what the model says, as the Teller takes it
    more = slack + punctuation.misplaced(window) + (contractions.MOST if contractions.may_be_there(window) else 0.0)
    more += punctuation.PAIRED if sum(char > "\x7f" for char in window) > 1 else 0.0
    limits = (LEAST_LEGACY - more, _OVER_PRICE - more, *evidence.MORE)
    doubts = telling.promising(window, evidence.weighed(window), views, legacy.dearest(window), limits)
    if doubts is None or any(gains(window, found, slack) for found in legacy.wide(window)):
        return True
    return any(gains(window, Found(original, _LEGACY, asked), slack) for original, asked in doubts)
