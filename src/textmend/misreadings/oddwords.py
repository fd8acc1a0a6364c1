"""Words that read badly, where one misreading of a letter or two would make them read well.

The clue table knows what stands beside what in clean text, in all languages
together.  So it is blind where a letter stands for another that some other
language has in such a place: ``Èlánek``, ``invasăo``.  Such words cost more
than words do, and some reading of them costs far less.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

from textmend import encodings
from textmend.misreadings import contractions, evidence, hops
from textmend.misreadings.found import price
from textmend.plausibility.model import UNITS, load

#: Signs of the longest word that is looked at.
LONGEST: Final = 32
#: Misreadings dearer than this are too rare to be looked for.
_DEAREST: Final = 10.0
#: What a sign of a usual word costs at most, its ends included: of the words that some misreading makes far
#: more of, hardly any is cheaper; of those in clean text that no list has, six in ten.
_USUAL: Final = 3.4 * UNITS
#: Bits that a reading must gain, and over the price of its misreading: in the word, then in its text.
_LEAST: Final = 6.0
_OVER_PRICE: Final = -3.0
#: Readings of a word, and words of a text, that are looked at.
_READINGS: Final = 6
_LOOKED_AT: Final = 4
#: Texts that are remembered.
_TEXTS: Final = 4096
#: Letters of other alphabets that look like Latin ones. Latin text with them is a trick, no misreading, unless a
#: known word comes out, or one that reads better than with the letters that they look like.
_ALIKE: Final = dict(
    zip("аеорсухіјѕһԁոАВЕКМНОРСТУХІЈЅοΟαΑΒΕΖΗΙΚΜΝΡΤΥΧν", "aeopcyxijshdnABEKMHOPCTYXIJSoOaABEZHIKMNPTYXv", strict=True)
)
LOOKALIKE: Final = re.compile(f"[\x00-\x7f\u2010-\u2015\u2019-\u201f\u2026{''.join(_ALIKE)}]")
LOOKALIKES: Final = re.compile(f"{LOOKALIKE.pattern}*")
_LATIN: Final = str.maketrans(_ALIKE)
#: What may stand between words: where it stood, a known word must come out.
_BETWEEN: Final = frozenset("\xa0·")
#: What may stand around a word.
_AROUND: Final = "’'‘“”„«»‹›…–—¡¿·•"


@cache
def _images() -> dict[str, dict[tuple[str, str], str]]:
    """Return what each sign may have been in a Latin text: by writer and reader."""
    found: dict[str, dict[tuple[str, str], str]] = {}
    singles = [name for name in encodings.READERS if encodings.get(name).width == "single"]
    for written in encodings.WRITERS:
        if encodings.get(written).width != "single" or encodings.get(written).scripts[0] != "Latn":
            continue
        for read in singles:
            if read == written or price(written, read) > _DEAREST:
                continue
            for was, seen in zip(hops.shown(written)[0x80:], hops.shown(read)[0x80:], strict=True):
                if was and seen and was != seen:
                    found.setdefault(seen, {})[written, read] = was
    return found


#: What stands in words beside ASCII: Latin letters, and signs that readers show for them, also the no-break space
#: and the middle dot.  No spaces, hyphens or dots, which stand between words.
_BEYOND: Final = "\xa0-¬®-ɏˆ-˝Ͱ-ԯ‘-„†‡…‰‹›–—™√∞≈≠≤≥◊∂∏∑∫⌠⌡─-▟ﬁﬂ"
WORDY: Final = re.compile(f"[{_BEYOND}]")
_WORD: Final = re.compile(f"[A-Za-z'{_BEYOND}]+")


#: A letter beyond ASCII, or some sign beside an ASCII letter (also in _scanner.c).
_DOUBTED: Final = re.compile("[à-öø-ɏ]|[A-Za-z][^\x00-\x7f]|[^\x00-\x7f][A-Za-z]")


#: A capital beyond ASCII that stands alone between small words (also in _scanner.c): in most languages it is no word.
_LONE: Final = re.compile("(?<=[a-z] )[À-ÖØ-Þ](?= [a-z])")


def _words(text: str) -> list[str]:
    """Return the words of a text that may be odd."""
    found = dict.fromkeys(_WORD.findall(text))
    lone = set(_LONE.findall(text))
    return [word for word in found if len(word) <= LONGEST and (_DOUBTED.search(word) or word in lone)]


def any_odd(text: str) -> bool:
    """Tell whether some word of a text is odd, taken alone.

    >>> any_odd("U Èlánek 4"), any_odd("Článek 4")
    (True, False)
    """
    return any(map(odd, _words(text)))


def odd(word: str) -> bool:
    """Tell whether some misreading makes far more of a word.

    >>> odd("Èlánek"), odd("Článek")
    (True, False)
    """
    return bool(_readings(word))


@lru_cache(maxsize=_TEXTS)
def stand(text: str) -> bool:
    """Tell whether the odd words of a text are odd among its other words.

    >>> stand("A invasăo de gafanhotos"), stand("A invasão de gafanhotos")
    (True, False)
    """
    text = unicodedata.normalize("NFC", text)  # marks by themselves are no part of a word
    # at the end of a text a word may have been cut short
    odd_words = [word for word in _words(text) if odd(word) and not (word.endswith("…") and text.endswith(word))]
    for word in odd_words[:_LOOKED_AT]:
        for candidate, asked in _readings(word):
            bits = evidence.bits(text, text.replace(word, candidate))
            if bits > _LEAST and bits - asked > _OVER_PRICE:
                return True
    return False


@lru_cache(maxsize=50_000)
def _readings(word: str) -> tuple[tuple[str, float], ...]:
    """Return what a word may have been if it reads far better so, each with the price of its misreading."""
    model = load()
    core = word.strip(_AROUND)
    if model.knows(core) if len(core) > 1 else core.isascii() or (core.islower() and model.usual_alone(core)):
        return ()
    contracted = contractions.reading(word)
    if contracted is not None:
        return (contracted,)
    here = model.settle(model.token(word))
    if here < _USUAL * (len(word) + 2):
        return ()
    images = _images()
    signs = [char for char in dict.fromkeys(word) if char > "\x7f"]
    prices: dict[tuple[str, ...], float] = {}
    for pair in {pair: None for char in signs for pair in images.get(char, ())}:
        image = tuple(images.get(char, {}).get(pair, char) for char in signs)
        prices[image] = min(price(*pair), prices.get(image, _DEAREST))
    found: list[tuple[float, str, float]] = []
    # where letters look like others, what is no known word must read better than with those
    alike = min(here, model.settle(model.token(word.translate(_LATIN)))) if LOOKALIKES.fullmatch(word) else here
    joined = _BETWEEN.isdisjoint(word)
    for image, asked in prices.items():
        candidate = word.translate(dict(zip(map(ord, signs), image, strict=True)))
        there = here if alike == here or model.knows(candidate.strip(_AROUND)) else alike
        gain = (there - model.settle(model.token(candidate), supposed=True)) / UNITS
        if gain > _LEAST and gain - asked > _OVER_PRICE and (joined or model.knows(candidate.strip(_AROUND))):
            found.append((asked - gain, candidate, asked))
    return tuple((candidate, asked) for _, candidate, asked in sorted(found)[:_READINGS])
