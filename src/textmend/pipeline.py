"""Runs the rules in order and records what they did; makes a recorded repair again or undoes it.

Each rule that changes something is one stage of the plan: its edits are offsets into the text as
that stage found it. Every edit and every step is compared with the text before it is applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from textmend.errors import PlanMismatchError
from textmend.options import Options
from textmend.positions import Lines, Origins
from textmend.results import Finding, Plan, Repair, Step, digest
from textmend.rules import RULES, Context, Edit, Hit, Rule, selected


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of the rules gave: the text, the steps that led to it, the findings.

    >>> Outcome("a", (), ()).text
    'a'
    """

    text: str
    steps: tuple[Step, ...]
    findings: tuple[Finding, ...]


def run(
    text: str,
    options: Options,
    *,
    rules: Sequence[Rule] | None = None,
    report: bool = False,
) -> Outcome:
    """Run the rules that the options want over a text.

    rules: only these, as far as the options want them; default: all of the registry.
    report: also collect findings; their offsets are those of the text as given.
    A text that no rule changes comes back as the same object.

    >>> run("Russia’s army", Options()).steps
    ()
    """
    wanted = selected(options, RULES if rules is None else tuple(rules))
    context = Context(options)
    origins = Origins()
    steps: list[Step] = []
    hits: list[tuple[Rule, Hit, tuple[int, int], str]] = []
    current = text
    stage = 0
    for rule in wanted:
        if report:
            for hit in rule.find(current, context):
                span = origins.span(hit.start, hit.end)
                hits.append((rule, hit, span, current[hit.start : hit.end]))
        if rule.fix is None:
            continue
        new = _stage(rule, stage, rule.fix(current, context))
        if new:
            current = _apply(current, new)
            origins.add(new)
            steps.extend(new)
            stage += 1
    return Outcome(current, tuple(steps), _findings(text, hits))


def repair(
    text: str,
    options: Options,
    *,
    rules: Sequence[Rule] | None = None,
) -> Repair:
    """Run the rules like `run` and return the result with its plan and findings.

    >>> repair("", Options()).plan.steps
    ()
    """
    outcome = run(text, options, rules=rules, report=True)
    before = digest(text)
    after = digest(outcome.text) if outcome.steps else before
    return Repair(outcome.text, Plan(outcome.steps, before, after), outcome.findings)


def replay(plan: Plan, text: str) -> str:
    """Make the repair of a plan again, on the text that the plan was made for.

    Raises PlanMismatchError for any other text.

    >>> replay(repair("a", Options()).plan, "a")
    'a'
    """
    _demand(text, plan.before_digest, "the text is not the one that this plan repairs")
    for steps in _stages(plan):
        text = _apply(text, steps)
    _demand(text, plan.after_digest, "the plan does not lead to the text that it promises")
    return text


def undo(plan: Plan, text: str) -> str:
    """Take the repair of a plan back, from the repaired text to the text as it was given.

    Raises PlanMismatchError for any other text.

    >>> undo(repair("a", Options()).plan, "a")
    'a'
    """
    _demand(text, plan.after_digest, "the text is not the one that this plan led to")
    for steps in reversed(_stages(plan)):
        text = _apply(text, _inverse(steps))
    _demand(text, plan.before_digest, "undoing the plan does not lead to the text that it was for")
    return text


def _stage(rule: Rule, stage: int, edits: Iterable[Edit]) -> tuple[Step, ...]:
    """Turn the edits of a rule into steps; an edit that changes nothing is none."""
    return tuple(
        Step(
            rule.code,
            stage,
            edit.start,
            edit.before,
            edit.after,
            edit.why,
            edit.chain,
            edit.losses,
            edit.bits,
            edit.confidence,
        )
        for edit in edits
        if edit.before != edit.after
    )


def _stages(plan: Plan) -> list[tuple[Step, ...]]:
    """Return the steps of a plan by stage, in order."""
    return [tuple(steps) for _, steps in groupby(plan.steps, key=lambda step: step.stage)]


def _apply(text: str, steps: Iterable[Step]) -> str:
    """Apply the steps of one stage; raise PlanMismatchError where one does not fit the text."""
    pieces: list[str] = []
    done = 0
    for step in steps:
        if step.start < done or not text.startswith(step.before, step.start):
            raise PlanMismatchError(
                f"the {step.rule} step at offset {step.start} does not fit the text: "
                f"{step.before!r} should stand there, behind the step before it"
            )
        pieces.append(text[done : step.start])
        pieces.append(step.after)
        done = step.start + len(step.before)
    pieces.append(text[done:])
    return "".join(pieces)


def _inverse(steps: Iterable[Step]) -> list[Step]:
    """Return the steps that undo one stage: offsets into the text that it left."""
    inverse: list[Step] = []
    shift = 0
    for step in steps:
        back = Step(step.rule, step.stage, step.start + shift, step.after, step.before, step.why)
        inverse.append(back)
        shift += len(step.after) - len(step.before)
    return inverse


def _demand(text: str, wanted: str, message: str) -> None:
    """Raise PlanMismatchError unless the text has the digest wanted."""
    found = digest(text)
    if found != wanted:
        raise PlanMismatchError(f"{message}: its digest is {found}, not {wanted}")


def _findings(text: str, hits: list[tuple[Rule, Hit, tuple[int, int], str]]) -> tuple[Finding, ...]:
    """Turn hits into findings, sorted by place, with lines and columns of the text as given."""
    if not hits:
        return ()
    lines = Lines(text)
    findings = []
    for rule, hit, (start, end), before in hits:
        line, column = lines.at(start)
        findings.append(
            Finding(
                rule.code,
                start,
                end,
                line,
                column,
                hit.message,
                rule.severity,
                before,
                hit.after,
                hit.confidence,
                hit.chain,
            )
        )
    return tuple(sorted(findings, key=lambda finding: (finding.start, finding.end, finding.rule)))
