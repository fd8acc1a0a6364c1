"""Misread text on purpose, with Python's own codecs: the benchmark's oracle, apart from textmend's.

A hop is written ``written-as>read-as``. Which hops are realistic is taken from textmend's registry:
the writer serves the text's language, the reader is met in the wild, both together are not rarer
than `RAREST`.
"""

from __future__ import annotations

import codecs
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from data import Text

from textmend import encodings

# Bits: pairs whose reader and writer together are rarer than this are not met.
RAREST = 9.0

# Python's codec for a name of the registry, where another than the registry's own is meant.
_CODECS = {"gbk": "gbk", "big5": "cp950", "cesu-8": "utf-8"}

# Languages that stand for all that UTF-8 is written in; the others are met less often.
MAIN_LANGUAGES = (
    "af am ar az be bg bn bs ca cs cy da de el en eo es et eu fa fi fr ga gl gu he hi hr hu hy id is it "
    "ja ka kk km kn ko ky lo lt lv mk ml mn mr mt my nb ne nl nn pa pl pt ro ru si sk sl sq sr sr-Latn sv "
    "sw ta te tg th tl tr uk ur uz vi yo zh-Hans zh-Hant zu"
)

_MAIN = frozenset(MAIN_LANGUAGES.split())

# Hops that are no pair of charsets: what carried the text lost the escapes or never undid them.
SPECIAL_HOPS = (
    "utf-16-le>cp1252", "utf-16-be>cp1252", "utf-16-le>utf-16-be", "utf-8>utf-16-le",
    "utf-8>utf-16-be", "utf-7>ascii", "iso-2022-jp>ascii", "hz>ascii", "cesu-8>cp1252",
)  # fmt: skip

ESCAPES = ("\\u", "\\x", "quoted-printable", "percent", "entities", "double entities")


@dataclass(frozen=True, slots=True)
class Hop:
    """A misreading and how rare it is, in bits.

    >>> Hop("utf-8", "gbk", 2.0).name
    'utf-8>gbk'
    """

    writer: str
    reader: str
    cost: float

    @property
    def name(self) -> str:
        """The hop as it is written."""
        return f"{self.writer}>{self.reader}"


@cache
def hops() -> tuple[Hop, ...]:
    """Return every realistic pair of the registry, commonest first."""
    found = []
    for written_as in encodings.WRITERS:
        for read_as in encodings.READERS:
            writer, reader = encodings.get(written_as), encodings.get(read_as)
            if written_as == read_as or "unit16" in (writer.width, reader.width):
                continue
            if "escape" in (writer.width, reader.width) or read_as in ("utf-8", "gb18030"):
                continue
            if written_as in ("cesu-8", "gb18030"):
                continue
            cost = writer.writer_cost + reader.reader_cost
            if cost <= RAREST or written_as == "utf-8":
                found.append(Hop(written_as, read_as, cost))
    return tuple(sorted(found, key=lambda hop: (hop.cost, hop.name)))


def serves(writer: str, language: str) -> bool:
    """Say whether texts in a language are written in an encoding."""
    if writer in ("utf-8", "cesu-8", "utf-7", "utf-16-le", "utf-16-be"):
        return True
    language = {"zh": "zh-Hans", "no": "nb"}.get(language, language)
    return language in encodings.get(writer).languages and not (
        language == "en" and writer not in ("cp1252", "mac-roman", "cp437", "cp850")
    )


# --- writing and reading --------------------------------------------------------------------------


def _fill(error: UnicodeError) -> tuple[str, int]:
    """Show what vendors show for bytes that Python's codec does not know."""
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101 - it is registered for decoding only
    byte = error.object[error.start]
    if error.encoding == "gbk" and byte == 0x80:
        return "€", error.start + 1
    if 0x80 <= byte <= 0x9F and error.encoding.startswith(("charmap", "cp125", "cp874")):
        return chr(byte), error.start + 1
    raise error


def _swallow(error: UnicodeError) -> tuple[str, int]:
    """Let the mark stand for the byte and its neighbour, as Windows does."""
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101
    mark = "・" if error.encoding in ("cp932", "shift_jis") else "?"
    return mark, min(error.start + 2, len(error.object))


codecs.register_error("benchmark-fill", _fill)
codecs.register_error("benchmark-swallow", _swallow)

_HANDLERS = {"strict": "benchmark-fill", "drop": "ignore", "fffd": "replace"}
_HANDLERS["swallow"] = "benchmark-swallow"


def codec(name: str) -> str:
    """Return Python's codec for a name."""
    return _CODECS.get(name) or encodings.get(name).codec


def write(text: str, name: str) -> bytes | None:
    """Return the bytes of a text, or None if the encoding cannot hold it."""
    if name == "cesu-8":
        data = text.encode("utf-16-le")
        units = (int.from_bytes(data[at : at + 2], "little") for at in range(0, len(data), 2))
        return "".join(map(chr, units)).encode("utf-8", "surrogatepass")
    try:
        data = text.encode(codec(name))
    except UnicodeEncodeError:
        return None
    return data if data.decode(codec(name)) == text else None


def read(data: bytes, name: str, errors: str = "strict") -> str | None:
    """Return what a reader shows, or None if it fails."""
    try:
        return data.decode("ascii" if name == "ascii" else codec(name), _HANDLERS[errors])
    except UnicodeDecodeError:
        return None


def misread(text: str, hop: str) -> str | None:
    """Return a text misread once, without loss; None if it cannot be or nothing changes."""
    writer, reader = hop.split(">")
    data = write(text, writer)
    if data is None:
        return None
    if writer == "iso-2022-jp":
        data = data.replace(b"\x1b", b"")
    seen = read(data, reader)
    return None if seen == text or seen is None else seen


def misread_chain(text: str, chain: tuple[str, ...]) -> str | None:
    """Return a text misread several times."""
    seen: str | None = text
    for hop in chain:
        seen = misread(seen, hop) if seen is not None else None
    return None if seen == text else seen


# --- losses ---------------------------------------------------------------------------------------

_C1 = re.compile("[\x81\x8d\x8f\x90\x9d]")
_ANY_C1 = re.compile("[\x80-\x9f]")

# How text that was read in a single-byte encoding loses characters afterwards.
_AFTERWARDS = {
    "C1 stripped": lambda seen: _ANY_C1.sub("", seen),
    "C1 as U+FFFD": lambda seen: _C1.sub("\ufffd", seen),
    "C1 as ?": lambda seen: _C1.sub("?", seen),
    "A0 as space": lambda seen: seen.replace("\xa0", " "),
    "soft hyphen lost": lambda seen: seen.replace("\xad", ""),
}

_CJK_READERS = ("gbk", "big5", "cp932", "euc-jp", "cp949")
_CJK_LEGACY = ("gbk>cp932", "cp932>gbk", "euc-jp>gbk", "gbk>cp949", "cp949>gbk", "gbk>big5",
               "big5>gbk", "euc-jp>cp932", "cp1251>gbk", "cp1252>cp932")  # fmt: skip


def losses() -> tuple[tuple[str, str], ...]:
    """Return the (hop, loss) pairs that are measured."""
    found = [(f"utf-8>{reader}", loss) for reader in _CJK_READERS for loss in ("drop", "fffd", "swallow", "truncated")]
    found += [("utf-8>cp1252", loss) for loss in _AFTERWARDS]
    found += [("utf-8>cp1252", "truncated"), ("utf-8>cp1254", "C1 stripped")]
    found += [("utf-8>cp1250", "C1 stripped"), ("utf-8>cp1251", "drop"), ("utf-8>cp1251", "fffd")]
    found += [("utf-8>cp1253", "drop"), ("utf-8>cp1255", "drop"), ("utf-8>cp1257", "fffd")]
    found += [("utf-8>iso-8859-1", "C1 stripped"), ("utf-8>iso-8859-1", "A0 as space")]
    found += [(hop, loss) for hop in _CJK_LEGACY for loss in ("drop", "fffd")]
    return tuple(found)


def lose(text: str, hop: str, loss: str) -> str | None:
    """Return a text misread with a loss, or None if nothing is lost there."""
    writer, reader = hop.split(">")
    data = write(text, writer)
    if data is None or text.isascii():
        return None
    if loss in _AFTERWARDS:
        seen = read(data, reader)
        lossy = _AFTERWARDS[loss](seen) if seen is not None else None
        return None if lossy == seen else lossy
    if loss == "truncated":
        cut = len(data) * 3 // 4
        while cut < len(data) and data[cut] & 0xC0 != 0x80:  # inside a character
            cut += 1
        seen = read(data[:cut], reader, "drop")
        return seen if cut < len(data) and seen != text else None
    try:
        data.decode(codec(reader))
    except UnicodeDecodeError:
        lossy = read(data, reader, loss)
        # nothing to go by is left where every other character vanished
        return None if lossy == text or lossy is None or lossy.isascii() else lossy
    return None


# Share of a text that may have left no trace; of one that lost more, no answer is right.
_TRACELESS = 0.1


def traced(text: str, hop: str, loss: str) -> str | None:
    """Return a text without the characters all of whose bytes were dropped, None if they are none, or many.

    >>> traced("C’est la fin de l’été", "utf-8>euc-jp", "drop")
    'Cest la fin de lété'
    """
    writer, reader = hop.split(">")
    dropped = _dropped(text.encode(codec(writer)), reader) if loss == "drop" else set()
    kept, at = [], 0
    for char in text:
        size = len(char.encode(codec(writer)))
        if not dropped.issuperset(range(at, at + size)):
            kept.append(char)
        at += size
    return "".join(kept) if 0 < len(text) - len(kept) <= _TRACELESS * len(text) else None


def _dropped(data: bytes, reader: str) -> set[int]:
    """Return where the bytes stand that a reader drops."""
    found: set[int] = set()

    def note(error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeDecodeError)  # noqa: S101
        found.update(range(error.start, error.end))
        return "", error.end

    codecs.register_error("benchmark-dropped", note)
    data.decode(codec(reader), "benchmark-dropped")
    return found


def truncated_original(text: str) -> str:
    """Return what a text cut as `lose` cuts it would ideally become: the last character is gone."""
    data = text.encode("utf-8")
    cut = len(data) * 3 // 4
    while cut < len(data) and data[cut] & 0xC0 != 0x80:
        cut += 1
    return data[:cut].decode("utf-8", "ignore")


# --- escapes --------------------------------------------------------------------------------------


def escape(text: str, how: str) -> str | None:
    """Return a text whose UTF-8 was read as Latin-1 or kept as bytes, then spelled in escapes."""
    if text.isascii():
        return None
    garbled = text.encode("utf-8").decode("latin-1")
    if how == "\\u":
        return re.sub("[^\x00-\x7f]", lambda found: f"\\u{ord(found[0]):04x}", garbled)
    if how == "\\x":
        return re.sub("[^\x00-\x7f]", lambda found: f"\\x{ord(found[0]):02x}", garbled)
    if how == "quoted-printable":
        safe = garbled.replace("=", "=3D")
        return re.sub("[^\x00-\x7f]", lambda found: f"={ord(found[0]):02X}", safe)
    if how == "percent":
        safe = garbled.replace("%", "%25").replace(" ", "%20")
        return re.sub("[^\x00-\x7f]", lambda found: f"%{ord(found[0]):02X}", safe)
    entities = re.sub("[^\x00-\x7f]", lambda found: f"&#{ord(found[0])};", garbled)
    return entities if how == "entities" else entities.replace("&", "&amp;")


# --- chains ---------------------------------------------------------------------------------------

_SAME_READERS = ("cp1252", "iso-8859-1", "cp1251", "cp1250", "cp437", "cp850", "mac-roman", "gbk",
                 "cp1254", "cp866", "koi8-r")  # fmt: skip


def chains() -> Iterator[tuple[str, ...]]:
    """Yield the chains that are measured: one reader again and again, and different ones."""
    for reader in _SAME_READERS:
        for depth in (2, 3, 4, 5) if reader in ("cp1252", "iso-8859-1") else (2, 3):
            yield (f"utf-8>{reader}",) * depth
    common = [hop for hop in hops() if hop.writer == "utf-8" and hop.cost <= 3.5]
    for first in common:
        for second in common:
            if first.reader != second.reader:
                yield first.name, second.name
    for legacy in ("cp1251>cp1252", "gbk>cp1252", "cp932>cp1252", "koi8-r>cp1251", "cp866>cp1251",
                   "cp949>cp1252", "big5>cp1252", "cp1250>cp1252"):  # fmt: skip
        yield legacy, "utf-8>cp1252"
    yield "utf-8>mac-roman", "utf-8>cp1252", "utf-8>cp1252"
    yield "utf-8>cp1252", "utf-8>cp437", "utf-8>cp437"


# Languages that most garbled texts are in.
_COMMON_NAMES = "en zh-Hans zh-Hant ja ko ru de fr es pt it pl nl tr uk cs sv hu ar vi el"
_COMMON = frozenset(_COMMON_NAMES.split())


def weight(text: Text) -> float:
    """Return how often a text's language should be drawn."""
    if text.base in _COMMON:
        return 8.0
    return 2.0 if text.base in _MAIN else 0.1


def draw(texts: tuple[Text, ...], writer: str, chance: random.Random) -> Text | None:
    """Return a text in a language that the writer serves."""
    fit = [text for text in texts if serves(writer, text.base)]
    return chance.choices(fit, [weight(text) for text in fit])[0] if fit else None
