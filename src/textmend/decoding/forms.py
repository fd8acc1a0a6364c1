"""Bytes in a form of their own: UTF-16 and UTF-32 without a mark, escapes, EBCDIC, binary data.

Each of these shows in the bytes before any text is weighed: zeros in every second place, escape
sequences, letters where ASCII has none. Where the sign is weak, the model decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from textmend import encodings
from textmend.decoding.ranking import likeliest
from textmend.decoding.weighing import is_utf8
from textmend.plausibility.model import load

_SAMPLE = 240  # bytes whose text is weighed

# --- UTF-16 and UTF-32 -----------------------------------------------------------------------------

# Bits asked for reading as UTF-16 what shows no zeros: such text is rare, and short bytes read as anything.
_WIDE_PRIOR = 18.0
_WIDE_PRIOR_ZEROS = 4.0
_FOREIGN = 14.0  # bits for a character: what bytes of another encoding cost as UTF-16
_LEAST_WIDE = 4  # bytes
_CONTROL = 12.0  # bits asked for a control character, beside what the model asks
_WIDE_SPACE = re.compile(rb"[\x20-\x7e] [\x20-\x7e] ")  # every second byte a space: one byte means two things
_ZEROS, _NO_ZEROS = 0.4, 0.1  # shares of zeros in the two columns of text that is mostly Latin
_LEAST_COLUMN, _FEW_VALUES = 12, 9  # bytes of a column, and distinct ones in that of the high bytes
_C0: dict[int, None] = dict.fromkeys({*range(0x20)} - {9, 10, 12, 13})
_NONSENSE = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufdd0-\ufdef\ufff0-\uffff]")
# An unlikely character may be anything once; more than this share of them is no text.
_NONSENSE_SHARE = 0.02


def wide(data: bytes) -> str | None:
    r"""Return the name of the 16- or 32-bit encoding that bytes are in, None if they are in none.

    >>> wide("Grüße".encode("utf-16-le")), wide("Привет".encode("utf-16-be")), wide(b"Gr\xfc\xdfe!")
    ('utf-16-le', 'utf-16-be', None)
    """
    size = len(data)
    if size < _LEAST_WIDE:
        return None
    zeros = data.count(0)
    if size % 4 == 0 and zeros * 2 >= size:
        for name in ("utf-32-le", "utf-32-be"):
            text = _decoded(data, name)
            if text is not None and _sensible(text):
                return name
    if not zeros and _narrow(data):
        return None
    found = _by_columns(data) if zeros and size % 2 == 0 else None
    if found:
        return found
    sample = data[: min(size, _SAMPLE) & ~1]
    texts = [(_decoded(sample, name), name) for name in ("utf-16-le", "utf-16-be")]
    costs = [(load().cost(text), name) for text, name in texts if text is not None and _sensible(text)]
    if not costs:
        return None
    cost, name = min(costs)
    if not zeros and cost > _FOREIGN * (len(sample) // 2):
        return None
    prior = _WIDE_PRIOR_ZEROS if zeros else _WIDE_PRIOR
    return name if cost + prior < _narrow_cost(sample) else None


def _by_columns(data: bytes) -> str | None:
    """Return the UTF-16 whose high bytes are few and mostly zeros or of one script; None if neither is."""
    half = max(1, len(data) // 2)
    first, second = data[::2], data[1::2]
    shares = first.count(0) / half, second.count(0) / half
    name = "utf-16-le" if shares[1] > shares[0] else "utf-16-be"
    if max(shares) > _ZEROS and min(shares) < _NO_ZEROS:
        return name
    first, second = first[:_SAMPLE], second[:_SAMPLE]
    few, many = sorted((len(set(first)), len(set(second))))
    if half < _LEAST_COLUMN or few > _FEW_VALUES or few * 3 > many:
        return None
    name = "utf-16-le" if len(set(second)) == few else "utf-16-be"
    text = _decoded(data[: _SAMPLE * 2], name)
    # whatever else is odd in text that was garbled before, C0 controls are not in it
    return name if text is not None and text.translate(_C0) == text else None


def _narrow(data: bytes) -> bool:
    """Whether bytes without zeros are no UTF-16: spaces of one byte stand in both columns."""
    sample = data[:_SAMPLE]
    return bool(len(data) % 2) or (b" " in sample[::2] and b" " in sample[1::2] and not _WIDE_SPACE.search(sample))


def _narrow_cost(data: bytes) -> float:
    """Return a bound of what the bytes cost in the best encoding of one or more bytes a character."""
    model = load()
    if is_utf8(data):
        return model.cost(data.decode()) + _CONTROL * len(_NONSENSE.findall(data.decode()))
    texts = (encodings.read(data, name) for name in likeliest([data], limit=6))
    costs = [model.cost(text) + _CONTROL * len(_NONSENSE.findall(text)) for text in texts if text is not None]
    return min(costs, default=float("inf"))


def _decoded(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _sensible(text: str) -> bool:
    """Whether a text holds hardly any character that no text holds."""
    return len(_NONSENSE.findall(text)) <= len(text) * _NONSENSE_SHARE


# --- escapes -----------------------------------------------------------------------------------------

_JIS = re.compile(rb"\x1b(?:\$[@B]|\$\([@BDOQ]|\([JI])")
_KOREAN = re.compile(rb"\x1b\$\)C")
_HZ = re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e])+(?:~\}|\n|\Z)")
_UTF7 = re.compile(rb"\+[A-Za-z0-9+/]{3,}-?")
_ISO_2022 = ("iso-2022-jp", "iso2022_jp_2", "iso2022_jp_2004", "iso2022_jp_ext")
_UTF7_PRIOR = 12.0  # bits


def escaped(data: bytes) -> str | None:
    r"""Return the name of the encoding that puts its characters into ASCII bytes, None if none does.

    >>> escaped(b"\x1b$B$+$J\x1b(B"), escaped(b"~{VPND~}"), escaped(b"a+b"), escaped(b"Gr+APwA3w-e")
    ('iso-2022-jp', 'hz', None, 'utf-7')
    """
    if b"\x1b" in data:
        if _JIS.search(data):
            return next((name for name in _ISO_2022 if _reads(data, name)), None)
        if _KOREAN.search(data) and _reads(data, "iso2022_kr"):
            return "iso2022_kr"
    if b"~{" in data and _HZ.search(data) and _reads(data, "hz"):
        return "hz"
    if b"+" in data and _UTF7.search(data):
        return _utf7(data)
    return None


def read_escaped(data: bytes, name: str) -> str | None:
    """Return the text of bytes in an escaped encoding, None if they are not in it.

    >>> read_escaped(b"~{VPND~}", "hz")
    '中文'
    """
    if name in {"iso-2022-jp", "hz", "utf-7"}:
        return encodings.read(data, name)
    return _decoded(data, name)


def _reads(data: bytes, name: str) -> bool:
    return read_escaped(data, name) is not None


def _utf7(data: bytes) -> str | None:
    """Return "utf-7" if the escapes of it make more sense than the ASCII that they are."""
    text = encodings.read(data, "utf-7")
    if text is None or text.isascii() or not _sensible(text):
        return None
    try:
        again = text.encode("utf-7")
    except UnicodeEncodeError:
        return None
    # what was written as UTF-7 has no other form; a sum or a bicycle wheel has
    if again.replace(b"-", b"").replace(b"+", b"") != _canonical(text, data):
        return None
    model = load()
    places = [found.span() for found in _UTF7.finditer(data[:_SAMPLE])]
    if not places:
        return None
    sample = data[:_SAMPLE].decode("ascii")
    shown = encodings.read(data[:_SAMPLE].rpartition(b" ")[0] or data[:_SAMPLE], "utf-7")
    return "utf-7" if shown is not None and model.cost(shown) + _UTF7_PRIOR < model.cost(sample) else None


def _canonical(text: str, data: bytes) -> bytes:
    """Return data without signs that UTF-7 may or may not write as an escape."""
    if len(text.encode("utf-7")) > 2 * len(data) + 8:
        return b"?"
    return text.encode("utf-7").replace(b"-", b"").replace(b"+", b"")


# --- EBCDIC ------------------------------------------------------------------------------------------

_EBCDIC_LETTERS = frozenset([*range(0x81, 0x8A), *range(0x91, 0x9A), *range(0xA2, 0xAA)])
_EBCDIC_CAPITALS = frozenset([*range(0xC1, 0xCA), *range(0xD1, 0xDA), *range(0xE2, 0xEA)])
# A byte in EBCDIC text is a letter, a digit, a space or a usual sign in at least this share.
_EBCDIC_SHARE = 0.85
_LEAST_EBCDIC = 8
_EBCDIC_PRIOR = 12.0
_EBCDIC_USUAL = bytes(
    sorted({*_EBCDIC_LETTERS, *_EBCDIC_CAPITALS, *range(0xF0, 0xFA), 0x40, 0x4B, 0x6B, 0x60, 0x7D, 0x15, 0x25, 0x0D})
)


@cache
def _ebcdics() -> Sequence[str]:
    return [name for name in encodings.names() if encodings.get(name).family == "ebcdic"]


def ebcdic(data: bytes) -> str | None:
    """Return the EBCDIC code page that bytes are in, None if they are in none.

    >>> ebcdic("All human beings are born free".encode("cp037"))
    'cp037'
    """
    sample = data[:_SAMPLE]
    if len(sample) < _LEAST_EBCDIC or sample.count(0x40) * 20 < len(sample):
        return None
    usual = len(sample) - len(sample.translate(None, _EBCDIC_USUAL))
    if usual < len(sample) * _EBCDIC_SHARE:
        return None
    model = load()
    ranked = []
    for place, name in enumerate(_ebcdics()):
        text = encodings.read(sample, name)
        if text is not None:
            ranked.append((model.cost(text) + place, name))
    if not ranked:
        return None
    cost, name = min(ranked)
    return name if cost + _EBCDIC_PRIOR < _narrow_cost(sample) else None


# --- binary data -------------------------------------------------------------------------------------

_SIGNATURES = (
    b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08", b"BZh",
    b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x7fELF", b"MZ\x90\x00", b"%PDF-",
    b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\x00asm", b"SQLite format 3\x00", b"OggS\x00", b"fLaC",
    b"ID3\x03", b"ID3\x04", b"wOFF", b"wOF2", b"\x00\x01\x00\x00\x00", b"II*\x00", b"MM\x00*", b"PAR1", b"ARROW1",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"RIFF", b"\x1aE\xdf\xa3", b"\x80\x02}", b"\x80\x04\x95", b"\x93NUMPY",
)  # fmt: skip
_FIRST_BYTES = frozenset(each[:1] for each in _SIGNATURES)  # looking at one byte first is four times as fast
_MOVIE = b"ftyp"  # at offset 4

# Control characters that text files do hold: backspace, tab, LF, VT, FF, CR, SUB (the end of an
# old DOS file), ESC (a captured terminal).
_TEXT_CONTROLS = b"\x08\t\n\x0b\x0c\r\x1a\x1b"
_CONTROLS = bytes(set(range(32)) - set(_TEXT_CONTROLS)) + b"\x7f"
# Random bytes hold 10 % of them (25 of 256), text hardly any. Half of that tells the two apart.
_CONTROL_SHARE = 0.05
_LEAST_CONTROLS = 2  # one control character is no proof, however short the data
_LOOKED_AT = 65536


def signed(data: bytes) -> bool:
    r"""Whether data begin like a known format that is no text.

    >>> signed(b"\x89PNG\r\n\x1a\n"), signed(b"PNG")
    (True, False)
    """
    return (data[:1] in _FIRST_BYTES and data.startswith(_SIGNATURES)) or data.startswith(_MOVIE, 4)


def binary(data: bytes) -> bool:
    r"""Whether data hold so many control characters that they are no text.

    UTF-16 and the like have to be ruled out before.

    >>> binary(b"\x00\x01\x02\x03"), binary("Zürich\r\n".encode())
    (True, False)
    """
    sample = data[:_LOOKED_AT]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls >= _LEAST_CONTROLS and controls > len(sample) * _CONTROL_SHARE
