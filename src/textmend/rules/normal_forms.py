"""What the rules about Unicode's normal forms share: the changes that a form asks for, in linear time.

Putting marks in order takes the square of their number in a row, so longer rows are left as they
are. Text is normalised in pieces that begin where nothing can join what stands before.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from textmend.rules.base import Edit

TYPE_CHECKING = False  # a type checker takes it for true; importing typing costs milliseconds
if TYPE_CHECKING:
    from typing import Literal

    Form = Literal["NFC", "NFD", "NFKC"]

# Marks in a row that are put in order. Unicode allows thirty in its stream-safe text; nobody writes more.
LONGEST_ROW = 30
_LAST_MARK = 0x1E950  # no mark that has an order stands behind it
_WINDOW = 1000  # characters that are compared with the form at once; a row of marks costs their square
_PIECE = 400  # characters after which a piece may end where two characters do not combine

# One character of ASCII begins a piece: it never joins what stands before.
_PIECES = re.compile(f"[\\x00-\\x7f]?[^\\x00-\\x7f]{{1,{_PIECE}}}")


@functools.lru_cache(maxsize=4096)
def _parted(form: Form, left: str, right: str) -> bool:
    """Return whether two neighbours keep out of each other's way in a form."""
    if unicodedata.combining(right):
        return False
    joined = unicodedata.normalize(form, left + right)
    return joined == unicodedata.normalize(form, left) + unicodedata.normalize(form, right)


def _clusters(form: Form, text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a stretch into the shortest pieces that can be normalised alone."""
    inside = range(start + 1, end)
    cuts = [at for at in inside if text[at] < "\u0300" or _parted(form, text[at - 1], text[at])]
    return list(pairwise([start, *cuts, end]))


def normalising(form: Form, text: str, why: str) -> list[Edit]:
    r"""Return the edits that bring a text into a normal form.

    form: "NFC", "NFD" or "NFKC". Clusters with more than LONGEST_ROW marks are left alone.

    >>> normalising("NFC", "cafe\u0301", "parts of one character")[0].after
    'é'
    """
    found: list[Edit] = []
    for first, last in _unsettled(form, text):
        found += _region(form, text, first, last, why)
    return [edit for edit in found if edit.after != edit.before]


def _unsettled(form: Form, text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text that are not in a form, ending where neighbours do not join."""
    size = len(text)
    done = 0
    for start in range(0, size, _WINDOW):
        end = min(start + _WINDOW, size)
        inside = unicodedata.is_normalized(form, text[start:end])
        if end <= done or (inside and (end == size or _parted(form, text[end - 1], text[end]))):
            continue
        first = max(start, done)
        while first > done and not _parted(form, text[first - 1], text[first]):
            first -= 1
        done = end
        while done < size and not _parted(form, text[done - 1], text[done]):
            done += 1
        yield first, done


def _region(form: Form, text: str, at: int, size: int, why: str) -> list[Edit]:
    """Return the edits for a stretch of a text that can be normalised alone."""
    found: list[Edit] = []
    while at < size:
        match = _PIECES.search(text, at, size)
        if match is None:
            break
        start, end = match.span()
        while end < size and text[end] > "\x7f" and not _parted(form, text[end - 1], text[end]):
            end += 1
        at = end
        for first, last in _changed(form, text, start, end):
            before = text[first:last]
            found.append(Edit(first, before, unicodedata.normalize(form, before), why))
    return found


def _changed(form: Form, text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the clusters of a piece that may change, none when the piece is in the form already."""
    piece = text[start:end]
    short = end - start <= LONGEST_ROW + 1 or not _rows().search(piece)
    if short and unicodedata.is_normalized(form, piece):
        return []
    return [(first, last) for first, last in _clusters(form, text, start, end) if last - first <= LONGEST_ROW + 1]


@functools.cache
def _rows() -> re.Pattern[str]:
    """Return the pattern of rows of marks that are too long to be put in order."""
    marks = [chr(code) for code in range(0x300, _LAST_MARK) if unicodedata.combining(chr(code))]
    return re.compile(f"[{''.join(marks)}]{{{LONGEST_ROW + 1},}}+")


def normalised(form: str, text: str) -> str:
    r"""Return a text in a normal form, in linear time: rows of more than LONGEST_ROW marks stay.

    form: "NFC", "NFD", "NFKC" or "NFKD".

    >>> normalised("NFC", "cafe\u0301")
    'café'
    """
    if form not in {"NFC", "NFD", "NFKC", "NFKD"}:
        raise ValueError(f"invalid normalization form: {form!r}")
    if text.isascii():
        return text
    pieces: list[str] = []
    done = 0
    for row in _rows().finditer(text):
        # the mark's letter stays with its marks
        pieces += [unicodedata.normalize(form, text[done : max(done, row.start() - 1)])]  # type: ignore[arg-type]
        pieces += [text[max(done, row.start() - 1) : row.end()]]
        done = row.end()
    pieces.append(unicodedata.normalize(form, text[done:]))  # type: ignore[arg-type]
    return "".join(pieces)
