"""Clues: ordinary sentences have none, garbled ones do."""

from __future__ import annotations

import hashlib
import json
import zlib
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmend import fix_text
from textmend.encodings import garble
from textmend.misreadings import clues, contexts, enough, judge, quick
from textmend.misreadings.judgement import EMPTY
from textmend.misreadings.stretches import stretches
from textmend.misreadings.windows import Looks, dismissed
from textmend.options import Options

CLEAN = Path(__file__).resolve().parents[2] / "fixtures" / "clean"
TABLE = Path(clues.__file__).with_name("clues.bin")

SENTENCES = {
    "en": "“So,” she said, “it’s late.”",
    "fr": "L’été est passé, et la forêt est déjà à l’ombre.",
    "de": "Die Straße führt über die schöne Brücke.",
    "es": "¿Dónde está el niño? Mañana será otro día.",
    "it": "La città è bella perché c’è il mare.",
    "pt": "A manhã não é tão fria; o coração também não.",
    "nl": "De coördinatie van het financiële beleid is één zaak.",
    "pl": "Każdy człowiek ma prawo do życia i wolności.",
    "cs": "Všichni lidé rodí se svobodní a sobě rovní.",
    "hu": "Minden ember szabadnak születik, és egyenlő.",
    "sv": "Alla människor är födda fria och lika på många sätt.",
    "fi": "Kaikki ihmiset syntyvät vapaina ja tasavertaisina.",
    "tr": "Bütün insanlar hür ve eşit doğarlar, değil mi?",
    "ru": "Все люди рождаются свободными и равными.",
    "uk": "Усі люди народжуються вільними і рівними.",
    "bg": "Всички хора се раждат свободни и равни.",
    "el": "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι.",
    "he": "כל בני האדם נולדו בני חורין.",
    "fa": "تمام افراد بشر آزاد به دنیا می آیند.",
    "ja": "すべての人間は、生まれながらにして自由である。",
    "ko": "모든 인간은 태어날 때부터 자유롭다.",
    "zh": "人人生而自由，在尊严和权利上一律平等。",
}


#: A clue only says "look here": the table is trained, and a few sentences may be looked at for nothing.
FEW = 4


def test_clean_sentences_are_no_clue() -> None:
    looked = [language for language, text in SENTENCES.items() if clues.suspicious(text)]
    assert len(looked) <= FEW, looked


@pytest.mark.parametrize("language", SENTENCES)
def test_a_clean_sentence_stays_as_it_is(language: str) -> None:
    assert judge(SENTENCES[language], Options()) == EMPTY


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("read", ["cp1252", "iso-8859-1", "cp1251", "gbk", "cp932", "cp437", "mac-roman"])
def test_its_garbled_form_is_a_clue(language: str, read: str) -> None:
    for errors in ("strict", "drop", "replace"):
        garbled = garble(SENTENCES[language], "utf-8", read, errors)
        assert garbled is None or clues.suspicious(garbled), garbled


@pytest.mark.parametrize(
    ("written", "read", "language"),
    [
        ("cp1251", "cp1252", "ru"),
        ("koi8-r", "cp1251", "ru"),
        ("cp866", "cp1251", "bg"),
        ("cp1253", "cp1252", "el"),
        ("cp1255", "cp1252", "he"),
        ("cp1250", "cp1252", "cs"),
        ("cp1250", "cp1252", "pl"),
        ("cp850", "cp1252", "de"),
        ("mac-roman", "cp1252", "pt"),
        ("gbk", "cp1252", "zh"),
        ("cp932", "cp1252", "ja"),
        ("cp949", "cp1252", "ko"),
        ("gbk", "big5", "zh"),
        ("cp1252", "gbk", "de"),
    ],
)
def test_legacy_text_misread_is_a_clue(written: str, read: str, language: str) -> None:
    garbled = garble(SENTENCES[language], written, read) or garble(SENTENCES[language], written, read, "drop")
    assert garbled is not None
    assert clues.suspicious(garbled)


def test_most_clean_lines_have_no_clue() -> None:
    """A clue only says "look here"; what it costs on clean text is time."""
    found = total = 0
    for language in ["en", "fr", "de", "es", "it", "pt", "nl", "pl", "sv", "fi", "tr", "ru", "bg", "sr", "ka"]:
        lines = (CLEAN / f"{language}.txt").read_text("utf-8").split("\n")[:-1]
        found += sum(map(clues.suspicious, lines))
        total += len(lines)
    assert found <= total / 20


@pytest.mark.parametrize(
    "text",
    ["", "plain", "-----", "··········", "─────────", "x" * 5_000, "1 + 2 = 3", "a\tb\r\nc", "\u3000\u3000", "été"],
)
def test_signs_that_are_no_clue(text: str) -> None:
    assert not clues.suspicious(text)


@pytest.mark.parametrize(
    "text", ["cafÃ©", "it鈥檚", "itâ€™s", "f眉r dich", "Ïðèâåò", "РџСЂРёРІРµС‚", "├⌐t├⌐", "caf=C3=A9 au lait"]
)
def test_signs_that_are(text: str) -> None:
    assert clues.suspicious(text)
    assert clues.suspicious(f"{'plain text ' * 200}{text}")


@given(st.text(st.characters(codec=None), max_size=60))
def test_any_text_is_looked_at(text: str) -> None:
    first = clues.suspicious(text)
    assert isinstance(first, bool)
    assert clues.suspicious(text) is first


def test_the_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clues, "_MEMORY", 20)
    own = clues.Clues(TABLE.read_bytes())
    for code in range(0x100, 0x500):
        own.suspicious(f"a{chr(code)}b{chr(code + 1)}c")
    assert len(own.memory) <= 22


def test_the_table_is_the_one_that_its_manifest_names() -> None:
    manifest = json.loads(TABLE.with_suffix(".json").read_text("utf-8"))
    data = TABLE.read_bytes()
    assert manifest["digest"] == hashlib.blake2b(data, digest_size=16).hexdigest()
    assert manifest["bytes"] == len(data)
    table = json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))
    assert len(table["known"]) == 3 * manifest["known"]
    assert sum(last - first + 1 for first, last in table["looked"]) == manifest["looked"]


def test_keys_are_three_characters() -> None:
    for before, char, after in ("aéb", "ÉÉÉ", " “S", "中é文", "İıß", "1½2", "жéя"):
        assert len(contexts.context(before, char, after)) == 3


SCANNED = (
    "", "plain", "été", "cafÃ©", "optuХОen", "Привет, мир", "版本锟斤拷息", "what??", "??? ", "a=b & c", "\0a\0b",
    "naïve\nда нет ыъ", "x\u3000y", "ÀëîâÉ", "la큼 nacia", "これはペンです", "乞窮 紫寓精", "x及屈噴訳y 中文",
    "a" * 500 + "ÃÂ é " + "б" * 90,
)  # fmt: skip


@pytest.mark.parametrize("text", SCANNED)
def test_the_scanner_in_c_answers_as_python_does(text: str) -> None:
    table = clues.load()
    assert table.scanning(text) == table.scan(text)


@given(st.text(max_size=60))
def test_the_scanner_in_c_answers_as_python_does_to_any_text(text: str) -> None:
    table = clues.load()
    assert table.scanning(text) == table.scan(text)


@given(st.text(st.sampled_from("乞窮紫寓精中文はな한글 a\n"), max_size=80))
def test_the_scanner_in_c_sees_unusual_pairs_as_python_does(text: str) -> None:
    table = clues.load()
    assert table.scanning(text) == table.scan(text)


@pytest.mark.parametrize(
    ("original", "written", "read"),
    [
        ("모든 사람은 교육을 받을 권리를 가진다", "cp949", "euc-jp"),
        ("第二十四条", "gbk", "euc-jp"),
        ("Пароль", "cp1251", "cp949"),
        ("να καταβάλλει", "cp1253", "cp949"),
    ],
)
def test_east_asian_letters_in_no_usual_pair_are_a_clue(original: str, written: str, read: str) -> None:
    garbled = garble(original, written, read)
    assert garbled is not None
    assert clues.suspicious(garbled)
    assert not clues.suspicious(original)
    assert fix_text(garbled) == original


@pytest.mark.parametrize("name", ["查莫洛文", "諾蓋文", "渡邊 渚", "圣赫勒拿", "止渴當擇水，暫憩須芳陰。"])
def test_names_of_unusual_pairs_stay(name: str) -> None:
    assert judge(name, Options()) == EMPTY


@given(st.text(st.sampled_from("abZ ,.;:)-?яєоΟ中カ가é\r\n"), max_size=30))
def test_the_scanner_in_c_sees_other_alphabets_as_python_does(text: str) -> None:
    table = clues.load()
    assert table.scanning(text) == table.scan(text)


@cache
def _own() -> clues.Clues:
    """Return a table of its own: windows are remembered, and no other test is to see what _some says."""
    return clues.Clues(TABLE.read_bytes())


def _some(window: str) -> bool:
    """Call a third of all windows promising."""
    return sum(map(ord, window)) % 3 == 0


def _any(line: str) -> bool:
    """Call a third of all lines enough."""
    return len(line) % 3 == 2


def _other(line: str) -> bool:
    """Call half of all lines outranked."""
    return len(line) % 2 == 0


def _few(line: str) -> bool:
    """Call one line in five sure."""
    return len(line) % 5 == 0


LOOKS = Looks(_some, _other, _few)


LINES = (
    "naïve…",
    "ÀëîâÉ",
    "été",
    "la큼 nacia",
    "çĀþł",
    "x — ¤ y",
    "Привет ыъэ",
    "a " * 500 + "Ã © " * 200,
    "¤¤ € ¬ " * 9,
)


@given(st.lists(st.sampled_from([*SCANNED, *LINES]) | st.text(max_size=30), max_size=6).map("\n".join))
def test_a_second_look_in_c_is_that_in_python(text: str) -> None:
    table = _own()
    assert table._live(text, LOOKS, _any) == table.live(text, LOOKS, _any)


def test_a_window_reaches_to_the_spaces_around_it() -> None:
    windows: list[str] = []

    def look(window: str) -> bool:
        windows.append(window)
        return False

    text = "one é, two — three Ã©tÃ© and all_that_was_thÃ©re_before"
    assert dismissed(text, [text.index(sign) for sign in ("é", "—", "Ã", "thÃ")], Looks(look, look, look))
    assert windows == ["one é, two — three", "one é, two — three Ã©tÃ© and", "Ã©tÃ©", "hat_was_thÃ©re_be"]


@given(st.text(st.sampled_from("a é鈥檚пÃ©?%\n\r."), max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_the_kernel_and_python_see_the_same_lines(text: str, start: int, end: int) -> None:
    table = _own()
    start, end = min(start, len(text)), min(end, len(text))
    assert table._lines(text, start, end, LOOKS) == table.lines(text, start, end, LOOKS)


@pytest.mark.parametrize(
    "line",
    [
        "cafÃ© " * 500,
        "é" * 2999,
        "Ã©" * 2999,
        "a" * 1200 + " Ã©",
        "Ã©" * 600 + " plain",
        "é" * 25_000 + " Ã©" * 900,
        "Ã©中" * 1500,
        "Ã©" * 900 + "中文" * 900,
    ],
)
def test_the_kernel_and_python_cut_long_lines_alike(line: str) -> None:
    table = _own()
    text = f"plain\n{line}\r\ncafÃ©\n"
    assert table._lines(text, 0, len(text), LOOKS) == table.lines(text, 0, len(text), LOOKS)
    left, passed, _ = table.stretches(text, LOOKS)
    assert sorted([*(at for at, _ in left), *passed]) == [at for at, part in stretches(text) if clues.suspicious(part)]


def test_the_contexts_of_the_table_ascend() -> None:
    table = json.loads(zlib.decompress(TABLE.read_bytes()).decode("utf-8", "surrogatepass"))
    joined = table["known"]
    members = [joined[at : at + 3] for at in range(0, len(joined), 3)]
    assert members == sorted(set(members))
    known = clues.load().known
    assert all(member in known for member in members[::50])
    assert not any(other in known for other in ("", "a", "ab", "zz", "abcd", "\U0010ffff" * 3, members[0][:2], "鈥檚s"))


def test_a_word_as_long_as_a_book_takes_no_longer_for_each_sign() -> None:
    long = "Ã" * 20_000
    assert fix_text(long) == long
    for place in (0, 100, 10_000, 19_999):
        assert dismissed(long, [place], Looks(lambda window: len(window) > 17, bool, bool))


def test_a_long_text_is_looked_at_as_if_no_other_had_been() -> None:
    lines = ("a plain line\n", "caf\u00c3\u00a9 cr\u00c3\u00a8me\n", "\u951f\u65a4\u62f7 line\n")
    texts = [line * 1_000 for line in lines]
    alone = [(False, False), (True, True), (False, True)]
    for text, answer in [*zip(texts, alone, strict=True)] * 2:
        assert quick.look(text) == answer
        assert quick.look(text) == answer
        assert quick.look("a" + text[1:]) == answer


def test_lines_that_gain_each_by_another_chain_are_not_worth_judging(monkeypatch: pytest.MonkeyPatch) -> None:
    hops = ("cp1251>cp1252", "cp866>cp1252", "koi8-r>cp1252", "cp1253>cp1252")
    monkeypatch.setattr(enough, "_gains", lambda line: {(hops[int(line[-1])],): (7.0, 0.0)})
    apart = enough.Enough()
    assert [apart(f"line {number}") for number in range(4)] == [False] * 4
    together = enough.Enough()
    assert [together(f"line {number} 0") for number in range(3)] == [False, True, True]
    again = enough.Enough()
    assert [again("line 0") for _ in range(4)] == [False] * 4


@pytest.mark.parametrize("text", ["பொருள்", "ಡೇಟಾವನ್ನು", "བྲ་ཛི་ལི་ཡཱ", "👨\u200d🔬 👱\u200d♀"])
def test_what_no_reader_shows_is_no_clue(text: str) -> None:
    assert not clues.suspicious(text)
