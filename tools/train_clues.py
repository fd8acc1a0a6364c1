"""Learn the clues: which signs are worth a look, and which neighbours they have in clean text.

    python tools/train_clues.py --write     learn from the corpus, write the clue table
    python tools/train_clues.py --check     the table is the one its manifest names

Common letters of the big alphabets are passed over at the speed of one
compiled class.  Every other sign that some reader can show is looked up with
its two neighbours: what stands so in clean text is no clue.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import zlib
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
sys.path.insert(0, str(ROOT / "tools"))

from textmend import encodings  # noqa: E402
from textmend.misreadings import clues  # noqa: E402
from textmend.plausibility import classes  # noqa: E402
from textmend.plausibility.model import load  # noqa: E402
from train_model import CAPS_SHARE, SEED, halfwidth, typeset  # noqa: E402

TABLE = ROOT / "src/textmend/misreadings/clues.bin"
MANIFEST = ROOT / "src/textmend/misreadings/clues.json"

#: A sign is common when it makes up this share of one of these languages' text.
COMMON_SHARE = 0.0055
#: Alphabets whose rarer letters are passed over too: short texts are sampled anyway.
DENSE = {"ar": 0.0012, "fa": 0.0012, "he": 0.0012, "th": 0.002, "hi": 0.002, "ru": 0.003, "uk": 0.003}
COMMON_IN = "en fr de es it pt nl pl cs ru uk bg ar fa he el tr vi th hi ko".split()
#: Han, kana and syllables are common when they make up this share in one of these.
USUAL_EAST = 15 * 8  # units of the model: one character in thirty thousand
COMMON_EAST_SHARE = 0.00004
COMMON_EAST = "zh-Hans zh-Hant ja ko".split()
#: Neighbours seen less often than this are no evidence of being usual.
SEEN = 2
#: Languages in Latin script whose alphabets are told apart, and when a letter belongs to one:
#: its share of the letters beyond ASCII.
LATIN = (
    "en fr de es it pt nl pl cs sk hu ro hr sl sq sv nb nn da fi is fo et lv lt tr az ca gl eu ga cy "
    "mt af vi eo lb"
).split()
LETTER_SHARE = 0.0001
EAST = ("han", "hiragana", "katakana", "hangul")


def learn(folder: Path) -> tuple[bytes, dict[str, object]]:
    import random

    rng = random.Random(SEED)
    counts: dict[str, Counter[str]] = {}
    around: Counter[str] = Counter()
    for path in sorted((folder / "text").glob("*.txt")):
        language = path.stem
        own: Counter[str] = Counter()
        for line in path.read_text("utf-8").split("\n"):
            forms = [line]
            if "'" in line or '"' in line:
                forms.append(typeset(line, language))
            if rng.random() < CAPS_SHARE:
                forms.append(line.upper())
            if language == "ja" and rng.random() < 0.2:
                forms.append(halfwidth(line))
            for form in forms:
                if form.isascii():
                    continue
                own.update(form)
                padded = f" {form} "
                for at, char in enumerate(form, 1):
                    if char > "\x7f":
                        around[clues.context(padded[at - 1], char, padded[at + 1])] += 1
        counts[language] = own
    common: set[str] = set()
    for names, share in ((COMMON_IN, COMMON_SHARE), (COMMON_EAST, COMMON_EAST_SHARE)):
        for language in names:
            own = counts[language]
            total = sum(own.values())
            for char, n in own.items():
                if char > "\x7f" and n >= DENSE.get(language, share) * total and _east(char) == (names is COMMON_EAST):
                    common.add(char)
    common |= usual_east()
    looked = {
        chr(code)
        for code in range(0x80, 0x10000)
        if not 0xD800 <= code < 0xE000 and encodings.readable(chr(code)) & _narrow()
    } - common
    # contexts of the common letters too, East Asia's apart: short texts are sampled
    letters = {char for char in common if char >= "\u0370" and not _east(char)}
    shown = looked | {char.lower() for char in looked | letters} | letters
    known = sorted(key for key, n in around.items() if n >= SEEN and key[1] in shown)
    body = json.dumps(
        {"looked": _ranges(looked), "known": "".join(known), "letters": _letters(counts)},
        ensure_ascii=False,
    ).encode("utf-8", "surrogatepass")
    data = zlib.compress(body, 9)
    facts = {
        "command": "python tools/train_clues.py --write",
        "digest": hashlib.blake2b(data, digest_size=16).hexdigest(),
        "bytes": len(data),
        "looked": len(looked),
        "known": len(known),
    }
    return data, facts


def usual_east() -> set[str]:
    """Return the East Asian characters that the model finds usual in some language."""
    group = load()._groups["CJK"]
    return {
        char
        for char, at in group.number.items()
        if at and any(table[at - 1] <= USUAL_EAST for table in group.unigrams) and _east(char)
    }


def _letters(counts: dict[str, Counter[str]]) -> dict[str, int]:
    """Return, as bits, which well-known languages use each Latin letter."""
    masks: dict[str, int] = {}
    for bit, language in enumerate(LATIN):
        own = counts[language]
        total = sum(n for char, n in own.items() if char.isalpha())
        for char, n in own.items():
            lower = char.lower()
            if len(lower) == 1 and "Latn-lower" == classes.NAMES[classes.class_of(lower)]:
                if n >= LETTER_SHARE * total:
                    masks[lower] = masks.get(lower, 0) | 1 << bit
    return dict(sorted(masks.items()))


def _east(char: str) -> bool:
    return classes.NAMES[classes.class_of(char)] in EAST


def _narrow() -> int:
    """Return the readers that cannot show everything."""
    mask = 0
    for bit, name in enumerate(encodings.READERS):
        if encodings.get(name).family != "unicode" and name != "gb18030":
            mask |= 1 << bit
    return mask


def _ranges(chars: set[str]) -> list[list[int]]:
    ranges: list[list[int]] = []
    for code in sorted(map(ord, chars)):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return ranges


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    mode = parser.add_mutually_exclusive_group(required=True)
    mode.add_argument("--write", action="store_true")
    mode.add_argument("--check", action="store_true")
    parser.add_argument("--corpus", type=Path, default=ROOT / "build/corpus")
    args = parser.parse_args()
    if args.check:
        facts = json.loads(MANIFEST.read_text("utf-8"))
        digest = hashlib.blake2b(TABLE.read_bytes(), digest_size=16).hexdigest()
        if digest != facts["digest"]:
            print(f"{TABLE.name} is not the table that {MANIFEST.name} names: run {facts['command']}")
            return 1
        print(f"{TABLE.name} is as {MANIFEST.name} says")
        return 0
    data, facts = learn(args.corpus)
    TABLE.write_bytes(data)
    MANIFEST.write_text(json.dumps(facts, indent=2) + "\n", "utf-8")
    print(f"{TABLE.name}: {len(data):,} bytes, {facts['looked']} signs, {facts['known']} contexts")
    return 0


if __name__ == "__main__":
    sys.exit(main())
