"""How words are spelt: prices after three and four letters, the file, and what they decide."""

from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmend.plausibility import spellings, words
from textmend.plausibility.model import load
from textmend.plausibility.spellings import EDGE, Spelling, listing
from textmend.plausibility.steps import steps_of


def test_the_longest_stretch_that_is_known_decides() -> None:
    spelling = Spelling(listing({"рав": 1, "прав": 6, f"{EDGE}прав": 3}, {"пра": 20, f"{EDGE}пра": 5}))
    assert spelling.price(f"{EDGE}пра", "в", 40) == 3
    assert spelling.price("апра", "в", 40) == 6
    assert spelling.price(f"{EDGE}пра", "ж", 40) == 65
    assert spelling.price("апра", "ж", 40) == 60
    assert spelling.price("ра", "в", 40) == 40


def test_no_letter_costs_less_than_nothing() -> None:
    assert Spelling(listing({}, {"пра": -20})).price("апра", "в", 8) == 0


@given(
    st.dictionaries(st.text("абвé\n", min_size=4, max_size=5), st.integers(0, 60).map(lambda n: 4 * n)),
    st.dictionaries(st.text("абвé\n", min_size=3, max_size=4), st.integers(-12, 20).map(lambda n: 4 * n)),
)
def test_spellings_come_back_as_packed(costs: dict[str, int], others: dict[str, int]) -> None:
    listed = listing(costs, others)
    lists = words.unpack(spellings.pack({"xx": Spelling(listed), "yy": Spelling({"abcd": 4})}))
    assert lists == {"xx": listed, "yy": {"abcd": 4}}


@pytest.mark.parametrize(
    ("text", "likely", "unlikely"),
    [
        ("Родители имеют право на воспитание", "приоритета", "приоретита"),
        ("Καθένας έχει το δικαίωμα", "ραδιόφωνο", "ραδιόπωνο"),
        ("عاد الأطفال من المدرسة", "المدرسة", "المدرشة"),
        ("Wszyscy ludzie rodzą się wolni", "człowieka", "czlówieka"),
        ("où l’été dernier", "l’été", "l’êté"),
    ],
)
def test_the_usual_spelling_is_cheaper(text: str, likely: str, unlikely: str) -> None:
    steps = steps_of(load().best_languages(text))
    assert steps.price(f"{likely} ") < steps.price(f"{unlikely} ")


def test_a_language_without_spellings_costs_what_pairs_say() -> None:
    assert spellings.of("xx") == Spelling({})
    assert spellings.of("xx").price("\nпра", "в", 40) == 40


def test_the_file_is_the_one_that_its_manifest_names() -> None:
    manifest = json.loads(spellings.FILE.with_suffix(".json").read_text("utf-8"))
    assert hashlib.blake2b(spellings.FILE.read_bytes(), digest_size=16).hexdigest() == manifest["digest"]


def test_arabic_and_hebrew_are_spelt_by_their_letters_as_marks_are_rare_there() -> None:
    assert all(spellings.of(language).listed for language in ("ar", "fa", "he", "ur"))
    assert not spellings.of("hi").listed
