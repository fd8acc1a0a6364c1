"""The search finds the chain: layers of one reader, chains of several, legacy writers, wide readings."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmend import fix_text
from textmend.encodings import garble
from textmend.misreadings import judge, legacy, search, spans, verifying
from textmend.misreadings.found import price
from textmend.options import Options

SENTENCES = [
    "Er aß Süßes in der Straße.",
    "L’été à Paris, c’est déjà fini.",
    "“So,” she said — it’s over.",
    "žluťoučký",
]


def layers(text: str, *hops: tuple[str, str]) -> str | None:
    for written, read in hops:
        garbled = garble(text, written, read)
        if garbled is None:
            return None
        text = garbled
    return text


def mended(text: str) -> str:
    """Return a text with its mendings applied."""
    pieces = []
    done = 0
    for mending in judge(text, Options()).mendings:
        pieces += [text[done : mending.start], mending.after]
        done = mending.start + len(mending.before)
    return "".join(pieces) + text[done:]


# -- what verifies itself


@pytest.mark.parametrize("text", ["Привет, мир", "Καλημέρα, 1998", "这是一个测试", "שלום עולם, בוקר"])
@pytest.mark.parametrize("read", ["iso-8859-1", "cp437", "mac-roman", "koi8-r"])
def test_enough_distinct_sequences_need_no_model(text: str, read: str) -> None:
    garbled = garble(text, "utf-8", read)
    assert garbled is not None
    found = verifying.verified(garbled)[0]
    assert found.text == text
    assert found.chain[0].startswith("utf-8>")
    assert found.sure == verifying.sequences(text)
    assert found.restored is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain",
        "été",
        "Привет, мир",
        "Ð\x9fÑ\x80Ð¸Ð²ÐµÑ\x82 é",  # one run is none
        "è¿™æ˜¯ä¸€ä¸ª 中",
    ],
)
def test_less_than_that_is_not_verified(text: str) -> None:
    assert verifying.verified(text) == ()


def test_sequences_count_each_sign_once() -> None:
    assert verifying.sequences("") == verifying.sequences("plain") == 0
    assert verifying.sequences("éé é") == verifying.sequences("é")
    assert verifying.sequences("é") < verifying.sequences("中") < verifying.sequences("😀")
    assert verifying.sequences("é中") == verifying.sequences("é") + verifying.sequences("中")


def test_a_candidate_that_is_garbled_itself_is_not_verified() -> None:
    twice = layers("Привет, мир", ("utf-8", "iso-8859-1"), ("utf-8", "iso-8859-1"))
    assert twice is not None
    assert verifying.verified(twice) == ()
    assert any(found.text == "Привет, мир" and len(found.chain) == 2 for found in search.explore(twice))


# -- chains


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("depth", range(1, 6))
def test_layers_of_cp1252_are_undone(sentence: str, depth: int) -> None:
    garbled = layers(sentence, *[("utf-8", "cp1252")] * depth)
    assert garbled is not None
    found = {found.text: found.chain for found in search.explore(garbled)}
    assert found[sentence] == ("utf-8>cp1252",) * depth
    assert mended(garbled) == sentence


@pytest.mark.parametrize(
    "hops",
    [
        [("utf-8", "cp1252"), ("utf-8", "cp850")],
        [("utf-8", "mac-roman"), ("utf-8", "cp1252")],
        [("utf-8", "cp1251"), ("utf-8", "cp1251")],
        [("utf-8", "cp437"), ("utf-8", "cp1252"), ("utf-8", "cp1252")],
        [("utf-8", "iso-8859-1"), ("utf-8", "cp1252")],
        [("utf-8", "cp1250"), ("utf-8", "cp1252")],
    ],
)
def test_chains_of_several_readers_are_undone(hops: list[tuple[str, str]]) -> None:
    undone = 0
    for sentence in [*SENTENCES, "Съешь ещё этих мягких булок."]:
        garbled = layers(sentence, *hops)
        if garbled is not None and mended(garbled) == sentence:
            undone += 1
    assert undone >= 2


def test_the_chain_is_named_in_the_order_it_happened() -> None:
    garbled = layers("déjà vu, été", ("utf-8", "cp1252"), ("utf-8", "cp850"))
    assert garbled is not None
    assert judge(garbled, Options()).mendings[0].chain == ("utf-8>cp1252", "utf-8>cp850")


def test_a_transport_may_be_a_link() -> None:
    found = {found.text: found.chain for found in search.explore(r"caf\u00c3\u00a9 au lait")}
    assert found["café au lait"] == ("utf-8>cp1252", "backslash-u>ascii")


@pytest.mark.parametrize("text", ["", "plain", "锟斤拷", "占쏙옙占쏙옙"])
def test_nothing_to_find(text: str) -> None:
    assert search.explore(text) == []


@settings(max_examples=60)
@given(st.text(st.sampled_from("aé ÃÂ©â€™“鈥檚ðРџСЂ中"), max_size=14))
def test_every_candidate_leads_back(text: str) -> None:
    texts = [found.text for found in search.explore(text)]
    assert text not in texts
    assert len(set(texts)) == len(texts)
    for found in search.explore(text):
        assert found.chain
        if found.restored is None and all(hop.startswith("utf-8>") for hop in found.chain):
            assert spans.undo_chain(text, found.chain) == found.text


def test_a_chain_asks_for_more_where_it_leaves_signs_unexplained() -> None:
    twice = layers("déjà vu", *[("utf-8", "cp1252")] * 2)
    assert twice is not None
    whole, partial = (
        next(found for found in search.explore(text) if found.text.startswith("déjà vu"))
        for text in (twice, f"{twice} Ã©té")
    )
    assert whole.price < price("utf-8", "cp1252") < partial.price


@pytest.mark.parametrize(
    ("text", "hops"),
    [
        ("Член 24", [("utf-8", "cp1251")] * 2),
        ("Член 14", [("utf-8", "gbk"), ("utf-8", "cp932")]),
        ("Artigo 18ª.", [("utf-8", "cp1252"), ("utf-8", "cp932")]),
        ("Artigo 21.º", [("utf-8", "cp932"), ("utf-8", "iso-8859-1")]),
        ("Статья 8", [("cp1251", "cp1252"), ("utf-8", "cp1252")]),
        ("在桌子上，谢谢。", [("gbk", "cp1252"), ("utf-8", "cp1252")]),
    ],
)
def test_short_texts_come_back_from_the_end_of_their_chain(text: str, hops: list[tuple[str, str]]) -> None:
    garbled = layers(text, *hops)
    assert garbled is not None
    assert fix_text(garbled) == text


# -- legacy and wide readings

LEGACY = [
    ("Привет, как дела", "cp1251", "cp1252"),
    ("Привет, как дела", "koi8-r", "cp1251"),
    ("Привет, как дела", "cp866", "cp1252"),
    ("我们的中文文本", "gbk", "cp1252"),
    ("我们的中文文本", "gbk", "big5"),
    ("我們的房子在山的那一邊", "big5", "gbk"),
    ("日本語のテキストです", "cp932", "cp1252"),
    ("한국어 텍스트입니다", "cp949", "cp1252"),
    ("Καλημέρα κόσμε", "cp1253", "cp1252"),
    ("שלום עולם ומלואו", "cp1255", "cp1252"),
    ("السلام عليكم", "cp1256", "cp1252"),
    ("สวัสดีชาวโลก", "cp874", "cp1252"),
    ("Une journée en été à Paris, très agréable", "cp850", "cp1252"),
    ("Příliš žluťoučký kůň úpěl ďábelské ódy", "cp1250", "cp1252"),
]


@pytest.mark.parametrize(("text", "written", "read"), LEGACY)
def test_legacy_writers_are_found_and_chosen(text: str, written: str, read: str) -> None:
    garbled = garble(text, written, read)
    assert garbled is not None
    assert any(found.text == text for found in legacy.legacy(garbled))
    assert mended(garbled) == text


def test_legacy_has_nothing_for_plain_words() -> None:
    assert legacy.legacy("plain") == []


@pytest.mark.parametrize(
    ("written", "read"),
    [("utf-8", "utf-16-le"), ("utf-8", "utf-16-be"), ("utf-16-be", "utf-16-le"), ("utf-16-le", "utf-16-be")],
)
@pytest.mark.parametrize("text", ["Hello there, this is plain text.", "Une journée d’été à Paris!!!"])
def test_wide_readings_are_undone(text: str, written: str, read: str) -> None:
    garbled = garble(text, written, read)
    if garbled is None:
        pytest.skip("an odd number of bytes")
    assert any(found.text == text for found in legacy.wide(garbled))
    assert mended(garbled) == text


@pytest.mark.parametrize("written", ["utf-16-le", "utf-16-be"])
def test_bytes_of_utf16_are_found(written: str) -> None:
    garbled = garble("Hello there, this is plain text.", written, "cp1252")
    assert garbled is not None
    assert any(found.text == "Hello there, this is plain text." for found in legacy.wide(garbled))


@pytest.mark.parametrize("written", ["utf-16-le", "utf-16-be"])
def test_bytes_of_utf16_are_undone(written: str) -> None:
    garbled = garble("Hello there, this is plain text.", written, "cp1252")
    assert garbled is not None
    assert mended(garbled) == "Hello there, this is plain text."


@pytest.mark.parametrize("text", ["plain words", "中文文本没有问题", "日本語のテキスト", "한국어 텍스트", ""])
def test_east_asian_text_is_no_wide_reading(text: str) -> None:
    assert mended(text) == text


@pytest.mark.parametrize(
    ("original", "written", "read"),
    [("Das wäre zu fördern, sagte er", "cp850", "gbk"), ("die Staatsangehörigkeit der Eltern", "cp437", "gbk")],
)
def test_a_lone_sign_is_no_utf8_that_lost_bytes_where_words_come_out(original: str, written: str, read: str) -> None:
    garbled = garble(original, written, read)
    assert garbled is not None
    assert fix_text(garbled) == original


def test_writers_that_agree_do_not_hide_another() -> None:
    assert ("ПРЕАМБУЛА", ("cp1251>cp1252",)) in {(one.text, one.chain) for one in search.explore("ÏÐÅÀÌÁÓËÀ")}
