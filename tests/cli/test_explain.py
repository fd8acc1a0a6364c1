from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from textmend import Alternative, Loss, fix_and_explain
from textmend.cli.explain import describe
from textmend.cli.inputs import Source
from textmend.misreadings import Mending


def account(text: str) -> list[str]:
    return list(describe(Source("a.txt", b"", text), fix_and_explain(text)))


def test_the_sample_is_explained(textmend, garbled_path: Path, garbled: str) -> None:
    done = textmend("explain", garbled_path)
    assert (done.stderr, done.returncode) == (b"", 0)
    said = done.stdout.decode()
    steps = fix_and_explain(garbled).plan.steps
    assert f"utf-8>gbk (TM101, TM104): {len(steps)} places" in said
    losses = [loss for step in steps for loss in step.losses]
    assert f"Lost bytes: {len(losses)} places" in said
    for loss in losses:
        assert re.search(rf"{loss.lost.hex(' ').upper()} {loss.kind}: chosen {loss.chosen} ", said)
    assert re.search(r"confidence (>?[\d.]+ % to )?>?[\d.]+ %", said)


def test_a_clean_text(textmend) -> None:
    done = textmend("explain", "-", given=b"plain\n")
    assert done.stdout == b"standard input: nothing to repair\n"


def test_several_texts(textmend, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).write_bytes(b"plain\n")
    done = textmend("explain", tmp_path / "one", tmp_path / "two")
    assert done.stdout.decode().count("nothing to repair") == 2


def mending(start: int, before: str, after: str, *losses: Loss, confidence: float = 0.99):
    return Mending(
        start=start,
        before=before,
        after=after,
        chain=("utf-8>gbk",),
        losses=losses,
        bits=33.0,
        confidence=confidence,
    )


def test_each_distinct_change_is_shown_once_with_its_count(judged) -> None:
    judged(mendings=(mending(0, "鈥檚", "’s"), mending(3, "鈥檚", "’s", confidence=0.95)))
    assert account("鈥檚\n鈥檚") == [
        "a.txt: 2 places to repair",
        "",
        "utf-8>gbk (TM101): 2 places",
        "      2 ×  鈥檚 → ’s  (confidence 95.0 % to 99.0 %), lines 1, 2",
    ]


def test_losses_are_shown_with_choice_confidence_and_alternatives(judged) -> None:
    ranked = (Alternative("”", 0.98), Alternative("’", 0.015), Alternative("…", 0.005))
    loss = Loss(0, 1, "dropped", b"\x9d", "”", ranked)
    judged(mendings=(mending(4, "鈥", "”", loss),))
    assert account("\nend鈥")[-4:] == [
        "Lost bytes: 1 place",
        "      1 ×  9D dropped: chosen ” (confidence 98.0 %), line 2",
        "             it may also be ’ (1.5 %), … (0.5 %)",
        "             first: end”",
    ]


def test_what_is_left_open_is_shown(judged) -> None:
    ranked = (Alternative("–", 0.6), Alternative("—", 0.4))
    loss = Loss(0, 1, "dropped", b"", "\ufffd", ranked)
    mark = SimpleNamespace(start=2, end=5, what="gbk", message="text was lost here")
    judged(mendings=(mending(0, "鈥", "\ufffd", loss),), lost=(mark,))
    said = "\n".join(account("鈥 锟斤拷"))
    assert "left open in 1 place" in said
    assert "? dropped: left open, line 1" in said
    assert "it may also be – (60.0 %), — (40.0 %)" in said
    assert "line 1, column 3: TM103 锟斤拷: text was lost here" in said


def test_control_characters_are_spelled(judged) -> None:
    judged(mendings=(mending(0, "Ã©\x1b[31m", "b"),))
    assert "Ã©<U+001B>[31m → b" in "\n".join(account("Ã©\x1b[31m"))


@pytest.mark.parametrize(
    ("terminal", "no_colour", "coloured"),
    [(True, "", True), (True, "1", False), (False, "", False)],
)
def test_colour_only_on_a_terminal_that_wants_it(
    judged, monkeypatch: pytest.MonkeyPatch, terminal: bool, no_colour: str, coloured: bool
) -> None:
    monkeypatch.setenv("NO_COLOR", no_colour)
    monkeypatch.setattr("sys.stdout.isatty", lambda: terminal, raising=False)
    judged(mendings=(mending(0, "鈥檚", "’s"),))
    assert ("\x1b[" in "\n".join(account("鈥檚"))) is coloured
