"""`textmend check`: what the rules find, as lines that editors and people read, or for other programs."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import click

from textmend.cli.common import UsageProblem, Wanted, sentence, shared_options, wanted
from textmend.cli.progress import Progress
from textmend.cli.words import complain, count, lenient_output, paint
from textmend.files import STANDARD_INPUT, Listener, compression_of, format_of, run_all
from textmend.lint import (
    REPORTS,
    SUMMARISING,
    Baseline,
    BaselineError,
    Entry,
    Report,
    about_rules,
    read_baseline,
    write_baseline,
)
from textmend.results import Finding

FINDINGS = 1
FAILED = 2


@click.command(
    epilog="""\b
Examples:
Example: textmend check data/
  textmend check --select TM101 --jobs 4 data/*.csv
  textmend check --output-format sarif data/ > textmend.sarif
  textmend check --write-baseline textmend-baseline.json .
""",
    short_help="Report what is damaged; change nothing.",
)
@click.option("--output-format", type=click.Choice(list(REPORTS)), default="text", help="How findings are written.")
@click.option("--statistics", is_flag=True, help="Say how often each code was found, instead of where.")
@click.option(
    "--baseline", type=click.Path(path_type=Path), metavar="FILE", help="Do not report what this baseline holds."
)
@click.option(
    "--write-baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write what is found to a baseline; report nothing.",
)
@shared_options
def check(**given: Any) -> None:
    """Report what the rules find, a line each; - is standard input. Nothing is changed.

    Exit status: 0 when nothing was found or a baseline was written, 1 when something was found, 2 when a
    file could not be checked.
    """
    lenient_output()
    if given["statistics"] and given["output_format"] not in SUMMARISING:
        raise UsageProblem(f"--statistics goes with the formats {' and '.join(SUMMARISING)}.")
    work = wanted("check", given)
    run = _Run(work, given)
    for result in run_all(work.found(), work.job_of, jobs=work.jobs, listener=run.listener()):
        run.done(result.name)
        run.progress.add(result)
        if result.problem:
            run.problem(result.name, result.problem)
        elif given["verbose"] and result.skipped:
            run.progress.say(f"{result.name}: passed over, for it is binary")
    raise click.exceptions.Exit(run.finish())


class _Run:
    """One run of the check: what is found goes to the baseline, the counts and the report."""

    def __init__(self, work: Wanted, given: dict[str, Any]) -> None:
        self.progress = Progress(quiet=given["quiet"])
        self._work = work
        self._given = given
        write = (lambda _text: None) if given["quiet"] or given["write_baseline"] else sys.stdout.write
        self._report: Report = REPORTS[given["output_format"]](
            write, about_rules(), lambda text, fg: paint(text, fg=fg)
        )
        self._counts: Counter[str] = Counter()
        self._found: list[tuple[str, Finding]] = []
        self._baselines: dict[Path, Baseline] = {}
        if given["baseline"]:
            self._baseline(given["baseline"])  # one that cannot be read is told before any work

    def listener(self) -> Listener:
        """Return the functions that take what is found as it comes."""
        return Listener(finding=self._finding, progress=self.progress.advance)

    def done(self, name: str) -> None:
        """Note that a file was looked at."""
        baseline = self._baseline_of(name)
        if baseline:
            baseline.look(name)

    def problem(self, name: str, problem: str) -> None:
        """Tell what kept a file from being checked."""
        self.progress.clear()
        complain(sentence(name, problem))
        self._report.problem(name, problem)

    def finish(self) -> int:
        """Write what is left, say how it went, return the exit status."""
        given, progress = self._given, self.progress
        progress.clear()
        found = sum(self._counts.values())
        if given["write_baseline"]:
            self._write(given["write_baseline"])
            return FAILED if progress.failed else 0
        if given["statistics"]:
            self._report.statistics(sorted(self._counts.items(), key=lambda row: (-row[1], row[0])))
        self._report.end()
        if not given["quiet"] and (found or progress.known or given["verbose"]):
            sys.stdout.flush()
            progress.say(progress.summary(check=True))
        stale = sum(baseline.stale for baseline in self._baselines.values())
        if stale and not given["quiet"]:
            verb = "is" if stale == 1 else "are"
            progress.say(f"{count(stale, 'finding')} of the baseline {verb} gone: --write-baseline writes it anew.")
        if progress.failed:
            return FAILED
        return FINDINGS if found else 0

    def _finding(self, name: str, finding: Finding) -> None:
        """Take a finding."""
        if name == STANDARD_INPUT:
            name = self._given["stdin_filename"] or name
        baseline = self._baseline_of(name)
        if baseline and baseline.takes(name, finding):
            self.progress.known += 1
            return
        self._counts[finding.rule] += 1
        if self._given["write_baseline"]:
            self._found.append((name, finding))
        elif not self._given["statistics"]:
            self.progress.clear()
            self._report.finding(Entry(name, finding, self._literal(name)))

    def _literal(self, name: str) -> bool:
        """Whether a file is plain text, which says what it says letter for letter."""
        path = Path(name)
        return (self._given["form"] or format_of(path).name) == "text" and compression_of(path) is None

    def _baseline_of(self, name: str) -> Baseline | None:
        """Return the baseline for a file: the one given, or the one that its configuration names."""
        if self._given["write_baseline"]:
            return None
        path = self._given["baseline"] or self._work.baseline_of(name)
        return self._baseline(path) if path else None

    def _baseline(self, path: Path) -> Baseline:
        """Return a baseline, read once."""
        if path not in self._baselines:
            try:
                self._baselines[path] = read_baseline(path)
            except BaselineError as problem:
                raise UsageProblem(f"{problem}.") from None
        return self._baselines[path]

    def _write(self, path: Path) -> None:
        """Write the baseline."""
        try:
            total = write_baseline(path, self._found)
        except BaselineError as problem:
            raise UsageProblem(f"{problem}.") from None
        if not self._given["quiet"]:
            self.progress.say(f"{path} holds {count(total, 'finding')}.")
