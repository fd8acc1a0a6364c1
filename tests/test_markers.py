"""Inline markers: what they hide, in one piece and over several."""

from __future__ import annotations

import hypothesis
import pytest
from hypothesis import strategies

from textmend.markers import Markers


def hidden(text: str, code: str = "TM101") -> list[int]:
    """Return the numbers of the lines, from 1, in which a finding is hidden."""
    markers = Markers()
    markers.read(text)
    found, at = [], 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        if markers.hides(code, at):
            found.append(number)
        at += len(line)
    return found


@pytest.mark.parametrize(
    "comment",
    [
        "# textmend: ignore",
        "<!-- textmend: ignore -->",
        "/* textmend:ignore */",
        "-- textmend:  ignore",
        "textmend: ignore",
    ],
)
def test_any_comment_style_hides_its_own_line(comment: str) -> None:
    assert hidden(f"a\nb {comment}\nc\n") == [2]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("textmend: ignore-next-line\na\nb\n", [2]),
        ("textmend: ignore-next-line\r\na\r\nb", [2]),
        ("a\nb\ntextmend: ignore-file\n", [1, 2, 3]),
        ("textmend: ignore[TM101]\n", [1]),
        ("textmend: ignore[ TM5 , TM1 ]\n", [1]),
        ("textmend: ignore[TM5]\n", []),
        ("textmend: ignore[]\n", []),
        ("textmend: ignore-files\ntextmend: ignored\ntextmend: ignore_file\n", []),
        ("textmend ignore\n", []),
        ("textmend: ignore-file[TM2]\na\n", []),
        ("textmend: ignore[TM5] textmend: ignore[TM1]\na\n", [1]),
        ("textmend: ignore-next-line\ntextmend: ignore-next-line\na\nb\n", [2, 3]),
    ],
)
def test_what_a_marker_hides(text: str, wanted: list[int]) -> None:
    assert hidden(text) == wanted


def test_codes_of_the_guard_are_codes_too() -> None:
    assert hidden("a textmend: ignore[TG2]\n", "TG201") == [1]
    assert hidden("a textmend: ignore[TG2]\n", "TG101") == []


@hypothesis.given(
    strategies.lists(
        strategies.sampled_from(
            [
                "a",
                "b textmend: ignore",
                "textmend: ignore-next-line",
                "textmend: ignore-next-line[TM1]",
                "ignore-file",
                "",
            ]
        )
    ),
    strategies.sets(strategies.integers(0, 20)),
)
def test_pieces_hide_what_the_whole_hides(lines: list[str], cuts: set[int]) -> None:
    whole = hidden("".join(f"{line}\n" for line in lines))
    markers = Markers()
    found = []
    start = 0
    for cut in [*sorted(each for each in cuts if each < len(lines)), len(lines)]:
        markers.read("".join(f"{line}\n" for line in lines[start:cut]))
        at = 0
        for number in range(start, cut):
            if markers.hides("TM101", at):
                found.append(number + 1)
            at += len(lines[number]) + 1
        start = cut
    assert found == whole
