"""An organiser's morning: what waits is on one page, each line leads to where it is done, and then it is gone."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.accounts import letters
from app.accounts.models import Letter
from app.extensions import db, transaction
from tests.journeys import setting
from tests.journeys.conftest import Hour, NewVisitor
from tests.journeys.setting import Scene
from tests.journeys.visitor import Device, Visitor
from tests.support.mail import use_server
from tests.support.returned import postfix

FIRST = "Ankommen, Sozialraum, Prinzipien"
NORA, EMRE = "Nora Thiel", "Emre Şahin"
RETURNED = "<0123456789abcdef0123456789abcdef@example.org>"


@pytest.fixture
def morning(scene: Scene, hour: Hour) -> Scene:
    """Two people; the first slot is over, nobody is recorded; one letter was refused, another sent."""
    use_server(scene.app, 25)
    for name in (NORA, EMRE):
        setting.enrol(scene, name)
    hour.strikes("10:35")
    with scene.app.app_context():
        with transaction():
            for recipient in ("emre@exmaple.org", "nora@example.org"):
                letters.write(recipient, "Ihr persönlicher Link", "x")
            refused, sent = db.session.scalars(select(Letter).order_by(Letter.id))
            refused.next_try_at, refused.tries = None, 1
            refused.error = "recipient 550 5.1.1 User unknown"
            sent.sent_at, sent.next_try_at, sent.message_id = sent.created_at, None, RETURNED
        db.session.remove()
    return scene


def test_what_waits_is_done_and_gone(
    morning: Scene, device: Device, visit: NewVisitor, hour: Hour, tmp_path: Path
) -> None:
    olga = visit(device)
    olga.sign_in(setting.OLGA, setting.PASSWORD)
    sees_the_day(olga)
    records_the_first_slot(olga)
    sees_to_the_post(olga, tmp_path)
    has_nothing_left(olga, hour)


def sees_the_day(olga: Visitor) -> None:
    page = olga.page
    running = page.get_by_role("region", name="Läuft heute")
    expect(running).to_contain_text("Sozialraumteam Nord")
    expect(running).to_contain_text("2 Personen")
    todo = page.get_by_role("region", name="Zu tun")
    expect(todo.get_by_role("heading", level=3)).to_have_text(["Post", "Sozialraumteam Nord"])
    expect(todo.get_by_role("link")).to_have_count(2)
    olga.look("heute")


def records_the_first_slot(olga: Visitor) -> None:
    page = olga.page
    page.get_by_role("link", name=f"Anwesenheit fehlt: {FIRST}").click()
    olga.at(FIRST)
    for name in (NORA, EMRE):
        group = page.get_by_role("group", name=f"Anwesenheit von {name}")
        group.locator("label", has_text="anwesend").first.click()
    olga.press("Anwesenheit speichern")
    expect(page.get_by_role("status")).to_contain_text("2 Personen sind eingetragen.")
    olga.follow("Heute", page.get_by_role("navigation", name="Hauptnavigation"))
    expect(page.get_by_role("region", name="Zu tun").get_by_role("heading", level=3)).to_have_text(["Post"])


def sees_to_the_post(olga: Visitor, tmp_path: Path) -> None:
    page = olga.page
    page.get_by_role("link", name="1 Mail ist nicht angekommen").click()
    olga.at("Postausgang")
    failed = page.get_by_role("region", name="Nicht gesendet (1)")
    expect(failed).to_contain_text("Der Mailserver kennt die Adresse nicht (550).")
    olga.look("postausgang")
    failed.get_by_label("Noch einmal senden an").fill("emre@")
    with olga.expecting(422):
        failed.get_by_role("button", name="Noch einmal senden").click()
    expect(failed).to_contain_text("Diese E-Mail-Adresse ist nicht vollständig.")
    olga.look("postausgang-adresse-falsch")
    failed.get_by_label("Noch einmal senden an").fill("emre@example.org")
    failed.get_by_role("button", name="Noch einmal senden").click()
    expect(page.get_by_role("status")).to_contain_text(
        "Die Mail wird noch einmal gesendet, an emre@example.org."
    )
    brings_back(olga, tmp_path)
    olga.press(re.compile("Erledigt.*nora@example.org"))
    expect(page.get_by_role("status")).to_contain_text("Die Mail ist als erledigt vermerkt.")


def brings_back(olga: Visitor, tmp_path: Path) -> None:
    """The notification that lay in the mail programme; first the wrong file."""
    page = olga.page
    wrong, right = tmp_path / "notiz.eml", tmp_path / "ruecksendung.eml"
    wrong.write_text("Das ist nur eine Notiz.")
    right.write_bytes(postfix(RETURNED, recipient="nora@example.org"))
    page.get_by_label("Datei mit der Rücksendung").set_input_files(wrong)
    with olga.expecting(422):
        olga.press("Rücksendung eintragen")
    expect(page.get_by_role("alert")).to_contain_text("Diese Datei ist keine Rücksendung eines Mailservers.")
    olga.look("postausgang-falsche-datei")
    page.get_by_label("Datei mit der Rücksendung").set_input_files(right)
    olga.press("Rücksendung eintragen")
    returned = page.get_by_role("region", name="Nicht angekommen: kam zurück (1)")
    expect(returned).to_contain_text("Diese Adresse gibt es nicht (5.1.1).")
    olga.look("postausgang-zurueck")


def has_nothing_left(olga: Visitor, hour: Hour) -> None:
    page = olga.open("/heute")
    expect(page.get_by_role("region", name="Zu tun")).to_have_count(0)
    expect(page.locator(".note")).to_contain_text("Alles erledigt: Gerade ist nichts offen.")
    olga.look("heute-erledigt")
    hour.strikes("08:00", setting.DAY + timedelta(days=200))
    page = olga.open("/heute")
    expect(page.locator(".empty")).to_contain_text("Gerade läuft keine Kohorte")
    olga.look("heute-leer")


def test_without_javascript_everything_can_be_done(morning: Scene, visit: NewVisitor, device: Device) -> None:
    olga = visit(device, script=False)
    olga.sign_in(setting.OLGA, setting.PASSWORD)
    olga.look()
    olga.open("/postausgang")
    olga.look()
    olga.press(re.compile("Noch einmal senden"))
    expect(olga.page.get_by_role("status")).to_contain_text("Die Mail wird noch einmal gesendet")
