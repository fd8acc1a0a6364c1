"""Train the list of words that helps to restore lost letters: the commonest of each language.

    python tools/train_words.py --write     count the corpus that tools/corpus.py collects, write the list
    python tools/train_words.py --check     the list is the one its manifest names

The model prices letters by the two before them; where a letter is lost, whether a whole word
comes out says more.
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from train_east_asian import LANGUAGES as EAST_ASIAN_LANGUAGES  # noqa: E402  it finds textmend by the line above
from train_model import COMMON, USUAL  # noqa: E402  the same
from train_shared import EAST_ASIAN, UNITS, digest_of, group_of, run_program  # noqa: E402  the same

from textmend.plausibility import words  # noqa: E402  the same
from textmend.plausibility.letters import fold  # noqa: E402  the same

MANIFEST = ROOT / "src/textmend/plausibility/words.json"

WORDS = 8000  # of a language that is common, or usual
WORDS_OTHER = 2000  # of any other
LEAST_SEEN = 4  # a word seen less often may be a mistake
LEAST_TEXT = 300_000  # bytes: a language with less text has no list
SHORTEST, LONGEST = 2, 20  # letters
TRIPLES = 40_000  # of each East Asian language
TRIPLE_SEEN = 3  # a triple seen less often says nothing
TRIPLE_GAIN = 0.7  # bits that it must save over a pair
DISCOUNT = 1.0  # pseudo-counts of the triples never seen after the same two
_WORD = re.compile(r"[^\W\d_]+(?:\u0301?[^\W\d_]+)*")


def count(path: Path) -> Counter[str]:
    """Return how often the words of a language come up, letters folded; none of East Asia, none in ASCII.

    No reader loses ASCII, so such words are never in doubt.
    """
    counts: Counter[str] = Counter()
    for line in path.read_text("utf-8").split("\n"):
        for word in line.split():
            stripped = word.strip("".join(set(word) - {char for char in word if group_of(char)}))
            if SHORTEST <= len(stripped) <= LONGEST:
                groups = {group_of(char) for char in stripped}
                if not stripped.isascii() and len(groups) == 1 and not groups & {"", EAST_ASIAN}:
                    folded = "".join(map(fold, stripped))
                    counts[folded] += 1
    return counts


def priced(counts: Counter[str], most: int) -> dict[str, int]:
    """Return the commonest words with their costs in units."""
    total = counts.total()
    kept = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]
    return {word: round(-math.log2(n / total) * UNITS) for word, n in kept if n >= LEAST_SEEN}


def triples(path: Path) -> dict[str, int]:
    """Return what a sign of East Asian text costs after two others, where that says more than one other does.

    The end of a stretch of such text is a line feed.
    """
    singles: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for line in path.read_text("utf-8").split("\n"):
        for stretch in words.EAST_ASIAN.findall(line):
            ended = stretch + words.ENDED
            singles.update(ended)
            pairs.update(map("".join, pairwise(ended)))
            found.update(map("".join, zip(ended, ended[1:], ended[2:], strict=False)))
    begun: Counter[str] = Counter()
    for pair, n in pairs.items():
        begun[pair[0]] += n
    kept: list[tuple[float, str, float]] = []
    for triple, n in found.items():
        share = n / (pairs[triple[:2]] + DISCOUNT)
        gain = math.log2(share / (pairs[triple[1:]] / begun[triple[1]]))
        if n >= TRIPLE_SEEN and gain >= TRIPLE_GAIN:
            kept.append((n * gain, triple, -math.log2(share)))
    kept.sort(key=lambda item: (-item[0], item[1]))
    return {triple: round(bits * UNITS) for _, triple, bits in kept[:TRIPLES]}


def train(folder: Path) -> tuple[bytes, dict[str, Any]]:
    """Count the corpus in a folder: the list's bytes, and the facts that its manifest tells."""
    lists: dict[str, dict[str, int]] = {}
    for path in sorted((folder / "text").glob("*.txt")):
        if path.stat().st_size >= LEAST_TEXT and not path.stem.startswith("en"):
            usual = path.stem in {*COMMON, *USUAL}
            most = WORDS if usual else WORDS_OTHER
            found = triples(path) if path.stem in EAST_ASIAN_LANGUAGES else priced(count(path), most)
            if found:
                lists[path.stem] = found
    data = words.pack(lists)
    facts = {
        "command": "python tools/train_words.py --write",
        "digest": digest_of(data),
        "bytes": len(data),
        "entries": {language: len(found) for language, found in lists.items()},
        "languages": len(lists),
        "sources": "the running text that model.json names",
    }
    return data, facts


def main() -> int:
    """Do what the command line asks; return the exit status."""
    return run_program(__doc__, words.FILE, MANIFEST, train, "{languages} languages")


if __name__ == "__main__":
    sys.exit(main())
