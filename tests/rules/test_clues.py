"""A clue that is missing hides nothing: no rule behind it finds anything then."""

from __future__ import annotations

import sys
from itertools import groupby

import pytest

from textmend import Options, check_text, fix_text
from textmend.pipeline import run
from textmend.rules import RULES, Context, Rule, clues

WITH_CLUES = [rule for rule in RULES if rule.clue is not None]
EVERY = "".join(map(chr, range(sys.maxunicode + 1)))
# parted by letters, so that no two of them make something together; short enough for every clue
SHORT = 300


def ids(rule: Rule) -> str:
    return rule.code


def without_the_clue(rule: Rule) -> list[str]:
    """Return short texts of all characters without those that are the rule's clue."""
    assert rule.clue is not None
    context = Context(Options())
    left = [char for char in EVERY if not rule.clue(char, context)]
    return ["a".join(left[at : at + SHORT]) for at in range(0, len(left), SHORT)]


@pytest.mark.parametrize("clue", [clues.unseen, clues.damage, clues.escapes], ids=lambda clue: clue.__name__)
def test_without_the_clue_nothing_is_found(clue: object) -> None:
    rules = [rule for rule in WITH_CLUES if rule.clue is clue]
    assert rules
    context = Context(Options())
    for text in without_the_clue(rules[0]):
        assert not clue(text, context)  # type: ignore[operator]
        for rule in rules:
            assert rule.find(text, context) == [], (rule.code, text)
            assert rule.fix is None or rule.fix(text, context) == [], (rule.code, text)


@pytest.mark.parametrize("rule", WITH_CLUES, ids=ids)
def test_the_examples_hold_the_clue(rule: Rule) -> None:
    assert rule.clue is not None
    for example in rule.examples:
        assert rule.clue(example.before, Context(Options()))


@pytest.mark.parametrize("rule", WITH_CLUES, ids=ids)
def test_the_examples_hold_the_clue_in_a_long_text(rule: Rule) -> None:
    assert rule.clue is not None
    for example in rule.examples:
        assert rule.clue("plain text\n" * 500 + example.before, Context(Options()))


def test_what_one_look_knows_is_not_kept_for_another_text() -> None:
    context = Context(Options())
    assert not clues.unseen("plain é", context)
    assert clues.unseen("not plain é\u200b", context)
    assert not clues.unseen("plain é", context)


def test_rules_with_one_clue_stand_together() -> None:
    """So that one look serves them all; damage is looked for first, unseen line ends last."""
    order = [clue.__name__ for clue, _ in groupby(WITH_CLUES, key=lambda rule: rule.clue) if clue]
    assert order.count("misread") == order.count("escapes") == 1


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
