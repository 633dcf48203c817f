"""procedure.js and survey.js in a real Chromium: the time goes on, also on a phone that slept; no draft stays behind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from app import clock
from tests.journeys.server import serving
from tests.modules.doors import course
from tests.quizzes.procedures_sample import FELDER, PATH

sync_api = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.browser
PAGE = "seite/feld/felder"
TIME = "#a1 [data-procedure-time]"


@pytest.fixture
def real_time(_friday_morning: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_fixed", None)


@pytest.fixture
def visit(app, cast, pinned, client_for, chromium) -> Iterator[Callable]:
    """`visit(person)`: the page, open in a browser of their own."""
    pinned({PATH: FELDER})
    contexts, problems = [], []
    with serving(app) as address:

        def begin(person, path=PAGE, **options):
            cookie = client_for(person).get_cookie(app.config["SESSION_COOKIE_NAME"])
            assert cookie
            context = chromium.new_context(**options)
            contexts.append(context)
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
            page = context.new_page()
            page.on("pageerror", lambda error: problems.append(str(error)))
            page.clock.install()
            page.goto(address + course(cast, path))
            return page

        yield begin
        for context in contexts:
            context.close()
    assert not problems


def seconds(page) -> int:
    minutes, rest = page.locator(TIME).text_content().split(":")
    return int(minutes) * 60 + int(rest)


def test_all_see_the_step_and_the_time_goes_on(real_time, visit, cast):
    anna, tarek = visit(cast.anna, viewport={"width": 390, "height": 800}), visit(cast.tarek)
    tarek.locator("#a1").get_by_role("button", name="Beginnen").click()
    sync_api.expect(tarek.locator("#a1 .pace__where")).to_have_text("Schritt 1 von 4")
    assert tarek.url.endswith(PAGE)  # without loading the page anew
    sync_api.expect(anna.locator("#a1 .pace__where")).to_have_text("Schritt 1 von 4", timeout=8000)
    sync_api.expect(anna.locator(TIME)).to_have_text(re.compile(r"[45]:\d\d"))
    said = anna.locator("#a1 [data-procedure-said]")
    sync_api.expect(said).to_have_text("Schritt 1 von 4: Auftrag, 5 Minuten.")
    before = seconds(anna)
    anna.wait_for_timeout(2500)
    assert 1 <= before - seconds(anna) <= 4
    assert anna.locator("#a1 [data-procedure-age]").is_hidden()


def test_a_phone_that_slept_shows_the_right_time_at_once(real_time, visit, cast):
    tarek = visit(cast.tarek)
    tarek.locator("#a1").get_by_role("button", name="Beginnen").click()
    sync_api.expect(tarek.locator(TIME)).to_have_text(re.compile(r"[45]:\d\d"))
    before = seconds(tarek)
    tarek.context.set_offline(True)
    tarek.clock.fast_forward(120_000)
    tarek.wait_for_timeout(700)
    assert 118 <= before - seconds(tarek) <= 126
    sync_api.expect(tarek.locator("#a1 [data-procedure-status]")).to_contain_text("keine Verbindung")
    tarek.clock.fast_forward(125_000)
    sync_api.expect(tarek.locator("#a1 [data-procedure-said]")).to_have_text("Noch eine Minute.")
    tarek.clock.fast_forward(60_000)
    sync_api.expect(tarek.locator(TIME)).to_have_text("Zeit ist um")
    sync_api.expect(tarek.locator("#a1 [data-procedure-said]")).to_have_text("Zeit ist um.")
    tarek.context.set_offline(False)
    sync_api.expect(tarek.locator(TIME)).to_have_text(re.compile(r"4:\d\d"), timeout=8000)


def test_paused_it_stands_still(real_time, visit, cast):
    tarek = visit(cast.tarek)
    panel = tarek.locator("#a1 .pace")
    panel.get_by_role("button", name="Beginnen").click()
    panel.get_by_role("button", name="Anhalten").click()
    sync_api.expect(panel).to_contain_text("angehalten")
    before = seconds(tarek)
    tarek.wait_for_timeout(1500)
    assert seconds(tarek) == before
    panel.get_by_role("button", name="Weiterlaufen").click()
    sync_api.expect(panel).not_to_contain_text("angehalten")


def test_a_moderator_with_an_old_page_skips_nothing(real_time, visit, cast):
    one, two = visit(cast.tarek), visit(cast.olga)
    one.locator("#a1").get_by_role("button", name="Beginnen").click()
    sync_api.expect(two.locator("#a1 .pace__where")).to_have_text("Schritt 1 von 4", timeout=8000)
    one.locator("#a1").get_by_role("button", name="Weiter", exact=True).click()
    two.locator("#a1").get_by_role("button", name="Weiter", exact=True).click()
    for page in (one, two):
        sync_api.expect(page.locator("#a1 .pace__where")).to_have_text("Schritt 2 von 4", timeout=8000)


def test_what_was_handed_in_leaves_this_device(visit, cast):
    anna = visit(cast.anna)
    drafts = """async () => {
      const m = await import(document.documentElement.dataset.drafts);
      return Boolean(await m.get(document.querySelector('[data-owner], [data-handed-in]').closest('.block')
        .querySelector('form')?.dataset.owner ?? document.querySelector('[data-handed-in]').dataset.handedIn, 'u1'));
    }"""
    anna.locator("#u1 textarea").press_sequentially("Eine Bank")
    sync_api.expect(anna.locator("#u1 output[data-saved]")).to_have_text("auf diesem Gerät")
    assert anna.evaluate(drafts)
    anna.get_by_role("button", name="Antworten abgeben").click()
    sync_api.expect(anna.locator("#u1 .note")).to_contain_text("Danke")
    anna.wait_for_timeout(300)
    assert not anna.evaluate(drafts)
