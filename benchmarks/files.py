"""Measure `textmend fix` on large files, beside ftfy's command line, cat and iconv.

    python benchmarks/files.py                    # a few megabytes of web mix, in a minute or two
    python benchmarks/files.py --megabytes 100    # a large file
    python benchmarks/files.py --write            # also write the figures into docs/files.md
    python benchmarks/files.py --memory 1024      # peak memory for files of so many megabytes, by format
    python benchmarks/files.py --many 10000       # a directory of so many files

Each command runs as a program of its own, from a file to a file; seconds, MB a second and peak
memory (of the largest process) count. ftfy gets the beginning of a large file alone: its time grows
with the size. The best of several rounds counts, since noise only ever adds; a program that takes long
runs once.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

MEGA = 1_000_000
MEGABYTES = 8.0
ROUNDS = 3
LONG = 8.0  # seconds after which a program runs no further round
FTFY_MEGABYTES = 8.0
DOCUMENT = Path(__file__).parent.parent / "docs" / "files.md"
BEGIN, END = "<!-- written by benchmarks/files.py -->\n", "<!-- end -->\n"
LINES = 150_000  # distinct lines of the mix, about 15 MB; a larger file draws them again
GARBLED = 0.01  # the share of lines that were misread in the garbled mix
RARE = 0.001  # the same where memory is measured, so that a gigabyte is done in minutes

# A target is: at least so many times as fast as ftfy's command line; not more memory than this above
# the program itself, with its tables and model loaded.
TIMES_FTFY = 20.0
MEMORY_MIB = 64


# How a line is spelled in other formats, with other values beside it.
FORMS: dict[str, Callable[[str], str]] = {
    "jsonl": lambda line: (
        json.dumps({"id": 12345, "url": "https://example.org/a", "text": line}, ensure_ascii=False) + "\n"
    ),
    "csv": lambda line: '12345,https://example.org/a,"' + line.replace('"', '""') + '"\n',
    "html": lambda line: f'<div class="a"><p>{html.escape(line)}</p><a href="/a/12345">more</a></div>\n',
}


@dataclass(frozen=True, slots=True)
class Run:
    """What one program took: seconds, and the peak of its memory in MiB."""

    seconds: float
    memory: float


def run(command: list[str], source: Path) -> Run:
    """Run a program from a file to a file; the best round counts."""
    best: Run | None = None
    for _ in range(ROUNDS):
        with source.open("rb") as given, tempfile.TemporaryFile() as taken:
            began = time.perf_counter()
            child = subprocess.Popen(command, stdin=given, stdout=taken, stderr=subprocess.DEVNULL)
            _, status, usage = os.wait4(child.pid, 0)
            seconds = time.perf_counter() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise SystemExit(f"{' '.join(command)} ended with {child.returncode}")
        if best is None or seconds < best.seconds:
            best = Run(seconds, usage.ru_maxrss / 1024)
        if seconds > LONG:
            break
    assert best is not None  # noqa: S101 - there is at least one round
    return best


def make(path: Path, megabytes: float, share: float, *, plain: bool = False) -> None:
    """Write a web mix in a program of its own: a program's peak begins with that of the one that starts it."""
    command = [sys.executable, __file__, "--make", str(path), "--megabytes", str(megabytes), "--share", str(share)]
    subprocess.run([*command, "--plain"] if plain else command, check=True)


def write_mix(path: Path, megabytes: float, share: float, *, plain: bool) -> None:
    """Write a web mix, a share of its lines misread; plain: of the rest only lines of ASCII."""
    import speed  # noqa: PLC0415 - heavy, and only the program that writes the mix needs it

    lines = speed.web_mix(LINES)
    if share:
        lines = speed.garbled(lines, "utf-8>cp1252", share)
    if plain:
        clean = set(speed.web_mix(LINES))
        lines = [line for line in lines if line.isascii() or line not in clean]
    chance = random.Random(1)
    wanted = int(megabytes * MEGA)
    with path.open("wb") as file:
        while (left := wanted - file.tell()) > 0:
            chance.shuffle(lines)
            block = "".join(f"{line}\n" for line in lines).encode()
            file.write(block if len(block) <= left else block[: block.rfind(b"\n", 0, left) + 1])
            if len(block) > left:
                break


def textmend(*arguments: str) -> list[str]:
    """Return a command of textmend."""
    return [sys.executable, "-m", "textmend", *arguments]


def throughput(folder: Path, megabytes: float, say: Callable[[str], None]) -> bool:
    """Time the programs on clean and garbled mixes; say whether the target is met."""
    met = True
    whole, part = folder / "whole.txt", folder / "part.txt"
    say(f"Lines as the web has them, {megabytes:g} MB, from a file to a file:")
    say("")
    say("| lines | program | s | MB/s | peak MiB | times ftfy |")
    say("| --- | --- | ---: | ---: | ---: | ---: |")
    for name, share in (("clean", 0.0), ("1 % of the lines garbled", GARBLED)):
        make(whole, megabytes, share)
        with whole.open("rb") as file:
            part.write_bytes(file.read(int(FTFY_MEGABYTES * MEGA)).rpartition(b"\n")[0] + b"\n")
        programs = {
            "ftfy": ([sys.executable, "-m", "ftfy.cli"], part),
            "cat": (["cat"], whole),
            "iconv -f utf-8 -t utf-16": (["iconv", "-c", "-f", "utf-8", "-t", "utf-16"], whole),
            "textmend fix": (textmend("fix", "-"), whole),
            "textmend fix --jobs 2": (textmend("fix", "--jobs", "2", "-"), whole),
        }
        for form, spell in FORMS.items():
            spelled = folder / f"whole.{form}"
            with whole.open(encoding="utf-8") as lines, spelled.open("w", encoding="utf-8") as file:
                file.writelines(spell(line.rstrip("\n")) for line in lines)  # in little memory, see `make`
            programs[f"textmend fix, as {form}"] = (textmend("fix", "--stdin-filename", spelled.name, "-"), spelled)
        rates: dict[str, float] = {}
        for program, (command, source) in programs.items():
            taken = run(command, source)
            rates[program] = source.stat().st_size / MEGA / taken.seconds
            times = rates[program] / rates["ftfy"]
            say(
                f"| {name} | `{program}` | {taken.seconds:.2f} | {rates[program]:.1f} "
                f"| {taken.memory:.0f} | {times:.1f} |"
            )
        met = met and rates["textmend fix"] >= TIMES_FTFY * rates["ftfy"]
    return met


def write(lines: list[str]) -> None:
    """Put the figures into the document, between its marks."""
    text = DOCUMENT.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    DOCUMENT.write_text(before + BEGIN + "".join(f"{line}\n" for line in lines) + END + after, "utf-8")


_PEAK = """
import sys
from pathlib import Path
from textmend import fix_text
from textmend.files import Job, run_file

def told(name):
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1]) / 1024

fix_text("Russia\\u9225\\u6a9a army, caf\\u00c3\\u00a9 \\u043f\\u0440\\u0438\\u0432\\u0435\\u0442")
Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew, behind that of loading the model
before = told("VmRSS")
result = run_file(Path(sys.argv[1]), Job(sys.argv[2]))
print(before, told("VmHWM"), result.changed, result.problem)
"""


def memory(folder: Path, megabytes: float) -> bool:
    """Measure the peak memory of repairing files in place, by format; say whether the target is met."""
    met = True
    mix = folder / "mix.txt"
    make(mix, 8, RARE, plain=True)
    text = mix.read_text("utf-8", "ignore").replace('"', "'").replace("\\", "/").replace("\t", " ")
    text = text.replace("<", "(").replace("&", "+")
    lines = text.splitlines()
    forms = {
        "lines.txt": ("", text, ""),
        "one line.txt": ("", text.replace("\n", " "), ""),
        "values.jsonl": ("", "".join(f'{{"id": 1, "text": "{line}"}}\n' for line in lines), ""),
        "one string.json": ('["', text.replace("\n", " "), '"]'),
        "small values.json": ("[", "".join(f'"{word}",' for line in lines for word in line.split()), "0]"),
        "table.csv": ("id,text\n", "".join(f'1,"{line}"\n' for line in lines), ""),
        "page.html": ("", "".join(f"<p title='x'>{line.replace(chr(39), ' ')}</p>\n" for line in lines), ""),
    }
    print(f"{'file':<20} {'MB':>7} {'before':>8} {'peak':>8} {'above':>7} {'s':>8}")
    for name, (head, middle, tail) in forms.items():
        path = folder / name
        block = middle.encode()
        with path.open("wb") as file:
            file.write(head.encode())
            while file.tell() < megabytes * MEGA:
                file.write(block)
            file.write(tail.encode())
        size = path.stat().st_size / MEGA
        began = time.perf_counter()
        command = [sys.executable, "-c", _PEAK, str(path), "write"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        before, peak, _, *problem = done.stdout.split()
        above = float(peak) - float(before)
        met = met and above <= MEMORY_MIB and not problem
        seconds = time.perf_counter() - began
        print(f"{name:<20} {size:7.0f} {float(before):8.0f} {float(peak):8.0f} {above:7.1f} {seconds:8.1f}", *problem)
        path.unlink()
    print(f"at most {MEMORY_MIB} MiB above: {'yes' if met else 'no'}")
    return met


def many(folder: Path, count: int) -> bool:
    """Time a directory of small files."""
    mix = folder / "mix.txt"
    make(mix, 0.5, 0)
    lines = mix.read_text("utf-8", "ignore").splitlines()
    data = folder / "many"
    for number in range(count):
        (data / f"{number % 100:02}").mkdir(exist_ok=True, parents=True)
        chosen = lines[number % 4000 : number % 4000 + 10]
        if number % 100 == 0:
            chosen.append("Caf\u00c3\u00a9 cr\u00c3\u00a8me, na\u00c3\u00afve fa\u00c3\u00a7ade")
        (data / f"{number % 100:02}" / f"{number}.txt").write_text("\n".join(chosen), "utf-8")
    for jobs in ("1", "2"):
        began = time.perf_counter()
        done = subprocess.run(textmend("check", "--jobs", jobs, str(data)), capture_output=True, text=True, check=False)
        seconds = time.perf_counter() - began
        said = done.stderr.splitlines()[-1] if done.stderr else ""
        print(f"check --jobs {jobs}: {count} files in {seconds:.1f} s; {said}")
    return done.returncode < 2


def main() -> int:
    """Run as a program; end with 1 when a target is missed."""
    parser = argparse.ArgumentParser(description="Measure textmend fix on large files.")
    parser.add_argument("--megabytes", type=float, default=MEGABYTES, metavar="MB", help="size of the web mix")
    parser.add_argument("--write", action="store_true", help="write the figures into docs/files.md")
    parser.add_argument("--memory", type=float, metavar="MB", help="measure memory on files of this size instead")
    parser.add_argument("--many", type=int, metavar="N", help="time a directory of N files instead")
    parser.add_argument("--make", type=Path, metavar="FILE", help="only write the mix")
    parser.add_argument("--share", type=float, default=0.0, help="with --make: the share of garbled lines")
    parser.add_argument("--plain", action="store_true", help="with --make: all other lines are ASCII")
    options = parser.parse_args()
    if options.make:
        write_mix(options.make, options.megabytes, options.share, plain=options.plain)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        if options.memory:
            met = memory(Path(folder), options.memory)
        elif options.many:
            met = many(Path(folder), options.many)
        else:
            lines: list[str] = []

            def say(line: str) -> None:
                lines.append(line)
                print(line, flush=True)

            met = throughput(Path(folder), options.megabytes, say)
            if options.write:
                write(lines)
    return 0 if met else 1


if __name__ == "__main__":
    raise SystemExit(main())
