"""The document decides: pooled evidence, adopted chains, confidence, options; offsets are right everywhere."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from textmend import fix_text
from textmend.encodings import garble
from textmend.misreadings import Judgement, document, judge
from textmend.misreadings.document import confidence_of
from textmend.misreadings.judgement import EMPTY
from textmend.options import Options
from textmend.plausibility.model import load

CLEAN = Path(__file__).resolve().parents[2] / "fixtures" / "clean"


def lines(language: str) -> list[str]:
    return (CLEAN / f"{language}.txt").read_text("utf-8").split("\n")[:-1]


def checked(text: str, options: Options | None = None) -> Judgement:
    """Judge a text; whatever is found must stand where it says, in order."""
    judgement = judge(text, options or Options())
    for some in (judgement.mendings, judgement.undecided):
        done = 0
        for mending in some:
            end = mending.start + len(mending.before)
            assert done <= mending.start < end
            assert text[mending.start : end] == mending.before != mending.after
            assert mending.chain
            assert 0.5 <= mending.confidence <= 1
            done = end
    return judgement


def mended(text: str, options: Options | None = None) -> str:
    pieces = []
    done = 0
    for mending in checked(text, options).mendings:
        pieces += [text[done : mending.start], mending.after]
        done = mending.start + len(mending.before)
    return "".join(pieces) + text[done:]


# -- pooling

#: Lines of a document here; more would only take longer.
MOST = 16

POOLED = [
    ("pl", "cp1250", "cp1252", 0.75),
    ("cs", "cp1250", "cp1252", 0.65),
    ("de", "cp850", "cp1252", 1.0),
    ("fr", "cp850", "cp1252", 1.0),
    ("es", "cp850", "cp1252", 0.9),
    ("lt", "cp1257", "cp1252", 0.95),
    ("ru", "koi8-r", "cp1251", 1.0),
]


@pytest.mark.parametrize(("language", "written", "read", "share"), POOLED)
@pytest.mark.parametrize("every", [0, 4])
def test_a_document_says_what_its_lines_cannot(
    language: str, written: str, read: str, share: float, every: int
) -> None:
    """With every fourth line clean, and without: more is restored than line by line, nothing is wrong."""
    true: list[str] = []
    shown: list[str] = []
    for number, line in enumerate(lines(language)[:MOST]):
        healthy = every and number % every == 0
        garbled = line if healthy else garble(line, written, read)
        if garbled is not None:
            true.append(line)
            shown.append(garbled)
    fixed = mended("\n".join(shown)).split("\n")
    alone = [mended(line) for line in shown]
    right = sum(a == b for a, b in zip(fixed, true, strict=True))
    assert right >= share * len(true)
    assert right >= sum(a == b for a, b in zip(alone, true, strict=True))
    assert [a for a, b, c in zip(fixed, shown, true, strict=True) if a not in {b, c}] == []


def test_a_line_that_is_undecided_alone_follows_its_document() -> None:
    true = lines("sl")
    shown = [garble(line, "cp1250", "cp1252") or "" for line in true]
    undecided = [number for number, line in enumerate(shown) if mended(line) == line != true[number]]
    assert undecided  # some lines say too little alone
    fixed = mended("\n".join(shown)).split("\n")
    assert [number for number in undecided if fixed[number] == true[number]]


def test_two_misreadings_in_one_document() -> None:
    first = [garble(line, "utf-8", "cp1252") for line in lines("de")]
    second = [garble(line, "utf-8", "gbk") for line in lines("ru")]
    shown = [a or b or "" for pair in zip(first, second, strict=True) for a, b in (pair, pair[::-1])]
    true = {**dict(zip(first, lines("de"), strict=True)), **dict(zip(second, lines("ru"), strict=True))}
    assert mended("\n".join(shown)).split("\n") == [true[line] for line in shown]
    chains = {mending.chain for mending in checked("\n".join(shown)).mendings}
    assert chains == {("utf-8>cp1252",), ("utf-8>gbk",)}


@pytest.mark.parametrize("language", ["fr", "de", "pl", "ru", "el", "ja", "zh-Hans", "ko", "ar", "th", "vi"])
def test_clean_documents_stay(language: str) -> None:
    text = "\n".join(lines(language))
    judgement = checked(text)
    assert judgement.mendings == judgement.undecided == ()


HARD = [path.stem for path in sorted(CLEAN.glob("x-*.txt"))]


@pytest.mark.parametrize("name", HARD)
def test_hard_clean_documents_stay(name: str) -> None:
    assert mended((CLEAN / f"{name}.txt").read_text("utf-8")) == (CLEAN / f"{name}.txt").read_text("utf-8")


def test_repeated_lines_are_repaired_each_time_and_count_once() -> None:
    once = checked("cafÃ© au lait").mendings
    many = checked("cafÃ© au lait\n" * 40).mendings
    assert len(many) == 40
    assert [mending.start for mending in many] == [14 * number + 3 for number in range(40)]
    assert {mending.after for mending in many} == {"é"}
    assert many[0].bits <= once[0].bits + 64  # forty times the same is not forty witnesses


# -- confidence and options


def test_confidence_is_a_probability() -> None:
    assert confidence_of(0.0) == 0.5
    assert confidence_of(1e9) == 1.0
    assert confidence_of(-1e9) == 0.0
    bits = [float(number) for number in range(-60, 60)]
    assert [confidence_of(each) for each in bits] == sorted(confidence_of(each) for each in bits)
    assert all(abs(confidence_of(each) + confidence_of(-each) - 1) < 1e-9 for each in bits)


def test_who_wants_to_be_surer_repairs_less_and_is_told() -> None:
    text = "привет Рё"
    assert mended(text) == "привет и"
    judgement = checked(text, Options(min_confidence=0.9999999))
    assert judgement.mendings == ()
    assert [(each.start, each.before, each.after) for each in judgement.undecided] == [(7, "Рё", "и")]


@pytest.mark.parametrize("language", ["pl", "lt", "es"])
def test_mendings_and_undecided_share_what_is_found(language: str) -> None:
    written = {"pl": "cp1250", "lt": "cp1257", "es": "cp850"}[language]
    text = "\n".join(line for true in lines(language) if (line := garble(true, written, "cp1252")))
    previous: set[tuple[int, str]] | None = None
    for least in (0.6, 0.9, 0.999, 0.999999):
        judgement = checked(text, Options(min_confidence=least))
        assert all(mending.confidence >= least for mending in judgement.mendings)
        assert all(mending.confidence < least for mending in judgement.undecided)
        sure = {(mending.start, mending.after) for mending in judgement.mendings}
        assert previous is None or sure <= previous
        previous = sure


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("cp1252",), "café it鈥檚 good"),
        (("windows-1252",), "café it鈥檚 good"),
        (("gbk",), "cafÃ© it’s good"),
        (("cp1251",), "cafÃ© it鈥檚 good"),
    ],
)
def test_only_the_encodings_that_were_named(names: tuple[str, ...], expected: str) -> None:
    assert mended("cafÃ© it鈥檚 good", Options(encodings=names)) == expected


# -- where it stands


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n\n"])
def test_line_ends_stay(end: str) -> None:
    shown, true = ["cafÃ© noir", "plain", "it鈥檚 late", "cafÃ© noir"], ["café noir", "plain", "it’s late", "café noir"]
    assert mended(end.join(shown)) == end.join(true)
    assert mended(end.join(shown) + end) == end.join(true) + end
    assert mended(end + end.join(shown)) == end + end.join(true)


@pytest.mark.parametrize(
    "around",
    [
        "\ud800 {} \udfff",
        "\0{}\0",
        "\0\0 {}",
        "😀 {} 😀",
        "\ufeff{}",
        "𐍈{} 𝔸",
        "\t{}\x0b\x0c",
        "{}\u2028",
        "a\u0301 {}",
    ],
)
def test_offsets_among_unusual_signs(around: str) -> None:
    assert mended(around.format("cafÃ© noir")) == around.format("café noir")


@pytest.mark.parametrize("text", ["", "\n", "\r\n" * 20, " ", "\0", "\ud800", "\ufeff", "a" * 10_000])
def test_nothing_to_do(text: str) -> None:
    assert judge(text, Options()) == EMPTY


@pytest.mark.parametrize("gap", [0, 100, 1_199, 1_200, 1_201, 5_000])
def test_very_long_lines(gap: int) -> None:
    words = "plain words " * (gap // 12 + 1)
    shown = f"{words}cafÃ© {words}itâ€™s {words}"
    assert mended(shown) == shown.replace("Ã©", "é").replace("â€™", "’")


@pytest.mark.xfail(reason="candidates that change different places count as rivals")
def test_two_misreadings_in_one_line() -> None:
    assert mended("plain words cafÃ© and it鈥檚 plain words") == "plain words café and it’s plain words"


def test_a_long_word_without_spaces() -> None:
    assert mended("x" * 4_000 + " cafÃ© " + "y" * 4_000) == "x" * 4_000 + " café " + "y" * 4_000


@pytest.mark.parametrize("shown", ["cafÃ© ", "it鈥檚 late ", "Ïðèâåò, êàê äåëà? "])
def test_the_work_grows_with_the_text_and_not_faster(shown: str) -> None:
    """Counted in calls of functions, which no busy machine can disturb."""

    def calls(text: str) -> int:
        count = 0

        def profile(_frame: object, event: str, _what: object) -> None:
            nonlocal count
            count += event in {"call", "c_call"}

        sys.setprofile(profile)
        try:
            judge(text, Options())
        finally:
            sys.setprofile(None)
        return count

    judge(shown * 1_600, Options())  # what is learned once is not counted
    assert calls(shown * 1_600) <= 5 * calls(shown * 400)


# -- text that must not be imagined


@pytest.mark.parametrize("text", ["ÃÃÃÃÃÃÃÃ", "鈥鈥鈥鈥鈥鈥"])
def test_one_sign_is_no_evidence(text: str) -> None:
    assert mended(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "鈥是元素周期表中的一種元素。",
        "鈥",
        "鈥\n鈧\n鈦",
        "鈥、鉺、銩、鐿、鎦 是鑭系元素",
        "ﾊﾝｶｸ ﾃﾞｽ",
        "┌──┐\n│ok│\n└──┘",
        "IRMÃ, CAFÉ, VITÓRIA, ÉCOLE",
        "NESTLÉ® and CAFÉ™",
        "1 £ = 1,2 € ÷ 2 × 3",
        "Å² and Å³ of area",
        "ÅÅÅÅ ····· ÷÷÷÷",
        "Nguyễn Thị Minh Khai, Đường Trần Hưng Đạo",
        "/ˈfəʊnətɪk/ [ʃ] ʒ θ ð ŋ",
        "∀x∈ℝ: ⌈x⌉ ≠ ⌊x⌋ ⇒ ∃n∈ℕ",
        "關關雎鳩，在河之洲。窈窕淑女，君子好逑。",
    ],
)
def test_unusual_text_stays(text: str) -> None:
    assert mended(text) == text


def test_lines_of_readers_that_differ_in_a_few_signs_are_whole() -> None:
    clean = (
        "em cooperação com as Nações Unidas,\nmais alta importância para o pleno cumprimento,\nSão dotados de razão e "
        "consciência\ncada indivíduo e cada órgão da sociedade\nNão será também feita nenhuma distinção\nqualquer ação"
    )
    garbled = garble(clean, "utf-8", "koi8-u")
    assert garbled is not None
    assert mended(garbled) == clean


@pytest.mark.parametrize(
    ("original", "written", "read"),
    [
        ("«Де ти була?» — запитав він тихо.", "cp1251", "cp1253"),
        ("พรุ่งนี้ฝนจะตก… วิทยุบอกอย่างนั้น", "cp874", "cp850"),
        ("«Ми йшли додому?", "cp1251", "cp1252"),
    ],
)
def test_a_repair_that_reads_well_is_not_doubted_for_a_clue_left_in_it(original: str, written: str, read: str) -> None:
    garbled = garble(original, written, read)
    assert garbled is not None
    assert mended(original) == original
    assert mended(garbled) == original


@pytest.mark.parametrize("language", ["fr", "de", "pl", "ru", "el", "tr", "vi", "ja", "zh-Hans", "ar", "x-quotes-en"])
@pytest.mark.parametrize("read", ["cp1252", "iso-8859-1", "cp1251", "mac-roman", "cp437", "cp850", "gbk"])
def test_a_line_beyond_doubt_is_judged_with_less_work_all_the_same(
    language: str, read: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = []
    clean = lines(language)[:14]
    for at, line in enumerate(clean):
        seen = garble(line, "utf-8", read)
        texts += [] if seen is None else [seen, f"{seen}\r\n{seen}", "\n".join([*clean[:at], seen, *clean[at + 1 :]])]
    judged = [judge(text, Options()) for text in texts]
    monkeypatch.setattr(document, "alone", lambda *_: ())
    assert judged == [judge(text, Options()) for text in texts]


@pytest.mark.parametrize(
    ("garbled", "original"),
    [
        ("T„m„ on alias GNU:n `libtool` komennolle.", "Tämä on alias GNU:n `libtool` komennolle."),
        ("Artigo 23.є", "Artigo 23.º"),
        ("Livro 9.║", "Livro 9.º"),
        ("langue des signes amОricaine", "langue des signes américaine"),
        ("Aquest comandament 閟", "Aquest comandament és"),
        (
            "Ikvienam ir tiesïbas uz dzïvïbu, brïvïbu un personas neaizskaramïbu.",
            "Ikvienam ir tiesības uz dzīvību, brīvību un personas neaizskaramību.",
        ),
    ],
)
def test_what_few_words_tell(garbled: str, original: str) -> None:
    assert mended(garbled) == original


@pytest.mark.parametrize("text", ["Lain 5.§", "Artikel 3.§", "Suomen laki 5.§ mukaan"])
def test_no_ordinal_comes_out_where_the_language_writes_none(text: str) -> None:
    assert mended(text) == text


@pytest.mark.parametrize(
    ("original", "written", "read"),
    [
        # all words have an even number of letters, as those have that lost their last one
        ("первое письмо лежало дома", "cp1251", "gbk"),
        ("первое письмо лежало дома", "koi8-r", "big5"),
        # bytes that look like UTF-8 that lost some
        ("彼女は『坊っちゃん』を三度も読みました。", "cp932", "gbk"),
        # beside words that are in no list
        ("Święto obchodzimy u dziadka, koło Rzeszowa", "cp852", "cp850"),
    ],
)
def test_words_that_come_out_leave_no_doubt(original: str, written: str, read: str) -> None:
    garbled = garble(original, written, read)
    assert garbled is not None
    assert mended(garbled) == original


def test_a_word_of_32_bits_must_have_the_letters_of_its_language() -> None:
    assert mended("Ägyptisches Arabisch") == "Ägyptisches Arabisch"
    assert load().knows("ńgyptisches")
    assert not load().knows("ńgyptisches", spelt=True)


def test_a_capital_within_a_word_is_no_witness() -> None:
    assert mended("Israèl") == "Israèl"


@pytest.mark.parametrize("hop", ["cp1252>cp1251", "cp857>cp1251", "cp857>cp1252", "cp850>cp1251"])
def test_ordinals_follow_the_chain_of_their_document(hop: str) -> None:
    lines = (
        "Todos os indivíduos têm direito ao reconhecimento.",
        "Toda a pessoa tem direito a protecção igual contra qualquer discriminação.",
        "Ninguém pode ser arbitrariamente preso ou exilado.",
        "Toda a pessoa acusada presume-se inocente até que a culpa fique provada.",
        "Toda a pessoa tem direito à vida e à segurança.",
    )
    mark = "º" if garble("º", *hop.split(">")) else "."
    text = "\n".join(f"Artigo {number}.{mark}\n{line}" for number, line in enumerate(lines * 2, 6))
    assert fix_text(garble(text, *hop.split(">")) or "") == text


@pytest.mark.parametrize("hop", ["mac-cyrillic>gbk", "cp1251>gbk", "mac-cyrillic>cp1252"])
def test_what_a_chain_made_of_headings_does_not_tell_it_from_its_sisters(hop: str) -> None:
    text = "\n".join(f"Члан {number}." for number in range(1, 15))
    assert fix_text(garble(text, *hop.split(">")) or "") == text
