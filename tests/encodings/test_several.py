"""Pairs of bytes are what the decoders say of each."""

from __future__ import annotations

import pytest

from textmend import encodings


@pytest.mark.parametrize("name", ["gbk", "cp932", "big5", "cp949", "euc-jp", "gb18030", "johab"])
def test_every_pair_is_what_the_decoder_reads(name: str) -> None:
    alone = encodings.singles(name)
    for first in range(0x80, 0x100, 3):
        if alone[first] is not None:
            continue
        for second, sign in enumerate(encodings.pairs(first, name)):
            read = encodings.read(bytes((first, second)), name)
            assert read == (sign or None)


def test_what_is_alone() -> None:
    assert [byte for byte, sign in enumerate(encodings.singles("euc-jp")) if sign is None and byte < 0x80] == []
    assert encodings.singles("gbk")[0x80] == "€"
