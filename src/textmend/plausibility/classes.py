"""What kind of character is this: the classes whose transitions the model counts.

A class is a small integer.  Signs that garbling leaves or destroys (quotes,
dashes, the symbols of Latin-1) are classes of their own; letters share one
class for each script and case; everything else falls into a class for its
block.  Nothing here is trained: the numbers come from Unicode, and the order
of the names below is part of the model's format.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right

# Single characters that are classes of their own.
_SINGLES = (
    "\n\t !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
    "\xa0¡¢£¤¥¦§¨©ª«¬\xad®¯°±²³´µ¶·¸¹º»¼½¾¿×÷"
    "€‚„…†‡ˆ‰‹‘’“”•–—˜™›"
    "−√∂∑∏∫∞≈≠≤≥◊‾⁄№′″"
    "、。「」『』・ー〜～，！？：；（）《》〈〉【】〔〕\u3000￥｡｢｣､･ﾞﾟ々〇"
    "\u200b\u200c\u200d\u200e\u200f\ufeff\ufe0f\ufffd"
    "،؛؟ـ٪।॥׳״־ªº"
)

# First code point of a range, class name.  A range reaches to the next entry.
# Ranges of letters of cased scripts are refined by case in class_of.
_RANGES: tuple[tuple[int, str], ...] = (
    (0x0000, "c0"),
    (0x0020, "ascii"),
    (0x007F, "c0"),
    (0x0080, "c1"),
    (0x00A0, "latin1-sign"),
    (0x00C0, "Latn"),
    (0x0250, "ipa"),
    (0x02B0, "modifier"),
    (0x0300, "mark"),
    (0x0370, "Grek"),
    (0x0400, "Cyrl"),
    (0x0530, "Armn"),
    (0x0590, "Hebr"),
    (0x0600, "Arab"),
    (0x0700, "Syrc"),
    (0x0750, "Arab"),
    (0x0780, "Thaa"),
    (0x07C0, "Nkoo"),
    (0x0800, "semitic"),
    (0x08A0, "Arab"),
    (0x0900, "Deva"),
    (0x0980, "Beng"),
    (0x0A00, "Guru"),
    (0x0A80, "Gujr"),
    (0x0B00, "Orya"),
    (0x0B80, "Taml"),
    (0x0C00, "Telu"),
    (0x0C80, "Knda"),
    (0x0D00, "Mlym"),
    (0x0D80, "Sinh"),
    (0x0E00, "Thai"),
    (0x0E80, "Laoo"),
    (0x0F00, "Tibt"),
    (0x1000, "Mymr"),
    (0x10A0, "Geor"),
    (0x1100, "jamo"),
    (0x1200, "Ethi"),
    (0x13A0, "Cher"),
    (0x1400, "Cans"),
    (0x1680, "rare-script"),
    (0x1780, "Khmr"),
    (0x1800, "Mong"),
    (0x18B0, "Cans"),
    (0x1900, "rare-script"),
    (0x1AB0, "mark"),
    (0x1B00, "rare-script"),
    (0x1C80, "Cyrl"),
    (0x1C90, "Geor"),
    (0x1CC0, "rare-script"),
    (0x1D00, "ipa"),
    (0x1DC0, "mark"),
    (0x1E00, "Latn"),
    (0x1F00, "Grek-poly"),
    (0x2000, "space"),
    (0x2010, "punct"),
    (0x2028, "format"),
    (0x2030, "punct"),
    (0x2060, "format"),
    (0x2070, "superscript"),
    (0x20A0, "currency"),
    (0x20D0, "mark"),
    (0x2100, "letterlike"),
    (0x2150, "number-form"),
    (0x2190, "arrow"),
    (0x2200, "math"),
    (0x2300, "technical"),
    (0x2440, "technical"),
    (0x2460, "enclosed"),
    (0x2500, "box"),
    (0x2580, "block"),
    (0x25A0, "geometric"),
    (0x2600, "symbol"),
    (0x2700, "dingbat"),
    (0x27C0, "math"),
    (0x27F0, "arrow"),
    (0x2800, "braille"),
    (0x2900, "arrow"),
    (0x2980, "math"),
    (0x2B00, "arrow"),
    (0x2C00, "rare-script"),
    (0x2C60, "Latn-rare"),
    (0x2C80, "rare-script"),
    (0x2D00, "Geor"),
    (0x2D30, "Tfng"),
    (0x2D80, "Ethi"),
    (0x2DE0, "Cyrl-rare"),
    (0x2E00, "punct"),
    (0x2E80, "radical"),
    (0x3000, "cjk-punct"),
    (0x3040, "hiragana"),
    (0x30A0, "katakana"),
    (0x3100, "bopomofo"),
    (0x3130, "compat-jamo"),
    (0x3190, "cjk-punct"),
    (0x31A0, "bopomofo"),
    (0x31C0, "radical"),
    (0x31F0, "katakana"),
    (0x3200, "cjk-compat"),
    (0x3400, "han-ext"),
    (0x4DC0, "symbol"),
    (0x4E00, "han"),
    (0xA000, "Yiii"),
    (0xA4D0, "rare-script"),
    (0xA640, "Cyrl-rare"),
    (0xA6A0, "rare-script"),
    (0xA700, "modifier"),
    (0xA720, "Latn-rare"),
    (0xA800, "rare-script"),
    (0xAA60, "Mymr"),
    (0xAA80, "rare-script"),
    (0xAB00, "Ethi"),
    (0xAB30, "Latn-rare"),
    (0xAB70, "Cher"),
    (0xABC0, "rare-script"),
    (0xAC00, "hangul"),
    (0xD7B0, "jamo"),
    (0xD800, "surrogate"),
    (0xE000, "private"),
    (0xF900, "han-compat"),
    (0xFB00, "ligature"),
    (0xFB1D, "Hebr-form"),
    (0xFB50, "Arab-form"),
    (0xFE00, "format"),
    (0xFE10, "cjk-form"),
    (0xFE20, "mark"),
    (0xFE30, "cjk-form"),
    (0xFE70, "Arab-form"),
    (0xFF00, "fullwidth-sign"),
    (0xFF61, "halfwidth-kana"),
    (0xFFA0, "halfwidth-jamo"),
    (0xFFE0, "fullwidth-sign"),
    (0xFFF0, "special"),
    (0x10000, "rare-script"),
    (0x1D400, "math-letter"),
    (0x1D800, "rare-script"),
    (0x1F000, "symbol"),
    (0x1F170, "emoji"),
    (0x1F650, "symbol"),
    (0x1F680, "emoji"),
    (0x1F700, "symbol"),
    (0x1F900, "emoji"),
    (0x1FB00, "symbol"),
    (0x20000, "han-ext"),
    (0xE0000, "tag"),
    (0xE0100, "format"),
    (0xF0000, "private"),
    (0x110000, "end"),
)
_STARTS = [start for start, _ in _RANGES]

#: Scripts with capitals: their letters are split into lower and upper, and
#: a capital that follows another capital is a class of its own, so that the
#: model can tell ``Mac`` from ``MAc``.
CASED = ("Latn", "Cyrl", "Grek", "Armn")

_EXTRA = (
    "digit",
    "digit-other",
    "mark-script",
    "fullwidth-letter",
    "fullwidth-digit",
    "letter-other",
    "sign-other",
    "unassigned",
    "unassigned-letterlike",
    *(f"{script}-{case}" for script in CASED for case in ("lower", "upper", "upper2")),
)

NAMES: tuple[str, ...] = tuple(dict.fromkeys([*_SINGLES, *(name for _, name in _RANGES), *_EXTRA]))
COUNT = len(NAMES)
INDEX = {name: number for number, name in enumerate(NAMES)}

#: The class of line starts and ends.
EDGE = INDEX["\n"]
SPACE = INDEX[" "]
#: The class of a capital, and its class after another capital.
CAPITALS = {INDEX[f"{s}-upper"]: INDEX[f"{s}-upper2"] for s in CASED}
_AFTER_UPPER = frozenset(CAPITALS) | frozenset(CAPITALS.values())


def class_of(char: str) -> int:
    """Return the class of one character, whatever stands before it.

    >>> NAMES[class_of("é")], NAMES[class_of("Ж")], NAMES[class_of("“")]
    ('Latn-lower', 'Cyrl-upper', '“')
    """
    number = INDEX.get(char) if len(char) == 1 else None
    if number is not None:
        return number
    return INDEX[_name_of(char)]


def _name_of(char: str) -> str:
    name = _RANGES[bisect_right(_STARTS, ord(char)) - 1][1]
    if name in ("c0", "c1", "private", "surrogate", "han", "hangul", "han-ext"):
        return name
    category = unicodedata.category(char)
    if category in ("Cn", "Co"):
        return "unassigned"
    if name in ("ascii", "latin1-sign"):
        name = "Latn"
    if category == "Nd":
        if char.isascii():
            return "digit"
        return "fullwidth-digit" if name == "fullwidth-sign" else "digit-other"
    if name in CASED:
        if category in ("Lu", "Lt"):
            return f"{name}-upper"
        if category in ("Ll", "Lo", "Lm"):
            return f"{name}-lower"
        return "mark" if category[0] == "M" else "sign-other"
    if name == "fullwidth-sign" and category[0] == "L":
        return "fullwidth-letter"
    return name


def contextual(number: int, previous: int) -> int:
    """Return the class that ``number`` has after ``previous``: a capital after a capital.

    >>> NAMES[contextual(class_of("B"), class_of("A"))]
    'Latn-upper2'
    """
    if previous in _AFTER_UPPER and number in CAPITALS:
        return CAPITALS[number]
    return number
