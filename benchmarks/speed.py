"""Measure how fast textmend is, beside ftfy and plsfix.

    python benchmarks/speed.py             # everything; about five minutes
    python benchmarks/speed.py --quick     # smaller texts, fewer rounds
    python benchmarks/speed.py --only scaling
    python benchmarks/speed.py --only unseen   # lines that no tool has met, once each

Clean and garbled text by line (about 100 bytes) and by document of 60 lines, in MB of UTF-8 a
second; how the cost grows with the length; what importing costs. The best of several rounds counts:
the machine's noise only ever adds.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

import garbling
import judging
from data import FIXTURES, ROOT, declarations, piece, read_folder

LANGUAGES = ("en", "fr", "de", "ru", "zh-Hans", "ja", "ar")
PARTS = ("throughput", "unseen", "scaling", "import")
DOCUMENT = 60  # lines of a document
ROUNDS = 5

# A target is: what is at least so many times as fast as which tool.
TARGETS = {"clean": {"plsfix": 3.0, "ftfy": 15.0}, "1 %": {"plsfix": 2.0}, "garbled": {"ftfy": 5.0}}
# Ten times the text may take this many times as long.
LINEAR = 11.0
LONGEST_SECONDS = 120.0
# Importing may cost this much more than starting Python; a clean megabyte of ASCII takes this long.
IMPORT_MS = 30.0
ASCII_MS = 2.0


# --- texts ----------------------------------------------------------------------------------------


def lines_of(language: str, count: int) -> list[str]:
    """Return clean lines of one language, about 100 bytes each."""
    chance = random.Random(language)
    texts = [text for text in declarations() if text.language == language]
    texts += [text for text in read_folder(FIXTURES) if text.base == language]
    pool = [line for text in texts for line in text.lines]
    return [piece(chance.choice(pool), chance)[:160] for _ in range(count)]


def web_mix(count: int) -> list[str]:
    """Return lines as a crawl has them: half English, the rest of everything, some code."""
    chance = random.Random("web")
    pools = [lines_of("en", count)] * 5 + [lines_of(language, count) for language in LANGUAGES]
    pools += [lines_of(language, count) for language in ("es", "pt", "it", "pl", "tr", "vi", "ko")]
    pools += [list(text.lines) for text in read_folder(FIXTURES) if text.language in _WEB_SETS]
    return [chance.choice(chance.choice(pools)) for _ in range(count)]


_WEB_SETS = ("x-code", "x-tables", "x-emoji", "x-names", "x-quotes-en")


def garbled(lines: Sequence[str], hop: str, share: float) -> list[str]:
    """Return lines of which a share is misread."""
    chance = random.Random(hop)
    seen = []
    for line in lines:
        wanted = share >= 1 or chance.random() < share
        seen.append((garbling.misread(line, hop) or line) if wanted else line)
    return seen


def texts(count: int) -> list[tuple[str, str, list[str]]]:
    """Return (name, kind of target, lines) of all that is timed."""
    found = [(f"clean {name}", "clean", lines_of(name, count)) for name in LANGUAGES]
    ascii_only = [line for line in lines_of("en", 2 * count) if line.isascii()][:count]
    found.insert(0, ("clean ASCII", "clean", ascii_only))
    mix = web_mix(count)
    found.append(("clean web mix", "clean", mix))
    found.append(("web mix, 1 % garbled", "1 %", garbled(mix, "utf-8>cp1252", 0.01)))
    for language, hop in (
        ("fr", "utf-8>cp1252"),
        ("ru", "utf-8>cp1251"),
        ("zh-Hans", "utf-8>cp1252"),
        ("ru", "cp1251>cp1252"),
        ("ja", "euc-jp>cp1252"),
    ):
        found.append((f"garbled {language} {hop}", "garbled", garbled(lines_of(language, count), hop, 1)))
    return found


# --- timing ---------------------------------------------------------------------------------------


def best(work: Callable[[], object], rounds: int) -> float:
    """Return the shortest of several rounds, in seconds."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def mender(tool: str) -> Callable[[str], object]:
    """Return a tool's plain function: text in, text out."""
    if tool == "textmend":
        import textmend  # noqa: PLC0415

        return textmend.fix_text
    if tool == "plsfix":
        import plsfix  # noqa: PLC0415

        return plsfix.fix_text
    return judging.tool("ftfy")


def throughput(count: int, rounds: int, only: Sequence[str] | None = None) -> bool:
    """Time every text by line and by document; says whether the targets are met."""
    tools = [tool for tool in judging.TOOLS if judging.available(tool)]
    print("\n## MB/s by line / by document of 60 lines\n")
    print("| text |" + "".join(f" {tool} |" for tool in tools) + " times plsfix | times ftfy | target |")
    print("| --- |" + " ---: |" * (len(tools) + 2) + " --- |")
    met = True
    for name, kind, lines in texts(count):
        if only and not any(part in name for part in only):
            continue
        documents = ["\n".join(lines[at : at + DOCUMENT]) for at in range(0, len(lines), DOCUMENT)]
        menders = [mender(tool) for tool in tools]
        by_line, by_document = _rates(menders, lines, rounds), _rates(menders, documents, rounds)
        rates = {tool: (by_line[number], by_document[number]) for number, tool in enumerate(tools)}
        mine = rates["textmend"]
        times = {tool: [mine[at] / rates[tool][at] for at in (0, 1)] for tool in tools if tool != "textmend"}
        good = all(min(times[tool]) >= least for tool, least in TARGETS[kind].items() if tool in times)
        met = met and good
        cells = "".join(f" {_pair(rates[tool])} |" for tool in tools)
        against = "".join(f" {_pair(times[tool])} |" if tool in times else " - |" for tool in ("plsfix", "ftfy"))
        print(f"| {name} |{cells}{against} {'met' if good else 'missed'} |", flush=True)
    return met


def unseen(count: int, only: Sequence[str] | None = None) -> None:
    """Time lines that no tool has met, once each: what is remembered of lines does not help there.

    The other half of each text's lines is given before, so that nothing loads meanwhile.
    """
    tools = [tool for tool in judging.TOOLS if judging.available(tool)]
    print("\n## lines never met before, MB/s\n")
    print("| text | lines |" + "".join(f" {tool} |" for tool in tools) + " times plsfix | times ftfy |")
    print("| --- |" + " ---: |" * (len(tools) + 3))
    for name, _, lines in texts(count):
        if only and not any(part in name for part in only):
            continue
        distinct = list(dict.fromkeys(lines))
        before, after = distinct[::2], distinct[1::2]
        rates = {}
        for tool in tools:
            mend = mender(tool)
            for line in before:
                mend(line)
            rates[tool] = _rates([mend], after, 1)[0]
        times = [f"{rates['textmend'] / rates[tool]:#.3g}" if tool in rates else "-" for tool in ("plsfix", "ftfy")]
        figures = "".join(f" {rates[tool]:#.3g} |" for tool in tools)
        print(f"| {name} | {len(after)} |{figures} {' | '.join(times)} |", flush=True)


def _pair(both: Sequence[float]) -> str:
    """Return two figures, by line and by document, with three digits."""
    return " / ".join(f"{figure:#.3g}".rstrip(".") for figure in both)


def _rates(menders: Sequence[Callable[[str], object]], texts: Sequence[str], rounds: int) -> list[float]:
    """Return MB of UTF-8 a second of each tool, in turns: a machine that is slow for a while is so for all."""
    seconds = [float("inf")] * len(menders)
    for mend in menders:
        mend(texts[0])  # what loads on first use is not what is measured
    for _ in range(rounds):
        for number, mend in enumerate(menders):
            began = time.perf_counter()
            for text in texts:
                mend(text)
            seconds[number] = min(seconds[number], time.perf_counter() - began)
    size = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts)
    return [size / each / 1e6 for each in seconds]


# --- growth ---------------------------------------------------------------------------------------

# Each: a name, and Python that makes the text of a size {n}, in characters.
_GROWTH = {
    "one clean ASCII line": "('The quick brown fox. ' * {n})[:{n}]",
    "one clean French line": "('Les élèves étaient là, déjà. ' * {n})[:{n}]",
    "one clean Chinese line": "('我们的服务器返回错误，请稍后再试。' * {n})[:{n}]",
    "one garbled French line": "('Les Ã©lÃ¨ves Ã©taient lÃ\\xa0, dÃ©jÃ\\xa0. ' * {n})[:{n}]",
    "one line, a little garbled": "('a clean line of words. ' * ({n} // 24))[:{n}] + ' cafÃ©'",
    "Ã": "'Ã' * {n}",
    "鈥": "'鈥' * {n}",
    "â€": "('â€' * {n})[:{n}]",
    "combining marks": "'a' + '\\u0301' * {n}",
    "Ã©": "('Ã©' * {n})[:{n}]",
    "U+FFFD": "'\\ufffd' * {n}",
    "garbled lines": "'Les Ã©lÃ¨ves Ã©taient lÃ .\\n' * ({n} // 30)",
}
_SIZES = {"combining marks": 200_000, "one clean ASCII line": 20_000_000,
          "one clean French line": 20_000_000, "one clean Chinese line": 7_000_000}  # fmt: skip
_SIZE = 1_000_000

_CHILD = """
import sys, time
sys.path.insert(0, {src!r})
import textmend
text = {make}
textmend.fix_text("Ã©té, a first use")
times = []
for _ in range({rounds}):
    began = time.perf_counter()
    textmend.fix_text(text)
    times.append(time.perf_counter() - began)
print(min(times))
"""


def _seconds(make: str, rounds: int) -> float | None:
    """Return how long one text takes in a process of its own, or None if too long."""
    code = _CHILD.format(src=str(ROOT / "src"), make=make, rounds=rounds)
    command = [sys.executable, "-c", code]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST_SECONDS, check=True)
    except subprocess.TimeoutExpired:
        return None
    except subprocess.CalledProcessError as error:
        print(error.stderr[-500:], file=sys.stderr)
        return None
    return float(done.stdout)


def scaling(*, quick: bool) -> bool:
    """Compare a text with one ten times as long; says whether the cost grows linearly."""
    print(f"\n## growth: ten times the text may take {LINEAR:g} times as long\n")
    print("| text | characters | s | a tenth, s | times | target |")
    print("| --- | ---: | ---: | ---: | ---: | --- |")
    met = True
    for name, make in _GROWTH.items():
        size = _SIZES.get(name, _SIZE) // (10 if quick else 1)
        small = _seconds(make.format(n=size // 10), ROUNDS)
        large = _seconds(make.format(n=size), ROUNDS)
        if small is None or large is None:
            met = False
            print(f"| {name} | {size} | over {LONGEST_SECONDS:g} or failed | | | missed |", flush=True)
            continue
        good = large <= max(LINEAR * small, 0.02)  # below that the clock says nothing
        met = met and good
        row = f"| {name} | {size} | {large:.3f} | {small:.3f} | {large / small:.1f} |"
        print(f"{row} {'met' if good else 'missed'} |", flush=True)
    return met


def importing() -> bool:
    """Time the import against an empty program, and one clean megabyte; says if targets are met."""
    print("\n## import, and a clean megabyte of ASCII\n")
    src = str(ROOT / "src")
    bare = [sys.executable, "-c", f"import sys; sys.path.insert(0, {src!r})"]
    full = [sys.executable, "-c", f"import sys; sys.path.insert(0, {src!r}); import textmend"]
    for command in (bare, full):  # the first start writes the compiled files
        subprocess.run(command, check=True)
    least = [best(lambda command=command: subprocess.run(command, check=True), 15) * 1e3 for command in (bare, full)]
    extra = least[1] - least[0]
    mend = mender("textmend")
    page = ("The quick brown fox jumps over the lazy dog.\n" * 25_000)[:1_000_000]
    mend(page)
    milliseconds = best(lambda: mend(page), 5) * 1e3
    print(f"- import textmend: {extra:.1f} ms more than an empty program (target {IMPORT_MS:g})")
    print(f"- clean ASCII document of 1 MB: {milliseconds:.2f} ms (target {ASCII_MS:g})")
    return extra <= IMPORT_MS and milliseconds <= ASCII_MS


def main() -> int:
    """Run as a program."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--quick", action="store_true", help="smaller texts, fewer rounds")
    parser.add_argument("--only", action="append", choices=PARTS, help="these parts alone")
    parser.add_argument("--lines", type=int, help="lines of each text")
    parser.add_argument("--text", action="append", help="texts whose name contains this alone")
    options = parser.parse_args()
    parts = options.only or PARTS
    count = options.lines or (600 if options.quick else 3000)
    met = []
    if "throughput" in parts:
        met.append(throughput(count, 2 if options.quick else ROUNDS, options.text))
    if "unseen" in parts:
        unseen(count, options.text)
    if "scaling" in parts:
        met.append(scaling(quick=options.quick))
    if "import" in parts:
        met.append(importing())
    print("\nall targets met" if all(met) else "\nsome targets missed")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
