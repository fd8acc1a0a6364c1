"""Legacy originals so much likelier than all else that nothing need be searched.

A line in an alphabet of its own, read by a reader of one byte a sign, is told
at once: the few likeliest writers of its letters, and those of several bytes
a character that can decode its bytes, are compared by the whole model.
"""

from __future__ import annotations

import re
from typing import Final

from textmend import encodings
from textmend.misreadings import hops, legacy, sequences
from textmend.misreadings.found import Found, hop, price, readers_of, shared_mask, utf8_mask
from textmend.misreadings.ranking import ranking
from textmend.plausibility.model import UNITS, load

#: The mark of lost bytes, misread: no legacy original has it.
REPLACED: Final = "ï¿½"
#: Signs beyond ASCII that a text must have.
ENOUGH: Final = 6
#: Bits that the original must gain over its price: in all, and for each of them; and over its nearest rival.
GAIN: Final = 40.0
GAIN_EACH: Final = 2.5
_AHEAD: Final = 16.0
#: Different originals of one byte a sign that are compared, and the readers for those of several.
COMPARED: Final = 6
READERS: Final = 3
#: Pairs of writer and reader looked at to find them; and by how much, in units, their letters may be dearer than the
#: cheapest: the whole model never makes up for more.
LOOKED_AT: Final = 24
FAR: Final = 80 * UNITS

_FOREIGN: Final = re.compile("[^\x00-\x7f]")


def outright(text: str) -> list[Found]:
    r"""Return the original of a text and its nearest rivals, best first; nothing where that is not beyond doubt.

    >>> outright("Âñå ëþäè ðîæäàþòñÿ ñâîáîäíûìè è ðàâíûìè")[0].text
    'Все люди рождаются свободными и равными'
    >>> outright("Les élèves étaient là"), outright("Ã©tÃ© Ã\xa0 la crÃ¨me brÃ»lÃ©e")
    ([], [])
    """
    signs = len(_FOREIGN.findall(text))
    if signs < ENOUGH or "\ufffd" in text or REPLACED in text:
        return []
    runs = hops.RUN.findall(text)
    mask = shared_mask(runs)
    if not mask or is_utf8(text, runs, single=True):
        return []
    cost = load().cost
    ranked = sorted(((cost(found.text) + found.price, found) for found in _candidates(text, mask)), key=lambda r: r[0])
    if not ranked:
        return []
    best, found = ranked[0]
    if cost(text) - best < max(GAIN, GAIN_EACH * signs) or (len(ranked) > 1 and ranked[1][0] - best < _AHEAD):
        return []
    seen = (encodings.bytes_of(run, found.chain[0].partition(">")[2]) for run in runs)
    data = b"".join(filter(None, seen))
    if sequences.mostly_begun(data) or sequences.shaped(data):
        return []
    return [one for _, one in ranked[:COMPARED]]


def is_utf8(text: str, runs: list[str], *, single: bool = False) -> bool:
    """Tell whether all runs of a text are UTF-8 for some reader: that is to be searched.

    single: ask only readers of one byte a sign.

    >>> is_utf8("cafÃ©", ["Ã©"]), is_utf8("café", ["é"])
    (True, False)
    """
    readers = map(hops.reader, readers_of(shared_mask(runs) & utf8_mask(runs)))
    return any(reader.everywhere(text) is not None for reader in readers if reader.single or not single)


def _rivals(text: str) -> list[tuple[float, str, str]]:
    """Return (cost with the price, writer, reader) of what a text may have been, best first.

    Of readers that show the same bytes so only the commonest: no more than some pairs are looked at.
    """
    distinct: dict[tuple[int, str], tuple[float, str, str]] = {}
    for rank, written, read in ranking().rivals(text):
        rival = (rank + price(written, read) * UNITS, written, read)
        distinct[rank, written] = min(rival, distinct.get((rank, written), rival))
    return sorted(distinct.values())


def _candidates(text: str, mask: int) -> list[Found]:
    found: dict[str, Found] = {}
    rivals = _rivals(text)
    for rank, written, read in rivals[:LOOKED_AT]:
        if rank > rivals[0][0] + FAR:
            break
        original = hops.undo_legacy(text, written, read)
        if original is not None and original not in found:
            found[original] = Found(original, (hop(written, read),), price(written, read))
            if len(found) == COMPARED:
                break
    views: dict[bytes, str] = {}
    for read in [name for name in readers_of(mask) if hops.reader(name).single][:READERS]:
        data = encodings.bytes_of(text, read)
        if data is not None:
            views.setdefault(data, read)
    for data, read in views.items():
        for written in legacy.multi_writers():
            original = encodings.read(data, written)
            if original is not None and original not in found and not hops.brings_bad(text, original):
                found[original] = Found(original, (hop(written, read),), price(written, read))
    return list(found.values())
