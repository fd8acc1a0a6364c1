"""Garble a text on purpose: write it in one encoding, read it in another, with or without losses.

Proofs of repairs and benchmarks use it.
"""

from __future__ import annotations

import codecs
import threading
from dataclasses import dataclass
from functools import cache

from textmend.encodings.coding import read, write
from textmend.encodings.losses import REPLACEMENT, LossModel, LossStyle, loss_model
from textmend.encodings.registry import get

ERRORS = ("strict", "drop", "replace", "swallow", "question")


@dataclass(frozen=True, slots=True)
class LostBytes:
    r"""Bytes that a lossy reading did not keep.

    Attributes:
        start: Where they were in the data.
        end: The end of them in the data.
        at: Where in the text their mark stands, or would stand.
        mark: What shows in their place; "" if they were dropped.

    >>> read_lossy(b"\xe2\x80\x9d\n", "gbk", "drop")[1]
    (LostBytes(start=2, end=3, at=1, mark=''),)
    """

    start: int
    end: int
    at: int
    mark: str


def _style(model: LossModel, errors: str) -> tuple[LossStyle, str]:
    """Return the habit that `errors` names and the mark that it leaves."""
    kind = {"question": "replace"}.get(errors, errors)
    fitting = [style for style in model.styles if style.kind == kind]
    style = fitting[0] if fitting else model.styles[0]
    if errors == "drop":
        return style, ""
    if errors == "swallow":
        return style, style.marks[0] if style.marks else "?"
    return style, "?" if errors == "question" else REPLACEMENT


_Failure = tuple[int, int, str]  # start, end, what shows


class _Seen(threading.local):
    """The failures of the reading under way in this thread."""

    failures: list[_Failure]


_SEEN = _Seen()


@cache
def _handler(name: str, errors: str, *, sloppy: bool) -> str:
    """Register the error handler of a way to lose bytes; returns its name for the codecs."""
    model = loss_model(name)
    style, mark = _style(model, errors)
    known = {} if model.single or not sloppy else model.additions
    sizes = sorted({len(extra) for extra in known}, reverse=True)
    afresh = style.decoder == "cpython"

    def handle(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        data, start = error.object, error.start
        for size in sizes:
            piece = data[start : start + size]
            if piece in known:
                _SEEN.failures.append((start, start + len(piece), known[piece]))
                return known[piece], start + len(piece)
        end = error.end if afresh else start + model.cost(data, start, style)
        _SEEN.failures.append((start, end, mark))
        return mark, end

    label = f"textmend-{name}-{errors}-{'sloppy' if sloppy else 'strict'}"
    codecs.register_error(label, handle)
    return label


def _decode(data: bytes, name: str, errors: str, *, sloppy: bool) -> tuple[str, list[_Failure]]:
    """Return what a lossy decoder shows, and what failed."""
    _SEEN.failures = []
    label = _handler(name, errors, sloppy=sloppy)
    text = data.decode(loss_model(name).codec, label)
    return text, _SEEN.failures


def read_lossy(
    data: bytes, name: str, errors: str = "drop", *, sloppy: bool | None = None
) -> tuple[str, tuple[LostBytes, ...]]:
    r"""Return what a lossy decoder of `name` shows, and what it lost.

    Args:
        data: The bytes.
        name: The encoding that they are read in.
        errors: "drop" (CPython's errors="ignore"), "replace" (its "replace": U+FFFD), "question"
            (the same with a question mark), "swallow" (Windows: the default character for the
            lead byte and the next one).
        sloppy: Whether vendors' additions are shown (0x80 as € in gbk) or fail; unless told, they
            fail but for "swallow", as in CPython and in Windows. In an encoding of one byte a
            character they always fail: they are what is lost there.

    >>> read_lossy(b'\xe2\x80\x9d"', "gbk", "swallow")
    ('鈥?', (LostBytes(start=2, end=4, at=1, mark='?'),))
    """
    canonical = get(name).name
    if sloppy is None:
        sloppy = errors == "swallow"
    text, failures = _decode(data, canonical, errors, sloppy=sloppy)
    # the pieces between failures, decoded again, say where in the text each failure stands
    pieces = codecs.getincrementaldecoder(loss_model(canonical).codec)()
    additions = loss_model(canonical).additions
    lost: list[LostBytes] = []
    at = last = 0
    for start, end, shown in failures:
        at += len(pieces.decode(data[last:start]))
        if not (sloppy and additions.get(data[start:end]) == shown):
            lost.append(LostBytes(start, end, at, shown))
        at += len(shown)
        last = end
    return text, tuple(lost)


def garble(
    text: str, written_as: str, read_as: str, errors: str = "strict", *, sloppy: bool | None = None
) -> str | None:
    r"""Return `text` as it looks when written in one encoding and read in another.

    Args:
        text: The text.
        written_as: The encoding that it is written in.
        read_as: The encoding that it is read in.
        errors: What becomes of bytes that the reader cannot decode: "strict" (then the result is
            None) or one of those of `read_lossy`.
        sloppy: As for `read_lossy`.

    Returns:
        The garbled text, or None if it cannot be written, or cannot be read under "strict".

    Raises:
        ValueError: `errors` is none of `ERRORS`.

    >>> garble("Russia’s", "utf-8", "gbk")
    'Russia鈥檚'
    >>> garble("“So”\n", "utf-8", "gbk", "drop")
    '鈥淪o鈥\n'
    """
    if errors not in ERRORS:
        raise ValueError(f"unknown errors {errors!r}: one of {', '.join(ERRORS)}")
    data = write(text, written_as)
    if data is None:
        return None
    if errors == "strict":
        return read(data, read_as)
    if sloppy is None:
        sloppy = errors == "swallow"
    return _decode(data, get(read_as).name, errors, sloppy=sloppy)[0]
