"""The pieces of decoding: marks, forms, weighing, the account."""

from __future__ import annotations

import pytest

from textmend.decoding import forms, marks
from textmend.decoding.choice import choose
from textmend.decoding.decoding import decode_block
from textmend.decoding.ranking import likeliest
from textmend.decoding.weighing import runs, sample


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b'<?xml version="1.0" encoding="KOI8-R"?>', "koi8-r"),
        (b"<META http-equiv='Content-Type' content='text/html; charset=shift_jis'>", "cp932"),
        (b'@charset "windows-1250";', "cp1250"),
        (b"#!/usr/bin/python\n# vim: set fileencoding=latin-1 :\n", "iso-8859-1"),
        (b"Subject: x\nContent-Type: text/plain;\n charset=gb2312\n\n", "gbk"),
        (b"a = 1\nb = 2\n# coding: latin-1\n", None),
        (b"charset=no-such-thing", None),
        (b'<meta charset="x-unknown">', None),
    ],
)
def test_declarations(head: bytes, name: str | None) -> None:
    assert marks.declared(head) == name


@pytest.mark.parametrize(
    "text", ["a+b-c", "1+1=2", "C++ and +abc-def", "~{ not hz", "x ~{ y ~} z", "\x1b[31mred\x1b[0m"]
)
def test_ascii_that_only_looks_escaped_stays(text: str) -> None:
    assert decode_block(text.encode()).text == text


@pytest.mark.parametrize("text", ["this is plain text", "Bush hid the facts", "12345678", "AABBCCDD"])
def test_ascii_is_no_utf16(text: str) -> None:
    assert decode_block(text.encode()).encoding == "ascii"


@pytest.mark.parametrize("text", ["中文", "Привет", "สวัสดี", "hello", "かな文字", "한국어"])
@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark(text: str, name: str) -> None:
    assert decode_block((text * 3).encode(name)).text == text * 3


def test_utf7_has_to_make_sense() -> None:
    assert forms.escaped("Grüße aus Köln".encode("utf-7")) == "utf-7"
    assert forms.escaped(b"base64+AAAA/x==") is None


def test_korean_escapes() -> None:
    data = "한국어 시험".encode("iso2022_kr")
    assert decode_block(data).text == "한국어 시험"


def test_words_with_numbers_count_once() -> None:
    assert len(sample(b"\xaa1 \xaa2 \xaa33 b\xaa").odd) == 2


def test_runs_cut_a_token_at_its_stray_bytes() -> None:
    assert runs("für".encode() + b"\xfcr") == [("für".encode(), True), (b"\xfcr", False)]
    assert runs(b"abc") == [(b"abc", True)]


def test_encodings_that_read_alike_are_weighed_once() -> None:
    names = likeliest(["für".encode("cp1252")])
    assert "cp1252" in names
    assert "iso-8859-1" not in names


def test_a_mixture_holds_each_encoding_that_lines_call_for() -> None:
    lines = ["Все люди рождаются свободными и равными", "Никто не должен содержаться в рабстве"] * 4
    data = b"\n".join(line.encode("cp1251" if at % 3 else "koi8-r") for at, line in enumerate(lines))
    assert set(choose(data, {})[0].names) == {"cp1251", "koi8-r"}
