"""Where escapes belong: addresses, source code, markup, mail, text about escapes.

Escapes are no damage by themselves.  They are when a reader meets them in
plain text.  These tests look at what stands around them; in doubt they say
that the escapes belong there.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_HEAD: Final = 20_000
"""What a document is tells by its first so many signs."""

_TAG: Final = re.compile(r"</?[A-Za-z][A-Za-z0-9:-]{0,40}(?=[\s/>])|<!--|<![A-Za-z\[]|<\?[a-z]|\]\]>")
_MAIL: Final = re.compile(
    "^(?:Content-Transfer-Encoding: *quoted-printable|MIME-Version: )", re.IGNORECASE | re.MULTILINE
)
_PROGRAM: Final = re.compile(
    r"""^\s{0,8}(?:
        \#\s?(?:include|define|pragma|ifndef)\b | \#!/ | <\?php | \#\s-\*-\scoding | using\s[\w.]+;$
      | from\s[\w.]+\simport\s | import\s[\w.*{"'@/]+(?:\sas\s\w+|\sfrom\s.{1,80}|,.{1,80})?;?$ | package\s[\w.]+;?$
      | (?:async\s)?def\s\w+\( | class\s\w+\s?[:({] | (?:export\s|async\s)*function\s?\w*\( | (?:pub\s)?fn\s\w+[(<]
      | (?:const|let|var)\s\w+\s=\s | (?:public|private|protected|static)\s[\w<>\[\]]+\s\w+\s?[({=;] | func\s[\w(]+\(
    )""",
    re.MULTILINE | re.VERBOSE,
)
#: Words of text that is about escapes: there they are meant to be seen.
_ABOUT: Final = re.compile(
    r"""utf-?[178]|\bbytes?\b|encod|\bescap(?:ed|ing|es|e\ssequences?)\b|\bhex(?:adecimal)?\b|\boctal\b|unicode
      | regex|\bentit(?:y|ies)\b|\bliterals?\b|\burls?\b|\bhtml\b|\bxml\b|\bascii\b|mojibake|\bbackslash
      | \bcode\s?points?\b""",
    re.IGNORECASE | re.VERBOSE,
)
#: What only programs, patterns and commands hold.
_CODE: Final = re.compile(
    r"""
        \{\s*$ | (?:[)\]}"'`]|=.{1,80});\s*$
      | ^\s*(?:>>>|\$|//|/\*|\#include|\#define|msgid|msgstr|msgctxt)\s | ^\s{2,}\#\s | ^\s+['"]
      | [!=]=|=>|->|::|:=|&&|\|\| | ^\s*[\w.\[\]'"]+\s?[+|&]?=\s? | \w\((?:\)|$|[^()\s]{0,40}[,"'=])
      | \b(?:def|return|printf|echo|print|puts|sed|tr|grep|awk|assert\w*|re|b64|str|bytes|char|replace)\b\s?[\[('"$]
      | \b(?:printf|echo|sed|tr|grep|awk)\s-\w | \b(?:de|en)code\(
      | \(\?[:=!<] | \[\^ | \\[bdswDSWAZ](?![a-z]) | (?<![A-Za-z])[A-Za-z]:\\
    """,
    re.VERBOSE | re.MULTILINE,
)
_CALL: Final = re.compile(
    r"(?:replace\w*|sub|decode|encode|assert\w*|match|compile|expect|translate|unescape)\s?\(|:=|\w\]\s=\s"
)
_BYTES_LITERAL: Final = re.compile(r"(?<![A-Za-z0-9_])(?:[bB][rR]?|[rR][bB])(?P<mark>\"\"\"|'''|[\"'])")
_QUOTED: Final = re.compile(r"""(?<![A-Za-z0-9_\\])(?:[bBrRuUfFL$]{1,2})?(?P<mark>["'`])""")
#: What stands right before a literal in a program, and never before a quotation in prose.
_BEFORE_LITERAL: Final = frozenset("([{=:+<>|&*/%!?,$\\")

_AFTER_LITERAL: Final = re.compile(r"\s*(?:[,;)\]}+\\]|$)")


class Surroundings(NamedTuple):
    """What the document is that a text stands in: markup, a mail as it was sent, a program."""

    markup: bool = False
    mail: bool = False
    program: bool = False


PLAIN: Final = Surroundings()


def surroundings(document: str) -> Surroundings:
    r"""Return what kind of document a whole text is, as far as escapes are concerned.

    >>> surroundings("import re\nx = 1"), surroundings("<p>Bread</p>").markup
    (Surroundings(markup=False, mail=False, program=True), True)
    """
    head = document[:_HEAD]
    return Surroundings(has_tags(head), _MAIL.search(head) is not None, _PROGRAM.search(head) is not None)


def has_tags(text: str) -> bool:
    """Tell whether a text holds tags of HTML or XML.

    >>> has_tags("a <b>c</b>"), has_tags("a < b > c")
    (True, False)
    """
    return "<" in text and _TAG.search(text) is not None


def is_about_escapes(text: str) -> bool:
    """Tell whether a text speaks about encodings and escapes, so that it shows them on purpose.

    >>> is_about_escapes("the UTF-8 bytes of it"), is_about_escapes("at the caf=C3=A9")
    (True, False)
    """
    return _ABOUT.search(text) is not None


def is_call(text: str) -> bool:
    """Tell whether a line tests, maps or replaces strings: what it escapes is meant as it is.

    >>> is_call("x.replace('a', 'b')"), is_call("replace it")
    (True, False)
    """
    return _CALL.search(text) is not None


def is_code(text: str) -> bool:
    """Tell whether a line looks like part of a program, a pattern or a command.

    >>> is_code("x = f(1);"), is_code("She said (twice) that it was so.")
    (True, False)
    """
    return _CODE.search(text) is not None


def in_bytes_literal(text: str) -> list[tuple[int, int]]:
    """Return where literals of bytes stand; one that is not closed reaches to the end.

    >>> in_bytes_literal("x b'abc' y"), in_bytes_literal("club 'abc'")
    ([(2, 8)], [])
    """
    spans: list[tuple[int, int]] = []
    at = 0
    while (match := _BYTES_LITERAL.search(text, at)) is not None:
        at = _closing(text, match.end(), match["mark"])
        spans.append((match.start(), at))
    return spans


def in_literal(text: str) -> list[tuple[int, int]]:
    """Return where literals of a program stand: quoted, after a sign of its syntax.

    >>> in_literal('x = "abc"'), in_literal('He said "abc" to me')
    ([(4, 9)], [])
    """
    spans: list[tuple[int, int]] = []
    at = 0
    while (match := _QUOTED.search(text, at)) is not None:
        end = _closing(text, match.end(), match["mark"])
        before = text[max(0, match.start() - 2) : match.start()].rstrip(" ")
        opening = before == "" and match.start() >= 2 and not text[: match.start()].strip()
        closed = _AFTER_LITERAL.match(text, end) is not None
        if (opening and closed) or (before and before[-1] in _BEFORE_LITERAL and (closed or before[-1] not in ",:!?")):
            spans.append((match.start(), end))
            at = end
        elif end == len(text):
            at = match.end()  # an apostrophe, or a quotation that goes on in the next line
        else:
            at = end
    return spans


def _closing(text: str, start: int, mark: str) -> int:
    """Return where a literal ends, the end of the text if nowhere."""
    at = start
    while (at := text.find(mark, at)) >= 0:
        slashes = at
        while slashes > start and text[slashes - 1] == "\\":
            slashes -= 1
        if (at - slashes) % 2 == 0:
            return at + len(mark)
        at += 1
    return len(text)


def within(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    """Tell whether a place overlaps one of some spans.

    >>> within(3, 4, [(0, 2), (3, 9)]), within(2, 3, [(0, 2)])
    (True, False)
    """
    return any(first < end and start < last for first, last in spans)


__all__ = [
    "PLAIN",
    "Surroundings",
    "has_tags",
    "in_bytes_literal",
    "in_literal",
    "is_about_escapes",
    "is_call",
    "is_code",
    "surroundings",
    "within",
]
