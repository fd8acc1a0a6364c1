"""Text that was garbled before it was written in a legacy encoding.

Read right, such bytes look worse than read wrong. What gives them away: in one encoding, and only
there, what they show can be undone to UTF-8, word after word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from textmend import encodings
from textmend.decoding.ranking import BAD, multis, singles
from textmend.decoding.weighing import SEQUENCE, Scale, but_the_end
from textmend.plausibility.model import UNITS

# Bits for a byte above which a reading is bad enough to look for text that was garbled before.
BAD_READING = 4.8
# Words that are tried, and how many of them must be UTF-8 when undone.
TRIED = 8
_SHARE = 0.7
_COMMON_READERS = 14
# Ã and its kin of Mac Roman and the DOS encodings as UTF-8: combining marks, letters that hardly any language has.
_ODD_LEADS = (b"\xc7", b"\xc9", b"\xcc", b"\xcd")
_ODD = re.compile(rb"[\xc7\xc9\xcc\xcd][\x80-\xbf]")
_LONELY = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
_SIGNS = re.compile("[^\0-\x7f]{1,2}")
_FIRST_BYTES = frozenset(range(0xC2, 0xF5))
_NEXT_BYTES = frozenset((b"", *(bytes((value,)) for value in range(0x80, 0xC0))))
_CUT = 40  # bytes of a word that may end in half a character
_ODD_SHARE = 2  # one in so many characters
# Bits that two damages cost beside what the registry asks for the reader.
_PRIOR = 5.0


@cache
def _readers() -> tuple[str, ...]:
    """Return the readers that garble most UTF-8."""
    return tuple(name for name in encodings.READERS if encodings.get(name).family != "unicode")[:_COMMON_READERS]


@lru_cache(maxsize=1 << 14)
def _begins(signs: str, reader: str) -> bool:
    """Whether a reader may have shown the beginning of a character of UTF-8 as these signs."""
    data = encodings.bytes_of(signs, reader)
    return data is not None and data[0] in _FIRST_BYTES and data[1:2] in _NEXT_BYTES


def undone(text: str, reader: str) -> str | None:
    """Return a text with `utf-8>reader` undone, None if that is not how it was garbled.

    >>> undone("Ã©", "cp1252"), undone("é", "cp1252")
    ('é', None)
    """
    data = encodings.bytes_of(text, reader)
    if data is None or data.isascii():
        return None
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        if error.end < len(data) or len(data) < _CUT:
            return None
        return data[: error.start].decode()  # a long word is cut anywhere


def _mended(
    tokens: Sequence[bytes], shown: Sequence[str | None], reader: str, most: int
) -> tuple[list[str], list[bytes]]:
    """Return the words that a reader's misreading can be undone in, and the others; stop at too many of those."""
    good: list[str] = []
    lost: list[bytes] = []
    for token, text in zip(tokens, shown, strict=True):
        back = None
        if text is not None:
            signs = _SIGNS.search(text)
            if signs and _begins(signs[0], reader):
                back = undone(text, reader)
        if back is None or BAD.search(back):
            lost.append(token)
            if len(lost) > most:
                break
        else:
            good.append(back)
    return good, lost


def suspicious(data: bytes) -> bool:
    r"""Whether valid UTF-8 may be garbled text in Mac Roman or a DOS encoding, whose letters make UTF-8 again.

    >>> suspicious("Les Ã©lÃ¨ves".encode("mac-roman")), suspicious("Les élèves".encode())
    (True, False)
    """
    if not any(lead in data for lead in _ODD_LEADS):
        return False  # most text has none of them, which is quickly seen
    odd = len(_ODD.findall(data))
    return odd > 0 and odd * _ODD_SHARE >= len(SEQUENCE.findall(data))


def find(tokens: Sequence[bytes], scale: Scale, best: int) -> tuple[str, str] | None:
    """Return the encoding of bytes that hold garbled text, and what garbled it; None if they do not.

    tokens: words that are not ASCII. best: what the best plain reading of them costs, in units.

    >>> find(["Ã©tÃ©".encode("mac-roman")], Scale(), 10**6)
    ('mac-roman', 'utf-8>cp1252')
    """
    tried = list(tokens[:TRIED])
    if not tried:
        return None
    needed = max(1, round(len(tried) * _SHARE))
    found: list[tuple[int, str, str]] = []
    seen: set[tuple[str | None, ...]] = set()
    # garbled UTF-8 never stands alone: each of its characters was two or more
    lonely = sum(_LONELY.search(token) is not None for token in tried)
    names = multis() if lonely > len(tried) - needed else (*singles(), *multis())
    for name in names:
        shown = [encodings.read(token, name) or but_the_end(token, name) for token in tried]
        if sum(text is not None for text in shown) < needed or tuple(shown) in seen:
            continue
        seen.add(tuple(shown))
        for reader in _readers():
            if reader == name:
                continue
            good, lost = _mended(tried, shown, reader, len(tried) - needed)
            if len(good) < needed:
                continue
            cost = sum(scale.text(text) for text in good) + sum(scale.token(token, name) for token in lost)
            asked = encodings.get(name).writer_cost + encodings.get(reader).reader_cost + _PRIOR
            found.append((scale.settle(cost) + int(asked * UNITS), name, reader))
    if not found:
        return None
    cost, name, reader = min(found)
    return (name, f"utf-8>{reader}") if cost < best else None
