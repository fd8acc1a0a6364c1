"""`textmend check`: findings as lines, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


def test_findings_are_lines_with_their_place(here, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("plain\nab 鈥檚\n".encode())
    ran = here("check", path)
    assert ran.status == 1
    assert ran.out == f"{path}:2:4: TM101 misread text: utf-8 was read as gbk: 鈥檚 → ’s\n"
    assert ran.err.startswith("1 file, 1 finding, ")


def test_clean_files_end_with_0_and_say_nothing(here, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"plain\n")
    assert here("check", tmp_path) == (0, "", "")


def test_values_are_found_where_they_stand(here, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b'{"a": 1,\n "b": "x\\n\\u9225\\u6a9a"}')
    (tmp_path / "b.csv").write_bytes('id,b\n1,"鈥檚"\n'.encode())
    out = here("check", tmp_path).out.splitlines()
    assert [line.split(" ")[0].rpartition("/")[2] for line in out] == ["a.json:2:11:", "b.csv:2:4:"]


def test_a_file_that_cannot_be_checked_ends_with_2(here, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"{")
    (tmp_path / "b.txt").write_bytes("鈥檚".encode())
    ran = here("check", tmp_path)
    assert ran.status == 2
    assert "a.json is left as it is: line 1, column 2: the file ends inside a value." in ran.err
    assert "b.txt:1:1: TM101" in ran.out


def test_quiet_only_has_a_status(here, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_bytes("鈥檚".encode())
    assert here("check", "-q", tmp_path) == (1, "", "")


def test_processes_report_the_same(here, tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"{number}.txt").write_bytes("鈥檚 x\n".encode() * number)
    assert here("check", tmp_path).out == here("check", "--jobs", "3", tmp_path).out


# --- formats ---------------------------------------------------------------------------------------

GARBLED = "plain\nab 鈥檚\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "data/b.txt"):
        put(tmp_path / name, GARBLED)
    return tmp_path


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def places(ran) -> list[str]:
    """Return file and line of what was found."""
    return [":".join(line.split(":")[:2]) for line in ran.out.splitlines()]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", ["json", "sarif"])
def test_documents_are_whole_and_alone_on_standard_output(here, name: str) -> None:
    ran = here("check", "--output-format", name, ".")
    assert ran.status == 1
    document = json.loads(ran.out)
    found = document["findings"] if name == "json" else document["runs"][0]["results"]
    assert len(found) == 2


def test_documents_name_what_could_not_be_checked(here, folder: Path) -> None:
    put(folder / "bad.json", "{")
    ran = here("check", "--output-format", "json", ".")
    assert ran.status == 2
    assert json.loads(ran.out)["problems"] == [
        {"path": "bad.json", "message": "line 1, column 2: the file ends inside a value"}
    ]


@pytest.mark.usefixtures("folder")
def test_annotations_are_lines(here) -> None:
    ran = here("check", "--output-format", "github", "a.txt")
    assert ran.out.startswith(
        "::error file=a.txt,line=2,endLine=2,col=4,endColumn=6,title=textmend%3A TM101 misread-text::"
    )


@pytest.mark.usefixtures("folder")
def test_statistics_replace_the_findings(here) -> None:
    ran = here("check", "--statistics", ".")
    assert ran.status == 1
    assert ran.out == "2  TM101  misread-text  Text that was written in one encoding and read in another.\n"
    assert json.loads(here("check", "--statistics", "--output-format", "json", ".").out)["statistics"] == [
        {"code": "TM101", "name": "misread-text", "count": 2}
    ]
    ran = here("check", "--statistics", "--output-format", "sarif", ".")
    assert (ran.status, ran.err) == (2, "textmend: --statistics goes with the formats text and json.\n")


def test_a_fix_is_offered_only_for_plain_text(here, folder: Path) -> None:
    put(folder / "c.json", '{"a": "鈥檚"}')
    document = json.loads(here("check", "--output-format", "sarif", "a.txt", "c.json").out)
    assert ["fixes" in each for each in document["runs"][0]["results"]] == [True, False]


# --- what is chosen --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (("--ignore", "TM101"), 0),
        (("--ignore", "TM2"), 1),
        (("--select", "TM2"), 0),
        (("--select", "TM2", "--extend-select", "TM101"), 1),
        (("--extend-select", "TM2"), 1),
        (("--extend-ignore", "TM1"), 0),
    ],
)
def test_rules_can_be_chosen(here, folder: Path, arguments: tuple[str, ...], wanted: int) -> None:
    assert here("check", *arguments, folder / "a.txt").out.count("TM101") == wanted


@pytest.mark.usefixtures("folder")
def test_a_rule_beside_the_profile_can_be_added(here, folder: Path) -> None:
    put(folder / "c.txt", "a\u200bb\n")
    assert here("check", "c.txt").status == 0
    assert "TM204" in here("check", "--extend-select", "TM2", "c.txt").out


def test_the_command_line_replaces_what_the_configuration_chose_but_not_what_extends_it(here, folder: Path) -> None:
    put(folder / "textmend.toml", 'ignore = ["TM1"]\n')
    assert here("check", "a.txt").status == 0
    assert here("check", "--ignore", "TM2", "a.txt").status == 1
    put(folder / "textmend.toml", 'extend-ignore = ["TM1"]\n')
    assert here("check", "--ignore", "TM2", "a.txt").status == 0


def test_each_file_has_the_configuration_nearest_to_it(here, folder: Path) -> None:
    put(folder / "data" / "textmend.toml", 'ignore = ["TM1"]\n')
    assert places(here("check", ".")) == ["a.txt:2"]
    assert places(here("check", "--isolated", ".")) == ["a.txt:2", "data/b.txt:2"]
    assert places(here("check", "--jobs", "2", ".")) == ["a.txt:2"]
    put(folder / "data" / "textmend.toml", 'exclude = ["b.*"]\n')
    assert places(here("check", ".")) == ["a.txt:2"]
    assert places(here("check", "data/b.txt")) == ["data/b.txt:2"]
    assert places(here("check", "--force-exclude", "data/b.txt", "a.txt")) == ["a.txt:2"]


def test_codes_can_be_ignored_by_pattern(here, folder: Path) -> None:
    put(folder / "pyproject.toml", '[tool.textmend.per-file-ignores]\n"data/*" = ["TM101"]\n')
    assert places(here("check", ".")) == ["a.txt:2"]
    assert here("fix", "--dry-run", ".").out == "a.txt: 1 place\n"


def test_patterns_are_relative_to_the_configuration(here, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(folder / "pyproject.toml", '[tool.textmend]\nexclude = ["/data/b.txt"]\n')
    monkeypatch.chdir(folder / "data")
    assert here("check", ".").status == 0
    assert here("check", "--force-exclude", "b.txt").status == 0


@pytest.mark.usefixtures("folder")
def test_a_mistake_in_any_configuration_is_told(here, folder: Path) -> None:
    put(folder / "data" / "textmend.toml", 'ingore = ["TM1"]\n')
    ran = here("check", "--quiet", ".")
    assert ran.status == 2
    assert "textmend.toml: there is no option 'ingore'; did you mean 'ignore'?" in ran.err


# --- markers and baselines -------------------------------------------------------------------------


def test_markers_keep_findings_and_repairs_away(here, folder: Path) -> None:
    text = "鈥檚 # textmend: ignore\n鈥檚 # textmend: ignore[TM2]\n# textmend: ignore-next-line[TM101]\n鈥檚\n"
    put(folder / "a.txt", text)
    assert places(here("check", "a.txt")) == ["a.txt:2"]
    assert places(here("check", "--no-markers", "a.txt")) == ["a.txt:1", "a.txt:2", "a.txt:4"]
    assert here("fix", "a.txt").out == text.replace("鈥檚 # textmend: ignore[", "’s # textmend: ignore[")
    put(folder / "a.txt", f"/* textmend: ignore-file */\n{text}")
    assert here("check", "a.txt").status == 0


def test_a_baseline_lets_what_was_there_stay(here, folder: Path) -> None:
    ran = here("check", "--write-baseline", "known.json", ".")
    assert (ran.status, ran.out, ran.err) == (0, "", "known.json holds 2 findings.\n")
    ran = here("check", "--baseline", "known.json", ".")
    assert (ran.status, ran.out) == (0, "")
    assert "0 findings, 2 in the baseline" in ran.err
    put(folder / "a.txt", "moved down\n" + GARBLED + "new: 鈥檚\n")
    assert places(here("check", "--baseline", "known.json", ".")) == ["a.txt:4"]
    put(folder / "a.txt", "repaired\n")
    assert "1 finding of the baseline is gone" in here("check", "--baseline", "known.json", ".").err


def test_the_configuration_can_name_the_baseline(here, folder: Path) -> None:
    here("check", "--write-baseline", "known.json", ".")
    put(folder / "textmend.toml", 'baseline = "known.json"\n')
    assert here("check", ".").status == 0
    assert here("check", "--write-baseline", "again.json", ".").err == "again.json holds 2 findings.\n"
    (folder / "known.json").unlink()
    ran = here("check", ".")
    assert ran.status == 2
    assert "known.json cannot be read" in ran.err


@pytest.mark.usefixtures("folder")
def test_a_baseline_that_is_not_there_is_told_before_any_work(here) -> None:
    ran = here("check", "--baseline", "none.json", ".")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "textmend: the baseline none.json cannot be read: No such file or directory.\n"


def test_standard_input_goes_by_the_name_given(textmend) -> None:
    ran = textmend("check", "--stdin-filename", "a.csv", "-", given="id,b\n1,Ukraine鈥檚 army\n".encode())
    assert ran.stdout.decode().startswith("a.csv:2:10: TM101")
