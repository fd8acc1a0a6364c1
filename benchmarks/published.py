"""ftfy's own published cases, from its source distribution: what it passes, what it fails.

The file is fetched with pip, pinned, into build/heldout; nothing of it is copied into this project.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tarfile

from data import HELD_OUT
from judging import Case

_VERSION = "6.3.1"
_FILE = f"ftfy-{_VERSION}.tar.gz"
_DIGEST = "9b3c3d90f84fb267fe64d375a07b7f8912d817cf86009ae134aa03e1819506ec"
_INSIDE = f"ftfy-{_VERSION}/tests/test_cases.json"


def cases() -> list[Case]:
    """Return the published cases; the answer may or may not have ftfy's style."""
    found = []
    for row in json.loads(_read()):
        wanted = row.get("fixed-encoding", row["fixed"])
        name = "ftfy passes" if row["expect"] == "pass" else "ftfy fails"
        lossy = "\ufffd" in wanted
        case = Case("ftfy", name, row["label"], wanted, row["original"], (row["fixed"],), lossy)
        found.append(case)
    return found


def _read() -> bytes:
    """Return the file of cases, fetched if it is not there, its archive's digest checked."""
    HELD_OUT.mkdir(parents=True, exist_ok=True)
    path = HELD_OUT / _FILE
    if not path.exists():
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
        subprocess.run([*command, "--dest", str(HELD_OUT), f"ftfy=={_VERSION}"], check=True)
    if hashlib.sha256(path.read_bytes()).hexdigest() != _DIGEST:
        raise SystemExit(f"{path.name} is not the file that is pinned")
    with tarfile.open(path) as archive:
        file = archive.extractfile(_INSIDE)
        if file is None:
            raise SystemExit(f"{path.name} has no {_INSIDE}")
        return file.read()
