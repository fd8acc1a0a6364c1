"""The model's file: written and read here and nowhere else.

One zlib stream, which is read several times as fast as a smaller lzma one: a
line of JSON (the header), then named binary blobs one after another.  The
header gives each blob's length and whatever is small enough to stay readable
(languages, alphabets, counts).
"""

from __future__ import annotations

import json
import zlib
from typing import Any, NamedTuple

FORMAT = 1


class ModelFile(NamedTuple):
    """The header (JSON values) and the blobs of a model file.

    >>> ModelFile({}, {}).blobs
    {}
    """

    header: dict[str, Any]
    blobs: dict[str, bytes]


def pack(header: dict[str, Any], blobs: dict[str, bytes]) -> bytes:
    """Return the file's bytes; the same input always gives the same bytes.

    >>> unpack(pack({"units": 8}, {"table": b"abc"})).blobs
    {'table': b'abc'}
    """
    head = {"format": FORMAT, **header, "blobs": [[name, len(blob)] for name, blob in blobs.items()]}
    line = json.dumps(head, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    body = line + b"\n" + b"".join(blobs.values())
    return zlib.compress(body, 9)


def unpack(data: bytes) -> ModelFile:
    """Read what :func:`pack` wrote; ValueError if it is another format.

    >>> unpack(pack({"units": 8}, {})).header["units"]
    8
    """
    body = zlib.decompress(data)
    end = body.index(b"\n")
    header = json.loads(body[:end])
    if header.get("format") != FORMAT:
        raise ValueError(f"model format {header.get('format')!r} is not {FORMAT}")
    blobs: dict[str, bytes] = {}
    start = end + 1
    for name, length in header["blobs"]:
        blobs[name] = body[start : start + length]
        start += length
    return ModelFile(header, blobs)
