r"""Where an edit left a mark, or nothing, instead of text.

>>> [(place.now, place.was) for place in lost_places("Größe der Bücher", "Gr??e der B?cher")]
[('??', 'öß'), ('?', 'ü')]
>>> lost_places("Wer？", "Wer?")
[]
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher

# U+FFFD, a question mark, and what U+FFFD in UTF-8 looks like in cp1252 and GBK
_MARKS = re.compile("(?:[?\ufffd]|ï¿½|锟斤拷)+")
_SIGNS = re.compile("[?\ufffd]|ï¿½|锟斤拷")
_LONGEST = 2000  # characters of a line whose other edits are looked through; a longer one must match as a whole
# An honest edit may write a question mark for one of these.
_QUESTIONS = frozenset("？¿⁇⁈⁉؟՞;፧⸮﹖\u037e")


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a line and what it was: start and end in the new line.

    proven: whether the old line leaves no doubt that this, and nothing else, stood here.

    >>> Place(0, 1, "?", "é").proven
    True
    """

    start: int
    end: int
    now: str
    was: str
    proven: bool = True


def lost_places(old: str, new: str, *, doubted: bool = True) -> list[Place]:
    """Return the places of a line where text of the old line was lost; ascending.

    doubted: whether what an author may have done on purpose is left out; not so in a file that lost other text.

    >>> lost_places("Größe", "Gre")
    [Place(start=2, end=2, now='', was='öß', proven=True)]
    """
    if old.isascii() or old == new:
        return []
    marks = [match.span() for match in _MARKS.finditer(new)]
    if not marks:
        return _dropped(old, new, doubted=doubted)
    places = _each(old, new) or _whole(old, new, marks)
    if places is None:
        places = _parts(old, new) if max(len(old), len(new)) <= _LONGEST else []
    if doubted and all(_honest(place, new) for place in places):
        return []
    return places


def _each(old: str, new: str) -> list[Place]:
    """Return the losses of a line that has one mark for each character it lost, and no other change."""
    if len(old) != len(new):
        return []
    lost = [at for at, (was, now) in enumerate(zip(old, new, strict=True)) if was != now]
    if not all(new[at] in "?\ufffd" and not old[at].isascii() for at in lost):
        return []
    runs: list[list[int]] = []
    for at in lost:
        if runs and runs[-1][1] == at:
            runs[-1][1] = at + 1
        else:
            runs.append([at, at + 1])
    return [Place(start, end, new[start:end], old[start:end]) for start, end in runs]


def _whole(old: str, new: str, marks: list[tuple[int, int]]) -> list[Place] | None:
    """Return the losses of a line in which nothing else was changed; None for another line."""
    kept = [new[end:start] for (_, end), (start, _) in zip([(0, 0), *marks], [*marks, (len(new), 0)], strict=True)]
    if not old.startswith(kept[0]) or not old.endswith(kept[-1]):
        return None
    places = []
    done = len(kept[0])
    limit = len(old) - len(kept[-1])
    for number, (start, end) in enumerate(marks):
        at = limit if number == len(marks) - 1 else _next(old, kept[number + 1], done)
        was, now = old[done:at], new[start:end]
        if at < done or at > limit or not was or (was != now and not _fits(was, now)):
            return None
        if was != now:
            places.append(Place(start, end, now, was))
        done = at + len(kept[number + 1])
    return places


def _next(text: str, part: str, start: int) -> int:
    """Return where the next kept part stands, behind at least one character; -1 when nowhere."""
    return text.find(part, start + 1)


def _parts(old: str, new: str) -> list[Place]:
    """Return the losses of a line that was also edited otherwise."""
    places = []
    for kind, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "replace":
            continue
        was, now = old[first:last], new[start:end]
        if _MARKS.fullmatch(now) and not was.isascii() and _fits(was, now):
            places.append(Place(start, end, now, was, _tallies(was, now)))
    return places


def _fits(was: str, now: str) -> bool:
    """Whether marks may stand for a text: it is not ASCII, but for what a wrong reader takes along."""
    plain = sum(char.isascii() and char != "?" for char in was)
    if "?" in now and "\ufffd" not in now:
        return plain == 0
    return plain < len(was) and plain <= len(_SIGNS.findall(now))


def _tallies(was: str, now: str) -> bool:
    """Whether there is a mark for each character of a text, or for each of its bytes."""
    marks = len(_SIGNS.findall(now))
    return marks == len(was) or marks == len(was.encode("utf-8", "surrogatepass"))


def _honest(place: Place, line: str) -> bool:
    """Whether an author may have written a question mark here instead of another sign."""
    if place.now != "?":
        return False
    if set(place.was) <= _QUESTIONS:
        return True
    signs = all(unicodedata.category(char).startswith("P") for char in place.was)
    before, after = line[: place.start][-1:], line[place.end :][:1]
    return signs and not after.isalnum() and bool(before.strip())


def _dropped(old: str, new: str, *, doubted: bool) -> list[Place]:
    """Return the letters that are gone from inside words, where all that is gone is what is not ASCII."""
    if new != "".join(char for char in old if char.isascii()):
        return []
    places: list[Place] = []
    shift = 0
    within = not doubted
    for match in re.finditer("[^\x00-\x7f]+", old):
        was = match.group()
        at = match.start() - shift
        shift += len(was)
        places.append(Place(at, at, "", was))
        around = old[: match.start()][-1:], old[match.end() :][:1]
        within = within or (was.isalpha() and all(char.isalpha() for char in around))
    return places if within else []
