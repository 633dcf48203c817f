"""Nothing that was typed is lost: ended sessions, stale forms, two windows, no network, a dead browser, no JavaScript."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.journeys import setting
from tests.journeys.conftest import NewVisitor
from tests.journeys.killable import killable
from tests.journeys.setting import Scene
from tests.journeys.visitor import DESK, PHONE, Visitor

NAME = "Hanna Vogt"
MODULE = "sozialraum-verstehen"
QUESTION = "Wo dürfen Jugendliche bei uns eigentlich sein?"
TEXT = "Verwaltungsraum und Lebenswelt\ndarf ich nicht verwechseln."
OTHER = "Zu spät kommen kann am Bus liegen."
PROMPT = re.compile("Was ist Ihnen in diesem Abschnitt klarer geworden?")


@dataclass
class Hanna:
    """Hanna, who is enrolled, and the scene she is in."""

    scene: Scene
    enrolment: int
    link: str

    @property
    def stop(self) -> str:
        return self.scene.page(MODULE, "lernstopp-1")

    def has_saved(self, block: str = "l1-1") -> dict[str, Any]:
        return setting.saved(self.scene, self.enrolment, block)

    def wrote(self) -> str:
        """The first entry of the Lernstopp, as the database has it."""
        entries = self.has_saved().get("entries", [])
        return str(entries[0]["a"]) if entries else ""


@pytest.fixture
def hanna(scene: Scene) -> Hanna:
    enrolment, link = setting.enrol(scene, NAME)
    setting.write(scene, enrolment, "w1-2", {"items": [{"id": "a1", "text": QUESTION}]})
    return Hanna(scene, enrolment, link)


def insight(visitor: Visitor, page: Page | None = None) -> Locator:
    return (page or visitor.page).locator("#l1-1").get_by_label(PROMPT)


def state(visitor: Visitor, page: Page | None = None) -> Locator:
    return (page or visitor.page).locator("#l1-1 [data-saved]")


def saves(visitor: Visitor) -> None:
    visitor.press("Speichern", visitor.block("l1-1"))


def session_ends(context: BrowserContext) -> None:
    """As after sixty days, or when the browser's cookies were cleared."""
    context.clear_cookies()


def signs_in_again(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_role("button", name=f"Als {NAME} weiterlernen").click()
    expect(page.get_by_role("heading", name="Ihr Weg")).to_be_visible()


# An ended session


def test_the_session_ends_while_typing(hanna: Hanna, visit: NewVisitor) -> None:
    """With JavaScript the page says so at once; after signing in again the text is back and on the server."""
    visitor = visit(PHONE)
    visitor.enter(hanna.link, NAME)
    page = visitor.open(hanna.stop)
    session_ends(visitor.context)
    with visitor.expecting(401):
        insight(visitor).fill(TEXT)
    expect(state(visitor)).to_have_text(
        "Sie sind nicht mehr angemeldet. Ihr Text ist auf diesem Gerät gesichert. Wieder anmelden"
    )
    expect(insight(visitor)).to_have_value(TEXT)
    visitor.look("abgemeldet-beim-tippen")
    with visitor.expecting(401):
        state(visitor).get_by_role("link", name="Wieder anmelden").click()
    expect(page.get_by_role("main")).to_contain_text("persönlichen Link")
    visitor.look("wieder-anmelden")
    visitor.enter(hanna.link, NAME)
    visitor.open(hanna.stop)
    expect(insight(visitor)).to_have_value(TEXT)
    expect(state(visitor)).to_contain_text("wiederhergestellt von diesem Gerät, gespeichert 08:50")
    assert hanna.wrote() == TEXT


@pytest.mark.parametrize("script", [True, False], ids=["mit-javascript", "ohne-javascript"])
def test_the_session_has_ended_when_saving(hanna: Hanna, visit: NewVisitor, script: bool) -> None:
    """What was sent is kept on the server and can be saved after signing in by the personal link."""
    visitor = visit(PHONE, script=script)
    visitor.enter(hanna.link, NAME)
    page = visitor.open(hanna.stop)
    insight(visitor).fill(TEXT)
    session_ends(visitor.context)
    with visitor.expecting(401):
        saves(visitor)
    visitor.at("Bitte melden Sie sich an")
    expect(page.get_by_text("Was Sie geschrieben haben, ist sicher aufgehoben.")).to_be_visible()
    assert hanna.wrote() == ""
    visitor.look("aufgehoben-anmelden")
    visitor.open(hanna.link)
    visitor.press(f"Als {NAME} weiterlernen")
    visitor.at("Ihr Text ist noch da")
    expect(page.locator(".own")).to_have_text([TEXT])
    visitor.look("aufgehoben")
    visitor.press("Jetzt speichern")
    visitor.at("Lernstopp: Sozialraum verstehen")
    expect(insight(visitor)).to_have_value(TEXT)
    expect(state(visitor)).to_have_text("gespeichert 08:50")
    assert hanna.wrote() == TEXT
    expect(page.get_by_text("Ihr Text ist aufgehoben.")).to_have_count(0)
    visitor.enter(hanna.link, NAME)


def test_what_was_kept_is_nobody_elses(hanna: Hanna, visit: NewVisitor) -> None:
    """On the same device the next person does not get to see it."""
    _, link = setting.enrol(hanna.scene, "Ole Hansen")
    visitor = visit(PHONE)
    visitor.enter(hanna.link, NAME)
    visitor.open(hanna.stop)
    insight(visitor).fill(TEXT)
    session_ends(visitor.context)
    with visitor.expecting(401):
        saves(visitor)
    visitor.at("Bitte melden Sie sich an")
    visitor.open(link)
    visitor.press("Als Ole Hansen weiterlernen")
    visitor.page.wait_for_load_state()
    visitor.open("/aufgehoben")
    expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()
    assert "Verwaltungsraum" not in visitor.page.content()
    visitor.open(hanna.stop)
    expect(insight(visitor)).to_have_value("")


@pytest.mark.parametrize("script", [True, False], ids=["mit-javascript", "ohne-javascript"])
def test_the_form_is_older_than_the_session(hanna: Hanna, visit: NewVisitor, script: bool) -> None:
    """Signed in anew in another tab, so that the token of this form no longer fits."""
    visitor = visit(PHONE, script=script)
    visitor.enter(hanna.link, NAME)
    page = visitor.open(hanna.stop)
    session_ends(visitor.context)
    signs_in_again(visitor.context.new_page(), hanna.link)
    insight(visitor).fill(TEXT)
    with visitor.expecting(400):
        saves(visitor)
    visitor.at("Ihr Text ist noch da")
    expect(page.locator(".own")).to_have_text([TEXT])
    visitor.look("formular-veraltet")
    visitor.press("Jetzt speichern")
    expect(state(visitor)).to_have_text("gespeichert 08:50")
    assert hanna.wrote() == TEXT


# Two windows


@pytest.mark.parametrize("script", [True, False], ids=["mit-javascript", "ohne-javascript"])
def test_two_tabs_on_the_same_lernstopp(hanna: Hanna, visit: NewVisitor, script: bool) -> None:
    """Both texts are shown side by side, and what is chosen then is saved."""
    visitor = visit(DESK, script=script)
    visitor.enter(hanna.link, NAME)
    visitor.open(hanna.stop)
    second = visitor.context.new_page()
    second.goto(hanna.stop)
    insight(visitor, second).fill(OTHER)
    second.locator("#l1-1").get_by_role("button", name="Speichern").click()
    expect(state(visitor, second)).to_have_text("gespeichert 08:50")
    insight(visitor).fill(TEXT)
    with visitor.expecting(409):
        saves(visitor)
    visitor.at("Zwei Fassungen Ihres Textes")
    both = visitor.page.locator(".own")
    expect(both).to_have_text([OTHER, TEXT])
    proposal = visitor.page.get_by_label("Das soll gelten")
    expect(proposal).to_have_value(TEXT)
    assert hanna.wrote() == OTHER
    visitor.look("zwei-fassungen")
    proposal.fill(f"{TEXT}\n{OTHER}")
    visitor.press("So speichern")
    expect(insight(visitor)).to_have_value(f"{TEXT}\n{OTHER}")
    assert hanna.wrote() == f"{TEXT}\n{OTHER}"


def test_the_background_notices_the_other_tab(hanna: Hanna, visit: NewVisitor) -> None:
    visitor = visit(PHONE)
    visitor.enter(hanna.link, NAME)
    visitor.open(hanna.stop)
    asked = "Was ist Ihnen in diesem Abschnitt klarer geworden? Halten Sie zwei oder drei Einsichten in eigenen Worten fest."
    setting.write(hanna.scene, hanna.enrolment, "l1-1", {"entries": [{"q": asked, "a": OTHER}]})
    with visitor.expecting(409):
        insight(visitor).fill(TEXT)
    expect(state(visitor)).to_contain_text(
        "In einem anderen Fenster wurde etwas anderes gespeichert. Ihr Text ist noch da."
    )
    expect(insight(visitor)).to_have_value(TEXT)
    assert hanna.wrote() == OTHER
    with visitor.expecting(409):
        visitor.page.get_by_role("button", name="Beide Texte ansehen").first.click()
    visitor.at("Zwei Fassungen Ihres Textes")
    visitor.look("zwei-fassungen-aus-dem-hintergrund")


# No network


def test_typing_goes_on_without_network(hanna: Hanna, visit: NewVisitor) -> None:
    visitor = visit(PHONE)
    visitor.enter(hanna.link, NAME)
    visitor.open(hanna.stop)
    visitor.page.locator("html[data-ready]").wait_for(state="attached")
    visitor.context.set_offline(True)
    insight(visitor).fill(OTHER)
    expect(state(visitor)).to_have_text("noch nicht übertragen, wird wiederholt")
    insight(visitor).fill(TEXT)
    saves(visitor)
    expect(state(visitor)).to_contain_text("Keine Verbindung. Ihr Text ist auf diesem Gerät gesichert")
    visitor.look("ohne-netz")
    assert hanna.wrote() == ""
    visitor.context.set_offline(False)
    expect(state(visitor)).to_have_text("gespeichert 08:50", timeout=20_000)
    expect(insight(visitor)).to_have_value(TEXT)
    assert hanna.wrote() == TEXT


def test_text_in_another_form_survives_a_save(hanna: Hanna, visit: NewVisitor) -> None:
    """One form of a page is saved while another holds text that was not sent yet."""
    visitor = visit(PHONE)
    visitor.enter(hanna.link, NAME)
    visitor.open(hanna.stop)
    practice = visitor.block("t1-1-vorsatz").get_by_label("Wenn …")
    practice.fill("ich am Dienstag um 16 Uhr vorbeikomme")
    insight(visitor).fill(TEXT)
    saves(visitor)
    expect(state(visitor)).to_have_text("gespeichert 08:50")
    expect(practice).to_have_value("ich am Dienstag um 16 Uhr vorbeikomme")
    expect(visitor.block("t1-1-vorsatz").locator("[data-saved]")).to_contain_text("gespeichert 08:50")
    assert hanna.has_saved("t1-1-vorsatz")["if"] == "ich am Dienstag um 16 Uhr vorbeikomme"


def test_a_killed_browser_brings_the_draft_back(
    hanna: Hanna, chromium: Browser, address: str, tmp_path: Path
) -> None:
    """Killed while nothing could reach the server; opened again, the text is there and is sent."""
    with killable(chromium, tmp_path) as (context, kill):
        page = context.pages[0]
        signs_in_again(page, address + hanna.link)
        context.route("**/antwort/**", lambda route: route.abort())
        page.goto(address + hanna.stop)
        page.locator("#l1-1").get_by_label(PROMPT).press_sequentially("vor dem Absturz")
        expect(page.locator("#l1-1 [data-saved]")).to_have_text("noch nicht übertragen, wird wiederholt")
        kill()
    assert hanna.wrote() == ""
    with killable(chromium, tmp_path) as (context, _kill):
        page = context.pages[0]
        signs_in_again(page, address + hanna.link)  # cookies are written more slowly than drafts
        page.goto(address + hanna.stop)
        expect(page.locator("#l1-1").get_by_label(PROMPT)).to_have_value("vor dem Absturz")
        expect(page.locator("#l1-1 [data-saved]")).to_have_text(
            "wiederhergestellt von diesem Gerät, gespeichert 08:50"
        )
    assert hanna.wrote() == "vor dem Absturz"


# Without JavaScript


def test_everything_works_without_javascript(hanna: Hanna, visit: NewVisitor) -> None:
    """Read, wish, ask, note, answer, match, stop to think, work on the case, go on."""
    visitor = visit(PHONE, script=False)
    page = visitor.page
    visitor.enter(hanna.link, NAME)
    visitor.follow(re.compile("^Beginnen: Ankommen"))
    wishes = visitor.block("w-ankommen")
    wishes.get_by_label("Wunsch 1").fill("es ruhig bleibt")
    visitor.press("Wünsche speichern", wishes)
    expect(wishes.locator("[data-saved]")).to_have_text("gespeichert 08:50")
    visitor.press(re.compile("^Weiter"))
    visitor.at("Vorwissen wecken, eigene Fragen festhalten")
    writes_the_beginning(visitor)
    assert [word["text"] for word in hanna.has_saved("w1-1")["items"]] == ["Ort", "Weg", "Netz"]
    page.locator("details.fold > summary").click()
    page.get_by_role("link", name=re.compile("^Wissensfragen zu Modul 1")).click()
    visitor.at("Wissensfragen zu Modul 1")
    answers_the_questions(visitor)
    visitor.press(re.compile("^Weiter"))
    insight(visitor).fill(TEXT)
    visitor.block("l1-1").get_by_role("group", name=QUESTION).get_by_label("teilweise").check()
    saves(visitor)
    expect(state(visitor)).to_have_text("gespeichert 08:50")
    assert (hanna.wrote(), hanna.has_saved()["states"]) == (TEXT, {"w1-2_a1": "teilweise"})
    works_on_the_case(visitor, hanna)
    visitor.follow("Lernheft", page.get_by_role("navigation", name="Hauptnavigation"))
    expect(page.locator(".own", has_text="Verwaltungsraum")).to_have_text(TEXT)


def writes_the_beginning(visitor: Visitor) -> None:
    words, questions, warm_up = (visitor.block(name) for name in ("w1-1", "w1-2", "w1-3"))
    for number, word in enumerate(["Ort", "Weg", "Netz"], 1):
        words.get_by_label(f"Schlagwort {number}", exact=True).fill(word)
    visitor.press("Schlagworte speichern", words)
    expect(words.locator(".chips:not(.chips--fields) li")).to_have_text(["Ort", "Weg", "Netz"])
    words.locator("summary").click()
    expect(words.get_by_label("Schlagwort 4", exact=True)).to_be_visible()
    questions.get_by_label("Frage 2").fill("Und wer zahlt das?")
    visitor.press("Fragen speichern", questions)
    expect(questions.get_by_label("Frage 2")).to_have_value("Und wer zahlt das?")
    warm_up.get_by_role("textbox").fill("Hinter der Bahnlinie.")
    visitor.press("Speichern", warm_up)
    expect(warm_up.locator("[data-saved]")).to_have_text("gespeichert 08:50")


def answers_the_questions(visitor: Visitor) -> None:
    one, several, pairs = (visitor.block(name) for name in ("q1-2", "q1-4", "q1-5"))
    with visitor.expecting(422):
        visitor.press("Antwort abgeben", one)
    expect(one.get_by_role("alert")).to_contain_text("Bitte wählen Sie eine Antwort aus.")
    one.locator(".choice label").first.click()
    visitor.press("Antwort abgeben", one)
    expect(one.locator("li.choice .feedback__word")).to_have_count(3)
    several.locator(".choice label").first.click()
    visitor.press("Antwort abgeben", several)
    expect(several.locator("li.choice .feedback__word")).to_have_count(5)
    lists = pairs.get_by_role("combobox")
    lists.first.select_option("Lebenswelt")
    with visitor.expecting(422):
        visitor.press("Antwort abgeben", pairs)
    expect(lists.first).to_have_value("Lebenswelt")
    for at in range(1, 4):
        lists.nth(at).select_option("Sozialraum")
    visitor.press("Antwort abgeben", pairs)
    expect(pairs.locator("li.pair .feedback__word")).to_have_count(4)


def works_on_the_case(visitor: Visitor, hanna: Hanna) -> None:
    visitor.open(f"/kurs/{hanna.scene.cohort}/fall/lesen/der-weg-zur-kita")
    stage = visitor.block("case-1").locator(".stage").first
    expect(stage.locator(".orientation")).to_have_count(0)
    stage.get_by_role("textbox").fill("Wie sieht ein guter Morgen aus?")
    visitor.press("Speichern und Orientierung lesen", stage)
    expect(stage.locator(".orientation")).to_be_visible()
    visitor.look("fall-ohne-javascript")
