"""Program text and tables, in which nothing was misread however dear it is."""

from __future__ import annotations

import pytest

from textmend import fix_text
from textmend.encodings import garble
from textmend.misreadings import hearsay
from textmend.misreadings.found import Found


@pytest.mark.parametrize(
    "clean",
    [
        "    'oelig':        'œ',",
        "// │DK │RS │DS │",
        "//     2│TB  │CT  │SC  │MC  │RW  │HT  │RZ  │    │    │",
        "FIRST:  { $d:ident, ε }   {  h, ε, ;  }   { f }   { g }",
        '            "aaaa.b…g.hhhhhh",',
        "    key <AD06> { [ y, Y, ydiaeresis, Ydiaeresis ] }; // ÿ Ÿ",
        '  <comment xml:lang="uk">ППП Sega Pico</comment>',
        '    (0x2F928, "M", "獺"),',
        '    (0xF924, "M", "襤"),',
        '  <comment xml:lang="sv">certifikatåterkallningslista</comment>',
        "tokens = [(3, '\"ЉЊЈЁЂ\"', (1, 0), (1, 7), '\"ЉЊЈЁЂ\"')]",
        "comps='pretty us µs utc us+utc µs+utc'",
        '    os.path.join(folder, "ƒile")',
        "    ('bœr', 4),",
        '    message = "unicode characters αβγ encoded as UTF-8"',
        "description = éàïôñ",
        "    self.assertEqual(partition('aжbжc', 'ж'), ('a', 'ж', 'bжc'))",
        "<U922E> <U922E>;IGNORE;IGNORE;IGNORE\t#鈮0",
        "┌─┬┐ top",
        '"└─┴┘\\n"',
        "œ @ COMMERCIAL AT",
    ],
)
def test_program_text_and_tables_stay(clean: str) -> None:
    assert fix_text(clean) == clean
    assert fix_text(f"{clean}\n# a comment\n{clean} \n") == f"{clean}\n# a comment\n{clean} \n"


@pytest.mark.parametrize(
    "clean",
    [
        '<title>从 Option 中提取 Result - By Example</title>\n<h1 id="从-option-中提取">从 <code>Option</code></h1>',
        '<title>superとself - By Example</title>\n<h1 id="superとself"><code>super</code>と<code>self</code></h1>',
        "    tenπ = 31.4\n    self.assertEqual(f'{tenπ=:.2f}', 'tenπ=31.40')",
        "def bœr():\n    pass\n\n            'bœr',\n            ('bœr', 4),\n            ('bœr', 1),",
        "MATLAB® files\\n=============\\n\\nIDL® files\\n==========",
        "    abcdefghijklmnopqrstuvwxyzª\\n    µºÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ",
        "    first = (\\n        'a'\\n        + \"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzªµº\"",
        "#     either ±DDMM±DDDMM or ±DDMMSS±DDDMMSS,\nMN\t+4801+09139\tAsia/Hovd\tBayan-Ölgii, Hovd, Uvs",
    ],
)
def test_lines_without_words_do_not_carry_each_other(clean: str) -> None:
    assert fix_text(clean) == clean


@pytest.mark.parametrize(
    ("original", "written", "read"),
    [
        ('{"город": "Новосибирск", "год": 2020}', "cp1251", "cp1252"),
        ("// vérifie que l'élève existe déjà", "cp850", "cp1252"),
        ('<p class="x">Größe der Überschrift ändern</p>', "cp437", "cp1252"),
        ("    'name': 'André',", "utf-8", "cp1252"),
        ('msgstr "无法打开文件：权限不够"', "gbk", "cp1252"),
        ("# 設定ファイルを読み込む", "cp932", "cp1252"),
        ("English | [中文](README_ZH.md)", "gbk", "big5"),
        ('{"city": "Орел"}', "cp1251", "cp1252"),
        ("¿que diferencia hay?", "utf-8", "cp437"),
        ('"测试中文test!!!"', "gbk", "cp949"),
    ],
)
def test_words_speak_in_program_text_too(original: str, written: str, read: str) -> None:
    assert fix_text(garble(original, written, read)) == original


@pytest.mark.parametrize(
    "clean",
    [
        "Canâ nu poati dupâ vrearea-a altului s-hibâ alâsat fârâ tsitâtsenii nitsi fâra di-ndreptul",
        "Ka jingïaleh pyrshah ïa ka jingbanbeiñ\nda ka aiñ ka kanun ban ïada\nïa ki hok longbriew ba ïar ïa baroh",
        "Mitiparini eski sesi mitiakaksï iamendu\njasï jurhimbeku uekasïndi\nisï jimbo anapu jarhati",
    ],
)
def test_languages_that_nobody_told_the_model_of_stay(clean: str) -> None:
    assert fix_text(clean) == clean


def test_what_is_believed() -> None:
    swap = Found("'Ó'", ("mac-roman>cp437",), 0.0)
    assert hearsay.believed("'ε'", swap, 30.0) < 0
    assert hearsay.believed("ε", Found("Ó", swap.chain, 0.0), 30.0) == 30.0
    sequence = Found("'ö'", ("utf-8>cp1252",), 0.0)
    assert 0 < hearsay.believed("'Ã¶'", sequence, 30.0) < 30.0
    assert hearsay.is_hearsay("'ε'", swap)
    assert not hearsay.is_hearsay("'Ã¶'", sequence)
    assert hearsay.is_hearsay("'璽'", Found("'ã'", ("utf-8>big5",), 0.0))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Neues Profil fÅr $1 erstellen", False),
        ("$1 og nogle fŒ andre apps", False),
        ("Modificouse {name} sen Òerros", False),
        ("x = '$Å'", True),
        ("{Å: 1, É: 2}", True),
    ],
)
def test_a_sentence_with_a_place_for_words_is_no_program_text(text: str, code: bool) -> None:
    assert hearsay.is_unspoken(text, text.replace("Å", "ü").replace("Œ", "æ").replace("Ò", "ã")) is code


@pytest.mark.parametrize(
    ("garbled", "original"),
    [
        ("Az õszi szünetben Gyõrbe és Pécsre utazunk.", "Az őszi szünetben Győrbe és Pécsre utazunk."),
        ("Halkýn iradesi kamu otoritesinin esasýdýr;", "Halkın iradesi kamu otoritesinin esasıdır;"),
        ("the shopÆs owner told us.", "the shop’s owner told us."),
    ],
)
def test_words_that_nobody_knows_are_believed_where_they_lead(garbled: str, original: str) -> None:
    assert fix_text(garbled) == original
