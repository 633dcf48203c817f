"""Journeys: a real server, a real Chromium, the real course. `browser` tests; without Chromium they are skipped aloud."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from app import clock
from tests.journeys import setting
from tests.journeys.server import serving
from tests.journeys.setting import Scene
from tests.journeys.visitor import DESK, PHONE, Device, Visitor

NewVisitor = Callable[..., Visitor]
expect.set_options(timeout=10_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


class Hour:
    """The time of the day, for the test and the server alike."""

    def __init__(self) -> None:
        self._standing = ExitStack()

    def strikes(self, time: str, day: date = setting.DAY) -> None:
        """Now it is this time (09:05) in Berlin."""
        hours, minutes = map(int, time.split(":"))
        self._standing.close()
        self._standing.enter_context(clock.standing_at(clock.instant(day, hours * 60 + minutes)))

    def close(self) -> None:
        self._standing.close()


@pytest.fixture
def hour(_friday_morning: None) -> Iterator[Hour]:
    """It is 08:50, ten minutes before the day begins."""
    found = Hour()
    found.strikes("08:50")
    yield found
    found.close()


@pytest.fixture
def real_time(_friday_morning: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock runs: for journeys in which other processes take part."""
    monkeypatch.setattr(clock, "_fixed", None)


@pytest.fixture
def scene(app: Flask, hour: Hour) -> Scene:
    return setting.set_up(app)


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    with serving(app) as found:
        yield found


@pytest.fixture
def visit(chromium: Browser, address: str) -> Iterator[NewVisitor]:
    """`visit(PHONE)`: somebody new at such a device. At the end nobody may have met trouble."""
    visitors: list[Visitor] = []

    def begin(device: Device, **options: bool) -> Visitor:
        visitors.append(Visitor(chromium, address, device, **options))
        return visitors[-1]

    yield begin
    for visitor in visitors:
        visitor.close()
    for visitor in visitors:
        visitor.untroubled("am Ende")


@pytest.fixture(params=[PHONE, DESK], ids=["390", "1280"])
def device(request: pytest.FixtureRequest) -> Device:
    found: Device = request.param
    return found
