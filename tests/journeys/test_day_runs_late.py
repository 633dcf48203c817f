"""The day runs late: lunch moves by twenty minutes, the last slot is cut to fifty.

Times on the desk, on a participant's phone and in a subscribed calendar follow, and so do the units of the records.
"""

from __future__ import annotations

import re
from typing import Any

import icalendar
import pytest
from playwright.sync_api import Locator, expect

from app import clock
from app.extensions import db, transaction
from app.schedule import calendar
from tests.journeys import setting
from tests.journeys.conftest import Hour, NewVisitor
from tests.journeys.setting import PASSWORD, TAREK, Scene
from tests.journeys.visitor import DESK, PHONE, Device, Visitor

LUNCH, FIELDWORK = (
    "Mittagspause, freiwilliges Gruppenfoto 13:05",
    "Sozialräumliche Fallarbeit mit Fallwerkstatt",
)
LAST = "Ressourcen, Kooperation, Team, Veränderung und Abschluss"
Feed = dict[str, tuple[str, str, int, str]]


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["390", "1280"])
def test_the_day_runs_late(scene: Scene, hour: Hour, visit: NewVisitor, device: Device) -> None:
    person, link = setting.enrol(scene, "Ayse Demir")
    ayse, tarek = visit(PHONE), visit(device)
    ayse.enter(link, "Ayse Demir")
    expect(on_the_phone(ayse, scene, LUNCH)).to_contain_text("12:15–13:15")
    address = subscribed(scene)
    before = feed(tarek, address)
    assert before[LAST][:3] == ("15:00", "16:30", 0)
    hour.strikes("12:10")
    tarek.sign_in(TAREK, PASSWORD)
    lunch_moves(tarek, scene)
    expect(on_the_phone(ayse, scene, LUNCH)).to_contain_text("12:35–13:35")
    expect(on_the_phone(ayse, scene, LAST)).to_contain_text("15:20–16:50")
    ayse.look(f"plan-verschoben-{device.width}")
    assert feed(tarek, address)[LAST][:3] == ("15:20", "16:50", 1)
    hour.strikes("15:40")
    the_last_is_cut(tarek)
    expect(on_the_phone(ayse, scene, LAST)).to_contain_text("15:20–16:10")
    hour.strikes("16:20")
    confirms(tarek)
    setting.was_there(scene, person, 4)
    ayse.open(scene.way + "nachweise")
    expect(ayse.page.get_by_text("7,11 von 7,11 geplanten UE")).to_be_visible()
    after = feed(tarek, address)
    assert after[LAST][:3] == ("15:20", "16:10", 4)  # moved, cut wrongly, taken back, cut
    assert after[FIELDWORK][:3] == ("13:35", "15:05", 1)
    assert {title: event[3] for title, event in after.items()} == {
        title: event[3] for title, event in before.items()
    }


def lunch_moves(tarek: Visitor, scene: Scene) -> None:
    """Two touches from the day."""
    page = tarek.open(f"/kohorten/{scene.cohort}")
    tarek.follow("Tagesplan", page.get_by_role("navigation", name="In dieser Kohorte"))
    tarek.at("Tagesplan")
    expect(page.get_by_text("8 UE an 1 Tag")).to_be_visible()
    tarek.look("tagesplan")
    tarek.follow(re.compile("^Abschnitte ändern"))
    tarek.at("Tag: Freitag, 3. Juli 2026")
    tarek.look("tag")
    tarek.follow(re.compile(f"^Ändern.*{LUNCH}"))
    tarek.at(LUNCH)
    tarek.look("abschnitt")
    moves_too_early(tarek)
    tarek.press("20 Minuten später")
    tarek.at("Tag: Freitag, 3. Juli 2026")
    said = page.get_by_role("status").filter(has_text="Erledigt:")
    expect(said).to_contain_text("12:15–13:15 → 12:35–13:35, alles danach 20 Minuten später")
    expect(row(tarek, LUNCH)).to_contain_text("12:35–13:35")
    expect(row(tarek, LUNCH)).to_contain_text("geplant 12:15–13:15")
    tarek.look("tag-verschoben")


def moves_too_early(tarek: Visitor) -> None:
    """What overlaps is refused; what was typed stays."""
    page = tarek.page
    page.get_by_label("Andere Zahl von Minuten").fill("-15")
    with tarek.expecting(422):
        tarek.press("Verschieben")
    expect(page.get_by_role("alert")).to_contain_text("überschneiden sich um 15 Minuten")
    expect(page.get_by_label("Andere Zahl von Minuten")).to_have_value("-15")
    tarek.look("abschnitt-fehler")


def the_last_is_cut(tarek: Visitor) -> None:
    """First wrongly, then taken back, then rightly."""
    page = tarek.page
    page.reload()
    for minutes, times in (("15", "15:20–15:35"), ("50", "15:20–16:10")):
        tarek.follow(re.compile(f"^Ändern.*{LAST}"))
        page.get_by_label("Dauer in Minuten", exact=True).fill(minutes)
        tarek.press("Dauer ändern")
        expect(row(tarek, LAST)).to_contain_text(times)
        if minutes == "15":
            tarek.press("Rückgängig")
            expect(page.get_by_text("Die Änderung ist rückgängig gemacht.")).to_be_visible()
            expect(row(tarek, LAST)).to_contain_text("15:20–16:50")


def confirms(tarek: Visitor) -> None:
    """The sum follows while the times are typed."""
    page = tarek.page
    tarek.follow("Ist-Zeiten bestätigen")
    tarek.at("Wie der Tag wirklich war")
    expect(page.get_by_text("7,11 UE, geplant 8 UE")).to_be_visible()
    off = page.get_by_label(f"{FIELDWORK} fand nicht statt")
    off.check()
    expect(page.get_by_text("5,11 UE, geplant 8 UE")).to_be_visible()
    off.uncheck()
    expect(page.get_by_text("7,11 UE, geplant 8 UE")).to_be_visible()
    tarek.look("ist-zeiten")
    tarek.press("Zeiten bestätigen")
    expect(page.get_by_text("Ist-Zeiten bestätigt", exact=True)).to_be_visible()
    tarek.look("tag-bestaetigt")
    tarek.follow("Verlauf der Änderungen")
    entries = page.get_by_role("main").get_by_role("listitem")
    expect(entries.first).to_contain_text("Ist-Zeiten bestätigt")
    expect(entries.last).to_contain_text("alles danach 20 Minuten später")
    tarek.look("verlauf")


def row(visitor: Visitor, title: str) -> Locator:
    return visitor.page.get_by_role("main").get_by_role("listitem").filter(has_text=title).last


def on_the_phone(ayse: Visitor, scene: Scene, title: str) -> Locator:
    page = ayse.open(scene.way + "plan")
    return page.locator("ol.plan > li").filter(has_text=title)


def subscribed(scene: Scene) -> str:
    """The address of the cohort's feed."""
    with scene.app.app_context():
        with transaction():
            token = calendar.make(calendar.Whose(cohort_id=scene.cohort)).token
        db.session.remove()
    return f"/kalender/{token}.ics"


def feed(visitor: Visitor, address: str) -> Feed:
    """title -> from, to, SEQUENCE, UID, as a calendar reads it."""
    answer = visitor.context.request.get(address)
    assert answer.ok
    found: Feed = {}
    for event in icalendar.Calendar.from_ical(answer.body()).walk("VEVENT"):
        start, end = (clock.local(event.decoded(name)).strftime("%H:%M") for name in ("DTSTART", "DTEND"))
        found[title_of(event)] = start, end, int(str(event["SEQUENCE"])), str(event["UID"])
    return found


def title_of(event: Any) -> str:
    """The slot's title, wherever in the summary it stands."""
    summary = str(event["SUMMARY"])
    return next((title for title in (LUNCH, FIELDWORK, LAST) if title in summary), summary)
