"""Mark the cases in fixtures/cases that textmend does not master yet.

    python tools/label_cases.py            # say which labels are wrong
    python tools/label_cases.py --write    # set and remove "xfail" in the data
    python tools/label_cases.py --check    # exit 1 if a label is wrong

An expected failure is strict: the tests fail when it begins to pass, and this removes its label.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "fixtures" / "cases"
sys.path.insert(0, str(ROOT / "benchmarks"))

from judging import honest  # noqa: E402 - the benchmark's measure of honesty

Row = dict[str, Any]


def read() -> dict[Path, list[Row]]:
    """Return the cases of every file."""
    return {
        path: [json.loads(line) for line in path.read_text("utf-8").strip("\n").split("\n")]
        for path in sorted(CASES.glob("*.jsonl"))
    }


def fault(row: Row) -> str:
    """Return what is wrong with textmend's answer to a case; empty if it is right."""
    import textmend  # noqa: PLC0415 - imported late: reading the cases needs no textmend

    got = textmend.fix_text(row["garbled"])
    if got in (row["expected"], *row.get("accept", ())):
        return ""
    if got == row["garbled"]:
        return "" if row["lossy"] else "it is not restored"
    if not row["hops"] or row["hops"] == ["lost"]:
        return f"it must stay, but becomes {got!r}"
    if row["lossy"] and honest(row["expected"], row["garbled"], got):
        return ""
    return f"it becomes {got!r}"


def main() -> int:
    """Run as a program."""
    parser = argparse.ArgumentParser(description="Mark the cases that are not mastered yet.")
    parser.add_argument("--write", action="store_true", help="set and remove the labels")
    parser.add_argument("--check", action="store_true", help="exit 1 if a label is wrong")
    options = parser.parse_args()
    wrong = failing = total = 0
    for path, rows in read().items():
        for row in rows:
            total += 1
            found = fault(row)
            failing += bool(found)
            if bool(found) == ("xfail" in row):
                continue
            wrong += 1
            print(f"{row['id']}: {found or 'it passes now'}")
            row.pop("xfail", None)
            if found:
                row["xfail"] = "not restored yet" if row["hops"] else "changed, but must stay"
        if options.write:
            lines = (json.dumps(row, ensure_ascii=False) for row in rows)
            path.write_text("".join(f"{line}\n" for line in lines), "utf-8", newline="\n")
    print(f"{total} cases, {failing} not mastered, {wrong} labels wrong")
    return 1 if options.check and wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
