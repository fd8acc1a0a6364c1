from __future__ import annotations

import textmend


def test_the_sample_is_repaired_exactly(garbled: str, expected: str) -> None:
    assert textmend.fix_text(garbled) == expected


def test_fix_encoding_repairs_it_too(garbled: str, expected: str) -> None:
    assert textmend.fix_encoding(garbled) == expected


def test_the_repaired_sample_is_left_alone(expected: str) -> None:
    assert textmend.fix_text(expected) is expected
    assert textmend.check_text(expected) == []


def test_every_step_names_the_misreading(garbled: str) -> None:
    steps = textmend.fix_and_explain(garbled).plan.steps
    assert steps
    assert {step.chain for step in steps} == {("utf-8>gbk",)}
    assert {step.rule for step in steps} == {"TM101", "TM104"}


def test_lost_bytes_are_named_with_what_was_chosen(garbled: str) -> None:
    steps = textmend.fix_and_explain(garbled).plan.steps
    losses = [(step, loss) for step in steps for loss in step.losses]
    assert losses
    for step, loss in losses:
        assert step.after[loss.start : loss.end] == loss.chosen
        assert loss.lost
        assert loss.alternatives[0].text == loss.chosen
        assert 0.0 < loss.confidence <= 1.0


def test_the_repair_can_be_undone_and_made_again(garbled: str, expected: str) -> None:
    repair = textmend.fix_and_explain(garbled)
    assert repair.text == expected
    assert textmend.undo(repair.plan, repair.text) == garbled
    assert textmend.replay(repair.plan, garbled) == expected


def test_windows_line_ends_change_nothing_else(garbled: str, expected: str) -> None:
    windows = garbled.replace("\n", "\r\n")
    assert textmend.fix_text(windows) == expected.replace("\n", "\r\n")


def test_without_its_rules_nothing_is_changed(garbled: str) -> None:
    assert textmend.fix_text(garbled, disable=["TM101", "TM104"]) is garbled
