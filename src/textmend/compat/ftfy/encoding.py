"""Undoes misreadings with textmend and explains it in ftfy's steps.

Where the whole text was misread the same way and kept all bytes, the steps are ftfy's: encode, decode.
Otherwise there is one step, which names the function that undoes misreadings.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

import ftfy as original
from ftfy import TextFixerConfig
from ftfy.chardata import C1_CONTROL_RE, UTF8_DETECTOR_RE
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
# Bits of evidence that textmend alone must have: users of ftfy rely on it to change next to no clean text.
# Of 300 garbled lines that textmend repairs and ftfy does not know, nine in ten have more. The texts of ftfy's
# tests that need no repair, and that textmend would change, have 11 at most but for two: a name with `Ã¥`, which
# is misread indeed, and a line drawn with box signs between letters.
_SURE = 15.0
_LOST = "\ufffd"
_ENTITIES = "html"  # how the hops begin whose bytes came as entities
_LOSSY = ("transcode", "replace_lossy_sequences")  # ftfy's step that puts U+FFFD for what was lost
_MOST_LAYERS = 8  # of misreadings; more have not been seen
_ALTERED = "altered"  # a loss where a character stands for another one, such as a space for A0


def undo_misreadings(text: str, config: TextFixerConfig) -> tuple[str, list[tuple[str, str]]]:
    """Return a text with its misreadings undone, as far as the options allow, and the steps.

    >>> undo_misreadings("Russia鈥檚 foothold", TextFixerConfig())
    ('Russia’s foothold', [('encode', 'gbk'), ('decode', 'utf-8')])
    """
    fixed, plan = _judged(text, config)
    if config.fix_c1_controls and not fixed.isascii() and C1_CONTROL_RE.search(fixed):
        fixed = fix_c1_controls(fixed)
        plan.append(("transcode", "fix_c1_controls"))
    return fixed, plan


def _judged(text: str, config: TextFixerConfig) -> tuple[str, list[tuple[str, str]]]:
    """Return what textmend and ftfy make of a text, and the steps."""
    fixed, steps = _agreed(text, config)
    if fixed == text:
        return text, []
    plan = _in_ftfys_steps(text, fixed, steps) or _explained_by_ftfy(text, fixed, config)
    if plan is not None:
        return fixed, plan
    if not config.decode_inconsistent_utf8:
        return text, []  # only what was misread as a whole may be repaired
    return fixed, [("apply", _name(spaces=config.restore_byte_a0, lossy=config.replace_lossy_sequences))]


def _agreed(text: str, config: TextFixerConfig) -> tuple[str, tuple[Step, ...]]:
    """Return the repair and, if it is textmend's alone, its steps.

    Line by line it is ftfy's where ftfy finds misread UTF-8 that lost nothing, textmend's elsewhere: ftfy
    repairs little, but what it claims hardly ever is anything else. Then both look at what is left.
    """
    config = config._replace(fix_c1_controls=False)
    current = text
    for _ in range(_MOST_LAYERS):
        fixed, steps, doubt = _undone(current, spaces=config.restore_byte_a0, lossy=config.replace_lossy_sequences)
        if fixed == current and not doubt and not _ftfy_may_know(current):
            return current, ()
        before, after = current.split("\n"), fixed.split("\n")
        chosen = fixed
        if len(before) == len(after):
            chosen = "\n".join(_better(was, now, config, doubt=doubt) for was, now in zip(before, after, strict=True))
        if chosen == fixed:
            return fixed, steps if current is text else ()
        current = chosen
    return current, ()


def _ftfy_may_know(text: str) -> bool:
    """Return whether ftfy may find a misreading, by tests that cost little."""
    return not text.isascii() and (_LOST in text or UTF8_DETECTOR_RE.search(text) is not None)


@functools.lru_cache(maxsize=1024)
def _better(was: str, now: str, config: TextFixerConfig, *, doubt: bool) -> str:
    """Return ftfy's repair of a line if there is one, textmend's otherwise.

    doubt: whether textmend sees misreadings in the text that it is not sure enough of.
    """
    if was.isascii() or (was == now and not doubt and not _ftfy_may_know(was)):
        return now
    theirs = original.fix_encoding_and_explain(was, config)
    if _LOSSY not in (theirs.explanation or ()):
        return now if theirs.text == was else theirs.text
    # something was lost that textmend may restore; outer layers that lost nothing go first
    whole = config._replace(replace_lossy_sequences=False, decode_inconsistent_utf8=False)
    peeled = original.fix_encoding_and_explain(was, whole).text
    if peeled != was:
        return peeled
    return theirs.text if now == was or _ftfy_may_know(now) else now


def _explained_by_ftfy(text: str, fixed: str, config: TextFixerConfig) -> list[tuple[str, str]] | None:
    """Return ftfy's steps if they lead to the same repair."""
    if len(text) > config.max_decode_length:
        return None
    theirs = original.fix_encoding_and_explain(text, config._replace(fix_c1_controls=False))
    if theirs.text != fixed or theirs.explanation is None:
        return None
    return [(step.action, step.parameter) for step in theirs.explanation]


def _undone(text: str, *, spaces: bool, lossy: bool) -> tuple[str, tuple[Step, ...], bool]:
    """Return a text with the misreadings undone that are sure, and not those with losses that are not wanted.

    What one place of a text shows for sure counts for its other places too. Entities have an option of
    their own, and a fixer, so what is misread behind them waits for that. Also returns the steps, and
    whether there are others.
    """
    outcome = run(text, _OPTIONS, rules=MISREADING_RULES)
    if not outcome.steps:
        return outcome.text, (), False
    sure = {step.chain for step in outcome.steps if step.bits >= _SURE}
    steps = [
        step
        for step in outcome.steps
        if step.chain in sure
        and all(spaces if loss.kind == _ALTERED else lossy for loss in step.losses)
        and not any(hop.startswith(_ENTITIES) for hop in step.chain)
    ]
    pieces = []
    done = 0
    for step in steps:
        pieces += [text[done : step.start], step.after]
        done = step.end
    return "".join(pieces) + text[done:], tuple(steps), len(steps) < len(outcome.steps)


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
    config = TextFixerConfig(restore_byte_a0=spaces, replace_lossy_sequences=lossy)
    return _agreed(text, config)[0]


FIXERS_OF_MISREADINGS: dict[str, Callable[[str], str]] = {
    _name(spaces=spaces, lossy=lossy): functools.partial(_fixer, spaces, lossy)
    for spaces in (True, False)
    for lossy in (True, False)
}
"""The functions that a plan may name for what encoding and decoding the whole text cannot do."""

original.bad_codecs.ok()  # the sloppy codecs are registered with Python by importing ftfy
