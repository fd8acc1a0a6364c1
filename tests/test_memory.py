"""What is given back is memory alone: nothing that a file says changes."""

from __future__ import annotations

import io

import pytest

from textmend import memory
from textmend.files import stream
from textmend.files.charsets import Charset
from textmend.files.formats import FORMATS, Settings
from textmend.pooling import Mender


def test_pure_python_gives_nothing_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTMEND_PURE", "1")
    memory._giving.cache_clear()
    try:
        memory.give_back()
    finally:
        memory._giving.cache_clear()


@pytest.mark.parametrize("garbled", [True, False])
def test_memory_is_given_back_after_pieces_that_change(monkeypatch: pytest.MonkeyPatch, *, garbled: bool) -> None:
    given: list[None] = []
    monkeypatch.setattr(memory, "give_back", lambda: given.append(None))
    data = ("Russia鈥檚\n" if garbled else "Russia’s\n").encode()
    found = stream.pieces(io.BytesIO(data), Charset("utf-8"), FORMATS[0].scanner(Settings()), Mender())
    assert [piece.new for piece in found] == ["Russia’s\n"]
    assert len(given) == garbled
