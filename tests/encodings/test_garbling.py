"""Garbling on purpose: as CPython does, as browsers and Windows do, and where bytes were lost."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmend.encodings import DECODERS, ERRORS, bytes_of, garble, get, names, read_lossy
from textmend.errors import UnknownEncodingError

LOSSY = ("drop", "replace", "swallow", "question")
TEXT = "“Russia’s” — ‘So’ has 中文 é"


@pytest.mark.parametrize(
    ("read_as", "errors", "shown"),
    [
        ("gbk", "drop", "鈥淪o鈥<"),
        ("gbk", "replace", "鈥淪o鈥\ufffd<"),
        ("gbk", "question", "鈥淪o鈥?<"),
        ("gbk", "swallow", "鈥淪o鈥?"),
        ("cp932", "swallow", "窶彜o窶・"),
        ("cp949", "drop", "쏶o<"),
        ("cp949", "swallow", "?쏶o??"),
        ("cp1252", "strict", "â€œSoâ€\x9d<"),
        ("cp1252", "strip", "â€œSoâ€<"),
        ("cp1252", "drop", "â€œSoâ€<"),
        ("cp1252", "replace", "â€œSoâ€\ufffd<"),
        ("cp1252", "question", "â€œSoâ€?<"),
    ],
)
def test_how_quotes_look(read_as: str, errors: str, shown: str) -> None:
    assert garble("“So”<", "utf-8", read_as, errors) == shown


def test_the_sample() -> None:
    assert garble("partners.”\n", "utf-8", "gbk", "drop") == "partners.鈥\n"
    assert garble("has — whether", "utf-8", "gbk", "drop") == "has 鈥 whether"
    assert garble("日本語',", "utf-8", "gbk", "swallow") == "鏃ユ湰瑾?,"
    assert garble("はà", "utf-8", "cp1252", "strip") == "ã¯Ã "


def test_what_editors_strip() -> None:
    assert garble("股票記帳系統", "utf-8", "big5", "swallow", stripped=True) == "?∠巨閮董蝟餌絞"
    assert garble("因で", "utf-8", "cp932", stripped=True) == "蝗縺ｧ"
    assert garble("à", "utf-8", "cp1252", stripped=True) == "Ã\xa0"


def test_browsers() -> None:
    # an ASCII trail byte is read afresh, another one is lost with its lead byte
    assert read_lossy(b'\x9d"\x81\xff', "gbk", "replace", decoder="whatwg")[0] == '\ufffd"\ufffd'
    assert read_lossy(b"\x80\xaa\xa1", "gbk", "replace", decoder="whatwg")[0] == "€\ue000"
    assert read_lossy(b"\xff", "gbk", "replace", decoder="whatwg")[0] == "\ufffd"
    assert read_lossy(b"\xff", "gbk", "replace", decoder="windows")[0] == "\uf8f5"


@pytest.mark.parametrize("name", sorted(set(names()) - {"cesu-8"}))
@given(data=st.binary(max_size=20))
def test_drop_and_replace_are_cpythons(name: str, data: bytes) -> None:
    codec = get(name).codec
    assert read_lossy(data, name, "drop")[0] == data.decode(codec, "ignore")
    assert read_lossy(data, name, "replace")[0] == data.decode(codec, "replace")


@given(data=st.binary(max_size=24), name=st.sampled_from([n for n in names() if "2022" not in n]),
       errors=st.sampled_from(LOSSY), decoder=st.sampled_from(DECODERS))  # fmt: skip
def test_losses_say_where_they_are(data: bytes, name: str, errors: str, decoder: str) -> None:
    text, lost = read_lossy(data, name, errors, decoder=decoder)
    last = 0
    for loss in lost:
        assert last <= loss.start < loss.end <= len(data)
        assert text[loss.at : loss.at + len(loss.mark)] == loss.mark
        private = "\ue000" <= loss.mark <= "\uf8ff"  # Windows shows some bytes so, whatever is asked
        assert (loss.mark == "") == (errors == "drop") or (private and decoder == "windows")
        last = loss.end
    if not lost and name not in ("hz", "utf-7", "cesu-8", "cp875"):
        assert bytes_of(text, name) is not None


@given(text=st.text(max_size=20), written=st.sampled_from(names()), shown=st.sampled_from(names()),
       errors=st.sampled_from(ERRORS), decoder=st.sampled_from(DECODERS))  # fmt: skip
def test_no_text_raises(text: str, written: str, shown: str, errors: str, decoder: str) -> None:
    garble(text, written, shown, errors, decoder=decoder)


@pytest.mark.parametrize("errors", ERRORS)
def test_any_alias_will_do(errors: str) -> None:
    assert garble(TEXT, "UTF8", "cp936", errors) == garble(TEXT, "utf-8", "gbk", errors)


def test_what_cannot_be_written_or_read() -> None:
    assert garble("я", "cp1252", "utf-8") is None
    assert garble("я", "cp1252", "utf-8", "drop") is None
    assert garble("”", "utf-8", "gbk") is None
    with pytest.raises(ValueError, match="unknown errors 'lose'"):
        garble("a", "utf-8", "gbk", "lose")
    with pytest.raises(ValueError, match="unknown decoder 'mine'"):
        garble("a", "utf-8", "gbk", "drop", decoder="mine")
    with pytest.raises(ValueError, match="unknown errors 'strict'"):
        read_lossy(b"a", "gbk", "strict")
    with pytest.raises(UnknownEncodingError):
        garble("a", "utf-8", "nonesuch", "drop")


def test_threads_do_not_share_losses() -> None:
    wrong: list[int] = []

    def work(count: int) -> None:
        data = b"\x9d\n" * count
        found = [len(read_lossy(data, "gbk", "drop")[1]) for _ in range(200)]
        wrong.extend(number for number in found if number != count)

    threads = [threading.Thread(target=work, args=(count,)) for count in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
