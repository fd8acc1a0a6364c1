r"""Formats whose lines are either text or something else: subtitles (SRT, VTT) and .po catalogues.

>>> buffer = "1\n00:00:01,000 --> 00:00:02,000\nRussia鈥檚 army\n"
>>> [buffer[field.start : field.end] for field in Subtitles().scan(buffer, last=True)[0]]
['Russia鈥檚 army']
"""

from __future__ import annotations

import re

from textmend.files.formats.base import LIMIT, PLAIN, BrokenSyntaxError, Field, Spelling, safe_cut

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_TIMING = re.compile(r"[0-9 \t]*\Z|.*-->|WEBVTT(?:\s|\Z)|STYLE\Z|REGION\Z")
_PO_STRING = re.compile(
    r'\s*(?:#~\|?\s*)?(?:msgctxt|msgid|msgid_plural|msgstr(?:\[[0-9]+\])?)?\s*"((?:[^"\\]|\\.)*)"\s*\Z'
)
_PO_COMMENT = re.compile(r"\s*#(?:[.|:,~=]+|\s)?(.*)")
_PO_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|([0-7]{1,3})|(.))")
_PO_SHORT = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "a": "\a"}
_PO_MUST = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


class _ByLine:
    """A scanner that looks at one line after another."""

    def scan(self, buffer: str, *, last: bool) -> tuple[list[Field], int]:
        """Take whole lines; a line longer than LIMIT is cut."""
        fields: list[Field] = []
        at = 0
        while at < len(buffer):
            found = _LINE.match(buffer, at)
            end = found.end() if found else len(buffer)
            if not last and end >= len(buffer) - 1:
                if len(buffer) - at >= LIMIT:
                    cut = safe_cut(buffer, at, len(buffer))
                    fields.append(Field(at, cut, PLAIN))
                    at = cut
                break
            line = buffer[at:end].rstrip("\r\n")
            if line:
                self._line(line, at, fields)
            at = end
        return fields, at

    def _line(self, line: str, at: int, fields: list[Field]) -> None:
        raise NotImplementedError


class Subtitles(_ByLine):
    r"""The scanner of SRT and VTT: numbers and times stay as they are.

    >>> Subtitles().scan("1\n", last=True)
    ([], 2)
    """

    def _line(self, line: str, at: int, fields: list[Field]) -> None:
        """Keep a line of speech."""
        if not _TIMING.match(line):
            fields.append(Field(at, at + len(line), PLAIN))


class PoString(Spelling):
    r"""The inside of a string of a catalogue, escaped as in C.

    >>> PoString().read("a\\tb")[0]
    'a\tb'
    """

    mark = "\\"

    def read(self, raw: str) -> tuple[str, list[int] | None]:
        """Undo the escapes."""
        if "\\" not in raw:
            return raw, None
        pieces: list[str] = []
        offsets: list[int] = []
        done = 0
        for match in _PO_ESCAPE.finditer(raw):
            hexadecimal, octal, short = match.groups()
            pieces.append(raw[done : match.start()])
            offsets.extend(range(done, match.start() + 1))
            if short:
                pieces.append(_PO_SHORT.get(short, short))
            else:
                # one byte, of whatever encoding: beyond ASCII it is kept apart from the text
                code = int(hexadecimal, 16) if hexadecimal else int(octal, 8) & 0xFF
                pieces.append(chr(code) if code < 0x80 else chr(0xDC00 + code))
            done = match.end()
        pieces.append(raw[done:])
        offsets.extend(range(done, len(raw) + 1))
        return "".join(pieces), offsets

    def write(self, new: str, old: str) -> str:
        """Escape what must be."""
        del old
        return "".join(_PO_MUST.get(char, char) for char in new)


PO_STRING = PoString()


class Po(_ByLine):
    r"""The scanner of .po and .pot: strings and comments are values.

    >>> Po().scan('msgid "a\n', last=True)
    Traceback (most recent call last):
    ...
    textmend.files.formats.base.BrokenSyntaxError: the line is no keyword with a string, and no comment
    """

    def _line(self, line: str, at: int, fields: list[Field]) -> None:
        """Keep a string or a comment; refuse any other line."""
        string = _PO_STRING.match(line)
        comment = None if string else _PO_COMMENT.match(line)
        if string:
            start, end = string.span(1)
            if end > start:
                fields.append(Field(at + start, at + end, PO_STRING))
        elif comment:
            if comment[1]:
                fields.append(Field(at + comment.start(1), at + comment.end(1), PLAIN))
        elif not line.isspace():
            raise BrokenSyntaxError(at, "the line is no keyword with a string, and no comment")
