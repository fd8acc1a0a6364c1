"""What the guard looks for: one table of checks, each with a code that can be ignored.

>>> [check.code for check in CHECKS]
['TG101', 'TG102', 'TG103', 'TG201', 'TG202']
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """One way in which an edit harms a file.

    code, name: stable. summary: one line. why: why it matters.

    >>> CHECKS[0].name
    'encoding-changed'
    """

    code: str
    name: str
    summary: str
    why: str
    severity: str = "error"


ENCODING = "TG101"
MARK = "TG102"
LINE_ENDS = "TG103"
MISREAD = "TG201"
LOST = "TG202"

CHECKS: tuple[Check, ...] = (
    Check(
        ENCODING,
        "encoding-changed",
        "The file was in one encoding and is in another now, whole or in part.",
        "Every program that reads the file as before shows garbled text from now on.",
    ),
    Check(
        MARK,
        "mark-changed",
        "A byte order mark was added or taken away.",
        "Scripts with a mark do not start, and the first column of a table gets another name.",
    ),
    Check(
        LINE_ENDS,
        "line-ends-changed",
        "Lines end in another way than they did.",
        "Comparisons show every line as changed, so that what was really changed is not seen.",
    ),
    Check(
        MISREAD,
        "misreading-introduced",
        "Text that could be read is misread now.",
        "The program that made the edit read the file in the wrong encoding.",
    ),
    Check(
        LOST,
        "text-lost",
        "U+FFFD, a question mark or nothing stands where there was text.",
        "The text is gone from the file; only an earlier version still has it.",
    ),
)
"""All checks, by code."""
