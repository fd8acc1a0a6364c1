"""Clean lines with a clue, in a document of which others were misread: they need not be judged with it."""

from __future__ import annotations

from collections.abc import Mapping

from textmend.misreadings import settling
from textmend.misreadings.belonging import PLAIN
from textmend.misreadings.company import changed_words, most_favour
from textmend.misreadings.enough import gains_nothing
from textmend.misreadings.survey import Line, attempt, explored
from textmend.misreadings.weighing import confidence_of
from textmend.plausibility.model import load


def stays(text: str, line: str, chain: tuple[str, ...], repaired: Mapping[str, str], least: float) -> bool:
    r"""Tell whether a line of a document stays as it is, whatever the others say for their chain.

    Nothing that a search finds gains anything; what the chain makes of it has too little, even with all that a document
    says for its own; and its words are not the document's.
    repaired: the lines that were misread, with what they are. least: the confidence that a repair must have.

    >>> chain, repaired = ("utf-8>cp1252",), {"dÃ¦mi": "dæmi"}
    >>> stays("dÃ¦mi\nPaintSÃO PAULO", "PaintSÃO PAULO", chain, repaired, 0.9)
    True
    >>> stays("dÃ¦mi\ncafÃ©", "cafÃ©", chain, repaired, 0.9)
    False
    """
    if not gains_nothing(line):
        return False
    own = Line(line, [], dict(explored(line, PLAIN)))
    attempt(own, chain, PLAIN, sum(map(load().packed, list(repaired.values())[: settling.CONTEXT])))
    if chain not in own.candidates:
        return True
    gained = own.candidates[chain][1]
    if gained > 0 or confidence_of(gained + most_favour(len(repaired))) >= least:
        return False
    came = "\n".join((text, *repaired.values()))
    return not any(word in came for _, word in changed_words(own, chain))
