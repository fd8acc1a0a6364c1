"""The configuration of each file: found upwards, read once, refused where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from textmend.errors import OptionsError
from textmend.lint import Configurations, read_configuration

GUARD = ("TG101", "TG201")


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_the_nearest_file_upwards_counts(tmp_path: Path) -> None:
    put(tmp_path / "pyproject.toml", '[tool.textmend]\nignore = ["TM1"]\n')
    put(tmp_path / "data" / "textmend.toml", 'select = ["TM2"]\n')
    put(tmp_path / "data" / "deep" / "pyproject.toml", "[project]\n")
    found = Configurations()
    assert found.of(tmp_path / "a.txt").ignore == ("TM1",)
    assert found.of(tmp_path / "other" / "a.txt").ignore == ("TM1",)
    assert found.of(tmp_path / "data" / "deep" / "a.txt").select == ("TM2",)
    assert found.of(tmp_path / "data" / "deep" / "a.txt").ignore == ()


def test_a_file_is_read_once_for_all_directories_below(tmp_path: Path) -> None:
    put(tmp_path / "textmend.toml", 'ignore = ["TM1"]\n')
    found = Configurations()
    assert found.of(tmp_path / "a" / "b" / "c.txt") is found.of(tmp_path / "d" / "e.txt")


def test_patterns_are_relative_to_the_configuration_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(
        tmp_path / "textmend.toml",
        'exclude = ["/build/", "*.min.js"]\nbaseline = "known.json"\n'
        '[per-file-ignores]\n"docs/*.md" = ["TM101", "TG2"]\n"*.md" = ["TM5"]\n',
    )
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path / "docs")
    found = read_configuration(path, lambda: GUARD)
    assert found.ignores("a.md") == ("TM101", "TG2", "TM5")
    assert found.ignores(tmp_path / "a.md") == ("TM5",)
    assert found.ignores("a.txt") == ()
    assert found.excludes(tmp_path / "build" / "deep" / "a.txt")
    assert found.excludes("x.min.js")
    assert not found.excludes("build/a.txt")
    assert found.baseline == tmp_path / "known.json"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('selct = ["TM1"]', "there is no option 'selct'; did you mean 'select'"),
        ('per-file-ignore = {"*" = ["TM1"]}', "did you mean 'per-file-ignores'"),
        ('extend_ignores = ["TM1"]', "did you mean 'extend-ignore'"),
        ('ignore = "TM1"', "ignore is a list of texts, not 'TM1'"),
        ('ignore = ["TM9"]', "there is no rule 'TM9'"),
        ('ignore = ["TG9"]', "the guard has no check 'TG9'; it has TG101, TG201"),
        ('extend-select = ["X1"]', "holds rule codes"),
        ("per-file-ignores = 3", "per-file-ignores is a table of lists of codes, not 3"),
        ('[per-file-ignores]\n"*.md" = "TM1"', "per-file-ignores.'*.md' is a list of texts"),
        ('[per-file-ignores]\n"*.md" = ["TM9"]', "there is no rule 'TM9'"),
        ('force-exclude = "yes"', "force-exclude is true or false, not 'yes'"),
        ("jobs = -1", "jobs is a number from 0 to 256, not -1"),
        ("jobs = true", "jobs is a number from 0 to 256, not True"),
        ('baseline = ""', "baseline is the name of a file, not ''"),
        ("a = ", "cannot be read"),
    ],
)
def test_what_is_wrong_is_an_error_that_names_the_file(tmp_path: Path, text: str, message: str) -> None:
    path = put(tmp_path / "textmend.toml", text)
    with pytest.raises(OptionsError) as caught:
        read_configuration(path, lambda: GUARD)
    assert str(caught.value).startswith(str(path))
    assert message in str(caught.value)
