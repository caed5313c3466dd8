"""Who may import whom, and whose tables are whose."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODELS = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for pattern in ("app/*/models.py", "app/*/models/__init__.py")
    for path in ROOT.glob(pattern)
)


def test_the_contracts_on_imports_are_kept():
    command = [
        str(Path(sys.executable).parent / "lint-imports"),
        "--cache-dir",
        ".cache/importlinter",
    ]

    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout[-4000:]


@pytest.mark.parametrize("models", MODELS)
def test_only_its_own_module_and_queries_above_use_a_table(models):
    """Others may name a row's type and its states; they ask by queries and change by commands."""
    owner = models.split(".")[1]
    tables = tables_of(models)

    uses = {
        f"{path.relative_to(ROOT)}:{line} uses {name}"
        for path in sorted((ROOT / "app").rglob("*.py"))
        if not is_owner_or_queries(path.relative_to(ROOT / "app"), owner)
        for name, line in uses_of(models, tables, path)
    }

    assert not uses, "\n".join(sorted(uses))


def tables_of(models):
    return {
        name
        for name, value in vars(import_module(models)).items()
        if isinstance(value, type) and hasattr(value, "__table__")
    }


def is_owner_or_queries(path, owner):
    return path.parts[0] == owner or "queries" in path.with_suffix("").parts[1:2]


@cache
def source_of(path):
    return path.read_text(encoding="utf-8")


def uses_of(models, tables, path):
    """Where a table is used as more than an annotation."""
    if f"from {models}" not in source_of(path):
        return []
    tree = ast.parse(source_of(path))
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(models)
        for alias in node.names
        if alias.name in tables
    }
    annotations = {id(name) for part in annotations_in(tree) for name in ast.walk(part)}
    return [
        (node.id, node.lineno)
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id in imported and id(node) not in annotations
    ]


def annotations_in(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation:
            yield node.annotation
        if isinstance(node, ast.FunctionDef) and node.returns:
            yield node.returns
