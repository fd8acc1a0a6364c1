"""Undoes misreadings with textmend and explains it in ftfy's steps.

Where the whole text was misread the same way and kept all bytes, the steps are ftfy's: encode, decode.
Otherwise there is one step, which names the function that undoes misreadings.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

import ftfy as original
from ftfy import TextFixerConfig
from ftfy.chardata import C1_CONTROL_RE
from ftfy.fixes import fix_c1_controls

from textmend.options import Options
from textmend.pipeline import run
from textmend.results import Step
from textmend.rules import MISREADING_RULES

_OPTIONS = Options(disable=("TM102", "TM103"))  # they only report

# What ftfy calls the encodings; the others have the names of Python's codecs.
_NAMES = {
    "iso-8859-1": ("latin-1", "sloppy-windows-1252"),
    "cp1252": ("latin-1", "sloppy-windows-1252"),
    "cp1250": ("sloppy-windows-1250",),
    "cp1251": ("sloppy-windows-1251",),
    "cp1253": ("sloppy-windows-1253",),
    "cp1254": ("sloppy-windows-1254",),
    "cp1257": ("sloppy-windows-1257",),
    "mac-roman": ("macroman",),
    "utf-8": ("utf-8", "utf-8-variants"),
}
_ALTERED = "altered"  # a loss where a character stands for another one, such as a space for A0


def undo_misreadings(text: str, config: TextFixerConfig) -> tuple[str, list[tuple[str, str]]]:
    """Return a text with its misreadings undone, as far as the options allow, and the steps.

    >>> undo_misreadings("l’humanitÃ©", TextFixerConfig())
    ('l’humanité', [('apply', 'undo_misreadings')])
    """
    fixed, plan = _judged(text, config)
    if config.fix_c1_controls and C1_CONTROL_RE.search(fixed):
        fixed = fix_c1_controls(fixed)
        plan.append(("transcode", "fix_c1_controls"))
    return fixed, plan


def _judged(text: str, config: TextFixerConfig) -> tuple[str, list[tuple[str, str]]]:
    """Return what textmend makes of a text, and the steps."""
    spaces, lossy = config.restore_byte_a0, config.replace_lossy_sequences
    fixed, steps = _undone(text, spaces=spaces, lossy=lossy)
    if fixed == text:
        return text, []
    plan = _in_ftfys_steps(text, fixed, steps)
    if plan is not None:
        return fixed, plan
    if not config.decode_inconsistent_utf8:
        return text, []  # only what was misread as a whole may be repaired
    return fixed, [("apply", _name(spaces=spaces, lossy=lossy))]


def _undone(text: str, *, spaces: bool, lossy: bool) -> tuple[str, tuple[Step, ...]]:
    """Return a text with its misreadings undone but those with losses that are not wanted."""
    outcome = run(text, _OPTIONS, rules=MISREADING_RULES)
    if (spaces and lossy) or not outcome.steps:
        return outcome.text, outcome.steps
    steps = [step for step in outcome.steps if all(spaces if loss.kind == _ALTERED else lossy for loss in step.losses)]
    pieces = []
    done = 0
    for step in steps:
        pieces += [text[done : step.start], step.after]
        done = step.end
    return "".join(pieces) + text[done:], tuple(steps)


def _in_ftfys_steps(text: str, fixed: str, steps: tuple[Step, ...]) -> list[tuple[str, str]] | None:
    """Return the steps that encode and decode the whole text, None where that does not repair it."""
    chains = {step.chain for step in steps}
    if len(chains) != 1 or any(step.losses for step in steps):
        return None
    plan: list[tuple[str, str]] = []
    current = text
    for hop in reversed(chains.pop()):
        writer, _, reader = hop.partition(">")
        found = _one_hop(current, writer, reader)
        if found is None:
            return None
        current, names = found
        plan += [("encode", names[0]), ("decode", names[1])]
    return plan if current == fixed else None


def _one_hop(text: str, writer: str, reader: str) -> tuple[str, tuple[str, str]] | None:
    """Return the text with one misreading undone, and ftfy's names of the reader and the writer."""
    for encode in _NAMES.get(reader, (reader,)):
        for decode in _NAMES.get(writer, (writer,)):
            try:
                return text.encode(encode).decode(decode), (encode, decode)
            except (UnicodeError, LookupError):
                continue
    return None


def _name(*, spaces: bool, lossy: bool) -> str:
    """Return the name under which a plan finds the function with these options."""
    if spaces and lossy:
        return "undo_misreadings"
    if spaces:
        return "undo_misreadings_with_altered_spaces"
    return "undo_misreadings_with_lost_bytes" if lossy else "undo_misreadings_without_losses"


def _fixer(spaces: bool, lossy: bool, text: str) -> str:  # noqa: FBT001  bound by name below
    """Return a text with its misreadings undone."""
    return _undone(text, spaces=spaces, lossy=lossy)[0]


FIXERS_OF_MISREADINGS: dict[str, Callable[[str], str]] = {
    _name(spaces=spaces, lossy=lossy): functools.partial(_fixer, spaces, lossy)
    for spaces in (True, False)
    for lossy in (True, False)
}
"""The functions that a plan may name for what encoding and decoding the whole text cannot do."""

original.bad_codecs.ok()  # the sloppy codecs are registered with Python by importing ftfy
