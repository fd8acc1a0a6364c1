"""What the rules about bidirectional controls share: which of them are unbalanced.

Embeddings, overrides and isolates hold until they are closed or the line ends. What is left open at
the end of a line, or closes nothing, is unbalanced: it may make a text look like another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

EMBEDDINGS = "\u202a\u202b"
OVERRIDES = "\u202d\u202e"
POP = "\u202c"
ISOLATES = "\u2066\u2067\u2068"
POP_ISOLATE = "\u2069"
CONTROLS = EMBEDDINGS + OVERRIDES + POP + ISOLATES + POP_ISOLATE
MARKS = "\u200e\u200f\u061c"  # invisible letters of a direction; they open nothing

_LINE = re.compile(r"[^\n\r\u2028\u2029\x85]+")
_CONTROL = re.compile(f"[{CONTROLS}]")


def held(text: str, wanted: str = CONTROLS) -> bool:
    r"""Return whether a text holds one of the controls.

    >>> held("a\u202eb"), held("ab")
    (True, False)
    """
    return not text.isascii() and any(char in text for char in wanted)


def lines(text: str) -> Iterator[tuple[int, str]]:
    r"""Yield the lines that hold bidirectional controls or marks, with their offsets.

    >>> list(lines("a\nb\u202e"))
    [(2, 'b\u202e')]
    """
    for match in _LINE.finditer(text):
        if held(match.group(), CONTROLS + MARKS):
            yield match.start(), match.group()


def unbalanced(line: str) -> list[int]:
    r"""Return the offsets of the controls in a line that open what is not closed, or close nothing.

    >>> unbalanced("\u2067a\u2069 \u202eb \u202c\u202c")
    [8]
    """
    wrong: list[int] = []
    opened: list[int] = []
    isolates = 0
    for match in _CONTROL.finditer(line):
        at, char = match.start(), match.group()
        if char == POP_ISOLATE:
            if not isolates:
                wrong.append(at)
                continue
            while line[opened[-1]] not in ISOLATES:
                opened.pop()  # the end of an isolate closes what was opened inside
            opened.pop()
            isolates -= 1
        elif char == POP:
            if opened and line[opened[-1]] not in ISOLATES:
                opened.pop()
            else:
                wrong.append(at)
        else:
            opened.append(at)
            isolates += char in ISOLATES
    return sorted(wrong + opened)
