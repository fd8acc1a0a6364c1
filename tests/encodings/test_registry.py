"""The registry: names, aliases, costs, and what the tables say a Python codec must have."""

from __future__ import annotations

import codecs
import pickle
import re

import pytest

from textmend.encodings import READERS, WRITERS, get, names
from textmend.encodings.registry import ENCODINGS, NEVER
from textmend.errors import UnknownEncodingError

FAMILIES = {
    "unicode", "windows", "iso-8859", "koi8", "dos", "mac", "gb", "big5", "japanese", "korean",
    "ebcdic",
}  # fmt: skip


def test_every_encoding_in_scope_is_there() -> None:
    wanted = """utf-8 utf-7 utf-16-le utf-16-be cesu-8 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255
        cp1256 cp1257 cp1258 cp874 iso-8859-1 iso-8859-2 iso-8859-4 iso-8859-5 iso-8859-6
        iso-8859-7 iso-8859-8 iso-8859-9 iso-8859-13 iso-8859-15 koi8-r koi8-u cp437 cp737 cp775
        cp850 cp852 cp855 cp857 cp858 cp862 cp864 cp866 mac-roman mac-cyrillic mac-greek
        mac-latin2 mac-turkish gbk gb18030 hz big5 cp932 euc-jp iso-2022-jp cp949 johab cp037
        cp273 cp500 cp1026"""
    assert set(wanted.split()) <= set(names())


@pytest.mark.parametrize("name", names())
def test_each_row_is_well_formed(name: str) -> None:
    it = get(name)
    assert it.family in FAMILIES
    assert it.width in {"single", "multi", "unit16", "escape"}
    assert codecs.lookup(it.codec)
    assert it.scripts
    assert all(re.fullmatch("[A-Z][a-z]{3}", script) for script in it.scripts)
    assert it.languages
    assert all(re.fullmatch("[a-z]{2,3}(-[A-Z][a-z]{3})?", tag) for tag in it.languages)
    assert len(set(it.languages)) == len(it.languages)
    assert it.reader_cost >= 0 <= it.writer_cost
    assert pickle.loads(pickle.dumps(it)) == it  # noqa: S301 - our own bytes


def test_no_alias_names_two_encodings() -> None:
    seen: dict[str, str] = {}
    for it in ENCODINGS.values():
        for alias in (it.name, *it.aliases):
            assert seen.setdefault(alias, it.name) == it.name
            assert alias == alias.lower()
            assert "_" not in alias
            assert get(alias.upper()) is it
            assert get(alias.replace("-", "_")) is it


@pytest.mark.parametrize("name", [n for n in names() if n != "cesu-8"])
def test_python_knows_the_canonical_names(name: str) -> None:
    python = {"big5": "big5", "mac-latin2": "mac_latin2"}.get(name, name)
    assert codecs.lookup(python)


def test_the_common_come_first() -> None:
    assert READERS[0] == "cp1252"
    assert WRITERS[0] == "utf-8"
    costs = [get(name).reader_cost for name in READERS]
    assert costs == sorted(costs)
    costs = [get(name).writer_cost for name in WRITERS]
    assert costs == sorted(costs)


def test_nobody_misreads_in_ebcdic_or_escapes() -> None:
    absent = set(names()) - set(READERS)
    assert absent == {n for n in names() if get(n).reader_cost >= NEVER}
    assert {"hz", "iso-2022-jp", "utf-7", "cesu-8", "cp037"} <= absent


@pytest.mark.parametrize(
    ("wrong", "nearest"),
    [("windows-125", "windows-125"), ("gkb", "gb"), ("utf9", "utf"), ("", ""), ("é" * 50, "")],
)
def test_unknown_names_get_a_hint(wrong: str, nearest: str) -> None:
    with pytest.raises(UnknownEncodingError, match=r"did you mean '") as caught:
        get(wrong)
    assert nearest in str(caught.value).split("did you mean")[1]
    assert isinstance(caught.value, LookupError)
