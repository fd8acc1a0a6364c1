from __future__ import annotations

import re
from pathlib import Path

import pytest

import textmend
from textmend import Options, UnknownRuleError
from textmend.options import PROFILES
from textmend.rules import GROUPS, MISREADING_RULES, RULES, Rule, get, selected
from textmend.rules.base import SEVERITIES

EXAMPLES = [(rule, example) for rule in RULES for example in rule.examples]
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def test_the_order_is_pinned() -> None:
    codes = """
        TM101 TM102 TM103 TM104
        TM506 TM501 TM502 TM505 TM503
        TM105 TM106 TM107 TM108 TM205
        TM504 TM203 TM201 TM202 TM206 TM207 TM204
        TM305 TM304 TM303 TM302 TM301
        TM208 TM406 TM405 TM403 TM404 TM407 TM408 TM411 TM412 TM402 TM401 TM409 TM410
        TM209
    """
    assert [rule.code for rule in RULES] == codes.split()
    assert RULES[: len(MISREADING_RULES)] == MISREADING_RULES


def test_codes_and_names_are_unique() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert len({rule.name for rule in RULES}) == len(RULES)


@each_rule
def test_a_rule_is_well_formed(rule: Rule) -> None:
    assert re.fullmatch(r"TM[1-5]\d\d", rule.code)
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", rule.name)
    assert rule.summary.endswith(".")
    assert rule.why.endswith(".")
    assert rule.severity in SEVERITIES
    assert set(rule.profiles) <= set(PROFILES)
    assert get(rule.code) is rule


@each_rule
def test_profiles_nest(rule: Rule) -> None:
    places = sorted(PROFILES.index(profile) for profile in rule.profiles)
    assert places == list(range(len(PROFILES)))[len(PROFILES) - len(places) :]


@each_rule
def test_a_rule_is_one_file_named_like_the_rule(rule: Rule, root: Path) -> None:
    path = root / "src" / "textmend" / "rules" / f"{rule.name.replace('-', '_')}.py"
    assert path.read_text(encoding="utf-8").startswith(f'"""{rule.code}: ')


@each_rule
def test_a_rule_that_changes_text_has_an_example(rule: Rule) -> None:
    assert rule.examples or rule.reports_only


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=lambda each: getattr(each, "code", ""))
def test_every_example_is_true(rule: Rule, example) -> None:
    found = textmend.check_text(example.before, enable=[rule.code])
    assert rule.code in {finding.rule for finding in found}
    fixed = textmend.fix_text(example.before, enable=[rule.code])
    assert fixed == (example.before if example.after is None else example.after)
    assert textmend.fix_text(fixed, enable=[rule.code]) == fixed


@each_rule
def test_a_code_and_its_beginning_disable_a_rule(rule: Rule) -> None:
    for length in (2, 3, 4, 5):
        assert rule not in selected(Options(enable=[rule.code], disable=[rule.code[:length]]))


@each_rule
def test_a_rule_that_repairs_by_default_is_safe(rule: Rule) -> None:
    assert rule.safe or rule.reports_only or "repair" not in rule.profiles
    assert rule.code[:3] in GROUPS


def test_every_rule_has_an_example_unless_none_can_be_shown() -> None:
    # what is undecided changes with the model; binary data is no text
    assert [rule.code for rule in RULES if not rule.examples] == ["TM102", "TM506"]


def test_an_unknown_code_names_the_nearest() -> None:
    with pytest.raises(UnknownRuleError, match="did you mean TM1"):
        get("TM130")
    with pytest.raises(UnknownRuleError):
        selected(Options(enable=["TM99"]))
