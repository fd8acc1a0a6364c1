from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMANDS = ("fix", "check", "explain")
reads_first = pytest.mark.parametrize("command", ["fix", "explain"])  # all inputs, before it says anything
each_command = pytest.mark.parametrize("command", COMMANDS)


def refused(done: subprocess.CompletedProcess[bytes], *parts: str) -> None:
    """Show that one sentence was said, nothing was written, and the status is 2."""
    message = done.stderr.decode()
    assert done.returncode == 2
    assert done.stdout == b""
    assert message.startswith("textmend: ")
    assert message.count("\n") == 1
    assert message.endswith("\n")
    for part in parts:
        assert part in message


@each_command
def test_a_missing_file(textmend, command: str, tmp_path: Path) -> None:
    refused(textmend(command, tmp_path / "none.txt"), "none.txt does not exist.")


@reads_first
def test_a_directory(textmend, command: str, tmp_path: Path) -> None:
    refused(textmend(command, tmp_path), "is a directory")


@each_command
@pytest.mark.parametrize(
    "data",
    [
        b"text\0text",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "text".encode("utf-16-le"),
        bytes(range(1, 256)),
    ],
)
def test_binary_data(textmend, command: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.write_bytes(data)
    refused(textmend(command, path), "data is binary data, not text.")
    refused(textmend(command, "-", given=data), "standard input is binary data, not text.")


@each_command
def test_an_unknown_option(textmend, command: str) -> None:
    refused(textmend(command, "--no-such-option", "x"), "--no-such-option")
    refused(textmend("--no-such-option"), "--no-such-option")


@each_command
def test_no_path(textmend, command: str) -> None:
    refused(textmend(command), "PATH")


def test_an_unknown_command(textmend) -> None:
    refused(textmend("mend"), "mend")


@reads_first
def test_nothing_is_written_when_a_later_file_is_bad(
    textmend, command: str, garbled_path: Path, tmp_path: Path
) -> None:
    refused(textmend(command, garbled_path, tmp_path / "none"), "none does not exist.")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(textmend, tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_bytes(b"x")
    path.chmod(0)
    refused(textmend("fix", path), "cannot be read: Permission denied.")


def test_a_full_disc(garbled_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    with full.open("wb") as target:
        done = subprocess.run(
            [sys.executable, "-m", "textmend", "fix", str(garbled_path)],
            stdout=target,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == b"textmend: cannot write the result: No space left on device.\n"


@reads_first
def test_a_reader_that_stops_reading_ends_the_command_quietly(command: str, garbled_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "textmend", command, str(garbled_path)],
            stdout=writer,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(writer)
    assert done.stderr == b""
    assert done.returncode == 0
