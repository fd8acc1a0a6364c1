"""What is judged apart: the lines of a document, and pieces of very long ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from textmend.misreadings import hops, transports

_LINES: Final = re.compile("[^\n\r]+")
#: Signs of a line beyond which it is cut, at a space (also in _scanner.c).
LONGEST: Final = 1200
#: Signs without a space that stay together all the same, unless they are East Asian: a cut may part the bytes of a
#: character, and misread again and again a sentence of Chinese has thousands of signs.
UNBROKEN: Final = 20 * LONGEST
_EAST: Final = "\u2e80"
_CUT: Final = re.compile(
    f"[^\n\r]{{1,{LONGEST}}}(?= )|[^\n\r]{{1,{LONGEST}}}[^\n\r {_EAST}-\U0010ffff]{{0,{UNBROKEN - LONGEST}}}"
)


def lines(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, str]]:
    r"""Yield (start, line) of the lines of a text, pieces of very long ones.

    >>> list(lines("one\r\ntwo"))
    [(0, 'one'), (5, 'two')]
    """
    for match in _LINES.finditer(text, start, len(text) if end is None else end):
        line = match.group()
        if len(line) <= LONGEST:
            yield match.start(), line
        else:
            for part in _CUT.finditer(line):
                yield match.start() + part.start(), part.group()


def parts(text: str) -> Iterator[tuple[int, int, bool]]:
    r"""Yield (start, end, joined) of the parts of a text: lines, or what quoted-printable broke, which is one line.

    >>> list(parts("one\ntwo"))
    [(0, 7, False)]
    """
    done = 0
    for start, end in transports.joined_lines(text):
        yield done, start, False
        yield start, end, True
        done = end
    yield done, len(text), False


def stretches(text: str) -> Iterator[tuple[int, str]]:
    r"""Yield (start, stretch) of what is judged apart: lines, but what quoted-printable broke is one.

    >>> list(stretches("it=E2=80=99s a li=\nne"))[0][1].count("\n")
    1
    """
    for start, end, joined in parts(text):
        if joined:
            yield start, text[start:end]
        else:
            yield from lines(text, start, end)


def with_utf8(text: str, read: str) -> Iterator[tuple[int, str]]:
    r"""Yield (start, stretch) of what is judged apart and may hold UTF-8 as a reader shows it.

    >>> list(with_utf8("été\ncafÃ©", "cp1252"))
    [(4, 'cafÃ©')]
    """
    compiled = hops.reader(read).lines
    for start, end, joined in parts(text):
        if not joined and compiled is not None:
            yield from compiled(text, start, end, LONGEST, UNBROKEN)
            continue
        for at, part in [(start, text[start:end])] if joined else lines(text, start, end):
            if not part.isascii() and hops.reader(read).may_be_utf8(part):
                yield at, part
