"""Train the alphabetic groups: what a letter costs after one and after two others, in each language."""

from __future__ import annotations

import json
import math
import sys
import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from train_shared import EAST_ASIAN, UNITS, group_of, units

from textmend.plausibility.letters import APOSTROPHES, SKIPPED, fold

OWN_SHARE = 0.985  # of a language's letters are its own, the rest come from the script's pool
POOL_SINGLE = 0.1  # of the pool's pairs are guessed from their second letter alone
LEFTOVER_SHARE = 8e-5  # of a language's letters in news that its running text hardly has: read wrongly
LEFTOVER_RATIO = 50  # times rarer in running text than in news
LEFTOVER_EXPECTED = 8  # times that running text should have shown such a letter
RUNNING_WEIGHT = 0.25  # counts from running text beside those from news counts
RUNNING_BACKOFF = 50  # letters of running text that are trusted half as much as that
LANGUAGE_SHARE = 0.5  # of a language's letters must be in the group for it to be trained there
LATIN_LETTERS = 12_000  # fewer letters make no language of their own; they join the pool
FEW_LETTERS = 4_000  # the same for scripts that fewer languages share
NEWS_LETTERS = 4_000  # beyond so many letters, running text tells whether vowels are marks
MARKS_SHARE = 0.05  # of the letters are marks in a script whose vowels are marks
ALPHABET_SEEN = 3  # times that running text must show a letter which news counts lack
END_GUESS = 0.2  # share of letters that end their word, before any count
END_BACKOFF = 2.0  # pseudo-counts given to that guess
START_BACKOFF = 30  # pseudo-counts given to the unigrams at the beginning of words
UNSEEN_SHARE = 0.02  # of pairs is given to the language's own unigrams
END_SCALE = 2.0**-4  # ends are stored 4 bits dearer than they are, so that no cost is negative
AVERAGE_END = 0.18  # share of letters that end their word, in a usual language
LONE_SHARE = 0.02  # of the words that begin with a letter are that letter alone, before any count
LONE_BACKOFF = 4  # pseudo-counts given to that share
RAREST_LETTER = 2e-5  # a letter's share, summed over the group's languages, below which it is left out
MOST_LETTERS = 254  # of one group: numbers are bytes
TRIPLES = 2400  # kept for each language
TRIPLE_GAIN = 1.0  # bits that a kept triple must change
TRIPLE_MOST = 8.0  # bits that a triple changes at most
TRIPLE_SEEN = 12  # times a pair must be seen in running text to say what follows it
TRIPLE_BACKOFF = 10  # times it must be seen to be trusted as much as the pairs
TRIPLE_PAIR = 0.05  # of what news counts tell of a triple is left to its last two letters
TRIPLE_LEAST = 2**-17  # anything rarer is as rare as this

ByGroup = defaultdict[str, defaultdict[str, Counter[str]]]  # counts by language and group
News = dict[str, dict[str, float]]  # "unigrams", "bigrams", "trigrams" and their probabilities
Table = dict[str, dict[str, float]]  # the probability of a letter after another; "\n" is a word's edge


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted in every language; a line feed stands for either edge of a word."""

    running: ByGroup  # pairs in running text
    lone: defaultdict[str, Counter[str]]  # words of one letter, by language
    threes: ByGroup  # triples in running text
    news: dict[str, News]  # probabilities that others counted, by language


@dataclass(frozen=True, slots=True)
class Script:
    """One alphabetic group while it is trained."""

    group: str
    pairs: dict[str, Counter[str]]  # of running text, by language
    symbols: list[str]  # "\n", then the letters
    tables: dict[str, Table]  # by language


def coarse(cost: int) -> int:
    """Round a cost: an eighth of a bit matters among likely pairs only."""
    if cost < 4 * UNITS:
        return cost
    if cost < 8 * UNITS:
        return min(255, (cost + 1) // 2 * 2)
    return min(255, (cost + 3) // 6 * 6)


def runs_of(line: str) -> list[tuple[str, str]]:
    """Split a line into (group, folded letters); what no group counts parts them."""
    runs: list[tuple[str, str]] = []
    current: list[str] = []
    group = ""
    for char in line:
        own = group_of(char)
        if own == SKIPPED or (group and char in APOSTROPHES):  # neither end a run nor count
            continue
        if own != group:
            if current:
                runs.append((group, "".join(current)))
            current, group = [], own
        if own:
            current.append(fold(char))
    if current:
        runs.append((group, "".join(current)))
    return runs


def language_counts(folder: Path, lines: dict[str, list[str]]) -> Counts:
    """Count the letters of all lines, and read what others counted."""
    running: ByGroup = defaultdict(lambda: defaultdict(Counter))
    lone: defaultdict[str, Counter[str]] = defaultdict(Counter)
    threes: ByGroup = defaultdict(lambda: defaultdict(Counter))
    for language, some in lines.items():
        if language.endswith("-code"):
            continue
        for line in some:
            for group, letters in runs_of(line):
                word = f"\n{letters}\n"
                running[language][group].update(first + second for first, second in pairwise(word))
                if len(letters) == 1:
                    lone[language][letters] += 1
                if group != EAST_ASIAN:
                    threes[language][group].update(word[at : at + 3] for at in range(len(letters)))
    news: dict[str, News] = {}
    # two letters: of the Chinese scripts there are lists of words, which tell more; zh-Hans.json holds single
    # characters alone, and is left out on purpose
    for path in sorted((folder / "counts").glob("??.json")):
        news[path.stem] = json.loads(path.read_text("utf-8"))
        triples = path.with_suffix(".trigrams.json")
        if triples.exists():
            news[path.stem] |= json.loads(triples.read_text("utf-8"))
        news[path.stem] = without_leftovers(news[path.stem], running[path.stem])
    return Counts(running, lone, threes, news)


def without_leftovers(source: News, running: defaultdict[str, Counter[str]]) -> News:
    """Return news counts without the letters that came from pages read in a wrong encoding.

    The pages behind the counts were not checked: a third of the Hungarian ``ő``
    stands there as the letter that cp1252 shows for it.  Running text was.
    """
    seen: Counter[str] = Counter()
    for pairs in running.values():
        for pair, n in pairs.items():
            if pair[1] != "\n":
                seen[pair[1]] += n
    total = seen.total()
    shares: Counter[str] = Counter()
    for char, share in source["unigrams"].items():
        if group_of(char) == "Latn":
            shares[fold(char)] += share
    leftover = {
        char
        for char, share in shares.items()
        if share >= LEFTOVER_SHARE
        and share * total >= LEFTOVER_EXPECTED
        and seen[char] * LEFTOVER_RATIO < share * total
    }
    if not leftover:
        return source
    return {
        name: {letters: p for letters, p in table.items() if leftover.isdisjoint(map(fold, letters))}
        for name, table in source.items()
    }


def alphabetic(group: str, counts: Counts) -> tuple[list[str], list[str], dict[str, bytes]]:
    """Train one alphabetic group: its letters, its languages and its blobs, all empty without languages."""
    pairs = languages_of(group, counts)
    if not pairs:
        return [], [], {}
    languages = sorted(pairs)
    tables: dict[str, Table] = {}
    weights: dict[str, float] = defaultdict(float)
    for language in languages:
        tables[language], shares = language_table(group, pairs[language], counts.news.get(language))
        for char, share in shares.items():
            weights[char] += share
    for table in tables.values():
        go_on(table)
    usual = [(char, weight) for char, weight in weights.items() if weight > RAREST_LETTER]
    usual.sort(key=lambda item: (-item[1], item[0]))
    letters = sorted(char for char, _ in usual[:MOST_LETTERS])
    script = Script(group, pairs, ["\n", *letters], tables)
    bulk = sum(weights.values())
    singles = {"\n": END_SCALE} | {char: weights[char] / bulk for char in letters}
    blobs = {
        f"{group}-own": own_costs(script),
        f"{group}-pool": pool_costs(script, singles),
        f"{group}-letter": bytes(units(singles[char]) for char in letters),
        f"{group}-lone": lone_costs(script, counts.lone),
    }
    return letters, languages, blobs | triple_blobs(script, counts)


def languages_of(group: str, counts: Counts) -> dict[str, Counter[str]]:
    """Return the languages that are written in a group's letters, with their pairs in running text."""
    per: dict[str, Counter[str]] = {}
    fewest = LATIN_LETTERS if group == "Latn" else FEW_LETTERS
    for language, groups in counts.running.items():
        counter = groups.get(group)
        if not counter:
            continue
        own = sum(counter.values())
        everything = sum(sum(pairs.values()) for pairs in groups.values())
        if own / everything >= LANGUAGE_SHARE and own >= fewest:
            per[language] = counter
    for language, source in counts.news.items():
        share = sum(p for char, p in source["unigrams"].items() if group_of(char) == group)
        if share > LANGUAGE_SHARE and language not in per:
            per[language] = Counter()
    return per


def language_table(group: str, pairs: Counter[str], source: News | None) -> tuple[Table, dict[str, float]]:
    """Return a language's probabilities of letters after letters, and the shares of its letters."""
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    singles: Counter[str] = Counter()
    for pair, n in pairs.items():
        rows[pair[0]][pair[1]] += n
        singles[pair[1]] += n
    if source and singles.total() > NEWS_LETTERS:
        # news counts hold letters alone; where vowels are marks they say little
        marks = sum(n for char, n in singles.items() if is_mark(char))
        if marks > MARKS_SHARE * singles.total():
            source = None
    return table_with_news(group, rows, singles, source) if source else table_of_running(rows, singles)


def is_mark(char: str) -> bool:
    """Return whether a character is a mark: a vowel sign, say, or a virama."""
    return unicodedata.category(char)[0] == "M"


def table_with_news(
    group: str, rows: dict[str, Counter[str]], singles: Counter[str], source: News
) -> tuple[Table, dict[str, float]]:
    """Mix the pairs of news with those of running text, which alone tell where words begin and end."""
    unigrams = {fold(char): p for char, p in source["unigrams"].items() if group_of(char) == group}
    news: defaultdict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for pair, p in source["bigrams"].items():
        if len(pair) == 2 and all(group_of(char) == group for char in pair):
            news[fold(pair[0])][fold(pair[1])] += p
    bulk = singles.total() or 1
    shares = unigrams | {
        char: n / bulk for char, n in singles.items() if char not in unigrams and char != "\n" and n >= ALPHABET_SEEN
    }
    mixed: Table = {}
    for first in sorted(shares):
        row = rows.get(first, Counter())
        news_row = news.get(first, {})
        seen = row.total()
        end = (row["\n"] + END_BACKOFF * END_GUESS) / (seen + END_BACKOFF)
        mixed[first] = {"\n": end}
        mixed[first] |= {char: (1 - end) * p for char, p in blend(news_row, row).items()}
        # a little of the language's own unigram for pairs never seen
        for char, p in unigrams.items():
            before = mixed[first].get(char, 0.0)
            mixed[first][char] = before * (1 - UNSEEN_SHARE) + UNSEEN_SHARE * (1 - end) * p
    begun = rows.get("\n", Counter())
    seen = begun.total()
    mixed["\n"] = {
        char: (begun[char] + START_BACKOFF * unigrams.get(char, 0)) / (seen + START_BACKOFF) for char in shares
    }
    return mixed, shares


def blend(news: dict[str, float], running: Counter[str]) -> dict[str, float]:
    """Return the probability of each letter of news or running text, the ends of words apart."""
    bulk = sum(news.values()) or 1.0
    inner = running.total() - running["\n"]
    trust = RUNNING_WEIGHT * inner / (inner + RUNNING_BACKOFF)
    return {
        char: (1 - trust) * (news.get(char, 0.0) / bulk) + trust * (running[char] / inner if inner else 0.0)
        for char in news.keys() | running.keys()
        if char != "\n"
    }


def table_of_running(rows: dict[str, Counter[str]], singles: Counter[str]) -> tuple[Table, dict[str, float]]:
    """Smooth the pairs of running text: the more followers a letter has, the more are still unseen."""
    bulk = singles.total() or 1
    shares = {char: n / bulk for char, n in singles.items() if char != "\n"}
    mixed: Table = {}
    for first in sorted(rows):
        row = rows[first]
        seen = row.total()
        kinds = len(row)
        guesses = shares if first == "\n" else shares | {"\n": END_GUESS}
        mixed[first] = {char: (row[char] + kinds * guess) / (seen + kinds) for char, guess in guesses.items()}
    return mixed, shares


def go_on(table: Table) -> None:
    """Make ends relative to the average end: the class transitions pay for the average."""
    ends = [row["\n"] for row in table.values() if "\n" in row]
    average = sum(ends) / len(ends)
    for row in table.values():
        end = row.get("\n")
        if end is not None:
            row["\n"] = min(1.0, END_SCALE * end / average)
            for char in row:
                if char != "\n":
                    row[char] = min(1.0, row[char] / (1 - average))


def own_costs(script: Script) -> bytes:
    """Return what each pair costs in each language, as far as the language is its own."""
    costs = bytearray()
    for first in script.symbols:
        rows = [table.get(first, {}) for table in script.tables.values()]
        for second in script.symbols:
            costs.extend(coarse(units(OWN_SHARE * row.get(second, 0.0))) for row in rows)
    return bytes(costs)


def pool_costs(script: Script, singles: dict[str, float]) -> bytes:
    """Return what each pair costs in an even mixture of all languages."""
    costs = bytearray()
    for first in script.symbols:
        rows = [row for table in script.tables.values() if (row := table.get(first))]
        for second in script.symbols:
            mean = sum(row.get(second, 0.0) for row in rows) / len(rows) if rows else 0.0
            costs.append(units((1 - POOL_SINGLE) * mean + POOL_SINGLE * singles[second]))
    return bytes(costs)


def lone_costs(script: Script, lone: defaultdict[str, Counter[str]]) -> bytes:
    """Return what each letter costs in each language as a word of its own."""
    costs = bytearray()
    for char in script.symbols[1:]:
        for language, table in script.tables.items():
            begun = script.pairs[language]["\n" + char]
            share = (lone[language][char] + LONE_SHARE * LONE_BACKOFF) / (begun + LONE_BACKOFF)
            p = table.get("\n", {}).get(char, 0.0) * min(1.0, END_SCALE * share / AVERAGE_END)
            costs.append(units(p))
    return bytes(costs)


def triple_blobs(script: Script, counts: Counts) -> dict[str, bytes]:
    """Return what the letter before the last one changes: gains over the pairs, where they matter."""
    every: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for number, language in enumerate(script.tables):
        for _, triple, gain in triple_gains(script, language, counts)[:TRIPLES]:
            every[triple].append((number, gain + 128))
    keys = sorted(every)
    deltas = array("I", [key - last for last, key in pairwise([0, *keys])])
    if sys.byteorder == "big":
        deltas.byteswap()
    return {
        f"three-{script.group}": deltas.tobytes(),
        f"count-{script.group}": bytes(len(every[key]) for key in keys),
        f"who-{script.group}": bytes(language for key in keys for language, _ in every[key]),
        f"gain-{script.group}": bytes(gain for key in keys for _, gain in every[key]),
    }


def triple_gains(script: Script, language: str, counts: Counts) -> list[tuple[float, int, int]]:
    """Return a language's triples as (impact, number, gain in half bits), those that matter most first.

    A triple matters when two letters get its cost most wrong, weighed by how
    often it (or the mistake) comes up.
    """
    size = len(script.symbols)
    table = script.tables[language]
    own = counts.threes[language][script.group]
    running: dict[str, Counter[str]] = defaultdict(Counter)
    for triple, n in own.items():
        running[triple[:2]][triple[2]] += n
    # news counts hold letters alone; where vowels are marks they say little
    source = {} if any(map(is_mark, script.symbols[1:])) else counts.news.get(language, {})
    news = news_triples(source, script.symbols)
    total = own.total() or 1
    entries: list[tuple[float, int, int]] = []
    for at, first in enumerate(script.symbols):
        for after, second in enumerate(script.symbols[1:], 1):
            row = table.get(second)
            seen = running.get(first + second, Counter())
            news_row = news.get(first + second, {})
            if row is None or (not news_row and seen.total() < TRIPLE_SEEN):
                continue
            share = seen.total() / total  # how often the pair comes up
            if news_row and first != "\n":
                share = max(share, source["unigrams"].get(first, 0.0) * table.get(first, {}).get(second, 0.0))
            likely = third_letters(script.symbols, row, seen, news_row)
            for number, third in enumerate(script.symbols):
                old = row.get(third, 0.0)
                new = likely.get(third, old)
                gain = math.log2(max(old, TRIPLE_LEAST)) - math.log2(max(new, TRIPLE_LEAST))
                gain = max(-TRIPLE_MOST, min(TRIPLE_MOST, gain))
                if abs(gain) >= TRIPLE_GAIN:
                    impact = share * max(old, new) * abs(gain)
                    entries.append((impact, (at * size + after) * size + number, round(gain * 2)))
    entries.sort(reverse=True)
    return entries


def news_triples(source: News, symbols: Iterable[str]) -> Table:
    """Return the probabilities of a third letter after two, of folded letters."""
    known = set(symbols)
    news: defaultdict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for triple, p in source.get("trigrams", {}).items():
        folded = "".join(map(fold, triple))
        if len(folded) == 3 and known.issuperset(folded):
            news[folded[:2]][folded[2]] += p
    return news


def third_letters(
    symbols: Iterable[str], row: dict[str, float], seen: Counter[str], news: dict[str, float]
) -> dict[str, float]:
    """Return the probability of a letter after two others, where there is enough to tell it.

    ``row`` has its probability after one, ``seen`` and ``news`` what was
    counted after both.
    """
    whole = seen.total()
    trust = whole / (whole + TRIPLE_BACKOFF)
    mixed = blend(news, seen) if news else {}
    likely: dict[str, float] = {}
    for char in symbols:
        before = row.get(char, 0.0)
        if news and char != "\n":
            likely[char] = (1 - TRIPLE_PAIR) * mixed.get(char, 0.0) + TRIPLE_PAIR * before
        elif whole >= TRIPLE_SEEN:
            scale = END_SCALE / AVERAGE_END if char == "\n" else 1 / (1 - AVERAGE_END)
            likely[char] = trust * (seen[char] / whole * scale) + (1 - trust) * before
    return likely
