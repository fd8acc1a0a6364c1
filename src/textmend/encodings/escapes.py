"""The encodings that change character set by escapes: ISO-2022-JP and HZ.

ISO-2022-JP is read through EUC-JP: its two-byte characters are those of EUC-JP without the high
bits, so every vendor's addition to EUC-JP is known here too.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_ESCAPE = re.compile(rb"\x1b(\([BJI]|\$[@AB]|\$\(D)")
_STRIPPED_ESCAPES = re.compile(rb"(?<!\x1b)(\$[@B](?:[!-~]{2})+?)(?<!\x1b)(\([BJ])")
_SET_HIGH = bytes(byte | 0x80 for byte in range(256))
_TO_ASCII = b"\x1b(B"
_TO_KANA = b"\x1b(I"
_TO_KANJI = b"\x1b$B"
_TO_MORE_KANJI = b"\x1b$(D"
_KANA_SHIFT = 0x8E  # EUC-JP: the next byte is half-width kana
_MORE_SHIFT = 0x8F  # EUC-JP: the next two bytes are JIS X 0212


def _segment(escape: bytes, body: bytes) -> bytes | None:
    """Return what stands after an escape as EUC-JP, None if it cannot be."""
    if escape in (b"(B", b"(J"):
        return body if body.isascii() else None
    breaks = body.split(b"\n")  # a new line ends the character set whatever was said
    if len(breaks) > 1:
        first = _segment(escape, breaks[0])
        rest = b"\n".join(breaks[1:])
        return first + b"\n" + rest if first is not None and rest.isascii() else None
    if escape == b"(I":
        return b"".join(bytes((_KANA_SHIFT, byte | 0x80)) for byte in body)
    if len(body) % 2 or not body.isascii():
        return None
    high = body.translate(_SET_HIGH)
    if escape == b"$(D":
        return b"".join(bytes((_MORE_SHIFT,)) + high[at : at + 2] for at in range(0, len(high), 2))
    return high


def read_iso_2022_jp(data: bytes, read_euc: Callable[[bytes], str | None]) -> str | None:
    r"""Return ISO-2022-JP (with half-width kana, JIS X 0212 and NEC's row 13) decoded, or None.

    >>> read_iso_2022_jp(b"\x1b$B4A;z\x1b(B", lambda data: data.decode("euc_jp"))
    '漢字'
    """
    pieces = _ESCAPE.split(data)
    if b"\x1b" in b"".join(pieces[0::2]) or not pieces[0].isascii():
        return None
    euc = [pieces[0]]
    for escape, body in zip(pieces[1::2], pieces[2::2], strict=True):
        part = _segment(escape, body)
        if part is None:
            return None
        euc.append(part)
    return read_euc(b"".join(euc))


def write_iso_2022_jp(text: str, write_euc: Callable[[str], bytes | None]) -> bytes | None:
    r"""Return a text in ISO-2022-JP, None where EUC-JP does not hold it.

    >>> write_iso_2022_jp("a漢字", lambda text: text.encode("euc_jp"))
    b'a\x1b$B4A;z\x1b(B'
    """
    euc = write_euc(text)
    if euc is None:
        return None
    out = bytearray()
    state = _TO_ASCII
    at = 0
    while at < len(euc):
        byte = euc[at]
        if byte < 0x80:
            wanted, body, size = _TO_ASCII, euc[at : at + 1], 1
        elif byte == _KANA_SHIFT:
            wanted, body, size = _TO_KANA, bytes((euc[at + 1] & 0x7F,)), 2
        elif byte == _MORE_SHIFT:
            body = bytes((euc[at + 1] & 0x7F, euc[at + 2] & 0x7F))
            wanted, size = _TO_MORE_KANJI, 3
        elif byte < 0xA1:
            return None
        else:
            wanted, body, size = _TO_KANJI, bytes((byte & 0x7F, euc[at + 1] & 0x7F)), 2
        if wanted != state:
            out += wanted
            state = wanted
        out += body
        at += size
    if state != _TO_ASCII:
        out += _TO_ASCII
    return bytes(out)


def restore_escapes(data: bytes) -> bytes | None:
    r"""Return ISO-2022-JP whose escape characters were stripped with them put back, else None.

    What stands between "$B" (or "$@") and "(B" (or "(J") must be pairs of printable bytes.

    >>> restore_escapes(b"a $B4A;z(B.")
    b'a \x1b$B4A;z\x1b(B.'
    >>> restore_escapes(b"costs $B (B)") is None
    True
    """
    found, count = _STRIPPED_ESCAPES.subn(b"\x1b\\1\x1b\\2", data)
    return found if count else None


def write_hz(text: str) -> bytes | None:
    """Return a text in HZ (GB 2312 between tildes and braces), None where it does not hold it.

    >>> write_hz("汉字")
    b'~{::WV~}'
    """
    try:
        return text.encode("hz")
    except UnicodeEncodeError:
        return None


def read_hz(data: bytes) -> str | None:
    """Return HZ decoded, None if it is not HZ.

    >>> read_hz(b"~{::WV~}")
    '汉字'
    """
    try:
        return data.decode("hz")
    except UnicodeDecodeError:
        return None
