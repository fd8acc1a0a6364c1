"""Which line of the old version became which line of the new one.

Lines that occur once on both sides are anchors; what lies between two of them is paired by its
unmistakable part, the ASCII of it, which garbling leaves as it is.

>>> align(["a", "Größe b", "c"], ["a", "Gr??e b", "c", "d"])
[0, 1, 2, None]
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

_UNSURE = re.compile(r"[^\x21-\x3e\x40-\x7e]+")  # all but ASCII signs; a question mark may be a lost one

_Gap = tuple[int, int, int, int]  # old lines from, to; new lines from, to


def align(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """Return for each new line the number of the old line that it was; None for one that is new.

    Equal lines are paired with equal ones; a changed line with the one that stood in its place.

    >>> align(["x", "y"], ["y"])
    [1]
    """
    partners: list[int | None] = [None] * len(new)
    _match(old, new, (0, len(old), 0, len(new)), partners)
    if None not in partners:
        return partners
    old_keys = [_UNSURE.sub("", line) for line in old]
    new_keys = [_UNSURE.sub("", line) for line in new]
    for gap in list(_gaps(partners, len(old))):
        _match(old_keys, new_keys, gap, partners)
    for first, last, start, end in list(_gaps(partners, len(old))):
        if last - first == end - start:
            partners[start:end] = range(first, last)
    return partners


def _match(old: Sequence[str], new: Sequence[str], gap: _Gap, partners: list[int | None]) -> None:
    """Pair equal lines of a gap: at both its ends, and around lines that occur once. Empty keys are no anchors."""
    waiting = [gap]
    while waiting:
        first, last, start, end = waiting.pop()
        while first < last and start < end and old[first] == new[start]:
            partners[start] = first
            first, start = first + 1, start + 1
        while first < last and start < end and old[last - 1] == new[end - 1]:
            last, end = last - 1, end - 1
            partners[end] = last
        anchors = _anchors(old, new, (first, last, start, end))
        if not anchors:
            continue
        for one, other in anchors:
            waiting.append((first, one, start, other))
            partners[other] = one
            first, start = one + 1, other + 1
        waiting.append((first, last, start, end))


def _anchors(old: Sequence[str], new: Sequence[str], gap: _Gap) -> list[tuple[int, int]]:
    """Return the most pairs of lines that occur once on both sides and keep their order."""
    first, last, start, end = gap
    if first >= last or start >= end:
        return []
    once = {line for line, count in Counter(old[first:last]).items() if count == 1 and line}
    twice = {line for line, count in Counter(new[start:end]).items() if count > 1}
    at = {line: number for number, line in enumerate(old[first:last], first) if line in once}
    pairs = [
        (at[line], number) for number, line in enumerate(new[start:end], start) if line in at and line not in twice
    ]
    return _ascending(pairs)


def _ascending(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of pairs, ordered by the second, whose first ones ascend."""
    tops: list[int] = []  # the least end of a run, by its length
    held: list[int] = []  # which pair that end is
    before: list[int] = []
    for number, (one, _) in enumerate(pairs):
        length = bisect_left(tops, one)
        before.append(held[length - 1] if length else -1)
        tops[length : length + 1] = [one]
        held[length : length + 1] = [number]
    run = []
    number = held[-1] if held else -1
    while number >= 0:
        run.append(pairs[number])
        number = before[number]
    return run[::-1]


def _gaps(partners: Sequence[int | None], count: int) -> Iterator[_Gap]:
    """Yield the stretches of new lines without a partner, with the old lines that stand against them."""
    first = start = 0
    for number, partner in enumerate([*partners, count]):
        if partner is None:
            continue
        if start < number and first < partner:
            yield first, partner, start, number
        first, start = partner + 1, number + 1
