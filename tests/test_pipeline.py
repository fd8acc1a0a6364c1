from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmend import Options, Plan, PlanMismatchError, Step
from textmend.pipeline import repair, replay, run, undo
from textmend.results import digest
from textmend.rules import Context, Edit, Hit, Rule


def replacing(code: str, old: str, new: str, *, profiles: tuple[str, ...] = ("repair",)) -> Rule:
    """Make a rule that replaces one string by another."""

    def find(text: str, _context: Context) -> list[Hit]:
        found = re.finditer(re.escape(old), text)
        return [Hit(match.start(), match.end(), f"{old} is here", new) for match in found]

    def fix(text: str, _context: Context) -> list[Edit]:
        found = re.finditer(re.escape(old), text)
        return [Edit(match.start(), old, new, f"{old} is wrong") for match in found]

    return Rule(code, "a-test", "", "", (), "warning", profiles, find, fix)


FIRST = replacing("TM901", "aa", "b")
SECOND = replacing("TM902", "bc", "dddd")
NOOP = replacing("TM903", "d", "d")
RULES = (FIRST, SECOND, NOOP)
OPTIONS = Options()


def test_each_rule_that_changes_something_is_a_stage() -> None:
    steps = run("xaacaa", OPTIONS, rules=RULES).steps
    assert [(step.rule, step.stage, step.start) for step in steps] == [
        ("TM901", 0, 1),
        ("TM901", 0, 4),
        ("TM902", 1, 1),
    ]


def test_a_rule_without_edits_leaves_no_gap_in_the_stages() -> None:
    steps = run("bc", OPTIONS, rules=RULES).steps
    assert [(step.rule, step.stage) for step in steps] == [("TM902", 0)]


def test_an_edit_that_changes_nothing_is_no_step() -> None:
    text = "d" * 2
    outcome = run(text, OPTIONS, rules=RULES)
    assert outcome.steps == ()
    assert outcome.text is text


def test_findings_have_the_offsets_of_the_text_as_given() -> None:
    found = run("xaacaa\naa", OPTIONS, rules=RULES, report=True).findings
    places = [(each.rule, each.start, each.end, each.line, each.column) for each in found]
    assert ("TM901", 1, 3, 1, 2) in places
    assert ("TM902", 1, 4, 1, 2) in places
    assert ("TM901", 7, 9, 2, 1) in places
    assert places == sorted(places, key=lambda place: (place[1], place[2]))


def test_no_findings_unless_asked() -> None:
    assert run("aa", OPTIONS, rules=RULES).findings == ()


def test_only_rules_that_the_options_want_run() -> None:
    assert run("aac", Options(disable=("TM901",)), rules=RULES).text == "aac"
    opt_in = replacing("TM904", "x", "y", profiles=())
    assert run("x", OPTIONS, rules=(opt_in,)).text == "x"
    assert opt_in.chosen(Options(enable=("TM904",)))
    assert not opt_in.chosen(Options(enable=("TM904",), disable=("TM9",)))


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(0, "b", "c", "")],
        [Edit(0, "a", "x", ""), Edit(0, "a", "y", "")],
        [Edit(1, "b", "x", ""), Edit(0, "a", "y", "")],
        [Edit(-1, "c", "x", "")],
        [Edit(3, "d", "x", "")],
        [Edit(4, "", "x", "")],
    ],
)
def test_an_edit_that_does_not_fit_the_text_is_refused(edits: list[Edit]) -> None:
    rule = Rule("TM905", "", "", "", (), "info", ("repair",), lambda _t, _c: [], lambda _t, _c: edits)
    with pytest.raises(PlanMismatchError, match="TM905 step at offset"):
        run("abc", OPTIONS, rules=(rule,))


@given(st.text("abcd\n\ud800", max_size=40))
def test_replay_and_undo(text: str) -> None:
    result = repair(text, OPTIONS, rules=RULES)
    assert replay(result.plan, text) == result.text
    assert undo(result.plan, result.text) == text
    again = Plan.from_dict(json.loads(json.dumps(result.plan.to_dict())))
    assert undo(again, result.text) == text


@given(st.text("abcd", max_size=20), st.text("abcd", max_size=20))
def test_other_texts_are_refused(text: str, other: str) -> None:
    result = repair(text, OPTIONS, rules=RULES)
    if other != text:
        with pytest.raises(PlanMismatchError, match="not the one that this plan repairs"):
            replay(result.plan, other)
    if other != result.text:
        with pytest.raises(PlanMismatchError, match="not the one that this plan led to"):
            undo(result.plan, other)


def test_a_step_that_does_not_fit_is_refused_even_when_the_digests_do() -> None:
    plan = Plan((Step("TM901", 0, 0, "x", "y", ""),), digest("abc"), digest("ybc"))
    with pytest.raises(PlanMismatchError, match="'x' should stand there"):
        replay(plan, "abc")
    plan = Plan((Step("TM901", 0, 1, "x", "y", ""),), digest("abc"), digest("abc"))
    with pytest.raises(PlanMismatchError, match="'y' should stand there"):
        undo(plan, "abc")


def test_a_plan_that_leads_elsewhere_is_refused() -> None:
    plan = Plan((Step("TM901", 0, 0, "a", "y", ""),), digest("abc"), digest("zbc"))
    with pytest.raises(PlanMismatchError, match="does not lead to the text that it promises"):
        replay(plan, "abc")
    plan = Plan((Step("TM901", 0, 0, "a", "y", ""),), digest("zbc"), digest("ybc"))
    with pytest.raises(PlanMismatchError, match="does not lead to the text that it was for"):
        undo(plan, "ybc")
