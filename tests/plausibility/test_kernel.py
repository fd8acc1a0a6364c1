"""The kernel in C gives the numbers that Python gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmend.plausibility import model as models
from textmend.plausibility.model import Model

pytest.importorskip("textmend._kernel", reason="textmend was installed without a compiler")

WORDS = (
    "", "x", "tout", "façade", "faÃ§ade", "MacOS", "d'été", "l’eau", "naïve…", "====", "ﬁn", "Straße", "İstanbul",
    "Привет,", "РџСЂРёРІРµС‚", "ёж", "Ωmega", "שלום", "السلام،", "中文字符", "中x文", "こんにちは", "ｶﾀｶﾅ",
    "안녕하세요",
    "हिन्दी", "ไทย", "ქართული", "አማርኛ", "ߒߞߏ", "\x85\x97", "\ud800", "\U0001f600", "a\u0301", "яa", "鈥檚", "\U000e0041",
)  # fmt: skip


@pytest.fixture(scope="module")
def both() -> tuple[Model, Model]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TEXTMEND_PURE", "1")
        pure = Model(models._MODEL.read_bytes())
        patch.delenv("TEXTMEND_PURE")
        fast = Model(models._MODEL.read_bytes())
    assert pure.compiled is None
    assert fast.compiled is not None
    return pure, fast


@pytest.mark.parametrize("word", WORDS)
def test_a_token_costs_the_same(both: tuple[Model, Model], word: str) -> None:
    pure, fast = both
    assert fast.token(word) == pure.token(word)


def test_clean_text_costs_the_same(both: tuple[Model, Model], root: Path) -> None:
    pure, fast = both
    for path in sorted((root / "fixtures" / "clean").rglob("*.txt")):
        for line in path.read_text(encoding="utf-8").split("\n")[::5]:
            assert fast.packed(line) == pure.packed(line)
            assert fast.cost(line) == pure.cost(line)
            assert fast.language(line) == pure.language(line)
            misread = line.encode("utf-8", "surrogatepass").decode("cp1251", "ignore")
            assert fast.packed(misread) == pure.packed(misread)


@given(st.text(max_size=40))
def test_any_text_costs_the_same(both: tuple[Model, Model], text: str) -> None:
    pure, fast = both
    packed = pure.packed(text)
    assert fast.packed(text) == packed
    for supposed in (False, True):
        assert fast.settle(packed, supposed=supposed) == pure.settle(packed, supposed=supposed)
    assert fast.latin(packed) == pure.latin(packed)
    assert fast.language(text) == pure.language(text)


@given(st.text(max_size=30), st.lists(st.text(max_size=8), max_size=4), st.lists(st.text(max_size=8), max_size=4))
def test_any_change_gains_the_same(both: tuple[Model, Model], text: str, before: list[str], after: list[str]) -> None:
    pure, fast = both
    shared = pure.packed(text)
    assert fast.gain(shared, before, after) == pure.gain(shared, before, after)
    assert fast.cost(text) == pure.cost(text)


def test_what_the_kernel_cannot_take_is_an_error(both: tuple[Model, Model]) -> None:
    kernel = both[1].compiled
    assert kernel is not None
    with pytest.raises(TypeError):
        kernel.token(b"x")  # type: ignore[arg-type]
    for bad in (kernel.packed, kernel.cost):
        with pytest.raises(TypeError):
            bad(b"x")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        kernel.gain(0, [1], [])  # type: ignore[list-item]
    with pytest.raises(OverflowError):
        kernel.gain(-1, [], [])
    with pytest.raises(OverflowError):
        kernel.settle(-1, False)
    with pytest.raises(OverflowError):
        kernel.settle(1 << 100_000, False)


def test_a_kernel_is_set_up_once_and_checks_its_tables(both: tuple[Model, Model]) -> None:
    from textmend import _kernel

    with pytest.raises(ValueError, match="needs"):
        _kernel.Kernel({}, [], None)
    kernel = both[1].compiled
    with pytest.raises(RuntimeError, match="once"):
        kernel.__init__({}, [], None)
