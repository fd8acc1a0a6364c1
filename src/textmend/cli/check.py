"""`textmend check`: what the rules find, as lines that editors and people read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from textmend.cli.common import sentence, shared_options, wanted
from textmend.cli.progress import Progress
from textmend.cli.words import complain, lenient_output, paint, show
from textmend.files import Listener, run_all
from textmend.results import Finding

FINDINGS = 1
FAILED = 2
_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}


def report_text(name: str, finding: Finding) -> str:
    """Return a finding as one line.

    >>> report_text("a.txt", Finding("TM101", 0, 1, 2, 3, "misread text", "error", "鈥檚", "’s"))
    'a.txt:2:3: TM101 misread text: 鈥檚 → ’s'
    """
    place = f"{name}:{finding.line}:{finding.column}:"
    offered = "" if finding.after is None else f" → {show(finding.after)}"
    code = paint(finding.rule, fg=_COLOURS.get(finding.severity))
    return f"{place} {code} {finding.message}: {show(finding.before)}{offered}"


REPORTS: dict[str, Callable[[str, Finding], str]] = {"text": report_text}
"""How findings are written, by the name of the output format."""


@click.command(
    epilog="""\b
Examples:
Example: textmend check data/
  textmend check --select TM101 --jobs 4 data/*.csv
""",
    short_help="Report what is damaged; change nothing.",
)
@click.option("--output-format", type=click.Choice(list(REPORTS)), default="text", help="How findings are written.")
@shared_options
def check(**given: Any) -> None:
    """Report what the rules find, a line each; - is standard input. Nothing is changed.

    Exit status: 0 when nothing was found, 1 when something was, 2 when a file could not be checked.
    """
    lenient_output()
    report = REPORTS[given["output_format"]]
    work = wanted("check", given)
    progress = Progress(quiet=given["quiet"])

    def tell(name: str, finding: Finding) -> None:
        if not given["quiet"]:
            progress.clear()
            click.echo(report(name, finding))

    listener = Listener(finding=tell, progress=progress.advance)
    for result in run_all(work.found(), work.job, jobs=work.jobs, listener=listener):
        progress.add(result)
        if result.problem:
            progress.clear()
            complain(sentence(result.name, result.problem))
        elif given["verbose"] and result.skipped:
            progress.say(f"{result.name}: passed over, for it is binary")
    progress.clear()
    if not given["quiet"] and (progress.tally.findings or given["verbose"]):
        progress.say(progress.summary(check=True))
    if progress.failed:
        raise click.exceptions.Exit(FAILED)
    raise click.exceptions.Exit(FINDINGS if progress.tally.findings else 0)
