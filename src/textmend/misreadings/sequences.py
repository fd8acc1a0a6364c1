"""UTF-8 that lost bytes, as it is seen: how much of a text's bytes it is, and in which readers."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from textmend import encodings
from textmend.misreadings import hops
from textmend.misreadings.found import may_begin_mask, readers_of, shared_mask

#: Share of the bytes that must make UTF-8 before losses are considered.
_KEPT: Final = 0.45
#: The same for texts of more bytes than a few.
_KEPT_LONG: Final = 0.5
_FEW: Final = 12
#: Readers for which losses are tried.
READERS: Final = 2
#: The same where marks stand for what was lost: which bytes a mark may stand for tells readers apart.
_READERS_MARKED: Final = 4
#: What can show nearly every sign loses nothing.
WIDE: Final = frozenset(("gb18030", "cesu-8"))
#: What may stand for lost bytes.
MARKS: Final = ("\ufffd", "?", hops.MARK)
#: UTF-8 sequences, whole or cut short after two bytes.
_BEGUN: Final = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|(?:\xe0[\xa0-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]|\xed[\x80-\x9f])[\x80-\xbf]?"
    rb"|(?:\xf0[\x90-\xbf]|[\xf1-\xf3][\x80-\xbf]|\xf4[\x80-\x8f])[\x80-\xbf]{0,2}"
)
#: The same with any of the later bytes lost: so many bytes are no chance if so many of them are later ones.
_SHAPE: Final = re.compile(rb"(?:[\xc2-\xdf][\x80-\xbf]?|[\xe0-\xef][\x80-\xbf]{0,2}|[\xf0-\xf4][\x80-\xbf]{0,3})+")
_TAIL: Final = re.compile(rb"[\x80-\xbf]")
#: What is left of a quote or a dash whose first two bytes a reader drops.
_QUOTE: Final = re.compile(rb"[\x93\x94\x98\x99\x9c\x9d\xa6](?=[\x00-\x7f])")
_SHAPED: Final = 8
_TAILS: Final = 0.3
#: The bytes of East Asian characters in UTF-8, with their first ones; so many of no other kind are no chance either.
_EASTERN: Final = re.compile(rb"[\x00-\xbf\xe2-\xed\xef]+")
_EASTERN_SHAPED: Final = 14
_LEAD: Final = re.compile(rb"[\xe2-\xed\xef]")
_LEADS: Final = 0.1
#: Where a reader drops the first bytes, nearly all that is left are later ones.
_TAILS_ALONE: Final = 0.8
_LEADS_OF_TWO: Final = frozenset(bytes((byte,)) for byte in range(0xC2, 0xE0))
#: A capital within a word is seldom one.
_WITHIN: Final = re.compile(r"(?<=[A-Za-z])[^\x00-\x7f\W\d_](?=[A-Za-z])")
#: Share of the bytes that make UTF-8 beyond which no legacy original is believed.
_MOSTLY: Final = 0.7
_HIGH: Final = re.compile(rb"[\x80-\xff]")


def begun(data: bytes) -> int:
    r"""Return how many bytes belong to UTF-8 sequences, whole ones or cut short after two bytes.

    >>> begun(b"\xe2\x80 \xe9\xa0\x80 \xff")
    5
    """
    return sum(map(len, _BEGUN.findall(data)))


def lossy_readers(text: str, least: float = 0.0) -> list[str]:
    """Return the readers that may have lost bytes of a text written in UTF-8, likeliest first.

    Most of the bytes must make UTF-8, and some must not.

    least: the share of the bytes that must.

    >>> lossy_readers("partners.鈥")[0]
    'gbk'
    """
    matches = hops.RUN.finditer(text)
    found = [
        (match[0], text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]) for match in matches
    ]
    if not found:
        return []
    runs = [run for run, _, _ in found]
    marked = any(mark in text for mark in MARKS)
    replaced = hops.REPLACED in text
    ranked: list[tuple[float, str]] = []
    ended = hops.BLANKS | {hops.REPLACED}
    spaced = [f"{run}\xa0" if following in ended else run for run, _, following in found]
    spaced += [f"{match[0]}\xa0" for match in _WITHIN.finditer(text) if match[0].isupper()]
    for read in readers_of(may_begin_mask(runs, spaced)):
        if read in WIDE or (replaced and _reads_all(read)):
            continue
        total = kept = 0
        whole = True
        every = b""
        for run, before, following in found:
            there = encodings.bytes_of(run, read)
            if there is None:
                total += 2 * len(run)
                whole = False
                continue
            data = hops.with_blank(there, read, following)
            high = len(_HIGH.findall(data))
            good = begun(data) + (_QUOTE.match(data) is not None) + _lacks_rest(data, before, following)
            total += high
            kept += good
            whole = whole and good == high and _valid(there)
            every += data
        if not kept or (whole and not marked):
            continue
        share = kept / total
        enough = _KEPT if total <= _FEW else _KEPT_LONG
        if share >= least and (share >= enough or (len(every) >= _EASTERN_SHAPED and _is_eastern(every))):
            ranked.append((share - 0.02 * encodings.get(read).reader_cost, read))
    ranked.sort(reverse=True)
    return [read for _, read in ranked[: _READERS_MARKED if replaced else READERS]]


@cache
def _reads_all(read: str) -> bool:
    """Tell whether there is no byte for which a reader shows a mark."""
    return encodings.get(read).width == "single" and not encodings.loss_model(read).dead


def _lacks_rest(data: bytes, before: str, following: str) -> bool:
    """Tell whether the bytes of a run end with the first of two, the second of which left nothing or a mark.

    before, following: the signs beside the run.
    """
    if data[-1:] not in _LEADS_OF_TWO or begun(data) < len(data) - 1:
        return False
    return following == hops.REPLACED or (following.isascii() and (len(data) > 1 or before.isalpha()))


def _is_eastern(data: bytes) -> bool:
    """Tell whether bytes are all such as East Asian characters have in UTF-8, in their shares."""
    if not _tailed(data) or _EASTERN.fullmatch(data) is None:
        return False
    return len(_LEAD.findall(data)) > _LEADS * len(data) or len(_TAIL.findall(data)) > _TAILS_ALONE * len(data)


def doubted(text: str) -> set[str]:
    """Return the readers in which a text is UTF-8 that lost bytes, so that no legacy original is believed.

    >>> "iso-8859-1" in doubted("ãµã¼ãã¼ããã®å¿ç­"), doubted("ÏÐÈÂÅÒ")
    (True, set())
    """
    runs = hops.RUN.findall(text)
    found = set(lossy_readers(text, _MOSTLY))
    for read in readers_of(shared_mask(runs)):
        data = b"".join(encodings.bytes_of(run, read) or b"\xff" for run in runs)
        eastern = _is_eastern(data)
        if encodings.get(read).width == "single":
            if shaped(data):
                if eastern:  # no legacy encoding has only such bytes, whoever read them
                    return set(encodings.READERS)
                found.add(read)
        elif eastern and len(data) >= _EASTERN_SHAPED:
            found.add(read)
    return found


def _tailed(data: bytes) -> bool:
    return len(data) >= _SHAPED and len(_TAIL.findall(data)) > _TAILS * len(data)


def shaped(data: bytes) -> bool:
    r"""Tell whether bytes beyond ASCII are all those of UTF-8, though some of its later bytes may be lost.

    >>> shaped("être à l’été".encode()), shaped(b"\xe3\x81\xe3\x82\xe3\xe3\x83\x88\xe3")
    (False, True)
    """
    return _tailed(data) and _SHAPE.fullmatch(data) is not None


def mostly_begun(data: bytes) -> bool:
    r"""Tell whether so many bytes beyond ASCII begin UTF-8 that no legacy original is believed.

    >>> mostly_begun(b"\xe2\x80\x99\xe9"), mostly_begun("Привет".encode("cp1251"))
    (True, False)
    """
    return begun(data) > _MOSTLY * len(data)


def _valid(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
