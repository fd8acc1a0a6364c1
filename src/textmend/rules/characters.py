"""What several rules know about characters: their names, and the scripts that need unseen ones."""

from __future__ import annotations

import functools

SHOWN_NAMES = 3  # characters of a run that are named; more would bury the message

# Scripts whose letters change shape or whose words are parted by unseen characters: a joiner, a
# non-joiner, a zero-width space or a vowel separator beside one of their letters is spelling.
JOINING = (
    "\u0590-\u08ff"  # Hebrew, Arabic, Syriac, Thaana, N'Ko, Samaritan, Mandaic
    "\u0900-\u0dff"  # the scripts of India, from Devanagari to Sinhala
    "\u0e00-\u109f"  # Thai, Lao, Tibetan, Burmese: words without spaces
    "\u1700-\u18af"  # Philippine scripts, Khmer, Mongolian
    "\u1900-\u1cff"  # Limbu to Vedic
    "\ua800-\ua8ff\ua900-\uaaff\uabc0-\uabff"  # Phags-pa, Javanese, Cham, Meetei Mayek
    "\ufb1d-\ufdff\ufe70-\ufefc"  # presentation forms
    "\U00010a00-\U00010fff\U00011000-\U00011fff\U0001e900-\U0001e95f"  # historic ones, Adlam
)

# What may stand in an emoji: signs from arrows to enclosed ideographs, the pictures themselves,
# skin tones, the selector of the coloured form, tags of flags.
EMOJI = "\u00a9\u00ae\u203c-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2900-\u2bff\u3030-\u3299\ufe0f\U0001f000-\U0001fbff"

RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
HAN = "\u2e80-\u2fff\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
EAST_ASIAN = f"\u1100-\u11ff\u3001-\u30ff\u3105-\u318f\uac00-\ud7a3{HAN}"
COMBINING = "\u0300-\u036f"


@functools.lru_cache(maxsize=1024)
def spelled(text: str) -> str:
    r"""Name the characters of a short text; of a longer one the first few.

    >>> spelled("\u200b"), spelled("\x1b[")
    ('U+200B ZERO WIDTH SPACE', 'U+001B, U+005B LEFT SQUARE BRACKET')
    """
    import unicodedata

    named = [f"U+{ord(char):04X} {unicodedata.name(char, '')}".rstrip() for char in text[:SHOWN_NAMES]]
    more = len(text) - SHOWN_NAMES
    return ", ".join(named) + (f" and {more} more" if more > 0 else "")


def holds_surrogates(text: str) -> bool:
    r"""Return whether a text holds surrogates, at the speed of an encoder.

    >>> holds_surrogates("a\udcff"), holds_surrogates("日本")
    (True, False)
    """
    if text.isascii():
        return False
    try:
        text.encode("utf-16-le")  # it refuses surrogates, and is the fastest encoder that does
    except UnicodeEncodeError:
        return True
    return False
