"""What the lines of a document say together, and what it tells of the parts that are judged later."""

from __future__ import annotations

import pytest

from textmend.misreadings import UNKNOWN, Survey, judge
from textmend.options import Options
from textmend.pooling import Mender

CHAIN = ("utf-8>cp1252",)
LINES = [
    "L'Ã©tÃ© est passÃ©, et la forÃªt est dÃ©jÃ\xa0 Ã\xa0 l'ombre.",
    "Tous les Ãªtres humains naissent libres et Ã©gaux.",
    "La dÃ©claration a Ã©tÃ© adoptÃ©e Ã\xa0 Paris.",
]


def test_a_document_tells_by_which_chain_it_was_garbled() -> None:
    survey = judge("\n".join(LINES), Options()).survey
    assert list(survey.adopted) == [CHAIN]
    assert survey.certain == (CHAIN,)


@pytest.mark.parametrize("text", ["plain", LINES[0], "L’été est passé.\nTous les êtres humains."])
def test_one_line_and_clean_text_tell_nothing(text: str) -> None:
    assert judge(text, Options()).survey == UNKNOWN


@pytest.mark.parametrize(("garbled", "repaired"), [("Ã©", "é"), ("Â°", "°"), ("Â«", "«"), ("Ãš", "Ú")])
def test_a_line_too_short_to_decide_alone_follows_the_parts_before_it(garbled: str, repaired: str) -> None:
    survey = judge("\n".join(LINES), Options()).survey
    assert judge(garbled, Options()).mendings == ()
    assert [mending.after for mending in judge(garbled, Options(), survey).mendings] == [repaired]


def test_what_was_known_stays_known() -> None:
    survey = judge("\n".join(LINES), Options()).survey
    assert judge("Ã©\nÂ°", Options(), survey).survey.certain == (CHAIN,)


def test_a_sister_takes_the_place_of_what_was_known_and_changes_nothing_there() -> None:
    known = Survey({("cp850>cp1252",): 40.0}, (("cp850>cp1252",),))
    seen = judge("k„sige n„iteks ÷hommikulò\nsee r„„gib reØiimist", Options(), known).survey
    assert known == Survey({("cp850>cp1252",): 40.0}, (("cp850>cp1252",),))
    assert list(seen.adopted) == [("cp775>cp1252",)]
    assert seen.certain == (("cp775>cp1252",),)


def test_clean_text_stays_as_it_is_whatever_is_known() -> None:
    survey = judge("\n".join(LINES), Options()).survey
    text = "L’été est passé, et la forêt est déjà à l’ombre.\nВсе люди рождаются свободными.\n© 2020 – 5 °C\n"
    assert judge(text, Options(), survey).mendings == ()


def test_the_first_batch_is_the_sample() -> None:
    mender = Mender()
    assert mender.mend("Ã©").changes == ()
    mender.mend_all(LINES)
    assert mender.mend("Ã©").changes == ()  # nobody said that they belong together
    mender.mend_all(LINES)
    mender.learn()
    assert [change.after for change in mender.mend("Ã©").changes] == ["é"]
