"""Text that still lies on the device is missed on every other page, by its writer only (elsewhere.js in a real Chromium)."""

from __future__ import annotations

from tests.web.standin import Answer
from tests.web.test_answers_js import Desk, answer, desk, pytestmark, sync_api

__all__ = ["answer", "desk", "pytestmark"]
LIES = "Auf diesem Gerät liegt noch Text, der nicht übertragen ist: Probe. Er wird übertragen, wenn Sie die Seite öffnen."
SETTLED = 9500  # elsewhere.js: what was written a moment ago may be on its way; asked again after this
OLD = """async (drafts) => {
  const m = await import(document.documentElement.dataset.drafts);
  for (const each of drafts) await m.put({ fields: [["text", "x"]], version: 0, time: 1, tab: "zu", ...each });
}"""


def notice(page):
    return sync_api.expect(page.get_by_role("status").filter(has_text="Auf diesem Gerät"))


def left_unsent(desk: Desk, answer: Answer) -> None:
    """Somebody typed in the train and closed the page."""
    answer.mood = "500"
    desk.type("im Zug")
    desk.says("wird wiederholt")
    desk.page.close()
    desk.page = None


def test_another_page_says_so_and_leads_there(desk: Desk, answer: Answer) -> None:
    left_unsent(desk, answer)
    page = desk.open("woanders")
    page.set_viewport_size({"width": 390, "height": 800})
    notice(page).to_have_text(LIES, timeout=SETTLED)
    assert page.locator("main > :first-child").get_attribute("role") == "status"
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.locator("main > :first-child").bounding_box()["width"] <= 390
    assert all(not each["background"] or each["mood"] == "500" for each in answer.sent)
    answer.mood = "well"
    page.get_by_role("link", name="Probe").click()
    page.wait_for_url("**/#l1-1")
    desk.says("wiederhergestellt von diesem Gerät, gespeichert 10:43", page)
    assert answer.fields["text"] == "im Zug"
    page.goto(desk.address + "woanders")
    page.wait_for_timeout(1500)
    notice(page).to_have_count(0)


def test_it_goes_when_the_text_has_gone(desk: Desk, answer: Answer) -> None:
    left_unsent(desk, answer)
    page = desk.open("woanders")
    notice(page).to_have_count(1, timeout=SETTLED)
    answer.mood = "well"
    desk.says("gespeichert 10:43", desk.open())
    notice(page).to_have_count(0, timeout=SETTLED)


def test_nobody_else_learns_of_it(desk: Desk, answer: Answer) -> None:
    left_unsent(desk, answer)
    desk.context.add_cookies([{"name": "wer", "value": "jonas", "url": desk.address}])
    page = desk.open("woanders")
    page.wait_for_timeout(SETTLED)
    notice(page).to_have_count(0)
    assert desk.drafts(page)


def test_a_window_that_is_open_looks_after_its_text_itself(desk: Desk, answer: Answer) -> None:
    answer.mood = "500"
    desk.type("bin noch da")
    desk.says("wird wiederholt")
    page = desk.open("woanders")
    page.wait_for_timeout(SETTLED)
    notice(page).to_have_count(0)
    notice(desk.page).to_have_count(0)


def test_what_arrived_while_leaving_is_not_missed(desk: Desk, answer: Answer) -> None:
    desk.type("schnell weg")
    desk.page.goto(desk.address + "woanders")
    desk.page.wait_for_timeout(SETTLED)
    assert answer.fields["text"] == "schnell weg"
    notice(desk.page).to_have_count(0)
    assert desk.drafts() == []


def test_what_waits_for_its_button_is_not_missed(desk: Desk) -> None:
    page = desk.open("?quiz=1")
    desk.type("Antwort", page)
    desk.says("auf diesem Gerät", page)
    page.close()
    page = desk.open("woanders")
    page.wait_for_timeout(SETTLED)
    notice(page).to_have_count(0)
    assert desk.drafts(page)


def test_three_pages_at_most_and_no_older_drafts(desk: Desk) -> None:
    page = desk.open("woanders")
    page.evaluate(OLD, [{"owner": "17", "block": "von-früher"}, {"owner": "mara", "block": "register 1 2"}])
    desk.context.set_offline(True)
    page.evaluate(OLD, [
        {"owner": "17", "block": f"b{n}", "who": "mara", "page": f"/{n // 2}#b{n}", "title": f"<i>{n // 2}</i>"} for n in range(10)
    ])  # fmt: skip
    page.evaluate("dispatchEvent(new Event('online'))")
    notice(page).to_contain_text("<i>0</i>, <i>1</i>, <i>2</i> und 2 weitere.")
    assert page.locator("main [role=status] a").count() == 3


def test_on_a_phone_what_is_said_without_a_network_is_in_view(desk: Desk) -> None:
    page = desk.open("woanders")
    page.set_viewport_size({"width": 390, "height": 700})
    button = page.get_by_role("button", name="Weiter")
    button.evaluate("each => scrollBy(0, each.getBoundingClientRect().bottom - innerHeight + 90)")
    desk.context.set_offline(True)
    button.evaluate("each => each.click()")
    told = page.get_by_text("Gerade keine Verbindung")
    told.wait_for()
    page.wait_for_timeout(300)
    bottom = told.bounding_box()["y"] + told.bounding_box()["height"]
    assert bottom <= page.locator(".places").bounding_box()["y"]
