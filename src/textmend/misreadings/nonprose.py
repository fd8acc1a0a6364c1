"""Text that is no prose: program text, tables of signs, drawings.

The model knows prose, so what it costs says little of these.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import Final

#: What stands in program text and in tables, and hardly in prose.
_CODE: Final = re.compile(
    "[{}<>=\\[\\]\\\\^~#$]|(?<! )\\||\\|(?! )|//|::|; ?;|\\(\\)|[\"'][,;:)]|[(,:+] ?[\"']|^\\s*([\"']).*\\1\\s*$"
)
#: What programs put words into, in the sentences that they show: these are prose.
_PLACEHOLDER: Final = re.compile(
    "\\$[0-9]|%\\([a-z_]+\\)[sd]|(?<![^ “\"'(]){[a-z_]+}(?=[ .,;:!?)”’\"'])|</?[a-z]{1,8}>"
)
#: What frames and diagrams are drawn with.
_DRAWING: Final = re.compile("[─-╿]+")
#: So many signs of a table of signs in a row.
_ROW: Final = 6


def is_code(text: str) -> bool:
    """Tell whether a text has what stands in program text and in tables; sentences that programs show are prose.

    >>> is_code("'oe': 'œ',"), is_code("%(user)s a été supprimé")
    (True, False)
    """
    return _CODE.search(_PLACEHOLDER.sub("", text)) is not None


def is_listed(text: str) -> bool:
    """Tell whether signs stand side by side as in the tables of encodings: an alphabet, or all signs of one.

    >>> is_listed("0-9a-zµ ÀÁÂÃÄÅÆ"), is_listed("ÂÀÁÃ")
    (True, False)
    """
    row = 1
    for one, other in pairwise(map(ord, text)):
        row = row + 1 if one >= 0x80 and other == one + 1 else 1
        if row == _ROW:
            return True
    return False


def is_drawing(text: str) -> bool:
    """Tell whether a text has frames that hang together, as what chance makes does not.

    >>> is_drawing("┌─┬┐"), is_drawing("// │DK │RS"), is_drawing("h└r"), is_drawing("djij║╞╗╗")
    (True, True, False, False)
    """
    runs = list(_DRAWING.finditer(text))
    return bool(runs) and all(_hangs_together(text, *run.span()) for run in runs)


def _hangs_together(text: str, start: int, end: int) -> bool:
    """Tell whether strokes run on from sign to sign, and one that stands alone begins a column."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isalnum() and after.isalnum():
        return False
    names = [unicodedata.name(sign) for sign in text[start:end]]
    if len(names) == 1:
        stroke = names[0].endswith("VERTICAL") or (names[0].endswith("HORIZONTAL") and after in {"", " "})
        return stroke and before in {"", " "}
    sides = [("RIGHT" in name or "HORIZONTAL" in name, "LEFT" in name or "HORIZONTAL" in name) for name in names]
    return all(one[0] == other[1] for one, other in pairwise(sides))
