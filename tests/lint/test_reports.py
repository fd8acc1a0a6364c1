"""How findings are written: each format as the files in fixtures/lint have it, and against its rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from textmend import __version__
from textmend.lint import REPORTS, SUMMARISING, Entry, about_rules
from textmend.results import Finding

LEVELS = {"error", "warning", "note"}

ENTRIES = [
    Entry(
        "data/a.txt",
        Finding(
            "TM101", 7, 9, 2, 8, "misread text: utf-8 was read as gbk", "error", "鈥檚", "’s", 0.9987, ("utf-8>gbk",)
        ),
        literal=True,
    ),
    Entry("data/a.txt", Finding("TM103", 20, 23, 4, 1, "text was lost here", "error", "锟斤拷")),
    Entry(
        "b, c:d%.csv", Finding("TM201", 0, 1, 1, 1, "a byte order mark is no part of a text", "warning", "\ufeff", "")
    ),
    Entry("é/\udcff.txt", Finding("TM501", 3, 4, 1, 4, "not UTF-8: E9", "error", "\udce9")),
    Entry("lines.txt", Finding("TM301", 0, 6, 1, 1, "a broken\nmessage", "info", "a\r\nb\nc", "abc"), literal=True),
    Entry("data.json", Finding("TM101", 0, 12, 3, 9, "misread text", "error", "Ã©", "é")),
]
PROBLEMS = [("broken.json", "line 1, column 2: the file ends inside a value")]


def written(name: str, entries: list[Entry], problems: list[tuple[str, str]]) -> str:
    """Return what a format makes of findings and problems."""
    parts: list[str] = []
    report = REPORTS[name](parts.append, about_rules())
    for entry in entries:
        report.finding(entry)
    for path, message in problems:
        report.problem(path, message)
    report.end()
    return "".join(parts)


@pytest.mark.parametrize("name", list(REPORTS))
def test_a_format_is_the_one_that_was_agreed(root: Path, name: str) -> None:
    wanted = (root / "fixtures" / "lint" / f"report.{name}").read_text("utf-8").replace("VERSION", __version__)
    assert written(name, ENTRIES, PROBLEMS).replace("\udcff", "?").replace("\udce9", "?") == wanted


@pytest.mark.parametrize("name", SUMMARISING)
def test_statistics_are_the_ones_that_were_agreed(root: Path, name: str) -> None:
    parts: list[str] = []
    report = REPORTS[name](parts.append, about_rules())
    report.statistics([("TM101", 1200), ("TM103", 3)])
    report.end()
    wanted = (root / "fixtures" / "lint" / f"statistics.{name}").read_text("utf-8").replace("VERSION", __version__)
    assert "".join(parts) == wanted


@pytest.mark.parametrize("name", list(REPORTS))
def test_nothing_found_is_a_whole_document_too(name: str) -> None:
    said = written(name, [], [])
    if name in {"json", "sarif"}:
        assert json.loads(said)
    else:
        assert said == ""


@pytest.fixture(scope="module")
def schema(root: Path) -> Any:
    return json.loads((root / "fixtures" / "sarif" / "sarif-schema-2.1.0.json").read_bytes())


@pytest.mark.parametrize(("entries", "problems"), [([], []), (ENTRIES, []), (ENTRIES, PROBLEMS)])
def test_sarif_is_valid(schema: Any, entries: list[Entry], problems: list[tuple[str, str]]) -> None:
    log = json.loads(written("sarif", entries, problems))
    jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker()).validate(log)


def test_the_validation_sees_mistakes(schema: Any) -> None:
    log = json.loads(written("sarif", ENTRIES, []))
    log["runs"][0]["results"][0]["level"] = "bad"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft4Validator(schema).validate(log)


def test_sarif_names_each_rule_and_refers_to_it() -> None:
    (run,) = json.loads(written("sarif", ENTRIES, []))["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted(about_rules())
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in LEVELS


def test_sarif_offers_a_fix_only_where_the_file_says_it_letter_for_letter() -> None:
    (run,) = json.loads(written("sarif", ENTRIES, []))["runs"]
    assert ["fixes" in result for result in run["results"]] == [True, False, False, False, True, False]


def test_fingerprints_do_not_depend_on_lines_but_tell_repeats_apart() -> None:
    here = Entry("a.txt", Finding("TM101", 0, 2, 1, 1, "m", "error", "Ã©", "é"))
    there = Entry("a.txt", Finding("TM101", 90, 92, 9, 9, "m", "error", "Ã©", "é"))

    def prints(*entries: Entry) -> list[str]:
        (run,) = json.loads(written("sarif", list(entries), []))["runs"]
        return [result["partialFingerprints"]["textmend/v1"] for result in run["results"]]

    assert prints(here) == prints(there)
    assert len(set(prints(here, there))) == 2


def test_annotations_escape_what_the_command_would_take_for_its_own() -> None:
    line = written("github", [ENTRIES[2]], [])
    assert line.startswith("::warning file=b%2C c%3Ad%25.csv,line=1,")
    assert written("github", [ENTRIES[4]], []).count("\n") == 1


@pytest.mark.parametrize("name", ["json", "sarif"])
def test_documents_are_ascii_so_that_any_output_can_hold_them(name: str) -> None:
    said = written(name, ENTRIES, PROBLEMS)
    assert said.isascii()
    assert "\\ud" not in said  # no lone surrogate, which other readers of JSON refuse


def test_colour_is_for_the_code_alone() -> None:
    parts: list[str] = []
    REPORTS["text"](parts.append, about_rules(), lambda text, colour: f"<{colour}>{text}</>").finding(ENTRIES[0])
    assert parts == ["data/a.txt:2:8: <red>TM101</> misread text: utf-8 was read as gbk: 鈥檚 → ’s\n"]
