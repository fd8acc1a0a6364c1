r"""The baseline: findings that were there when a repository began to be checked, and may stay.

A finding is known by its file, its code and its text, not by its line, so that other edits leave the
baseline alone; each file may have as many of a kind as it had.

>>> from textmend.results import Finding
>>> known = Baseline({"a.txt": {("TM101", "Ã©"): 1}})
>>> finding = Finding("TM101", 0, 2, 1, 1, "misread text", "error", "Ã©", "é")
>>> known.takes("a.txt", finding), known.takes("a.txt", finding)
(True, False)
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from textmend.errors import TextmendError
from textmend.lint.showing import sound
from textmend.results import Finding

FORMAT = 1  # rises when a reader of the old layout would go wrong
_HEAD = "textmend baseline"
_MARKER = "textmend: ignore-file"  # it holds garbled text, which is neither to be reported nor to be repaired

_Key = tuple[str, str]  # code, text


class BaselineError(TextmendError):
    """A baseline that cannot be read or written; the message is a clause that names the file.

    >>> issubclass(BaselineError, TextmendError)
    True
    """


class Baseline:
    """What may stay: for each file, how many findings of each code and text.

    >>> Baseline().stale
    0
    """

    def __init__(self, files: Mapping[str, Mapping[_Key, int]] | None = None, folder: Path | None = None) -> None:
        self._left = {name: dict(known) for name, known in (files or {}).items()}
        self._folder = (folder or Path.cwd()).absolute()
        self._looked_at: set[str] = set()

    def takes(self, path: str, finding: Finding) -> bool:
        """Return whether a finding is in the baseline; each that is there counts once."""
        name = self.name(path)
        self._looked_at.add(name)
        known = self._left.get(name)
        key = (finding.rule, sound(finding.before))
        if not known or not known.get(key):
            return False
        known[key] -= 1
        return True

    def look(self, path: str) -> None:
        """Note that a file was looked at, whether anything was found in it or not."""
        self._looked_at.add(self.name(path))

    @property
    def stale(self) -> int:
        """How many findings of the files that were looked at are gone."""
        return sum(sum(self._left.get(name, {}).values()) for name in self._looked_at)

    def name(self, path: str) -> str:
        """Return the name of a file as the baseline has it: from its own directory, with slashes."""
        return sound(os.path.relpath(path, self._folder).replace(os.sep, "/"))


def read_baseline(path: Path) -> Baseline:
    """Read a baseline; raise BaselineError for what is none.

    >>> read_baseline(Path("no such file"))
    Traceback (most recent call last):
    ...
    textmend.lint.baseline.BaselineError: the baseline no such file cannot be read: No such file or directory
    """
    try:
        data = json.loads(path.read_bytes())
    except OSError as error:
        raise BaselineError(f"the baseline {path} cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise BaselineError(f"the baseline {path} cannot be read: {error}") from None
    if not isinstance(data, dict) or data.get(_HEAD) != FORMAT:
        raise BaselineError(f"{path} is no baseline of textmend in format {FORMAT}")
    try:
        files = {
            str(name): {(str(code), str(text)): int(count) for code, text, count in rows}
            for name, rows in data["files"].items()
        }
    except (AttributeError, KeyError, TypeError, ValueError):
        raise BaselineError(f"the baseline {path} is damaged: write it again with --write-baseline") from None
    return Baseline(files, path.absolute().parent)


def write_baseline(path: Path, found: Iterable[tuple[str, Finding]]) -> int:
    """Write a baseline of findings, each with its file; return how many there are.

    >>> write_baseline(Path("/no such directory/baseline.json"), [])
    Traceback (most recent call last):
    ...
    textmend.lint.baseline.BaselineError: the baseline /no such directory/baseline.json cannot be ...
    """
    names = Baseline(folder=path.absolute().parent)
    files: dict[str, dict[_Key, int]] = {}
    total = 0
    for name, finding in found:
        counts = files.setdefault(names.name(name), {})
        key = (finding.rule, sound(finding.before))
        counts[key] = counts.get(key, 0) + 1
        total += 1
    parts = []
    for name, counts in sorted(files.items()):
        rows = ",\n   ".join(json.dumps([*key, count], ensure_ascii=False) for key, count in sorted(counts.items()))
        parts.append(f"  {json.dumps(name, ensure_ascii=False)}: [\n   {rows}\n  ]")
    body = "{\n" + ",\n".join(parts) + "\n }" if parts else "{}"
    head = f'"{_HEAD}": {FORMAT},\n "marker": "{_MARKER}",\n'
    try:
        path.write_text(f'{{{head} "files": {body}}}\n', encoding="utf-8")
    except OSError as error:
        raise BaselineError(f"the baseline {path} cannot be written: {error.strerror}") from None
    return total
