"""Each kind of activity once, as one person does it on a phone; what several do together is in test_together.py."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Locator, expect

from app.course.blocks.matrix import Matrix
from app.course.blocks.reihenfolge import Ordering
from app.extensions import db
from tests.conftest import ClientFor
from tests.journeys import setting
from tests.journeys.conftest import NewVisitor
from tests.journeys.hands import comes_in, saves, turns_to
from tests.journeys.setting import Scene
from tests.journeys.test_keyboard import skip_to_the_text, tab_to
from tests.journeys.visitor import DESK, PHONE, Visitor
from tests.quizzes.sheets_sample import moved
from tests.support.cast import Cast

NAME = "Anna Kolb"
NET = ("sozialraum-verstehen", "lernstopp-1", "a1-net")
PRODUCT = ("veraenderung-gestalten", "change-formel", "a9-2")
ORDER = ("sozialraeumliche-fallarbeit", "uebung-sieben-schritte", "q5-4")
MATRIX = ("herkunft-und-prinzipien", "wissensfragen-2", "q2-3")
GAME = ("alltag-und-komplexitaet", "steuern-ohne-vorhersage", "a4-5")
RESOLUTION = ("veraenderung-gestalten", "abschluss", "t9-1")
SHEET = ("sozialraum-verstehen", "uebung-vier-zugaenge", "a1-1-blatt")
# The real course has no cloze: it stands on this page of the small one.
CLOZE = """\
---
titel: Lücken
minuten: 60
---
::: lueckentext {#luecke}
Setzen Sie ein, was fehlt.

Nicht nur der [[Fall]], auch das [[Feld|Gebiet]] zählt.
Dort wirken [[Verhältnisse > Denken Sie an Wohnen und Arbeit.]].

> Vom Fall zum Feld heißt: beides sehen.
:::
"""


@pytest.fixture
def anna(visit: NewVisitor, scene: Scene) -> Visitor:
    return comes_in(visit, scene, NAME)


# Drawn, reckoned, written


def test_a_net_of_keywords(scene: Scene, anna: Visitor) -> None:
    """Keywords are its nodes; a link with its sentence is drawn and stands below in words."""
    words = turns_to(anna, scene, "sozialraum-verstehen", "vorwissen-und-lernfragen", "w1-1")
    for at, word in enumerate(("Lebenswelt", "Aneignung", "Haltestelle"), 1):
        words.get_by_label(f"Schlagwort {at}", exact=True).fill(word)
    saves(anna, words, "Schlagworte speichern")
    net = turns_to(anna, scene, *NET)
    expect(net.locator(".net__nodes li > span:first-child")).to_have_text(
        ["Lebenswelt", "Aneignung", "Haltestelle"]
    )
    first = net.get_by_role("group", name="Verbindung 1")
    first.get_by_label("Von").fill("Lebenswelt")
    first.get_by_label("Zu").fill("Haltestelle")
    first.get_by_label("Was verbindet sie?").fill("weil dort der Tag beginnt")
    saves(anna, net, "Netz speichern")
    expect(
        net.get_by_role("img", name="Ihr Netz. Alle Verbindungen stehen darunter als Liste.")
    ).to_be_visible()
    expect(net.locator(".net__list li")).to_have_text(
        [re.compile("^Lebenswelt.*Haltestelle.*: weil dort der Tag beginnt$")]
    )
    anna.look("netz")


def test_a_product_with_a_zero(scene: Scene, anna: Visitor) -> None:
    """It is reckoned while one chooses, and stays so."""
    block = turns_to(anna, scene, *PRODUCT)
    result = block.locator("[data-result]")
    expect(result).to_have_text("–")
    for name, step in (("D: Antrieb", "5"), ("V: Bild vom Ziel", "4"), ("R: Ressourcen", "3")):
        block.get_by_role("group", name=name).get_by_label(step, exact=True).check()
    expect(block.locator("[data-open-count]")).to_have_text("1")
    block.get_by_role("group", name="F: erste Schritte").get_by_label("2", exact=True).check()
    expect(result).to_have_text("120")
    block.get_by_role("group", name="F: erste Schritte").get_by_label("0", exact=True).check()
    expect(result).to_have_text("0")
    expect(block.locator("[data-zero]")).to_contain_text("Auf 0: „F: erste Schritte“. Und mal 0 bleibt 0.")
    expect(block.locator("[data-weakest-names]")).to_have_text("„F: erste Schritte“")
    block.get_by_label("Was müsste geschehen, damit dieser Wert um eins steigt?").fill("Ein Datum nennen")
    saves(anna, block)
    expect(result).to_have_text("0")
    expect(block.locator("[data-zero]")).to_be_visible()
    anna.look("regler-null")


def test_a_resolution_with_a_day(scene: Scene, anna: Visitor) -> None:
    block = turns_to(anna, scene, *RESOLUTION)
    block.get_by_label("Wenn …").fill("ich am Mittwoch um acht am Kiosk vorbeikomme")
    block.get_by_label("dann …").fill("bleibe ich auf einen Kaffee")
    block.locator("input[type=date]").fill("2026-07-15")
    saves(anna, block, "Vorsatz speichern")
    expect(block.locator(".own")).to_have_text(
        "Wenn ich am Mittwoch um acht am Kiosk vorbeikomme, dann bleibe ich auf einen Kaffee."
    )
    expect(block.locator("input[type=date]")).to_have_value("2026-07-15")
    anna.look("vorsatz")


def test_a_sheet_filled_in_twice(scene: Scene, anna: Visitor) -> None:
    """The first time stays as it was when the second one is written."""
    block = turns_to(anna, scene, *SHEET)
    field = re.compile("^Gewordener Raum")
    for at, text in ((1, "Die Haltestelle am Morgen"), (2, "Die Haltestelle am Abend")):
        run = block.get_by_role("region", name=f"Durchgang {at} von höchstens 3")
        run.get_by_label("Ausgefüllt am").fill(f"2026-07-0{at}")
        run.get_by_label(field).fill(text)
        saves(anna, block)
    expect(block.get_by_role("region", name=re.compile("^Durchgang"))).to_have_count(3)
    expect(block.get_by_label(field)).to_have_count(3)
    for at, text in enumerate(("Die Haltestelle am Morgen", "Die Haltestelle am Abend", "")):
        expect(block.get_by_label(field).nth(at)).to_have_value(text)
    anna.look("arbeitsblatt-zwei-durchgaenge")


# Put in order, laid, filled in


def test_an_order_by_keyboard_alone(scene: Scene, anna: Visitor) -> None:
    block = turns_to(anna, scene, *ORDER)
    _, found = setting.real_course()[1].find_block("q5-4") or (None, None)
    assert isinstance(found, Ordering)
    skip_to_the_text(anna)
    for place, step in enumerate(found.steps):
        moves_up(anna, block, step.text, place)
    expect(block.locator(".order__step")).to_have_count(7)
    tab_to(anna, block.get_by_role("button", name="Antwort abgeben"))
    anna.page.keyboard.press("Enter")
    expect(block.locator("p.note[role=status]")).to_have_text("Ihre Antwort trifft zu.")
    expect(block.locator(".order--answered .feedback__word")).to_have_text(["passt in die Folge"] * 7)
    anna.look("reihenfolge-richtig")


def moves_up(anna: Visitor, block: Locator, text: str, place: int) -> None:
    """Tab to the step's arrow and press it until the step has this place (counted from 0)."""
    step = block.locator(f'[data-text="{text}"]')
    now = step.evaluate("(each) => [...each.parentElement.children].indexOf(each)")
    if now == place:
        return
    up = block.get_by_role("button", name=f"„{text}“ nach oben")
    tab_to(anna, up)
    for at in range(now - 1, place - 1, -1):
        anna.page.keyboard.press("Enter")
        expect(block.locator(".order__step").nth(at)).to_have_attribute("data-text", text)
        expect(up).to_be_focused()
    expect(block.locator('[role="status"].sr')).to_have_text(
        f"„{text}“ steht jetzt auf Platz {place + 1} von 7."
    )


def test_cards_laid_into_a_matrix(scene: Scene, visit: NewVisitor) -> None:
    """One lies wrong at first; after another try all lie right."""
    visitor = visit(DESK)
    visitor.enter(setting.enrol(scene, NAME)[1], NAME)
    block = turns_to(visitor, scene, *MATRIX)
    _, found = setting.real_course()[1].find_block("q2-3") or (None, None)
    assert isinstance(found, Matrix)
    first, other = found.cards[0], next(card for card in found.cards if card.cell != found.cards[0].cell)
    for card in found.cards:
        lays(block, card.text, (other if card is first else card).cell.name)
    expect(block.get_by_text("Alle Karten liegen.")).to_be_visible()
    visitor.press("Antwort abgeben", block)
    wrong = block.locator("li.pair").filter(has_text=f"gehört zu: {first.cell.name}")
    expect(wrong).to_have_count(1)
    expect(block.locator("li.pair .feedback__word", has_text="liegt richtig")).to_have_count(
        len(found.cards) - 1
    )
    visitor.look("matrix-fast")
    visitor.follow("Noch einmal versuchen", block)
    for card in found.cards:
        lays(block, card.text, card.cell.name)
    visitor.press("Antwort abgeben", block)
    expect(block.locator("p.note[role=status]")).to_have_text("Ihre Antwort trifft zu.")


def lays(block: Locator, card: str, cell: str) -> None:
    block.get_by_label(card, exact=True).select_option(cell)
    expect(block.locator(f'[data-cell="{cell}"] [data-card="{card}"]')).to_be_visible()


@pytest.fixture
def small(app: Flask, cast: Cast, client_for: ClientFor, visit: NewVisitor) -> Visitor:
    """Anna in the cohort that takes the small course, on the page with the gaps."""
    with app.app_context():
        moved(cast, CLOZE)
        db.session.remove()
    (cookie,) = client_for(cast.anna)._cookies.values()
    found = visit(PHONE)
    found.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": found.address}])
    found.open(f"/kurs/{cast.nord}/seite/feld/blaetter")
    return found


def test_a_text_with_gaps(small: Visitor) -> None:
    """Other words and other letters are right as well; what is not gets its hint first."""
    block = small.block("luecke")
    for number, word in ((1, "fall"), (2, "Gebiet"), (3, "Wetter")):
        block.get_by_label(f"Lücke {number}").fill(word)
    small.look("lueckentext")
    small.press("Antwort abgeben", block)
    expect(block.locator(".gap--right")).to_have_count(2)
    expect(block.locator("li.pair")).to_have_count(1)
    expect(block.locator("li.pair")).to_contain_text("Denken Sie an Wohnen und Arbeit.")
    expect(block.locator("li.pair").get_by_text("Verhältnisse")).to_be_hidden()
    small.look("lueckentext-fast")
    small.follow("Noch einmal versuchen", block)
    for number, word in ((1, "Fall"), (2, "Feld"), (3, "Verhaeltnisse")):
        block.get_by_label(f"Lücke {number}").fill(word)
    small.press("Antwort abgeben", block)
    expect(block.locator("p.note[role=status]")).to_have_text("Ihre Antwort trifft zu.")
    expect(block.get_by_text("Vom Fall zum Feld heißt: beides sehen.")).to_be_visible()


# Played


def test_a_game_to_an_ending(scene: Scene, anna: Visitor) -> None:
    block = turns_to(anna, scene, *GAME)
    way = {
        "Acht Wochen bis zu den Ferien": "Klein anfangen",
        "Der erste Donnerstag": "Bei den Familien nachfragen",
        "Was die Leute sagen": "Den Dienstagabend ausprobieren",
        "Der Schlüssel": "Gemeinsam umplanen",
    }
    for at, (scene_title, choice) in enumerate(way.items(), 1):
        expect(block.locator(".scene h3")).to_have_text(scene_title)
        anna.press(re.compile(f"^{choice}"), block)
        expect(block.locator(".trail__choice")).to_have_count(at)
    expect(block.locator(".scene h3")).to_have_text("Auswertung am Gartentisch")
    expect(block.get_by_text("Hier endet dieser Weg.")).to_be_visible()
    expect(block.locator(".trail__after").last).to_contain_text("Gekocht wird in zwei Wohnungen.")
    anna.look("planspiel-ende")
    anna.press("Neu anfangen", block)
    expect(block.locator(".scene h3")).to_have_text("Acht Wochen bis zu den Ferien")
    expect(
        block.get_by_text("Ein früherer Weg: 4 Entscheidungen, bis „Auswertung am Gartentisch“")
    ).to_be_visible()
