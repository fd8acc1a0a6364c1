"""How decoders treat bytes that they cannot decode: what vanishes, what marks show, what is eaten.

Three habits are known, and each says how many bytes a failure costs:

- CPython (and glibc's iconv -c): the lead byte alone fails; what follows is read afresh. With
  errors="ignore" it vanishes, with errors="replace" U+FFFD shows.
- Browsers (WHATWG) and Java: lead and trail byte fail together, but an ASCII trail byte is read
  afresh. U+FFFD shows.
- Windows: a lead byte takes the next byte with it, whatever that is; the code page's default
  character shows ("?", in cp932 "・"; U+FFFD in .NET).
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from functools import cache

from textmend.encodings import tables
from textmend.encodings.registry import Encoding, get

REPLACEMENT = "\ufffd"
_UTF8_LONGEST = 4
_GB18030_LONGEST = 4


@dataclass(frozen=True, slots=True)
class LossStyle:
    """One habit of treating undecodable bytes.

    Attributes:
        kind: "drop" (nothing shows), "replace" (a mark for the failed bytes) or "swallow" (a mark
            for the lead byte and the next one, whatever it is).
        marks: What may show in place of the bytes; empty when they are dropped.
        decoder: Whose habit it is: "cpython", "whatwg" or "windows".

    >>> loss_model("cp932").styles[-1].marks
    ('・', '?', '�')
    """

    kind: str
    marks: tuple[str, ...]
    decoder: str


@dataclass(frozen=True, slots=True)
class LossModel:
    r"""How the known decoders of one encoding treat bytes that they cannot decode.

    Attributes:
        name: The encoding.
        lead: The bytes that begin a sequence of several bytes.
        dead: The bytes that fail by themselves, whatever follows.
        styles: The habits known, the commonest first.
        vanishing: Bytes that decode but are often lost afterwards: those shown as C1 controls,
            soft hyphens and private-use characters, which editors and web forms strip.
        altered: Shown characters that may stand for another byte: a space for A0.

    >>> model = loss_model("gbk")
    >>> model.bad(b"\xe2\x80\x9d\n", 2), model.bad(b"\xe2\x80\x9d\n", 0)
    (True, False)
    """

    name: str
    lead: frozenset[int]
    dead: frozenset[int]
    styles: tuple[LossStyle, ...]
    vanishing: frozenset[int]
    altered: dict[str, bytes] = field(hash=False)
    _strict: _Strict = field(repr=False, compare=False)

    @property
    def codec(self) -> str:
        """Python's codec of the encoding.

        >>> loss_model("cp949").codec
        'cp949'
        """
        return self._strict.codec

    def additions(self, decoder: str) -> dict[bytes, str]:
        r"""Return what a decoder shows for sequences that Python's codec cannot decode.

        "cpython" has none; "any" has those of every decoder known.

        >>> loss_model("gbk").additions("windows")[b"\x80"]
        '€'
        """
        if self._strict.bare or decoder == "cpython":
            return {}
        table = tables.of(self.name)
        if decoder == "any":
            return table.reads
        if self._strict.width == "single" and decoder == "windows":
            # Windows agrees with the browsers on these, and names more
            return table.additions.get("whatwg", {}) | table.additions.get("windows", {})
        return table.additions.get(decoder, {})

    def trail(self, lead: int) -> frozenset[int]:
        """Return the bytes that make a two-byte character after `lead` in Python's codec.

        >>> 0x0A in loss_model("gbk").trail(0x9D)
        False
        """
        return self._strict.trails(lead)

    def bad(self, data: bytes, index: int) -> bool:
        r"""Say whether some known decoder fails on the character that begins at `index`.

        "Some" is Python's codec, the strictest: browsers and Windows show a few more.

        >>> loss_model("cp949").bad(b"a\xb0", 1)
        True
        """
        return self._strict.length(data, index) == 0

    def length(self, data: bytes, index: int) -> int:
        r"""Return how many bytes the character at `index` has in Python's codec, 0 if it fails.

        >>> loss_model("euc-jp").length(b"\x8f\xb0\xa1", 0)
        3
        """
        return self._strict.length(data, index)

    def cost(self, data: bytes, index: int, style: LossStyle) -> int:
        r"""Return how many bytes are lost where decoding fails at `index`, in one style.

        >>> model = loss_model("gbk")
        >>> [model.cost(b'\x9d"', 0, style) for style in model.styles]
        [1, 1, 1, 2]
        """
        return self._strict.cost(data, index, style)


# The bytes that browsers and Windows take for the first of several. Sources: the WHATWG Encoding
# Standard; Microsoft, bestfit932/936/949/950/1361.txt, DBCSRANGE.
_LEADS: dict[str, frozenset[int]] = {
    "big5": frozenset(range(0x81, 0xFF)),
    "cp932": frozenset({*range(0x81, 0xA0), *range(0xE0, 0xFD)}),
    "cp949": frozenset(range(0x81, 0xFF)),
    "euc-jp": frozenset({0x8E, 0x8F, *range(0xA1, 0xFF)}),
    "gb18030": frozenset(range(0x81, 0xFF)),
    "gbk": frozenset(range(0x81, 0xFF)),
    "johab": frozenset({*range(0x84, 0xD4), *range(0xD8, 0xDF), *range(0xE0, 0xFA)}),
}

# The bytes that may follow them.
_TRAILS = bytes(range(0x30, 0x100))


class _Strict:
    """Which byte sequences Python's codec of an encoding decodes."""

    __slots__ = ("_kind", "_pairs", "_triples", "codec", "encoding", "width")

    _SINGLE, _DEAD, _LEAD, _LONG = range(4)

    def __init__(self, encoding: Encoding) -> None:
        self.encoding = encoding
        self.codec = encoding.codec
        self.width = encoding.width
        kinds = bytearray(256)
        pairs = bytearray(0)
        if encoding.width == "multi" and encoding.family != "unicode":
            pairs = bytearray(0x10000)
            row = bytearray(b"\n" * (3 * len(_TRAILS)))
            row[1::3] = _TRAILS
            for lead in range(256):
                if _shown(bytes((lead,)), self.codec) is not None:
                    continue
                kinds[lead] = self._DEAD
                # one call a lead: the trails that fail leave U+FFFD between line ends
                row[::3] = bytes((lead,)) * len(_TRAILS)
                shown = row.decode(self.codec, "replace").split("\n")
                for trail, text in zip(_TRAILS, shown, strict=False):
                    if text and REPLACEMENT not in text:
                        pairs[lead << 8 | trail] = 1
                        kinds[lead] = self._LEAD
        elif encoding.width == "single":
            for byte in range(256):
                if _shown(bytes((byte,)), self.codec) is None:
                    kinds[byte] = self._DEAD
        self._kind = bytes(kinds)
        self._pairs = bytes(pairs)
        self._triples: dict[bytes, bool] = {}

    @property
    def bare(self) -> bool:
        """Whether the encoding has no tables of other decoders."""
        return self.encoding.family == "unicode" or self.width == "escape"

    def leads(self) -> frozenset[int]:
        """Return the lead bytes."""
        if self.encoding.name in ("utf-8", "cesu-8"):
            return frozenset(range(0xC2, 0xF5))
        return frozenset(_LEADS.get(self.encoding.name, ()))

    def dead(self) -> frozenset[int]:
        """Return the bytes that can begin nothing."""
        if self.encoding.name in ("utf-8", "cesu-8"):
            return frozenset({*range(0x80, 0xC2), *range(0xF5, 0x100)})
        found = {byte for byte in range(256) if self._kind[byte] == self._DEAD}
        return frozenset(found - self.leads())

    def trails(self, lead: int) -> frozenset[int]:
        """Return the bytes that complete a two-byte character."""
        row = self._pairs[lead << 8 : (lead + 1) << 8]
        return frozenset(trail for trail, valid in enumerate(row) if valid)

    def length(self, data: bytes, index: int) -> int:
        """Return the length of the character at `index`, 0 if there is none."""
        name = self.encoding.name
        if self.width == "unit16":
            return 2 if index + 2 <= len(data) else 0
        if self.encoding.family == "unicode" or self.width == "escape":
            return self._tried(data, index, _UTF8_LONGEST)
        byte = data[index]
        kind = self._kind[byte]
        if kind == self._SINGLE:
            return 1
        if index + 1 < len(data) and self._pairs and self._pairs[byte << 8 | data[index + 1]]:
            return 2
        if name == "gb18030" and kind == self._LEAD:
            return self._tried(data, index, _GB18030_LONGEST)
        if name == "euc-jp" and byte == 0x8F:
            return self._tried(data, index, 3)
        return 0

    def _tried(self, data: bytes, index: int, longest: int) -> int:
        """Return the length of the character at `index`, found by asking the codec."""
        errors = "surrogatepass" if self.codec == "utf-8" else "strict"
        for size in range(1, longest + 1):
            if index + size > len(data):
                break
            if _shown(data[index : index + size], self.codec, errors) is not None:
                return size
        return 0

    def cost(self, data: bytes, index: int, style: LossStyle) -> int:
        """Return how many bytes a failure at `index` loses."""
        leads = _LEADS.get(self.encoding.name, frozenset())
        if style.decoder == "cpython" or not leads:
            return _cpython_cost(data[index : index + _GB18030_LONGEST], self.codec)
        if index + 1 >= len(data) or data[index] not in leads:
            return 1
        following = data[index + 1]
        if style.decoder == "windows":
            return 2 if following else 1
        if following < 0x80:
            return 1
        if self.encoding.name == "euc-jp" and data[index] == 0x8F and following >= 0xA1:
            third = data[index + 2 : index + 3]
            return 3 if third >= b"\x80" else 2
        return 2


def _shown(data: bytes, codec: str, errors: str = "strict") -> str | None:
    """Return what Python's codec shows, None where it fails."""
    try:
        return data.decode(codec, errors)
    except UnicodeDecodeError:
        return None


def _cpython_cost(data: bytes, codec: str) -> int:
    """Return how many bytes CPython's codec gives up where it fails at the beginning."""
    try:
        codecs.decode(data, codec)
    except UnicodeDecodeError as error:
        if error.start == 0:
            return error.end - error.start
    return 1


# --- the facts of each family ---------------------------------------------------------------------

# Measured on strings garbled in the wild: stripped by editors, web forms and terminals.
STRIPPED = re.compile("[\x80-\x9f\xad\ue000-\uf8ff]")
_NO_BREAK_SPACE = "\xa0"

# The mark that a Windows code page shows for what it cannot decode (its default character; .NET
# shows U+FFFD). Source: Microsoft, bestfit932/936/949/950.txt, CPINFO.
_DEFAULT_MARKS = {
    "cp932": ("・", "?", REPLACEMENT),
    "euc-jp": ("・", "?", REPLACEMENT),
    "gbk": ("?", REPLACEMENT),
    "gb18030": ("?", REPLACEMENT),
    "big5": ("?", REPLACEMENT),
    "cp949": ("?", REPLACEMENT),
    "johab": ("?", REPLACEMENT),
}


def _styles(encoding: Encoding) -> tuple[LossStyle, ...]:
    """Return the habits of the decoders of an encoding."""
    drop = LossStyle("drop", (), "cpython")
    replace = LossStyle("replace", (REPLACEMENT, "?"), "cpython")
    if encoding.width != "multi" or encoding.family == "unicode":
        return (drop, replace)
    return (
        drop,
        replace,
        LossStyle("replace", (REPLACEMENT, "?"), "whatwg"),
        LossStyle("swallow", _DEFAULT_MARKS[encoding.name], "windows"),
    )


def _vanishing(encoding: Encoding) -> frozenset[int]:
    """Return the bytes shown as what is often stripped: C1 controls, soft hyphens, private use."""
    if encoding.family == "unicode" or encoding.width == "escape":
        return frozenset()
    table = tables.of(encoding.name)
    found: set[int] = set()
    for byte in range(0x80, 0x100):
        data = bytes((byte,))
        char = table.reads.get(data) or _shown(data, encoding.codec) or ""
        if STRIPPED.fullmatch(char):
            found.add(byte)
    return frozenset(found)


def _altered(encoding: Encoding) -> dict[str, bytes]:
    """Return the shown characters that may stand for other bytes: a space for the no-break one."""
    if encoding.width != "single":
        return {}
    at = tables.of(encoding.name).charmap.find(_NO_BREAK_SPACE)
    return {" ": bytes((at,))} if at >= 0 else {}


@cache
def loss_model(name: str) -> LossModel:
    r"""Return how known decoders of `name` treat bytes that they cannot decode.

    >>> sorted(loss_model("cp1252").vanishing)
    [129, 141, 143, 144, 157, 173]
    >>> loss_model("cp866").altered
    {' ': b'\xff'}
    """
    encoding = get(name)
    if encoding.name != name:
        return loss_model(encoding.name)
    strict = _Strict(encoding)
    return LossModel(
        name=name,
        lead=strict.leads(),
        dead=strict.dead(),
        styles=_styles(encoding),
        vanishing=_vanishing(encoding),
        altered=_altered(encoding),
        _strict=strict,
    )
