"""The journal: what a run changed is taken back byte for byte, and files changed since are refused."""

from __future__ import annotations

import bz2
import contextlib
import gzip
import json
import lzma
from pathlib import Path

import pytest

from textmend.files import FileError, Job, run_file, start, undo
from textmend.files.journal import bytes_of, entries, text_of

GARBLED = "Russia鈥檚 army\r\nclean\r\n鈥檚".encode() + b" \xe9\xff stray\n"
FIXED = GARBLED.replace("鈥檚".encode(), "’s".encode())


@pytest.fixture
def journal(tmp_path: Path, quick) -> Path:
    assert quick
    path = tmp_path / "journal.jsonl"
    start(path)
    return path


def write(path: Path, journal: Path, data: bytes = GARBLED, **more: object) -> None:
    path.write_bytes(data)
    result = run_file(path, Job("write", journal=journal, **more))
    assert result.changed
    assert not result.problem


def test_a_journal_is_json_lines_with_plans_and_digests(tmp_path: Path, journal: Path) -> None:
    write(tmp_path / "a.txt", journal)
    head, begin, first, second, end = (json.loads(line) for line in journal.read_bytes().splitlines())
    assert head["textmend journal"] == 1
    assert begin["begin"] == end["end"] == str(tmp_path / "a.txt")
    assert len(begin["before"]) == len(begin["after"]) == 32
    assert begin["size"] == len(GARBLED)
    assert first["edit"] == [6, "鈥檚", "’s"]
    assert (second["line"], second["column"]) == (3, 1)
    assert first["steps"][0]["rule"] == "TM101"
    assert first["steps"][0]["chain"] == ["utf-8>gbk"]


def test_several_files_and_runs_are_taken_back_the_last_first(tmp_path: Path, journal: Path) -> None:
    a, b = tmp_path / "a.txt", tmp_path / "b.txt"
    write(a, journal)
    write(b, journal, "鈥檚".encode())
    a.write_bytes(FIXED + "鈥檚".encode())
    start(journal)
    assert run_file(a, Job("write", journal=journal)).changed
    results = list(undo(journal))
    assert [(Path(each.path).name, each.done) for each in results] == [
        ("a.txt", True),
        ("b.txt", True),
        ("a.txt", False),
    ]
    # what was added by hand between the runs is kept, so the first run's change of a.txt is not taken back
    assert "changed since" in results[2].problem
    assert a.read_bytes() == FIXED + "鈥檚".encode()
    assert b.read_bytes() == "鈥檚".encode()


def test_undo_twice_does_nothing_the_second_time(tmp_path: Path, journal: Path) -> None:
    write(tmp_path / "a.txt", journal)
    assert [each.done for each in undo(journal)] == [True]
    assert [(each.done, each.problem) for each in undo(journal)] == [(False, "")]
    assert (tmp_path / "a.txt").read_bytes() == GARBLED


def test_a_dry_run_of_undo_writes_nothing(tmp_path: Path, journal: Path) -> None:
    write(tmp_path / "a.txt", journal)
    assert [each.done for each in undo(journal, dry_run=True)] == [True]
    assert (tmp_path / "a.txt").read_bytes() == FIXED


def test_changed_missing_and_linked_files_are_refused(tmp_path: Path, journal: Path) -> None:
    for name in ("changed", "missing", "linked", "sound"):
        write(tmp_path / name, journal)
    (tmp_path / "changed").write_bytes(FIXED + b"!")
    (tmp_path / "missing").unlink()
    (tmp_path / "other").hardlink_to(tmp_path / "linked")
    results = {Path(each.path).name: each for each in undo(journal)}
    assert results["sound"].done
    assert results["changed"].problem == "was changed since, so it is left as it is"
    assert results["missing"].problem == "does not exist any more"
    assert "hard links" in results["linked"].problem


PACKERS = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress}


@pytest.mark.parametrize("suffix", PACKERS)
def test_compressed_files_come_back_byte_for_byte(suffix: str, tmp_path: Path, journal: Path) -> None:
    packed = PACKERS[suffix](GARBLED)
    path = tmp_path / f"a.txt{suffix}"
    write(path, journal, packed)
    assert path.read_bytes() != packed
    assert [each.done for each in undo(journal)] == [True]
    assert path.read_bytes() == packed


@pytest.mark.parametrize(
    ("encoding", "out"),
    [("gb18030", ""), ("gbk", "utf-8"), ("iso2022_jp_2", ""), ("utf-7", ""), ("cp936", ""), ("utf-16", "utf-8")],
)
def test_other_encodings_come_back_byte_for_byte(encoding: str, out: str, tmp_path: Path, journal: Path) -> None:
    text = "Russia鈥檚 army, 中文\n" * 3 if encoding != "iso2022_jp_2" else "Ã© 日本語 Ã©\n"
    data = text.encode("gb18030" if encoding == "cp936" else encoding)
    path = tmp_path / "a.txt"
    write(path, journal, data, encoding=encoding, encoding_out=out)
    fixed = text.replace("鈥檚", "’s").replace("Ã©", "é")
    assert path.read_bytes().decode(out or encoding) == fixed
    assert [each.done for each in undo(journal)] == [True]
    assert path.read_bytes() == data


def test_a_journal_that_was_cut_or_is_none(tmp_path: Path, journal: Path) -> None:
    write(tmp_path / "a.txt", journal)
    whole = journal.read_bytes()
    for cut in range(0, len(whole) - 1, 7):
        journal.write_bytes(whole[:cut])
        with contextlib.suppress(FileError):
            assert list(undo(journal)) == []
        assert (tmp_path / "a.txt").read_bytes() == FIXED
    # a run that goes on in a journal whose last line is half is read all the same
    journal.write_bytes(whole[:-9])
    write(tmp_path / "b.txt", journal)
    assert [Path(begin["begin"]).name for begin, _ in entries(journal)] == ["b.txt"]
    journal.write_text('{"something": "else"}\n')
    with pytest.raises(FileError, match="is no journal"):
        list(undo(journal))


def test_a_journal_that_was_tampered_with_never_damages_a_file(tmp_path: Path, journal: Path) -> None:
    write(tmp_path / "a.txt", journal)
    whole = journal.read_text()
    for old, new in (
        ('"edit":[6', '"edit":[7'),
        ('"\\u9225\\u6a9a"', '"x"'),
        ('"edit":[6', '"edit":["6"'),
        ("edit", "tide"),
    ):
        journal.write_text(whole.replace(old, new))
        (result,) = undo(journal)
        assert result.problem
        assert (tmp_path / "a.txt").read_bytes() == FIXED


def test_bytes_survive_the_journal() -> None:
    every = bytes(range(256)) + "é鈥".encode() + b"\xed\xa0\x80"
    assert bytes_of(json.loads(json.dumps(text_of(every)))) == every


def test_nothing_is_noted_when_nothing_changes(tmp_path: Path, journal: Path) -> None:
    (tmp_path / "a.txt").write_bytes(FIXED)
    before = journal.read_bytes()
    assert not run_file(tmp_path / "a.txt", Job("write", journal=journal)).changed
    assert journal.read_bytes() == before
