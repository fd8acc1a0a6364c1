r"""Differences as text, in the unified form that `patch` reads, made piece by piece.

>>> from textmend.files.stream import Splice
>>> print("".join(Diff("a.txt").of(Piece("b\nc\n", (Splice(0, 1, "x", ()),), (), 1, 1))), end="")
--- a/a.txt
+++ b/a.txt
@@ -1,2 +1,2 @@
-b
+x
 c
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from textmend.files.stream import Piece

CONTEXT = 3
"""Lines shown before and after a change."""


class Diff:
    """The difference of one file; `of` is called with each piece, in order.

    >>> list(Diff("a").of(Piece("a", (), (), 1, 1)))
    []
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._shown = False
        self._longer = 0  # lines that the new file has more, so far
        self._line = 1

    def of(self, piece: Piece) -> Iterator[str]:
        """Yield the lines of the difference within one piece."""
        first = piece.line
        if not piece.splices:
            return
        if not self._shown:
            self._shown = True
            yield f"--- a/{self._name}\n+++ b/{self._name}\n"
        lines = piece.text.split("\n")
        starts = [0]
        for line in lines[:-1]:
            starts.append(starts[-1] + len(line) + 1)
        if not lines[-1]:
            lines.pop()
            starts.pop()
        for low, high, blocks in _hunks(piece, starts, len(lines)):
            yield from self._hunk(piece, lines, starts, (low, high), blocks, first)

    def _hunk(
        self,
        piece: Piece,
        lines: list[str],
        starts: list[int],
        span: tuple[int, int],
        blocks: list[list[int]],
        first: int,
    ) -> Iterator[str]:
        """Yield one hunk: its blocks of changed lines with the lines around them."""
        low, high = span
        out: list[str] = []
        added = 0
        at = low
        ended = piece.text.endswith("\n")
        for begin, end in blocks:
            out += _marked(" ", lines[at:begin])
            old = piece.text[starts[begin] : starts[end] if end < len(starts) else len(piece.text)]
            new = _replaced(piece, starts[begin], starts[begin] + len(old))
            new_lines = new.split("\n")
            if not new_lines[-1]:
                new_lines.pop()
            out += _marked("-", lines[begin:end], whole=old.endswith("\n"))
            out += _marked("+", new_lines, whole=new.endswith("\n"))
            added += len(new_lines) - (end - begin)
            at = end
        out += _marked(" ", lines[at:high], whole=ended or high < len(lines))
        start = first + low
        yield f"@@ -{start},{high - low} +{start + self._longer},{high - low + added} @@\n"
        yield from out
        self._longer += added


def _hunks(piece: Piece, starts: list[int], count: int) -> Iterator[tuple[int, int, list[list[int]]]]:
    """Yield (first line, line behind the last, blocks of changed lines) of each hunk of a piece."""
    blocks: list[list[int]] = []
    for splice in piece.splices:
        begin = bisect_right(starts, splice.start) - 1
        end = bisect_right(starts, max(splice.start, splice.end - 1))
        if piece.text[splice.end - 1 : splice.end] == "\n" and not splice.after.endswith("\n"):
            end = min(count, end + 1)  # the next line moves up
        if blocks and begin < blocks[-1][1]:
            blocks[-1][1] = max(end, blocks[-1][1])
        else:
            blocks.append([begin, end])
    group: list[list[int]] = []
    for block in blocks:
        if group and block[0] - group[-1][1] > 2 * CONTEXT:
            yield max(0, group[0][0] - CONTEXT), min(count, group[-1][1] + CONTEXT), group
            group = []
        group.append(block)
    if group:
        yield max(0, group[0][0] - CONTEXT), min(count, group[-1][1] + CONTEXT), group


def _replaced(piece: Piece, start: int, end: int) -> str:
    """Return a stretch of a piece with its changes made."""
    parts: list[str] = []
    done = start
    for splice in piece.splices:
        if start <= splice.start and splice.end <= end:
            parts += (piece.text[done : splice.start], splice.after)
            done = splice.end
    return "".join([*parts, piece.text[done:end]])


def _marked(mark: str, lines: list[str], *, whole: bool = True) -> list[str]:
    """Return lines with their mark; a last line without its end is said to be one."""
    marked = [f"{mark}{line}\n" for line in lines]
    if marked and not whole:
        marked.append("\\ No newline at end of file\n")
    return marked
