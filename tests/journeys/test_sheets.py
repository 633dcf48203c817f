"""Sheets and scales with their scripts: reckoned while one moves them, drawn anew after a background save."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from app.accounts.models import User
from app.extensions import db
from tests.conftest import ClientFor
from tests.journeys.server import serving
from tests.quizzes.sheets_sample import block, moved, names
from tests.support.cast import Cast


@pytest.fixture
def page(app: Flask, cast: Cast, client_for: ClientFor, chromium: Browser) -> Iterator[Page]:
    """Anna on the page with the sheets."""
    with app.app_context():
        moved(cast)
        assert db.session.get(User, cast.anna.user_id)
        db.session.remove()
    (cookie,) = client_for(cast.anna)._cookies.values()
    with serving(app) as address:
        context = chromium.new_context()
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
        shown = context.new_page()
        problems: list[str] = []
        shown.on("pageerror", lambda error: problems.append(str(error)))
        shown.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
        shown.goto(f"{address}/kurs/{cast.nord}/seite/feld/blaetter")
        yield shown
        context.close()
        assert not problems


def choose(page: Page, scale: int, step: str) -> None:
    key = block("r1").scales[scale].key
    page.locator(f'#r1 input[name="r-{key}"][value="{step}"]').check(force=True)


def test_the_product_follows_the_scales(page: Page) -> None:
    result = page.locator("#r1 [data-result]")
    expect(result).to_have_text("–")
    choose(page, 0, "5")
    choose(page, 1, "4")
    expect(page.locator("#r1 [data-open-count]")).to_have_text("1")
    choose(page, 2, "5")
    expect(result).to_have_text("100")
    expect(page.locator("#r1 [data-weakest]")).to_have_text("Am niedrigsten: „Ziel“")
    expect(page.locator("#r1 [data-zero]")).to_be_hidden()
    choose(page, 1, "0")
    expect(result).to_have_text("0")
    expect(page.locator("#r1 [data-zero]")).to_contain_text("Auf 0: „Ziel“. Und mal 0 bleibt 0.")
    choose(page, 0, "0")
    expect(page.locator("#r1 [data-zero]")).to_contain_text("Auf 0: „Unmut“ und „Ziel“.")


def test_a_picture_is_drawn_anew_after_a_background_save(page: Page) -> None:
    expect(page.locator("#s6 .drawn")).to_contain_text("Die Waage ist noch leer.")
    page.locator(f'#s6 textarea[name="t-{names(block("s6"))[1]}-1-1"]').fill("teuer\nlangsam")
    expect(page.locator("#s6 [data-saved]")).to_contain_text("gespeichert")
    expect(page.locator("#s6 .drawn")).to_contain_text("Was spricht dagegen? 2 Argumente.")
    expect(page.locator("#s6 textarea").nth(1)).to_have_value("teuer\nlangsam")


def test_the_hint_comes_after_a_background_save(page: Page) -> None:
    page.locator("#t1 textarea").fill("Wir motivieren alle.")
    expect(page.locator("#t1")).to_contain_text("In Ihrem Text steht „motivieren“.")
