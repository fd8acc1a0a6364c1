r"""Compares two versions of a file: what did an edit do to the text that it was not asked to do?

>>> old, new = "Größe\n".encode(), "GrÃ¶ÃŸe\n".encode()
>>> [(each.code, each.line, each.now, each.was) for each in compare(old, new).troubles]
[('TG201', 1, 'GrÃ¶ÃŸe', 'Größe')]
"""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import dataclass

from textmend import pipeline
from textmend.guard.aligning import align
from textmend.guard.checks import ENCODING, LINE_ENDS, LOST, MARK, MISREAD
from textmend.guard.hops import Hops
from textmend.guard.losses import Place, lost_places
from textmend.guard.sides import Side, read_side, same_encoding
from textmend.options import Options
from textmend.results import Finding
from textmend.rules import MISREADING_RULES

_NAMES = {"\r\n": "CRLF", "\n": "LF", "\r": "CR"}
_MARK_NAMES = {codecs.BOM_UTF8: "UTF-8"}
_REPAIRS = frozenset({"TM101", "TM104"})  # the rules that say what a misread text was
_VANISHED = 200  # old lines without a partner that are looked at for a lost one


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that an edit did.

    code: of a check. line, column: in the new version, from 1. now, was: the text, and what it was;
    both empty where the trouble is not one of text. proven: whether the old version leaves no doubt
    what the text was, so that it can be restored.

    >>> Trouble("TG102", 1, 1, "a byte order mark was added").proven
    True
    """

    code: str
    line: int
    column: int
    message: str
    now: str = ""
    was: str = ""
    proven: bool = True

    @property
    def end(self) -> int:
        """The column behind the text."""
        return self.column + len(self.now)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comparing gave: the troubles by line, and both versions; None for binary data.

    partners: for each new line the number of the old one.

    >>> Comparison((), None, None, ()).troubles
    ()
    """

    troubles: tuple[Trouble, ...]
    old: Side | None = None
    new: Side | None = None
    partners: tuple[int | None, ...] = ()

    def offset(self, trouble: Trouble) -> int:
        r"""Return where a trouble stands in the text of the new version.

        >>> found = compare("é\né\n".encode(), "é\n?\n".encode())
        >>> found.offset(found.troubles[0])
        2
        """
        if self.new is None:
            return 0
        before = zip(self.new.lines[: trouble.line - 1], self.new.ends, strict=False)
        return sum(len(line) + len(end) for line, end in before) + trouble.column - 1


NOTHING = Comparison(())
"""What comparing gives when there is nothing to say."""


def compare(before: bytes, after: bytes, others: Sequence[bytes] = (), options: Options | None = None) -> Comparison:
    r"""Return what is wrong with the edit that made `after` of `before`.

    others: further versions that the edit joined (a merge): what is as in one of them is no trouble.
    options: languages and encodings to consider.

    >>> compare(b"a\n", b"b\n").troubles
    ()
    >>> compare(b"a\n", b"a\r\n").troubles[0].message
    'line ends changed from LF to CRLF in 1 line'
    """
    if before == after or _plain(before, after):
        return NOTHING
    old = read_side(before)
    new = old and read_side(after, old)
    if old is None or new is None or not old.text:
        return NOTHING
    rest = [side for side in map(read_side, others) if side is not None]
    partners = align(old.lines, new.lines)
    troubles = [
        *_encoding(old, new, rest),
        *_mark(old, new, rest),
        *_line_ends(old, new, partners, rest),
        *_texts(old, new, partners, rest, options or Options()),
    ]
    troubles.sort(key=lambda each: (each.line, each.column, each.code))
    return Comparison(tuple(troubles), old, new, tuple(partners))


def _plain(before: bytes, after: bytes) -> bool:
    """Whether two versions are ASCII without anything that could have gone wrong."""
    return before.isascii() and after.isascii() and not (b"\r" in before or b"\r" in after or b"\0" in before + after)


def _encoding(old: Side, new: Side, rest: Sequence[Side]) -> list[Trouble]:
    """Return what happened to the encoding, of the file or of single lines."""
    if new.strays and not old.strays and old.encoding != "ascii":
        known = {line for side in (old, *rest) for number, line in enumerate(side.lines) if number in side.strays}
        lines = new.lines
        message = f"this line is not in {old.encoding} like the file, but in {new.other}"
        return [Trouble(ENCODING, n + 1, 1, message) for n in sorted(new.strays) if lines[n] not in known]
    if same_encoding(old.encoding, new.encoding) or any(side.encoding == new.encoding for side in rest):
        return []
    return [Trouble(ENCODING, 1, 1, f"the encoding changed from {old.encoding} to {new.encoding}")]


def _mark(old: Side, new: Side, rest: Sequence[Side]) -> list[Trouble]:
    """Return whether a byte order mark came or went, while the encoding stayed."""
    if bool(old.mark) == bool(new.mark) or any(side.mark == new.mark for side in rest):
        return []
    if not same_encoding(old.encoding, new.encoding):
        return []
    if new.mark:
        return [Trouble(MARK, 1, 1, f"a byte order mark ({_mark_name(new)}) was added")]
    return [Trouble(MARK, 1, 1, f"the byte order mark ({_mark_name(old)}) was taken away")]


def _mark_name(side: Side) -> str:
    return _MARK_NAMES.get(side.mark, side.encoding.upper())


def _line_ends(old: Side, new: Side, partners: Sequence[int | None], rest: Sequence[Side]) -> list[Trouble]:
    """Return whether lines end in another way; making all lines end as most did is no trouble."""
    if "\r" not in old.text and "\r" not in new.text:
        return []
    kinds, now = old.kinds, new.kinds
    if not kinds or not now or any(set(now) <= set(side.kinds) for side in rest):
        return []
    usual = max(kinds, key=lambda end: kinds[end])
    if set(now) == {usual}:
        return []
    ends, olds = new.ends, old.ends
    before = [olds[partner] if partner is not None else "" for partner in partners]
    changed = [n for n, end in enumerate(ends) if end and (end != before[n] if before[n] else end not in kinds)]
    if not changed:
        return []
    was = {_NAMES[before[n]] for n in changed if before[n]} or {_NAMES[usual]}
    into = {_NAMES[ends[n]] for n in changed}
    count = f"{len(changed):,} line" + "s" * (len(changed) != 1)
    message = f"line ends changed from {_listed(was)} to {_listed(into)} in {count}"
    return [Trouble(LINE_ENDS, changed[0] + 1, len(new.lines[changed[0]]) + 1, message)]


def _listed(names: set[str]) -> str:
    return " and ".join(sorted(names))


def _texts(
    old: Side, new: Side, partners: Sequence[int | None], rest: Sequence[Side], options: Options
) -> list[Trouble]:
    """Return where text was misread or lost, in lines that are in none of the old versions."""
    olds, news = old.lines, new.lines
    known = {line for side in (old, *rest) for line in side.lines}
    changed = [number for number, line in enumerate(news) if line not in known]
    if not changed:
        return []
    gone = set(olds) - set(news) if any(partners[number] is None for number in changed) else set()
    vanished = [line for line in olds if line in gone and not line.isascii()][:_VANISHED]
    hops = Hops()
    troubles: list[Trouble] = []
    doubtful: list[int] = []
    for number in changed:
        line, partner = news[number], partners[number]
        was = olds[partner] if partner is not None else _source(line, vanished)
        found = _line(number + 1, was, line, hops, options) if was is not None else []
        troubles += found
        if not found and not line.isascii():
            doubtful.append(number)
    if any(each.code == LOST for each in troubles):
        settled = {each.line - 1 for each in troubles}
        for number, partner in enumerate(partners):
            if partner is not None and number not in settled:
                places = lost_places(olds[partner], news[number], doubted=False)
                troubles += [_lost(number + 1, place) for place in places]
    if doubtful:
        troubles += _judged(doubtful, olds, news, partners, options)
    return troubles


def _misread(line: str, options: Options) -> bool:
    """Whether a line is misread by its own evidence."""
    return not line.isascii() and bool(pipeline.run(line, options, rules=MISREADING_RULES).steps)


def _source(line: str, vanished: Sequence[str]) -> str | None:
    """Return the vanished line that a line is what was left of; None when it is of none."""
    return next((was for was in vanished if any(place.proven for place in lost_places(was, line))), None)


def _line(number: int, was: str, line: str, hops: Hops, options: Options) -> list[Trouble]:
    """Return what an edit of one line did."""
    troubles = []
    for place, hop in hops.places(was, line):
        if not hop.startswith("utf-8>") and _misread(was, options):
            continue  # a legacy encoding taken for another is a repair seen from behind, if the old line was garbled
        odd = sum(not char.isascii() for char in place.now)
        if place.now.count("\ufffd") * 2 > odd:
            troubles.append(_lost(number, place))
        else:
            troubles.append(Trouble(MISREAD, number, place.start + 1, _introduced((hop,)), place.now, place.was))
    if troubles:
        return troubles
    return [_lost(number, place) for place in lost_places(was, line)]


def _introduced(chain: Sequence[str]) -> str:
    """Say which misreading came in."""
    return "misread text was introduced: " + ", then ".join(hop.replace(">", " was read as ") for hop in chain)


def _lost(number: int, place: Place) -> Trouble:
    """Return the trouble of lost text."""
    message = "text was lost: marks stand where it was" if place.now else "text was lost: letters were dropped"
    return Trouble(LOST, number, place.start + 1, message, place.now, place.was, place.proven)


def _judged(
    numbers: Sequence[int],
    olds: Sequence[str],
    news: Sequence[str],
    partners: Sequence[int | None],
    options: Options,
) -> list[Trouble]:
    """Return what is misread in new lines by their own evidence, judged together."""
    text = "\n".join(news[number] for number in numbers)
    found: dict[int, list[Finding]] = {}
    for finding in pipeline.run(text, options, rules=MISREADING_RULES, report=True).findings:
        if finding.rule in _REPAIRS and finding.after is not None and "\n" not in finding.before:
            found.setdefault(numbers[finding.line - 1], []).append(finding)
    troubles = []
    for number, findings in found.items():
        partner = partners[number]
        was = olds[partner] if partner is not None else ""
        proven = _repaired(news[number], findings) == was
        troubles += [
            Trouble(MISREAD, number + 1, each.column, _introduced(each.chain), each.before, each.after or "", proven)
            for each in findings
            if each.before not in was
        ]
    return troubles


def _repaired(line: str, findings: Sequence[Finding]) -> str:
    """Return a line with all that was found in it repaired."""
    for each in sorted(findings, key=lambda each: -each.column):
        start = each.column - 1
        line = line[:start] + (each.after or "") + line[start + len(each.before) :]
    return line
