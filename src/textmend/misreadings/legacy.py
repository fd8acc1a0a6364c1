"""Candidates whose original was in a legacy encoding: nothing verifies them but the model.

Every single-byte writer is ranked at once by the bytes that a reader's signs
stand for; the best are undone and left to the evidence.  Multi-byte writers
mostly cannot decode the bytes at all.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from textmend import encodings
from textmend.misreadings import contractions, hops, vanishing
from textmend.misreadings.found import Found, hop, price, readers_of, shared_mask
from textmend.misreadings.ranking import ranking
from textmend.plausibility.model import UNITS

#: Candidates of one text that are judged by the whole model.
_LEAVES: Final = 48
#: Bits by which the letters of a candidate, taken alone, may be dearer than those that stand there, and
#: by which each may: a language's own letters are dearer than those that many have (``ų`` and ``ø``).
_DEARER: Final = 12 * UNITS
_EACH_DEARER: Final = 3 * UNITS
#: What an East Asian reader asks beside where it would have shown no East Asian sign.
_NO_EAST: Final = 10.0
_EAST: Final = re.compile("[\u1100-\u11ff\u3000-\u9fff\uac00-\ud7a3\ue000-\ufaff\uff00-\uffef]")
#: Single-byte writers named where one is asked for.
_LIKELIEST: Final = 2

_SINGLE: Final = "single"
#: What stands in no text whose every sign is two bytes of another.
_NARROW: Final = re.compile("[!-~]")
#: NULs between the signs: UTF-16 read one byte at a time.
_NULS: Final = re.compile("(?:[^\x00]\x00){3}|(?:\x00[^\x00]){3}")
#: One control in most of every second place: the same of a script whose signs share their first byte.
_CONTROLS: Final = frozenset(map(chr, (*range(1, 9), 0x0B, 0x0C, *range(0x0E, 0x20))))
_MANY: Final = 6


@cache
def multi_writers() -> tuple[str, ...]:
    """Return the encodings of several bytes a character that texts are written in.

    >>> "gbk" in multi_writers()
    True
    """
    return tuple(n for n in encodings.WRITERS if encodings.get(n).width == "multi")


def single_writers(data: bytes) -> list[str]:
    """Return the single-byte encodings that make the likeliest letters of some bytes, best first.

    >>> single_writers("Привет".encode("cp1251"))[0]
    'cp1251'
    """
    return [written for _, written in ranking().best(data)[:_LIKELIEST]]


def legacy(text: str) -> list[Found]:  # noqa: C901, PLR0912 -- readers by writers, each with its way out
    """Return the likeliest readings of a text whose original was in a legacy encoding.

    >>> any(found.text == "Привет" for found in legacy("Ïðèâåò"))
    True
    """
    mask = shared_mask(hops.RUN.findall(text))
    if not mask:
        return wide(text)
    bad = set(hops.BAD.findall(text))
    bare = is_bare(text)
    ranked: list[tuple[float, str, str, bytes]] = []
    candidates: dict[str, Found] = {}

    def add(decoded: str | None, written: str, read: str) -> None:
        if decoded is None or decoded == text or not bad.issuperset(hops.BAD.findall(decoded)):
            return
        known = candidates.get(decoded)
        whole = price(written, read) + asked(read, bare=bare)
        if known is None or whole < known.price:
            candidates[decoded] = Found(decoded, (hop(written, read),), whole)

    most = dearest(text)
    for data, readers in views(text, mask).items():
        # where the bytes are paired throughout, letters are gone, unless words come out
        gone = not hops.reader(readers[0]).single and vanishing.paired(data)
        for cost, written in ranking().best(data):
            if cost > most:
                break
            if gone and not vanishing.worded(encodings.read(data, written) or ""):
                continue
            read = next((name for name in readers if name != written), None)
            if read is not None:
                ranked.append((price(written, read) * UNITS + cost, written, read, data))
        for written in multi_writers():
            read = next((name for name in readers if name != written), None)
            if read is not None:
                add(encodings.read(data, written), written, read)
    for found in wide(text):
        candidates.setdefault(found.text, found)
    ranked.sort()
    for _, written, read, data in ranked[:_LEAVES]:
        if bad or encodings.get(read).width != _SINGLE:
            add(encodings.read(data, written), written, read)
        else:
            add(hops.undo_legacy(text, written, read), written, read)
    shown = readers_of(mask)
    for written, read in filter(lambda pair: pair[1] in shown, contractions.misreadings(text)):
        add(hops.undo_legacy(text, written, read), written, read)
    return list(candidates.values())


def dearest(text: str) -> int:
    """Return what the letters of an original may cost, in units, to be judged by the whole model.

    >>> dearest("Ïðèâåò") > ranking().here("Ïðèâåò")
    True
    """
    return ranking().here(text) + _DEARER + _EACH_DEARER * sum(map(len, hops.RUN.findall(text)))


def is_bare(text: str) -> bool:
    """Tell whether a text holds no East Asian sign.

    >>> is_bare("été"), is_bare("鈥")
    (True, False)
    """
    return _EAST.search(text) is None


def asked(read: str, *, bare: bool) -> float:
    """Return what a reader asks beside its price. bare: whether there is no East Asian sign.

    >>> asked("gbk", bare=True) > asked("gbk", bare=False) == asked("cp1252", bare=True)
    True
    """
    return _NO_EAST if bare and encodings.get(read).width != _SINGLE else 0.0


def views(text: str, mask: int) -> dict[bytes, list[str]]:
    r"""Return the bytes that a text may have been, each with the readers that show them so, the commonest first.

    mask: the readers.

    >>> views("é", shared_mask(["é"]))[b"\x82"][0]
    'cp437'
    """
    found: dict[bytes, list[str]] = {}
    for read in readers_of(mask):
        if (read == hops.MARKING and hops.MARK in text) or hops.REPLACED in text:
            continue  # bytes were lost
        if encodings.get(read).width == _SINGLE:
            data = encodings.bytes_of(text, read)
            known: tuple[bytes, ...] = () if data is None else (data,)
        else:
            known = encodings.bytes_variants(text, read)
        for data in known:
            found.setdefault(data, []).append(read)
    return found


def wide(text: str) -> list[Found]:
    """Return the readings of a text whose bytes were taken for UTF-16, or in the wrong order.

    >>> wide("敨汬")[0].text
    'hell'
    """
    found = []
    if _NULS.search(text) or _is_paired(text):
        data = encodings.bytes_of(text, "cp1252") or encodings.bytes_of(text, "iso-8859-1")
        for written in ("utf-16-le", "utf-16-be"):
            decoded = encodings.read(data, written) if data else None
            if decoded is not None and not hops.brings_bad(text, decoded):
                found.append(Found(decoded, (hop(written, "cp1252"),), price(written, "cp1252")))
        return found
    if _NARROW.search(text):
        return []
    for read in ("utf-16-le", "utf-16-be"):
        data = encodings.bytes_of(text, read)
        if data is None:
            continue
        for written in ("utf-8", "utf-16-be" if read == "utf-16-le" else "utf-16-le"):
            decoded = encodings.read(data, written)
            if decoded is not None and not hops.brings_bad(text, decoded):
                found.append(Found(decoded, (hop(written, read),), price(written, read)))
    return found


def _is_paired(text: str) -> bool:
    """Tell whether one control stands in most of every second place."""
    if _CONTROLS.isdisjoint(text):
        return False
    for parity in (text[::2], text[1::2]):
        most = max(map(parity.count, _CONTROLS.intersection(parity)), default=0)
        if most >= _MANY and 2 * most > len(parity):
            return True
    return False
