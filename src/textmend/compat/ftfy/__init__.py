"""A stand-in for ftfy: change `import ftfy` to `from textmend.compat import ftfy`.

    >>> from textmend.compat import ftfy
    >>> ftfy.fix_text("Russia鈥檚 army, l’humanitÃ©")
    "Russia's army, l'humanité"

Names, arguments, defaults and types are those of ftfy 6; so is what is done to quotes, ligatures,
widths, line ends, control characters, entities and normal forms. Misreadings are undone by textmend:
more of them, lost bytes too, and the lines of a text are judged together. The functions and classes
that have nothing to do with misreadings are ftfy's own. docs/ftfy.md lists the differences.

Importing this module imports ftfy; nothing else in textmend does.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, TextIO

import ftfy as original
from ftfy import (
    BYTES_ERROR_TEXT,
    ExplainedText,
    ExplanationStep,
    TextFixerConfig,
    explain_unicode,
    guess_bytes,
)
from ftfy.badness import is_bad
from ftfy.formatting import display_ljust

from textmend.compat.ftfy import bad_codecs, badness, chardata, fixes, formatting
from textmend.compat.ftfy.encoding import FIXERS_OF_MISREADINGS, undo_misreadings
from textmend.rules.normal_forms import normalised

__version__ = original.__version__

__all__ = [
    "BYTES_ERROR_TEXT",
    "FIXERS",
    "ExplainedText",
    "ExplanationStep",
    "TextFixerConfig",
    "apply_plan",
    "bad_codecs",
    "badness",
    "chardata",
    "display_ljust",
    "explain_unicode",
    "fix_and_explain",
    "fix_encoding",
    "fix_encoding_and_explain",
    "fix_file",
    "fix_text",
    "fix_text_segment",
    "fixes",
    "formatting",
    "ftfy",
    "guess_bytes",
    "is_bad",
]

FIXERS: dict[str, Callable[..., Any]] = {**original.FIXERS, **FIXERS_OF_MISREADINGS}
"""The functions that a plan may name: ftfy's, and those that undo misreadings."""

# The fixers after misreadings, in ftfy's order; each is an option of the same name.
_FIXERS_AFTER = (
    "fix_c1_controls",
    "fix_latin_ligatures",
    "fix_character_width",
    "uncurl_quotes",
    "fix_line_breaks",
    "fix_surrogates",
    "remove_terminal_escapes",
    "remove_control_chars",
)

# The fixers that may bring a misreading to light. After the others, which change style, there is none
# that was not there before, and less to know it by.
_UNCOVERING = frozenset({"unescape_html", "fix_surrogates", "remove_terminal_escapes", "remove_control_chars"})

# How often all fixers run. ftfy runs them until nothing changes, which takes two or three times;
# hostile text, with entities escaped again and again, ends here in linear time.
_MAX_ROUNDS = 16


def fix_text(text: str, config: TextFixerConfig | None = None, **kwargs: Any) -> str:
    """Return the text with all that ftfy and textmend can repair, as the options say.

    Like ftfy's, it resolves entities up to the first line that holds a "<". Unlike ftfy's, it
    judges all lines together, so that one garbled line helps to understand the next.

    >>> fix_text("Broken text&hellip; it&#x2019;s ﬂubberiﬁc!")
    "Broken text... it's flubberific!"
    """
    config = _configured(text, config, kwargs)
    before_markup = len(text)
    if config.unescape_html == "auto":
        mark = text.find("<")
        if mark >= 0:
            before_markup = text.rfind("\n", 0, mark) + 1
            config = config._replace(unescape_html=False)
    head = text[:before_markup]
    if before_markup < len(text) and "&" in head:
        text = _unescaped(head) + text[before_markup:]
    return _fix(text, config, None)


def fix_text_segment(text: str, config: TextFixerConfig | None = None, **kwargs: Any) -> str:
    """Return the text repaired like `fix_text`, as one segment.

    >>> fix_text_segment("jednocze&sacute;nie")
    'jednocześnie'
    """
    return _fix(text, _configured_segment(text, config, kwargs), None)


def fix_and_explain(text: str, config: TextFixerConfig | None = None, **kwargs: Any) -> ExplainedText:
    """Return the text repaired as one segment, with the steps that `apply_plan` takes.

    >>> fix_and_explain("schÃ¶n")
    ExplainedText(text='schön', explanation=[('encode', 'latin-1'), ('decode', 'utf-8')])
    """
    config = _configured_segment(text, config, kwargs)
    steps: list[ExplanationStep] | None = [] if config.explain else None
    return ExplainedText(_fix(text, config, steps), steps)


def fix_encoding(text: str, config: TextFixerConfig | None = None, **kwargs: Any) -> str:
    """Return the text with its misreadings undone, and nothing else changed.

    >>> fix_encoding("l’humanitÃ©")
    'l’humanité'
    """
    return fix_encoding_and_explain(text, config, **kwargs).text


def fix_encoding_and_explain(text: str, config: TextFixerConfig | None = None, **kwargs: Any) -> ExplainedText:
    """Return the text with its misreadings undone, with the steps that `apply_plan` takes.

    >>> fix_encoding_and_explain("voilÃ le travail").text
    'voilà le travail'
    """
    config = _configured(text, config, kwargs)
    if not config.fix_encoding:
        return ExplainedText(text, [])
    fixed, steps = undo_misreadings(text, config)
    return ExplainedText(fixed, [ExplanationStep(*step) for step in steps])


def fix_file(
    input_file: TextIO | BinaryIO,
    encoding: str | None = None,
    config: TextFixerConfig | None = None,
    **kwargs: Any,
) -> Iterator[str]:
    """Yield the lines of a file repaired; bytes are decoded as `encoding`, or guessed by the first line.

    >>> import io
    >>> list(fix_file(io.BytesIO("cafÃ©".encode())))
    ['café']
    """
    config = _configured("", config, kwargs)
    for line in input_file:
        if isinstance(line, bytes):
            if encoding is None:
                text, encoding = guess_bytes(line)
            else:
                text = line.decode(encoding)
        else:
            text = line
        if config.unescape_html == "auto" and "<" in text:
            config = config._replace(unescape_html=False)
        yield fix_and_explain(text, config).text


def apply_plan(text: str, plan: list[tuple[str, str]]) -> str:
    """Return what the steps of an explanation make of a text.

    >>> apply_plan("schÃ¶n", [("encode", "latin-1"), ("decode", "utf-8")])
    'schön'
    """
    thing: Any = text
    for action, parameter in plan:
        if action == "encode":
            thing = thing.encode(parameter)
        elif action == "decode":
            thing = thing.decode(parameter)
        elif action == "normalize":
            thing = normalised(parameter, thing)
        elif action not in {"transcode", "apply"}:
            raise ValueError(f"Unknown plan step: {action}")
        elif parameter not in FIXERS:
            raise ValueError(f"Unknown function to apply: {parameter}")
        else:
            thing = FIXERS[parameter](thing)
    return str(thing)


ftfy = fix_text


def _configured(text: object, config: TextFixerConfig | None, kwargs: dict[str, Any]) -> TextFixerConfig:
    """Return the configuration with what was given by name; refuse bytes like ftfy."""
    if isinstance(text, bytes):
        raise UnicodeError(BYTES_ERROR_TEXT)
    if "fix_entities" in kwargs:
        message = "`fix_entities` has been renamed to `unescape_html`"
        warnings.warn(message, DeprecationWarning, stacklevel=3)
        kwargs = {**kwargs, "unescape_html": kwargs["fix_entities"]}
        del kwargs["fix_entities"]
    if config is None:
        config = TextFixerConfig()
    return config._replace(**kwargs) if kwargs else config


def _configured_segment(text: str, config: TextFixerConfig | None, kwargs: dict[str, Any]) -> TextFixerConfig:
    """Return the configuration for a text that is one segment: with a "<" its entities stay."""
    config = _configured(text, config, kwargs)
    if config.unescape_html == "auto" and "<" in text:
        config = config._replace(unescape_html=False)
    return config


def _fix(text: str, config: TextFixerConfig, steps: list[ExplanationStep] | None) -> str:
    """Run all fixers until nothing changes; add what changed something to the steps."""
    uncovered = True
    for _ in range(_MAX_ROUNDS):
        before = text
        if config.unescape_html and "&" in text:
            text = _applied("unescape_html", text, steps)
            uncovered |= text != before
        if config.fix_encoding and uncovered:
            uncovered = False
            text, undone = undo_misreadings(text, config)
            if steps is not None:
                steps += [ExplanationStep(*step) for step in undone]
        for fixer in _FIXERS_AFTER:
            if getattr(config, fixer) and _may_change(fixer, text):
                fixed = _applied(fixer, text, steps)
                uncovered |= fixer in _UNCOVERING and fixed != text
                text = fixed
        if config.normalization is not None:
            text = _normalised(config.normalization, text, steps)
        if text == before:
            break
    return text


def _may_change(fixer: str, text: str) -> bool:
    """Return whether a fixer can have something to do, by a test that costs next to nothing."""
    if fixer == "remove_terminal_escapes":
        return "\x1b" in text
    if fixer == "fix_line_breaks":
        return "\r" in text or not text.isascii()
    return fixer == "remove_control_chars" or not text.isascii()


def _applied(fixer: str, text: str, steps: list[ExplanationStep] | None) -> str:
    """Return what a fixer makes of a text; add it to the steps if that is something new."""
    fixed: str = FIXERS[fixer](text)
    if fixed == text:
        return text
    if steps is not None:
        steps.append(ExplanationStep("apply", fixer))
    return fixed


def _normalised(form: str, text: str, steps: list[ExplanationStep] | None) -> str:
    """Return a text in a normal form; add that to the steps if it changed something."""
    normal = normalised(form, text)
    if normal == text:
        return text
    if steps is not None:
        steps.append(ExplanationStep("normalize", form))
    return normal


def _unescaped(text: str) -> str:
    """Resolve the entities of a text, and those that come out of it."""
    for _ in range(_MAX_ROUNDS):
        shown = fixes.unescape_html(text)
        if shown == text:
            break
        text = shown
    return text
