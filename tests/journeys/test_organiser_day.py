"""An organiser's days: from the new cohort over the register to certificates that a stranger verifies.

Nora was there all day; Zoë left at noon and did one Lernstopp in a conversation; Emre did not come at all.
"""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import pypdfium2
from playwright.sync_api import Locator, expect

from app import clock
from app.cohorts import service as cohorts
from app.extensions import db, transaction
from tests.journeys import setting
from tests.journeys.conftest import Hour, NewVisitor
from tests.journeys.setting import Scene
from tests.journeys.visitor import Device, Visitor

TITLE = "Sozialraumteam West, Herbst"
DAY = date(2026, 9, 25)
NORA, ZOE, EMRE = "Nora Thiel", "Zoe Brandt", "Emre Şahin"
RIGHT_NAME = "Zoë Brandt"
PRIVATE = "Das geht nur mich etwas an."
WISH = "die Pausen wirklich Pausen sind"
STOPS = ("l1-1", "l3-1", "l5-2", "l9-1")  # those of the core, which the plan for one day goes
FIRST, SECOND = "Ankommen, Sozialraum, Prinzipien", "Vom Fall zum Feld, Alltag und Komplexität"
THIRD = "Sozialräumliche Fallarbeit mit Fallwerkstatt"
LAST = "Ressourcen, Kooperation, Team, Veränderung und Abschluss"


def test_from_the_course_to_the_certificate(
    scene: Scene, hour: Hour, device: Device, visit: NewVisitor, tmp_path: Path
) -> None:
    olga, tarek, stranger = visit(device), visit(device), visit(device)
    signs_in(olga)
    found = makes_a_cohort(olga, scene)
    people = everyone_joins_and_works(found, hour, olga, tarek)
    keeps_the_register(olga, found, hour)
    sees_what_is_missing(olga, found, people)
    code = issues(olga, found, hour, tmp_path)
    verifies(stranger, code, "gültig", ZOE)
    new = replaces(olga, found, hour, tmp_path)
    verifies(stranger, code, "ersetzt", ZOE)
    verifies(stranger, new, "gültig", RIGHT_NAME)
    revokes(olga, found, hour)
    verifies(stranger, new, "widerrufen", RIGHT_NAME)
    does_not_know(stranger)


# The cohort


def signs_in(olga: Visitor) -> None:
    page = olga.open("/anmelden")
    olga.look("anmelden")
    page.get_by_label("E-Mail").fill(setting.OLGA)
    page.get_by_label("Passwort").fill("falsch geraten")
    olga.press("Anmelden")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("E-Mail")).to_have_value(setting.OLGA)
    olga.look("anmelden-falsch")
    page.get_by_label("Passwort").fill(setting.PASSWORD)
    olga.press("Anmelden")
    olga.at("Heute")
    olga.follow("Kohorten")
    olga.at("Kohorten")
    expect(page.get_by_role("link", name="Sozialraumteam Nord")).to_be_visible()
    olga.look("kohorten")


def makes_a_cohort(olga: Visitor, scene: Scene) -> Scene:
    """The course's one-day plan, on 25 September."""
    page = olga.page
    olga.follow("Neue Kohorte anlegen")
    olga.at("Neue Kohorte")
    expect(page.get_by_role("heading", level=3)).to_have_text([
        "Sozialraumorientierung, zwei Tage", "Sozialraumorientierung, ein Tag", "Vorlage: Weiterbildungstag Kita, 05.07.2019", "Vorlage 2019, bereinigt",
    ])  # fmt: skip
    olga.look("kohorte-plan-waehlen")
    olga.follow(re.compile("Diesen Plan nehmen.*Sozialraumorientierung, ein Tag"))
    expect(page.locator(".lead")).to_contain_text("mit 8 UE")
    page.get_by_label("Titel der Kohorte").fill(TITLE)
    page.get_by_label("Ort oder „online“").fill("Bürgerhaus West")
    page.locator("label", has_text="Tarek Aydın").click()
    olga.look("kohorte-neu")
    olga_saves = page.get_by_role("button", name="Kohorte anlegen")
    with olga.expecting(422):
        olga_saves.click()
    expect(page.get_by_role("alert")).to_contain_text("Bitte geben Sie ein Datum an")
    expect(page.get_by_label("Titel der Kohorte")).to_have_value(TITLE)
    expect(page.get_by_label("Tarek Aydın")).to_be_checked()
    olga.look("kohorte-neu-ohne-datum")
    page.get_by_label("Datum: Tag").fill(DAY.isoformat())
    olga_saves.click()
    olga.at(TITLE)
    expect(page.get_by_role("status")).to_contain_text("Die Kohorte ist angelegt.")
    plan = page.get_by_role("region", name="Tagesplan, Tag").locator("tbody tr")
    expect(plan).to_have_count(7)
    expect(plan.first).to_have_text(re.compile(rf"09:00–10:30\s+{FIRST}\s+2"))
    expect(page.get_by_role("heading", name="Tag: Freitag, 25. September 2026")).to_be_visible()
    expect(page.get_by_text("Noch ist niemand beigetreten.")).to_be_visible()
    facts = page.get_by_role("region", name="Eckdaten")
    expect(facts).to_contain_text(
        "mindestens 7 von 8 UE (80 %, auf ganze UE aufgerundet) und die Lernstopps der besuchten Module"
    )
    expect(facts).to_contain_text(re.compile(rf"Fassung\s*{scene.edition} vom 3\. Juli 2026, 08:50 Uhr"))
    olga.look("kohorte")
    return hangs_up_the_poster(olga, scene)


def hangs_up_the_poster(olga: Visitor, scene: Scene) -> Scene:
    page = olga.page
    cohort = int(page.url.rsplit("/", 1)[1])
    code = page.locator("dd .num").inner_text()
    assert re.fullmatch(r"[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}", code)
    olga.follow("Plakat zum Drucken")
    olga.at(TITLE)
    expect(page.locator(".sheet__code")).to_have_text(code)
    expect(page.get_by_role("img", name="QR-Code zum Beitreten")).to_be_visible()
    olga.look("plakat")
    page.go_back()
    return Scene(scene.app, cohort, code, scene.edition)


# The day


def everyone_joins_and_works(found: Scene, hour: Hour, olga: Visitor, tarek: Visitor) -> dict[str, int]:
    """Enrolment ids by name. Olga comes too early with the register, Tarek watches while the day runs."""
    hour.strikes("08:55", DAY)
    people = {name: setting.enrol(found, name)[0] for name in (NORA, ZOE, EMRE)}
    is_too_early(olga, found)
    hour.strikes("09:10", DAY)
    wishes = [{"id": "a1", "text": WISH, "shared": True}, {"id": "a2", "text": PRIVATE, "shared": False}]
    setting.write(found, people[NORA], "w-ankommen", {"items": wishes})
    watches(tarek, found)
    hour.strikes("16:20", DAY)
    for name, stops in ((NORA, STOPS), (ZOE, STOPS[:1])):
        for block in stops:
            body = {"entries": [{"q": "Frage", "a": PRIVATE}], "acknowledged": False}
            setting.write(found, people[name], block, body)
    return people


def is_too_early(olga: Visitor, found: Scene) -> None:
    """Nobody can be present in a slot that has not begun."""
    page = olga.open(f"/kohorten/{found.cohort}/anwesenheit")
    olga.follow(FIRST)
    olga.at(FIRST)
    words = "Dieser Abschnitt beginnt erst um 09:00 Uhr. Anwesend lässt sich ab dann eintragen."
    expect(page.locator(".note")).to_have_text(f"{words} „Entschuldigt“ und „abwesend“ gehen schon jetzt.")
    expect(page.get_by_role("button", name="Alle anwesend")).to_have_count(0)
    nora = page.get_by_role("group", name=f"Anwesenheit von {NORA}")
    mark(nora, "anwesend")
    with olga.expecting(422):
        olga.press("Anwesenheit speichern")
    expect(page.get_by_role("alert").get_by_role("listitem")).to_have_text([f"{NORA}: {words}"])
    olga.look("abschnitt-zu-frueh")
    olga.open(page.url)
    expect(nora.get_by_label("nicht erfasst")).to_be_checked()


def watches(tarek: Visitor, found: Scene) -> None:
    """The trainer's live view and what hangs on the wall."""
    page = tarek.page
    tarek.sign_in(setting.TAREK, setting.PASSWORD)
    tarek.follow(TITLE)
    expect(page.get_by_role("link", name="Bescheinigungen")).to_have_count(0)
    tarek.follow("Live", page.get_by_role("navigation", name="In dieser Kohorte"))
    tarek.at("Live")
    expect(page.get_by_role("heading", name="Haben etwas geschrieben oder gelesen: 1 von 3")).to_be_visible()
    expect(page.get_by_role("region", name="Geteilte Wünsche")).to_contain_text(WISH)
    expect(page.get_by_role("region", name="Schlagworte der Gruppe")).to_contain_text(
        "Zu wenige Antworten (0 von 5)"
    )
    expect(page.get_by_role("region", name="Jetzt")).to_contain_text(f"{FIRST}, 09:00–10:30")
    assert PRIVATE not in page.content()
    tarek.look("live")
    words = [
        {"id": f"a{n}", "text": word} for n, word in enumerate(["Lebenswelt", "Quartier", "Netzwerk"], 1)
    ]
    for number in range(5):
        guest = setting.enrol(found, f"Gast {number}")[0]
        setting.write(found, guest, "w1-1", {"items": words, "shared": True})
    with page.expect_response(lambda answer: "/live/zahlen" in answer.url):
        page.get_by_role("button", name="Anhalten").click()
        page.get_by_role("button", name="Fortsetzen").click()
    picture = page.get_by_role("region", name="Schlagworte der Gruppe")
    expect(picture.locator(".word")).to_have_text(
        [re.compile("^Lebenswelt"), re.compile("^Netzwerk"), re.compile("^Quartier")]
    )
    expect(picture).to_contain_text("Von 5 Personen.")
    tarek.look("live-mit-bild")
    tarek.follow("Leinwand öffnen")
    tarek.at(FIRST)
    expect(page.locator(".projection__time")).to_have_text("noch 80 Minuten")
    tarek.look("leinwand-jetzt")
    tarek.follow("Schlagworte")
    tarek.at("Unsere Schlagworte")
    tarek.look("leinwand-schlagworte")
    tarek.follow("Beitreten")
    tarek.at("Willkommen")
    expect(page.locator(".projection__code")).to_have_text(found.code)
    tarek.look("leinwand-beitreten")
    send_away_the_guests(tarek, found)


def send_away_the_guests(tarek: Visitor, found: Scene) -> None:
    """They were there for the picture only."""
    with found.app.app_context():
        with transaction():
            for person in cohorts.enrolments(found.cohort):
                if person.name.startswith("Gast"):
                    person.left_at = clock.now()
        db.session.remove()


# The register


def keeps_the_register(olga: Visitor, found: Scene, hour: Hour) -> None:
    page = olga.page
    hour.strikes("16:40", DAY)
    olga.open(f"/kohorten/{found.cohort}")
    expect(page.locator(".todo").get_by_role("listitem")).to_have_count(4)
    olga.look("kohorte-am-abend")
    tab(olga, "Teilnehmende")
    expect(page.get_by_text("3 Personen sind angemeldet.")).to_be_visible()
    olga.look("teilnehmende")
    tab(olga, "Anwesenheit")
    expect(page.get_by_role("cell", name="noch nicht erfasst")).to_have_count(4)
    olga.look("anwesenheit-leer")
    the_whole_morning(olga)
    for title in (THIRD, LAST):
        the_afternoon(olga, title)
    tab(olga, "Anwesenheit")
    expect(page.get_by_role("cell", name="alle erfasst")).to_have_count(4)
    matrix = page.get_by_role("table", name="Anwesenheit je Person und Abschnitt").locator("tbody")
    cells = [
        row.get_by_role("img").evaluate_all("all => all.map((each) => each.ariaLabel)")
        for row in matrix.locator("tr").all()
    ]
    assert cells == [
        ["anwesend", "45 Minuten anwesend", "entschuldigt", "entschuldigt"],
        ["abwesend"] * 4,
        ["anwesend"] * 4,
    ]
    olga.look("anwesenheit")


def the_whole_morning(olga: Visitor) -> None:
    """All present with one tap, then the exceptions, then the confirmation; nothing is stored before."""
    page = olga.page
    for title in (FIRST, SECOND):
        tab(olga, "Anwesenheit")
        olga.follow(title)
        olga.at(title)
        if title == FIRST:
            olga.look("abschnitt-leer")
        olga.press("Alle anwesend")
        expect(page.get_by_role("status")).to_contain_text(
            "Noch nicht gespeichert. 3 Personen, die noch nicht erfasst waren"
        )
        mark(page.get_by_role("group", name=f"Anwesenheit von {EMRE}"), "abwesend")
        if title == FIRST:
            olga.look("abschnitt-alle-anwesend")
            olga.open(page.url)
            expect(
                page.get_by_role("group", name=f"Anwesenheit von {NORA}").get_by_label("nicht erfasst")
            ).to_be_checked()
            olga.press("Alle anwesend")
            mark(page.get_by_role("group", name=f"Anwesenheit von {EMRE}"), "abwesend")
        else:
            mark(page.get_by_role("group", name=f"Anwesenheit von {ZOE}"), "teilweise")
            with olga.expecting(422):
                olga.press("Ja, so speichern")
            expect(page.get_by_role("alert")).to_contain_text(f"{ZOE}: Bitte geben Sie an, wie viele Minuten")
            olga.look("abschnitt-minuten-fehlen")
            page.get_by_label(f"{ZOE}, teilweise da, Minuten").fill("45")
        page.get_by_role("button", name=re.compile("speichern$")).click()
        expect(page.get_by_text("3 Personen sind eingetragen.")).to_be_visible()


def the_afternoon(olga: Visitor, title: str) -> None:
    tab(olga, "Anwesenheit")
    olga.follow(title)
    olga.at(title)
    page = olga.page
    for name, word in ((NORA, "anwesend"), (ZOE, "entschuldigt"), (EMRE, "abwesend")):
        mark(page.get_by_role("group", name=f"Anwesenheit von {name}"), word)
    olga.press("Anwesenheit speichern")
    expect(page.get_by_text("3 Personen sind eingetragen.")).to_be_visible()
    history = page.locator("details", has_text=f"Verlauf von {ZOE}")
    history.locator("summary").click()
    expect(history.get_by_role("listitem")).to_have_text(
        ["entschuldigt, Olga Sommer, 25. September 2026, 16:40 Uhr, am Bildschirm"]
    )


# Where they stand


def sees_what_is_missing(olga: Visitor, found: Scene, people: dict[str, int]) -> None:
    page = olga.page
    tab(olga, "Stand")
    olga.at("Stand")
    expect(page.get_by_text("1 von 3 haben alles")).to_be_visible()
    rows = page.get_by_role("table").locator("tbody tr")
    for name, cells in (
        (NORA, ["erfüllt 8 UE, nötig 7", "erfüllt 4 von 4", "vollständig", "alles da"]),
        (ZOE, ["○ offen 3 UE, nötig 7", "○ offen 1 von 2", "vollständig", "noch offen"]),
        (EMRE, ["○ offen 0 UE, nötig 7", "erfüllt keine nötig", "vollständig", "noch offen"]),
    ):
        expect(rows.filter(has_text=name).get_by_role("cell")).to_have_text(cells)
    assert PRIVATE not in page.content()
    olga.look("stand")
    olga.follow(ZOE)
    olga.at(ZOE)
    expect(page.get_by_text("Für die Teilnahmebescheinigung fehlt noch etwas.")).to_be_visible()
    rule = page.get_by_role("region", name="Was verlangt wird")
    expect(rule).to_contain_text("3 von 7 nötigen UE (8 geplant)")
    expect(rule).to_contain_text(
        "1 von 2 bearbeitet; fehlt noch: Lernstopp 2 im Modul „Vom Fall zum Feld: Dimensionen und Ebenen“"
    )
    olga.look("stand-person")
    for criterion, reason in (
        ("Lernstopps", "Im Gespräch mit Tarek bearbeitet."),
        ("Anwesenheit", "Hat am 2. Oktober nachgeholt."),
    ):
        declares(olga, criterion, reason)
    expect(
        page.get_by_text("Alles ist da: Die Teilnahmebescheinigung kann ausgestellt werden.")
    ).to_be_visible()
    expect(rule).to_contain_text(
        "als erfüllt anerkannt von Olga Sommer, Begründung: „Im Gespräch mit Tarek bearbeitet.“"
    )
    olga.look("stand-anerkannt")
    assert people[ZOE]


def declares(olga: Visitor, criterion: str, reason: str) -> None:
    """As fulfilled; never without a reason."""
    page = olga.page
    form = page.get_by_role("region", name="Als erfüllt anerkennen")
    form.locator("label", has_text=criterion).click()
    if criterion == "Lernstopps":
        with olga.expecting(422):
            olga.press("Als erfüllt anerkennen", form)
        expect(page.get_by_role("alert")).to_contain_text("Bitte begründen Sie das in einem Satz")
        expect(form.get_by_label(criterion)).to_be_checked()
    form.get_by_label("Begründung").fill(reason)
    olga.press("Als erfüllt anerkennen", form)
    expect(page.get_by_text(f"{criterion}: jetzt als erfüllt anerkannt.")).to_be_visible()


# The certificates


def issues(olga: Visitor, found: Scene, hour: Hour, folder: Path) -> str:
    """To all who are eligible; returns Zoë's code, read from the paper."""
    page = olga.page
    tab(olga, "Bescheinigungen")
    olga.at("Bescheinigungen")
    ready = page.get_by_role("region", name="Bereit zum Ausstellen, Tabelle").locator("tbody tr")
    recognised = f"{ZOE}mit Anerkennung: Anwesenheit und Lernstopps"
    expect(ready.get_by_role("rowheader")).to_have_text([NORA, recognised])
    waiting = page.get_by_role("region", name="Hier fehlt noch etwas, Tabelle").locator("tbody tr")
    expect(waiting.get_by_role("rowheader")).to_have_text([EMRE])
    expect(waiting.get_by_role("cell")).to_have_text("Anwesenheit: 0 UE, nötig 7")
    olga.look("bescheinigungen-bereit")
    olga.follow(re.compile(f"Vorschau.*{ZOE}"))
    olga.at(f"Vorschau für {ZOE}")
    facts = page.locator("dl.facts")
    expect(facts).to_contain_text(ZOE)
    expect(facts).to_contain_text("3 von 8")
    picture = page.get_by_role("img", name=re.compile("Schriftzug „Vorschau“"))
    assert picture.evaluate("async (image) => { await image.decode(); return image.naturalWidth }") > 800
    olga.look("vorschau")
    tab(olga, "Bescheinigungen")
    hour.strikes("17:00", DAY)
    olga.press("2 Bescheinigungen ausstellen")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Sind alle Namen richtig geschrieben?")
    olga.look("bescheinigungen-nachfrage")
    olga.press("Abbrechen", dialog)
    expect(dialog).to_have_count(0)
    olga.press("2 Bescheinigungen ausstellen")
    olga.press("2 Bescheinigungen ausstellen", dialog)
    expect(page.locator("[data-issue-words]")).to_have_text("2 von 2 ausgestellt. Fertig.")
    expect(page.locator("[data-issue-state]")).to_have_text(
        ["ausgestellt: 2026-0001", "ausgestellt: 2026-0002"]
    )
    olga.look("bescheinigungen-fortschritt")
    olga.follow("Bescheinigungen ansehen und herunterladen")
    expect(statuses(olga)).to_have_text(["gültig", "gültig"])
    olga.look("bescheinigungen")
    text = paper(olga, "2026-0002", folder)
    assert ZOE in text
    return code_on(text)


def replaces(olga: Visitor, found: Scene, hour: Hour, folder: Path) -> str:
    """The name was wrong; returns the new code."""
    page = olga.page
    hour.strikes("17:20", DAY)
    olga.follow(re.compile(f"Ersetzen.*2026-0002, {ZOE}"))
    olga.at("Bescheinigung 2026-0002 ersetzen")
    olga.look("ersetzen")
    page.get_by_label("Name auf der neuen Bescheinigung").fill(RIGHT_NAME)
    with olga.expecting(422):
        olga.press("Durch eine neue ersetzen")
    expect(page.get_by_label("Name auf der neuen Bescheinigung")).to_have_value(RIGHT_NAME)
    page.get_by_label("Begründung").fill("Der Name hatte kein Trema.")
    olga.press("Durch eine neue ersetzen")
    olga.at("Bescheinigungen")
    expect(statuses(olga)).to_have_text(["gültig", "ersetzt", "gültig"])
    expect(page.get_by_role("region", name="Ausgestellte Bescheinigungen, Tabelle")).to_contain_text(
        "durch 2026-0003"
    )
    olga.look("bescheinigungen-ersetzt")
    text = paper(olga, "2026-0003", folder)
    assert RIGHT_NAME in text
    return code_on(text)


def revokes(olga: Visitor, found: Scene, hour: Hour) -> None:
    hour.strikes("17:40", DAY)
    olga.follow(re.compile(f"Widerrufen.*2026-0003, {RIGHT_NAME}"))
    olga.at("Bescheinigung 2026-0003 widerrufen")
    page = olga.page
    reason, sure = page.get_by_label("Begründung"), page.get_by_label("Ich widerrufe endgültig")
    too_short, no_box = "Bitte begründen Sie das in einem Satz", "Bitte kreuzen Sie das an"
    for words, missing in (
        ("zu kurz", [re.compile(too_short), re.compile(no_box)]),
        ("Die Anwesenheit war falsch eingetragen.", [re.compile(no_box)]),
    ):
        reason.fill(words)
        with olga.expecting(422):
            confirms_revoking(olga)
        expect(page.get_by_role("alert").get_by_role("listitem")).to_have_text(missing)
        expect(reason).to_have_value(words)
        expect(sure).not_to_be_checked()
        if words == "zu kurz":
            olga.look("widerrufen")
    page.locator("label", has_text="Ich widerrufe endgültig").click()
    expect(sure).to_be_checked()
    olga.press("Bescheinigung widerrufen")
    olga.look("widerrufen-nachfrage")
    olga.press("Abbrechen", page.get_by_role("dialog"))
    expect(page.get_by_role("dialog")).to_have_count(0)
    olga.at("Bescheinigung 2026-0003 widerrufen")
    expect(sure).to_be_checked()
    confirms_revoking(olga)
    olga.at("Bescheinigungen")
    expect(page.get_by_role("status")).to_contain_text("Die Bescheinigung 2026-0003 ist widerrufen.")
    expect(statuses(olga)).to_have_text(["gültig", "ersetzt", "widerrufen"])
    olga.look("bescheinigungen-widerrufen")


def confirms_revoking(olga: Visitor) -> None:
    olga.press("Bescheinigung widerrufen")
    dialog = olga.page.get_by_role("dialog")
    expect(dialog).to_contain_text(f"Die Bescheinigung 2026-0003 für {RIGHT_NAME} endgültig widerrufen?")
    olga.press("Bescheinigung widerrufen", dialog)


def verifies(stranger: Visitor, code: str, status: str, name: str) -> None:
    """From the QR on the paper, signed in nowhere."""
    page = stranger.open(f"/pruefen/{code}")
    stranger.at("Teilnahmebescheinigung")
    expect(page.locator(".badge")).to_have_text(status)
    facts = page.locator("dl.facts")
    for words in (name, "25. September 2026", "3 von 8", "Kreis Musterland", "Sozialraum verstehen"):
        expect(facts).to_contain_text(words)
    sentence = {
        "gültig": "Diese Bescheinigung ist echt und gültig.",
        "ersetzt": "Diese Bescheinigung wurde am 25. September 2026 ersetzt durch 2026-0003.",
        "widerrufen": "Diese Bescheinigung wurde am 25. September 2026 widerrufen.",
    }
    expect(page.get_by_text(sentence[status])).to_be_visible()
    for secret in ("Trema", "falsch eingetragen", "Im Gespräch"):
        assert secret not in page.content()
    stranger.look(f"pruefen-{status}")


def does_not_know(stranger: Visitor) -> None:
    page = stranger.open("/pruefen/")
    stranger.look("pruefen")
    with stranger.expecting(422):
        page.get_by_label("Code der Bescheinigung").fill("2222-3333-4444-5555-6666")
        stranger.press("Prüfen")
    expect(page.get_by_label("Code der Bescheinigung")).to_have_value("2222-3333-4444-5555-6666")
    stranger.look("pruefen-vertippt")


# What several of them do


def tab(olga: Visitor, name: str) -> None:
    olga.follow(name, olga.page.get_by_role("navigation", name="In dieser Kohorte"))


def mark(group: Locator, word: str) -> None:
    group.get_by_label(word, exact=True).check()


def statuses(olga: Visitor) -> Locator:
    return olga.page.get_by_role("region", name="Ausgestellte Bescheinigungen, Tabelle").locator(
        "tbody .badge"
    )


def paper(olga: Visitor, number: str, folder: Path) -> str:
    """The text of the one page that was issued."""
    with olga.page.expect_download() as waiting:
        olga.follow(re.compile(f"{number}.*als PDF"))
    file = folder / f"{number}.pdf"
    waiting.value.save_as(file)
    document = pypdfium2.PdfDocument(io.BytesIO(file.read_bytes()))
    assert len(document) == 1
    text = str(document[0].get_textpage().get_text_range())
    document.close()
    return text


def code_on(text: str) -> str:
    found = re.search(r"[2-9A-Z]{4}(?:-[2-9A-Z]{4}){4}", text)
    assert found, text
    return found[0]
