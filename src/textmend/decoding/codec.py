r"""The codec "textmend" for Python: `open(path, encoding="textmend")` reads what it finds.

Reading decides the encoding by the data, in blocks; writing is UTF-8. Nothing is repaired: that is
`textmend.fix_text`. Bytes that nobody can read and binary data go to the error handler that `open`
was given; "strict", the default, raises UnicodeDecodeError.

>>> register()
>>> b"Gen\xe8ve".decode("textmend")
'Genève'
"""

from __future__ import annotations

import codecs

from textmend.decoding.stream import BLOCK, Decoder

NAME = "textmend"


def register() -> None:
    r"""Make the codec known to Python, once however often it is called.

    >>> register()
    >>> "é".encode("textmend")
    b'\xc3\xa9'
    """
    codecs.unregister(_search)
    codecs.register(_search)


class _Incremental(Decoder):
    """The decoder as `open` makes it: strict unless told otherwise."""

    def __init__(self, errors: str = "strict") -> None:
        super().__init__(errors)


class _Reader(codecs.StreamReader):
    """The reader of `codecs.open`: it reads all before it answers."""

    def decode(self, data: bytes, errors: str = "strict") -> tuple[str, int]:
        """Decode what was read."""
        return _decode(data, errors)


def _decode(data: bytes | bytearray | memoryview, errors: str = "strict", /) -> tuple[str, int]:
    decoder = Decoder(errors)
    return decoder.decode(bytes(data), final=True), len(data)


def _search(name: str) -> codecs.CodecInfo | None:
    if name != NAME:
        return None
    utf8 = codecs.lookup("utf-8")
    return codecs.CodecInfo(
        name=NAME,
        encode=utf8.encode,
        decode=_decode,  # type: ignore[arg-type] # bytes-like objects of Python before 3.12 have no type in common
        incrementalencoder=utf8.incrementalencoder,
        incrementaldecoder=_Incremental,
        streamreader=_Reader,
        streamwriter=utf8.streamwriter,
    )


__all__ = ["BLOCK", "NAME", "register"]
