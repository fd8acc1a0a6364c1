"""Runs the rules in order and records what they did; makes a recorded repair again or undoes it.

Rules that look at the same text (the joint ones, or a single one) make one stage of the plan: their
edits are offsets into the text as that stage found it. Every edit and every step is compared with
the text before it is applied. When a rule whose work may give others more to do has changed
something, the rules look again, a bounded number of times: what they leave, they leave for good.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from textmend.errors import PlanMismatchError
from textmend.options import Options
from textmend.positions import Lines, Origins
from textmend.programs import FIXING, REPORTING, Program, program_of
from textmend.results import Finding, Plan, Repair, Step, digest
from textmend.rules import Context, Edit, Hit, Rule, clues

TYPE_CHECKING = False  # a type checker takes it for true; importing typing costs milliseconds
if TYPE_CHECKING:
    from textmend.misreadings import Mending, Survey

    _Edit = Edit | Mending

# Under a name of its own: of what is imported Python makes a bound method at each call, a tenth of a short text's time.
_fixing = FIXING

# How often the rules look at a text. The second time finds what the first one uncovered (an entity
# behind an escape), the third hardly ever anything; hostile text ends here in linear time.
MAX_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of the rules gave: the text, the steps that led to it, the findings.

    survey: what the text said of how its document was garbled, with what was known before.

    >>> Outcome("a").text
    'a'
    """

    text: str
    steps: tuple[Step, ...] = ()
    findings: tuple[Finding, ...] = ()
    survey: Survey | None = None


def run(
    text: str,
    options: Options,
    *,
    rules: Sequence[Rule] | None = None,
    report: bool = False,
    known: Survey | None = None,
) -> Outcome:
    """Run the rules that the options want over a text.

    rules: only these, as far as the options want them; default: all of the registry.
    report: also collect findings; their offsets are those of the text as given.
    known: what other texts of the same document said of how it was garbled.
    A text that no rule changes comes back as the same object.

    >>> run("Russia’s army", Options()).steps
    ()
    """
    program = program_of(options, rules, report=report)
    there = program.look(text, program.clue)
    if known is not None and known.adopted:
        there |= program.clue & clues.MISREAD  # what says too little by itself may follow its document
    if not there:
        return Outcome(text, survey=known)
    found = _Found(text) if report else None
    context = Context(options, program.codes, known)
    fixed, steps = _run(text, context, program, there, found)
    return Outcome(fixed, tuple(steps), found.findings() if found else (), context.survey)


def fixed(text: str, options: Options, *, rules: Sequence[Rule] | None = None) -> str:
    """Run the rules like `run` and return the text alone.

    >>> fixed("Russia鈥檚 army", Options())
    'Russia’s army'
    """
    program = _fixing.get(id(options)) if rules is None else None
    if program is None:
        program = program_of(options, rules, report=False)
    there = program.look(text, program.clue)
    if not there:
        return text
    return _fixed(text, options, program, there)


def _fixed(text: str, options: Options, program: Program, there: int) -> str:
    """Return a text repaired in which the clues are there; what was misread at once."""
    if there & clues.MISREAD and program.undone is not None:
        text = program.undone(text, options)
        there = program.look(text, program.clue & ~clues.MISREAD)  # nothing of it is misread now
        if not there:
            return text
    return _run(text, Context(options, program.codes), program, there, None, recorded=False)[0]


def _run(  # noqa: PLR0913 -- the parts of one call
    text: str, context: Context, program: Program, there: int, found: _Found | None, *, recorded: bool = True
) -> tuple[str, list[Step]]:
    """Return the text that the rules lead to and their steps; what they find goes to `found`.

    there: the clues that the text holds. recorded: whether the steps are wanted.
    """
    steps: list[Step] = []
    current = text
    stage = 0
    for _ in range(MAX_ROUNDS):
        again = False
        for batch in program.batches:
            if not there & batch.clue:
                continue
            if found:
                found.look(batch.rules, current, context)
            changes = _changes(batch.rules, current, context)
            if changes:
                current, new = _made(changes, stage, current, recorded=recorded)
                steps += new
                if found:
                    found.follow(tuple(new))
                there = program.look(current, program.clue)
                stage += 1
                again |= not all(rule.last_word for rule, _ in changes)
        if not again:
            break
        if found:
            found.first_round = False
    return current, steps


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
    if not outcome.steps and not outcome.findings:
        return Repair.untouched(text, _account)
    before = digest(text)
    after = digest(outcome.text) if outcome.steps else before
    return Repair(outcome.text, Plan(outcome.steps, before, after), outcome.findings)


def _account(text: str) -> Repair:
    """Return the repair of a text in which nothing is found."""
    mark = digest(text)
    return Repair(text, Plan((), mark, mark))


def clues_in(text: str, options: Options, also: int) -> int:
    """Return which clues a text holds to what the rules report, and which of some others.

    >>> clues_in("plain", Options(), clues.DOUBT), clues_in("1 + 1", Options(), clues.DOUBT) == clues.DOUBT
    (0, True)
    """
    program = REPORTING.get(id(options)) or program_of(options, None, report=True)
    return program.look(text, program.clue | also)


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


def _changes(batch: tuple[Rule, ...], text: str, context: Context) -> list[tuple[Rule, list[_Edit]]]:
    """Return the edits of each rule of one batch that has any; what changes nothing is no edit."""
    changes = []
    for rule in batch:
        wanted = rule.fix(text, context) if rule.fix else None
        if wanted:
            edits = [edit for edit in wanted if edit.before != edit.after]
            if edits:
                changes.append((rule, edits))
    return changes


def _made(changes: list[tuple[Rule, list[_Edit]]], stage: int, text: str, *, recorded: bool) -> tuple[str, list[Step]]:
    """Make the edits of one stage; return the text and, if they are recorded, the steps."""
    if recorded:
        steps = [_step(rule, stage, edit) for rule, edits in changes for edit in edits]
        steps.sort(key=_start)
        return _apply(text, steps), steps
    places = [edit for _, edits in changes for edit in edits]
    if len(changes) > 1:
        places.sort(key=_start)
    return _apply(text, places), []


def _start(place: Step | _Edit) -> int:
    """Return where an edit or step starts."""
    return place.start


def _step(rule: Rule, stage: int, edit: _Edit) -> Step:
    """Return the step that makes an edit of a rule."""
    return Step(
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


def _stages(plan: Plan) -> list[tuple[Step, ...]]:
    """Return the steps of a plan by stage, in order."""
    return [tuple(steps) for _, steps in groupby(plan.steps, key=lambda step: step.stage)]


def _apply(text: str, steps: Iterable[Step | _Edit]) -> str:
    """Apply the steps or edits of one stage; raise PlanMismatchError where one does not fit the text."""
    pieces: list[str] = []
    done = 0
    for step in steps:
        if step.start < done or not text.startswith(step.before, step.start):
            raise PlanMismatchError(
                f"{_name(step)} at offset {step.start} does not fit the text: "
                f"{step.before!r} should stand there, behind the step before it"
            )
        pieces.append(text[done : step.start])
        pieces.append(step.after)
        done = step.start + len(step.before)
    pieces.append(text[done:])
    return "".join(pieces)


def _name(step: Step | _Edit) -> str:
    """Return what a message calls a step or an edit."""
    return f"the {step.rule} step" if isinstance(step, Step) else "the edit of a rule"


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


class _Found:
    """Collects hits, each once, and turns them into findings about the text as given.

    first_round: later on, rules that only report are not asked again.
    """

    __slots__ = ("_hits", "_origins", "_text", "first_round")

    def __init__(self, text: str) -> None:
        self._text = text
        self._origins = Origins()
        self.first_round = True
        self._hits: dict[tuple[str, int, int, str], tuple[Rule, Hit]] = {}

    def look(self, batch: tuple[Rule, ...], text: str, context: Context) -> None:
        """Add what rules find in the text as it is by now."""
        for rule in batch:
            if self.first_round or not rule.reports_only:
                for hit in rule.find(text, context):
                    start, end = self._origins.span(hit.start, hit.end)
                    self._hits.setdefault((rule.code, start, end, hit.message), (rule, hit))

    def follow(self, steps: tuple[Step, ...]) -> None:
        """Take a stage into account: what is found from now on is found in the text that it left."""
        self._origins.add(steps)

    def findings(self) -> tuple[Finding, ...]:
        """Return the findings sorted by place, with lines and columns of the text as given."""
        if not self._hits:
            return ()
        lines = Lines(self._text)
        found = [
            Finding(
                code,
                start,
                end,
                *lines.at(start),
                message,
                rule.severity,
                self._text[start:end],
                hit.after,
                hit.confidence,
                hit.chain,
            )
            for (code, start, end, message), (rule, hit) in self._hits.items()
        ]
        return tuple(sorted(found, key=lambda finding: (finding.start, finding.end, finding.rule)))
