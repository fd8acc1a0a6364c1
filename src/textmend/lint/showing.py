r"""Texts fit to be shown: on one line, without what a terminal or a parser would choke on.

>>> show("a\x80\n"), show("")
('a<U+0080><U+000A>', '(nothing)')
"""

from __future__ import annotations

SHOWN_TEXT = 48
"""Characters of a text that are shown; more would break the line of a terminal."""


def show(text: str) -> str:
    r"""Return a text fit for one line: short, with its invisible parts spelled.

    >>> show("x" * 60)
    'xxxxxxxxxxxxxxxxxxxxxxxx … xxxxxxxxxxxxxxxxxxxxxxxx'
    """
    if not text:
        return "(nothing)"
    if len(text) > SHOWN_TEXT:
        text = f"{text[: SHOWN_TEXT // 2]} … {text[-SHOWN_TEXT // 2 :]}"
    return on_one_line(text)


def on_one_line(text: str) -> str:
    r"""Return a text with its invisible parts spelled.

    >>> on_one_line("a\nb")
    'a<U+000A>b'
    """
    return text if text.isprintable() else "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in text)


def sound(text: str) -> str:
    r"""Return a text that every reader of JSON takes: bytes that are no text, and lone surrogates, are spelled.

    >>> print(sound("caf\udce9"))
    caf\xe9
    """
    if text.isascii():
        return text
    return "".join(_spelled(char) if "\ud800" <= char <= "\udfff" else char for char in text)


def _spelled(char: str) -> str:
    """Return a surrogate in letters: the byte that it stands for, or its number."""
    number = ord(char)
    return f"\\x{number - 0xDC00:02x}" if 0xDC80 <= number <= 0xDCFF else f"\\u{number:04x}"
