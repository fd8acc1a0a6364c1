"""The readers of lists of words."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

from corpus_readers import debian_data
from corpus_words import parse_traineddata

LAST, END = 1, 4


def traineddata(characters: list[str], edges: list[tuple[int, int, int]]) -> bytes:
    """Return trained data that holds a graph: each edge a character, what is told of it, the node it leads to."""
    width = (len(characters)).bit_length()
    packed = [char | told << width | node << width + 3 for char, told, node in edges]
    graph = struct.pack("<hii", 42, len(characters), len(edges)) + struct.pack(f"<{len(edges)}Q", *packed)
    listed = "\n".join([str(len(characters)), *(f"{char} 3 0,255" for char in characters), ""]).encode()
    offsets = [-1] * 24
    offsets[19] = 4 + 8 * 24
    offsets[21] = offsets[19] + len(graph)
    return struct.pack("<i24q", 24, *offsets) + graph + listed


def test_words_are_read_from_a_graph() -> None:
    # é, été, te
    edges = [(0, END, 2), (1, LAST, 3), (1, LAST, 4), (2, LAST | END, 0), (0, LAST | END, 0)]
    assert sorted(parse_traineddata(traineddata(["é", "t", "e"], edges))) == ["te", "é", "été"]


def test_the_data_of_a_debian_package() -> None:
    members = [("debian-binary", b"2.0"), ("control.tar.xz", b"x" * 5), ("data.tar.xz", b"data")]
    package = b"!<arch>\n"
    for name, data in members:
        package += (
            f"{name:16}{0:<12}{0:<6}{0:<6}{100644:<8}{len(data):<10}`\n".encode() + data + b"\n" * (len(data) % 2)
        )
    assert debian_data(package) == b"data"
