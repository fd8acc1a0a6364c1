"""Evidence in bits: each distinct change is one witness, odd signs are weak ones."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmend import fix_text
from textmend.encodings import garble
from textmend.misreadings import evidence
from textmend.misreadings.found import validity
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
    assert validity("Ã©", "é") < validity("â€™", "’") < validity("ðŸ˜€", "😀")
    assert validity("Ã©Ã©", "éé") == validity("Ã©", "é")
    assert validity("a", "b") == 0
    assert validity("", "".join(map(chr, range(0x4E00, 0x4F00)))) <= 24


@pytest.mark.parametrize(
    ("before", "after"),
    [("Å½", "Ž"), ("Å²", "Ų"), ("É®", "ɮ"), ("Ã×", "Ø·")],
)
def test_odd_signs_that_come_out_are_weak_witnesses(before: str, after: str) -> None:
    assert evidence.bits(f"plain {before} words", f"plain {after} words") <= 6


def test_one_sign_turned_into_another_is_less_than_a_word() -> None:
    assert evidence.bits("£¥€¢", "гедв") < evidence.bits("Ïðèâåò", "Привет") - 8


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Este comando ‚ um alias de outro", "Este comando é um alias de outro"),
        ("Ingen mĺ torturerast eller straffast pĺ noko vis", "Ingen må torturerast eller straffast på noko vis"),
        ("Le prix passe de 12,50 Ђ а 13 Ђ, dit-on", "Le prix passe de 12,50 € à 13 €, dit-on"),
    ],
)
def test_short_words_of_the_language_beside_them_bear_witness(before: str, after: str) -> None:
    assert evidence.bits(before, after) > 15


def test_a_short_word_of_another_language_is_none() -> None:
    assert evidence.bits("ahora, casi 5 Õ.", "ahora, casi 5 å.") <= 6
    assert evidence.bits("it takes 5 μs each time", "it takes 5 ìs each time") <= 6


def test_known_words_that_come_out_say_more_than_their_letters() -> None:
    assert evidence.bits("2. èlen", "2. člen") > evidence.bits("2. èlan", "2. člon") + 4
    assert evidence.bits("⌡╓┼ ═┴╥╘!", "Уже март!") > 40  # nothing but signs stood there
    assert evidence.bits("Binary, ÚÚn certificaat", "Binary, één certificaat") > 15  # no shout


def test_thai_words_are_words_though_their_vowels_are_marks() -> None:
    assert evidence.bits("旋簾ピ戍", "เม็กซิโก") > 40


def test_controls_that_no_text_has_are_no_quotes_of_another_kind() -> None:
    assert evidence.bits("\x84Das glaube ich nicht\x93", "„Das glaube ich nicht“") > 15


def test_an_amount_or_an_ordinal_beside_a_word_says_more_than_its_signs() -> None:
    assert evidence.bits("Artigo 14.潞", "Artigo 14.º", utf8=True) > evidence.bits("14.潞", "14.º", utf8=True) + 4
    assert evidence.bits("custa 2,99 Õ", "custa 2,99 €") > evidence.bits("custa 2,99 Õ", "custa 2,99 ı") + 4


def test_a_row_of_the_alphabet_is_no_word() -> None:
    assert evidence.bits("ｱｲｳｴｵ ｶｷｸｹｺ", "БВГДЕ ЖЗИЙК") <= 6


@pytest.mark.parametrize(
    "text",
    [
        "She wrote a row of Ã’s on the board",  # a letter and an apostrophe: a word of two letters that nobody knows
        "Ôôô que dia lindo",  # a cry, and no circled letter
        ">:(   ~¬´~   :(",  # signs among signs
        "√π is smaller than 2",
    ],
)
def test_what_one_sequence_may_say_by_chance_stays(text: str) -> None:
    assert fix_text(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("¬´ Bonjour tout le monde ¬ª", "« Bonjour tout le monde »"),
        ("Ã  la carte", "à la carte"),
        ("É uma fotografia de SÃ£o Paulo", "É uma fotografia de São Paulo"),
        ("see ✓ and âœ“ there", "see ✓ and ✓ there"),
        ("вЊЁ Tastatur | Computer | Tastatur", "⌨ Tastatur | Computer | Tastatur"),  # no word, and no rare syllable
        ("π\x9f‘Ί bwgan | anghenfil", "👺 bwgan | anghenfil"),  # and no arrow that nobody writes
        ("Achtou ke chon in Ã¢dzo Ã¨ kopÃ¢byo", "Achtou ke chon in âdzo è kopâbyo"),  # and no marks of phonetics
    ],
)
def test_one_sequence_says_enough_in_a_text(text: str, expected: str) -> None:
    assert fix_text(text) == expected
