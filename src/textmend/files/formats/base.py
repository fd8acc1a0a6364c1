"""What a format is: which parts of a file are values, and how a value is spelled in the file.

A scanner walks over the text of a file and names its fields: stretches that spell one value each.
All else is copied as it is. A change of a value becomes splices of the text: only the characters
that spell the changed part are replaced, so an untouched value, and the untouched part of a
changed one, keeps every byte.

>>> PLAIN.splices("Russia鈥檚", "Russia鈥檚", None, [(6, 8, "’s")])
[(6, 8, '’s')]
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

LIMIT = 1 << 19
"""Characters of one field that are held at once; a longer one is judged in parts."""

INERT = "[A-Za-z0-9_.:/,@#-]"
"""A pattern: a value of such characters alone (numbers, names, addresses, dates) is passed over.

No escape and no damage is spelled with them, and without white space there is nothing to tidy.
"""

Edits = Sequence[tuple[int, int, str]]
"""Changes of a value: (start, end, new text), ascending and apart."""


class BrokenSyntaxError(Exception):
    """A file breaks the syntax of its format.

    offset: where, in characters, in the buffer that was scanned. place: line and column in the file, if
    they are known better than the offset.

    >>> BrokenSyntaxError(3, "a string is not closed").offset
    3
    """

    def __init__(self, offset: int, message: str, place: tuple[int, int] | None = None) -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message
        self.place = place


class Spelling:
    """How the values of a kind of field are spelled. The base class: as they are.

    Spellings are shared and sent to other processes, so they hold no state.

    mark: raw text without this character spells itself; "" for all raw text.

    >>> Spelling().read("a")
    ('a', None)
    """

    mark = ""

    def read(self, raw: str) -> tuple[str, list[int] | None]:
        """Return the value, and for each of its characters and its end the offset in the raw text.

        None stands for the offsets when each character is spelled by itself.
        """
        return raw, None

    def write(self, new: str, old: str) -> str:
        """Spell new text that takes the place of the raw text `old`."""
        del old
        return new

    def splices(self, raw: str, value: str, offsets: list[int] | None, edits: Edits) -> list[tuple[int, int, str]]:
        """Return the changes of the raw text that make the edits of the value."""
        del value
        if offsets is None:
            return [(start, end, self.write(new, raw[start:end])) for start, end, new in edits]
        return [
            (offsets[start], offsets[end], self.write(new, raw[offsets[start] : offsets[end]]))
            for start, end, new in edits
        ]

    def means(self, raw: str, value: str) -> bool:
        """Whether a raw text is spelled rightly and stands for a value."""
        return self.read(raw)[0] == value


PLAIN = Spelling()
"""Values that stand as they are."""


class Field(NamedTuple):
    """A stretch of a buffer that spells a value.

    >>> Field(0, 3, PLAIN).end
    3
    """

    start: int
    end: int
    spelling: Spelling


field_of = functools.partial(tuple.__new__, Field)
"""Make a field of a tuple: what `Field` does, several times as fast, for the loops that make most of them."""


class Scanner(Protocol):
    """Walks over one file."""

    def scan(self, buffer: str, *, last: bool) -> tuple[list[Field], int]:
        """Return the fields of a buffer, ascending, and how many of its characters are done with.

        What is not done with is given again, at the beginning of the next, longer buffer. `last` says
        that nothing follows. A scanner is done with at least one character of a buffer of LIMIT.
        Raises BrokenSyntaxError.
        """
        ...


@dataclass(frozen=True, slots=True)
class Settings:
    """What a format may be told: the columns of a table that are repaired, and whether its header is.

    >>> Settings(columns=("title",)).header
    False
    """

    columns: tuple[str, ...] = ()
    header: bool = False


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, its suffixes, one line about it, and what makes its scanner.

    scanner: None for formats that are no text (Parquet, Arrow). nul_is_text: NULs occur in such files.

    >>> Format("text", (".txt",), "plain text", None).name
    'text'
    """

    name: str
    suffixes: tuple[str, ...]
    summary: str
    scanner: Callable[[Settings], Scanner] | None
    nul_is_text: bool = False
    xml: bool = False


def safe_cut(buffer: str, start: int, end: int) -> int:
    """Return where a long text is best cut: after a space, else between two ASCII characters.

    >>> safe_cut("ab cd鈥", 0, 6), safe_cut("鈥鈥", 0, 2)
    (4, 2)
    """
    lowest = start + (end - start) // 2
    space = buffer.rfind(" ", lowest, end)
    if space >= 0:
        return space + 1
    for at in range(end - 1, lowest, -1):
        if buffer[at] < "\x80" and buffer[at - 1] < "\x80":
            return at
    return end
