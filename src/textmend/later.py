"""A result whose account is made when somebody first asks for it.

Most texts are clean. Digests, parts and segments would take longer than to see that, and hardly anyone looks at them.
"""

from __future__ import annotations

from collections.abc import Callable

TYPE_CHECKING = False  # a type checker takes it for true; importing typing costs milliseconds
if TYPE_CHECKING:
    from typing import Any, Self


# Looking these up each time would take a tenth of the time that a short text takes.
_new = object.__new__
_set = object.__setattr__


class Later:
    """The base of frozen, slotted dataclasses with a field `text` whose other fields may be filled in later.

    >>> from dataclasses import dataclass
    >>> @dataclass(frozen=True, slots=True)
    ... class Counted(Later):
    ...     text: str
    ...     size: int
    >>> Counted.untouched("abc", lambda text: Counted(text, len(text))).size
    3
    """

    __slots__ = ("_made",)

    @classmethod
    def untouched(cls, text: str, made: Callable[[str], Later]) -> Self:
        """Return the result for a text in which nothing was found.

        made: makes the whole result of the text; it is called once, if at all.
        """
        new = _new(cls)
        _set(new, "text", text)
        _set(new, "_made", made)
        return new

    if not TYPE_CHECKING:  # to a type checker all fields are there

        def __getattr__(self, name: str) -> Any:
            """Fill in the fields; Python comes here only for what is not there yet."""
            fields = type(self).__dataclass_fields__
            if name not in fields:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            whole = object.__getattribute__(self, "_made")(object.__getattribute__(self, "text"))
            for field in fields:
                if field != "text":  # that is the object that was given
                    object.__setattr__(self, field, getattr(whole, field))
            return object.__getattribute__(self, name)
