"""textmend finds out how a text was garbled and undoes it, provably.

    >>> import textmend
    >>> textmend.fix_text("Russia鈥檚 army")
    'Russia’s army'

The way of the data:

    text --rules (misreadings first)--> plan --> text

`fix_text` repairs a text, `fix_and_explain` also says what was done, `check_text` only looks.
`undo` takes a repair back, `replay` makes it again. `Options` says what to repair.

Nothing but the names below is public. Importing the package loads next to nothing: each name
is loaded when it is first used.
"""

from __future__ import annotations

__version__ = "0.1.0"

TYPE_CHECKING = False  # a type checker takes it for true; importing typing costs milliseconds
if TYPE_CHECKING:
    from textmend.api import (
        check_text,
        fix_and_explain,
        fix_encoding,
        fix_text,
        replay,
        undo,
    )
    from textmend.bytes_api import detect, detect_all, fix_bytes
    from textmend.errors import (
        DataError,
        OptionsError,
        PlanError,
        PlanFormatError,
        PlanMismatchError,
        TextmendError,
        UnknownEncodingError,
        UnknownRuleError,
    )
    from textmend.options import Options
    from textmend.pooling import fix_lines
    from textmend.results import (
        Alternative,
        BytesPlan,
        BytesRepair,
        Detection,
        Finding,
        Loss,
        Part,
        Plan,
        Repair,
        Segment,
        Step,
    )

__all__ = [
    "Alternative",
    "BytesPlan",
    "BytesRepair",
    "DataError",
    "Detection",
    "Finding",
    "Loss",
    "Options",
    "OptionsError",
    "Part",
    "Plan",
    "PlanError",
    "PlanFormatError",
    "PlanMismatchError",
    "Repair",
    "Segment",
    "Step",
    "TextmendError",
    "UnknownEncodingError",
    "UnknownRuleError",
    "check_text",
    "detect",
    "detect_all",
    "fix_and_explain",
    "fix_bytes",
    "fix_encoding",
    "fix_lines",
    "fix_text",
    "replay",
    "undo",
]

# where each public name lives; a test compares it with __all__
_HOMES = {
    "api": ("check_text", "fix_and_explain", "fix_encoding", "fix_text", "replay", "undo"),
    "bytes_api": ("detect", "detect_all", "fix_bytes"),
    "errors": (
        "DataError",
        "OptionsError",
        "PlanError",
        "PlanFormatError",
        "PlanMismatchError",
        "TextmendError",
        "UnknownEncodingError",
        "UnknownRuleError",
    ),
    "options": ("Options",),
    "pooling": ("fix_lines",),
    "results": (
        "Alternative",
        "BytesPlan",
        "BytesRepair",
        "Detection",
        "Finding",
        "Loss",
        "Part",
        "Plan",
        "Repair",
        "Segment",
        "Step",
    ),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for (PEP 562)."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'textmend' has no attribute {name!r}")
    import importlib

    value: object = getattr(importlib.import_module(f"textmend.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names, loaded or not."""
    return sorted([*__all__, "__version__"])
