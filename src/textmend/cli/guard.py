"""`textmend guard`: edits that garbled text, or changed an encoding, a byte order mark or line ends."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from textmend.cli.common import UsageProblem, configurations, guard_codes, rules_for, sentence, split
from textmend.cli.words import complain, count, lenient_output, paint
from textmend.files import FileError, Replacement
from textmend.guard import CHECKS, STAGED, WORKTREE, Comparison, Repository, Trouble, compare, restored, under
from textmend.lint import REPORTS, About, Configuration, Configurations, Entry, check_codes, rules_of
from textmend.markers import Markers
from textmend.options import Options
from textmend.results import Finding

FINDINGS = 1
FAILED = 2
SHOWN = 10
"""Findings of one code in one file that are written out as text; --verbose writes all."""

# The revisions that pre-commit compares, when it is told to compare any
_FROM, _TO = "PRE_COMMIT_FROM_REF", "PRE_COMMIT_TO_REF"


@click.command(
    epilog="""\b
Examples:
Example: textmend guard
  textmend guard --fix data/
  textmend guard --from origin/main --to HEAD
  textmend guard --files old.txt new.txt
""",
    short_help="Catch edits that garbled text or changed an encoding.",
)
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--from", "before", metavar="REVISION", help="Compare with this revision; default: HEAD.")
@click.option("--to", "after", metavar="REVISION", help="Compare this revision; default: what is staged.")
@click.option("--worktree", is_flag=True, help="Compare the files as they are on the disc, staged or not.")
@click.option(
    "--files", nargs=2, type=click.Path(path_type=Path), metavar="OLD NEW", help="Compare two files; no git is needed."
)
@click.option("--fix", is_flag=True, help="Restore in the files what the old version proves.")
@click.option("--output-format", type=click.Choice(list(REPORTS)), default="text", help="How findings are written.")
@click.option("--select", multiple=True, callback=split, metavar="CODES", help="Run only these checks (TG1,TG201).")
@click.option("--ignore", multiple=True, callback=split, metavar="CODES", help="Do without these checks.")
@click.option("--extend-select", multiple=True, callback=split, metavar="CODES", help="Run these checks as well.")
@click.option("--extend-ignore", multiple=True, callback=split, metavar="CODES", help="Do without these as well.")
@click.option("--exclude", multiple=True, metavar="PATTERN", help="Pass over these files; patterns as in .gitignore.")
@click.option("--force-exclude", is_flag=True, help="Pass over excluded files even when they are named.")
@click.option("--no-markers", is_flag=True, help="Take no notice of textmend: ignore in the files.")
@click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="Read the configuration from here.")
@click.option("--isolated", is_flag=True, help="Read no configuration.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Write all findings out.")
def guard(**given: Any) -> None:
    """Compare what is staged with HEAD, two revisions (--from, --to), or two files (--files).

    Reports where an edit changed the encoding, the byte order mark or the line ends of a file, brought in
    a misreading, or left U+FFFD, a question mark or nothing where there was text. Honest edits pass, and so do
    renames, deletions, binary files, links and submodules.

    Exit status: 0 when nothing was found, 1 when something was (even if --fix restored it: stage it again),
    2 when something could not be compared.
    """
    lenient_output()
    check_codes((*given["select"], *given["ignore"], *given["extend_select"], *given["extend_ignore"]), guard_codes)
    run = _Run(given)
    if given["files"]:
        if given["paths"] or given["before"] or given["after"] or given["worktree"]:
            raise UsageProblem("--files goes with two files alone.")
        run.files(*given["files"])
    else:
        with Repository(Path.cwd()) as repository:
            _compare(run, repository, given)
    raise click.exceptions.Exit(run.finish())


def _compare(run: _Run, repository: Repository, given: dict[str, Any]) -> None:
    """Compare what is wanted of a repository."""
    before, after = given["before"], given["after"]
    if given["worktree"] and after:
        raise UsageProblem("--worktree and --to do not go together.")
    asked = os.environ.get(_FROM, ""), os.environ.get(_TO, "")
    if not (before or after or given["worktree"] or given["fix"]) and all(asked):
        before, after = repository.fork(*asked), asked[1]
    if given["fix"] and after:
        raise UsageProblem("--fix restores files on the disc; it does not go with --to.")
    base = repository.commit(before) if before else repository.base()
    if base is None:
        return  # before the first commit there is nothing to compare with
    target = repository.commit(after) if after else WORKTREE if given["worktree"] or given["fix"] else STAGED
    merged = () if before or after else repository.parents()
    roots = {repository.relative(Path(path)) for path in given["paths"]}
    changes = (change for change in repository.changes(base, target) if not roots or under(change.path, roots))
    for change, (old, new, *others) in repository.versions(changes, merged):
        path = repository.root / change.path
        if target == WORKTREE:
            old, new = repository.checked_out(change), run.read(path)  # noqa: PLW2901 - as they are on the disc
        if old is not None and new is not None and old != new:
            joined = tuple(each for each in others if each is not None)
            run.change(_Edit(path, base, old, new, joined), named=change.path in roots)


@dataclass(frozen=True, slots=True)
class _Edit:
    """A changed file: its versions, and those of the commits that a merge joins.

    base: the commit of the old version; empty when two files are compared.
    """

    path: Path
    base: str
    before: bytes
    after: bytes
    others: tuple[bytes, ...] = ()


class _Run:
    """One run of the guard: settings by file, the report, the counts."""

    def __init__(self, given: dict[str, Any]) -> None:
        self._given = given
        self._configurations: Configurations = configurations(given)
        self._own = Configuration(exclude=given["exclude"])
        self._known: dict[int, Options] = {}
        write = (lambda _text: None) if given["quiet"] else sys.stdout.write
        about = {check.code: About(check.code, check.name, check.summary, check.why, "error") for check in CHECKS}
        self._report = REPORTS[given["output_format"]](write, about, lambda text, fg: paint(text, fg=fg))
        self._found = self._files = self._restored = 0
        self._failed = False

    def read(self, path: Path) -> bytes | None:
        """Return the content of a file; None, after having told, when it cannot be read."""
        try:
            return path.read_bytes()
        except OSError as error:
            self._problem(os.path.relpath(path), f"cannot be read: {error.strerror}")
            return None

    def change(self, edit: _Edit, *, named: bool) -> None:
        """Compare a changed file."""
        configuration = self._configurations.of(edit.path)
        may_pass = not named or self._given["force_exclude"] or configuration.force_exclude
        if not (may_pass and (configuration.excludes(edit.path) or self._own.excludes(edit.path))):
            self._look(os.path.relpath(edit.path), edit, configuration)

    def files(self, old: Path, new: Path) -> None:
        """Compare two files."""
        before = self.read(old)
        after = self.read(new) if before is not None else None
        if before is not None and after is not None:
            self._look(str(new), _Edit(new, "", before, after), self._configurations.of(new))

    def finish(self) -> int:
        """Write what is left, say how it went, return the exit status."""
        self._report.end()
        if self._found and not self._given["quiet"]:
            sys.stdout.flush()
            said = f"{count(self._found, 'finding')} in {count(self._files, 'file')}"
            click.echo(said + (f", {count(self._restored, 'file')} restored." if self._given["fix"] else "."), err=True)
        if self._failed:
            return FAILED
        return FINDINGS if self._found else 0

    def _look(self, name: str, edit: _Edit, configuration: Configuration) -> None:
        """Compare two versions of a file; report, and restore what can be restored."""
        options = self._options(configuration)
        comparison = compare(edit.before, edit.after, edit.others, options)
        troubles = list(self._wanted(comparison, configuration, edit.path))
        if not troubles:
            return
        self._found += len(troubles)
        self._files += 1
        shown = self._tell(name, troubles)
        made = restored(comparison, set(comparison.troubles) - set(troubles))
        done = self._given["fix"] and made is not None and made != edit.after and self._write(edit.path, made)
        self._restored += done
        if shown:
            for line in _advice(name, troubles, done=done, can=made is not None, base=edit.base):
                click.echo(f"  {line}")

    def _options(self, configuration: Configuration) -> Options:
        """Return the options for a file, worked out once for each configuration."""
        key = id(configuration)  # it lives as long as the run
        if key not in self._known:
            self._known[key] = rules_for(self._given, configuration, ())[0]
        return self._known[key]

    def _wanted(self, comparison: Comparison, configuration: Configuration, path: Path) -> Iterator[Trouble]:
        """Yield the troubles that the settings and the markers in the file leave."""
        if not comparison.troubles or comparison.new is None:
            return
        given = self._given
        select = tuple(code for code in given["select"] or configuration.select if not rules_of([code]))
        if select:
            select += (*configuration.extend_select, *given["extend_select"])
        ignore = (
            *(given["ignore"] or configuration.ignore),
            *configuration.extend_ignore,
            *given["extend_ignore"],
            *configuration.ignores(path),
        )
        markers = Markers()
        if not given["no_markers"]:
            markers.read(comparison.new.text)
        for each in comparison.troubles:
            if (select and not each.code.startswith(select)) or each.code.startswith(ignore):
                continue
            if not (markers and markers.hides(each.code, comparison.offset(each))):
                yield each

    def _tell(self, name: str, troubles: Sequence[Trouble]) -> bool:
        """Report troubles; return whether there is more to say as text."""
        text = self._given["output_format"] == "text" and not self._given["quiet"]
        left: dict[str, int] = {}
        for each in troubles:
            left[each.code] = left.get(each.code, 0) + 1
            if not text or self._given["verbose"] or left[each.code] <= SHOWN:
                self._report.finding(Entry(name, _finding(each)))
        if text:
            for code, number in left.items():
                if number > SHOWN and not self._given["verbose"]:
                    click.echo(f"{name}: {code} {number - SHOWN:,} more; --verbose shows them")
        return text

    def _write(self, path: Path, data: bytes) -> bool:
        """Write the restored version; return whether that went well."""
        try:
            with path.open("rb") as source, Replacement(path, source) as new:
                new.write(data)
                new.commit()
        except FileError as problem:
            self._problem(str(path), str(problem))
        except OSError as error:
            self._problem(str(path), f"cannot be written: {error.strerror}")
        else:
            return True
        return False

    def _problem(self, name: str, problem: str) -> None:
        """Tell what kept a file from being compared."""
        self._failed = True
        complain(sentence(name, problem))
        self._report.problem(name, problem)


def _finding(trouble: Trouble) -> Finding:
    """Return a trouble as reports take it: what stands there now, and what it was."""
    was = trouble.was if trouble.now or trouble.was else None
    start = trouble.column - 1
    return Finding(
        trouble.code, start, start + len(trouble.now), trouble.line, trouble.column, trouble.message, "error",
        trouble.now, was,
    )  # fmt: skip


def _advice(name: str, troubles: Sequence[Trouble], *, done: bool, can: bool, base: str) -> Iterator[str]:
    """Yield what to do about the troubles of a file."""
    quoted = shlex.quote(name)
    open_ = sum(not each.proven for each in troubles)
    if done:
        yield f"restored in {name}" + (f"; to stage it: git add -- {quoted}" if base else "")
    elif can and not base:
        yield f"to restore: textmend guard --fix --files OLD {quoted}"
    elif can:
        yield f"to restore, and keep the rest of the edit: textmend guard --fix -- {quoted}"
    if open_ and base:
        whole = f"git restore --source={base[:12]} --staged --worktree -- {quoted}"
        yield f"{count(open_, 'place')} cannot be restored without doubt; the whole old version: {whole}"
    if any(each.code == "TG201" and not each.proven for each in troubles):
        yield f"to repair misread text by its own evidence: textmend fix --write -- {quoted}"
