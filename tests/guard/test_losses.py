"""Lost text is told from honest edits."""

from __future__ import annotations

import hypothesis
import pytest
from hypothesis import strategies

from textmend.guard.losses import lost_places

WORDS = strategies.text(strategies.sampled_from("abc äöüßé中文は привет’“”—…!.,"), min_size=1, max_size=40).filter(
    lambda text: not text.isascii()
)


def repaired(old: str, new: str, *, doubted: bool = True) -> str:
    """Return the new line with what was lost put back."""
    for place in reversed(lost_places(old, new, doubted=doubted)):
        new = new[: place.start] + place.was + new[place.end :]
    return new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Größe", "Gr??e"),
        ("Größe", "Gr\ufffd\ufffde"),
        ("Größe der Bücher", "Gr????e der B??cher"),
        ("It’s", "It?s"),
        ("“Hello”", "?Hello?"),
        ("5 €", "5 ?"),
        ("中文说明，测试。", "????????"),
        ("中文说明 abc 测试", "???? abc ??"),
        ("really? Größe?", "really? Gr??e?"),
        ("Größe", "Grï¿½ï¿½e"),
        ("Größe", "Gr锟斤拷e"),
        ("café naïve Größe", "caf nave Gre"),
    ],
)
def test_a_line_that_only_lost_text_comes_back_whole(old: str, new: str) -> None:
    assert repaired(old, new) == old


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("Größe der Bücher", "Gr??e vieler B?cher", "Größe vieler Bücher"),
        ("alte Größe", "neue Gr??e, klar", "neue Größe, klar"),
    ],
)
def test_other_edits_of_the_line_stay(old: str, new: str, wanted: str) -> None:
    assert repaired(old, new) == wanted


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Wer？", "Wer?"),
        ("Is it…", "Is it?"),
        ("plain", "plain?"),
        ("Größe", "Größe?"),
        ("Größe", "Groesse"),
        ("café", "cafe"),
        ("café", "caf"),
        ("说明（中文）abc", "abc"),
        ("see “this”", "see this"),
        ("naïve text", "text"),
        ("Größe", ""),
        ("a \ufffd b é", "a \ufffd c é"),
        ("costs 5 € or so", "costs what?"),
    ],
)
def test_an_honest_edit_is_left_alone(old: str, new: str) -> None:
    assert lost_places(old, new) == []


@hypothesis.given(WORDS, strategies.sampled_from(["ascii", "cp1252", "cp1251"]))
def test_whatever_an_encoding_cannot_hold_comes_back(line: str, encoding: str) -> None:
    lossy = line.encode(encoding, "replace").decode(encoding)
    if lossy != line:
        assert repaired(line, lossy, doubted=False) == line


@hypothesis.given(strategies.text(max_size=40), strategies.text(max_size=40))
def test_places_ascend_and_hold_what_they_say(old: str, new: str) -> None:
    done = 0
    for place in lost_places(old, new):
        assert place.start >= done
        assert new[place.start : place.end] == place.now
        assert place.was in old
        done = place.end
