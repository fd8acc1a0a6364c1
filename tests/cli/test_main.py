from __future__ import annotations

from pathlib import Path

import textmend as package


def test_version(textmend) -> None:
    assert textmend("--version").stdout.decode() == f"textmend {package.__version__}\n"


def test_help_lists_the_commands(textmend) -> None:
    done = textmend("--help")
    assert done.returncode == 0
    for command in ("fix", "check", "explain", "undo", "completion"):
        assert f"  {command} " in done.stdout.decode()


def test_alone_it_shows_its_help(textmend) -> None:
    assert textmend().stdout == textmend("--help").stdout


def test_the_help_of_every_command_has_an_example(textmend) -> None:
    for command in ("fix", "check", "explain", "undo", "completion"):
        assert b"Example: textmend " in textmend(command, "--help").stdout


def test_the_console_script_is_the_same_program(root: Path) -> None:
    assert 'textmend = "textmend.cli:main"' in (root / "pyproject.toml").read_text(encoding="utf-8")
