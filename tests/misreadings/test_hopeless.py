"""What is told of a window without a search is what the search finds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmend.encodings import garble
from textmend.misreadings import hopeless, hops, search
from textmend.misreadings.windows import REACH
from textmend.plausibility.model import load

CLEAN = Path(__file__).resolve().parents[2] / "fixtures" / "clean"
HOPS = ("utf-8>cp1252", "utf-8>gbk", "cp1252>cp437", "cp1250>cp1252", "cp1251>cp1252", "cp1252>cp932", "koi8-r>cp1251")
#: Signs that encodings confuse, and what stands beside them.
SIGNS = "aeEst .,1éèêÃ©â€™œž°ºáßđął¬ЖыПьГ│║ßω中国縺鈥\xa0\x81\ufffd"


def promised(window: str) -> list[str]:
    """Return the originals of a window that gain enough."""
    return [found.text for found in search.explore(window, losses=False) if hopeless.gains(window, found)]


def windows(line: str) -> list[str]:
    """Return the signs around each one beyond ASCII."""
    return [line[max(0, run.start() - REACH) : run.start() + REACH + 1] for run in hops.RUN.finditer(line)]


@pytest.mark.parametrize("path", sorted(CLEAN.glob("*.txt")), ids=lambda path: path.stem)
def test_windows_told_to_be_hopeless_are(path: Path) -> None:
    lines = path.read_text("utf-8").split("\n")[:6]
    garbled = [garble(line, *name.split(">")) for line, name in zip(lines * 2, HOPS, strict=False)]
    for line in filter(None, [*lines, *garbled]):
        for window in windows(line)[:6]:
            assert not (hopeless.hopeless(window) and promised(window)), window


@given(st.text(SIGNS, max_size=2 * REACH + 1))
def test_so_are_others(window: str) -> None:
    assert not (hopeless.hopeless(window) and promised(window))


def test_long_ones_and_those_that_grow_are_searched() -> None:
    assert not hopeless.hopeless("é" * 321)
    assert not hopeless.hopeless("\U0001d160" * 200)


@pytest.mark.skipif(load().compiled is None, reason="no kernel was built")
def test_most_windows_of_clean_text_are_told_so() -> None:
    lines = (CLEAN / "fr.txt").read_text("utf-8").split("\n")[:20]
    told = [hopeless.hopeless(window) for line in lines for window in windows(line)]
    assert sum(told) > 0.8 * len(told)
