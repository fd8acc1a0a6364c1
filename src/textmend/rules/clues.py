r"""One look at a text for all rules: where none of a rule's clues is there, it finds nothing.

A clue is allowed to be wrong in one way only: it may be there where no rule finds anything. Clues are bits,
so that one number says which of them a text holds and which of them a rule, or all rules of a run, wait for.

>>> look = load().look
>>> look("plain\ntext", UNSEEN | ESCAPES), look("a\u200bb &amp; c", UNSEEN | ESCAPES) == HIDDEN | ESCAPES
(0, True)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Final

NOTHING: Final = 0
"""The clue of a rule that never finds anything in a text."""
MISREAD: Final = 1
"""Text was misread, at a quick look."""
DAMAGE: Final = 2
"""C1 controls, surrogates."""
CONTROLS: Final = 4
"""Control characters of ASCII but those of LAYOUT and the line feed."""
LAYOUT: Final = 8
"""Tabs and the line ends of ASCII but the line feed."""
HIDDEN: Final = 16
"""What shows nothing beyond ASCII: controls, format characters, spaces, private use; what Unicode does not have."""
UNSEEN: Final = CONTROLS | LAYOUT | HIDDEN
"""All that Python calls not printable, but the line feed."""
ESCAPES: Final = 32
"""A sign with which escapes begin."""
BIDI: Final = 64
"""A control of the direction of text that opens or closes something."""
DOUBT: Final = 128
"""What may say of bytes in UTF-8 that they are something else: a byte order mark, what begins an escape of UTF-7
or HZ, and the letters that garbled text in Mac Roman or a DOS encoding makes as UTF-8 (decoding.double)."""
BEYOND: Final = 256
"""Any character beyond ASCII."""
ANYTHING: Final = 512
"""Every text has it."""
LOST: Final = 1024
"""Marks of lost text are there, at a quick look."""

# One control beyond ASCII is enough for this, and looking for that costs less than for each of them.
_ONCE_UNSEEN: Final = DAMAGE | BIDI | UNSEEN
_LAYOUT: Final = "\t\x0b\x0c\r"
_ESCAPES: Final = "&%=\\"
_DAMAGE: Final = "\x80-\x9f\ud800-\udfff"
_BIDI: Final = "\u202a-\u202e\u2066-\u2069"
_STARTS: Final = "+~"  # of UTF-7 and HZ
_DOUBT: Final = f"{_STARTS}\u01c0-\u01ff\u0240-\u027f\u0300-\u037f\ufeff"
# Without one of these, text in ASCII was neither misread nor lost (misreadings.scanner).
_ASKED: Final = "$%&+<=?\\~\0"
_ASKING: Final = MISREAD | LOST

_CLASSES: Final = (
    (DAMAGE, re.compile(f"[{_DAMAGE}]")),
    (BIDI, re.compile(f"[{_BIDI}]")),
    (ESCAPES, re.compile(f"[{re.escape(_ESCAPES)}]")),
    (DOUBT, re.compile(f"[{_DOUBT}]")),
)


class Sieve:
    """The look: in C where the kernel is, else in Python, which gives the same answers.

    >>> load().look("Russia鈥檚 army", MISREAD | BEYOND) == MISREAD | BEYOND
    True
    """

    def __init__(self, scan: Callable[[str], int], misread: Callable[[str], int]) -> None:
        from textmend.plausibility import kernel

        self._scan = scan
        self._misread = misread
        compiled = kernel.sieve(_page, scan, misread)
        self.look = self.search if compiled is None else compiled.look

    def search(self, text: str, wanted: int) -> int:
        r"""Return which of the wanted clues a text holds.

        >>> load().search("caf\x85", DAMAGE | CONTROLS) == DAMAGE
        True
        """
        found = wanted & ANYTHING
        if text.isascii():
            for byte in set(text.encode("ascii").translate(None, _DULL)):
                found |= _bits(chr(byte))
            if found & MISREAD:
                found = found & ~MISREAD | (self._asked(text) if wanted & _ASKING else NOTHING)
            return found & wanted
        found |= wanted & BEYOND
        if wanted & _ASKING:
            found |= wanted & self._asked(text)
        if wanted & _ONCE_UNSEEN and not (text.isprintable() or text.replace("\n", "").isprintable()):
            found |= wanted & _unseen(text)
        else:
            wanted &= ~_ONCE_UNSEEN
        for bit, pattern in _CLASSES:
            if wanted & bit and pattern.search(text):
                found |= bit
        return found

    def _asked(self, text: str) -> int:
        """Return whether something may have been misread or lost."""
        return self._misread(text) if self._scan(text) else NOTHING


def _unseen(text: str) -> int:
    """Return which kinds of unseen characters a text beyond ASCII holds."""
    found = 0
    for char in set(text):
        found |= _bits(char)
    return found & UNSEEN


def _bits(char: str) -> int:
    """Return the clues that a character is by itself."""
    found = 0
    for bit, pattern in _CLASSES:
        if pattern.match(char):
            found |= bit
    if char in _ASKED:
        found |= MISREAD
    if not char.isprintable() and char != "\n":
        found |= LAYOUT if char in _LAYOUT else CONTROLS if char.isascii() else HIDDEN
    return found


def _page(first: int) -> bytes:
    """Return the clues of 256 characters, a byte for each (Sieve in _sieve.c)."""
    chars = "".join(map(chr, range(first, first + 256)))
    if first and chars.isprintable() and not any(pattern.search(chars) for _, pattern in _CLASSES):
        return bytes(256)
    return bytes(map(_bits, chars))


# The characters of ASCII that are no clue to anything.
_DULL: Final = bytes(code for code in range(0x80) if not _bits(chr(code)))


@cache
def load() -> Sieve:
    """Return the look, made at the first call.

    >>> load().look("plain", ANYTHING) == ANYTHING
    True
    """
    from textmend import misreadings

    def misread(text: str) -> int:
        suspicious, marked = misreadings.look(text)
        return MISREAD * suspicious | LOST * marked

    return Sieve(misreadings.scanner(), misread)
