"""What the rules about escapes share: whether a text is markup, in which escapes belong."""

from __future__ import annotations

import re

_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9:-]{0,40}+(?=[\s/>])|<!--|<!\[|<![A-Za-z]|<\?[a-z]")

# An entity: by number, or by a name that HTML knows.
ENTITY = r"(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"


def has_tags(text: str) -> bool:
    """Return whether a text holds tags of HTML or XML, so that entities belong in it.

    >>> has_tags("a <b>c</b> &amp; d"), has_tags("a < b &amp; c > d")
    (True, False)
    """
    return "<" in text and _TAG.search(text) is not None


def character_of(entity: str) -> str | None:
    """Return what an entity stands for, None when it stands for nothing that can be shown.

    Names in capitals count as the entity of the small name: &EACUTE; is É.

    >>> character_of("&eacute;"), character_of("&EACUTE;"), character_of("&nothing;")
    ('é', 'É', None)
    """
    import html
    from html.entities import html5

    name = entity[1:]
    if name[0] != "#" and name not in html5:
        if not name.isupper() or name.lower() not in html5:
            return None
        return html5[name.lower()].upper()
    shown = html.unescape(entity)
    if shown == entity or not shown or shown == "\ufffd":
        return None
    return shown if all(char.isprintable() or char in "\xa0\t\n\u2009\u2002\u2003" for char in shown) else None
