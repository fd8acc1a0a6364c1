"""The registry of encodings: what each is called, whom it serves, how common its misreadings are.

Policy is written here by hand, facts about bytes are not: those are in the generated tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from textmend.encodings.rows import ROWS
from textmend.errors import UnknownEncodingError


@dataclass(frozen=True, slots=True)
class Encoding:
    """One encoding.

    Attributes:
        name: The canonical name.
        aliases: Other names that `get` accepts.
        family: "unicode", "windows", "iso-8859", "koi8", "dos", "mac", "gb", "big5",
            "japanese", "korean" or "ebcdic".
        codec: The name of Python's codec that textmend starts from.
        scripts: The scripts it holds beside Basic Latin, ISO 15924.
        languages: Those it was made for or is mostly found in, BCP 47, the commonest first.
        width: "single" (a byte a character), "multi", "unit16" or "escape".
        reader_cost: Bits: how rare it is that texts are misread in it; 0 is the commonest.
        writer_cost: Bits: how rare it is that misread texts were written in it.

    >>> get("cp1252").family
    'windows'
    """

    name: str
    aliases: tuple[str, ...]
    family: str
    codec: str
    scripts: tuple[str, ...]
    languages: tuple[str, ...]
    width: str
    reader_cost: float
    writer_cost: float


ENCODINGS: dict[str, Encoding] = {row[0]: Encoding(*row) for row in ROWS}

# Read with a cost above this: never, by any program of note (escape encodings, EBCDIC).
NEVER = 99.0

READERS: tuple[str, ...] = tuple(
    sorted(
        (name for name, it in ENCODINGS.items() if it.reader_cost < NEVER),
        key=lambda name: ENCODINGS[name].reader_cost,
    )
)
WRITERS: tuple[str, ...] = tuple(
    sorted(
        (name for name, it in ENCODINGS.items() if it.writer_cost < NEVER),
        key=lambda name: ENCODINGS[name].writer_cost,
    )
)


def names() -> tuple[str, ...]:
    """Return the canonical name of every encoding, in the registry's order.

    >>> "gbk" in names()
    True
    """
    return tuple(ENCODINGS)


def _plain(name: str) -> str:
    """Return a name as the registry compares them: lower case, hyphens only."""
    return name.strip().lower().replace("_", "-").replace(" ", "-")


@cache
def _by_alias() -> dict[str, Encoding]:
    """Return every name and alias, made plain, with its encoding."""
    table = {_plain(alias): it for it in ENCODINGS.values() for alias in it.aliases}
    table.update({_plain(it.codec): it for it in ENCODINGS.values()})
    table.update(ENCODINGS)
    return table


def get(name: str) -> Encoding:
    """Return the encoding called `name`, by its canonical name or an alias, in any case.

    Raises:
        UnknownEncodingError: No encoding has the name; the message names the nearest.

    >>> get("Shift_JIS").name
    'cp932'
    >>> get("shift-jos")
    Traceback (most recent call last):
    ...
    textmend.errors.UnknownEncodingError: unknown encoding 'shift-jos': did you mean 'shift-jis'?
    """
    found = ENCODINGS.get(name) or _by_alias().get(_plain(name))
    if found is None:
        import difflib

        near = difflib.get_close_matches(_plain(name), sorted(_by_alias()), n=1, cutoff=0.0)
        raise UnknownEncodingError(f"unknown encoding {name!r}: did you mean {near[0]!r}?")
    return found
