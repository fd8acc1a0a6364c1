"""Measure the hooks on a commit of many small files, and what pre-commit itself takes.

    python benchmarks/hooks.py                 # 1,000 staged files of 10 kB
    python benchmarks/hooks.py --files 100
    python benchmarks/hooks.py --profile       # where the time of check goes

Three repositories, each with all its files staged: ASCII, a mix (half of the files English, the others
in eight languages), and languages that are not written in Latin letters. In each the hooks run as pre-
commit runs them: one process, all names on the command line. The guard compares with a commit in which
every file has one line less. The best of several rounds counts: the machine's noise only ever adds.
pre-commit is timed with a hook that does nothing, where it is installed.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import speed

from textmend.cli import main as textmend

SIZE = 10_000  # bytes of a file
ROUNDS = 3
DISTINCT = 6000  # lines to draw from
LATIN = ("fr", "de", "es", "vi")
NOT_LATIN = ("ru", "zh-Hans", "ja", "ar")

# 1,000 files of 10 kB are checked in this time, beside pre-commit's own.
TARGET_SECONDS = 2.0

GIT = shutil.which("git") or "git"
HOOKS = {
    "check": ("check", "--force-exclude"),
    "fix": ("fix", "--write", "--exit-non-zero-on-fix", "--force-exclude"),
    "guard": ("guard", "--force-exclude"),
}

CONFIGURATION = """\
repos:
  - repo: local
    hooks:
      - {id: nothing, name: nothing, entry: "true", language: system, types: [text], require_serial: true}
"""


def pools() -> dict[str, list[list[str]]]:
    """Return the lines of each repository, by its name: a list for each language; all of them are clean."""
    english = speed.lines_of("en", DISTINCT)
    latin = [speed.lines_of(language, DISTINCT // 10) for language in LATIN]
    other = [speed.lines_of(language, DISTINCT // 10) for language in NOT_LATIN]
    ascii_only = [line for line in english if line.isascii()]
    return {"ASCII": [ascii_only], "mix": [english] * 8 + latin + other, "not Latin": other}


def contents(pool: Sequence[Sequence[str]], files: int) -> list[str]:
    """Return the texts of a repository, each in one language."""
    chance = random.Random(files)
    texts = []
    for number in range(files):
        source = chance.choice(pool)
        lines, size = [f"file {number}"], 0
        while size < SIZE:
            lines.append(chance.choice(source))
            size += len(lines[-1].encode()) + 1
        texts.append("\n".join(lines) + "\n")
    return texts


def git(folder: Path, *arguments: str) -> None:
    """Run git."""
    identity = ("-c", "user.name=benchmark", "-c", "user.email=benchmark@example.org", "-c", "gc.auto=0")
    subprocess.run([GIT, "-C", str(folder), *identity, *arguments], check=True, capture_output=True)


def repository(folder: Path, texts: Sequence[str]) -> list[str]:
    """Make a repository whose files are staged with one line more than they have in HEAD; return their names."""
    git(folder, "init", "--quiet")
    names = [f"part-{number % 10}/{number}.txt" for number in range(len(texts))]
    for stage in (0, 1):
        for name, text in zip(names, texts, strict=True):
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes((text if stage else text.split("\n", 1)[1]).encode())
        git(folder, "add", ".")
        if not stage:
            git(folder, "commit", "--quiet", "--message", "before")
    return names


def seconds(command: Sequence[str], folder: Path) -> tuple[float, int]:
    """Run a command several times; return the best time and its status."""
    best, status = float("inf"), 0
    for _ in range(ROUNDS):
        began = time.perf_counter()
        status = subprocess.run(command, cwd=folder, check=False, capture_output=True).returncode
        best = min(best, time.perf_counter() - began)
    return best, status


JUDGE = """\
import pathlib, sys, time
from textmend import Options, pipeline
texts = [pathlib.Path(name).read_text("utf-8") for name in sys.argv[1:]]
began = time.perf_counter()
for text in texts:
    pipeline.run(text, Options(), report=True)
print(time.perf_counter() - began)
"""


def engine(folder: Path, names: Sequence[str]) -> float:
    """Return the seconds that judging the texts alone takes, in a process that has loaded nothing but the rules."""
    command = [sys.executable, "-c", JUDGE, *names]
    said = [subprocess.run(command, cwd=folder, check=True, capture_output=True).stdout for _ in range(ROUNDS)]
    return min(map(float, said))


def profile(folder: Path, names: Sequence[str]) -> None:
    """Show where the time of check goes."""
    os.chdir(folder)
    profiler = cProfile.Profile()
    profiler.runcall(textmend, ["check", "--force-exclude", *names])
    pstats.Stats(profiler).sort_stats("tottime").print_stats(25)


def main() -> int:
    """Measure and print; the status is 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--files", type=int, default=1000, help="files in a commit")
    parser.add_argument("--profile", action="store_true", help="show where the time of check goes")
    chosen = parser.parse_args()
    missed = False
    print(f"| files | check | of it judging | fix | guard | pre-commit itself |\n|{' --- |' * 6}")
    for kind, pool in pools().items():
        texts = contents(pool, chosen.files)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            names = repository(folder, texts)
            if chosen.profile:
                profile(folder, names)
                continue
            cells = {}
            for hook, arguments in HOOKS.items():
                best, status = seconds([sys.executable, "-m", "textmend", *arguments, *names], folder)
                if status:
                    print(f"{hook} ended with {status} on clean files ({kind})", file=sys.stderr)
                missed |= bool(status)
                cells[hook] = best
            missed |= max(cells.values()) * 1000 / chosen.files > TARGET_SECONDS
            judging = engine(folder, names)
            own = "not installed"
            if shutil.which("pre-commit"):
                (folder / ".pre-commit-config.yaml").write_text(CONFIGURATION, "utf-8")
                git(folder, "add", ".")
                own = f"{seconds(['pre-commit', 'run'], folder)[0]:.2f} s"
        print(
            f"| {chosen.files:,} of 10 kB, {kind} | {cells['check']:.2f} s | {judging:.2f} s "
            f"| {cells['fix']:.2f} s | {cells['guard']:.2f} s | {own} |",
            flush=True,
        )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
