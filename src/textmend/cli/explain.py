"""`textmend explain`: what was garbled, how, and what the repair is, each distinct change once."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import click

from textmend.api import fix_and_explain
from textmend.cli.inputs import Source, read_sources
from textmend.positions import Lines
from textmend.results import Finding, Loss, Repair, Step

SHOWN_TEXT = 48  # characters of a change that are shown; more would break the line of a terminal
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
    _lenient_output()
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
    yield _paint(f"{source.name}: {_headline(repair)}", bold=True)
    for reading, group in _by_reading(steps).items():
        codes = ", ".join(sorted({step.rule for step in group}))
        yield ""
        yield f"{_paint(reading, fg='cyan')} ({codes}): {_count(len(group), 'place')}"
        for (before, after), places in _by_change(group, lines).items():
            change = f"{_paint(_show(before), fg='red')} → {_paint(_show(after), fg='green')}"
            yield f"  {len(places.lines):>5} ×  {change}  {_sure(places)}, {_where(places)}"
    yield from _describe_losses(source, steps, lines)
    yield from _describe_open(open_)


def _headline(repair: Repair) -> str:
    """Say in one sentence what there is."""
    places = len(repair.plan.steps)
    losses = [loss for step in repair.plan.steps for loss in step.losses]
    decided = sum(loss.decided for loss in losses)
    parts = [f"{_count(places, 'place')} to repair" if places else "nothing to repair"]
    if decided:
        parts.append(f"lost bytes to restore in {_count(decided, 'place')}")
    if len(losses) > decided:
        parts.append(f"left open in {_count(len(losses) - decided, 'place')}")
    reported = sum(finding.after is None for finding in repair.findings)
    if reported:
        parts.append(f"{_count(reported, 'finding')} without a repair")
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
    yield f"{_paint('Lost bytes', fg='cyan')}: {_count(_total(groups.values()), 'place')}"
    for key, group in sorted(groups.items(), key=lambda item: -len(item[1].lines)):
        kind, lost, chosen = key
        step, loss = firsts[key]
        what = lost.hex(" ").upper() or _UNKNOWN_BYTES
        choice = f"chosen {_paint(_show(chosen), fg='green')} {_sure(group)}" if loss.decided else "left open"
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
    return ", ".join(f"{_show(each.text)} ({_percent(each.probability)})" for each in rest)


def _context(source: Source, step: Step, loss: Loss) -> str:
    """Show the restored text with what stands before it."""
    # the text before the step is shown as it was given; it may be garbled too
    before = source.text[max(0, step.start - SHOWN_CONTEXT) : step.start] + step.after[: loss.start]
    before = before[-SHOWN_CONTEXT:].rpartition("\n")[2]
    return f"{_show(before)}{_paint(_show(step.after[loss.start : loss.end]), fg='green')}"


def _describe_open(findings: Sequence[Finding]) -> Iterable[str]:
    """Yield a line for each finding that has no repair."""
    if not findings:
        return
    yield ""
    yield f"{_paint('Without a repair', fg='cyan')}: {_count(len(findings), 'finding')}"
    for finding in findings[:SHOWN_PLACES]:
        place = f"line {finding.line}, column {finding.column}"
        yield f"  {place}: {finding.rule} {_show(finding.before)}: {finding.message}"
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


def _count(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> _count(1, "place"), _count(2, "place")
    ('1 place', '2 places')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _show(text: str) -> str:
    r"""Return a text fit for one line of a terminal: short, with its invisible parts spelled.

    >>> _show("a\x80\n"), _show("")
    ('a<U+0080><U+000A>', '(nothing)')
    """
    if not text:
        return "(nothing)"
    if len(text) > SHOWN_TEXT:
        text = f"{text[: SHOWN_TEXT // 2]} … {text[-SHOWN_TEXT // 2 :]}"
    return "".join(each if each.isprintable() else f"<U+{ord(each):04X}>" for each in text)


def _paint(text: str, *, fg: str | None = None, bold: bool = False) -> str:
    """Colour a text when standard output is a terminal and NO_COLOR does not forbid it."""
    if os.environ.get("NO_COLOR") or not sys.stdout.isatty():
        return text
    return click.style(text, fg=fg, bold=bold)


def _lenient_output() -> None:
    """Let standard output escape what its encoding cannot hold instead of failing."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
