"""Odd words: those that one misreading would make far more of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmend import fix_text
from textmend.misreadings import clues, oddwords

GARBLED = {
    "Èlánek 4": "Článek 4",
    "Artyku³ 4": "Artykuł 4",
    "Hovс tetted a kulcsot?": "Hová tetted a kulcsot?",
    "ha diritto alla libert… di opinione": "ha diritto alla libertà di opinione",
    "Nadie podr\xa0 ser detenido": "Nadie podrá ser detenido",
    "Formato do execut\xa0vel anterior": "Formato do executável anterior",
    "A Windows Hello bekapcsol·sa": "A Windows Hello bekapcsolása",
    "A gyerekek az iskolába mentek, késõn": "A gyerekek az iskolába mentek, későn",
    "hariduse valikul eesхigus": "hariduse valikul eesõigus",
}
CLEAN = (
    "L’invasion de crèmes brûlées à l’île d’Oléron",
    "tenu·e·s à l’écart, Tou·te·s",
    "v\xa0Chromiu a z\xa0hlediska",
    "Müller, Łódź, Győr und Nîmes",
    "Привет, naïve мир",
    "The pаssword of a frіend",
    "Paramètres de confidentialit…",
    "Attends… je viens, dit Heinz… à l’instant",
    "la col·lecció de l’any",
)


@pytest.mark.parametrize("garbled", GARBLED)
def test_an_odd_word_is_seen_though_its_letters_stand_beside_each_other_somewhere(garbled: str) -> None:
    assert oddwords.stand(garbled)
    assert clues.load().suspicious(garbled)
    assert fix_text(garbled) == GARBLED[garbled]


@pytest.mark.parametrize("text", CLEAN)
def test_words_of_clean_text_are_not_odd(text: str) -> None:
    assert not oddwords.stand(text)
    assert fix_text(text) == text


@given(st.text(st.sampled_from("aé·…’\xa0«Öñ\xadÐν╗"), min_size=1, max_size=6))
def test_any_word_is_odd_or_not(word: str) -> None:
    assert oddwords.odd(word) in {True, False}


def test_a_word_is_odd_in_its_text_alone() -> None:
    assert oddwords.odd("paramétereik")
    assert not oddwords.stand("Metódusok és paramétereik")


def test_long_words_are_passed_over() -> None:
    assert not oddwords.any_odd("Èlánek" * 10)


def test_long_texts_are_not_searched_for_odd_words() -> None:
    long = "plain words in a row, " * 40
    assert clues.load().suspicious("U Èlánek 4")
    assert not clues.load().suspicious(long + "U Èlánek 4")
