"""One hop back: UTF-8 run by run, legacy encodings as a whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmend import encodings
from textmend.encodings import garble
from textmend.misreadings import found, hops, judge, stretches
from textmend.options import Options

WORDS = [
    *("été", "Straße", "žluť", "Привет", "Ελλάδα", "שלום", "مرحبا", "中文", "日本語", "한국어"),
    *("ไทย", "“So”", "1 – 2 …", "€ 5", "😀"),
]
SINGLE = [name for name in encodings.READERS if encodings.get(name).width == "single"]
MULTI = ["gbk", "cp932", "cp949", "big5", "euc-jp", "gb18030"]

runs = st.text(st.characters(min_codepoint=0x80, codec=None), min_size=1, max_size=20)


def test_there_are_many_readers() -> None:
    assert len(SINGLE) >= 35
    assert set(MULTI) <= set(encodings.READERS)


@pytest.mark.parametrize("read", SINGLE)
def test_every_single_byte_reader_undoes_utf8(read: str) -> None:
    undone = 0
    for word in WORDS:
        garbled = garble(word, "utf-8", read)
        if garbled is not None:
            assert hops.undo_utf8(garbled, read) == word
            undone += 1
    assert undone >= 10


@pytest.mark.parametrize("read", MULTI)
def test_every_multi_byte_reader_undoes_utf8(read: str) -> None:
    undone = 0
    for word in [*WORDS, *(2 * word for word in WORDS), *(f"{word}s" for word in WORDS)]:
        garbled = garble(word, "utf-8", read)
        if garbled is not None and not hops.brings_bad(word, garbled):
            assert hops.undo_utf8(garbled, read) == word
            undone += 1
    assert undone >= 5


@pytest.mark.parametrize("read", SINGLE)
@pytest.mark.parametrize("word", ["été", "Привет", "中文"])
def test_healthy_signs_beside_it_stay(word: str, read: str) -> None:
    garbled = garble(word, "utf-8", read)
    if garbled is None:
        pytest.skip(f"{read} does not show {word}")
    assert hops.undo_utf8(f"plain {garbled} text", read) == f"plain {word} text"
    assert hops.undo_utf8(f"{garbled}\ufffd{garbled}", read) == f"{word}\ufffd{word}"


@pytest.mark.parametrize("text", ["", "plain", "été", "“So,” – …", "Привет, мир", "ÉCOLE"])
@pytest.mark.parametrize("read", ["cp1252", "iso-8859-1", "cp1251", "cp437", "mac-roman", "koi8-r"])
def test_what_was_not_misread_is_none(text: str, read: str) -> None:
    assert hops.undo_utf8(text, read) is None


def test_one_run_may_be_healthy_and_the_next_one_not() -> None:
    assert hops.undo_utf8("été cafÃ© – “thÃ©”", "cp1252") == "été café – “thé”"


def test_a_run_is_whole_or_not() -> None:
    reader = hops.reader("cp1252")
    assert reader.whole("Ã©Ã¨") == "éè"
    assert reader.whole("Ã©è") is None
    assert reader.utf8("Ã©è") == "éè"


def test_pairs_of_surrogates_come_back() -> None:
    garbled = encodings.read(b"\xed\xa0\xbd\xed\xb8\x80", "iso-8859-1")
    assert garbled is not None
    assert hops.undo_utf8(garbled, "iso-8859-1") == "😀"


@pytest.mark.parametrize("garbled", ["ï¿½", "Â\x81", "Ã\x83\xed\xa0\x80", "î\x80\x80", "plain ï¿½ text", "a Â\x9f b"])
def test_no_repair_brings_in_controls_private_signs_or_marks_of_loss(garbled: str) -> None:
    for mending in judge(garbled, Options()).mendings:
        assert not hops.brings_bad(mending.before, mending.after)


@given(runs, st.sampled_from(["cp1252", "cp1251", "gbk", "cp932", "big5", "cp437"]))
def test_undoing_utf8_never_raises_and_never_grows(run: str, read: str) -> None:
    undone = hops.undo_utf8(run, read)
    assert undone is None or (undone != run and len(undone) <= len(run))


@given(st.text(st.characters(min_codepoint=0xA0, max_codepoint=0xFFFD, exclude_categories=["Cs", "Co", "Cn", "Cc"])))
def test_what_was_misread_as_latin1_comes_back(text: str) -> None:
    garbled = text.encode("utf-8").decode("iso-8859-1")
    if text and not hops.BAD.search(text):
        assert hops.undo_utf8(garbled, "iso-8859-1") == text


# -- legacy writers

LEGACY = [
    ("Привет, как дела", "cp1251", "cp1252"),
    ("Привет, как дела", "koi8-r", "cp1251"),
    ("Привет, как дела", "cp866", "cp1251"),
    ("Καλημέρα κόσμε", "cp1253", "cp1252"),
    ("שלום עולם", "cp1255", "cp1252"),
    ("السلام عليكم", "cp1256", "cp1252"),
    ("สวัสดีชาวโลก", "cp874", "cp1252"),
    ("Příliš žluťoučký kůň", "cp1250", "cp1252"),
    ("Une journée très agréable", "cp850", "cp1252"),
    ("我们的中文文本", "gbk", "cp1252"),
    ("我们的中文文本", "gbk", "big5"),
    ("日本語のテキスト", "cp932", "cp1252"),
    ("日本語のテキスト", "euc-jp", "iso-8859-1"),
    ("한국어 텍스트", "cp949", "cp1252"),
]


@pytest.mark.parametrize(("text", "written", "read"), LEGACY)
def test_legacy_text_comes_back_as_a_whole(text: str, written: str, read: str) -> None:
    garbled = garble(text, written, read)
    assert garbled is not None
    assert hops.undo_legacy(garbled, written, read) == text


def test_a_sign_that_the_reader_cannot_show_is_none() -> None:
    assert hops.undo_legacy("Ïðèâåò 中", "gbk", "cp1252") is None


def test_what_does_not_change_is_none() -> None:
    assert hops.undo_legacy("plain", "cp1251", "cp1252") is None
    assert hops.undo_legacy("é", "iso-8859-1", "cp1252") is None


@given(st.text(st.sampled_from("абвгдежзийклмнопрстуфхцчшщъыьэюяАБВ ,."), min_size=1))
def test_cyrillic_there_and_back(text: str) -> None:
    for written, read in (("cp1251", "iso-8859-1"), ("koi8-r", "cp1251"), ("cp1251", "koi8-r")):
        garbled = garble(text, written, read)
        if garbled is not None and garbled != text:
            assert hops.undo_legacy(garbled, written, read) in {text, None}


# -- who can show what


def test_readers_are_ranked_by_how_common_they_are() -> None:
    readers = found.readers_of(found.mask_of("é"))
    costs = [encodings.get(name).reader_cost for name in readers]
    assert costs == sorted(costs)
    assert "cp1252" in readers
    assert "gbk" in readers
    assert not any(encodings.get(name).family == "unicode" for name in readers)


def test_a_run_is_shown_only_by_those_who_show_all_of_it() -> None:
    assert "cp1252" not in found.readers_of(found.mask_of("éж"))
    assert "koi8-r" in found.readers_of(found.mask_of("ж"))


def test_prices_are_not_negative_and_add_up() -> None:
    for written in encodings.WRITERS:
        for read in encodings.READERS:
            own = encodings.get(written).writer_cost + encodings.get(read).reader_cost
            assert found.price(written, read) == own >= 0


def test_the_mark_of_cp932_is_a_sign_of_its_own_among_capitals_alone() -> None:
    assert hops.undo_utf8("DO BIAﾅ・GO", "cp932") == "DO BIAŁEGO"
    assert hops.undo_utf8("縺・", "cp932") is None  # not ぁE: a byte was lost


@pytest.mark.parametrize("read", [*SINGLE, *MULTI])
def test_the_kernel_undoes_whole_texts_as_python_does(read: str) -> None:
    reader = hops.reader(read)
    text = " ".join(WORDS)
    for written in ("utf-8", "cesu-8", "cp1252"):
        for errors in ("strict", "drop"):
            for seen in (garble(text, written, read, errors), *(garble(word, written, read, errors) for word in WORDS)):
                if seen is not None:
                    every = reader.undo_everywhere(seen)
                    assert reader.everywhere(seen) == every
                    candidate = text if every is None else every[0]
                    assert reader.proved(seen, candidate) == reader.prove(seen, candidate)
                    assert reader.proved(seen, f"{candidate} ") is None


@given(
    runs | st.text(st.sampled_from("aÃ©â€™Â\x81ð\ufffd\ud800 ﺃ٪鈥檜"), max_size=12), st.sampled_from([*SINGLE, *MULTI])
)
def test_the_kernel_undoes_any_text_as_python_does(text: str, read: str) -> None:
    reader = hops.reader(read)
    every = reader.undo_everywhere(text)
    assert reader.everywhere(text) == every
    assert every is None or reader.proved(text, every[0]) == reader.prove(text, every[0])


@given(
    st.lists(
        st.sampled_from(["été", "cafÃ©", "plain", "â€™", "Ð", "Ãx©", "Ã© " * 900, "Ã©" * 700, "é\ufffd"]), max_size=8
    )
)
def test_the_lines_that_may_hold_utf8_are_those_with_a_sequence(parts: list[str]) -> None:
    text = "\r\n".join(parts)
    wanted = [(at, part) for at, part in stretches.stretches(text) if hops.reader("cp1252").may_be_utf8(part)]
    assert list(stretches.with_utf8(text, "cp1252")) == wanted
