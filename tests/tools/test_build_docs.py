"""The pages of docs/rules are current, and the check notices when they are not."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def program(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_docs", root / "tools" / "build_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pages_are_current(program: ModuleType) -> None:
    assert program.main(["--check"]) == 0


def test_what_is_written_passes_the_check(
    program: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(program, "ROOT", tmp_path)
    monkeypatch.setattr(program, "TARGET", tmp_path / "rules")
    assert program.main(["--check"]) == 1
    assert program.main(["--write"]) == 0
    assert program.main(["--check"]) == 0
    page = tmp_path / "rules" / "TM101.md"
    page.write_text(page.read_text(encoding="utf-8") + "by hand", encoding="utf-8")
    old = tmp_path / "rules" / "TM999.md"
    old.write_text("gone", encoding="utf-8")
    capsys.readouterr()
    assert program.main(["--check"]) == 1
    said = capsys.readouterr().out
    assert "TM101.md is not current" in said
    assert "TM999.md is not current" in said
    assert program.main(["--write"]) == 0
    assert not old.exists()
    assert program.main(["--check"]) == 0
