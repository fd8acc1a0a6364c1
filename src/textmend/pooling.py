"""Many texts repaired as one document: evidence is pooled, changes stay inside each text.

A document that is too large to hold is repaired in batches. The first batch is the sample: what its
lines say together of how the document was garbled is known to all later ones, so that a line too short to
decide alone follows the document.

>>> mender = Mender()
>>> mender.mend_all(["Russia鈥檚 army", "plain"])[0].text("Russia鈥檚 army")
'Russia’s army'
"""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from textmend import pipeline
from textmend.options import Options
from textmend.results import Finding, Step
from textmend.rules import RULES, Rule

TYPE_CHECKING = False  # a type checker takes it for true; importing typing costs milliseconds
if TYPE_CHECKING:
    from typing import Any

    from textmend.misreadings import Survey

BATCH = 256 * 1024
"""Characters judged at once: hundreds of lines, so that pooling works, and a few megabytes of memory."""

SAMPLE = 512 * 1024
"""Characters of the first batch: enough lines to see how a document was garbled."""

_SEPARATOR = "\n"  # misreadings are judged by line, so no change crosses it


@dataclass(frozen=True, slots=True)
class Change:
    """A span of a text as it was given, what it becomes, and the steps that made it so.

    >>> Change(0, 2, "’s", ()).after
    '’s'
    """

    start: int
    end: int
    after: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Mended:
    """What became of one text: its changes, ascending and apart, and the findings.

    >>> Mended((Change(0, 1, "b", ()),)).text("ac")
    'bc'
    """

    changes: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()

    def text(self, before: str) -> str:
        """Return the text with the changes made; the same object when there are none."""
        if not self.changes:
            return before
        pieces: list[str] = []
        done = 0
        for change in self.changes:
            pieces += (before[done : change.start], change.after)
            done = change.end
        return "".join([*pieces, before[done:]])


NOTHING = Mended()
"""What becomes of a text in which nothing is found; the same object for all of them."""


class Mender:
    """Repairs the texts of one document.

    options: what to repair. select: beginnings of rule codes; only these rules run (empty: all that the
    options want). report: collect findings too.

    >>> Mender(select=("TM103",)).mend("Russia鈥檚 army").changes
    ()
    """

    def __init__(self, options: Options | None = None, select: Sequence[str] = (), *, report: bool = False) -> None:
        self.options = options or Options()
        self.report = report
        self.select = tuple(select)
        if self.select:
            self.options = self.options.replace(enable=(*self.options.enable, *self.select))
        self.known: Survey | None = None
        """What the sample said of how the document was garbled."""
        self._seen: Survey | None = None

    def mend(self, text: str) -> Mended:
        """Repair one text."""
        if not text:
            return NOTHING
        outcome = pipeline.run(text, self.options, rules=_rules(self.select), report=self.report, known=self.known)
        self._seen = outcome.survey
        if not outcome.steps and not outcome.findings:
            return NOTHING
        return Mended(tuple(composed(outcome.steps)), outcome.findings)

    def mend_all(self, texts: Sequence[str]) -> list[Mended]:
        """Repair several texts of the document together, each within itself."""
        if len(texts) == 1:
            return [self.mend(texts[0])]
        whole = self.mend(_SEPARATOR.join(texts))
        if not whole.changes and not whole.findings:
            return [NOTHING] * len(texts)
        starts = []
        at = 0
        for text in texts:
            starts.append(at)
            at += len(text) + 1
        changes: dict[int, list[Change]] = {}
        findings: dict[int, list[Finding]] = {}
        for change in whole.changes:
            index = bisect_right(starts, change.start) - 1
            start = starts[index]
            if change.end > start + len(texts[index]):
                # a rule that looks across lines took the separator for a part of the text
                seen = self._seen
                apart = [self.mend(text) for text in texts]
                self._seen = seen
                return apart
            moved = Change(change.start - start, change.end - start, change.after, change.steps)
            changes.setdefault(index, []).append(moved)
        for finding in whole.findings:
            index = bisect_right(starts, finding.start) - 1
            findings.setdefault(index, []).append(_moved(finding, -starts[index]))
        mended = [NOTHING] * len(texts)
        for index in {*changes, *findings}:
            mended[index] = Mended(tuple(changes.get(index, ())), tuple(findings.get(index, ())))
        return mended

    def learn(self) -> None:
        """Know from now on what the texts said that were repaired last: they were the sample."""
        self.known = self._seen


@functools.lru_cache(maxsize=16)
def _rules(select: tuple[str, ...]) -> tuple[Rule, ...] | None:
    """Return the rules whose codes begin like one of those given; None for all."""
    return tuple(rule for rule in RULES if rule.code.startswith(select)) if select else None


def composed(steps: Iterable[Step]) -> list[Change]:
    """Return the steps of all stages as changes of the text as it was given.

    Changes of a later stage that touch those of an earlier one become one change with them.

    >>> [(c.start, c.end, c.after) for c in composed([
    ...     Step("TM101", 0, 2, "鈥檚", "’s", ""), Step("TM401", 1, 2, "’", "'", "")])]
    [(2, 4, "'s")]
    """
    changes: list[Change] = []
    for _, stage in groupby(steps, key=lambda step: step.stage):
        if changes:
            changes = _after(changes, tuple(stage))
        else:
            changes = [Change(step.start, step.end, step.after, (step,)) for step in stage]
    return changes


def _after(changes: list[Change], stage: tuple[Step, ...]) -> list[Change]:
    """Add one more stage, whose offsets are those of the text that the changes lead to."""
    result: list[Change] = []
    waiting = deque(changes)
    shift = 0  # how much longer the text is, up to here, than it was
    done = 0  # how far, in the offsets of the stage, `result` is settled
    tail = ""  # what stands from there on and belongs to the last change of `result`
    for step in stage:
        start, end = step.start, step.end
        while waiting and waiting[0].start + shift + len(waiting[0].after) < start:
            result.append(waiting.popleft())
            shift += _growth(result[-1])
            tail = ""
        if tail and start < done + len(tail):
            old = result.pop()
            first, steps = old.start, (*old.steps, step)
            after = old.after[: len(old.after) - len(tail)] + tail[: start - done] + step.after
            last = end - shift if end > done + len(tail) else old.end
            tail = tail[end - done :]
        else:
            first, last, after, steps, tail = start - shift, end - shift, step.after, (step,), ""
        while waiting and waiting[0].start + shift <= end:
            change = waiting.popleft()
            begins = change.start + shift
            shift += _growth(change)
            if begins <= start:
                first = min(first, change.start)
                after = change.after[: start - begins] + after
            ends = change.end + shift
            tail = change.after[end - begins :] if ends > end else ""
            last = change.end if ends >= end else end - shift
            steps = (*change.steps, *steps)
        done = end
        result.append(Change(first, last, after + tail, steps))
    return [*result, *waiting]


def _growth(change: Change) -> int:
    """Return how much longer a change makes a text."""
    return len(change.after) - (change.end - change.start)


def fix_lines(lines: Iterable[str], options: Options | None = None, **changes: Any) -> Iterator[str]:
    r"""Yield the lines repaired, in bounded memory, judged together as one document.

    lines: texts of any kind, each repaired within itself; with or without their line ends.
    options, changes: as for `textmend.fix_text`.
    The first half million characters are the sample: nothing is yielded before they were read.

    >>> list(fix_lines(["Russia鈥檚 army\n", "plain\n"]))
    ['Russia’s army\n', 'plain\n']
    """
    if isinstance(lines, str | bytes):
        raise TypeError(f"fix_lines() takes an iterable of str, not {type(lines).__name__}: give text.splitlines(True)")
    chosen = options or Options()
    return _fix_lines(lines, Mender(chosen.replace(**changes) if changes else chosen))


def _fix_lines(lines: Iterable[str], mender: Mender) -> Iterator[str]:
    """Collect batches; the first one teaches."""
    batch: list[str] = []
    size = 0
    limit = SAMPLE
    for line in lines:
        if not isinstance(line, str):
            raise TypeError(f"fix_lines() takes an iterable of str, not of {type(line).__name__}")
        batch.append(line)
        size += len(line) + 1
        if size >= limit:
            mended = mender.mend_all(batch)
            if limit == SAMPLE:
                mender.learn()
                limit = BATCH
            yield from (result.text(text) for result, text in zip(mended, batch, strict=True))
            batch = []
            size = 0
    if batch:
        yield from (result.text(text) for result, text in zip(mender.mend_all(batch), batch, strict=True))


def _moved(finding: Finding, by: int) -> Finding:
    """Return a finding at another offset; its line and column are for its owner to say."""
    return Finding(
        finding.rule, finding.start + by, finding.end + by, finding.line, finding.column, finding.message,
        finding.severity, finding.before, finding.after, finding.confidence, finding.chain,
    )  # fmt: skip
