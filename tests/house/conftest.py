"""What the house tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.extensions import db
from tests.support.databases import separate_database


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Flask]:
    """An app with a database of its own that has no tables yet."""
    with separate_database(tmp_path / "data", "feldweg_migrations") as settings:
        app = create_app(settings)
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
