r"""Tables as text (CSV, TSV): fields between delimiters, quoted or not.

The dialect is found in the beginning of the file: the delimiter that cuts its records into the most
even rows. Numbers are no text and are passed over; the header stays as it is.

>>> buffer = 'id,text\n1,"Russia鈥檚"\n'
>>> fields, _ = Table(Settings()).scan(buffer, last=True)
>>> [buffer[field.start : field.end] for field in fields]
['Russia鈥檚']
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from textmend.files.formats.base import (
    INERT,
    LIMIT,
    BrokenSyntaxError,
    Edits,
    Field,
    Settings,
    Spelling,
    field_of,
    safe_cut,
)

DELIMITERS = ",;\t|"
"""The delimiters that are tried; the first wins where two do equally well."""

_HEAD = 65536  # characters by which the dialect and the header are found
_SAMPLE_RECORDS = 60  # records that the dialect is found by
_HEADER_LENGTH = 64  # characters; what is longer is no name of a column
_NUMBER = re.compile(r"\s*[-+]?[0-9][0-9.,:/TZ+ -]*%?\s*")
_NUMERIC = frozenset("0123456789+- \t")  # what a number begins with
_LINE_ENDS = ("", "\r", "\n")
_LEAST_RECORD = 2  # fields in a record; a delimiter that never cuts is none


class Quoted(Spelling):
    r"""The inside of a quoted field, where a quote stands twice.

    >>> Quoted().read('a""b')
    ('a"b', [0, 1, 3, 4])
    """

    mark = '"'

    def read(self, raw: str) -> tuple[str, list[int] | None]:
        """Undo the doubling."""
        if '"' not in raw:
            return raw, None
        offsets: list[int] = []
        done = 0
        for match in re.finditer('""', raw):
            offsets.extend(range(done, match.start() + 1))
            done = match.end()
        offsets.extend(range(done, len(raw) + 1))
        return raw.replace('""', '"'), offsets

    def write(self, new: str, old: str) -> str:
        """Double each quote."""
        del old
        return new.replace('"', '""')


@dataclass(frozen=True)
class Bare(Spelling):
    """A field without quotes. It gets some when its new value needs them.

    >>> Bare(",").splices("ab", "ab", None, [(1, 2, ",")])
    [(0, 2, '"a,"')]
    """

    delimiter: str

    def splices(self, raw: str, value: str, offsets: list[int] | None, edits: Edits) -> list[tuple[int, int, str]]:
        """Return the edits as they are, or the whole field in quotes."""
        plain = super().splices(raw, value, offsets, edits)
        special = {self.delimiter, '"', "\n", "\r"}
        if not any(special.intersection(new) for _, _, new in edits):
            return plain
        pieces: list[str] = []
        done = 0
        for start, end, new in plain:
            pieces += (raw[done:start], new)
            done = end
        whole = "".join([*pieces, raw[done:]])
        doubled = whole.replace('"', '""')
        return [(0, len(raw), f'"{doubled}"')]

    def means(self, raw: str, value: str) -> bool:
        """Whether a raw text, with quotes or without, stands for a value."""
        if raw.startswith('"') and raw != value:
            return raw.endswith('"') and raw[1:-1].replace('""', '"') == value
        return raw == value


QUOTED = Quoted()


class Table:
    """The scanner of CSV; delimiter "" is found in the file.

    >>> Table(Settings()).scan('a,"b', last=True)
    Traceback (most recent call last):
    ...
    textmend.files.formats.base.BrokenSyntaxError: a quoted field is not closed
    """

    def __init__(self, settings: Settings, delimiter: str = "") -> None:
        self._settings = settings
        self._delimiter = delimiter
        self._bare = Bare(delimiter)
        self._wanted: frozenset[int] | None = None  # the columns to repair; None: all
        self._record = 0
        self._column = 0
        self._inside = False  # whether the buffer begins inside a long quoted field
        self._field = self._inert = re.compile("")
        self._header = False

    def scan(self, buffer: str, *, last: bool) -> tuple[list[Field], int]:  # noqa: C901, PLR0912 - one loop over fields
        """Take whole fields; of a quoted field longer than LIMIT, parts."""
        if self._record == 0 and self._column == 0 and not self._inside:
            if not last and len(buffer) < _HEAD:
                # the dialect and the header are told by many records
                return [], 0
            self._prepare(buffer)
        fields: list[Field] = []
        at = 0
        if self._inside:
            at = self._rest_of_long(buffer, fields, last=last)
            if self._inside:
                return fields, at
        match, wanted, make, numeric = self._field.match, self._wanted, field_of, _NUMBER.fullmatch
        # where all columns are wanted and the header is past, nobody asks in which column a field stands
        inert = self._inert.match if wanted is None else None
        size = len(buffer)
        while at < size:
            if inert and self._record and (found := inert(buffer, at)):
                at = found.end()
                continue
            found = match(buffer, at)
            end = found.end() if found else at
            # a field that ends with the buffer may go on, and so may a quote there, or half a line end
            if not last and end >= size - 1:
                if found and buffer[at] == '"' and size - at >= LIMIT // 2:
                    at = self._long(buffer, at, fields)
                elif found and size - at >= LIMIT:
                    at = self._part(buffer, at, fields)
                return fields, at
            quoted = found and found.start(1) >= 0
            if found is None or (not quoted and buffer[at] == '"'):
                raise BrokenSyntaxError(at, "a quoted field is not closed")
            start, stop = found.span(1) if quoted else (at, end)
            if (
                start < stop
                and (wanted is None or self._column in wanted)
                and (self._record or not self._header)
                and (buffer[start] not in _NUMERIC or not numeric(buffer, start, stop))
            ):
                fields.append(make((start, stop, QUOTED if quoted else self._bare)))
            ending = buffer[end : end + 1]
            if ending == self._delimiter:
                self._column += 1
                at = end + 1
            elif ending in _LINE_ENDS:
                self._record += 1
                self._column = 0
                at = end + (2 if ending == "\r" and buffer.startswith("\n", end + 1) else 1)
            else:
                raise BrokenSyntaxError(end, "something follows the quote that closes a field")
        return fields, at

    def _end_field(self, buffer: str, end: int) -> int:
        """Count a field that ends here and return where the next one begins."""
        if buffer.startswith(self._delimiter, end):
            self._column += 1
            return end + 1
        self._record += 1
        self._column = 0
        return end + (2 if buffer.startswith("\r\n", end) else 1)

    def _add(self, buffer: str, start: int, end: int, spelling: Spelling, fields: list[Field]) -> None:
        """Keep a field that is to be repaired."""
        if start >= end or (self._record == 0 and self._header):
            return
        if self._wanted is not None and self._column not in self._wanted:
            return
        if not _NUMBER.fullmatch(buffer, start, end):
            fields.append(Field(start, end, spelling))

    def _prepare(self, buffer: str) -> None:
        """Find the dialect, the header and the columns that are wanted."""
        if not self._delimiter:
            self._delimiter = delimiter_of(buffer)
            self._bare = Bare(self._delimiter)
        self._field = _pattern(self._delimiter)
        self._inert = _inert(self._delimiter)
        rows = records(buffer, self._delimiter)
        self._header = bool(rows) and not self._settings.header and is_header(rows)
        names = self._settings.columns
        if names:
            known = {name.strip(): index for index, name in enumerate(rows[0])} if rows else {}
            wanted = set()
            for name in names:
                if name in known:
                    wanted.add(known[name])
                elif name.isdecimal() and int(name) > 0:
                    wanted.add(int(name) - 1)
                else:
                    raise BrokenSyntaxError(0, f"there is no column {name!r}; there are {', '.join(known)}")
            self._wanted = frozenset(wanted)
            self._header = self._header or not self._settings.header

    def _part(self, buffer: str, at: int, fields: list[Field]) -> int:
        """Take a part of a long field without quotes."""
        end = safe_cut(buffer, at, len(buffer) - 1)
        self._add(buffer, at, end, Spelling(), fields)
        return end

    def _long(self, buffer: str, at: int, fields: list[Field]) -> int:
        """Take the beginning of a long quoted field."""
        self._inside = True
        return self._take_inside(buffer, at + 1, fields)

    def _take_inside(self, buffer: str, at: int, fields: list[Field]) -> int:
        """Take a part of a quoted field."""
        # a doubled quote is not cut apart
        whole = _INSIDE.match(buffer, at, safe_cut(buffer, at, len(buffer) - 1))
        end = whole.end() if whole else at
        self._add(buffer, at, end, QUOTED, fields)
        return end

    def _rest_of_long(self, buffer: str, fields: list[Field], *, last: bool) -> int:
        """Take the next part of a long quoted field, or its end."""
        found = _INSIDE.match(buffer)
        end = found.end() if found else 0
        if end < len(buffer) and (last or end + 1 < len(buffer)):
            self._inside = False
            self._add(buffer, 0, end, QUOTED, fields)
            after = end + 1
            if after < len(buffer) and buffer[after] not in (self._delimiter, "\r", "\n"):
                raise BrokenSyntaxError(after, "something follows the quote that closes a field")
            return self._end_field(buffer, after)
        if last:
            raise BrokenSyntaxError(end, "a quoted field is not closed")
        if end < LIMIT // 2:
            return 0
        return self._take_inside(buffer, 0, fields)


_INSIDE = re.compile(r'(?:[^"]++|"")*+')


def _pattern(delimiter: str) -> re.Pattern[str]:
    """Return the pattern of one field; a quoted one that is not closed is cut at the end."""
    bare = rf"[^\r\n{re.escape(delimiter)}]*+"
    return re.compile(rf'"(?P<quoted>(?:[^"]++|"")*+)"(?!")|"(?:[^"]++|"")*+"?|{bare}')


def _inert(delimiter: str) -> re.Pattern[str]:
    """Return the pattern of fields that hold nothing to repair, each with its end."""
    sign = INERT.replace(delimiter, "")
    return re.compile(rf"(?:{sign}*+(?:{re.escape(delimiter)}|\n|\r\n))++")


def records(text: str, delimiter: str) -> list[list[str]]:
    """Return the first records of a text as a reader of CSV sees them.

    >>> records('a;"b;c"', ";")
    [['a', 'b;c']]
    """
    pattern = _pattern(delimiter)
    rows: list[list[str]] = []
    row: list[str] = []
    at = 0
    while at < len(text) and len(rows) < _SAMPLE_RECORDS:
        found = pattern.match(text, at)
        if found is None:
            break
        quoted = found.group("quoted")
        row.append(found.group() if quoted is None else quoted.replace('""', '"'))
        at = found.end()
        if text.startswith(delimiter, at):
            at += 1
            if at < len(text):
                continue
            row.append("")
        elif at < len(text) and text[at] not in "\r\n":
            return []  # something follows a closing quote: not this delimiter
        rows.append(row)
        row = []
        at += 2 if text.startswith("\r\n", at) else 1
    return rows


def delimiter_of(text: str) -> str:
    r"""Return the delimiter of a table: the one that gives the most even rows.

    >>> delimiter_of("a;b\n1,5;2,5\n3;4\n")
    ';'
    """
    best, best_score = DELIMITERS[0], 0.0
    for delimiter in DELIMITERS:
        widths = [len(row) for row in records(text, delimiter) if row != [""]]
        if not widths:
            continue
        usual = max(set(widths), key=widths.count)
        score = widths.count(usual) / len(widths) * (usual >= _LEAST_RECORD)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def is_header(rows: list[list[str]]) -> bool:
    """Whether the first record names the columns: short, distinct names, no numbers, no sentence.

    >>> is_header([["id", "text"], ["1", "one"]]), is_header([["1", "one"], ["2", "two"]])
    (True, False)
    """
    first = [name.strip() for name in rows[0]]
    if len(set(first)) < len(first) or not all(first) or len(rows) < _LEAST_RECORD:
        return False
    names = all(len(name) <= _HEADER_LENGTH and not _NUMBER.fullmatch(name) for name in first)
    if not names:
        return False
    # a header is told by what stands below it: numbers, gaps, or values much longer than names
    below = [value.strip() for row in rows[1:] for value in row]
    if any(not value or _NUMBER.fullmatch(value) for value in below):
        return True
    return max(map(len, first)) < sum(map(len, below)) / max(1, len(below))
