"""Make the cases of the accuracy benchmark: what is garbled, and how."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import garbling
from data import Text, piece
from judging import Case

if TYPE_CHECKING:
    from accuracy import Run

# Hops by how rare they are, in bits: the commonest are most of what is met.
GROUPS: dict[str, Callable[[str], bool]] = {
    "written in UTF-8": lambda name: name.startswith("utf-8>"),
    "other writers, common": lambda name: _cost(name) <= _COMMON,
    "other writers, less common": lambda name: _COMMON < _cost(name) <= garbling.RAREST,
}
_COMMON = 7.0


# Labelled cases by what they ask for.
LABELLED: dict[str, Callable[[str], bool]] = {
    "lossless": lambda name: name.startswith("lossless"),
    "lossy": lambda name: name.startswith("lossy"),
    "must stay": lambda name: name.startswith("kept") and "quoted" not in name,
}


def _cost(name: str) -> float:
    """Return how rare a hop is; UTF-8's and those outside the registry count as beyond."""
    known = {hop.name: hop.cost for hop in garbling.hops() if hop.writer != "utf-8"}
    return known.get(name, garbling.RAREST + 1)


# How many lines are tried for each that is wanted: many cannot be written or do not change.
_TRIES = 12
_DOCUMENT = 30


def _special(text: str, hop: str) -> str | None:
    """Misread by a hop that is no pair of charsets; UTF-16 takes whole units only."""
    if hop.startswith("utf-8>utf-16") and (len(text.encode()) % 2 or not text.isascii()):
        return None
    return garbling.misread(text, hop)


def single(run: Run) -> list[Case]:
    """Lines misread once, through every realistic pair."""
    texts, found = run.texts(), []
    for name in [hop.name for hop in garbling.hops()] + list(garbling.SPECIAL_HOPS):
        chance, made = run.chance(name), 0
        for _ in range(_TRIES * run.sample):
            text = garbling.draw(texts, name.partition(">")[0], chance)
            if text is None or made == run.sample:
                break
            line = piece(chance.choice(text.lines), chance)
            garbled = _special(line, name)
            if garbled is not None:
                found.append(Case("single", name, text.base, line, garbled))
                made += 1
    return found


def chains(run: Run) -> list[Case]:
    """Lines misread several times."""
    texts, found = run.texts(), []
    for chain in garbling.chains():
        name = ", ".join(chain)
        chance, made = run.chance(name), 0
        wanted = max(3, run.sample // 2)
        for _ in range(_TRIES * wanted):
            text = garbling.draw(texts, chain[0].partition(">")[0], chance)
            if text is None or made == wanted:
                break
            line = piece(chance.choice(text.lines), chance)
            garbled = garbling.misread_chain(line, chain)
            if garbled is not None:
                found.append(Case("chains", name, text.base, line, garbled))
                made += 1
    return found


def escapes(run: Run) -> list[Case]:
    """Lines whose bytes were spelled in escapes."""
    texts, found = run.texts(), []
    for how in garbling.ESCAPES:
        chance = run.chance(how)
        for _ in range(2 * run.sample):
            text = garbling.draw(texts, "utf-8", chance)
            assert text is not None  # noqa: S101 - UTF-8 serves every language
            line = piece(chance.choice(text.lines), chance)
            garbled = garbling.escape(line, how)
            if garbled is not None and not any(mark in line for mark in "\\%&="):
                found.append(Case("escapes", f"utf-8>latin-1, {how}", text.base, line, garbled))
    return found


def losses(run: Run) -> list[Case]:
    """Lines that lost bytes."""
    texts, found = run.texts(), []
    for hop, loss in garbling.losses():
        name = f"{hop} {loss}"
        chance, made = run.chance(name), 0
        for _ in range(_TRIES * run.sample):
            text = garbling.draw(texts, hop.partition(">")[0], chance)
            if text is None or made == run.sample:
                break
            line = piece(chance.choice(text.lines), chance)
            garbled = garbling.lose(line, hop, loss)
            if garbled is not None:
                found.append(_lossy(name, text, line, garbled, loss))
                made += 1
    return found


def _lossy(name: str, text: Text, line: str, garbled: str, loss: str) -> Case:
    """Return a case with losses; a cut text is right without its last character, or with it."""
    traced = garbling.traced(line, name.partition(" ")[0], loss)
    if loss != "truncated":
        return Case("losses", name, text.base, line, garbled, (), lossy=True, traced=traced)
    whole = garbling.truncated_original(line)
    accept = (f"{whole}\ufffd", line[: len(whole) + 1])
    return Case("losses", name, text.base, whole, garbled, accept, lossy=True)


def _block(text: Text, chance: random.Random) -> list[str]:
    """Return consecutive lines of a text."""
    first = chance.randrange(max(1, len(text.lines) - _DOCUMENT + 1))
    return [piece(line, chance) for line in text.lines[first : first + _DOCUMENT]]


def documents(run: Run, every: int) -> list[Case]:
    """Documents misread once throughout; with `every`, each so-many-th line is clean."""
    texts, found = run.texts(), []
    for hop in garbling.hops()[:: 4 if run.options.quick else 1]:
        name = hop.name
        chance = run.chance(f"{name} {every}")
        for _ in range(max(1, run.sample // 10)):
            text = garbling.draw(texts, name.partition(">")[0], chance)
            if text is None:
                break
            originals, seen = [], []
            for number, line in enumerate(_block(text, chance)):
                garbled = garbling.misread(line, name)
                clean = every and number % every == every - 1
                if garbled is None and not line.isascii() and not clean:
                    continue  # a line that the encodings cannot hold does not stand in the file
                originals.append(line)
                seen.append(line if clean or garbled is None else garbled)
            if originals != seen:
                both = "\n".join(originals), "\n".join(seen)
                found.append(Case("documents", name, text.base, *both))
    return found


def untouched(run: Run) -> list[Case]:
    """Clean lines, for the table of confidences."""
    chance, texts = run.chance("untouched"), run.texts()
    lines = [piece(chance.choice(text.lines), chance) for text in texts for _ in range(3)]
    return [Case("clean", "clean", "", line, line) for line in lines]


def labelled(path: Path) -> list[Case]:
    """Read labelled cases; families whose text must stay have no hops."""
    found = []
    for row in path.read_text("utf-8").strip("\n").split("\n"):
        it = json.loads(row)
        kind = "lossy" if it["lossy"] else "lossless"
        if not it["hops"] or it["family"].startswith(("negatives", "unrecoverable")):
            kind = "kept"
        name = f"{kind}: {it['family']}"
        case = Case("cases", name, it["id"], it["expected"], it["garbled"],
                    tuple(it.get("accept", ())), lossy=it["lossy"])  # fmt: skip
        found.append(case)
    return found
