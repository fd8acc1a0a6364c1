from __future__ import annotations

import ast
import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import textmend

COMPILED = "textmend._kernel"
MODULES = sorted({module.name for module in pkgutil.walk_packages(textmend.__path__, prefix="textmend.")} - {COMPILED})
FLAGS = doctest.ELLIPSIS


@pytest.mark.parametrize("name", ["textmend", *MODULES])
def test_the_examples_of_a_module_run(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name), optionflags=FLAGS)
    assert result.failed == 0


@pytest.mark.parametrize("name", ["README.md", "docs/bytes.md", "docs/configuration.md", "docs/ftfy.md"])
def test_the_examples_of_the_documents_run(root: Path, name: str) -> None:
    result = doctest.testfile(str(root / name), module_relative=False, optionflags=FLAGS)
    assert result.attempted
    assert result.failed == 0


@pytest.mark.parametrize("name", ["textmend", *MODULES])
def test_public_functions_and_classes_have_an_example(name: str) -> None:
    module = importlib.import_module(name)
    tree = ast.parse(Path(module.__file__ or "").read_bytes())
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            doc = ast.get_docstring(node) or ""
            assert doc, f"{name}.{node.name} has no docstring"
            if isinstance(node, ast.FunctionDef) and not name.startswith("textmend.cli"):
                assert ">>>" in doc, f"the docstring of {name}.{node.name} has no example"
