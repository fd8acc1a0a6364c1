"""Which line became which: equal ones first, changed ones where they stood."""

from __future__ import annotations

import hypothesis
import pytest
from hypothesis import strategies

from textmend.guard.aligning import align

LINES = strategies.lists(strategies.sampled_from(["", "a", "b", "Größe", "Gr??e", "c d", "x", "??"]), max_size=12)


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ([], [], []),
        (["a"], ["a"], [0]),
        (["a", "b", "c"], ["a", "c"], [0, 2]),
        (["a", "c"], ["a", "b", "c"], [0, None, 1]),
        (["中文", "说明"], ["??", "??"], [0, 1]),
        (["x 中文", "y 说明"], ["new", "x ??", "y ??"], [None, 0, 1]),
        (["a", "", "b", ""], ["a", "", "", "b", ""], [0, 1, None, 2, 3]),
    ],
)
def test_known_alignments(old: list[str], new: list[str], wanted: list[int | None]) -> None:
    assert align(old, new) == wanted


@hypothesis.given(LINES, LINES)
def test_partners_keep_their_order_and_are_there(old: list[str], new: list[str]) -> None:
    partners = [partner for partner in align(old, new) if partner is not None]
    assert partners == sorted(set(partners))
    assert all(0 <= partner < len(old) for partner in partners)


@hypothesis.given(LINES)
def test_a_text_is_aligned_with_itself(lines: list[str]) -> None:
    assert align(lines, lines) == list(range(len(lines)))


def test_thousands_of_repeated_and_changed_lines_take_no_time() -> None:
    old = [f"Zeile {number} ö" if number % 3 else "" for number in range(30_000)]
    new = [line.replace("ö", "?") for line in old[1:]]
    partners = align(old, new)
    assert partners[1000] == 1001
