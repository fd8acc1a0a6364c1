"""Baselines: what was there may stay, what is new is reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from textmend.lint import BaselineError, read_baseline, write_baseline
from textmend.results import Finding


def finding(text: str = "Ã©", line: int = 1, code: str = "TM101") -> Finding:
    return Finding(code, 0, len(text), line, 1, "message", "error", text, "é")


def test_what_is_written_is_taken_as_often_as_it_was_there(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    file = str(tmp_path / "a.txt")
    assert write_baseline(path, [(file, finding(line=1)), (file, finding(line=7))]) == 2
    known = read_baseline(path)
    assert known.takes(file, finding(line=30))
    assert known.takes(file, finding(line=31))
    assert not known.takes(file, finding(line=32))


@pytest.mark.parametrize(
    ("name", "other"), [("b.txt", finding()), ("a.txt", finding("Ã¨")), ("a.txt", finding(code="TM104"))]
)
def test_another_file_text_or_code_is_new(tmp_path: Path, name: str, other: Finding) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(path, [(str(tmp_path / "a.txt"), finding())])
    assert not read_baseline(path).takes(str(tmp_path / name), other)


def test_names_are_relative_to_the_baseline_wherever_the_run_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    path = tmp_path / "baseline.json"
    monkeypatch.chdir(tmp_path)
    write_baseline(path, [("data/a.txt", finding())])
    assert '"data/a.txt"' in path.read_text("utf-8")
    monkeypatch.chdir(tmp_path / "data")
    assert read_baseline(Path("../baseline.json")).takes("a.txt", finding())


def test_what_is_gone_is_counted_for_the_files_that_were_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    one, two = str(tmp_path / "1.txt"), str(tmp_path / "2.txt")
    write_baseline(path, [(one, finding()), (two, finding()), (two, finding("Ã¨"))])
    known = read_baseline(path)
    assert known.stale == 0
    known.look(two)
    known.takes(two, finding())
    assert known.stale == 1


def test_bytes_that_are_no_text_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(path, [(str(tmp_path / "\udcff.txt"), finding("\udce9"))])
    assert read_baseline(path).takes(str(tmp_path / "\udcff.txt"), finding("\udce9"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "cannot be read"),
        ("[]", "is no baseline"),
        ('{"textmend baseline": 2}', "is no baseline of textmend in format 1"),
        ('{"textmend baseline": 1}', "is damaged"),
        ('{"textmend baseline": 1, "files": {"a": [["TM101", "x"]]}}', "is damaged"),
    ],
)
def test_what_is_no_baseline_is_refused(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(content, "utf-8")
    with pytest.raises(BaselineError, match=message):
        read_baseline(path)
