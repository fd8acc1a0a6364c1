"""What the training programs share: the corpus's lines, how prose sets them, and costs.

Costs are in eighths of a bit.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from textmend.plausibility import classes
from textmend.plausibility.letters import FULL, HALF, group_of_class

ROOT = Path(__file__).resolve().parents[1]
EAST_ASIAN = "CJK"  # the one group whose letters are no alphabet
SEED = 7
UNITS = 8  # costs are stored in 1/8 bit
MAX_LINES = 6000  # of one language: interface text repeats itself
ENGLISH_LINES = 4 * MAX_LINES  # of English, and of programs' text
CAPS_SHARE = 0.04  # lines added again in capitals: headings, names, shouting

#: The quotes that a language's word processors set: the outer pair, then the inner pair.
QUOTES = {
    "de": "„“‚‘", "cs": "„“‚‘", "sk": "„“‚‘", "sl": "„“‚‘", "bg": "„“‚‘", "is": "„“‚‘", "lt": "„“‚‘",
    "pl": "„”‚’", "hu": "„”‚’", "ro": "„”‚’", "hr": "„”‚’", "nl": "“”‘’", "sv": "””’’", "fi": "””’’",
    "ru": "«»„“", "uk": "«»„“", "be": "«»„“", "fr": "«»‘’", "es": "«»“”", "it": "«»“”", "pt": "“”‘’",
    "el": "«»“”", "nb": "«»‘’", "nn": "«»‘’", "da": "»«›‹",
}  # fmt: skip
USUAL_QUOTES = "“”‘’"
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_OPEN_QUOTE = re.compile(r"""(?:(?<=[\s(\[{—–-])|^)(["'])(?=\S)""")
_CLOSE_QUOTE = re.compile(r"""(?<=\S)["']""")

_TO_HALF = {ord(full): half for half, full in zip(HALF, FULL, strict=True)} | {
    ord("。"): "｡",
    ord("、"): "､",
    ord("・"): "･",
}


def run_program(
    description: str | None,
    made: Path,
    manifest: Path,
    learn: Callable[[Path], tuple[bytes, dict[str, Any]]],
    told: str,
) -> int:
    """Do what the command line of a training program asks; return the exit status.

    made: the file that it writes. learn: makes its bytes, and the facts of its manifest, from a corpus.
    told: what is said when it is written, with the names of facts in braces.
    """
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    mode = parser.add_mutually_exclusive_group(required=True)
    mode.add_argument("--write", action="store_true", help="learn, write the file and its manifest")
    mode.add_argument("--check", action="store_true", help="fail when the file is not the one its manifest names")
    parser.add_argument("--corpus", type=Path, default=ROOT / "build/corpus", help="where tools/corpus.py put it")
    args = parser.parse_args()
    if args.check:
        facts = json.loads(manifest.read_text("utf-8"))
        if digest_of(made.read_bytes()) != facts["digest"]:
            print(f"{made.name} is not the file that {manifest.name} names: run {facts['command']}")
            return 1
        print(f"{made.name} is as {manifest.name} says")
        return 0
    data, facts = learn(args.corpus)
    made.write_bytes(data)
    manifest.write_text(json.dumps(facts, indent=2, ensure_ascii=False) + "\n", "utf-8")
    print(f"{made.name}: {len(data):,} bytes, {told.format_map(facts)}")
    return 0


def digest_of(data: bytes) -> str:
    """Return the digest by which a manifest names its file."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def read_lines(folder: Path) -> dict[str, list[str]]:
    """Return each language's lines, a sample of them where there are too many."""
    rng = random.Random(SEED)
    lines: dict[str, list[str]] = {}
    for path in sorted((folder / "text").glob("*.txt")):
        every = [line for line in path.read_text("utf-8").split("\n") if line.strip()]
        limit = ENGLISH_LINES if path.stem.startswith("en") else MAX_LINES
        if len(every) > limit:
            every = rng.sample(every, limit)
        lines[path.stem] = every
    return lines


def units(probability: float, cap: int = 255) -> int:
    """Return the cost of what has this probability, ``cap`` at most."""
    if probability <= 0:
        return cap
    return max(0, min(cap, round(-math.log2(probability) * UNITS)))


@cache
def class_name(char: str) -> str:
    """Return the name of a character's class."""
    return classes.NAMES[classes.class_of(char)]


@cache
def group_of(char: str) -> str:
    """Return the group that counts a character among its letters, or the empty string."""
    return group_of_class(class_name(char))


def ligatures(line: str) -> str:
    """Return a line as copied from a typeset page."""
    return line.replace("ffi", "ﬃ").replace("fi", "ﬁ").replace("fl", "ﬂ").replace("ff", "ﬀ")


def fullwidth(line: str) -> str:
    """Return a line in full-width letters."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in line)


def halfwidth(line: str) -> str:
    """Return a Japanese line with its katakana in half width, as on old terminals and labels."""
    apart = "".join(unicodedata.normalize("NFD", c) if "ァ" <= c <= "ヶ" else c for c in line)
    return apart.replace("\u3099", "ﾞ").replace("\u309a", "ﾟ").translate(_TO_HALF)


def typeset(line: str, language: str) -> str:
    """Return a line with the quotes and apostrophes that a word processor would set.

    Programs' messages, which most of the corpus is, are typed with straight
    quotes; the prose that gets garbled is not.
    """
    outer_open, outer_close, inner_open, inner_close = tuple(QUOTES.get(language, USUAL_QUOTES))
    line = _APOSTROPHE.sub("’", line)
    line = _OPEN_QUOTE.sub(lambda m: outer_open if m.group(1) == '"' else inner_open, line)
    return _CLOSE_QUOTE.sub(lambda m: outer_close if m.group() == '"' else inner_close, line)
