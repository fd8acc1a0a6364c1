"""UTF-8 that verifies itself is told in C as Python tells it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmend import compiled, encodings
from textmend.encodings import garble
from textmend.misreadings import verifying

SINGLE = [name for name in encodings.READERS if encodings.get(name).width == "single"]
SENTENCES = (
    "Les élèves étaient là, déjà.",
    "L’été à Paris, c’est déjà fini: 12 €, le 7.º jour.",
    "Er aß Süßes in der Straße – „gut“.",
    "Все люди рождаются свободными",
    "Καλημέρα, 1998",
    "שָׁלוֹם עולם, בוקר",
    "السلام عليكم",
    "这是一个测试 SSL问题",
    "这里有一个测试SSL问题，Rust的Rust周报",
    "abc中文 d茅j脿",
    "“So,” she said — it’s 😀 over.",
    "e\u0301te\u0301 nai\u0308ve",
    "ĳ ǵ ȟ naïve ð þ",
    "å ä ö",
    "è",
    "Straße|Größe|Füße",
    "La méthode où naît l'élément est fermée",
    "Na botalaka ’te kondima limemya ya bato",
    "Mɔ̃gɔ̃ bɛ́ɛ́ n̩tɛ́ à̩wé",
)
PIECES = (
    *"aeé Ã©¨â€™Â\xa0\x81ÐŸ½°º7.€",
    "dÃ©jÃ\xa0",
    " cafÃ©",
    "\ufffd",
    "\ud800",
    "\0",
    "鈥",
    "ðŸ˜€",
    "РџСЂ",
    "ä¸\xadæ–‡",
    "SSLé—®é¢˜",
    "\n",
)


@pytest.mark.parametrize("read", SINGLE)
@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_kernel_verifies_as_python_does(sentence: str, read: str) -> None:
    for text in (sentence, *sentence.split(), f"{sentence} " * 3):
        for errors in ("strict", "drop"):
            seen = garble(text, "utf-8", read, errors)
            for shown in () if seen is None else (seen, seen + " é", seen.replace(" ", "\xa0")):
                verifying.verified.cache_clear()
                assert verifying.verified(shown) == verifying.verified_slowly(shown)


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_the_kernel_verifies_any_text_as_python_does(text: str) -> None:
    assert verifying.verified(text) == verifying.verified_slowly(text)


@pytest.mark.parametrize("text", ["Ã©" * 40_000, "dÃ©jÃ\xa0 " * 9_000, "ÃÂ" * 9_000, "\ud800" * 999, "Ã©\0" * 999])
def test_long_and_odd_texts_are_verified_alike(text: str) -> None:
    assert verifying.verified(text) == verifying.verified_slowly(text)


def test_the_kernel_is_asked_where_it_is() -> None:
    kernels = verifying.kernels()
    if compiled.kernel() is None:
        pytest.skip("textmend was installed without a compiler")
    assert kernels is not None
    verified = kernels[1]
    assert [found[:2] for found in verified("dÃ©jÃ\xa0 vu, cafÃ©") or ()] == [("déjà vu, café", "cp1252")]
    assert verified("Russia鈥檚 foothold") is None  # readers of several bytes a sign are left to Python
    assert verified("plain") == []
    with pytest.raises(TypeError):
        verified(b"plain")  # type: ignore[arg-type]


def test_a_rare_reader_is_counted_as_its_rivals_are() -> None:
    seen = garble("Ndaikatúj oimeháicha reínte ojeikévo peteĩ tapicha rekovépe, hóga, hogapy térã", "utf-8", "cp1253")
    assert seen is not None
    assert not verifying.verified(seen)  # the rare reader makes õ of what was á
