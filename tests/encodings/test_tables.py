"""The generated table: how it is kept honest, and facts from sources it was not made from."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from textmend.encodings import bytes_of, bytes_options, bytes_variants, names, read, shows, tables

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_tables", ROOT / "tools" / "build_tables.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# --- kept honest ------------------------------------------------------------------------------


def test_check_accepts_the_file(tool: ModuleType) -> None:
    assert tool.main(["--check"]) == 0


def test_check_refuses_an_edited_file(tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edited = tmp_path / "_tables.py"
    text = tool.OUTPUT.read_text(encoding="utf-8")
    edited.write_text(text.replace("80 20AC", "80 20AD"), encoding="utf-8")
    monkeypatch.setattr(tool, "OUTPUT", edited)
    assert tool.main(["--check"]) == 1


def test_the_generator_does_not_need_its_output(
    tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = tool.OUTPUT.read_text(encoding="utf-8")
    monkeypatch.setattr(tool, "OUTPUT", tmp_path / "_tables.py")
    assert tool.main(["--check"]) == 1
    assert tool.main(["--write"]) == 0
    assert tool.OUTPUT.read_text(encoding="utf-8") == wanted


def test_the_head_states_source_digest_and_command(tool: ModuleType) -> None:
    head = tool.OUTPUT.read_text(encoding="utf-8")[:1200]
    assert tool.COMMAND in head
    assert tool.digest(tool.SOURCES / "whatwg.json", tool.SOURCES / "vendors.toml") in head


def test_every_vendor_fact_names_its_source(tool: ModuleType) -> None:
    entries = tool.load_vendors()
    assert all(entry["source"] for entry in entries)
    assert len({(entry["encoding"], entry["decoder"]) for entry in entries}) == len(entries)


def test_importing_loads_no_tables() -> None:
    code = (
        "import sys, textmend.encodings as e; e.get('gbk');"
        "print([m for m in ('_tables', 'garbling', 'losses') if f'textmend.encodings.{m}' in"
        " sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# --- independent oracles ----------------------------------------------------------------------


@pytest.mark.parametrize("number", [1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258])
def test_ftfy_reads_the_windows_pages_so_too(number: int) -> None:
    pytest.importorskip("ftfy.bad_codecs")
    codec = f"sloppy-windows-{number}"
    for byte in range(256):
        data = bytes((byte,))
        shown = data.decode(codec)
        if shown == "\ufffd" or byte == 0x1A:
            continue
        assert bytes_of(shown, f"cp{number}") == data, hex(byte)
        assert data in bytes_options(shown, f"cp{number}")


# Picked by hand from ICU's conversion data (windows-936-2000, windows-949-2000, windows-950-2000,
# windows-1361-2000, windows-1253-2000, windows-1255-2000, windows-874-2000, glibc-EUC_JP_MS-2.3.3,
# glibc-SJIS-2.3.3, java-Big5-1.3_P): first and last of each area, and what lies between.
ICU = """
gbk 80 20AC; gbk FF F8F5; gbk AAA1 E000; gbk AFFE E233; gbk F8A1 E234; gbk FEFE E4C5; gbk A140 E4C6
gbk A7A0 E765; gbk A2AB E766; gbk A2E3 E76C; gbk A6D9 E78D; gbk A8BC E7C7; gbk A8BF E7C8
gbk A989 E7E7; gbk A995 E7F3; gbk A997 E7F4; gbk A9FE E80F; gbk D7FA E810; gbk D7FE E814
gbk FE50 E815; gbk FE7E E843; gbk FE80 E844; gbk FEA0 E864; gbk A2A1 2170; gbk A1A4 00B7
cp949 80 0080; cp949 FF F8F7; cp949 C9A1 E000; cp949 C9FE E05D; cp949 FEA1 E05E; cp949 FEFE E0BB
cp949 8141 AC02; cp949 C8FE D79D
big5 80 0080; big5 FF F8F8; big5 FA40 E000; big5 FEFE E310; big5 8E40 E311; big5 A0FE EEB7
big5 8140 EEB8; big5 8DFE F6B0; big5 C6A1 F6B1; big5 C8FE F848; big5 C740 F70F; big5 F9D6 7881
big5 F9FE 2593; big5 A145 2027; big5 A145 2022; big5 A14E FF64; big5 A246 FFE0; big5 A246 00A2
johab D831 E000; johab D8FE E0BB; johab 5C 20A9; johab DF F8F0; johab FF F8F6
cp1253 AA F8F9; cp1253 D2 F8FA; cp1253 FF F8FB; cp1255 D9 F88D; cp1255 CA 05BA; cp1255 FF F896
cp874 DB F8C1; cp874 FF F8C8; cp874 81 0081; cp1257 A1 F8FC; cp1257 A5 F8FD; cp857 D5 F8BB
cp437 E6 00B5; cp437 E6 03BC; koi8-r 95 2022; koi8-r 95 2219; cp949 A1AD 301C; cp949 A1AD 223C
cp864 25 0025; cp864 A7 F8BF; koi8-u AE 045E; mac-roman BD 2126; mac-roman DB 00A4
euc-jp 8FF3F3 2170; euc-jp 8FF4FE 9ED1; euc-jp F5A1 E000; euc-jp FEFE E3AB; euc-jp 8FF5A1 E3AC
euc-jp 8FFEFE E757; euc-jp A1C1 FF5E; euc-jp A1C1 301C; euc-jp ADA1 2460; euc-jp 8FA2C3 FFE4
euc-jp 80 0080; euc-jp 8ED1 FF91; cp932 5C 00A5; cp932 7E 203E; cp932 8160 301C; cp932 8160 FF5E
cp932 817C 2212; cp932 817C FF0D; cp932 F040 E000; cp932 F9FC E757; cp932 80 0080; cp932 A0 F8F0
cp932 A0 00A0; cp932 FD F8F1; cp932 81CA FFE2; cp932 EEF9 FFE2; cp932 FA54 FFE2; cp932 81CA 00AC
cp932 879A 2235; cp932 81E6 2235; cp932 FA5B 2235; cp932 ED40 7E8A; cp932 FA5C 7E8A
"""
FACTS = [fact.split() for line in ICU.splitlines() for fact in line.split(";") if fact.strip()]


@pytest.mark.parametrize(("name", "data", "char"), FACTS, ids=" ".join)
def test_what_icu_knows(name: str, data: str, char: str) -> None:
    code, text = bytes.fromhex(data), chr(int(char, 16))
    assert code in bytes_options(text, name)
    assert shows(code, text, name)
    assert bytes_of(text, name) is not None


# glibc's EUC decoders let C1 controls through, and one of them shows U+FFFD
LET_THROUGH = {chr(code) for code in range(0xA0)} | {"\ufffd"}
ICONV_PROGRAM = shutil.which("iconv")
ICONV = {"EUC-JP-MS": "euc-jp", "CP949": "cp949", "CP932": "cp932", "BIG5-HKSCS": "big5",
         "GBK": "gbk", "EUC-CN": "gbk", "UHC": "cp949", "SJIS": "cp932", "JOHAB": "johab", "EUC-KR": "cp949",
         "GB18030": "gb18030"}  # fmt: skip


@pytest.mark.skipif(ICONV_PROGRAM is None, reason="iconv is not installed")
@pytest.mark.parametrize("page", ICONV)
def test_what_glibc_shows_is_known(page: str) -> None:
    """Every two bytes that glibc decodes to one character are an option of that character."""
    assert ICONV_PROGRAM is not None
    name = ICONV[page]
    pairs = [bytes((lead, trail)) for lead in range(0x81, 0xFF) for trail in range(0x40, 0xFF)]
    # two blanks, for glibc takes the byte after a lead byte that failed with it
    done = subprocess.run(
        [ICONV_PROGRAM, "-c", "-f", page, "-t", "UTF-8"],
        input=b"".join(pair + b"  \n" for pair in pairs),
        capture_output=True,
        check=False,
    )
    lines = [line.strip(" ") for line in done.stdout.decode("utf-8").split("\n")]
    assert len(lines) == len(pairs) + 1
    # where nothing shows, or only one of the bytes does, glibc could not decode the pair
    decoded = [
        (pair, text)
        for pair, text in zip(pairs, lines, strict=False)
        if len(text) == 1
        and text not in LET_THROUGH
        and not shows(pair[:1], text, name)
        and not shows(pair[1:], text, name)
    ]
    assert len(decoded) > 1000
    assert [(p.hex(), t) for p, t in decoded if not shows(p, t, name)] == []


# --- what it must do --------------------------------------------------------------------------


def test_kana_in_big5_have_two_homes() -> None:
    assert [data.hex() for data in bytes_variants("の", "big5")] == ["c6d2", "c755"]
    assert bytes_options("の", "big5")[0] == "の".encode("cp950")


def test_two_characters_for_one_sequence() -> None:
    assert read(b"\x88\x62", "big5") == "Ê̄"
    assert bytes_of("Ê̄x", "big5") == b"\x88\x62x"
    assert bytes_of("xÊ", "big5") == b"x\x88\x66"
    assert shows(b"a\x88\x62", "aÊ̄", "big5")


@pytest.mark.parametrize("name", names())
def test_tables_agree_with_themselves(name: str) -> None:
    table = tables.of(name)
    for char, data in table.writes.items():
        assert bytes_of(char, name) == data
    for char, many in table.options.items():
        usual = bytes_of(char, name)
        assert usual is not None
        assert usual not in many
        assert len(set(many)) == len(many)
    for data, char in table.reads.items():
        assert read(data, name) == char
        assert data in bytes_options(char, name)
    for view in table.views.values():
        assert all(data in table.options[char] for char, data in view.items())
