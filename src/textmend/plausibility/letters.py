"""Which letters are counted together: one group for each script.

Languages are told apart inside a group.  Chinese, Japanese and Korean write
several scripts at once, so they share the group ``CJK``.
"""

from __future__ import annotations

from functools import lru_cache

#: The groups, in the model's order.
GROUPS: tuple[str, ...] = (
    "Latn",
    "Cyrl",
    "Grek",
    "Arab",
    "Hebr",
    "CJK",
    "Armn",
    "Geor",
    "Deva",
    "Beng",
    "Guru",
    "Gujr",
    "Orya",
    "Taml",
    "Telu",
    "Knda",
    "Mlym",
    "Sinh",
    "Thai",
    "Laoo",
    "Tibt",
    "Mymr",
    "Khmr",
    "Ethi",
    "Cher",
    "Cans",
    "Mong",
    "Thaa",
    "Syrc",
    "Nkoo",
    "Tfng",
    "Yiii",
)
_GROUPS = frozenset(GROUPS)

#: The group of characters that neither end a word nor count in it.
SKIPPED = "*"

_OF_CLASS = {
    "ipa": "Latn", "Latn-rare": "Latn", "ligature": SKIPPED, "Cyrl-rare": "Cyrl",
    "Grek-poly": "Grek", "Arab-form": "Arab", "Hebr-form": "Hebr", "ª": "Latn", "º": "Latn",
    "han": "CJK", "han-ext": "CJK", "han-compat": "CJK", "hiragana": "CJK", "katakana": "CJK",
    "halfwidth-kana": "CJK", "hangul": "CJK", "bopomofo": "CJK", "ー": "CJK", "々": "CJK",
    "〇": "CJK", "mark": SKIPPED, "\u200c": SKIPPED, "\u200d": SKIPPED, "\xad": SKIPPED, "ﾞ": SKIPPED, "ﾟ": SKIPPED,
}  # fmt: skip


@lru_cache(maxsize=1024)
def group_of_class(name: str) -> str:
    """Return the group whose letters a class holds, or the empty string.

    >>> group_of_class("Latn-upper"), group_of_class("hiragana"), group_of_class("box")
    ('Latn', 'CJK', '')
    """
    special = _OF_CLASS.get(name)
    if special is not None:
        return special
    base = name.partition("-")[0]
    if name != base and base not in ("Latn", "Cyrl", "Grek", "Armn"):
        return ""
    return base if base in _GROUPS else ""


#: Signs that stand inside words: between letters they do not end one.
APOSTROPHES = "'’"

#: Letters of two of these scripts side by side count as a rare letter does where they are supposed.
UNMIXED = frozenset(("Latn", "Cyrl", "Grek", "Armn", "Hebr", "Arab", "Geor"))

HALF = "ｦｧｨｩｪｫｬｭｮｯｰｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ"
FULL = (
    "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン"
)
_FOLDED = {**dict(zip(HALF, FULL, strict=True)), "İ": "i", "ẞ": "ß"}


def fold(char: str) -> str:
    """Return the letter that stands for ``char`` in the counts: lower case, full width.

    >>> fold("É"), fold("ｱ"), fold("İ")
    ('é', 'ア', 'i')
    """
    special = _FOLDED.get(char)
    if special is not None:
        return special
    lower = char.lower()
    return lower if len(lower) == 1 else char
