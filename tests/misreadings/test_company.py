"""What the lines of a document say of one another: which chain of several alike, what is clean, what is its own."""

from __future__ import annotations

import pytest

from textmend import fix_text
from textmend.encodings import garble
from textmend.misreadings import sisters
from textmend.misreadings.company import Company
from textmend.misreadings.found import Found
from textmend.misreadings.survey import Line

ESTONIAN = [
    "Kõik inimesed sünnivad vabadena ja võrdsetena oma väärikuselt ja õigustelt.",
    "Igaühel on õigus elule, vabadusele ja isikupuutumatusele.",
    "Kellegagi ei tohi käituda julmalt või ebainimlikult.",
    "Kõik on seaduse ees võrdsed ja neil on õigus võrdsele kaitsele.",
    "Näete seda hoiatust, sest režiim on välja lülitatud.",
    "„Küsige päringu kohta“, ütles õpetaja.",
]
RUSSIAN = [
    "Все люди рождаются свободными и равными в своём достоинстве.",
    "Каждый человек имеет право на жизнь и на свободу.",
    "Никто не должен содержаться в рабстве — ни при каких условиях.",
    "Попробуйте скачать файлы ещё раз…",
]
PORTUGUESE = [
    "Todos os seres humanos nascem livres e iguais em dignidade e em direitos.",
    "Dotados de razão e de consciência, devem agir em espírito de fraternidade.",
    "Ninguém será mantido em escravatura ou em servidão; a escravatura é proibida.",
    "Todos os indivíduos têm direito ao reconhecimento da sua personalidade jurídica.",
    *(f"Artigo {number}.º" for number in range(11, 17)),
]


def _garbled(lines: list[str], written: str, read: str, clean: int = 0) -> list[str]:
    return [
        line if clean and number % clean == clean - 1 else garble(line, written, read) or line
        for number, line in enumerate(lines)
    ]


@pytest.mark.parametrize(
    ("lines", "written", "read"),
    [
        (ESTONIAN, "cp775", "cp1252"),
        (RUSSIAN, "cp1251", "iso-8859-9"),
        (RUSSIAN, "cp1251", "iso-8859-1"),
        (PORTUGUESE, "cp1252", "cp1257"),
        (PORTUGUESE, "cp1252", "mac-roman"),
        (PORTUGUESE, "iso-8859-1", "cp866"),
    ],
)
def test_all_lines_decide_between_chains_that_are_alike(lines: list[str], written: str, read: str) -> None:
    assert fix_text("\n".join(_garbled(lines, written, read))).split("\n") == lines


@pytest.mark.parametrize(("written", "read"), [("cp1252", "mac-roman"), ("cp1252", "cp437"), ("cp850", "cp1252")])
def test_clean_lines_of_a_garbled_document_stay(written: str, read: str) -> None:
    lines = [line.replace(".º", "ª.") for line in PORTUGUESE] + ["Artigo 17ª.", "Artigo 18ª.", "5 € e ½ — “sim”…"]
    garbled = _garbled(lines, written, read, clean=3)
    repaired = fix_text("\n".join(garbled)).split("\n")
    assert [line for number, line in enumerate(repaired) if number % 3 == 2] == lines[2::3]


def test_no_break_spaces_of_clean_lines_stay() -> None:
    lines = [*RUSSIAN, "использование дружелюбного тона и\xa0понятного языка;", "к\xa0другим участникам проекта."]
    garbled = _garbled(lines[:4], "cp866", "cp1256") + lines[4:]
    assert fix_text("\n".join(garbled)).split("\n")[4:] == lines[4:]


def test_a_line_that_stays_undecided_does_not_keep_the_others_from_repair() -> None:
    words = [
        "דוגרי",
        "שונה",
        "רומאני",
        "מאזאנדראני",
        "קוסראיאן",
        "הוואית",
        "קומורית",
        "נגמבאי",
        "וואי",
        "אורייה",
        "בודו",
    ]
    garbled = _garbled(words, "cp1255", "cp437")
    repaired = fix_text("\n".join(garbled)).split("\n")
    assert sum(one == other for one, other in zip(words, repaired, strict=True)) >= 9


@pytest.mark.parametrize("name", ["cp1251>cp1252", "html>ascii"])
def test_a_misreading_without_better_sisters_stays(name: str) -> None:
    assert sisters.best(name, ["Ïðèâåò, êàê äåëà", "Ïðèâåò"], int) == name


def test_words_of_clean_lines_speak_for_the_garbled_ones() -> None:
    chain = ("cp1252>mac-roman",)
    found = Found("oor ’n onderwerp", chain, 0.0)
    garbled = [Line("oor ín onderwerp", [0], {chain: (found, -1.0)})]
    clean = [Line(f"{word} ’n huis", [0], {}) for word in ("in", "by", "op", "uit")]
    alone, beside = (
        Company({chain: 90.0}, lines).bits(garbled[0], found, -1.0) for lines in (garbled, garbled + clean)
    )
    assert beside > alone + 2
