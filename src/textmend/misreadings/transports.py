r"""Escapes in which garbled text travels, as hops of a chain: found, undone, proved.

Escapes belong in programs, addresses, markup and mail, and are left there.
They are undone where they spell bytes of UTF-8 in plain text, or characters
that are themselves garbled:

=========================  ==============================  ==========================  ==========
hop                        garbled                         undone                      needs more
=========================  ==============================  ==========================  ==========
quoted-printable>ascii     ``it=E2=80=99s``                ``it’s``                    no
percent>ascii              ``S%C3%A3o%20Paulo``            ``São Paulo``               no
backslash-x>ascii          ``it\xe2\x80\x99s``             ``it’s``                    no
backslash-octal>ascii      ``caf\303\251``                 ``café``                    no
angle-bytes>ascii          ``it<e2><80><99>s``             ``it’s``                    no
backslash-u>ascii          ``caf\u00c3\u00a9``             ``cafÃ©``                   yes
html>ascii                 ``caf&Atilde;&#169;``           ``cafÃ©``                   yes
html-twice>ascii           ``it&amp;#39;s``                ``it's``                    no
utf-7>ascii                ``caf+AOk-``                    ``café``                    no
hz>ascii                   ``~{VPND~}``                    ``中文``                    no
iso-2022-jp>ascii          ``$B$3$s$K$A$O(B``              ``こんにちは``              no
=========================  ==============================  ==========================  ==========

*Needs more*: what comes out is a step of a chain, never the answer; a further
hop must follow. The same holds wherever controls come out of bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple

from textmend.misreadings import belonging, bytewise, characterwise, stateful
from textmend.misreadings.belonging import PLAIN, Surroundings, surroundings
from textmend.misreadings.places import Places, joined, kept, splice
from textmend.misreadings.signs import C1


class Undone(NamedTuple):
    """A text with one transport undone, its hop, and whether a further hop must follow."""

    text: str
    hop: str
    needs_more: bool


def _never(_text: str, _at: int) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class _Transport:
    """How one transport is met, undone and proved."""

    hop: str
    price: float  # bits: how rare it is that text is met so
    sign: str  # no clue without this character
    clue: re.Pattern[str]  # no unbounded repeats: it runs on every text
    find: Callable[[str], Places]  # what its escapes hold, if it is known to be there
    judge: Callable[[str, Places, Surroundings], Places]  # which of them are damage
    again: Callable[[str, str], str]  # what was found, escaped once more in the same style
    garbled: bool = False  # whether it is only undone where garbled text comes out
    refuted: Callable[[str, int], bool] = _never  # whether a clue at a place is none by what stands before it


def _stateful(there: Callable[[str, Places], bool]) -> Callable[[str, Places, Surroundings], Places]:
    def judge(text: str, places: Places, around: Surroundings) -> Places:
        if around.program or not places or belonging.is_about_escapes(text):
            return []
        # quotes among the escaped signs are none
        blank = splice(text, [(start, end, "x" * (end - start)) for start, end, _ in places])
        literals = belonging.in_bytes_literal(blank) + belonging.in_literal(blank)
        if any(belonging.within(start, end, literals) for start, end, _ in places):
            return []
        return places if there(text, places) else []

    return judge


_HIGH: Final = "[^\x00-\x7f]"
_BACKSLASH: Final = "(?:u[0-9A-Fa-f]{4}|U000[0-9A-Fa-f]{5}|x[89A-Fa-f][0-9A-Fa-f])"
_ENTITY: Final = "(?:#[0-9]{3,7}|#[xX][0-9A-Fa-f]{2,6}|[A-Za-z][A-Za-z0-9]{2,8});"

_TRANSPORTS: Final = (
    _Transport(
        "quoted-printable>ascii",
        2.0,
        "=",
        re.compile("=(?:[Cc][2-9A-Fa-f]|[Dd][0-9A-Fa-f]|[Ee][0-9A-Fa-f]|[Ff][0-4])=(?:\r?\n=)?[89ABab][0-9A-Fa-f]"),
        bytewise.quoted_printable,
        bytewise.judge_quoted_printable,
        bytewise.again_quoted_printable,
    ),
    _Transport(
        "percent>ascii",
        3.0,
        "%",
        re.compile("%(?:[Cc][2-9A-Fa-f]|[Dd][0-9A-Fa-f]|[Ee][0-9A-Fa-f]|[Ff][0-4])%[89ABab][0-9A-Fa-f]"),
        bytewise.percent,
        bytewise.judge_percent,
        bytewise.again_percent,
    ),
    _Transport(
        "backslash-x>ascii",
        2.0,
        "\\",
        re.compile(r"\\x(?:[Cc][2-9A-Fa-f]|[Dd][0-9A-Fa-f]|[Ee][0-9A-Fa-f]|[Ff][0-4])\\x[89ABab][0-9A-Fa-f]"),
        bytewise.backslash_x,
        bytewise.judge_bytes,
        bytewise.again_backslash_x,
    ),
    _Transport(
        "backslash-octal>ascii",
        3.0,
        "\\",
        re.compile(r"\\3(?:0[2-7]|[1-5][0-7]|6[0-4])\\2[0-7]{2}"),
        bytewise.backslash_octal,
        bytewise.judge_bytes,
        bytewise.again_backslash_octal,
    ),
    _Transport(
        "angle-bytes>ascii",
        3.0,
        "<",
        re.compile("<(?:[Cc][2-9A-Fa-f]|[Dd][0-9A-Fa-f]|[Ee][0-9A-Fa-f]|[Ff][0-4])><[89ABab][0-9A-Fa-f]>"),
        bytewise.angle_bytes,
        bytewise.judge_bytes,
        bytewise.again_angle_bytes,
    ),
    _Transport(
        "backslash-u>ascii",
        2.0,
        "\\",
        re.compile(rf"\\(?:(?<={_HIGH}\\){_BACKSLASH}|{_BACKSLASH}(?:\\[uUx]|{_HIGH}))"),
        characterwise.backslash_u,
        characterwise.judge_backslash_u,
        characterwise.again_backslash_u,
        garbled=True,
    ),
    _Transport(
        "html>ascii",
        2.0,
        "&",
        re.compile(f"&(?!amp|lt|gt|quot|nbsp)(?:(?<={_HIGH}&){_ENTITY}|{_ENTITY}(?:&|{_HIGH}))"),
        characterwise.entities,
        characterwise.judge_entities,
        characterwise.again_entities,
        garbled=True,
    ),
    _Transport(
        "html-twice>ascii",
        2.0,
        "&",
        re.compile("&(?:amp|#0?38|#[xX]26);(?:#|[A-Za-z]+;)".replace("]+", "]{2,31}")),
        characterwise.entities_twice,
        characterwise.judge_entities_twice,
        characterwise.again_entities_twice,
    ),
    _Transport(
        "utf-7>ascii",
        6.0,
        "+",
        re.compile(r"\+(?:[A-Za-z0-9+/]{3}-|[A-Za-z0-9+/]{6})|\+A[A-Za-z0-9+/]{2}(?![A-Za-z0-9+/])"),
        stateful.utf7,
        _stateful(stateful.utf7_is_there),
        stateful.write_utf7,
        refuted=stateful.in_code,
    ),
    _Transport(
        "hz>ascii",
        4.0,
        "~",
        re.compile(r"~\{[!-~]{2}"),
        stateful.hz,
        _stateful(stateful.shifts_are_there),
        stateful.write_hz,
    ),
    _Transport(
        "iso-2022-jp>ascii",
        4.0,
        "$",
        re.compile(r"\$[@B][!-~]{4}"),
        stateful.jis,
        _stateful(stateful.shifts_are_there),
        stateful.write_jis,
    ),
)
_BY_HOP: Final = {transport.hop: transport for transport in _TRANSPORTS}
HOPS: Final = tuple(_BY_HOP)
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
#: What follows its sign in every clue to a transport, ...
_THEN: Final = dict.fromkeys("=%<", "CDEFcdef") | {
    "\\": "xuU3", "&": f"#{_LETTERS}", "+": f"+/0123456789{_LETTERS}", "~": "{", "$": "@B"
}  # fmt: skip
#: ... so there is none without one of these pairs. Each sign has a bit.
PAIRS: Final = tuple(sign + then for sign, following in _THEN.items() for then in following)
BITS: Final = {sign: 1 << number for number, sign in enumerate(_THEN)}
_CLUES: Final = {sign: [(each.clue, each.refuted) for each in _TRANSPORTS if each.sign == sign] for sign in BITS}
#: So often a sign is looked up, which takes a quarter of the time of a search; where it stands often, more.
_LOOKED: Final = 64


def clue(text: str, signs: int = -1) -> bool:
    """Tell whether some transport may be in a text.  Fast where none is.

    signs: the bits of the signs that one of the pairs begins with.

    >>> clue("100% of x = y & z"), clue("it=E2=80=99s"), clue("eNp9kE1r+MIW00DXs")
    (False, True, False)
    """
    return any(BITS[sign] & signs and _begins(text, sign) for sign in BITS)


def _begins(text: str, sign: str) -> bool:
    """Tell whether the clue of some transport begins with a sign in a text."""
    at = text.find(sign)
    for _ in range(_LOOKED):
        if at < 0:
            return False
        if any(clue.match(text, at) and not refuted(text, at) for clue, refuted in _CLUES[sign]):
            return True
        at = text.find(sign, at + 1)
    return at >= 0 and any(
        not refuted(text, match.start()) for clue, refuted in _CLUES[sign] for match in clue.finditer(text, at)
    )


def price(hop: str) -> float:
    """Return what the prior asks for a transport, in bits.

    >>> price("utf-7>ascii")
    6.0
    """
    return _BY_HOP[hop].price


def undo(text: str, around: Surroundings = PLAIN) -> list[Undone]:
    r"""Undo each transport that is damage in a text, as a whole text each.

    around: what `surroundings` says about the document that the text stands in.

    >>> undo("it=E2=80=99s")
    [Undone(text='it’s', hop='quoted-printable>ascii', needs_more=False)]
    >>> undo("see https://example.org/S%C3%A3o"), undo("caf\\u00e9")
    ([], [])
    """
    undone = []
    for transport in _TRANSPORTS:
        if transport.sign not in text or not transport.clue.search(text):
            continue
        found = transport.judge(text, transport.find(text), around)
        if found:
            more = transport.garbled or any(C1.search(shown) for _, _, shown in found)
            undone.append(Undone(splice(text, found), transport.hop, more))
    return undone


def undo_hop(text: str, hop: str) -> str | None:
    """Undo a transport that is known to be there; None where nothing is escaped so.

    It does not ask whether the escapes belong there: `undo` does.

    >>> undo_hop("=E2=80=99", "quoted-printable>ascii")
    '’'
    """
    transport = _BY_HOP.get(hop)
    found = transport.find(text) if transport else []
    return splice(text, found) if found else None


def follow(text: str, hop: str, around: Surroundings = PLAIN) -> str | None:
    """Undo a transport in a text whose document is known to have travelled in it, where it is damage.

    Like `undo`, but quoted-printable is resolved in lines that hold only its ASCII escapes.

    >>> follow("1 =3D 1", "quoted-printable>ascii"), undo("1 =3D 1")
    ('1 = 1', [])
    """
    transport = _BY_HOP.get(hop)
    if transport is None or transport.sign not in text:
        return None
    found = transport.find(text)
    if hop != "quoted-printable>ascii" or around.mail or around.program:
        found = transport.judge(text, found, around)
    return splice(text, found) if found else None


def proved(before: str, after: str, hop: str) -> bool:
    """Tell whether escaping ``after`` again, in the same style, gives ``before`` back.

    >>> proved("it=e2=80=99s", "it’s", "quoted-printable>ascii")
    True
    >>> proved("it=E2=80=99s", "it's", "quoted-printable>ascii")
    False
    """
    return bool(_undone(before, after, hop))


def _undone(before: str, after: str, hop: str) -> Places:
    """Return the places by which a text became another, none if escaping them again does not give it back."""
    transport = _BY_HOP.get(hop)
    if transport is None:
        return []
    found = kept(before, after, transport.find(before))
    return found if _shown_again(transport, before, found) else []


def _shown_again(transport: _Transport, text: str, found: Places) -> bool:
    return all(
        transport.again(shown, text[start:end]).lower() == text[start:end].lower() for start, end, shown in found
    )


def places(before: str, after: str, hop: str) -> list[tuple[int, str, str]]:
    """Return (start, before, after) of each place that a transport changes; none if it is not proved.

    Each of them is proved alone.

    >>> places("it=E2=80=99s 1 =3D 1", "it’s 1 = 1", "quoted-printable>ascii")
    [(2, '=E2=80=99', '’'), (15, '=3D', '=')]
    """
    return [(start, before[start:end], shown) for start, end, shown in _undone(before, after, hop)]


def chain_places(line: str, candidate: str, hop: str, rest: Callable[[str], str | None]) -> list[tuple[int, str, str]]:
    r"""Return (start, before, after) of each place that a chain changes whose last hop is a transport.

    rest: undoes the other hops of the chain in a piece of text, None where they are not there.
    Nothing is returned where the places do not make up the candidate.

    >>> chain_places(r"a caf\u00c3\u00a9", "a café", "backslash-u>ascii", lambda text: "é")
    [(5, '\\u00c3\\u00a9', 'é')]
    """
    transport = _BY_HOP[hop]
    found = transport.find(line)
    if not found or not _shown_again(transport, line, found):
        return []
    mended: Places = []
    for start, end, shown in joined(found):
        inner = rest(shown)
        if inner is not None:
            mended.append((start, end, inner))
        elif not transport.garbled and not C1.search(shown):
            mended.append((start, end, shown))
    return [(start, line[start:end], shown) for start, end, shown in kept(line, candidate, mended)]


def joined_lines(text: str) -> list[tuple[int, int]]:
    r"""Return stretches of several lines that must be judged as one: quoted-printable broke them.

    Each reaches from the start of a line that ends in ``=`` to the end of the last line it goes on in.

    >>> joined_lines("one\nit=E2=80=99s a li=\nne\nthree")
    [(4, 25)]
    """
    if ("=\n" not in text and "=\r\n" not in text) or not _begins(text, "="):
        return []
    return bytewise.joined_lines(text)


__all__ = [
    "HOPS",
    "Surroundings",
    "Undone",
    "belonging",
    "chain_places",
    "clue",
    "follow",
    "joined_lines",
    "places",
    "price",
    "proved",
    "surroundings",
    "undo",
    "undo_hop",
]
