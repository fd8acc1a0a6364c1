"""Bytes and text: undo a reading, read, write; every way a character may have been shown.

The loops run in C: Python's codec does the work, an error handler with a dictionary supplies
what other decoders know and Python's codec does not.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable
from functools import cache
from itertools import product

from textmend.encodings import escapes, tables, unicode
from textmend.encodings.registry import READERS, Encoding, get

_Encoder = Callable[[str], "bytes | None"]
_Decoder = Callable[[bytes], "str | None"]

_MIXED_MOST = 3  # characters with several byte sequences of which every choice is tried
_MEMO_SIZE = 1 << 16  # characters whose readers are remembered: more than any text holds


# --- encoders and decoders, made on first use ----------------------------------------------------


def _encode_errors(table: tables.Tables) -> Callable[[UnicodeError], tuple[bytes, int]]:
    """Return an error handler that supplies the bytes of extra characters."""
    writes = table.writes
    pairs = any(len(char) > 1 for char in writes)

    def handler(error: UnicodeError) -> tuple[bytes, int]:
        if not isinstance(error, UnicodeEncodeError):
            raise error
        text = error.object
        start, end = error.start, error.end
        if pairs and len(pair := text[start : start + 2]) == 2 and pair in writes:
            return writes[pair], start + 2
        try:
            return b"".join([writes[char] for char in text[start:end]]), end
        except KeyError:
            raise error from None

    return handler


def _decode_errors(table: tables.Tables) -> Callable[[UnicodeError], tuple[str, int]]:
    """Return an error handler that supplies the characters of extra sequences."""
    reads = table.reads
    sizes = sorted({len(data) for data in reads}, reverse=True)

    def handler(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        start = error.start
        for size in sizes:
            data = error.object[start : start + size]
            if (char := reads.get(data)) is not None:
                return char, start + len(data)
        raise error

    return handler


def _single_encoder(encoding: Encoding) -> _Encoder:
    """Return the encoder of an encoding of one byte a character."""
    table = tables.of(encoding.name)
    charmap = codecs.charmap_build(table.charmap)
    errors = "strict"
    if table.writes:
        errors = f"textmend-{encoding.name}-encode"
        codecs.register_error(errors, _encode_errors(table))

    same = encoding.family != "ebcdic"  # ASCII is itself

    def encode(text: str) -> bytes | None:
        if same and text.isascii():
            return text.encode("ascii")
        try:
            return codecs.charmap_encode(text, errors, charmap)[0]
        except UnicodeEncodeError:
            return None

    return encode


def _single_decoder(encoding: Encoding) -> _Decoder:
    """Return the decoder of an encoding of one byte a character."""
    charmap = tables.of(encoding.name).charmap
    same = charmap[:0x80] == "".join(map(chr, range(0x80)))

    def decode(data: bytes) -> str | None:
        if same and data.isascii():
            return data.decode("ascii")
        try:
            return codecs.charmap_decode(data, "strict", charmap)[0]
        except UnicodeDecodeError:
            return None

    return decode


def _multi_encoder(encoding: Encoding) -> _Encoder:
    """Return the encoder of an encoding of several bytes a character."""
    codec = encoding.codec
    errors = f"textmend-{encoding.name}-encode"
    codecs.register_error(errors, _encode_errors(tables.of(encoding.name)))

    def encode(text: str) -> bytes | None:
        try:
            return text.encode(codec, errors)
        except UnicodeEncodeError:
            return None

    return encode


def _multi_decoder(encoding: Encoding) -> _Decoder:
    """Return the decoder of an encoding of several bytes a character."""
    codec = encoding.codec
    errors = f"textmend-{encoding.name}-decode"
    codecs.register_error(errors, _decode_errors(tables.of(encoding.name)))

    def decode(data: bytes) -> str | None:
        try:
            return data.decode(codec, errors)
        except UnicodeDecodeError:
            return None

    return decode


_SPECIAL: dict[str, tuple[_Encoder, _Decoder]] = {
    "utf-8": (unicode.write_utf8, unicode.read_utf8),
    "cesu-8": (unicode.write_cesu8, unicode.read_cesu8),
    "utf-7": (unicode.write_utf7, unicode.read_utf7),
    "utf-16-le": (unicode.write_utf16_le, unicode.read_utf16_le),
    "utf-16-be": (unicode.write_utf16_be, unicode.read_utf16_be),
    "hz": (escapes.write_hz, escapes.read_hz),
    "iso-8859-1": (unicode.write_latin1, unicode.read_latin1),
}


@cache
def _encoder(name: str) -> _Encoder:
    """Return the encoder of an encoding, by any of its names."""
    encoding = get(name)
    if encoding.name != name:
        return _encoder(encoding.name)
    if name in _SPECIAL:
        return _SPECIAL[name][0]
    if name == "iso-2022-jp":
        euc = _encoder("euc-jp")
        return lambda text: escapes.write_iso_2022_jp(text, euc)
    return _single_encoder(encoding) if encoding.width == "single" else _multi_encoder(encoding)


@cache
def _decoder(name: str) -> _Decoder:
    """Return the decoder of an encoding, by any of its names."""
    encoding = get(name)
    if encoding.name != name:
        return _decoder(encoding.name)
    if name in _SPECIAL:
        return _SPECIAL[name][1]
    if name == "iso-2022-jp":
        euc = _decoder("euc-jp")
        return lambda data: escapes.read_iso_2022_jp(data, euc)
    return _single_decoder(encoding) if encoding.width == "single" else _multi_decoder(encoding)


# --- the interface -------------------------------------------------------------------------------


def bytes_of(text: str, name: str) -> bytes | None:
    r"""Return the bytes that a decoder of `name` showed as `text`: undo the reading.

    None if some character can never be shown by any known decoder of it. Where several
    sequences are shown as one character, the usual one is taken: see `bytes_options`.

    >>> bytes_of("Russia鈥檚", "gbk")
    b'Russia\xe2\x80\x99s'
    >>> bytes_of("é", "gbk"), bytes_of("ã", "gbk")
    (b'\xa8\xa6', None)
    """
    return _encoder(name)(text)


def write(text: str, name: str) -> bytes | None:
    r"""Return `text` as a writer of `name` would have written it, None where it cannot.

    >>> write("“So", "cp1252")
    b'\x93So'
    """
    return _encoder(name)(text)


def read(data: bytes, name: str) -> str | None:
    r"""Return `data` as a decoder of `name` shows it, None if no known decoder reads all of it.

    Vendors' additions are read too: 0x81 is U+0081 in cp1252, 0x80 the euro sign in gbk.

    >>> read(b"\xe2\x80\x9cSo", "gbk")
    '鈥淪o'
    >>> read(b"\x9d\n", "gbk") is None
    True
    """
    return _decoder(name)(data)


@cache
def _char_options(char: str, name: str) -> tuple[bytes, ...]:
    """Return `bytes_options` of one character and a canonical name."""
    usual = _encoder(name)(char)
    if get(name).family == "unicode" or get(name).width == "escape":
        more: tuple[bytes, ...] = (b"\x00",) if name == "cesu-8" and char == "\x00" else ()
    else:
        more = tables.of(name).options.get(char, ())
    if usual is None:
        return more
    return (usual, *more)


@cache
def _several(name: str) -> frozenset[str]:
    """Return the characters of a canonical name for which some known decoder has other bytes than the usual ones."""
    known = tables.of(name)
    return frozenset(known.options).union(*known.views.values())


def bytes_options(char: str, name: str) -> tuple[bytes, ...]:
    """Return every byte sequence that some known decoder of `name` shows as `char`.

    The usual one comes first; an empty tuple if there is none.

    >>> [data.hex() for data in bytes_options("¬", "cp932")]
    ['81ca']
    >>> [data.hex() for data in bytes_options("∵", "cp932")]
    ['81e6', '879a', 'fa5b']
    >>> bytes_options("я", "cp1252")
    ()
    """
    return _char_options(char, get(name).name)


def bytes_variants(text: str, name: str) -> tuple[bytes, ...]:
    """Return the bytes behind `text` for each known decoder of `name` that differs on it.

    The first is `bytes_of(text, name)`; an empty tuple if that is None. The others take one
    other decoder's view throughout: Windows', browsers', an older standard's. Where an encoding has
    several bytes for a few characters, each choice of them follows; for many, the last of each.

    >>> [data.hex() for data in bytes_variants("かな", "big5")]
    ['c6afc6ce', 'c6f1c751', 'c6afc751', 'c6f1c6ce']
    """
    usual = bytes_of(text, name)
    if usual is None:
        return ()
    encoding = get(name)
    if encoding.family == "unicode" or encoding.width == "escape" or text.isascii():
        return (usual,)
    distinct = set(text)
    if distinct.isdisjoint(_several(encoding.name)):
        return (usual,)
    found = [usual]
    for other in tables.of(encoding.name).views.values():
        if other.keys().isdisjoint(distinct):
            continue
        encode = _encoder(encoding.name)
        parts = [other.get(char) or encode(char) for char in text]
        # None: a letter and its accent that have one sequence together
        known = [part for part in parts if part is not None]
        if len(known) == len(parts):
            found.append(b"".join(known))
    options = {char: _char_options(char, encoding.name) for char in dict.fromkeys(text)}
    if all(options.values()):
        several = [char for char, known in options.items() if len(known) > 1]
        if len(several) <= _MIXED_MOST:
            choices = list(product(*((options[char][0], options[char][-1]) for char in several)))
        else:
            choices = [tuple(options[char][-1] for char in several)]
        for choice in choices:
            chosen = dict(zip(several, choice, strict=True))
            found.append(b"".join([chosen.get(char) or options[char][0] for char in text]))
    return tuple(dict.fromkeys(found))


def shows(data: bytes, text: str, name: str) -> bool:
    r"""Say whether known decoders of `name` could show `data` as `text`, character by character.

    >>> shows(b"\x80", "€", "gbk"), shows(b"\xa2\xe3", "€", "gbk"), shows(b"\x80", "x", "gbk")
    (True, True, False)
    """
    encode = _encoder(name)
    if encode(text) == data or _decoder(name)(data) == text:
        return True
    canonical = get(name).name
    ends = {0}
    index = 0
    while index < len(text) and ends:
        size = 1
        options = _char_options(text[index], canonical)
        if not options and len(text) > index + 1:
            size = 2  # one sequence may be shown as a letter and its accent
            options = _char_options(text[index : index + 2], canonical)
        ends = {end + len(option) for end in ends for option in options if data.startswith(option, end)}
        index += size
    return len(data) in ends


# --- which readers could have shown a character --------------------------------------------------

_MASKS: dict[str, int] = {}
_SHOW_ALL = frozenset({"utf-8", "utf-16-le", "utf-16-be"})
_NO_SURROGATES = "gb18030"  # shows every character but these


@cache
def _single_masks() -> dict[str, int]:
    """Return, for every character of the single-byte readers, the mask of those that show it."""
    masks: dict[str, int] = {}
    for position, name in enumerate(READERS):
        if get(name).width != "single":
            continue
        table = tables.of(name)
        bit = 1 << position
        for char in {*table.charmap, *table.writes} - {tables.UNDEFINED}:
            masks[char] = masks.get(char, 0) | bit
    return masks


@cache
def _multi_readers() -> tuple[tuple[int, str, dict[str, bytes]], ...]:
    """Return the bit, codec and extra characters of each reader of several bytes a character."""
    return tuple(
        (1 << position, get(name).codec, tables.of(name).writes)
        for position, name in enumerate(READERS)
        if get(name).width == "multi" and name not in {*_SHOW_ALL, _NO_SURROGATES}
    )


@cache
def _show_all_mask() -> int:
    """Return the mask of the readers that show every character."""
    return sum(1 << position for position, name in enumerate(READERS) if name in _SHOW_ALL)


def _new_mask(char: str) -> int:
    """Return which readers could have shown a character not met before."""
    mask = _single_masks().get(char, 0) | _show_all_mask()
    if not "\ud800" <= char <= "\udfff":
        mask |= 1 << READERS.index(_NO_SURROGATES)
    for bit, codec, extra in _multi_readers():
        if char in extra or char.encode(codec, "ignore"):
            mask |= bit
    return mask


def readable(char: str) -> int:
    """Return a bit mask over `READERS`: which of them could have shown this character.

    >>> mask = readable("鈥")
    >>> [name for position, name in enumerate(READERS) if mask >> position & 1][:3]
    ['gbk', 'big5', 'euc-jp']
    """
    mask = _MASKS.get(char)
    if mask is None:
        mask = _new_mask(char)
        if len(_MASKS) >= _MEMO_SIZE:
            _MASKS.clear()
        _MASKS[char] = mask
    return mask


_ALL = (1 << len(READERS)) - 1  # every reader shows ASCII


def readable_mask(text: str) -> int:
    """Return which readers could have shown every non-ASCII character of `text`.

    ASCII is in all of them.

    >>> bool(readable_mask("鈥檚") >> READERS.index("gbk") & 1)
    True
    """
    mask = _ALL
    if text.isascii():
        return mask
    known = _MASKS
    for char in set(text):
        if char > "\x7f":
            mask &= known.get(char) or readable(char)
            if not mask:
                break
    return mask
