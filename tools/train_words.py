"""Train the lists that help to restore lost letters: East Asian sequences, and the commonest words of other languages.

    python tools/train_words.py --write     count the corpus that tools/corpus.py collects, write the list
    python tools/train_words.py --check     the list is the one its manifest names

The model prices East Asian signs by the one before them; where a sign is lost, one or two say more. Words beyond
ASCII tell which letters a language writes how often, and so which a text must have lost.
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from train_east_asian import LANGUAGES as EAST_ASIAN_LANGUAGES  # noqa: E402  it finds textmend by the line above
from train_shared import EAST_ASIAN, UNITS, digest_of, group_of, run_program  # noqa: E402  the same

from textmend.plausibility import words  # noqa: E402  the same
from textmend.plausibility.letters import fold  # noqa: E402  the same

MANIFEST = ROOT / "src/textmend/plausibility/words.json"

WORDS = 1_500  # of a language: they tell how often it writes each letter
LEAST_SEEN = 2  # a word seen less often may be a mistake
LEAST_TEXT = 300_000  # bytes: a language with less text has no list
SHORTEST, LONGEST = 2, 20  # letters
PAIRS = 110_000  # of each East Asian language
TRIPLES = 100_000
LEAST_SIGN = 2.0  # a sign seen less often is priced by the model alone
LEAST_PAIR, LEAST_TRIPLE = 0.8, 1.9  # seen less often, with what the list of words adds, they say nothing
PAIR_GAIN = 1.0  # bits that a pair must save over its second sign alone
TRIPLE_GAIN = 0.7  # bits that a triple must save over its last two signs
PAIR_BACKOFF, TRIPLE_BACKOFF = 2.0, 1.5  # pseudo-counts of what a shorter sequence says
LEAST_LEFT, LEAST_UNSEEN = 0.05, 0.03  # share of signs that are not listed, by what is shorter, and in truth
DEAREST, CHEAPEST = 6.0, -3.0  # bits that signs which are not listed may cost more
LIST_LETTERS = 2_000_000  # that the words of a list with counts stand for
COSTS_LETTERS = 300_000  # the same for a list with the costs of a dictionary
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


def sequences(folder: Path, language: str) -> dict[str, int]:
    """Return what a sign of East Asian text costs, and after one or two others where they say more than less does.

    The beginning and the end of a stretch of such text are a line feed.
    """
    pairs, triples, loose, singles = _counted(folder, language)
    begun: Counter[str] = Counter()
    ended: Counter[str] = Counter()
    for pair, n in pairs.items():
        begun[pair[0]] += n
        ended[pair[1]] += n
    ended.update(singles)
    total = ended.total()

    def share(pair: str) -> float:
        anything = PAIR_BACKOFF + loose[pair[0]]
        return (pairs[pair] + anything * ended[pair[1]] / total) / (begun[pair[0]] + anything)

    gains = {pair: math.log2(share(pair) * total / ended[pair[1]]) for pair in pairs}
    known = _most_telling(
        (n * gains[pair], pair) for pair, n in pairs.items() if n >= LEAST_PAIR and gains[pair] >= PAIR_GAIN
    )[:PAIRS]
    costs = {pair: share(pair) for pair in known}
    after: Counter[str] = Counter()
    for triple, n in triples.items():
        after[triple[:2]] += n
    shares: dict[str, float] = {}
    weights: list[tuple[float, str]] = []
    for triple, n in triples.items():
        shorter = costs.get(triple[1:]) or ended[triple[2]] / total
        anything = TRIPLE_BACKOFF + loose[triple[:2]]
        shares[triple] = (n + anything * shorter) / (after[triple[:2]] + anything)
        gain = math.log2(shares[triple] / shorter)
        if n >= LEAST_TRIPLE and gain >= TRIPLE_GAIN:
            weights.append((n * gain, triple))
    costs |= {sign: n / total for sign, n in ended.items() if n >= LEAST_SIGN}
    costs |= {triple: shares[triple] for triple in _most_telling(weights)[:TRIPLES]}
    listed = {sequence: round(-math.log2(part) * UNITS) for sequence, part in costs.items()}
    return listed | others(costs)


def others(shares: dict[str, float]) -> dict[str, int]:
    """Return what the signs cost more that are not listed after one or two others, as a list keeps it.

    shares: of the sequences listed.
    """
    left: dict[str, list[float]] = {}
    more: dict[str, float] = {}
    for length in (2, 3):
        for sequence, share in shares.items():
            if len(sequence) == length:
                before = sequence[:-1]
                shorter = shares.get(sequence[1:]) or shares.get(sequence[-1], 0.0) * 2.0 ** -more.get(before[1:], 0.0)
                sums = left.setdefault(before, [1.0, 1.0])
                sums[0] -= shorter
                sums[1] -= share
        for before, (unlisted, unseen) in left.items():
            if len(before) == length - 1:
                gap = math.log2(max(unlisted, LEAST_LEFT)) - math.log2(max(unseen, LEAST_UNSEEN))
                more[before] = min(DEAREST, max(CHEAPEST, gap))
    return {before + words.ANY_OTHER: words.RAISED + round(bits * UNITS) for before, bits in more.items()}


def _most_telling(weighed: Iterable[tuple[float, str]]) -> list[str]:
    return [sequence for _, sequence in sorted(weighed, key=lambda item: (-item[0], item[1]))]


def _counted(folder: Path, language: str) -> tuple[Counter[str], Counter[str], Counter[str], Counter[str]]:
    """Return how often pairs and triples of signs come up in running text and in the list of words.

    The third is how often one or two signs end a word of the list, so that anything may follow; the fourth how often
    one sign is a word of a list that counts these.
    """
    loose: Counter[str] = Counter()
    singles: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    triples: Counter[str] = Counter()
    for line in (folder / "text" / f"{language}.txt").read_text("utf-8").split("\n"):
        for stretch in words.EAST_ASIAN.findall(line):
            ended = f"{words.ENDED}{stretch}{words.ENDED}"
            pairs.update(map("".join, pairwise(ended)))
            triples.update(map("".join, zip(ended, ended[1:], ended[2:], strict=False)))
    listed = folder / "words" / f"{language.replace('zh-H', 'han-h')}.tsv"
    entries = [line.partition("\t")[::2] for line in listed.read_text("utf-8").split("\n") if "\t" in line]
    shortest = 1 if language.startswith("zh") else 2  # the other lists have costs, which say little of single signs
    entries = [(word, count) for word, count in entries if len(word) >= shortest and words.EAST_ASIAN.fullmatch(word)]
    letters = LIST_LETTERS if language.startswith("zh") else COSTS_LETTERS
    scale = letters / sum(float(count) * len(word) for word, count in entries)
    for word, count in entries:
        for sequence in map("".join, pairwise(word)):
            pairs[sequence] += float(count) * scale  # type: ignore[assignment]  # a Counter adds fractions too
        for sequence in map("".join, zip(word, word[1:], word[2:], strict=False)):
            triples[sequence] += float(count) * scale  # type: ignore[assignment]
        if len(word) == 1:
            singles[word] += float(count) * scale  # type: ignore[assignment]
        for ending in {word[-1], word[-2:]}:
            loose[ending] += float(count) * scale  # type: ignore[assignment]
    return pairs, triples, loose, singles


def train(folder: Path) -> tuple[bytes, dict[str, Any]]:
    """Count the corpus in a folder: the list's bytes, and the facts that its manifest tells."""
    lists: dict[str, dict[str, int]] = {}
    for path in sorted((folder / "text").glob("*.txt")):
        if path.stat().st_size >= LEAST_TEXT and not path.stem.startswith("en"):
            found = sequences(folder, path.stem) if path.stem in EAST_ASIAN_LANGUAGES else priced(count(path), WORDS)
            if found:
                lists[path.stem] = found
    data = words.pack(lists)
    facts = {
        "command": "python tools/train_words.py --write",
        "digest": digest_of(data),
        "bytes": len(data),
        "entries": {language: len(found) for language, found in lists.items()},
        "languages": len(lists),
        "sources": "the running text and the lists of words that model.json names",
    }
    return data, facts


def main() -> int:
    """Do what the command line asks; return the exit status."""
    return run_program(__doc__, words.FILE, MANIFEST, train, "{languages} languages")


if __name__ == "__main__":
    sys.exit(main())
