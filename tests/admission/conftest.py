"""Fixtures of the admission room."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.admission import making


@pytest.fixture
def mail(app: Flask) -> None:
    """A mail server is set."""
    making.set_mail(app)
