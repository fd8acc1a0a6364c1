r"""How findings are written: a class for each format, all with the same four verbs.

>>> from textmend.lint.entries import about_rules
>>> from textmend.results import Finding
>>> lines = []
>>> report = REPORTS["text"](lines.append, about_rules())
>>> report.finding(Entry("a.txt", Finding("TM101", 0, 2, 2, 3, "misread text", "error", "鈥檚", "’s")))
>>> lines
['a.txt:2:3: TM101 misread text: 鈥檚 → ’s\n']
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from textmend import __version__
from textmend.lint.entries import About, Entry
from textmend.lint.sarif import log
from textmend.lint.showing import on_one_line, show, sound

_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}
_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}


class Report:
    """Takes findings one by one and writes them; this one writes nothing.

    write: takes text. about: what is known about the codes. paint: colours a text, by the name of a colour.

    >>> Report(print, {}).end()
    """

    def __init__(
        self,
        write: Callable[[str], object],
        about: Mapping[str, About],
        paint: Callable[[str, str], str] = lambda text, _: text,
    ) -> None:
        self.write = write
        self.about = about
        self._paint = paint
        self._entries: list[Entry] = []
        self._problems: list[tuple[str, str]] = []
        self._counts: list[tuple[str, int]] | None = None

    def finding(self, entry: Entry) -> None:
        """Take a finding."""

    def problem(self, path: str, message: str) -> None:
        """Take what kept a file from being looked at."""

    def statistics(self, rows: list[tuple[str, int]]) -> None:
        """Write how often each code was found, instead of findings."""

    def end(self) -> None:
        """Write what is left."""


class Text(Report):
    """A line for each finding, for people and editors: file:line:column: code message: now → then.

    >>> Text(print, {}).end()
    """

    def finding(self, entry: Entry) -> None:
        """Write a finding."""
        found = entry.finding
        code = self._paint(found.rule, _COLOURS[found.severity])
        line = f"{entry.path}:{found.line}:{found.column}: {code} {on_one_line(found.message)}"
        if found.before or found.after:
            line += f": {show(found.before)}" + ("" if found.after is None else f" → {show(found.after)}")
        self.write(f"{line}\n")

    def statistics(self, rows: list[tuple[str, int]]) -> None:
        """Write a line for each code: how often, the code, its name, what it is."""
        if not rows:
            return
        width = max(len(f"{number:,}") for _, number in rows)
        names = max(len(self.about[code].name) for code, _ in rows)
        for code, number in rows:
            about = self.about[code]
            shown = self._paint(code, _COLOURS[about.severity])
            self.write(f"{number:>{width},}  {shown}  {about.name:{names}}  {about.summary}\n")


class Json(Report):
    """One JSON document, in ASCII: the version, the findings, the problems.

    >>> Json(lambda text: print(text, end=""), {}).end()
    {"textmend": ...,
     "findings": [],
     "problems": []}
    """

    def finding(self, entry: Entry) -> None:
        """Keep a finding."""
        self._entries.append(entry)

    def problem(self, path: str, message: str) -> None:
        """Keep a problem."""
        self._problems.append((path, message))

    def statistics(self, rows: list[tuple[str, int]]) -> None:
        """Keep how often each code was found."""
        self._counts = rows

    def end(self) -> None:
        """Write the document."""
        problems = [{"path": sound(path), "message": sound(message)} for path, message in self._problems]
        rows = [self._row(entry) for entry in self._entries]
        kind = "findings"
        if self._counts is not None:
            kind = "statistics"
            rows = [{"code": code, "name": self.about[code].name, "count": count} for code, count in self._counts]
        self.write(f'{{"textmend": {json.dumps(__version__)},\n "{kind}": {_array(rows)},\n')
        self.write(f' "problems": {_array(problems)}}}\n')

    def _row(self, entry: Entry) -> dict[str, Any]:
        """Return a finding as JSON has it."""
        found = entry.finding
        line, column = entry.end
        return {
            "path": sound(entry.path),
            "line": found.line,
            "column": found.column,
            "end_line": line,
            "end_column": column,
            "code": found.rule,
            "name": self.about[found.rule].name,
            "severity": found.severity,
            "message": sound(found.message),
            "before": sound(found.before),
            "after": None if found.after is None else sound(found.after),
            "confidence": round(found.confidence, 4),
            "chain": list(found.chain),
        }


def _array(rows: list[dict[str, Any]]) -> str:
    """Return rows as an array of JSON, a row a line."""
    return "[\n  " + ",\n  ".join(map(json.dumps, rows)) + "\n ]" if rows else "[]"


class Github(Report):
    """Workflow commands, which GitHub shows beside the lines of a pull request.

    >>> Github(print, {}).end()
    """

    def finding(self, entry: Entry) -> None:
        """Write a finding."""
        found = entry.finding
        line, column = entry.end
        message = found.message
        if found.before or found.after:
            message += f": {show(found.before)}" + ("" if found.after is None else f" → {show(found.after)}")
        where = f"file={_property(entry.path)},line={found.line},endLine={line},col={found.column},endColumn={column}"
        title = _property(f"textmend: {found.rule} {self.about[found.rule].name}")
        place = f"{sound(entry.path)}:{found.line}:{found.column}: "
        self.write(f"::{_LEVELS[found.severity]} {where},title={title}::{_data(place + message)}\n")

    def problem(self, path: str, message: str) -> None:
        """Write a problem."""
        self.write(f"::error file={_property(path)},title=textmend::{_data(message)}\n")


def _data(text: str) -> str:
    """Escape the message of a workflow command."""
    return sound(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape a property of a workflow command."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


class Sarif(Report):
    """One SARIF 2.1.0 log, in ASCII, for code scanning and editors.

    >>> lines = []
    >>> Sarif(lines.append, {}).end()
    >>> json.loads("".join(lines))["version"]
    '2.1.0'
    """

    def finding(self, entry: Entry) -> None:
        """Keep a finding."""
        self._entries.append(entry)

    def problem(self, path: str, message: str) -> None:
        """Keep a problem."""
        self._problems.append((path, message))

    def end(self) -> None:
        """Write the log."""
        self.write(json.dumps(log(self._entries, self._problems, self.about), indent=1) + "\n")


REPORTS: dict[str, type[Report]] = {"text": Text, "json": Json, "sarif": Sarif, "github": Github}
"""The formats by name."""

SUMMARISING = ("text", "json")
"""The formats that can also say how often each code was found."""
