"""The import rule: who may import whom. Imports inside functions count too."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

BASE = {"compiled", "errors", "options", "results"}
FACTS = {"encodings", "plausibility"}
STAGES = {"decoding", "misreadings", "rules"}
SURFACES = {"cli", "columns", "compat", "files", "guard", "lint", "web"}

# For each layer the modules and packages of textmend that it may import. A package may import all
# of its own; of another package only the package itself, not the modules inside it.
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "options": {"errors"},
    "later": set(),
    "results": {"errors", "later"},
    "compiled": {"_kernel"},
    "positions": {"results", "compiled"},
    "markers": set(),
    "encodings": {"errors"},
    "plausibility": {"errors", "encodings", "compiled", "_kernel"},
    "misreadings": BASE | FACTS,
    "decoding": BASE | FACTS | {"misreadings"},
    "rules": BASE | FACTS | {"misreadings"},
    "programs": BASE | STAGES,
    "pipeline": BASE | {"positions", "programs"} | STAGES,
    "api": BASE | {"pipeline", "pooling", "rules", "decoding", "bytes_api"},
    "bytes_api": BASE | {"pipeline", "rules", "decoding", "misreadings", "encodings", "plausibility"},
    "pooling": BASE | {"pipeline", "misreadings", "rules"},
    "__init__": BASE | {"api", "bytes_api", "pooling"},
    "__main__": {"cli"},
    # surfaces may use everything but other surfaces; the command line drives them all
    **{
        name: BASE | STAGES | {"api", "bytes_api", "markers", "pipeline", "pooling", "positions", "encodings"}
        for name in SURFACES
    },
}
MAY_IMPORT["cli"] |= SURFACES

# Modules that are the public face of their package. Everything else inside one is private.
OPEN_INSIDE = {"plausibility.model", "plausibility.steps", "rules.base", "rules.normal_forms"}

SOURCE = Path(__file__).resolve().parent.parent / "src" / "textmend"
MODULES = sorted(path for path in SOURCE.rglob("*.py"))


def imports(path: Path) -> set[str]:
    """Return the dotted names below textmend that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                continue  # a relative import stays inside its package
            if node.module == "textmend":
                found |= {f"textmend.{alias.name}" for alias in node.names}
            elif node.module:
                found.add(node.module)
    return {name.removeprefix("textmend.") for name in found if name.startswith("textmend.")}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_imports_only_what_its_layer_may(path: Path) -> None:
    layer = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    assert layer in MAY_IMPORT, f"{layer} has no place in the layers: add it to MAY_IMPORT"
    for name in imports(path) - {"__version__"}:
        top, _, inside = name.partition(".")
        if top == layer:
            continue
        assert top in MAY_IMPORT[layer], f"{layer} must not import {top}"
        assert not inside or name in OPEN_INSIDE, f"{name} is private to {top}"


def test_modules_are_short_enough_to_read_at_one_sitting() -> None:
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        if "generated" not in text[:200].lower():
            assert text.count("\n") < 400, f"{path.relative_to(SOURCE)} is too long"
