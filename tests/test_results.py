from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmend import Alternative, Loss, Plan, PlanFormatError, Repair, Step, results
from textmend.results import digest

texts = st.text(st.characters(codec=None), max_size=8)
chances = st.floats(0, 1)
losses = st.builds(
    Loss,
    start=st.integers(0, 9),
    end=st.integers(0, 9),
    kind=st.sampled_from(["dropped", "replaced", "swallowed", "altered", "truncated"]),
    lost=st.binary(max_size=3),
    chosen=texts,
    alternatives=st.lists(st.builds(Alternative, texts, chances), max_size=3).map(tuple),
)
steps = st.builds(
    Step,
    rule=st.just("TM101"),
    stage=st.integers(0, 3),
    start=st.integers(0, 99),
    before=texts,
    after=texts,
    why=texts,
    chain=st.lists(st.just("utf-8>gbk"), max_size=2).map(tuple),
    losses=st.lists(losses, max_size=2).map(tuple),
    bits=st.floats(-100, 100),
    confidence=chances,
)
plans = st.builds(Plan, st.lists(steps, max_size=3).map(tuple), st.just("00"), st.text("0123456789abcdef"))


@given(plans)
def test_a_plan_survives_json(plan: Plan) -> None:
    assert Plan.from_dict(json.loads(json.dumps(plan.to_dict()))) == plan


def good() -> dict:
    loss = Loss(0, 1, "dropped", b"\x9d", "”", (Alternative("”", 0.9),))
    step = Step("TM101", 0, 0, "a", "”", "why", ("utf-8>gbk",), (loss,))
    return Plan((step,), "00", "11").to_dict()


def test_the_layout_of_a_plan_is_fixed() -> None:
    assert good() == {
        "format": 1,
        "before_digest": "00",
        "after_digest": "11",
        "steps": [
            {
                "rule": "TM101",
                "stage": 0,
                "start": 0,
                "before": "a",
                "after": "”",
                "why": "why",
                "chain": ["utf-8>gbk"],
                "losses": [
                    {
                        "start": 0,
                        "end": 1,
                        "kind": "dropped",
                        "lost": "9d",
                        "chosen": "”",
                        "alternatives": [{"text": "”", "probability": 0.9}],
                    }
                ],
                "bits": 0.0,
                "confidence": 1.0,
            }
        ],
    }


@pytest.mark.parametrize("key", ["format", "before_digest", "after_digest", "steps"])
def test_a_plan_without_a_key_is_refused(key: str) -> None:
    data = good()
    del data[key]
    with pytest.raises(PlanFormatError, match="format|lacks"):
        Plan.from_dict(data)


@pytest.mark.parametrize("key", sorted(good()["steps"][0]))
@pytest.mark.parametrize("value", [None, {}, -1])
def test_a_step_with_a_wrong_value_is_refused(key: str, value: object) -> None:
    data = good()
    data["steps"][0][key] = value
    harmless = (key in {"chain", "losses"} and value == {}) or (key in {"bits", "confidence"} and value == -1)
    if harmless:  # an empty dictionary is as empty as a list, and a number is a number
        Plan.from_dict(data)
    else:
        with pytest.raises(PlanFormatError):
            Plan.from_dict(data)


@pytest.mark.parametrize("data", [None, [], "plan", 1, {}, {"format": 2}, {"format": 1, "steps": 3}])
def test_what_is_no_plan_is_refused(data: object) -> None:
    with pytest.raises(PlanFormatError):
        Plan.from_dict(data)


def test_the_digest_is_of_the_text_and_short() -> None:
    assert digest("a") != digest("b")
    assert len(digest("\ud800")) == 16
    assert digest("é") == digest("\u00e9") != digest("e\u0301")


def test_an_undecided_loss_has_no_confidence() -> None:
    ranked = (Alternative("–", 0.5), Alternative("—", 0.5))
    assert Loss(0, 1, "dropped", b"", "\ufffd", ranked).confidence == 0.0
    assert Loss(0, 0, "dropped", b"", "", ranked).confidence == 0.0
    assert not Loss(0, 0, "dropped", b"", "", ranked).decided


def test_the_confidence_of_a_repair_is_that_of_its_least_sure_step() -> None:
    sure, less = (Step("TM101", 0, 0, "a", "b", "", confidence=each) for each in (0.99, 0.91))
    assert Repair("b", Plan((sure, less), "", "")).confidence == 0.91
    assert Repair("b", Plan((), "", "")).confidence == 1.0


def test_all_results_are_frozen_and_slotted() -> None:
    classes = [each for each in vars(results).values() if dataclasses.is_dataclass(each)]
    assert len(classes) >= 8
    for each in classes:
        assert each.__dataclass_params__.frozen
        assert "__slots__" in vars(each)
