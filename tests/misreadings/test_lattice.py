"""Losses: what is restored garbles back to the line, except at the losses that it declares."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from textmend import fix_text
from textmend.encodings import garble
from textmend.misreadings import lossy, originals, restoring, search, sequences, spans, vanishing, writers
from textmend.misreadings.budget import Budget
from textmend.misreadings.lattice import Lattice
from textmend.plausibility.model import load
from textmend.plausibility.steps import steps_of

DROPPED = [
    ("with our colleagues and partners.鈥", "with our colleagues and partners.”"),
    ("the army has 鈥 whether they like it or not", "the army has — whether they like it or not"),
    ("鈥淪o, it鈥檚 late,鈥 she said", "“So, it’s late,” she said"),
]

WORDS = ["“So", "it’s", "the", "partners.”", "has —", "naïve", "café", "für", "Straße", "…and", "1998–2004", "(ça)"]
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)


#: A no-break space that became a space, or went with the one after it, as all that is lost.
BLANKS = [
    ("menu Ã la carte", "menu à la carte"),
    ("La qualitÃ della vita", "La qualità della vita"),
    ("voltou Ã  casa Ã s dez horas", "voltou à casa às dez horas"),
    ("c'est Ã dire dÃ©jÃ vu, voilÃ tout", "c'est à dire déjà vu, voilà tout"),
    ("Ã§a va Ã peine", "ça va à peine"),
    ("c'est-Ã -dire", "c'est-à-dire"),
    (
        "L'attuale impostazione di visibilitÃ  Ã¨ Alcuni contatti",
        "L'attuale impostazione di visibilità è Alcuni contatti",
    ),
    ("ZrobiÄ‡ zrzut ekranu zÂ treÅ›ciami poufnymi?", "Zrobić zrzut ekranu z\xa0treściami poufnymi?"),
    ("HelloÂ world", "Hello\xa0world"),
    ("100Â % Â© 2010", "100\xa0% © 2010"),
    ("Î ÎµÎ´Î¯Î¿", "Πεδίο"),
    ("ðŸ§  hjÃ¤rna | hjÃ¤rna", "🧠 hjärna | hjärna"),
    ("âˆ  ÐºÑƒÑ‚ | ÐºÑƒÑ‚Ð¾Ð²Ð¸Ð¹", "∠ кут | кутовий"),
]
NO_BLANKS = [
    "A lot of Ã in text", "Let Ã be a matrix", "# character Ð", "Ð is a letter", "Ã 2", "O tamanho Ã é", "SÃ O PAULO",
    "Size Â 5", "the letter Ð and Þ", "À bientôt à la gare Ã", "Š is a letter in Czech",
    "Â Item one", "a Â b", "BELÂ VAR", "TABELÂ DE VERILER", "MÂ Dupont",
]  # fmt: skip


@pytest.mark.parametrize(("line", "text"), BLANKS)
def test_a_no_break_space_that_became_a_space_is_one_again(line: str, text: str) -> None:
    assert fix_text(line) == text


def test_marks_among_english_words_are_no_japanese() -> None:
    line = "ItÃ?Â¢â?¬â?¢s classic. ItÃ?Â¢â?¬â?¢s epic, for goodnessÃ?Â¢â?¬â?¢ sake!"
    assert fix_text(line) == line


@pytest.mark.parametrize("line", NO_BLANKS)
def test_a_letter_before_a_space_is_no_sign_that_lost_its_end(line: str) -> None:
    assert fix_text(line) == line


@pytest.mark.parametrize(("line", "text"), DROPPED)
def test_a_dropped_byte_is_restored(line: str, text: str) -> None:
    restored = originals.restore(line, "gbk")
    assert restored is not None
    assert restored.text == text
    assert restored.broken == 0
    assert [loss.kind for loss in restored.losses] == ["dropped"] * len(restored.losses)
    assert garble(restored.text, "utf-8", "gbk", "drop") == line


def test_a_line_without_losses_comes_back_without() -> None:
    restored = originals.restore("Russia鈥檚 army", "gbk")
    assert restored is not None
    assert restored.text == "Russia’s army"
    assert restored.losses == ()


def test_a_line_that_nobody_garbled_gives_nothing() -> None:
    assert originals.restore("plain words", "gbk") is None
    assert originals.restore("", "gbk") is None


def test_a_mark_that_took_its_neighbour_with_it() -> None:
    line = garble("“So” (it’s late)", "utf-8", "gbk", "swallow")
    assert line is not None
    assert "?" in line
    restored = originals.restore(line, "gbk")
    assert restored is not None
    assert garble(restored.text, "utf-8", "gbk", "swallow") == line


@settings(max_examples=40)
@given(sentences, st.sampled_from(["gbk", "cp932", "cp949"]))
def test_what_is_restored_garbles_back_to_the_line(text: str, read: str) -> None:
    line = garble(text, "utf-8", read, "drop")
    assume(line is not None and line != text)
    assert line is not None
    restored = originals.restore(line, read)
    assume(restored is not None)
    assert restored is not None
    if restored.broken == 0 and all(loss.kind == "dropped" for loss in restored.losses):
        assert garble(restored.text, "utf-8", read, "drop") == line
    for loss in restored.losses:
        assert restored.text[loss.at : loss.at + len(loss.chosen)] == loss.chosen
        assert loss.ranked[0][0] == loss.chosen
        assert loss.chosen not in {text for text, _ in loss.ranked[1:]}
        assert sum(probability for _, probability in loss.ranked) <= 1.0001


@settings(max_examples=40)
@given(sentences, st.sampled_from(["gbk", "cp932", "cp1252"]), st.sampled_from(["drop", "replace", "question"]))
def test_joints_ascend_and_end_where_both_end(text: str, read: str, errors: str) -> None:
    line = garble(text, "utf-8", read, errors)
    assume(line is not None and line != text)
    assert line is not None
    restored = originals.restore(line, read)
    assume(restored is not None)
    assert restored is not None
    joints = restored.joints
    assert joints[-1] == (len(line), len(restored.text))
    assert joints[0][0] == joints[0][1] == 0
    for (a, b), (c, d) in pairwise(joints):
        assert a < c
        assert b <= d


@settings(max_examples=30)
@given(st.text(st.sampled_from("a .鈥檚淪?\ufffd泻â€Ãé中"), max_size=12), st.sampled_from(["gbk", "cp1252", "cp932"]))
def test_any_line_is_taken(line: str, read: str) -> None:
    restored = originals.restore(line, read)
    assert restored is None or restored.text != line


# -- which readers lost something


def test_readers_that_may_have_lost_bytes() -> None:
    assert sequences.lossy_readers("partners.鈥")[0] == "gbk"
    assert sequences.lossy_readers("said â€œyesâ€ to")[0] in {"cp1252", "cp1254"}


@pytest.mark.parametrize("text", ["", "plain", "Russia鈥檚", "été", "中文文本没有问题", "Привет, мир"])
def test_no_reader_lost_anything(text: str) -> None:
    assert restoring.restore(text) == []


def test_candidates_with_losses_say_so_and_ask_for_it() -> None:
    (found, *_) = restoring.restore("partners.鈥")
    assert found.chain == ("utf-8>gbk",)
    assert found.restored is not None
    assert found.restored.text == found.text == "partners.”"
    assert found.price > 0


# -- the writers' automata


def _alphabet() -> writers.Alphabet:
    return writers.alphabet_of(steps_of(load().best_languages("plain words")), frozenset(("", "Latn")))


def test_utf8_goes_on_until_a_character_is_complete() -> None:
    writer, channel = writers.writer("utf-8"), lossy.channel("gbk", lossy.DROP)
    assert writer.advance((0x41,), channel, _alphabet()) == (False, [("A", b"A")])
    assert writer.advance((0xE2,), channel, _alphabet())[0] is True
    assert writer.advance((0xE2, 0x80), channel, _alphabet()) == (True, [])
    assert writer.advance((0xE2, 0x80, 0x9D), channel, _alphabet()) == (False, [("”", "”".encode())])
    assert writer.advance((0xE2, 0x41), channel, _alphabet()) == (False, [])
    assert writer.advance((0x80,), channel, _alphabet()) == (False, [])


def test_an_unknown_byte_is_completed_by_usual_characters_only() -> None:
    writer, channel = writers.writer("utf-8"), lossy.channel("gbk", lossy.DROP)
    missing = lossy.Unknown(frozenset(range(0x80, 0xC0)), 0, "dropped")
    _, found = writer.advance((0xE2, 0x80, missing), channel, _alphabet())
    chars = [char for char, _ in found]
    assert {"“", "”", "’", "–", "—", "…"} <= set(chars)
    assert "\u200e" not in chars
    assert all(data == char.encode() for char, data in found)


def test_a_legacy_byte_is_a_letter_or_half_a_character() -> None:
    channel = lossy.channel("gbk", lossy.DROP)
    missing = lossy.Unknown(frozenset(range(0x80, 0x100)), 0, "dropped")
    goes_on, found = writers.writer("cp1251").advance((missing,), channel, _alphabet())
    assert not goes_on
    assert ("о", "о".encode("cp1251")) in found
    goes_on, found = writers.writer("gbk").advance((missing,), lossy.channel("cp932", lossy.DROP), _alphabet())
    assert (goes_on, found) == (True, [])
    goes_on, found = writers.writer("gbk").advance((missing, 0xC8), lossy.channel("cp932", lossy.DROP), _alphabet())
    assert not goes_on
    assert ("热", "热".encode("gbk")) in found


def test_a_byte_is_only_lost_where_the_reader_fails() -> None:
    channel = lossy.channel("gbk", lossy.DROP)
    assert 0x9D in channel.hidden(b"\n")
    assert 0x9D not in channel.hidden(b"\xe2")  # a pair that gbk shows
    single = lossy.channel("cp1252", lossy.DROP)
    assert single.gone >= {0x81, 0x8D, 0x8F, 0x90, 0x9D}
    assert 0xE9 not in single.gone
    assert 0xA0 in single.hidden(b" ")
    assert 0xA0 not in single.hidden(b"a")


def test_a_browser_takes_lead_and_trail_together() -> None:
    channel = lossy.channel("big5", lossy.BROWSER)
    assert 0xE2 in channel.alone(b" ")  # before ASCII the lead fails by itself
    assert 0xE2 not in channel.alone(b"")
    assert 0x80 in channel.alone(b"")  # nobody's lead


# -- legacy originals


LEGACY = [
    ("上述操作只运行一次", "gbk", "cp949", "drop"),
    ("孩子们终于去上学了，院子里一下子安静下来。", "gbk", "cp932", "drop"),
    ("明日は雨が降るそうです。", "euc-jp", "cp932", "drop"),
]


@pytest.mark.parametrize(("text", "written", "read", "errors"), LEGACY)
def test_a_legacy_original_garbles_back(text: str, written: str, read: str, errors: str) -> None:
    line = garble(text, written, read, errors)
    assert line is not None
    restored = originals.restore(line, read, written)
    assert restored is not None
    assert garble(restored.text, written, read, errors) == line


def test_letters_that_vanished_whole_are_missed() -> None:
    assert vanishing.hollow("аждй еловек, где б он ни наодил, имее паво на пизнание", "big5")
    assert not vanishing.hollow("Каждый человек, где бы он ни находился", "big5")
    assert all(
        found.gone
        for found in restoring.restore("訄迠迡邿 迮郅郋赲迮郕, 迣迡迮 訇 郋郇 郇邽 郇訄郋迡邽郅, 邽邾迮迮 郈訄赲郋")
    )
    assert vanishing.paired("Нкто не смел быт там".encode("cp1251")) is False
    assert vanishing.paired("даже мы идём туда".encode("cp1251"))


def test_a_text_drowned_in_marks_is_left_alone() -> None:
    assert restoring.restore("鈥�������淪�����鈥") == []


def test_of_several_bytes_dropped_the_last_alone_must_fail_before_what_follows() -> None:
    restored = originals.restore("銝剜皜祈岫", "big5")
    assert restored is not None
    assert "新" not in {text for loss in restored.losses for text, _ in loss.ranked}  # its bytes would show
    assert "文" in {text for loss in restored.losses for text, _ in loss.ranked}


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Artykuﾅ・8", "Artykuł 8"),
        ("Sie muﾃ・zu Verstﾃ､ndnis, Toleranz", "Sie muß zu Verständnis, Toleranz"),
    ],
)
def test_the_dot_of_windows_stands_for_lost_bytes(line: str, text: str) -> None:
    assert fix_text(line) == text


def test_each_pair_that_a_mark_stands_for_is_apart() -> None:
    restored = originals.restore("譬ｪ萓｡繝・・繧ｿ縺梧悴蜿門ｾ励・縺溘ａ", "cp932")
    assert restored is not None
    assert restored.text.endswith("ータが未取得のため")


@pytest.mark.parametrize("text", ["人人有权享有和平集会和结社的自由。", "服务器返回错误：“连接超时”，请稍后再试。"])
def test_pairs_out_of_step_are_put_in_step(text: str) -> None:
    garbled = garble(text, "gbk", "cp949", "drop")
    assert garbled is not None
    assert fix_text(garbled) == text


@pytest.mark.parametrize(
    ("text", "written", "read"),
    [
        ("Это — „последний“ шанс, — сказала Анна.", "utf-8", "big5"),
        ("Książka leży na półce obok „Lalki” Prusa.", "utf-8", "big5"),
        ("Никто не должен содержаться в рабстве;", "cp1251", "gbk"),
    ],
)
def test_a_text_whose_letters_are_gone_stays(text: str, written: str, read: str) -> None:
    garbled = garble(text, written, read, "drop")
    assert garbled is not None
    assert fix_text(garbled) == garbled


#: A line, how it was misread, and what of its original only what was lost tells.
TOLD = [
    ("Пример активации окна".encode().decode("cp949", "ignore"), "cp949", "utf-8", "Приме"),  # half of a capital
    ("?뱤" + " 매출 ok".encode().decode("cp949"), "cp949", "utf-8", "📊 매출"),  # a mark for half of an emoji
    ("菴坋��沭", "big5", "gbk", "第十三条"),  # marks for both bytes of a sign
    ("¦¹Äæªº¼ÆÈ´î¥h¤@¤p®É", "cp1252", "big5", "此欄的數值減去一小時"),  # a first byte taken by an editor
    (
        'printf("‚à‚¤ˆê“x—\\‘z‚µ‚Ä‚‚¾‚³‚¢")',
        "cp1252",
        "cp932",
        'printf("もう一度予想してください")',
    ),  # no ASCII is half of it
]


@pytest.mark.parametrize(("line", "read", "written", "text"), TOLD)
def test_what_is_left_tells_what_was_lost(line: str, read: str, written: str, text: str) -> None:
    restored = originals.restore(line, read, written)
    assert restored is not None
    assert restored.text.startswith(text)


def test_what_was_lost_beside_a_sign_that_fits_nothing_is_doubtful() -> None:
    restored = originals.restore("echo   ?∠巨閮董蝟餌絞", "big5")
    assert restored is not None
    assert restored.broken
    assert all(loss.ranked[0][1] <= 0.5 for loss in restored.losses if loss.chosen == "言")


def test_a_line_may_end_with_a_colon() -> None:
    steps = steps_of(load().best_languages("以下是实际发生的情况"))
    colon, semicolon, letter = (steps.price("以下是实际发生的情况" + sign) for sign in "：；的")
    assert colon < semicolon
    assert colon < letter


# -- letters without a trace


def test_letters_that_left_no_trace_are_found_by_their_words() -> None:
    text = "Babička žije v Plzni, dědeček zemřel"
    line = garble(text, "utf-8", "big5", "drop")
    assert line is not None
    assert "ddeek" in line
    restored = originals.restore(line, "big5")
    assert restored is not None
    assert restored.text == text
    assert {loss.kind for loss in restored.losses} == {"dropped"}
    assert next(found.text for found in search.explore(line) if found.chain == ("utf-8>big5",)) == text


def test_a_line_keeps_the_letter_at_its_beginning_that_left_no_trace() -> None:
    line = garble("český překlad knihy", "utf-8", "big5", "drop")
    assert line is not None
    restored = originals.restore(line, "big5")
    assert restored is not None
    pieces = spans.lossy_places(line, restored, frozenset(range(len(restored.losses))))
    for start, before, after, _ in reversed(pieces):
        line = line[:start] + after + line[start + len(before) :]
    assert line == restored.text == "český překlad knihy"


def test_the_original_tells_the_language_that_what_is_left_does_not() -> None:
    text = "يخضع الفرد في ممارسته حقوقه لتلك القيود التي يقررها القانون فقط"
    line = garble(text, "utf-8", "cp949", "drop")
    assert line is not None
    restored = originals.restore(line, "cp949")
    assert restored is not None
    kept = {word for word in text.split() if word in restored.text.split()}
    assert {"ممارسته", "لتلك", "التي"} <= kept


def test_few_ways_find_what_many_do_for_less() -> None:
    line, channel = "La qualitÃ della cittÃ Ã¨ â€œpiÃ¹ o meno buonaâ€", lossy.channel("cp1252", lossy.DROP)
    steps, spent = steps_of(load().best_languages("La qualità della città")), []
    for width, beam in ((4, 64), (20, 128)):
        budget = Budget(line)
        found = Lattice(line, channel, "utf-8", steps, {"Latn"}, budget, width=width, beam=beam).likeliest(float("inf"))
        assert found is not None
        assert found[0] == "La qualità della città è “più o meno buona”"
        spent.append(Budget(line).left - budget.left)
    assert spent[0] < spent[1]


def test_a_way_too_far_behind_another_is_given_up() -> None:
    line, channel = "partners.鈥", lossy.channel("gbk", lossy.DROP)
    budget = Budget(line)
    budget.front = [-1000.0] * len(line)
    steps = steps_of(load().best_languages(line))
    assert Lattice(line, channel, "utf-8", steps, {"Latn"}, budget).likeliest(float("inf")) is None
    assert Lattice(line, channel, "utf-8", steps, {"Latn"}).likeliest(8.0) is None


def test_a_line_that_lost_too_much_is_given_up_before_it_costs_seconds() -> None:
    budget = Budget("鄏�")
    budget.left = 0
    assert originals.restore("“with our partners.鈥", "gbk", budget=budget) is None


def test_a_rare_sign_comes_back_where_only_a_space_stands_for_one_of_its_bytes() -> None:
    garbled = "â € As pessoas que marcarem nos comentÃ¡rios perfis âš ï¸\ufffd"
    assert fix_text(garbled) == "\u2800 As pessoas que marcarem nos comentários perfis ⚠️"


def test_what_lost_nothing_limits_what_a_restoration_may_cost() -> None:
    line = "the army has 鈥 whether"
    assert Budget(line, 10.0).limit < Budget(line).limit
    assert restoring.restore(line, cheapest=1e9)
    assert not restoring.restore(line, cheapest=-1e3)


def test_bytes_of_which_one_can_only_have_been_one_thing_make_one_character_or_none() -> None:
    garbled = "0x219D: r'\\ensuremath{\\arrowwaveright}',                      # RIGHTWARDS WAVE ARROW [тЖЭ]"
    assert fix_text(garbled) in {garbled, garbled.replace("тЖЭ", "↝")}
    single = lossy.Unknown(frozenset({0x9D}), 0, "dropped")
    alphabet = writers.alphabet_of(steps_of({}), frozenset({""}))
    channel = lossy.channel("cp1252", lossy.DROP)
    assert writers.Utf8().advance((0xE2, 0x80, single), channel, alphabet) == (False, [("”", "”".encode())])
    ascii_lead = lossy.Unknown(frozenset({0x41}), 0, "dropped")
    assert writers._complete((ascii_lead, 0x42), channel, alphabet) == []


@pytest.mark.parametrize(
    ("text", "read", "habit"),
    [
        # the second of two bytes is gone, behind a lone sign that is its lead
        ("Artykuł 11", "cp932", "drop"),
        # letters that few languages have, and whose marks alone are left
        ("Le cœur serré, elle relut la lettre d’août :", "euc-jp", "replace"),
        # so short that it does not tell its language
        ("第十四條", "gbk", "drop"),
        # more bytes went than whole characters are left
        ("서버가 응답하지 않습니다. 잠시 후 다시 시도하세요.", "cp932", "drop"),
    ],
)
def test_what_is_left_of_a_text_tells_it(text: str, read: str, habit: str) -> None:
    line = garble(text, "utf-8", read, habit)
    assert line is not None
    assert fix_text(line) == text


@pytest.mark.parametrize(
    ("text", "written", "read", "habit"),
    [
        ("开始输入以筛选.", "gbk", "cp949", "drop"),
        ("请与您的系统管理员联系。", "gbk", "cp932", "drop"),
        ("Download Chromium på din telefon", "utf-8", "cp1257", "replace"),
    ],
)
def test_of_two_originals_the_one_whose_neighbours_go_together(text: str, written: str, read: str, habit: str) -> None:
    line = garble(text, written, read, habit)
    assert line is not None
    assert fix_text(line) == text


def test_neighbours_do_not_outweigh_what_the_characters_themselves_say() -> None:
    text = (
        "この権利は、宗教又は信念を変更する自由並びに単独で又は他の者と共同して、"
        "公的に又は私的に、布教、行事、礼拝及び儀式によって"
    )
    line = garble(text, "euc-jp", "big5")
    assert line is not None
    assert fix_text(line) == text


def test_a_line_with_a_sign_that_fits_nothing_is_not_given_whole() -> None:
    line = "echo   ?∠巨閮董蝟餌絞"
    restored = originals.restore(line, "big5")
    assert restored is not None
    assert restored.broken
    certain = spans.decided(restored)
    assert all(lost.ranked[0][1] > 0.9 for number, lost in enumerate(restored.losses) if number in certain)
    assert len(certain) < len(restored.losses)
    assert spans.decided(restored._replace(broken=0)) == frozenset(range(len(restored.losses)))


def test_what_lost_nothing_is_restored_beside_a_sign_that_fits_nothing() -> None:
    garbled = "Le barÃ¨me permet l’Ã©valuation des frais de dÃ©placement relatifs Ã l’utilisation"
    assert fix_text(garbled) == "Le barème permet l’évaluation des frais de déplacement relatifs à l’utilisation"


def test_what_a_line_shows_was_not_stripped_from_it() -> None:
    assert 0x8D in lossy.channel("cp1252", lossy.DROP).hidden(b"a")
    assert 0x8D not in lossy.channel("cp1252", lossy.DROP, lossy.kept("Ã\x9d")).hidden(b"a")
    assert 0xAD not in lossy.channel("cp1252", lossy.DROP, lossy.kept("Ã\xad")).hidden(b"a")
    assert 0xA0 not in lossy.channel("cp1252", lossy.DROP, lossy.kept("Ã\xa0")).hidden(b" ")
    assert lossy.channel("cp1252", lossy.DROP, lossy.kept("Ã\xa0")).altered(" ") == ()


def test_what_leaves_a_mark_does_not_vanish_too() -> None:
    marking = lossy.channel("cp1252", lossy.REPLACE)
    assert marking.failing(b"a") == {0x81, 0x8D, 0x8F, 0x90, 0x9D}
    assert marking.hidden(b"a") == {0xAD}


def test_no_picture_is_guessed_of_which_half_is_lost() -> None:
    for garbled in ("馃�� uso wa kwanza", "馃 uso wa kwanza | uso"):
        assert not any(char > "\uffff" for char in fix_text(garbled))


def test_no_sign_is_supposed_where_nothing_speaks_for_one() -> None:
    restored = originals.restore("Pr챕cise si l셵tilisateur doit 챗tre consid챕r챕 comme actif.", "cp949")
    assert restored is not None
    assert restored.text == "Précise si l’utilisateur doit être considéré comme actif."
    assert [lost.chosen for lost in restored.losses] == ["’"]


def test_later_bytes_alone_are_utf8_whose_first_ones_were_dropped() -> None:
    for text, read in (
        ("허용할 수 없는 행동의 예는 다음과 같습니다.", "cp949"),
        ("図書館で借りた本を返しに行きました", "cp949"),
    ):
        line = garble(text, "utf-8", read, "drop")
        assert line is not None
        assert read in sequences.lossy_readers(line)
        assert fix_text(line) == text


def test_a_text_that_must_lack_letters_is_left_alone() -> None:
    for text in ("我們明天去圖書館", "用戶名稱：王小明"):
        line = garble(text, "utf-8", "big5", "drop")
        assert line is not None
        assert fix_text(line) == line
    assert vanishing.hollow("用戶名稱", "big5", "")
    assert vanishing.hollow("用戶名稱é", "big5", "é")
    assert not vanishing.hollow("用戶名稱", "big5", "名")


def test_which_bytes_a_mark_may_stand_for_tells_the_reader() -> None:
    assert fix_text("NaÅ\ufffda odgovornost") == "Naša odgovornost"


def test_a_rare_hyphen_comes_back() -> None:
    assert (
        fix_text("acest drept include libertatea de a?먊셢 schimba") == "acest drept include libertatea de a‐și schimba"
    )


def test_a_line_that_asks_nothing_does_not_end_with_a_question_mark() -> None:
    channel = lossy.channel("gbk", lossy.REPLACE)
    line = garble("第三章：", "utf-8", "gbk", "replace") or ""
    steps = steps_of(load().best_languages("第三章"))
    likely = []
    for legible in ("这是第三章吗", "第三章"):
        restored = Lattice(line, channel, "utf-8", steps, {"CJK"}, legible=legible).run(float("inf"))
        assert restored is not None
        likely.append(dict(restored.losses[-1].ranked).get("？", 0.0))
    assert likely[1] < likely[0] / 2
