"""The stand-in for ftfy: its names, defaults and types, and its results where they are right."""

from __future__ import annotations

import importlib
import inspect
import io
import sys
import unicodedata

import ftfy as original
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmend.compat import ftfy

# The public functions and classes of ftfy 6, as its documentation lists them.
NAMES = (
    "ExplainedText",
    "ExplanationStep",
    "TextFixerConfig",
    "apply_plan",
    "explain_unicode",
    "fix_and_explain",
    "fix_encoding",
    "fix_encoding_and_explain",
    "fix_file",
    "fix_text",
    "fix_text_segment",
    "ftfy",
    "guess_bytes",
    "is_bad",
)
MODULES = (
    "bad_codecs",
    "bad_codecs.sloppy",
    "bad_codecs.utf8_variants",
    "badness",
    "chardata",
    "cli",
    "fixes",
    "formatting",
)

# What both give for these is the same: no misreading is in them that only one of the two knows.
SAME = (
    "",
    "plain",
    "schÃ¶n",
    "âœ” No problems",
    "Broken text&hellip; it&#x2019;s ﬂubberiﬁc!",
    "&lt;b&gt; &amp;amp;amp; &EACUTE; &nothing; &#20x6; AT&T",
    "<b>&amp;</b>",
    "one\r\ntwo\rthree\u2028four\u2029five\x85six",
    "“curly” ‘quotes’ ʼ „low‟",
    "\ufeffmark \x00\x1f\x7f\ufffc\ufff9 controls",
    "\x1b[31;1mred\x1b[0m",
    "cafe\u0301 \u1100\u1161",
    "\ud83d\udca9 \ud83d lone",
    "한국어 텍스트, 日本語、русский текст",
    "&macr;\\_(ã\x83\x84)_/&macr;",
)

CONFIGS = (
    {},
    {"unescape_html": True},
    {"unescape_html": False},
    {"uncurl_quotes": False, "fix_latin_ligatures": False},
    {"fix_line_breaks": False, "remove_control_chars": False, "remove_terminal_escapes": False},
    {"normalization": None},
    {"normalization": "NFD"},
    {"normalization": "NFKC"},
    {"normalization": "NFKD", "fix_encoding": False},
    {"fix_surrogates": False, "fix_character_width": False},
)


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_is_there_with_the_same_signature(name: str) -> None:
    ours, theirs = getattr(ftfy, name), getattr(original, name)
    assert list(inspect.signature(ours).parameters) == list(inspect.signature(theirs).parameters)
    for one, other in zip(
        inspect.signature(ours).parameters.values(), inspect.signature(theirs).parameters.values(), strict=True
    ):
        assert (one.kind, one.default) == (other.kind, other.default)


@pytest.mark.parametrize("name", MODULES)
def test_every_module_is_there_with_its_names(name: str) -> None:
    ours = importlib.import_module(f"textmend.compat.ftfy.{name}")
    theirs = importlib.import_module(f"ftfy.{name}")
    wanted = {
        each
        for each, value in vars(theirs).items()
        if getattr(value, "__module__", None) == theirs.__name__ and not each.startswith("_")
    }
    assert wanted <= set(vars(ours))


def test_the_classes_are_ftfys_own() -> None:
    assert ftfy.TextFixerConfig is original.TextFixerConfig
    assert ftfy.ExplainedText is original.ExplainedText
    assert ftfy.ExplanationStep is original.ExplanationStep


@pytest.mark.parametrize("config", CONFIGS, ids=str)
@pytest.mark.parametrize("text", SAME)
def test_results_and_plans_are_the_same(text: str, config: dict) -> None:
    assert ftfy.fix_text(text, **config) == original.fix_text(text, **config)
    assert ftfy.fix_text_segment(text, **config) == original.fix_text_segment(text, **config)
    ours, theirs = ftfy.fix_and_explain(text, **config), original.fix_and_explain(text, **config)
    assert ours.text == theirs.text
    assert ours.explanation == theirs.explanation or ("apply", "undo_misreadings") in (ours.explanation or ())


def test_an_option_counts_with_and_without_explanations() -> None:
    text = "four\u2029five\x85six"
    for explain in (True, False):
        config = ftfy.TextFixerConfig(fix_c1_controls=False, explain=explain)
        assert ftfy.fix_and_explain(text, config).text == "four\nfive\nsix"


@pytest.mark.parametrize("text", [*SAME, "l’humanitÃ©", "Russia鈥檚 army", "voilÃ le travail", "cafe\u0301 Ã©"])
def test_a_plan_leads_to_the_result(text: str) -> None:
    fixed, plan = ftfy.fix_and_explain(text)
    assert ftfy.apply_plan(text, plan) == fixed
    fixed, plan = ftfy.fix_encoding_and_explain(text)
    assert ftfy.apply_plan(text, plan) == fixed


def test_more_misreadings_are_undone() -> None:
    assert ftfy.fix_encoding("Russia鈥檚 foothold") == "Russia’s foothold"
    assert ftfy.fix_text("Russia鈥檚 foothold") == "Russia's foothold"


def test_a_plan_may_hold_a_normal_form() -> None:
    assert ftfy.apply_plan("e\u0301", [("normalize", "NFC")]) == "é"


@pytest.mark.parametrize("plan", [[("dance", "tango")], [("apply", "no_such_function")]])
def test_an_unknown_step_is_refused(plan: list) -> None:
    with pytest.raises(ValueError, match="Unknown"):
        ftfy.apply_plan("a", plan)


@pytest.mark.parametrize("function", [ftfy.fix_text, ftfy.fix_text_segment, ftfy.fix_encoding, ftfy.fix_and_explain])
def test_bytes_are_refused_like_in_ftfy(function) -> None:
    with pytest.raises(UnicodeError, match="this isn't Unicode"):
        function(b"bytes")


def test_an_unknown_option_is_refused_like_in_ftfy() -> None:
    with pytest.raises(ValueError, match="unexpected field names"):
        ftfy.fix_text("a", no_such_option=True)


def test_the_old_name_of_an_option_still_works() -> None:
    with pytest.deprecated_call():
        assert ftfy.fix_text("&amp;\n<p>\n&amp;", fix_entities=True) == "&\n<p>\n&"


def test_entities_stay_from_the_first_line_with_a_tag_on() -> None:
    text = "&amp; one\n&amp; <b>\n&amp; three"
    assert ftfy.fix_text(text) == original.fix_text(text) == "& one\n&amp; <b>\n&amp; three"


def test_without_explanation() -> None:
    config = ftfy.TextFixerConfig(explain=False)
    assert ftfy.fix_and_explain("schÃ¶n", config) == ("schön", None)


def test_misreadings_can_be_left() -> None:
    assert ftfy.fix_text("schÃ¶n", fix_encoding=False) == "schÃ¶n"
    assert ftfy.fix_encoding_and_explain("schÃ¶n", fix_encoding=False) == ("schÃ¶n", [])


def test_a_file_is_repaired_line_by_line() -> None:
    data = "schÃ¶n\nvoilà\n".encode()
    assert list(ftfy.fix_file(io.BytesIO(data), encoding="utf-8")) == ["schön\n", "voilà\n"]
    assert list(ftfy.fix_file(io.BytesIO(data))) == ["schön\n", "voilà\n"]
    assert list(ftfy.fix_file(io.StringIO("&amp;\n<p>\n&amp;"))) == ["&\n", "<p>\n", "&amp;"]


def test_the_command(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    from textmend.compat.ftfy.cli import main

    source, target = tmp_path / "in.txt", tmp_path / "out.txt"
    source.write_bytes("schÃ¶n\n".encode())
    assert main([str(source)]) == 0
    assert capsys.readouterr().out == "schön\n"
    assert main([str(source), "-o", str(target)]) == 0
    assert target.read_text(encoding="utf-8") == "schön\n"
    assert main([str(source), "-o", str(source)]) == 1
    assert main([str(source), "-e", "ascii"]) == 1
    assert "couldn't be decoded" in capsys.readouterr().err


@given(st.text(st.characters(codec="utf-8"), max_size=60), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_normal_forms_are_unicodes(text: str, form: str) -> None:
    plan = [("normalize", form)]
    assert ftfy.apply_plan(text, plan) == unicodedata.normalize(form, text)


def test_ftfy_is_loaded_by_nothing_else() -> None:
    import subprocess

    code = "import sys, textmend; textmend.fix_text('schÃ¶n', profile='plain'); print('ftfy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_ftfy_is_asked_where_it_may_know_better() -> None:
    # a lone letter before a space that was A0: ftfy knows the French word
    assert ftfy.fix_encoding("voilÃ le travail") == original.fix_encoding("voilÃ le travail") == "voilà le travail"


def test_what_ftfy_would_give_up_is_restored() -> None:
    garbled = "Он говорит по-русски".encode().decode("sloppy-windows-1252").replace("\x81", "\ufffd")
    assert "\ufffd" in original.fix_encoding(garbled)
    assert ftfy.fix_encoding(garbled) == "Он говорит по-русски"


@pytest.mark.parametrize("text", ["Ôôô", "x ≤ √2", "a lot of Ã’s", "½ × ¾ ÷ 2"])
def test_text_that_only_looks_strange_stays(text: str) -> None:
    assert ftfy.fix_encoding(text) == text
