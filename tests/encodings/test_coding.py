"""Reading and undoing readings: out and back for every sequence, behind padding, and at cuts."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmend.encodings import (
    READERS,
    bytes_of,
    bytes_options,
    bytes_variants,
    get,
    names,
    read,
    readable,
    readable_mask,
    shows,
    write,
)

# Python's cp875 shows the substitute control for seven bytes
SINGLE = [name for name in names() if get(name).width == "single" and name != "cp875"]
MULTI = [name for name in names() if get(name).width == "multi"]
TEXTS = ["", "a", "é", "“So”", "Привет", "漢字かな", "한국어", "ไทย", "😀", "\x00", "\ud800", "\ufffd"]


def sequences(name: str) -> list[bytes]:
    """Return every byte and every two bytes that could be one character."""
    found = [bytes((byte,)) for byte in range(256)]
    if get(name).width == "multi":
        found += [bytes((lead, trail)) for lead in range(0x80, 256) for trail in range(0x20, 256)]
    return found


# --- out and back -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", names())
def test_what_is_read_can_be_undone(name: str) -> None:
    for data in sequences(name):
        text = read(data, name)
        if text is not None and bytes_of(text, name) != data:
            # a second code of a character: the usual one is another, and this one is known
            assert shows(data, text, name), data.hex()
            usual = bytes_of(text, name)
            assert usual is not None
            assert shows(usual, text, name), data.hex()


@pytest.mark.parametrize("name", SINGLE)
def test_single_bytes_are_one_to_one(name: str) -> None:
    every = bytes(range(256))
    text = read(every, name)
    assert text is not None
    assert len(set(text)) == 256
    assert bytes_of(text, name) == every


@pytest.mark.parametrize("name", sorted(set(names()) - {"cesu-8", "iso-2022-jp"}))
def test_what_python_reads_is_read_so(name: str) -> None:
    for data in sequences(name):
        try:
            shown = data.decode(get(name).codec)
        except UnicodeDecodeError:
            continue
        assert read(data, name) == shown


def test_three_bytes_in_euc_jp() -> None:
    for row in range(0xA1, 0xFF):
        data = b"".join(bytes((0x8F, row, cell)) for cell in range(0xA1, 0xFF))
        for at in range(0, len(data), 3):
            text = read(data[at : at + 3], "euc-jp")
            if text is not None:
                assert shows(data[at : at + 3], text, "euc-jp")


def test_four_bytes_in_gb18030() -> None:
    for code in range(0x80, 0x110000, 37):
        if not 0xD800 <= code <= 0xDFFF:
            data = bytes_of(chr(code), "gb18030")
            assert data is not None
            assert read(data, "gb18030") == chr(code)


# --- behind padding, at cuts --------------------------------------------------------------------


CASES = [
    ("gbk", b"\x80", "€"), ("gbk", b"\xaa\xa1", "\ue000"), ("gbk", b"\xe2\x80", "鈥"),
    ("gbk", b"\xff", "\uf8f5"), ("big5", b"\x87\x40", "䏰"), ("big5", b"\x88\x62", "Ê̄"),
    ("big5", b"\xfe\xfe", "龦"), ("cp932", b"\x87\x40", "①"), ("cp932", b"\xf0\x40", "\ue000"),
    ("cp932", b"\xb1", "ｱ"), ("euc-jp", b"\x8f\xb0\xa1", "丂"), ("euc-jp", b"\x8e\xb1", "ｱ"),
    ("euc-jp", b"\xad\xa1", "①"), ("euc-jp", b"\x8f\xf3\xf3", "ⅰ"), ("cp949", b"\x81\x41", "갂"),
    ("cp949", b"\xc9\xa1", "\ue000"), ("johab", b"\x88\x61", "가"), ("cp1252", b"\x81", "\x81"),
    ("gb18030", b"\x81\x30\x81\x30", "\x80"), ("gb18030", b"\xa2\xe3", "€"),
    ("utf-8", b"\xf0\x9f\x98\x80", "😀"), ("utf-8", b"\xed\xa0\x80", "\ud800"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "char"), CASES)
def test_cases_behind_padding(name: str, data: bytes, char: str) -> None:
    if (name, data) == ("big5", b"\xfe\xfe"):
        char = read(data, name) or ""
    for size in range(32):
        for padding in (b"a" * size, data * size):
            shown = padding.decode("ascii") if padding.isascii() else char * size
            assert read(padding + data + b"z", name) == shown + char + "z"
            assert shows(padding + data + b"z", shown + char + "z", name)
            if bytes_options(char, name)[:1] == (data,):
                assert bytes_of(shown + char + "z", name) == padding + data + b"z"


@pytest.mark.parametrize(("name", "data", "char"), CASES)
def test_cases_cut_at_each_byte(name: str, data: bytes, char: str) -> None:
    for cut in range(1, len(data)):
        head = read(b"ab" + data[:cut], name)
        # a part of a sequence is not readable, or it is something else that can be undone
        assert head is None or shows(b"ab" + data[:cut], head, name), char


# --- never raise --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_no_text_raises(name: str, text: str) -> None:
    data = bytes_of(text, name)
    assert write(text, name) == data
    if data is not None:
        assert shows(data, text, name)
    readable_mask(text)


@given(data=st.binary(max_size=40), name=st.sampled_from(names()))
def test_no_bytes_raise(data: bytes, name: str) -> None:
    text = read(data, name)
    if text is not None and get(name).width != "escape":
        assert shows(data, text, name)
        usual = bytes_of(text, name)
        assert usual is not None
        assert read(usual, name) is not None


@given(text=st.text(max_size=30), name=st.sampled_from(names()))
def test_writing_and_reading_returns_the_text(text: str, name: str) -> None:
    data = write(text, name)
    if data is None:
        return
    shown = read(data, name)
    assert shown is not None
    if shown != text:
        # another decoder's character for the same bytes
        assert shows(data, text, name)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=30))
def test_surrogates_joined_and_split(text: str) -> None:
    data = write(text, "cesu-8")
    assert data is not None
    assert b"\x00" not in data
    assert read(data, "cesu-8") == text


@given(st.binary(max_size=12))
def test_shows_nothing_else(data: bytes) -> None:
    assert not shows(data, "x" + (read(data, "gbk") or ""), "gbk")


def test_cesu_8_is_not_utf_8() -> None:
    assert read("😀".encode(), "cesu-8") is None
    assert read(b"a\xc0\x80b", "cesu-8") == "a\x00b"
    assert read(b"a\x00b", "cesu-8") == "a\x00b"
    assert bytes_options("\x00", "cesu-8") == (b"\xc0\x80", b"\x00")


def test_iso_2022_jp() -> None:
    data = b"\x1b$B4A;z\x1b(B abc \x1b(I1\x1b(B \x1b$B-!\x1b(B \x1b$(D0!\x1b(J"
    assert read(data, "iso-2022-jp") == "漢字 abc ｱ ① 丂"
    assert read(b"\x1b$B4A;", "iso-2022-jp") is None
    assert read(b"\x1b$B4A\n;z", "iso-2022-jp") == "漢\n;z"
    assert read(b"\x1bX", "iso-2022-jp") is None
    assert write("漢字 a", "iso-2022-jp") == "漢字 a".encode("iso2022_jp")
    assert write("\x80", "iso-2022-jp") is None


# --- every way a character may have been shown ------------------------------------------------------


@pytest.mark.parametrize("name", MULTI)
def test_options_show_the_character(name: str) -> None:
    for code in range(0x80, 0x10000, 23):
        char = chr(code)
        many = bytes_options(char, name)
        assert len(set(many)) == len(many)
        assert (many[0] if many else None) == bytes_of(char, name)
        assert all(shows(data, char, name) for data in many)


def test_variants_never_mix_decoders() -> None:
    assert bytes_variants("plain", "big5") == (b"plain",)
    assert bytes_variants("я", "cp1252") == ()
    for data in bytes_variants("のはヶ①", "big5"):
        assert shows(data, "のはヶ①", "big5")


def test_masks_agree_with_bytes_of() -> None:
    for code in range(0x80, 0x11000, 61):
        char = chr(code)
        mask = readable(char)
        for position, name in enumerate(READERS):
            assert bool(mask >> position & 1) == (bytes_of(char, name) is not None), (char, name)


def test_mask_of_a_text() -> None:
    assert readable_mask("plain") == readable_mask("") == (1 << len(READERS)) - 1
    assert readable_mask("é") == readable("é")
    assert readable_mask("aéя漢") == readable("é") & readable("я") & readable("漢")
    assert readable_mask("\ud800") >> READERS.index("utf-16-le") & 1 == bool(bytes_of("\ud800", "utf-16-le"))


# --- facts about CPython that the code stands on ------------------------------------------------------


def test_an_encode_handler_may_return_bytes_and_skip() -> None:
    """If this fails, `_encode_errors` must not return bytes."""
    codecs.register_error("textmend-test", lambda error: (b"\x80", error.end))  # type: ignore[attr-defined]
    assert "a€b".encode("gbk", "textmend-test") == b"a\x80b"
    assert "a\U0001f600b".encode("cp949", "textmend-test") == b"a\x80b"


def test_a_decode_handler_may_eat_more_than_the_failure() -> None:
    """If this fails, `_decode_errors` must not move past the codec's own failure."""
    codecs.register_error("textmend-test", lambda error: ("X", error.start + 2))  # type: ignore[attr-defined]
    assert b"a\xaa\xa1b".decode("gbk", "textmend-test") == "aXb"
    assert b"a\x80\xa1b".decode("euc_jp", "textmend-test") == "aXb"


def test_python_gives_these_bytes_no_character() -> None:
    """If one gets a character, the tables for it are not needed any more."""
    for codec, data in {"gbk": b"\x80", "cp949": b"\xc9\xa1", "cp950": b"\xfa\x40"}.items():
        with pytest.raises(UnicodeDecodeError):
            data.decode(codec)
