"""Texts priced sign by sign: as the whole is, with words, typography and East Asian triples."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmend.plausibility import steps as module
from textmend.plausibility import typography, words
from textmend.plausibility.model import load
from textmend.plausibility.steps import START, Steps, steps_of


def _steps(text: str) -> Steps:
    return steps_of(load().best_languages(text))


@given(st.text(st.sampled_from("aé ’“”.我了。ア1зг-"), max_size=12), st.sampled_from("aé“。我з "))
def test_a_sign_costs_the_same_each_time(text: str, after: str) -> None:
    steps = _steps("tout à fait")
    place = START
    for char in text:
        _, place = steps.step(place, char)
    assert steps.step(place, after) == steps.step(place, after)
    assert steps.cost(place, after) == steps.step(place, after)[0]


@pytest.mark.parametrize(
    ("language", "likely", "unlikely"),
    [
        ("Er ging über die Straße.", "über die Straße", "üßer die Straüe"),
        ("Il est tout à fait raisonnable", "tout à fait", "tout Ã fait"),
        ("He said it is late.", "he said “so” to", "he said ”so“ to"),
        ("He said it is late.", "partners.” ", "partners.’ "),
        ("Sie hörte die Musik", "hörte „so“ etwas", "hörte „so’ etwas"),
        ("Она не знает, что это", "не знает что это", "не знаеа что это"),
        ("明日は雨が降るそうです。", "そうです。", "そうでせ。"),
        ("明天要下雨了，他不知道。", "他不知道。", "他不知运。"),
    ],
)
def test_the_likelier_text_is_cheaper(language: str, likely: str, unlikely: str) -> None:
    steps = _steps(language)
    assert steps.price(likely) < steps.price(unlikely)


def test_a_listed_word_is_cheaper_than_its_letters_say() -> None:
    steps = _steps("Она не знает, что это")
    listed = next(word for word in words.of("ru") if len(word) > 6)
    assert steps.price(f"{listed} ") <= steps.price(f"{listed[:-1]}ъ ")


def test_places_are_forgotten_when_they_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PLACES", 50)
    languages = load().best_languages("été")
    first = steps_of(languages)
    for number in range(200):
        first.price(f"mot{chr(0x61 + number % 26)} {chr(0xE0 + number % 30)}{number}")
    assert steps_of(languages) is not first


def test_quotes_change_places_by_language() -> None:
    assert typography.turned({"“": -4, "”": 32, "„": -21}) == {"“": ("”",)}
    assert typography.turned({"“": 32, "”": -4}) == {"”": ("“", "”")}
    assert typography.turned({}) == {}


@given(st.dictionaries(st.text("abcdé漢字。", min_size=1, max_size=6), st.integers(0, 40).map(lambda n: 4 * n)))
def test_lists_come_back_as_packed(costs: dict[str, int]) -> None:
    assert words.unpack(words.pack({"xx": costs, "yy": {"a": 8}})) == {"xx": costs, "yy": {"a": 8}}


@pytest.mark.parametrize(
    ("likely", "unlikely"),
    [("孩子们", "效子者"), ("他都住过。", "他都住过…"), ("有国籍", "有節籍"), ("读了", "读于")],
)
def test_east_asian_signs_suit_those_before_them(likely: str, unlikely: str) -> None:
    steps = _steps("人人有权享有国籍，孩子们终于去上学了。")
    assert steps.price(likely) < steps.price(unlikely)


def test_a_word_ends_before_an_apostrophe() -> None:
    steps = _steps("У лісі з’їв яблуко")
    _, place = steps.step(START, "з")
    _, place = steps.step(place, "’")
    assert steps.cost(place, " ") <= steps.cost(START, " ") + 8 * 8


@pytest.mark.parametrize("language", ["ja", "zh-Hans", "ko"])
def test_what_follows_east_asian_signs_is_what_the_list_holds(language: str) -> None:
    listed = words.of(language)
    assert isinstance(listed, words.Sequences)
    for sequence in islice(listed, 0, None, 97):
        assert listed.following(sequence[:-1])[sequence[-1]] == listed[sequence]


@pytest.mark.parametrize("text", ["國家的獨立", "日本、語だ。", "한국어 “문장”"])
def test_east_asian_signs_priced_at_once_cost_what_each_does(text: str) -> None:
    steps = _steps(text)
    place = START
    for char in text:
        assert steps.roughly(place, text) == [steps.cost(place, other) for other in text]
        place = steps.step(place, char)[1]
