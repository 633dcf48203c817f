"""It is the evening of the training day: what was attended can be certified."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from app import clock
from tests.certificates.making import complete
from tests.support.cast import Cast, Person
from tests.support.client import PageClient

EVENING = datetime(2026, 7, 3, 18, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _evening(_friday_morning: None) -> Iterator[None]:
    with clock.standing_at(EVENING):
        yield


@pytest.fixture
def ready(app: Flask, cast: Cast) -> Cast:
    """Anna has everything; Bela's last slot is not recorded."""
    complete(app, cast, cast.anna)
    complete(app, cast, cast.bela, slots=(0, 2))
    return cast


@pytest.fixture
def olga(ready: Cast, client_for: Callable[[Person | None], PageClient]) -> PageClient:
    """The organiser's browser, with everything ready."""
    return client_for(ready.olga)
