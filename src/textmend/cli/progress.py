"""Progress and the final summary of a run, on standard error."""

from __future__ import annotations

import sys
import time

import click

from textmend.cli.words import count, size
from textmend.files import Result, Tally

_EVERY = 0.1  # seconds between two looks of the progress line
_AFTER = 0.5  # seconds before it is shown: a quick run shows none
_KINDS = 6  # kinds of misreadings listed in the summary
_CLEAR = "\r\x1b[K"


class Progress:
    """Counts the files of a run; shows how far it is when standard error is a terminal."""

    def __init__(self, *, quiet: bool) -> None:
        self.files = 0
        self.changed = 0
        self.skipped = 0
        self.failed = 0
        self.known = 0
        """Findings that a baseline holds."""
        self.tally = Tally()
        self._began = time.monotonic()
        self._shown = 0.0
        self._seen = 0
        self._live = not quiet and sys.stderr.isatty()
        self._line = False

    def advance(self, amount: int) -> None:
        """Count what has been read."""
        self._seen += amount
        now = time.monotonic()
        if self._live and now - self._began > _AFTER and now - self._shown > _EVERY:
            self._shown = now
            self._line = True
            sys.stderr.write(f"{_CLEAR}{count(self.files, 'file')}, {size(self._seen)}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Take the progress line away, before something else is said."""
        if self._line:
            self._line = False
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()

    def add(self, result: Result) -> None:
        """Count the result of a file."""
        if result.skipped:
            self.skipped += 1
            return
        self.files += 1
        self.changed += result.changed
        self.failed += bool(result.problem)
        if not result.problem:
            self.tally.add(result.tally)

    def summary(self, *, would: bool = False, check: bool = False) -> str:
        """Return the final summary: files, changes, misreadings by kind, lost places, bytes, time."""
        tally = self.tally
        if check:
            parts = [count(self.files, "file"), count(tally.findings - self.known, "finding")]
            if self.known:
                parts.append(f"{self.known:,} in the baseline")
        else:
            verb = "would change" if would else "changed"
            parts = [f"{count(self.files, 'file')}, {self.changed:,} {verb}", count(tally.places, "place")]
            kinds = [f"{kind} {number:,}" for kind, number in tally.kinds.most_common(_KINDS)]
            if len(tally.kinds) > _KINDS:
                kinds.append("others")
            if kinds:
                parts[-1] += f" ({', '.join(kinds)})"
            if tally.lost:
                parts.append(f"lost bytes in {count(tally.lost, 'place')}")
        if self.skipped:
            parts.append(f"{count(self.skipped, 'binary file')} passed over")
        if self.failed:
            parts.append(f"{self.failed:,} failed")
        parts.append(f"{size(tally.size)} in {time.monotonic() - self._began:.1f} s")
        return ", ".join(parts) + "."

    def say(self, message: str) -> None:
        """Say something on standard error."""
        self.clear()
        click.echo(message, err=True)
