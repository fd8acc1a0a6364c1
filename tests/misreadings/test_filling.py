"""Letters that a reader dropped without a trace come back where words tell them."""

from __future__ import annotations

import pytest

from textmend import fix_text
from textmend.encodings.garbling import garble
from textmend.misreadings import vanishing


@pytest.mark.parametrize(
    "text",
    [
        "Fjern tilgangen til passnøklene dine på denne enheten",
        "Nachmittags öffnen sie die Fenster, überall in der Straße",
        "Afficher l’objet sélectionné",
    ],
)
def test_letters_dropped_before_ascii_come_back(text: str) -> None:
    garbled = garble(text, "cp1252", "cp932", "drop")
    assert garbled is not None
    assert garbled != garble(text, "cp1252", "cp932")
    assert fix_text(garbled) == text


@pytest.mark.parametrize("text", ["jeden člověk vezme dva", "kobieta odpowiedziała mężowi"])
def test_nothing_is_added_to_what_lost_nothing(text: str) -> None:
    garbled = garble(text, "cp1250", "gbk")
    assert garbled is not None
    assert fix_text(garbled) == text


def test_letters_may_be_missing_in_words_that_nobody_knows() -> None:
    text = "samtykke til pass p passnøklene"
    missing = vanishing.lacking(text, "cp1252", "cp932")
    at = text.index(" p ") + 1
    assert {at, at + 1} <= missing
    assert not missing.intersection(range(text.index("til"), text.index("til") + 3))
    assert not vanishing.lacking(text, "cp1252", "cp1251")  # its reader takes one byte a letter too
