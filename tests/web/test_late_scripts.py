"""What is typed before the scripts are there is kept like everything else: seminar houses have slow networks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.web.standin import Answer
from tests.web.test_answers_js import Desk, answer, desk, pytestmark

__all__ = ["answer", "desk", "pytestmark"]
SCRIPT = "**/drafts+answers.js*"
MISSING = "Das Netz fehlt. Was Sie schreiben, steht bisher nur auf dieser Seite"


@contextmanager
def page_without_script(desk: Desk) -> Iterator[object]:
    """A page whose script does not come through while this lasts."""
    desk.context.route(SCRIPT, lambda route: route.abort("internetdisconnected"))
    page = desk.context.new_page()
    page.goto(desk.address)
    yield page
    desk.context.unroute(SCRIPT)


def test_what_was_typed_before_the_script_came_is_saved(desk: Desk, answer: Answer) -> None:
    with page_without_script(desk) as page:
        desk.says(MISSING, page)
        desk.type("früh", page)
    desk.says("gespeichert 10:43", page, seconds=12)
    assert (answer.version, answer.fields["text"]) == (1, "früh")


def test_what_the_page_said_is_said_again(desk: Desk, answer: Answer) -> None:
    answer.version, answer.fields = 1, {"text": "von gestern"}
    with page_without_script(desk) as page:
        desk.says(MISSING, page)
    desk.says("gespeichert 10:42", page, seconds=12)
    page.locator("html[data-ready]").wait_for(state="attached")
    assert answer.sent == []


@pytest.mark.parametrize("event", ["online", "pause"])
def test_the_script_is_asked_for_again(desk: Desk, answer: Answer, event: str) -> None:
    with page_without_script(desk) as page:
        desk.says(MISSING, page)
    if event == "online":
        page.evaluate("dispatchEvent(new Event('online'))")
    page.locator("html[data-ready]").wait_for(state="attached", timeout=12_000)
    desk.type("danach", page)
    desk.says("gespeichert 10:43", page)
    assert answer.fields["text"] == "danach"
