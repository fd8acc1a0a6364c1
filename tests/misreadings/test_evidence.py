"""Evidence in bits: each distinct change is one witness, odd signs are weak ones."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmend.encodings import garble
from textmend.misreadings import evidence
from textmend.plausibility.model import load

TRUE = ["tout à fait", "Straße und Brücke", "Привет, мир", "中文文本", "it’s late", "Καλημέρα", "příliš žluťoučký"]

words = st.lists(st.sampled_from(["été", "it’s", "ß", "мир", "中", "plain", "“So”", "Ã©", "â€™"]), max_size=6).map(
    " ".join
)


@pytest.mark.parametrize("text", TRUE)
@pytest.mark.parametrize("read", ["cp1252", "iso-8859-1", "cp1251", "mac-roman", "gbk"])
def test_the_original_has_the_evidence(text: str, read: str) -> None:
    garbled = garble(text, "utf-8", read)
    if garbled is None:
        pytest.skip(f"{read} does not show it")
    assert evidence.bits(garbled, text, utf8=True) > 8
    assert evidence.bits(text, garbled) < 0


@given(words, words)
def test_evidence_is_finite_and_nothing_for_no_change(before: str, after: str) -> None:
    assert abs(evidence.bits(before, after)) < 10_000
    assert evidence.bits(before, before) == evidence.bits(before, before, utf8=True) == 0


@given(words)
def test_composed_or_not_is_no_evidence(text: str) -> None:
    assert evidence.bits(text, unicodedata.normalize("NFD", text)) == 0


def test_a_word_that_stands_ten_times_is_one_witness() -> None:
    once = evidence.bits("naÃ¯ve", "naïve", utf8=True)
    assert evidence.bits(" ".join(["naÃ¯ve"] * 10), " ".join(["naïve"] * 10), utf8=True) == once
    assert evidence.bits("naÃ¯ve cafÃ©", "naïve café", utf8=True) > once


def test_what_did_not_change_is_context() -> None:
    rest = "krutému zacházení"
    within = evidence.bits(f"muèen {rest}", f"mučen {rest}")
    assert within == evidence.bits("muèen", "mučen", load().packed(rest))


def test_valid_utf8_says_something_each_sign_once() -> None:
    assert evidence.validity("Ã©", "é") < evidence.validity("â€™", "’") < evidence.validity("ðŸ˜€", "😀")
    assert evidence.validity("Ã©Ã©", "éé") == evidence.validity("Ã©", "é")
    assert evidence.validity("a", "b") == 0
    assert evidence.validity("", "".join(map(chr, range(0x4E00, 0x4F00)))) <= 24


@pytest.mark.parametrize(
    ("before", "after"),
    [("Å½", "Ž"), ("Å²", "Ų"), ("É®", "ɮ"), ("Ã×", "Ø·")],
)
def test_odd_signs_that_come_out_are_weak_witnesses(before: str, after: str) -> None:
    assert evidence.bits(f"plain {before} words", f"plain {after} words") <= 6


def test_one_sign_turned_into_another_is_less_than_a_word() -> None:
    assert evidence.bits("£¥€¢", "гедв") < evidence.bits("Ïðèâåò", "Привет") - 8
