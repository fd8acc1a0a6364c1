"""The model's file: what is written is read again, the same input gives the same bytes."""

from __future__ import annotations

import hashlib
import json
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmend.plausibility import classes, storage
from textmend.plausibility.letters import GROUPS

FOLDER = Path(storage.__file__).parent
MODEL = FOLDER / "model.bin"
MANIFEST = FOLDER / "model.json"

#: The strongest compression takes long to set up.
FEW = 8

names = st.text(min_size=1, max_size=12)
values = st.recursive(st.integers() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3), max_leaves=6)
headers = st.dictionaries(names.filter(lambda name: name not in {"format", "blobs"}), values, max_size=4)
blobs = st.dictionaries(names, st.binary(max_size=60), max_size=5)


@settings(max_examples=FEW)
@given(headers, blobs)
def test_what_is_packed_is_unpacked(header: dict[str, object], held: dict[str, bytes]) -> None:
    read = storage.unpack(storage.pack(header, held))
    assert read.blobs == held
    assert {key: read.header[key] for key in header} == header
    assert read.header["format"] == storage.FORMAT


@settings(max_examples=FEW)
@given(headers, blobs)
def test_the_same_input_gives_the_same_bytes(header: dict[str, object], held: dict[str, bytes]) -> None:
    reverse = dict(reversed(header.items()))
    assert storage.pack(header, held) == storage.pack(reverse, held)


def test_a_line_feed_in_the_header_does_not_end_it() -> None:
    assert storage.unpack(storage.pack({"a": "x\ny"}, {"b": b"\n\n"})).header["a"] == "x\ny"


def test_another_format_is_refused() -> None:
    data = zlib.compress(json.dumps({"format": storage.FORMAT + 1, "blobs": []}).encode() + b"\n")
    with pytest.raises(ValueError, match="format"):
        storage.unpack(data)


def test_a_broken_file_is_refused() -> None:
    with pytest.raises(zlib.error):
        storage.unpack(b"no model")


# -- the file that is shipped


@pytest.fixture(scope="module")
def shipped() -> storage.ModelFile:
    return storage.unpack(MODEL.read_bytes())


@pytest.fixture(scope="module")
def manifest() -> dict[str, object]:
    return json.loads(MANIFEST.read_text("utf-8"))


def test_the_model_is_the_one_that_its_manifest_names(manifest: dict[str, object]) -> None:
    data = MODEL.read_bytes()
    assert manifest["digest"] == hashlib.blake2b(data, digest_size=16).hexdigest()
    assert manifest["bytes"] == len(data)
    assert str(manifest["command"]).startswith("python tools/train_model.py")


def test_the_model_speaks_of_the_classes_of_today(shipped: storage.ModelFile) -> None:
    assert shipped.header["classes"] == classes.COUNT
    assert len(shipped.blobs["transitions"]) == classes.COUNT**2
    assert len(shipped.blobs["single"]) == classes.COUNT
    assert set(shipped.header["inside"]) <= set(classes.NAMES)


def test_each_group_has_its_languages_and_letters(shipped: storage.ModelFile, manifest: dict[str, object]) -> None:
    groups = shipped.header["groups"]
    assert {group["name"] for group in groups} <= set(GROUPS)
    assert {language for group in groups for language in group["languages"]} <= set(shipped.header["prior"])
    for group in groups:
        assert len(set(group["letters"])) == len(group["letters"])
        assert len(set(group["languages"])) == len(group["languages"])
        assert len(shipped.blobs[f"{group['name']}-letter"]) == len(group["letters"])
    trained = {language for group in groups for language in group["languages"]}
    assert trained <= set(manifest["languages"])  # type: ignore[arg-type]


def test_the_file_is_small() -> None:
    assert MODEL.stat().st_size < 4_200_000
