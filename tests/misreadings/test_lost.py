"""Marks of text that is lost for good are found and named; text that looks like them is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmend.misreadings import judge
from textmend.misreadings.lost import HINTS, lost_marks, unreadable
from textmend.options import Options

MARKS = [
    ("版本锟斤拷息", 2, 5, "gbk"),
    ("锟斤拷锟斤拷锟斤拷", 0, 9, "gbk"),
    ("烫烫烫烫烫", 0, 3, "gbk"),
    ("屯屯屯", 0, 3, "gbk"),
    ("a 占쏙옙占쏙옙 b", 2, 8, "cp949"),
    ("鐃緒申鐃緒申", 0, 6, "euc-jp"),
    ("嚙踐", 0, 2, "big5"),
    ("ï¿½ï¿½ of it", 0, 6, "cp1252"),
    ("a\ufffd\ufffd\ufffdb", 1, 4, "utf-8"),
    ("what ??? is it", 5, 8, "ascii"),
]


@pytest.mark.parametrize(("text", "start", "end", "what"), MARKS)
def test_marks_are_found(text: str, start: int, end: int, what: str) -> None:
    marks = lost_marks(text)
    assert marks[0].start == start
    assert marks[0].end == end
    assert marks[0].what == what
    assert what in marks[0].message


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain",
        "what???",
        "Really???!",
        "a?b",
        "??",
        "一个烫字",
        "屯溪",
        "吃斤两",
        "\ufffd",
        "ï¿",
        "拷贝",
        "申請",
        "SELECT ?, ?, ?",
    ],
)
def test_what_only_looks_like_marks_is_left(text: str) -> None:
    assert lost_marks(text) == ()
    assert not unreadable(text)


@pytest.mark.parametrize(("text", "_start", "_end", "_what"), MARKS)
def test_a_hint_stands_in_every_mark(text: str, _start: int, _end: int, _what: str) -> None:
    assert "???" in text or any(hint in text for hint in HINTS)


@given(st.text(st.sampled_from("锟斤拷占쏙옙烫屯?\ufffdï¿½ a"), max_size=30))
def test_marks_ascend_and_do_not_overlap(text: str) -> None:
    end = 0
    for mark in lost_marks(text):
        assert end <= mark.start < mark.end <= len(text)
        end = mark.end


@pytest.mark.parametrize("text", ["版本锟斤拷息", "占쏙옙占쏙옙", "鐃緒申鐃緒申", "ï¿½", "嚙踐"])
def test_lost_text_is_reported_and_not_repaired(text: str) -> None:
    judgement = judge(text, Options())
    assert judgement.lost == lost_marks(text) != ()
    assert judgement.mendings == ()


@pytest.mark.parametrize("text", ["a\ufffd\ufffd\ufffdb", "what ??? is it"])
def test_lost_text_is_reported_without_other_clues(text: str) -> None:
    assert judge(text, Options()).lost


def test_a_line_beside_lost_text_is_repaired() -> None:
    judgement = judge("版本锟斤拷息\nUkraine鈥檚 army", Options())
    assert [mark.start for mark in judgement.lost] == [2]
    assert [(m.start, m.after) for m in judgement.mendings] == [(14, "’s")]
