"""One person's two days on the whole course, up to what is taken home and what is erased."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.journeys import setting
from tests.journeys.conftest import Hour, NewVisitor
from tests.journeys.hands import chooses, comes_in, saves, takes, turns_to, words_of
from tests.journeys.setting import Scene
from tests.journeys.visitor import Visitor

NAME = "Mara Kolb"
MODULE = "sozialraum-verstehen"
SECOND_DAY = setting.DAY + timedelta(days=1)
WISH, OTHER_WISH = "wir an Beispielen aus unserer Kita arbeiten", "die Pausen wirklich Pausen sind"
QUESTION = "Wer im Stadtteil weiß, was es schon gibt?"
INSIGHT = "Ein Sozialraum liegt nicht fertig da. Wir stellen ihn mit her."
TAKEN = "Öfter an der Haltestelle stehen bleiben."
BLOCKS = ("w-ankommen", "w1-1", "w1-2", "l1-1", "t9-1", "rueckschau")


@pytest.fixture
def scene(app: Flask, hour: Hour) -> Scene:
    return setting.set_up(app, plan_slug="zwei-tage")


def test_two_days(scene: Scene, hour: Hour, visit: NewVisitor, tmp_path: Path) -> None:
    mara = comes_in(visit, scene, NAME)
    sees_both_days(mara, scene)
    begins(mara, scene, hour)
    stops_to_think(mara, scene, hour)
    searches(mara, scene)
    hour.strikes("16:00", SECOND_DAY)
    learns_with_cards(mara, scene)
    takes_a_first_step(mara, scene)
    looks_back(mara, scene)
    takes_the_lernheft_home(mara, scene, tmp_path)
    erases_everything(mara, scene)


def sees_both_days(mara: Visitor, scene: Scene) -> None:
    page = mara.open(scene.way + "plan")
    expect(page.locator(".lead")).to_contain_text("16 Unterrichtseinheiten zu 45 Minuten, ohne Pausen.")
    expect(page.locator("ol.plan")).to_have_count(2)
    mara.look("zwei-tage-plan")


def begins(mara: Visitor, scene: Scene, hour: Hour) -> None:
    """Wishes, keywords and a question on the first morning; some pages are read."""
    hour.strikes("09:10")
    wishes = turns_to(mara, scene, MODULE, "ankommen", "w-ankommen")
    for at, wish in enumerate((WISH, OTHER_WISH), 1):
        wishes.get_by_label(f"Wunsch {at}").fill(wish)
    saves(mara, wishes, "Wünsche speichern")
    mara.press(re.compile("^Weiter "))
    words, questions = mara.block("w1-1"), mara.block("w1-2")
    for at, word in enumerate(("Lebenswelt", "Aneignung", "Nachbarschaft"), 1):
        words.get_by_label(f"Schlagwort {at}", exact=True).fill(word)
    saves(mara, words, "Schlagworte speichern")
    questions.get_by_label("Frage 1").fill(QUESTION)
    saves(mara, questions, "Fragen speichern")
    for heading in ("Was ist ein Sozialraum?", "Raum in vier Zugängen lesen", "Sozialräumlich schauen"):
        mara.press(re.compile("^Weiter "))
        mara.at(heading)


def stops_to_think(mara: Visitor, scene: Scene, hour: Hour) -> None:
    hour.strikes("10:20")
    stop = turns_to(mara, scene, MODULE, "lernstopp-1", "l1-1")
    chooses(stop.get_by_role("group", name=QUESTION), "teilweise")
    stop.get_by_label(re.compile("^Was ist Ihnen in diesem Abschnitt klarer geworden")).fill(INSIGHT)
    saves(mara, stop)
    mara.press(re.compile("^Weiter "))
    mara.at("Einstieg: Was wirklich geholfen hat")


def searches(mara: Visitor, scene: Scene) -> None:
    """Bent words are found, in the course and in what one wrote oneself."""
    page = mara.open(scene.way)
    page.get_by_role("searchbox", name="Im Kurs suchen").fill("Sozialräume hergestellt")
    mara.press("Suchen")
    mara.at("Suche")
    expect(page.get_by_role("status")).to_contain_text("Stellen")
    expect(page.locator(".hits").first.locator("mark").first).to_be_visible()
    mara.look("suche-gefunden")
    page.get_by_role("searchbox", name="Im Kurs suchen").fill("liegen fertig da")
    mara.press("Suchen")
    own = page.locator("h2", has_text="In Ihrem Lernheft").locator("~ ol.hits")
    expect(own).to_contain_text("Wir stellen ihn mit her.")
    mara.follow("Lernstopp: Sozialraum verstehen", own)
    mara.at("Lernstopp: Sozialraum verstehen")


def learns_with_cards(mara: Visitor, scene: Scene) -> None:
    """Five are new; one is known, one not yet: both come again tomorrow, for the first time and once more."""
    page = mara.open(scene.way + "lernkarten")
    expect(page.get_by_role("heading", name="Heute: 5 Karten")).to_be_visible()
    tomorrow = page.locator("dt", has_text="5. Juli").locator("+ dd")
    before = tomorrow.inner_text() if tomorrow.count() else "0 Karten"
    mara.look("lernkarten-heute")
    mara.follow("Erste Karte ansehen")
    for answer, left in (("Gewusst", "heute noch 4"), ("Noch nicht", "heute noch 3")):
        term = page.locator("h1").inner_text()
        expect(page.get_by_role("button", name=answer)).to_be_hidden()
        page.get_by_text("Nachsehen", exact=True).click()
        mara.look("lernkarte-nachgesehen")
        mara.press(answer)
        expect(page.locator(".crumbs")).to_contain_text(left)
        expect(page.locator("h1")).not_to_have_text(term)
    mara.open(scene.way + "lernkarten")
    expect(page.get_by_role("heading", name="Heute: 3 Karten")).to_be_visible()
    number = int(before.split()[0].replace("eine", "1"))
    expect(tomorrow).to_have_text(f"{number + 2} Karten")


def takes_a_first_step(mara: Visitor, scene: Scene) -> None:
    step = turns_to(mara, scene, "veraenderung-gestalten", "abschluss", "t9-1")
    step.get_by_label("Wenn …").fill("am Montag die Teamsitzung beginnt")
    step.get_by_label("dann …").fill("schlage ich unseren Versuch vor")
    step.locator("input[type=date]").fill("2026-07-13")
    saves(mara, step, "Vorsatz speichern")


def looks_back(mara: Visitor, scene: Scene) -> None:
    """Everything of both days stands together; one wish came true."""
    review = turns_to(mara, scene, "veraenderung-gestalten", "abschluss", "rueckschau")
    chooses(review.get_by_role("group", name=WISH), "erfüllt")
    review.get_by_label("Was nehme ich mit?").fill(TAKEN)
    saves(mara, review)
    expect(review.get_by_role("group", name=WISH).get_by_label("erfüllt", exact=True)).to_be_checked()
    expect(
        review.get_by_role("group", name=OTHER_WISH).get_by_label("erfüllt", exact=True)
    ).not_to_be_checked()
    expect(review.get_by_role("region", name="Ihre Ausgangsfragen")).to_contain_text("Stand: teilweise")
    expect(review.get_by_role("region", name="Ihre Schlagworte")).to_contain_text("Nachbarschaft")
    expect(review.get_by_role("region", name="Ihre Einsichten").locator(".own")).to_have_text([INSIGHT])
    step = "Wenn am Montag die Teamsitzung beginnt, dann schlage ich unseren Versuch vor."
    expect(review.get_by_role("region", name="Ihre ersten Schritte").locator(".own")).to_have_text([step])
    mara.look("rueckschau")


def takes_the_lernheft_home(mara: Visitor, scene: Scene, folder: Path) -> None:
    """As a PDF and as text files; both open and say the same."""
    page = mara.open(scene.way + "lernheft")
    wishes = page.get_by_role("region", name="Meine Wünsche vom Ankommen").get_by_role("listitem")
    expect(wishes.first).to_have_text(f"{WISH} (nur für mich) erfüllt")
    mara.look("lernheft-zwei-tage")
    text = words_of(takes(mara, "PDF", folder))
    for words in (NAME, WISH, QUESTION, INSIGHT, TAKEN, "Teamsitzung"):
        assert words in text, words
    with zipfile.ZipFile(takes(mara, "Textdateien (ZIP)", folder)) as archive:
        assert archive.testzip() is None
        data = json.loads(archive.read("daten.json"))
        texts = "\n".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".md"))
    assert (data["format"], data["name"]) == ("feldweg-lernheft/1", NAME)
    for words in (WISH, QUESTION, "Wir stellen ihn mit her", "Haltestelle stehen bleiben"):
        assert words in texts, words


def erases_everything(mara: Visitor, scene: Scene) -> None:
    """Never by mistake; afterwards nothing is left, on no page and not in the database."""
    page = mara.page
    assert all(setting.saved(scene, 1, block) for block in BLOCKS)
    mara.follow("Alles Geschriebene löschen")
    mara.at("Lernheft löschen")
    with mara.expecting(422):
        mara.press("Alles löschen")
    expect(page.get_by_role("alert")).to_be_visible()
    mara.look("lernheft-loeschen")
    page.locator("label", has_text="Ja, ich möchte alles löschen").click()
    mara.press("Alles löschen")
    expect(page.get_by_text("Alles, was Sie geschrieben haben, ist gelöscht.")).to_be_visible()
    expect(page.get_by_text("Hier steht bald alles, was Sie unterwegs aufschreiben.")).to_be_visible()
    mara.look("lernheft-geloescht")
    stop = turns_to(mara, scene, MODULE, "lernstopp-1", "l1-1")
    expect(stop.get_by_label(re.compile("^Was ist Ihnen in diesem Abschnitt"))).to_have_value("")
    review = turns_to(mara, scene, "veraenderung-gestalten", "abschluss", "rueckschau")
    expect(review.get_by_label("Was nehme ich mit?")).to_have_value("")
    assert not [words for words in (WISH, QUESTION, TAKEN) if words in page.content()]
    assert not any(setting.saved(scene, 1, block) for block in BLOCKS)
