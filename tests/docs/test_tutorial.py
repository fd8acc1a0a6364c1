"""Every command of the tutorial runs and says what the tutorial says."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest


def commands(text: str) -> list[tuple[str, str]]:
    """Return the commands of a document with what each is said to answer."""
    found: list[tuple[str, str]] = []
    for block in re.findall(r"^```console\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        for line in block.splitlines(keepends=True):
            if line.startswith("$ "):
                found.append((line[2:], ""))
            elif line.startswith("> "):
                found[-1] = (found[-1][0] + line[2:], "")
            else:
                found[-1] = (found[-1][0], found[-1][1] + line)
    return found


def agrees(said: str, wanted: str) -> bool:
    """Whether an answer is the one wanted, in which ... stands for anything."""
    pattern = ".*?".join(re.escape(part) for part in wanted.split("..."))
    return re.fullmatch(pattern, said, re.DOTALL) is not None


@pytest.mark.skipif(not shutil.which("bash"), reason="the tutorial is for bash")
def test_the_tutorial(root: Path, tmp_path: Path) -> None:
    program = tmp_path / "bin" / "textmend"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m textmend "$@"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    work = tmp_path / "work"
    shutil.copytree(root / "fixtures" / "scrape", work / "fixtures" / "scrape")
    environment = {
        **os.environ,
        "PATH": f"{program.parent}:{os.environ['PATH']}",
        "PYTHONUTF8": "1",
        "LC_ALL": "C.UTF-8",
    }
    tutorial = commands((root / "docs" / "tutorial.md").read_text("utf-8"))
    assert len(tutorial) > 15
    for command, wanted in tutorial:
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=work,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        said = done.stdout.decode().replace("\r\n", "\n")  # as a terminal shows it
        assert agrees(said, wanted), f"$ {command}\n{said}\nwanted:\n{wanted}"
