"""What scanners take at once: the same values as others see, but for those that hold nothing to repair."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import time
from html.parser import HTMLParser

import pytest

from textmend import check_text
from textmend.files.formats import BrokenSyntaxError, Scanner, Settings
from textmend.files.formats.base import INERT
from textmend.files.formats.json import Json
from textmend.files.formats.markup import Markup
from textmend.files.formats.table import Table

WORDS = (
    "id", "a.b/c", "2024-01-31", "", "Zürich", "two words", "x=1", 'say "no"', "a\nb", "back\\slash",
    "1,5", "#@", "鈥檚",
)  # fmt: skip
SIGNS = re.compile(f"{INERT}*")


def values(scanner: Scanner, text: str, cuts: list[int]) -> list[str]:
    """Return the values that a scanner finds in a text that comes in parts."""
    found: list[str] = []
    at = 0
    for cut in [*cuts, len(text)]:
        fields, used = scanner.scan(text[at:cut], last=cut == len(text))
        found += [each.spelling.read(text[at + each.start : at + each.end])[0] for each in fields]
        at += used
    assert at == len(text)
    return found


def some_cuts(chance: random.Random, text: str) -> list[int]:
    return sorted(chance.randrange(len(text)) for _ in range(chance.randrange(4)))


def nested(chance: random.Random, depth: int = 3) -> object:
    kind = chance.randrange(7 if depth else 4)
    if kind == 0:
        return chance.choice([1, -2.5e3, True, None, 10**30])
    if kind < 4:
        return chance.choice(WORDS)
    if kind == 4:
        return [chance.choice(WORDS) for _ in range(chance.randrange(5))]
    if kind == 5:
        return [nested(chance, depth - 1) for _ in range(chance.randrange(4))]
    return {chance.choice(WORDS): nested(chance, depth - 1) for _ in range(chance.randrange(4))}


def strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [each for part in value for each in strings(part)]
    if isinstance(value, dict):
        return [each for key, part in value.items() for each in (key, *strings(part))]
    return []


def noteworthy(found: list[str]) -> list[str]:
    return [value for value in found if not SIGNS.fullmatch(value)]


@pytest.mark.parametrize("seed", range(60))
def test_json_strings_are_those_of_pythons_reader(seed: int) -> None:
    chance = random.Random(seed)
    value = nested(chance)
    text = json.dumps(value, ensure_ascii=seed % 2 == 0, indent=[None, 1][seed % 3 == 0])
    assert noteworthy(values(Json(), text, some_cuts(chance, text))) == noteworthy(strings(value))


@pytest.mark.parametrize("seed", range(60))
def test_strings_of_json_lines_are_those_of_pythons_reader(seed: int) -> None:
    chance = random.Random(seed)
    rows = [nested(chance) for _ in range(chance.randrange(1, 9))]
    text = "\n".join(json.dumps(row, ensure_ascii=seed % 2 == 0) for row in rows) + "\n"
    assert noteworthy(values(Json(lines=True), text, some_cuts(chance, text))) == noteworthy(strings(rows))


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1}{"a": 2}', '{"a":\n1}', "[1\n2]", '["a" "b"]', '{"a": "b",}', "[01]", "[1,]", '["\t"]', '["\\x"]',
        '{"a": "b"]', "[1}", '{"a" "b"}', "{1: 2}", '["a"', "[" * 5000, '{"a":' * 5000, "[NaN1]", "[tru]", '["\\ud83"]',
    ],
)  # fmt: skip
def test_broken_json_lines_are_refused(text: str) -> None:
    with pytest.raises(BrokenSyntaxError):
        Json(lines=True).scan(f'{{"fine": "yes no"}}\n{text}\n', last=True)


@pytest.mark.parametrize("seed", range(60))
def test_values_of_tables_are_those_of_pythons_reader(seed: int) -> None:
    chance = random.Random(seed)
    delimiter = chance.choice(",;\t|")
    width = chance.randrange(2, 5)
    words = [word for word in WORDS if "\\" not in word]
    rows = [[f"column {number}" for number in range(width)]]
    rows += [[chance.choice(words) for _ in range(width)] for _ in range(chance.randrange(2, 30))]
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator=chance.choice(["\n", "\r\n"])).writerows(rows)
    text = file.getvalue()
    found = values(Table(Settings(header=True), delimiter), text, some_cuts(chance, text))
    # numbers are passed over by the table itself
    assert noteworthy(found) == [
        value for value in noteworthy([each for row in rows for each in row]) if not re.fullmatch("[0-9,]+", value)
    ]


class Values(HTMLParser):
    """Collects texts and the values of attributes, as Python's parser sees them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.raw = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for _, value in attrs if value]
        self.raw = tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self.raw = self.raw and tag not in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.raw and not data.isspace():
            self.found.append(data)


@pytest.mark.parametrize("seed", range(60))
def test_values_of_pages_are_those_of_pythons_parser(seed: int) -> None:
    chance = random.Random(seed)
    parts = (
        "<p>", "</p>\n", "<br/>", '<a href="/x/1">', '<a title="two words">', "<img alt='Zürich' src='a.png'>", "</a>",
        "<script>if (a < b) x = 'é';</script>", "<STYLE type='text/css'>p {}</STYLE>", "<!-- é -->",
        "<scripted>", "<p hidden>",
    )  # fmt: skip
    texts = ("more", "Zürich", " two words ", "a &amp; b", "caf&eacute;", "1 &lt; 2", "\n", "")
    page = "".join(chance.choice(parts) + chance.choice(texts) for _ in range(40)) + "<p>"
    parser = Values()
    parser.feed(page)
    parser.close()
    assert noteworthy(values(Markup(), page, some_cuts(chance, page))) == noteworthy(parser.found)


def test_what_is_passed_over_is_never_found() -> None:
    signs = [chr(code) for code in range(0x80) if SIGNS.fullmatch(chr(code))]
    chance = random.Random(7)
    for _ in range(300):
        value = "".join(chance.choices(signs, k=chance.randrange(1, 40)))
        assert check_text(value, profile="plain", enable=["TM108"]) == []


HOSTILE = {
    "tags without an end": "<a " * 60_000,
    "attributes without an end": '<a b="c"' * 60_000,
    "quotes by turns": "<a '\"" * 60_000,
    "one long tag": "<a " + "b " * 60_000,
    "declarations without an end": "<!" * 60_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_takes_linear_time(name: str) -> None:
    begun = time.perf_counter()
    for last in (False, True):
        Markup().scan(HOSTILE[name], last=last)
    assert time.perf_counter() - begun < 20


@pytest.mark.parametrize("text", ["[" * 60_000, '{"a":' * 60_000, '[{"a":"é"},' * 60_000, '["' + '","' * 60_000])
def test_hostile_json_takes_linear_time(text: str) -> None:
    begun = time.perf_counter()
    Json().scan(text, last=False)
    assert time.perf_counter() - begun < 20
