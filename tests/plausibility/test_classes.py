"""The classes whose transitions the model counts are a part of its format."""

from __future__ import annotations

import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmend.plausibility import classes
from textmend.plausibility.letters import FULL, GROUPS, HALF, SKIPPED, fold, group_of_class

#: Changing the names or their order needs a new training of the model: then this changes too.
PINNED = (266, "b9a6eb28d0d22c9e")


def test_the_order_of_the_classes_is_pinned() -> None:
    digest = hashlib.blake2b("\0".join(classes.NAMES).encode("utf-8"), digest_size=8).hexdigest()
    assert (classes.COUNT, digest) == PINNED


def test_names_are_unique_and_numbered_in_order() -> None:
    assert len(set(classes.NAMES)) == classes.COUNT == len(classes.NAMES)
    assert [classes.INDEX[name] for name in classes.NAMES] == list(range(classes.COUNT))


def test_ranges_ascend() -> None:
    starts = [start for start, _ in classes._RANGES]
    assert starts == sorted(set(starts))
    assert starts[0] == 0
    assert starts[-1] == 0x110000


def test_no_character_has_a_number_above_the_count() -> None:
    every = (*range(0x30000), *range(0xE0000, 0xE0200), *range(0xF0000, 0x110000, 0x111), 0x10FFFF)
    assert all(0 <= classes.class_of(chr(code)) < classes.COUNT for code in every)


def test_in_context_no_number_is_above_the_count() -> None:
    for number in range(classes.COUNT):
        for previous in range(classes.COUNT):
            assert 0 <= classes.contextual(number, previous) < classes.COUNT


@pytest.mark.parametrize(
    ("char", "name"),
    [
        ("a", "Latn-lower"),
        ("É", "Latn-upper"),
        ("ß", "Latn-lower"),
        ("ж", "Cyrl-lower"),
        ("Ω", "Grek-upper"),
        ("ა", "Geor"),
        ("中", "han"),
        ("한", "hangul"),
        ("ｱ", "halfwidth-kana"),
        ("Ａ", "fullwidth-letter"),
        ("５", "fullwidth-digit"),
        ("７", "fullwidth-digit"),
        ("7", "digit"),
        ("٣", "digit-other"),
        ("\u0301", "mark"),
        ("“", "“"),
        ("\xad", "\xad"),
        ("\x81", "c1"),
        ("\x00", "c0"),
        ("\ue000", "private"),
        ("\ud800", "surrogate"),
        ("\u0378", "unassigned"),
        ("😀", "emoji"),
        ("┌", "box"),
        ("ʃ", "ipa"),
    ],
)
def test_classes_by_example(char: str, name: str) -> None:
    assert classes.NAMES[classes.class_of(char)] == name


def test_a_capital_after_a_capital_is_another_class() -> None:
    upper, second = classes.INDEX["Latn-upper"], classes.INDEX["Latn-upper2"]
    assert classes.contextual(upper, upper) == second
    assert classes.contextual(upper, second) == second
    assert classes.contextual(upper, classes.INDEX["Latn-lower"]) == upper
    assert classes.contextual(classes.INDEX["digit"], upper) == classes.INDEX["digit"]


def test_every_class_has_a_known_group_or_none() -> None:
    assert {group_of_class(name) for name in classes.NAMES} <= {*GROUPS, SKIPPED, ""}


@given(st.characters())
def test_folding_gives_one_character_and_twice_is_once(char: str) -> None:
    folded = fold(char)
    assert len(folded) == 1
    assert fold(folded) == folded


def test_half_and_full_width_kana_are_the_same_letters() -> None:
    for half, full in zip(HALF, FULL, strict=True):
        assert fold(half) == fold(full) == full
        assert unicodedata.normalize("NFKC", half) == full


@pytest.mark.parametrize(("char", "folded"), [("İ", "i"), ("ẞ", "ß"), ("É", "é"), ("Ж", "ж"), ("中", "中")])
def test_folding_by_example(char: str, folded: str) -> None:
    assert fold(char) == folded
