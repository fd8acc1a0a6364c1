"""How likely is all of a restored line?"""

from __future__ import annotations

import pytest

from textmend.misreadings import trust
from textmend.misreadings.restored import Lost, Restored


def _line(text: str, *at: int, share: float = 0.6, marked: bool = False) -> Restored:
    losses = tuple(Lost(one, "dropped", b"", text[one], one, ((text[one], 0.9),)) for one in at)
    return Restored(text, losses, 0, (), 0.0, share, marked=marked)


def test_the_likelier_the_best_way_the_likelier_the_line() -> None:
    likely = [trust.likely(_line("vivait à Orléans", 7, share=share)) for share in (0.0, 0.3, 0.6, 0.9, 1.0)]
    assert likely == sorted(likely)
    assert 0.0 < likely[0] < 0.1
    assert 0.9 < likely[-1] < 1.0


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (_line("la forêt", 6), _line("la forêq", 6)),  # a word that is known
        (_line("fini – oui", 5), _line("fini– ouis", 4)),  # a dash between spaces
        (_line("太贵了——不买", 3), _line("太贵了—不买吗", 3)),  # two of them in East Asian text
        (_line("la forêt", 6), _line("la ➰êt", 3)),  # no picture
        (_line("vyhledávání", 10), _line("vyhledávánÍ", 10)),  # no capital behind a small letter
        (_line("中国人", 1), _line("κολ", 1)),  # an East Asian character
        (_line("la forêt", 6), _line("la forêt", 6, marked=True)),
        (_line("au fond de la forêt", 17), _line("la forêt", 6)),  # a longer line
    ],
)
def test_what_a_line_is_like_tells_how_far_its_share_is_to_be_trusted(better: Restored, worse: Restored) -> None:
    assert trust.likely(better) > trust.likely(worse)


def test_a_legacy_original_has_fewer_signs_that_may_have_stood_there() -> None:
    line = _line("la forêt", 6)
    assert trust.likely(line, legacy=True) > trust.likely(line)


@pytest.mark.parametrize(("kind", "guess"), [("dropped", True), ("altered", False)])
def test_a_picture_is_a_guess_but_where_a_space_tells_which_byte_it_stands_for(kind: str, *, guess: bool) -> None:
    lost = Lost(0, kind, b"\xa0", "⚠", 1, (("⚠", 0.9),))
    line = Restored("⚠ Atenção", (lost,), 0, (), 0.0, 0.6, marked=False)
    assert trust.guessed(line, lost) == guess
