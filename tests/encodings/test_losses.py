"""How decoders lose bytes: facts about CPython, the rules of browsers and of Windows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmend.encodings import get, loss_model, names, read

MULTI = ["gbk", "gb18030", "big5", "cp932", "euc-jp", "cp949", "johab"]


def failure(data: bytes, codec: str) -> UnicodeDecodeError | None:
    """Return how Python's codec fails on the data, None if it does not."""
    try:
        data.decode(codec)
    except UnicodeDecodeError as error:
        return error
    return None


# --- CPython ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codec", "data", "shown"),
    [
        ("gbk", b"\xe2\x80\x9d\n", "鈥\n"),
        ("gbk", b"\xe2\x80\x9d", "鈥"),
        ("gbk", b"\xe2\x80\x9d<", "鈥<"),
        ("gbk", b"\x80a", "a"),
        ("cp949", b"\xe2\x80\x99s", "셲"),
        ("cp949", b"\xc9\xa1", ""),
        ("cp950", b"\xe2\x80\x99s", "s"),
        ("cp932", b"\xe2\x80\x9d\n", "窶\n"),
        ("cp932", b"\x81\x41\x81", "、"),
        ("euc_jp", b"\xe2\x80\x9d", ""),
        ("johab", b"\xe2\x80\x9d", ""),
        ("utf-8", b"\xe2\x80a", "a"),
    ],
)
def test_what_cpython_ignores(codec: str, data: bytes, shown: str) -> None:
    """If this fails, the habit "cpython" has changed, and with it what a dropped byte can be."""
    assert data.decode(codec, "ignore") == shown


@pytest.mark.parametrize("name", MULTI)
def test_cpython_gives_up_one_byte(name: str) -> None:
    """A lead byte without its trail fails alone: what follows is read afresh."""
    codec = get(name).codec
    for lead in range(0x80, 0x100):
        for trail in range(0x20, 0x80):
            error = failure(bytes((lead, trail, 0x0A)), codec)
            if error is not None and name != "gb18030":
                assert error.end - error.start == 1


@pytest.mark.parametrize("name", MULTI)
def test_bad_is_what_cpython_refuses(name: str) -> None:
    model = loss_model(name)
    for lead in range(0x80, 0x100):
        for trail in range(0x20, 0x100):
            data = bytes((lead, trail))
            error = failure(data, get(name).codec)
            fails_at = error.start if error else None
            length = model.length(data, 0)
            assert model.bad(data, 0) == (length == 0)
            if fails_at is None:
                assert length > 0
            elif fails_at == 0:
                assert length == 0
            else:
                assert length == fails_at == 1
                assert model.bad(data, 1)


@pytest.mark.parametrize("name", MULTI)
def test_trails_are_what_cpython_accepts(name: str) -> None:
    model = loss_model(name)
    for lead in sorted(model.lead):
        for trail in model.trail(lead):
            assert len(bytes((lead, trail)).decode(get(name).codec)) >= 1
    for byte in sorted(model.dead):
        assert model.bad(bytes((byte, 0x41)), 0)
        assert not model.trail(byte)


def test_a_sequence_of_three_or_four() -> None:
    assert loss_model("euc-jp").length(b"\x8f\xb0\xa1", 0) == 3
    assert loss_model("euc-jp").bad(b"\x8f\xb0", 0)
    assert loss_model("gb18030").length(b"\x81\x30\x81\x30", 0) == 4
    assert loss_model("gb18030").bad(b"\x81\x30\x81", 0)
    assert loss_model("utf-8").length("😀".encode(), 0) == 4
    assert loss_model("utf-8").bad(b"\x80", 0)
    assert loss_model("utf-16-le").length(b"ab", 0) == 2
    assert loss_model("utf-16-le").bad(b"a", 0)


# --- browsers and Windows ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "cpython", "whatwg", "windows"),
    [
        ("gbk", b'\x9d"', 1, 1, 2),  # no trail byte: browsers read the quote afresh
        ("gbk", b"\xa3\x30", 1, 1, 2),
        ("gbk", b"\x81\xff", 1, 2, 2),  # no trail byte, but not ASCII either
        ("gbk", b"\x80a", 1, 1, 1),
        ("gbk", b"\x9d", 1, 1, 1),  # the end
        ("cp949", b"\xc9\xa1", 1, 2, 2),  # a trail byte, but no character
        ("cp949", b"\xb0\x20", 1, 1, 2),
        ("cp932", b"\x82\x40", 1, 1, 2),
        ("big5", b"\xa3\xff", 1, 2, 2),
        ("euc-jp", b"\x8f\xa1\xa1", 1, 3, 2),
        ("euc-jp", b"\x8f\xa1a", 1, 2, 2),
    ],
)
def test_what_a_failure_costs(name: str, data: bytes, cpython: int, whatwg: int, windows: int) -> None:
    model = loss_model(name)
    assert model.bad(data, 0)
    costs = {style.decoder: model.cost(data, 0, style) for style in model.styles}
    assert costs == {"cpython": cpython, "whatwg": whatwg, "windows": windows}


@pytest.mark.parametrize("name", MULTI)
def test_every_habit_is_there(name: str) -> None:
    styles = loss_model(name).styles
    assert [style.kind for style in styles] == ["drop", "replace", "replace", "swallow"]
    assert styles[0].marks == ()
    assert all("\ufffd" in style.marks for style in styles[1:])
    assert ("・" in styles[-1].marks) == (get(name).family == "japanese")


# --- single bytes ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "vanishing", "space"),
    [
        ("cp1252", "81 8D 8F 90 9D AD", "A0"),
        ("cp1251", "98 AD", "A0"),
        ("cp1253", "81 88 8A 8C 8D 8E 8F 90 98 9A 9C 9D 9E 9F AA AD D2 FF", "A0"),
        ("cp1257", "81 83 88 8A 8C 90 98 9A 9C 9F A1 A5 AD", "A0"),
        ("cp866", "", "FF"),
        ("koi8-r", "", "9A"),
        ("mac-roman", "F0", "CA"),
        ("cp850", "F0", "FF"),
    ],
)
def test_what_vanishes_and_what_becomes_a_space(name: str, vanishing: str, space: str) -> None:
    model = loss_model(name)
    assert model.vanishing == set(bytes.fromhex(vanishing))
    assert model.altered == {" ": bytes.fromhex(space)}


def test_single_bytes_of_multi_byte_encodings_vanish_too() -> None:
    assert loss_model("cp932").vanishing == {0x80, 0xA0, 0xFD, 0xFE, 0xFF}
    assert loss_model("cp949").vanishing == {0x80, 0xFF}
    assert loss_model("gbk").vanishing == {0xFF}
    assert loss_model("utf-8").vanishing == set()


@pytest.mark.parametrize("name", [n for n in names() if get(n).family == "iso-8859"])
def test_c1_controls_of_iso_8859_vanish(name: str) -> None:
    assert set(range(0x80, 0xA0)) <= loss_model(name).vanishing


def test_undefined_bytes_are_bad() -> None:
    model = loss_model("cp1252")
    assert [b for b in range(256) if model.bad(bytes((b,)), 0)] == [0x81, 0x8D, 0x8F, 0x90, 0x9D]
    assert model.dead == {0x81, 0x8D, 0x8F, 0x90, 0x9D}


# --- all of them ---------------------------------------------------------------------------------


@given(data=st.binary(min_size=1, max_size=8), name=st.sampled_from(names()))
def test_no_bytes_raise(data: bytes, name: str) -> None:
    model = loss_model(name)
    for index in range(len(data)):
        length = model.length(data, index)
        assert 0 <= length <= len(data) - index
        assert model.bad(data, index) == (length == 0)
        for style in model.styles:
            assert model.cost(data, index, style) >= 1


@given(data=st.binary(max_size=12), name=st.sampled_from(MULTI))
def test_walking_by_length_finds_the_first_failure(data: bytes, name: str) -> None:
    model = loss_model(name)
    index = 0
    while index < len(data) and not model.bad(data, index):
        index += model.length(data, index)
    error = failure(data, get(name).codec)
    assert index == (error.start if error else len(data))
    assert error or read(data, name) is not None
