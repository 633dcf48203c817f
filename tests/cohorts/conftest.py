"""What the tests of the cohorts room share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask

from app.extensions import db, transaction

Reading = Callable[[], Any]


@pytest.fixture
def reading(app: Flask) -> Reading:
    """`with reading():` reads the database as it is now."""

    @contextmanager
    def inside() -> Iterator[None]:
        with app.app_context():
            yield
            db.session.remove()

    return inside


@pytest.fixture
def writing(app: Flask) -> Reading:
    """`with writing():` changes the database as a view would."""

    @contextmanager
    def inside() -> Iterator[None]:
        with app.app_context():
            with transaction():
                yield
            db.session.remove()

    return inside
