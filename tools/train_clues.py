"""Learn the clues: which signs are worth a look, and which neighbours they have in clean text.

    python tools/train_clues.py --write     learn from the corpus, write the clue table
    python tools/train_clues.py --check     the table is the one its manifest names

Common letters of the big alphabets are passed over at the speed of one
compiled class.  Every other sign that some reader can show is looked up with
its two neighbours: what stands so in clean text is no clue.
"""

from __future__ import annotations

import json
import random
import sys
import zlib
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from train_shared import (  # noqa: E402  it finds textmend by the line above
    CAPS_SHARE,
    EAST_ASIAN,
    SEED,
    UNITS,
    class_name,
    digest_of,
    halfwidth,
    run_program,
    typeset,
)

from textmend import encodings  # noqa: E402  the same
from textmend.misreadings import contexts  # noqa: E402  the same
from textmend.plausibility import storage  # noqa: E402  the same

MODEL = ROOT / "src/textmend/plausibility/model.bin"
TABLE = ROOT / "src/textmend/misreadings/clues.bin"
MANIFEST = ROOT / "src/textmend/misreadings/clues.json"

#: A sign is common when it makes up this share of one of these languages' text.
COMMON_SHARE = 0.0055
#: Alphabets whose rarer letters are passed over too: short texts are sampled anyway.
DENSE = {"ar": 0.0012, "fa": 0.0012, "he": 0.0012, "th": 0.002, "hi": 0.002, "ru": 0.003, "uk": 0.003}
COMMON_IN = (
    "en", "fr", "de", "es", "it", "pt", "nl", "pl", "cs", "ru", "uk", "bg", "ar", "fa", "he", "el", "tr", "vi",
    "th", "hi", "ko",
)  # fmt: skip
#: Han, kana and syllables are common when the model asks no more for them: one in thirty thousand.
USUAL_EAST = 15 * UNITS
#: They are common too when they make up this share of the text in one of these.
COMMON_EAST_SHARE = 0.00004
COMMON_EAST = ("zh-Hans", "zh-Hant", "ja", "ko")
#: This share of the Japanese lines is learned in half-width katakana too.
HALFWIDTH_SHARE = 0.2
#: Neighbours seen less often than this are no evidence of being usual.
SEEN = 2
#: Languages in Latin script whose alphabets are told apart, and when a letter belongs to one:
#: its share of the letters beyond ASCII.
LATIN = (
    "en", "fr", "de", "es", "it", "pt", "nl", "pl", "cs", "sk", "hu", "ro", "hr", "sl", "sq", "sv", "nb", "nn",
    "da", "fi", "is", "fo", "et", "lv", "lt", "tr", "az", "ca", "gl", "eu", "ga", "cy", "mt", "af", "vi", "eo",
    "lb",
)  # fmt: skip
LETTER_SHARE = 0.0001
EAST = ("han", "hiragana", "katakana", "hangul")


def learn(folder: Path) -> tuple[bytes, dict[str, object]]:
    """Learn from the corpus in a folder: the table's bytes, and the facts that its manifest tells."""
    counts, around = count(folder)
    common = common_signs(counts) | usual_east()
    narrow = _narrow()
    looked = {
        chr(code)
        for code in range(0x80, 0x10000)
        if not 0xD800 <= code < 0xE000 and encodings.readable(chr(code)) & narrow
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
    facts: dict[str, object] = {
        "command": "python tools/train_clues.py --write",
        "digest": digest_of(data),
        "bytes": len(data),
        "looked": len(looked),
        "known": len(known),
    }
    return data, facts


def count(folder: Path) -> tuple[dict[str, Counter[str]], Counter[str]]:
    """Count each language's characters, and the neighbours of all that are not ASCII."""
    rng = random.Random(SEED)
    counts: dict[str, Counter[str]] = {}
    around: Counter[str] = Counter()
    for path in sorted((folder / "text").glob("*.txt")):
        own = counts[path.stem] = Counter()
        for line in path.read_text("utf-8").split("\n"):
            for form in _forms(line, path.stem, rng):
                if form.isascii():
                    continue
                own.update(form)
                padded = f" {form} "
                for at, char in enumerate(form, 1):
                    if char > "\x7f":
                        around[contexts.context(padded[at - 1], char, padded[at + 1])] += 1
    return counts, around


def _forms(line: str, language: str, rng: random.Random) -> list[str]:
    """Return a line, and how typesetters, headings and old terminals may show it."""
    forms = [line]
    if "'" in line or '"' in line:
        forms.append(typeset(line, language))
    if rng.random() < CAPS_SHARE:
        forms.append(line.upper())
    if language == "ja" and rng.random() < HALFWIDTH_SHARE:
        forms.append(halfwidth(line))
    return forms


def common_signs(counts: dict[str, Counter[str]]) -> set[str]:
    """Return the signs beyond ASCII that make up much of some language's text."""
    common: set[str] = set()
    for languages, usual, east in ((COMMON_IN, COMMON_SHARE, False), (COMMON_EAST, COMMON_EAST_SHARE, True)):
        for language in languages:
            own = counts[language]
            least = DENSE.get(language, usual) * own.total()
            common.update(char for char, n in own.items() if char > "\x7f" and n >= least and _east(char) == east)
    return common


def usual_east() -> set[str]:
    """Return the East Asian characters that the model finds usual in some language."""
    header, blobs = storage.unpack(MODEL.read_bytes())
    group = next(entry for entry in header["groups"] if entry["name"] == EAST_ASIAN)
    tables = [blobs[f"cjk-uni-{language}"] for language in group["languages"]]
    return {
        char
        for at, char in enumerate(group["letters"])
        if any(table[at] <= USUAL_EAST for table in tables) and _east(char)
    }


def _letters(counts: dict[str, Counter[str]]) -> dict[str, int]:
    """Return, as bits, which well-known languages use each Latin letter."""
    masks: dict[str, int] = {}
    for bit, language in enumerate(LATIN):
        own = counts[language]
        total = sum(n for char, n in own.items() if char.isalpha())
        for char, n in own.items():
            lower = char.lower()
            if len(lower) == 1 and class_name(lower) == "Latn-lower" and n >= LETTER_SHARE * total:
                masks[lower] = masks.get(lower, 0) | 1 << bit
    return dict(sorted(masks.items()))


def _east(char: str) -> bool:
    """Return whether a character is Han, kana or a Korean syllable."""
    return class_name(char) in EAST


def _narrow() -> int:
    """Return the readers that cannot show everything."""
    mask = 0
    for bit, name in enumerate(encodings.READERS):
        if encodings.get(name).family != "unicode" and name != "gb18030":
            mask |= 1 << bit
    return mask


def _ranges(chars: set[str]) -> list[list[int]]:
    """Return the characters as ranges of code points, both ends included."""
    ranges: list[list[int]] = []
    for code in sorted(map(ord, chars)):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return ranges


def main() -> int:
    """Do what the command line asks; return the exit status."""
    return run_program(__doc__, TABLE, MANIFEST, learn, "{looked} signs, {known} contexts")


if __name__ == "__main__":
    sys.exit(main())
