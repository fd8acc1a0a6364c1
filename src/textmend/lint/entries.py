r"""What a report is made of: findings with their files, and what is known about their codes.

>>> entry = Entry("a.txt", Finding("TM101", 0, 2, 3, 5, "misread text", "error", "鈥檚", "’s"))
>>> entry.end
(3, 7)
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from textmend.results import Finding
from textmend.rules import RULES

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class About:
    """What there is to say about a code.

    >>> about_rules()["TM101"].name
    'misread-text'
    """

    code: str
    name: str
    summary: str
    why: str
    severity: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding in a file.

    path: as it was given. literal: whether the file holds the text of the finding letter for letter, so
    that putting `after` in its place repairs it; in a table or in JSON it may be spelled otherwise.

    >>> Entry("a.txt", Finding("TM103", 0, 1, 1, 1, "lost", "error", "x")).literal
    False
    """

    path: str
    finding: Finding
    literal: bool = False

    @property
    def end(self) -> tuple[int, int]:
        """Line and column behind the text of the finding, both from 1; where its spelling hides that, its length."""
        finding = self.finding
        length = finding.end - finding.start
        ends = list(_LINE_END.finditer(finding.before)) if len(finding.before) == length else []
        if not ends:
            return finding.line, finding.column + length
        return finding.line + len(ends), len(finding.before) - ends[-1].end() + 1


def about_rules() -> dict[str, About]:
    """Return what is known about the rules, by code.

    >>> about_rules()["TM103"].severity
    'error'
    """
    rules = sorted(RULES, key=lambda rule: rule.code)
    return {rule.code: About(rule.code, rule.name, rule.summary, rule.why, rule.severity) for rule in rules}
