"""The rules: everything textmend finds and fixes, in the order in which it is looked for.

Misreadings come first: private-use characters, C1 controls and compatibility ideographs carry
bytes until the misreading is undone. Of the three rules about misreadings, the two that only
report come before the one that changes the text, so that all three speak about the same text
and it is judged once. Style comes last.

>>> [rule.code for rule in RULES]
['TM102', 'TM103', 'TM101']
"""

from __future__ import annotations

import functools

from textmend.errors import UnknownRuleError
from textmend.options import Options
from textmend.rules import lost_text, misread_text, undecided_text
from textmend.rules.base import Context, Edit, Example, Hit, Rule

__all__ = [
    "MISREADING_RULES",
    "RULES",
    "Context",
    "Edit",
    "Example",
    "Hit",
    "Rule",
    "get",
    "selected",
]

MISREADING_RULES: tuple[Rule, ...] = (undecided_text.RULE, lost_text.RULE, misread_text.RULE)
"""The rules about misreadings and what they lost; `textmend.fix_encoding` runs only these."""

RULES: tuple[Rule, ...] = MISREADING_RULES
"""All rules, in order. A test pins it."""


def get(code: str) -> Rule:
    """Return the rule with a code; raise UnknownRuleError, which names the nearest code.

    >>> get("TM101").name
    'misread-text'
    """
    for rule in RULES:
        if rule.code == code:
            return rule
    raise UnknownRuleError(_unknown(code))


@functools.lru_cache(maxsize=64)
def selected(options: Options, rules: tuple[Rule, ...] = RULES) -> tuple[Rule, ...]:
    """Return those of the rules that the options want, in order.

    Raises UnknownRuleError for a code, or the beginning of one, that no rule has.

    >>> [rule.code for rule in selected(Options(disable=("TM103",)))]
    ['TM102', 'TM101']
    """
    for code in (*options.enable, *options.disable):
        if not any(rule.code.startswith(code) for rule in (*RULES, *rules)):
            raise UnknownRuleError(_unknown(code))
    return tuple(rule for rule in rules if rule.chosen(options))


def _unknown(code: str) -> str:
    """Say that there is no such rule, and which may have been meant."""
    import difflib

    near = difflib.get_close_matches(code, [rule.code for rule in RULES], n=1, cutoff=0.0)
    return f"there is no rule {code!r}; did you mean {near[0]}?"
