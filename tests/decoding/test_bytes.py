"""fix_bytes, detect and detect_all: what they answer, and that nothing is lost."""

from __future__ import annotations

import codecs
import copy
import dataclasses
import pickle
import random
from pathlib import Path

import pytest

import textmend
from textmend import BytesPlan, PlanFormatError, PlanMismatchError, encodings
from textmend.decoding import BLOCK
from textmend.results import digest

SENTENCES = {
    "cp1252": "Größe und Maß sind für Übermütige nichts",
    "cp1251": "Все люди рождаются свободными и равными в своем достоинстве",
    "koi8-r": "Все люди рождаются свободными и равными в своем достоинстве",
    "cp866": "Все люди рождаются свободными и равными в своем достоинстве",
    "cp1253": "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι",
    "cp1255": "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם",
    "cp1256": "يولد جميع الناس أحراراً متساوين في الكرامة والحقوق",
    "cp874": "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกัน",
    "cp1250": "Všichni lidé rodí se svobodní a sobě rovní co do důstojnosti",
    "cp1254": "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar",
    "cp850": "Tous les êtres humains naissent libres et égaux en dignité",
    "mac-roman": "Tous les êtres humains naissent libres et égaux en dignité",
    "gbk": "人人生而自由，在尊严和权利上一律平等。",
    "big5": "人人生而自由，在尊嚴和權利上一律平等。",
    "cp932": "すべての人間は、生まれながらにして自由であり、",
    "euc-jp": "すべての人間は、生まれながらにして自由であり、",
    "cp949": "모든 인간은 태어날 때부터 자유로우며 그 존엄과",
    "iso-2022-jp": "すべての人間は、生まれながらにして自由であり、",
    "hz": "人人生而自由，在尊严和权利上一律平等。",
    "utf-16-le": "Tous les êtres humains naissent libres",
    "utf-16-be": "Все люди рождаются свободными",
    "utf-32-le": "Tous les êtres humains",
    "cp037": "All human beings are born free and equal",
}


def write(text: str, name: str) -> bytes:
    return text.encode(name) if name.startswith("utf-32") else encodings.write(text, name) or b""


@pytest.mark.parametrize("name", SENTENCES)
def test_a_sentence_is_read_in_its_encoding(name: str) -> None:
    text = SENTENCES[name]
    repair = textmend.fix_bytes(write(text, name))
    assert repair.text == text
    assert [it.encoding for it in repair.segments] == [name]


@pytest.mark.parametrize("name", SENTENCES)
def test_the_name_detected_is_one_that_python_reads_alike(name: str) -> None:
    data = write(SENTENCES[name], name)
    found = textmend.detect(data)
    assert data.decode(found.encoding or "") == SENTENCES[name]
    assert 0.5 < found.confidence <= 1.0


def test_languages_are_told() -> None:
    assert textmend.detect(SENTENCES["cp1251"].encode("cp1251")).language == "ru"
    assert textmend.detect(SENTENCES["cp949"].encode("cp949")).language == "ko"


@pytest.mark.parametrize("name", ["cp1252", "cp850", "mac-roman"])
def test_a_stray_line_in_utf8_is_read_in_its_own_encoding(name: str) -> None:
    lines = ["Tous les êtres humains naissent libres", "et égaux en dignité et en droits.", "Ils sont doués de raison"]
    parts = [lines[0].encode(), lines[1].encode(name), lines[2].encode()]
    repair = textmend.fix_bytes(b"\n".join(parts))
    assert repair.text == "\n".join(lines)
    assert [it.encoding for it in repair.segments] == ["utf-8", name, "utf-8"]


def test_stray_words_are_read_as_the_rest_agrees_on() -> None:
    data = "Привет, ".encode() + "мир".encode("cp1251") + ", как дела? ".encode() + "Хорошо".encode("cp1251")
    assert textmend.fix_bytes(data).text == "Привет, мир, как дела? Хорошо"


def test_a_document_may_alternate() -> None:
    lines = [
        SENTENCES["cp1251"],
        "Каждый человек должен обладать всеми правами",
        "Никто не должен содержаться в рабстве",
    ] * 2
    names = ["utf-8", "koi8-r"] * 3
    data = b"\n".join(line.encode(name) for line, name in zip(lines, names, strict=True))
    assert textmend.fix_bytes(data).text == "\n".join(lines)


def test_text_garbled_before_it_was_written_is_restored() -> None:
    text = "Les êtres humains naissent libres, égaux en dignité, et doués de raison. Voilà ce que cela dit à présent."
    data = text.encode().decode("cp1252").encode("mac-roman")
    repair = textmend.fix_bytes(data)
    assert repair.text == text
    assert repair.plan.steps[0].chain == ("utf-8>cp1252",)
    assert textmend.detect(data).misreading == ("utf-8>cp1252",)
    assert textmend.undo(repair.plan, repair.text) == data


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (
            b'<?xml version="1.0" encoding="iso-8859-2"?><a>\xb1</a>',
            '<?xml version="1.0" encoding="iso-8859-2"?><a>ą</a>',
        ),
        (b'<meta charset="windows-1251"><p>\xe4\xe0', '<meta charset="windows-1251"><p>да'),
        (b"# -*- coding: cp866 -*-\n# \xa4\xa0\n", "# -*- coding: cp866 -*-\n# да\n"),
    ],
)
def test_a_declaration_is_a_witness(data: bytes, text: str) -> None:
    assert textmend.fix_bytes(data).text == text


def test_a_declaration_that_the_bytes_contradict_is_not_believed() -> None:
    text = f'<meta charset="iso-8859-1"><p>{SENTENCES["cp1251"]}'
    assert textmend.fix_bytes(text.encode()).text == text
    assert textmend.fix_bytes(text.encode("cp1251")).text == text


@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_settles_the_encoding(name: str) -> None:
    data = "Grüße".encode(name)
    repair = textmend.fix_bytes(data)
    assert (repair.text, repair.encoding) == ("Grüße", name)
    assert textmend.undo(repair.plan, repair.text) == data


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\x00\x00", bytes(range(256)) * 4, b"\x1f\x8b\x08\x00abc"])
def test_binary_data_are_reported_and_kept(data: bytes) -> None:
    repair = textmend.fix_bytes(data)
    assert repair.encoding is None
    assert [finding.rule for finding in repair.findings] == ["TM506"]
    assert not repair.plan.steps
    assert textmend.undo(repair.plan, repair.text) == data
    assert textmend.detect(data).encoding is None


def test_clean_utf8_and_ascii_are_left() -> None:
    for text in ("", "plain", "Größe, Μέγεθος, 大小", "a+b ~ c"):
        repair = textmend.fix_bytes(text.encode())
        assert repair.text == text
        assert not repair.plan.steps


def test_detect_all_is_ranked_and_begins_with_what_detect_says() -> None:
    data = "élan".encode("cp1252")
    found = textmend.detect_all(data)
    assert found[0] == textmend.detect(data)
    assert [it.confidence for it in found[1:]] == sorted((it.confidence for it in found[1:]), reverse=True)
    assert sum(it.confidence for it in found) <= 1.001


def test_text_is_refused_with_a_hint() -> None:
    with pytest.raises(TypeError, match=r"fix_bytes\(\) takes bytes, not str: fix_text\(\) repairs text"):
        textmend.fix_bytes("text")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"detect\(\) takes bytes, not NoneType"):
        textmend.detect(None)  # type: ignore[arg-type]


def test_other_kinds_of_bytes_are_taken() -> None:
    assert textmend.fix_bytes(bytearray(b"caf\xe9")).text == textmend.fix_bytes(memoryview(b"caf\xe9")).text == "café"


def test_the_encodings_considered_can_be_limited() -> None:
    data = "да".encode("cp1251")
    assert textmend.fix_bytes(data, encodings=["cp1251"]).text == "да"
    assert textmend.fix_bytes(data, encodings=["cp1252"]).text == "äà"


# --- nothing is lost --------------------------------------------------------------------------------

PIECES = [
    it.encode(name, "replace")
    for name, it in SENTENCES.items()
    if name in {"cp1252", "koi8-r", "gbk", "cp932", "utf-16-le"}
]
PIECES += [
    b"\x1b$B",
    b"\x1b(B",
    b"~{",
    b"+AKM-",
    b"\xed\xa0\x80",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\0",
    b"\r\n",
    b"\xf0\x9f",
]


def random_bytes(number: int, length: int) -> bytes:
    """Return noise, high bytes, or pieces of everything run together and cut."""
    chance = random.Random(f"{number} {length}")
    kind = number % 3
    if kind == 0:
        return chance.randbytes(length)
    if kind == 1:
        return bytes(chance.randrange(0x80, 0x100) for _ in range(length))
    data = b""
    while len(data) < length:
        piece = chance.choice(PIECES)
        data += piece[: chance.randint(1, len(piece))]
    return data[:length]


@pytest.mark.parametrize("length", [1, 2, 3, 4, 7, 16, 33, 80, 300])
def test_random_bytes_never_fail_and_come_back(length: int) -> None:
    for number in range(30):
        data = random_bytes(number, length)
        repair = textmend.fix_bytes(data, disable=["TM1"])
        assert textmend.undo(repair.plan, repair.text) == data
        assert repair.segments[0].start == 0
        assert repair.segments[-1].end == len(data)
        assert all(one.end == other.start for one, other in zip(repair.segments, repair.segments[1:], strict=False))
        for found in textmend.detect_all(data):
            assert found.encoding is None or codecs.lookup(found.encoding)


def test_random_bytes_come_back_from_whole_repairs() -> None:
    for number in range(12):
        data = random_bytes(number, 60)
        repair = textmend.fix_bytes(data)
        assert textmend.undo(repair.plan, repair.text) == data
        assert textmend.replay(repair.plan, data) == repair.text


def test_bytes_that_nobody_can_read_survive() -> None:
    data = "人人生而自由，在尊严和权利上一律平等。\n".encode("gbk") * 3 + b"\xd6\xd0\x80\x20\xff\x20\n"
    repair = textmend.fix_bytes(data)
    assert repair.text.startswith("人人生而自由")
    assert textmend.undo(repair.plan, repair.text) == data


def test_a_plan_of_bytes_can_be_stored() -> None:
    repair = textmend.fix_bytes("Größe\n".encode() + b"Ma\xdf\n")
    assert BytesPlan.from_dict(repair.plan.to_dict()) == repair.plan
    with pytest.raises(PlanFormatError, match="parts"):
        BytesPlan.from_dict({**repair.plan.to_dict(), "parts": None})
    with pytest.raises(PlanFormatError, match="damaged"):
        BytesPlan.from_dict({**repair.plan.to_dict(), "parts": [[1, 2, 3]]})


def test_a_plan_of_bytes_fits_its_bytes_alone() -> None:
    repair = textmend.fix_bytes(b"Ma\xdf")
    assert textmend.replay(repair.plan, b"Ma\xdf") == "Maß"
    with pytest.raises(PlanMismatchError):
        textmend.replay(repair.plan, b"Ma\xdf!")
    with pytest.raises(PlanMismatchError):
        textmend.undo(repair.plan, "other")


def test_the_sample_as_bytes(root: Path) -> None:
    garbled = (root / "fixtures/seed/garbled.txt").read_bytes()
    expected = (root / "fixtures/seed/expected.txt").read_text("utf-8")
    repair = textmend.fix_bytes(garbled)
    assert repair.text == expected
    assert textmend.undo(repair.plan, repair.text) == garbled


def _eager(text: str) -> textmend.BytesRepair:
    """Return the repair of clean UTF-8 as it is when all of it is made at once."""
    repair = textmend.fix_bytes(text.encode())
    return dataclasses.replace(repair)


@pytest.mark.parametrize("text", ["", "plain", "1 + 1 ~ 2", "Все люди\n", "Größe\n" * 60_000, "a + b\n" * 60_000])
def test_the_account_of_clean_utf8_is_that_of_the_decoder(text: str) -> None:
    data = text.encode()
    repair = textmend.fix_bytes(data)
    assert repair.text == text
    found = textmend.detect(data)
    assert (repair.encoding, repair.segments) == (found.encoding, found.segments)
    assert [(part.length, part.encoding) for part in repair.plan.parts] == ([(len(text), "utf-8")] if text else [])
    assert (repair.plan.before_digest, repair.plan.after_digest) == (digest(text), digest(text))
    assert repair.findings == ()
    assert textmend.undo(repair.plan, repair.text) == data
    assert textmend.replay(repair.plan, data) == text


def test_an_account_that_nobody_has_looked_at_is_copied_compared_and_shown_like_any_other() -> None:
    data = "Все люди".encode()
    whole = _eager("Все люди")
    assert textmend.fix_bytes(data) == whole
    assert repr(textmend.fix_bytes(data)) == repr(whole)
    assert pickle.loads(pickle.dumps(textmend.fix_bytes(data))) == whole  # noqa: S301 - it was made here
    assert copy.deepcopy(textmend.fix_bytes(data)) == copy.copy(textmend.fix_bytes(data)) == whole
    assert dataclasses.asdict(textmend.fix_bytes(data)) == dataclasses.asdict(whole)
    assert textmend.fix_bytes(data).confidence == 1.0
    assert not hasattr(textmend.fix_bytes(data), "plans")
    with pytest.raises(dataclasses.FrozenInstanceError):
        textmend.fix_bytes(data).plan = whole.plan  # type: ignore[misc]


def test_only_the_beginning_of_data_can_be_the_signature_of_a_format() -> None:
    line = b"plain text in lines of one length\n"
    data = line * (BLOCK // len(line)) + b"x" * (BLOCK % len(line) - 1) + b"\nRIFF is a format\n"
    assert data[BLOCK:].startswith(b"RIFF")
    assert textmend.detect(data).encoding == "ascii"
    assert textmend.fix_bytes(data).text == data.decode()
    assert textmend.fix_bytes(data + b"\xfc").encoding != "ascii"
    assert textmend.detect(b"RIFF is a format\n").encoding is None


def test_utf8_that_holds_escapes_or_garbled_text_is_not_taken_for_plain() -> None:
    assert textmend.fix_bytes(b"Gr+APwA3w-e aus M+APw-nchen, sch+APY-n").encoding == "utf-7"
    assert textmend.fix_bytes(b"~{VPND~}").text == "中文"
    garbled = "Les Ã©lÃ¨ves sont arrivÃ©s".encode("mac-roman")
    assert textmend.fix_bytes(garbled).encoding == "mac-roman"
