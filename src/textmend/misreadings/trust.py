"""How likely is all of a line that was restored?  What the ways through its lattice say, and what they do not know.

The prices of the model take one sign after another.  They are right about the
letters of known words, too sure of dashes and pictures, and not sure enough of
long lines, in which all words speak for one language.  How much each counts
was fitted on lines of other texts than those that measure it.
"""

from __future__ import annotations

import re
import unicodedata
from math import exp, log
from typing import Final

from textmend.misreadings.restored import Lost, Restored
from textmend.plausibility.model import load

#: Natural logarithms of the odds, beside those of the share that the best way has: of every line, and for each
#: e-fold of its length.
_BASE: Final = -0.85
_LONGER: Final = 0.33
#: A word with a letter that was lost is not known.
_UNKNOWN: Final = -0.56
#: A capital came out behind a small letter.
_CAPITAL: Final = -0.5
#: A dash came out where few stand, less likely than this, or a sign that is neither letter nor usual punctuation.
_DASH: Final = -1.4
_DASH_SURE: Final = 0.97
_PICTURE: Final = -0.85
#: A character of East Asia came out: each tells more than a letter.
_EASTERN: Final = 0.45
#: The original was in another encoding than UTF-8: its lost bytes leave fewer signs that may have stood there.
_LEGACY: Final = 0.5
#: Losses left marks, and some of what looks like one may be none.
_MARKED: Final = -0.55
#: No share is nearer to nothing, or to everything.
_LEAST: Final = 0.001
_WORD: Final = re.compile(r"[^\W\d_]+")
#: The categories of dashes, and of signs that are no punctuation.
_DASHES: Final = "Pd"
_PICTURES: Final = frozenset(("So", "Sm", "Sk"))


def likely(restored: Restored, *, legacy: bool = False) -> float:
    """Return the probability that all of a restored line is right.

    legacy: whether the original was in another encoding than UTF-8.

    >>> from textmend.misreadings.originals import restore
    >>> likely(restore("partners.鈥", "gbk")) > 0.5
    True
    """
    share = min(max(restored.share, _LEAST), 1.0 - _LEAST)
    odds = log(share / (1.0 - share)) + _BASE + _LONGER * log(len(restored.text) or 1)
    kinds = {_kind(restored, lost, legacy=legacy) for lost in restored.losses if lost.chosen}
    if "dash" in kinds:
        odds += _DASH
    if "picture" in kinds:
        odds += _PICTURE
    if "east" in kinds:
        odds += _EASTERN
    if _has_unknown(restored):
        odds += _UNKNOWN
    if any(lost.at and lost.chosen[:1].isupper() and restored.text[lost.at - 1].islower() for lost in restored.losses):
        odds += _CAPITAL
    if legacy:
        odds += _LEGACY
    if restored.marked:
        odds += _MARKED
    return 1.0 / (1.0 + exp(-odds))


def guessed(restored: Restored, lost: Lost) -> bool:
    """Tell whether a lost sign is of a kind that is hardly ever right by itself: a dash in no usual place, an emoji.

    >>> dash = Lost(4, "dropped", b"", "–", 1, (("–", 0.9),))
    >>> guessed(Restored("one – two", (dash,), 0, (), 0.0, 0.5, marked=False), dash)
    False
    >>> guessed(Restored("one,– two", (dash,), 0, (), 0.0, 0.5, marked=False), dash)
    True
    """
    if not lost.chosen or lost.kind == "altered":  # a space tells which byte it stands for
        return False
    category = unicodedata.category(lost.chosen[0])
    return _is_odd(restored.text, lost) if category == _DASHES else category in _PICTURES


def _is_odd(text: str, lost: Lost) -> bool:
    """Tell whether a dash stands where few do: neither between spaces nor, as two, in East Asian text."""
    dash = lost.chosen[0]
    before, after = text[: lost.at].rstrip(dash)[-1:], text[lost.at :].lstrip(dash)[:1]
    if before == " " == after:
        return False
    return 2 * dash not in text[max(0, lost.at - 1) : lost.at + 2] or not before or load().sign(before)[1] != "CJK"


def _kind(restored: Restored, lost: Lost, *, legacy: bool) -> str:
    category = unicodedata.category(lost.chosen[0])
    if category == _DASHES:
        # a lone byte between spaces is a word as often as a dash
        usual = not _is_odd(restored.text, lost) and not (legacy and restored.text.startswith(" ", lost.at - 1))
        return "" if usual or lost.ranked[0][1] >= _DASH_SURE else "dash"
    if category[0] == "S":
        return "picture"
    return "east" if category[0] in "LM" and load().sign(lost.chosen[0])[1] == "CJK" else ""


def _has_unknown(restored: Restored) -> bool:
    """Tell whether some word that had lost letters is not known; East Asian text has no words to know."""
    model = load()
    lost = {one.at for one in restored.losses if one.chosen}
    for match in _WORD.finditer(restored.text):
        if lost.isdisjoint(range(*match.span())) or model.sign(match[0][0])[1] == "CJK":
            continue
        if not model.knows(match[0]):
            return True
    return False
