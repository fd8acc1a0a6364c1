"""Train the known words of the alphabetic groups: what the commonest words cost in each language.

Running text says how often words come up, where there is enough of it. Lists of common words say what else is a word.
How often such a word comes up is told by how it is spelt, for the letters after four others were counted on news, and
by the number of ways in which it is written: common words are seen small, at the beginning of sentences, in headings.
"""

from __future__ import annotations

import math
import unicodedata
from array import array
from collections import Counter, defaultdict
from pathlib import Path

from train_letters import ByGroup, runs_of
from train_shared import EAST_ASIAN, UNITS

from textmend.plausibility.groups import WORD_STEP, key_of
from textmend.plausibility.letters import fold

SHORTEST, LONGEST = 2, 24  # letters
LEAST_SEEN = 2  # a word seen less often may be a mistake
LEAST_ASCII = 4  # the same for words that no reader garbles: they only tell the language
MOST_ASCII = 1500  # of such words
MOST = 12_000  # words of a language that is common, or usual
MOST_OTHER = 5_000  # of any other
UNSEEN = 30_000  # words that are supposed to be seen beside those that were
#: Bits that a word of so many letters saves because texts hold few words that no list has: the shorter, the fewer.
SAVED = {2: 2.0, 3: 3.0, 4: 3.5, 5: 3.0, 6: 2.5, 7: 2.0}
SAVED_LONGER = 1.5
CHEAPEST = 4.0  # bits
CAPITALS = 0.1  # share of Greek words that stand there in capitals, without their accents
DEAREST = 255
#: What a listed word costs, in bits, as running text in six languages has them: one that is written in one way, and
#: spelt in so many bits; more for each bit of its spelling; less for each further way; never less than its spelling.
LISTED, SPELT, EACH_BIT, EACH_WAY, MOST_WAYS = 19.0, 18.0, 0.25, 1.6, 4
HARDEST_SPELT = 45.0  # bits: what costs more is no word
SEEN_LISTED = 0.5  # times that a word counts as seen in running text for being listed
LONGEST_STRETCH = 5  # letters and edges that were counted together
BACKOFF = 3.0  # pseudo-counts given to what fewer letters say
BEGINS, ENDS = "^", "$"  # the edges in what was counted on news


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


class Spelling:
    """How likely a letter is after up to four others, as counted on news and in running text.

    >>> Spelling({"a": 3, "^a": 3, "a$": 3, "^a$": 3}).bits("a") < Spelling({}).bits("a")
    True
    """

    def __init__(self, counts: dict[str, int]) -> None:
        self._counts = counts
        self._after: Counter[str] = Counter()
        for stretch, n in counts.items():
            self._after[stretch[:-1]] += n
        self._known: dict[tuple[str, str], float] = {}

    def bits(self, word: str) -> float:
        """Return what a word costs, its end included."""
        edged = f"{BEGINS}{word}{ENDS}"
        longest = LONGEST_STRETCH - 1
        return -sum(math.log2(self._share(edged[max(0, at - longest) : at], edged[at])) for at in range(1, len(edged)))

    def _share(self, before: str, char: str) -> float:
        known = self._known.get((before, char))
        if known is None:
            shorter = self._share(before[1:], char) if before else 1 / 256
            known = (self._counts.get(before + char, 0) + BACKOFF * shorter) / (self._after[before] + BACKOFF)
            self._known[before, char] = known
        return known


def spelling(folder: Path, language: str, words: Counter[str]) -> Spelling:
    """Return how a language is spelt: what was counted on news, and its words in running text."""
    counts: Counter[str] = Counter()
    path = folder / "counts" / f"{language}.stretches.tsv"
    if path.exists():
        for row in path.read_text("utf-8").split("\n")[:-1]:
            stretch, _, seen = row.partition("\t")
            counts["".join(map(fold, stretch))] += int(seen)
    for word, n in words.items():
        edged = f"{BEGINS}{word}{ENDS}"
        for length in range(1, LONGEST_STRETCH + 1):
            for at in range(len(edged) - length + 1):
                counts[edged[at : at + length]] += n
    return Spelling(counts)


def listed_shares(folder: Path, words: ByGroup) -> dict[str, dict[str, dict[str, float]]]:
    """Return the share that each listed word beyond ASCII is supposed to have in text, by language and group."""
    found: dict[str, dict[str, dict[str, float]]] = {}
    for path in sorted((folder / "words").glob("listed-*.tsv")):
        language = path.stem.removeprefix("listed-")
        ways: dict[str, Counter[str]] = defaultdict(Counter)
        for row in path.read_text("utf-8").split("\n")[:-1]:
            word, _, n = row.partition("\t")
            for group, letters in runs_of(word):
                if group != EAST_ASIAN and SHORTEST <= len(letters) <= LONGEST and not letters.isascii():
                    ways[group][letters] += int(n)
        own = found[language] = {}
        for group, counts in ways.items():
            spelt = spelling(folder, language, words[language][group])
            bits = {word: (spelt.bits(word), min(n, MOST_WAYS)) for word, n in counts.items()}
            own[group] = {word: 2.0 ** -listed_cost(*it) for word, it in bits.items() if it[0] <= HARDEST_SPELT}
    return found


def listed_cost(spelt: float, ways: int) -> float:
    """Return what a listed word costs, in bits, that is spelt in so many and written in so many ways.

    >>> listed_cost(SPELT, 1) == LISTED, listed_cost(10.0, 4)
    (True, 12.2)
    """
    return max(LISTED + EACH_BIT * (spelt - SPELT) - EACH_WAY * (ways - 1), min(spelt, SPELT) - 2.0)


def priced(counts: Counter[str], group: str, listed: dict[str, float], most: int) -> dict[str, int]:
    """Return the commonest words of a language with their costs in steps.

    listed: the shares that its listed words are supposed to have.
    """
    seen = counts.total()
    total = seen + UNSEEN
    shares = {word: n / total for word, n in counts.items() if n >= LEAST_SEEN and not word.isascii()}
    shares |= {word: (counts[word] + SEEN_LISTED) / (seen + SEEN_LISTED / share) for word, share in listed.items()}
    usual = [(word, n) for word, n in counts.most_common() if n >= LEAST_ASCII and word.isascii()]
    shares |= {word: n / total for word, n in usual[:MOST_ASCII]}
    kept = sorted(shares.items(), key=lambda item: (-item[1], item[0]))[:most]
    found = dict(kept)
    if group == "Grek":
        plain: dict[str, float] = defaultdict(float)
        for word, share in kept:
            bare = unaccented(word)
            if bare not in found:
                plain[bare] += CAPITALS * share
        found |= plain
    return {word: cost(word, share) for word, share in found.items()}


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


def known_words(folder: Path, usual: set[str]) -> dict[str, dict[str, dict[str, int]]]:
    """Return the known words of each language with their costs in steps, by group.

    usual: the languages of which more are kept.
    """
    words = word_counts(folder)
    listed = listed_shares(folder, words)
    return {
        language: {
            group: priced(
                counts, group, listed.get(language, {}).get(group, {}), MOST if language in usual else MOST_OTHER
            )
            for group, counts in groups.items()
        }
        for language, groups in words.items()
    }


def word_blobs(
    group: str, letters: list[str], languages: list[str], known: dict[str, dict[str, dict[str, int]]]
) -> dict[str, bytes]:
    """Return the known words of a group: keys ascending, the language and the cost of each."""
    numbers = {char: at for at, char in enumerate(["\n", *letters])}
    rows: set[tuple[int, int, int]] = set()
    for number, language in enumerate(languages):
        for word, cost in known[language].get(group, {}).items():
            if all(char in numbers for char in word):
                rows.add((key_of(numbers[char] for char in word), number, cost))
    ordered = sorted(rows)
    keys = array("I", [key for key, _, _ in ordered])
    return {
        f"words-{group}": b"".join(bytes(key >> shift & 0xFF for key in keys) for shift in (24, 16, 8, 0)),
        f"words-who-{group}": bytes(number for _, number, _ in ordered),
        f"words-cost-{group}": bytes(cost for _, _, cost in ordered),
    }
