"""Whether a text need be judged at all, for those that look at many texts."""

from __future__ import annotations

from collections.abc import Callable

from textmend.misreadings import clues, glance


def scanner() -> Callable[[str], int]:
    """Return the function that scans a text; where it says 0, nothing was misread or lost, else `clue` tells.

    >>> scanner()("plain"), scanner()("cafÃ©")
    (0, 1)
    """
    return clues.load()._scan  # noqa: SLF001 - a function around it would take as long as the scan of a line


def clue(text: str) -> bool:
    """Tell whether a text can have been misread or holds marks of lost text.

    >>> clue("Привет, world"), clue("锟斤拷")
    (False, True)
    """
    return glance.look(text) != (False, False)
