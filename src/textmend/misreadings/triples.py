"""A large set of strings of three signs in little memory."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

_SIZE: Final = 3


class Triples:
    """The set, as one string of all its members, which ascend: a set of Python takes twenty times the memory.

    >>> "def" in Triples("abcdef"), "bcd" in Triples("abcdef")
    (True, False)
    """

    __slots__ = ("_joined", "_places")

    def __init__(self, joined: str) -> None:
        self._joined = joined
        self._places = range(0, len(joined), _SIZE)

    def __contains__(self, triple: str) -> bool:
        """Return whether it is a member."""
        joined = self._joined
        at = bisect_left(self._places, triple, key=lambda place: joined[place : place + _SIZE])
        return len(triple) == _SIZE and joined.startswith(triple, at * _SIZE)
