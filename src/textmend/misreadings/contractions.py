"""Apostrophes inside words: an English contraction, a possessive or an elided article tells what stood there.

Of all that Latin texts lose to another encoding it is the commonest, and often the only sign beyond ASCII in a line:
``donít``, ``itÕs``, ``theyÆre``, ``líacqua``. The letters beside it say in what words.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from textmend import encodings
from textmend.misreadings import hops
from textmend.misreadings.found import price
from textmend.misreadings.recognition import WORDS
from textmend.plausibility.model import load

#: What English contracts, by what stands behind the apostrophe (also in _scanner.c).
_WITH_NOT: Final = frozenset(
    (
        "ain", "aren", "can", "couldn", "didn", "doesn", "don", "hadn", "hasn", "haven", "isn", "mightn", "mustn",
        "needn", "shan", "shouldn", "wasn", "weren", "won", "wouldn",
    )
)  # fmt: skip
_WITH_VERB: Final = frozenset(
    (
        "he", "here", "how", "i", "it", "let", "she", "that", "there", "they", "this", "we", "what", "when", "where",
        "who", "why", "you",
    )
)  # fmt: skip
_VERBS: Final = frozenset(("d", "ll", "m", "re", "s", "ve"))
#: What French, Italian and Catalan elide before a vowel.
_ELIDED: Final = frozenset(
    (
        "all", "c", "d", "dall", "dell", "gl", "j", "jusqu", "l", "m", "n", "nell", "qu", "quell", "s", "sull", "t",
        "un",
    )
)  # fmt: skip
_ELIDING: Final = frozenset(("ca", "fr", "it"))
_ENGLISH: Final = "en"
#: Letters of the shortest noun that owns something, of the shortest with a capital where a letter stands behind it, for
#: names end so (``Alexís``), and of the shortest word behind an article.
_NOUN: Final = 3
_TITLE: Final = 6
_BEHIND: Final = 3
#: Words that tell the language of the text beside.
_BESIDE: Final = 2
#: Bits more for a contraction, and for the others; for all of a text at most.
_CONTRACTED: Final = 14.0
_OTHER: Final = 8.0
MOST: Final = 28.0
"""What contractions are worth at most."""

_WORD: Final = re.compile("(?<![^\\W\\d_])([A-Za-z]+)’([A-Za-z]+|[^\\W\\d_]{3,})(?![^\\W\\d_])")
_SEEN: Final = re.compile(
    "[A-Za-z][^\x00-\x7f](?:[dmstDMST]|ll|re|ve|LL|RE|VE)(?![A-Za-z])"
    f"|(?<![A-Za-z])(?i:{'|'.join(sorted(_ELIDED))})[^\x00-\x7f][A-Za-z]"
)
_SIGN: Final = re.compile("[^\x00-\x7f]")
CLEAR: Final = re.compile(
    f"(?<![A-Za-zÀ-ÖØ-öø-ɏ])(?:(?i:{'|'.join(sorted(_WITH_NOT))})í[tT]"
    f"|(?i:{'|'.join(sorted(_WITH_VERB))})í(?i:{'|'.join(sorted(_VERBS))}))(?![A-Za-z])"
)
"""A contraction with what MacRoman shows for the apostrophe of Windows: other signs do not stand there in words."""
#: Misreadings dearer than this are too rare to be looked for.
_DEAREST: Final = 10.0


def may_be_there(text: str) -> bool:
    """Tell whether some sign of a text may have been the apostrophe of a contraction, of a possessive, of an article.

    >>> may_be_there("donít"), may_be_there("líacqua"), may_be_there("café")
    (True, True, False)
    """
    return _SEEN.search(text) is not None


def worth(pairs: list[tuple[str, str]], beside: list[str]) -> float:
    """Return the bits more for the contractions that came out of some tokens.

    beside: the tokens that did not change.

    >>> worth([("donít", "don’t")], []), worth([("país", "pa’s")], []), worth([("líacqua", "l’acqua")], [])
    (14.0, 0.0, 0.0)
    """
    bits = 0.0
    language = ""
    for before, after in pairs:
        found = _WORD.search(after) if "’" in after and "’" not in before else None
        if found is None or any(map(load().knows, WORDS.findall(before))):
            continue
        if is_contraction(found[1], found[2]):
            bits += _CONTRACTED
            continue
        language = language or _language((found[1], *beside))
        bits += _OTHER if _stands_in(before, found[1], found[2], language) else 0.0
    return min(bits, MOST)


def is_contraction(stem: str, rest: str) -> bool:
    """Tell whether English contracts two parts of a word.

    >>> is_contraction("Don", "t"), is_contraction("It", "s"), is_contraction("Don", "s")
    (True, True, False)
    """
    stem, rest = stem.lower(), rest.lower()
    return (rest == "t" and stem in _WITH_NOT) or (rest in _VERBS and stem in _WITH_VERB)


def _stands_in(before: str, stem: str, rest: str, language: str) -> bool:
    """Tell whether a possessive or an elided article may stand so in a text of a language. before: what stood there."""
    if language == _ENGLISH:
        small = stem.islower() or not any(char.islower() and char > "\x7f" for char in before)
        return rest.lower() == "s" and len(stem) >= (_NOUN if small else _TITLE) and load().knows(stem)
    return language in _ELIDING and stem.lower() in _ELIDED and len(rest) >= _BEHIND and load().knows(rest)


@lru_cache(maxsize=1_000)
def _language(beside: tuple[str, ...]) -> str:
    """Return the language of some words, nothing where they are too few."""
    words = [word for token in beside for word in WORDS.findall(token) if word.isascii()]
    if len(words) < _BESIDE:
        return ""
    model = load()
    return model.languages[model.latin(model.packed(" ".join(words)))]


@cache
def _images() -> dict[str, list[tuple[str, str]]]:
    """Return the misreadings that make a sign of the apostrophe, by that sign."""
    found: dict[str, list[tuple[str, str]]] = {}
    singles = [name for name in encodings.READERS if encodings.get(name).width == "single"]
    for written in encodings.WRITERS:
        shown = hops.shown(written) if encodings.get(written).width == "single" else []
        for byte, was in enumerate(shown):
            for read in singles if was == "’" else ():
                if hops.shown(read)[byte] not in {"", was} and price(written, read) <= _DEAREST:
                    found.setdefault(hops.shown(read)[byte], []).append((written, read))
    return found


def misreadings(text: str) -> list[tuple[str, str]]:
    """Return the (writer, reader) pairs that may have made a sign of the apostrophes of a text.

    >>> ("cp1252", "mac-roman") in misreadings("donít"), misreadings("café")
    (True, [])
    """
    signs = {sign for match in _SEEN.finditer(text) for sign in _SIGN.findall(match[0])}
    return list(dict.fromkeys(pair for sign in sorted(signs) for pair in _images().get(sign, ())))


def reading(word: str) -> tuple[str, float] | None:
    """Return what a word may have been whose one sign was an apostrophe, and the price of the misreading.

    >>> reading("donít"), reading("café")
    (('don’t', 6.5), None)
    """
    signs = set(_SIGN.findall(word))
    asked = [price(*pair) for pair in misreadings(word)] if len(signs) == 1 else []
    after = word.replace(signs.pop(), "’") if asked else ""
    return (after, min(asked)) if asked and _may_stand(word, after) else None


def _may_stand(before: str, after: str) -> bool:
    """Tell whether a word may be a contraction, a possessive or have an article, whatever language it is in."""
    found = _WORD.search(after)
    if found is None or any(map(load().knows, WORDS.findall(before))):
        return False
    stem, rest = found[1], found[2]
    return is_contraction(stem, rest) or any(_stands_in(before, stem, rest, one) for one in (_ENGLISH, *_ELIDING))
