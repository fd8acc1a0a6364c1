"""Single-byte writers ranked by what they make of some bytes, in C as in Python."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmend.misreadings.ranking import Ranking, ranking
from textmend.plausibility.model import load


@pytest.fixture(scope="module")
def pure() -> Ranking:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TEXTMEND_PURE", "1")
        return Ranking(load())


@pytest.mark.parametrize(
    ("text", "writer"),
    [
        ("Привет, как дела", "cp1251"),
        ("Привет, как дела", "koi8-r"),
        ("Привет, как дела", "cp866"),
        ("Größe und Straße", "cp437"),
        ("Příliš žluťoučký kůň", "cp1250"),
        ("Αυτό είναι ένα", "iso-8859-7"),
        ("שלום עולם", "cp1255"),
    ],
)
def test_the_writer_comes_first_among_those_that_differ(text: str, writer: str) -> None:
    data = text.encode(writer)
    ranked = [data.decode(name, "replace") for _, name in Ranking(load()).best(data)]
    assert text in ranked[:3]


def test_writers_that_agree_are_one() -> None:
    names = [name for _, name in Ranking(load()).best("é".encode("cp1252"))]
    assert len({b"\xe9".decode(name) for name in names}) == len(names)


@given(st.binary(max_size=400))
def test_the_kernel_ranks_as_python_does(pure: Ranking, data: bytes) -> None:
    assert ranking().best(data) == pure.best(data)


@given(st.text(st.sampled_from("абвгдежзийАБВГДЕЖЗéüñøčžα βγ xyzABC —“”\xa0€αβγδשלום"), max_size=40))
def test_the_kernel_compares_as_python_does(pure: Ranking, text: str) -> None:
    assert ranking().outranked(text) == pure.outranked(text)
    assert ranking().rivals(text) == pure.rivals(text)


@pytest.mark.parametrize(
    "text", ["Каждый человек имеет", "Όλοι οι άνθρωποι γεννιούνται", "כל בני האדם נולדו בני חורין"]
)
@pytest.mark.parametrize(("written", "read"), [("cp1251", "koi8-r"), ("cp1253", "cp1251"), ("cp1255", "cp1253")])
def test_letters_read_as_others_are_outranked(text: str, written: str, read: str) -> None:
    assert not ranking().outranked(text)
    try:
        misread = text.encode(written).decode(read)
    except UnicodeError:
        return
    assert ranking().outranked(misread)
