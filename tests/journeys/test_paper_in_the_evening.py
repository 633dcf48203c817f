"""Paper entered in the evening: the list is printed, signed, taken over with the keyboard, scanned, and added up."""

from __future__ import annotations

import hashlib
import io
import re
from pathlib import Path

import pypdfium2
from playwright.sync_api import Page, expect

from app.cohorts import people, service
from app.cohorts.models import Enrolment, Way
from app.extensions import db, transaction
from tests.attendance.test_evidence import png
from tests.journeys import setting
from tests.journeys.conftest import Hour, NewVisitor
from tests.journeys.setting import Scene
from tests.journeys.visitor import Device, Visitor

PEOPLE = (
    "Lea Özdemir", "Jan Mueller", "Dr. Ida von der Au", "Ali Demir", "Nora Thiel", "Uwe Muff", "Zoë Brandt", "Emre Şahin",
    "Mia Kolb", "Tom Kolb", "Eva Wirth",
)  # fmt: skip
ORDER = (
    "Brandt, Zoë", "Demir, Ali", "Kolb, Mia", "Kolb, Tom", "Mueller, Jan", "Muff, Uwe", "Özdemir, Lea", "Şahin, Emre",
    "Thiel, Nora", "von der Au, Dr. Ida", "Wirth, Eva",
)  # fmt: skip
GUEST = "Gero Gast"
FUNDER = "Kreis Musterland"
DOWN = "ArrowDown"


def test_the_evening(scene: Scene, hour: Hour, device: Device, visit: NewVisitor, tmp_path: Path) -> None:
    for name in PEOPLE:
        setting.enrol(scene, name)
    sent_by(scene, "Mia Kolb", FUNDER)
    olga = visit(device)
    olga.sign_in(setting.OLGA, setting.PASSWORD)
    prints_the_list(olga, scene, tmp_path)
    hour.strikes("19:30")
    takes_it_over(olga, scene)
    everything_is_in_the_register(scene)
    attaches_the_scan(olga, tmp_path)
    adds_up(olga, scene, tmp_path)
    removes_the_scan(olga, scene)


def sent_by(scene: Scene, name: str, funder: str) -> None:
    with scene.app.app_context():
        with transaction():
            [person] = [each for each in people.enrolments(scene.cohort) if each.name == name]
            db.session.get_one(Enrolment, person.id).funder = funder
        db.session.remove()


def prints_the_list(olga: Visitor, scene: Scene, folder: Path) -> None:
    page = olga.open(f"/kohorten/{scene.cohort}/anwesenheit")
    olga.look("anwesenheit-mit-papier")
    with page.expect_download() as waiting:
        olga.follow("Teilnahmeliste zum Unterschreiben (PDF)")
    assert waiting.value.suggested_filename == "Teilnahmeliste Sozialraumteam Nord 2026-07-03.pdf"
    waiting.value.save_as(folder / "liste.pdf")
    document = pypdfium2.PdfDocument(io.BytesIO((folder / "liste.pdf").read_bytes()))
    text = " ".join(" ".join(each.get_textpage().get_text_range() for each in document).split())
    document.close()
    for number, name in enumerate(ORDER, 1):
        assert f"{number} {name.replace(',', '')}" in text, name
    assert "Unterschrift Vormittag" in text and "Unterschrift Nachmittag" in text
    assert "@" not in text


def takes_it_over(olga: Visitor, scene: Scene) -> None:
    """Nothing but Tab, arrows, typing and Enter."""
    page = olga.page
    olga.follow("Vom Papier übertragen")
    olga.at("Vom Papier übertragen")
    expect(page.locator("tbody tr:not(.guest) th")).to_have_text([re.compile(name) for name in ORDER])
    olga.look("papier-leer")
    page.locator("form.wide select").first.focus()
    for number, _name in enumerate(ORDER):
        fill_row(page, number)
    page.keyboard.type(GUEST)
    for _ in range(2):
        page.keyboard.press("Tab")
        page.keyboard.press(DOWN)
    olga.glance("papier-ausgefüllt")
    with olga.expecting(422):
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text(
        "Ali Demir, Nachmittag: Bitte geben Sie an, wie viele Minuten Inhalt die Person da war, als ganze Zahl."
    )
    expect(page.get_by_label("Freie Zeile 1: Vor- und Nachname")).to_have_value(GUEST)
    olga.look("papier-minuten-fehlen")
    page.get_by_label("Ali Demir, Nachmittag, Minuten").focus()
    page.keyboard.type("60")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("12 Personen sind eingetragen.")
    expect(page.get_by_role("row", name="Gast, Gero")).to_be_visible()
    olga.look("papier-übernommen")


def fill_row(page: Page, number: int) -> None:
    """Everybody signed twice, but the second left early (the minutes are forgotten) and the third was not there."""
    for half in range(2):
        steps = {(1, 1): 5, (2, 0): 2, (2, 1): 2}.get((number, half), 1)
        for _ in range(steps):
            page.keyboard.press(DOWN)
        page.keyboard.press("Tab")
        if steps == 5:
            expect(page.get_by_label("Ali Demir, Nachmittag, Minuten")).to_be_focused()
            page.keyboard.press("Tab")


def everything_is_in_the_register(scene: Scene) -> None:
    with scene.app.app_context():
        marks = service.marks(scene.cohort)
        names = {person.id: person.name for person in people.enrolments(scene.cohort)}
        slots = [slot.id for slot in service.slots(scene.cohort) if slot.content_minutes]
        assert len(marks) == 12 * len(slots)
        assert {mark.way for mark in marks.values()} == {Way.PAPER}
        said = {name: [marks[number, slot].state for slot in slots] for number, name in names.items()}
        ali = [marks[number, slot] for number, name in names.items() if name == "Ali Demir" for slot in slots]
        assert sum(mark.minutes for mark in ali[2:]) == 60
        db.session.remove()
    assert set(said["Mia Kolb"]) == {"absent"}
    assert set(said["Ali Demir"]) == {"present", "partial", "absent"}
    for name in {*PEOPLE, GUEST} - {"Mia Kolb", "Ali Demir"}:
        assert set(said[name]) == {"present"}, name


def attaches_the_scan(olga: Visitor, folder: Path) -> None:
    page = olga.page
    olga.follow("Unterschriebene Liste anhängen")
    olga.at("Unterschriebene Liste anhängen")
    (folder / "nur-text.png").write_text("Ich bin kein Bild.")
    page.get_by_label("Scan oder Foto anhängen").set_input_files(folder / "nur-text.png")
    with olga.expecting(422):
        olga.press("Datei anhängen")
    expect(page.get_by_role("alert")).to_contain_text("Die Datei ist kein PDF, kein JPEG und kein PNG")
    olga.look("scan-falscher-typ")
    scan = png(b"Freitag")
    (folder / "Liste Freitag.png").write_bytes(scan)
    page.get_by_label("Scan oder Foto anhängen").set_input_files(folder / "Liste Freitag.png")
    olga.press("Datei anhängen")
    expect(page.get_by_role("status")).to_contain_text("„Liste Freitag.png“ ist angehängt.")
    expect(page.get_by_text(hashlib.sha256(scan).hexdigest())).to_be_visible()
    olga.look("scan-angehängt")
    with page.expect_download() as waiting:
        olga.follow("Liste Freitag.png")
    waiting.value.save_as(folder / "zurück.png")
    assert (folder / "zurück.png").read_bytes() == scan


def adds_up(olga: Visitor, scene: Scene, folder: Path) -> None:
    """Eight units for ten people; Ali was there for four units in the morning and 60 minutes; Mia was not."""
    page = olga.page
    olga.follow("Anwesenheit", page.locator(".crumbs"))
    expect(page.get_by_role("link", name="Liste Freitag.png", exact=True)).to_be_visible()
    olga.follow("Listen und Summen: Personen, Tage, Kostenträger")
    olga.at("Listen")
    row = page.get_by_role("row", name=re.compile("^Demir"))
    expect(row).to_contain_text("5,33 UE 240 Min.", use_inner_text=False)
    expect(page.get_by_role("row", name=re.compile("^Summe"))).to_contain_text("85,33", use_inner_text=False)
    olga.look("listen-personen")
    page.get_by_label("Liste", exact=True).select_option("Kostenträger")
    page.get_by_label("Runden").select_option("auf ganze UE je Kostenträger (nur die Summe)")
    olga.press("Anzeigen")
    expect(page.get_by_role("row", name=re.compile("^Summe"))).to_contain_text("85", use_inner_text=False)
    expect(page.get_by_role("row", name=re.compile(f"^{FUNDER}"))).to_contain_text("0", use_inner_text=False)
    olga.look("listen-kostentraeger")
    with page.expect_download() as waiting:
        olga.press("Als CSV (Excel)")
    waiting.value.save_as(folder / "liste.csv")
    table = (folder / "liste.csv").read_bytes().decode("utf-8-sig").split("\r\n")
    assert table[:4] == [
        "Kostenträger;Personen;Summe Minuten;Summe UE;nicht erfasst", f"{FUNDER};1;0;0;0",
        "ohne Angabe;11;3840;85;0", "Summe;12;3840;85;0",
    ]  # fmt: skip
    page.goto("/listen")
    olga.look("listen-alle")


def removes_the_scan(olga: Visitor, scene: Scene) -> None:
    page = olga.open(f"/kohorten/{scene.cohort}/anwesenheit")
    olga.follow(re.compile("^Löschen"))
    olga.at("Unterschriebene Liste löschen")
    olga.look("scan-löschen")
    olga.press("Datei löschen")
    expect(page.get_by_role("status")).to_contain_text("„Liste Freitag.png“ ist gelöscht.")
    expect(page.get_by_text("(gelöscht)")).to_be_visible()
    olga.look("scan-gelöscht")
