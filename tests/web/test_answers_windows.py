"""Two windows of one browser, and everything a page says about what is saved (answers.js in a real Chromium)."""

from __future__ import annotations

import pytest

from tests.web.standin import Answer
from tests.web.test_answers_js import Desk, answer, desk, pytestmark, sync_api

__all__ = ["answer", "desk", "pytestmark"]
OTHERWISE = "In einem anderen Fenster wurde etwas anderes gespeichert"


def test_both_windows_open_before_anything_was_saved(desk: Desk, answer: Answer) -> None:
    other = desk.open()
    desk.type("hier")
    desk.says("gespeichert 10:43")
    desk.type("dort", other)
    desk.says(OTHERWISE, other)
    assert (answer.version, answer.fields["text"]) == (1, "hier")
    assert desk.text(other) == "dort"


def test_a_window_does_not_take_over_what_another_is_about_to_send(desk: Desk, answer: Answer) -> None:
    answer.mood = "slow"
    desk.type("hier")
    desk.page.wait_for_timeout(2300)  # under way, and kept on the device
    other = desk.open()
    other.wait_for_timeout(400)
    assert desk.text(other) == ""
    answer.mood = "well"
    answer.gate.set()
    desk.says("gespeichert 10:43")
    desk.type("dort", other)
    desk.says(OTHERWISE, other)
    assert [each["text"] for each in answer.sent] == ["hier", "dort"]
    assert answer.fields["text"] == "hier"


def test_a_closed_window_leaves_its_text_to_the_next(desk: Desk, answer: Answer) -> None:
    answer.mood = "500"
    desk.type("hier")
    desk.says("wird wiederholt")
    desk.page.close()
    other = (
        desk.open()
    )  # still 500: what the closing window sent last must not get through before this one looks
    desk.says("wiederhergestellt von diesem Gerät", other)
    answer.mood = "well"
    desk.says("wiederhergestellt von diesem Gerät, gespeichert 10:43", other)
    assert answer.fields["text"] == "hier"


def test_a_window_that_was_signed_out_leaves_its_text_to_the_next(desk: Desk, answer: Answer) -> None:
    answer.mood = "401"
    desk.type("hier")
    desk.says("Sie sind nicht mehr angemeldet.")
    answer.mood = "well"
    other = desk.open()
    desk.says("wiederhergestellt von diesem Gerät, gespeichert 10:43", other)
    assert answer.fields["text"] == "hier"


@pytest.mark.parametrize("mood", ["well", "403"])
def test_the_state_is_shown_wherever_it_is_wanted(desk: Desk, answer: Answer, mood: str) -> None:
    answer.mood = mood
    again = sync_api.expect(desk.page.locator("[data-saved-again]"))
    desk.type("Netz")
    again.to_have_text("auf diesem Gerät", timeout=1900)
    words = "gespeichert 10:43" if mood == "well" else "Das ließ sich nicht speichern"
    desk.says(words)
    again.to_contain_text(words)
    assert desk.page.get_by_role("button", name="Seite neu laden").count() == (0 if mood == "well" else 2)
    assert desk.page.locator("main [aria-live]").count() == 1


def test_a_sentence_follows_what_is_saved(desk: Desk, answer: Answer) -> None:
    before, after = (
        sync_api.expect(desk.page.get_by_text(text, exact=True))
        for text in ("noch offen", "teilweise gespeichert")
    )
    desk.page.get_by_label("teilweise").check()
    before.to_be_visible()
    desk.says("gespeichert 10:43")
    before.to_be_hidden()
    after.to_be_visible()
    desk.page.get_by_label("offen", exact=True).check()
    after.to_be_hidden(timeout=6000)
    before.to_be_visible()
    assert answer.version == 2
