"""Apostrophes that became letters come back where the words around them tell, and names stay."""

from __future__ import annotations

import pytest

from textmend import fix_text
from textmend.encodings import garble
from textmend.misreadings import clues, contractions, evidence, hopeless, oddwords, search

LINES = (
    "It’s raining.",
    "I don’t know what you’re talking about.",
    "We’ll see — or won’t we?",
    "If a single element’s attribute or text content is set",
    "THAT’S WHAT THEY’RE FOR, ISN’T IT?",
    "He said “hello” to me.",
)
HOPS = ("cp1252>mac-roman", "mac-roman>cp1252", "cp1252>cp850", "cp1252>cp437", "mac-roman>cp850")
CLEAN = (
    "El país de Javier Solís y de Moisés Andrés",
    "Alexís Cortés said that Inês has left.",
    "Donát and Luís are here.",
    "The letter ñ is the fifteenth; í and ì are others.",
    "Vnitřní prostor je prvním místem, kde jím.",
    "Her canapés and résumés weren’t finished.",
    "Ils n’étaient pas là, l’été où l’île brûlait.",
)


@pytest.mark.parametrize("hop", HOPS)
@pytest.mark.parametrize("line", LINES)
def test_what_english_contracts_and_quotes_comes_back(line: str, hop: str) -> None:
    garbled = garble(line, *hop.split(">"))
    assert garbled not in {None, line}
    assert fix_text(garbled or "") == line


@pytest.mark.parametrize("line", CLEAN)
def test_names_and_letters_stay(line: str) -> None:
    assert fix_text(line) == line
    assert contractions.CLEAR.search(line) is None


def test_a_long_document_of_which_apostrophes_alone_were_misread_comes_back() -> None:
    lines = ["Now we’ll take a look at it.", "The story doesn’t end there.", "You’ve learned a lot."]
    text = "\n".join(f"{line} This is sentence number {number}." for number, line in enumerate(lines * 8))
    assert len(text) > 1_000
    assert fix_text(garble(text, "cp1252", "mac-roman") or "") == text


def test_elided_articles_and_possessives_need_words_that_tell_their_language() -> None:
    assert contractions.worth([("líacqua", "l’acqua")], ["nella", "bottiglia", "della"])
    assert not contractions.worth([("líacqua", "l’acqua")], ["in", "the", "bottle"])
    assert contractions.worth([("childrenís", "children’s")], ["the", "books"])
    assert not contractions.worth([("Alexís", "Alex’s")], ["the", "books"])
    assert not contractions.worth([("país", "pa’s")], ["the", "books"])


def test_many_contractions_are_worth_no_more_than_most() -> None:
    pairs = [(f"{stem}ít", f"{stem}’t") for stem in ("don", "won", "isn", "wasn")]
    assert contractions.worth(pairs[:1], []) < contractions.worth(pairs, []) == contractions.MOST


def test_all_looks_at_a_line_know_them() -> None:
    line = "Donít!"
    assert clues.load().scan(line) == clues.load().scan("DONíT!") == 1
    assert oddwords.odd("elementís")
    assert not oddwords.odd("Alexís")
    assert not hopeless.hopeless(line)
    assert evidence.bits(line, "Don’t!") > 12
    assert "Don’t!" in [found.text for found in search.explore(line)]


def test_the_kernel_and_python_know_the_same_contractions() -> None:
    table = clues.load()
    stems = (
        "ain",
        "can",
        "couldn",
        "don",
        "mightn",
        "shouldn",
        "he",
        "i",
        "let",
        "there",
        "where",
        "you",
        "el",
        "pa",
        "más",
    )
    for stem in stems:
        for rest in ("t", "s", "d", "m", "re", "ve", "ll", "ts", "is", ""):
            for text in (f"A{' b c' * 200} {stem}í{rest} d", f"é{stem}í{rest}", f"{stem.upper()}í{rest.upper()}!"):
                clear = contractions.CLEAR.search(text) is not None
                assert not clear or table.scanning(text) == table.scan(text) == 1
                if text.startswith("A"):
                    assert (table.scanning(text) & 1, table.scan(text) & 1) == (clear, clear), text
