"""Measure how many bytes are decoded exactly: short, lines, documents, stray, mixed, twice damaged.

    python benchmarks/detection.py               # everything; some minutes
    python benchmarks/detection.py --count 100   # a sample
    python benchmarks/detection.py --kind short --dump-misses misses.jsonl
    python benchmarks/detection.py --write       # write docs/detection.md too

Held-out text is written in every encoding of its language (see bytesamples.py) and given to
textmend, chardet, charset-normalizer, bytesense and ftfy.guess_bytes. A sample counts as decoded
when the text is the original, character by character; names do not count.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import bytesamples
import bytespeed
import chardet
import charset_normalizer
import ftfy
from bytesamples import Sample
from data import ROOT

import textmend
from textmend import decoding

COUNT = 600
# Repairing text that was garbled before takes the whole engine, not only the decoder.
COUNT_DOUBLE = 150
_BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 1.01)
_WORST = 12


def _decode(data: bytes, name: str | None) -> str | None:
    try:
        return data.decode(name or "ascii")
    except (UnicodeError, LookupError):
        return None


def _chardet(data: bytes) -> str | None:
    return _decode(data, chardet.detect(data)["encoding"])


def _charset_normalizer(data: bytes) -> str | None:
    found = charset_normalizer.from_bytes(data).best()
    return None if found is None else str(found)


def _bytesense(data: bytes) -> str | None:
    import bytesense  # noqa: PLC0415 - it is no dependency: the column is left out without it

    return _decode(data, bytesense.detect(data)["encoding"])


def _guess_bytes(data: bytes) -> str | None:
    try:
        return ftfy.guess_bytes(data)[0]
    except UnicodeError:
        return None


def _textmend(data: bytes) -> str | None:
    return textmend.fix_bytes(data).text


def _decoded(data: bytes) -> str | None:
    return decoding.decode(data).text


TOOLS: dict[str, Callable[[bytes], str | None]] = {
    "textmend": _textmend,
    "textmend, decoded only": _decoded,
    "chardet": _chardet,
    "charset-normalizer": _charset_normalizer,
    "bytesense": _bytesense,
    "ftfy.guess_bytes": _guess_bytes,
}
if importlib.util.find_spec("bytesense") is None:
    del TOOLS["bytesense"]


@dataclass
class Scores:
    """What the tools got right of one kind."""

    right: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    size: int = 0
    count: int = 0
    encodings: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    languages: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))


class Run:
    """One run: what it prints, the failures that it keeps, textmend's claims."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.lines: list[str] = []
        self.misses: list[dict[str, object]] = []
        self.claims: list[tuple[float, bool]] = []

    def say(self, line: str = "") -> None:
        """Print a line and keep it."""
        print(line, flush=True)
        self.lines.append(line)

    def kind(self, kind: str) -> Scores:
        """Give the samples of one kind to every tool."""
        count = min(self.options.count, COUNT_DOUBLE) if kind == "double" else self.options.count
        samples = bytesamples.make(kind, count, self.options.seed)
        scores = Scores(count=len(samples), size=sum(len(it.data) for it in samples))
        for name, tool in TOOLS.items():
            for sample in samples:
                began = time.perf_counter()
                try:
                    text = tool(sample.data)
                except Exception as error:  # noqa: BLE001 - what another tool raises is its failure
                    text = f"{type(error).__name__}"
                scores.seconds[name] += time.perf_counter() - began
                good = text == sample.text
                scores.right[name] += good
                if name == "textmend":
                    self._own(sample, scores, text, good=good)
        return scores

    def _own(self, sample: Sample, scores: Scores, text: str | None, *, good: bool) -> None:
        """Keep what textmend said of a sample."""
        scores.encodings[sample.encoding].append(good)
        scores.languages[sample.language].append(good)
        if sample.kind != "double":
            found = decoding.decode(sample.data)
            self.claims.append((found.confidence, found.text == sample.text))
        if not good:
            self.misses.append(
                {
                    "kind": sample.kind,
                    "language": sample.language,
                    "encoding": sample.encoding,
                    "data": sample.data.hex(),
                    "text": sample.text,
                    "got": text,
                }
            )

    def table(self, found: dict[str, Scores]) -> None:
        """Print the share decoded exactly, by tool and kind."""
        self.say("## decoded exactly, per cent\n")
        self.say("| kind | samples | " + " | ".join(TOOLS) + " |")
        self.say("| --- | ---: |" + " ---: |" * len(TOOLS))
        for kind, scores in found.items():
            cells = " | ".join(f"{100 * scores.right[name] / max(1, scores.count):.1f}" for name in TOOLS)
            self.say(f"| {kind} | {scores.count} | {cells} |")
        self.say("\n## milliseconds for a sample\n")
        self.say("| kind | bytes | " + " | ".join(TOOLS) + " |")
        self.say("| --- | ---: |" + " ---: |" * len(TOOLS))
        for kind, scores in found.items():
            cells = " | ".join(f"{1000 * scores.seconds[name] / max(1, scores.count):.1f}" for name in TOOLS)
            self.say(f"| {kind} | {scores.size // max(1, scores.count)} | {cells} |")

    def worst(self, found: dict[str, Scores]) -> None:
        """Print the encodings and languages that textmend fails on most."""
        for title, pick in (("encoding", "encodings"), ("language", "languages")):
            self.say(f"\n## textmend's worst, by {title}\n")
            self.say(f"| kind | {title} | samples | exact % |")
            self.say("| --- | --- | ---: | ---: |")
            for kind, scores in found.items():
                rows = [(sum(it) / len(it), len(it), name) for name, it in getattr(scores, pick).items()]
                rows = sorted(row for row in rows if row[0] < 1.0)[:_WORST]
                for share, count, name in sorted(rows, key=lambda row: row[1] * (row[0] - 1.0))[:_WORST]:
                    self.say(f"| {kind} | {name} | {count} | {100 * share:.0f} |")

    def calibration(self) -> None:
        """Print how often textmend was right at each confidence."""
        self.say("\n## confidence of textmend.detect (all kinds but double)\n")
        self.say("| claimed | samples | mean claimed % | right % |")
        self.say("| --- | ---: | ---: | ---: |")
        for low, high in pairwise(_BINS):
            inside = [claim for claim in self.claims if low <= claim[0] < high]
            if inside:
                mean = 100 * sum(claim[0] for claim in inside) / len(inside)
                right = 100 * sum(claim[1] for claim in inside) / len(inside)
                self.say(f"| {low:g} to {min(high, 1.0):g} | {len(inside)} | {mean:.1f} | {right:.1f} |")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--count", type=int, default=COUNT, help=f"samples of each kind (default {COUNT})")
    parser.add_argument("--kind", action="append", choices=list(bytesamples.MAKERS), help="these kinds alone")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other samples")
    parser.add_argument("--text", type=Path, action="append", default=[], metavar="DIR", help="texts to write instead")
    parser.add_argument("--no-speed", action="store_true", help="leave the speed out")
    parser.add_argument("--dump-misses", type=Path, metavar="FILE", help="write textmend's failures as JSON lines")
    parser.add_argument("--write", action="store_true", help="write docs/detection.md")
    return parser.parse_args()


_HEAD = """# Detection

Written by `python benchmarks/detection.py --write`; nothing here is edited by hand. Text that the model was not
trained on (the Universal Declaration of Human Rights) is written in every encoding that the registry gives its
language, and in UTF-8 and UTF-16 without a mark. A sample is decoded when the text is the original.

- short: 8 to 40 characters. line: a paragraph. document: 30 lines.
- stray: a UTF-8 document with one line, or one to three words, in a legacy encoding.
- mixed: a document that changes its encoding every line or every five lines.
- textmend is `fix_bytes`, which also repairs what was decoded; the column beside it is its decoder alone.
- double: text whose UTF-8 was misread, then written in a legacy encoding or UTF-16; decoded when repaired.
"""


def main() -> int:
    """Run as a program."""
    options = _options()
    bytesamples.use(options.text)
    run = Run(options)
    found = {kind: run.kind(kind) for kind in options.kind or bytesamples.MAKERS}
    run.table(found)
    run.worst(found)
    run.calibration()
    if not options.no_speed:
        bytespeed.speed(run.say)
    if options.dump_misses:
        rows: Sequence[str] = [json.dumps(miss, ensure_ascii=False) for miss in run.misses]
        options.dump_misses.write_text("".join(f"{row}\n" for row in rows), "utf-8", errors="backslashreplace")
    print(Counter(str(miss["kind"]) for miss in run.misses))
    if options.write:
        (ROOT / "docs" / "detection.md").write_text(_HEAD + "\n" + "\n".join(run.lines) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
