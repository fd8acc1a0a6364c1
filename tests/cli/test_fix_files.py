"""`textmend fix` on files and directories: where results go, what is said, how it ends."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

GARBLED = "Russia鈥檚 army\r\n"
FIXED = "Russia’s army\r\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory with a garbled, a clean, a broken and a binary file; the working directory."""
    (tmp_path / "data").mkdir()
    put(tmp_path / "data" / "a.txt", GARBLED)
    put(tmp_path / "data" / "b.txt", "clean\n")
    (tmp_path / "data" / "c.bin").write_bytes(b"\0\1\2")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(path: Path, text: str) -> None:
    path.write_bytes(text.encode())


def get(path: Path) -> str:
    return path.read_bytes().decode()


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()}


def test_a_directory_in_place(here, folder: Path) -> None:
    ran = here("fix", "-w", "data")
    assert (ran.status, ran.out) == (0, "")
    assert re.fullmatch(
        r"2 files, 1 changed, 1 place \(utf-8>gbk 1\), 1 binary file passed over, \d+ B in [\d.]+ s\.\n", ran.err
    )
    assert get(folder / "data" / "a.txt") == FIXED
    again = here("fix", "-w", "data")
    assert "0 changed" in again.err


def test_quiet_says_nothing_and_verbose_names_each_file(here, folder: Path) -> None:
    assert here("fix", "-w", "-q", "data").err == ""
    put(folder / "data" / "a.txt", GARBLED)
    said = here("fix", "-w", "-v", "data").err.splitlines()
    assert said[:3] == [
        "data/a.txt: changed in 1 place",
        "data/b.txt: not changed",
        "data/c.bin: passed over, for it is binary",
    ]


def test_a_difference_ends_with_1_and_can_be_applied(here, folder: Path) -> None:
    before = state(folder)
    ran = here("fix", "--diff", "data")
    assert ran.status == 1
    assert state(folder) == before
    assert ran.out == ("--- a/data/a.txt\n+++ b/data/a.txt\n@@ -1,1 +1,1 @@\n-Russia鈥檚 army\r\n+Russia’s army\r\n")
    try:
        subprocess.run(["patch", "-p1", "--binary", "-s"], input=ran.out.encode(), check=True, cwd=folder)
    except FileNotFoundError:
        pytest.skip("patch is not here")
    assert get(folder / "data" / "a.txt") == FIXED
    assert here("fix", "--diff", "data").status == 0


@pytest.mark.parametrize("seed", range(6))
def test_patch_makes_of_any_difference_what_fix_writes(here, folder: Path, seed: int) -> None:
    import random

    chance = random.Random(seed)
    lines = [chance.choice(["plain", "Russia鈥檚", "", "鈥檚 鈥檚"]) for _ in range(chance.randint(1, 60))]
    text = chance.choice(["\n", "\r\n"]).join(lines) + chance.choice(["", "\n"])
    put(folder / "x.txt", text)
    diff = here("fix", "--diff", "x.txt").out
    try:
        subprocess.run(["patch", "-p1", "--binary", "-s"], input=diff.encode(), check=bool(diff), cwd=folder)
    except FileNotFoundError:
        pytest.skip("patch is not here")
    assert get(folder / "x.txt") == text.replace("鈥檚", "’s")


@pytest.mark.parametrize("also", [(), ("-w", "--journal", "j"), ("-o", "out"), ("-w", "--backup", ".bak")])
def test_a_dry_run_writes_nothing(here, folder: Path, also: tuple[str, ...]) -> None:
    before = state(folder)
    ran = here("fix", "--dry-run", *also, "data")
    assert ran.status == 1
    assert ran.out == "data/a.txt: 1 place\n"
    assert "1 would change" in ran.err
    assert state(folder) == before
    assert sorted(path.name for path in folder.iterdir()) == ["data"]


def test_output_to_a_file_and_to_a_directory(here, folder: Path) -> None:
    assert here("fix", "-o", "one.txt", "data/a.txt").status == 0
    assert get(folder / "one.txt") == FIXED
    assert here("fix", "-o", "out", "data").status == 0
    assert get(folder / "out" / "data" / "a.txt") == FIXED
    assert get(folder / "out" / "data" / "b.txt") == "clean\n"
    assert get(folder / "data" / "a.txt") == GARBLED
    ran = here("fix", "-o", "/dev/null", "data/a.txt")
    assert ran.status == 2
    assert "is no regular file" in ran.err


def test_backup_journal_and_undo(here, folder: Path) -> None:
    before = (folder / "data" / "a.txt").read_bytes()
    assert here("fix", "-w", "--backup", ".orig", "--journal", "run.jsonl", "data").status == 0
    assert (folder / "data" / "a.txt.orig").read_bytes() == before
    ran = here("undo", "--dry-run", "run.jsonl")
    assert ran.out == f"{folder}/data/a.txt\n"
    ran = here("undo", "run.jsonl")
    assert (ran.status, ran.err) == (0, "1 file taken back.\n")
    assert (folder / "data" / "a.txt").read_bytes() == before


def test_undo_refuses_what_was_changed_since_and_what_is_no_journal(here, folder: Path) -> None:
    here("fix", "-w", "--journal", "run.jsonl", "data")
    put(folder / "data" / "a.txt", "edited\n")
    ran = here("undo", "run.jsonl")
    assert ran.status == 2
    assert "a.txt was changed since, so it is left as it is." in ran.err
    assert get(folder / "data" / "a.txt") == "edited\n"
    for name, message in (
        ("none", "none does not exist."),
        ("data/b.txt", "data/b.txt is damaged, or no journal of textmend."),
    ):
        ran = here("undo", name)
        assert (ran.status, ran.err) == (2, f"textmend: {message}\n")


def test_bad_files_are_told_and_the_others_done(here, folder: Path) -> None:
    put(folder / "data" / "0.json", '{"a": }')
    ran = here("fix", "-w", "data", "none.txt")
    assert ran.status == 2
    assert ran.err.splitlines()[:2] == [
        "textmend: data/0.json is left as it is: line 1, column 7: a value should stand here.",
        "textmend: none.txt does not exist.",
    ]
    assert get(folder / "data" / "a.txt") == FIXED


def test_a_broken_file_prints_nothing(here, folder: Path) -> None:
    put(folder / "x.json", '["鈥檚", ]')
    ran = here("fix", "x.json")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("-w", "-o", "x", "data"), "--write and --output do not go together."),
        (("--backup", ".x", "data"), "--backup goes with --write."),
        (("--journal", "x", "data"), "--journal goes with --write."),
        (("-w", "--backup", "/x", "data"), "the suffix of --backup holds no slash."),
        (("--select", "TM999", "data/a.txt"), "there is no rule 'TM999'"),
        (("--ignore", "x", "data/a.txt"), "disable holds rule codes"),
        (("--encoding", "latin-99", "data/a.txt"), "latin-99"),
        (("--format", "docx", "data/a.txt"), "docx"),
        (("--columns", "x", "--format", "csv", "data/a.txt"), "there is no column 'x'"),
        (("--config", "none.toml", "data/a.txt"), "none.toml cannot be read: No such file or directory."),
        (("-w", "-"), "standard input cannot be written in place"),
        (("data",), "data is a directory"),
        (("-w", "--journal", "no/j", "data"), "cannot be written: No such file or directory."),
    ],
)
def test_what_cannot_be_done_is_one_sentence(here, folder: Path, arguments: tuple[str, ...], message: str) -> None:
    before = state(folder)
    ran = here("fix", *arguments)
    assert ran.status == 2
    assert message in ran.err.splitlines()[0]
    assert ran.err.startswith("textmend: ")
    assert state(folder) == before


def test_rules_formats_columns_and_encodings_can_be_chosen(here, folder: Path) -> None:
    assert here("fix", "--ignore", "TM1", "data/a.txt").out == GARBLED
    assert here("fix", "--select", "TM103", "data/a.txt").out == GARBLED
    assert here("fix", "--select", "TM101,TM103", "data/a.txt").out == FIXED
    put(folder / "x", '{"a": "Russia\\u9225\\u6a9a"}')
    assert here("fix", "--format", "json", "x").out == '{"a": "Russia\\u2019s"}'
    put(folder / "x.csv", "a,b\nx鈥檚,y鈥檚\n")
    assert here("fix", "--columns", "b", "x.csv").out == "a,b\nx鈥檚,y’s\n"
    (folder / "gbk.txt").write_bytes(GARBLED.encode("gbk"))
    assert here("fix", "--encoding", "gbk", "--encoding-out", "utf-8", "gbk.txt").out == FIXED


def test_standard_input_has_the_format_of_the_name_it_would_have(textmend) -> None:
    done = textmend("fix", "--stdin-filename", "x.json", "-", given=b'{"a": }')
    assert done.returncode == 2
    assert done.stderr == b"textmend: standard input is left as it is: line 1, column 7: a value should stand here.\n"
    done = textmend("fix", "--stdin-filename", "x.csv", "-", given="a,b\n1,Russia鈥檚 army\n".encode())
    assert done.stdout == "a,b\n1,Russia’s army\n".encode()


@pytest.mark.usefixtures("folder")
def test_excluded_files(here) -> None:
    assert here("fix", "--dry-run", "--exclude", "a.*", "data").out == ""
    assert here("fix", "--exclude", "a.*", "data/a.txt").out == FIXED
    assert here("fix", "--exclude", "a.*", "--force-exclude", "data/a.txt").out == ""


def test_the_configuration_is_found_and_can_be_left_away(here, folder: Path) -> None:
    put(folder / "pyproject.toml", '[tool.textmend]\nignore = ["TM101"]\nexclude = ["b.txt"]\njobs = 2\n')
    assert here("fix", "--dry-run", "data").status == 0
    assert here("fix", "--dry-run", "--isolated", "data").status == 1
    put(folder / "other.toml", 'profile = "tidy"\n')
    assert here("fix", "--dry-run", "--config", "other.toml", "data").status == 1
    put(folder / "other.toml", 'profil = "tidy"\n')
    ran = here("fix", "--config", "other.toml", "data/a.txt")
    assert ran.status == 2
    assert "did you mean 'profile'" in ran.err
    put(folder / "other.toml", 'exclude = "x"\n')
    assert "exclude is a list of texts" in here("fix", "--config", "other.toml", "data/a.txt").err


@pytest.mark.usefixtures("folder")
def test_a_hook_can_ask_for_a_status_when_something_was_changed(here) -> None:
    assert here("fix", "-w", "--exit-non-zero-on-fix", "data").status == 1
    assert here("fix", "-w", "--exit-non-zero-on-fix", "data").status == 0


def test_processes_write_and_say_the_same(here, folder: Path) -> None:
    for number in range(30):
        put(folder / "data" / f"{number}.txt", GARBLED * (number % 3))
    one = here("fix", "--diff", "data")
    two = here("fix", "--diff", "--jobs", "2", "data")
    assert (one.status, one.out) == (two.status, two.out)
    assert here("fix", "-w", "--jobs", "2", "data").status == 0
    assert get(folder / "data" / "2.txt") == FIXED * 2
    assert here("fix", "--jobs", "2", "data/2.txt", "data/b.txt").out == FIXED * 2 + "clean\n"


@pytest.mark.parametrize("no_colour", ["", "1"])
def test_colour_on_a_terminal(folder: Path, no_colour: str) -> None:
    pty = pytest.importorskip("pty")
    main, side = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "textmend", "fix", "--diff", "data"],
        stdout=side,
        stderr=side,
        check=False,
        cwd=folder,
        env={**os.environ, "NO_COLOR": no_colour, "PYTHONUTF8": "1", "TERM": "xterm"},
    )
    os.close(side)
    said = os.read(main, 65536)
    os.close(main)
    assert done.returncode == 1
    assert (b"\x1b[32m+Russia" in said) is not no_colour
    assert (b"\x1b[3" in said) == (not no_colour)


def test_a_reader_that_stops_reading_ends_fix_quietly_in_every_mode(folder: Path) -> None:
    put(folder / "large.txt", GARBLED * 50)
    for arguments in (("fix", "large.txt"), ("fix", "--diff", "large.txt"), ("check", "large.txt")):
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run(
            [sys.executable, "-m", "textmend", *arguments],
            stdout=writer,
            stderr=subprocess.PIPE,
            check=False,
            cwd=folder,
        )
        os.close(writer)
        assert b"Traceback" not in done.stderr
        assert b"textmend:" not in done.stderr
