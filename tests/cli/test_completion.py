"""Completion: the scripts, and what they are answered."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_a_script(textmend, shell: str) -> None:
    done = textmend("completion", shell)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"_TEXTMEND_COMPLETE" in done.stdout


def test_commands_and_options_are_completed(textmend) -> None:
    asked = {"_TEXTMEND_COMPLETE": "bash_complete", "COMP_CWORD": "1", "COMP_WORDS": "textmend ch"}
    assert textmend(**asked).stdout == b"plain,check\n"
    asked = {"_TEXTMEND_COMPLETE": "bash_complete", "COMP_CWORD": "2", "COMP_WORDS": "textmend fix --enc"}
    assert sorted(textmend(**asked).stdout.split()) == [b"plain,--encoding", b"plain,--encoding-out"]


def test_an_unknown_shell_is_refused(textmend) -> None:
    done = textmend("completion", "tcsh")
    assert done.returncode == 2
    assert b"tcsh" in done.stderr
