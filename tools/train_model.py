"""Train the character model from the corpus that tools/corpus.py collects.

    python tools/train_model.py --write     train, write the model and its manifest
    python tools/train_model.py --check     the model is the one its manifest names

Costs are in eighths of a bit.  What is counted, and how the scorer uses it,
is told in docs/how-it-works.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import re
import sys
import unicodedata
from array import array
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from textmend.plausibility import classes, storage  # noqa: E402
from textmend.plausibility.letters import (
    APOSTROPHES,
    FULL,
    GROUPS,
    HALF,
    fold,
    group_of_class,
)  # noqa: E402

MODEL = ROOT / "src/textmend/plausibility/model.bin"
MANIFEST = ROOT / "src/textmend/plausibility/model.json"

UNITS = 8  # costs are stored in 1/8 bit
MAX_LINES = 6000  # of one language: interface text repeats itself
CAPS_SHARE = 0.04  # lines added again in capitals: headings, names, shouting
TRANSITION_CAP = 18 * UNITS  # no transition costs more: one odd pair must not settle a line
TRANSITION_BACKOFF = 6.0  # pseudo-counts given to the unigram of the class
OWN_SHARE = 0.985  # of a language's letters are its own, the rest come from the script's pool
RUNNING_WEIGHT = 0.25  # counts from running text beside those from news counts
PAIR_COUNT = 26_000  # East Asian pairs kept for each language
PAIR_GAIN = 1.5  # bits that a kept pair must save
TRIPLES = 2400  # kept for each language
TRIPLE_GAIN = 1.0  # bits that a kept triple must change
TRIPLE_SEEN = 12  # times a pair must be seen in running text to say what follows it
HALFWIDTH_SHARE = 0.06  # of Japanese lines are added again in half-width katakana
LIGATURE_SHARE = 0.02  # of English lines are added again with ligatures, and in full width
BORROWED = 0.1  # share of a capital's followers that is taken from the small letter's
FEW_LETTERS = 4_000  # the same for scripts that fewer languages share
LANGUAGE_LETTERS = 12_000  # fewer letters make no language of their own; they join the pool
END_SCALE = 2.0**-4  # ends are stored 4 bits dearer than they are, so that no cost is negative
LONE_SHARE = 0.02  # of the words that begin with a letter are that letter alone, before any count
AVERAGE_END = 0.18
SEED = 7

# How usual a language is, in bits: the best of a hundred languages must not win by being rare.
COMMON = "en zh-Hans ja ru de fr es pt it ar ko pl nl tr"
USUAL = (
    "zh-Hant cs sv hu ro el he th uk vi fa da fi nb bg sk hr id ca sr lt sl et lv hi bn ta ur ms "
    "kk ka az"
)


def read_lines(folder: Path) -> dict[str, list[str]]:
    rng = random.Random(SEED)
    lines: dict[str, list[str]] = {}
    for path in sorted((folder / "text").glob("*.txt")):
        every = [line for line in path.read_text("utf-8").split("\n") if line.strip()]
        limit = MAX_LINES * (4 if path.stem.startswith("en") else 1)
        if len(every) > limit:
            every = rng.sample(every, limit)
        lines[path.stem] = every
    return lines


def units(probability: float, cap: int = 255) -> int:
    if probability <= 0:
        return cap
    return max(0, min(cap, round(-math.log2(probability) * UNITS)))


def coarse(cost: int) -> int:
    """Round a cost: an eighth of a bit matters among likely pairs only."""
    if cost < 4 * UNITS:
        return cost
    if cost < 8 * UNITS:
        return min(255, (cost + 1) // 2 * 2)
    return min(255, (cost + 3) // 6 * 6)


# -- class transitions ------------------------------------------------------


def class_numbers(line: str, memo: dict[str, int]) -> list[int]:
    numbers = [classes.EDGE]
    previous = classes.EDGE
    for char in line:
        number = memo.get(char)
        if number is None:
            number = memo[char] = classes.class_of(char)
        previous = classes.contextual(number, previous)
        numbers.append(previous)
    numbers.append(classes.EDGE)
    return numbers


QUOTES = {
    "de": "„“‚‘", "cs": "„“‚‘", "sk": "„“‚‘", "sl": "„“‚‘", "bg": "„“‚‘", "is": "„“‚‘", "lt": "„“‚‘",
    "pl": "„”‚’", "hu": "„”‚’", "ro": "„”‚’", "hr": "„”‚’", "nl": "“”‘’", "sv": "””’’", "fi": "””’’",
    "ru": "«»„“", "uk": "«»„“", "be": "«»„“", "fr": "«»‘’", "es": "«»“”", "it": "«»“”", "pt": "“”‘’",
    "el": "«»“”", "nb": "«»‘’", "nn": "«»‘’", "da": "»«›‹",
}  # fmt: skip
OPEN_QUOTE = re.compile(r"""(?:(?<=[\s(\[{—–-])|^)(["'])(?=\S)""")
TO_HALF = {ord(full): half for half, full in zip(HALF, FULL)} | {ord("。"): "｡", ord("、"): "､", ord("・"): "･"}


def ligatures(line: str) -> str:
    """Return a line as copied from a typeset page."""
    return line.replace("ffi", "ﬃ").replace("fi", "ﬁ").replace("fl", "ﬂ").replace("ff", "ﬀ")


def fullwidth(line: str) -> str:
    """Return a line in full-width letters."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in line)


def halfwidth(line: str) -> str:
    """Return a Japanese line with its katakana in half width, as on old terminals and labels."""
    apart = "".join(
        unicodedata.normalize("NFD", c) if "ァ" <= c <= "ヶ" else c for c in line
    )
    return apart.replace("\u3099", "ﾞ").replace("\u309a", "ﾟ").translate(TO_HALF)


CLOSE_QUOTE = re.compile(r"""(?<=\S)["']""")


def typeset(line: str, language: str) -> str:
    """Return a line with the quotes and apostrophes that a word processor would set.

    Programs' messages, which most of the corpus is, are typed with straight
    quotes; the prose that gets garbled is not.
    """
    outer_open, outer_close, inner_open, inner_close = QUOTES.get(language, "“”‘’")
    line = re.sub(r"(?<=\w)'(?=\w)", "’", line)
    line = OPEN_QUOTE.sub(lambda m: outer_open if m.group(1) == '"' else inner_open, line)
    return CLOSE_QUOTE.sub(lambda m: outer_close if m.group() == '"' else inner_close, line)


NEVER = ("c1", "private", "surrogate", "unassigned", "\ufffd", "special", "tag", "end")


def train_transitions(lines: dict[str, list[str]]) -> tuple[bytes, bytes, dict[int, Counter[str]]]:
    memo: dict[str, int] = {}
    pairs: Counter[tuple[int, int]] = Counter()
    inside: dict[int, Counter[str]] = defaultdict(Counter)
    rng = random.Random(SEED)
    for language, some in lines.items():
        own: Counter[tuple[int, int]] = Counter()
        extra = [line.upper() for line in some if rng.random() < CAPS_SHARE]
        if language == "ja":
            extra += [halfwidth(line) for line in some if rng.random() < HALFWIDTH_SHARE]
        if language.startswith("en"):
            extra += [ligatures(line) for line in some if rng.random() < LIGATURE_SHARE]
            extra += [fullwidth(line) for line in some if rng.random() < LIGATURE_SHARE]
        extra += [typeset(line, language) for line in some if "'" in line or '"' in line]
        for line in some + extra:
            numbers = class_numbers(line, memo)
            own.update(zip(numbers, numbers[1:]))
            for char, number in zip(line, numbers[1:]):
                inside[number][char] += 1
        weight = 1.0 if len(some) >= 1500 else 0.5
        if language in ("en", "en-code"):
            weight = 2.0
        for pair, count in own.items():
            pairs[pair] += count * weight  # type: ignore[assignment]
    count = classes.COUNT
    single = [0.0] * count
    follow: dict[int, float] = defaultdict(float)
    for (a, b), n in pairs.items():
        single[b] += n
        follow[a] += n
    total = sum(single)
    # Rare rows borrow: what follows a capital is much like what follows a small letter.
    for script in classes.CASED:
        lower = classes.INDEX[f"{script}-lower"]
        letters = {classes.INDEX[f"{script}-{case}"] for case in ("lower", "upper", "upper2")}
        signs = {b: n for (a, b), n in pairs.items() if a == lower and b not in letters}
        bulk = sum(signs.values()) or 1.0
        for case in ("upper", "upper2"):
            a = classes.INDEX[f"{script}-{case}"]
            own = sum(n for (x, b), n in pairs.items() if x == a and b not in letters)
            for b, n in signs.items():
                pairs[(a, b)] += BORROWED * own * n / bulk  # type: ignore[assignment]
                follow[a] += BORROWED * own * n / bulk
    never = {classes.INDEX[name] for name in NEVER}
    base = [(n + 1.0) / (total + count) for n in single]
    table = bytearray(count * count)
    for a in range(count):
        for b in range(count):
            seen = pairs.get((a, b), 0.0)
            if b in never:
                table[a * count + b] = TRANSITION_CAP
                continue
            p = (seen + TRANSITION_BACKOFF * base[b]) / (follow[a] + TRANSITION_BACKOFF)
            table[a * count + b] = units(p, TRANSITION_CAP)
    return bytes(table), bytes(units(p, 160) for p in base), inside


BIASED = ("–—", "“”„«»", "‘’‚", "…")


def sign_bias(lines: dict[str, list[str]]) -> dict[str, dict[str, int]]:
    """Return how much dearer each quote and dash is in a language than in all, in units.

    Compared within its own kind, so that a language short of dashes does not
    turn them into quotes.
    """
    counts: dict[str, Counter[str]] = {}
    for language, some in lines.items():
        own: Counter[str] = Counter()
        for line in some:
            for char in typeset(line, language):
                if char > "\x7f":
                    own[char] += 1
        counts[language] = own
    counts["en"] += counts.pop("en-code", Counter())
    bias: dict[str, dict[str, int]] = {}
    for kind in BIASED:
        pooled = {char: 1.0 for char in kind}
        for own in counts.values():
            total = sum(own[char] for char in kind)
            for char in kind:
                pooled[char] += own[char] / total if total >= 20 else 0.0
        bulk = sum(pooled.values())
        for language, own in counts.items():
            total = sum(own[char] for char in kind)
            if total < 20:
                continue
            for char in kind:
                share = (own[char] + 2 * pooled[char] / bulk) / (total + 2)
                extra = -math.log2(share / (pooled[char] / bulk)) * UNITS
                bias.setdefault(language, {})[char] = round(max(-32, min(32, extra)))
    return bias


def inside_costs(inside: dict[int, Counter[str]]) -> dict[str, dict[str, int]]:
    """Return the cost of each sign within its class, for classes that hold several signs."""
    sizes: Counter[int] = Counter()
    for code in range(0x110000):
        if 0xAC00 <= code <= 0xD7A3 or 0xE000 <= code <= 0xF8FF or code >= 0x20000:
            continue
        sizes[classes.class_of(chr(code))] += 1
    lettered = {classes.INDEX[name] for name in classes.NAMES if group_of_class(name)}
    result: dict[str, dict[str, int]] = {}
    for number, counter in inside.items():
        name = classes.NAMES[number]
        if number in lettered or sizes[number] <= 1:
            continue
        total = sum(counter.values()) + 0.5 * sizes[number]
        own = {char: units((n + 0.5) / total) for char, n in sorted(counter.items())}
        own[""] = units(0.5 / total)
        result[name] = own
    for number, size in sizes.items():
        name = classes.NAMES[number]
        if name not in result and number not in lettered and size > 1:
            result[name] = {"": units(1 / size)}
    return dict(sorted(result.items()))


# -- letters ----------------------------------------------------------------


def runs_of(line: str, memo: dict[str, str]) -> list[tuple[str, str]]:
    """Split a line into (group, folded letters)."""
    runs: list[tuple[str, str]] = []
    current, group = [], ""
    for char in line:
        own = memo.get(char)
        if own is None:
            own = memo[char] = group_of_class(classes.NAMES[classes.class_of(char)])
        if own == "*" or (group and char in APOSTROPHES):  # neither end a run nor count
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


def language_counts(folder: Path, lines: dict[str, list[str]]):
    memo: dict[str, str] = {}
    running: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    lone: dict[str, Counter[str]] = defaultdict(Counter)
    threes: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for language, some in lines.items():
        if language.endswith("-code"):
            continue
        table = running[language]
        for line in some:
            for group, letters in runs_of(line, memo):
                if group:
                    table[group].update(
                        a + b for a, b in zip("\n" + letters, letters + "\n")
                    )
                    if len(letters) == 1:
                        lone[language][letters] += 1
                    if group != "CJK":
                        word = "\n" + letters + "\n"
                        threes[language][group].update(map("".join, zip(word, word[1:], word[2:])))
    news: dict[str, dict] = {}
    for path in sorted((folder / "counts").glob("??.json")):
        news[path.stem] = json.loads(path.read_text("utf-8"))
        triples = path.with_suffix(".trigrams.json")
        if triples.exists():
            news[path.stem] |= json.loads(triples.read_text("utf-8"))
    return running, news, lone, threes


NEWS_NAMES = {"zh": "zh-Hans", "no": "nb"}


def go_on(table: dict[str, dict[str, float]]) -> None:
    """Make ends relative to the average end: the class transitions pay for the average."""
    ends = [row["\n"] for row in table.values() if "\n" in row]
    average = sum(ends) / len(ends)
    for row in table.values():
        end = row.get("\n")
        if end is not None:
            row["\n"] = min(1.0, END_SCALE * end / average)
            for b in row:
                if b != "\n":
                    row[b] = min(1.0, row[b] / (1 - average))


def triple_parts(group, languages, symbols, tables, news, threes, weight) -> dict[str, bytes]:
    """Return what the letter before the last one changes: gains over the pairs, where they matter.

    A gain is stored for the triples whose cost two letters get most wrong,
    weighed by how often they (or the mistake) come up.
    """
    number = {c: i for i, c in enumerate(symbols)}
    size = len(symbols)
    blobs: dict[str, bytes] = {}
    every: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for language in languages:
        table = tables[language]
        own = threes[language].get(group, Counter())
        source = news.get(language) or {}
        if any(unicodedata.category(c)[0] == "M" for c in symbols[1:]):
            source = {}
        rows: dict[str, dict[str, float]] = defaultdict(dict)
        for triple, p in source.get("trigrams", {}).items():
            if len(triple) == 3 and all(c in number for c in map(fold, triple)):
                triple = "".join(map(fold, triple))
                rows[triple[:2]][triple[2]] = rows[triple[:2]].get(triple[2], 0.0) + p
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for triple, n in own.items():
            counts[triple[:2]][triple[2]] += n
        total = sum(own.values()) or 1
        single = source.get("unigrams", {})
        entries: list[tuple[float, int, int]] = []
        for first in symbols:
            for second in symbols[1:]:
                pair = first + second
                seen = counts.get(pair, Counter())
                whole = sum(seen.values())
                news_row = rows.get(pair, {})
                row = table.get(second)
                if row is None or (not news_row and whole < TRIPLE_SEEN):
                    continue
                bulk = sum(news_row.values()) or 1.0
                # how often the pair comes up
                share = whole / total
                if news_row and first != "\n":
                    share = max(share, single.get(first, 0.0) * table.get(first, {}).get(second, 0.0))
                inner = whole - seen.get("\n", 0)
                for third in symbols:
                    before = row.get(third, 0.0)
                    if third == "\n" or not news_row:
                        if whole < TRIPLE_SEEN:
                            continue
                        scale = END_SCALE / AVERAGE_END if third == "\n" else 1 / (1 - AVERAGE_END)
                        after = seen.get(third, 0) / whole * scale
                        trust = whole / (whole + 10)
                        after = trust * after + (1 - trust) * before
                    else:
                        p_news = news_row.get(third, 0.0) / bulk
                        lam = RUNNING_WEIGHT * inner / (inner + 50)
                        p_run = seen.get(third, 0) / inner if inner else 0.0
                        after = (1 - lam) * p_news + lam * p_run
                        after = 0.95 * after + 0.05 * before
                    if before <= 0 and after <= 0:
                        continue
                    gain = math.log2(max(before, 2**-17)) - math.log2(max(after, 2**-17))
                    gain = max(-8.0, min(8.0, gain))
                    if abs(gain) < TRIPLE_GAIN:
                        continue
                    impact = share * max(before, after) * abs(gain)
                    at = (number[first] * size + number[second]) * size + number[third]
                    entries.append((impact, at, round(gain * 2)))
        entries.sort(reverse=True)
        for _, at, gain in entries[:TRIPLES]:
            every[at].append((languages.index(language), gain + 128))
    keys = sorted(every)
    deltas = array("I", [key - last for key, last in zip(keys, [0, *keys])])
    if sys.byteorder == "big":
        deltas.byteswap()
    blobs[f"three-{group}"] = deltas.tobytes()
    blobs[f"count-{group}"] = bytes(len(every[key]) for key in keys)
    blobs[f"who-{group}"] = bytes(language for key in keys for language, _ in every[key])
    blobs[f"gain-{group}"] = bytes(gain for key in keys for _, gain in every[key])
    return blobs


def alphabetic(group: str, running, news, lone, threes) -> tuple[list[str], list[str], dict[str, bytes]]:
    """Train one alphabetic group: letters, languages, own costs, pool costs."""
    per: dict[str, Counter[str]] = {}
    for language, groups in running.items():
        counter = groups.get(group)
        if not counter:
            continue
        everything = sum(sum(c.values()) for g, c in groups.items())
        share = sum(counter.values()) / max(1, everything)
        if share >= 0.5 and sum(counter.values()) >= (LANGUAGE_LETTERS if group == "Latn" else FEW_LETTERS):
            per[language] = counter
    for language, table in news.items():
        letters = "".join(list(table["unigrams"]))
        own = sum(p for c, p in table["unigrams"].items()
                  if group_of_class(classes.NAMES[classes.class_of(c)]) == group)
        if letters and own > 0.5 and language not in per:
            per[language] = Counter()
    languages = sorted(per)
    if not languages:
        return [], [], {}
    memo: dict[str, str] = {}

    def belongs(char: str) -> bool:
        if char == "\n":
            return True
        own = memo.get(char)
        if own is None:
            own = memo[char] = group_of_class(classes.NAMES[classes.class_of(char)])
        return own == group

    tables: dict[str, dict[str, dict[str, float]]] = {}
    weight_of_letter: Counter[str] = Counter()
    for language in languages:
        counts = per[language]
        rows: dict[str, Counter[str]] = defaultdict(Counter)
        for pair, n in counts.items():
            rows[pair[0]][pair[1]] += n
        singles: Counter[str] = Counter()
        for pair, n in counts.items():
            singles[pair[1]] += n
        bulk = sum(singles.values()) or 1
        source = news.get(language)
        if source and bulk > 4000:
            # news counts hold letters alone; where vowels are marks they say little
            marks = sum(n for c, n in singles.items() if c != "\n" and unicodedata.category(c)[0] == "M")
            if marks > 0.05 * bulk:
                source = None
        mixed: dict[str, dict[str, float]] = {}
        if source:
            uni = {fold(c): p for c, p in source["unigrams"].items() if belongs(c)}
            big: dict[str, dict[str, float]] = defaultdict(dict)
            for pair, p in source["bigrams"].items():
                if len(pair) == 2 and belongs(pair[0]) and belongs(pair[1]):
                    big[fold(pair[0])][fold(pair[1])] = big[fold(pair[0])].get(fold(pair[1]), 0) + p
            alphabet = set(uni) | {c for c in singles if c != "\n" and singles[c] >= 3}
            for a in sorted(alphabet):
                row = rows.get(a, Counter())
                seen = sum(row.values())
                end = (row.get("\n", 0) + 2.0 * 0.2) / (seen + 2.0)
                joint: dict[str, float] = {"\n": end}
                news_row = big.get(a, {})
                total_news = sum(news_row.values()) or 1.0
                inner = seen - row.get("\n", 0)
                lam = RUNNING_WEIGHT * inner / (inner + 50)
                for b in set(news_row) | set(row):
                    if b == "\n":
                        continue
                    p_news = news_row.get(b, 0.0) / total_news
                    p_run = row.get(b, 0) / inner if inner else 0.0
                    joint[b] = (1 - end) * ((1 - lam) * p_news + lam * p_run)
                # a little of the language's own unigram for pairs never seen
                for b, p in uni.items():
                    joint[b] = joint.get(b, 0.0) * 0.98 + 0.02 * (1 - end) * p
                mixed[a] = joint
            start_row = rows.get("\n", Counter())
            seen = sum(start_row.values())
            joint = {}
            for b in alphabet:
                joint[b] = (start_row.get(b, 0) + 30 * uni.get(b, 0)) / (seen + 30)
            mixed["\n"] = joint
            for c, p in uni.items():
                weight_of_letter[c] += p
            for c, n in singles.items():
                if c not in uni and c != "\n" and n >= 3:
                    weight_of_letter[c] += n / bulk
            single_p = {c: p for c, p in uni.items()}
        else:
            single_p = {c: n / bulk for c, n in singles.items() if c != "\n"}
            kinds = {a: len(row) for a, row in rows.items()}
            for a in sorted(rows):
                row = rows[a]
                seen = sum(row.values())
                alpha = kinds[a]
                joint = {}
                for b in set(row) | set(single_p):
                    joint[b] = (row.get(b, 0) + alpha * single_p.get(b, 0.0)) / (seen + alpha)
                if a != "\n":
                    joint["\n"] = (row.get("\n", 0) + alpha * 0.2) / (seen + alpha)
                mixed[a] = joint
            for c, p in single_p.items():
                weight_of_letter[c] += p
        tables[language] = mixed
    for language in languages:
        go_on(tables[language])
    letters = sorted(c for c, w in weight_of_letter.items() if w > 2e-5 and len(c) == 1)[:254]
    if len([c for c, w in weight_of_letter.items() if w > 2e-5]) > 254:
        top = sorted(weight_of_letter.items(), key=lambda item: (-item[1], item[0]))[:254]
        letters = sorted(c for c, _ in top)
    symbols = ["\n", *letters]
    size = len(symbols)
    # the pool: an even mixture of all languages
    pool = bytearray(size * size)
    own_costs = bytearray()
    number = {c: i for i, c in enumerate(symbols)}
    pooled: list[dict[str, float]] = []
    pooled_single = {c: weight_of_letter[c] / sum(weight_of_letter.values()) for c in letters}
    for a in symbols:
        joint: dict[str, float] = defaultdict(float)
        have = 0
        for language in languages:
            row = tables[language].get(a)
            if row:
                have += 1
                for b, p in row.items():
                    joint[b] += p
        pooled.append({b: p / have for b, p in joint.items()} if have else {})
    for i, a in enumerate(symbols):
        for j, b in enumerate(symbols):
            p = 0.9 * pooled[i].get(b, 0.0) + 0.1 * pooled_single.get(b, END_SCALE if j == 0 else 0.0)
            pool[i * size + j] = units(p)
    for i, a in enumerate(symbols):
        for j, b in enumerate(symbols):
            for language in languages:
                row = tables[language].get(a)
                p = OWN_SHARE * row.get(b, 0.0) if row else 0.0
                own_costs.append(coarse(units(p)) if p > 0 else 255)
    alone_words = bytearray()
    for c in letters:
        for language in languages:
            row = tables[language].get("\n", {})
            pairs = per[language]
            begun = pairs.get("\n" + c, 0)
            all_words = sum(n for pair, n in pairs.items() if pair[0] == "\n") or 1
            share = (lone[language].get(c, 0) + LONE_SHARE * 4) / (begun + 4)
            p = row.get(c, 0.0) * min(1.0, END_SCALE * share / AVERAGE_END)
            alone_words.append(units(p) if p > 0 else 255)
    alone = bytes(units(pooled_single[c]) for c in letters)
    return letters, languages, {"own": bytes(own_costs), "pool": bytes(pool), "letter": alone, "lone": bytes(alone_words)} | triple_parts(
        group, languages, symbols, tables, news, threes, weight_of_letter
    )


# -- East Asian -------------------------------------------------------------

CJK_LANGUAGES = ("zh-Hans", "zh-Hant", "ja", "ko")


def east_asian(folder: Path, running, news) -> tuple[list[str], dict[str, bytes]]:
    """Train the East Asian group: letters, and for each language unigrams and pairs."""
    memo: dict[str, str] = {}

    def klass(char: str) -> str:
        own = memo.get(char)
        if own is None:
            own = memo[char] = classes.NAMES[classes.class_of(char)]
        return own

    singles: dict[str, Counter[str]] = {}
    pairs: dict[str, Counter[str]] = {}
    for language in CJK_LANGUAGES:
        one: Counter[str] = Counter()
        two: Counter[str] = Counter()
        for pair, n in running.get(language, {}).get("CJK", {}).items():
            if "\n" not in pair:
                two[pair] += n
            if pair[1] != "\n":
                one[pair[1]] += n
        source = news.get({"zh-Hans": "zh"}.get(language, language))
        if source:
            bulk = max(2_000_000, sum(one.values()) * 3)
            for c, p in source["unigrams"].items():
                if group_of_class(klass(c)) == "CJK":
                    one[c] += p * bulk
        words = folder / "words" / f"{language.replace('zh-H', 'han-h')}.tsv"
        if words.exists():
            from_words: Counter[str] = Counter()
            word_singles: Counter[str] = Counter()
            for line in words.read_text("utf-8").split("\n"):
                word, _, count = line.partition("\t")
                if not count or any(group_of_class(klass(c)) != "CJK" for c in word):
                    continue
                n = float(count)
                for c in word:
                    word_singles[c] += n
                for a, b in zip(word, word[1:]):
                    from_words[a + b] += n
            scale = 3_000_000 / max(1.0, sum(word_singles.values()))
            for c, n in word_singles.items():
                one[c] += n * scale * (1.0 if language.startswith("zh") else 0.3)
            for pair, n in from_words.items():
                two[pair] += n * scale * (1.0 if language.startswith("zh") else 0.3)
        singles[language], pairs[language] = one, two
    everything: Counter[str] = Counter()
    for language in CJK_LANGUAGES:
        total = sum(singles[language].values()) or 1.0
        for c, n in singles[language].items():
            everything[c] += n / total
    letters = sorted(c for c in everything if everything[c] > 1e-7 and ord(c) < 0x10000)
    number = {c: i for i, c in enumerate(letters)}
    even = sum(everything.values())
    blobs: dict[str, bytes] = {"CJK-letter": bytes(units(everything[c] / even) for c in letters)}
    for language in CJK_LANGUAGES:
        per_class: Counter[str] = Counter()
        sizes: Counter[str] = Counter()
        for c in letters:
            per_class[klass(c)] += singles[language].get(c, 0.0)
            sizes[klass(c)] += 1
        out = bytearray()
        cost: dict[str, float] = {}
        for c in letters:
            k = klass(c)
            if per_class[k] < 50:
                out.append(255)
                cost[c] = 31.0
                continue
            n = singles[language].get(c, 0.0)
            smooth = per_class[k] * 2e-6
            p = (n + smooth) / (per_class[k] + smooth * sizes[k])
            cost[c] = -math.log2(p)
            out.append(units(p))
        blobs[f"cjk-uni-{language}"] = bytes(out)
        gains: list[tuple[float, str, float]] = []
        rows: Counter[str] = Counter()
        for pair, n in pairs[language].items():
            rows[pair[0]] += n
        for pair, n in pairs[language].items():
            a, b = pair
            if a not in number or b not in number or rows[a] <= 0:
                continue
            k = klass(b)
            p = n / (rows[a] + 2.0)
            gain = cost[b] + math.log2(p) if p > 0 else 0.0
            gain = min(gain, cost[b] - 0.5)
            if gain >= PAIR_GAIN and n >= 2:
                gains.append((n * gain, pair, gain))
        gains.sort(reverse=True)
        kept = sorted((number[p[0]], number[p[1]], g) for _, p, g in gains[:PAIR_COUNT])
        first, second, gain_bytes = bytearray(), bytearray(), bytearray()
        for a, b, g in kept:
            first += a.to_bytes(2, "big")
            second += b.to_bytes(2, "big")
            gain_bytes.append(min(255, round(g * UNITS / 4) * 4))
        # high and low bytes apart compress better
        blobs[f"cjk-pair-{language}"] = (
            bytes(first[0::2]) + bytes(first[1::2]) + bytes(second[0::2]) + bytes(second[1::2]) + bytes(gain_bytes)
        )
    return letters, blobs


def train(folder: Path) -> tuple[bytes, dict]:
    lines = read_lines(folder)
    transitions, single, inside = train_transitions(lines)
    running, news, lone, threes = language_counts(folder, lines)
    news = {NEWS_NAMES.get(k, k) if k != "zh" else k: v for k, v in news.items()}
    header: dict = {"units": UNITS, "classes": classes.COUNT, "inside": inside_costs(inside), "groups": [], "bias": sign_bias(lines)}
    blobs: dict[str, bytes] = {"transitions": transitions, "single": single}
    for group in GROUPS:
        if group == "CJK":
            continue
        letters, languages, parts = alphabetic(group, running, news, lone, threes)
        if not letters:
            continue
        header["groups"].append({"name": group, "letters": "".join(letters), "languages": languages})
        blobs.update(
            {part if "-" in part else f"{group}-{part}": blob for part, blob in parts.items()}
        )
    letters, cjk = east_asian(folder, running, news)
    header["groups"].append({"name": "CJK", "letters": "".join(letters), "languages": list(CJK_LANGUAGES)})
    blobs.update(cjk)
    prior = {}
    for entry in header["groups"]:
        for language in entry["languages"]:
            bits = 0 if language in COMMON.split() else 3 if language in USUAL.split() else 7
            prior[language] = bits * UNITS
    header["prior"] = prior
    data = storage.pack(header, blobs)
    facts = {
        "command": "python tools/train_model.py --write",
        "digest": hashlib.blake2b(data, digest_size=16).hexdigest(),
        "bytes": len(data),
        "languages": sorted(prior),
        "lines": sum(map(len, lines.values())),
    }
    corpus = folder / "manifest.json"
    if corpus.exists():
        facts["sources"] = json.loads(corpus.read_text("utf-8")).get("sources", [])
    return data, facts


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    mode = parser.add_mutually_exclusive_group(required=True)
    mode.add_argument("--write", action="store_true")
    mode.add_argument("--check", action="store_true")
    parser.add_argument("--corpus", type=Path, default=ROOT / "build/corpus")
    args = parser.parse_args()
    if args.check:
        facts = json.loads(MANIFEST.read_text("utf-8"))
        digest = hashlib.blake2b(MODEL.read_bytes(), digest_size=16).hexdigest()
        if digest != facts["digest"]:
            print(f"{MODEL.name} is not the model that {MANIFEST.name} names: run {facts['command']}")
            return 1
        print(f"{MODEL.name} is as {MANIFEST.name} says")
        return 0
    data, facts = train(args.corpus)
    MODEL.write_bytes(data)
    MANIFEST.write_text(json.dumps(facts, indent=2, ensure_ascii=False) + "\n", "utf-8")
    print(f"{MODEL.name}: {len(data):,} bytes, {len(facts['languages'])} languages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
