r"""Cheap looks at a text that several rules share: without the clue, none of them finds anything.

A clue is allowed to be wrong in one way only: it may be there where no rule finds anything. Rules in a
row with the same clue are passed over together.

>>> from textmend.options import Options
>>> unseen("a\u200bb", Context(Options())), unseen("plain\ntext", Context(Options()))
(True, False)
"""

from __future__ import annotations

from textmend.rules.base import Context

# Up to so many characters one look for all that is unseen is quicker than one for each kind of damage.
_SHORT = 800
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
    r"""Return whether a text may hold C1 controls or surrogates; long texts always may.

    The rules about them take less time for a long text than a look at all its characters.

    >>> from textmend.options import Options
    >>> damage("caf\x85", Context(Options())), damage("café", Context(Options()))
    (True, False)
    """
    return len(text) > _SHORT or unseen(text, context)


def escapes(text: str, _context: Context) -> bool:
    r"""Return whether a text holds a sign with which escapes begin.

    >>> from textmend.options import Options
    >>> escapes("caf&eacute;", Context(Options())), escapes("café", Context(Options()))
    (True, False)
    """
    return "&" in text or "%" in text or "=" in text or "\\" in text
