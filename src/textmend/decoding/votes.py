r"""Votes of another detector where the model is in doubt.

chardet counts pairs of bytes by language and encoding, the model letters by language: their errors
differ. Where the two best readings of short bytes are within a few bits, chardet's first choice was
measured to be worth some; charset-normalizer's, none.

>>> votes(b"Pr\xe9sident")[0]
'Président'
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textmend import encodings
from textmend.decoding.weighing import Weighed

# Bits between the two best readings below which votes are asked for: 298 of 1,550 short samples.
DOUBT = 8.0
# Bytes above which the model has seen enough, and chardet would take long.
MOST_BYTES = 400
# What its first choice is worth, and its next two: 252 right of 298 become 260; more makes it fewer.
_FIRST, _NEXT = 2.5, 1.5
_NEXT_CHOICES = 2


def votes(data: bytes) -> list[str]:
    """Return the texts that chardet would read, the likeliest first, each once.

    >>> votes("Все люди рождаются свободными".encode("cp1251"))[0]
    'Все люди рождаются свободными'
    """
    import chardet

    found: dict[str, None] = {}
    for each in chardet.detect_all(data, ignore_threshold=True):
        name = each["encoding"]
        if name is None:
            continue
        try:
            found[data.decode(name)] = None
        except (UnicodeDecodeError, LookupError):
            continue
        if len(found) > _NEXT_CHOICES:
            break
    return list(found)


def heard(data: bytes, ranked: Sequence[Weighed]) -> list[Weighed]:
    r"""Return the candidates ranked anew, with the votes for their texts counted.

    >>> [it.name for it in heard(b"Pr\xe9sident", [Weighed(9.0, "cp850", False), Weighed(10.0, "cp1252", False)])]
    ['cp1252', 'cp850']
    """
    worth = dict.fromkeys(reversed(votes(data)), _NEXT)
    if worth:
        worth[next(reversed(worth))] = _FIRST
    counted = [
        it if it.mixed else replace(it, bits=it.bits - worth.get(encodings.read(data, it.name) or "", 0.0))
        for it in ranked
    ]
    return sorted(counted, key=lambda it: it.bits)
