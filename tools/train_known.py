"""Train the known words of the alphabetic groups: what the commonest words cost in each language."""

from __future__ import annotations

import math
import unicodedata
from array import array
from collections import Counter, defaultdict
from pathlib import Path

from train_letters import ByGroup, runs_of
from train_shared import EAST_ASIAN, UNITS

from textmend.plausibility.groups import WORD_STEP, key_of

SHORTEST, LONGEST = 2, 24  # letters
LEAST_SEEN = 2  # a word seen less often may be a mistake
LEAST_ASCII = 4  # the same for words that no reader garbles: they only tell the language
MOST_ASCII = 1500  # of such words
MOST = 12_000  # words of a language
UNSEEN = 30_000  # words that are supposed to be seen beside those that were
#: Bits that a word of so many letters saves because texts hold few words that no list has: the shorter, the fewer.
SAVED = {2: 2.0, 3: 3.0, 4: 3.5, 5: 3.0, 6: 2.5, 7: 2.0}
SAVED_LONGER = 1.5
CHEAPEST = 4.0  # bits
CAPITALS = 0.1  # share of Greek words that stand there in capitals, without their accents
DEAREST = 255


def word_counts(folder: Path) -> ByGroup:
    """Return how often the words of each language come up, by group, letters folded."""
    words: ByGroup = defaultdict(lambda: defaultdict(Counter))
    for path in sorted((folder / "text").glob("*.txt")):
        if path.stem.endswith("-code"):
            continue
        own = words[path.stem]
        for line in path.read_text("utf-8").split("\n"):
            for group, letters in runs_of(line):
                if group != EAST_ASIAN and SHORTEST <= len(letters) <= LONGEST:
                    own[group][letters] += 1
    return words


def priced(counts: Counter[str], group: str) -> dict[str, int]:
    """Return the commonest words of a language with their costs in steps."""
    total = counts.total() + UNSEEN
    kept = [(word, float(n)) for word, n in counts.items() if n >= LEAST_SEEN and not word.isascii()]
    kept += [(word, float(n)) for word, n in counts.most_common() if n >= LEAST_ASCII and word.isascii()][:MOST_ASCII]
    kept.sort(key=lambda item: (-item[1], item[0]))
    found = dict(kept[:MOST])
    if group == "Grek":
        plain: dict[str, float] = defaultdict(float)
        for word, n in kept[:MOST]:
            bare = unaccented(word)
            if bare not in found:
                plain[bare] += CAPITALS * n
        found |= plain
    return {word: cost(word, n / total) for word, n in found.items()}


def cost(word: str, share: float) -> int:
    """Return what a word costs that makes up this share of a language's words, in steps.

    >>> cost("in", 1 / 64) == round(CHEAPEST * UNITS / WORD_STEP)
    True
    """
    bits = -math.log2(share) - SAVED.get(len(word), SAVED_LONGER)
    return min(DEAREST, round(max(CHEAPEST, bits) * UNITS / WORD_STEP))


def unaccented(word: str) -> str:
    """Return a word as capitals show it: without accents."""
    apart = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(char for char in apart if char != "\u0301"))


def word_blobs(group: str, letters: list[str], languages: list[str], words: ByGroup) -> dict[str, bytes]:
    """Return the known words of a group: keys ascending, the language and the cost of each."""
    numbers = {char: at for at, char in enumerate(["\n", *letters])}
    rows: set[tuple[int, int, int]] = set()
    for number, language in enumerate(languages):
        for word, cost in priced(words[language][group], group).items():
            if all(char in numbers for char in word):
                rows.add((key_of(numbers[char] for char in word), number, cost))
    ordered = sorted(rows)
    keys = array("I", [key for key, _, _ in ordered])
    return {
        f"words-{group}": b"".join(bytes(key >> shift & 0xFF for key in keys) for shift in (24, 16, 8, 0)),
        f"words-who-{group}": bytes(number for _, number, _ in ordered),
        f"words-cost-{group}": bytes(cost for _, _, cost in ordered),
    }
