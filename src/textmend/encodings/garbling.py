"""Garble a text on purpose: write it in one encoding, read it in another, with or without losses.

Proofs of repairs and benchmarks use it.
"""

from __future__ import annotations

import codecs
import threading
from dataclasses import dataclass
from functools import cache

from textmend.encodings.coding import read, write
from textmend.encodings.losses import REPLACEMENT, STRIPPED, LossModel, LossStyle, loss_model
from textmend.encodings.registry import get

ERRORS = ("strict", "drop", "replace", "swallow", "question", "strip")

DECODERS = ("usual", "cpython", "whatwg", "windows", "any")

_NO_BREAK_SPACE = "\xa0"


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


def _habit(model: LossModel, errors: str, decoder: str) -> tuple[LossStyle, str]:
    """Return the habit that `errors` and `decoder` name and the mark that it leaves."""
    if errors == "swallow":
        fitting = [style for style in model.styles if style.kind == "swallow"]
        style = fitting[0] if fitting else model.styles[0]
        return style, style.marks[0] if style.marks else "?"
    wanted = "whatwg" if decoder == "whatwg" else "cpython"
    fitting = [style for style in model.styles if style.decoder == wanted]
    style = fitting[0] if fitting else model.styles[0]
    return style, {"drop": "", "question": "?"}.get(errors, REPLACEMENT)


_Failure = tuple[int, int, str]  # start, end, what shows


class _Seen(threading.local):
    """The failures of the reading under way in this thread."""

    failures: list[_Failure]


_SEEN = _Seen()


@cache
def _handler(name: str, errors: str, decoder: str) -> str:
    """Register the error handler of a way to lose bytes; returns its name for the codecs."""
    model = loss_model(name)
    style, mark = _habit(model, errors, decoder)
    known = model.additions(decoder)
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

    label = f"textmend-{name}-{errors}-{decoder}"
    codecs.register_error(label, handle)
    return label


def _decode(data: bytes, name: str, errors: str, decoder: str) -> tuple[str, list[_Failure]]:
    """Return what a lossy decoder shows, and what failed."""
    if errors not in ERRORS[1:-1]:
        raise ValueError(f"unknown errors {errors!r}: one of {', '.join(ERRORS[1:-1])}")
    if decoder not in DECODERS:
        raise ValueError(f"unknown decoder {decoder!r}: one of {', '.join(DECODERS)}")
    if decoder == "usual":
        decoder = "windows" if errors == "swallow" else "cpython"
    _SEEN.failures = []
    text = data.decode(loss_model(name).codec, _handler(name, errors, decoder))
    return text, _SEEN.failures


def read_lossy(
    data: bytes, name: str, errors: str = "drop", *, decoder: str = "usual"
) -> tuple[str, tuple[LostBytes, ...]]:
    r"""Return what a lossy decoder of `name` shows, and what it lost.

    Args:
        data: The bytes.
        name: The encoding that they are read in.
        errors: "drop" (as errors="ignore"), "replace" (U+FFFD shows), "question" (a question mark
            shows) or "swallow" (the default character of Windows for the lead byte and the next
            one).
        decoder: Whose additions are shown and whose habit counts the bytes that one failure
            costs: "cpython", "whatwg", "windows", or "any" (every addition known, CPython's
            habit). "usual" is Windows for "swallow", else CPython.

    >>> read_lossy(b'\xe2\x80\x9d"', "gbk", "swallow")
    ('鈥?', (LostBytes(start=2, end=4, at=1, mark='?'),))
    >>> read_lossy(b"\x80\x81", "cp1252", "replace")[0]
    '€\ufffd'
    """
    canonical = get(name).name
    text, failures = _decode(data, canonical, errors, decoder)
    # the pieces between failures, decoded again, say where in the text each failure stands
    pieces = codecs.getincrementaldecoder(loss_model(canonical).codec)()
    additions = loss_model(canonical).additions("any")
    lost: list[LostBytes] = []
    at = last = 0
    for start, end, shown in failures:
        at += len(pieces.decode(data[last:start]))
        if not shown or additions.get(data[start:end]) != shown:
            lost.append(LostBytes(start, end, at, shown))
        at += len(shown)
        last = end
    return text, tuple(lost)


def garble(  # noqa: PLR0913 - each is a fact of the channel; the last two are seldom given
    text: str,
    written_as: str,
    read_as: str,
    errors: str = "strict",
    *,
    decoder: str = "usual",
    stripped: bool = False,
) -> str | None:
    r"""Return `text` as it looks when written in one encoding and read in another.

    Args:
        text: The text.
        written_as: The encoding that it is written in.
        read_as: The encoding that it is read in.
        errors: What becomes of bytes that the reader cannot decode: "strict" (then the result is
            None) or one of those of `read_lossy`. "strip" is "strict" and `stripped`, and
            no-break spaces become spaces.
        decoder: As for `read_lossy`.
        stripped: Whether C1 controls, soft hyphens and private-use characters are gone
            afterwards, as editors and web forms do.

    Returns:
        The garbled text, or None if it cannot be written, or cannot be read under "strict".

    Raises:
        ValueError: `errors` or `decoder` is unknown.

    >>> garble("Russia’s", "utf-8", "gbk")
    'Russia鈥檚'
    >>> garble("“So”\n", "utf-8", "gbk", "drop")
    '鈥淪o鈥\n'
    >>> garble("“à”", "utf-8", "cp1252", "strip")
    'â€œÃ â€'
    >>> garble("股票記帳系統", "utf-8", "big5", "swallow", stripped=True)
    '?∠巨閮董蝟餌絞'
    """
    data = write(text, written_as)
    if data is None:
        return None
    if errors in ("strict", "strip"):
        shown = read(data, read_as)
    else:
        shown = _decode(data, get(read_as).name, errors, decoder)[0]
    if shown is None:
        return None
    if errors == "strip":
        shown = shown.replace(_NO_BREAK_SPACE, " ")
    return STRIPPED.sub("", shown) if stripped or errors == "strip" else shown
