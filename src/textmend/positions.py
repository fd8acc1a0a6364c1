"""Where something stands: line and column, and the place in the text before it was changed."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import cache

from textmend import compiled
from textmend.results import Step

_LINE_END = re.compile(r"\r\n|\r|\n")


def count_line_ends(text: str) -> tuple[int, int]:
    r"""Do what `line_ends` does, in Python.

    >>> count_line_ends("a\r\nb\rc"), count_line_ends("a")
    ((2, 4), (0, -1))
    """
    ends = text.count("\n")
    if "\r" in text:
        ends += text.count("\r") - text.count("\r\n")
    return ends, max(text.rfind("\n"), text.rfind("\r"))


def line_ends(text: str) -> tuple[int, int]:
    r"""Return how many lines end in a text, and where the last one does, -1 where none does.

    In C where the kernel is.

    >>> line_ends("a\r\nb\n")
    (2, 4)
    """
    return _counted()(text)


@cache
def _counted() -> Callable[[str], tuple[int, int]]:
    kernel = compiled.kernel()
    if kernel is None:
        return count_line_ends
    counted: Callable[[str], tuple[int, int]] = kernel.line_ends
    return counted


class Lines:
    r"""The line and column of every offset into a text, both from 1, in characters.

    A line ends with LF, CR or CRLF, which belongs to it.

    >>> Lines("a\r\nbc").at(4)
    (2, 2)
    """

    __slots__ = ("_starts",)

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def at(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


class Origins:
    """Leads offsets in a changed text back to the text as it was first given.

    Each stage of changes is added in order. An offset inside a changed span leads to the
    beginning of the span, or to its end when it is the end of something.

    >>> origins = Origins()
    >>> origins.add((Step("TM101", 0, 2, "鈥檚", "’s.", "an example"),))
    >>> origins.span(3, 4)
    (2, 4)
    >>> origins.span(5, 6)
    (4, 5)
    """

    __slots__ = ("_stages",)

    def __init__(self) -> None:
        # for each stage: where the changed spans start and end, after and before the change
        self._stages: list[tuple[list[int], list[int], list[int], list[int]]] = []

    def add(self, steps: tuple[Step, ...]) -> None:
        """Add the steps of the next stage, ascending and without overlap."""
        starts, ends, old_starts, old_ends = [], [], [], []
        shift = 0
        for step in steps:
            starts.append(step.start + shift)
            ends.append(step.start + shift + len(step.after))
            old_starts.append(step.start)
            old_ends.append(step.end)
            shift += len(step.after) - len(step.before)
        self._stages.append((starts, ends, old_starts, old_ends))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the first text that became start to end of the last."""
        for starts, ends, old_starts, old_ends in reversed(self._stages):
            index = bisect_right(starts, start) - 1
            if index >= 0:
                inside = start < ends[index]
                start = old_starts[index] if inside else start - ends[index] + old_ends[index]
            index = bisect_left(starts, end) - 1
            if index >= 0:
                inside = end < ends[index]
                end = old_ends[index] if inside else end - ends[index] + old_ends[index]
        return start, max(start, end)
