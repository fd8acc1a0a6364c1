r"""Escapes that spell bytes: quoted-printable, percent-encoding, ``\xe2``, ``\342``, ``<e2>``.

Well-formed UTF-8 of two bytes and more says that bytes of a text are spelled,
and not numbers that happen to look so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from textmend.misreadings import belonging, hops
from textmend.misreadings.belonging import Surroundings
from textmend.misreadings.places import Places

_BAD: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ue000-\uf8ff\ufdd0-\ufdef\ufffd-\uffff]")


def decode(data: bytes) -> str | None:
    r"""Return UTF-8 decoded, also with pairs of surrogates as Java writes them; None if no text comes out.

    >>> decode(b"\xe2\x80\x99"), decode(b"\xe2\x80"), decode(b"\xed\xa0\xbd\xed\xb8\x80")
    ('’', None, '😀')
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            text = data.decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        except UnicodeDecodeError:
            return None
    return None if _BAD.search(text) else text


def _sequences(prefix: str, suffix: str = "", between: str = "") -> re.Pattern[str]:
    """Return the pattern of one or more UTF-8 sequences, each byte spelled as two hexadecimal digits."""
    tail = f"{between}{prefix}[89ABab][0-9A-Fa-f]{suffix}"
    two = f"{prefix}(?:[Cc][2-9A-Fa-f]|[Dd][0-9A-Fa-f]){suffix}{tail}"
    three = f"{prefix}[Ee][0-9A-Fa-f]{suffix}{tail}{tail}"
    four = f"{prefix}[Ff][0-4]{suffix}{tail}{tail}{tail}"
    return re.compile(f"(?:{two}|{three}|{four})(?:{between}(?:{two}|{three}|{four}))*")


_HEX: Final = re.compile("[0-9A-Fa-f]{2}")
_OCTAL: Final = re.compile("[0-7]{3}")
_SOFT: Final = "(?:=\r?\n)?"


def _bytes(run: str) -> bytes:
    return bytes.fromhex("".join(_HEX.findall(run)))


def _simple(pattern: re.Pattern[str], spelled: Callable[[str], bytes]) -> Callable[[str], Places]:
    def find(text: str) -> Places:
        found = []
        for match in pattern.finditer(text):
            shown = decode(spelled(match.group()))
            if shown is not None:
                found.append((match.start(), match.end(), shown))
        return found

    return find


def _spell(shown: str, like: str, form: str) -> str:
    """Return text as spelled bytes; in the way of Java where the run that it is like has more bytes."""
    data = shown.encode("utf-8", "surrogatepass")
    once = "".join(form.format(byte) for byte in data)
    if len(once) == len(like):
        return once
    pairs = shown.encode("utf-16-le", "surrogatepass")
    units = [pairs[at : at + 2].decode("utf-16-le", "surrogatepass") for at in range(0, len(pairs), 2)]
    return "".join(form.format(byte) for byte in "".join(units).encode("utf-8", "surrogatepass"))


backslash_x: Final = _simple(_sequences(r"(?<!\\)\\x"), _bytes)
angle_bytes: Final = _simple(_sequences("<", ">"), _bytes)
_OCTAL_TAIL: Final = r"\\2[0-7]{2}"
backslash_octal: Final = _simple(
    re.compile(
        rf"(?<!\\)(?:\\3(?:0[2-7]|[123][0-7]){_OCTAL_TAIL}|\\3[45][0-7](?:{_OCTAL_TAIL}){{2}}|\\36[0-4](?:{_OCTAL_TAIL}){{3}})+"
    ),
    lambda run: bytes(int(digits, 8) for digits in _OCTAL.findall(run)),
)


def again_backslash_x(shown: str, like: str) -> str:
    r"""Return a text spelled as bytes.

    >>> again_backslash_x("é", "")
    '\\xc3\\xa9'
    """
    return _spell(shown, like, "\\x{:02x}")


def again_backslash_octal(shown: str, like: str) -> str:
    r"""Return a text spelled as bytes.

    >>> again_backslash_octal("é", "")
    '\\303\\251'
    """
    return _spell(shown, like, "\\{:03o}")


def again_angle_bytes(shown: str, like: str) -> str:
    """Return a text spelled as bytes.

    >>> again_angle_bytes("é", "")
    '<c3><a9>'
    """
    return _spell(shown, like, "<{:02x}>")


# -- damage, or where it belongs?

#: Signs that stand apart from words.
_APART: Final = frozenset("—–•…→·✓★")
_CLASS_BEFORE: Final = frozenset("[^|\\")
_CLASS_AFTER: Final = frozenset("]|*{+\\")


def _is_word(text: str, place: tuple[int, int, str]) -> bool:
    """Tell whether what comes out is part of a word, stands at one, or is words."""
    start, end, shown = place
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if before in _CLASS_BEFORE or after in _CLASS_AFTER:
        return False
    return before.isalpha() or after.isalpha() or sum(char.isalpha() for char in shown) >= 2


def judge_bytes(text: str, found: Places, around: Surroundings) -> Places:
    r"""Return those of some spelled bytes that belong to words of plain text.

    >>> judge_bytes(r"it\xe2\x80\x99s", [(2, 14, "’")], belonging.PLAIN)
    [(2, 14, '’')]
    >>> judge_bytes(r"x = '\xe2\x80\x99s'", [(5, 17, "’")], belonging.PLAIN)
    []
    """
    if not found or around.program or belonging.is_code(text) or belonging.is_about_escapes(text):
        return []
    literals = belonging.in_bytes_literal(text) + belonging.in_literal(text)
    found = [place for place in found if not belonging.within(place[0], place[1], literals)]
    words = [place for place in found if _is_word(text, place)]
    apart = [place for place in found if _stands_apart(text, place)]
    return found if words or apart else []


def _stands_apart(text: str, place: tuple[int, int, str]) -> bool:
    """Tell whether a dash or its like came out between words of prose."""
    start, end, shown = place
    if shown.strip() not in _APART:
        return False
    before, after = text[max(0, start - 40) : start].split(), text[end : end + 40].split()
    return len(before) >= 2 and len(after) >= 2 and before[-1][-1:].isalnum() and after[0][:1].isalnum()


# -- quoted-printable

_QP: Final = _sequences("=", between=_SOFT)
_QP_RUN: Final = re.compile("(?:=[0-9A-Fa-f]{2}|=\r?\n)+")
_QP_SIGN: Final = re.compile("=3D|=(?:20|09)(?=\r?\n|$)", re.MULTILINE)
_QP_RAW: Final = re.compile("=(?![0-9A-Fa-f]{2}|\r?\n|$)")
#: An encoded word of a mail's header, also cut by a line break.
_WORD_ENCODED: Final = re.compile(r"=\?[\w-]{2,20}\?[QqBb]\?[^\s?]{0,200}(?:\?=)?|[^\s?]{1,200}\?=(?![0-9A-F]{2})")
_SOFT_BREAK: Final = re.compile("=\r?\n")


def quoted_printable(text: str) -> Places:
    r"""Return (start, end, what it holds) of each run of escapes, if quoted-printable is there.

    >>> quoted_printable("it=E2=80=99s a li=\nne")
    [(2, 11, '’'), (17, 19, '')]
    >>> quoted_printable("x=20 y=a"), quoted_printable("caf=C3=A9 x=y=20z")
    ([], [(3, 9, 'é')])
    """
    whole = _QP.search(text) is not None
    if not whole and not _QP_SIGN.search(text) and not _QP_RUN.fullmatch(text):
        return []
    encoded = [match.span() for match in _WORD_ENCODED.finditer(text)]
    # where the sign = itself was not escaped, only what cannot be anything else is resolved
    strict = _QP_RAW.search(_WORD_ENCODED.sub("", text)) is not None
    pattern = _QP if strict else _QP_RUN
    found = []
    for match in pattern.finditer(text):
        if encoded and belonging.within(*match.span(), encoded):
            continue
        shown = decode(_bytes(_SOFT_BREAK.sub("", match.group())))
        if shown is not None:
            found.append((match.start(), match.end(), shown))
        elif not strict:
            found += [(match.start() + start, match.start() + end, held) for start, end, held in _parts(match.group())]
    return found


def _parts(run: str) -> Places:
    """Return what can be read of a run whose bytes do not all make UTF-8."""
    found = []
    for match in _QP.finditer(run):
        shown = decode(_bytes(_SOFT_BREAK.sub("", match.group())))
        if shown is not None:
            found.append((match.start(), match.end(), shown))
    return found


def judge_quoted_printable(text: str, found: Places, around: Surroundings) -> Places:
    """Return some quoted-printable if it is damage: in a mail that was kept as sent it belongs.

    >>> judge_quoted_printable("=C3=B4", [(0, 6, "ô")], belonging.PLAIN)  # a cell and a cell
    []
    """
    if not found or around.mail or around.program:
        return []
    literals = belonging.in_bytes_literal(text) + belonging.in_literal(text)
    fresh = [place for place in found if not place[2].isascii() and not belonging.within(place[0], place[1], literals)]
    if not fresh or belonging.is_about_escapes(text) or ("://" in text and _in_address(text, fresh)):
        return []
    for start, end, shown in fresh:
        run = _SOFT_BREAK.sub("", text[start:end])
        word = text[max(0, start - 1) : start].isalpha() or text[end : end + 1].isalpha()
        if len(run) > 6 and ("=E" in run.upper() or "=F" in run.upper() or len(shown) > 1 or word):
            return found
        if word and not _is_formula(text, start, end):
            return found
    return []


def _is_formula(text: str, start: int, end: int) -> bool:
    """Tell whether two equals signs may compare cells of a sheet, or name values."""
    before, after = text[max(0, start - 3) : start], text[end : end + 2]
    return not (before[-2:].isalpha() and len(before) >= 2) and not after.islower()


def _in_address(text: str, found: Places) -> bool:
    return all("://" in re.split(r"\s", text[max(0, start - 500) : start])[-1] for start, _, _ in found)


def again_quoted_printable(shown: str, like: str) -> str:
    r"""Return a text in quoted-printable, with the soft line breaks of the run that it is like.

    >>> again_quoted_printable("é", "=C3=\n=A9")
    '=C3=\n=A9'
    """
    plain = _SOFT_BREAK.sub("", like)
    spelled = _spell(shown, plain, "={:02X}")
    for match in _SOFT_BREAK.finditer(like):  # each goes back where it stood
        spelled = spelled[: match.start()] + match.group() + spelled[match.start() :]
    return spelled


_JOINED_MOST: Final = 40


def joined_lines(text: str) -> list[tuple[int, int]]:
    r"""Return (start, end) of stretches of lines that soft line breaks made of one line.

    >>> joined_lines("a\nb=E2=80=99=\nc=\nd\ne")
    [(2, 18)]
    """
    spans: list[tuple[int, int]] = []
    start = at = 0
    first: int | None = None
    count = 0
    while True:
        end = text.find("\n", at)
        stop = len(text) if end < 0 else end
        line_end = stop - 1 if text[stop - 1 : stop] == "\r" and stop > at else stop
        soft = end >= 0 and line_end > at and text[line_end - 1] == "=" and text[max(at, line_end - 2)] != " "
        if soft and count < _JOINED_MOST:
            first = at if first is None else first
            count += 1
        elif first is not None:
            start = first
            if _QP.search(text, start, line_end):
                spans.append((start, line_end))
            first, count = None, 0
        if end < 0:
            return spans
        at = end + 1


# -- percent-encoding

_PERCENT: Final = _sequences("%")
_PERCENT_RUN: Final = re.compile("(?:%[0-9A-Fa-f]{2})+")
_PERCENT_RAW: Final = re.compile("%(?![0-9A-Fa-f]{2})")
_TOKEN: Final = re.compile(r"[^\s\"<>`]{1,20000}")
_ADDRESS: Final = re.compile(
    r"://|www\.|[/&=@\\#]|\?(?!$|%20|%E2%80)|%2[Ff]|%3[Aa]%2|%3[DdFf]|%26|\]\(|\burl\(|\b(?:mailto|data|file|urn|javascript):",
    re.IGNORECASE,
)


def percent(text: str) -> Places:
    """Return (start, end, what it holds) of each word with percent escapes of UTF-8, addresses left out.

    >>> percent("S%C3%A3o%20Paulo, 100%25"), percent("https://example.org/?a=%C3%A9")
    ([(1, 11, 'ão ')], [])
    """
    found = []
    for token in _TOKEN.finditer(text):
        word = token.group()
        if "%" not in word or not _PERCENT.search(word) or _ADDRESS.search(word):
            continue
        runs = list((_PERCENT if _PERCENT_RAW.search(word) else _PERCENT_RUN).finditer(word))
        start, end = runs[0].start(), runs[-1].end()
        pieces = []
        done = start
        for run in runs:
            shown = decode(_bytes(run.group()))
            if shown is None:
                break
            pieces += [word[done : run.start()], shown]
            done = run.end()
        else:
            found.append((token.start() + start, token.start() + end, "".join(pieces)))
    return found


def judge_percent(text: str, found: Places, around: Surroundings) -> Places:
    """Return those of some percent escapes that stand in no program, unless they spell garbled text.

    >>> judge_percent("x = unquote('%C3%A9')", [(13, 19, "é")], belonging.PLAIN)
    []
    """
    if not found:
        return []
    literals = belonging.in_bytes_literal(text) + belonging.in_literal(text)
    code = around.program or belonging.is_code(text) or belonging.is_about_escapes(text)
    kept = []
    for start, end, shown in found:
        if (code or belonging.within(start, end, literals)) and (around.program or not _is_garbled(shown)):
            continue
        if not any(char.isalpha() or char in _APART or char in "’“”‘" for char in shown):
            continue
        kept.append((start, end, shown))
    return kept


def _is_garbled(shown: str) -> bool:
    return any(hops.undo_utf8(shown, read) is not None for read in ("cp1252", "iso-8859-1"))


def again_percent(shown: str, like: str) -> str:
    """Return a word escaped again, with those of its signs escaped that are in the word that it is like.

    >>> again_percent("ão ", "%C3%A3o%20")
    '%C3%A3o%20'
    """
    pieces = []
    done = at = 0
    for run in _PERCENT_RUN.finditer(like):
        held = decode(_bytes(run.group()))
        between = like[done : run.start()]
        if held is None or not shown.startswith(between + held, at):
            return ""
        at += len(between) + len(held)
        pieces += [between, _spell(held, run.group(), "%{:02X}")]
        done = run.end()
    rest = like[done:]
    return "".join(pieces) + rest if shown[at:] == rest else ""
