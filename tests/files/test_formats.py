"""Every format: the sample in it is repaired, clean files stay, undo restores, hostile values survive."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from textmend.files import FORMATS, FileError, Job, Result, format_named, format_of, run_file, start, undo
from textmend.files.formats import LIMIT, BrokenSyntaxError, Settings
from textmend.files.formats.base import safe_cut
from textmend.files.formats.json import STRING, Json
from textmend.files.formats.table import delimiter_of, is_header, records


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / f"file.{name}"
    path.write_bytes(data)
    return path


def mend(path: Path, **more: object) -> Result:
    return run_file(path, Job("write", **more))


def text_of(folder: Path, name: str, text: str, **more: object) -> str:
    """Return what becomes of a file that holds a text."""
    path = put(folder, name, text.encode("utf-8", "surrogateescape"))
    result = mend(path, **more)
    assert not result.problem
    return path.read_bytes().decode("utf-8", "surrogateescape")


def test_the_sample_inside_each_format_is_repaired(name: str, pair: tuple[bytes, bytes], tmp_path: Path) -> None:
    garbled, fixed = pair
    path = put(tmp_path, name, garbled)
    result = mend(path)
    assert result.changed
    assert not result.problem
    assert path.read_bytes() == fixed
    assert set(result.tally.kinds) == {"utf-8>gbk"}


def test_a_clean_file_is_not_written(name: str, pair: tuple[bytes, bytes], tmp_path: Path) -> None:
    _, fixed = pair
    path = put(tmp_path, name, fixed)
    before = path.stat()
    assert not mend(path).changed
    assert path.read_bytes() == fixed
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_undo_restores_every_byte(name: str, pair: tuple[bytes, bytes], tmp_path: Path, quick: dict[str, str]) -> None:
    assert quick
    garbled, _ = pair
    path = put(tmp_path, name, garbled)
    journal = tmp_path / "journal"
    start(journal)
    assert mend(path, journal=journal).changed
    assert path.read_bytes() != garbled
    assert [each.done for each in undo(journal)] == [True]
    assert path.read_bytes() == garbled


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "utf-32", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_other_unicode_encodings_keep_theirs(
    name: str, pair: tuple[bytes, bytes], mark: str, end: str, tmp_path: Path, quick
) -> None:
    if name == "xml":
        pytest.skip("the file declares UTF-8")
    garbled, fixed = (data.decode().replace("\r\n", "\n").replace("\n", end) for data in pair)
    before = ("\ufeff" + garbled).encode(mark) if mark == "utf-16-be" else garbled.encode(mark)
    path = put(tmp_path, name, before)
    journal = tmp_path / "journal"
    start(journal)
    result = mend(path, journal=journal)
    assert not result.problem
    after = path.read_bytes().decode("utf-16" if mark == "utf-16-be" else mark)
    assert after.count("鈥檚") == fixed.count("鈥檚")
    assert [each.done for each in undo(journal)] == [True]
    assert path.read_bytes() == before
    assert quick


# --- broken syntax --------------------------------------------------------------------------------

BROKEN = [
    ("json", '{"a": 1,}', "line 1, column 9: a key in quotes should stand here"),
    ("json", '{"a"\n: 1 "b"}', "line 2, column 5: a comma or } should stand here"),
    ("json", '["鈥檚', "line 1, column 2: a string is not closed"),
    ("json", '["a\nb"]', "line 1, column 4: a string holds the control character U+000A, not escaped"),
    ("json", '["\\x"]', "line 1, column 3: an escape is none that JSON knows"),
    ("json", "[1, 2", "line 1, column 6: the file ends inside a value"),
    ("json", "[01]", "line 1, column 2: a value or ] should stand here"),
    ("json", "[1}", "line 1, column 3: a comma or ] should stand here"),
    ("json", "1 2", "line 1, column 3: nothing should follow the value"),
    ("json", "tru", "line 1, column 1: a value should stand here"),
    ("json", " ", "line 1, column 2: the file ends without a value"),
    ("jsonl", '{"a": 1}\n{"a":\n1}\n', "line 2, column 6: the line ends inside a value"),
    ("jsonl", '{"a": 1} {}\n', "line 1, column 10: nothing should follow the value on its line"),
    ("csv", 'a,b\n1,"鈥檚\n', "line 2, column 3: a quoted field is not closed"),
    ("csv", 'a,b\n1,"鈥檚"x\n', "line 2, column 7: something follows the quote that closes a field"),
    ("xml", "<a>\n<b>鈥檚</a>", "line 2, column 8: mismatched tag"),
    ("xml", "<a>鈥檚</a><b/>", "line 1, column 10: junk after document element"),
    ("xml", "<a>鈥檚", "line 1, column 6: no element found"),
    ("xml", "<a>鈥檚 & b</a>", "line 1, column 8: not well-formed (invalid token)"),
    ("po", 'msgid "鈥檚"\nmsgstr "\n', "line 2, column 1: the line is no keyword with a string, and no comment"),
]


@pytest.mark.parametrize(("form", "text", "problem"), BROKEN)
def test_broken_syntax_is_told_with_its_place_and_left_alone(
    form: str, text: str, problem: str, tmp_path: Path, quick
) -> None:
    assert quick
    path = put(tmp_path, form, text.encode())
    result = mend(path)
    assert result.problem == problem
    assert not result.changed
    assert path.read_bytes() == text.encode()
    assert list(tmp_path.iterdir()) == [path]


# --- JSON -----------------------------------------------------------------------------------------

JSON_KEPT = [
    '{"a":"\\u0041\\/\\ud83d\\ude00\\ud800 \\udc00","b":[]}',
    '"\\\\u9225\\\\u6a9a"',
    '{"a": "{\\"b\\": \\"\\\\u9225\\"}"}',
    "[1e5, -0.0, 1E+2, NaN, -Infinity, true, false, null]",
    '{"a": {}, "a": [[[]]], "": ""}',
    " \n\t[ ]\r\n",
]


@pytest.mark.parametrize("text", JSON_KEPT)
def test_json_without_damage_is_kept_byte_for_byte(text: str, tmp_path: Path, quick) -> None:
    assert quick
    assert text_of(tmp_path, "json", text) == text


def test_json_escapes_stay_where_nothing_changes_and_come_where_they_were(tmp_path: Path, quick) -> None:
    assert quick
    before = r'["\u0041鈥檚\u00e9", "\u9225\u6A9A\/", "鈥\u6a9a", "â€œ x"]'
    after = r'["\u0041’s\u00e9", "\u2019s\/", "’s", "\" x"]'
    assert text_of(tmp_path, "json", before) == after
    assert json.loads(after)


def test_what_a_json_repair_writes_is_escaped_where_it_must_be() -> None:
    assert STRING.write('a"b\\c\n\x01é', "x") == r"a\"b\\c\n\u0001é"
    assert STRING.write("é😀", r"\u9225") == r"\u00e9\ud83d\ude00"


def test_json_strings_longer_than_any_buffer_are_judged_in_parts(tmp_path: Path, quick) -> None:
    assert quick
    value = ("Russia's \\ud83d\\ude00\\n " * 600 + "Russia鈥檚 army ") * 250 + "end"
    text = f'{{"a": "{value}", "b{value}": 1}}'
    assert text_of(tmp_path, "json", text) == text.replace("鈥檚", "’s")
    unbroken = '["' + "\\u9225\\u9225\\\\" * 150_000 + "鈥檚" + "中文" * 800_000 + '鈥檚"]'
    fixed = text_of(tmp_path, "json", unbroken)
    json.loads(fixed)
    assert fixed == unbroken.replace("鈥檚", "’s")


def test_a_json_scanner_gives_the_same_fields_however_the_text_is_cut() -> None:
    text = '{"a\\n": ["b\\u0041c", 12.5e3, true, {"d": "e"}], "f": ""}'
    whole, end = Json().scan(text, last=True)
    assert end == len(text)
    wanted = [text[field.start : field.end] for field in whole]
    for cut in range(len(text)):
        scanner = Json()
        fields, used = scanner.scan(text[:cut], last=False)
        found = [text[field.start : field.end] for field in fields]
        rest, _ = scanner.scan(text[used:], last=True)
        found += [text[used:][field.start : field.end] for field in rest]
        assert found == wanted


def test_json_agrees_with_pythons_parser_on_mutated_documents() -> None:
    chance = random.Random(7)
    sound = '{"a": [1, -2.5e3, "b\\u0041\\n", true, null, {"c": ""}], "d": "é"}'
    for _ in range(3000):
        text = list(sound)
        for _ in range(chance.randint(1, 2)):
            at = chance.randrange(len(text))
            text[at : at + chance.randint(0, 1)] = chance.choice(
                ['"', "\\", "{", "}", "[", "]", ",", ":", "1", " ", "x", "", "\n"]
            )
        given = "".join(text)
        try:
            json.loads(given)
        except ValueError:
            sound_now = False
        else:
            sound_now = True
        try:
            Json().scan(given, last=True)
        except BrokenSyntaxError:
            accepted = False
        else:
            accepted = True
        assert accepted == sound_now, given


# --- tables ---------------------------------------------------------------------------------------


def test_a_table_gets_quotes_where_its_new_value_needs_them(tmp_path: Path, quick) -> None:
    assert quick
    text = 'id,text\n1,a虏b\n2,"c虏d"\n3,xâ€œy\n4,"xâ€œy"\n5,l虐m\n'
    wanted = 'id,text\n1,"a,b"\n2,"c,d"\n3,"x""y"\n4,"x""y"\n5,"l\nm"\n'
    assert text_of(tmp_path, "csv", text) == wanted


def test_the_header_of_a_table_stays(tmp_path: Path, quick) -> None:
    assert quick
    text = "Russia鈥檚,id\nRussia鈥檚 army,1\n"
    assert text_of(tmp_path, "csv", text) == "Russia鈥檚,id\nRussia’s army,1\n"
    assert text_of(tmp_path, "csv", text, settings=Settings(header=True)) == "Russia’s,id\nRussia’s army,1\n"


def test_only_the_columns_asked_for_are_repaired(tmp_path: Path, quick) -> None:
    assert quick
    text = "a,b,c\nx鈥檚,y鈥檚,z鈥檚\n"
    assert text_of(tmp_path, "csv", text, settings=Settings(("b",))) == "a,b,c\nx鈥檚,y’s,z鈥檚\n"
    assert text_of(tmp_path, "csv", text, settings=Settings(("1", "c"))) == "a,b,c\nx’s,y鈥檚,z’s\n"
    path = put(tmp_path, "csv", text.encode())
    assert mend(path, settings=Settings(("d",))).problem.endswith("there is no column 'd'; there are a, b, c")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "a",
        ",",
        ",,\n,,\n",
        '""\n',
        '"",""',
        "a\r\rb\r",
        "a,b\n\n\nc,d",
        '"a\r\nb",c\r\n',
        "'a,b'\n",
    ],
)
def test_odd_tables_are_kept(text: str, tmp_path: Path) -> None:
    assert text_of(tmp_path, "csv", text) == text


def test_a_table_with_nuls_is_repaired_around_them(tmp_path: Path, quick) -> None:
    assert quick
    line = "some text that is long enough, x\0y,鈥檚,\0\n"
    text = "a,b,c,d\n" + line * 3
    assert text_of(tmp_path, "csv", text) == text.replace("鈥檚", "’s")


def test_the_delimiter_is_found() -> None:
    assert delimiter_of("a,b\n1,2\n") == ","
    assert delimiter_of('a|b\n"x,y,z"|2\n') == "|"
    assert delimiter_of("one column\nof text, with commas\n") == ","
    assert records("a,b\r\nc,", ",") == [["a", "b"], ["c", ""]]
    assert not is_header([["a", "a"], ["1", "2"]])
    assert not is_header([["a", ""], ["1", "2"]])


def test_quoted_fields_longer_than_any_buffer_are_judged_in_parts(tmp_path: Path, quick) -> None:
    assert quick
    value = ('Russia鈥檚 ""army"", ' + 'Russia\'s ""army"", ' * 500) * 250
    text = f'a,b\n1,"{value}"\n2,"鈥檚"\n'
    assert text_of(tmp_path, "csv", text) == text.replace("鈥檚", "’s")
    quotes = 'a,b\n1,"' + '""' * 1_500_000 + '"\n2,鈥檚\n'
    assert text_of(tmp_path, "csv", quotes) == quotes.replace("鈥檚", "’s")


# --- markup ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>a 鈥檚 < b &amp; c", "<p>a ’s < b &amp; c"),
        ("<a t='鈥檚' u=\"鈥檚\" v=鈥檚>", "<a t='’s' u=\"’s\" v=鈥檚>"),
        ("<p>&#x9225;&#x6a9a; &#37413;&#27290;", "<p>&#x2019;s &#8217;s"),
        ("<SCRIPT>'鈥檚'</Script>鈥檚", "<SCRIPT>'鈥檚'</Script>’s"),
        ("<!-- 鈥檚 --><!DOCTYPE 鈥檚>", "<!-- 鈥檚 --><!DOCTYPE 鈥檚>"),
        ("<p title='â€œ'>â€œ</p>", "<p title='\"'>\"</p>"),
        ('<p title="â€œ">', '<p title="&quot;">'),
        ("鈥檚 < 鈥檚 <3 </ >", "’s < ’s <3 </ >"),
        ("<a", "<a"),
        ("&unknown; &#x110000; &#0; & 鈥檚;", "&unknown; &#x110000; &#0; & ’s;"),
    ],
)
def test_html_is_repaired_between_its_tags(before: str, after: str, tmp_path: Path, quick) -> None:
    assert quick
    assert text_of(tmp_path, "html", before) == after


def test_xml_in_another_encoding_that_it_declares(tmp_path: Path, quick) -> None:
    assert quick
    text = '<?xml version="1.0" encoding="gb18030"?><a>鈥檚 中文</a>'
    path = put(tmp_path, "xml", text.encode("gb18030"))
    assert not mend(path).problem
    assert path.read_bytes().decode("gb18030") == text.replace("鈥檚", "’s")


# --- all ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [each.name for each in FORMATS if each.scanner])
def test_random_text_never_fails_but_for_its_syntax(form: str, tmp_path: Path, quick) -> None:
    assert quick
    chance = random.Random(form)
    pieces = [
        '"',
        "'",
        "<",
        ">",
        "&",
        ";",
        ",",
        "\n",
        "\r",
        "{",
        "}",
        "[",
        "]",
        ":",
        "\\",
        "鈥檚",
        "a",
        " ",
        "<a b='",
        "\udc80",
        "<!--",
        "&#9",
    ]
    for _ in range(150):
        text = "".join(chance.choices(pieces, k=chance.randint(1, 30)))
        data = text.encode("utf-8", "surrogateescape")
        path = put(tmp_path, "txt", data)
        result = mend(path, format=form)
        if result.problem:
            assert result.problem.startswith("line ")
        if not result.changed:
            assert path.read_bytes() == data


def test_formats_are_told_by_suffix_and_name() -> None:
    assert format_of(Path("a.CSV.gz")).name == "csv"
    assert format_of(Path("a.py")).name == "text"
    assert format_named("po").suffixes == (".po", ".pot")
    with pytest.raises(FileError, match="the formats are text, csv"):
        format_named("docx")
    suffixes = [suffix for each in FORMATS for suffix in each.suffixes]
    assert len(set(suffixes)) == len(suffixes)


def test_a_long_text_is_cut_where_no_misreading_is() -> None:
    text = "鈥檚" * 50 + "ab" + "鈥檚" * 10
    assert safe_cut(text, 0, len(text)) == 101
    assert LIMIT >= 1 << 16
