"""Which misreading turned an old line into a new one: proved by garbling the old line again.

>>> Hops().between("Russia’s army", "Russia鈥檚 army")
'utf-8>gbk'
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from textmend import encodings
from textmend.guard.losses import Place

_READERS = 28  # the readers that are tried for UTF-8, the commonest first
_LEGACY = ("cp1252", "gbk", "cp1251", "cp932", "big5", "cp949", "koi8-r", "euc-jp", "cp866", "cp1250", "iso-8859-2")
_LEGACY_READERS = ("utf-8", "cp1252", "iso-8859-1", "gbk", "cp932", "big5", "cp949", "cp1251", "cp437", "cp850")
_ERRORS = ("strict", "replace", "question", "drop", "swallow", "strip")
_TRIES = 40  # lines of one file that no misreading explains, after which none is looked for
_TOKEN = re.compile(r"\s+|\S+")
_LONGEST = 400  # tokens of a line whose other edits are looked through


class Hops:
    """The misreadings of one file: what explained one line is tried first on the next."""

    def __init__(self) -> None:
        self._known: list[tuple[str, str, str]] = []
        self._failed = 0

    def between(self, old: str, new: str) -> str | None:
        """Return the misreading that makes a new text of an old one, as `written>read`; None when none does.

        >>> Hops().between("Größe", "Groesse") is None
        True
        """
        if old.isascii() or set(new) <= set(old):
            return None
        for written, read, errors in self._known:
            if _garbled(old, written, read, errors) == new:
                return f"{written}>{read}"
        if self._failed >= _TRIES:
            return None
        for written, read in _PAIRS:
            for errors in _ERRORS:
                if _garbled(old, written, read, errors) == new:
                    self._known.insert(0, (written, read, errors))
                    return f"{written}>{read}"
        self._failed += 1
        return None

    def places(self, old: str, new: str) -> list[tuple[Place, str]]:
        """Return the places of a new line that are misread, each with the misreading; ascending.

        >>> [(place.now, place.was) for place, _ in Hops().places("Das Maß aller", "Das MaÃŸ von allem")]
        [('MaÃŸ', 'Maß')]
        """
        if old.isascii() or new.isascii():
            return []
        start, last, end = _middle(old, new)
        hop = self.between(old[start:last], new[start:end])
        if hop:
            return [(Place(start, end, new[start:end], old[start:last]), hop)]
        one, other = _TOKEN.findall(old), _TOKEN.findall(new)
        if max(len(one), len(other)) > _LONGEST:
            return []
        found = []
        for kind, first, last, begin, finish in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
            was, now = "".join(one[first:last]), "".join(other[begin:finish])
            hop = self.between(was, now) if kind == "replace" else None
            if hop:
                at = sum(map(len, other[:begin]))
                found.append((Place(at, at + len(now), now, was), hop))
        return found


def _pairs() -> list[tuple[str, str]]:
    """Return the misreadings that are tried, the commonest first."""
    pairs = [("utf-8", read) for read in encodings.READERS[:_READERS] if read != "utf-8"]
    pairs += [(written, read) for written in _LEGACY for read in _LEGACY_READERS if written != read]
    return pairs


_PAIRS = _pairs()


def _garbled(text: str, written: str, read: str, errors: str) -> str | None:
    """Return a text written in one encoding and read in another.

    What a legacy encoding wrote is no UTF-8 but by accident: read in it without losses it is a repair.
    """
    if read == "utf-8":
        data = encodings.write(text, written)
        known = {"replace": "replace", "drop": "ignore"}.get(errors)
        shown = data.decode("utf-8", known) if data is not None and known else None
        return None if data is None or shown is None or shown.encode() == data else shown
    return encodings.garble(text, written, read, errors)


def _middle(old: str, new: str) -> tuple[int, int, int]:
    """Return where two lines begin to differ, and where that ends in each; whole words."""
    least = min(len(old), len(new))
    start = next((at for at in range(least) if old[at] != new[at]), least)
    start = max(old.rfind(" ", 0, start), old.rfind("\t", 0, start)) + 1
    same = next((at for at in range(least - start) if old[-1 - at] != new[-1 - at]), least - start)
    tail = old[len(old) - same :]
    same -= next((at for at, char in enumerate(tail) if char in " \t"), len(tail))
    return start, len(old) - same, len(new) - same
