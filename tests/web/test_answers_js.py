"""No text is lost: answers.js in a real Chromium against a server that misbehaves (reliability.md §4)."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.support.browser import ARGUMENTS, CHROMIUM
from tests.web.standin import Answer, serving

sync_api = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.browser
logging.getLogger("werkzeug").setLevel(logging.ERROR)


class Desk:
    """One person at one browser."""

    def __init__(self, browser, address: str, answer: Answer) -> None:
        self.context, self.address, self.answer = browser.new_context(), address, answer
        self.page = self.open()

    def open(self, query: str = ""):
        page = self.context.new_page()
        self.problems: list[str] = []
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.goto(self.address + query)
        page.locator("html[data-ready]").wait_for(state="attached")
        page.wait_for_timeout(150)  # a draft that may be there
        return page

    def type(self, text: str, page=None) -> None:
        (page or self.page).locator("textarea").press_sequentially(text)

    def text(self, page=None) -> str:
        return (page or self.page).locator("textarea").input_value()

    def says(self, words: str, page=None, seconds: float = 6) -> None:
        sync_api.expect((page or self.page).locator("[data-saved]")).to_contain_text(
            words, timeout=seconds * 1000
        )

    def drafts(self, page=None) -> list:
        return (page or self.page).evaluate(
            "async () => { const m = await import(document.documentElement.dataset.drafts); const d = await m.get('17', 'l1-1'); return d ? [d] : [] }"
        )


@pytest.fixture
def answer() -> Answer:
    return Answer()


@pytest.fixture
def desk(chromium, answer: Answer) -> Iterator[Desk]:
    with serving(answer) as address:
        one = Desk(chromium, address, answer)
        yield one
        one.context.close()
        assert not one.problems


def test_typed_then_on_this_device_then_saved(desk: Desk, answer: Answer) -> None:
    desk.type("Netzwerk")
    desk.says("getippt")
    desk.says("auf diesem Gerät", seconds=1)
    assert not answer.sent
    desk.says("gespeichert 10:43")
    assert (answer.version, answer.fields["text"]) == (1, "Netzwerk")
    desk.page.get_by_label("teilweise").check()
    desk.page.wait_for_timeout(2600)
    assert (answer.version, answer.fields["stand"]) == (2, "teilweise")
    assert len({each["id"] for each in answer.sent}) == len(answer.sent) == 2
    assert desk.drafts() == []


def test_who_types_on_and_on_is_saved_at_least_every_ten_seconds(desk: Desk, answer: Answer) -> None:
    desk.page.locator("textarea").press_sequentially("x" * 120, delay=100)
    assert answer.version >= 1
    desk.says("gespeichert 10:43")
    assert answer.fields["text"] == "x" * 120


def test_offline_keeps_and_sends_when_back(desk: Desk, answer: Answer) -> None:
    desk.context.set_offline(True)
    desk.type("ohne Netz")
    desk.says("noch nicht übertragen, wird wiederholt")
    desk.type(" geschrieben")
    desk.page.wait_for_timeout(500)
    assert desk.drafts()[0]["fields"] == [["text", "ohne Netz geschrieben"]]
    desk.context.set_offline(False)
    desk.says("gespeichert 10:43", seconds=12)
    desk.page.wait_for_timeout(2500)
    assert answer.fields["text"] == "ohne Netz geschrieben"
    assert desk.drafts() == []


def test_an_answer_lost_on_the_way_is_repeated_with_the_same_id(desk: Desk, answer: Answer) -> None:
    answer.mood = "lost"
    desk.type("einmal")
    desk.says("wird wiederholt")
    desk.type(" und weiter")
    desk.says("gespeichert 10:43", seconds=12)
    desk.page.wait_for_timeout(2500)
    first, second, third = answer.sent
    assert first["id"] == second["id"] != third["id"]
    assert first["text"] == second["text"] == "einmal"
    assert (answer.version, answer.fields["text"]) == (2, "einmal und weiter")


@pytest.mark.parametrize("mood", ["401", "403", "422", "500"])
def test_refusals_say_so_and_keep_the_text(desk: Desk, answer: Answer, mood: str) -> None:
    answer.mood = mood
    desk.type("mein Text")
    desk.says({
        "401": "Sie sind nicht mehr angemeldet. Ihr Text ist auf diesem Gerät gesichert.",
        "403": "Das ließ sich nicht speichern", "422": "Noch nicht vollständig. Auf diesem Gerät gesichert.", "500": "wird wiederholt",
    }[mood])  # fmt: skip
    desk.page.wait_for_timeout(300)
    assert desk.drafts()[0]["fields"] == [["text", "mein Text"]]
    answer.mood = "well"
    desk.page.reload()
    desk.says("wiederhergestellt von diesem Gerät")
    desk.says("gespeichert 10:43")
    assert answer.fields["text"] == "mein Text"


def test_two_windows_never_overwrite_each_other(desk: Desk, answer: Answer) -> None:
    other = desk.context.browser.new_context()
    elsewhere = other.new_page()
    elsewhere.goto(desk.address)
    elsewhere.wait_for_timeout(300)
    desk.type("hier")
    desk.says("gespeichert 10:43")
    desk.type("dort", elsewhere)
    desk.says("In einem anderen Fenster wurde etwas anderes gespeichert", elsewhere)
    assert answer.fields["text"] == "hier"
    assert desk.text(elsewhere) == "dort"
    elsewhere.get_by_role("button", name="Beide Texte ansehen").last.click()
    elsewhere.wait_for_url("**/save")
    assert "hier" in elsewhere.content()
    assert "dort" in elsewhere.content()
    other.close()


def test_a_killed_browser_loses_at_most_a_moment(chromium, answer: Answer, tmp_path: Path) -> None:
    answer.mood = "500"  # nothing reaches the server before the kill
    with serving(answer) as address:
        with killable(chromium, tmp_path) as (context, kill):
            page = context.pages[0]
            page.goto(address)
            page.wait_for_timeout(500)
            page.locator("textarea").press_sequentially("vor dem Absturz")
            page.wait_for_timeout(700)
            kill()
        answer.mood = "well"
        with killable(chromium, tmp_path) as (context, _kill):
            page = context.pages[0]
            page.goto(address)
            state = sync_api.expect(page.locator("[data-saved]"))
            state.to_contain_text("wiederhergestellt von diesem Gerät")
            assert page.locator("textarea").input_value() == "vor dem Absturz"
            state.to_contain_text("wiederhergestellt von diesem Gerät, gespeichert 10:43")
    assert answer.fields["text"] == "vor dem Absturz"


@contextmanager
def killable(chromium, profile: Path):
    """A Chromium of our own with a profile that survives, and a way to kill -9 it."""
    port = profile / "DevToolsActivePort"
    port.unlink(missing_ok=True)
    command = [
        str(CHROMIUM),
        *ARGUMENTS,
        "--headless",
        "--remote-debugging-port=0",
        f"--user-data-dir={profile}",
        "about:blank",
    ]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        for _ in range(100):
            if port.exists() and port.read_text().count("\n"):
                break
            time.sleep(0.1)
        browser = chromium.browser_type.connect_over_cdp(
            f"http://127.0.0.1:{port.read_text().splitlines()[0]}"
        )
        yield browser.contexts[0], lambda: os.killpg(process.pid, signal.SIGKILL)
        with suppress(sync_api.Error):  # killed already
            browser.close()
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def test_leaving_the_page_sends_what_was_typed_last(desk: Desk, answer: Answer) -> None:
    desk.type("schnell weg")
    desk.page.goto("about:blank")
    desk.page.wait_for_timeout(500)
    assert answer.fields["text"] == "schnell weg"
    again = desk.open()
    again.wait_for_timeout(1500)
    assert (desk.text(again), answer.version) == ("schnell weg", 1)
    assert desk.drafts(again) == []


def test_leaving_with_more_than_keepalive_carries(desk: Desk, answer: Answer) -> None:
    long = "Wörter " * 11_000
    desk.page.locator("textarea").fill(long)
    desk.page.goto("about:blank")
    again = desk.open()
    desk.says("gespeichert", again, seconds=8)
    assert desk.text(again).strip() == long.strip()
    assert answer.fields["text"].strip() == long.strip()


def test_the_ordinary_save_waits_for_the_one_under_way(desk: Desk, answer: Answer) -> None:
    answer.mood = "slow"
    desk.type("langsam")
    desk.page.wait_for_timeout(2300)
    desk.page.get_by_role("button", name="Speichern").dblclick()
    answer.mood = "well"
    answer.gate.set()
    desk.page.wait_for_url(desk.address)
    desk.page.wait_for_timeout(800)
    assert "Beide Texte" not in desk.page.content()
    assert answer.fields["text"] == "langsam"
    assert desk.drafts() == []


def test_an_ordinary_save_without_network_stays_on_the_page(desk: Desk, answer: Answer) -> None:
    desk.context.set_offline(True)
    desk.type("im Zug")
    desk.page.get_by_role("button", name="Speichern").click()
    desk.says("Keine Verbindung. Ihr Text ist auf diesem Gerät gesichert", seconds=5)
    assert desk.text() == "im Zug"
    desk.context.set_offline(False)
    desk.says("gespeichert 10:43", seconds=12)
    assert answer.fields["text"] == "im Zug"


def test_a_quiz_is_kept_but_sent_only_by_its_button(desk: Desk, answer: Answer) -> None:
    page = desk.open("?quiz=1")
    desk.type("Antwort", page)
    desk.says("auf diesem Gerät", page)
    page.wait_for_timeout(2500)
    assert not answer.sent
    page.reload()
    desk.says("wiederhergestellt von diesem Gerät", page)
    page.get_by_role("button", name="Speichern").click()
    page.wait_for_url(desk.address)
    page.wait_for_timeout(300)
    assert answer.fields["text"] == "Antwort"
    assert not answer.sent[-1]["background"]
    assert desk.drafts(page) == []


def test_signing_out_asks_about_unsent_text_and_leaves_nothing(desk: Desk, answer: Answer) -> None:
    answer.mood = "500"
    desk.type("vertraulich")
    desk.says("wird wiederholt")
    menu = desk.page.locator(".account summary")
    menu.click()
    desk.page.get_by_role("button", name="Abmelden").click()
    desk.page.get_by_role("button", name="Abbrechen").click()
    assert desk.drafts()
    menu.click()
    desk.page.get_by_role("button", name="Abmelden").click()
    desk.page.get_by_role("button", name="Trotzdem abmelden").click()
    desk.page.wait_for_url("**/abmelden")
    answer.mood = "well"
    again = desk.open()
    assert (desk.drafts(again), desk.text(again)) == ([], "")
