from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmend import Options, OptionsError
from textmend.options import PROFILES, read_settings, settings_in


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
    with pytest.raises(OptionsError, match=r"no option 'colour'; .*min_confidence"):
        Options().replace(colour="red")


def test_an_option_that_is_nearly_known_is_named() -> None:
    with pytest.raises(OptionsError, match=r"no option 'profil'; did you mean 'profile'\?"):
        Options().replace(profil="tidy")


def write(directory: Path, name: str, text: str) -> Path:
    path = directory / name
    path.write_text(text, encoding="utf-8")
    return path


def test_textmend_toml_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, "textmend.toml", 'profile = "tidy"\ndisable = ["TM402"]\nmin-confidence = 0.99\n')
    settings = read_settings(path)
    assert settings.options == Options(profile="tidy", disable=["TM402"], min_confidence=0.99)
    assert settings.path == path
    assert settings.rest == {}


def test_the_table_of_pyproject_toml_is_read(tmp_path: Path) -> None:
    path = write(
        tmp_path, "pyproject.toml", '[tool.other]\nx = 1\n[tool.textmend]\nmin_confidence = 1\nenable = ["TM4"]\n'
    )
    assert read_settings(path).options == Options(min_confidence=1, enable=["TM4"])


def test_a_pyproject_toml_without_the_table_gives_the_defaults(tmp_path: Path) -> None:
    path = write(tmp_path, "pyproject.toml", "[tool.other]\nx = 1\n")
    assert read_settings(path).options == Options()
    assert settings_in(tmp_path) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('profil = "tidy"', r"textmend.toml: there is no option 'profil'; did you mean 'profile'\?"),
        ("min-confidense = 1", r"did you mean 'min-confidence'\?"),
        ("exclud = []", r"did you mean 'exclude'\?"),
        ("zzz = 1", "the options are profile, enable"),
        ('profile = "fix"', "textmend.toml: profile is one of"),
        ("min-confidence = 1\nmin_confidence = 1", "is there twice"),
        ("profile = ", "textmend.toml cannot be read: Invalid value"),
    ],
)
def test_a_bad_file_is_refused_by_name_with_a_reason(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(OptionsError, match=message):
        read_settings(write(tmp_path, "textmend.toml", text), also=("exclude",))


def test_a_file_that_is_no_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "textmend.toml").write_bytes(b'profile = "\xff"')
    with pytest.raises(OptionsError, match="cannot be read"):
        read_settings(tmp_path / "textmend.toml")


def test_a_tool_table_that_is_no_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OptionsError, match="is a table, not 1"):
        read_settings(write(tmp_path, "pyproject.toml", "[tool]\ntextmend = 1\n"))


def test_values_of_a_surface_are_handed_on(tmp_path: Path) -> None:
    path = write(tmp_path, "textmend.toml", 'exclude = ["build"]\nprofile = "plain"\nper-file-ignores = {a = []}\n')
    settings = read_settings(path, also=("exclude", "per_file_ignores"))
    assert settings.rest == {"exclude": ["build"], "per_file_ignores": {"a": []}}
    assert settings.options.profile == "plain"


def test_textmend_toml_comes_before_pyproject_toml(tmp_path: Path) -> None:
    project = write(tmp_path, "pyproject.toml", "[tool.textmend]\n")
    assert settings_in(tmp_path) == project
    own = write(tmp_path, "textmend.toml", "")
    assert settings_in(tmp_path) == own
