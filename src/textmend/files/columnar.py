"""Files of columns (Parquet, Arrow IPC): the strings in them are values; all else is kept.

Schema, metadata, compression, row groups and dictionaries stay. A file is read and written one row
group or record batch after another. It takes the extra [arrow].

>>> is_arrow_there() in (True, False)
True
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textmend.files.formats import Settings
from textmend.files.problems import FileError
from textmend.pooling import BATCH, Mended, Mender

_SAMPLE_VALUES = 20000  # values of a column that are judged first, as the sample


@dataclass(frozen=True, slots=True)
class Cell:
    """A value that is changed or spoken about: its column, its row from 1, what it was, what becomes of it.

    >>> Cell("title", 1, "a", Mended()).row
    1
    """

    column: str
    row: int
    before: str
    mended: Mended


def is_arrow_there() -> bool:
    """Whether the package pyarrow can be loaded.

    >>> isinstance(is_arrow_there(), bool)
    True
    """
    import importlib.util

    return importlib.util.find_spec("pyarrow") is not None


def repair(
    path: Path, form: str, mender: Mender, settings: Settings, tell: Callable[[Cell], None], target: Path | None
) -> bool:
    """Repair a file into a target; say whether anything changed.

    form: "parquet" or "arrow". tell: called for each value that is changed or has findings. target:
    None to look only. Raises FileError.

    >>> repair(Path("no such file"), "parquet", Mender(), Settings(), print, None)
    Traceback (most recent call last):
    ...
    textmend.files.problems.FileError: does not exist
    """
    if not is_arrow_there():
        raise FileError(f"is a {form} file, which takes the extra [arrow]: pip install 'textmend[arrow]'")
    import pyarrow as pa

    tables = _Tables(mender, settings, tell)
    try:
        if form == "parquet":
            return _repair_parquet(path, tables, target)
        return _repair_ipc(path, tables, target)
    except pa.ArrowException as error:
        raise FileError(f"cannot be read as {form}: {str(error).splitlines()[0]}") from None
    except FileNotFoundError:
        raise FileError("does not exist") from None
    except OSError as error:
        if error.errno:
            raise
        # the package's own complaints about damaged data
        raise FileError(f"cannot be read as {form}: {str(error).splitlines()[0]}") from None


class _Tables:
    """Repairs the string columns of tables that follow one another."""

    def __init__(self, mender: Mender, settings: Settings, tell: Callable[[Cell], None]) -> None:
        self._mender = mender
        self._wanted = settings.columns
        self._tell = tell
        self._row = 1
        self._learned = False
        self.changed = False

    def check(self, names: Sequence[str]) -> None:
        """Refuse columns that are not there."""
        for name in self._wanted:
            if name not in names:
                raise FileError(f"has no column {name!r}; there are {', '.join(names)}")

    def repair(self, batch: Any) -> Any:
        """Return a record batch or table with its strings repaired; the same object when none changed."""
        import pyarrow as pa

        columns = []
        changed = False
        for name, column in zip(batch.schema.names, batch.columns, strict=True):
            new = column
            if not self._wanted or name in self._wanted:
                if isinstance(column, pa.ChunkedArray):
                    given = column.chunks
                    chunks = []
                    first = self._row
                    for chunk in given:
                        chunks.append(self._array(chunk, name))
                        self._row += len(chunk)
                    self._row = first
                    if any(a is not b for a, b in zip(chunks, given, strict=True)):
                        new = pa.chunked_array(chunks, type=column.type)
                else:
                    new = self._array(column, name)
            changed = changed or new is not column
            columns.append(new)
        self._row += batch.num_rows
        if not changed:
            return batch
        self.changed = True
        return type(batch).from_arrays(columns, schema=batch.schema)

    def _array(self, array: Any, name: str) -> Any:
        """Return an array with its strings repaired; the same object when none changed."""
        import pyarrow as pa

        kind = array.type
        if pa.types.is_string(kind) or pa.types.is_large_string(kind) or kind == getattr(pa, "string_view", str)():
            return self._strings(array, name)
        if pa.types.is_dictionary(kind):
            given = array.dictionary
            words = self._array(given, name)
            if words is given:
                return array
            return pa.DictionaryArray.from_arrays(array.indices, words, ordered=kind.ordered)
        if pa.types.is_struct(kind):
            children = [array.field(index) for index in range(kind.num_fields)]
            new = [self._array(each, f"{name}.{kind[index].name}") for index, each in enumerate(children)]
            if all(a is b for a, b in zip(new, children, strict=True)):
                return array
            fields = [kind[index] for index in range(kind.num_fields)]
            mask = array.is_null() if array.null_count else None
            return pa.StructArray.from_arrays(new, fields=fields, mask=mask)
        if pa.types.is_list(kind) or pa.types.is_large_list(kind):
            if array.offset:
                return array  # a part of a longer array, which no file that was read holds
            values = array.values
            new_values = self._array(values, f"{name}[]")
            if new_values is values:
                return array
            mask = array.is_null() if array.null_count else None
            return type(array).from_arrays(array.offsets, new_values, type=kind, mask=mask)
        return array

    def _strings(self, array: Any, name: str) -> Any:
        """Repair an array of strings."""
        import pyarrow as pa

        changed: dict[int, str] = {}
        at = 0
        while at < len(array):
            values, end = _some(array, at)
            texts = [text for _, text in values]
            results = self._mender.mend_all(texts) if texts else []
            if not self._learned and any(result.changes for result in results):
                self._mender.learn()
                self._learned = True
            for (index, text), result in zip(values, results, strict=True):
                if result.changes or result.findings:
                    self._tell(Cell(name, self._row + index, text, result))
                if result.changes:
                    changed[index] = result.text(text)
            at = end
        if not changed:
            return array
        values = array.to_pylist()
        for index, text in changed.items():
            values[index] = text
        return pa.array(values, type=array.type)


def _some(array: Any, at: int) -> tuple[list[tuple[int, str]], int]:
    """Return the values from a place on, as many as are judged at once, and where they end."""
    values: list[tuple[int, str]] = []
    size = 0
    limit = min(len(array), at + _SAMPLE_VALUES)
    while at < limit and size < BATCH:
        step = min(1024, limit - at)
        try:
            texts = array.slice(at, step).to_pylist()
        except UnicodeDecodeError:
            texts = []  # bytes that are no text stay as they are
        for index, text in enumerate(texts):
            if text:
                values.append((at + index, text))
                size += len(text)
        at += step
    return values, at


def _repair_parquet(path: Path, tables: _Tables, target: Path | None) -> bool:
    """Repair a Parquet file, one row group after another."""
    import pyarrow.parquet as pq

    with contextlib.closing(pq.ParquetFile(path, memory_map=False)) as source:
        schema = source.schema_arrow
        tables.check(schema.names)
        writer = None
        if target is not None:
            meta = source.metadata
            writer = pq.ParquetWriter(target, schema, **_parquet_settings(meta))
        try:
            for number in range(source.num_row_groups):
                table = tables.repair(source.read_row_group(number))
                if writer is not None:
                    writer.write_table(table, row_group_size=max(1, table.num_rows))
            if writer is not None:
                extra = {
                    key.decode(): value.decode()
                    for key, value in (source.metadata.metadata or {}).items()
                    if key != b"ARROW:schema" and key not in (schema.metadata or {})
                }
                if extra:
                    writer.add_key_value_metadata(extra)
        finally:
            if writer is not None:
                writer.close()
    return tables.changed


def _parquet_settings(meta: Any) -> dict[str, Any]:
    """Return how a Parquet file was written, as far as its metadata tells."""
    settings: dict[str, Any] = {"version": meta.format_version if meta.format_version != "1.0" else "1.0"}
    if not meta.num_row_groups or not meta.num_columns:
        return settings
    group = meta.row_group(0)
    columns = [group.column(index) for index in range(meta.num_columns)]
    settings["compression"] = {
        each.path_in_schema: "NONE" if each.compression == "UNCOMPRESSED" else each.compression for each in columns
    }
    settings["use_dictionary"] = [
        each.path_in_schema for each in columns if {"PLAIN_DICTIONARY", "RLE_DICTIONARY"} & set(each.encodings)
    ] or False
    settings["write_statistics"] = any(each.is_stats_set for each in columns)
    if group.sorting_columns:
        settings["sorting_columns"] = list(group.sorting_columns)
    return settings


def _repair_ipc(path: Path, tables: _Tables, target: Path | None) -> bool:
    """Repair an Arrow IPC file or stream, one record batch after another."""
    import pyarrow as pa

    with pa.OSFile(str(path), "rb") as source:
        is_file = source.read(6) == b"ARROW1"
        source.seek(0)
        compression = _ipc_compression(path)
        reader = pa.ipc.open_file(source) if is_file else pa.ipc.open_stream(source)
        with reader:
            tables.check(reader.schema.names)
            options = pa.ipc.IpcWriteOptions(compression=compression, unify_dictionaries=is_file)
            writer = None
            with contextlib.ExitStack() as stack:
                if target is not None:
                    out = stack.enter_context(pa.OSFile(str(target), "wb"))
                    make = pa.ipc.new_file if is_file else pa.ipc.new_stream
                    writer = stack.enter_context(make(out, reader.schema, options=options))
                for batch in _batches(reader, is_file=is_file):
                    new = tables.repair(batch)
                    if writer is not None:
                        writer.write_batch(new)
    return tables.changed


def _batches(reader: Any, *, is_file: bool) -> Iterator[Any]:
    """Yield the record batches of an IPC reader."""
    if is_file:
        for number in range(reader.num_record_batches):
            yield reader.get_batch(number)
    else:
        yield from reader


def _ipc_compression(path: Path) -> str | None:
    """Tell the compression of an IPC file by the marks of its buffers."""
    with path.open("rb") as file:
        head = file.read(1 << 20)
    if b"\x28\xb5\x2f\xfd" in head:
        return "zstd"
    return "lz4" if b"\x04\x22\x4d\x18" in head else None
