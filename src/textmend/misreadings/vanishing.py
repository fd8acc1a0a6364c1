"""Letters that a reader loses without a trace: where they must be missing, nothing is restored.

UTF-8 read as Big5 loses every byte of some letters and shows those of others.
What comes back is a text without the letters lost, which no test of its bytes
tells.  But that none of them stands in it does.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from textmend.encodings import garbling
from textmend.plausibility.model import UNITS, load

#: So many lost letters must be expected in a text where none stands: chance leaves one in fifty texts so.
_EXPECTED: Final = 4.0
#: A text with so small a part of them lacks them all the same: some were guessed.
_GUESSED: Final = 0.2
#: Letters before which a letter must vanish too, not only before a space.
_OTHERS: Final = 4
#: So many stretches whose bytes all make pairs are no chance.
_PAIRED: Final = 4
#: Letters of a script that are looked at: the others make up little of any text.
_LIKELIEST: Final = 600
#: A text of fewer letters is too short to miss some.
_SHORTEST: Final = 6
_LETTERS: Final = re.compile(r"[^\W\d_\x00-\x7f]")
_STRETCH: Final = re.compile(rb"[\x80-\xff]+")
_GAP = " "


@cache
def _lost(read: str, script: str) -> tuple[frozenset[str], float]:
    """Return the letters of a script that a reader drops whole from UTF-8, and their share among its letters."""
    model = load()
    lost: set[str] = set()
    share = whole = 0.0
    letters = [char for char in model.group(script).number if not char.isascii() and char.isalpha()]
    letters = sorted(letters, key=model.alone)[:_LIKELIEST]
    others = ("", *letters[:_OTHERS])
    for char in letters:
        weight = 2.0 ** (-model.alone(char) / UNITS)
        whole += weight
        if all(_shown(char + other, read) == _shown(other, read) for other in others):
            lost.add(char)
            share += weight
    return frozenset(lost), share / whole if whole else 0.0


@lru_cache(maxsize=2_000)
def _shown(text: str, read: str) -> str:
    return garbling.read_lossy((text + _GAP).encode("utf-8", "surrogatepass"), read, "drop")[0]


def hollow(text: str, read: str) -> bool:
    """Tell whether a text that came out of ``utf-8>read`` must lack letters that the reader dropped.

    >>> hollow("аждй еловек, где б он ни наодил, имее паво на пизнание", "big5")
    True
    >>> hollow("Каждый человек имеет право", "big5"), hollow("être naïf", "big5")
    (False, False)
    """
    model = load()
    counts: dict[str, int] = {}
    letters = _LETTERS.findall(text)
    if len(letters) < _SHORTEST:
        return False
    for char in letters:
        script = model.sign(char)[1]
        counts[script] = counts.get(script, 0) + 1
    for script, count in counts.items():
        if not script or script not in model.scripts():
            continue
        lost, share = _lost(read, script)
        expected = share * count / max(0.05, 1.0 - share)
        if expected > _EXPECTED and sum(char in lost for char in letters) < _GUESSED * expected:
            return True
    return False


def paired(data: bytes) -> bool:
    """Tell whether the bytes of single-byte letters stand in pairs throughout, as chance does not let words be.

    A reader that takes bytes in pairs drops the last letter of every other word.

    >>> paired("не должен быть там дома им".encode("cp1251"))
    False
    """
    stretches = _STRETCH.findall(data)
    return len(stretches) >= _PAIRED and not any(len(one) % 2 for one in stretches)
