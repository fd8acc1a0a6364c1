"""Train the East Asian group: what characters cost in each language, and what known pairs save."""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

from train_letters import Counts
from train_shared import EAST_ASIAN, UNITS, class_name, group_of, units

LANGUAGES = ("zh-Hans", "zh-Hant", "ja", "ko")

NEWS_LETTERS = 2_000_000  # that the shares of letters in news stand for, at least
NEWS_WEIGHT = 3  # of those shares beside the letters of running text
WORD_LETTERS = 3_000_000  # that a list of words stands for
COSTS_TRUST = 0.3  # part of that where the list holds dictionaries' costs, not counts
RAREST_LETTER = 1e-7  # share that a letter must have in the four languages together
FEWEST_OF_CLASS = 50  # fewer letters of a class say that the language does not write it
UNWRITTEN_BITS = 31.0  # what the letters of such a class cost when pairs are weighed
SMOOTHING = 2e-6  # share of its class that every letter gets
PAIR_COUNT = 26_000  # pairs kept for each language
PAIR_GAIN = 1.5  # bits that a kept pair must save
PAIR_SEEN = 2  # times that a kept pair must have been seen
PAIR_DISCOUNT = 2.0  # pseudo-counts of the pairs never seen with the same first letter
LEAST_BITS = 0.5  # what a letter costs after any other, at least
GAIN_STEP = 4  # gains are rounded to half bits

Tally = dict[str, float]  # how often letters, or pairs of letters, come up


def east_asian(folder: Path, counts: Counts) -> tuple[list[str], dict[str, bytes]]:
    """Train the group: its letters, and for each language the blobs of letters and pairs."""
    tallies = {language: letter_counts(folder, counts, language) for language in LANGUAGES}
    everything: Tally = defaultdict(float)
    for singles, _ in tallies.values():
        total = sum(singles.values()) or 1.0
        for char, n in singles.items():
            everything[char] += n / total
    letters = sorted(char for char, share in everything.items() if share > RAREST_LETTER and ord(char) < 0x10000)
    even = sum(everything.values())
    blobs = {f"{EAST_ASIAN}-letter": bytes(units(everything[char] / even) for char in letters)}
    for language, (singles, pairs) in tallies.items():
        shares = class_shares(letters, singles)
        blobs[f"cjk-uni-{language}"] = bytes(units(shares[char]) for char in letters)
        blobs[f"cjk-pair-{language}"] = pair_gains(letters, shares, pairs)
    return letters, blobs


def letter_counts(folder: Path, counts: Counts, language: str) -> tuple[Tally, Tally]:
    """Return how often letters and pairs of letters come up in a language, from all sources."""
    singles: Tally = defaultdict(float)
    pairs: Tally = defaultdict(float)
    for pair, n in counts.running[language][EAST_ASIAN].items():
        if "\n" not in pair:
            pairs[pair] += n
        if pair[1] != "\n":
            singles[pair[1]] += n
    source = counts.news.get(language)
    if source:
        bulk = max(NEWS_LETTERS, sum(singles.values()) * NEWS_WEIGHT)
        for char, p in source["unigrams"].items():
            if group_of(char) == EAST_ASIAN:
                singles[char] += p * bulk
    words = folder / "words" / f"{language.replace('zh-H', 'han-h')}.tsv"
    if words.exists():
        word_singles, word_pairs = count_words(words)
        scale = WORD_LETTERS / max(1.0, sum(word_singles.values()))
        trust = 1.0 if language.startswith("zh") else COSTS_TRUST
        for char, share in word_singles.items():
            singles[char] += share * scale * trust
        for pair, share in word_pairs.items():
            pairs[pair] += share * scale * trust
    return singles, pairs


def count_words(path: Path) -> tuple[Tally, Tally]:
    """Return how often letters and pairs of letters come up in a list of words with their counts."""
    singles: Tally = defaultdict(float)
    pairs: Tally = defaultdict(float)
    for line in path.read_text("utf-8").split("\n"):
        word, _, count = line.partition("\t")
        if not count or any(group_of(char) != EAST_ASIAN for char in word):
            continue
        n = float(count)
        for char in word:
            singles[char] += n
        for first, second in pairwise(word):
            pairs[first + second] += n
    return singles, pairs


def class_shares(letters: list[str], singles: Tally) -> Tally:
    """Return each letter's share of its class in a language; zero where the class is not written."""
    totals: Tally = defaultdict(float)
    sizes: Tally = defaultdict(float)
    for char in letters:
        totals[class_name(char)] += singles.get(char, 0.0)
        sizes[class_name(char)] += 1
    shares: Tally = {}
    for char in letters:
        name = class_name(char)
        total = totals[name]
        smooth = total * SMOOTHING
        written = total >= FEWEST_OF_CLASS
        shares[char] = (singles.get(char, 0.0) + smooth) / (total + smooth * sizes[name]) if written else 0.0
    return shares


def pair_gains(letters: list[str], shares: Tally, pairs: Tally) -> bytes:
    """Return the blob of the pairs that save most: two letters' numbers, and what the second costs less."""
    number = {char: at for at, char in enumerate(letters)}
    bits = {char: -math.log2(share) if share else UNWRITTEN_BITS for char, share in shares.items()}
    begun: Tally = defaultdict(float)
    for pair, n in pairs.items():
        begun[pair[0]] += n
    gains: list[tuple[float, str, float]] = []
    for pair, n in pairs.items():
        first, second = pair[0], pair[1]
        if first not in number or second not in number or n < PAIR_SEEN:
            continue
        gain = bits[second] + math.log2(n / (begun[first] + PAIR_DISCOUNT))
        gain = min(gain, bits[second] - LEAST_BITS)
        if gain >= PAIR_GAIN:
            gains.append((n * gain, pair, gain))
    gains.sort(reverse=True)
    kept = sorted((number[pair[0]], number[pair[1]], gain) for _, pair, gain in gains[:PAIR_COUNT])
    # high and low bytes apart compress better
    return b"".join(
        (
            bytes(first >> 8 for first, _, _ in kept),
            bytes(first & 0xFF for first, _, _ in kept),
            bytes(second >> 8 for _, second, _ in kept),
            bytes(second & 0xFF for _, second, _ in kept),
            bytes(min(255, round(gain * UNITS / GAIN_STEP) * GAIN_STEP) for _, _, gain in kept),
        )
    )
