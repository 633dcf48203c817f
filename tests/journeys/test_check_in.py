"""Checking in with the code on the wall, from the back row and without being signed in.

Nora has her personal link but is not signed in; Zoe has forgotten hers; Emre stayed at home and was sent a photo.
"""

from __future__ import annotations

import re
from datetime import timedelta

from playwright.sync_api import expect

from app import clock
from app.cohorts import service as cohorts
from app.extensions import db
from tests.journeys import setting
from tests.journeys.conftest import Hour, NewVisitor
from tests.journeys.setting import Scene
from tests.journeys.visitor import DESK, Device, Visitor

NORA, ZOE, EMRE = "Nora Thiel", "Zoe Brandt", "Emre Şahin"
FIRST = "Ankommen, Sozialraum, Prinzipien"


def test_from_the_back_row(scene: Scene, hour: Hour, device: Device, visit: NewVisitor) -> None:
    links = {name: setting.enrol(scene, name) for name in (NORA, ZOE, EMRE)}
    wall, tarek, olga = visit(DESK), visit(device), visit(device)
    wall.sign_in(setting.TAREK, setting.PASSWORD)
    tarek.sign_in(setting.TAREK, setting.PASSWORD)
    code = shows_the_code(wall, scene)
    nora, zoe, emre = visit(device), visit(device), visit(device)
    scans_first(nora, code)
    hour.strikes("08:56")
    a_photo_is_too_late(emre, code)
    signs_in_afterwards(nora, links[NORA][1], wall)
    hour.strikes("09:05")
    has_no_link(zoe, reads(wall), wall)
    assigns_with_one_tap(tarek, zoe)
    is_struck(emre, links[EMRE][1], wall, tarek)
    hour.strikes("09:40")
    sees_the_own_register(nora)
    objects_once(emre)
    decides(olga, emre)
    assert register_says(scene) == {NORA: "present", ZOE: "present", EMRE: "excused"}


def test_without_javascript(scene: Scene, hour: Hour, device: Device, visit: NewVisitor) -> None:
    """Typing the code leads to the one button; the wall, which loads itself again by and by, says the same."""
    _, link = setting.enrol(scene, NORA)
    wall, nora = visit(DESK, script=False), visit(device, script=False)
    wall.sign_in(setting.TAREK, setting.PASSWORD)
    code = shows_the_code(wall, scene)
    nora.enter(link, NORA)
    types(nora, code)
    nora.at("Sind Sie da?")
    nora.press("Ich bin da")
    nora.at("Meine Anwesenheit")
    hour.strikes("08:55")
    assert reads(wall) != code
    expect(wall.page.locator(".wall__count")).to_have_text("1 von 1 da")


def test_what_else_may_stand_there(scene: Scene, hour: Hour, device: Device, visit: NewVisitor) -> None:
    """The wall before and after, a wrong code, a second scan, and somebody who does not belong here."""
    _, link = setting.enrol(scene, NORA)
    hour.strikes("08:30")
    wall, nora, stranger = visit(device), visit(device), visit(device)
    wall.sign_in(setting.TAREK, setting.PASSWORD)
    page = wall.open(f"/kohorten/{scene.cohort}/anwesenheit/code")
    expect(page.get_by_role("main")).to_contain_text("Ab dann steht hier der Code.")
    wall.look("anwesend-leinwand-vorher")
    hour.strikes("08:50")
    code, address = reads(wall), page.url
    nora.enter(link, NORA)
    nora.open(f"/anwesend/{code}")
    nora.press("Ich bin da")
    nora.open(f"/anwesend/{code}")
    nora.at("Sie sind schon eingetragen")
    nora.look("anwesend-schon")
    stranger.sign_in(setting.OLGA, setting.PASSWORD)
    stranger.open(f"/anwesend/{code}")
    stranger.at("Hier melden sich Teilnehmende")
    stranger.look("anwesend-personal")
    with nora.expecting(404):
        nora.open("/anwesend/222-222")
    nora.look("anwesend-unbekannt")
    hour.strikes("10:30")
    wall.open(address)
    expect(page.get_by_role("main")).to_contain_text("1 von 1 waren da")
    wall.look("anwesend-leinwand-nachher")


# On the wall


def shows_the_code(wall: Visitor, scene: Scene) -> str:
    wall.open(f"/kohorten/{scene.cohort}/live")
    wall.follow("Anwesenheitscode zeigen")
    wall.at(FIRST)
    wall.look("anwesend-leinwand")
    return reads(wall)


def reads(wall: Visitor) -> str:
    """What somebody in the back row reads there now."""
    wall.page.reload()
    text = wall.page.locator(".wall__code").inner_text()
    assert re.fullmatch(r"[2-9A-HJKMNP-TV-Z]{3}-[2-9A-HJKMNP-TV-Z]{3}", text)
    return text


def counts(wall: Visitor, people: int) -> None:
    """Without anybody touching it."""
    expect(wall.page.locator(".wall__count")).to_have_text(f"{people} von 3 da")


# In the room


def types(visitor: Visitor, code: str) -> None:
    """In small letters and without the dash, as people do."""
    page = visitor.open("/anwesend/")
    visitor.look("anwesend-code")
    page.get_by_label("Code von der Leinwand").fill(code.replace("-", " ").lower())
    visitor.press("Weiter")


def scans_first(nora: Visitor, code: str) -> None:
    types(nora, code)
    nora.at("Ihr Scan ist gemerkt")
    expect(nora.page.locator(".checkin__slot")).to_contain_text(FIRST)
    expect(nora.page.get_by_role("main")).to_contain_text("Es zählt die Zeit Ihres Scans: 08:50 Uhr")
    nora.look("anwesend-wer")


def signs_in_afterwards(nora: Visitor, link: str, wall: Visitor) -> None:
    """It goes on by itself, and the time of the scan counts."""
    counts(wall, 0)
    page = nora.open(link)
    expect(page.get_by_role("status")).to_contain_text("Ihr Scan von 08:50 Uhr ist gemerkt")
    nora.press(f"Als {NORA} weiterlernen")
    nora.at("Sind Sie da?")
    expect(page.get_by_role("main")).to_contain_text("Ihr Scan um 08:50 Uhr gilt. Er zählt ab 09:00 Uhr.")
    nora.look("anwesend-ich-bin-da")
    nora.press("Ich bin da")
    nora.at("Meine Anwesenheit")
    expect(page.get_by_role("status")).to_contain_text("Er zählt ab 09:00 Uhr.")
    nora.look("anwesend-eigene-frueh")
    counts(wall, 1)


def has_no_link(zoe: Visitor, code: str, wall: Visitor) -> None:
    page = zoe.open(f"/anwesend/{code}")
    with zoe.expecting(422):
        zoe.press("Namen notieren lassen")
    expect(page.get_by_role("alert")).to_contain_text("Bitte geben Sie Vor- und Nachnamen an")
    zoe.look("anwesend-name-fehlt")
    page.get_by_label("Ihr Vor- und Nachname").fill("zoe brandt")
    zoe.press("Namen notieren lassen")
    zoe.at("Ihr Name ist notiert")
    zoe.look("anwesend-notiert")
    counts(wall, 1)


def assigns_with_one_tap(tarek: Visitor, zoe: Visitor) -> None:
    page = tarek.page
    tarek.follow("Sozialraumteam Nord")
    tarek.follow("Anwesenheit", page.get_by_role("navigation", name="In dieser Kohorte"))
    tarek.follow(FIRST, page.get_by_role("region", name="Abschnitte, Tag"))
    tarek.follow("Mit dem Code gemeldet: wer, wann, streichen")
    tarek.at("Mit dem Code gemeldet")
    expect(page.get_by_label("Das ist")).to_contain_text(ZOE)
    tarek.look("anwesend-liste")
    tarek.press("Zuordnen")
    expect(page.get_by_role("status").first).to_contain_text(f"{ZOE} ist eingetragen.")
    zoe.follow("Seite neu laden")
    zoe.at("Sie sind eingetragen")
    zoe.look("anwesend-bestaetigt")


# At home


def a_photo_is_too_late(emre: Visitor, code: str) -> None:
    with emre.expecting(410):
        emre.open(f"/anwesend/{code}")
    emre.at("Dieser Code ist abgelaufen")
    emre.look("anwesend-abgelaufen")


def is_struck(emre: Visitor, link: str, wall: Visitor, tarek: Visitor) -> None:
    """Somebody told him the code in time; the trainer sees an entry of somebody who is not in the room."""
    emre.enter(link, EMRE)
    code = reads(wall)
    emre.open(f"/anwesend/{code}")
    emre.press("Ich bin da")
    emre.at("Meine Anwesenheit")
    counts(wall, 3)
    page = tarek.page
    strike = page.get_by_role("link", name=re.compile(f"^Streichen ?: Eintrag von {EMRE}$"))
    expect(strike).to_be_visible(timeout=20_000)  # without loading the page again
    strike.click()
    tarek.at(f"Eintrag von {EMRE} streichen?")
    tarek.look("anwesend-streichen")
    tarek.press("Eintrag streichen")
    expect(page.get_by_role("status").first).to_contain_text(f"Der Eintrag von {EMRE} ist gestrichen.")
    expect(page.get_by_role("main")).to_contain_text(f"{EMRE} (gestrichen)")
    tarek.look("anwesend-gestrichen")
    counts(wall, 2)
    emre.open(f"/anwesend/{reads(wall)}")
    emre.at("Nichts eingetragen")
    expect(emre.page.get_by_role("alert")).to_contain_text("Die Kursleitung hat Ihren Eintrag gestrichen.")
    emre.look("anwesend-verweigert")


# Afterwards


def sees_the_own_register(nora: Visitor) -> None:
    nora.follow("Nachweise", nora.page.get_by_role("navigation", name="Hauptnavigation"))
    nora.at("Nachweise")
    nora.follow("Meine Anwesenheit")
    nora.at("Meine Anwesenheit")
    line = nora.page.locator(".own-register > li").first
    expect(line).to_contain_text("anwesend, 2 von 2 UE (90 Minuten)")
    expect(line).to_contain_text("mit dem Code im Raum, Sie selbst, 3. Juli 2026, 08:56 Uhr")
    nora.look("anwesend-eigene")


def objects_once(emre: Visitor) -> None:
    page = emre.page
    emre.follow("Meine Anwesenheit")
    line = page.locator(".own-register > li").first
    expect(line).to_contain_text("nicht erfasst")
    line.locator("summary", has_text="Einspruch erheben").click()
    with emre.expecting(422):
        emre.press("Einspruch erheben", line)
    expect(page.get_by_role("alert")).to_contain_text("Bitte schreiben Sie in einem Satz, was nicht stimmt.")
    emre.look("einspruch-leer")
    line.get_by_label("Was stimmt nicht?").fill("Ich bin krank und habe mich gestern gemeldet.")
    emre.press("Einspruch erheben", line)
    expect(page.locator(".own-register > li").first).to_contain_text("Ihr Einspruch ist offen.")
    emre.look("einspruch-offen")


def decides(olga: Visitor, emre: Visitor) -> None:
    page = olga.page
    olga.sign_in(setting.OLGA, setting.PASSWORD)
    olga.follow("Sozialraumteam Nord")
    olga.follow("Anwesenheit", page.get_by_role("navigation", name="In dieser Kohorte"))
    olga.follow("Einsprüche: 1 offen")
    olga.at("Einsprüche")
    expect(page.get_by_role("article")).to_contain_text("Ich bin krank und habe mich gestern gemeldet.")
    olga.look("einsprueche")
    page.locator("label", has_text="Stattgeben").click()
    page.locator("label", has_text="entschuldigt").click()
    with olga.expecting(422):
        olga.press("Weiter")
    expect(page.get_by_role("alert")).to_contain_text("Bitte begründen Sie Ihre Entscheidung")
    olga.look("einsprueche-ohne-grund")
    page.get_by_label("Begründung").fill("Die Krankmeldung liegt vor.")
    olga.press("Weiter")
    olga.at("Einspruch entscheiden")
    olga.look("einspruch-entscheiden")
    olga.press("So entscheiden")
    expect(page.get_by_role("article")).to_contain_text("Stattgegeben von Olga Sommer")
    olga.look("einsprueche-entschieden")
    emre.page.reload()
    line = emre.page.locator(".own-register > li").first
    expect(line).to_contain_text("Ihr Einspruch wurde angenommen.")
    expect(line).to_contain_text("Die Krankmeldung liegt vor.")
    emre.look("einspruch-entschieden")


def register_says(scene: Scene) -> dict[str, str]:
    with scene.app.app_context(), clock.standing_at(clock.now() + timedelta(hours=1)):
        names = {person.id: person.name for person in cohorts.enrolments(scene.cohort)}
        found = {names[person]: mark.state for (person, _), mark in cohorts.marks(scene.cohort).items()}
        db.session.remove()
    return found
