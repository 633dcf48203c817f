"""The register of a day on a trainer's phone without network: opened beforehand, killed, opened again, sent later.

The clock runs in these journeys, because a worker in the browser has none that a test could set; the course day is
yesterday, so that every slot has begun.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Error, Locator, Page, expect

from app import clock
from app.accounts import service as accounts
from app.attendance import service as attendance
from app.cohorts import register
from app.cohorts import service as cohorts
from app.cohorts.models import Attendance, AttendanceMark, ScheduledSlot, Way
from app.extensions import db, transaction
from tests.journeys import setting
from tests.journeys.conftest import NewVisitor
from tests.journeys.hands import chooses
from tests.journeys.killable import killable
from tests.journeys.setting import Scene
from tests.journeys.visitor import PHONE, Device, Visitor

NAMES = [f"{first} {last}" for last in ("Arnold", "Berg", "Çelik") for first in
         ("Ada", "Bodo", "Cem", "Dana", "Emil", "Fatma", "Gero", "Hanna", "Ilse", "Jannis")]  # fmt: skip
GUEST = "Gerda Gast"
ON_DEVICE = "Dieser Tag ist auf dem Gerät: Er lässt sich auch ohne Netz öffnen."
SENT = re.compile(r"^alles gesendet um \d\d:\d\d$")


@pytest.fixture
def scene(app: Flask, real_time: None) -> Scene:
    return setting.set_up(app, day=clock.today() - timedelta(days=1))


@pytest.fixture
def people(scene: Scene) -> dict[str, int]:
    """Thirty people: enrolment ids by name."""
    return {name: setting.enrol(scene, name)[0] for name in NAMES}


def status(visitor: Visitor) -> Locator:
    return visitor.page.locator(".day__status")


def row(visitor: Visitor, name: str) -> Locator:
    return visitor.page.locator(".register__row", has=visitor.page.get_by_text(name, exact=True))


def state(visitor: Visitor, name: str) -> Locator:
    return row(visitor, name).locator(".register__state")


def opens_the_day(visitor: Visitor, scene: Scene) -> str:
    """From the register, while there is a network; gives the address."""
    visitor.open(f"/kohorten/{scene.cohort}/anwesenheit")
    visitor.follow("Diesen Tag auf dem Handy erfassen, auch ohne Netz")
    expect(visitor.page.get_by_text(ON_DEVICE)).to_be_visible()
    return visitor.page.url


def is_killed(visitor: Visitor, address: str) -> None:
    """The browser ends the tab as it does when a phone runs out of memory; then it is opened again."""
    with suppress(Error):
        visitor.page.goto("chrome://crash")
    visitor.page.close()
    visitor.page = visitor.context.new_page()
    visitor.open(address)


def turns_to_first_slot(visitor: Visitor) -> None:
    pick = visitor.page.locator("[data-pick]")
    if not pick.evaluate("(each) => each.open"):
        pick.locator("summary").click()
    pick.locator("a").first.click()
    expect(visitor.page.locator("#register-abschnitt")).to_contain_text("09:00–10:30")


def marks(visitor: Visitor, name: str, word: str) -> Locator:
    """Tap a person, choose a state."""
    line = row(visitor, name)
    if line.locator(".register__person").get_attribute("aria-expanded") != "true":
        line.locator(".register__person").click()
    chooses(line, word)
    return line


def first_slot(scene: Scene) -> int:
    return next(slot.id for slot in cohorts.slots(scene.cohort) if slot.content_minutes)


def in_register(scene: Scene) -> dict[str, tuple[str, int]]:
    """What the register says about the first slot, by name."""
    with scene.app.app_context():
        found = cohorts.marks(scene.cohort)
        names = {person.id: person.name for person in cohorts.enrolments(scene.cohort)}
        slot = first_slot(scene)
        said = {
            names[person]: (mark.state, mark.minutes)
            for (person, slot_id), mark in found.items()
            if slot_id == slot and person in names
        }
        db.session.remove()
    return said


def every_mark(scene: Scene) -> int:
    with scene.app.app_context():
        count = db.session.query(AttendanceMark).count()
        db.session.remove()
    return count


def test_thirty_people_without_network(
    scene: Scene, people: dict[str, int], device: Device, visit: NewVisitor
) -> None:
    tarek = visit(device)
    tarek.sign_in(setting.TAREK, setting.PASSWORD)
    address = opens_the_day(tarek, scene)
    tarek.look("register-tag")
    tarek.context.set_offline(True)
    is_killed(tarek, address)
    expect(status(tarek)).to_have_text(re.compile("^kein Netz, Stand von "))
    records_everybody(tarek)
    is_killed(tarek, address)
    turns_to_first_slot(tarek)
    is_still_there(tarek)
    meanwhile_olga_says_otherwise(scene, people)
    assert every_mark(scene) == 1
    tarek.context.set_offline(False)
    expect(status(tarek)).to_have_text(SENT)
    everything_arrived_once(scene)
    decides(tarek, scene, people)
    merges_the_guest(tarek, scene)


def records_everybody(tarek: Visitor) -> None:
    page = tarek.page
    turns_to_first_slot(tarek)
    tarek.press("Alle anwesend")
    expect(page.locator(".day__recorded")).to_have_text("30 von 30 erfasst")
    expect(status(tarek)).to_have_text("30 Einträge warten auf Netz")
    marks(tarek, "Cem Arnold", "abwesend")
    marks(tarek, "Dana Berg", "entschuldigt")
    partly = marks(tarek, "Hanna Çelik", "teilweise")
    partly.get_by_label("Minuten von 90").fill("100")
    tarek.press("Minuten eintragen", partly)
    expect(partly.get_by_text("Der Abschnitt dauert 90 Minuten, mehr geht nicht.")).to_be_visible()
    tarek.press("45 Min.", partly)
    expect(state(tarek, "Hanna Çelik")).to_contain_text("45 Min.")
    marks(tarek, "Emil Berg", "nicht erfasst")
    expect(page.locator(".day__recorded")).to_have_text("29 von 30 erfasst")
    # What was never tried to send and says nothing new is dropped at once; Emil's entry may have been tried.
    expect(status(tarek)).to_have_text(re.compile("^(29|30) Einträge warten auf Netz$"))
    page.get_by_label("Vor- und Nachname").fill("  ada ARNOLD ")
    tarek.press("Auf die Liste setzen")
    expect(page.get_by_role("alert")).to_contain_text("Ada Arnold ist schon dabei: Ist das dieselbe Person?")
    tarek.press("Ja, dieselbe")
    expect(row(tarek, "Ada Arnold").locator(".register__person")).to_be_focused()
    page.get_by_label("Vor- und Nachname").fill(GUEST)
    tarek.press("Auf die Liste setzen")
    marks(tarek, GUEST, "anwesend")
    expect(page.locator(".day__recorded")).to_have_text("30 von 31 erfasst")
    tarek.look("register-ohne-netz")


def is_still_there(tarek: Visitor) -> None:
    expect(status(tarek)).to_have_text(re.compile("^3[01] Einträge warten auf Netz$"))
    expect(tarek.page.locator(".day__recorded")).to_have_text("30 von 31 erfasst")
    expect(state(tarek, "Cem Arnold")).to_contain_text("abwesend")
    expect(state(tarek, GUEST)).to_contain_text("anwesend")
    expect(tarek.page.get_by_role("button", name="Jetzt senden")).to_be_visible()


def meanwhile_olga_says_otherwise(scene: Scene, people: dict[str, int]) -> None:
    with scene.app.app_context():
        with transaction():
            olga = accounts.find_by_email(setting.OLGA)
            cem = cohorts.find_enrolment(scene.cohort, people["Cem Arnold"])
            slot = cohorts.find_slot(scene.cohort, first_slot(scene))
            assert olga and cem and slot
            cohorts.mark(slot, cem, Attendance.PRESENT, 0, olga)
        db.session.remove()


def everything_arrived_once(scene: Scene) -> None:
    said = in_register(scene)
    assert said.pop("Dana Berg") == ("excused", 0)
    assert said.pop("Hanna Çelik") == ("partial", 45)
    assert "Emil Berg" not in said
    assert set(said.values()) == {("present", 90)}
    assert len(said) == 28  # 27 of the list, and the guest
    assert every_mark(scene) == 31  # Olga's, thirty from the phone
    with scene.app.app_context():
        assert attendance.open_conflicts([scene.cohort]) == {scene.cohort: 1}
        [gerda] = [person for person in cohorts.enrolments(scene.cohort) if person.walk_in]
        assert gerda.name == GUEST
        db.session.remove()


def decides(tarek: Visitor, scene: Scene, people: dict[str, int]) -> None:
    page = tarek.page
    expect(row(tarek, GUEST)).to_have_count(1)
    expect(state(tarek, "Cem Arnold")).to_contain_text("anwesend")
    card = page.locator(".conflict")
    expect(card).to_have_text(
        re.compile(
            "Cem Arnold, 09:00 .*: Tarek Aydın hat ohne Netz „abwesend“ eingetragen .*Es gilt „anwesend“ \\(Olga Sommer"
        )
    )
    tarek.look("register-zwei-angaben")
    tarek.press(re.compile("^Übernehmen"), card)
    expect(page.get_by_text("Der Eintrag ist übernommen.")).to_be_visible()
    expect(card).to_have_count(0)
    expect(state(tarek, "Cem Arnold")).to_contain_text("abwesend")
    assert in_register(scene)["Cem Arnold"] == ("absent", 0)
    with scene.app.app_context():
        history = register.history_of_slot(first_slot(scene))[people["Cem Arnold"]]
        assert [mark.recorded_by for mark in history] == ["Tarek Aydın", "Olga Sommer"]
        db.session.remove()


def merges_the_guest(tarek: Visitor, scene: Scene) -> None:
    tarek.follow(re.compile("^Wer ist das"))
    tarek.at(f"Wer ist „{GUEST}“?")
    tarek.look("gast-zuordnen")
    tarek.page.get_by_label("Von der Liste").select_option("Emil Berg")
    tarek.press("Zusammenführen")
    tarek.at(f"„{GUEST}“ mit Emil Berg zusammenführen?")
    tarek.look("gast-zusammenfuehren")
    tarek.press("Zusammenführen")
    expect(tarek.page.get_by_text(f"„{GUEST}“ ist mit Emil Berg zusammengeführt.")).to_be_visible()
    tarek.look("register-liste")
    assert in_register(scene)["Emil Berg"] == ("present", 90)


def test_the_power_goes_without_network(
    scene: Scene, people: dict[str, int], chromium: Browser, address: str, tmp_path: Path
) -> None:
    """The whole browser is killed; opened again, still without network, the day and what was tapped are there."""
    with killable(chromium, tmp_path) as (context, kill):
        page = context.pages[0]
        signs_in(page, address)
        page.goto(f"{address}/kohorten/{scene.cohort}/anwesenheit/heute")
        expect(page.get_by_text(ON_DEVICE)).to_be_visible()
        day = page.url
        context.set_offline(True)
        page.get_by_role("button", name="Alle anwesend").click()
        expect(page.locator(".day__status")).to_have_text("30 Einträge warten auf Netz")
        kill()
    with killable(chromium, tmp_path) as (context, _kill):
        context.set_offline(True)
        page = context.pages[0]
        page.goto(day)
        expect(page.locator(".day__status")).to_have_text("30 Einträge warten auf Netz")
        expect(page.locator(".day__recorded")).to_have_text("30 von 30 erfasst")
        assert every_mark(scene) == 0
        context.set_offline(False)
        signs_in(page, address)  # cookies are written more slowly than entries
        page.goto(day)
        expect(page.locator(".day__status")).to_have_text(SENT)
    assert every_mark(scene) == 30


def signs_in(page: Page, address: str) -> None:
    page.goto(f"{address}/anmelden")
    if page.url.endswith("/anmelden"):
        page.get_by_label("E-Mail").fill(setting.TAREK)
        page.get_by_label("Passwort").fill(setting.PASSWORD)
        page.get_by_role("button", name="Anmelden").click()
        expect(page.locator("details.account")).to_be_visible()


def test_the_session_ends_while_entries_wait(scene: Scene, people: dict[str, int], visit: NewVisitor) -> None:
    tarek = visit(PHONE)
    tarek.sign_in(setting.TAREK, setting.PASSWORD)
    opens_the_day(tarek, scene)
    turns_to_first_slot(tarek)
    tarek.context.set_offline(True)
    tarek.press("Alle anwesend")
    expect(status(tarek)).to_have_text("30 Einträge warten auf Netz")
    tarek.context.clear_cookies()
    with tarek.expecting(401), tarek.page.expect_response(lambda found: found.status == 401):
        tarek.context.set_offline(False)
    expect(status(tarek)).to_have_text(
        "Sie sind nicht mehr angemeldet. 30 Einträge sind auf diesem Gerät gesichert."
    )
    tarek.trouble = [each for each in tarek.trouble if not each.startswith(("400 ", "401 "))]
    tarek.look("register-abgemeldet")
    assert every_mark(scene) == 0
    tarek.follow("Anmelden, dann geht es weiter")
    tarek.page.get_by_label("E-Mail").fill(setting.TAREK)
    tarek.page.get_by_label("Passwort").fill(setting.PASSWORD)
    tarek.press("Anmelden")
    expect(status(tarek)).to_have_text(SENT)
    assert len(in_register(scene)) == 30
    tarek.trouble = [each for each in tarek.trouble if not each.startswith(("400 ", "401 "))]


def test_nobody_else_sees_or_sends_what_waits(
    scene: Scene, people: dict[str, int], visit: NewVisitor
) -> None:
    """Tarek's session has ended without signing out, and Olga signs in on the same phone."""
    phone = visit(PHONE)
    phone.sign_in(setting.TAREK, setting.PASSWORD)
    address = opens_the_day(phone, scene)
    turns_to_first_slot(phone)
    phone.context.set_offline(True)
    phone.press("Alle anwesend")
    expect(status(phone)).to_have_text("30 Einträge warten auf Netz")
    phone.context.clear_cookies()
    phone.open("about:blank")  # what is sent on leaving has no session any more
    phone.context.set_offline(False)
    phone.sign_in(setting.OLGA, setting.PASSWORD)
    expect(phone.page.get_by_role("heading", level=1)).to_be_visible()
    phone.page.wait_for_function(
        "caches.keys().then((names) => names.every((name) => !name.startsWith('register:')))"
    )
    phone.context.set_offline(True)
    with suppress(Error):
        phone.page.goto(address)
    phone.trouble = [each for each in phone.trouble if not each.startswith(("net::ERR_FAILED", "400 "))]
    expect(phone.page.locator("[data-register]")).to_have_count(0)
    phone.context.set_offline(False)
    phone.open(address)
    expect(phone.page.get_by_text(ON_DEVICE)).to_be_visible()
    turns_to_first_slot(phone)
    expect(phone.page.locator(".day__recorded")).to_have_text("0 von 30 erfasst")
    assert every_mark(scene) == 0


def test_who_signs_out_is_asked_and_leaves_nothing(
    scene: Scene, people: dict[str, int], visit: NewVisitor
) -> None:
    tarek = visit(PHONE)
    tarek.sign_in(setting.TAREK, setting.PASSWORD)
    opens_the_day(tarek, scene)
    turns_to_first_slot(tarek)
    tarek.context.route("**/abgleich", lambda route: route.abort("internetdisconnected"))
    marks(tarek, NAMES[0], "anwesend")
    expect(status(tarek)).to_have_text("Ein Eintrag wartet auf Netz")
    tarek.page.locator("details.account summary").click()
    tarek.press("Abmelden")
    expect(tarek.page.get_by_role("dialog")).to_contain_text(
        "Auf diesem Gerät liegt noch etwas, das nicht übertragen ist"
    )
    tarek.press("Abbrechen")
    tarek.context.unroute("**/abgleich")
    tarek.press("Jetzt senden")
    expect(status(tarek)).to_have_text(SENT)
    tarek.page.locator("details.account summary").click()
    tarek.press("Abmelden")
    expect(tarek.page.locator("details.account")).to_have_count(0)
    assert tarek.page.evaluate("caches.keys()") == []
    assert tarek.page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def test_a_slot_is_dropped_while_its_entries_wait(
    scene: Scene, people: dict[str, int], visit: NewVisitor
) -> None:
    """Nothing is lost: the phone says for each entry why it was not taken, until somebody dismisses it."""
    tarek = visit(PHONE)
    tarek.sign_in(setting.TAREK, setting.PASSWORD)
    address = opens_the_day(tarek, scene)
    turns_to_first_slot(tarek)
    tarek.context.set_offline(True)
    marks(tarek, NAMES[0], "anwesend")
    expect(status(tarek)).to_have_text("Ein Eintrag wartet auf Netz")
    with scene.app.app_context():
        with transaction():
            slot = cohorts.find_slot(scene.cohort, first_slot(scene))
            assert slot
            slot.cancelled_at = clock.now()
        db.session.remove()
    tarek.context.set_offline(False)
    notes = tarek.page.locator(".day__notes")
    expect(notes).to_contain_text("Ein Eintrag wurde nicht angenommen.")
    expect(notes).to_contain_text(re.compile(f"{NAMES[0]}, .*„anwesend“: Der Abschnitt „.*“ ist entfallen"))
    expect(tarek.page.locator("#register-abschnitt")).not_to_contain_text("09:00–10:30")
    tarek.open(address)
    expect(notes).to_contain_text("ist entfallen")
    tarek.look("register-abgelehnt")
    tarek.press(re.compile("^Verwerfen"))
    expect(notes).to_be_empty()
    assert every_mark(scene) == 0


def test_a_phone_whose_clock_is_a_day_slow(scene: Scene, people: dict[str, int], visit: NewVisitor) -> None:
    tarek = visit(PHONE)
    tarek.context.clock.set_fixed_time(clock.now() - timedelta(days=1))
    tarek.sign_in(setting.TAREK, setting.PASSWORD)
    opens_the_day(tarek, scene)
    turns_to_first_slot(tarek)
    marks(tarek, NAMES[0], "anwesend")
    expect(tarek.page.locator(".day__notes")).to_have_text(
        "Die Uhr des Geräts ging einen Tag nach. Das ändert nichts: Es zählt die Zeit des Servers."
    )
    expect(status(tarek)).to_have_text(SENT)
    assert in_register(scene) == {NAMES[0]: ("present", 90)}


def test_without_javascript_it_is_a_form(scene: Scene, people: dict[str, int], visit: NewVisitor) -> None:
    tarek = visit(PHONE, script=False)
    tarek.sign_in(setting.TAREK, setting.PASSWORD)
    page = tarek.open(f"/kohorten/{scene.cohort}/anwesenheit/heute")
    tarek.look()
    page.locator("[data-pick] summary").click()
    page.locator("[data-pick] a").first.click()
    tarek.press("Alle anwesend")
    expect(page.get_by_text("Noch nicht gespeichert.")).to_be_visible()
    chooses(page.locator(f"#person_{people[NAMES[3]]}"), "entschuldigt")
    tarek.press("Ja, so speichern")
    expect(page.get_by_text("30 Personen sind eingetragen.")).to_be_visible()
    assert in_register(scene)[NAMES[3]] == ("excused", 0)
    page.get_by_label("Vor- und Nachname").fill(GUEST)
    tarek.press("Auf die Liste setzen")
    expect(page.get_by_text(f"{GUEST} steht jetzt auf der Liste.")).to_be_visible()
    tarek.look()


def test_who_was_struck_is_left_out_without_network(
    scene: Scene, people: dict[str, int], visit: NewVisitor
) -> None:
    with scene.app.app_context(), transaction():
        slot = db.session.get_one(ScheduledSlot, first_slot(scene))
        for state, way in ((Attendance.PRESENT, Way.CODE), (Attendance.NOT_RECORDED, Way.STRUCK)):
            register.enter(slot, people["Cem Arnold"], register.Entry(state=state, way=way), "Tarek")
    tarek = visit(PHONE)
    tarek.sign_in(setting.TAREK, setting.PASSWORD)
    address = opens_the_day(tarek, scene)
    tarek.context.set_offline(True)
    is_killed(tarek, address)
    turns_to_first_slot(tarek)
    badge = row(tarek, "Cem Arnold").locator(".badge")
    expect(badge).to_have_text("gestrichen")
    tarek.press("Alle anwesend")
    expect(tarek.page.locator(".day__recorded")).to_have_text("29 von 30 erfasst")
    expect(tarek.page.locator(".day__done")).to_contain_text(
        "Cem Arnold wurde gestrichen und bleibt es. Bitte einzeln eintragen, wer doch da war."
    )
    expect(tarek.page.get_by_role("button", name="Alle anwesend")).to_be_hidden()
    tarek.look("register-gestrichen")
    tarek.context.set_offline(False)
    expect(status(tarek)).to_have_text(SENT)
    assert len(in_register(scene)) == 29 and "Cem Arnold" not in in_register(scene)
    marks(tarek, "Cem Arnold", "anwesend")
    expect(badge).to_have_count(0)
    expect(tarek.page.locator(".day__recorded")).to_have_text("30 von 30 erfasst")
