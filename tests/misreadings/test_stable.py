"""A repaired document is judged again: repairing it twice changes nothing more."""

from __future__ import annotations

from collections.abc import Callable

from textmend.misreadings.judgement import Judgement, Mending
from textmend.misreadings.stable import applied, stable

CHAIN = ("utf-8>cp1252",)
TEXT = "cafÃ© noir\ndÃ©jÃ  vu\nÃ©tÃ© passÃ©"
FIRST = Mending(3, "Ã©", "é", CHAIN)
SECOND = Mending(11, "dÃ©jÃ ", "déjà", CHAIN)
THIRD = Mending(21, "Ã©tÃ©", "été", CHAIN)


def again(answers: dict[str, tuple[Mending, ...]]) -> Callable[[str], tuple[Mending, ...]]:
    """Judge as told; what is not foreseen has nothing to repair."""
    return lambda text: answers.get(text, ())


def test_a_line_that_would_be_repaired_again_is_left_and_undecided() -> None:
    both = Judgement((FIRST, SECOND))
    once = applied(TEXT, both.mendings)
    settled = stable(TEXT, both, again({once: (Mending(10, "déjà", "d?j?", CHAIN),)}))
    assert settled.mendings == (FIRST,)
    assert settled.undecided == (SECOND,)


def test_a_line_that_is_repaired_only_now_is_repaired_at_once() -> None:
    judgement = Judgement((FIRST, SECOND), (), (THIRD,))
    once = applied(TEXT, judgement.mendings)
    settled = stable(TEXT, judgement, again({once: (THIRD._replace(start=once.index("Ã©tÃ©")),)}))
    assert settled.mendings == (FIRST, SECOND, THIRD)
    assert settled.undecided == ()


def test_what_was_refused_is_not_tried_again() -> None:
    calls: list[str] = []

    def judge(text: str) -> tuple[Mending, ...]:
        calls.append(text)
        if "déjà" in text:
            return (Mending(text.index("déjà"), "déjà", "d?j?", CHAIN),)
        return (SECOND._replace(start=text.index("dÃ©jÃ ")),)

    settled = stable(TEXT, Judgement((FIRST, SECOND)), judge)
    assert settled.mendings == (FIRST,)
    assert len(calls) == 2


def test_a_line_that_was_left_may_be_repaired_otherwise() -> None:
    other = SECOND._replace(after="deja")
    answers = {
        applied(TEXT, (FIRST, SECOND)): (Mending(10, "déjà", "d?j?", CHAIN),),
        applied(TEXT, (FIRST,)): (other._replace(start=10),),
    }
    assert stable(TEXT, Judgement((FIRST, SECOND)), again(answers)).mendings == (FIRST, other)


def test_judging_again_comes_to_an_end() -> None:
    calls: list[str] = []

    def judge(text: str) -> tuple[Mending, ...]:
        calls.append(text)
        start = text.index("Ã©tÃ©") if "Ã©tÃ©" in text else text.rindex("\n") + 1
        return (Mending(start, text[start : start + 4], f"Ã©{len(calls)}", CHAIN),)

    stable(TEXT, Judgement((FIRST, SECOND)), judge)
    assert len(calls) < 10


def test_a_repair_that_takes_a_line_end_with_it_is_not_judged_again() -> None:
    judgement = Judgement((Mending(0, "a\nb", "ab", CHAIN),))
    assert stable("a\nb Ã©tÃ©", judgement, again({"ab Ã©tÃ©": (Mending(3, "Ã©", "é", CHAIN),)})) is judgement
