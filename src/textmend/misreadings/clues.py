"""Is there anything to look at?  The cheap tests that keep clean text fast.

One compiled class passes over ASCII and the common letters of the big
alphabets.  Any other sign that a reader can show is looked up with its two
neighbours: what stands so in clean text is no clue.  The table is generated
by tools/train_clues.py.
"""

from __future__ import annotations

import json
import re
import struct
import zlib
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cache, cached_property, reduce
from itertools import islice
from operator import itemgetter, or_
from pathlib import Path
from typing import Final

from textmend import encodings
from textmend.misreadings import contractions, lost, oddwords, transports, windows
from textmend.misreadings.contexts import context, is_eastern, likened
from textmend.misreadings.stretches import LONGEST, UNBROKEN, lines, parts
from textmend.misreadings.triples import ROW, SAMPLED, Triples, sampled
from textmend.misreadings.windows import EAST, EAST_LETTER, OTHER, OTHER_LETTER, Looks
from textmend.plausibility import kernel
from textmend.plausibility.model import UNITS
from textmend.plausibility.model import load as load_model

_TABLE: Final = Path(__file__).with_name("clues.bin")
_MEMORY: Final = 50_000

#: A Hebrew letter as it stands at a word's end, within a word.
_FINAL: Final = re.compile("[ךםןףץ][א-ת]")
#: East Asian letters in a row, how many pairs of them are looked at, and the bits from which a pair is unusual: of
#: clean lines one in thirty begins with nothing else (names for the most part), of misread ones without another clue
#: four in five.
_EAST_RUN: Final = re.compile(f"{EAST_LETTER.pattern}{{2,}}")
_PAIRS: Final = 8
_UNUSUAL: Final = 19 * UNITS

#: Texts so short that every clue is needed.
_SHORT: Final = 400
_LATIN: Final = re.compile("[à-öø-ɏ]")
#: A letter of another alphabet beside a Latin one, or alone among Latin words.
_MIXED: Final = re.compile(f"[A-Za-z](?:(?=[{OTHER}])|(?<=[{OTHER}].))")
_LONE: Final = re.compile(f"[A-Za-z,](?= [{OTHER}](?:[ ,.;:]|$))")
_OTHER_WORD: Final = re.compile(f"[{OTHER}]{{2}}")

#: Signs that do not stand between two letters, or between small ones; DOS letters and MacRoman's become these.
_CLOSED: Final = frozenset("”“„‚")
_CLOSED_IN: Final = re.compile("[a-zß-öø-ÿ]•[a-zß-öø-ÿ]")

_USUAL, _DOUBT, _CERTAIN = 0, 1, 2
#: What a scan answers (also in _scanner.c).
_CLUE, _HAS_OTHER, _HAS_SIGN, _HAS_LOST, _HAS_ODD, _DISMISSED = 1, 2, 4, 8, 16, 32
#: Above these stand the bits of the signs without which there is no transport.
_SIGNS: Final = 8
_EVERY_SIGN: Final = sum(transports.BITS.values()) << _SIGNS
#: What a text holds beside clues.
_BESIDE: Final = _HAS_SIGN | _EVERY_SIGN | _HAS_LOST
#: What may be there because of a misreading.
_MISREAD: Final = _CLUE | _HAS_OTHER | _HAS_SIGN | _HAS_ODD
_NOTHING: Final = (False, False)
#: Two doubtful signs so near each other make a clue.
_NEAR: Final = 6
_ALWAYS: Final = 1 << 40

#: Tells, of one line after another, whether it is worth judging with those before.
Enough = Callable[[str], bool]

_ALL: Final = frozenset(name for name in encodings.READERS if encodings.get(name).family == "unicode") | {"gb18030"}
NARROW: Final = sum(1 << bit for bit, name in enumerate(encodings.READERS) if name not in _ALL)
"""The readers that cannot show every sign: what none of them shows, Tamil or Tibetan say, came of no misreading."""
#: What joins the signs of an emoji, and where most of these begin.
_JOINER: Final = "\u200d"
_EMOJI: Final = "\U0001f000"
_FOREIGN: Final = re.compile(f"[{OTHER}{EAST}]")
_ANY_LATIN: Final = re.compile("[A-Za-zà-öø-ɏ]")
_SIGN: Final = {
    bit << _SIGNS | _HAS_SIGN: re.compile("|".join(re.escape(pair) for pair in transports.PAIRS if pair[0] == sign))
    for sign, bit in transports.BITS.items()
} | {_HAS_SIGN: re.compile("\0")}
_HINT: Final = re.compile(f"[{lost.HINTS}]")
_LOST: Final = re.compile(rf"\?{{3}}|{_HINT.pattern}")
_ALNUM: Final = re.compile("[A-Za-z0-9]")
_MARK: Final = struct.Struct("<QB7x")
_EVERY: Final = (1 << 64) - 1
#: One or two of them inside Latin text: what a lone letter becomes (``f眉r``).
_IN_LATIN: Final = re.compile(
    "[A-Za-z](?=[\u3040-\u30ff\u3400-\u9fff]{1,2}(?:[A-Za-z ,.;:!?)\\-]|$)|[\uac00-\ud7a3]{1,2}[a-z])"
)


class Clues:
    """The table: compiled classes and the contexts of clean text.

    >>> load().suspicious("été")
    False
    """

    def __init__(self, data: bytes) -> None:
        table = json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))
        self.ranges: list[tuple[int, int]] = table["looked"]
        self.letters: dict[str, int] = table["letters"]
        self.known = Triples(table["known"])
        self.memory: dict[str, int] = {}
        limits = (
            _SHORT, _NEAR, SAMPLED, ROW, _PAIRS, LONGEST, windows.REACH, windows.BRIEF, windows.LOOKED,
            windows.ENOUGH, oddwords.LONGEST, UNBROKEN,
        )  # fmt: skip
        scanner = kernel.scanner(self._page, self._verdict, oddwords.odd, "".join(transports.PAIRS).encode(), limits)
        self.scanning = self.scan if scanner is None else scanner.scan
        self._live = self.live if scanner is None else scanner.live
        self._lines = self.lines if scanner is None else scanner.lines

    @cached_property
    def looked(self) -> re.Pattern[str]:
        """The signs whose neighbours are looked at; without the kernel alone, for it takes long to compile."""
        ranges = "".join(f"{re.escape(chr(a))}-{re.escape(chr(b))}" for a, b in self.ranges)
        return re.compile(f"[{ranges}]")

    def _page(self, first: int) -> bytes:
        """Return what the scanner in C has to know of 256 characters (struct Mark in _scanner.c)."""
        chars = "".join(map(chr, range(first, first + 256)))
        flags = bytearray(256)
        for a, b in islice(self.ranges, bisect_left(self.ranges, first, key=itemgetter(1)), None):
            if a >= first + 256:
                break
            for code in range(max(a, first), min(b + 1, first + 256)):
                flags[code - first] |= 1
        for flag, pattern in (
            (2, _FOREIGN), (4, _LATIN), (8, OTHER_LETTER), (16, _HINT), (32, oddwords.WORDY),
            (64, oddwords.LOOKALIKE), (128, EAST_LETTER),
        ):  # fmt: skip
            for match in pattern.finditer(chars):
                flags[match.start()] |= flag
        known = self.letters
        languages = [known.get(char, -1) & _EVERY if flags[at] & 4 else _EVERY for at, char in enumerate(chars)]
        return b"".join(map(_MARK.pack, languages, flags))

    def suspicious(self, text: str) -> bool:
        """Tell whether some sign stands where clean text does not have it, or escapes are there."""
        return self._suspicious(text, self.scanning(text))

    def look(self, text: str, looks: Looks, enough: Enough) -> tuple[bool, bool]:
        """Tell whether a text is suspicious at a closer look, and whether it may hold marks of lost text.

        enough: tells of a line whose clue is one whether it makes the text worth judging, with those before.
        """
        found = self._live(text, looks, enough)
        if not found:
            return _NOTHING
        return self._suspicious(text, found), found & (_CLUE | _HAS_LOST) != 0

    @staticmethod
    def _suspicious(text: str, found: int) -> bool:
        if found & (_CLUE | _HAS_OTHER):
            return True
        if has_escapes(text, found):
            return True
        return found & _HAS_ODD != 0 and oddwords.stand(text)

    def scan(self, text: str) -> int:
        """Return what a text holds: 1 a clue; else a sum.

        2: letters of other alphabets where Latin ones belong; 4: signs without which there is no transport, and
        from 256 on which of them; 8: signs of lost text; 16: odd words in a short text.
        """
        # in a short text one doubtful sign is enough: there may be no second
        doubt = -1 - _NEAR if len(text) - 1 > _SHORT else _ALWAYS
        for at, verdict in self._verdicts(text):
            if verdict == _CERTAIN or at - doubt <= _NEAR:
                return _CLUE
            doubt = max(doubt, at)
        if self._sampled(text) or self._foreign(text):
            return _CLUE
        return self._signs(text)

    def live(self, text: str, looks: Looks, enough: Enough) -> int:
        """Return what scan() does, but what is out of place only counts where lines are live, and are enough.

        promising: always the same function, for the answers are remembered.
        """
        found = self.scan(text)
        if not found & (_CLUE | _HAS_OTHER):
            return found
        rest = 0
        for _, line in lines(text):
            holds = self._look_at(line, looks)
            if holds & (_CLUE | _HAS_OTHER) and enough(line):
                return _CLUE
            rest |= holds
        return rest & (_BESIDE | (_HAS_ODD if len(text) - 1 <= _SHORT else 0))

    def lines(self, text: str, start: int, end: int, looks: Looks) -> tuple[list[tuple[int, str, int]], list[int], int]:
        """Return the lines of a part of a text that may have been misread, and where others begin that were dismissed.

        Of each line its start, the line, and what it holds: that is what scan() says, all of it; where what is out of
        place is dismissed at a second look, 32 in its place. Last what all of them hold beside clues.
        """
        found = [(at, line, self._look_at(line, looks)) for at, line in lines(text, start, end)]
        left = [one for one in found if one[2] & _MISREAD]
        dismissed = [at for at, _, holds in found if holds & _DISMISSED and not holds & _MISREAD]
        return left, dismissed, reduce(or_, (holds for _, _, holds in found), 0) & _BESIDE

    def _look_at(self, line: str, looks: Looks) -> int:
        found = self.scan(line)
        holds = found & _CLUE | self._signs(line)
        if not holds & (_CLUE | _HAS_OTHER):
            return holds
        places = [*self._signs_out_of_place(line)]
        usual = False
        if holds & _HAS_OTHER:
            foreign, usual = windows.foreign(line, self._verdict)
            places += foreign
        live = bool(places) and bool(looks.sure(line))
        if not live and ((usual and not places) or windows.dismissed(line, places, looks)):
            return holds & ~(_CLUE | _HAS_OTHER) | _DISMISSED
        return holds & ~_HAS_ODD  # behind a clue nobody asks for it

    def stretches(self, text: str, looks: Looks) -> tuple[list[tuple[int, str]], list[int], int]:
        """Return (start, stretch) of what is judged apart and may have been misread, and where others were dismissed.

        Dismissed is what has something out of place that is nothing at a second look. Last what all of it holds beside
        clues, of what scan() says: everything where that is not known.
        """
        found: list[tuple[int, str]] = []
        dismissed: list[int] = []
        every = 0
        for start, end, joined in parts(text):
            if joined:
                every = _BESIDE
                if self.suspicious(text[start:end]):
                    found.append((start, text[start:end]))
                continue
            left, passed, rest = self._lines(text, start, end, looks)
            every |= rest
            dismissed += passed
            for at, line, holds in left:
                if self._suspicious(line, holds):
                    found.append((at, line))
                elif holds & _DISMISSED:
                    dismissed.append(at)
        return found, dismissed, every

    @staticmethod
    def _signs(text: str) -> int:
        """Return what a text holds beside clues (scan)."""
        signs = _HAS_LOST if _LOST.search(text) else 0
        for bits, pattern in _SIGN.items():
            if pattern.search(text):
                signs |= bits
        if len(text) - 1 <= _SHORT and oddwords.any_odd(text):
            signs |= _HAS_ODD
        if any(map(_out_of_place, text.split("\n"))):
            signs |= _HAS_OTHER
        return signs

    def _signs_out_of_place(self, text: str) -> Iterator[int]:
        """Yield where the clues of a suspicious text stand."""
        found = False
        if self._foreign(text):
            for match in _LATIN.finditer(text):
                found = True
                yield match.start()
        for at, _ in self._verdicts(text):
            found = True
            yield at
        if not found:
            yield from self._sampled(text)

    def _verdicts(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where signs stand that clean text does not have there, each with its verdict."""
        for match in contractions.CLEAR.finditer(text) if "í" in text else ():
            yield match.start() + match[0].index("í"), _CERTAIN
        last = len(text) - 1
        for match in self.looked.finditer(text):
            at = match.start()
            piece = (text[at - 1] if at else " ") + text[at] + (text[at + 1] if at < last else " ")
            verdict = self._verdict(piece)
            if verdict:
                yield at, verdict

    def _foreign(self, text: str) -> bool:
        """Tell whether no language has all the Latin letters of a short text."""
        if len(text) - 1 > _SHORT:
            return False
        letters = self.letters
        mask = -1
        for char in _LATIN.findall(text):
            mask &= letters.get(char, -1)
        return not mask

    def _sampled(self, text: str) -> list[int]:
        """Look at a few common letters near the beginning: a script may be misread as itself."""
        found = [start + 1 for start in sampled(text) if self._verdict(text[start : start + 3])]
        return found or self._unusual(text)

    def _unusual(self, text: str) -> list[int]:
        """Return where the first East Asian letters stand side by side, if none near the beginning are a usual pair."""
        places = [at for run in _EAST_RUN.finditer(text, 0, SAMPLED) for at in range(run.start(), run.end() - 1)]
        return places[:1] if all(self._verdict(text[at : at + 2]) for at in places[:_PAIRS]) else []

    def _verdict(self, piece: str) -> int:
        verdict = self.memory.get(piece)
        if verdict is None:
            if len(self.memory) > _MEMORY:
                self.memory.clear()
            verdict = self.memory[piece] = self._judge(piece)
        return verdict

    def _judge(self, piece: str) -> int:
        if len(piece) == 2:
            return _USUAL if load_model().pair_cost(*piece) <= _UNUSUAL else _CERTAIN
        before, char, after = piece[0], piece[1], piece[2]
        if not encodings.readable(char) & NARROW:
            return _USUAL
        if (char == _JOINER and before >= _EMOJI) or (before == _JOINER and not char.isalpha()):
            return _USUAL
        if is_eastern(before, char, after):
            return _USUAL
        if (char in _CLOSED and before.isalpha() and after.isalpha()) or _CLOSED_IN.match(piece):
            return _CERTAIN
        if _FINAL.search(piece):
            return _CERTAIN
        if context(before, char, after) in self.known or likened(before, char, after) in self.known:
            return _USUAL
        if not char.isalpha() and char in {before, after}:
            return _USUAL  # a run of one sign: a ruler, a frame
        if "\u3400" <= char < "\ufb00" and not _ALNUM.search(before + after):
            return _DOUBT  # a rare character among East Asian ones: a name, a verse
        return _CERTAIN


def _out_of_place(line: str) -> bool:
    """Tell whether letters of other alphabets stand where Latin ones belong (also in _scanner.c)."""
    foreign = len(_FOREIGN.findall(line))
    latin = len(_ANY_LATIN.findall(line)) if foreign else 0
    return (
        foreign > 0
        and latin > 0
        and (
            3 * foreign < latin
            or _IN_LATIN.search(line) is not None
            or _MIXED.search(line) is not None
            or (_LONE.search(line) is not None and not _OTHER_WORD.search(line))
        )
        and not oddwords.LOOKALIKES.fullmatch(line)
    )


@cache
def load() -> Clues:
    """Return the table, read at the first call.

    >>> load().suspicious("cafÃ©")
    True
    """
    return Clues(_TABLE.read_bytes())


def suspicious(text: str) -> bool:
    """Tell whether a text can have been misread.

    >>> suspicious("plain"), suspicious("cafÃ©"), suspicious("été")
    (False, True, False)
    """
    return load().suspicious(text)


def has_escapes(text: str, holds: int) -> bool:
    """Tell whether escapes may be in a text that holds so much (Clues.stretches).

    >>> has_escapes("it=E2=80=99s", -1), has_escapes("it=E2=80=99s", 0)
    (True, False)
    """
    return holds & _HAS_SIGN != 0 and ("\0" in text or transports.clue(text, holds >> _SIGNS))


def stand_out(holds: int) -> bool:
    """Tell whether signs of a text that holds so much (Clues.scan) are clues by themselves.

    >>> stand_out(load().scan("cafÃ©")), stand_out(load().scan("it=E2=80=99s"))
    (True, False)
    """
    return holds & (_CLUE | _HAS_OTHER) != 0


def may_be_lost(holds: int) -> bool:
    """Tell whether a text that holds so much may hold marks of lost text.

    >>> may_be_lost(0)
    False
    """
    return holds & _HAS_LOST != 0
