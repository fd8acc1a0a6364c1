"""What all tests share: the settings of hypothesis, the sample, a stand-in for the judging."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import hypothesis
import pytest

from textmend.misreadings.stable import applied

ROOT = Path(__file__).resolve().parent.parent

# The time of an example says nothing on a busy machine. In CI the same examples run each time.
hypothesis.settings.register_profile("local", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def garbled_path() -> Path:
    return ROOT / "fixtures" / "seed" / "garbled.txt"


@pytest.fixture(scope="session")
def garbled(garbled_path: Path) -> str:
    return garbled_path.read_bytes().decode("utf-8")


@pytest.fixture(scope="session")
def expected() -> str:
    return (ROOT / "fixtures" / "seed" / "expected.txt").read_bytes().decode("utf-8")


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Make the misreadings stage answer what the test says; returns the list of judged texts."""

    def answer(mendings: tuple = (), lost: tuple = (), undecided: tuple = ()) -> list[str]:
        texts: list[str] = []
        judgement = SimpleNamespace(mendings=mendings, lost=lost, undecided=undecided, survey=None)
        nothing = SimpleNamespace(mendings=(), lost=(), undecided=(), survey=None)

        def judge(text: str, _options: object, _known: object = None) -> SimpleNamespace:
            texts.append(text)
            return judgement if len(texts) == 1 else nothing

        monkeypatch.setattr("textmend.misreadings.judge", judge, raising=False)
        monkeypatch.setattr("textmend.misreadings.look", lambda _: (True, True))
        for undone in ("_remembered", "_undone"):
            monkeypatch.setattr(
                f"textmend.misreadings.lines.{undone}", lambda text, _: applied(text, judge(text, _).mendings)
            )
        return texts

    return answer
