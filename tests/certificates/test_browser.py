"""issue.js in a real browser: one after the other, stopping at an error, going on, and what is seen of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from app.certificates import service
from app.extensions import transaction
from tests.certificates.making import complete, issue, stored, url
from tests.support.cast import Cast, Person, enrol

pytestmark = pytest.mark.browser


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def people(app: Flask, ready: Cast) -> list[Person]:
    with app.app_context(), transaction():
        found = [enrol(ready.nord, f"Person {number:02d}") for number in range(5)]
    for person in found:
        complete(app, ready, person)
    return found


@pytest.fixture
def browser_page(
    address: str, app: Flask, ready: Cast, client_for: Any, people: list[Person], chromium: Browser
) -> Iterator[Page]:
    """Olga's browser at the list, with six people ready."""
    client = client_for(ready.olga)
    client.get(url(ready))
    cookie = client.get_cookie("feldweg")
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    context.add_cookies([{"name": "feldweg", "value": cookie.value, "url": address}])
    page = context.new_page()
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.goto(address + url(ready))
    yield page
    context.close()
    assert trouble == []


def test_one_by_one_with_visible_progress(browser_page: Page, app: Flask) -> None:
    browser_page.get_by_role("button", name="6 Bescheinigungen ausstellen").click()
    browser_page.get_by_role("dialog").get_by_role("button", name="6 Bescheinigungen ausstellen").click()
    words = browser_page.locator("[data-issue-words]")
    expect(words).to_have_text("6 von 6 ausgestellt. Fertig.", timeout=15_000)
    expect(browser_page.get_by_role("progressbar")).to_have_js_property("value", 6)
    expect(browser_page.get_by_text("ausgestellt: 2026-0006")).to_be_visible()
    assert [row.facts.name for row in stored(app)][:2] == ["Anna Kolb", "Person 00"]
    browser_page.get_by_role("link", name="Bescheinigungen ansehen und herunterladen").click()
    expect(browser_page.get_by_role("region", name="Ausgestellte Bescheinigungen")).to_contain_text(
        "2026-0006"
    )


def test_stops_at_an_error_names_it_and_goes_on(
    browser_page: Page, app: Flask, people: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    issue, broken = service.issue, [True]

    def sometimes(here: Any, enrolment_id: int, *rest: Any, **how: Any) -> service.Issued:
        if broken[0] and enrolment_id == people[2].enrolment_id:
            raise service.NotEligible(
                "Person 02", ("Die Anwesenheit ist noch nicht erfasst: „Fallwerkstatt“.",)
            )
        return issue(here, enrolment_id, *rest, **how)

    monkeypatch.setattr(service, "issue", sometimes)
    browser_page.get_by_role("button", name="6 Bescheinigungen ausstellen").click()
    browser_page.get_by_role("dialog").get_by_role("button", name="6 Bescheinigungen ausstellen").click()
    words = browser_page.locator("[data-issue-words]")
    expect(words).to_contain_text("3 von 6 ausgestellt. Angehalten bei Person 02", timeout=15_000)
    expect(words).to_contain_text("Fallwerkstatt")
    assert len(stored(app)) == 3
    broken[0] = False
    browser_page.get_by_role("button", name="Weiter ausstellen").click()
    expect(words).to_have_text("6 von 6 ausgestellt. Fertig.", timeout=15_000)
    assert len(stored(app)) == 6


def test_a_dead_network_is_said_and_harmless(browser_page: Page, app: Flask) -> None:
    context = browser_page.context
    context.set_offline(True)
    browser_page.get_by_role("button", name="6 Bescheinigungen ausstellen").click()
    browser_page.get_by_role("dialog").get_by_role("button", name="6 Bescheinigungen ausstellen").click()
    words = browser_page.locator("[data-issue-words]")
    expect(words).to_contain_text("Die Verbindung ist unterbrochen")
    context.set_offline(False)
    browser_page.get_by_role("button", name="Weiter ausstellen").click()
    expect(words).to_have_text("6 von 6 ausgestellt. Fertig.", timeout=15_000)
    assert len(stored(app)) == 6


def test_nothing_is_wider_than_the_phone(
    browser_page: Page, ready: Cast, people: list[Person], client_for: Any
) -> None:
    client = client_for(ready.olga)
    for person in people[:2]:
        issue(client, ready, person)
    for path in ("", f"/{ready.anna.enrolment_id}/vorschau", f"/{ready.bela.enrolment_id}/vorschau"):
        browser_page.goto(browser_page.url.split("/kohorten")[0] + url(ready, path))
        width = browser_page.evaluate("document.documentElement.scrollWidth")
        assert width <= 390, path
