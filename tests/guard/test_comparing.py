"""What an edit did to a file: every kind of harm, and honest edits, on bytes."""

from __future__ import annotations

import codecs

import hypothesis
import pytest
from hypothesis import strategies

from textmend.guard import compare, restored

TEXT = "Größe der Bücher\n“So,” it’s a café — naïve\nplain line\n中文说明，这是一个测试。\nende\n"
GERMAN = "Größe der Bücher\nplain\nÜber den Flüssen\n"
CHINESE = "中文说明，这是一个测试。\n第二行 abc\n第三\n"
RUSSIAN = "Привет, мир\nещё одна строка\n"
UTF8 = TEXT.encode()


def codes(old: bytes, new: bytes, *others: bytes) -> list[str]:
    """Return the codes of what is wrong with an edit, each once."""
    return sorted({trouble.code for trouble in compare(old, new, others).troubles})


# --- harm ----------------------------------------------------------------------------------------

HARM = [
    ("UTF-8 read as GBK", UTF8, UTF8.decode("gbk", "replace").encode(), ["TG201"]),
    ("UTF-8 read as GBK, bytes dropped", UTF8, UTF8.decode("gbk", "ignore").encode(), ["TG201"]),
    ("UTF-8 read as Latin-1", UTF8, UTF8.decode("latin-1").encode(), ["TG201"]),
    ("UTF-8 read as cp1252", GERMAN.encode(), GERMAN.encode().decode("cp1252", "replace").encode(), ["TG201"]),
    ("UTF-8 read as cp1251", RUSSIAN.encode(), RUSSIAN.encode().decode("cp1251", "replace").encode(), ["TG201"]),
    ("one short word", "café\n".encode(), "cafÃ©\n".encode(), ["TG201"]),
    ("GBK to UTF-8 with losses", CHINESE.encode("gbk"), CHINESE.encode("gbk").decode("utf-8", "replace").encode(),
     ["TG101", "TG202"]),
    ("GBK read as Latin-1, written as UTF-8", CHINESE.encode("gbk"), CHINESE.encode("gbk").decode("latin-1").encode(),
     ["TG101", "TG201"]),
    ("GBK to UTF-8 without losses", CHINESE.encode("gbk"), CHINESE.encode(), ["TG101"]),
    ("UTF-8 to cp1252", GERMAN.encode(), GERMAN.encode("cp1252"), ["TG101"]),
    ("UTF-8 to cp1252 with losses", UTF8, TEXT.encode("cp1252", "replace"), ["TG101", "TG202"]),
    ("UTF-8 to KOI8-R", RUSSIAN.encode(), RUSSIAN.encode("koi8-r"), ["TG101"]),
    ("UTF-8 to UTF-16", UTF8, TEXT.encode("utf-16"), ["TG101"]),
    ("UTF-8 to UTF-16 without a mark", UTF8, TEXT.encode("utf-16-le"), ["TG101"]),
    ("ASCII to UTF-16", b"a\nb\n", "a\nb\n".encode("utf-16"), ["TG101"]),
    ("UTF-8 to ASCII with question marks", UTF8, TEXT.encode("ascii", "replace"), ["TG202"]),
    ("UTF-8 to ASCII, letters dropped", UTF8, TEXT.encode("ascii", "ignore"), ["TG202"]),
    ("one line in cp1252", UTF8, UTF8.replace("Größe".encode(), "Größe".encode("cp1252")), ["TG101"]),
    ("a mark added", UTF8, codecs.BOM_UTF8 + UTF8, ["TG102"]),
    ("a mark taken away", codecs.BOM_UTF8 + UTF8, UTF8, ["TG102"]),
    ("LF to CRLF", UTF8, UTF8.replace(b"\n", b"\r\n"), ["TG103"]),
    ("CRLF to LF", UTF8.replace(b"\n", b"\r\n"), UTF8, ["TG103"]),
    ("all at once", UTF8, codecs.BOM_UTF8 + TEXT.encode("ascii", "replace").replace(b"\n", b"\r\n"),
     ["TG102", "TG103", "TG202"]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "wanted"), [each[1:] for each in HARM], ids=[each[0] for each in HARM])
def test_harm_is_found_and_taken_back(old: bytes, new: bytes, wanted: list[str]) -> None:
    found = compare(old, new)
    assert sorted({trouble.code for trouble in found.troubles}) == wanted
    assert restored(found) == old


EDITED = [
    ("Gr??e der Bücher\nplain\nÜber den Flüssen, neu\n", "Größe der Bücher\nplain\nÜber den Flüssen, neu\n"),
    ("a new first line\nGr??e der B?cher\nplain\n?ber den Fl?ssen\n", "a new first line\n" + GERMAN),
    ("GrÃ¶ÃŸe der BÃ¼cher\nplain, edited\nÃœber den FlÃ¼ssen\n", GERMAN.replace("plain", "plain, edited")),
    ("GrÃ¶ÃŸe vieler BÃ¼cher\nplain\nÜber den Flüssen\n", GERMAN.replace("der B", "vieler B")),
    ("Gr\ufffd\ufffde der B\ufffdcher\n\ufffdber den Fl\ufffdssen\n", GERMAN.replace("plain\n", "")),
]


@pytest.mark.parametrize(("new", "wanted"), EDITED)
def test_what_the_edit_was_meant_to_do_stays(new: str, wanted: str) -> None:
    made = restored(compare(GERMAN.encode(), new.encode()))
    assert made is not None
    assert made.decode() == wanted


def test_a_garbled_line_that_is_new_is_found_by_its_own_evidence_but_not_restored() -> None:
    found = compare(UTF8, UTF8 + "It鈥檚 a new line, isn鈥檛 it\n".encode())
    assert [(each.code, each.line, each.now, each.was, each.proven) for each in found.troubles] == [
        ("TG201", 6, "鈥檚", "’s", False),
        ("TG201", 6, "鈥檛", "’t", False),
    ]
    assert restored(found) is None


def test_troubles_say_where_and_what_it_was() -> None:
    (trouble,) = compare("a\nGröße b\n".encode(), "a\nGr?ße b\n".encode()).troubles
    assert (trouble.line, trouble.column, trouble.now, trouble.was) == (2, 3, "?", "ö")


def test_an_added_line_that_ends_otherwise_is_found() -> None:
    found = compare(b"a\nb\n", b"a\nnew\r\nb\n")
    assert [(each.code, each.line) for each in found.troubles] == [("TG103", 2)]
    assert restored(found) == b"a\nnew\nb\n"


def test_what_is_left_out_stays_while_the_rest_is_taken_back() -> None:
    found = compare(b"a\nb\n", codecs.BOM_UTF8 + b"a\r\nb\r\n")
    marks = [trouble for trouble in found.troubles if trouble.code == "TG102"]
    assert restored(found, marks) == codecs.BOM_UTF8 + b"a\nb\n"


# --- honest edits ----------------------------------------------------------------------------------

HONEST = [
    ("nothing", UTF8, UTF8),
    ("words", UTF8, TEXT.replace("plain line", "changed? line").encode()),
    ("a translation", UTF8, TEXT.replace("测试", "尝试吗？").encode()),
    ("letters without accents", UTF8, TEXT.replace("naïve", "naive").encode()),
    ("straight quotes", UTF8, TEXT.replace("“So,” it’s", '"So," it\'s').encode()),
    ("lines moved", UTF8, "".join(reversed(TEXT.splitlines(keepends=True))).encode()),
    ("lines deleted", UTF8, b"plain line\n"),
    ("everything deleted", UTF8, b""),
    ("a first text", b"", UTF8),
    ("ASCII grows into UTF-8", b"a\nb\n", "a\nbé\n".encode()),
    ("UTF-8 shrinks to ASCII", "a é\nb\n".encode(), b"b\n"),
    ("a line in the file's own encoding", GERMAN.encode("cp1252"), (GERMAN + "Schöne Grüße\n").encode("cp1252")),
    ("a line of GBK in GBK", CHINESE.encode("gbk"), (CHINESE + "新的一行\n").encode("gbk")),
    ("line ends made alike", b"a\r\nb\nc\n", b"a\nb\nc\n"),
    ("CRLF lines added to CRLF", b"a\r\nb\r\n", b"a\r\nx\r\nb\r\n"),
    ("the last line end added", b"a\nb", b"a\nb\n"),
    ("a garbled line that was there moves", "a\ncafÃ©\nb\n".encode(), "a\nb\nnew\ncafÃ©\n".encode()),
    ("a garbled line is repaired", "cafÃ©\n".encode(), "café\n".encode()),
    ("Russian is repaired", "Ïðèâåò, ìèð è âñåì äîáðûé äåíü\n".encode(), "Привет, мир и всем добрый день\n".encode()),
    ("lost text comes back", b"Gr??e\n", "Größe\n".encode()),
    ("mixed stays mixed", "é\n".encode() + b"\xe9\nx\n", "é\n".encode() + b"\xe9\ny\n"),
    ("binary", b"\x89PNG\r\n\x1a\n\0\0\0" + bytes(range(256)), b"\x89PNG\r\n\x1a\n\0\0\0" + bytes(range(255, -1, -1))),
    ("text becomes binary", UTF8, bytes(range(256)) * 4),
    ("binary becomes text", bytes(range(256)) * 4, UTF8),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), [each[1:] for each in HONEST], ids=[each[0] for each in HONEST])
def test_an_honest_edit_passes(old: bytes, new: bytes) -> None:
    found = compare(old, new)
    assert found.troubles == ()
    assert restored(found) is None


def test_what_a_merge_brings_from_the_other_side_is_no_edit() -> None:
    ours, theirs = UTF8, codecs.BOM_UTF8 + UTF8.replace(b"\n", b"\r\n").replace("Größe".encode(), b"Gr??e")
    merged = theirs.replace(b"ende", b"ENDE")
    assert codes(ours, merged) == ["TG102", "TG103", "TG202"]
    assert codes(ours, merged, theirs) == []


@hypothesis.given(strategies.binary(max_size=60), strategies.binary(max_size=60))
def test_any_bytes_can_be_compared(old: bytes, new: bytes) -> None:
    restored(compare(old, new))


@hypothesis.given(
    strategies.lists(strategies.text(strategies.sampled_from("aé ’中文ü?"), min_size=1, max_size=12), min_size=1),
    strategies.sampled_from(["ascii", "cp1252", "latin-1"]),
)
def test_restoring_undoes_what_an_encoding_lost_or_does_nothing_wrong(lines: list[str], encoding: str) -> None:
    old = "".join(f"{line}\n" for line in lines)
    new = old.encode(encoding, "replace").decode(encoding)
    made = restored(compare(old.encode(), new.encode()))
    assert made is None or len(made.decode()) == len(old)
    # what was restored is what was there
    for was, now in zip(old, (made or new.encode()).decode(), strict=True):
        assert now in {was, "?"}


def test_long_lines_and_many_lines_take_linear_time() -> None:
    for old in ("ö" * 1_000_000, "öa" * 200_000, "".join(f"Zeile {number} über Größe\n" for number in range(20_000))):
        made = restored(compare(old.encode(), old.encode("ascii", "replace")))
        assert made == old.encode()
