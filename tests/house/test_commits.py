"""Only views and the command line open a transaction; services flush; nobody commits by hand."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

APP = Path(__file__).parents[2] / "app"
FILES = sorted(APP.rglob("*.py"))
# Files that speak HTTP or are started by a person or a thread, and may therefore open a transaction.
OPENERS = {
    "views.py", "verification.py", "demo/cohort.py", "extensions.py", "errors.py",
    "letters.py",  # its thread sends each letter in a transaction of its own
    "signin.py",  # counts a failed sign-in while Flask-Security's view runs
}  # fmt: skip


def calls(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            found.add(ast.unparse(node.func))
    return found


def may_open(path: Path) -> bool:
    named = {path.name, f"{path.parent.name}/{path.name}"}
    return (
        bool(named & OPENERS) or path.name.endswith("_views.py") or path.parent.name in ("views", "commands")
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(APP)))
def test_transactions_stand_in_views_and_commands(path: Path) -> None:
    used = calls(path)
    if not may_open(path):
        assert "transaction" not in used, f"{path.relative_to(APP)} opens a transaction"
    if path.name != "extensions.py":
        by_hand = {call for call in used if call.endswith("session.commit")}
        assert not by_hand, f"{path.relative_to(APP)} commits by hand"
