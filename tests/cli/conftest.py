"""The command as a person runs it: a process of its own, in a data folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.course import small_course

ROOT = Path(__file__).parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def run(data: Path) -> Run:
    """`run("check", folder)` -> the finished process, output as text."""
    environment = {
        key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "PYTHONWARNINGS")
    }
    environment |= {"FELDWEG_DATA": str(data), "PYTHONPATH": str(ROOT)}

    def call(*arguments: object, typed: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "app", *map(str, arguments)]
        return subprocess.run(
            command, env=environment, input=typed, capture_output=True, text=True, timeout=120, check=False
        )

    return call


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """The small course as a folder."""
    folder = tmp_path / "kurs"
    for path, content in small_course().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder
