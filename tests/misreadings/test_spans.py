"""Places and proof: what is changed is proved by garbling it again."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from textmend.encodings import garble
from textmend.misreadings import originals, spans
from textmend.misreadings.restored import Lost, Restored

WORDS = ["été", "it’s", "Straße", "Привет", "中文", "日本", "한국", "“So”", "—", "žluť", "ñ", "…"]
READERS = ["cp1252", "iso-8859-1", "cp1251", "gbk", "cp932", "cp437"]
CHAIN = ("utf-8>cp1252",)

words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6)


@given(words, st.sampled_from(READERS))
def test_what_was_garbled_is_proved(some: list[str], read: str) -> None:
    text = " ".join(some)
    garbled = garble(text, "utf-8", read)
    assume(garbled is not None)
    assert garbled is not None
    undone = spans.undo_chain(garbled, (f"utf-8>{read}",))
    if undone == text:
        assert spans.proved(garbled, text, (f"utf-8>{read}",))


@given(words, st.integers(0, 40), st.sampled_from("éeЖ中’”—a "))
def test_an_altered_candidate_is_not_proved(some: list[str], at: int, other: str) -> None:
    text = " ".join(some)
    garbled = garble(text, "utf-8", "iso-8859-1")
    assert garbled is not None
    at %= len(text)
    altered = text[:at] + other + text[at + 1 :]
    assume(altered != text)
    assert not spans.proved(garbled, altered, ("utf-8>iso-8859-1",))
    assert not spans.proved(garbled, text + other, ("utf-8>iso-8859-1",))


@pytest.mark.parametrize(
    ("before", "after", "chain"),
    [
        ("鈥檚", "’s", ("utf-8>gbk",)),
        ("Ã©", "é", CHAIN),
        ("ÃƒÂ©", "é", CHAIN * 2),
        ("Ïðèâåò", "Привет", ("cp1251>cp1252",)),
        ("ÎÒÃÇ", "我们", ("gbk>cp1252",)),
        ("扂蠅", "我们", ("gbk>big5",)),
        (r"\u00c3\u00a9", "é", ("utf-8>cp1252", "backslash-u>ascii")),
        ("í\xa0½í¸\x80", "😀", ("utf-8>iso-8859-1",)),
    ],
)
def test_proofs(before: str, after: str, chain: tuple[str, ...]) -> None:
    assert spans.proved(before, after, chain)
    for wrong in (after[:-1], f"{after}.", f"x{after}", after.upper() + "Ж", "", before):
        assert not spans.proved(before, wrong, chain)


@pytest.mark.parametrize(
    ("before", "after", "chain"),
    [
        ("Ã©", "é", ("utf-8>gbk",)),
        ("Ã©", "é", CHAIN * 2),
        ("é", "é", CHAIN),
        ("", "", CHAIN),
        ("Ã©", "é", ("cp1251>cp1252",)),
        ("Ïðèâåò", "Привет", ("koi8-r>cp1252",)),
    ],
)
def test_another_chain_is_no_proof(before: str, after: str, chain: tuple[str, ...]) -> None:
    assert not spans.proved(before, after, chain)


def test_a_chain_is_undone_from_its_end() -> None:
    chain = ("utf-8>cp1252", "utf-8>cp850")
    garbled = garble(garble("déjà", "utf-8", "cp1252") or "", "utf-8", "cp850")
    assert garbled is not None
    assert spans.undo_chain(garbled, chain) == "déjà"
    assert spans.undo_chain(garbled, chain[::-1]) is None
    assert spans.undo_chain("plain", chain) is None


# -- places


@given(
    words, st.sampled_from(["cp1252", "iso-8859-1", "cp1251", "cp437", "gbk"]), st.sampled_from(["", "é ", "a ", "中 "])
)
def test_places_ascend_and_rebuild_the_candidate(some: list[str], read: str, healthy: str) -> None:
    garbled = garble(" ".join(some), "utf-8", read)
    assume(garbled is not None)
    line = f"{healthy}{garbled}"
    chain = (f"utf-8>{read}",)
    candidate = spans.undo_chain(line, chain)
    assume(candidate is not None)
    assert candidate is not None
    pieces, done = [], 0
    for start, before, after in spans.places(line, candidate, chain):
        assert start >= done
        assert line[start : start + len(before)] == before != after
        assert spans.proved(before, after, chain)
        pieces += [line[done:start], after]
        done = start + len(before)
    assert "".join(pieces) + line[done:] in {candidate, line}


def test_no_place_for_a_candidate_that_the_chain_does_not_make() -> None:
    assert spans.places("cafÃ©", "cafe", CHAIN) == []
    assert spans.places("cafÃ©", "caféé", CHAIN) == []


def test_unchanged_ends_are_left_out_where_that_is_proved() -> None:
    assert spans.places("a Ïðèâåò!", "a Привет!", ("cp1251>cp1252",)) in (
        [(0, "a Ïðèâåò!", "a Привет!")],
        [(2, "Ïðèâåò", "Привет")],
    )


# -- lossy places


def _restored(line: str, read: str) -> Restored:
    restored = originals.restore(line, read)
    assert restored is not None
    return restored


LOSSY = [
    ("with our colleagues and partners.鈥", "gbk"),
    ("has 鈥 whether it is so, and it鈥檚 late", "gbk"),
    ("He said “so” and â€œyesâ€ to it", "cp1252"),
]


@pytest.mark.parametrize(("line", "read"), LOSSY)
@pytest.mark.parametrize("certain", [frozenset(range(9)), frozenset({0}), frozenset[int]()])
def test_lossy_places(line: str, read: str, certain: frozenset[int]) -> None:
    restored = _restored(line, read)
    places = spans.lossy_places(line, restored, certain)
    given = [number in certain for number in range(len(restored.losses))]
    assert places
    done = 0
    for start, before, after, losses in places:
        assert start >= done
        done = start + len(before)
        assert line[start:done] == before != after
        last = 0
        for loss in losses:
            assert last <= loss.start < loss.end <= len(after)
            last = loss.end
            assert sum(each.probability for each in loss.alternatives) <= 1.0001
            ranked = [each.probability for each in loss.alternatives]
            assert ranked == sorted(ranked, reverse=True)
            if given.pop(0):
                assert after[loss.start : loss.end] == loss.chosen == loss.alternatives[0].text
                assert loss.lost
            else:
                assert loss.chosen == "\ufffd" == after[loss.start]
                assert loss.lost == b""


def test_an_undecided_sign_is_a_mark_with_its_alternatives() -> None:
    (place,) = spans.lossy_places("partners.鈥", _restored("partners.鈥", "gbk"), frozenset())
    assert place[2] == "\ufffd"
    assert place[3][0].alternatives[0].text == "”"


@settings(max_examples=25)
@given(st.lists(st.sampled_from(["“So", "it’s", "the", "end.”", "was —", "…and", "naïve"]), min_size=1, max_size=5))
def test_losses_lead_back_to_the_line(some: list[str]) -> None:
    text = " ".join(some)
    line = garble(text, "utf-8", "gbk", "drop")
    assert line is not None
    restored = originals.restore(line, "gbk") if line != text else None
    assume(restored is not None)
    assert restored is not None
    shown = line
    for start, before, after, _ in reversed(spans.lossy_places(line, restored, frozenset(range(len(restored.losses))))):
        shown = shown[:start] + after + shown[start + len(before) :]
    assert shown == restored.text


def _lost(*shares: float, share: float = 0.5, end: str = ".") -> Restored:
    losses = tuple(Lost(at, "dropped", b"", "x", at, (("x", share),)) for at, share in enumerate(shares))
    return Restored("x" * len(shares) + end, losses, 0, (), 0.0, share, marked=False)


def test_a_likely_line_comes_back_whole() -> None:
    assert spans.decided(_lost(0.5, 0.9, share=0.8)) == {0, 1}


def test_the_doubt_of_a_line_is_bounded() -> None:
    assert spans.decided(_lost(0.99, 0.5, 0.985)) == {0, 2}
    assert spans.decided(_lost(0.97)) == set()
    assert spans.decided(_lost(0.98, 0.98, 0.99)) == {1, 2}  # all three would be wrong too often


def test_a_dash_is_not_restored_by_itself() -> None:
    dash = _lost(0.99, 0.5)._replace(
        losses=(Lost(0, "dropped", b"", "—", 0, (("—", 0.99),)), *_lost(0.9, 0.5).losses[1:])
    )
    assert spans.decided(dash) == set()


def test_a_letter_that_a_line_was_cut_in_is_apart_from_the_others() -> None:
    assert spans.decided(_lost(0.9, 0.4, share=0.6, end="")) == {0}
    assert spans.decided(_lost(0.9, 0.8, share=0.7, end="")) == {0}
    assert spans.decided(_lost(0.9, 0.95, share=0.9, end="")) == {0, 1}


def test_what_is_likely_enough_is_no_sign_that_too_much_was_lost() -> None:
    assert spans.unlikely(_lost(0.95, 0.3, 0.99)) == 1
    assert spans.unlikely(_lost(0.5, 0.9, share=0.9)) == 0
