r"""Inline markers: comments in a file by which its author keeps findings away.

`textmend: ignore` speaks about its own line, `textmend: ignore-next-line` about the next one,
`textmend: ignore-file` about the whole file. Codes in brackets, or beginnings of them, limit each of
them: `textmend: ignore[TM101, TG2]`. Any comment style will do, or none.

>>> markers = Markers()
>>> markers.read("鈥檚  # textmend: ignore[TM1]\n鈥檚\n")
>>> markers.hides("TM101", 0), markers.hides("TM101", 31)
(True, False)
"""

from __future__ import annotations

import re
from bisect import bisect_right

_HINT = "textmend:"
_MARKER = re.compile(r"textmend:[ \t]*ignore(-file|-next-line|)(?![\w-])(?:\[([^\]\r\n]*)\])?")
_END = re.compile(r"\r\n|\r|\n")
_ALL = ("",)  # every code begins with nothing


class Markers:
    """The markers of one file, read along with it, piece by piece; a piece ends where a line ends.

    A marker for the whole file counts from the piece on in which it stands.

    >>> Markers().hides("TM101", 0)
    False
    """

    __slots__ = ("_file", "_lines", "_next")

    def __init__(self) -> None:
        self._file: tuple[str, ...] = ()
        self._next: tuple[str, ...] = ()  # what a marker at the end of a piece says about the first line of the next
        self._lines: list[tuple[int, int, tuple[str, ...]]] = []  # start, end, codes; of the piece read last

    def __bool__(self) -> bool:
        """Whether anything is hidden in the piece read last."""
        return bool(self._file or self._lines)

    def read(self, text: str) -> None:
        r"""Read the next piece; what is asked from now on is about it.

        >>> markers = Markers()
        >>> markers.read("textmend: ignore-next-line\n")
        >>> markers.read("a\nb")
        >>> markers.hides("TM101", 0), markers.hides("TM101", 2)
        (True, False)
        """
        self._lines.clear()
        if self._next:
            self._lines.append((0, _end(text, 0), self._next))
            self._next = ()
        if _HINT not in text:
            return
        for match in _MARKER.finditer(text):
            codes = _codes(match[2])
            if match[1] == "-file":
                self._file += codes
                continue
            start = max(text.rfind("\n", 0, match.start()), text.rfind("\r", 0, match.start())) + 1
            end = _end(text, match.end())
            if match[1]:
                start, end = end, _end(text, end)
            if start < end:
                self._lines.append((start, end, codes))
            elif match[1]:
                self._next += codes
        self._lines.sort()

    def hides(self, code: str, offset: int) -> bool:
        """Return whether a finding with a code is kept away, by its offset in the piece.

        >>> markers = Markers()
        >>> markers.read("textmend: ignore-file[TM4]")
        >>> markers.hides("TM401", 0), markers.hides("TM101", 0)
        (True, False)
        """
        if self._file and code.startswith(self._file):
            return True
        at = bisect_right(self._lines, offset, key=lambda line: line[0])
        while at:
            at -= 1
            _, end, codes = self._lines[at]
            if offset >= end:
                break
            if code.startswith(codes):
                return True
        return False


def _end(text: str, start: int) -> int:
    """Return where the line that holds an offset ends, with its line end."""
    match = _END.search(text, start)
    return match.end() if match else len(text)


def _codes(given: str | None) -> tuple[str, ...]:
    """Return the codes in the brackets of a marker; all when there are no brackets."""
    if given is None:
        return _ALL
    return tuple(code for part in given.split(",") if (code := part.strip()))
