"""Safe writes: the old or the new content is there, whole, whatever happens."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from textmend.files import FileError, Job, run_file, start
from textmend.files.writing import TEMPORARY, Replacement, check_writable

OLD = b"old content\n" * 20_000
NEW = b"new content, longer\n" * 20_000
KILLS = 300  # rounds of the test that kills; each takes some milliseconds

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
as_root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may do it")


def replace(path: Path, content: bytes, **more: object) -> None:
    with path.open("rb") as file, Replacement(path, file, **more) as new:
        for at in range(0, len(content), 65536):
            new.write(content[at : at + 65536])
        new.commit()


def forked(work: Callable[[], object]) -> int:
    """Run a function in a child that leaves nothing behind; return the child."""
    child = os.fork()
    if child:
        return child
    try:
        work()
    finally:
        os._exit(0)


def leftovers(folder: Path) -> list[str]:
    return [name.name for name in folder.iterdir() if name.name.endswith(TEMPORARY)]


# --- kill -9 --------------------------------------------------------------------------------------


@needs_fork
def test_a_writer_killed_at_a_random_moment_leaves_the_old_or_the_new_content(tmp_path: Path) -> None:
    chance = random.Random(1)
    path = tmp_path / "target"
    path.write_bytes(OLD)
    seen = {OLD: 0, NEW: 0}

    def write_for_ever() -> None:
        while True:
            replace(path, NEW)
            replace(path, OLD)

    for _ in range(KILLS):
        child = forked(write_for_ever)
        time.sleep(chance.random() * 0.012)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        seen[path.read_bytes()] += 1
    assert all(seen.values())
    replace(path, NEW)
    assert leftovers(tmp_path) == []


CALLS = ("open", "write", "fsync", "fchmod", "fchown", "utime", "replace", "rename", "link", "setxattr", "unlink")


@needs_fork
@pytest.mark.parametrize("backup", ["", ".bak"])
def test_a_writer_killed_before_and_after_each_system_call(
    backup: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = count = 0
    armed = False

    def step() -> None:
        nonlocal count
        if armed and count == moment:
            os.kill(os.getpid(), signal.SIGKILL)
        count += 1

    def watched(real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **named: object) -> object:
            step()
            done = real(*arguments, **named)
            step()
            return done

        return call

    def write_until_killed() -> None:
        nonlocal armed, count
        armed, count = True, 0
        replace(path, NEW, backup=backup)

    for name in CALLS:
        if hasattr(os, name):
            monkeypatch.setattr(os, name, watched(getattr(os, name)))
    path = tmp_path / "target"
    kills = 0
    for moment in range(40):  # noqa: B007 - the child counts up to it
        shutil.rmtree(tmp_path)
        tmp_path.mkdir()
        path.write_bytes(OLD)
        child = forked(write_until_killed)
        _, status = os.waitpid(child, 0)
        kills += os.WIFSIGNALED(status)
        content = path.read_bytes()
        assert content in {OLD, NEW}
        kept = tmp_path / "target.bak"
        if backup and content == NEW:
            assert kept.read_bytes() == OLD
        # the next run is not disturbed by what the killed one left
        if not (backup and content == NEW):
            replace(path, NEW, backup=backup)
            assert path.read_bytes() == NEW
        else:
            replace(path, NEW)
        assert leftovers(tmp_path) == []
    assert kills >= 8


@needs_fork
def test_a_killed_run_of_fix_can_be_finished_or_undone(tmp_path: Path, quick) -> None:
    assert quick
    from textmend.files import undo

    chance = random.Random(2)
    old = "Russia鈥檚 army\n".encode() * 2000
    new = old.replace("鈥檚".encode(), "’s".encode())
    path, journal = tmp_path / "a.txt", tmp_path / "journal"
    seen = set()
    for _ in range(60):
        path.write_bytes(old)
        journal.unlink(missing_ok=True)
        start(journal)
        child = forked(lambda: run_file(path, Job("write", journal=journal)))
        time.sleep(chance.random() * 0.15)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        content = path.read_bytes()
        assert content in {old, new}
        seen.add(content)
        assert not [each.problem for each in undo(journal) if each.problem]
        assert path.read_bytes() == old
    assert seen


# --- races ----------------------------------------------------------------------------------------


def test_a_file_that_another_program_changes_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "target"
    for change in (
        lambda: path.write_bytes(b"changed"),
        path.unlink,
        lambda: Path(shutil.copy(path, tmp_path / "copy")).replace(path),
    ):
        path.write_bytes(OLD)
        with path.open("rb") as file, Replacement(path, file) as new:
            new.write(NEW)
            change()
            with pytest.raises(FileError, match="was changed by another program"):
                new.commit()
        assert leftovers(tmp_path) == []


def test_two_runs_do_not_write_one_file_at_once(tmp_path: Path) -> None:
    path = tmp_path / "target"
    path.write_bytes(OLD)
    with path.open("rb") as one, path.open("rb") as two, Replacement(path, one) as new:
        new.write(NEW)
        with pytest.raises(FileError, match="is being written by another run"), Replacement(path, two):
            pass
        new.commit()
        with pytest.raises(FileError, match="was changed|is being written"), Replacement(path, two):
            pass
    assert path.read_bytes() == NEW


@needs_fork
def test_runs_that_race_leave_whole_files(tmp_path: Path) -> None:
    path = tmp_path / "target"
    path.write_bytes(OLD)

    def write_often(content: bytes) -> None:
        for _ in range(60):
            try:
                replace(path, content)
            except FileError:
                continue

    children = [forked(lambda content=content: write_often(content)) for content in (OLD, NEW, OLD[::-1], NEW[::-1])]
    whole = {OLD, NEW, OLD[::-1], NEW[::-1]}
    deadline = time.monotonic() + 30
    while children and time.monotonic() < deadline:
        assert path.read_bytes() in whole
        children = [child for child in children if os.waitpid(child, os.WNOHANG) == (0, 0)]
    assert not children
    assert path.read_bytes() in whole
    assert leftovers(tmp_path) == []


# --- what stays -----------------------------------------------------------------------------------


def test_mode_and_times_stay(tmp_path: Path) -> None:
    path = tmp_path / "target"
    path.write_bytes(OLD)
    path.chmod(0o4751)
    os.utime(path, ns=(1_000_000_001, 2_000_000_002))
    before = path.stat()
    with path.open("rb") as file, Replacement(path, file) as new:
        new.write(NEW)
        new.commit()
    after = path.stat()
    assert path.read_bytes() == NEW
    assert after.st_mode == before.st_mode
    assert after.st_mtime_ns == 2_000_000_002
    assert after.st_ino != before.st_ino


@as_root
def test_the_owner_stays(tmp_path: Path) -> None:
    path = tmp_path / "target"
    path.write_bytes(OLD)
    os.chown(path, 1234, 2345)
    replace(path, NEW)
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 2345)


def test_a_file_whose_owner_cannot_be_kept_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "target"
    path.write_bytes(OLD)

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "no")

    real = os.fstat
    monkeypatch.setattr(os, "fchown", refuse)

    def of_another_user(descriptor: int) -> os.stat_result:
        status = list(real(descriptor))
        if str(Path(f"/proc/self/fd/{descriptor}").readlink()).endswith(TEMPORARY):
            status[4] += 1
        return os.stat_result(status, {"st_mtime_ns": real(descriptor).st_mtime_ns, "st_atime_ns": 0})

    monkeypatch.setattr(os, "fstat", of_another_user)
    with pytest.raises(FileError, match="belongs to another user"):
        replace(path, NEW)
    assert path.read_bytes() == OLD
    assert leftovers(tmp_path) == []


def test_extended_attributes_stay(tmp_path: Path) -> None:
    path = tmp_path / "target"
    path.write_bytes(OLD)
    try:
        os.setxattr(path, "user.origin", b"https://example.org/")
    except (OSError, AttributeError):
        pytest.skip("this file system has no extended attributes")
    replace(path, NEW)
    assert os.getxattr(path, "user.origin") == b"https://example.org/"


def test_a_backup_is_the_old_file_itself_and_is_never_overwritten(tmp_path: Path) -> None:
    path, kept = tmp_path / "target", tmp_path / "target.bak"
    path.write_bytes(OLD)
    number = path.stat().st_ino
    replace(path, NEW, backup=".bak")
    assert (path.read_bytes(), kept.read_bytes(), kept.stat().st_ino) == (NEW, OLD, number)
    with pytest.raises(FileError, match="its backup target.bak exists already"):
        replace(path, OLD, backup=".bak")
    assert (path.read_bytes(), kept.read_bytes()) == (NEW, OLD)


# --- what is refused ------------------------------------------------------------------------------


def test_hard_links_are_not_parted_unless_asked_for(tmp_path: Path) -> None:
    path, other = tmp_path / "target", tmp_path / "other"
    path.write_bytes(OLD)
    os.link(path, other)
    with pytest.raises(FileError, match="has 2 hard links"):
        replace(path, NEW)
    assert path.read_bytes() == OLD
    replace(path, NEW, break_links=True)
    assert (path.read_bytes(), other.read_bytes()) == (NEW, OLD)


def test_symbolic_links_directories_and_devices_are_not_written(tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(OLD)
    (tmp_path / "link").symlink_to("target")
    with pytest.raises(FileError, match="is a symbolic link"):
        check_writable(tmp_path / "link")
    with pytest.raises(FileError, match="is no regular file"):
        check_writable(tmp_path)
    with pytest.raises(FileError, match="is no regular file"):
        check_writable(Path(os.devnull))


def test_read_only_files_are_not_written(tmp_path: Path, quick) -> None:
    assert quick
    path = tmp_path / "a.txt"
    path.write_bytes("鈥檚".encode())
    path.chmod(0o444)
    assert run_file(path, Job("write")).problem == "is read-only, so it is not written"
    assert stat.S_IMODE(path.stat().st_mode) == 0o444


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_directory_that_may_not_be_written(tmp_path: Path, quick) -> None:
    assert quick
    path = tmp_path / "a.txt"
    path.write_bytes("鈥檚".encode())
    tmp_path.chmod(0o555)
    try:
        assert run_file(path, Job("write")).problem == "cannot be written: Permission denied"
    finally:
        tmp_path.chmod(0o755)


@as_root
@needs_fork
def test_permission_errors_as_another_user(tmp_path: Path, quick) -> None:
    assert quick
    path = tmp_path / "a.txt"
    path.write_bytes("鈥檚".encode())
    for folder in (tmp_path, *tmp_path.parents[:3]):
        folder.chmod(0o755)

    def as_nobody() -> None:
        os.setgid(65534)
        os.setuid(65534)
        problem = run_file(path, Job("write")).problem
        os._exit(0 if problem == "cannot be written: Permission denied" else 1)

    _, status = os.waitpid(forked(as_nobody), 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert path.read_bytes() == "鈥檚".encode()


# --- full discs -----------------------------------------------------------------------------------


@pytest.fixture
def small_disc(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte."""
    folder = tmp_path / "disc"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=False)


def test_a_full_disc_leaves_the_old_file(small_disc: Path) -> None:
    path = small_disc / "target"
    path.write_bytes(b"x" * 700_000)
    with pytest.raises(OSError, match="No space left"):
        replace(path, b"y" * 700_000)
    assert path.read_bytes() == b"x" * 700_000
    assert leftovers(small_disc) == []


def test_a_full_disc_is_told_and_does_not_stop_the_others(small_disc: Path, tmp_path: Path, quick) -> None:
    assert quick
    large, small = small_disc / "large.txt", small_disc / "small.txt"
    large.write_bytes(("鈥檚" + "x" * 60 + "\n").encode() * 10_000)
    small.write_bytes("鈥檚".encode())
    before = large.read_bytes()
    assert run_file(large, Job("write")).problem == "cannot be written: No space left on device"
    assert run_file(small, Job("write")).changed
    assert large.read_bytes() == before
    journal = small_disc / "journal"
    start(journal)
    medium = tmp_path / "medium.txt"
    medium.write_bytes(("鈥檚" + "x" * 60 + "\n").encode() * 8_000)
    result = run_file(medium, Job("write", journal=journal))
    assert result.problem == "cannot be written: No space left on device"
    assert medium.read_bytes().count("鈥檚".encode()) == 8_000


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_an_error_at_any_step_leaves_the_old_file(call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "target"
    path.write_bytes(OLD)

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "broken disc")

    with path.open("rb") as file, pytest.raises(OSError, match="broken disc"), Replacement(path, file) as new:
        if call == "write":
            monkeypatch.setattr(new, "write", fail)
        elif call == "fsync":
            monkeypatch.setattr(os, "fsync", fail)
        else:
            monkeypatch.setattr(Path, "replace", fail)
        new.write(NEW)
        new.commit()
    assert path.read_bytes() == OLD
    assert leftovers(tmp_path) == []


def test_a_new_file_is_whole_or_absent(tmp_path: Path) -> None:
    path = tmp_path / "new"

    def fail() -> None:
        with Replacement(path) as new:
            new.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert list(tmp_path.iterdir()) == []
    with Replacement(path) as new:
        new.write(b"whole")
        new.commit()
    assert path.read_bytes() == b"whole"


def test_the_temporary_file_of_a_running_writer_is_not_taken_for_a_leftover(tmp_path: Path) -> None:
    path = tmp_path / "target"
    with Replacement(path) as one, Replacement(path) as two:
        one.write(b"one")
        two.write(b"two")
        one.commit()
        two.commit()
    assert path.read_bytes() == b"two"
    stale = tmp_path / f".target.0123456789{TEMPORARY}"
    stale.write_bytes(b"left by a killed run")
    other = tmp_path / f".target.more.0123456789{TEMPORARY}"
    other.write_bytes(b"of another file")
    with Replacement(path) as new:
        new.write(b"x")
        new.commit()
    assert leftovers(tmp_path) == [other.name]


def test_interrupted_programs_clean_up(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from textmend.files.writing import Replacement\n"
        "with Replacement(Path(sys.argv[1])) as new:\n"
        "    new.write(b'x'); print('ready', flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "a")], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        child.send_signal(signal.SIGINT)
    assert list(tmp_path.iterdir()) == []
