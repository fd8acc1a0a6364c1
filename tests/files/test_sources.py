"""What is read: compressed files, encodings, binary data, directories."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from textmend.files import FileError, Found, Job, codec_of, is_binary, run_all, run_file, walk
from textmend.files.charsets import Charset, charset_of

GARBLED = "Russia鈥檚 army\n".encode() * 500
FIXED = "Russia’s army\n".encode() * 500


def zstd(data: bytes) -> bytes:
    return bytes(pytest.importorskip("zstandard").ZstdCompressor(write_checksum=True).compress(data))


def unzstd(data: bytes) -> bytes:
    return bytes(pytest.importorskip("zstandard").ZstdDecompressor().decompressobj().decompress(data))


KINDS = {
    ".gz": (gzip.compress, gzip.decompress),
    ".bz2": (bz2.compress, bz2.decompress),
    ".xz": (lzma.compress, lzma.decompress),
    ".zst": (zstd, unzstd),
}


@pytest.mark.parametrize("suffix", KINDS)
def test_compressed_files_are_repaired_inside(suffix: str, tmp_path: Path, quick) -> None:
    assert quick
    pack, unpack = KINDS[suffix]
    path = tmp_path / f"a.txt{suffix}"
    path.write_bytes(pack(GARBLED))
    assert run_file(path, Job("write")).changed
    assert unpack(path.read_bytes()) == FIXED
    clean = pack(FIXED)
    path.write_bytes(clean)
    assert not run_file(path, Job("write")).changed
    assert path.read_bytes() == clean


@pytest.mark.parametrize("suffix", KINDS)
def test_several_members_are_one_file(suffix: str, tmp_path: Path, quick) -> None:
    assert quick
    pack, unpack = KINDS[suffix]
    path = tmp_path / f"a.txt{suffix}"
    path.write_bytes(pack(GARBLED) + pack(b"clean\n") + pack(GARBLED))
    assert run_file(path, Job("write")).changed
    assert unpack(path.read_bytes()) == FIXED + b"clean\n" + FIXED


@pytest.mark.parametrize("suffix", KINDS)
@pytest.mark.parametrize("mode", ["write", "check", "stdout", "output"])
def test_truncated_and_damaged_archives_are_told_and_left(suffix: str, mode: str, tmp_path: Path, quick) -> None:
    assert quick
    sound = KINDS[suffix][0](os.urandom(30_000).hex().encode() + b"\n" + GARBLED)
    path, out = tmp_path / f"a.txt{suffix}", tmp_path / "out"
    damaged = bytearray(sound)
    damaged[len(damaged) // 2] ^= 0xFF
    for data in (sound[:-9], sound[: len(sound) // 2], sound[:3], bytes(damaged), b"no archive"):
        path.write_bytes(data)
        with (tmp_path / "stdout").open("wb") as stdout:
            result = run_file(path, Job(mode, output=out), out=stdout)
        # what damaged bzip2 gives before its checksum is read may not look like text
        kind = ["gzip", "bzip2", "xz", "zstd"][list(KINDS).index(suffix)]
        assert f"the {kind} data " in result.problem or result.problem == "is binary data, not text"
        assert path.read_bytes() == data
        assert not out.exists()
        assert (tmp_path / "stdout").read_bytes() == b""


def test_without_zstandard_one_sentence_says_what_to_install(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.zst"
    path.write_bytes(b"\x28\xb5\x2f\xfd")
    code = (
        "import sys; sys.modules['zstandard'] = None\n"
        "from pathlib import Path; from textmend.files import Job, run_file\n"
        f"print(run_file(Path({str(path)!r}), Job('check')).problem)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "is a zstd file, which takes the extra [zstd]: pip install 'textmend[zstd]'\n"


# --- encodings ------------------------------------------------------------------------------------


def test_encodings_are_told_by_mark_then_by_what_the_caller_says() -> None:
    assert charset_of("a".encode("utf-8-sig")) == Charset("utf-8", b"\xef\xbb\xbf")
    assert charset_of("a".encode("utf-16")).name == "utf-16-le"
    assert charset_of("a".encode("utf-32")).name == "utf-32-le"
    assert charset_of(b"a", "utf-16").name == "utf-16-le"
    assert charset_of(b"a", "Windows-1252").name == "cp1252"
    assert charset_of(b'<?xml version="1.0" encoding="latin1"?>', xml=True).name == "iso8859-1"
    assert charset_of(b'<?xml version="1.0" encoding="unheard-of"?>', xml=True).name == "utf-8"
    assert codec_of("utf-8-sig") == "utf-8"
    for name in ("no such encoding", "rot13", "base64", "idna"):
        with pytest.raises(FileError):
            codec_of(name)


def test_an_encoding_that_the_caller_names_is_read_and_written(tmp_path: Path, quick) -> None:
    assert quick
    path = tmp_path / "a.txt"
    path.write_bytes("Ã©\n".encode("cp1252"))
    assert run_file(path, Job("write", encoding="cp1252")).changed
    assert path.read_bytes() == b"\xe9\n"


def test_a_repair_that_the_encoding_cannot_hold_leaves_the_file(tmp_path: Path, monkeypatch, quick) -> None:
    monkeypatch.setitem(quick, "Ã©", "’")
    path = tmp_path / "a.txt"
    before = "Ã©".encode("latin-1")
    path.write_bytes(before)
    result = run_file(path, Job("write", encoding="latin-1"))
    assert result.problem == "the repair holds U+2019, which iso8859-1 cannot; --encoding-out utf-8 can"
    assert path.read_bytes() == before
    assert run_file(path, Job("write", encoding="latin-1", encoding_out="utf-8")).changed
    assert path.read_bytes().decode() == "’"


def test_converting_needs_no_damage(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("中文\r\n".encode("gbk"))
    assert run_file(path, Job("write", encoding="gbk", encoding_out="utf-16")).changed
    assert path.read_bytes() == b"\xff\xfe" + "中文\r\n".encode("utf-16-le")


def test_half_a_character_of_utf16_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("text".encode("utf-16") + b"x")
    assert run_file(path, Job("write")).problem == "cannot be read as utf-16-le: truncated data"


def test_lone_surrogates_and_stray_bytes_survive(tmp_path: Path, quick) -> None:
    assert quick
    path = tmp_path / "a.txt"
    before = b"\xed\xa0\x80 \xe9\xff\xc3 " + "鈥檚".encode() + b" \x80\xe4\xb8"
    path.write_bytes(before)
    assert run_file(path, Job("write")).changed
    assert path.read_bytes() == before.replace("鈥檚".encode(), "’s".encode())
    data = "a\ud800鈥檚\udc00".encode("utf-16-le", "surrogatepass")
    path.write_bytes(b"\xff\xfe" + data)
    assert run_file(path, Job("write")).changed
    assert path.read_bytes()[2:] == "a\ud800’s\udc00".encode("utf-16-le", "surrogatepass")


def test_binary_data_is_told_from_text() -> None:
    assert is_binary(bytes(range(256)))
    assert is_binary(b"\xff\xfe" + bytes(100))
    assert is_binary("text".encode("utf-16-le"))
    assert not is_binary(b"")
    assert not is_binary("текст".encode("cp1251"))
    assert not is_binary("中文 text\x1b[0m".encode("utf-16"))


# --- directories ----------------------------------------------------------------------------------


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / ".git" / "info").mkdir(parents=True)
    (tmp_path / ".git" / "info" / "exclude").write_text("private/\n")
    for name in (
        "a.txt",
        "b.log",
        "keep.log",
        "build/c.txt",
        "sub/d.txt",
        "sub/e.tmp",
        "sub/deep/f.tmp",
        "private/g.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(GARBLED)
    (tmp_path / ".git" / "HEAD").write_bytes(GARBLED)
    (tmp_path / ".gitignore").write_text("*.log\n!keep.log\n/build/\n")
    (tmp_path / "sub" / ".gitignore").write_text("*.tmp\n")
    (tmp_path / "sub" / "deep" / ".gitignore").write_text("!f.tmp\n")
    (tmp_path / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (tmp_path / "link.txt").symlink_to("a.txt")
    (tmp_path / "loop").symlink_to(".")
    os.mkfifo(tmp_path / "pipe")
    return tmp_path


def names(found: object, base: Path) -> list[str]:
    return [each.path.relative_to(base).as_posix() for each in found if each.path]


def test_directories_are_walked_as_git_sees_them(tree: Path) -> None:
    wanted = [
        ".gitignore",
        "a.txt",
        "image.png",
        "keep.log",
        "sub/.gitignore",
        "sub/d.txt",
        "sub/deep/.gitignore",
        "sub/deep/f.tmp",
    ]
    assert names(walk([tree]), tree) == wanted
    assert names(walk([tree / "sub"]), tree) == wanted[4:]


def test_git_agrees(tree: Path) -> None:
    (tree / ".git" / "HEAD").unlink()
    try:
        subprocess.run(["git", "init", "-q"], cwd=tree, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("git is not here")
    command = ["git", "ls-files", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=tree, check=True, capture_output=True, text=True).stdout.split()
    assert sorted(set(listed) - {"link.txt", "loop"}) == sorted(names(walk([tree]), tree))


def test_what_is_excluded(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree)
    assert names(walk([Path()], ["sub", "*.png"]), Path()) == [".gitignore", "a.txt", "keep.log"]
    assert names(walk([Path("a.txt")], ["*.txt"]), Path()) == ["a.txt"]
    assert names(walk([Path("a.txt"), Path("sub/d.txt")], ["sub/"], force_exclude=True), Path()) == ["a.txt"]


def test_binary_files_and_links_in_directories_are_passed_over(tree: Path, quick) -> None:
    assert quick
    results = {Path(each.name).name: each for each in run_all(walk([tree]), Job("write"))}
    assert results["image.png"].skipped
    assert "link.txt" not in results
    assert (tree / "a.txt").read_bytes() == FIXED
    assert (tree / "link.txt").is_symlink()
    assert (tree / "b.log").read_bytes() == GARBLED
    assert (tree / ".git" / "HEAD").read_bytes() == GARBLED


def test_one_bad_file_does_not_stop_the_rest(tmp_path: Path, quick) -> None:
    assert quick
    for name, data in {"a.json": b"{", "b.txt": GARBLED, "c.gz": b"x", "d.txt": GARBLED}.items():
        (tmp_path / name).write_bytes(data)
    results = list(run_all(walk([tmp_path, tmp_path / "none"]), Job("write")))
    assert [bool(each.problem) for each in results] == [True, False, True, False, True]
    assert (tmp_path / "d.txt").read_bytes() == FIXED


@pytest.mark.parametrize("mode", ["write", "check", "diff", "dry-run"])
def test_processes_give_the_same_results_in_the_same_order(mode: str, tmp_path: Path, quick) -> None:
    assert quick
    outcomes = []
    for jobs in (1, 3):
        folder = tmp_path / "files"
        folder.mkdir(exist_ok=True)
        for number in range(40):
            (folder / f"{number:02}.txt").write_bytes(GARBLED if number % 3 else b"clean\n")
        results = [
            (each.name, each.changed, each.problem, each.tally, each.findings, each.diff)
            for each in run_all(walk([folder]), Job(mode), jobs=jobs)
        ]
        outcomes.append((results, [path.read_bytes() for path in sorted(folder.iterdir())]))
    assert outcomes[0] == outcomes[1]


def test_processes_share_one_large_file(tmp_path: Path, quick) -> None:
    assert quick
    path = tmp_path / "a.txt"
    line = "Russia鈥檚 army " + "and plain text " * 60 + "\n"
    outcomes = []
    for jobs in (1, 2):
        path.write_bytes(line.encode() * 3000)
        (result,) = run_all([Found(path, named=True)], Job("write"), jobs=jobs)
        outcomes.append((result.tally, path.read_bytes()))
    assert outcomes[0] == outcomes[1]
    assert outcomes[0][1] == line.replace("鈥檚", "’s").encode() * 3000


def test_a_process_that_is_killed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(20):
        (tmp_path / f"{number}.txt").write_bytes(b"plain\n")
    monkeypatch.setattr("textmend.files.pool.run_file", lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
    with pytest.raises(FileError, match="was ended from outside"):
        list(run_all(walk([tmp_path]), Job("check"), jobs=2))


def test_many_files(tmp_path: Path, quick) -> None:
    assert quick
    count = 10_000 if os.environ.get("TEXTMEND_FULL_TESTS") else 1_000
    for number in range(count):
        folder = tmp_path / f"{number % 17}"
        folder.mkdir(exist_ok=True)
        (folder / f"{number}.txt").write_bytes(GARBLED[:18] if number % 10 == 0 else b"plain\n")
    results = list(run_all(walk([tmp_path]), Job("write"), jobs=2))
    assert len(results) == count
    assert sum(result.changed for result in results) == count // 10
    assert not [result.problem for result in results if result.problem]
