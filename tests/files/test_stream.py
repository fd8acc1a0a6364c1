"""Streams: bounded memory, pooled evidence, and the same result however the bytes arrive."""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from textmend import compiled
from textmend.files import Job, run_file
from textmend.files.charsets import Charset
from textmend.files.formats import FORMATS, Settings, format_named
from textmend.files.source import Prefixed
from textmend.files.stream import Place, pieces
from textmend.pooling import SAMPLE, Mender, fix_lines
from textmend.positions import Lines

FULL = bool(os.environ.get("TEXTMEND_FULL_TESTS"))  # gigabytes instead of megabytes


class Dripping:
    """A source that gives what it likes, as a pipe does."""

    def __init__(self, data: bytes, chance: random.Random) -> None:
        self._file = io.BytesIO(data)
        self._chance = chance

    def read(self, size: int, /) -> bytes:
        return self._file.read(self._chance.randint(1, max(1, size)))


def streamed(data: bytes, form: str = "text", chance: random.Random | None = None, select: tuple[str, ...] = ()) -> str:
    scanner = format_named(form).scanner
    assert scanner is not None
    source = Prefixed(b"", Dripping(data, chance) if chance else io.BytesIO(data))
    return "".join(piece.new for piece in pieces(source, Charset("utf-8"), scanner(Settings()), Mender(select=select)))


LINE = "Russia鈥檚 army, caf\u00c3\u00a9 中文 \U0001f600 "
LONG_LINES = (LINE * 3 + "plain " * 300 + "\n") * 900  # two megabytes


def mended(text: str) -> str:
    return text.replace("鈥檚", "’s").replace("Ã©", "é")


@pytest.mark.parametrize("form", ["text", "csv", "html", "subtitles"])
def test_pieces_equal_the_whole(form: str, quick) -> None:
    assert quick
    data = LONG_LINES.encode()
    assert streamed(data, form) == mended(LONG_LINES)
    assert streamed(data, form, random.Random(1)) == mended(LONG_LINES)


def test_one_line_of_any_length(quick) -> None:
    assert quick
    text = LONG_LINES.replace("\n", " ")
    assert streamed(text.encode()) == mended(text)
    text = LONG_LINES.replace("\n", "\r")
    assert streamed(text.encode()) == mended(text)


def test_every_byte_comes_back_from_a_clean_stream(quick) -> None:
    assert quick
    data = random.Random(3).randbytes(1_000_000) + b"\xe9\x88" + "中".encode()[:2]
    for form in ("text", "subtitles", "html"):
        # random bytes hold what looks like damage, so only a rule that reports runs
        assert streamed(data, form, select=("TM103",)).encode("utf-8", "surrogateescape") == data


@pytest.mark.parametrize("form", [each.name for each in FORMATS if each.scanner])
def test_the_pieces_do_not_depend_on_how_the_bytes_arrive(form: str, quick, monkeypatch: pytest.MonkeyPatch) -> None:
    assert quick
    # a sixteenth of the real sizes: as many pieces from a file that is quick to judge
    for module, size in (("stream.SAMPLE", 65536), ("stream.BATCH", 16384), ("formats.table.LIMIT", 65536)):
        monkeypatch.setattr(f"textmend.files.{module}", size)
    values = {
        "json": "[" + ", ".join(['{"a\\u00e9": "Russia鈥檚 \\"army\\"", "n": [1.5, null]}'] * 3_000) + "]",
        "jsonl": '{"a": "Russia鈥檚"}\n' * 6_000,
        "csv": "id,text\n" + '1,"Russia鈥檚, ""army"""\n' * 6_000,
        "tsv": "id\ttext\n" + "1\tRussia鈥檚\n" * 9_000,
        "xml": "<a>" + "<b t='鈥檚'>Russia鈥檚 &amp; army</b>\n" * 4_000 + "</a>",
        "html": "<b t='鈥檚'>Russia鈥檚 &amp; army</b>\n" * 4_000,
        "po": 'msgid "a"\nmsgstr "Russia鈥檚"\n\n' * 4_000,
        "subtitles": "1\n00:00:01,000 --> 00:00:02,000\nRussia鈥檚\n\n" * 2_500,
        "text": "Russia鈥檚\n" * 12_000,
    }
    text = values[form]
    assert len(text) > 65536
    wanted = text.replace("鈥檚", "’s")
    assert streamed(text.encode(), form) == wanted
    assert streamed(text.encode(), form, random.Random(form)) == wanted


def test_later_pieces_are_judged_with_the_evidence_of_the_sample(monkeypatch: pytest.MonkeyPatch, quick) -> None:
    assert quick
    from textmend import misreadings

    asked: list[tuple[str, object]] = []
    judge = misreadings.judge
    survey = misreadings.Survey({("utf-8>gbk",): 99.0})

    def watched(text: str, options: object, known: object) -> object:
        asked.append((text, known))
        judgement = judge(text, options, known)  # type: ignore[arg-type]
        judgement.survey = survey  # type: ignore[misc]
        return judgement

    monkeypatch.setattr(misreadings, "judge", watched)
    data = ("Russia鈥檚 army\n" + "a clean line\n" * 100).encode() * 1500
    assert streamed(data) == mended(data.decode())
    first, *later = ((text, known) for text, known in asked if "鈥檚" in text)
    assert len(first[0]) >= SAMPLE * 0.9
    assert first[1] == misreadings.UNKNOWN
    assert later
    assert all(known is survey for _, known in later)


def test_lines_and_columns_along_a_stream() -> None:
    chance = random.Random(5)
    for _ in range(500):
        text = "".join(chance.choices("ab\r\n", k=20))
        place = Place()
        at = 0
        while at < len(text):
            step = chance.randint(1, 4)
            place.advance(text[at : at + step])
            at += step
        if not text.endswith("\r"):
            assert (place.line, place.column) == Lines(text).at(len(text))


def test_findings_tell_where_they_are_in_the_file(tmp_path: Path, quick) -> None:
    assert quick
    path = tmp_path / "a.txt"
    path.write_bytes(("clean line\n" * 120_000 + "ab 鈥檚\n").encode())
    (finding,) = run_file(path, Job("check")).findings
    assert (finding.line, finding.column) == (120_001, 4)
    path = tmp_path / "a.json"
    path.write_bytes('{"a":\n "x\\u00e9 鈥檚"}'.encode())
    (finding,) = run_file(path, Job("check")).findings
    assert (finding.line, finding.column) == (2, 11)


def test_fix_lines_is_lazy_and_keeps_each_line(quick) -> None:
    assert quick
    taken = 0

    def lines() -> Iterator[str]:
        nonlocal taken
        for _ in range(100_000):
            taken += 1
            yield "Russia鈥檚 army, and more text to fill the line\n"

    found = fix_lines(lines())
    assert next(found) == "Russia’s army, and more text to fill the line\n"
    assert taken < 40_000
    assert sum(line.startswith("Russia’s") for line in found) == 99_999
    assert list(fix_lines(["a\nb", "", "鈥檚\r", "\n"])) == ["a\nb", "", "’s\r", "\n"]
    with pytest.raises(TypeError, match="iterable of str"):
        fix_lines("text")
    with pytest.raises(TypeError, match="iterable of str, not of bytes"):
        list(fix_lines([b"text"]))


MEMORY = """
import sys
from pathlib import Path
from textmend import fix_text
from textmend.files import Job, run_file

def told(name):
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1]) // 1024

fix_text("Russia\\u9225\\u6a9a army, caf\\u00c3\\u00a9")  # load the model and the tables
Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
before = told("VmRSS")
result = run_file(Path(sys.argv[1]), Job("write"))
print(before, told("VmHWM"), result.changed, result.problem)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is told by /proc")
@pytest.mark.parametrize("kind", ["lines", "one line", "json", "csv"])
def test_memory_does_not_grow_with_the_file(kind: str, tmp_path: Path) -> None:
    size = (1 << 30) if FULL else (24 << 20)
    line = ("plain text that is clean, " * 40).encode()
    parts = {
        "lines": (b"", line + b"\n", b"", "txt"),
        "one line": (b"", line, b"", "txt"),
        "json": (b'["', line, b'"]', "json"),
        "csv": (b'id,text\n1,"', line, b'"\n', "csv"),
    }
    head, middle, tail, suffix = parts[kind]
    path = tmp_path / f"large.{suffix}"
    with path.open("wb") as file:
        file.write(head + "Russia鈥檚 army ".encode())
        block = middle * 1024
        for _ in range(size // len(block)):
            file.write(block)
        file.write(tail)
    done = subprocess.run([sys.executable, "-c", MEMORY, str(path)], capture_output=True, text=True, check=True)
    before, after, changed, *problem = done.stdout.split()
    assert not problem
    assert changed == "True"
    assert int(after) - int(before) <= 64


@pytest.mark.parametrize("garbled", [True, False])
def test_memory_is_given_back_after_pieces_that_change(monkeypatch: pytest.MonkeyPatch, *, garbled: bool) -> None:
    given: list[None] = []
    monkeypatch.setattr(compiled, "kernel", lambda: SimpleNamespace(give_back=lambda: given.append(None)))
    data = ("Russia鈥檚\n" if garbled else "Russia’s\n").encode()
    found = pieces(io.BytesIO(data), Charset("utf-8"), FORMATS[0].scanner(Settings()), Mender())
    assert [piece.new for piece in found] == ["Russia’s\n"]
    assert len(given) == garbled
