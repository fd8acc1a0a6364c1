"""Hostile text takes linear time: the texts are so long that the square of it would take minutes."""

from __future__ import annotations

import time

import pytest

import textmend
from textmend import Options
from textmend.compat import ftfy
from textmend.rules import MISREADING_RULES

WITHOUT_MISREADINGS = tuple(rule.code for rule in MISREADING_RULES)

# Seconds that none of the texts may take on a machine that is ten times slower than usual.
BOUND = 60

HOSTILE = {
    "200,000 combining marks": "a" + "\u0301" * 200_000,
    "marks out of order": "e" + "\u0301\u0323" * 100_000,
    "1,000,000 ampersands": "&" * 1_000_000,
    "an ampersand escaped 250,000 times": "&" + "amp;" * 250_000,
    "200,000 entities": "&amp;" * 200_000,
    "1,000,000 escape characters": "\x1b" * 1_000_000,
    "escape sequences without an end": "\x1b]" * 250_000,
    "a string for the terminal without an end": "\x1b]" + "x" * 1_000_000,
    "1,000,000 backslashes": "\\" * 1_000_000,
    "1,000,000 percent signs": "%" * 1_000_000,
    "300,000 percent escapes": "%41" * 300_000,
    "1,000,000 equals signs": "=" * 1_000_000,
    "1,000,000 spaces, then a letter": " " * 1_000_000 + "x",
    "1,000,000 opening brackets": "<" * 1_000_000,
    "100,000 overrides": "\u202e" * 100_000,
    "100,000 zero-width spaces": "\u200b" * 100_000,
    "1,000,000 line ends in two ways": "\r\n\n" * 333_000,
    "Latin and Cyrillic by turns": "aа" * 200_000,
    "high surrogates": "\ud83d" * 200_000,
}


def seconds(function, *arguments: object, **more: object) -> float:
    start = time.perf_counter()
    function(*arguments, **more)
    return time.perf_counter() - start


@pytest.mark.parametrize("name", HOSTILE)
def test_all_rules_take_linear_time(name: str) -> None:
    wanted = Options(enable=("TM",), disable=WITHOUT_MISREADINGS)
    assert seconds(textmend.fix_text, HOSTILE[name], wanted) < BOUND


@pytest.mark.parametrize("name", list(HOSTILE)[:8])
def test_the_stand_in_for_ftfy_takes_linear_time(name: str) -> None:
    assert seconds(ftfy.fix_text, HOSTILE[name], fix_encoding=False) < BOUND


@pytest.mark.parametrize("name", list(HOSTILE)[:6])
def test_the_default_profile_takes_linear_time(name: str) -> None:
    assert seconds(textmend.fix_text, HOSTILE[name]) < BOUND
