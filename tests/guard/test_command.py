"""`textmend guard` in real git repositories, and with two files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

TEXT = "Größe der Bücher\n“So,” it’s a café\nplain line\n中文说明，这是一个测试。\n"
CHINESE = "中文说明，这是一个测试。\n第二行 abc\n"


class Ran(NamedTuple):
    status: int
    out: str
    err: str


@pytest.fixture
def guard(capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Ran]:
    def run(*arguments: object) -> Ran:
        from textmend.cli import main

        status = main(["guard", *map(str, arguments)])
        out, err = capfdbinary.readouterr()
        return Ran(status, out.decode(), err.decode())

    return run


def misread(text: str) -> bytes:
    """Return UTF-8 that was read as GBK and written back."""
    return text.encode().decode("gbk", "replace").encode()


def stage(work, name: str, data: bytes | str) -> None:
    work.put(name, data)
    work.git("add", "--", name)


# --- what is stopped -------------------------------------------------------------------------------


def test_a_rewrite_from_utf8_to_text_read_as_gbk_is_stopped_and_restored(work, guard) -> None:
    work.put("a.txt", TEXT)
    work.commit()
    stage(work, "a.txt", misread(TEXT))
    ran = guard()
    assert ran.status == 1
    assert ran.out.splitlines()[0] == (
        "a.txt:1:1: TG201 misread text was introduced: utf-8 was read as gbk: Gr枚脽e der B眉cher → Größe der Bücher"
    )
    assert "  to restore, and keep the rest of the edit: textmend guard --fix -- a.txt" in ran.out
    assert ran.err == "3 findings in 1 file.\n"
    assert guard("--fix").status == 1
    assert Path("a.txt").read_bytes() == TEXT.encode()
    work.git("add", "a.txt")
    assert guard() == (0, "", "")


def test_a_rewrite_from_gbk_to_utf8_with_losses_is_stopped_and_restored(work, guard) -> None:
    work.put("a.txt", CHINESE.encode("gbk"))
    work.commit()
    stage(work, "a.txt", CHINESE.encode("gbk").decode("utf-8", "replace").encode())
    ran = guard()
    assert ran.status == 1
    assert ran.out.startswith("a.txt:1:1: TG101 the encoding changed from gbk to utf-8\n")
    assert "TG202 text was lost" in ran.out
    guard("--fix")
    assert Path("a.txt").read_bytes() == CHINESE.encode("gbk")


def test_a_mark_and_line_ends_are_stopped_and_restored(work, guard) -> None:
    work.put("a.txt", TEXT)
    work.commit()
    stage(work, "a.txt", b"\xef\xbb\xbf" + TEXT.encode().replace(b"\n", b"\r\n"))
    ran = guard()
    assert [line.split(": ")[1][:5] for line in ran.out.splitlines()[:2]] == ["TG102", "TG103"]
    guard("--fix")
    assert Path("a.txt").read_bytes() == TEXT.encode()


def test_a_renamed_file_is_compared_with_what_it_was(work, guard) -> None:
    work.put("a.txt", TEXT * 5)
    work.commit()
    work.git("mv", "a.txt", "b.txt")
    assert guard().status == 0
    stage(work, "b.txt", (TEXT * 5).replace("Größe", "Gr??e", 1))
    ran = guard("b.txt")
    assert ran.status == 1
    assert ran.out.startswith("b.txt:1:3: TG202 text was lost: marks stand where it was: ?? → öß\n")


def test_what_cannot_be_proven_names_the_command_for_the_whole_file(work, guard) -> None:
    work.put("a b.txt", "plain\n")
    work.commit()
    stage(work, "a b.txt", "plain\nIt鈥檚 a new line, isn鈥檛 it\n")
    ran = guard()
    assert "2 places cannot be restored without doubt; the whole old version: git restore --source=" in ran.out
    assert "--staged --worktree -- 'a b.txt'" in ran.out
    assert "textmend fix --write -- 'a b.txt'" in ran.out
    command = ran.out.partition("the whole old version: ")[2].splitlines()[0]
    work.git(*[part.strip("'") for part in command.replace("'a b.txt'", "a_b.txt").split()[1:-1]], "a b.txt")
    assert Path("a b.txt").read_bytes() == b"plain\n"


def test_long_lists_are_cut_short_unless_asked_for(work, guard) -> None:
    text = "".join(f"Größe {number}\n" for number in range(30))
    work.put("a.txt", text)
    work.commit()
    stage(work, "a.txt", text.encode("ascii", "replace"))
    ran = guard()
    assert ran.out.count("TG202 text was lost") == 10
    assert "a.txt: TG202 20 more; --verbose shows them" in ran.out
    assert guard("--verbose").out.count("TG202 text was lost") == 30


# --- what passes -----------------------------------------------------------------------------------


def test_honest_edits_renames_deletions_and_new_files_pass(work, guard) -> None:
    work.put("edited.txt", TEXT)
    work.put("renamed.txt", TEXT)
    work.put("deleted.txt", TEXT)
    work.put("mode.sh", TEXT)
    work.commit()
    work.put("edited.txt", TEXT.replace("plain", "Über neue") + "noch eine Zeile\n")
    work.put("new.txt", misread(TEXT))  # what it was, nobody knows; check sees it
    work.git("mv", "renamed.txt", "other.txt")
    work.git("rm", "--quiet", "deleted.txt")
    (work.folder / "mode.sh").chmod(0o755)
    work.git("add", "--all")
    assert guard() == (0, "", "")


def test_binary_files_links_and_submodules_pass(work, guard, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    inside = type(work)(other)
    inside.git("init", "--quiet")
    inside.put("a.txt", "a\n")
    inside.commit()
    work.put("picture.png", b"\x89PNG\r\n\x1a\n\0" + bytes(range(256)))
    work.put("text", TEXT)
    work.put("swap", TEXT)
    (work.folder / "link").symlink_to("text")
    work.git("submodule", "--quiet", "add", str(other), "sub")
    work.commit()
    work.put("picture.png", b"\x89PNG\r\n\x1a\n\0" + bytes(range(255, -1, -1)))
    (work.folder / "link").unlink()
    (work.folder / "link").symlink_to("Gr??e")
    (work.folder / "swap").unlink()
    (work.folder / "swap").symlink_to("text")
    inside.put("a.txt", "b\n")
    inside.commit()
    type(work)(work.folder / "sub").git("pull", "--quiet")
    work.git("add", "--all")
    assert "sub" in work.git("diff", "--cached", "--name-only")
    assert guard() == (0, "", "")


def test_a_merge_passes_with_what_the_other_side_brings(work, guard) -> None:
    work.put("a.txt", TEXT)
    work.put("b.txt", "one\ntwo\nthree\n")
    work.commit()
    work.git("checkout", "--quiet", "-b", "side")
    work.put("a.txt", TEXT.replace("\n", "\r\n"))
    work.commit()
    work.git("checkout", "--quiet", "main")
    work.put("b.txt", "one\ntwo\nthree and more\n")
    work.commit()
    work.git("merge", "--quiet", "--no-commit", "--no-ff", "side")
    assert guard() == (0, "", "")
    stage(work, "a.txt", b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    assert guard().out.startswith("a.txt:1:1: TG102 a byte order mark (UTF-8) was added\n")


def test_before_the_first_commit_there_is_nothing_to_compare_with(work, guard) -> None:
    stage(work, "a.txt", misread(TEXT))
    assert guard() == (0, "", "")


def test_only_the_files_named_are_looked_at(work, guard) -> None:
    for name in ("a.txt", "data/b.txt", "data/c.txt"):
        work.put(name, TEXT)
    work.commit()
    for name in ("a.txt", "data/b.txt", "data/c.txt"):
        stage(work, name, b"\xef\xbb\xbf" + TEXT.encode())
    assert guard("data").out.count("TG102") == 2
    assert guard("a.txt", "data/c.txt").out.count("TG102") == 2
    assert guard(work.folder).out.count("TG102") == 3


def test_names_are_those_of_the_working_directory(work, guard, monkeypatch: pytest.MonkeyPatch) -> None:
    work.put("data/ü b.txt", TEXT)
    work.put("a.txt", TEXT)
    work.commit()
    stage(work, "data/ü b.txt", b"\xef\xbb\xbf" + TEXT.encode())
    stage(work, "a.txt", b"\xef\xbb\xbf" + TEXT.encode())
    monkeypatch.chdir(work.folder / "data")
    assert {line.split(":")[0] for line in guard().out.splitlines() if "TG102" in line} == {"ü b.txt", "../a.txt"}
    assert guard("--fix", "ü b.txt").status == 1
    assert Path("ü b.txt").read_bytes() == TEXT.encode()
    assert Path("../a.txt").read_bytes() != TEXT.encode()


# --- revisions, the disc, two files ------------------------------------------------------------------


def test_two_revisions_are_compared(work, guard) -> None:
    work.put("a.txt", TEXT)
    work.commit()
    work.put("a.txt", misread(TEXT))
    work.commit()
    assert guard().status == 0
    assert guard("--from", "HEAD~1").status == 1
    assert guard("--from", "HEAD~1", "--to", "HEAD").status == 1
    assert guard("--from", "HEAD", "--to", "HEAD").status == 0


def test_the_revisions_of_pre_commit_are_compared_from_where_they_parted(
    work, guard, monkeypatch: pytest.MonkeyPatch
) -> None:
    work.put("a.txt", TEXT)
    work.commit()
    work.git("branch", "side")
    work.put("a.txt", TEXT.replace("\n", "\r\n"))
    work.commit()
    work.git("checkout", "--quiet", "side")
    work.put("b.txt", "x\n")
    work.commit()
    monkeypatch.setenv("PRE_COMMIT_FROM_REF", "main")
    monkeypatch.setenv("PRE_COMMIT_TO_REF", "side")
    assert guard() == (0, "", "")
    work.put("a.txt", b"\xef\xbb\xbf" + TEXT.encode())
    work.commit()
    assert guard().out.startswith("a.txt:1:1: TG102")


def test_files_on_the_disc_can_be_compared(work, guard) -> None:
    work.put("a.txt", TEXT)
    work.commit()
    work.put("a.txt", misread(TEXT))
    assert guard().status == 0
    assert guard("--worktree").status == 1


def test_line_ends_that_git_converts_are_no_change(work, guard) -> None:
    work.put(".gitattributes", "*.txt text eol=crlf\n")
    work.put("a.txt", TEXT.replace("\n", "\r\n"))
    work.commit()
    work.put("a.txt", TEXT.replace("\n", "\r\n").replace("Größe", "Gr??e"))
    work.git("add", "--all")
    assert [line[:15] for line in guard().out.splitlines() if "TG" in line] == ["a.txt:1:3: TG20"]
    guard("--fix")
    assert Path("a.txt").read_bytes() == TEXT.replace("\n", "\r\n").encode()


def test_two_files_are_compared_without_git(guard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("old.txt").write_bytes(TEXT.encode())
    Path("new.txt").write_bytes(TEXT.encode("ascii", "replace"))
    ran = guard("--files", "old.txt", "new.txt")
    assert ran.status == 1
    assert ran.out.startswith("new.txt:1:3: TG202 text was lost")
    assert guard("--files", "old.txt", "new.txt", "--fix").status == 1
    assert Path("new.txt").read_bytes() == TEXT.encode()
    assert guard("--files", "old.txt", "new.txt").status == 0


# --- settings --------------------------------------------------------------------------------------


def changed(work, name: str = "a.txt") -> None:
    """Stage a file with a mark and other line ends."""
    work.put(name, TEXT)
    work.commit()
    stage(work, name, b"\xef\xbb\xbf" + TEXT.encode().replace(b"\n", b"\r\n"))


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (("--ignore", "TG102"), {"TG103"}),
        (("--select", "TG102"), {"TG102"}),
        (("--select", "TG2"), set()),
        (("--select", "TG2", "--extend-select", "TG103"), {"TG103"}),
        (("--ignore", "TG1"), set()),
        (("--extend-ignore", "TG103"), {"TG102"}),
    ],
)
def test_checks_can_be_chosen(work, guard, arguments: tuple[str, ...], wanted: set[str]) -> None:
    changed(work)
    ran = guard(*arguments)
    assert {code for code in ("TG102", "TG103") if code in ran.out} == wanted
    assert ran.status == bool(wanted)


def test_what_is_ignored_is_not_restored(work, guard) -> None:
    changed(work)
    guard("--fix", "--ignore", "TG102")
    assert Path("a.txt").read_bytes() == b"\xef\xbb\xbf" + TEXT.encode()


def test_the_configuration_counts(work, guard) -> None:
    work.put("textmend.toml", 'exclude = ["raw/"]\nignore = ["TM101"]\n[per-file-ignores]\n"*.bat" = ["TG103"]\n')
    changed(work, "a.bat")
    changed(work, "raw/b.txt")
    stage(work, "a.bat", TEXT.replace("\n", "\r\n"))
    work.commit()
    stage(work, "a.bat", TEXT)
    stage(work, "raw/b.txt", TEXT)
    assert guard() == (0, "", "")
    assert "raw/b.txt" in guard("raw/b.txt").out
    assert guard("raw/b.txt", "--force-exclude").status == 0
    assert guard("--isolated").out.count("TG103") == 2


def test_markers_in_the_file_count(work, guard) -> None:
    work.put("a.txt", "Größe\nMaß textmend: ignore\nBücher\n")
    work.commit()
    stage(work, "a.txt", "Gr??e\nMa? textmend: ignore\nB?cher\n")
    assert [line[:7] for line in guard().out.splitlines() if "TG" in line] == ["a.txt:1", "a.txt:3"]
    assert guard("--no-markers").out.count("TG202") == 3
    stage(work, "a.txt", "Gr??e textmend: ignore-file[TG2]\n")
    assert guard().status == 0


@pytest.mark.parametrize("name", ["json", "sarif", "github"])
def test_other_programs_can_read_it(work, guard, name: str) -> None:
    changed(work)
    ran = guard("--output-format", name)
    assert ran.status == 1
    if name == "github":
        assert ran.out.startswith("::error file=a.txt,line=1,")
    elif name == "json":
        assert [each["code"] for each in json.loads(ran.out)["findings"]] == ["TG102", "TG103"]
    else:
        (run,) = json.loads(ran.out)["runs"]
        assert [each["ruleId"] for each in run["results"]] == ["TG102", "TG103"]


def test_quiet_only_has_a_status(work, guard) -> None:
    changed(work)
    assert guard("--quiet") == (1, "", "")


# --- bad input -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--from", "nothing"), "there is no commit 'nothing'."),
        (("--from=--all",), "there is no commit '--all'."),
        (("--select", "TG9"), "the guard has no check 'TG9'"),
        (("--worktree", "--to", "HEAD"), "--worktree and --to do not go together."),
        (("--fix", "--to", "HEAD"), "--fix restores files on the disc; it does not go with --to."),
        (("--files", "none", "a.txt"), "none cannot be read: No such file or directory."),
        (("--files", "a.txt", "a.txt", "a.txt"), "--files goes with two files alone."),
        (("..",), "is not in the repository"),
    ],
)
def test_bad_input_ends_with_2_and_a_sentence(work, guard, arguments: tuple[str, ...], message: str) -> None:
    work.put("a.txt", TEXT)
    work.commit()
    ran = guard(*arguments)
    assert ran.status == 2
    assert message in ran.err
    assert ran.err.count("\n") == 1
    assert ran.out == ""


def test_outside_a_repository_that_is_said(guard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    ran = guard()
    assert ran.status == 2
    assert "is not in the working tree of a git repository" in ran.err


def test_a_file_that_cannot_be_written_is_named(work, guard) -> None:
    changed(work)
    Path("a.txt").chmod(0o444)
    ran = guard("--fix")
    assert ran.status == 2
    assert "a.txt is read-only, so it is not written" in ran.err
