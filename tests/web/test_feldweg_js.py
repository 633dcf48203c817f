"""feldweg.js in a real Chromium: going on without a network, printing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.standin import Answer, serving
from tests.web.test_answers_js import Desk, pytestmark, sync_api  # noqa: F401 - the mark

TOLD = (
    "Gerade keine Verbindung. Ihr Text ist auf diesem Gerät gesichert. "
    "Bitte versuchen Sie es gleich noch einmal."
)


@pytest.fixture
def desk(chromium) -> Iterator[Desk]:
    answer = Answer()
    with serving(answer) as address:
        one = Desk(chromium, address, answer)
        yield one
        one.context.close()
        assert not one.problems


def go_on(desk: Desk) -> None:
    desk.page.get_by_role("button", name="Weiter").click()


def test_without_a_network_one_stays_and_is_told(desk: Desk) -> None:
    desk.type("Netzwerk")
    desk.context.set_offline(True)
    for _ in range(2):
        go_on(desk)
        sync_api.expect(desk.page.get_by_role("status").filter(has_text=TOLD)).to_have_count(1)
    assert desk.page.url == desk.address
    assert desk.text() == "Netzwerk"
    desk.context.set_offline(False)
    go_on(desk)
    sync_api.expect(desk.page.locator("body")).to_have_text("Weitergegangen")


def test_a_laptop_that_is_its_own_server_is_not_held_back(desk: Desk) -> None:
    desk.page.evaluate("Object.defineProperty(navigator, 'onLine', { get: () => false })")
    go_on(desk)
    sync_api.expect(desk.page.locator("body")).to_have_text("Weitergegangen")


def test_printing(desk: Desk) -> None:
    desk.page.evaluate("window.print = () => { document.title = 'gedruckt' }")
    desk.page.get_by_role("button", name="Drucken").click()
    sync_api.expect(desk.page).to_have_title("gedruckt")
