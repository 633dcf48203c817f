"""Rooms stay small enough to be read: files, functions, templates."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

APP = Path(__file__).parents[2] / "app"


@pytest.mark.parametrize("path", sorted(APP.rglob("*.py")), ids=lambda path: str(path.relative_to(APP)))
def test_files_and_functions_are_short(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            lines = (node.end_lineno or 0) - node.lineno + 1
            assert lines <= 30, f"{node.name} has {lines} lines"


@pytest.mark.parametrize("path", sorted(APP.rglob("*.html")), ids=lambda path: str(path.relative_to(APP)))
def test_templates_are_short(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 100
