from __future__ import annotations

from pathlib import Path

import pytest

GARBLED = "Russia鈥檚 army".encode()
FIXED = "Russia’s army".encode()


def test_the_sample_is_repaired_byte_for_byte(textmend, garbled_path: Path) -> None:
    done = textmend("fix", garbled_path)
    assert done.stderr == b""
    assert done.returncode == 0
    assert done.stdout == garbled_path.with_name("expected.txt").read_bytes()


def test_standard_input(textmend) -> None:
    done = textmend("fix", "-", given=GARBLED)
    assert (done.stdout, done.stderr, done.returncode) == (FIXED, b"", 0)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"a\r\nb\rc\nd",
        b"\xef\xbb\xbfwith a mark\r\n",
        b"\xef\xbb\xbf",
        b"stray bytes \xe9\xff\xc3 stay\n",
        b"\xed\xa0\x80 a surrogate in UTF-8",
        "“Clean” — text…".encode(),
        b"\x1b[31mred\x1b[0m\tand a tab\x0c",
    ],
)
def test_what_needs_no_repair_is_copied_byte_for_byte(textmend, data: bytes) -> None:
    done = textmend("fix", "-", given=data)
    assert (done.stdout, done.stderr, done.returncode) == (data, b"", 0)


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_line_ends_marks_and_stray_bytes_stay_beside_a_repair(textmend, end: bytes) -> None:
    data = b"\xef\xbb\xbf" + GARBLED + end + b"\xff" + end + GARBLED
    done = textmend("fix", "-", given=data)
    assert done.stdout == data.replace(GARBLED, FIXED)


def test_several_files_come_one_after_another(textmend, tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(GARBLED + b"\n")
    (tmp_path / "two").write_bytes(b"plain")
    done = textmend("fix", tmp_path / "one", tmp_path / "two")
    assert done.stdout == FIXED + b"\nplain"


def test_the_file_itself_is_not_changed(textmend, tmp_path: Path) -> None:
    path = tmp_path / "text"
    path.write_bytes(GARBLED)
    textmend("fix", path)
    assert path.read_bytes() == GARBLED
    assert list(tmp_path.iterdir()) == [path]
