r"""Findings as a log of SARIF 2.1.0, the format of code scanners (OASIS standard).

>>> log([], [], {})["runs"][0]["results"]
[]
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from textmend import __version__
from textmend.lint.entries import About, Entry
from textmend.lint.showing import show, sound

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
"""The address that names the schema, as the standard gives it."""

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_ROOT = "%SRCROOT%"  # what relative addresses are relative to; the reader of the log knows where that is
_FINGERPRINT_BYTES = 8


def log(entries: Sequence[Entry], problems: Sequence[tuple[str, str]], about: Mapping[str, About]) -> dict[str, Any]:
    """Return a log of one run.

    problems: files that could not be looked at, each with the reason.

    >>> log([], [("a.json", "is a directory")], {})["runs"][0]["invocations"][0]["executionSuccessful"]
    False
    """
    codes = {code: number for number, code in enumerate(about)}
    seen: dict[str, int] = {}
    invocation: dict[str, Any] = {"executionSuccessful": not problems}
    if problems:
        invocation["toolExecutionNotifications"] = [
            {
                "level": "error",
                "message": {"text": sound(message)},
                "locations": [{"physicalLocation": {"artifactLocation": _artifact(path)}}],
            }
            for path, message in problems
        ]
    driver = {
        "name": "textmend",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(each) for each in about.values()],
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [invocation],
        "columnKind": "unicodeCodePoints",
        "results": [_result(entry, codes, seen) for entry in entries],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(about: About) -> dict[str, Any]:
    """Return what there is to say about a code."""
    return {
        "id": about.code,
        "name": "".join(part.capitalize() for part in about.name.split("-")),
        "shortDescription": {"text": about.summary},
        "fullDescription": {"text": about.why},
        "help": {"text": about.why},
        "defaultConfiguration": {"level": _LEVELS[about.severity]},
    }


def _result(entry: Entry, codes: Mapping[str, int], seen: dict[str, int]) -> dict[str, Any]:
    """Return one finding."""
    found = entry.finding
    text = sound(found.message)
    if found.after is not None:
        text += f": {show(found.before)} → {show(found.after)}"
    region = _region(entry)
    result: dict[str, Any] = {
        "ruleId": found.rule,
        "ruleIndex": codes[found.rule],
        "level": _LEVELS[found.severity],
        "message": {"text": text},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": _artifact(entry.path),
                    "region": {**region, "snippet": {"text": sound(found.before)}},
                }
            }
        ],
        "partialFingerprints": {"textmend/v1": _fingerprint(entry, seen)},
        "properties": {"confidence": round(found.confidence, 4), "chain": list(found.chain)},
    }
    if entry.literal and found.after is not None:
        replacement = {"deletedRegion": region, "insertedContent": {"text": sound(found.after)}}
        change = {"artifactLocation": _artifact(entry.path), "replacements": [replacement]}
        result["fixes"] = [{"description": {"text": f"Make it {show(found.after)}"}, "artifactChanges": [change]}]
    return result


def _region(entry: Entry) -> dict[str, int]:
    """Return where a finding stands."""
    line, column = entry.end
    found = entry.finding
    return {"startLine": found.line, "startColumn": found.column, "endLine": line, "endColumn": column}


def _artifact(path: str) -> dict[str, str]:
    """Return the address of a file: relative ones as they are, others from the root of the disc."""
    data = os.fsencode(path.replace(os.sep, "/"))
    if PurePath(path).is_absolute():
        return {"uri": f"file://{quote(data)}"}
    return {"uri": quote(data), "uriBaseId": _ROOT}


def _fingerprint(entry: Entry, seen: dict[str, int]) -> str:
    """Return what stays the same while lines move: the code, the text and which of its kind in the file it is."""
    found = entry.finding
    key = "\0".join((entry.path, found.rule, found.before, found.after or ""))
    seen[key] = seen.get(key, 0) + 1
    data = f"{key}\0{seen[key]}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=_FINGERPRINT_BYTES).hexdigest()
