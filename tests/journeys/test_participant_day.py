"""A participant's day on the real course, from the join link at ten to nine to the certificate in the evening."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdfium2
import pytest
from flask import Flask
from playwright.sync_api import Locator, expect

from app.web import qr
from tests.journeys import setting
from tests.journeys.conftest import Hour, NewVisitor
from tests.journeys.setting import Scene
from tests.journeys.visitor import DESK, Device, Visitor

NAME = "Ayşe Kołodziej-Weiß"
MODULE = "sozialraum-verstehen"
STOP = "Lernstopp: Sozialraum verstehen"
QUESTION = "Wie arbeite ich sozialräumlich, wenn mein Auftrag der Einzelfall ist?"
OTHER = "Wer im Stadtteil weiß, was es schon gibt?"
REWORDED = "Was sagt mir dieser Einzelfall über das Feld?"
INSIGHT = "Ein Sozialraum liegt nicht fertig da.\nWir stellen ihn mit her."


@pytest.fixture
def scene(app: Flask, hour: Hour) -> Scene:
    """Ayşe's cohort goes three modules in one day: so far a person can walk to the end."""
    return setting.set_up(app, modules=setting.FIRST_THREE)


def test_a_whole_day(scene: Scene, hour: Hour, device: Device, visit: NewVisitor, tmp_path: Path) -> None:
    ayse = visit(device)
    link = joins(ayse, scene)
    arrives(ayse, scene, hour)
    begins_with_what_is_there(ayse, scene, hour)
    reads_on(ayse, scene, hour)
    elsewhere = goes_on_on_another_device(visit(DESK), scene, link)
    practises_what_was_read(ayse, scene, hour)
    stops_to_think(ayse, scene, hour)
    pauses_without_writing(ayse, scene, hour)
    works_through_the_case(ayse, scene, hour)
    stops_for_the_last_time(ayse, scene, hour)
    finds_everything_in_the_lernheft(ayse, scene)
    reads_what_is_missing(ayse, scene, hour)
    number = the_organiser_issues(visit(DESK), scene, hour)
    downloads_the_certificate(ayse, scene, number, tmp_path)
    elsewhere.open(scene.way)
    expect(elsewhere.page.get_by_text("Sie sind den ganzen Weg gegangen.")).to_be_visible()


# 1 Joining


def joins(ayse: Visitor, scene: Scene) -> str:
    """Returns the personal link."""
    page = ayse.open(f"/beitreten/{scene.code}")
    ayse.at("Sozialraumteam Nord")
    expect(page.locator(".lead")).to_have_text("3. Juli 2026, 09:00 Uhr, Bildungshaus Am Anger, Musterstadt")
    ayse.look("beitreten")
    with ayse.expecting(422):
        ayse.press("Beitreten")
    expect(page.get_by_role("heading", name="Bitte prüfen Sie Ihre Angaben")).to_be_visible()
    ayse.look("beitreten-ohne-namen")
    page.get_by_label("Ihr Name, wie er auf der Bescheinigung stehen soll").fill(NAME)
    ayse.press("Beitreten")
    ayse.at(f"Willkommen, {NAME}")
    link = page.get_by_label("Persönlicher Link").input_value()
    assert re.fullmatch(re.escape(ayse.address) + r"/mein/[\w-]{27}", link)
    shown = page.get_by_role("img", name="QR-Code des persönlichen Links").locator("path").last
    drawn = re.findall(r' d="([^"]+)"', qr.svg(link))[-1]
    assert shown.get_attribute("d") == drawn, "the QR code says something else than the link"
    ayse.look("willkommen")
    ayse.follow("Mit dem Kurs beginnen")
    ayse.at("Sozialraumorientierung in der Kinder- und Jugendhilfe")
    expect(page).to_have_url(ayse.address + scene.way)
    expect(
        page.get_by_role("link", name="Als Nächstes, 09:00: Ankommen, Sozialraum, Prinzipien")
    ).to_be_visible()
    ayse.look("weg-am-morgen")
    return link


# 2 Arriving, 3 the plan


def arrives(ayse: Visitor, scene: Scene, hour: Hour) -> None:
    hour.strikes("09:05")
    page = ayse.page
    ayse.follow(re.compile("^Beginnen: Ankommen"))
    ayse.at("Ankommen: Was Sie für diese Zeit brauchen")
    ayse.look("ankommen")
    wishes = ayse.block("w-ankommen")
    wishes.get_by_label("Wunsch 1").fill("wir an Beispielen aus unserer Kita arbeiten")
    choose(wishes.get_by_role("group", name="Wer liest Zeile 1?"), "mit der Gruppe teilen")
    wishes.get_by_label("Wunsch 2").fill("ich am Nachmittag nicht ganz leer bin")
    expect(
        wishes.get_by_role("group", name="Wer liest Zeile 2?").get_by_label("nur für mich")
    ).to_be_checked()
    ayse.press("Wünsche speichern", wishes)
    expect(wishes.locator("[data-saved]")).to_have_text("gespeichert 09:05")
    expect(wishes.get_by_label("Wunsch 1")).to_have_value("wir an Beispielen aus unserer Kita arbeiten")
    ayse.look("ankommen-gespeichert")
    places(ayse, "Tagesplan")
    ayse.at("Tagesplan")
    expect(page.locator(".lead")).to_contain_text("8 Unterrichtseinheiten zu 45 Minuten, ohne Pausen.")
    slots = page.locator("ol.plan > li")
    expect(slots).to_have_count(7)
    running = page.locator("[aria-current=time]")
    expect(running).to_have_count(1)
    expect(running).to_contain_text("09:00–10:30")
    expect(running).to_contain_text("jetzt noch 85 Minuten · 2 UE")
    expect(slots.nth(1)).to_contain_text("als Nächstes")
    expect(page.get_by_text("als Nächstes")).to_have_count(1)
    ayse.look("tagesplan")


# 4 What is there already


def begins_with_what_is_there(ayse: Visitor, scene: Scene, hour: Hour) -> None:
    hour.strikes("09:15")
    places(ayse, "Mein Weg")
    ayse.follow(re.compile("^Beginnen: Ankommen"))
    goes_on(ayse, "Vorwissen wecken, eigene Fragen festhalten")
    words, questions, warm_up = (ayse.block(name) for name in ("w1-1", "w1-2", "w1-3"))
    words.get_by_label("Schlagwort 1", exact=True).fill("Lebenswelt")
    words.get_by_label("Schlagwort 2", exact=True).fill("Aneignung")
    with ayse.expecting(422):
        ayse.press("Schlagworte speichern", words)
    expect(words.get_by_role("alert")).to_contain_text(
        "Bitte notieren Sie mindestens drei Schlagworte; es fehlt noch eins."
    )
    expect(words.get_by_label("Schlagwort 2", exact=True)).to_have_value("Aneignung")
    ayse.look("einstieg-zu-wenig")
    words.get_by_label("Schlagwort 3", exact=True).fill("vom Fall zum Feld")
    words.get_by_label(re.compile("ins Bild der Gruppe")).check()
    ayse.press("Schlagworte speichern", words)
    expect(words.locator(".chips:not(.chips--fields) li")).to_have_text(
        ["Lebenswelt", "Aneignung", "vom Fall zum Feld"]
    )
    questions.get_by_label("Frage 1").fill(QUESTION)
    questions.get_by_label("Frage 2").fill(OTHER)
    ayse.press("Fragen speichern", questions)
    expect(questions.locator("[data-saved]")).to_have_text("gespeichert 09:15")
    warm_up.get_by_role("textbox").fill("An der Unterführung: Dahinter grüße ich niemanden mehr.")
    ayse.press("Speichern", warm_up)
    expect(warm_up.locator("[data-saved]")).to_have_text("gespeichert 09:15")
    ayse.look("einstieg")


# 5 Along the way, stop and go on


def reads_on(ayse: Visitor, scene: Scene, hour: Hour) -> None:
    hour.strikes("09:40")
    goes_on(ayse, "Was ist ein Sozialraum?")
    ayse.look("lesen")
    goes_on(ayse, re.compile("Raum in vier Zugängen"))
    places(ayse, "Mein Weg")
    expect(ayse.page.get_by_text("Hier geht es weiter auf Ihrem Weg.")).to_be_visible()
    expect(ayse.page.get_by_role("link", name=re.compile("^Weiter: Raum in vier Zugängen"))).to_be_visible()
    done = ayse.page.locator(".way .station.is-done .station__title")
    expect(done).to_have_text([
        "Ankommen: Was Sie für diese Zeit brauchen", "Vorwissen wecken, eigene Fragen festhalten", "Was ist ein Sozialraum?",
    ])  # fmt: skip
    ayse.look("weg-unterwegs")


def goes_on_on_another_device(elsewhere: Visitor, scene: Scene, link: str) -> Visitor:
    page = elsewhere.open(link)
    elsewhere.at(f"Guten Tag, {NAME}")
    elsewhere.look("persoenlicher-link")
    elsewhere.press(f"Als {NAME} weiterlernen")
    expect(page).to_have_url(elsewhere.address + scene.way)
    elsewhere.follow(re.compile("^Weiter: Raum in vier Zugängen"))
    elsewhere.at(re.compile("Raum in vier Zugängen"))
    page.go_back()
    page.get_by_role("link", name=re.compile("^Vorwissen wecken")).first.click()
    expect(elsewhere.block("w1-2").get_by_label("Frage 1")).to_have_value(QUESTION)
    return elsewhere


# 7 Questions


def practises_what_was_read(ayse: Visitor, scene: Scene, hour: Hour) -> None:
    hour.strikes("10:05")
    ayse.follow(re.compile("^Weiter: Raum in vier Zugängen"))
    goes_on(ayse, "Sozialräumlich schauen")
    goes_on(ayse, "Übung: Ein Ort, vier Zugänge")
    ayse.look("uebung")
    exercise = ayse.block("a1-1-blatt")
    expect(exercise.get_by_text("Wartebereich seiner Beratungsstelle")).to_have_count(0)
    exercise.get_by_label(re.compile("^Gewordener Raum")).fill("Die Bushaltestelle vor dem Hort.")
    ayse.press("Speichern", exercise)
    expect(exercise.get_by_text("Wartebereich seiner Beratungsstelle")).to_be_visible()
    ayse.look("uebung-mit-vergleich")
    goes_on(ayse, "Wissensfragen zu Modul 1")
    ayse.look("fragen")
    one_right(ayse)
    several_right(ayse)
    matching(ayse)
    ayse.look("fragen-beantwortet")
    text = ayse.page.locator("main").inner_text()
    assert not re.search(r"\b(Punkte|Prozent|Ergebnis|bestanden|\d+ von \d+ richtig)\b", text)


def one_right(ayse: Visitor) -> None:
    block = ayse.block("q1-1")
    wrong = "Er entspricht dem Gebiet, für das ein Jugendamtsteam zuständig ist."
    right = "Er wird von handelnden Menschen hervorgebracht und ist gesellschaftlicher Raum und Handlungsraum zugleich."
    assert "Verwaltungs- oder Planungsraum" not in block.inner_html(), (
        "the explanation is there before the answer"
    )
    tick(block, wrong)
    ayse.press("Antwort abgeben", block)
    answers = block.locator("li.choice")
    expect(answers).to_have_count(4)
    for at in range(4):
        expect(answers.nth(at).locator(".feedback p")).to_have_count(2)
    mine = answers.filter(has_text=wrong)
    expect(mine.locator(".feedback__word")).to_have_text("Ihre Wahl: trifft so nicht zu")
    expect(mine).to_contain_text("Das ist ein Verwaltungs- oder Planungsraum.")
    expect(answers.filter(has_text=right).locator(".feedback__word")).to_have_text("trifft zu")
    expect(block.locator(".explanation")).to_contain_text("Quelle: Kessl/Reutlinger 2010, S. 25")
    ayse.follow("Noch einmal versuchen", block)
    expect(block.get_by_role("radio", checked=True)).to_have_count(0)
    tick(block, right)
    ayse.press("Antwort abgeben", block)
    expect(answers.filter(has_text=right).locator(".feedback__word")).to_have_text("Ihre Wahl: trifft zu")


def several_right(ayse: Visitor) -> None:
    block = ayse.block("q1-4")
    expect(block.get_by_text("Hier sind mehrere Antworten richtig.")).to_be_visible()
    tick(block, "Er verbindet begleitete Aneignung")
    tick(block, "Er beschränkt sich auf Menschen mit Hilfeplan.")
    ayse.press("Antwort abgeben", block)
    words = block.locator("li.choice .feedback__word")
    expect(words).to_have_count(5)
    assert sorted(words.all_inner_texts()) == sorted([
        "Ihre Wahl: trifft zu", "Ihre Wahl: trifft so nicht zu", "trifft zu", "trifft zu", "trifft so nicht zu",
    ])  # fmt: skip
    expect(block).to_contain_text("Im Gegenteil: Er schaut auch auf Menschen und Themen ohne Hilfeplan.")
    expect(block).to_contain_text("Der Schutzauftrag nach § 8a SGB VIII gilt unverändert.")


def matching(ayse: Visitor) -> None:
    block = ayse.block("q1-3")
    chosen = {
        "1974": "gewordener Raum",
        "Älteren": "Regeln",
        "17 Uhr": "Handeln und Macht",
        "Käfig": "Symbole",
    }
    for left, right in chosen.items():
        block.get_by_label(re.compile(left)).select_option(right)
    ayse.press("Antwort abgeben", block)
    pairs = block.locator("li.pair")
    expect(pairs).to_have_count(4)
    expect(pairs.filter(has_text="1974").locator(".feedback__word")).to_have_text("passt zusammen")
    expect(pairs.filter(has_text="Älteren").locator(".feedback")).to_have_text(
        re.compile(r"gehört zu: Handeln und Macht\s+Kein Schild verlangt das\.")
    )
    expect(block.locator(".explanation")).to_contain_text("Dieselbe Fläche zeigt vier Seiten.")
    ayse.follow("Noch einmal versuchen", block)
    expect(block.get_by_role("combobox")).to_have_count(4)
    ayse.follow("Zurück zur Erklärung", block)
    expect(pairs.filter(has_text="Käfig").locator(".feedback__word")).to_have_text("passt zusammen")


# 6 Lernstopps


def stops_to_think(ayse: Visitor, scene: Scene, hour: Hour) -> None:
    hour.strikes("10:20")
    goes_on(ayse, STOP)
    stop = ayse.block("l1-1")
    expect(stop.locator(".question legend")).to_have_text([QUESTION, OTHER])
    expect(stop.locator("ul.chips li")).to_have_text(["Lebenswelt", "Aneignung", "vom Fall zum Feld"])
    ayse.look("lernstopp")
    choose(stop.get_by_role("group", name=QUESTION), "verändert")
    stop.get_by_label("Ihre Frage in neuer Fassung").first.fill(REWORDED)
    choose(stop.get_by_role("group", name=OTHER), "teilweise")
    stop.get_by_label(re.compile("Was ist Ihnen in diesem Abschnitt klarer geworden?")).fill(INSIGHT)
    stop.get_by_label("Neues Schlagwort 1").fill("Raumzugänge")
    ayse.press("Speichern", stop)
    expect(stop.locator("[data-saved]")).to_have_text("gespeichert 10:20")
    expect(stop.get_by_role("group", name=QUESTION).get_by_label("verändert")).to_be_checked()
    expect(stop.get_by_label(re.compile("Was ist Ihnen in diesem Abschnitt"))).to_have_value(INSIGHT)
    ayse.look("lernstopp-gespeichert")


def pauses_without_writing(ayse: Visitor, scene: Scene, hour: Hour) -> None:
    hour.strikes("12:05")
    walks_to(ayse, "Lernstopp: Wille, Prinzipien, Bedingungen")
    stop = ayse.block("l2-1")
    first = stop.locator(".question").first
    expect(first.locator("legend")).to_have_text(REWORDED)
    expect(first).to_contain_text(f"Bisher: verändert ({STOP}). Zuerst hieß sie: „{QUESTION}“")
    ayse.press("Für mich bedacht, ohne Eintrag", stop)
    expect(stop.locator("[data-saved]")).to_contain_text("für mich bedacht, 12:05.")
    expect(stop.get_by_text("Dieser Lernstopp zählt für Ihren Nachweis.")).to_be_visible()
    ayse.look("lernstopp-bedacht")


def stops_for_the_last_time(ayse: Visitor, scene: Scene, hour: Hour) -> None:
    hour.strikes("16:10")
    goes_on(ayse, "Lernstopp: Vom Fall zum Feld")
    stop = ayse.block("l3-1")
    expect(stop.locator("ul.chips li")).to_have_text(
        ["Lebenswelt", "Aneignung", "vom Fall zum Feld", "Raumzugänge"]
    )
    choose(stop.get_by_role("group", name=REWORDED), "beantwortet")
    ayse.press("Speichern", stop)
    expect(stop.locator("[data-saved]")).to_have_text("gespeichert 16:10")
    ayse.press(re.compile("^Fertig"))
    expect(ayse.page.get_by_text("Sie sind den ganzen Weg gegangen.")).to_be_visible()
    stations = ayse.page.locator(".way:not(.no-print) > .way__module .station")
    expect(stations).to_have_count(27)
    expect(stations.and_(ayse.page.locator(":not(.is-done)"))).to_have_count(0)
    ayse.look("weg-am-ziel")


# 8 The case


def works_through_the_case(ayse: Visitor, scene: Scene, hour: Hour) -> None:
    hour.strikes("15:10")
    walks_to(ayse, "Der Weg zur Kita")
    ayse.look("fall")
    case = ayse.block("case-1")
    stages = case.locator(".stage")
    expect(stages.locator("h3")).to_contain_text([
        "Schritt I: Nach dem Willen fragen", "Schritt II: Eigene Kräfte sehen", "Schritt III: Das Umfeld einbeziehen",
        "Schritt IV: Sich im Gemeinwesen umsehen", "Schritt V: Fachhilfe prüfen", "Schritt VI: Etwas für andere beitragen",
        "Schritt VII: Gemeinsam auswerten",
    ])  # fmt: skip
    first, second = stages.nth(0), stages.nth(1)
    hidden = "Vielleicht stört die Eltern gar nicht die Bringzeit."
    assert hidden not in ayse.page.content(), "the orientation is in the page before the own thought"
    with ayse.expecting(422):
        ayse.press("Speichern und Orientierung lesen", first)
    expect(case.get_by_role("alert")).to_contain_text("Schreiben Sie zuerst eigene Gedanken auf")
    assert hidden not in ayse.page.content()
    first.get_by_role("textbox").fill("Was wäre für Sie ein guter Morgen?")
    ayse.press("Speichern und Orientierung lesen", first)
    expect(first.locator(".orientation")).to_contain_text(hidden)
    expect(case.locator(".orientation")).to_have_count(1)
    assert "Schichtkalender" not in ayse.page.content(), "the next stage's orientation came too early"
    second.get_by_role("textbox").fill("Sie sprechen sich ab.")
    ayse.press("Speichern und Orientierung lesen", second)
    expect(second.locator(".orientation")).to_contain_text("Schichtkalender")
    ayse.look("fall-zwei-stufen")


# 9 The Lernheft, 10 the certificate


def finds_everything_in_the_lernheft(ayse: Visitor, scene: Scene) -> None:
    places(ayse, "Lernheft")
    page = ayse.page
    ayse.at("Lernheft")
    opening = page.get_by_role("region", name="Meine Ausgangsfragen").get_by_role("article")
    expect(opening.get_by_role("heading")).to_have_text([REWORDED, OTHER])
    expect(opening.first.locator(".entry__where")).to_have_text("Stand: beantwortet")
    thread = opening.first.locator("ol.thread li")
    expect(thread).to_have_text([
        re.compile(rf"Vorwissen wecken.*3\. Juli 2026, 09:15 Uhr\s+notiert: {re.escape(QUESTION)}$"),
        re.compile(rf"{STOP}.*10:20 Uhr\s+verändert: {re.escape(REWORDED)}$"),
        re.compile(r"Lernstopp: Vom Fall zum Feld.*16:10 Uhr\s+beantwortet$"),
    ])  # fmt: skip
    words = page.get_by_role("region", name="Meine Schlagworte").locator(".chips li")
    expect(words).to_have_text(["Lebenswelt", "Aneignung", "vom Fall zum Feld", "Raumzugänge"])
    expect(page.get_by_role("region", name="Meine Wünsche vom Ankommen").get_by_role("listitem")).to_have_text([
        "wir an Beispielen aus unserer Kita arbeiten (mit der Gruppe geteilt)",
        "ich am Nachmittag nicht ganz leer bin (nur für mich)",
    ])  # fmt: skip
    for text in (
        "An der Unterführung",
        "Die Bushaltestelle vor dem Hort.",
        "Was wäre für Sie ein guter Morgen?",
    ):
        expect(page.locator(".own", has_text=text)).to_have_count(1)
    expect(page.locator(".own", has_text="Ein Sozialraum liegt nicht fertig da.")).to_have_text(INSIGHT)
    ayse.look("lernheft")


def reads_what_is_missing(ayse: Visitor, scene: Scene, hour: Hour) -> None:
    hour.strikes("16:35")
    places(ayse, "Nachweise")
    page = ayse.page
    ayse.at("Nachweise")
    expect(page.get_by_role("region", name="Anwesenheit: noch offen")).to_contain_text(
        "0 UE erfasst, 8 UE sind noch nicht erfasst, nötig sind 7"
    )
    expect(page.get_by_role("region", name="Lernstopps: erfüllt")).to_contain_text("3 von 3 bearbeitet")
    expect(page.get_by_role("cell", name="nicht erfasst", exact=True)).to_have_count(4)
    expect(page.get_by_role("heading", name="Ihre Bescheinigungen")).to_have_count(0)
    ayse.look("nachweise-offen")


def the_organiser_issues(olga: Visitor, scene: Scene, hour: Hour) -> str:
    """Everyone was there, everything is issued; returns the number. The organiser's own journey looks closer."""
    olga.sign_in(setting.OLGA, setting.PASSWORD)
    register = olga.page.get_by_role("row").filter(has_text="erfasst").get_by_role("link")
    for at in range(4):
        olga.open(f"/kohorten/{scene.cohort}/anwesenheit")
        expect(register).to_have_count(4)
        register.nth(at).click()
        olga.press("Alle anwesend")
        olga.press("Ja, so speichern")
        expect(olga.page.get_by_text("Die Anwesenheit einer Person ist eingetragen.")).to_be_visible()
    olga.open(f"/kohorten/{scene.cohort}/bescheinigungen")
    olga.press("Eine Bescheinigung ausstellen")
    olga.press("Eine Bescheinigung ausstellen", olga.page.get_by_role("dialog"))
    said = olga.page.locator("[data-issue-state]")
    expect(said).to_have_text(re.compile(r"^ausgestellt: 2026-\d{4}$"))
    return said.inner_text().removeprefix("ausgestellt: ")


def downloads_the_certificate(ayse: Visitor, scene: Scene, number: str, folder: Path) -> None:
    ayse.page.reload()
    expect(ayse.page.get_by_role("region", name="Anwesenheit: erfüllt")).to_contain_text(
        "8 von 8 geplanten UE (nötig: 7)"
    )
    expect(ayse.page.get_by_text("Alles ist erfüllt.")).to_be_visible()
    ayse.look("nachweise-mit-bescheinigung")
    with ayse.page.expect_download() as waiting:
        ayse.follow(re.compile(number))
    file = folder / "bescheinigung.pdf"
    waiting.value.save_as(file)
    document = pypdfium2.PdfDocument(io.BytesIO(file.read_bytes()))
    assert len(document) == 1
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert NAME in text
    assert number in text
    assert "8 von 8" in text


# What several of them do


def goes_on(ayse: Visitor, heading: str | re.Pattern[str]) -> None:
    ayse.press(re.compile("^Weiter "))
    ayse.at(heading)


def walks_to(ayse: Visitor, heading: str) -> None:
    """Press „Weiter“ until there; each press leads to another page."""
    for _ in range(20):
        before = ayse.page.locator("h1").inner_text()
        if before == heading:
            return
        ayse.press(re.compile("^Weiter "))
        expect(ayse.page.get_by_role("heading", level=1)).not_to_have_text(before)
    raise AssertionError(f"„{heading}“ does not come")


def tick(block: Locator, answer: str) -> None:
    """Tap the words of an answer."""
    block.locator("label", has_text=answer).click()
    expect(block.get_by_label(answer)).to_be_checked()


def choose(group: Locator, word: str) -> None:
    """Tap a word of a segmented control."""
    group.get_by_label(word, exact=True).check()


def places(ayse: Visitor, name: str) -> None:
    ayse.follow(name, ayse.page.get_by_role("navigation", name="Hauptnavigation"))
