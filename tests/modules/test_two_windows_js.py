"""Two windows with one person's cards, in a real Chromium against the application."""

from __future__ import annotations

import pytest

from app.extensions import db
from tests.journeys.server import serving
from tests.modules.doors import course
from tests.modules.test_questions_js import Desk
from tests.quizzes.boards_sample import moved

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect
pytestmark = pytest.mark.browser


@pytest.fixture
def desk(app, cast, client_for, chromium):
    with app.app_context():
        moved(cast)
        db.session.remove()
    client, path = client_for(cast.anna), course(cast, "seite/feld/tafeln")
    assert client.get(path).status_code == 200
    with serving(app) as address:
        made = Desk(chromium, client, address, path)
        yield made
        made.context.close()
        assert not made.problems


def title_of(page, number: int):
    """The first field of the card a<number> on the board k2."""
    return page.locator(f'#k2 [data-row="a{number}"] input[type=text]').first


def write(page, number: int, words: str) -> None:
    page.locator(f'#k2 [data-row="a{number}"] details').first.evaluate("each => { each.open = true; }")
    with page.expect_response(lambda response: response.request.method == "POST"):
        title_of(page, number).fill(words)


def test_a_card_in_a_row_that_only_the_other_window_has_is_not_deleted(desk: Desk, saved, cast) -> None:
    here, other = desk.page, desk.open()
    write(here, 1, "Kiosk")
    expect(here.locator("#k2 output[data-saved]")).to_contain_text("gespeichert")
    other.reload()
    button = here.locator("#k2 .row-adder")
    button.click()
    added = int(here.locator("#k2 [data-row]").last.get_attribute("data-row").removeprefix("a"))
    other_rows = other.locator(f'#k2 [data-row="a{added}"]')
    while other_rows.count():
        button.click()
        added += 1
        other_rows = other.locator(f'#k2 [data-row="a{added}"]')
    write(here, added, "Bolzplatz")
    expect(here.locator("#k2 output[data-saved]")).to_contain_text("gespeichert")
    write(other, 1, "Kiosk am Markt")
    other.wait_for_timeout(4000)
    titles = {card["id"]: card["entries"][0]["a"] for card in saved(cast.anna, "k2")["cards"]}
    assert titles[f"a{added}"] == "Bolzplatz"
    expect(other.locator("#k2 output[data-saved]")).to_contain_text("In einem anderen Fenster")
