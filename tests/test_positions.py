from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmend import Step
from textmend.positions import Lines, Origins, count_line_ends, line_ends


@pytest.mark.parametrize(
    ("offset", "place"),
    [(0, (1, 1)), (1, (1, 2)), (2, (1, 3)), (3, (2, 1)), (4, (2, 2)), (5, (3, 1)), (7, (4, 1))],
)
def test_lines_end_with_crlf_cr_or_lf(offset: int, place: tuple[int, int]) -> None:
    assert Lines("a\r\nb\rc\n").at(offset) == place


@given(st.text("ab\r\n") | st.text("aé\r\n") | st.text("a中\r\n") | st.text("a😀\r\n"))
def test_line_ends_are_counted_alike_in_c_and_in_python(text: str) -> None:
    assert line_ends(text) == count_line_ends(text)
    if not text.endswith("\r"):
        assert 1 + line_ends(text)[0] == Lines(text).at(len(text))[0]


@given(st.text("a\r\n"))
def test_lines_are_those_of_python(text: str) -> None:
    lines = Lines(text)
    for offset in range(len(text)):
        assert lines.at(offset)[0] == len(text[: offset + 1].splitlines())


def test_other_line_ends_of_unicode_are_not_counted() -> None:
    assert Lines("a\u2028b\x85c\x0cd").at(6) == (1, 7)


def test_without_changes_an_offset_is_itself() -> None:
    assert Origins().span(3, 5) == (3, 5)


def step(start: int, before: str, after: str) -> Step:
    return Step("TM101", 0, start, before, after, "a test")


def test_offsets_behind_a_change_move_with_it() -> None:
    origins = Origins()
    origins.add((step(1, "xx", "y"), step(5, "", "zz")))
    # before: a xx bc | de    after: a y bc zz de
    assert origins.span(0, 1) == (0, 1)
    assert origins.span(1, 2) == (1, 3)
    assert origins.span(2, 4) == (3, 5)
    assert origins.span(4, 6) == (5, 5)
    assert origins.span(6, 8) == (5, 7)


def test_offsets_are_led_back_through_several_stages() -> None:
    origins = Origins()
    origins.add((step(0, "aaaa", "b"),))
    origins.add((step(0, "bc", "d"),))
    # "aaaacx" became "bcx" became "dx"
    assert origins.span(0, 1) == (0, 5)
    assert origins.span(1, 2) == (5, 6)


@given(st.lists(st.tuples(st.text("ab", max_size=3), st.text("xy", max_size=3)), max_size=6))
def test_unchanged_text_is_found_again(pairs: list[tuple[str, str]]) -> None:
    old = new = ""
    steps = []
    for number, (before, after) in enumerate(pairs):
        steps.append(step(len(old), before, after))
        old += f"{before}{number}"
        new += f"{after}{number}"
    origins = Origins()
    origins.add(tuple(steps))
    for number in range(len(pairs)):
        at = new.index(str(number))
        start, end = origins.span(at, at + 1)
        assert old[start:end] == str(number)
