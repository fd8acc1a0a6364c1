"""What is repaired with less work is what judging makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmend import fix_and_explain, fix_text
from textmend.encodings import garble
from textmend.misreadings import beyond, judge, telling
from textmend.misreadings.stable import applied
from textmend.options import Options

CLEAN = Path(__file__).resolve().parents[2] / "fixtures" / "clean"
LANGUAGES = ("fr", "de", "pl", "ru", "el", "tr", "vi", "ja", "zh-Hans", "ar", "x-quotes-en", "x-code", "x-emoji")
READERS = ("cp1252", "iso-8859-1", "cp1251", "cp1254", "mac-roman", "cp437", "cp850", "koi8-r", "gbk")


def lines(language: str) -> list[str]:
    return (CLEAN / f"{language}.txt").read_text("utf-8").split("\n")[:-1]


def seen(language: str, read: str, count: int, written: str = "utf-8") -> list[str]:
    """Return lines of a language, misread; those that cannot be stay clean."""
    return [garble(line, written, read) or line for line in lines(language)[:count]]


def check(text: str, options: Options | None = None) -> str | None:
    """Return what is repaired with less work, which must be what judging makes of it."""
    chosen = options or Options()
    repaired = beyond.undone(text, chosen)
    assert repaired is None or repaired == applied(text, judge(text, chosen).mendings)
    return repaired


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("read", READERS)
def test_documents_are_repaired_as_they_are_judged(language: str, read: str) -> None:
    garbled = (seen(language, read, 24) * 2)[:24]
    clean = (lines(language) * 2)[:24]
    for text in (
        "\n".join(garbled),
        "\r\n".join(garbled[:6]),
        "\n".join([*clean[:8], garbled[8], *clean[9:]]),
        "\n".join([*clean[:6], garbled[6], garbled[6], *clean[7:12], garbled[12], garbled[13]]),
        "\n".join(garbled[::-1]),
    ):
        check(text)
        assert fix_text(text) == fix_and_explain(text).text


@pytest.mark.parametrize("read", ["cp1252", "cp1251", "mac-roman"])
def test_two_misreadings_in_one_document(read: str) -> None:
    text = "\n".join([*seen("fr", "cp1252", 10), *seen("ru", read, 10), *seen("de", "cp1250", 6)])
    check(text)
    assert fix_text(text) == fix_and_explain(text).text


PIECES = (
    "Les Ã©lÃ¨ves Ã©taient lÃ\xa0.",
    "dÃ©jÃ\xa0 vu â€“ cafÃ©",
    "Ã©tÃ©",
    "Â°",
    "Ã",
    "l’été",
    "plain",
    "РџСЂРёРІРµС‚ РјРёСЂ",
    "Russia鈥檚 army",
    "cafÃ© \ufffd",
    "cafÃ© \0",
    "it=E2=80=99s",
    "ÃƒÂ©tÃƒÂ©",
    "Ïðèâåò",
    "ðŸ˜€ naÃ¯ve",
    "ÃŽle de RÃ©",
    "PaintSÃO PAULO",
    "Tåår, Å²",
    "",
)


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=9), st.sampled_from(["\n", "\r\n", "\r"]))
def test_any_lines_are_repaired_as_they_are_judged(parts: list[str], end: str) -> None:
    check(end.join(parts))


def test_what_is_repaired_so() -> None:
    assert check("dÃ©jÃ\xa0 vu, cafÃ©") == "déjà vu, café"
    assert check("\n".join(seen("ru", "cp1251", 12))) == "\n".join(lines("ru")[:12])
    assert check("plain\ndÃ©jÃ\xa0 vu, cafÃ©\nplain") == "plain\ndéjà vu, café\nplain"


def test_clean_lines_with_a_clue_stay_beside_misread_ones() -> None:
    staying = ["PaintSÃO PAULO", *lines("fr")[:3]]
    for garbled in ("dÃ©jÃ\xa0 vu, cafÃ©", "Â¡Feliz aÃ±o! ðŸŽ‰", "ÙŠØ¹Ø±Ø¶ Ø£ÙŠ Ø¥Ù†Ø³Ø§Ù†"):
        repaired = check("\n".join([garbled, *staying]))
        assert repaired is not None
        assert repaired.split("\n")[1:] == staying


def test_lines_without_a_clue_follow_their_document() -> None:
    if telling._compiled() is None:
        pytest.skip("textmend was installed without a compiler")
    text = "\n".join([*seen("ru", "cp1252", 12, "cp1251"), "íà òî,"])
    assert check(text) == "\n".join([*lines("ru")[:12], "на то,"])


def test_what_is_not() -> None:
    assert check("plain") is None
    assert check("plain\nplain") is None
    assert check("Russia鈥檚 foothold, cafÃ©") is None
    assert check("dÃ©jÃ\xa0 vu, cafÃ©", Options(languages=("fr",))) is None
    assert check("dÃ©jÃ\xa0 vu, cafÃ©", Options(encodings=("cp1252",))) is None
    assert check("dÃ©jÃ\xa0 vu\ncafÃ© crÃ¨me", Options(min_confidence=0.99)) is None


def test_only_the_rule_about_misread_text_repairs_it() -> None:
    text = "dÃ©jÃ\xa0 vu, cafÃ©"
    assert fix_text(text, disable=["TM101"]) == text
    assert fix_text(text, profile="plain") == fix_and_explain(text, profile="plain").text
