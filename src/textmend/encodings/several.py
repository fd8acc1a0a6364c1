"""What pairs of bytes are in an encoding of several bytes a character, many at once."""

from __future__ import annotations

from textmend.encodings import coding, tables
from textmend.encodings.registry import get

# No encoding ends a character of two bytes with a lower byte; the second bytes of characters of more than two.
_LEAST = 0x30
_LONGER = (range(0x30, 0x3A), range(0xA1, 0xFF))


def pairs(first: int, name: str) -> list[str | None]:
    """Return what each byte is after a first one of a character, as `coding.read` says: None for what is nothing.

    It is the empty string where both are the beginning of a longer character.

    >>> pairs(0xC4, "gbk")[0xE3], pairs(0xC4, "gbk")[0x20], pairs(0xC4, "gb18030")[0x31]
    ('你', None, '')
    """
    codec, extra = get(name).codec, tables.of(get(name).name).reads
    found: list[str | None] = [None] * 256
    for part in _LONGER:
        if _goes_on(bytes((first, part[0])), codec):
            found[part.start : part.stop] = [""] * len(part)
    asked = [byte for byte in range(_LEAST, 256) if found[byte] is None]
    every = b"".join([bytes((first, byte, 0x0A)) for byte in asked]).decode(codec, "replace")
    for byte, sign in zip(asked, every.split("\n"), strict=False):
        found[byte] = sign if "\ufffd" not in sign else extra.get(bytes((first, byte)))
    return found


def singles(name: str) -> list[str | None]:
    """Return what each byte is alone, None for those that are nothing so.

    >>> singles("cp932")[0xB1], singles("cp932")[0x82]
    ('ｱ', None)
    """
    return [coding.read(bytes((byte,)), name) for byte in range(256)]


def _goes_on(data: bytes, codec: str) -> bool:
    """Tell whether bytes are the beginning of a longer character."""
    try:
        data.decode(codec)
    except UnicodeDecodeError as error:
        return error.reason.startswith("incomplete")
    return False
