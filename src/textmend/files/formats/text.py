r"""Plain text: the whole of it is one value, given in pieces of whole lines.

>>> Lines().scan("a\nb", last=False)[1]
2
"""

from __future__ import annotations

from textmend.files.formats.base import LIMIT, PLAIN, Field, safe_cut


class Lines:
    r"""The scanner of plain text.

    >>> Lines().scan("a\nb", last=True)[1]
    3
    """

    def scan(self, buffer: str, *, last: bool) -> tuple[list[Field], int]:
        """Take the buffer up to its last line end; a line that is too long is cut."""
        if last:
            end = len(buffer)
        else:
            end = buffer.rfind("\n") + 1 or buffer.rfind("\r", 0, len(buffer) - 1) + 1
            if not end and len(buffer) >= LIMIT:
                end = safe_cut(buffer, 0, len(buffer))
        return ([Field(0, end, PLAIN)] if end else []), end
