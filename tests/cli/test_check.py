"""`textmend check`: findings as lines, and how it ends."""

from __future__ import annotations

from pathlib import Path


def test_findings_are_lines_with_their_place(here, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("plain\nab 鈥檚\n".encode())
    ran = here("check", path)
    assert ran.status == 1
    assert ran.out == f"{path}:2:4: TM101 misread text: utf-8 was read as gbk: 鈥檚 → ’s\n"
    assert ran.err.startswith("1 file, 1 finding, ")


def test_clean_files_end_with_0_and_say_nothing(here, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"plain\n")
    assert here("check", tmp_path) == (0, "", "")


def test_values_are_found_where_they_stand(here, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b'{"a": 1,\n "b": "x\\n\\u9225\\u6a9a"}')
    (tmp_path / "b.csv").write_bytes('id,b\n1,"鈥檚"\n'.encode())
    out = here("check", tmp_path).out.splitlines()
    assert [line.split(" ")[0].rpartition("/")[2] for line in out] == ["a.json:2:11:", "b.csv:2:4:"]


def test_a_file_that_cannot_be_checked_ends_with_2(here, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"{")
    (tmp_path / "b.txt").write_bytes("鈥檚".encode())
    ran = here("check", tmp_path)
    assert ran.status == 2
    assert "a.json is left as it is: line 1, column 2: the file ends inside a value." in ran.err
    assert "b.txt:1:1: TM101" in ran.out


def test_quiet_only_has_a_status(here, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_bytes("鈥檚".encode())
    assert here("check", "-q", tmp_path) == (1, "", "")


def test_processes_report_the_same(here, tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"{number}.txt").write_bytes("鈥檚 x\n".encode() * number)
    assert here("check", tmp_path).out == here("check", "--jobs", "3", tmp_path).out
