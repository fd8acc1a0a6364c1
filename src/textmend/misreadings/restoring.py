"""Candidates whose misreading lost bytes: which readers come into question, and what they lost."""

from __future__ import annotations

import re
from typing import Final

from textmend import encodings
from textmend.misreadings import hops, lattice
from textmend.misreadings.found import Found, hop, mask_of, price, readers_of

#: Share of the bytes that must make UTF-8 before losses are considered.
_KEPT: Final = 0.45
#: The same for texts of more bytes than a few.
_KEPT_LONG: Final = 0.62
_FEW: Final = 12
#: Losses in a line beyond which they must be few beside the signs restored.
_FEW_LOSSES: Final = 2
_LOST_SHARE: Final = 0.2
#: Readers that decode so few of UTF-8's pairs that whole characters vanish.
_TRACELESS: Final = frozenset(("big5", "euc-jp", "cp949", "johab"))
_TRACES: Final = 2
#: A text of so few signs has no context that could tell a loss.
_LONE: Final = 2
#: Readers for which losses are tried.
_READERS: Final = 2
#: What each loss and each sign left over asks for, in bits.
_LOSS: Final = 3.0
_LOST_MORE: Final = 5.0  # each further byte of the same character
_BROKEN: Final = 6.0

#: UTF-8 sequences, whole or cut short after two bytes.
_BEGUN: Final = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{1,2}|[\xf0-\xf4][\x80-\xbf]{1,3}")
_HIGH: Final = re.compile(rb"[\x80-\xff]")


def lossy_readers(text: str, least: float = 0.0) -> list[str]:
    """Return the readers that may have lost bytes of a text written in UTF-8, likeliest first.

    Most of the bytes must make UTF-8, and some must not.

    least: the share of the bytes that must.

    >>> lossy_readers("partners.鈥")[0]
    'gbk'
    """
    runs = hops.RUN.findall(text)
    if not runs:
        return []
    marked = "\ufffd" in text or "?" in text
    ranked: list[tuple[float, str]] = []
    mask = 0
    for run in runs:
        mask |= mask_of(run)
    for read in readers_of(mask):
        total = kept = 0
        whole = True
        for run in runs:
            data = encodings.bytes_of(run, read)
            if data is None:
                total += 2 * len(run)
                whole = False
                continue
            high = len(_HIGH.findall(data))
            good = sum(map(len, _BEGUN.findall(data)))
            total += high
            kept += good
            whole = whole and good == high and _valid(data)
        if not kept or (whole and not marked):
            continue
        share = kept / total
        if share >= max(least, _KEPT if total <= _FEW else _KEPT_LONG):
            ranked.append((share - 0.02 * encodings.get(read).reader_cost, read))
    ranked.sort(reverse=True)
    return [read for _, read in ranked[:_READERS]]


def _valid(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _hopeless(restored: lattice.Restored, read: str) -> bool:
    """Tell whether so much was lost that what is left is no text to go by.

    Where a reader can lose whole characters without a trace, two dropped bytes
    seen mean others that are not.
    """
    signs = sum(char > "\x7f" for char in restored.text)
    if len(restored.losses) > _FEW_LOSSES and len(restored.losses) > _LOST_SHARE * signs:
        return True
    dropped = sum(loss.kind == "dropped" for loss in restored.losses)
    return read in _TRACELESS and dropped >= _TRACES


def restore(text: str) -> list[Found]:
    """Return candidates of a text whose misreading lost bytes.

    >>> restore("partners.鈥")[0].text
    'partners.”'
    """
    found: list[Found] = []
    if len(text.strip()) <= _LONE:
        return found  # a sign alone: holmium, a table's cell
    for read in lossy_readers(text):
        restored = lattice.restore(text, read)
        if restored is None or hops.brings_bad(text, restored.text):
            continue
        if _hopeless(restored, read):
            continue
        asked = price("utf-8", read) + _BROKEN * restored.broken
        asked += sum(_LOSS + _LOST_MORE * (len(loss.lost) - 1) for loss in restored.losses)
        found.append(Found(restored.text, (hop("utf-8", read),), asked, restored))
    return found
