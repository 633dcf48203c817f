"""Olga invites twenty by a list out of Excel, three of them have no mail and get cards; and what happens when it is full.

The list is Windows-1252 with semicolons, as German Excel writes it, and one of its lines is broken.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import page as pdf_check
import pypdfium2
import pytest
from flask import Flask
from playwright.sync_api import expect

from app import clock
from app.accounts import letters
from app.cohorts import service as cohorts
from app.cohorts.models import Cohort
from app.extensions import db, transaction
from tests.journeys import setting
from tests.journeys.conftest import Hour, NewVisitor
from tests.journeys.setting import Scene
from tests.journeys.visitor import Device, Visitor
from tests.support.mail import Inbox, Server

WITH_MAIL = [f"Person Ü{number}" for number in range(1, 17)]
WITHOUT = ["Änne Groß", "Bela Öztürk", "Çiğdem Weiß".replace("ğ", "g")]
MENDED = "Zoë Brandt"


@pytest.fixture
def inbox(app: Flask) -> Iterator[Inbox]:
    server = Server(app)
    yield server.inbox
    server.stop()


def the_list() -> bytes:
    """Twenty people: sixteen with an address, three without, and one whose address is cut off."""
    lines = ["Nachname;Vorname;E-Mail;Kostenträger"]
    lines += [
        f"{name.split()[1]};Person;p{at}@example.org;Jugendamt Nord" for at, name in enumerate(WITH_MAIL, 1)
    ]
    lines += [f"{name.split()[1]};{name.split()[0]};;Träger Süd" for name in WITHOUT]
    lines.insert(5, "Brandt;Zoë;zoe@;Caritas")
    return "\r\n".join([*lines, ";;;", ""]).encode("cp1252")


def test_twenty_by_a_list(
    scene: Scene, hour: Hour, device: Device, visit: NewVisitor, inbox: Inbox, tmp_path: Path
) -> None:
    olga = visit(device)
    olga.sign_in(setting.OLGA, setting.PASSWORD)
    reads_the_list(olga, scene)
    mends_and_confirms(olga)
    reads_it_again(olga, scene)
    opens_the_letter(scene, inbox, visit(device))
    prints_the_cards(olga, scene, visit(device), tmp_path)
    sees_who_has_come(olga, scene)


def reads_the_list(olga: Visitor, scene: Scene) -> None:
    page = olga.open(f"/kohorten/{scene.cohort}/teilnehmende")
    olga.look("teilnehmende-leer")
    page.get_by_role("main").get_by_role("link", name="Einladen").click()
    olga.at("Einladen")
    olga.look("einladen")
    olga.follow("Liste einlesen")
    olga.look("liste")
    page.get_by_label("CSV-Datei").set_input_files(
        {"name": "Teilnehmende.csv", "mimeType": "text/csv", "buffer": the_list()}
    )
    olga.press("Vorschau zeigen")
    olga.at("Vorschau der Liste")
    expect(page.locator(".lead")).to_have_text(
        "20 Zeilen: 19 neu, 1 fehlerhaft. Noch ist nichts gespeichert."
    )
    expect(page.get_by_role("group", name="Zeile 6")).to_contain_text("Brandt;Zoë;zoe@;Caritas")
    olga.look("liste-vorschau")


def mends_and_confirms(olga: Visitor) -> None:
    page = olga.page
    with olga.expecting(422):
        olga.press("Liste aufnehmen")
    expect(page.get_by_role("alert")).to_contain_text("Zeile 6: Die E-Mail-Adresse ist nicht vollständig.")
    olga.look("liste-berichtigen")
    page.get_by_role("group", name="Zeile 6").get_by_label("E-Mail").fill("zoe@example.org")
    olga.press("Liste aufnehmen")
    olga.at("Einladen")
    expect(page.get_by_role("status")).to_contain_text(
        "20 Personen sind aufgenommen. 17 Einladungen sind unterwegs. 3 Personen ohne E-Mail-Adresse"
    )
    expect(page.get_by_text("3 Personen ohne E-Mail-Adresse waren noch nicht da.")).to_be_visible()
    olga.look("eingeladen")


def reads_it_again(olga: Visitor, scene: Scene) -> None:
    """The same list twice adds nobody, and says so."""
    page = olga.open(f"/kohorten/{scene.cohort}/einladen/liste")
    mended = the_list().decode("cp1252").replace("zoe@;", "zoe@example.org;")
    page.get_by_label("Oder Zeilen einfügen").fill(mended)
    olga.press("Vorschau zeigen")
    expect(page.locator(".lead")).to_contain_text("20 Zeilen: 20 schon dabei.")
    olga.press("Auswahl bestätigen")
    expect(page.get_by_role("status")).to_contain_text("Niemand wurde doppelt aufgenommen.")


def opens_the_letter(scene: Scene, inbox: Inbox, zoe: Visitor) -> None:
    with scene.app.app_context():
        assert letters.send_due() == 17
        db.session.remove()
    received = {to: text for to, _, text in inbox.received}
    assert set(received) == {f"p{at}@example.org" for at in range(1, 17)} | {"zoe@example.org"}
    assert "Sie sind eingeladen: Sozialraumteam Nord." in received["zoe@example.org"]
    found = re.search(r"\S+/mein/\S+", received["zoe@example.org"])
    assert found
    zoe.enter(urlsplit(found[0]).path, MENDED)
    zoe.look("eingeladene-person")


def prints_the_cards(olga: Visitor, scene: Scene, aenne: Visitor, tmp_path: Path) -> None:
    page = olga.open(f"/kohorten/{scene.cohort}/karten")
    olga.look("karten-waehlen")
    chosen = page.get_by_role("checkbox", checked=True)
    expect(chosen).to_have_count(3)
    with page.expect_download() as waiting:
        olga.press("Karten mit neuen Links laden (PDF)")
    file = tmp_path / "karten.pdf"
    waiting.value.save_as(file)
    assert pdf_check.validate_pdf_bytes(file.read_bytes(), profile="ua1").failures == []
    document = pypdfium2.PdfDocument(file)
    assert len(document) == 1
    text = document[0].get_textpage().get_text_range()
    document[0].render(scale=3).to_pil().save(tmp_path / "karten.png")
    document.close()
    for name in WITHOUT:
        assert name in text
    aenne.enter(_first_card(text, tmp_path), WITHOUT[0])


def _first_card(text: str, tmp_path: Path) -> str:
    """The way in on the first card, read by a scanner as a phone would, or from its printed address."""
    printed = ["".join(found.split()) for found in re.findall(r"mein/\W*((?:\w{4}-){4}\w{4})", text)]
    assert len(printed) == 3
    if shutil.which("zbarimg"):
        command = ["zbarimg", "-q", "--raw", str(tmp_path / "karten.png")]
        scanned = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split()
        assert {address.rsplit("/", 1)[1] for address in scanned} == set(printed)
    return f"/mein/{printed[0].lower()}"


def sees_who_has_come(olga: Visitor, scene: Scene) -> None:
    page = olga.open(f"/kohorten/{scene.cohort}/teilnehmende")
    olga.look("teilnehmende")
    rows = page.get_by_role("region", name="Teilnehmende, Tabelle").locator("tbody tr")
    expect(rows).to_have_count(20)
    expect(rows.filter(has_text=MENDED)).to_contain_text("war da; eingeladen am 3. Juli 2026")
    expect(rows.filter(has_text=WITHOUT[0])).to_contain_text("war da; Karte vom")
    expect(rows.filter(has_text=WITHOUT[1])).to_contain_text("noch nicht da; Karte vom")


# A full cohort, another one, and going


def test_full_moved_and_left(scene: Scene, hour: Hour, device: Device, visit: NewVisitor) -> None:
    anna, link = setting.enrol(scene, "Anna Kolb")
    other = another_cohort(scene)
    mara, olga, person = visit(device), visit(device), visit(device)
    olga.sign_in(setting.OLGA, setting.PASSWORD)
    waits(mara, scene)
    is_admitted(olga, mara, scene)
    person.enter(link, "Anna Kolb")
    names_herself(person, scene)
    moves(olga, person, scene, anna, other)
    leaves(person, other)


def another_cohort(scene: Scene) -> int:
    """A second cohort of the same course; the first has one seat from now on."""
    with scene.app.app_context():
        with transaction():
            first = db.session.get_one(Cohort, scene.cohort)
            first.seats = 1
            details = cohorts.Details(
                title="Sozialraumteam Süd", place="Rathaus", attendance_percent=80, reflections="keine",
                join_until=clock.now() + timedelta(days=30),
            )  # fmt: skip
            days = setting.lay_plan(setting.real_course()[1].day_plans[1], [setting.DAY])
            made = cohorts.create(setting.editions.find(scene.edition), "Plan", days, details).id  # type: ignore[arg-type]
        db.session.remove()
    return made


def waits(mara: Visitor, scene: Scene) -> None:
    page = mara.open(f"/beitreten/{scene.code}")
    expect(page.get_by_text("Alle Plätze sind vergeben.")).to_be_visible()
    mara.look("voll")
    page.get_by_label("Ihr Name, wie er auf der Bescheinigung stehen soll").fill("Mara Krüger")
    mara.press("Auf die Warteliste setzen")
    mara.at("Sie stehen auf der Warteliste")
    expect(page.get_by_text("Platz 1")).to_be_visible()
    mara.look("warteplatz")


def is_admitted(olga: Visitor, mara: Visitor, scene: Scene) -> None:
    page = olga.open(f"/kohorten/{scene.cohort}/warteliste")
    expect(page.get_by_text("Es ist kein Platz frei.")).to_be_visible()
    olga.look("warteliste-voll")
    olga.open(f"/kohorten/{scene.cohort}/aendern")
    page.get_by_label("Plätze").fill("5")
    olga.press("Änderungen speichern")
    olga.open(f"/kohorten/{scene.cohort}/warteliste")
    olga.look("warteliste")
    olga.press(re.compile("Aufnehmen.*Mara Krüger"))
    expect(page.get_by_role("status")).to_contain_text("Mara Krüger ist aufgenommen.")
    mara.page.reload()
    mara.at("Sie haben einen Platz, Mara Krüger")
    mara.look("platz")
    mara.press("Mit dem Kurs beginnen")
    expect(mara.page.get_by_role("heading", name="Ihr Weg")).to_be_visible()


def names_herself(person: Visitor, scene: Scene) -> None:
    page = person.open(f"/kurs/{scene.cohort}/nachweise")
    person.follow("Mein Name auf der Bescheinigung")
    person.look("mein-name")
    page.get_by_label("Mein Name auf der Bescheinigung").fill("Dr. Anna Kolb")
    person.press("Namen speichern")
    expect(page.get_by_role("status")).to_contain_text("Ihr Name ist geändert.")


def moves(olga: Visitor, person: Visitor, scene: Scene, anna: int, other: int) -> None:
    page = olga.open(f"/kohorten/{scene.cohort}/teilnehmende/{anna}")
    olga.look("person")
    olga.follow("In eine andere Kohorte umziehen …")
    page.get_by_label("Wohin?").select_option(str(other))
    olga.press("Zeigen, was das heißt")
    expect(page.get_by_text("Es ist derselbe Kurs")).to_be_visible()
    olga.look("umziehen")
    olga.press("Ja, umziehen")
    expect(page.get_by_role("status")).to_contain_text(
        "Dr. Anna Kolb ist nach „Sozialraumteam Süd“ umgezogen."
    )
    person.open(f"/kurs/{other}/")
    expect(person.page.get_by_role("heading", name="Ihr Weg")).to_be_visible()


def leaves(person: Visitor, other: int) -> None:
    person.open(f"/kurs/{other}/austreten")
    person.look("austreten")
    person.press("Ja, austreten")
    expect(person.page.get_by_role("status")).to_contain_text("Sie sind ausgetreten.")
