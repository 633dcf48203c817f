"""Imports point down one list (docs and house plan); the core and all rules know neither web nor database."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

APP = Path(__file__).parents[2] / "app"
FLOORS: list[set[str]] = [
    {"course", "access", "clock", "sealing", "settings"},
    {"extensions"},
    {"database", "archive"},
    {"web"},
    {"accounts"},
    {"editions"},
    {"cohorts"},
    {"quizzes"},
    {"groups"},
    {"progress"},
    {"review"},
    {"schedule"},
    {"attendance", "admission"},
    {"modules", "live", "certificates"},
    {"desk"},
    {"demo"},
    {"commands"},
    {"cli"},
    {"__init__", "__main__"},
]
FLOOR = {name: number for number, names in enumerate(FLOORS) for name in names}
# settings derives its keys' length from sealing; both stand on the ground floor.
SAME_FLOOR_ALLOWED = {("settings", "sealing"), ("archive", "database"), ("__main__", "__init__")}
WEB_OR_DATABASE = {
    "flask",
    "flask_login",
    "flask_security",
    "flask_wtf",
    "sqlalchemy",
    "werkzeug",
    "wtforms",
    "jinja2",
}

FILES = sorted(APP.rglob("*.py"))


def room_of(path: Path) -> str:
    """The room (or single module) of app/ that a file belongs to."""
    return path.relative_to(APP).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Full names of all modules a file imports, wherever in it; `from a import b` counts as a.b."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(APP)))
def test_imports_point_down(path: Path) -> None:
    here = room_of(path)
    for name in imported(path):
        if not name.startswith("app."):
            continue
        there = name.split(".")[1]
        if there not in FLOOR:  # a name that `from app import …` takes from app/__init__.py
            there = "__init__"
        if there == here:
            continue
        allowed = FLOOR[there] < FLOOR[here] or (here, there) in SAME_FLOOR_ALLOWED
        if here in ("commands", "demo") and there == "__init__":
            allowed = True  # they start the application
        assert allowed, f"{path.relative_to(APP)} imports {name}: {here} may not know {there}"


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if room_of(path) in ("course", "access") or path.name == "rules.py"],
    ids=lambda path: str(path.relative_to(APP)),
)
def test_core_and_rules_know_neither_web_nor_database(path: Path) -> None:
    roots = {name.split(".")[0] for name in imported(path)}
    assert not roots & WEB_OR_DATABASE
    own = {name.split(".")[1] for name in imported(path) if name.startswith("app.")}
    assert not own & {"web", "extensions", "accounts"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(APP)))
def test_imports_stand_at_the_top(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            inside = [inner for inner in ast.walk(node) if isinstance(inner, ast.Import | ast.ImportFrom)]
            assert not inside, f"{path}: {node.name} imports inside"


def test_only_settings_reads_the_environment() -> None:
    readers = [
        str(path.relative_to(APP))
        for path in FILES
        if "os.environ" in path.read_text() or "getenv" in path.read_text()
    ]
    assert readers == ["settings.py"]


def test_only_the_clock_asks_the_time() -> None:
    askers = []
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and node.attr in ("now", "utcnow", "today"):
                owner = ast.unparse(node.value)
                if owner in ("datetime", "date", "datetime.datetime", "datetime.date"):
                    askers.append(str(path.relative_to(APP)))
    assert askers == ["clock.py"]
