"""What holds for every rule on every text: plans, undoing, profiles, idempotence, clean text."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import textmend
from textmend import Options
from textmend.options import PROFILES
from textmend.rules import MISREADING_RULES, RULES, selected

# The misreading rules are tested in their own places; here they would only take time.
OTHERS = [rule.code for rule in MISREADING_RULES]

# Pieces that wake rules, and pieces that become escapes when something between them goes.
PIECES = (
    "&", "amp;", "&amp;", "#39;", "&#38;", "&eacute;", "&lt;b&gt;", "<b>", "</b>", ";", "lt;",
    "\\", "u0026", "\\u2019", "\\u00e9", "\\ud83d\\ude00", "\\xa0", "x26;", "%26", "%C3%A9", "%20", "%",
    "=3D", "=C3=A9", "=\n", "=20\n", "=", "26", "3D",
    "\x1b", "[31m", "\x1b[0m", "\x1b]0;t\x07", "\x07", "\0", "\x02", "\x7f", "\x81", "\x85", "\x93", "\x94",
    "\ufeff", "\u200b", "\u200d", "\u200c", "\u00ad", "\ufe0f", "\u3164", "\U000e0041", "\U0001f3f4", "\U000e007f",
    "\u202a", "\u202e", "\u202c", "\u2066", "\u2067", "\u2069", "\u200f",
    "\ud83d", "\ude00", "\udce9", "\udcff",
    "“", "’", "—", "…", "ﬁ", "Ａ", "＆", "ａｍｐ；", "！", "ｶ", "ﾞ", "\u3000", "\xa0", "\u2009",
    "e\u0301", "\u0301", "\u0323", "\u212b", "\uf900", "①", "가", "\u1100\u1161",
    "\r", "\n", "\r\n", "\u2028", "\x0b", " ", "  ", "\t", ".", ",",
    "a", "word", "Latin", "паssword", "слово", "中文", "かな", "שלום", "می‌خواهم", "हिन्दी", "👩‍💻", "é", "1", "100",
)  # fmt: skip

pieces = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
anything = st.text(st.characters(codec=None), max_size=40)
texts = st.one_of(pieces, anything, st.builds("{}{}{}".format, pieces, anything, pieces))

EVERYTHING = Options(enable=("TM",), disable=tuple(OTHERS))
options = st.builds(
    Options,
    profile=st.sampled_from(PROFILES),
    enable=st.lists(st.sampled_from([rule.code for rule in RULES] + ["TM2", "TM3", "TM4"]), max_size=4),
    disable=st.lists(st.sampled_from([rule.code for rule in RULES]), max_size=6).map(lambda codes: codes + OTHERS),
)


@given(texts, options)
@settings(max_examples=300)
def test_steps_replay_and_undo_and_survive_json(text: str, wanted: Options) -> None:
    repair = textmend.fix_and_explain(text, wanted)
    assert textmend.undo(repair.plan, repair.text) == text
    assert textmend.replay(repair.plan, text) == repair.text
    assert textmend.Plan.from_dict(json.loads(json.dumps(repair.plan.to_dict()))) == repair.plan
    assert textmend.fix_text(text, wanted) == repair.text


@given(texts, options)
@settings(max_examples=300)
def test_only_rules_that_are_wanted_appear(text: str, wanted: Options) -> None:
    repair = textmend.fix_and_explain(text, wanted)
    codes = {rule.code for rule in selected(wanted)}
    assert {step.rule for step in repair.plan.steps} <= codes
    assert {finding.rule for finding in repair.findings} <= codes
    assert not any(code.startswith(wanted.disable) for code in codes)


@given(texts)
@settings(max_examples=600)
def test_all_rules_twice_change_nothing_more(text: str) -> None:
    once = textmend.fix_text(text, EVERYTHING)
    assert textmend.fix_text(once, EVERYTHING) is once


@given(texts, options)
@settings(max_examples=300)
def test_any_rules_twice_change_nothing_more(text: str, wanted: Options) -> None:
    once = textmend.fix_text(text, wanted)
    assert textmend.fix_text(once, wanted) is once


@given(texts)
def test_every_change_is_a_finding_and_every_finding_has_its_place(text: str) -> None:
    repair = textmend.fix_and_explain(text, EVERYTHING)
    assert {step.rule for step in repair.plan.steps} <= {finding.rule for finding in repair.findings}
    for finding in repair.findings:
        assert 0 <= finding.start <= finding.end <= len(text)
        assert finding.message
        assert finding.severity


@given(texts)
def test_the_default_profile_leaves_what_is_no_damage(text: str) -> None:
    repair = textmend.fix_and_explain(text, disable=OTHERS)
    assert {step.rule for step in repair.plan.steps} <= {"TM105", "TM106"}


@pytest.mark.parametrize(("smaller", "larger"), list(pairwise(PROFILES)))
def test_profiles_nest(smaller: str, larger: str) -> None:
    assert set(selected(Options(profile=smaller))) < set(selected(Options(profile=larger)))


def test_escapes_inside_escapes_are_resolved_in_a_few_rounds() -> None:
    wanted = Options(profile="tidy", disable=OTHERS)
    nested = "&" + "amp;" * 1000 + "amp;lt;"
    assert textmend.fix_text(nested, wanted) == "<"
    assert textmend.fix_text("%26#92;u2019 caf%C3%A9", wanted) == "%26#92;u2019 café"
    deep = "&#38;" + "#38;amp;" * 1000 + "eacute;"
    assert textmend.fix_text(deep, wanted) == "é"


@pytest.mark.parametrize(
    "text", ["", "plain ASCII, “curly” — naïve… café\n", "Съешь ещё", "他说：“你好。”", "한국어", "مرحبا"]
)
def test_clean_text_stays_the_same_object_in_every_profile_it_suits(text: str) -> None:
    for profile in ("repair", "tidy"):
        assert textmend.fix_text(text, profile=profile, disable=OTHERS) is text


def clean_files(root: Path) -> list[Path]:
    return sorted((root / "fixtures" / "clean").glob("**/*.txt"))


def test_the_rules_but_those_about_misreadings_leave_clean_text(root: Path) -> None:
    for path in clean_files(root):
        text = path.read_bytes().decode("utf-8")
        assert textmend.fix_text(text, disable=OTHERS) is text, path.name
        for line in text.splitlines():
            assert textmend.fix_text(line, disable=OTHERS) is line, (path.name, line)
