"""Text lost for good: what decoders leave where nothing can be brought back."""

from __future__ import annotations

import re
from typing import Final

from textmend.misreadings.judgement import LostMark

#: What the bytes EF BF BD (U+FFFD in UTF-8) or uninitialised memory become, and in which reader.
_SIGNS: Final = (
    ("gbk", "(?:锟斤拷|锟斤|斤拷|烫烫烫|屯屯屯|葺葺葺)+"),
    ("cp949", "(?:占쏙옙|占쎌늽|占쏙|쏙옙)+"),
    ("euc-jp", "(?:鐃緒申|鐃緒|緒申)+"),
    ("big5", "(?:嚙踐|嚙踝蕭|嚙)+"),
    ("cp932", "(?:ｿｽ|・ｽ){2,}"),
    ("cp1252", "(?:ï¿½)+"),
    ("utf-8", "\ufffd{2,}"),
    ("ascii", r"(?<![?\w])\?{3,}(?![?\w])"),
)
#: What they begin with: looking for that first is several times as fast.
_FIRST: Final = re.compile("[锟斤烫屯葺占쏙鐃緒嚙ｿ・ï\ufffd?]")
_PATTERN: Final = re.compile("|".join(f"(?P<r{n}>{p})" for n, (_, p) in enumerate(_SIGNS)))
#: Characters, beside question marks in a row, without one of which there is no sign.
HINTS: Final = "锟斤烫屯葺占쏙鐃緒嚙ｿ・¿\ufffd"


def lost_marks(text: str) -> tuple[LostMark, ...]:
    """Return the places of a text where only the marks of lost text are left, ascending.

    >>> lost_marks("版本锟斤拷息")[0].what
    'gbk'
    """
    marks: list[LostMark] = []
    for first in _FIRST.finditer(text):
        at = first.start()
        match = None if marks and at < marks[-1].end else _PATTERN.match(text, at)
        if match is None:
            continue
        reader = _SIGNS[int((match.lastgroup or "r0")[1:])][0]
        message = f"text was lost here: what is left are marks that {reader} shows for lost bytes"
        marks.append(LostMark(match.start(), match.end(), reader, message))
    return tuple(marks)


#: Signs after which nothing of the line can be trusted: whole characters are gone.
_UNREADABLE: Final = re.compile("锟斤|斤拷|烫烫烫|屯屯屯|占쏙|쏙옙|鐃緒|緒申|嚙踐|嚙踝")


def unreadable(text: str) -> bool:
    """Tell whether a text holds marks of lost text that no reading explains.

    >>> unreadable("占쏙옙占싱듸옙"), unreadable("ï¿½")
    (True, False)
    """
    return _UNREADABLE.search(text) is not None
