r"""HTML and XML: text between tags and the values of attributes are values; markup stays as it is.

>>> buffer = '<p title="Russia鈥檚">Caf&#195;&#169;</p>'
>>> fields, _ = Markup().scan(buffer, last=True)
>>> [field.spelling.read(buffer[field.start : field.end])[0] for field in fields]
['Russia鈥檚', 'CafÃ©']
"""

from __future__ import annotations

import re
from functools import cache

from textmend.files.formats.base import INERT, LIMIT, BrokenSyntaxError, Field, Spelling, field_of, safe_cut

TYPE_CHECKING = False  # a type checker takes it for true; importing typing costs milliseconds
if TYPE_CHECKING:
    from typing import Any

_TEXT = re.compile(r"[^<]+")
# Outside of quotes no tag holds another "<"; so that tags without an end take no time to the end of the text.
_TAG_BODY = r"""</?([A-Za-z_:][^\s/>"'<=]*+)((?:[^<>"']++|"[^"]*+"|'[^']*+')*+)"""
_TAG = re.compile(f"{_TAG_BODY}>")
_UNFINISHED = re.compile(rf"""{_TAG_BODY}(?:"[^"]*+|'[^']*+)?\Z|</?\Z""")
_ATTRIBUTE = re.compile(r"""[^\s"'<>/=]+\s*=\s*(?:"([^"]*)"|'([^']*)')""")
# Tags, and texts between tags, that hold nothing to repair. Scripts and styles are not looked into.
_INERT = re.compile(
    rf"""(?:(?:\s++|{INERT}++)(?=<)|</?(?!(?i:script|style)\b)[A-Za-z_:][^\s/>"'<=]*+"""
    rf"""(?:\s++[^\s"'<>/=]++(?:=(?:"{INERT}*+"|'{INERT}*+'))?)*+\s*+/?>)++"""
)
_REFERENCE = re.compile(r"&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));")

# What has an end of its own and is copied as it is; the text of CDATA is a value.
_SECTIONS = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">"))
_CDATA = "<![CDATA["
_RAW_ELEMENTS = frozenset({"script", "style"})
_TAG_LIMIT = 1 << 22  # characters; pictures inside attributes are long, nothing is longer

_XML_NAMES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


@cache
def _html_names() -> dict[str, str]:
    """Return the characters of HTML's names."""
    from html.entities import html5

    return {name[:-1]: text for name, text in html5.items() if name.endswith(";")}


class Referenced(Spelling):
    """Text in which `&` begins a reference; `quote` is the quote around it, if any.

    New text is written in references only where the text it replaces was.

    >>> Referenced().read("a&lt;b")[0], Referenced().write("<", "x")
    ('a<b', '&lt;')
    """

    mark = "&"

    def __init__(self, quote: str = "", *, html: bool = True) -> None:
        self._quote = quote
        self._html = html

    def read(self, raw: str) -> tuple[str, list[int] | None]:
        """Resolve the references that are known; others stay as they are."""
        if "&" not in raw:
            return raw, None
        names = _html_names() if self._html else _XML_NAMES
        pieces: list[str] = []
        offsets: list[int] = []
        done = 0
        for match in _REFERENCE.finditer(raw):
            decimal, hexadecimal, name = match.groups()
            if name:
                text = names.get(name)
            else:
                code = int(decimal) if decimal else int(hexadecimal, 16)
                text = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else None
            if not text:
                continue
            pieces += (raw[done : match.start()], text)
            offsets.extend(range(done, match.start()))
            offsets.extend([match.start()] * len(text))
            done = match.end()
        pieces.append(raw[done:])
        offsets.extend(range(done, len(raw) + 1))
        return "".join(pieces), offsets

    def write(self, new: str, old: str) -> str:
        """Write references where they must be, and where they were for all that is not ASCII."""
        must = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
        if self._quote:
            must[self._quote] = "&quot;" if self._quote == '"' else "&#39;"
        spelled = "".join(must.get(char, char) for char in new)
        if old.isascii() and "&" in old and not new.isascii():
            form = "&#x{:X};" if "&#x" in old.lower() else "&#{};"
            return "".join(char if char < "\x80" else form.format(ord(char)) for char in spelled)
        return spelled

    def __reduce__(self) -> tuple[Any, ...]:
        return _referenced, (self._quote, self._html)


@cache
def _referenced(quote: str, html: bool) -> Referenced:  # noqa: FBT001 - it rebuilds a spelling in another process
    return Referenced(quote, html=html)


class Markup:
    """The scanner of HTML, or of XML, which must be well-formed.

    >>> Markup(xml=True).scan("<a><b></a>", last=True)
    Traceback (most recent call last):
    ...
    textmend.files.formats.base.BrokenSyntaxError: mismatched tag
    """

    def __init__(self, *, xml: bool = False) -> None:
        self._xml = xml
        self._until = ""  # the end of the section that the buffer begins inside
        self._values = False  # whether that section holds text
        self._text = Referenced(html=not xml)
        self._attributes = (Referenced('"', html=not xml), Referenced("'", html=not xml))
        self._check = WellFormed() if xml else None

    def scan(self, buffer: str, *, last: bool) -> tuple[list[Field], int]:
        """Take whole tags, and texts up to the next tag or in parts."""
        fields: list[Field] = []
        at = 0
        size = len(buffer)
        while at < size:
            begun = at
            if self._until:
                at = self._section(buffer, at, fields, last=last)
            elif found := _INERT.match(buffer, at):
                at = found.end()
            elif buffer[at] != "<":
                at = self._take_text(buffer, at, fields, last=last)
            else:
                at = self._take_markup(buffer, at, fields, last=last)
            if at == begun:
                break
        if self._check:
            self._check.feed(buffer[:at], last=last)
        return fields, at

    def _take_text(self, buffer: str, at: int, fields: list[Field], *, last: bool) -> int:
        """Take text up to the next tag; a reference is not cut apart."""
        found = _TEXT.match(buffer, at)
        end = found.end() if found else at
        if end == len(buffer) and not last:
            if end - at < LIMIT:
                return at
            end = safe_cut(buffer, at, end)
            reference = buffer.rfind("&", max(at + 1, end - 40), end)
            if reference >= 0 and ";" not in buffer[reference:end]:
                end = reference
        if not buffer[at:end].isspace():
            fields.append(field_of((at, end, self._text)))
        return end

    def _take_markup(self, buffer: str, at: int, fields: list[Field], *, last: bool) -> int:
        """Take a tag with its attributes, or enter a section."""
        if buffer.startswith(("<!", "<?"), at):
            if not last and len(buffer) - at < len(_CDATA):
                return at
            for start, end in _SECTIONS:
                if buffer.startswith(start, at):
                    self._until, self._values = end, start == _CDATA and self._xml
                    return at + len(start)
        tag = _TAG.match(buffer, at)
        if tag:
            if tag[2]:
                self._take_attributes(buffer, *tag.span(2), fields)
            if not self._xml and tag[1].lower() in _RAW_ELEMENTS and buffer[at + 1] != "/":
                self._until = f"</{tag[1].lower()}"
            return tag.end()
        if not last and len(buffer) - at < _TAG_LIMIT and _UNFINISHED.match(buffer, at):
            return at
        return at + 1  # a sign "less than" in the text of a page

    def _take_attributes(self, buffer: str, start: int, end: int, fields: list[Field]) -> None:
        """Take the values in quotes of a tag's attributes."""
        for attribute in _ATTRIBUTE.finditer(buffer, start, end):
            kind = 1 if attribute[1] is not None else 2
            if attribute[kind]:
                fields.append(field_of((*attribute.span(kind), self._attributes[kind - 1])))

    def _section(self, buffer: str, at: int, fields: list[Field], *, last: bool) -> int:
        """Copy a comment, a script or the like; keep the text of CDATA."""
        end = self._find_end(buffer, at)
        if end >= 0:
            if self._values and end > at:
                fields.append(Field(at, end, CDATA))
            after = end if self._until.startswith("</") else end + len(self._until)
            self._until = ""
            return after
        if last:
            if self._values:
                fields.append(Field(at, len(buffer), CDATA))
            return len(buffer)
        held = len(self._until) - 1
        if self._values:
            if len(buffer) - at < LIMIT:
                return at
            cut = safe_cut(buffer, at, len(buffer) - held)
            fields.append(Field(at, cut, CDATA))
            return cut
        return max(at, len(buffer) - held)

    def _find_end(self, buffer: str, at: int) -> int:
        """Return where the section ends; the name of an element is found in any case."""
        if self._until.startswith("</"):
            found = re.compile(re.escape(self._until), re.IGNORECASE).search(buffer, at)
            return found.start() if found else -1
        if self._until == ">":
            return _end_of_declaration(buffer, at)
        return buffer.find(self._until, at)


def _end_of_declaration(buffer: str, at: int) -> int:
    """Return where a `<!DOCTYPE ...>` ends, behind the declarations in its brackets."""
    bracket = buffer.find("[", at)
    end = buffer.find(">", at)
    if 0 <= bracket < end:
        inner = buffer.find("]", bracket)
        return buffer.find(">", inner) if inner >= 0 else -1
    return end


class Cdata(Spelling):
    """The inside of a CDATA section, which cannot hold its own end.

    >>> Cdata().write("a]]>b", "")
    'a]]]]><![CDATA[>b'
    """

    def write(self, new: str, old: str) -> str:
        """Close and open the section where its end would stand in it."""
        del old
        return new.replace("]]>", "]]]]><![CDATA[>")


CDATA = Cdata()


class WellFormed:
    """Says where XML is not well-formed, by expat.

    >>> WellFormed().feed("<a/>", last=True)
    """

    def __init__(self) -> None:
        from xml.parsers import expat

        self._expat = expat
        self._parser: Any = expat.ParserCreate("utf-8")

    def feed(self, text: str, *, last: bool) -> None:
        """Check the next part; raise BrokenSyntaxError, which names line and column."""
        try:
            self._parser.Parse(text.encode("utf-8", "surrogateescape"), last)
        except self._expat.ExpatError as error:
            # what expat finds may stand in an earlier part, so an offset says less than its place
            place = (error.lineno, error.offset + 1)
            raise BrokenSyntaxError(0, self._expat.ErrorString(error.code), place) from None
