"""Texts inside chains: legacy hops before UTF-8, and what is left alone."""

from __future__ import annotations

import pytest

from textmend import fix_text
from textmend.misreadings import further, search


@pytest.mark.parametrize(
    ("original", "written", "read"),
    [
        ("Стаття 11.", "cp866", "cp1251"),
        ("Статья 6", "cp866", "cp1251"),
        ("세 계 인 권 선 언", "cp949", "cp1252"),
        ("Nikdo nesmí být svévolně zbaven svého majetku.", "cp1250", "cp1252"),
        ("Član 22.", "cp1250", "cp1252"),
    ],
)
def test_legacy_original_inside_utf8(original: str, written: str, read: str) -> None:
    inner = original.encode(written).decode(read)
    garbled = inner.encode("utf-8").decode("cp1252")
    assert inner != original
    assert fix_text(garbled) == original


@pytest.mark.parametrize(
    "original",
    [
        "Artigo 7ª.",
        "Mintga parsùna â igl dretg da protecziùn legala avànt las giurisdicziùns naziunalas competentas",
    ],
)
def test_what_came_out_of_utf8_stays(original: str) -> None:
    once = original.encode("utf-8").decode("cp1252")
    assert fix_text(once.encode("utf-8").decode("iso-8859-1")) == original


def test_too_long_a_text_is_not_asked() -> None:
    assert further.garbled("6. èlen")
    assert not further.garbled("6. èlen" + " in" * 200)


def test_the_cheapest_way_to_a_text_counts() -> None:
    garbled = "Vlak jede v půl třetí.".encode().decode("cp949").encode().decode("cp1250", "surrogateescape")
    found = {one.text: one.chain for one in search.explore(garbled.replace("\udc81", "\x81"))}
    assert found["Vlak jede v půl třetí."] == ("utf-8>cp949", "utf-8>cp1250")
