"""What a writer's bytes may make: the characters that known and lost bytes complete."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import islice, pairwise
from typing import Final

from textmend import encodings
from textmend.misreadings.inventory import KNOWN, every, in_pairs, is_letter, is_possible, script_of
from textmend.misreadings.lossy import DROP, REPLACE, Byte, Channel, Unknown
from textmend.plausibility.model import UNITS, load
from textmend.plausibility.steps import Steps

#: So many are priced by all of their word, the likeliest by its last two letters, and so many lists of them kept.
_LIKELY: Final = 28
_RANKED: Final = 20_000
#: So many are followed at most where more than one is.
_SIGNS, _LETTERS = 40, 90

#: A lost letter, or a sign of its own, of a script that the rest of the line is not in.
_OTHER_SCRIPT: Final = 8 * UNITS
#: A lost sign that stands below the line, as chemists and mathematicians write: the model takes it for any digit.
_SUBSCRIPT: Final = 6 * UNITS
_SUBSCRIPTS: Final = frozenset(map(chr, range(0x2080, 0x209D)))

_LEADS: Final = frozenset(range(0xC2, 0xF5))
#: Bytes of the longest character in UTF-8.
_LONGEST: Final = 4

#: Characters that bytes complete, each with the values of all of them.
Completed = list[tuple[str, bytes]]


def unknown(pending: tuple[Byte, ...]) -> Unknown | None:
    """Return the first unknown byte, None if all are known.

    >>> unknown((0xE2, 0x80)) is None
    True
    """
    return next((byte for byte in pending if not isinstance(byte, int)), None)


class Alphabet:
    """The characters that may have been lost from a text: those of its scripts, and all signs.

    >>> from textmend.plausibility.steps import steps_of
    >>> "“" in {char for char, _ in alphabet_of(steps_of({}), frozenset(("",))).matching((0xE2, 0x80, -1))}
    True
    """

    def __init__(self, steps: Steps, scripts: frozenset[str]) -> None:
        self._steps = steps
        self._scripts = scripts
        self._shapes: dict[tuple[int, ...], Completed] = {}
        self._sizes: dict[int, Completed] = {}
        self._twos: dict[str, Completed] = {}
        self._odd: dict[str, int] = {}
        self._traceless: dict[tuple[str, bytes], Completed] = {}
        self._marked: dict[tuple[frozenset[int], frozenset[int], str, str], Completed] = {}
        self._fitting: dict[tuple[tuple[int | frozenset[int], ...], tuple[int, ...], str], Completed] = {}
        self._ranked: dict[tuple[int, int], tuple[Completed, list[tuple[int, str, bytes]]]] = {}

    def strange(self, char: str) -> int:
        """Return what a character that was lost costs more where nothing else of the text is like it."""
        known = self._odd.get(char)
        if known is None:
            script = script_of(char)
            usual = script in self._scripts and (script or not is_letter(char))
            known = self._odd[char] = _OTHER_SCRIPT if not usual else _SUBSCRIPT if char in _SUBSCRIPTS else 0
        return known

    def matching(self, shape: tuple[int, ...]) -> Completed:
        """Return the usual characters whose UTF-8 has this shape (-1: unknown), likeliest first."""
        known = self._shapes.get(shape)
        if known is None:
            known = self._shapes[shape] = self._matching(shape)
        return known

    def _matching(self, shape: tuple[int, ...]) -> Completed:
        model, alone = load(), self._steps.alone
        gaps = shape.count(-1)
        if gaps == 1 and shape[0] != -1:
            number = shape.index(-1)
            found = []
            for byte in range(0x80, 0xC0):
                data = bytes(byte if n == number else b for n, b in enumerate(shape))
                found += _decoded(data)
            found = [item for item in found if is_possible(item[0])]
            found.sort(key=lambda item: alone(item[0]))
            return found
        fits = re.compile(b"".join(b"." if b == -1 else re.escape(bytes((b,))) for b in shape), re.DOTALL).match
        found = [item for item in self._usual(len(shape)) if fits(item[1])]
        pictures = [item for item in found if len(item[1]) == _LONGEST]  # none is likelier than another
        signs = [item for item in found if len(item[1]) < _LONGEST and not model.sign(item[0])[1]]
        letters = [item for item in found if len(item[1]) < _LONGEST and model.sign(item[0])[1]]
        return pictures + signs[:_SIGNS] + letters[:_LETTERS]

    def fitting(
        self, shape: tuple[int | frozenset[int], ...], unpaired: tuple[int, ...], channel: Channel
    ) -> Completed:
        """Return the usual characters whose UTF-8 has bytes of these values.

        unpaired: where two bytes begin that the reader does not show together.
        """
        key = (shape, unpaired, channel.name if unpaired else "")
        known = self._fitting.get(key)
        if known is None:
            gaps = [(number, values) for number, values in enumerate(shape) if not isinstance(values, int)]
            fits = [
                (char, data)
                for char, data in self.matching(tuple(one if isinstance(one, int) else -1 for one in shape))
                if all(data[number] in values for number, values in gaps)
                and not any(channel.pair(data[one], data[one + 1]) for one in unpaired)
            ]
            # of many pictures some tell as well as all that none is likelier than another
            known = self._fitting[key] = fits[:_SIGNS] if len(shape) == _LONGEST else fits
        return known

    def ranked(self, place: int, found: Completed) -> list[tuple[int, str, bytes]]:
        """Return the likeliest of some characters at a place, with what each costs there and for being lost.

        found: a list that stays as it is.  Of many, those are looked at that are likely by the letters next to them.
        """
        steps = self._steps
        key = (steps.core(place), id(found))
        known = self._ranked.get(key)
        if known is None:
            if len(self._ranked) > _RANKED:
                self._ranked.clear()
            costs = steps.roughly(place, [char for char, _ in found])
            short = [(cost + self.strange(char), char, data) for cost, (char, data) in zip(costs, found, strict=True)]
            short.sort()
            known = self._ranked[key] = (found, short[:_LIKELY])  # the list is kept, so no other has its identity
        ranked = [(steps.cost(place, char) + self.strange(char), char, data) for _, char, data in known[1]]
        ranked.sort()
        return ranked

    def marked(self, first: Unknown, second: Unknown, channel: Channel, written: str) -> Completed:
        """Return the likeliest characters of a legacy encoding of whose two bytes marks alone are left."""
        apart = first.at != second.at
        key = (first.values, second.values, channel.name if apart else "", written)
        known = self._marked.get(key)
        if known is None:
            fitting = (
                (char, data)
                for char, data in self._pairs(written)
                if data[0] in first.values and data[1] in second.values and not (apart and channel.pair(*data))
            )
            known = self._marked[key] = list(islice(fitting, _LETTERS))
        return known

    def traceless(self, following: bytes, channel: Channel) -> Completed:
        """Return the usual characters of which a reader that drops bytes shows none before others, in UTF-8."""
        key = (channel.name, following[:2])
        known = self._traceless.get(key)
        if known is None:
            hidden = channel.hidden(following)
            fitting = (
                (char, data)
                for size in (2, 3)
                for char, data in self._usual(size)
                if data[-1] in hidden and not any(channel.pair(one, two) for one, two in pairwise(data))
            )
            known = self._traceless[key] = list(islice(fitting, _LETTERS))
        return known

    def _pairs(self, written: str) -> Completed:
        """Return the usual characters of two bytes in a legacy encoding, likeliest first."""
        known = self._twos.get(written)
        if known is None:
            alone = self._steps.alone
            known = [(char, data) for char, data, script in in_pairs(written) if script in self._scripts]
            known.sort(key=lambda item: alone(item[0]))
            self._twos[written] = known
        return known

    def _usual(self, size: int) -> Completed:
        """Return the characters that texts in the scripts are made of, of one length in UTF-8, likeliest first."""
        known = self._sizes.get(size)
        if known is None:
            letters = {letter for name in self._scripts for letter in self._steps.letters(name)}
            own = letters.union(*({one.upper()} for one in letters if len(one.upper()) == 1))
            usual = [(char, data) for char, data, script in every() if script in self._scripts]
            usual += [(char, char.encode()) for char in own]
            known = sorted({item for item in usual if len(item[1]) == size})
            known.sort(key=lambda item: self._steps.alone(item[0]))
            self._sizes[size] = known
        return known


@lru_cache(maxsize=16)
def alphabet_of(steps: Steps, scripts: frozenset[str]) -> Alphabet:
    """Return the one Alphabet of some languages and scripts.

    >>> from textmend.plausibility.steps import steps_of
    >>> alphabet_of(steps_of({}), frozenset()) is alphabet_of(steps_of({}), frozenset())
    True
    """
    return Alphabet(steps, scripts)


class Utf8:
    """UTF-8 as the writer.

    >>> from textmend.misreadings.lossy import DROP, channel
    >>> from textmend.plausibility.steps import steps_of
    >>> Utf8().advance((0xC3,), channel("cp1252", DROP), alphabet_of(steps_of({}), frozenset()))
    (True, [])
    """

    legacy = False

    def advance(self, pending: tuple[Byte, ...], channel: Channel, alphabet: Alphabet) -> tuple[bool, Completed]:
        """Return whether the bytes can go on, and the characters that they complete."""
        first = pending[0]
        last = pending[-1]
        if len(pending) > 1 and isinstance(last, int) and not 0x80 <= last < 0xC0:
            return False, []
        if isinstance(first, int):
            if first < 0x80:
                return (False, [(chr(first), bytes((first,)))]) if len(pending) == 1 else (False, [])
            need = _need(first)
            if not need:
                return False, []
            if len(pending) < need:
                return True, []
            return False, _complete(pending, channel, alphabet)
        if first.values.isdisjoint(_LEADS):
            return False, []
        # the lead is lost: it may have begun two, three or four bytes
        found = _complete(pending, channel, alphabet) if len(pending) > 1 else []
        return len(pending) < _LONGEST, found


def _complete(pending: tuple[Byte, ...], channel: Channel, alphabet: Alphabet) -> Completed:
    gaps = [(number, byte) for number, byte in enumerate(pending) if not isinstance(byte, int)]
    if all(len(byte.values) == 1 for _, byte in gaps):  # none is lost, a space may stand for one
        return _decoded(bytes(byte if isinstance(byte, int) else min(byte.values) for byte in pending))
    if len(gaps) == len(pending) and not channel.single and all(byte.kind == "dropped" for _, byte in gaps):
        return []  # a character that left no trace: too many may have
    singly = channel.habit in {DROP, REPLACE}
    # side by side, and the reader showed neither: they are no pair of its own
    unpaired = tuple(
        one
        for (one, first), (two, second) in pairwise(gaps)
        if two == one + 1 and (singly or (first.at, first.kind) == (second.at, second.kind))
    )
    shape = tuple(byte if isinstance(byte, int) else byte.values for byte in pending)
    return alphabet.fitting(shape, unpaired, channel)


def _need(lead: int) -> int:
    if 0xC2 <= lead < 0xE0:
        return 2
    if 0xE0 <= lead < 0xF0:
        return 3
    return 4 if 0xF0 <= lead < 0xF5 else 0


@lru_cache(maxsize=20_000)
def _decoded(data: bytes) -> Completed:
    """Return the one character that bytes are in UTF-8, if they are one."""
    try:
        char = data.decode("utf-8")
    except UnicodeDecodeError:
        return []
    return [(char, data)] if len(char) == 1 else []


class Legacy:
    """A single- or double-byte encoding as the writer.

    >>> from textmend.misreadings.lossy import DROP, channel
    >>> from textmend.plausibility.steps import steps_of
    >>> Legacy("gbk").advance((0xC4,), channel("cp1252", DROP), alphabet_of(steps_of({}), frozenset()))
    (True, [])
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.legacy = True
        self.model = encodings.loss_model(name)
        self.single = encodings.get(name).width == "single"

    def advance(
        self,
        pending: tuple[Byte, ...],
        channel: Channel,
        alphabet: Alphabet,
    ) -> tuple[bool, Completed]:
        """Return whether the bytes can go on, and the characters that they complete."""
        first = pending[0]
        leads = (first,) if isinstance(first, int) else tuple(first.values)
        if len(pending) == 1:
            if not self.single and not isinstance(first, int):
                return True, []  # what it lost is half a character
            found = [
                (char, bytes((value,)))
                for value in leads
                if value not in self.model.lead and (char := _shown(bytes((value,)), self.name))
                if isinstance(first, int) or char.isprintable()
            ]
            return any(value in self.model.lead for value in leads), found
        second = pending[1]
        if not isinstance(first, int) and not isinstance(second, int):
            if first.kind == second.kind == "dropped":
                return False, []  # a character that left no trace
            return False, alphabet.marked(first, second, channel, self.name)
        trails = (second,) if isinstance(second, int) else tuple(second.values)
        return False, _double(leads, trails, self.name)


@lru_cache(maxsize=8_000)
def _double(leads: tuple[int, ...], trails: tuple[int, ...], name: str) -> Completed:
    starts = encodings.loss_model(name).lead
    model = load()
    found = []
    for lead in leads:
        if lead not in starts:
            continue
        for trail in trails:
            data = bytes((lead, trail))
            char = _shown(data, name)
            if char and len(char) == 1 and char.isprintable() and model.alone(char) < KNOWN:
                found.append((char, data))
    return found


@lru_cache(maxsize=40_000)
def _shown(data: bytes, name: str) -> str | None:
    return encodings.read(data, name)


@cache
def writer(name: str) -> Utf8 | Legacy:
    r"""Return the automaton of a writer.

    >>> from textmend.misreadings.lossy import DROP, channel
    >>> from textmend.plausibility.steps import steps_of
    >>> writer("utf-8").advance((0xC3, 0xA9), channel("cp1252", DROP), alphabet_of(steps_of({}), frozenset()))
    (False, [('é', b'\xc3\xa9')])
    """
    return Utf8() if name == "utf-8" else Legacy(name)
