"""Which rules run for some options, in what batches, and the clues that they wait for."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from textmend.options import Options
from textmend.rules import MISREADING_RULES, RULES, Rule, clues, selected


@dataclass(frozen=True, slots=True)
class Batch:
    """Rules in a row that look at the same text, and the clues without which none of them finds anything.

    >>> Batch(1, ()).clue
    1
    """

    clue: int
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Program:
    """What runs for some options: the rules in batches, all their clues, and the codes of the rules wanted.

    undone: what repairs misread text at once, where the rules that would come first.

    >>> program_of(Options(), (), report=False).batches
    ()
    """

    look: Callable[[str, int], int]
    clue: int
    batches: tuple[Batch, ...]
    codes: frozenset[str]
    undone: Callable[[str, Options], str] | None
    of: tuple[object, ...]  # keeps what it was made for alive, so that no other object has its id


# Looking options up by identity takes a tenth of the time that their hash takes, and that of a short text.
_programs: dict[tuple[int, int, bool], Program] = {}
FIXING: dict[int, Program] = {}
"""The programs of all rules without a report, by the id of their options: a key of three parts takes a tenth too."""
REPORTING: dict[int, Program] = {}
"""The same with a report."""
_MOST = 64


def program_of(options: Options, rules: Sequence[Rule] | None, *, report: bool) -> Program:
    """Return the program for the options.

    rules: only these, as far as the options want them; default: all of the registry.
    report: whether rules run that only report.

    >>> program_of(Options(), None, report=True) is program_of(Options(), None, report=False)
    False
    """
    if rules is None:
        rules = RULES
    elif type(rules) is not tuple:
        rules = tuple(rules)
    key = (id(options), id(rules), report)
    known = _programs.get(key)
    if known is None:
        if len(_programs) >= _MOST:
            _programs.clear()
            FIXING.clear()
            REPORTING.clear()
        batches, codes = _compiled(options, rules, report=report)
        clue = functools.reduce(operator.or_, (batch.clue for batch in batches), clues.NOTHING)
        known = _programs[key] = Program(clues.load().look, clue, batches, codes, _undone(batches), (options, rules))
        if rules is RULES:
            (REPORTING if report else FIXING)[id(options)] = known
    return known


def _undone(batches: tuple[Batch, ...]) -> Callable[[str, Options], str] | None:
    """Return what repairs misread text at once instead of the first rules, if those are all that repair it."""
    if not batches or batches[0].rules != tuple(rule for rule in MISREADING_RULES if rule.fix):
        return None
    from textmend import misreadings

    return misreadings.undone


@functools.lru_cache(maxsize=_MOST)
def _compiled(options: Options, rules: tuple[Rule, ...], *, report: bool) -> tuple[tuple[Batch, ...], frozenset[str]]:
    """Return the rules wanted, in batches cut where the text may change between them, and their codes.

    Rules that only report are left out when nobody wants a report.
    """
    wanted = selected(options, rules)
    running = [rule for rule in wanted if report or not rule.reports_only]
    batches = (tuple(batch) for _, batch in groupby(running, key=lambda rule: rule.joint or rule.code))
    return tuple(
        Batch(functools.reduce(operator.or_, (rule.clue for rule in batch)), batch) for batch in batches
    ), frozenset(rule.code for rule in wanted)
