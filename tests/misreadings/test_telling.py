"""Legacy originals that letters tell are those that judging finds; the shortcuts of sisters change no answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from textmend import compiled, fix_and_explain, fix_text
from textmend.encodings import garble
from textmend.misreadings import beyond, judge, lines, sisters, telling
from textmend.misreadings.stable import applied
from textmend.options import Options
from textmend.plausibility.model import load

CLEAN = Path(__file__).resolve().parents[2] / "fixtures" / "clean"
HOPS = (
    ("ru", "cp1251>cp1252"),
    ("ru", "koi8-r>cp1251"),
    ("ru", "cp866>cp1252"),
    ("ru", "mac-cyrillic>cp1252"),
    ("uk", "cp1251>cp1252"),
    ("sr", "cp1251>iso-8859-15"),
    ("el", "cp1253>cp1252"),
    ("el", "cp737>cp1252"),
    ("he", "cp1255>cp1252"),
    ("ar", "cp1256>cp1252"),
    ("th", "cp874>cp1252"),
    ("pl", "cp1250>cp1252"),
    ("ja", "euc-jp>cp1252"),
    ("ja", "cp932>cp1252"),
    ("zh-Hans", "gbk>cp1252"),
    ("zh-Hans", "gb18030>cp1251"),
    ("zh-Hant", "big5>cp1252"),
    ("ko", "cp949>cp1252"),
    ("x-caps", "cp1252>cp437"),
)


def seen(language: str, name: str, count: int) -> list[str]:
    """Return lines of a language, misread; those that cannot be stay clean."""
    written, _, read = name.partition(">")
    clean = (CLEAN / f"{language}.txt").read_text("utf-8").split("\n")[:-1]
    return [garble(line, written, read) or line for line in clean[:count]]


@pytest.mark.parametrize(("language", "name"), HOPS)
def test_what_letters_tell_is_what_judging_finds(language: str, name: str) -> None:
    for line in seen(language, name, 40):
        found = telling.told(line)
        if found is not None:
            judged = judge(line, Options()).mendings
            assert applied(line, judged) == found.text
            assert {mending.chain for mending in judged} == {found.chain}


@pytest.mark.parametrize(("language", "name"), HOPS)
def test_documents_are_repaired_as_they_are_judged(language: str, name: str) -> None:
    garbled = (seen(language, name, 24) * 2)[:24]
    clean = (CLEAN / f"{language}.txt").read_text("utf-8").split("\n")[:24]
    for text in (
        "\n".join(garbled),
        "\n".join(garbled[::-1]),
        "\r\n".join(garbled[:5]),
        "\n".join([*clean[:8], garbled[8], *clean[9:]]),
        "\n".join([*garbled[:12], *clean[12:18], *garbled[18:]]),
    ):
        repaired = beyond.undone(text, Options())
        assert repaired is None or repaired == applied(text, judge(text, Options()).mendings)
        assert fix_text(text) == fix_and_explain(text).text


@pytest.mark.parametrize(("language", "name"), HOPS[:3])
def test_two_ways_in_one_document(language: str, name: str) -> None:
    text = "\n".join([*seen(language, name, 10), *seen("el", "cp1253>cp1252", 10)])
    assert fix_text(text) == fix_and_explain(text).text


def test_what_is_told() -> None:
    if compiled.kernel() is None:
        pytest.skip("textmend was installed without a compiler")
    found = telling.told("Âñå ëþäè ðîæäàþòñÿ ñâîáîäíûìè")
    assert found is not None
    assert (found.text, found.chain) == ("Все люди рождаются свободными", ("cp1251>cp1252",))
    japanese = "すべての人間は、生まれながらにして自由である。"
    found = telling.told(garble(japanese, "euc-jp", "cp1252") or "")
    assert found is not None
    assert (found.text, found.chain) == (japanese, ("euc-jp>cp1252",))
    document = "\n".join(seen("ru", "cp1251>cp1252", 12))
    assert beyond.undone(document, Options()) == "\n".join(seen("ru", "utf-8>utf-8", 12))


@pytest.mark.parametrize(
    "text", ["", "plain", "été", "Ïðè", "ï¿½" * 9, "Ã©tÃ© Ã© Ã© Ã©", "\ufffd" * 9, "\ud800àáâãäå", "àá" * 999]
)
def test_what_is_not(text: str) -> None:
    assert telling.told(text) is None


@pytest.mark.parametrize(
    ("language", "name"), [*HOPS, ("fr", "cp850>cp1252"), ("fr", "cp1252>cp850"), ("tr", "cp1254>cp1252")]
)
def test_sisters_are_the_same_without_shortcuts(monkeypatch: pytest.MonkeyPatch, language: str, name: str) -> None:
    part = seen(language, name, 10)
    context = sum(map(load().packed, part[:4]))
    asked = [name, *(sister for sister, _ in sisters._sisters(name)[::7])]
    quick = [sisters.best(one, part, lambda: context) for one in asked]
    monkeypatch.setattr(telling, "_compiled", lambda: None)
    assert [sisters.best(one, part, lambda: context) for one in asked] == quick


def test_a_line_is_repaired_as_it_is_judged() -> None:
    options = Options()
    for language, name in HOPS:
        for line in seen(language, name, 6):
            assert lines.undone(line, options) == applied(line, judge(line, options).mendings)
    assert lines.undone("Ïðèâåò", Options(encodings=("cp1251",))) == "Ïðèâåò"
    assert lines.undone("Ïðèâåò", Options(min_confidence=1.0)) == "Ïðèâåò"


def test_the_kernel_refuses_what_it_cannot_take() -> None:
    teller = telling._compiled()
    if teller is None:
        pytest.skip("textmend was installed without a compiler")
    with pytest.raises(TypeError):
        teller.told(b"plain")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no such writer"):
        teller.dearer("plain", False, 999, 0, 0)
    with pytest.raises(ValueError, match="no such reader"):
        teller.apart("plain", 0, -1)
