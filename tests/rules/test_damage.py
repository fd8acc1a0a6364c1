"""What the rules about damage change and what they leave, beside their examples."""

from __future__ import annotations

import pytest

import textmend
from textmend.rules import MISREADING_RULES

WITHOUT_MISREADINGS = [rule.code for rule in MISREADING_RULES]


def fixed(text: str) -> str:
    return textmend.fix_text(text, disable=WITHOUT_MISREADINGS)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It\x92s \x93fine\x94 \x96 ok\x85", "It’s “fine” – ok…"),
        ("\x80 5, \x99, \x9aest", "€ 5, ™, šest"),
        ("caf\xe9\x92s", "café’s"),
        ("one\x85\ntwo\x81\n", "one…\ntwo\x81\n"),
    ],
)
def test_c1_controls_become_what_cp1252_shows(text: str, wanted: str) -> None:
    assert fixed(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "sch\x94n und m\x84nnlich",  # cp437: ö, ä
        "caf\x82 noir",  # cp850: é
        "na\x95ve",  # Mac: ï
        "\xc3\x85\xc3\x98 and \xe2\x80\x99",  # UTF-8 read as latin-1
        "\x90\x85 binary \x81",
    ],
)
def test_c1_controls_of_other_encodings_are_left(text: str) -> None:
    assert fixed(text) is text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("\ud83d\ude00\ud83d\ude00", "😀😀"), ("\ud83d\ud83d\ude00\ude00", "\ud83d😀\ude00")],
)
def test_surrogates_are_put_together_where_both_halves_are(text: str, wanted: str) -> None:
    assert fixed(text) == wanted


@pytest.mark.parametrize("text", ["caf\udce9", "\ud83d", "\udc00\ud800"])
def test_lone_surrogates_and_bytes_are_left(text: str) -> None:
    assert fixed(text) is text


def test_lone_surrogates_and_bytes_are_told_apart() -> None:
    found = textmend.check_text("\ud83d é \udce9 \ude00", disable=WITHOUT_MISREADINGS)
    assert [(each.rule, each.start) for each in found] == [("TM107", 0), ("TM501", 4), ("TM502", 4), ("TM107", 6)]


@pytest.mark.parametrize("text", ["in French : ceci", "Nr .5 and .com", "wait ...", "f ,x"])
def test_gaps_that_are_none(text: str) -> None:
    assert textmend.check_text(text, enable=["TM108"], disable=WITHOUT_MISREADINGS) == []


def test_the_gap_in_the_sample_is_found(expected: str) -> None:
    found = textmend.check_text(expected, enable=["TM108"], disable=WITHOUT_MISREADINGS)
    places = [expected[each.start - 16 : each.end + 6] for each in found if each.rule == "TM108"]
    assert any("a key town in , where" in place for place in places)


def test_controls_beside_east_asian_signs_are_no_cp1252() -> None:
    for clean in ("・ｴ\x80 카드", "中\x94", "\ufffd\x80"):
        assert textmend.fix_text(clean, enable=("TM105",), disable=("TM101", "TM104")) == clean
    assert textmend.fix_text("привет \x97 да") == "привет — да"
