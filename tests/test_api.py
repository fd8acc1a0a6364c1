from __future__ import annotations

import pytest

import textmend
from textmend import Options, OptionsError, Plan, UnknownEncodingError, UnknownRuleError

VERBS = ("fix_text", "fix_encoding", "fix_and_explain", "check_text")


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("data", [b"x", bytearray(b"x"), memoryview(b"x")])
def test_bytes_are_refused_with_what_to_do(verb: str, data: object) -> None:
    with pytest.raises(TypeError, match=rf"{verb}\(\) takes a str, not .*data\.decode\("):
        getattr(textmend, verb)(data)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("data", [None, 1, ["x"]])
def test_other_types_are_refused(verb: str, data: object) -> None:
    with pytest.raises(TypeError, match=rf"{verb}\(\) takes a str, not {type(data).__name__}"):
        getattr(textmend, verb)(data)


@pytest.mark.parametrize("verb", ["replay", "undo"])
def test_plan_and_text_must_be_in_their_places(verb: str) -> None:
    plan = Plan((), "00", "00")
    with pytest.raises(TypeError, match="takes a Plan first"):
        getattr(textmend, verb)("text", plan)
    with pytest.raises(TypeError, match="Plan.from_dict"):
        getattr(textmend, verb)(plan.to_dict(), "text")
    with pytest.raises(TypeError, match="takes a str, not bytes"):
        getattr(textmend, verb)(plan, b"text")


@pytest.mark.parametrize("verb", VERBS)
def test_options_are_checked(verb: str) -> None:
    function = getattr(textmend, verb)
    with pytest.raises(OptionsError, match="options is a textmend.Options, not dict"):
        function("", {"profile": "tidy"})
    with pytest.raises(OptionsError, match="there is no option 'profil'"):
        function("", profil="tidy")


def test_unknown_codes_are_refused_with_the_nearest_known() -> None:
    with pytest.raises(UnknownRuleError, match="no rule 'TM999'; did you mean TM"):
        textmend.fix_text("", disable=["TM999"])


def test_unknown_encodings_are_refused_with_the_nearest_known() -> None:
    with pytest.raises(UnknownEncodingError, match="unknown encoding 'gkb': did you mean"):
        textmend.fix_text("", encodings=["gkb"])
    assert textmend.fix_text("", encodings=["GB18030", "latin-1"]) == ""


def test_changes_go_over_options(judged) -> None:
    judged()
    options = Options(disable=["TM102"])
    assert textmend.fix_and_explain("x", options, disable=["TM103"]).findings == ()


@pytest.mark.parametrize("text", ["", "a", "\0", "\ud800", "\n" * 3, "a" * 100_000])
def test_every_text_is_legal(text: str) -> None:
    assert textmend.fix_text(text) is text
    assert textmend.fix_and_explain(text).plan.steps == ()


def test_a_subclass_of_str_is_a_text() -> None:
    class Name(str):
        __slots__ = ()

    name = Name("plain")
    assert textmend.fix_text(name) is name
