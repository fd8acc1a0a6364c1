"""Measure how much garbled text is restored, and how much clean text is left alone.

    python benchmarks/accuracy.py                      # everything; about half an hour
    python benchmarks/accuracy.py --quick              # a sample, a few minutes
    python benchmarks/accuracy.py --only single --dump-misses misses.jsonl
    python benchmarks/accuracy.py --write              # write docs/accuracy.md too

Clean text that the model never saw is misread through every realistic pair of the registry,
through chains, with losses and in escapes, and given to textmend, ftfy and plsfix, line by line
and as documents. See data.py and garbling.py for what is misread, judging.py for the grades.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import cases
import judging
import published
import report
from data import ROOT, Text, declarations, fixtures, read_folder
from judging import TOOLS, Case

SECTIONS = ("single", "chains", "escapes", "documents", "losses", "clean", "cases", "ftfy", "calibration")

# Cases drawn: for each hop, chain or loss, in a full run. A quick run takes a fifth.
SAMPLE = 30
QUICK = 5


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--quick", action="store_true", help="a sample of the cases")
    parser.add_argument("--only", action="append", choices=SECTIONS, help="these parts alone")
    parser.add_argument("--sample", type=int, help=f"cases for each hop (default {SAMPLE})")
    parser.add_argument("--hop", action="append", help="hops that contain this alone")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other cases")
    parser.add_argument("--jobs", type=int, default=2, help="processes (default 2)")
    parser.add_argument("--tool", action="append", choices=TOOLS, help="these tools alone")
    parser.add_argument("--text", type=Path, action="append", default=[], metavar="DIR",
                        help="garble the lines of DIR/*.txt instead of the held-out texts")  # fmt: skip
    parser.add_argument("--clean", type=Path, action="append", default=[], metavar="DIR",
                        help="look for false alarms in DIR/*.txt too")  # fmt: skip
    parser.add_argument("--cases", type=Path, action="append", default=[], metavar="FILE",
                        help="labelled cases (JSON lines) beside fixtures/cases")  # fmt: skip
    parser.add_argument("--dump-misses", type=Path, metavar="FILE",
                        help="write each of textmend's failures as a JSON line")  # fmt: skip
    parser.add_argument("--write", action="store_true", help="write docs/accuracy.md")
    return parser.parse_args()


class Run:
    """One run: its options, what it prints, the failures that it keeps."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.tools = [tool for tool in options.tool or TOOLS if judging.available(tool)]
        self.sample = options.sample or (QUICK if options.quick else SAMPLE)
        self.report = report.Report()
        self.misses: list[dict[str, object]] = []

    def wanted(self, section: str) -> bool:
        """Say whether a part is to be run."""
        return not self.options.only or section in self.options.only

    def chance(self, name: str) -> random.Random:
        """Return the source of chance for one hop: the same in every run with the same seed."""
        return random.Random(f"{self.options.seed} {name}")

    def texts(self) -> tuple[Text, ...]:
        """Return what is garbled."""
        if self.options.text:
            return tuple(text for folder in self.options.text for text in read_folder(folder))
        special = tuple(text for text in fixtures() if text.language.startswith("x-quotes"))
        return declarations() + special

    def miss(self, case: Case, mark: str, got: str, confidence: float) -> None:
        """Keep a failure for --dump-misses."""
        self.misses.append(
            {
                "section": case.section,
                "hop": case.hop,
                "lang": case.language,
                "grade": mark,
                "original": case.original,
                "garbled": case.garbled,
                "got": got,
                "confidence": round(confidence, 4),
                "lossy": case.lossy,
            }
        )

    def grade(self, found: Sequence[Case], *, by_line: bool = False) -> report.Results:
        """Give cases to every tool and return the grades by tool, hop and language."""
        results = report.Results()
        for tool in self.tools:
            began = time.perf_counter()
            answers = judging.run(tool, [case.garbled for case in found], self.options.jobs)
            results.seconds[tool] = time.perf_counter() - began
            for case, answer in zip(found, answers, strict=True):
                graded = (
                    judging.grade_lines(case, answer.text, tool)
                    if by_line
                    else [(judging.grade(case, answer.text, tool), case, answer.text)]
                )
                for mark, one, got in graded:
                    results.add(tool, case.hop, case.language, mark)
                    if tool == "textmend" and not mark.startswith("exact"):
                        self.miss(one, mark, got, answer.confidence)
        return results

    def section(self, name: str, make: Callable[[Run], list[Case]], *, by_line: bool = False) -> None:
        """Run one part and report it."""
        found = make(self)
        if self.options.hop:
            found = [case for case in found if any(it in case.hop for it in self.options.hop)]
        if found:
            results = self.grade(found, by_line=by_line)
            self.report.section(name, results, self.tools, groups=cases.GROUPS)


def _false_alarms(run: Run) -> None:
    """Give clean text to every tool, by line and by document of 50 lines."""
    folders = [(text.source, text) for text in declarations()] + [("fixtures", it) for it in fixtures()]
    folders += [(str(path), text) for path in run.options.clean for text in read_folder(path)]
    limit = run.sample if run.options.quick else 30
    rows: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0, 0, 0]))
    for by_line in (True, False):
        asked: list[tuple[str, Text, str]] = []
        for source, text in folders:
            lines = list(text.lines)
            if source == "udhr":
                lines = run.chance(text.language).sample(lines, min(len(lines), limit))
            size = 1 if by_line else 50
            pieces = ["\n".join(lines[at : at + size]) for at in range(0, len(lines), size)]
            special = source if source == "udhr" or len(source) > 8 else f"{source} {text.language}"
            asked += [(special, text, piece) for piece in pieces]
        for tool in run.tools:
            answers = judging.run(tool, [piece for _, _, piece in asked], run.options.jobs)
            for (source, text, piece), answer in zip(asked, answers, strict=True):
                row = rows[source][tool]
                row[0 if by_line else 2] += piece.count("\n") + 1
                if judging.same(answer.text, piece, tool):
                    continue
                before, after = piece.split("\n"), answer.text.split("\n")
                after += [""] * (len(before) - len(after))
                for one, other in zip(before, after, strict=False):
                    if not judging.same(other, one, tool):
                        row[1 if by_line else 3] += 1
                        if tool == "textmend":
                            kind = "clean line" if by_line else "clean document"
                            case = Case("clean", f"{kind} {source}", text.language, one, one)
                            run.miss(case, "wrong", other, answer.confidence)
    run.report.false_alarms(rows, run.tools)


def _real_cases(run: Run) -> None:
    """Grade labelled cases, family by family."""
    for path in (*sorted((ROOT / "fixtures" / "cases").glob("*.jsonl")), *run.options.cases):
        found = cases.labelled(path)
        if found:
            run.report.section(f"cases: {path.name}", run.grade(found), run.tools, groups=cases.LABELLED, every=True)


def _published(run: Run) -> None:
    """Grade ftfy's own cases."""
    results = run.grade(published.cases())
    run.report.section("ftfy's published cases", results, run.tools, every=True)


def _calibration(run: Run) -> None:
    """Compare textmend's confidences with how often it was right."""
    if "textmend" not in run.tools:
        return
    found = cases.single(run) + cases.losses(run) + cases.documents(run, 2)[:60]
    found += cases.untouched(run)
    answers = judging.run("textmend, unsure too", [it.garbled for it in found], run.options.jobs)
    claims: list[tuple[float, bool]] = []
    for case, answer in zip(found, answers, strict=True):
        if answer.text == case.garbled:
            continue
        mark = judging.grade(case, answer.text)
        claims.append((answer.confidence, mark in ("exact", "honest")))
    run.report.calibration(claims)


def main() -> int:
    """Run as a program."""
    run = Run(_options())
    steps: Iterable[tuple[str, Callable[[], None]]] = (
        ("single", lambda: run.section("single hops, line by line", cases.single)),
        ("chains", lambda: run.section("chains, line by line", cases.chains)),
        ("escapes", lambda: run.section("escaped transports", cases.escapes)),
        ("documents", lambda: _documents(run)),
        ("losses", lambda: run.section("lines with lost bytes", cases.losses)),
        ("clean", lambda: _false_alarms(run)),
        ("cases", lambda: _real_cases(run)),
        ("ftfy", lambda: _published(run)),
        ("calibration", lambda: _calibration(run)),
    )
    for name, step in steps:
        if run.wanted(name):
            step()
    if run.options.dump_misses:
        lines = (json.dumps(miss, ensure_ascii=False) for miss in run.misses)
        run.options.dump_misses.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        print(f"{len(run.misses)} failures in {run.options.dump_misses}", file=sys.stderr)
    if run.options.write:
        (ROOT / "docs" / "accuracy.md").write_text(run.report.markdown(), "utf-8")
    return 0


def _documents(run: Run) -> None:
    for title, every in (("documents of 30 lines", 0), ("documents, every fourth line clean", 4)):
        run.section(title, lambda it, every=every: cases.documents(it, every), by_line=True)


if __name__ == "__main__":
    raise SystemExit(main())
