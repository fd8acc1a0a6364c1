"""Facts about the repository that a reader relies on."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path

import textmend

SEED = {
    "garbled.txt": "519f580ed926b50d59784785e3abeb417b49f49aceeae94beaaa62194013d0cb",
    "expected.txt": "d4f7f483542239178cd9a3b2c3cbb9a8624c5f64dbff6525f0a2e47abd89dc8f",
}


def test_the_sample_is_the_one_that_was_found(root: Path) -> None:
    for name, wanted in SEED.items():
        data = (root / "fixtures" / "seed" / name).read_bytes()
        assert hashlib.sha256(data).hexdigest() == wanted


def test_the_documents_are_there_and_their_links_lead_somewhere(root: Path) -> None:
    documents = [*root.glob("*.md"), *root.glob("docs/**/*.md"), *root.glob("tests/*.md")]
    assert {"README.md", "CHANGELOG.md", "CONTRIBUTING.md"} <= {path.name for path in documents}
    for path in documents:
        for link in re.findall(r"\]\(([^)#\s]+)\)", path.read_text(encoding="utf-8")):
            if "://" not in link:
                assert (path.parent / link).exists(), f"{path.name}: {link}"


def test_the_changelog_speaks_of_this_version(root: Path) -> None:
    changes = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {textmend.__version__}" in changes


def test_the_package_data_is_in_the_wheel(root: Path) -> None:
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = settings["tool"]["setuptools"]["package-data"]["textmend"]
    source = root / "src" / "textmend"
    packaged = {path for pattern in patterns for path in source.glob(pattern)}
    assert {path for path in source.rglob("*") if path.suffix in {".bin", ".json", ".typed"}} <= packaged


def test_every_directory_of_fixtures_names_its_source(root: Path) -> None:
    for directory in (root / "fixtures").iterdir():
        if directory.is_dir():
            assert (directory / "README.md").exists(), directory.name
