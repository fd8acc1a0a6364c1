"""Signs that came out of program text or of a table, for which nothing speaks but what they cost.

The model knows prose. What stands in quotes, in a frame or in a list of signs is dear whatever it is, so a change that
makes it cheaper is no news there, unless a word came out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

from textmend.misreadings import hops, nonprose, transports
from textmend.misreadings.found import Found
from textmend.misreadings.recognition import WORDS, is_broken, is_word
from textmend.misreadings.signs import C1, is_eastern
from textmend.misreadings.weighing import is_utf8
from textmend.plausibility.model import Model, load

#: A token that is words and usual signs around them.
_PLAIN: Final = re.compile("[\"'(«“‘]*[^\\W\\d_]+(?:['’-][^\\W\\d_]+)*[\"')»”’.,;:!?…]*")
_PAIR: Final = re.compile("[^\\W\\d_]{2,}")
#: Letters of known words that chance hardly makes, unless all are in words of fewer letters; an East Asian sign counts
#: for several, and a word of which all letters came out for one more.
_HEARD: Final = 5
_LONG: Final = 4
_SIGN: Final = 3
#: So many letters where there was a frame that hangs together.
_DRAWN: Final = 8
#: So many East Asian signs that became others.
_EASTERN: Final = 2
#: Several words of which none is known are of a language that is not.
_WORDS: Final = 2
#: Known words that make a text prose, and the share of them among its tokens.
_PROSE: Final = 3
_PROSE_SHARE: Final = 0.7
#: Bits of lead for each word that came out with which they are words, though nobody knows them: in a language that is
#: not known one letter does as well as another.
_WORD: Final = 12.0
#: What UTF-8 has against it for which no word speaks, and where it was read in pairs or bytes were lost; the bits that
#: there can be for a legacy original then, for each sign that it has others for, and how many say nothing.
_UTF8: Final = 7.0
_PAIRS: Final = 14.0
_EACH: Final = 3.0
_SIGNS: Final = 4


def believed(text: str, found: Found, bits: float, lead: float = 0.0) -> float:
    """Return how many of the bits for a candidate of a text that stands alone are to be believed.

    lead: how many more they are than those for any other candidate.

    >>> believed("'oe': 'œ',", Found("'oe': '£',", ("cp850>cp1252",), 0.0), 20.0)
    -9.0
    """
    if found.chain[0] in transports.HOPS or not (is_unspoken(text, found.text) or _is_unknown(text, found, lead)):
        return bits
    if found.chain[0].startswith("utf-"):  # UTF-16 and UTF-7 too: their bytes hang together
        if not _is_whole(found):
            return bits - _PAIRS
        # sequences of UTF-8 may hold such strokes; that they hang together was no matter of what they cost
        return bits if nonprose.is_drawing(text) else bits - _UTF8
    return min(bits, 0.0 if nonprose.is_listed(text) else _EACH * (len(_swapped(text, found.text)) - _SIGNS))


class Heard:
    """What the lines of a document say of its chains.

    One sign that stands for another in words that nobody knows says nothing, in however many of them.

    >>> heard = Heard()
    >>> heard.add("MATLAB® files", Found("MATLABĘ files", ("cp1257>cp1252",), 0.0))
    >>> heard.of(("cp1257>cp1252",))
    False
    """

    def __init__(self) -> None:
        self._swapped: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._spoken: set[tuple[str, ...]] = set()

    def add(self, text: str, found: Found) -> None:
        """Add a line and what a chain makes of it."""
        chain = found.chain
        if chain in self._spoken:
            return
        signs = self._swapped[chain]
        signs |= _swapped(text, found.text)
        several = _SIGNS + 1 if _are_letters(signs) else 1
        if len(signs) > several or is_utf8(chain) or speaks(text, found.text):
            self._spoken.add(chain)

    def of(self, chain: tuple[str, ...]) -> bool:
        """Tell whether some line speaks for a chain, or several signs do."""
        return chain in self._spoken


def _is_unknown(text: str, found: Found, lead: float) -> bool:
    """Tell whether letters only became others, in several words, all of a language that nobody told the model of.

    It is spelt so: of so many words in a language that is known, some would be, or they would be much likelier than
    with any other letters.
    """
    if is_utf8(found.chain) or not _are_letters(_swapped(found.text, text) | _swapped(text, found.text)):
        return False
    stood, stand = WORDS.findall(text), WORDS.findall(found.text)
    beside = set(stood).intersection(stand)
    known = sum(map(load().knows, beside))
    came = len(set(stand).difference(stood))
    return came >= _WORDS and lead < _WORD * came and 2 * known < len(beside) and not speaks(text, found.text)


def _are_letters(signs: set[str]) -> bool:
    return all("À" <= char <= "ɏ" and char.isalpha() for char in signs)


def is_hearsay(text: str, found: Found) -> bool:
    """Tell whether a line says nothing of the chain of its document: no whole UTF-8 came out of it, and no word.

    >>> is_hearsay("'oe': 'œ',", Found("'oe': '£',", ("cp850>cp1252",), 0.0))
    True
    >>> is_hearsay("'PÃ¶p'", Found("'Pöp'", ("utf-8>cp1252",), 0.0))
    False
    """
    return not _is_whole(found) and found.chain[0] not in transports.HOPS and is_unspoken(text, found.text)


def _is_whole(found: Found) -> bool:
    """Tell whether all was UTF-8 read in one byte a sign, and nothing lost: its sequences are no chance."""
    steps = [hop.partition(">") for hop in found.chain]
    return found.restored is None and all(written == "utf-8" and hops.reader(read).single for written, _, read in steps)


def is_unspoken(text: str, candidate: str) -> bool:
    r"""Tell whether nothing but their cost speaks for the signs that came out of program text or of a table.

    >>> is_unspoken("'oe': 'œ',", "'oe': '£',"), is_unspoken("{'text': 'S\x81d'}", "{'text': 'Süd'}")
    (True, False)
    >>> is_unspoken("[1] Il est l… pour nous deux", "[1] Il est là pour nous deux")
    False
    """
    if nonprose.is_drawing(text):
        return _heard(text, candidate) < _DRAWN
    return (nonprose.is_code(candidate) or nonprose.is_listed(text)) and not speaks(text, candidate)


def speaks(text: str, candidate: str) -> bool:
    r"""Tell whether a known word came out, prose in its alphabet stands beside, or a control stood there.

    Or several East Asian signs became others.

    >>> speaks("S\x81d", "Süd"), speaks("MATLAB® files", "MATLABĘ files")
    (True, False)
    """
    if C1.search(text) or _heard(text, candidate) >= _HEARD:
        return True
    model = load()
    came, gone = _swapped(candidate, text), _swapped(text, candidate)
    if len(gone) >= _EASTERN and all(is_eastern(model, char) for char in came | gone):
        return True  # which of them stand in texts, and beside each other, is no matter of prose
    if any(char.isalpha() and char > "ɏ" for char in came):
        return False
    stays = set(candidate.split())
    tokens = text.split()
    known = sum(token in stays and _PLAIN.fullmatch(token) is not None and _is_read(model, token) for token in tokens)
    return known >= _PROSE and known >= _PROSE_SHARE * len(tokens)


def _swapped(text: str, other: str) -> set[str]:
    """Return the signs beyond ASCII of a text that another has not."""
    return {char for char in set(text).difference(other) if char > "\x7f"}


def _heard(text: str, candidate: str) -> int:
    """Return how many letters of the words that came out are of known ones."""
    if is_broken(text, candidate):
        return 0
    model = load()
    came = [word for word in set(WORDS.findall(candidate)).difference(WORDS.findall(text)) if is_word(model, word)]
    fresh = set(candidate).difference(text)
    letters = [_SIGN * len(word) if is_eastern(model, word[0]) else len(word) + fresh.issuperset(word) for word in came]
    return sum(letters) if max(letters, default=0) >= _LONG else 0


def _is_read(model: Model, token: str) -> bool:
    return any(map(model.knows, _PAIR.findall(token)))
