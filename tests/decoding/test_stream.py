"""Streams and the codec: chunks give what the whole gives, in bounded memory."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import textmend
from textmend import decoding
from textmend.decoding import Decoder, decode, stream

MIXED = "Größe und Maß\n".encode() * 3 + "für Übermütige\n".encode("cp1252") * 2 + "ja, naïve Leute\n".encode()
SAMPLES = [
    b"",
    b"plain\n",
    MIXED,
    "Все люди рождаются\nсвободными".encode("cp1251"),
    "中文字符，测试。\n第二行。".encode("gbk"),
    "日本語のテスト".encode("iso-2022-jp"),
    "Grüße\n".encode("utf-16"),
    "Привет мир\n".encode("utf-16-le"),
    "Grüße\n".encode("utf-8-sig") + b"Ma\xdf\n",
    b"\x89PNG\r\n\x1a\n\x00\x01",
    b"\xff",
]


@pytest.mark.parametrize("data", SAMPLES)
@pytest.mark.parametrize("block", [16, 40, stream.BLOCK])
def test_every_split_gives_the_whole(data: bytes, block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "BLOCK", block)
    whole = decode(data).text
    for at in range(len(data) + 1):
        decoder = Decoder()
        assert decoder.decode(data[:at]) + decoder.decode(data[at:], final=True) == whole
    decoder = Decoder()
    assert "".join(decoder.decode(bytes((byte,))) for byte in data) + decoder.decode(b"", final=True) == whole


@pytest.mark.parametrize("data", SAMPLES)
@pytest.mark.parametrize("block", [16, 40])
def test_blocks_keep_every_byte(data: bytes, block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "BLOCK", block)
    found = decode(data)
    assert sum(found.lengths) == len(found.text)
    account = decoding.parts(data, found.text, found.segments, found.lengths)
    assert decoding.restore(account, found.text) == data


def test_later_blocks_follow_the_first_and_learn() -> None:
    line = "Größe und Maß sind für Übermütige nichts als müßig.\n"
    data = line.encode() * 6000 + line.encode("cp1252") * 3 + line.encode() * 6000
    found = decode(data)
    assert found.text == line * 12003
    assert [it.encoding for it in found.segments] == ["utf-8", "cp1252", "utf-8"]


def test_memory_is_bounded() -> None:
    decoder = Decoder()
    chunk = "Все люди рождаются свободными\n".encode("cp1251") * 400
    for _ in range(60):
        decoder.decode(chunk)
        assert len(decoder.getstate()[0]) <= stream.BLOCK + len(chunk)


def test_a_decoder_can_be_reset_and_set_back() -> None:
    decoder = Decoder()
    decoder.decode(b"Gr\xfc")
    state = decoder.getstate()
    assert decoder.decode(b"\xdfe", final=True) == "Grüße"
    decoder.setstate(state)
    assert decoder.decode(b"\xdfe aus M\xfcnchen", final=True) == "Grüße aus München"
    decoder.reset()
    assert decoder.decode(b"plain", final=True) == "plain"


@pytest.fixture
def codec() -> None:
    decoding.register()


@pytest.mark.usefixtures("codec")
def test_open_reads_what_it_finds(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(MIXED)
    with path.open(encoding="textmend") as file:
        assert list(file) == decode(MIXED).text.splitlines(keepends=True)
    with path.open(encoding="textmend") as file:
        assert file.readline() == "Größe und Maß\n"
        place = file.tell()
        rest = file.read()
        file.seek(place)
        assert file.read() == rest
    with path.open("w", encoding="textmend") as file:
        file.write("Größe")
    assert path.read_bytes() == "Größe".encode()


@pytest.mark.usefixtures("codec")
def test_the_codec_is_strict_about_what_nobody_can_read() -> None:
    with pytest.raises(UnicodeDecodeError, match="binary data"):
        b"\x89PNG\r\n\x1a\n\x00".decode("textmend")
    data = "人人生而自由，在尊严和权利上一律平等。\n".encode("gbk") * 3 + b"\xd6\xd0\x81\x20 \n"
    text = data.decode("textmend", "surrogateescape")
    if any("\udc80" <= char <= "\udcff" for char in text):
        with pytest.raises(UnicodeDecodeError):
            data.decode("textmend")
        assert "\ufffd" in data.decode("textmend", "replace")


def test_random_chunks_of_a_long_document() -> None:
    data = MIXED * 4000
    chance = random.Random(1)
    decoder = Decoder()
    texts = []
    at = 0
    while at < len(data):
        size = chance.choice((1, 100, 5000, 70000))
        texts.append(decoder.decode(data[at : at + size]))
        at += size
    texts.append(decoder.decode(b"", final=True))
    assert "".join(texts) == decode(data).text == textmend.decoding.decode(data).text


@pytest.mark.parametrize("name", ["gbk", "utf-8", "cp949", "euc-jp"])
def test_text_without_spaces_is_cut_between_characters(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "BLOCK", 201)
    text = {"cp949": "모든인간은태어날때부터자유로우며"}.get(name, "人人生而自由") * 60
    found = decode(text.encode(name))
    assert found.text == text
    assert {it.encoding for it in found.segments} == {name}
