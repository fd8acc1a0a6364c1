"""The public functions, one for each verb. They check what they are given and hand it on."""

from __future__ import annotations

from textmend import pipeline
from textmend.errors import OptionsError
from textmend.options import Options
from textmend.results import BytesPlan, Finding, Plan, Repair
from textmend.rules import MISREADING_RULES

TYPE_CHECKING = False  # a type checker takes it for true; importing typing costs milliseconds
if TYPE_CHECKING:
    from typing import Any, overload

_DEFAULTS = Options()


def fix_text(text: str, options: Options | None = None, **changes: Any) -> str:
    """Return the text repaired.

    options: what to repair; default: `Options()`, the profile "repair", which only undoes damage.
    changes: single options by name, over `options`.
    Clean text comes back as the very object that was given. What cannot be proved stays as it is.

    >>> fix_text("Ukraine鈥檚 top military commander")
    'Ukraine’s top military commander'
    >>> fix_text("Ukraine鈥檚 top military commander", disable=["TM101"])
    'Ukraine鈥檚 top military commander'
    """
    if not isinstance(text, str):
        raise _no_text(text, "fix_text")
    return pipeline.fixed(text, _options(options, changes) if changes or options is not None else _DEFAULTS)


def fix_encoding(text: str, options: Options | None = None, **changes: Any) -> str:
    """Return the text with its misreadings undone and nothing else changed.

    It takes what `fix_text` takes, but runs only the rules about misreadings.

    >>> fix_encoding("Ukraine鈥檚 top military commander")
    'Ukraine’s top military commander'
    """
    if not isinstance(text, str):
        raise _no_text(text, "fix_encoding")
    return pipeline.fixed(text, _options(options, changes), rules=MISREADING_RULES)


def fix_and_explain(text: str, options: Options | None = None, **changes: Any) -> Repair:
    """Return the text repaired, with the plan of what was done and the findings.

    It takes what `fix_text` takes and repairs the same way.

    >>> repair = fix_and_explain("Ukraine鈥檚 top military commander")
    >>> repair.text
    'Ukraine’s top military commander'
    >>> repair.plan.steps[0].chain
    ('utf-8>gbk',)
    """
    if not isinstance(text, str):
        raise _no_text(text, "fix_and_explain")
    return pipeline.repair(text, _options(options, changes))


def check_text(text: str, options: Options | None = None, **changes: Any) -> list[Finding]:
    """Return what the rules find in the text, in the order of the text; nothing is changed.

    It takes what `fix_text` takes.

    >>> check_text("Ukraine鈥檚 top military commander")[0].rule
    'TM101'
    >>> check_text("Ukraine’s top military commander")
    []
    """
    if not isinstance(text, str):
        raise _no_text(text, "check_text")
    return list(pipeline.run(text, _options(options, changes), report=True).findings)


if TYPE_CHECKING:

    @overload
    def replay(plan: BytesPlan, text: bytes) -> str: ...

    @overload
    def replay(plan: Plan, text: str) -> str: ...


def replay(plan: Plan, text: Any) -> str:
    """Make the repair of a plan again on the text that it was made for; for a plan of bytes, on the bytes.

    Raises PlanMismatchError when the text is another, before anything is changed.

    >>> broken = "Ukraine鈥檚 top military commander"
    >>> replay(fix_and_explain(broken).plan, broken)
    'Ukraine’s top military commander'
    """
    _check_plan(plan, "replay")
    if isinstance(plan, BytesPlan) and isinstance(text, bytes):
        from textmend.bytes_api import redecode

        return pipeline.replay(plan, redecode(plan, text))
    if not isinstance(text, str):
        raise _no_text(text, "replay")
    return pipeline.replay(plan, text)


if TYPE_CHECKING:

    @overload
    def undo(plan: BytesPlan, text: str) -> bytes: ...  # type: ignore[overload-overlap]

    @overload
    def undo(plan: Plan, text: str) -> str: ...


def undo(plan: Plan, text: str) -> str | bytes:
    """Take the repair of a plan back: from the repaired text to the text as it was, or to the bytes.

    A plan of `textmend.fix_bytes` gives the bytes, any other plan a text.
    Raises PlanMismatchError when the text is not the repaired one, before anything is changed.

    >>> repair = fix_and_explain("Ukraine鈥檚 top military commander")
    >>> undo(repair.plan, repair.text)
    'Ukraine鈥檚 top military commander'
    """
    _check_plan(plan, "undo")
    if not isinstance(text, str):
        raise _no_text(text, "undo")
    before = pipeline.undo(plan, text)
    if isinstance(plan, BytesPlan):
        from textmend.bytes_api import encode_back

        return encode_back(plan, before)
    return before


def _no_text(text: object, verb: str) -> TypeError:
    """Return the error about what is no text; it says what to do."""
    kind = type(text).__name__
    if isinstance(text, bytes | bytearray | memoryview):
        return TypeError(
            f"{verb}() takes a str, not {kind}: decode the bytes first, "
            "for example with data.decode('utf-8', 'surrogateescape')"
        )
    return TypeError(f"{verb}() takes a str, not {kind}")


def _check_plan(plan: object, verb: str) -> None:
    """Raise TypeError for anything that is no plan, and say what to do."""
    if not isinstance(plan, Plan):
        raise TypeError(
            f"{verb}() takes a Plan first, then the text; not {type(plan).__name__}: "
            "Plan.from_dict() reads a plan that was stored"
        )


def _options(options: object, changes: dict[str, Any]) -> Options:
    """Return the options with the changes, checked."""
    if options is None:
        options = _DEFAULTS
    elif not isinstance(options, Options):
        raise OptionsError(f"options is a textmend.Options, not {type(options).__name__}")
    return options.replace(**changes) if changes else options
