from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import textmend

# Nothing of this is needed to import the package; each is loaded when it is first used.
HEAVY = (
    "charset_normalizer",
    "chardet",
    "click",
    "dataclasses",
    "ftfy",
    "hashlib",
    "importlib.metadata",
    "importlib.resources",
    "inspect",
    "lzma",
    "re",
    "typing",
)


def run(code: str) -> str:
    # -S: what a site's own start-up files import is not textmend's doing
    done = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path[:0] = {sys.path!r}; {code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_all_is_sorted_and_without_repeats() -> None:
    assert textmend.__all__ == sorted(set(textmend.__all__))


def test_all_names_are_there_and_no_others() -> None:
    for name in textmend.__all__:
        assert getattr(textmend, name) is not None
    assert set(dir(textmend)) == {*textmend.__all__, "__version__"}


def test_the_lazy_names_are_the_public_names() -> None:
    assert sorted(textmend._HOME_OF) == textmend.__all__


def test_the_lazy_names_are_what_type_checkers_see() -> None:
    tree = ast.parse(Path(textmend.__file__).read_bytes())
    seen = {
        alias.name: node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module != "__future__"
        for alias in node.names
    }
    assert seen == {name: f"textmend.{home}" for name, home in textmend._HOME_OF.items()}


def test_no_public_function_has_the_name_of_a_subpackage() -> None:
    package = Path(textmend.__file__).parent
    inside = {path.stem for path in package.iterdir()}
    assert not inside & set(textmend.__all__)


def test_every_public_name_has_a_docstring() -> None:
    for name in textmend.__all__:
        assert (getattr(textmend, name).__doc__ or "").strip(), name


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="fix_txt"):
        _ = textmend.fix_txt


def test_star_import_gives_the_public_names() -> None:
    names: dict[str, object] = {}
    exec("from textmend import *", names)  # noqa: S102  there is no other way to do it here
    assert set(textmend.__all__) <= set(names)


def test_importing_the_package_loads_nothing_heavy() -> None:
    loaded = run("import textmend; print(*sys.modules)").split()
    before = run("print(*sys.modules)").split()
    assert not (set(loaded) - set(before)) & set(HEAVY)


def test_naming_a_function_loads_no_dependency_and_no_data() -> None:
    loaded = set(run("from textmend import fix_text; print(*sys.modules)").split())
    assert not loaded & {"chardet", "charset_normalizer", "click", "ftfy", "importlib.metadata"}
    assert not {name for name in loaded if name.startswith("textmend.plausibility")}


def test_the_command_line_is_not_loaded_by_the_library() -> None:
    loaded = run("import textmend; textmend.Options; textmend.fix_text; print(*sys.modules)").split()
    assert not {name for name in loaded if name.startswith("textmend.cli")}


def test_main_can_be_imported_without_running() -> None:
    assert importlib.import_module("textmend.__main__").main
