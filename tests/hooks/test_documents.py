"""What the documents say about hooks, checks and settings is so."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from textmend.guard import CHECKS
from textmend.lint import REPORTS
from textmend.lint.configuration import KEYS


@pytest.fixture(scope="module")
def manifest(root: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text("utf-8"))
    return found


def blocks(root: Path, language: str) -> list[str]:
    """Return the blocks of one language in the page about hooks."""
    text = (root / "docs" / "pre-commit.md").read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_each_hook_is_quick_on_many_files_and_respects_exclusions(manifest: list[dict[str, object]]) -> None:
    for hook in manifest:
        assert hook["types"] == ["text"]
        assert hook["require_serial"] is True
        assert "--force-exclude" in str(hook["entry"])


def test_the_documents_name_the_hooks_that_there_are(root: Path, manifest: list[dict[str, object]]) -> None:
    there = {str(hook["id"]) for hook in manifest}
    for name in ("README.md", "docs/pre-commit.md"):
        text = (root / name).read_text("utf-8")
        assert set(re.findall(r"- id: ([\w-]+)", text)) == there


def test_the_command_lines_of_the_hooks_are_understood(manifest: list[dict[str, object]]) -> None:
    for hook in manifest:
        arguments = [*str(hook["entry"]).split()[1:], "--help"]
        done = subprocess.run([sys.executable, "-m", "textmend", *arguments], capture_output=True, check=False)
        assert done.returncode == 0


def test_the_examples_are_yaml(root: Path) -> None:
    examples = [yaml.safe_load(block) for block in blocks(root, "yaml")]
    assert [next(iter(each)) for each in examples] == ["repos", "repos", "pre-commit", "pre-commit", "name"]


@pytest.mark.skipif(
    not shutil.which("pre-commit", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"),
    reason="takes the program pre-commit",
)
def test_pre_commit_accepts_the_examples(root: Path, tmp_path: Path) -> None:
    for number, block in enumerate(block for block in blocks(root, "yaml") if block.startswith("repos:")):
        path = tmp_path / f"{number}.yaml"
        path.write_text(block, "utf-8")
        done = subprocess.run([sys.executable, "-m", "pre_commit", "validate-config", path], check=False)
        assert done.returncode == 0


@pytest.mark.skipif(not (shutil.which("git") and shutil.which("sh")), reason="takes the programs git and sh")
def test_the_plain_git_hook_works(root: Path, tmp_path: Path) -> None:
    program = tmp_path / "bin" / "textmend"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m textmend "$@"\n')
    program.chmod(0o755)
    work = tmp_path / "work"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {
        "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "PYTHONUTF8": "1",
    }

    def git(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        identity = ("-c", "user.name=tester", "-c", "user.email=tester@example.org")
        return subprocess.run(
            ["git", *identity, *arguments], cwd=work, env=environment, capture_output=True, check=False
        )

    def commit(data: bytes) -> tuple[int, str]:
        (work / "a b.txt").write_bytes(data)
        git("add", "--all")
        done = git("commit", "--message", "a step")
        return done.returncode, (done.stdout + done.stderr).decode()

    work.mkdir()
    git("init", "--quiet")
    (hook,) = blocks(root, "sh")
    path = work / ".git" / "hooks" / "pre-commit"
    path.parent.mkdir(exist_ok=True)
    path.write_text(hook, "utf-8")
    path.chmod(0o755)
    assert commit("Größe\n".encode())[0] == 0
    status, said = commit(b"\xef\xbb\xbf" + "Größe\n".encode())
    assert status == 1
    assert "a b.txt:1:1: TG102 a byte order mark (UTF-8) was added" in said
    status, said = commit("Größe\n".encode() + b"\xff\n")
    assert status == 1
    assert "TM501" in said or "TG101" in said
    assert commit("Größe und Maß\n".encode())[0] == 0


def test_every_setting_check_and_format_is_described(root: Path) -> None:
    settings = (root / "docs" / "configuration.md").read_text("utf-8")
    for key in KEYS:
        assert f"`{key.replace('_', '-')}`" in settings
    guard = (root / "docs" / "guard.md").read_text("utf-8")
    for check in CHECKS:
        assert f"| `{check.code}` {check.name} |" in guard
    lint = (root / "docs" / "lint.md").read_text("utf-8")
    for name in REPORTS:
        assert f"| `{name}` |" in lint
