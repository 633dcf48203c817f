"""The demo: the real course with a fictional cohort in the middle of its day, and how to sign in to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypedDict

from flask import Flask

from app.demo.cohort import make

_FILE = "beispiel.json"


class Entrance(TypedDict):
    """One way into the demo, for the box on the start page."""

    role: str
    text: str
    href: str


def exists(app: Flask) -> bool:
    """Whether this installation holds the demo."""
    return _file(app).is_file()


def create(app: Flask, address: str) -> None:
    """Fill an empty database with the demo and remember how to get in. `address` stands in its QR codes."""
    _file(app).write_text(json.dumps(make(app, address), ensure_ascii=False, indent=2))


def announce(app: Flask) -> None:
    """Let the start page show how to sign in, if this is a demo installation."""
    if not exists(app):
        return
    ways: list[Entrance] = json.loads(_file(app).read_text())
    app.extensions["feldweg_demo"] = ways


def _file(app: Flask) -> Path:
    data: Path = app.extensions["feldweg"].settings.data
    return data / _FILE
