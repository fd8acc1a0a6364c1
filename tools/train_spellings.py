"""Train how words are spelt: what a letter costs after three and after four others, in each alphabetic language.

    python tools/train_spellings.py --write     count the corpus that tools/corpus.py collects, write the file
    python tools/train_spellings.py --check     the file is the one its manifest names

Where a letter was lost, the model's two letters before it leave many possible. What was counted on news says far
more, with what running text shows; the stretches that change most are kept.
"""

from __future__ import annotations

import math
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from train_letters import is_mark, runs_of  # noqa: E402  it finds textmend by the line above
from train_model import COMMON, USUAL  # noqa: E402  the same
from train_shared import EAST_ASIAN, UNITS, digest_of, run_program  # noqa: E402  the same

from textmend.plausibility import spellings  # noqa: E402  the same
from textmend.plausibility.groups import END, Group  # noqa: E402  the same
from textmend.plausibility.letters import fold  # noqa: E402  the same
from textmend.plausibility.model import load  # noqa: E402  the same

MANIFEST = ROOT / "src/textmend/plausibility/spellings.json"

FOURS, FIVES = 8_000, 16_000  # stretches of four and five signs that are kept of a language that is common, or usual
FEWER = 2  # times fewer of any other
MORE = 2  # times more where each letter may be lost, not those beyond ASCII alone
LEAST_TEXT = 100_000  # bytes: a language with less text is left out
MARKS = 0.05  # share of marks among the letters beyond which its vowels are marks
TEXT_WEIGHT = 5  # times that running text counts beside news, of which there is far more
LEAST_SEEN = 3  # a stretch seen less often may be a mistake
LEAST_CHANGE = 0.5  # bits
DISCOUNT = 0.75  # of each count is left to what was not seen
BACKOFF = 4.0  # pseudo-counts given to what fewer letters say
LEAST_LEFT, LEAST_UNSEEN = 0.01, 0.002  # share of letters that are not listed, by what is shorter, and in truth
DEAREST = 10.0  # bits that letters which are not listed may cost more
CHEAPEST = -3.0  # and less
BEGINS, ENDS = "^", "$"  # the edges in what was counted on news
SHORTEST = 4  # signs of a stretch that is kept
LENGTHS = range(1, spellings.CONTEXT + 2)


def counts_of(folder: Path, language: str) -> dict[str, Counter[str]]:
    """Count the stretches of letters of each script, an edge of the word being one of them."""
    words: dict[str, Counter[str]] = defaultdict(Counter)
    for line in (folder / "text" / f"{language}.txt").read_text("utf-8").split("\n"):
        for part in line.replace("’", " ").replace("'", " ").split(" "):
            for group, letters in runs_of(part):
                words[group][letters] += 1
    counts: dict[str, Counter[str]] = {}
    for group, found in words.items():
        own = counts[group] = Counter()
        for word, n in found.items():
            edged = f"{spellings.EDGE}{word}{spellings.EDGE}"
            for length in LENGTHS:
                for at in range(len(edged) - length + 1):
                    own[edged[at : at + length]] += n
    return counts


def news_of(folder: Path, language: str, letters: set[str]) -> Counter[str]:
    """Return what was counted on news of one script: the letters given."""
    counts: Counter[str] = Counter()
    path = folder / "counts" / f"{language}.stretches.tsv"
    if path.exists():
        known = {*letters, spellings.EDGE}
        for row in path.read_text("utf-8").split("\n")[:-1]:
            stretch, _, n = row.partition("\t")
            edged = stretch.replace(BEGINS, spellings.EDGE).replace(ENDS, spellings.EDGE)
            folded = "".join(map(fold, edged))
            if known.issuperset(folded):
                counts[folded] += int(n)
    return counts


def marked(counts: Counter[str]) -> bool:
    """Tell whether the vowels of a language are marks, by its stretches of letters."""
    letters = Counter({one: n for one, n in counts.items() if len(one) == 1})
    return sum(n for one, n in letters.items() if is_mark(one)) > MARKS * letters.total()


class Trainer:
    """The counts of one language and script."""

    def __init__(self, group: Group, language: int, counts: Counter[str]) -> None:
        self.counts = counts
        self.after: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        for stretch, n in counts.items():
            if len(stretch) > 1:
                self.after[stretch[:-1]] += n
                self.kinds[stretch[:-1]] += 1
        self.costs: dict[str, float] = {}  # in bits
        self.others: dict[str, float] = {}
        self.pair = pair_prices(group, language)

    def kept(self, most: Iterable[int]) -> spellings.Spelling:
        """Return the stretches that change most, so many of each length."""
        probability = cache(self.probability)
        for length, number in enumerate(most, SHORTEST):
            found: list[tuple[float, str, float]] = []
            for stretch, n in self.counts.items():
                if len(stretch) == length and n >= LEAST_SEEN and not stretch.isascii():
                    cost = -math.log2(probability(stretch[:-1], stretch[-1]))
                    change = abs(cost - self.price(stretch[1:-1], stretch[-1]))
                    if change > LEAST_CHANGE:
                        found.append((-n * change, stretch, cost))
            found.sort()
            listed: dict[str, list[str]] = defaultdict(list)
            for _, stretch, cost in found[:number]:
                self.costs[stretch] = cost
                listed[stretch[:-1]].append(stretch)
            for before, stretches in listed.items():
                shorter = 1.0 - sum(2.0 ** -self.price(before[1:], stretch[-1]) for stretch in stretches)
                unseen = 1.0 - sum(2.0 ** -self.costs[stretch] for stretch in stretches)
                more = math.log2(max(shorter, LEAST_LEFT)) - math.log2(max(unseen, LEAST_UNSEEN))
                self.others[before] = min(DEAREST, max(CHEAPEST, more))
        costs = {stretch: round(cost * UNITS) for stretch, cost in self.costs.items()}
        others = {before: round(more * UNITS) for before, more in self.others.items()}
        return spellings.Spelling(spellings.listing(costs, others))

    def probability(self, before: str, letter: str) -> float:
        """Return how likely a letter is after others: less than was counted, and a share of what fewer of them say."""
        if len(before) < SHORTEST - 1:
            return float(2.0 ** -self.pair(before, letter))
        shorter = self.probability(before[1:], letter)
        whole = self.after[before]
        if not whole:
            return shorter
        seen = max(0.0, self.counts[before + letter] - DISCOUNT)
        return (seen + (DISCOUNT * self.kinds[before] + BACKOFF) * shorter) / (whole + BACKOFF)

    def price(self, before: str, letter: str) -> float:
        """Return what a letter costs by what is kept so far, in bits."""
        if len(before) < SHORTEST - 1:
            return self.pair(before, letter)
        known = self.costs.get(before + letter)
        return self.others.get(before, 0.0) + self.price(before[1:], letter) if known is None else known


def pair_prices(group: Group, language: int) -> Callable[[str, str], float]:
    """Return what tells the price of a letter after one or two others by the model, in bits."""

    def price(before: str, letter: str) -> float:
        earlier, last = ([0, 0] + [group.number.get(char, 0) for char in before])[-2:]
        cost = group.cost(earlier, last, group.number.get(letter, 0), language)
        return (max(0, cost - END) if letter == spellings.EDGE else cost) / UNITS

    return cache(price)


def train(folder: Path) -> tuple[bytes, dict[str, Any]]:
    """Count the corpus in a folder: the file's bytes, and the facts that its manifest tells."""
    model = load()
    kept: dict[str, spellings.Spelling] = {}
    for path in sorted((folder / "text").glob("*.txt")):
        language = path.stem
        if path.stat().st_size < LEAST_TEXT or language.startswith("en"):
            continue
        counts = counts_of(folder, language)
        name = max(counts, key=lambda group: counts[group].total())
        if name in {"", EAST_ASIAN}:
            continue
        group = model.group(name)
        if language not in group.languages:
            continue
        letters = {letter for letter in group.number if letter != spellings.EDGE}
        # where vowels are marks, what was counted on news lacks them
        news = Counter() if marked(counts[name]) else news_of(folder, language, letters)
        if not news:
            continue  # running text alone is too little
        counts[name] = Counter({one: n * TEXT_WEIGHT for one, n in counts[name].items()}) + news
        own = Counter({one: n for one, n in counts[name].items() if {*letters, spellings.EDGE}.issuperset(one)})
        more = (1 if name == "Latn" else MORE) / (1 if language in {*COMMON, *USUAL} else FEWER)
        found = Trainer(group, group.languages.index(language), own).kept((round(FOURS * more), round(FIVES * more)))
        if found.costs:
            kept[language] = found
    data = spellings.pack(kept)
    facts = {
        "command": "python tools/train_spellings.py --write",
        "digest": digest_of(data),
        "bytes": len(data),
        "entries": {language: len(found.costs) for language, found in kept.items()},
        "languages": len(kept),
        "sources": "the running text and the counts that model.json names",
    }
    return data, facts


def main() -> int:
    """Do what the command line asks; return the exit status."""
    return run_program(__doc__, spellings.FILE, MANIFEST, train, "{languages} languages")


if __name__ == "__main__":
    sys.exit(main())
