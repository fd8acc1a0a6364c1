r"""Escapes that spell characters: ``\u00c3``, ``&Atilde;``, ``&#195;``, and entities escaped again.

A character that is escaped is healthy and stays: other rules see to it.  Only
runs that spell garbled text are undone, for the hop that follows to mend.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import lru_cache
from html.entities import html5
from typing import Final

from textmend import encodings
from textmend.misreadings import belonging, hops
from textmend.misreadings.belonging import Surroundings
from textmend.misreadings.places import Places
from textmend.plausibility.model import load

#: Bits that a line must gain, at least, when what its escapes spell is mended.
_GAIN: Final = 10.0
#: A literal whose whole content is escapes of so few characters is an entry of a table.
_ENTRY: Final = 2
#: Signs of one run that are looked at: longer ones are cut.
_LONGEST: Final = 4000


@lru_cache(maxsize=4000)
def mended(run: str) -> tuple[str, ...]:
    """Return what a run of garbled characters may have been, if UTF-8 was misread.

    >>> mended("Ã©")[0], mended("é")
    ('é', ())
    """
    found: list[str] = []
    mask = encodings.readable_mask(run)
    for bit, name in enumerate(encodings.READERS):
        if not mask >> bit & 1 or encodings.get(name).family == "unicode":
            continue
        undone = hops.undo_utf8(run, name)
        if undone is not None and undone not in found:
            found.append(undone)
    return tuple(found)


def _runs(text: str, token: re.Pattern[str], spelled: Callable[[str], str | None]) -> Places:
    """Return (start, end, what it holds) of each run that spells garbled text.

    Characters that stand beside escapes as they are belong to the run: some
    programs escape controls only.
    """
    found: Places = []
    run: Places = []

    def close() -> None:
        held = "".join(piece for _, _, piece in run)
        escaped = any(text[start] in "\\&" for start, _, _ in run)
        if escaped and all(text[start : start + 2] == "\\x" for start, _, _ in run):
            escaped = False  # bytes: not this hop's business
        if escaped and len(held) > 1 and mended(held):
            found.append((run[0][0], run[-1][1], held))
        run.clear()

    for match in token.finditer(text):
        piece = match.group()
        shown = piece if piece[0] not in "\\&" else spelled(piece)
        if run and (run[-1][1] != match.start() or shown is None or len(run) > _LONGEST):
            close()
        if shown is not None:
            run.append((match.start(), match.end(), shown))
    if run:
        close()
    return found


def _gains(text: str, found: Places) -> Places:
    """Return the places that do not make the text worse when they are mended, if one of them makes it better.

    One that may be the entry of a table (_is_table_entry) does not say so alone.
    """
    model = load()
    gains: list[float] = []
    best = 0.0
    for start, end, shown in found:
        left, right = text[max(0, start - 12) : start], text[end : end + 12]
        cost = model.cost(left + shown + right)
        gains.append(max((cost - model.cost(left + undone + right) for undone in mended(shown)), default=-_GAIN))
        if not _is_table_entry(text, start, end, shown):
            best = max(best, gains[-1])
    if best < _GAIN:
        return []
    return [place for place, gain in zip(found, gains, strict=True) if gain > -_GAIN]


# -- escapes of programming languages

_BACKSLASH: Final = re.compile(
    r"(?<!\\)\\u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2}"
    r"|(?<!\\)\\(?:u[0-9A-Fa-f]{4}|U00[01][0-9A-Fa-f]{5}|x[0-9A-Fa-f]{2})|[^\x00-\x7f]"
)
_DIGITS: Final = re.compile(r"\\[uUx]([0-9A-Fa-f]+)")


def _backslash(escape: str) -> str | None:
    codes = [int(digits, 16) for digits in _DIGITS.findall(escape)]
    if len(codes) == 2:
        return chr(0x10000 + ((codes[0] & 0x3FF) << 10) + (codes[1] & 0x3FF))
    return chr(codes[0]) if 0x80 <= codes[0] <= 0x10FFFF else None


def backslash_u(text: str) -> Places:
    r"""Return (start, end, what it holds) of each run of escapes that spells garbled text.

    >>> backslash_u(r"caf\u00c3\u00a9 caf\u00e9")
    [(3, 15, 'Ã©')]
    """
    return _runs(text, _BACKSLASH, _backslash) if "\\" in text else []


def judge_backslash_u(text: str, found: Places, around: Surroundings) -> Places:
    r"""Return those of some runs that programs do not mean as they are.

    >>> text = r"x.replace('\u00c3\u00a9', '\u00e9')"
    >>> judge_backslash_u(text, backslash_u(text), belonging.PLAIN)
    []
    """
    if not found or around.program or belonging.is_call(text):
        return []
    literals = belonging.in_bytes_literal(text)
    if any("\\u" not in text[start:end] and "\\U" not in text[start:end] for start, end, _ in found):
        # bytes and characters of a program look alike then: what holds for bytes holds
        if belonging.is_code(text) or belonging.is_about_escapes(text):
            return []
        literals = literals + belonging.in_literal(text)
    return _gains(
        text,
        [
            (start, end, shown)
            for start, end, shown in found
            if not belonging.within(start, end, literals) and not all(char in text[start:end] for char in shown)
        ],
    )


def _is_table_entry(text: str, start: int, end: int, shown: str) -> bool:
    """Tell whether a single garbled character stands alone in quotes or in a class of a pattern."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if all(len(undone) > _ENTRY for undone in mended(shown)):
        return False
    if before in ("[", "^") or after == "]":
        return True
    if (before in ("|", "-") and not after.isalnum()) or (after in ("|", "-") and not before.isalnum()):
        return True
    return before in ("'", '"', "`", "/") and after == before


def again_backslash_u(shown: str, like: str) -> str:
    r"""Return characters escaped, each in the form that it has in the run that it is like.

    >>> again_backslash_u("Ã©", r"\u00c3\xa9")
    '\\u00c3\\xa9'
    """
    return _again(shown, like, _BACKSLASH, _backslash, _write_backslash)


def _write_backslash(char: str, like: str) -> str:
    if len(like) == 12:
        code = ord(char) - 0x10000
        return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
    return f"\\{like[1]}{ord(char):0{len(like) - 2}x}"


def _again(
    shown: str,
    like: str,
    token: re.Pattern[str],
    spelled: Callable[[str], str | None],
    write: Callable[[str, str], str],
) -> str:
    pieces: list[str] = []
    at = done = 0
    for match in token.finditer(like):
        piece = match.group()
        held = piece if piece[0] not in "\\&" else spelled(piece)
        if match.start() != done or held is None or not shown.startswith(held, at):
            return ""
        at += len(held)
        done = match.end()
        pieces.append(piece if piece[0] not in "\\&" else write(held, piece))
    return "".join(pieces) if at == len(shown) and done == len(like) else ""


# -- entities

_ENTITY: Final = re.compile("&(?:#[0-9]{2,7}|#[xX][0-9A-Fa-f]{2,6}|[A-Za-z][A-Za-z0-9]{1,31});|[^\x00-\x7f]")
_LAST: Final = 0x10FFFF


def _entity(escape: str) -> str | None:
    """Return the character of an entity outside ASCII: a number means what it says, also a C1 control's."""
    shown = _any_entity(escape)
    return None if shown is None or shown.isascii() else shown


def _any_entity(escape: str) -> str | None:
    name = escape[1:]
    if name[0] != "#":
        return html5.get(name)
    digits = name[1:-1]
    code = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    return chr(code) if 0x20 <= code <= _LAST and not 0xD800 <= code <= 0xDFFF else None


def entities(text: str) -> Places:
    """Return (start, end, what it holds) of each run of entities that spells garbled text.

    >>> entities("caf&Atilde;&#169; caf&eacute;")
    [(3, 17, 'Ã©')]
    """
    return _runs(text, _ENTITY, _entity) if "&" in text else []


def judge_entities(text: str, found: Places, around: Surroundings) -> Places:
    """Return those of some runs of entities that are better mended.

    >>> judge_entities("caf&Atilde;&copy;", [(3, 17, "Ã©")], belonging.PLAIN)
    [(3, 17, 'Ã©')]
    """
    if around.program or belonging.is_call(text):
        return []
    return _gains(text, found)


def again_entities(shown: str, like: str) -> str:
    """Return characters as entities, each in the form that it has in the run that it is like.

    >>> again_entities("Ã©", "&Atilde;&#xA9;")
    '&Atilde;&#xa9;'
    """
    return _again(shown, like, _ENTITY, _entity, _write_entity)


def _write_entity(char: str, like: str) -> str:
    if like[1] != "#":
        return like if html5.get(like[1:]) == char else ""
    if like[2] in "xX":
        return f"&#{like[2]}{ord(char):0{len(like) - 4}x};"
    return f"&#{ord(char):0{len(like) - 3}d};"


# -- entities whose ampersand was escaped again

_TWICE: Final = re.compile(
    "(?P<and>&(?:(?:amp|#0?38|#[xX]26);)+)(?P<rest>#[0-9]{2,7}|#[xX][0-9A-Fa-f]{2,6}|[A-Za-z][A-Za-z0-9]{1,31});"
)
_MARKS: Final = frozenset("<>")  # restored they would make tags
_HYPHEN: Final = "\xad"  # a soft one; in a row it is a byte
_QUOTES: Final = frozenset("'\"`")


def entities_twice(text: str) -> Places:
    """Return (start, end, what it holds) of each entity whose ampersand was escaped.

    >>> entities_twice("AMERICA&amp;#39;S &amp;lt; &amp;x")
    [(7, 16, "'")]
    """
    found = []
    for match in _TWICE.finditer(text):
        shown = _any_entity(f"&{match['rest']};")
        if shown is None or shown in _MARKS:
            continue
        if len(shown) == 1 and 0x80 <= ord(shown) <= 0x9F:
            if not _beside_another(text, match):  # as browsers read it; in a row it is a byte
                shown = html.unescape(f"&{match['rest']};")
            found.append((match.start(), match.end(), shown))
        elif shown.isprintable() or shown.isspace() or (shown == _HYPHEN and _beside_another(text, match)):
            found.append((match.start(), match.end(), shown))
    return found


def _beside_another(text: str, match: re.Match[str]) -> bool:
    """Tell whether an escaped entity stands directly behind another one."""
    return text.startswith(";", match.start() - 1) and match.start() > 0


def judge_entities_twice(text: str, found: Places, around: Surroundings) -> Places:
    """Return those of some entities that belong to words of plain text.

    >>> judge_entities_twice("caf&amp;eacute;", [(3, 15, "é")], belonging.PLAIN)
    [(3, 15, 'é')]
    >>> judge_entities_twice("<td>caf&amp;eacute;</td>", [(7, 19, "é")], belonging.PLAIN)
    []
    """
    if not found or around.markup or around.program or belonging.has_tags(text):
        return []
    words = _TWICE.sub("x", text)  # the semicolons of entities end no statement
    if belonging.is_code(words) or belonging.is_about_escapes(words) or "`" in text:
        return []
    garbled = [(start, end) for start, end, _ in _gains(text, _garbled(found))]
    return [place for place in found if belonging.within(place[0], place[1], garbled) or _is_at_word(text, place)]


def _garbled(found: Places) -> Places:
    """Return the runs of some places, side by side, that spell garbled text."""
    runs: Places = []
    for start, end, shown in found:
        if runs and runs[-1][1] == start:
            first, _, before = runs.pop()
            start, shown = first, before + shown  # noqa: PLW2901 -- one place of both
        runs.append((start, end, shown))
    return [run for run in runs if len(run[2]) > 1 and mended(run[2])]


_WORDS_NEAR: Final = re.compile(r"[^\W\d_]{2}")
_NEAR: Final = 24
_APART: Final = frozenset("&–—·•…\xa0\u2009")


def _is_at_word(text: str, place: tuple[int, int, str]) -> bool:
    start, end, shown = place
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if before in _QUOTES and before and before == after:
        return False
    rest = _TWICE.sub(" ", text[max(0, start - _NEAR) : end + _NEAR])
    if not _WORDS_NEAR.search(rest) or re.match(r"\w{1,20}=", text[end : end + 24]):
        return False
    if before.isalnum() or after.isalnum():
        return True
    return shown in _APART or not (before in " (" and after in " ),.;:") or bool(before == "" and after == "")


def again_entities_twice(shown: str, like: str) -> str:
    """Return a character as an entity whose ampersand is escaped, like another.

    >>> again_entities_twice("é", "&amp;eacute;")
    '&amp;eacute;'
    """
    match = _TWICE.fullmatch(like)
    if match is None:
        return ""
    entity = f"&{match['rest']};"
    if _any_entity(entity) == shown or html.unescape(entity) == shown:
        return match["and"] + match["rest"] + ";"
    return ""
