r"""JSON and JSON lines: each string, keys included, is a value; all else is copied token by token.

>>> scanner = Json()
>>> buffer = '{"a": "Russia\\u9225\\u6a9a"}'
>>> [buffer[field.start : field.end] for field in scanner.scan(buffer, last=True)[0]]
['Russia\\u9225\\u6a9a']
"""

from __future__ import annotations

import re
from json import JSONDecoder

from textmend.files.formats.base import INERT, LIMIT, BrokenSyntaxError, Field, Spelling, field_of, safe_cut

_PART = r'[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})'
_SPACE = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(rf'"((?:{_PART})*+)"')
_BODY = re.compile(rf"(?:{_PART})*+")
_NUMBER_OR_WORD = r"(?:-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null|NaN|-?Infinity)(?![\w.+-])"
_SCALAR = re.compile(_NUMBER_OR_WORD)
# Members of an object that hold no others are taken at once.
_WHOLE = rf'"(?:{_PART})*+"'
_PLAIN = rf"(?:{_WHOLE}|{_NUMBER_OR_WORD})"
_MEMBER = rf"{_WHOLE}[ \t\r\n]*+:[ \t\r\n]*+{_PLAIN}[ \t\r\n]*+"
_MEMBERS = re.compile(rf"(?:{_MEMBER},[ \t\r\n]*+)++(?=\")")
# The strings of what is rightly spelled; inert ones are passed over. It matches at the end too, so that no
# search goes to the end again and again.
_STRINGS = re.compile(rf'(?:[^"]*+"{INERT}*+")*+[^"]*+(?:"([^"\\]*+(?:\\.[^"\\]*+)*+)"|\Z)')
_INERT = re.compile(f"{INERT}*")
# What stands between a value and the next one, in JSON lines and in a list.
_NEXT_LINE = re.compile(r"[ \t\r]*\n[ \t\r\n]*(?=[\[{\"])")
_NEXT_ELEMENT = re.compile(r"[ \t\r\n]*,[ \t\r\n]*(?=[\[{\"])")
# Python's reader fails where a value goes on behind the buffer, and has then read all there is.
_MOST_FAILURES = 4
_UNFINISHED = re.compile(r"[\w.+-]*\Z")  # a number or a word that may go on behind the buffer
_ESCAPE = re.compile(r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))")
_HIGH = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}")
_SHORT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_MUST = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_LONGEST_ESCAPE = 12  # a pair of surrogates: \ud83d\ude00
_SCALAR_LIMIT = 65536  # characters of a number; a longer one is none

# What may come next.
_VALUE, _VALUE_OR_END, _KEY, _KEY_OR_END, _COLON, _COMMA = range(6)
_WANTED = {
    _VALUE: "a value",
    _VALUE_OR_END: "a value or ]",
    _KEY: "a key in quotes",
    _KEY_OR_END: "a key in quotes or }",
    _COLON: "a colon",
}


class JsonString(Spelling):
    r"""The inside of a JSON string. New text is escaped only where the text it replaces was.

    >>> JsonString().read("a\\nb")[0]
    'a\nb'
    """

    mark = "\\"

    def read(self, raw: str) -> tuple[str, list[int] | None]:
        """Undo the escapes."""
        if "\\" not in raw:
            return raw, None
        pieces: list[str] = []
        offsets: list[int] = []
        done = 0
        for match in _ESCAPE.finditer(raw):
            start = match.start()
            pieces.append(raw[done:start])
            offsets.extend(range(done, start + 1))
            high, low, unit, short = match.groups()
            if high:
                pieces.append(chr(0x10000 + ((int(high, 16) & 0x3FF) << 10) + (int(low, 16) & 0x3FF)))
            else:
                pieces.append(chr(int(unit, 16)) if unit else _SHORT.get(short, short))
            done = match.end()
        pieces.append(raw[done:])
        offsets.extend(range(done, len(raw) + 1))
        return "".join(pieces), offsets

    def write(self, new: str, old: str) -> str:
        """Escape what must be; all that is not ASCII too where it was so before."""
        if old.isascii() and "\\u" in old:
            import json

            return json.dumps(new)[1:-1]
        return "".join(_MUST.get(char) or (char if char >= " " else f"\\u{ord(char):04x}") for char in new)

    def means(self, raw: str, value: str) -> bool:
        """Whether a raw text is the inside of one whole string and stands for a value."""
        return _BODY.fullmatch(raw) is not None and super().means(raw, value)


STRING = JsonString()


class Json:
    """The scanner of JSON; with `lines` each line is a value.

    >>> Json().scan('{"a" 1}', last=True)
    Traceback (most recent call last):
    ...
    textmend.files.formats.base.BrokenSyntaxError: a colon should stand here
    """

    def __init__(self, *, lines: bool = False) -> None:
        self._lines = lines
        self._stack: list[str] = []
        self._next = _VALUE
        self._inside = False  # whether the buffer begins inside a long string
        self._begun = False  # whether there was a value (on this line)
        self._read = JSONDecoder().raw_decode

    def scan(  # noqa: C901, PLR0912 - one loop over tokens; calls would cost a third of its speed
        self, buffer: str, *, last: bool
    ) -> tuple[list[Field], int]:
        """Take whole tokens; of a string longer than LIMIT, parts."""
        fields: list[Field] = []
        at = 0
        if self._inside:
            at, closed = self._long_string(buffer, 0, fields, last=last)
            if not closed:
                return fields, at
            self._end_string()
        skip, string = _SPACE.match, _STRING.match
        size = len(buffer)
        failures = 0
        while True:
            found = skip(buffer, at)
            start = found.end() if found else at
            if self._lines and start > at and "\n" in buffer[at:start]:
                self._end_line(buffer, at)
            if start == size:
                if last:
                    self._end(size)
                return fields, start
            char = buffer[start]
            end = 0
            if char in '{["' and self._next in (_VALUE, _VALUE_OR_END) and failures < _MOST_FAILURES:
                end = self._whole(buffer, start)
                failures += not end
            elif char == '"' and self._next in (_KEY, _KEY_OR_END):
                end = self._members(buffer, start)
            if end:
                fields += _strings(buffer, start, end)
                at = end
            elif char == '"':
                self._take_string(start)
                match = string(buffer, start)
                if match is None:
                    at = self._unclosed(buffer, start, fields, last=last)
                    if self._inside or at == start:
                        return fields, at
                else:
                    if not _INERT.fullmatch(buffer, *match.span(1)):
                        fields.append(Field(*match.span(1), STRING))
                    at = match.end()
                self._end_string()
            elif char in "{}[],:":
                self._take_mark(char, start)
                at = start + 1
            else:
                match = _SCALAR.match(buffer, start)
                if not last and _UNFINISHED.match(buffer, start) and size - start < _SCALAR_LIMIT:
                    return fields, start
                if match is None or self._next not in (_VALUE, _VALUE_OR_END):
                    raise BrokenSyntaxError(start, self._wanted())
                at = match.end()
                self._end_value()

    def _whole(self, buffer: str, start: int) -> int:
        """Read values as long as one whole one follows the other; return where the last one ends, 0 if there is none.

        Python's reader, in C, tells whether they are rightly spelled.
        """
        done = 0
        between = None
        if self._stack:
            between = _NEXT_ELEMENT.match if self._stack[-1] == "[" else None
        elif self._lines:
            between = _NEXT_LINE.match
        while True:
            try:
                end = self._read(buffer, start)[1]
            except (ValueError, RecursionError):
                break
            if self._lines and buffer.find("\n", start, end) >= 0:
                break
            done = end
            found = between(buffer, end) if between else None
            if found is None:
                break
            start = found.end()
        if done:
            self._end_value()
        return done

    def _members(self, buffer: str, start: int) -> int:
        """Return where the members that follow one another end, with a comma; 0 if there are none."""
        found = _MEMBERS.match(buffer, start)
        if found is None or (self._lines and buffer.find("\n", start, found.end()) >= 0):
            return 0
        self._next = _KEY
        return found.end()

    def _take_string(self, start: int) -> None:
        """Refuse a string where none may stand."""
        if self._next in (_COLON, _COMMA):
            raise BrokenSyntaxError(start, self._wanted())

    def _take_mark(self, char: str, start: int) -> None:
        """Take one of the six marks, or refuse it."""
        wanted, stack = self._next, self._stack
        if char in "{[" and wanted in (_VALUE, _VALUE_OR_END):
            stack.append(char)
            self._next = _KEY_OR_END if char == "{" else _VALUE_OR_END
        elif char == ":" and wanted == _COLON:
            self._next = _VALUE
        elif char == "," and wanted == _COMMA and stack:
            self._next = _KEY if stack[-1] == "{" else _VALUE
        elif stack and (char == "}") == (stack[-1] == "{") and char in "}]" and wanted in (_COMMA, _closes(char)):
            stack.pop()
            self._end_value()
        else:
            raise BrokenSyntaxError(start, self._wanted())

    def _end_string(self) -> None:
        """Go on behind a string: a key or a value."""
        if self._next in (_KEY, _KEY_OR_END):
            self._next = _COLON
        else:
            self._end_value()

    def _end_value(self) -> None:
        """Go on behind a value."""
        self._begun = True
        self._next = _COMMA

    def _wanted(self) -> str:
        """Say what should stand where something else does."""
        if self._next == _COMMA:
            if not self._stack:
                return "nothing should follow the value" + (" on its line" if self._lines else "")
            return f"a comma or {'}' if self._stack[-1] == '{' else ']'} should stand here"
        return f"{_WANTED[self._next]} should stand here"

    def _end_line(self, buffer: str, at: int) -> None:
        """End a line of JSON lines: an empty one, or one with a whole value."""
        if self._stack or (self._begun and self._next != _COMMA):
            raise BrokenSyntaxError(buffer.index("\n", at), "the line ends inside a value")
        self._next, self._begun = _VALUE, False

    def _end(self, size: int) -> None:
        """End the file."""
        if self._stack or (self._next != _COMMA and not self._lines):
            what = "inside a value" if self._stack else "without a value"
            raise BrokenSyntaxError(size, f"the file ends {what}")

    def _unclosed(self, buffer: str, start: int, fields: list[Field], *, last: bool) -> int:
        """Deal with a string that does not end in the buffer: wait for more, take a part, or refuse it."""
        body = _BODY.match(buffer, start + 1)
        end = body.end() if body else start + 1
        if last or len(buffer) - end > _LONGEST_ESCAPE or (end < len(buffer) and buffer[end] != "\\"):
            self._refuse(buffer, start, end)
        if end - start < LIMIT // 2:
            return start
        self._inside = True
        return self._long_string(buffer, start + 1, fields, last=last)[0]

    def _refuse(self, buffer: str, start: int, end: int) -> None:
        """Say what is wrong with a string that is read up to `end`."""
        if end >= len(buffer):
            raise BrokenSyntaxError(start, "a string is not closed")
        if buffer[end] == "\\":
            raise BrokenSyntaxError(end, "an escape is none that JSON knows")
        raise BrokenSyntaxError(end, f"a string holds the control character U+{ord(buffer[end]):04X}, not escaped")

    def _long_string(self, buffer: str, at: int, fields: list[Field], *, last: bool) -> tuple[int, bool]:
        """Take a part of a long string, or its end; say whether it was that."""
        body = _BODY.match(buffer, at)
        end = body.end() if body else at
        if end < len(buffer) and buffer[end] == '"':
            if end > at:
                fields.append(Field(at, end, STRING))
            self._inside = False
            return end + 1, True
        if last or (end < len(buffer) and (buffer[end] != "\\" or len(buffer) - end > _LONGEST_ESCAPE)):
            self._refuse(buffer, at, end)
        if end - at < LIMIT // 2:
            return at, False
        # an escape is not cut apart, nor a pair of them
        whole = _BODY.match(buffer, at, safe_cut(buffer, at, end))
        cut = whole.end() if whole else end
        pair = _HIGH.match(buffer, cut - 6, cut)
        before = _BODY.match(buffer, at, cut - 6)
        if pair and before and before.end() == cut - 6:
            cut -= 6
        fields.append(Field(at, cut, STRING))
        return cut, False


def _strings(buffer: str, start: int, end: int) -> list[Field]:
    """Return the strings of a stretch that is rightly spelled."""
    spans = [found.span(1) for found in _STRINGS.finditer(buffer, start, end)]
    return [field_of((low, high, STRING)) for low, high in spans if low < high]


def _closes(char: str) -> int:
    """Return the state in which a bracket closes an empty object or list."""
    return _KEY_OR_END if char == "}" else _VALUE_OR_END
