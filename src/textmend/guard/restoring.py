r"""Takes back what an edit did to a file, and keeps what it was meant to do.

>>> from textmend.guard.comparing import compare
>>> old, new = "Größe\nb\n".encode(), "Gr??e\r\nc\r\n".encode()
>>> restored(compare(old, new)).decode()
'Größe\nc\n'
"""

from __future__ import annotations

from collections.abc import Collection

from textmend.guard.checks import ENCODING, LINE_ENDS, MARK
from textmend.guard.comparing import Comparison, Trouble
from textmend.guard.sides import written


def restored(comparison: Comparison, leave: Collection[Trouble] = ()) -> bytes | None:
    """Return the new version with its troubles taken back, as far as the old version proves what was.

    leave: troubles that stay. None when nothing can be restored.

    >>> from textmend.guard.comparing import NOTHING
    >>> restored(NOTHING) is None
    True
    """
    old, new = comparison.old, comparison.new
    troubles = [each for each in comparison.troubles if each.proven and each not in leave]
    if old is None or new is None or not troubles:
        return None
    codes = {each.code for each in troubles}
    lines, ends = new.lines, new.ends
    for each in sorted(troubles, key=lambda each: -each.column):
        line = lines[each.line - 1]
        if each.now or each.was:
            lines[each.line - 1] = line[: each.column - 1] + each.was + line[each.end - 1 :]
    if LINE_ENDS in codes:
        kinds, olds = old.kinds, old.ends
        usual = max(kinds, key=lambda end: kinds[end])
        for number, end in enumerate(ends):
            partner = comparison.partners[number]
            was = olds[partner] if partner is not None else usual
            ends[number] = (was or usual) if end else ""
    mark = old.mark if MARK in codes else new.mark
    encoding = new.encoding
    if ENCODING in codes:
        encoding = "utf-8" if old.encoding == "ascii" else old.encoding
        mark = old.mark
    elif new.strays:
        return None
    data = written("".join(part for pair in zip(lines, ends, strict=True) for part in pair), encoding)
    return None if data is None else mark + data
