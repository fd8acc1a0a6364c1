"""`textmend detect`: what it says of files."""

from __future__ import annotations

import json
from pathlib import Path


def test_each_file_has_a_line(here, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Größe und Maß\r\n".encode("cp1252"))
    (tmp_path / "b.txt").write_bytes("Größe\n".encode())
    (tmp_path / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    ran = here("detect", tmp_path)
    assert ran.status == 0
    first, second, third = ran.out.splitlines()
    assert first.startswith(f"{tmp_path}/a.txt: cp1252 (")
    assert first.endswith(", de, CRLF")
    assert second.startswith(f"{tmp_path}/b.txt: utf-8 (")
    assert third == f"{tmp_path}/c.png: binary"


def test_parts_are_shown_where_the_encoding_changes(here, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Größe und Maß\n".encode() + "für Übermütige\n".encode("cp1252"))
    assert here("detect", path).out.rstrip().endswith("2 parts: 0-17 utf-8, 17-32 cp1252")


def test_json_is_for_programs(here, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Größe und Maß\n".encode("cp1252"))
    found = json.loads(here("detect", "--json", path).out)
    assert (found["path"], found["encoding"], found["line_ends"]) == (str(path), "cp1252", ["LF"])
    assert found["segments"][0]["end"] == 14


def test_what_cannot_be_read_ends_with_2(here, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"plain\n")
    ran = here("detect", tmp_path / "none", tmp_path / "a.txt")
    assert ran.status == 2
    assert "none does not exist." in ran.err
    assert "a.txt: ascii" in ran.out


def test_standard_input(textmend) -> None:
    done = textmend("detect", "-", given="Größe und Maß\n".encode("cp1252"))
    assert done.stdout.startswith(b"standard input: cp1252 (")
