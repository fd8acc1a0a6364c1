"""What the rules about unseen characters, escapes and style leave alone, beside their examples."""

from __future__ import annotations

import unicodedata

import pytest

import textmend
from textmend.rules import MISREADING_RULES, confusable_letters

WITHOUT_MISREADINGS = [rule.code for rule in MISREADING_RULES]


def fixed(text: str, profile: str = "tidy") -> str:
    return textmend.fix_text(text, profile=profile, disable=WITHOUT_MISREADINGS)


@pytest.mark.parametrize(
    "text",
    [
        "می‌خواهم",  # Persian: non-joiner
        "क्‍ष श्री",  # Hindi: joiner
        "ខ្ញុំ\u200bចង់",  # Khmer: zero-width space between words
        "👩‍💻 👨‍👩‍👧 🏳️‍🌈 ❤️ 1️⃣ ☎︎ 👍🏽",
        "葛󠄀飾区",  # an ideograph and its variant
        "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
        "#ohio \U0001f3f4\U000e0075\U000e0073\U000e006f\U000e0068\U000e007f",
        "\u2068name\u2069 joined",  # a balanced isolate
        "\u202bשלום\u202c (ok)",  # a balanced embedding
        "tab\there, form feed\x0c",
        "Donau\xaddampfschiff",
    ],
)
def test_unseen_characters_that_belong_there_stay(text: str) -> None:
    assert fixed(text) is text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a\u200bb\u200cc\u200dd\u2060e", "abcde"),
        ("x\ufe00\ufe01\ufe02", "x"),
        ("א\u202e!", "א!"),
        ("a\u200e b\u200f", "a b"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b(B\x1b[?25lx\x1b=", "x"),
        ("\x1b\x1b[31mx\x1b", "x"),
        ("a\ufeffb", "ab"),
    ],
)
def test_unseen_characters_go(text: str, wanted: str) -> None:
    assert fixed(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "<p>caf&eacute; &amp; bar</p>",
        "AT&T; R&D, &nothing; &#xffff; &#0; &#20x6;",
        "<!-- &amp; -->",
        "a < b && c > d",
        "\\\\u2019 C:\\users\\u00zz",
        '"\\u0022" \\u003cb\\u003e \\n \\x41',
        "[\\u4e00-\\u9fff]",
        "https://example.org/a%20b?c=%C3%A9 /path/%C3%A9",
        "100%20 and 50%AB, 5%25",
        "%E9 %ZZ",
        "a=20 b=3D c == d",
        "x =\n    y",
    ],
)
def test_escapes_that_belong_there_stay(text: str) -> None:
    assert fixed(text) is text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a < b &amp; c", "a < b & c"),
        ("&nbsp;&hellip;&#8217;&#x2019;", "\xa0…’’"),
        ("&#133; &#150;", "… –"),
        ("Don\\u0027t \\U0001F600 \\u{1F600}", "Don't 😀 😀"),
        ("name%C3%A9 a%20b%2Cc", "nameé a b,c"),
        ("=C3=A9 =3D =\nx=20\ny", "é = x \ny"),
    ],
)
def test_escapes_that_were_left_over_go(text: str, wanted: str) -> None:
    assert fixed(text) == wanted


@pytest.mark.parametrize("text", ["“curly” – ﬁ … １２ ﾊﾝｶｸ \xa0", "one  \ntwo"])
def test_tidy_leaves_style(text: str) -> None:
    assert fixed(text) is text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("「はい」，（いいえ）！ ok？", "「はい」，（いいえ）！ ok?"),
        ("ﾊﾝｶｸ ｶﾞ １２％", "ハンカク ガ 12%"),
        ("中文，英文", "中文，英文"),
        ("«oui» ʻokina ʼn", "«oui» ʻokina ʼn"),
    ],
)
def test_plain_leaves_what_other_writing_needs(text: str, wanted: str) -> None:
    assert fixed(text, "plain") == wanted


@pytest.mark.parametrize("text", ["Wi-Fi", "Путин и Trump", "α-helix", "Δx", "µm", "Łódź", "naïve", "iPhone"])
def test_words_of_one_script_are_not_suspicious(text: str) -> None:
    assert textmend.check_text(text, enable=["TM209"], disable=WITHOUT_MISREADINGS) == []


def test_a_final_newline_is_like_the_others() -> None:
    assert textmend.fix_text("a\r\nb", enable=["TM410"]) == "a\r\nb\r\n"
    assert textmend.fix_text("", enable=["TM410"]) == ""


def test_normal_forms_do_not_fight() -> None:
    text = "é e\u0301 ①"
    wanted = WITHOUT_MISREADINGS
    assert textmend.fix_text(text, enable=["TM411"], disable=wanted) == "e\u0301 e\u0301 ①"
    assert textmend.fix_text(text, enable=["TM402", "TM411"], disable=wanted) == "é é ①"
    assert textmend.fix_text(text, enable=["TM402", "TM411", "TM412"], disable=wanted) == "é é 1"


def test_mixed_line_ends_are_reported_once() -> None:
    found = textmend.check_text("a\r\nb\nc\r\nd\r", profile="tidy", disable=[*WITHOUT_MISREADINGS, "TM401"])
    assert [(each.rule, each.line, each.message) for each in found] == [
        ("TM503", 2, "lines end in different ways: 2 with CRLF, 1 with LF, 1 with CR")
    ]


@pytest.mark.parametrize(("table", "script"), [("_CYRILLIC", "CYRILLIC"), ("_GREEK", "GREEK")])
def test_the_tables_of_confusable_letters_hold_pairs_of_one_case(table: str, script: str) -> None:
    pairs = confusable_letters._pairs(getattr(confusable_letters, table))
    assert len(set(pairs)) == len(pairs)
    for latin, other in pairs:
        assert unicodedata.name(latin).startswith("LATIN ")
        assert unicodedata.name(other).startswith(f"{script} ")
        assert latin.isupper() == other.isupper()
