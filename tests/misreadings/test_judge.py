"""What holds for every text: no exception, offsets, undo, replay; misread text is restored, or left, or honest."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import textmend
from textmend import encodings
from textmend.encodings import garble
from textmend.misreadings import Judgement, judge
from textmend.options import Options

CLEAN = Path(__file__).resolve().parents[2] / "fixtures" / "clean"
LANGUAGES = ["en", "fr", "de", "pl", "cs", "tr", "ru", "uk", "el", "he", "ar", "th", "ja", "ko", "zh-Hans", "vi"]
LINES = [
    line
    for language in LANGUAGES
    for line in (CLEAN / f"{language}.txt").read_text("utf-8").split("\n")
    if 12 <= len(line) <= 120 and not line.isascii()
]
READERS = [name for name in encodings.READERS if encodings.get(name).family != "unicode"]

any_text = st.text(st.characters(codec=None), max_size=30)
parts = st.sampled_from(
    [
        *("Ã©", "â€™", "鈥檚", "鈥", "锟斤拷", "\ufffd", "?", " ", "\r\n", "\n", "\0", "\ud800", "é", "Привет", "中文"),
        *(
            "РџСЂРё",
            "├⌐",
            "Ïðèâ",
            "=C3=A9",
            r"\u00c3\u00a9",
            "&Atilde;&copy;",
            "caf",
            "it",
            "+AOk-",
            "f眉r",
            "ï¿½",
            "ﾃｩ",
        ),
    ]
)
pieces = st.lists(parts, max_size=10).map("".join)
texts = st.one_of(any_text, pieces, st.builds("{}{}".format, pieces, any_text))
lines = st.sampled_from(LINES)
short = st.sampled_from([line for line in LINES if len(line) <= 50])


def applied(text: str, judgement: Judgement) -> str:
    joined = []
    done = 0
    for mending in judgement.mendings:
        joined += [text[done : mending.start], mending.after]
        done = mending.start + len(mending.before)
    return "".join(joined) + text[done:]


@settings(max_examples=120)
@given(texts)
def test_a_judgement_is_sound(text: str) -> None:
    judgement = judge(text, Options())
    for some in (judgement.mendings, judgement.undecided):
        done = 0
        for mending in some:
            assert mending.start >= done
            done = mending.start + len(mending.before)
            assert text[mending.start : done] == mending.before != mending.after
            assert mending.before
            assert "\ud800" not in mending.after or "\ud800" in mending.before
            for loss in mending.losses:
                assert 0 <= loss.start <= loss.end <= len(mending.after)
                assert sum(each.probability for each in loss.alternatives) <= 1.0001
    done = 0
    for mark in judgement.lost:
        assert done <= mark.start < mark.end <= len(text)
        done = mark.end


@settings(max_examples=60)
@given(texts)
def test_judging_twice_is_the_same(text: str) -> None:
    assert judge(text, Options()) == judge(text, Options())


@settings(max_examples=60)
@given(pieces)
def test_a_repair_can_be_undone_and_made_again(text: str) -> None:
    repair = textmend.fix_and_explain(text)
    assert textmend.undo(repair.plan, repair.text) == text
    assert textmend.replay(repair.plan, text) == repair.text


@settings(max_examples=150)
@given(lines, st.sampled_from(READERS))
def test_a_line_misread_is_restored_or_left(line: str, read: str) -> None:
    garbled = garble(line, "utf-8", read)
    assume(garbled is not None)
    assert garbled is not None
    fixed = applied(garbled, judge(garbled, Options()))
    assert fixed in {line, garbled}
    assert applied(fixed, judge(fixed, Options())) == fixed


@settings(max_examples=12)
@given(short, st.sampled_from(["cp1252", "cp1251", "gbk", "cp932", "cp437"]), st.sampled_from(["drop", "replace"]))
def test_a_line_that_lost_bytes_is_not_changed_twice(line: str, read: str, errors: str) -> None:
    garbled = garble(line, "utf-8", read, errors)
    assert garbled is not None
    once = textmend.fix_text(garbled)
    assert textmend.fix_text(once) == once


@settings(max_examples=60)
@given(lines, st.sampled_from(["cp1252", "iso-8859-1", "cp1251", "gbk"]))
def test_what_stands_on_the_next_line_does_not_move(line: str, read: str) -> None:
    garbled = garble(line, "utf-8", read)
    assume(garbled is not None)
    assert garbled is not None
    text = f"a plain line\r\n{garbled}\r\n{line}\n"
    fixed = applied(text, judge(text, Options()))
    head, _, tail = fixed.partition("\r\n")
    assert head == "a plain line"
    assert tail.endswith(f"\r\n{line}\n")


@settings(max_examples=80)
@given(lines)
def test_a_clean_line_stays(line: str) -> None:
    assert judge(line, Options()).mendings == ()


@pytest.mark.parametrize("read", READERS)
def test_every_reader_of_utf8_is_undone(read: str) -> None:
    """Line by line: nearly all come back where the reader keeps every byte, and nothing else comes out."""
    tried = restored = 0
    for line in LINES[:: max(1, len(LINES) // 12)]:
        garbled = garble(line, "utf-8", read)
        if garbled is not None and garbled != line:
            tried += 1
            fixed = applied(garbled, judge(garbled, Options()))
            assert fixed in {line, garbled}
            restored += fixed == line
    assert restored >= tried * 0.75


def test_an_encoding_that_a_language_is_not_written_in_is_a_lesser_rival() -> None:
    garbled = garble("sørlig haida", "mac-roman", "cp932")
    assert garbled is not None
    assert textmend.fix_text(garbled) == "sørlig haida"  # særlig in cp1257 is no Norwegian writing


@pytest.mark.parametrize("read", ["cp1252", "cp1251", "cp1250", "mac-roman"])
def test_marks_that_stand_apart_make_letters_with_those_before(read: str) -> None:
    original = "Mo\u0323i ngươ\u0300i đê\u0300u co\u0301 quyê\u0300n tự do đi la\u0323i".replace("ự", "ư\u0323")
    seen = garble(original, "cp1258", read)
    assert seen is not None
    assert textmend.fix_encoding(seen) == original


@pytest.mark.parametrize(
    ("original", "written", "read"),
    [
        ("ahora, casi 5 €.", "iso-8859-15", "iso-8859-1"),
        ("Le prix passe de 12,50 € à 13 €.", "cp1252", "mac-roman"),
        ("The minister called the report “deeply flawed”, then left", "mac-roman", "cp437"),
        ("Nilai “%(value)s” harus berupa True, False, atau None.", "cp1252", "cp866"),
        ("Czy mógłbyś mi podać sól? Właśnie się skończyła.", "iso-8859-2", "cp1250"),
        ("Ingen må holdes i slaveri eller trelldom.", "cp1252", "koi8-r"),
        ("Enhver har rett til å bevege seg fritt og til fritt å velge", "cp1252", "mac-roman"),
        ("Considerato che è indispensabile che i diritti umani", "mac-roman", "cp850"),
        ("Član 22.", "cp852", "cp437"),
        ("Статья 20", "cp866", "cp1251"),
        ("код не работает.", "cp1251", "cp1255"),
        ("כל אדם זכאי לעבודה,", "cp1255", "cp1251"),
    ],
)
def test_signs_that_texts_hold_only_in_their_place_tell_a_misreading(original: str, written: str, read: str) -> None:
    seen = garble(original, written, read)
    assert seen is not None
    assert textmend.fix_encoding(seen) == original


@pytest.mark.parametrize(
    "text",
    [
        "the pattern #,##0.00 ¤ of an amount",
        "the sign ¤ stands for any currency",
        "Introduction¶",
        "║ name ║ value ║",
        "Ko nga tane me nga wahine kua eke nei ï nga tau ki te pakehatanga",
        "the lower side Å of each panel",
        "Kumba ka long kaba donkam ban kyntiew ïa ka jingroi ka jingïadei lok para ri,",
        "si chiede se il punto È in linea con gli altri punti",
        "ВВП и НДС за 2020 год",
    ],
)
def test_signs_out_of_their_place_tell_none(text: str) -> None:
    assert textmend.fix_encoding(text) == text
