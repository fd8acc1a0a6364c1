"""What a lossy reader may have done: which bytes it hides, and what stands for them.

A channel is a reader with one habit.  Given the bytes that follow, it says
which bytes would have vanished here, and which a mark may stand for.  So a
loss is only supposed where the reader would really have lost the byte.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final, NamedTuple

from textmend import encodings
from textmend.misreadings.signs import C1

#: The habits: bytes vanish; a mark stands for each byte, for what a browser fails on, for a byte and its neighbour.
DROP, REPLACE, BROWSER, SWALLOW = "drop", "replace", "browser", "swallow"
#: Readers of single bytes that straighten quotes lose which quote it was.
_STRAIGHTENED: Final = {'"': "“”„", "'": "‘’‚"}
_HIGH: Final = frozenset(range(0x80, 0x100))
_REPLACEMENT: Final = "\ufffd"
_C1_BYTES: Final = frozenset(range(0x80, 0xA0))
_NBSP: Final = 0xA0
_SOFT_HYPHEN: Final = 0xAD
#: The mark of cp932 and EUC-JP on Windows.
DOT: Final = "・"
_DOTTED: Final = frozenset(("cp932", "euc-jp"))
#: A question mark and what stands beside it, if that is neither beyond ASCII nor another one.
_PLAIN: Final = re.compile(r"[\x00-\x3e\x40-\x7f]?\?[\x00-\x3e\x40-\x7f]?$")
#: The end of a line, as a byte.
END: Final = b"\n"


class Unknown(NamedTuple):
    """A byte that was lost: the values it may have had, the sign it was lost at, and how.

    >>> Unknown(frozenset((0x9D,)), 3, "dropped").kind
    'dropped'
    """

    values: frozenset[int]
    at: int
    kind: str


Byte = int | Unknown


class Channel:
    r"""A reader with one habit.

    kept: bytes that were not lost, for the text shows others of their kind.

    >>> 0x9D in channel("gbk", DROP).hidden(b"\n"), 0x9D in channel("gbk", DROP).hidden(b"s")
    (True, False)
    """

    def __init__(self, name: str, habit: str, kept: frozenset[int] = frozenset()) -> None:
        self.name = name
        self.habit = habit
        self.model = encodings.loss_model(name)
        self.single = encodings.get(name).width == "single"
        self._pairs: dict[int, bool] = {}
        self._hidden: dict[bytes, frozenset[int]] = {}
        self.stripped = self.model.vanishing & _HIGH
        if self.single:
            self.failed = ((self.model.dead | self.model.vanishing) & _HIGH) - {_NBSP, _SOFT_HYPHEN} - kept
            hyphen = self.model.vanishing & {_SOFT_HYPHEN} - kept
            self.gone = self.failed | hyphen if habit == DROP else hyphen  # what leaves a mark does not vanish too
            self.longest_gap = 2
        else:
            self.failed = _HIGH
            self.gone = _HIGH if habit == DROP else frozenset()
            self.longest_gap = 3 if habit == DROP else 1
        self.dotted = name in _DOTTED
        self.marks = self._marks()
        self.altering = self.single and _NBSP not in kept
        self.leads_lost = any(byte >= 0xC2 for byte in self.gone)

    def _marks(self) -> frozenset[str]:
        if self.habit == DROP:
            return frozenset()
        dot = (DOT,) if self.dotted else ()
        if self.habit == BROWSER:
            return frozenset((_REPLACEMENT, *dot))
        return frozenset(("?", _REPLACEMENT, *(dot if self.habit == SWALLOW else ())))

    def options(self, char: str) -> tuple[bytes, ...]:
        """Return the byte sequences that a sign may stand for."""
        return _options(char, self.name)

    def first_bytes(self, text: str) -> bytes:
        """Return the bytes of the next sign, nothing where a mark hides them, a line's end at the end."""
        if not text:
            return END
        if text in self.marks and text != "?":
            return b""
        options = self.options(text)
        return options[0] if options else END

    def hidden(self, following: bytes) -> frozenset[int]:
        """Return the bytes that would have vanished before these; before unknown ones, all that may."""
        if self.single:
            # HTML runs a no-break space together with the space beside it
            return self.gone | {_NBSP} if self.altering and following[:1] in {b" ", END} else self.gone
        if not following:
            return self.gone
        return self.failing(following) & self.gone

    def failing(self, following: bytes) -> frozenset[int]:
        """Return the bytes on which the reader fails before these."""
        if self.single:
            return self.failed
        if not following:
            return _HIGH
        known = self._hidden.get(following[:2])
        if known is None:
            length = self.model.length
            known = frozenset(byte for byte in _HIGH if length(bytes((byte,)) + following, 0) == 0)
            self._hidden[following[:2]] = known
        return known

    def alone(self, following: bytes) -> frozenset[int]:
        """Return the bytes that a browser's mark stands for by themselves: it takes lead and trail together."""
        failing = self.failing(following)
        return failing if following[:1] and following[0] < 0x80 else failing - self.model.lead

    def altered(self, char: str) -> tuple[frozenset[int], ...]:
        """Return the bytes that a sign may stand for after somebody's clean-up."""
        return _altered(char, self.name) if self.altering else ()

    def pair(self, first: int, second: int) -> bool:
        """Tell whether the reader shows two bytes as one sign, or the first by itself."""
        key = first << 8 | second
        known = self._pairs.get(key)
        if known is None:
            known = self._pairs[key] = not self.single and self.model.length(bytes((first, second)), 0) > 0
        return known


def may_mark(line: str, at: int) -> bool:
    """Tell whether a sign of a line may be a mark: a question mark among ASCII signs is none.

    >>> may_mark("鈥?", 1), may_mark("ready ? yes", 6)
    (True, False)
    """
    return line[at] != "?" or not _PLAIN.match(line[max(0, at - 1) : at + 2])


@lru_cache(maxsize=40_000)
def _options(char: str, name: str) -> tuple[bytes, ...]:
    if char.isascii():
        return (char.encode(),)
    return encodings.bytes_options(char, name)


@lru_cache(maxsize=4_000)
def _altered(char: str, name: str) -> tuple[frozenset[int], ...]:
    values: set[int] = set()
    model = encodings.loss_model(name)
    if char in model.altered:
        values.update(model.altered[char])
    for quote in _STRAIGHTENED.get(char, ""):
        for data in encodings.bytes_options(quote, name):
            values.update(data)
    return (frozenset(values),) if values else ()


@cache
def channel(name: str, habit: str, kept: frozenset[int] = frozenset()) -> Channel:
    """Return the one Channel of a reader and a habit.

    kept: bytes that were not lost (kept).

    >>> channel("gbk", DROP).pair(0x9D, 0x0A)
    False
    """
    return Channel(name, habit, kept)


def kept(text: str) -> frozenset[int]:
    r"""Return the bytes that a reader of one byte a sign did not lose, for a text shows others that go with them.

    What strips controls, soft hyphens or no-break spaces strips all of them.

    >>> 0x8D in kept("Ã\x9f"), 0x8D in kept("Ã")
    (True, False)
    """
    found = _C1_BYTES if C1.search(text) else frozenset()
    return found.union(ord(sign) for sign in "\xa0\xad" if sign in text)


def habits(text: str, read: str) -> tuple[str, ...]:
    """Return the habits of a reader that may have left this text.

    >>> habits("partners.鈥", "gbk"), habits("partners.鈥?", "gbk")
    (('drop',), ('swallow', 'replace', 'drop'))
    """
    single = encodings.get(read).width == "single"
    if _REPLACEMENT in text:
        return (REPLACE,) if single else (REPLACE, BROWSER, SWALLOW)
    if single:
        return (DROP, REPLACE) if "?" in text else (DROP,)
    if DOT in text and read in _DOTTED:
        return SWALLOW, BROWSER, DROP
    return (SWALLOW, REPLACE, DROP) if "?" in text else (DROP,)
