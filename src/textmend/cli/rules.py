"""`textmend rules`: what is found and fixed, from the registry; one rule in full."""

from __future__ import annotations

from collections.abc import Iterator

import click

from textmend.errors import UnknownRuleError
from textmend.guard import CHECKS
from textmend.options import PROFILES
from textmend.rules import GROUPS, RULES, Rule, get

GUARD = "TG"
"""How the codes of the guard begin."""


class UnknownCodeError(click.ClickException):
    """A code that no rule has; the message is a whole sentence."""

    exit_code = 2


@click.command(
    epilog="Example: textmend rules TM104",
    short_help="List the rules, or explain one.",
)
@click.argument("code", required=False)
@click.option(
    "--profile",
    type=click.Choice(PROFILES),
    help="Only the rules of this profile.",
)
def rules(code: str | None, profile: str | None) -> None:
    """List the rules, or explain the one with a code.

    The profile repair is the default and only undoes damage. The profile tidy also clears away what nobody
    sees and resolves escapes; plain also replaces what the author chose, such as curly quotes.
    """
    if code is None:
        lines = listing(profile)
    elif code.upper().startswith(GUARD):
        lines = check_description(code.upper())
    else:
        try:
            lines = description(get(code.upper()))
        except UnknownRuleError as error:
            raise UnknownCodeError(f"{error}") from None
    for line in lines:
        click.echo(line)


def listing(profile: str | None = None) -> Iterator[str]:
    """Yield the lines of the list: the rules by group, each with its code, name, profile and summary."""
    shown = [rule for rule in RULES if profile is None or profile in rule.profiles]
    width = max(len(rule.name) for rule in RULES)
    for group, about in GROUPS.items():
        inside = sorted((rule for rule in shown if rule.code.startswith(group)), key=lambda rule: rule.code)
        if inside:
            yield f"{group}xx  {about}"
        for rule in inside:
            yield f"  {rule.code}  {rule.name:{width}}  {since(rule):10}  {rule.summary}"
    if profile is None:
        yield f"{GUARD}xxx  edits, which textmend guard compares"
        for check in CHECKS:
            yield f"  {check.code}  {check.name:{width}}  {'guard':10}  {check.summary}"


def description(rule: Rule) -> Iterator[str]:
    """Yield the lines that explain one rule."""
    yield f"{rule.code} {rule.name}"
    yield rule.summary
    yield ""
    yield from _wrapped(rule.why)
    yield ""
    yield f"Runs in: {since(rule)}. It {kind(rule)}. Severity: {rule.severity}."
    for example in rule.examples:
        yield ""
        yield f"  before  {spelled(example.before)}"
        if example.after is not None:
            yield f"  after   {spelled(example.after)}"


def check_description(code: str) -> Iterator[str]:
    """Yield the lines that explain one check of the guard; raise UnknownCodeError for a code that none has.

    >>> list(check_description("TG102"))[0]
    'TG102 mark-changed'
    """
    check = next((each for each in CHECKS if each.code == code), None)
    if check is None:
        known = ", ".join(each.code for each in CHECKS)
        raise UnknownCodeError(f"the guard has no check {code!r}; it has {known}")
    yield f"{check.code} {check.name}"
    yield check.summary
    yield ""
    yield from _wrapped(check.why)
    yield ""
    yield f"It compares two versions of a file (textmend guard). Severity: {check.severity}."


def since(rule: Rule) -> str:
    """Say from which profile on a rule runs.

    >>> since(get("TM101")), since(get("TM108"))
    ('repair', 'on request')
    """
    return rule.profiles[0] if rule.profiles else "on request"


def kind(rule: Rule) -> str:
    """Say in a clause what a rule does to a text.

    >>> kind(get("TM103")), kind(get("TM101"))
    ('only reports', 'is safe')
    """
    if rule.reports_only:
        return "only reports"
    return "changes style" if rule.style else "is safe"


def spelled(text: str) -> str:
    r"""Return a text with its unseen characters spelled.

    >>> spelled("a\u200bb\n")
    'a<U+200B>b<U+000A>'
    """
    import unicodedata

    return "".join(
        f"<U+{ord(char):04X}>" if not char.isprintable() or unicodedata.category(char)[0] == "M" else char
        for char in text
    )


def _wrapped(text: str) -> list[str]:
    """Return a paragraph as lines fit for a terminal."""
    import textwrap

    return textwrap.wrap(text, width=88)
