"""`textmend explain`: what was garbled, how, and what the repair is, each distinct change once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import click

from textmend.api import fix_and_explain
from textmend.cli.inputs import Source, read_sources
from textmend.cli.words import count, lenient_output, paint
from textmend.lint import show
from textmend.positions import Lines
from textmend.results import Finding, Loss, Repair, Step

SHOWN_LINES = 6  # line numbers listed for a change
SHOWN_PLACES = 20  # findings listed one by one
SHOWN_CONTEXT = 16  # characters shown before a lost byte
_UNKNOWN_BYTES = "?"


@dataclass(slots=True)
class Group:
    """The places of one distinct change: where they are, how sure each is."""

    lines: list[int] = field(default_factory=list)
    confidences: list[float] = field(default_factory=list)

    def add(self, line: int, confidence: float) -> None:
        """Count one more place."""
        self.lines.append(line)
        self.confidences.append(confidence)


@click.command(
    epilog="Example: textmend explain article.txt",
    short_help="Say what was garbled, how, and what it was.",
)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
def explain(paths: tuple[str, ...]) -> None:
    """Say how the texts were garbled and what the repair is; - is standard input. Nothing changes.

    Changes are grouped by misreading, each distinct change once with its number of places. Lost
    bytes are listed with what was chosen for them, how sure that is, and what else it may be.
    """
    sources = read_sources(paths)
    lenient_output()
    for number, source in enumerate(sources):
        if number:
            click.echo()
        for line in describe(source, fix_and_explain(source.text)):
            click.echo(line)


def describe(source: Source, repair: Repair) -> Iterable[str]:
    """Yield the lines of the account of one repair."""
    steps = repair.plan.steps
    # offsets of a later stage are not offsets into the source, so their line is not known
    lines = Lines(source.text)
    open_ = [finding for finding in repair.findings if finding.after is None]
    yield paint(f"{source.name}: {_headline(repair)}", bold=True)
    for reading, group in _by_reading(steps).items():
        codes = ", ".join(sorted({step.rule for step in group}))
        yield ""
        yield f"{paint(reading, fg='cyan')} ({codes}): {count(len(group), 'place')}"
        for (before, after), places in _by_change(group, lines).items():
            change = f"{paint(show(before), fg='red')} → {paint(show(after), fg='green')}"
            yield f"  {len(places.lines):>5} ×  {change}  {_sure(places)}, {_where(places)}"
    yield from _describe_losses(source, steps, lines)
    yield from _describe_open(open_)


def _headline(repair: Repair) -> str:
    """Say in one sentence what there is."""
    places = len(repair.plan.steps)
    losses = [loss for step in repair.plan.steps for loss in step.losses]
    decided = sum(loss.decided for loss in losses)
    parts = [f"{count(places, 'place')} to repair" if places else "nothing to repair"]
    if decided:
        parts.append(f"lost bytes to restore in {count(decided, 'place')}")
    if len(losses) > decided:
        parts.append(f"left open in {count(len(losses) - decided, 'place')}")
    reported = sum(finding.after is None for finding in repair.findings)
    if reported:
        parts.append(f"{count(reported, 'finding')} without a repair")
    return ", ".join(parts)


def _by_reading(steps: Iterable[Step]) -> dict[str, list[Step]]:
    """Group steps by what happened, the most frequent first."""
    groups: dict[str, list[Step]] = {}
    for step in steps:
        happened = " then ".join(step.chain) or step.why
        groups.setdefault(happened, []).append(step)
    return dict(sorted(groups.items(), key=lambda item: -len(item[1])))


def _by_change(steps: Iterable[Step], lines: Lines) -> dict[tuple[str, str], Group]:
    """Group the steps of one misreading by the change, the most frequent first."""
    groups: dict[tuple[str, str], Group] = {}
    for step in steps:
        group = groups.setdefault((step.before, step.after), Group())
        group.add(_line(step, lines), step.confidence)
    return dict(sorted(groups.items(), key=lambda item: -len(item[1].lines)))


def _line(step: Step, lines: Lines) -> int:
    """Return the line of a step, or 0 where its offset is not one into the source."""
    return lines.at(step.start)[0] if step.stage == 0 else 0


def _describe_losses(source: Source, steps: Iterable[Step], lines: Lines) -> Iterable[str]:
    """Yield a line for each distinct lost byte: what was chosen, how sure, what else."""
    groups: dict[tuple[str, bytes, str], Group] = {}
    firsts: dict[tuple[str, bytes, str], tuple[Step, Loss]] = {}
    for step in steps:
        for loss in step.losses:
            key = (loss.kind, loss.lost, loss.chosen)
            groups.setdefault(key, Group()).add(_line(step, lines), loss.confidence)
            firsts.setdefault(key, (step, loss))
    if not groups:
        return
    yield ""
    yield f"{paint('Lost bytes', fg='cyan')}: {count(_total(groups.values()), 'place')}"
    for key, group in sorted(groups.items(), key=lambda item: -len(item[1].lines)):
        kind, lost, chosen = key
        step, loss = firsts[key]
        what = lost.hex(" ").upper() or _UNKNOWN_BYTES
        choice = f"chosen {paint(show(chosen), fg='green')} {_sure(group)}" if loss.decided else "left open"
        yield f"  {len(group.lines):>5} ×  {what} {kind}: {choice}, {_where(group)}"
        others = _others(loss)
        if others:
            yield f"             it may also be {others}"
        if step.stage == 0:
            yield f"             first: {_context(source, step, loss)}"


def _total(groups: Iterable[Group]) -> int:
    """Return the number of places in all groups."""
    return sum(len(group.lines) for group in groups)


def _others(loss: Loss) -> str:
    """List the alternatives to the text chosen, the likeliest first."""
    rest = loss.alternatives[1:] if loss.decided else loss.alternatives
    return ", ".join(f"{show(each.text)} ({_percent(each.probability)})" for each in rest)


def _context(source: Source, step: Step, loss: Loss) -> str:
    """Show the restored text with what stands before it."""
    # the text before the step is shown as it was given; it may be garbled too
    before = source.text[max(0, step.start - SHOWN_CONTEXT) : step.start] + step.after[: loss.start]
    before = before[-SHOWN_CONTEXT:].rpartition("\n")[2]
    return f"{show(before)}{paint(show(step.after[loss.start : loss.end]), fg='green')}"


def _describe_open(findings: Sequence[Finding]) -> Iterable[str]:
    """Yield a line for each finding that has no repair."""
    if not findings:
        return
    yield ""
    yield f"{paint('Without a repair', fg='cyan')}: {count(len(findings), 'finding')}"
    for finding in findings[:SHOWN_PLACES]:
        place = f"line {finding.line}, column {finding.column}"
        yield f"  {place}: {finding.rule} {show(finding.before)}: {finding.message}"
    if len(findings) > SHOWN_PLACES:
        yield f"  and {len(findings) - SHOWN_PLACES} more"


def _where(group: Group) -> str:
    """List the lines of a group, the first ones if they are many."""
    lines = sorted(set(group.lines) - {0})
    if not lines:
        return "after other repairs"
    shown = ", ".join(str(line) for line in lines[:SHOWN_LINES])
    more = f" and {len(lines) - SHOWN_LINES} more" if len(lines) > SHOWN_LINES else ""
    return f"{'line' if len(lines) == 1 else 'lines'} {shown}{more}"


def _sure(group: Group) -> str:
    """Say how sure the places of a group are, as a range where they differ."""
    low, high = _percent(min(group.confidences)), _percent(max(group.confidences))
    return f"(confidence {low})" if low == high else f"(confidence {low} to {high})"


def _percent(probability: float) -> str:
    """Return a probability in per cent; what is not certain never looks certain.

    >>> _percent(0.98765), _percent(0.99999), _percent(1.0)
    ('98.8 %', '>99.9 %', '100 %')
    """
    if probability >= 1.0:
        return "100 %"
    return ">99.9 %" if probability > 0.9994 else f"{100 * probability:.1f} %"
