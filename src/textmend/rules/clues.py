r"""Cheap looks at a text that several rules share: without the clue, none of them finds anything.

A clue is allowed to be wrong in one way only: it may be there where no rule finds anything. Rules in a
row with the same clue are passed over together.

>>> from textmend.options import Options
>>> unseen("a\u200bb", Context(Options())), unseen("plain\ntext", Context(Options()))
(True, False)
"""

from __future__ import annotations

from textmend.rules.base import Context
from textmend.rules.characters import holds_surrogates

# Up to so many characters one look for all that is unseen is quicker than one for each C1 control: 0.3 us for
# a hundred characters against 1 us; at seven thousand it is 38 us against 9.
_SHORT = 800
# The C1 controls that are bytes of cp1252.
_PUNCTUATION = "".join(chr(byte) for byte in range(0x80, 0xA0) if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D})
_CONTROLS = bytes(({*range(0x20)} - {0x0A}) | {0x7F})


def misread(text: str, context: Context) -> bool:
    """Return whether the judgement of a text says anything.

    >>> from textmend.options import Options
    >>> misread("Russia鈥檚 army", Context(Options())), misread("plain", Context(Options()))
    (True, False)
    """
    judgement = context.judgement(text)
    return bool(judgement.mendings or judgement.lost or judgement.undecided)


def unseen(text: str, context: Context) -> bool:
    r"""Return whether a text holds a character that shows nothing, other than spaces and line feeds.

    These are controls, format characters, surrogates, private use, separators and spaces but the usual one,
    and what Unicode does not have: all that Python calls not printable.

    >>> from textmend.options import Options
    >>> unseen("a\tb", Context(Options())), unseen("日本", Context(Options()))
    (True, False)
    """
    if context.seen is not text:
        if text.isascii():
            data = text.encode("ascii")
            if len(data.translate(None, _CONTROLS)) != len(data):
                return True
        elif not (text.isprintable() or text.replace("\n", "").isprintable()):
            return True
        context.seen = text
    return False


def damage(text: str, context: Context) -> bool:
    r"""Return whether a text may hold C1 controls of cp1252 or surrogates.

    >>> from textmend.options import Options
    >>> damage("caf\x85", Context(Options())), damage("café", Context(Options()))
    (True, False)
    """
    if len(text) <= _SHORT:
        return unseen(text, context)
    if context.sound is not text:
        if any(char in text for char in _PUNCTUATION) or holds_surrogates(text):
            return True
        context.sound = text
    return False


def escapes(text: str, _context: Context) -> bool:
    r"""Return whether a text holds a sign with which escapes begin.

    >>> from textmend.options import Options
    >>> escapes("caf&eacute;", Context(Options())), escapes("café", Context(Options()))
    (True, False)
    """
    return "&" in text or "%" in text or "=" in text or "\\" in text
