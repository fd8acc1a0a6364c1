"""Parquet and Arrow IPC: values are repaired, everything else about the file stays."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from textmend.files import Job, Result, Settings, run_file, start, undo

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

ROWS = 1000
FIXED = {"鈥檚": "’s"}


def table(garbled: str = "鈥檚"):
    text = [f"Russia{garbled} army {number}" if number % 3 else None for number in range(ROWS)]
    hostile = ['"quoted"\n\r', "\x00\x01", "", '{"a": "鈥"}', "’s"] * (ROWS // 5)
    return pa.table(
        {
            "id": pa.array(range(ROWS), pa.int32()),
            "text": text,
            "large": pa.array(text, pa.large_string()),
            "hostile": hostile,
            "word": pa.array([f"Ukraine{garbled}", "plain", None, "plain"] * (ROWS // 4)).dictionary_encode(),
            "list": [[f"x{garbled}", None], [], None, ["y"]] * (ROWS // 4),
            "struct": [{"a": f"x{garbled}", "b": 1}, None] * (ROWS // 2),
            "bytes": pa.array([f"x{garbled}".encode()] * ROWS, pa.binary()),
            "when": pa.array([1] * ROWS, pa.timestamp("us", "UTC")),
        }
    ).replace_schema_metadata({"made": "here", "k\u00e9y": "鈥檚"})


def write_parquet(path: Path, garbled: str = "鈥檚") -> None:
    compression = {"text": "zstd", "id": "snappy", "hostile": "none"}
    with pq.ParquetWriter(path, table(garbled).schema, compression=compression, use_dictionary=["text"]) as writer:
        for number in range(4):
            writer.write_table(table(garbled).slice(number * 250, 250))
        writer.add_key_value_metadata({"added": "later"})


def write_file(path: Path, garbled: str = "鈥檚", compression: str | None = "zstd") -> None:
    options = pa.ipc.IpcWriteOptions(compression=compression)
    whole = table(garbled)
    with pa.OSFile(str(path), "wb") as out, pa.ipc.new_file(out, whole.schema, options=options) as writer:
        writer.write_table(whole, max_chunksize=300)


def write_stream(path: Path, garbled: str = "鈥檚") -> None:
    whole = table(garbled)
    with pa.OSFile(str(path), "wb") as out, pa.ipc.new_stream(out, whole.schema) as writer:
        writer.write_table(whole, max_chunksize=300)


WRITERS = {"a.parquet": write_parquet, "a.arrow": write_file, "a.arrows": write_stream}


def read(path: Path):
    if path.suffix == ".parquet":
        return pq.read_table(path)
    with pa.OSFile(str(path)) as file:
        return (pa.ipc.open_file if path.suffix == ".arrow" else pa.ipc.open_stream)(file).read_all()


def mend(path: Path, **more: object) -> Result:
    return run_file(path, Job("write", **more))


@pytest.mark.parametrize("name", WRITERS)
def test_the_values_are_repaired_and_nothing_else(name: str, tmp_path: Path, quick) -> None:
    assert quick
    path = tmp_path / name
    WRITERS[name](path)
    before = read(path)
    result = mend(path)
    assert not result.problem
    after = read(path)
    wanted = table("’s")
    assert after.schema.equals(before.schema, check_metadata=True)
    for column in wanted.column_names:
        expected = before[column] if column == "bytes" else wanted[column]
        assert after[column].to_pylist() == expected.to_pylist(), column
    assert result.tally.places


def test_parquet_keeps_row_groups_compression_and_metadata(tmp_path: Path, quick) -> None:
    assert quick
    path = tmp_path / "a.parquet"
    write_parquet(path)
    before = pq.ParquetFile(path).metadata
    assert mend(path).changed
    after = pq.ParquetFile(path).metadata
    assert after.num_row_groups == before.num_row_groups == 4
    assert {**after.metadata, b"ARROW:schema": b""} == {**before.metadata, b"ARROW:schema": b""}
    for group in range(4):
        for column in range(before.num_columns):
            old, new = before.row_group(group).column(column), after.row_group(group).column(column)
            assert new.compression == old.compression
            assert new.num_values == old.num_values
            assert ("RLE_DICTIONARY" in new.encodings) == ("RLE_DICTIONARY" in old.encodings)


def test_batches_and_compression_of_ipc_files_stay(tmp_path: Path, quick) -> None:
    assert quick
    for compression in ("zstd", "lz4", None):
        path = tmp_path / f"{compression}.arrow"
        write_file(path, compression=compression)
        size = path.stat().st_size
        with pa.OSFile(str(path)) as file:
            count = pa.ipc.open_file(file).num_record_batches
        assert mend(path).changed
        with pa.OSFile(str(path)) as file:
            assert pa.ipc.open_file(file).num_record_batches == count
        assert abs(path.stat().st_size - size) < size / 5


@pytest.mark.parametrize("name", WRITERS)
def test_clean_files_stay_and_undo_restores(name: str, tmp_path: Path, quick) -> None:
    assert quick
    path = tmp_path / name
    WRITERS[name](path, "’s")
    before = path.read_bytes()
    assert not mend(path).changed
    assert path.read_bytes() == before
    WRITERS[name](path)
    before = path.read_bytes()
    journal = tmp_path / "journal"
    start(journal)
    assert mend(path, journal=journal).changed
    assert [each.done for each in undo(journal)] == [True]
    assert path.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == [path, journal]


def test_columns_findings_output_and_refusals(tmp_path: Path, quick) -> None:
    assert quick
    path = tmp_path / "a.parquet"
    write_parquet(path)
    before = path.read_bytes()
    findings = run_file(path, Job("check", settings=Settings(("word",)))).findings
    assert findings
    assert all(finding.message.endswith("(column word)") for finding in findings)
    assert "has no column 'x'; there are id, text" in mend(path, settings=Settings(("x",))).problem
    assert "has no lines to show" in run_file(path, Job("diff")).problem
    out = tmp_path / "out.parquet"
    assert run_file(path, Job("output", output=out)).changed
    assert read(out)["text"].to_pylist() == table("’s")["text"].to_pylist()
    assert run_file(path, Job("dry-run")).changed
    assert path.read_bytes() == before


def test_damaged_files_are_told_and_left(tmp_path: Path) -> None:
    for name, write in WRITERS.items():
        path = tmp_path / name
        write(path)
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2])
        assert "cannot be read as" in mend(path).problem
        assert path.read_bytes() == data[: len(data) // 2]
        path.write_bytes(b"")
        assert mend(path).problem or not mend(path).changed


def test_without_pyarrow_one_sentence_says_what_to_install(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    write_parquet(path)
    code = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "import importlib.util; importlib.util.find_spec = lambda name: None\n"
        "from pathlib import Path; from textmend.files import Job, run_file\n"
        f"print(run_file(Path({str(path)!r}), Job('check')).problem)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "is a parquet file, which takes the extra [arrow]: pip install 'textmend[arrow]'\n"
