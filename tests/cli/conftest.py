from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest


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
