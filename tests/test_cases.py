"""Every labelled case in fixtures/cases, through the public functions.

A case whose text must stay stays; one without losses is restored; one with losses is restored, or
shows nothing wrong (U+FFFD, or what was garbled). What is known to fail says so by "xfail" in the
data; a case that starts to pass fails here until `python tools/label_cases.py --write` was run.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

import textmend

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import label_cases  # noqa: E402 - it stands beside the other tools


def _cases() -> list[object]:
    found = []
    for path, rows in label_cases.read().items():
        for row in rows:
            marks = [pytest.mark.xfail(reason=row["xfail"])] if "xfail" in row else []
            found.append(pytest.param(row, id=row["id"], marks=marks))
        assert rows, path
    return found


@pytest.mark.parametrize("case", _cases())
def test_case(case):
    assert label_cases.fault(case) == ""


def test_every_case_has_its_own_name():
    names = [row["id"] for rows in label_cases.read().values() for row in rows]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9-]+-\d{3}", name) for name in names)


def test_negatives_are_first_class():
    negatives = [row for rows in label_cases.read().values() for row in rows if not row["hops"]]
    assert len(negatives) >= 100
    assert all(row["garbled"] == row["expected"] for row in negatives)


def test_nothing_is_copied_between_cases_and_clean_text():
    clean = {
        line for path in (ROOT / "fixtures" / "clean").glob("*.txt") for line in path.read_text("utf-8").split("\n")
    }
    garbled = [row["garbled"] for rows in label_cases.read().values() for row in rows if row["hops"]]
    assert not clean.intersection(garbled)


def test_the_files_are_one_case_a_line():
    for path in sorted((ROOT / "fixtures" / "cases").glob("*.jsonl")):
        for line in path.read_text("utf-8").strip("\n").split("\n"):
            row = json.loads(line)
            assert {"id", "family", "garbled", "expected", "hops", "lossy"} <= row.keys()


@pytest.mark.parametrize("text", ["锟斤拷", "占쏙옙占쏙옙", "鐃緒申鐃緒申", "烫烫烫烫", "屯屯屯屯"])
def test_text_lost_for_good_is_reported(text):
    assert textmend.fix_text(text) == text
    assert textmend.check_text(text)
