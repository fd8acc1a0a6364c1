"""Escapes that garbled text travels in are undone; those of programs, addresses, markup and mail stay."""

from __future__ import annotations

import base64
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmend import fix_text
from textmend.misreadings import clues, transports
from textmend.misreadings.belonging import Surroundings

# (garbled, undone, hop, whether a further hop must follow)
DAMAGED = [
    ("Results of the mill=E2=80=99s owner.", "Results of the mill’s owner.", "quoted-printable>ascii", False),
    ("One =E2=80=94 two =3D 1 + 1=20", "One — two = 1 + 1 ", "quoted-printable>ascii", False),
    ("Caf=C3=A9 au lait", "Café au lait", "quoted-printable>ascii", False),
    ("caf=c3=a9 au lait", "café au lait", "quoted-printable>ascii", False),
    ("=D0=9F=D1=80=D0=B8=D0=B2=D0=B5=D1=82!", "Привет!", "quoted-printable>ascii", False),
    ("a li=\nne of the b=C3=\n=A4r=\n", "a line of the bär", "quoted-printable>ascii", False),
    ("don=C3=A2=C2=80=C2=99t", "donâ\x80\x99t", "quoted-printable>ascii", True),
    ("price = 5 of a caf=C3=A9", "price = 5 of a café", "quoted-printable>ascii", False),
    ("S%C3%A3o%20Paulo", "São Paulo", "percent>ascii", False),
    ("Beyonc%C3%83%C2%A9%20-%20%27Halo%27.mp3", "BeyoncÃ© - 'Halo'.mp3", "percent>ascii", False),
    ("the mill%E2%80%99s owner", "the mill’s owner", "percent>ascii", False),
    ("%D0%9F%D1%80%D0%B8%D0%B2%D0%B5%D1%82", "Привет", "percent>ascii", False),
    (r"the mill\xe2\x80\x99s owner", "the mill’s owner", "backslash-x>ascii", False),
    (r"the mill\xE2\x80\x99s owner", "the mill’s owner", "backslash-x>ascii", False),
    (r"smile \xf0\x9f\x98\x80 caf\xc3\xa9", "smile 😀 café", "backslash-x>ascii", False),
    (r"He said \xe2\x80\x9cyes\xe2\x80\x9d to it", "He said “yes” to it", "backslash-x>ascii", False),
    (
        r"one day \xe2\x80\x94 the last one \xe2\x80\x94 it rained",
        "one day — the last one — it rained",
        "backslash-x>ascii",
        False,
    ),
    (r"caf\303\251 au lait", "café au lait", "backslash-octal>ascii", False),
    (r"the mill\342\200\231s owner", "the mill’s owner", "backslash-octal>ascii", False),
    ("the mill<e2><80><99>s owner", "the mill’s owner", "angle-bytes>ascii", False),
    ("caf<C3><A9> au lait", "café au lait", "angle-bytes>ascii", False),
    (r"caf\u00c3\u00a9 au lait", "cafÃ© au lait", "backslash-u>ascii", True),
    (r"don\u00e2\u0080\u0099t", "donâ\x80\x99t", "backslash-u>ascii", True),
    (r"don\u00E2\u20AC\u2122t", "donâ€™t", "backslash-u>ascii", True),
    ('{"name": "Jos\\u00c3\\u00a9", "age": 3}', '{"name": "JosÃ©", "age": 3}', "backslash-u>ascii", True),
    (r"\u00f0\u009f\u0098\u0080 so much fun", "ð\x9f\x98\x80 so much fun", "backslash-u>ascii", True),
    (r'{"c": "\u00d0\u009f\u00d1\u0080\u00d0\u00b8"}', '{"c": "Ð\x9fÑ\x80Ð¸"}', "backslash-u>ascii", True),
    (r"donâ\u0080\u0099t", "donâ\x80\x99t", "backslash-u>ascii", True),
    (r"said â€œyesâ€\x9d", "said â€œyesâ€\x9d", "backslash-u>ascii", True),
    ("caf&Atilde;&copy; au lait", "cafÃ© au lait", "html>ascii", True),
    ("caf&#195;&#169; au lait", "cafÃ© au lait", "html>ascii", True),
    ("caf&#xC3;&#xa9; au lait", "cafÃ© au lait", "html>ascii", True),
    ("don&acirc;&euro;&trade;t", "donâ€™t", "html>ascii", True),
    ("<p>don&#226;&#128;&#153;t</p>", "<p>donâ\x80\x99t</p>", "html>ascii", True),
    ("Saint-Andr&#195;&#169;-l&#195;&#160;", "Saint-AndrÃ©-lÃ\xa0", "html>ascii", True),
    ("K&#226;&#128;&#153;a Di&#201;&#178;e", "Kâ\x80\x99a DiÉ²e", "html>ascii", True),
    ("D%C3%B3nde%20est%C3%A1?", "Dónde está?", "percent>ascii", False),
    ("%C2%BFQui%C3%A9n?%20Yo.", "¿Quién? Yo.", "percent>ascii", False),
    (r"desenvolvimento de rela\xc3\xa7\xc3\xb5es;", "desenvolvimento de relações;", "backslash-x>ascii", False),
    ("AMERICA&amp;#39;S UNIONS", "AMERICA'S UNIONS", "html-twice>ascii", False),
    ("caf&amp;eacute; &amp;ndash; au lait", "café – au lait", "html-twice>ascii", False),
    ("Tom &amp;amp; Jerry&amp;amp;#x27;s", "Tom & Jerry's", "html-twice>ascii", False),
    ("&amp;quot;Hello&amp;quot;, she said", '"Hello", she said', "html-twice>ascii", False),
    ("caf+AOk- au lait", "café au lait", "utf-7>ascii", False),
    ("+ZeVnLIqeMAI-", "日本語。", "utf-7>ascii", False),
    ("+BB8EQAQ4BDIENQRC, 1 +- 1", "Привет, 1 + 1", "utf-7>ascii", False),
    ("He said +IBw-yes+IB0 to it", "He said “yes” to it", "utf-7>ascii", False),
    ("~{VPND~} text", "中文 text", "hz>ascii", False),
    ("$B$3$s$K$A$O(B", "こんにちは", "iso-2022-jp>ascii", False),
    ("\x1b$B$3$s$K$A$O\x1b(B world", "こんにちは world", "iso-2022-jp>ascii", False),
    ("$B4A;z$HJ8>O(J", "漢字と文章", "iso-2022-jp>ascii", False),
]


@pytest.mark.parametrize(("garbled", "undone", "hop", "more"), DAMAGED)
def test_damage_is_undone_and_proved(garbled, undone, hop, more):
    if "\n" not in garbled:
        garbled = garbled + " and more of it"
        undone = undone + " and more of it"
    assert transports.clue(garbled)
    if hop.startswith("quoted") and "=20 and" in garbled:
        undone = garbled.replace("=E2=80=94", "—").replace("=3D", "=").replace("=20", " ")
    assert transports.undo(garbled) == [transports.Undone(undone, hop, more)]
    assert transports.proved(garbled, undone, hop)
    places = transports.places(garbled, undone, hop)
    assert places
    rebuilt = garbled
    for start, before, after in reversed(places):
        assert transports.proved(before, after, hop) or before.startswith("=\n")
        assert transports.undo_hop(before, hop) == after
        rebuilt = rebuilt[:start] + after + rebuilt[start + len(before) :]
    assert rebuilt == undone
    assert not transports.proved(garbled, undone + "x", hop)


_SPELLED = r"\xe2\x80\x99"


@pytest.mark.parametrize("text", ["Nesmí být", "В комнате", "第二十一條", "«Saint-André»"])
def test_entities_escaped_again_that_spell_garbled_text_are_undone_with_it(text: str) -> None:
    garbled = text.encode().decode("latin-1")
    escaped = "".join(char if char.isascii() else f"&amp;#{ord(char)};" for char in garbled)
    assert fix_text(escaped) == text


KEPT = [
    # healthy characters that are escaped, not garbled
    r"caf\u00e9",
    r"\ud83d\ude00 fun",
    r"\U0001f600",
    r'{"a": "caf\u00e9 \u2019 \u4e2d\u6587"}',
    r"\u8054\u901a",
    r"[\u00c0-\u00d6\u00d8-\u00f6]",
    r"[\u4e00-\u9fff]",
    r"\u00c3 \u00a9",
    "caf&eacute;",
    "&copy; 2020",
    "&nbsp;&nbsp;",
    "&Atilde; &copy;",
    "&laquo;Oui&raquo;",
    "a &amp; b",
    "AT&amp;T",
    "&lt;b&gt;",
    "&#8217;",
    "it&#39;s",
    "&eacute;&agrave;",
    "&Eacute;T&Eacute;",
    "&Aacute;&Acirc;&Atilde;",
    # programs
    r"x = b'\xe2\x80\x99'",
    r'b"it\xe2\x80\x99s"',
    r"rb'\xe2\x80\x99s'",
    r"Br'it\xe2\x80\x99s'",
    r"s.encode() == b'caf\xc3\xa9'",
    r'printf("caf\xc3\xa9\n");',
    r"print('caf\xc3\xa9')",
    r'char *s = "caf\xc3\xa9";',
    r"echo -e 'caf\xc3\xa9'",
    r"sed 's/\xe2\x80\x99/x/g'",
    r"tr '\303\251' e",
    r'"\303\251",',
    r"[\xc3\xa9]",
    r"re.compile('\xc3\xa9')",
    r"    'it\xe2\x80\x99s',",
    r"$ printf '\xe2\x80\x99s'",
    r">>> 'caf\xc3\xa9'",
    r"// caf\xc3\xa9",
    r"if (c == '\xc3\xa9') {",
    r"x.replace('\u00c3\u00a9', '\u00e9')",
    r"'\u00c3\u00a9'",
    r'"\u00e2\u0080\u0099"',
    r"const A = '\u00c3\u00a9'",
    r"[\u00c3\u00a9]",
    r"assertEqual('caf\u00c3\u00a9', x)",
    rf"The UTF-8 encoding of it is {_SPELLED}.",
    rf"the bytes {_SPELLED}s",
    rf"see {_SPELLED} there",
    r"C:\xe2\x80",
    r"\\xe2\\x80\\x99s caf",
    r"\\u00c3\\u00a9",
    r"\xff\xd8\xff\xe0 is how it starts",
    r"\xde\xad\xbe\xef",
    r"\377\330",
    r"\101\102",
    r"\newcommand{\x}{\xi}",
    r"\usepackage{x}",
    r"C:\users\303\251",
    "x = unquote('%C3%A9')",
    "if a == '%E2%80%99':",
    'href="caf%C3%A9.html"',
    "src='/b/%E2%80%99.png'",
    "let u = `caf%C3%A9`;",
    # addresses
    "https://example.org/caf%C3%A9",
    "see http://example.org/wiki/S%C3%A3o_Paulo for it",
    "https://example.org/?a=%E2%80%99&b=%C3%A9",
    "www.example.org/%C3%A9",
    "/wiki/%C3%89t%C3%A9",
    "?q=%C3%A9",
    "a=%C3%A9&b=1",
    "mailto:x@example.org?subject=%C3%A9",
    "[a](caf%C3%A9.html)",
    "url(caf%C3%A9.png)",
    "q=%E6%97%A5",
    "http://example.org/%C3%83%C2%A9",
    "https%3A%2F%2Fexample.org%2Fcaf%C3%A9",
    "file:%C3%A9",
    "user@%C3%A9",
    "http://example.org/?x=E2=80=99",
    "a%20b",
    "100%25",
    "50%",
    "100%DE AD",
    "%s %d %c3",
    "%E9",
    "%C3",
    "tel:+33123456789",
    # mail
    "Subject: =?UTF-8?Q?Caf=C3=A9?=",
    "=?utf-8?q?it=E2=80=99s?= x",
    "=?utf-8?B?Y2Fmw6k=?=",
    "caf=C3=A8?=",
    # equals signs
    "=C3=B4",
    "=IF(A1=C3,B4)",
    "x=C3=A9",
    "A1=C3=B4",
    "=AND(B2=C3=A9)",
    "a=b",
    "x =20",
    "DE=AD=BE=EF",
    "if a==b:",
    "==",
    "=",
    "x=\ny",
    "color=C3A9",
    "k=E2&l=80",
    "1=1",
    "base64==",
    "a=C4 b=A4",
    "=SUM(A1:A3)",
    "=E2",
    "caf=E9",
    "======",
    "=-=-=",
    "=3D",
    "=20",
    "a =\nb",
    # entities in markup and in text about it
    "<td>caf&amp;eacute;</td>",
    "write &amp;lt; for it",
    "the entity &amp;eacute; is",
    "`&amp;eacute;`",
    "&amp;eacute;",
    "a?b=1&amp;copy=2",
    "?a=1&amp;amp;b=2 x",
    "'&amp;#39;'",
    "&amp;lt;b&amp;gt;",
    "use &amp;amp; in HTML",
    "R&amp;D",
    "x &amp;& y",
    "a &amp;x; b",
    "if (a &amp;&amp; b)",
    "<br/>it&amp;#39;s",
    # plus signs
    "a+b-c",
    "a+b",
    "C++",
    "C++-like",
    "g++",
    "c++/cli",
    "user+tag@example.org",
    "user+AOk-tag@example.org",
    "1+123-456",
    "+1 202 555 0100",
    "+33-1-23-45",
    "x1+x2+x3+...+xn",
    "k+ABC-d",
    "Na+-K+ ATPase",
    "T+CD4-cells",
    "CD4+CD25-",
    "H2O+NaCl-",
    "Notepad++",
    "A+ACE-inhibitor",
    "+--",
    "+-+-+",
    "|+----+|",
    "1 +- 2",
    "a +-b",
    "+/-",
    "+A-",
    "x+AAA-y",
    "git+https://x-y",
    "2020-01-01T00:00:00+0100",
    "sha+ZeVnLIqe+abc=",
    "Ctrl+Alt-x",
    "Ctrl+Shift+AOk-",
    "+ABCD",
    "B+APC-",
    "CD3+CD4+",
    "HER2+ERneg-",
    # tildes and dollars
    "~{",
    "~{}",
    "~{a}",
    "x~{y}~",
    "~{ab",
    "~}",
    "a~{b~}c",
    "~{b1~}",
    "$B",
    "$B$",
    "$B(B)",
    "$B$(B",
    "cost $B (B)",
    "let $B = $A(B);",
    "$B+$C=(B)",
    "$@",
    "$B_x(B",
    "${B}(B)",
    "the set $B$ of all $(B_n)$",
    "$B[0](B",
    "echo $B$A(B",
    "$Bx(B",
    "$B(x)+(B",
    "for $@ in (B)",
    "$B$ is a $(B)$-set",
    "$B(J",
    # angles
    "<e2>",
    "<c3><p>",
    "<a><b>",
    "<b>x</b>",
    "<ed><a1>",
    "vector<c3><a9",
    "x <c3><a9> y",
]
for _number in range(0x80, 0x100, 3):
    KEPT += [
        f"caf\\u00{_number:02x}",
        f"'\\x{_number:02x}'",
        f"100%{_number:02X}",
        f"a={_number:02X}",
        f"&#{_number};",
        f"\\{_number:03o}x",
    ]


@pytest.mark.parametrize("line", KEPT)
def test_what_belongs_stays(line):
    assert transports.undo(line) == []
    assert transports.undo(f"  {line}") == []


def test_damage_stays_where_the_document_means_it():
    qp, spelled, twice = "the mill=E2=80=99s", r"the mill\xe2\x80\x99s", "AMERICA&amp;#39;S"
    assert transports.undo(qp, Surroundings(mail=True)) == []
    assert transports.undo(qp, Surroundings(program=True)) == []
    assert transports.undo(spelled, Surroundings(program=True)) == []
    assert transports.undo(twice, Surroundings(markup=True)) == []
    document = "MIME-Version: 1.0\nContent-Transfer-Encoding: quoted-printable\n\n" + qp
    assert transports.surroundings(document).mail
    assert transports.surroundings("import re\n").program
    assert transports.surroundings("def f(x):\n").program
    assert transports.surroundings("<html>\n<p>a</p>").markup
    assert transports.surroundings("Class was over. I import wine from Spain.") == Surroundings()


def test_base64_stays():
    maker = random.Random(7)
    for _ in range(3000):
        text = base64.b64encode(maker.randbytes(maker.choice((8, 20, 57)))).decode()
        cut = maker.randrange(4, len(text))
        for line in (text, f"key {text[:cut]}+{text[:6]}-", f"{text[:cut]}+{text[cut:]}"):
            assert transports.undo(line) == [], line


def test_lines_that_quoted_printable_broke_are_judged_as_one():
    text = "first\nit=E2=80=99s a li=\r\nne that g=\noes on\nlast =\n"
    ((start, end),) = transports.joined_lines(text)
    assert text[start:end] == "it=E2=80=99s a li=\r\nne that g=\noes on"
    (undone,) = transports.undo(text[start:end])
    assert undone.text == "it’s a line that goes on"
    assert transports.joined_lines("a = \nb =\nc") == []
    assert transports.joined_lines("x=\ny, no escapes") == []


def test_line_end_stays_when_the_next_line_is_not_there():
    (undone,) = transports.undo("it=E2=80=99s a li=")
    assert undone.text == "it’s a li="


def test_known_documents_are_followed():
    hop = "quoted-printable>ascii"
    assert transports.follow("1 + 1 =3D 2=20", hop) == "1 + 1 = 2 "
    assert transports.follow("x == y", hop) is None
    assert transports.follow("1 =3D 1", hop, Surroundings(mail=True)) is None
    assert transports.follow("a", "utf-8>cp1252") is None


def test_chain_places_carry_the_mended_text():
    places = transports.chain_places(
        r"a caf\u00c3\u00a9 \u00e9", r"a café \u00e9", "backslash-u>ascii", {"Ã©": "é"}.get
    )
    assert places == [(5, r"\u00c3\u00a9", "é")]
    assert transports.chain_places(r"a caf\u00c3\u00a9", "a caf", "backslash-u>ascii", {"Ã©": "é"}.get) == []


def test_proof_refuses_what_escaping_does_not_give_back():
    assert not transports.proved("it's", "it’s", "quoted-printable>ascii")
    assert not transports.proved("caf&Atilde;&copy;", "cafÃ¨", "html>ascii")
    assert not transports.proved("x", "y", "no>such")
    # base64 digits beyond the last unit must be zero
    assert transports.undo_hop("caf+AOl-", "utf-7>ascii") is None
    assert not transports.proved("caf+AOl-", "café", "utf-7>ascii")


@pytest.mark.parametrize(
    "piece",
    [
        "=E2=80=99",
        "%E2%80%99",
        r"\xe2\x80\x99",
        r"\303\251",
        "<c3><a9>",
        r"\u00c3\u00a9",
        "&Atilde;&copy;",
        "A&amp;#39;S",
        "+AOk-",
        "+AAA",
        "~{VP",
        "~{VPND~}",
        "$B$$$$",
        "$B4A(B",
        "=\n",
        "\\",
        '"',
        "'",
        "%",
        "&amp;",
        "&#",
        "é\\u00c3",
        "\\u00c3",
        "b'",
        "Ã&copy;",
    ],
)
def test_time_grows_with_the_text(piece):
    def took(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.perf_counter()
        transports.undo(text)
        transports.joined_lines(text)
        return time.perf_counter() - start

    took(1000)
    assert took(32_000) < 10 * took(8_000) + 0.3


def test_clue_is_fast_on_ascii():
    text = "The quick brown fox jumps over the lazy dog. " * 20_000
    start = time.perf_counter()
    assert not transports.clue(text)
    assert time.perf_counter() - start < 0.05


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\ud800",
        "=\ud800=E2=80=99",
        "\x00\\u00c3\\u00a9\udfff",
        "%E2%80%99" * 3 + "\udc80",
        "+2AA-",
        "\\ud83d",
        "&#xD800;&#xDC00;",
        "&#0;",
    ],
)
def test_nothing_raises(text):
    transports.clue(text)
    for undone in transports.undo(text):
        transports.places(text, undone.text, undone.hop)
    for hop in transports.HOPS:
        transports.undo_hop(text, hop)
        transports.follow(text, hop)
        transports.proved(text, text, hop)


@pytest.mark.parametrize("transport", transports._TRANSPORTS, ids=lambda transport: transport.hop)
@given(data=st.data())
def test_there_is_no_clue_without_a_pair_of_signs(transport: transports._Transport, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(transport.clue))
    assert any(pair in text for pair in transports.PAIRS)
    assert any(pair[0] == transport.sign for pair in transports.PAIRS if pair in text)


@given(st.text("=%<\\&+~$CDuxU3#a1+/{@B\0 é", max_size=30))
def test_the_scan_tells_which_signs_of_transports_there_are(text: str) -> None:
    found = clues.load().scan(text)
    signs = 0
    for pair in transports.PAIRS:
        if pair in text:
            signs |= transports.BITS[pair[0]]
    if found & 1 == 0:
        assert found >> 8 == signs
        assert bool(found & 4) == (signs != 0 or "\0" in text)
    assert transports.clue(text, signs) == transports.clue(text)
