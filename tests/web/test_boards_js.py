"""boards.js in a real Chromium: another row at once, cards that are moved by hand, a drawing that follows the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from app.course.block_reading import key_of
from app.quizzes import service
from tests.conftest import ClientFor
from tests.journeys.server import serving
from tests.quizzes.boards_sample import moved
from tests.support.cast import Cast

pytestmark = pytest.mark.browser
PLACE = key_of("Ort oder Angebot")


@pytest.fixture
def page(app: Flask, cast: Cast, client_for: ClientFor, chromium: Browser) -> Iterator[Page]:
    """Anna's page with a card on its board."""
    with app.app_context():
        moved(cast)
    client = client_for(cast.anna)
    client.post_form(f"/kurs/{cast.nord}/antwort/zu/k1", {f"t-{PLACE}-a1": "Bibliothek", "z-a1": "ja"})
    with serving(app) as address:
        context = chromium.new_context()
        context.add_cookies(
            [{"name": each.key, "value": each.value, "url": address} for each in client._cookies.values()]
        )
        opened = context.new_page()
        troubles: list[str] = []
        opened.on("pageerror", lambda error: troubles.append(str(error)))
        opened.goto(f"{address}/kurs/{cast.nord}/seite/feld/tafeln")
        opened.wait_for_function("document.documentElement.classList.contains('js')")
        opened.wait_for_timeout(200)
        yield opened
        context.close()
        assert not troubles


def body(app: Flask, cast: Cast, block: str) -> dict[str, object]:
    with app.app_context():
        return service.answers_of(cast.anna.enrolment_id)[block].body


def saved(page: Page, block: str) -> None:
    """What was just done is seen, and then kept."""
    state = page.locator(f"#{block} output[data-saved]")
    expect(state).to_have_attribute("data-state", re.compile("getippt|gerät"), timeout=3000)
    expect(state).to_have_attribute("data-state", "gespeichert", timeout=9000)


def test_a_card_moves_on_by_button_choice_and_hand(page: Page, app: Flask, cast: Cast) -> None:
    board = page.locator("#k1")
    card = board.locator('[data-row="a1"]')
    board.get_by_role("button", name="„Bibliothek“ nach „geprüft“ legen").click()
    expect(board.locator('[data-column="geprüft"] [data-row="a1"]')).to_be_visible()
    saved(page, "k1")
    assert body(app, cast, "k1")["cards"][0]["extras"]["spalte"] == "geprüft"
    card.get_by_label("Spalte der Karte „Bibliothek“").select_option("genutzt")
    expect(board.locator('[data-column="genutzt"] [data-row="a1"]')).to_be_visible()
    card.locator(".card__title").drag_to(board.locator('[data-column="entdeckt"] .column__name'))
    expect(board.locator('[data-column="entdeckt"] [data-row="a1"]')).to_be_visible()
    saved(page, "k1")
    assert body(app, cast, "k1")["cards"][0]["extras"]["spalte"] == "entdeckt"


def test_another_row_is_saved_like_the_others(page: Page, app: Flask, cast: Cast) -> None:
    board = page.locator("#k2")
    board.get_by_role("button", name="Weitere Karte").click()
    new = board.locator('[data-row="a4"]')
    expect(new.get_by_label("Ort", exact=True)).to_be_focused()
    new.get_by_label("Ort", exact=True).fill("Park")
    new.get_by_label("3", exact=True).check()
    saved(page, "k2")
    assert body(app, cast, "k2") == {
        "cards": [{"id": "a4", "entries": [{"q": "Ort", "a": "Park"}, {"q": "Wie wichtig?", "a": "3"}], "extras": {}, "consent": False}],
        "last": 4,
    }  # fmt: skip


def test_the_drawing_follows(page: Page) -> None:
    net = page.locator("#n1")
    net.get_by_role("button", name="Weitere Verbindung").click()
    row = net.locator(".net__rows [data-row]").last
    expect(row.locator("legend")).to_have_text("Verbindung 4")
    row.get_by_label("Von", exact=True).fill("Kita")
    row.get_by_label("Zu", exact=True).fill("Hort")
    expect(net.locator(".net__list")).to_contain_text("Kita – Hort", timeout=9000)
    assert net.locator("datalist option").last.get_attribute("value") == "Hort"
    net.get_by_role("button", name="Weiterer Knoten").click()
    expect(net.get_by_label("Eigener Knoten 3")).to_be_focused()


def test_both_sides_appear_without_a_reload(page: Page) -> None:
    sides = page.locator("#g1")
    sides.get_by_label("Schule", exact=True).check()
    sides.get_by_label("Wozu arbeiten wir zusammen?").first.fill("Für die Kinder")
    sides.get_by_label("Unsere Seite ist fertig").check()
    expect(page.locator("#g1-gemeinsam")).to_contain_text("Für die Kinder", timeout=9000)
    expect(sides.get_by_label("Darüber sprechen wir").first).to_be_visible()


def test_text_in_an_added_row_outlives_a_page_without_network(page: Page, app: Flask, cast: Cast) -> None:
    board, state = page.locator("#k2"), page.locator("#k2 output[data-saved]")
    page.route("**/antwort/zu/*", lambda route: route.abort())
    board.get_by_role("button", name="Weitere Karte").click()
    board.locator('[data-row="a4"]').get_by_label("Ort", exact=True).fill("Park")
    expect(state).to_contain_text("wird wiederholt", timeout=8000)
    page.unroute("**/antwort/zu/*")
    page.reload()
    expect(board.locator('[data-row="a4"]').get_by_label("Ort", exact=True)).to_have_value("Park")
    expect(state).to_have_attribute("data-state", "gespeichert", timeout=9000)
    page.wait_for_timeout(2500)
    assert [each["entries"][0]["a"] for each in body(app, cast, "k2")["cards"]] == ["Park"]
