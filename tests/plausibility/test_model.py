"""The scorer: costs add up, true text is cheaper than garbled text, memory is bounded."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmend.encodings import garble
from textmend.plausibility import groups
from textmend.plausibility import model as module
from textmend.plausibility.model import UNITS, Model, load

CLEAN = Path(__file__).resolve().parents[2] / "fixtures" / "clean"
LANGUAGES = [
    "fr",
    "de",
    "es",
    "pt",
    "pl",
    "cs",
    "hu",
    "sv",
    "tr",
    "ru",
    "uk",
    "el",
    "ar",
    "he",
    "th",
    "ja",
    "ko",
    "zh-Hans",
]

texts = st.text(st.characters(codec=None), max_size=40)
words = st.sampled_from(
    [
        "the",
        "été",
        "Москва",
        "中文",
        "テスト",
        "한국어",
        "“So”",
        "it’s",
        "–",
        "1998",
        "ß",
        "שלום",
        "مرحبا",
        "ไทย",
        "ｱｲｳ",
        "NESTLÉ",
        "é",
    ]
)
sentences = st.lists(words, max_size=8).map(" ".join)


@pytest.fixture(scope="module")
def model() -> Model:
    return load()


def lines(language: str) -> list[str]:
    return (CLEAN / f"{language}.txt").read_text("utf-8").split("\n")[:-1]


def test_the_model_is_loaded_once() -> None:
    assert load() is load()


def test_a_model_of_other_classes_is_refused() -> None:
    from textmend.plausibility import storage
    from textmend.plausibility.classes import COUNT

    with pytest.raises(ValueError, match="train it again"):
        Model(storage.pack({"classes": COUNT + 1, "groups": []}, {}))


# -- costs add up


@given(texts | sentences)
def test_a_text_costs_what_its_tokens_cost_together(text: str) -> None:
    model = load()
    packed = sum(model.token(token) for token in text.split(" "))
    assert model.packed(text) == packed
    assert model.cost(text) == model.settle(packed) / UNITS


@given(sentences, sentences)
def test_two_texts_cost_what_they_cost_together(first: str, second: str) -> None:
    model = load()
    assert model.packed(f"{first} {second}") == model.packed(first) + model.packed(second)


@given(texts | sentences)
def test_no_cost_is_negative(text: str) -> None:
    model = load()
    assert model.cost(text) >= 0
    assert model.settle(model.packed(text), supposed=True) >= model.settle(model.packed(text))
    assert all(model.alone(char) >= 0 for char in text)


@given(texts | sentences)
def test_costs_do_not_depend_on_what_was_asked_before(text: str) -> None:
    model = load()
    first = model.cost(text)
    model._tokens.clear()
    model._words.clear()
    assert model.cost(text) == first


@given(st.lists(words, min_size=1, max_size=8))
def test_the_order_of_words_does_not_matter(some: list[str]) -> None:
    assert load().cost(" ".join(some)) == load().cost(" ".join(reversed(some)))


def test_a_field_never_runs_over_into_the_next(model: Model) -> None:
    token = "Ж" * 2_000 + "ǽ" * 2_000
    packed = model.token(token)
    fields = memoryview(packed.to_bytes((model._fields + 1) * 4, "little")).cast("I")
    assert max(fields) < 2**31


# -- which text is likelier


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("read", ["cp1252", "iso-8859-1", "cp1251", "gbk", "mac-roman"])
def test_text_is_cheaper_than_what_becomes_of_it(language: str, read: str) -> None:
    model = load()
    compared = 0
    for line in lines(language):
        garbled = garble(line, "utf-8", read)
        if garbled is not None and garbled != line:
            assert model.cost(line) < model.cost(garbled), line
            compared += 1
    assert compared or read in {"cp1252", "gbk", "cp1251"}  # which cannot show every byte


@pytest.mark.parametrize(
    ("true", "garbled"),
    [
        ("tout à fait", "tout Ã\xa0 fait"),
        ("Straße", "StraÃŸe"),
        ("Straße", "Straáe"),  # cp850 read as cp1252
        ("Привет, мир", "Ïðèâåò, ìèð"),
        ("Привет, мир", "оПХБЕР, ЛХП"),  # cp1251 read as koi8-r
        ("Ελλάδα", "ÅëëÜäá"),
        ("dívka", "dÃ­vka"),
        ("příliš žluťoučký", "pøíliš žluouèký"),
        ("中文文本", "ÖÐÎÄÎÄ±¾"),
        ("日本語です", "“ú–{Œê‚Å‚·"),
        ("한국어", "ÇÑ±¹¾î"),
        ("שלום עולם", "ùìåí òåìí"),
        ("สวัสดี", "ÊÇÑÊ´Õ"),
        ("Türkiye’de", "Türkiyeâ€™de"),
        ("it’s", "it鈥檚"),
    ],
)
def test_true_text_is_cheaper(true: str, garbled: str, model: Model) -> None:
    assert model.cost(true) < model.cost(garbled)


@pytest.mark.parametrize("language", [*LANGUAGES[:11], "el", "ja", "ko", "zh-Hans", "zh-Hant", "it", "fi", "ka", "hy"])
def test_a_text_tells_its_language(language: str, model: Model) -> None:
    assert model.language("\n".join(lines(language)).replace("\n", " ")) == language


def test_a_text_without_letters_has_no_language(model: Model) -> None:
    assert model.language("") == model.language("1998 – 2004 ...") == ""


def test_a_supposed_text_pays_more_for_a_rare_letter(model: Model) -> None:
    rare, usual = model.packed("ქ ꙮꙮ xǂ"), model.packed("plain été")
    assert model.settle(usual, supposed=True) == model.settle(usual)
    assert model.settle(rare, supposed=True) > model.settle(rare)


def test_an_unknown_letter_costs_more_than_a_known_one(model: Model) -> None:
    assert model.cost("fꝏr") > model.cost("für")
    assert model.alone("龘") > model.alone("的")
    assert model.alone("É") > model.alone("é")


def test_a_sign_repeated_is_cheap(model: Model) -> None:
    assert model.cost("÷" * 40) < 4 * model.cost("÷" * 4)


@pytest.mark.parametrize(("char", "usual"), [("à", True), ("и", True), ("ß", False), ("中", True)])
def test_letters_that_are_words(char: str, usual: bool, model: Model) -> None:
    assert model.usual_alone(char) is usual


def test_known_characters_are_single_and_distinct(model: Model) -> None:
    known = model.known_characters()
    assert len(set(known)) == len(known)
    assert all(len(char) == 1 for char in known)
    assert set("aéжαא中한“—") <= set(known)


# -- memory


def forget_soon(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    for each in (module, groups):
        monkeypatch.setattr(each, "WORD_MEMORY", most)
    monkeypatch.setattr(module, "_TOKENS_KEPT", most)


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    forget_soon(monkeypatch, 50)
    own = Model(Path(module._MODEL).read_bytes())
    for number in range(400):
        latin = chr(0x61 + number % 26) + chr(0x61 + number // 26)
        text = f"mot{latin} é{number} Ж{chr(0x430 + number % 32)} 中{chr(0x4E00 + number)}"
        own.cost(text)
    bound = 50 + 2
    assert len(own._tokens) <= bound
    assert len(own._words) <= bound
    east = own._groups["CJK"]
    assert len(east.pairs) <= bound
    assert all(len(group.triples) <= 4 * bound for group in own._groups.values())


def test_long_tokens_are_not_remembered() -> None:
    own = load()
    before = len(own._tokens)
    token = "ß" * (module._TOKEN_LENGTH + 1)
    own.cost(token)
    assert token not in own._tokens
    assert len(own._tokens) == before


def test_what_is_forgotten_is_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    forget_soon(monkeypatch, 3)
    own = Model(Path(module._MODEL).read_bytes())
    for line in [*lines("ru"), *lines("ja"), *lines("ru")]:
        assert own.cost(line) == load().cost(line)


@pytest.mark.parametrize("text", ["", " ", "\n", "\0", "\ud800", "\U0010ffff", "a" * 5_000, "\u0301" * 500, "İẞǅ"])
def test_any_text_has_a_cost(text: str, model: Model) -> None:
    assert 0 <= model.cost(text) < float("inf")
    assert isinstance(model.language(text), str)


@pytest.mark.parametrize(
    ("language", "letters", "others"),
    [
        ("fr", "àâçéèêîïôùû", "ñőšåø"),
        ("pt", "àáâãçéêíóôõú", "ŕşñ"),
        ("cs", "áďéěíňóřšťúůýž", "ľŕñ"),
        ("sv", "åäöé", "ášûõ"),
    ],
)
def test_letters_of_an_alphabet_are_used_however_seldom(language: str, letters: str, others: str, model: Model) -> None:
    number = model.group("Latn").languages.index(language)
    assert [char for char in letters + others if model.has_letter(number, char)] == list(letters)
