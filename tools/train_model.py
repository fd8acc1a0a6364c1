"""Train the character model from the corpus that tools/corpus.py collects.

    python tools/train_model.py --write     train, write the model and its manifest
    python tools/train_model.py --check     the model is the one its manifest names

Costs are in eighths of a bit.  What is counted, and how the scorer uses it,
is told in docs/how-it-works.md.  This program trains what classes of characters
cost after one another; train_letters.py and train_east_asian.py train letters.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

import train_east_asian  # noqa: E402  it finds textmend by the line above
from train_known import known_words, word_blobs  # noqa: E402  the same
from train_letters import alphabetic, language_counts  # noqa: E402  the same
from train_shared import (  # noqa: E402  the same
    CAPS_SHARE,
    EAST_ASIAN,
    SEED,
    UNITS,
    digest_of,
    fullwidth,
    halfwidth,
    ligatures,
    read_lines,
    run_program,
    typeset,
    units,
)

from textmend.plausibility import classes, storage  # noqa: E402  the same
from textmend.plausibility.letters import GROUPS, SKIPPED, group_of_class  # noqa: E402  the same

MODEL = ROOT / "src/textmend/plausibility/model.bin"
MANIFEST = ROOT / "src/textmend/plausibility/model.json"

TRANSITION_CAP = 18 * UNITS  # no transition costs more: one odd pair must not settle a line
TRANSITION_BACKOFF = 6.0  # pseudo-counts given to the unigram of the class
INSIDE_BACKOFF = 0.5  # pseudo-counts of each sign of a class
SKIPPED_BACKOFF = 30.0  # the same of marks and ligatures, of which the corpus has few
SINGLE_CAP = 20 * UNITS  # no class costs more when it is ranked alone
BORROWED = 0.1  # share of a capital's followers that is taken from the small letter's
HALFWIDTH_SHARE = 0.06  # of Japanese lines are added again in half-width katakana
LIGATURE_SHARE = 0.02  # of English lines are added again with ligatures, and in full width
MANY_LINES = 1500  # a language with fewer counts half
ENGLISH = ("en", "en-code")  # count twice
NEVER = ("c1", "private", "surrogate", "unassigned", "\ufffd", "special", "tag", "end")

#: The kinds of signs whose use differs by language.
BIASED = ("–—", "“”„«»", "‘’‚", "…")
BIAS_SEEN = 20  # fewer signs of a kind say nothing of a language
BIAS_BACKOFF = 2  # pseudo-counts given to the use in all languages
BIAS_CAP = 4 * UNITS

#: How usual a language is, in bits: the best of a hundred languages must not win by being rare.
COMMON = ("en", "zh-Hans", "ja", "ru", "de", "fr", "es", "pt", "it", "ar", "ko", "pl", "nl", "tr")
USUAL = (
    "zh-Hant", "cs", "sv", "hu", "ro", "el", "he", "th", "uk", "vi", "fa", "da", "fi", "nb", "bg", "sk", "hr",
    "id", "ca", "sr", "lt", "sl", "et", "lv", "hi", "bn", "ta", "ur", "ms", "kk", "ka", "az",
)  # fmt: skip
COMMON_BITS, USUAL_BITS, OTHER_BITS = 0, 3, 7


def class_numbers(line: str, memo: dict[str, int]) -> list[int]:
    """Return the classes of a line's characters, between its two edges."""
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


def varied(lines: list[str], language: str, rng: random.Random) -> Iterator[str]:
    """Yield the lines, then some of them as capitals, typesetters and old terminals show them."""
    yield from lines
    yield from [line.upper() for line in lines if rng.random() < CAPS_SHARE]
    if language == "ja":
        yield from [halfwidth(line) for line in lines if rng.random() < HALFWIDTH_SHARE]
    if language.startswith("en"):
        yield from [ligatures(line) for line in lines if rng.random() < LIGATURE_SHARE]
        yield from [fullwidth(line) for line in lines if rng.random() < LIGATURE_SHARE]
    yield from [typeset(line, language) for line in lines if "'" in line or '"' in line]


def train_transitions(lines: dict[str, list[str]]) -> tuple[bytes, bytes, dict[int, Counter[str]]]:
    """Return what classes cost after one another, what they cost alone, and the characters seen in each."""
    memo: dict[str, int] = {}
    pairs: dict[tuple[int, int], float] = defaultdict(float)
    inside: dict[int, Counter[str]] = defaultdict(Counter)
    rng = random.Random(SEED)
    for language, some in lines.items():
        own: Counter[tuple[int, int]] = Counter()
        for line in varied(some, language, rng):
            numbers = class_numbers(line, memo)
            own.update(pairwise(numbers))
            for char, number in zip(line, numbers[1:-1], strict=True):
                inside[number][char] += 1
        weight = 2.0 if language in ENGLISH else 1.0 if len(some) >= MANY_LINES else 0.5
        for pair, n in own.items():
            pairs[pair] += n * weight
    single = [0.0] * classes.COUNT
    for (_, second), seen in pairs.items():
        single[second] += seen
    total = sum(single)
    base = [(seen + 1.0) / (total + classes.COUNT) for seen in single]
    borrow(pairs)
    return transition_costs(pairs, base), bytes(units(p, SINGLE_CAP) for p in base), inside


def borrow(pairs: dict[tuple[int, int], float]) -> None:
    """Fill rare rows: what follows a capital is much like what follows a small letter."""
    for script in classes.CASED:
        lower = classes.INDEX[f"{script}-lower"]
        letters = {classes.INDEX[f"{script}-{case}"] for case in ("lower", "upper", "upper2")}
        signs = {second: n for (first, second), n in pairs.items() if first == lower and second not in letters}
        bulk = sum(signs.values()) or 1.0
        for case in ("upper", "upper2"):
            capital = classes.INDEX[f"{script}-{case}"]
            own = sum(n for (first, second), n in pairs.items() if first == capital and second not in letters)
            for second, n in signs.items():
                pairs[capital, second] += BORROWED * own * n / bulk


def transition_costs(pairs: dict[tuple[int, int], float], base: list[float]) -> bytes:
    """Return what each class costs after each, ``base`` being the share of each class."""
    follow = [0.0] * classes.COUNT
    for (first, _), n in pairs.items():
        follow[first] += n
    never = {classes.INDEX[name] for name in NEVER}
    table = bytearray()
    for first in range(classes.COUNT):
        for second in range(classes.COUNT):
            if second in never:
                table.append(TRANSITION_CAP)
                continue
            seen = pairs.get((first, second), 0.0)
            p = (seen + TRANSITION_BACKOFF * base[second]) / (follow[first] + TRANSITION_BACKOFF)
            table.append(units(p, TRANSITION_CAP))
    return bytes(table)


def sign_bias(lines: dict[str, list[str]]) -> dict[str, dict[str, int]]:
    """Return how much dearer each quote and dash is in a language than in all, in units.

    Compared within its own kind, so that a language short of dashes does not
    turn them into quotes.
    """
    counts: dict[str, Counter[str]] = {}
    for language, some in lines.items():
        own: Counter[str] = Counter()
        for line in some:
            own.update(char for char in typeset(line, language) if char > "\x7f")
        counts[language] = own
    counts["en"] += counts.pop("en-code", Counter())
    bias: dict[str, dict[str, int]] = {}
    for kind in BIASED:
        pooled = dict.fromkeys(kind, 1.0)
        totals = {language: sum(own[char] for char in kind) for language, own in counts.items()}
        telling = {language: total for language, total in totals.items() if total >= BIAS_SEEN}
        for language, total in telling.items():
            for char in kind:
                pooled[char] += counts[language][char] / total
        bulk = sum(pooled.values())
        for language, total in telling.items():
            for char in kind:
                share = (counts[language][char] + BIAS_BACKOFF * pooled[char] / bulk) / (total + BIAS_BACKOFF)
                extra = -math.log2(share / (pooled[char] / bulk)) * UNITS
                bias.setdefault(language, {})[char] = round(max(-BIAS_CAP, min(BIAS_CAP, extra)))
    return bias


def inside_costs(inside: dict[int, Counter[str]]) -> dict[str, dict[str, int]]:
    """Return the cost of each sign within its class, for classes that hold several signs."""
    sizes: Counter[int] = Counter()
    for code in range(0x20000):
        # letters, and what never comes up, need no cost within their class
        if not (0xAC00 <= code <= 0xD7A3 or 0xE000 <= code <= 0xF8FF):
            sizes[classes.class_of(chr(code))] += 1
    result: dict[str, dict[str, int]] = {}
    for number, size in sizes.items():
        name = classes.NAMES[number]
        group = group_of_class(name)
        if group not in {"", SKIPPED} or size <= 1:
            continue
        seen = inside.get(number, Counter())
        if not seen:
            result[name] = {"": units(1 / size)}
            continue
        each = SKIPPED_BACKOFF if group else INSIDE_BACKOFF
        total = seen.total() + each * size
        result[name] = {char: units((n + each) / total) for char, n in sorted(seen.items())}
        result[name][""] = units(each / total)
    return dict(sorted(result.items()))


def prior(language: str) -> int:
    """Return what a language costs before any of its letters, in units."""
    bits = COMMON_BITS if language in COMMON else USUAL_BITS if language in USUAL else OTHER_BITS
    return bits * UNITS


def train(folder: Path) -> tuple[bytes, dict[str, Any]]:
    """Train on the corpus in a folder: the model's bytes, and the facts that its manifest tells."""
    lines = read_lines(folder)
    transitions, single, inside = train_transitions(lines)
    counts = language_counts(folder, lines)
    known = known_words(folder, {*COMMON, *USUAL})
    groups: list[dict[str, Any]] = []
    blobs = {"transitions": transitions, "single": single}
    for group in GROUPS:
        if group == EAST_ASIAN:
            continue
        letters, languages, parts = alphabetic(group, counts)
        if languages:
            groups.append({"name": group, "letters": "".join(letters), "languages": languages})
            blobs |= parts | word_blobs(group, letters, languages, known)
    letters, parts = train_east_asian.east_asian(folder, counts)
    languages = list(train_east_asian.LANGUAGES)
    groups.append({"name": EAST_ASIAN, "letters": "".join(letters), "languages": languages})
    blobs |= parts
    header: dict[str, Any] = {
        "units": UNITS,
        "classes": classes.COUNT,
        "inside": inside_costs(inside),
        "groups": groups,
        "bias": sign_bias(lines),
        "prior": {language: prior(language) for entry in groups for language in entry["languages"]},
    }
    data = storage.pack(header, blobs)
    facts = {
        "command": "python tools/train_model.py --write",
        "digest": digest_of(data),
        "bytes": len(data),
        "languages": sorted(header["prior"]),
        "lines": sum(map(len, lines.values())),
    }
    corpus = folder / "manifest.json"
    if corpus.exists():
        facts["sources"] = json.loads(corpus.read_text("utf-8")).get("sources", [])
    return data, facts


def main() -> int:
    """Do what the command line asks; return the exit status."""
    return run_program(__doc__, MODEL, MANIFEST, train, "{lines} lines of text")


if __name__ == "__main__":
    sys.exit(main())
