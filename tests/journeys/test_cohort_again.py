"""A cohort is called off and held again: calendar addresses, the cancellation on a phone, the re-run on other dates."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from app.schedule.feeds import CONTENT_TYPE
from tests.journeys import setting
from tests.journeys.conftest import NewVisitor
from tests.journeys.setting import Scene
from tests.journeys.visitor import PHONE, Device, Visitor

NORA = "Nora Thiel"
REASON = "Der Trainer ist erkrankt."


@pytest.fixture
def nora(scene: Scene, visit: NewVisitor) -> Visitor:
    found = visit(PHONE)
    found.enter(setting.enrol(scene, NORA)[1], NORA)
    return found


@pytest.fixture
def olga(visit: NewVisitor, device: Device) -> Visitor:
    found = visit(device)
    found.sign_in(setting.OLGA, setting.PASSWORD)
    return found


def test_from_the_address_to_the_next_run(scene: Scene, nora: Visitor, olga: Visitor) -> None:
    address = has_a_calendar(nora, scene)
    gives_the_cohort_one(olga, scene)
    calls_it_off(olga, scene)
    reads_it(nora, scene, address)
    holds_it_again(olga, scene)


def has_a_calendar(nora: Visitor, scene: Scene) -> str:
    nora.open(f"{scene.way}plan")
    nora.look("plan")
    nora.follow("Termine in den eigenen Kalender")
    nora.at("Termine in den eigenen Kalender")
    nora.look("kalender-ohne-adresse")
    nora.press("Kalender-Adresse anlegen")
    field = nora.page.get_by_label("Adresse: Meine Kurstermine")
    expect(field).to_have_value(f"{nora.address}/kalender/" + field.input_value().rpartition("/")[2])
    expect(nora.page.get_by_role("button", name="Adresse kopieren")).to_be_visible()
    nora.page.get_by_text("Adresse erneuern oder abschalten").click()
    nora.look("kalender-eigener")
    return field.input_value()


def gives_the_cohort_one(olga: Visitor, scene: Scene) -> None:
    olga.open(f"/kohorten/{scene.cohort}")
    olga.follow("Termine im Kalender abonnieren")
    olga.at("Kalender")
    olga.look("kalender-kohorte-leer")
    olga.press("Adresse für die Kohorte anlegen")
    expect(olga.page.get_by_label("Adresse: Termine von Sozialraumteam Nord")).to_be_visible()
    olga.look("kalender-kohorte")


def calls_it_off(olga: Visitor, scene: Scene) -> None:
    olga.open(f"/kohorten/{scene.cohort}")
    olga.follow("Absagen oder löschen")
    olga.look("absagen")
    with olga.expecting(422):
        olga.press("Kohorte absagen")
    expect(olga.page.get_by_role("alert")).to_contain_text("Bitte geben Sie einen Grund an.")
    olga.look("absagen-ohne-grund")
    olga.page.get_by_label("Grund, für alle sichtbar").fill(REASON)
    olga.press("Kohorte absagen")
    expect(olga.page.get_by_role("status")).to_contain_text("Die Kohorte ist abgesagt.")
    olga.look("abgesagt")
    olga.open("/kohorten")
    olga.look("kohorten-abgesagt")


def reads_it(nora: Visitor, scene: Scene, address: str) -> None:
    nora.open(f"{scene.way}plan")
    expect(nora.page.locator(".warning")).to_contain_text(REASON)
    nora.look("plan-abgesagt")
    answer = nora.context.request.get(address)
    assert answer.headers["content-type"] == CONTENT_TYPE
    assert answer.text().count("STATUS:CANCELLED") == answer.text().count("BEGIN:VEVENT") > 0


def holds_it_again(olga: Visitor, scene: Scene) -> None:
    page = olga.open(f"/kohorten/{scene.cohort}")
    olga.follow("Kohorte wiederholen")
    olga.at("Kohorte wiederholen")
    olga.look("wiederholen")
    page.get_by_label("Erster Kurstag").fill("2026-09-12")
    page.get_by_label("Titel der Kohorte").fill("Sozialraumteam Herbst")
    olga.press("Termine ansehen")
    expect(page.get_by_role("region", name="Termine der neuen Kohorte")).to_contain_text("12. September 2026")
    expect(page.locator(".note")).to_contain_text("Am Wochenende")
    olga.look("wiederholen-termine")
    page.get_by_label("Erster Kurstag").fill("2026-09-11")
    with olga.expecting(422):
        olga.press("Neue Kohorte anlegen")
    expect(page.get_by_role("alert")).to_contain_text("Die Termine sind neu gerechnet")
    olga.look("wiederholen-neu-gerechnet")
    olga.press("Neue Kohorte anlegen")
    olga.at("Sozialraumteam Herbst")
    expect(page.get_by_role("main")).to_contain_text("11. September 2026")


def test_without_javascript(scene: Scene, visit: NewVisitor, device: Device) -> None:
    olga = visit(device, script=False)
    olga.sign_in(setting.OLGA, setting.PASSWORD)
    page = olga.open(f"/kohorten/{scene.cohort}/wiederholen")
    page.get_by_label("Erster Kurstag").fill("2026-09-11")
    olga.press("Termine ansehen")
    olga.look()
    olga.press("Neue Kohorte anlegen")
    olga.at("Sozialraumteam Nord, September 2026")
    olga.follow("Absagen oder löschen")
    olga.look()
    olga.press("Kohorte löschen")
    expect(page.get_by_role("status")).to_contain_text("ist gelöscht")
    olga.open(f"/kohorten/{scene.cohort}/kalender")
    olga.press("Adresse für die Kohorte anlegen")
    olga.look()
