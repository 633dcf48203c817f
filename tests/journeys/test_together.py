"""Several phones at once: a group on one sheet, a moderated procedure, a shared board, two sides, an anonymous survey."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.journeys import setting
from tests.journeys.conftest import Hour, NewVisitor
from tests.journeys.hands import chooses, comes_in, looks_again, saves, turns_to
from tests.journeys.setting import Scene
from tests.journeys.visitor import DESK, Visitor

DIALOGUE = ("sozialraumteam-und-steuerung", "uebung-sozialraumdialog")
BOARD = ("fallunspezifische-arbeit", "uebung-ressourcenkarte", "a6-8")
CHECK = ("kooperation-kita-schule", "kooperation-klaeren", "a7-3")
SURVEY = ("fallunspezifische-arbeit", "infrastruktur-und-projekte", "a6-5")
THEME, STEP = "Der Durchgang am Kanal ist abends dunkel", "Am Mittwoch mit der Küsterin sprechen"
HAVE, NEED = "Zwei Laternen und der Nachbar mit dem Schlüssel", "Eine Erlaubnis der Wohnungsgesellschaft"
# A common picture asks every ten seconds; a question just under way when one looks again may have come too early.
TURN = 20_000


# A group


def test_a_group_on_one_sheet(scene: Scene, hour: Hour, visit: NewVisitor) -> None:
    """Drawn by the trainer, joined by code, written on by two phones, shown to the room."""
    anna, bela, cem = (comes_in(visit, scene, name) for name in ("Anna Kolb", "Bela Öztürk", "Cem Yıldız"))
    tarek = visit(DESK)
    code = draws_a_group(tarek, scene)
    for phone in (anna, bela, cem):
        turns_to(phone, scene, *DIALOGUE, "a8-5")
    expect(bela.page.locator(".team").first).to_contain_text("Gruppe 1: Anna Kolb, Bela Öztürk.")
    joins_by_code(cem, code)
    writes_on_one_sheet(anna, cem)
    leads_the_procedure(anna, cem, hour)
    is_shown_to_the_room(tarek)


def draws_a_group(tarek: Visitor, scene: Scene) -> str:
    """Of Anna and Bela only; returns the code of the group."""
    tarek.sign_in(setting.TAREK, setting.PASSWORD)
    page = tarek.open(f"/kohorten/{scene.cohort}/gruppen")
    tarek.follow("Übung: Fünf Fragen, neun Minuten")
    tarek.at("Übung: Fünf Fragen, neun Minuten")
    page.locator("label", has_text="Cem Yıldız").click()
    page.get_by_label("Wie viele Gruppen?").fill("3")
    with tarek.expecting(422):
        tarek.press("Gruppen losen")
    expect(page.get_by_role("alert")).to_have_text(
        "Für 3 Gruppen sind 2 Personen zu wenig. Bitte wählen Sie weniger Gruppen."
    )
    expect(page.get_by_label("Cem Yıldız")).not_to_be_checked()
    page.get_by_label("Wie viele Gruppen?").fill("1")
    tarek.press("Gruppen losen")
    group = page.locator(".teams li")
    expect(group).to_have_count(1)
    expect(group.get_by_role("heading")).to_have_text("Gruppe 1")
    expect(group.locator("p").first).to_have_text("Anna Kolb, Bela Öztürk")
    tarek.look("gruppen-gelost")
    return group.locator(".code").inner_text()


def joins_by_code(cem: Visitor, code: str) -> None:
    page = cem.page
    ask = page.locator("form.team").first
    field = ask.get_by_label("Arbeiten Sie in einer Gruppe?")
    field.fill("ZZZZ")
    with cem.expecting(422):
        cem.press("Beitreten", ask)
    expect(ask.get_by_role("alert")).to_have_text(
        "Eine Gruppe mit dem Code „ZZZZ“ gibt es hier nicht. Bitte fragen Sie in Ihrer Gruppe nach."
    )
    expect(field).to_be_focused()
    field.fill(code.lower())
    cem.press("Beitreten", ask)
    expect(page.get_by_text("Sie sind jetzt in Gruppe 1.")).to_be_visible()
    expect(page.locator("form.team")).to_have_count(0)
    expect(page.locator(".team").first).to_contain_text("Gruppe 1: Anna Kolb, Bela Öztürk, Cem Yıldız.")
    cem.look("gruppe-beigetreten")


def writes_on_one_sheet(anna: Visitor, cem: Visitor) -> None:
    """Each into a field of their own; nobody presses anything, and both see both."""
    ours, theirs = anna.block("a8-5"), cem.block("a8-5")
    ours.get_by_label("Unser Thema").fill(THEME)
    expect(ours.locator("[data-saved]")).to_have_text("gespeichert 08:50")
    looks_again(cem)
    expect(theirs.get_by_label("Unser Thema")).to_have_value(THEME)
    theirs.get_by_label("Unser nächster Schritt").fill(STEP)
    expect(theirs.locator("[data-saved]")).to_have_text("gespeichert 08:50")
    looks_again(anna)
    expect(ours.get_by_label("Unser nächster Schritt")).to_have_value(STEP)
    expect(ours.get_by_label("Unser Thema")).to_have_value(THEME)
    write_at_the_same_time(anna, cem)
    saves(anna, ours)
    expect(ours.get_by_label("Unser nächster Schritt")).to_have_value(STEP)
    anna.look("gruppenblatt")


def write_at_the_same_time(anna: Visitor, cem: Visitor) -> None:
    """Neither has seen the other's words yet: both stay."""
    have, need = "Das haben wir schon", "Das braucht es noch, von wem und in welcher Form"
    anna.block("a8-5").get_by_label(have).fill(HAVE)
    cem.block("a8-5").get_by_label(need).fill(NEED)
    for phone in (anna, cem):
        expect(phone.block("a8-5").locator("[data-saved]")).to_have_text("gespeichert 08:50")
    for phone in (anna, cem):
        looks_again(phone)
        expect(phone.block("a8-5").get_by_label(have)).to_have_value(HAVE)
        expect(phone.block("a8-5").get_by_label(need)).to_have_value(NEED)


def leads_the_procedure(anna: Visitor, cem: Visitor, hour: Hour) -> None:
    """Anna moderates; Cem's phone follows, by the server's clock."""
    lead, follow = anna.block("a8-4").locator(".pace"), cem.block("a8-4").locator(".pace")
    hour.strikes("15:00")
    anna.press("Ich moderiere", lead)
    expect(lead).to_contain_text("Sie moderieren.")
    anna.press("Beginnen", lead)
    expect(lead.locator(".pace__where")).to_have_text("Schritt 1 von 6")
    anna.look("ablauf-moderiert")
    stands_at(cem, follow, "Schritt 1 von 6", "Was beschäftigt uns gerade?")
    expect(follow).to_contain_text("Es moderiert: Anna Kolb.")
    expect(follow.get_by_role("button", name="Weiter", exact=True)).to_have_count(0)
    hour.strikes("15:01")
    anna.press("Anhalten", lead)
    expect(lead.locator(".pace__time")).to_have_text("1:00 angehalten")
    looks_again(cem)
    expect(follow.locator(".pace__time")).to_have_text("1:00 angehalten")
    cem.look("ablauf-angehalten")
    for step in range(2, 7):
        anna.press("Weiter", lead)
        expect(lead.locator(".pace__where")).to_have_text(f"Schritt {step} von 6")
    stands_at(cem, follow, "Schritt 6 von 6", "Verabreden")
    anna.press("Weiter", lead)
    expect(lead.locator(".pace__title")).to_have_text("Der Ablauf ist zu Ende")
    looks_again(cem)
    expect(follow.locator(".pace__title")).to_have_text("Der Ablauf ist zu Ende")


def stands_at(phone: Visitor, pace: Locator, where: str, title: str) -> None:
    looks_again(phone)
    expect(pace.locator(".pace__where")).to_have_text(where)
    expect(pace.locator(".pace__title")).to_have_text(title)


def is_shown_to_the_room(tarek: Visitor) -> None:
    page = tarek.page
    page.reload()
    tarek.follow("Ergebnis zeigen")
    tarek.at("Gruppe 1")
    expect(page.get_by_text("Anna Kolb, Bela Öztürk, Cem Yıldız")).to_be_visible()
    expect(page.locator(".own")).to_have_text([THEME, HAVE, NEED, STEP])
    tarek.look("gruppe-leinwand")


# A shared board


def test_a_card_on_the_shared_board(scene: Scene, visit: NewVisitor) -> None:
    """The other phone sees it without doing anything but looking, and sees it wander."""
    anna, bela = (comes_in(visit, scene, name) for name in ("Anna Kolb", "Bela Öztürk"))
    mine = turns_to(anna, scene, *BOARD)
    turns_to(bela, scene, *BOARD)
    board = bela.page.get_by_role("region", name="Unsere Ressourcenkarte").filter(
        has=bela.page.locator("[data-together]")
    )
    expect(board.locator(".card--pinned")).to_have_count(0)
    mine.get_by_label("Ort oder Angebot").first.fill("Waschsalon am Kanal")
    mine.get_by_label("Was ist hier möglich?").first.fill("Warten, reden, Zettel aushängen")
    saves(anna, mine, "Karten speichern")
    column(bela, board, "entdeckt", "Waschsalon am Kanal")
    expect(board.locator(".card__by")).to_have_text("Anna Kolb")
    anna.press("„Waschsalon am Kanal“ nach „geprüft“ legen", mine)
    saves(anna, mine, "Karten speichern")
    column(bela, board, "geprüft", "Waschsalon am Kanal")
    expect(board.get_by_role("group", name="entdeckt")).to_contain_text("Hier liegt noch keine Karte.")
    expect(bela.block("a6-8").get_by_text("Waschsalon")).to_have_count(0)
    for phone in (anna, bela):
        phone.look("karten-gemeinsam")


def column(phone: Visitor, board: Locator, name: str, title: str) -> None:
    """There the card lies, once."""
    looks_again(phone)
    expect(board.get_by_role("group", name=name).locator(".card__title")).to_have_text([title], timeout=TURN)
    expect(board.locator(".card--pinned")).to_have_count(1)


# Two sides


def test_two_sides_of_one_sheet(scene: Scene, visit: NewVisitor) -> None:
    """Nobody sees the other side before having laid down their own."""
    anna, bela = (comes_in(visit, scene, name) for name in ("Anna Kolb", "Bela Öztürk"))
    side(anna, scene, "Jugendhilfe", "Seit Ostern fehlen drei Kinder am Mittagstisch.", ready=True)
    pairs = together(bela, scene)
    expect(pairs).to_contain_text("Beide Seiten liegen hier nebeneinander, sobald Sie Ihre Seite ausgefüllt")
    assert "Mittagstisch" not in bela.page.content()
    side(bela, scene, "Schule oder Kita", "Die Ganztagsgruppe ist voll.", ready=False)
    assert "Mittagstisch" not in bela.page.content()
    side(bela, scene, "Schule oder Kita", "Die Ganztagsgruppe ist voll.", ready=True)
    for phone in (bela, anna):
        pairs = together(phone, scene)
        expect(pairs.locator(".sides__row").first.locator(".sides__text")).to_have_text([
            "Seit Ostern fehlen drei Kinder am Mittagstisch.", "Die Ganztagsgruppe ist voll.",
        ])  # fmt: skip
        assert not re.search("Kolb|Öztürk", pairs.inner_text())
        phone.look("gegenueber-beide-seiten")


def side(phone: Visitor, scene: Scene, name: str, why: str, *, ready: bool) -> None:
    block = turns_to(phone, scene, *CHECK)
    chooses(block.get_by_role("group", name="Für welche Seite schreiben Sie?"), name)
    block.get_by_label("Anlass: Warum gerade jetzt?").first.fill(why)
    block.get_by_label("Unsere Seite ist fertig, wir legen beide nebeneinander").set_checked(ready)
    saves(phone, block)


def together(phone: Visitor, scene: Scene) -> Locator:
    turns_to(phone, scene, *CHECK)
    return phone.page.locator("#a7-3-gemeinsam")


# A survey without names


def test_five_people_answer_a_survey(scene: Scene, visit: NewVisitor) -> None:
    """The fifth answer brings the result, with every sentence and without any name."""
    names = ["Anna Kolb", "Bela Öztürk", "Cem Yıldız", "Dana Weiß", "Emre Şahin"]
    phones = [comes_in(visit, scene, name) for name in names]
    for at, phone in enumerate(phones):
        answers(phone, scene, at)
        result = phone.page.locator("#a6-5-gemeinsam")
        if at < 4:
            left = "Noch eine Antwort" if at == 3 else f"Noch {('vier', 'drei', 'zwei')[at]} Antworten"
            expect(result).to_contain_text(f"{left}, dann erscheint das Ergebnis.")
    first = phones[0].page.locator("#a6-5-gemeinsam")
    looks_again(phones[0])
    expect(first).to_contain_text("5 Personen haben geantwortet.", timeout=TURN)
    expect(first).to_contain_text("Mittelwert: 3")
    told = first.locator(".result").nth(2).locator(".own")
    assert sorted(told.all_inner_texts()) == [f"Satz {at}" for at in range(5)]
    text = first.inner_text()
    assert not [name for name in names if name in text]
    phones[0].look("umfrage-ergebnis")


def answers(phone: Visitor, scene: Scene, at: int) -> None:
    """The scale from 1 to 5, a choice, one sentence."""
    block = turns_to(phone, scene, *SURVEY)
    chooses(block.get_by_role("group", name="Wie gut können Sie"), str(at + 1))
    block.get_by_label("Woran hakt es am ehesten?").select_option("Zeit" if at % 2 else "Pausen")
    block.get_by_label("Was soll auf jeden Fall so bleiben?").fill(f"Satz {at}")
    phone.press("Antworten abgeben", block)
    expect(block.get_by_text("Danke, Ihre Antworten sind gezählt.")).to_be_visible()
    expect(block.get_by_role("button", name="Antworten abgeben")).to_have_count(0)
