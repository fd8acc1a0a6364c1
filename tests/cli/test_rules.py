from __future__ import annotations

import pytest

from textmend.cli.rules import description, listing
from textmend.guard import CHECKS
from textmend.options import PROFILES
from textmend.rules import RULES, Rule, get


def test_the_list_has_every_rule_and_its_profile(textmend) -> None:
    done = textmend("rules")
    assert (done.returncode, done.stderr) == (0, b"")
    said = done.stdout.decode()
    for rule in RULES:
        assert f"{rule.code}  {rule.name} " in said
        assert rule.summary in said


@pytest.mark.parametrize("profile", PROFILES)
def test_the_list_of_a_profile(profile: str) -> None:
    said = "\n".join(listing(profile))
    for rule in RULES:
        assert (f"{rule.code}  " in said) == (profile in rule.profiles)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_is_explained_in_characters_that_can_be_shown(rule: Rule) -> None:
    said = list(description(rule))
    assert said[0] == f"{rule.code} {rule.name}"
    assert all(line.isprintable() for line in said)
    assert sum("before  " in line for line in said) == len(rule.examples)


def test_a_code_in_small_letters(textmend) -> None:
    assert textmend("rules", "tm204").stdout.decode().startswith(f"TM204 {get('TM204').name}")


def test_an_unknown_code_is_refused_with_the_nearest(textmend) -> None:
    done = textmend("rules", "TM999")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"textmend: there is no rule 'TM999'; did you mean TM")


def test_the_checks_of_the_guard_are_listed_and_explained(textmend) -> None:
    said = textmend("rules").stdout.decode()
    for check in CHECKS:
        assert f"{check.code}  {check.name} " in said
        assert textmend("rules", check.code.lower()).stdout.decode().startswith(f"{check.code} {check.name}\n")
    done = textmend("rules", "TG999")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith("textmend: the guard has no check 'TG999'; it has TG101, ")
