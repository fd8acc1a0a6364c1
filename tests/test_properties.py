from __future__ import annotations

import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import textmend

WORDS = (
    "“So",
    "it’s",
    "the",
    "army",
    "partners.”",
    "has — whether",
    "Café",
    "naïve",
    "für",
    "Москва",
    "привет",
    "中文",
    "測試",
    "テスト",
    "한국어",
    "1998–2004",
    "…and",
    "(100 %)",
    "line\n",
    "Ελλάδα",
)
READERS = ("gbk", "cp1252", "latin-1", "cp1251")

CLEAN = (
    "",
    "Plain ASCII, nothing more.\r\nSecond line.\n",
    "“So,” she said — it’s naïve… isn’t it?",
    "Er aß Süßes in der Straße. Ça va? À bientôt. ÉCOLE, IRMÃ.",
    "Съешь ещё этих мягких французских булок.",
    "他说:“你好,世界。”",
    "東京都は日本の首都です。ﾊﾝｶｸ",
    "한국어 텍스트입니다.",
    "鈥是元素周期表中的一種元素。",
    "naïve ½ × 3 ÷ 2 ≈ ∑ ∀x∈ℝ",
    "┌──┐\n│ok│\n└──┘",
    "\ud800 a lone surrogate, a NUL \0 and a BOM \ufeff",
)

any_text = st.text(st.characters(codec=None), max_size=80)
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)


def misread(text: str, reader: str) -> str:
    return text.encode("utf-8").decode(reader, "ignore")


damaged = st.builds(misread, sentences, st.sampled_from(READERS))
texts = st.one_of(any_text, sentences, damaged, st.builds("{}{}".format, any_text, damaged))


@given(texts)
def test_undo_restores_and_replay_reproduces(text: str) -> None:
    repair = textmend.fix_and_explain(text)
    assert textmend.undo(repair.plan, repair.text) == text
    assert textmend.replay(repair.plan, text) == repair.text


@given(texts)
def test_explaining_is_the_same_repair(text: str) -> None:
    assert textmend.fix_and_explain(text).text == textmend.fix_text(text)


@given(texts)
def test_plans_survive_json(text: str) -> None:
    plan = textmend.fix_and_explain(text).plan
    assert textmend.Plan.from_dict(json.loads(json.dumps(plan.to_dict()))) == plan


@given(texts)
def test_repairing_twice_changes_nothing_more(text: str) -> None:
    once = textmend.fix_text(text)
    assert textmend.fix_text(once) == once


@given(texts)
def test_an_unchanged_text_is_the_same_object(text: str) -> None:
    fixed = textmend.fix_text(text)
    assert fixed is text or fixed != text


@given(texts, st.sampled_from(["TM101", "TM102", "TM103", "TM1"]))
def test_a_disabled_rule_never_appears(text: str, code: str) -> None:
    repair = textmend.fix_and_explain(text, disable=[code])
    seen = {step.rule for step in repair.plan.steps} | {each.rule for each in repair.findings}
    assert not any(rule.startswith(code) for rule in seen)


@given(texts)
def test_findings_point_into_the_text(text: str) -> None:
    for finding in textmend.check_text(text):
        assert 0 <= finding.start < finding.end <= len(text)
        if finding.rule in {"TM101", "TM102", "TM103", "TM104"}:  # they see the text as given
            assert finding.before == text[finding.start : finding.end]
        assert finding.line >= 1
        assert finding.column >= 1


@given(sentences, st.sampled_from(READERS))
def test_a_lossless_misreading_is_undone_or_left(text: str, reader: str) -> None:
    try:
        garbled = text.encode("utf-8").decode(reader)
    except UnicodeDecodeError:
        assume(False)
    fixed = textmend.fix_text(garbled)
    wrong = [
        line
        for line, was, original in zip(fixed.splitlines(), garbled.splitlines(), text.splitlines(), strict=False)
        if line not in {was, original}
    ]
    assert not wrong


@pytest.mark.parametrize("text", CLEAN)
def test_clean_text_comes_back_as_the_same_object(text: str) -> None:
    assert textmend.fix_text(text) is text


@given(st.text(st.characters(codec="ascii", exclude_characters="?&\\=%+~"), max_size=200))
def test_plain_ascii_is_never_changed(text: str) -> None:
    assert textmend.fix_text(text) is text
