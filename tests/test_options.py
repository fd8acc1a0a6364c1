from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmend import Options, OptionsError
from textmend.options import PROFILES


def test_the_defaults() -> None:
    options = Options()
    assert options.profile == "repair"
    assert options.min_confidence == 0.9
    assert (options.enable, options.disable, options.languages, options.encodings) == ((),) * 4


def test_lists_become_tuples() -> None:
    options = Options(disable=["TM101"], languages=["zh-Hant"], encodings=["gbk"])
    assert options.disable == ("TM101",)
    assert hash(options) == hash(Options(disable=("TM101",), languages=("zh-Hant",), encodings=("gbk",)))


def test_only_by_keyword() -> None:
    with pytest.raises(TypeError):
        Options("tidy")


def test_frozen() -> None:
    with pytest.raises(AttributeError):
        Options().profile = "tidy"


@given(
    st.builds(
        Options,
        profile=st.sampled_from(PROFILES),
        disable=st.lists(st.sampled_from(["TM", "TM1", "TM101"])),
        min_confidence=st.floats(0, 1),
    )
)
def test_options_survive_pickling(options: Options) -> None:
    assert pickle.loads(pickle.dumps(options)) == options  # noqa: S301  our own bytes


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"profile": "fix"}, "profile is one of repair, tidy, plain, not 'fix'"),
        ({"profile": None}, "profile is one of"),
        ({"enable": "TM101"}, "enable is a list or tuple of rule codes"),
        ({"disable": ["TM1011"]}, "disable holds rule codes"),
        ({"disable": ["tm101"]}, "not 'tm101'"),
        ({"disable": [101]}, "not 101"),
        ({"enable": [""]}, "not ''"),
        ({"enable": None}, "not None"),
        ({"min_confidence": 1.5}, "a probability from 0 to 1, not 1.5"),
        ({"min_confidence": -0.1}, "a probability"),
        ({"min_confidence": float("nan")}, "not nan"),
        ({"min_confidence": True}, "not True"),
        ({"min_confidence": "0.9"}, "not '0.9'"),
        ({"languages": ["English"]}, "language tags"),
        ({"languages": "en"}, "languages is a list"),
        ({"encodings": [b"gbk"]}, "names of encodings"),
    ],
)
def test_bad_values_are_refused_with_a_reason(changes: dict[str, object], message: str) -> None:
    with pytest.raises(OptionsError, match=message):
        Options(**changes)
    with pytest.raises(OptionsError, match=message):
        Options().replace(**changes)


def test_an_unknown_option_is_refused_and_the_known_ones_named() -> None:
    with pytest.raises(OptionsError, match=r"no option 'profil'; .*min_confidence"):
        Options().replace(profil="tidy")
