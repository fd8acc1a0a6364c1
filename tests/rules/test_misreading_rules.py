from __future__ import annotations

from types import SimpleNamespace

import textmend
from textmend import Alternative, Loss
from textmend.misreadings import Mending

CHAIN = ("utf-8>gbk",)


def mending(start: int, before: str, after: str, *losses: Loss, confidence: float = 0.99) -> Mending:
    return Mending(start, before, after, CHAIN, losses, 33.0, confidence)


def test_a_mending_becomes_a_step_with_all_it_carries(judged) -> None:
    loss = Loss(0, 1, "dropped", b"\x9d", "”", (Alternative("”", 0.98),))
    judged(mendings=(mending(2, "鈥", "”", loss),))
    repair = textmend.fix_and_explain("so鈥")
    assert repair.text == "so”"
    (step,) = repair.plan.steps
    assert (step.rule, step.stage, step.start) == ("TM104", 0, 2)
    assert step.why == "utf-8 was read as gbk"
    assert (step.chain, step.losses, step.bits, step.confidence) == (CHAIN, (loss,), 33.0, 0.99)
    (finding,) = repair.findings
    assert (finding.rule, finding.before, finding.after, finding.chain) == (
        "TM104",
        "鈥",
        "”",
        CHAIN,
    )
    assert finding.message == "misread text with lost bytes: utf-8 was read as gbk"
    assert repair.confidence == 0.99


def test_misreadings_with_and_without_losses_make_one_stage(judged) -> None:
    loss = Loss(0, 1, "dropped", b"\x9d", "”", (Alternative("”", 0.98),))
    marks = (mending(0, "鈥檚", "’s"), mending(2, "鈥", "”", loss), mending(3, "鈥檚", "’s"))
    judged(mendings=marks)
    repair = textmend.fix_and_explain("鈥檚鈥鈥檚")
    assert repair.text == "’s”’s"
    assert [(step.rule, step.stage, step.start) for step in repair.plan.steps] == [
        ("TM101", 0, 0),
        ("TM104", 0, 2),
        ("TM101", 0, 3),
    ]
    judged(mendings=marks)
    assert textmend.fix_text("鈥檚鈥鈥檚", disable=["TM104"]) == "’s鈥’s"
    judged(mendings=marks)
    assert textmend.fix_text("鈥檚鈥鈥檚", disable=["TM101"]) == "鈥檚”鈥檚"


def test_a_text_is_judged_once(judged) -> None:
    texts = judged(mendings=(mending(0, "鈥檚", "’s"),))
    textmend.fix_and_explain("鈥檚")
    assert texts == ["鈥檚"]


def test_what_is_undecided_is_reported_and_left(judged) -> None:
    judged(undecided=(mending(0, "鈥檚", "’s", confidence=0.6),))
    repair = textmend.fix_and_explain("鈥檚")
    assert repair.text == "鈥檚"
    (finding,) = repair.findings
    assert (finding.rule, finding.after, finding.confidence) == ("TM102", None, 0.6)
    assert finding.message == "may be '’s': utf-8 was read as gbk"


def test_a_lost_byte_left_open_is_reported_with_its_alternatives(judged) -> None:
    ranked = (Alternative("–", 0.6), Alternative("—", 0.4))
    judged(mendings=(mending(1, "鈥?", "\ufffd ", Loss(0, 1, "replaced", b"", "\ufffd", ranked)),))
    findings = textmend.check_text("a鈥?b")
    assert [(each.rule, each.after) for each in findings] == [("TM102", None), ("TM104", "\ufffd ")]
    assert findings[0].message == ("bytes were lost here; they may have been – (60 %), — (40 %)")


def test_lost_text_is_reported_and_left(judged) -> None:
    mark = SimpleNamespace(start=1, end=4, what="gbk", message="text was lost: utf-8 read as gbk")
    judged(lost=(mark,))
    repair = textmend.fix_and_explain("x锟斤拷")
    assert repair.text == "x锟斤拷"
    (finding,) = repair.findings
    assert (finding.rule, finding.before, finding.column) == ("TM103", "锟斤拷", 2)


def test_each_rule_can_be_disabled_alone(judged) -> None:
    everything = {
        "mendings": (mending(0, "鈥檚", "’s"),),
        "lost": (SimpleNamespace(start=3, end=6, what="gbk", message="lost"),),
        "undecided": (mending(2, "鈥", "”"),),
    }
    for code in ("TM101", "TM102", "TM103"):
        judged(**everything)
        found = {each.rule for each in textmend.check_text("鈥檚鈥锟斤拷", disable=[code])}
        assert found == {"TM101", "TM102", "TM103"} - {code}


def test_nothing_is_judged_when_no_rule_asks(judged) -> None:
    texts = judged(mendings=(mending(0, "鈥檚", "’s"),))
    assert textmend.fix_text("鈥檚", disable=["TM1"]) == "鈥檚"
    assert texts == []
