"""What the tests of files share: a quick judgement, and files in every format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from textmend.misreadings import Mending

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "formats"
NAMES = sorted(path.name.removeprefix("garbled.") for path in FIXTURES.glob("garbled.*"))

# What the quick judgement knows: enough for files, which do not depend on how texts are judged.
WORDS = {"鈥檚": "’s", "鈥淪": "“S", "Ã©": "é", "â€œ": '"', "虏": ",", "虐": "\n"}
_PATTERN = re.compile("|".join(map(re.escape, WORDS)))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """Let texts be judged by a list of words."""

    def judge(text: str, _options: object, known: object = None) -> SimpleNamespace:
        mendings = tuple(
            Mending(
                start=found.start(), before=found[0], after=WORDS[found[0]], chain=("utf-8>gbk",),
                losses=(), bits=30.0, confidence=0.99,
            )
            for found in _PATTERN.finditer(text)
        )  # fmt: skip
        return SimpleNamespace(mendings=mendings, lost=(), undecided=(), survey=known)

    monkeypatch.setattr("textmend.misreadings.judge", judge)
    monkeypatch.setattr("textmend.misreadings.look", lambda text: (bool(_PATTERN.search(text)), False))
    return WORDS


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def pair(name: str) -> tuple[bytes, bytes]:
    """Return a garbled file and what it was."""
    return (FIXTURES / f"garbled.{name}").read_bytes(), (FIXTURES / f"fixed.{name}").read_bytes()
