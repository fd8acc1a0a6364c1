"""How many bits say that a candidate is the original, and not the text as it stands."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from string import ascii_letters
from typing import Final

from textmend.misreadings import contractions, figures, punctuation
from textmend.misreadings.figures import AROUND, WORD
from textmend.misreadings.recognition import RECOGNISED_MOST, WORDS, is_broken, recognised, worth
from textmend.misreadings.signs import C1, is_eastern, is_unheard, is_usual, is_word
from textmend.plausibility.model import UNITS, Model, load

WEAK_CAP: Final = 6.0
"""What tokens may say together that only turned signs into lone letters or odd signs."""
#: The same for a short word (``å``, ``12 €``, ``7.º``) beside others, which tell its language, and for several.
_SHORT_WORD_CAP: Final = 18.5
#: And where only a mark over its letter is another one, as in another spelling, or a capital came out, as a name of it.
_UNSURE_CAP: Final = 17.0
_SHORT_WORDS: Final = 3
#: So many words beside tell a language.
_BESIDE: Final = 2
SPOKEN: Final = 25.0
"""Where words have said so much already, the other signs only tell one reading from another: they count in full."""
GLANCE: Final = 4
"""Changes looked at first, ..."""
HOPELESS: Final = -14.0
"""... and the bits at which they make the rest not worth a look."""
#: Vowel points of Hebrew and Arabic: rare, so dear, but no sign that a text was misread.
_POINTS: Final = re.compile(
    "(?<=[\u05d0-\u05ea\u0591-\u05c7\u0620-\u0652])[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u0652]"
)
#: Fewer distinct signs than these, without a letter among them, say nothing of a legacy original.
_SIGNS: Final = 5
#: Words beside it that tell the language of a change; the bits that letters ask which this lacks, and those that
#: they gain where it has them and lacks what stood there.
_TELLING: Final = 4
_ALIEN: Final = 8.0
_NATIVE: Final = 6.0
MORE: Final = (figures.MOST, RECOGNISED_MOST, _NATIVE, _TELLING)
"""Bits that the evidence for a legacy original may be above what the model says: where a figure came out, where words
did, where so many tokens beside them did not change."""
#: Distinct signs that must come out of a legacy misreading to bear witness.
_LEGACY_SIGNS: Final = 1
#: So few capitals, alone in a line, may be a row of letters.
_CAPITALS: Final = 6
#: A token of so many Latin signs that costs more than this for each of them is no word, whatever stood there.
_READ: Final = 3
_UNREADABLE: Final = 11 * UNITS
#: Letters of known words that say something where no letters stood, or beside words in no language that is known.
_UNCOVERED: Final = 4
#: Signs so few that words with them may be spelt so in a language that nobody told the model of; of so many words
#: beside them each sign costs more than this then, while in the languages it knows nineteen lines in twenty are
#: cheaper; and what such signs say at most.
_FEW_SIGNS: Final = 2
_JUDGED: Final = 3
_UNKNOWN: Final = 4.0
_SPELLING_CAP: Final = 6.0
#: A known word of so many letters that came out tells that its language is known.
_TOLD: Final = 6
#: Letters in a row; in scripts whose vowels are marks, signs in a row.
_LETTERS: Final = re.compile("[^\\W\\d_]{2,}|[\u0590-\u1cff]{2,}")


def bits(text: str, candidate: str, context: int = 0, *, utf8: bool = False, valid: float = 0.0) -> float:
    r"""Return log2 odds, before any prior, that ``candidate`` is the original of ``text``.

    Each distinct change counts once: a word that stands ten times is one
    witness.  What did not change only helps to tell the language.

    context: packed costs of other text of the same document (Model.packed).
    utf8: whether the candidate was written in UTF-8.
    valid: what UTF-8 sequences on the way to it are worth (found.validity), a witness of its own.

    >>> bits("tout Ã\xa0 fait", "tout à fait", utf8=True, valid=1.0) > 10
    True
    """
    model = load()
    text, candidate = unicodedata.normalize("NFC", text), unicodedata.normalize("NFC", candidate)
    text, candidate = figures.plain(text), figures.numbered(candidate)
    if text == candidate:
        return 0.0
    before, after = _POINTS.sub("", text).split(" "), candidate.split(" ")
    if len(before) > len(after):
        after = candidate.replace("\xa0", " ").split(" ")  # no-break spaces that spaces stood for
    if len(before) != len(after):
        # spaces changed too: no token answers to another, each distinct one counts once
        return model.gain(context, list(set(before)), list(set(after))) / UNITS + valid
    changed: dict[tuple[str, str], None] = {}
    beside: list[str] = []
    for a, b in zip(before, after, strict=True):
        if a == b:
            beside.append(a)
        else:
            changed[a if utf8 else a.replace("\xa0", " "), b] = None  # a legacy letter in its place joins two words
    more = 0.0
    if not utf8:
        more = punctuation.misplaced(text) - punctuation.misplaced(candidate) + contractions.worth([*changed], beside)
        more += punctuation.paired([*changed])
    return _weighed(model, context, beside, list(changed), set(text), valid, more, utf8=utf8)


def weighed(text: str) -> str:
    """Return a text as its words are weighed: normalized, without vowel points, ordinals with the sign of a degree.

    >>> weighed("cafe\u0301"), weighed("7.º")
    ('café', '7°')
    """
    return _POINTS.sub("", figures.plain(unicodedata.normalize("NFC", text)))


def witnesses(text: str, candidate: str, *, utf8: bool = False) -> set[str]:
    """Return the words that came out and can bear witness: not lone letters, not odd signs.

    >>> sorted(witnesses("║ été ║", "К été К"))
    []
    """
    model = load()
    before, after = text.split(" "), candidate.split(" ")
    if len(before) != len(after):
        return {candidate}
    pairs = zip(before, after, strict=True)
    return {b for a, b in pairs if a != b and _strong(model, a, b, utf8)}


def _weighed(  # noqa: PLR0913, PLR0917 -- what the caller has found out already
    model: Model,
    context: int,
    beside: list[str],
    pairs: list[tuple[str, str]],
    signs: set[str],
    extra: float,
    more: float,
    *,
    utf8: bool,
) -> float:
    """Return the bits of some changes, those of weak witnesses up to a cap.

    context: packed costs of other text of the same document.
    beside: what did not change in the text itself.
    signs: those of the text, to tell what came out anew.
    extra: bits to add where a strong witness stands.
    more: bits to add that no token tells.
    """
    if len(pairs) > GLANCE:
        glance = _gain(model, 0, pairs[:GLANCE])
        if glance < HOPELESS:
            return glance
    shared = context + model.packed(" ".join(beside)) if beside else context
    every = _gain(model, shared, pairs) + max(figures.worth(*pair, beside) for pair in pairs) + more
    if every <= 0:
        return every
    prose = not utf8 or sum(1 for token in beside if WORD.search(token)) >= _BESIDE
    # signs in the place of signs only bear witness in a text
    strong = [pair for pair in pairs if (prose or any(map(str.isalnum, "".join(pair)))) and _strong(model, *pair, utf8)]
    strong = [pair for pair in strong if not (utf8 and prose and _is_foreign(model, shared, pair[1]))]
    if not utf8 and "\0" not in signs and len({char for _, b in strong for char in b} - signs) < _LEGACY_SIGNS:
        strong = []  # one sign for another, however often, is no text
    weak = {pair for pair in pairs if pair not in strong}
    latin = not signs.isdisjoint(ascii_letters)  # beside Latin words no letter of another alphabet is a word
    short = _short_words(model, shared, weak, beside, latin=latin)
    if not utf8:
        every += _told(model, shared, strong, [pair for pair in weak if pair[1] in short], beside)
    if not utf8 and "\0" not in signs and strong and _is_spelling(model, strong, beside):
        every, strong = min(every, _SPELLING_CAP), []
    if not shared and len(pairs) == 1 and not _says(model, *pairs[0]):
        strong = []  # no words beside it say in what language
    if len(strong) == len(pairs):
        return every + extra
    spoken = _gain(model, shared, strong)
    if spoken >= SPOKEN:
        return every + extra
    said = _said(weak, short) + (0.0 if utf8 else punctuation.quoted([pair for pair in pairs if pair in weak]))
    gain = min(every, spoken + max(WEAK_CAP, said))
    return gain + extra if strong else gain


def _is_foreign(model: Model, shared: int, token: str) -> bool:
    """Tell whether a token is a word of two Latin letters that the language of the words beside it does not have.

    Letters of ASCII are none that came out.
    """
    word = token.strip(AROUND)
    if len(word) != 2 or word.isascii() or not word.isalpha() or max(word) > "ɏ":
        return False
    return not model.has_word(model.latin(shared), word)


def _told(
    model: Model, shared: int, strong: list[tuple[str, str]], short: list[tuple[str, str]], beside: list[str]
) -> float:
    """Return the bits by which what came out suits the language of the text, and is known."""
    bits = _native(model, shared, strong + short) if len(beside) >= _TELLING else 0.0
    return bits + (worth(strong) if strong and all(recognised(model, *pair) for pair in strong) else 0.0)


def _is_spelling(model: Model, pairs: list[tuple[str, str]], beside: list[str]) -> bool:
    """Tell whether a sign or two stand for others in a text whose other words are of no language that is known.

    It is in a language that the model has never seen, and which may be written so.
    """
    if len({char for before, after in pairs for char in before if char > "\x7f" and char not in after}) > _FEW_SIGNS:
        return False
    told = [pair for pair in pairs if recognised(model, *pair)]
    if any(contractions.worth([pair], []) for pair in pairs):
        return False
    came = [len(word) for before, after in told for word in WORDS.findall(after) if word not in before]
    if came and (max(came) >= _TOLD or (len(told) == len(pairs) and min(came) >= _UNCOVERED)):
        return False  # beside names, or commands
    words = [token for token in beside if WORD.search(token)]
    plain = [token for token in words if token.isascii()]
    texts = " ".join(plain), " ".join(words)
    return len(plain) >= _JUDGED and all(model.cost(text) > _UNKNOWN * len(text) for text in texts)


def _says(model: Model, before: str, after: str) -> bool:
    """Tell whether a token that stands alone is more than a sign or a letter, or a few capitals."""
    if C1.search(before):
        return True
    if _LETTERS.search(after) is None:
        return False
    if any(map(model.knows, WORDS.findall(after))):
        return True
    return not (len(before) < _CAPITALS and before.isupper() and before.isalpha())


def _native(model: Model, shared: int, pairs: list[tuple[str, str]]) -> float:
    """Return the bits by which letters suit the language of a text that came out, or do not.

    They ask more where it lacks them all, unless a known word came out; and they gain where it has
    them all, and none of those that stood there.
    """
    came = {char for before, after in pairs for char in after if char not in before and "À" <= char <= "ɏ"}
    if not came:
        return 0.0
    language = model.latin(shared + sum(model.token(after) for _, after in pairs))
    native = {char for char in came if model.has_letter(language, char)}
    if not native:
        words = [word for before, after in pairs for word in WORDS.findall(after) if word not in before]
        return 0.0 if any(map(model.knows, words)) else -_ALIEN
    went = {char for before, after in pairs for char in before if char not in after and char > "\x7f"}
    return _NATIVE if native == came and not any(model.has_letter(language, char) for char in went) else 0.0


def _short_words(model: Model, shared: int, pairs: set[tuple[str, str]], beside: list[str], *, latin: bool) -> set[str]:
    """Return the short words and the amounts that came out, if words beside them tell the language.

    What stood there is a word in any language that is not told beyond doubt.
    """
    words = sum(1 for token in beside if WORD.search(token))
    if not words or not pairs:
        return set()
    language = model.latin(shared + sum(model.token(b) for _, b in pairs))
    told = latin and words >= _TELLING and model.cost(text := " ".join(beside)) <= _UNKNOWN * len(text)
    found = set()
    for a, b in pairs:
        word = b.strip(AROUND)
        if figures.worth(a, b, beside):
            found |= set() if _short_word(model, a, latin=latin) else {b}
        elif words >= _BESIDE and not word.isascii():
            stood = model.has_word(language, a.strip(AROUND)) if told else _short_word(model, a, latin=latin)
            known = model.has_word(language, word) if latin else _short_word(model, b)
            found |= {b} if known and not stood else set()
    return found


def _said(pairs: set[tuple[str, str]], short: set[str]) -> float:
    """Return what short words that came out may say together."""
    caps = [_UNSURE_CAP if b.isupper() or _bare(a) == _bare(b) else _SHORT_WORD_CAP for a, b in pairs if b in short]
    return sum(sorted(caps, reverse=True)[:_SHORT_WORDS])


def _bare(token: str) -> str:
    """Return a token without the marks over its letters."""
    return "".join(char for char in unicodedata.normalize("NFD", token) if not unicodedata.combining(char))


def _short_word(model: Model, token: str, *, latin: bool = False) -> bool:
    """Tell whether a token is a word, if a short one: a known one, or a letter that stands alone in some language.

    latin: whether it stands in a text in Latin letters, where Greek ones are signs, and no others a word.
    """
    word = token.strip(AROUND)
    if not word.isalpha() or len(word) > 2 or (latin and max(word) >= "\u0400"):
        return False
    return model.knows(word) if len(word) == 2 else model.usual_alone(word)


def _gain(model: Model, shared: int, pairs: list[tuple[str, str]]) -> float:
    return model.gain(shared, [a for a, _ in pairs], [b for _, b in pairs]) / UNITS


@lru_cache(maxsize=20_000)
def _strong(model: Model, before: str, after: str, utf8: bool) -> bool:  # noqa: FBT001 -- a key of the memory
    """Tell whether a changed token can bear witness: a word, or a sign in common use, came out."""
    old = set(before)
    fresh = [char for char in after if char not in old and not char.isascii()]
    if not fresh or (utf8 and figures.is_amount(after)):
        return True
    if any(is_unheard(model, char) for char in fresh):
        return False
    if not utf8:
        return _strong_legacy(model, before, after, fresh)
    if any(is_usual(model, char) for char in fresh):
        return True
    cased = before in {before.lower(), before.upper(), before.capitalize()}
    if not (before.isalpha() and cased) and any(char >= "\u0800" and not is_eastern(model, char) for char in fresh):
        return True  # what is no word became a picture
    words = _LETTERS.findall(after)
    inside = "".join(words)
    sure = "".join(word for word in words if len(word) > 2 or max(word) > "ɏ" or model.knows(word))
    lone = {char for char in fresh if char not in inside and is_word(model, char)}
    return any(char in sure or char in lone for char in fresh if char.isalpha())


def _strong_legacy(model: Model, before: str, after: str, fresh: list[str]) -> bool:
    """Tell whether a token bears witness for a legacy original, by the signs that came out anew."""
    if (C1.search(before) and not C1.search(after)) or contractions.worth([(before, after)], []):
        return True
    if len(after) >= _READ and max(after) < "\u0370" and model.settle(model.token(after)) > _UNREADABLE * len(after):
        return False
    if any(a.islower() and b.isupper() and b in fresh for a, b in pairwise(after)):
        return False  # a capital within a word
    if len(after) > _READ and all(ord(b) - ord(a) == 1 for a, b in pairwise(after)):
        return False  # a row of the alphabet
    strange = [char for char in before if char > "\x7f" and char not in after]
    if _uncovers(model, before, after, fresh, strange):
        return True
    if len(strange) > 1 and strange[0] * len(strange) in before:
        return False  # a run of one sign: a ruler, a shout
    edge = before[:1]
    if edge == before[-1:] and not edge.isalnum() and not any(char in strange for char in before[1:-1]):
        return False  # a frame
    letters = sum(char.isalpha() or "\x80" <= char < "\xa0" for char in before)
    signs = sum(not char.isalnum() for char in strange)
    if len(set(strange)) < _SIGNS and (not letters or (signs > _SIGNS and signs >= letters)):
        return False  # signs alone, or letters between signs: prices, arrows, shades, boxes
    found: list[str] = WORDS.findall(after)
    if any(char in word for char in fresh for word in found):
        return True
    # a quotation mark may have hidden a word
    return not is_broken(before, after) and any(map(model.knows, set(found).difference(WORDS.findall(before))))


def _uncovers(model: Model, before: str, after: str, fresh: list[str], strange: list[str]) -> bool:
    """Tell whether a known word came out, of letters of which some stood there, or of several different signs."""
    letters = sum(len(word) for word in WORDS.findall(after) if not set(word).isdisjoint(fresh) and model.knows(word))
    return letters >= (_READ if any(map(str.isalpha, before)) or len(set(strange)) >= _SIGNS else _UNCOVERED)
