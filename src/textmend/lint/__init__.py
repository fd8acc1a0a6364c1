r"""Lint: what is found is reported, in the format wanted, without what may stay.

>>> from textmend import check_text
>>> report = REPORTS["text"](lambda line: print(line, end=""), about_rules())
>>> report.finding(Entry("a.txt", check_text("Russia鈥檚 army")[0]))
a.txt:1:7: TM101 misread text: utf-8 was read as gbk: 鈥檚 → ’s
"""

from __future__ import annotations

from textmend.lint.baseline import Baseline, BaselineError, read_baseline, write_baseline
from textmend.lint.configuration import (
    Configuration,
    Configurations,
    check_codes,
    read_configuration,
    rules_of,
)
from textmend.lint.entries import About, Entry, about_rules
from textmend.lint.reports import REPORTS, SUMMARISING, Report
from textmend.lint.showing import show

__all__ = [
    "REPORTS",
    "SUMMARISING",
    "About",
    "Baseline",
    "BaselineError",
    "Configuration",
    "Configurations",
    "Entry",
    "Report",
    "about_rules",
    "check_codes",
    "read_baseline",
    "read_configuration",
    "rules_of",
    "show",
    "write_baseline",
]
