"""One hop back: what a text was before one misreading.

A text written in UTF-8 and misread comes back run by run: every stretch of
non-ASCII signs is undone alone, so that one healthy sign does not stop the
repair of the others.  A text written in a legacy encoding comes back as a
whole, or not at all.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from itertools import pairwise
from typing import Final

from textmend import encodings
from textmend.plausibility import kernel
from textmend.plausibility.model import load

#: Stretches that are undone independently: no reader lets an ASCII sign begin
#: inside a character, so what follows one starts at a byte of its own.  U+FFFD
#: is no sign of any reader but the mark of lost bytes, and lone surrogates are none either.
RUN: Final = re.compile("[^\x00-\x7f\ud800-\udfff\ufffd]+")
_RUN_MEMORY: Final = 2_000
#: What Windows shows for the bytes that cp932 lacks.
MARKING: Final = "cp932"
MARK: Final = "・"
REPLACED: Final = "\ufffd"

#: Signs that no repair may bring in: the hop that makes them is not the right one.
BAD: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffd-\uffff]")


#: The same inside a chain, where the next hop may still explain C1 controls.
_WORSE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff]")


#: Of so many signs outside ASCII one may be a mark of a byte lost, where a legacy original is supposed.
_MARKED: Final = 10
#: What a no-break space becomes, the byte it is, and UTF-8 that lacks its last byte only.
BLANKS: Final = frozenset((" ", "\n", ""))
_BLANK: Final = b"\xa0"
_LACKS_ONE: Final = re.compile(
    rb"(?:[\xc2-\xdf]|\xe0[\xa0-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf])\Z"
)
_FOREIGN: Final = re.compile("[^\x00-\x7f]")
_BAD_BEYOND: Final = re.compile("[\x80-\x9f\ud800-\uf8ff\ufdd0-\ufdef\ufffd-\uffff]")
#: Sequences of UTF-8, roughly, and what stands for no sign in the table of an encoding.
_SEQUENCES: Final = re.compile(rb"(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})+")
_UNSHOWN: Final = "\ufffe"
_ASCII: Final = list(map(chr, range(0x80)))


def brings_worse(before: str, after: str) -> bool:
    r"""Tell whether no chain can lead on to ``after``: it has controls that ``before`` lacks.

    >>> brings_worse("Ã", "\x80"), brings_worse("Ã", "\x01")
    (False, True)
    """
    found = set(_WORSE.findall(after))
    return bool(found) and not found <= set(before)


def brings_bad(before: str, after: str) -> bool:
    r"""Tell whether ``after`` has controls or private-use signs that ``before`` lacks.

    >>> brings_bad("Ã", "\x80"), brings_bad("Ã", "é")
    (True, False)
    """
    found = set(BAD.findall(after))
    return bool(found) and not found <= set(before)


def _splits_a_word(undone: str) -> bool:
    """Tell whether a capital E came out behind what is no capital: then the mark stood for lost bytes.

    >>> _splits_a_word("ŁE"), _splits_a_word("ぁE")
    (False, True)
    """
    return any(char == "E" and not before.isupper() for before, char in pairwise(f" {undone}"))


class Reader:
    """An encoding as the reader of a misreading: shown characters back to bytes.

    >>> Reader("cp1252").whole("Ã©")
    'é'
    """

    def __init__(self, name: str) -> None:
        self.encoding = encodings.get(name)
        self.name = name
        self.single = self.encoding.width == "single"
        self.cost = self.encoding.reader_cost
        self._runs: dict[str, str | None] = {}
        self._marked = name == MARKING
        self._charmap = codecs.charmap_build("".join(sign or _UNSHOWN for sign in shown(name))) if self.single else None
        compiled = kernel.reader(shown(name)) if self.single else None
        self.compiled = compiled
        self.everywhere = self.undo_everywhere if compiled is None else compiled.everywhere
        proving = compiled if shown(name)[:0x80] == _ASCII else None
        self.proved = self.prove if proving is None else proving.proved
        self.plain = self.undo_plain if proving is None else proving.plain
        self.lines = None if compiled is None else compiled.lines  # as stretches.with_utf8 says

    def undo_everywhere(self, text: str) -> tuple[str, list[tuple[int, str, str]]] | None:
        """Return a text with every run undone, and (start, before, after) of each; None if some run is not all UTF-8.

        In C where the kernel is, as ``everywhere``.

        >>> Reader("cp1252").everywhere("cafÃ© rosÃ©")
        ('café rosé', [(3, 'Ã©', 'é'), (9, 'Ã©', 'é')])
        """
        places: list[tuple[int, str, str]] = []
        pieces: list[str] = []
        done = 0
        for match in RUN.finditer(text):
            undone = self.whole(match.group())
            if undone is None:
                return None
            places.append((match.start(), match.group(), undone))
            pieces += (text[done : match.start()], undone)
            done = match.end()
        return ("".join((*pieces, text[done:])), places) if places else None

    def prove(self, text: str, candidate: str) -> list[tuple[int, str, str]] | None:
        """Return the places of a text if undoing all of it gives a candidate, which in UTF-8 is shown as the text.

        In C where the kernel is, as ``proved``.

        >>> Reader("cp1252").proved("cafÃ©", "café"), Reader("cp1252").proved("cafÃ©", "cafe")
        ([(3, 'Ã©', 'é')], None)
        """
        every = self.undo_everywhere(text)
        data = encodings.write(candidate, "utf-8") if every is not None and every[0] == candidate else None
        return every[1] if every is not None and data is not None and encodings.shows(data, text, self.name) else None

    def undo_plain(self, text: str) -> str | None:
        r"""Return a text with all of it undone, if that brings no controls and is shown as the text; else None.

        In C where the kernel is, as ``plain``.

        >>> Reader("cp1252").plain("cafÃ©"), Reader("cp1252").plain("cafÃ© été"), Reader("cp1252").plain("Â\x81")
        ('café', None, None)
        """
        every = self.undo_everywhere(text)
        if every is None or _BAD_BEYOND.search(every[0]) is not None or self.prove(text, every[0]) is None:
            return None
        return every[0]

    def utf8(self, run: str) -> str | None:
        """Return what a run of non-ASCII signs was before UTF-8 was misread, None if it was not."""
        memo = self._runs
        if run in memo:
            return memo[run]
        if len(memo) > _RUN_MEMORY:
            memo.clear()
        if self.single:
            answer = self._sequences(run)
        else:
            data = encodings.bytes_of(run, self.name)
            answer = _decode(data) if data is not None and not data.isascii() else None
        if answer is not None and (
            brings_worse(run, answer) or (self._marked and MARK in run and _splits_a_word(answer))
        ):
            answer = None
        memo[run] = answer
        return answer

    def whole(self, run: str) -> str | None:
        """Return what a run was if all of it is UTF-8 misread, None if not."""
        if self.single and _SEQUENCES.fullmatch(self._bytes(run)) is None:
            return None
        return self.utf8(run)

    def may_be_utf8(self, text: str) -> bool:
        """Tell whether a text may hold a sequence of UTF-8 as it is shown; only single-byte readers deny it.

        >>> Reader("cp1252").may_be_utf8("cafÃ©"), Reader("cp1252").may_be_utf8("café"), Reader("gbk").may_be_utf8("é")
        (True, False, True)
        """
        return not self.single or _SEQUENCES.search(self._bytes(text)) is not None

    def _bytes(self, text: str) -> bytes:
        """Return the byte that each sign of a text is shown for, a question mark for others."""
        return codecs.charmap_encode(text, "replace", self._charmap)[0]

    def _sequences(self, run: str) -> str | None:
        """Return a run with each of its sequences of UTF-8 undone, None if it has none."""
        pieces: list[str] = []
        done = 0
        for match in _SEQUENCES.finditer(self._bytes(run)):
            decoded = _decode(match.group())
            if decoded is not None:
                pieces += (run[done : match.start()], decoded)
                done = match.end()
        undone = "".join((*pieces, run[done:]))
        return undone if undone != run else None


def _decode(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:  # CESU-8: pairs of surrogates, three bytes each
        text = data.decode("utf-8", "surrogatepass")
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        return None
    return text


@cache
def shown(name: str) -> list[str]:
    """Return what each byte is shown as in a single-byte encoding, nothing where it is not.

    >>> shown("cp1251")[0xE9]
    'й'
    """
    return [encodings.read(bytes([byte]), name) or "" for byte in range(256)]


@cache
def reader(name: str) -> Reader:
    """Return the one Reader of an encoding.

    >>> reader("gbk").utf8("鈥檚")
    '’s'
    """
    return Reader(name)


def undo_utf8(text: str, name: str) -> str | None:
    r"""Undo ``utf-8>name`` in every run of a text; None where no run was misread so.

    >>> undo_utf8("cafÃ© in Paris", "cp1252")
    'café in Paris'
    """
    if not reader(name).may_be_utf8(text):
        return None
    undo = reader(name).utf8
    changed = False

    def piece(match: re.Match[str]) -> str:
        nonlocal changed
        run = match.group()
        undone = undo(run)
        if undone is None:
            return run
        changed = True
        return undone

    result = RUN.sub(piece, text)
    return result if changed else None


def rough(text: str, read: str, written: str) -> str:
    """Return what can be read of a text that lost bytes without any guess.

    >>> rough("partners.鈥 Russia鈥檚", "gbk", "utf-8")
    'partners. Russia’s'
    """
    source = text.replace(MARK, "") if read == MARKING else text
    writer = encodings.get(written)
    paired = writer.width == "multi" and writer.family != "unicode"

    def piece(match: re.Match[str]) -> str:
        data = encodings.bytes_of(match.group(), read)
        if data is None:
            return ""
        if written == "utf-8":
            data = with_blank(data, read, source[match.end() : match.end() + 1])
        shown = data.decode(writer.codec, "ignore")
        if paired and source[match.start() - 1 : match.start()] == REPLACED:
            # the mark may stand for half a sign
            return min(shown, data[1:].decode(writer.codec, "ignore"), key=load().cost)
        return shown

    return RUN.sub(piece, source)


def with_blank(data: bytes, read: str, following: str) -> bytes:
    """Return the bytes of a run, with the no-break space that ended its last sign if it went or is a space.

    It is A0 for most readers of one byte a sign; nothing is lost as often. following: the sign after the run, if any.

    >>> with_blank("Ã".encode("cp1252"), "cp1252", " ").decode()
    'à'
    """
    ended = following in BLANKS and _LACKS_ONE.search(data)
    return data + _BLANK if ended and encodings.loss_model(read).altered.get(" ") == _BLANK else data


def undo_legacy(text: str, written: str, read: str) -> str | None:
    """Undo ``written>read`` in a whole text; None where it cannot have happened.

    >>> undo_legacy("Ïðèâåò", "cp1251", "cp1252")
    'Привет'
    """
    if "\ufffd" in text and (not reader(read).single or text.count("\ufffd") * _MARKED > len(_FOREIGN.findall(text))):
        return None  # no sign of a reader but the mark of bytes that it lost
    if encodings.get(written).width == "single" and reader(read).single:
        table = translation(written, read)
        result = text.translate(table)
        if "\uffff" in result:
            return None
    else:
        views = (encodings.read(data, written) for data in encodings.bytes_variants(text, read))
        known = dict.fromkeys(view for view in views if view is not None and not brings_bad(text, view))
        if not known:
            return None
        # where decoders differ on the signs that are there, what is likelier as a text was meant
        result = next(iter(known)) if len(known) == 1 else min(known, key=load().cost)
    if result == text or brings_bad(text, result):
        return None
    return result


@cache
def translation(written: str, read: str) -> dict[int, str]:
    """Return what ``str.translate`` needs to turn one single-byte reading into another.

    >>> "Ïðèâåò".translate(translation("cp1251", "cp1252"))
    'Привет'
    """
    back = [char or "\uffff" for char in shown(written)]
    table: dict[int, str] = {}
    for byte, char in enumerate(shown(read)):
        if char and byte >= 0x80 and back[byte] != char:
            table.setdefault(ord(char), back[byte])
    return table
