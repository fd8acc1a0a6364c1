from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import NamedTuple

import pytest

from textmend.misreadings import Mending


@pytest.fixture
def textmend() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run the command line as a program of its own."""

    def run(*arguments: object, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "textmend", *map(str, arguments)],
            input=given,
            capture_output=True,
            check=False,
            env={**os.environ, "PYTHONUTF8": "1", **environment},
        )

    return run


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let texts be judged by one word: what the command line does with a repair is the same for all."""

    def judge(text: str, _options: object, known: object = None) -> SimpleNamespace:
        mendings = tuple(
            Mending(
                start=found.start(),
                before="鈥檚",
                after="’s",
                chain=("utf-8>gbk",),
                losses=(),
                bits=30.0,
                confidence=0.99,
            )
            for found in re.finditer("鈥檚", text)
        )
        return SimpleNamespace(mendings=mendings, lost=(), undecided=(), survey=known)

    monkeypatch.setattr("textmend.misreadings.judge", judge)
    monkeypatch.setattr("textmend.misreadings.look", lambda text: ("鈥檚" in text, False))


class Ran(NamedTuple):
    status: int
    out: str
    err: str


@pytest.fixture
def here(request: pytest.FixtureRequest, capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Ran]:
    """Run the command line in this process, with the quick judgement."""
    request.getfixturevalue("quick")

    def run(*arguments: object) -> Ran:
        from textmend.cli import main

        status = main([str(each) for each in arguments])
        out, err = capfdbinary.readouterr()
        return Ran(status, out.decode(), err.decode())

    return run
