r"""Texts in UTF-7, HZ or ISO-2022-JP that were read as ASCII: what their escapes hold.

All that such a text holds is ASCII, so nothing shows it but its escapes and
that they make sense: every character that comes out must be one that texts hold.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final

from textmend import encodings
from textmend.plausibility.model import load

#: Bits that a text must gain when its escapes are resolved.
_GAIN: Final = 24.0
#: Evidence in bits, against chance, that what comes out is text.
_EVIDENCE: Final = 16.0
#: The same for a single letter of UTF-7, of which more is asked beside.
_EVIDENCE_ALONE: Final = 10.0
#: The bits that chance would need for one character, and for what marks a stretch.
_UTF7_CHANCE: Final = 16.0
_UTF7_CLOSED: Final = 3.0
_SHIFT_CHANCE: Final = 13.1  # one of 94 x 94 places
_SHIFT_MARKS: Final = 14.0
_ESC_MARKS: Final = 30.0

_UTF7: Final = re.compile(r"\+(?P<units>[A-Za-z0-9+/]{3,4000})(?P<end>-?)|\+-")
_UTF7_LENGTHS: Final = frozenset((0, 3, 6))  # base64 digits left over after whole groups of three units
_HZ: Final = re.compile(r"~\{(?:[!-~]{2}){1,300}?~\}")
_JIS: Final = re.compile(r"(?<!\\x1b)(?<!\\033)(?<!\\e)\x1b?\$[@B](?P<body>(?:[!-~]{2}){1,300}?)\x1b?\([BJ]")
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufff0-\uffff]")
_AFTER_UTF7: Final = re.compile(r"[\s.,;:!?)\]'\"<>&*]|\Z")


def _unit(match: re.Match[str]) -> str | None:
    """Return the characters of one escape of UTF-7, None if it is none."""
    digits = match["units"]
    if digits is None:
        return "+"
    if len(digits) % 8 not in _UTF7_LENGTHS:
        return None
    try:
        data = base64.b64decode(digits + "=" * (-len(digits) % 4), validate=True)
        shown = data[: len(data) // 2 * 2].decode("utf-16-be")
    except (binascii.Error, UnicodeDecodeError):
        return None
    if _UNSEEN.search(shown) or write_utf7(shown, "") != "+" + digits:
        return None  # bits beyond the last unit are zero in UTF-7
    return shown


def write_utf7(shown: str, like: str) -> str:
    """Return characters as an escape of UTF-7, closed if the one that it is like is closed.

    >>> write_utf7("é", "+AOk-"), write_utf7("+", "+-")
    ('+AOk-', '+-')
    """
    if like == "+-":
        return "+-"
    digits = base64.b64encode(shown.encode("utf-16-be", "surrogatepass")).decode("ascii")
    return "+" + digits.rstrip("=") + ("-" if like.endswith("-") else "")


def utf7(text: str) -> list[tuple[int, int, str]]:
    """Return (start, end, what it holds) of each escape of UTF-7.

    >>> utf7("caf+AOk-"), utf7("1 +123 a+b-c")
    ([(3, 8, 'é')], [])
    """
    found: list[tuple[int, int, str]] = []
    for match in _UTF7.finditer(text):
        shown = _unit(match)
        if (
            shown is None
            or (match["units"] or "").isdigit()
            or (not match["end"] and match["units"] and not _AFTER_UTF7.match(text, match.end()))
        ):
            continue
        found.append((match.start(), match.end(), shown))
    if text != "+-" and all(shown.isascii() for _, _, shown in found):
        return []
    return found


_ENCODED: Final = re.compile(r"[0-9/+=]|[a-z][A-Z]|[A-Z][a-z]*[A-Z]")
_WORD_END: Final = re.compile(r"[A-Za-z0-9+/=]{0,60}$")


def in_code(text: str, at: int) -> bool:
    """Tell whether what looks like an escape of UTF-7 is part of base64, of a formula, of an identifier.

    >>> in_code("x92Bq+U9tiGt-", 5), in_code("caf+AOk-", 3)
    (True, False)
    """
    before = _WORD_END.search(text, max(0, at - 60), at)
    return before is not None and _ENCODED.search(before.group()) is not None


def utf7_is_there(text: str, found: list[tuple[int, int, str]]) -> bool:
    """Tell whether what looks like UTF-7 can be nothing else.

    >>> utf7_is_there("caf+AOk-", [(3, 8, "é")])
    True
    >>> utf7_is_there("x92Bq+U9tiGt-", [(5, 13, "叛戚")])
    False
    """
    fresh = [char for _, _, shown in found for char in shown if not char.isascii()]
    marks = 0.0
    for start, end, shown in found:
        if shown == "+":
            continue
        if in_code(text, start):
            return False
        closed = text[end - 1] == "-"
        marks += 2.0 * (len(shown) % 3) + _UTF7_CLOSED * closed
        if len(fresh) == 1 and not shown.isascii():
            # one character: closed, and a small letter inside or at the end of a word
            word = text[max(0, start - 1) : start].isalpha() or text[end : end + 1].isalpha()
            if not closed or not shown.islower() or not word or "@" in text:
                return False
    return bool(fresh) and _makes_sense(
        text, found, _UTF7_CHANCE, marks, _EVIDENCE if len(fresh) > 1 else _EVIDENCE_ALONE
    )


def hz(text: str) -> list[tuple[int, int, str]]:
    """Return (start, end, what it holds) of each stretch in HZ.

    >>> hz("a ~{VPND~}"), hz("~{a~}")
    ([(2, 10, '中文')], [])
    """
    found = []
    for match in _HZ.finditer(text):
        shown = encodings.read(match.group().encode("ascii"), "hz")
        if shown and not shown.isascii() and not _UNSEEN.search(shown):
            found.append((match.start(), match.end(), shown))
    return found


def write_hz(shown: str, _like: str) -> str:
    """Return characters in HZ.

    >>> write_hz("中文", "")
    '~{VPND~}'
    """
    data = encodings.write(shown, "hz")
    return data.decode("ascii") if data else ""


def jis(text: str) -> list[tuple[int, int, str]]:
    """Return (start, end, what it holds) of each stretch in ISO-2022-JP, with its ESC or without.

    >>> jis("$B$3$s$K$A$O(B"), jis("cost $B (B)")
    ([(0, 14, 'こんにちは')], [])
    """
    found = []
    for match in _JIS.finditer(text):
        data = b"\x1b$B" + match["body"].encode("ascii") + b"\x1b(B"
        shown = encodings.read(data, "iso-2022-jp")
        if shown and not shown.isascii() and not _UNSEEN.search(shown):
            found.append((match.start(), match.end(), shown))
    return found


def write_jis(shown: str, like: str) -> str:
    """Return characters in ISO-2022-JP, with the escapes of the stretch that it is like.

    >>> write_jis("こ", "$B$3(J")
    '$B$3(J'
    """
    data = encodings.write(shown, "iso-2022-jp")
    if data is None:
        return ""
    body = data.decode("ascii").removeprefix("\x1b$B").removesuffix("\x1b(B")
    head = 2 + like.startswith("\x1b")
    tail = 2 + (like[-3:-2] == "\x1b")
    return like[:head] + body + like[-tail:]


def _makes_sense(
    text: str, found: list[tuple[int, int, str]], chance: float, marks: float, least: float = _EVIDENCE
) -> bool:
    """Tell whether what escapes hold is text, and not what chance makes of other signs.

    chance: bits that one character is worth when it is one of all that can be written so.
    marks: bits that the signs around are worth.
    """
    model = load()
    held: list[str] = []
    kept: list[str] = []
    done = 0
    for start, end, shown in found:
        held += [text[done:start], shown]
        kept.append(text[done:start])
        done = end
    after, without = "".join([*held, text[done:]]), "".join([*kept, text[done:]])
    cost = model.cost(after)
    count = sum(len(shown) for _, _, shown in found)
    evidence = chance * count - max(0.0, cost - model.cost(without)) + marks
    return evidence >= least and model.cost(text) - cost >= _GAIN


def shifts_are_there(text: str, found: list[tuple[int, int, str]]) -> bool:
    """Tell whether what looks like HZ or ISO-2022-JP can be nothing else: two characters that make sense.

    >>> shifts_are_there("~{VPND~}", [(0, 8, "中文")])
    True
    """
    held = "".join(shown for _, _, shown in found)
    letters = sum(char.isalpha() for char in held)
    marks = _ESC_MARKS if "\x1b" in text else _SHIFT_MARKS
    return len(held) >= 2 and letters * 2 >= len(held) and _makes_sense(text, found, _SHIFT_CHANCE, marks)


__all__ = ["hz", "in_code", "jis", "shifts_are_there", "utf7", "utf7_is_there", "write_hz", "write_jis", "write_utf7"]
