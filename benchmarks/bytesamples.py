"""Bytes to decode, made of held-out text: short, lines, documents, stray, mixed, twice damaged.

Each language is written in every encoding that the registry gives it. What is written is drawn
from the texts of data.py, which the model was not trained on.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import garbling
from data import Text, declarations, read_folder

from textmend import encodings

SHORTEST, LONGEST = 8, 40  # characters of a short sample
LINES = 30  # of a document
BLOCK = 5  # lines in one encoding, where it changes by block

_EVERYWHERE = ("utf-8", "utf-16-le", "utf-16-be")
_LEFT_OUT = frozenset({"cesu-8", "utf-7"})
_TRIES = 40  # texts drawn until one can be written in an encoding
_GARBLED_AS = ("cp1252", "cp1251", "iso-8859-1", "cp1250", "mac-roman", "cp850", "cp437", "gbk", "cp932")


@dataclass(frozen=True, slots=True)
class Sample:
    r"""Bytes, the text that they hold, and what they are.

    >>> Sample("short", "de", "cp1252", b"Gr\xfc\xdfe", "Grüße").encoding
    'cp1252'
    """

    kind: str
    language: str
    encoding: str
    data: bytes
    text: str


_FOLDERS: list[Path] = []


def use(folders: Sequence[Path]) -> None:
    """Take the texts of these folders (``<language>.txt``) instead of the held-out ones; to be called first."""
    _FOLDERS.extend(folders)


@cache
def _by_language() -> dict[str, tuple[Text, ...]]:
    found: dict[str, list[Text]] = {}
    for text in [it for folder in _FOLDERS for it in read_folder(folder)] or declarations():
        found.setdefault({"zh": "zh-Hans", "no": "nb"}.get(text.base, text.base), []).append(text)
    return {language: tuple(texts) for language, texts in found.items()}


@cache
def pairs() -> tuple[tuple[str, str], ...]:
    """Return each language with each encoding that it is written in."""
    found = []
    for language in _by_language():
        served = [name for name in encodings.names() if language in encodings.get(name).languages]
        if not served or language == "en":
            continue  # English is all but ASCII
        names = [*served, *_EVERYWHERE]
        found += [
            (language, name) for name in names if name not in _LEFT_OUT and encodings.get(name).family != "ebcdic"
        ]
    return tuple(sorted(found))


def legacy_pairs() -> tuple[tuple[str, str], ...]:
    """Return the pairs whose bytes are neither Unicode nor ASCII."""
    return tuple(
        (language, name)
        for language, name in pairs()
        if encodings.get(name).family != "unicode" and encodings.get(name).width != "escape"
    )


def _short(lines: tuple[str, ...], chance: random.Random) -> str:
    """Return some words of a line, `SHORTEST` to `LONGEST` characters."""
    line = chance.choice(lines)
    size = chance.randint(SHORTEST, LONGEST)
    starts = [0, *(at + 1 for at, char in enumerate(line) if char == " ")]
    if len(starts) < 4:
        starts = list(range(max(1, len(line) - size)))
    start = chance.choice(starts)
    return line[start : start + size].strip()


def _document(lines: tuple[str, ...], chance: random.Random) -> list[str]:
    """Return consecutive lines."""
    start = chance.randrange(max(1, len(lines) - LINES))
    return list(lines[start : start + LINES])


def _written(text: str, name: str) -> bytes | None:
    """Return the bytes of a text that is not plain ASCII in the encoding."""
    return None if text.isascii() else garbling.write(text, name)


def short(language: str, name: str, chance: random.Random) -> Sample | None:
    """Make a short sample."""
    text = _short(chance.choice(_by_language()[language]).lines, chance)
    data = _written(text, name) if len(text) >= SHORTEST else None
    return Sample("short", language, name, data, text) if data else None


def line(language: str, name: str, chance: random.Random) -> Sample | None:
    """Make a sample of one line."""
    text = chance.choice(chance.choice(_by_language()[language]).lines)
    data = _written(text, name) if len(text) > LONGEST else None
    return Sample("line", language, name, data, text) if data else None


def document(language: str, name: str, chance: random.Random) -> Sample | None:
    """Make a sample of many lines."""
    text = "\n".join(_document(chance.choice(_by_language()[language]).lines, chance)) + "\n"
    data = _written(text, name)
    return Sample("document", language, name, data, text) if data else None


def stray(language: str, name: str, chance: random.Random) -> Sample | None:
    """Make a UTF-8 document with one legacy line, or with one to three legacy words."""
    lines = _document(chance.choice(_by_language()[language]).lines, chance)
    parts = [it.encode() for it in lines]
    at = chance.randrange(len(lines))
    if chance.random() < 0.5:
        parts[at] = _written(lines[at], name) or b""
        if not parts[at] or _is_utf8(parts[at]):
            return None
    else:
        broken = 0
        wanted = chance.randint(1, 3)
        for _ in range(_TRIES):
            at = chance.randrange(len(lines))
            words = lines[at].split(" ")
            word = chance.randrange(len(words))
            data = _written(words[word], name)
            if data and not _is_utf8(data) and _is_utf8(parts[at]) and len(words) > 1:
                coded = [it.encode() for it in words]
                coded[word] = data
                parts[at] = b" ".join(coded)
                broken += 1
                if broken == wanted:
                    break
        if not broken:
            return None
    return Sample("stray", language, name, b"\n".join(parts), "\n".join(lines))


def mixed(language: str, name: str, chance: random.Random) -> Sample | None:
    """Make a document that changes its encoding by line or by block, in UTF-8 and legacy or both legacy."""
    lines = _document(chance.choice(_by_language()[language]).lines, chance)
    step = chance.choice((1, 1, BLOCK))
    other = "utf-8"
    if chance.random() < 0.3:
        rivals = [it for lang, it in legacy_pairs() if lang == language and it != name]
        other = chance.choice(rivals or ["utf-8"])
    parts = []
    for at, it in enumerate(lines):
        data = garbling.write(it, name if at // step % 2 else other)
        if data is None:
            return None
        parts.append(data)
    data = b"\n".join(parts)
    legacy = sum(not it.isascii() for it in lines[1::2])
    if _is_utf8(data) or not legacy:
        return None
    return Sample("mixed", language, f"{name}+{other}", data, "\n".join(lines))


def double(language: str, name: str, chance: random.Random) -> Sample | None:
    """Make text that was misread as UTF-8 elsewhere before it was written in a legacy encoding."""
    lines = chance.choice(_by_language()[language]).lines
    text = "\n".join(_document(lines, chance)[: chance.choice((1, 5, LINES))])
    read_as = chance.choice(_GARBLED_AS)
    if read_as == name or text.isascii():
        return None
    seen = garbling.misread(text, f"utf-8>{read_as}")
    data = _written(seen, name) if seen else None
    if not data or _is_utf8(data):
        return None
    return Sample("double", language, f"utf-8>{read_as}>{name}", data, text)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


Maker = Callable[[str, str, random.Random], Sample | None]
MAKERS: dict[str, Maker] = {
    "short": short, "line": line, "document": document, "stray": stray, "mixed": mixed, "double": double,
}  # fmt: skip
_DOUBLE_WRITERS = ("mac-roman", "cp1252", "iso-8859-15", "cp850", "cp1254", "utf-16-le", "gb18030", "cp1250", "gbk",
                   "cp1251", "cp437")  # fmt: skip


def make(kind: str, count: int, seed: int = 1) -> list[Sample]:
    """Return samples of a kind, spread evenly over languages and encodings."""
    chance = random.Random(f"{seed} {kind}")
    chosen = list(pairs() if kind in ("short", "line", "document") else legacy_pairs())
    if kind == "double":
        chosen = [(language, name) for language in _by_language() for name in _DOUBLE_WRITERS]
        chosen = [(language, name) for language, name in chosen if language in {it for it, _ in pairs()}]
    chance.shuffle(chosen)
    found: list[Sample] = []
    at = failed = 0
    while len(found) < count and failed < 20 * count + 1000:
        language, name = chosen[at % len(chosen)]
        at += 1
        sample = next(filter(None, (MAKERS[kind](language, name, chance) for _ in range(_TRIES))), None)
        if sample is None:
            failed += 1
        else:
            found.append(sample)
    return found
