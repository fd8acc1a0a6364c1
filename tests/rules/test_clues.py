"""A clue that is missing hides nothing: no rule behind it finds anything then."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmend import Options, check_text, fix_text, misreadings
from textmend.decoding import decode
from textmend.pipeline import run
from textmend.rules import RULES, Context, Rule, clues

LOOK = clues.load().look
SEARCH = clues.load().search
EVERY = "".join(map(chr, range(sys.maxunicode + 1)))
BITS = [1 << bit for bit in range(11)]
ASKED = clues.MISREAD | clues.LOST
ALL = sum(BITS)
# parted by letters, so that no two of them make something together; short enough for every clue
SHORT = 300


def ids(rule: Rule) -> str:
    return rule.code


@pytest.fixture(scope="module")
def clues_of_each() -> list[int]:
    """Return the clues of each character by itself, but those of misreadings, which look at neighbours."""
    return [LOOK(char, ALL & ~ASKED) for char in EVERY]


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.clue & ~ASKED], ids=ids)
def test_without_its_clue_a_rule_finds_nothing(rule: Rule, clues_of_each: list[int]) -> None:
    left = [char for char, found in zip(EVERY, clues_of_each, strict=True) if not found & rule.clue]
    context = Context(Options())
    for at in range(0, len(left), SHORT):
        text = "a".join(left[at : at + SHORT])
        assert rule.find(text, context) == [], (rule.code, text)
        assert rule.fix is None or rule.fix(text, context) == [], (rule.code, text)


@pytest.mark.parametrize("rule", RULES, ids=ids)
@pytest.mark.parametrize("before", ["", "plain text\n" * 500], ids=["short", "long"])
def test_the_examples_hold_the_clue(rule: Rule, before: str) -> None:
    for example in rule.examples:
        assert LOOK(before + example.before, rule.clue)


def test_the_kernel_and_python_see_the_same_in_every_character() -> None:
    for char in EVERY:
        assert LOOK(char, ALL) == SEARCH(char, ALL), ascii(char)


@given(
    st.text(st.sampled_from("a é鈥檚пр\x85\t\0\ud83d\u202e\u3000+~&%?\ufeff\u0301\U0001f600")),
    st.sampled_from([*BITS, ALL]),
)
def test_the_kernel_and_python_see_the_same(text: str, wanted: int) -> None:
    assert LOOK(text, wanted) == SEARCH(text, wanted)


@pytest.mark.parametrize("text", ["", "a", "abc", "é", "éa", "пр", "п", "\U0001f600", "a\U0001f600"])
@pytest.mark.parametrize("last", ["", "\t", "\x85", "\u202e", "\ud800"])
def test_the_last_character_counts(text: str, last: str) -> None:
    assert LOOK(text + last, ALL) == SEARCH(text + last, ALL)
    assert bool(LOOK(text + last, clues.UNSEEN)) == bool(last)


@given(st.text(st.characters(max_codepoint=0x7F)))
def test_text_in_ascii_is_asked_about_where_the_scan_may_find_something(text: str) -> None:
    suspicious, marked = misreadings.look(text) if misreadings.scanner()(text) else (False, False)
    assert LOOK(text, ASKED) == SEARCH(text, ASKED) == clues.MISREAD * suspicious | clues.LOST * marked


def test_what_is_asked_for_alone_is_answered() -> None:
    assert LOOK("é鈥檚\t&\x85", clues.LAYOUT) == clues.LAYOUT
    assert LOOK("é鈥檚\t&\x85", clues.NOTHING) == clues.NOTHING


@given(st.text(st.sampled_from("a +~é鈥檚прÌÉ{}-VPND中文\n\x1b$B\0\x0e\ufeff\u0301\u01c9")))
def test_bytes_without_a_doubt_are_the_text_that_they_seem_to_be(text: str) -> None:
    if not LOOK(text, clues.DOUBT | clues.CONTROLS | clues.DAMAGE):
        found = decode(text.encode())
        assert (found.text, found.encoding) == (text, "ascii" if text.isascii() else "utf-8")


def test_options_that_are_gone_leave_nothing_to_others() -> None:
    """Programs are known by the options they were made for, and identities are given anew."""
    for number in range(300):
        quotes = Options(profile="plain", min_confidence=number / 1000)
        assert fix_text("“a”", quotes) == '"a"'
        del quotes
        assert fix_text("“a”", Options(min_confidence=number / 1000)) == "“a”"
        assert check_text("“a”", Options(min_confidence=number / 1000)) == []


def test_a_run_over_rules_given_as_a_list_does_what_the_list_says_now() -> None:
    rules = [rule for rule in RULES if rule.code == "TM403"]
    options = Options(profile="plain")
    assert run("“a” —", options, rules=rules).text == '"a" —'
    rules += [rule for rule in RULES if rule.code == "TM404"]
    assert run("“a” —", options, rules=rules).text == '"a" --'
