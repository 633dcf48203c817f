"""/kohorten/…/einsprueche: what people object to, and one decision with a reason."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

from app import clock
from app.accounts.models import Letter, User
from app.attendance.models import Objection
from app.attendance.own import objections
from app.cohorts import register, service
from app.cohorts.models import Attendance, Enrolment, ScheduledSlot
from app.cohorts.register import Entry
from app.extensions import db
from tests.attendance.checking import marks
from tests.modules.doors import words
from tests.support.cast import NOW, Cast, Person
from tests.support.doors import DESK, STAFF, knock


def url(cast: Cast) -> str:
    return f"/kohorten/{cast.nord}/einsprueche"


@pytest.fixture
def raised(cast: Cast, writing: Any) -> int:
    """Tarek has recorded Anna as absent in the first slot; she objects. The objection's id."""
    with writing():
        slot = db.session.get_one(ScheduledSlot, cast.slots[0])
        tarek = db.session.get_one(User, cast.tarek.user_id)
        register.enter(slot, cast.anna.enrolment_id, Entry(state=Attendance.ABSENT), tarek)
    return _object(writing, cast, cast.anna, 0)


def _object(writing: Any, cast: Cast, person: Person, number: int, text: str = "Ich saß hinten.") -> int:
    with writing():
        return objections.raise_once(person.enrolment_id, cast.slots[number], text).id


def decision(
    number: int, granted: str = "ja", state: str = "", minutes: str = "", reason: str = "Stimmt.",
    step: str = "entscheiden",
) -> dict[str, str]:  # fmt: skip
    """What the second step sends; `state`: present where it is granted, unless another is wanted ("keiner": none)."""
    chosen = {"": "present" if granted == "ja" else "bleibt", "keiner": ""}.get(state, state)
    values = {"granted": granted, "state": chosen, "minutes": minutes, "reason": reason}
    return {f"e{number}-{name}": value for name, value in values.items()} | {"schritt": step}


def decide(client: Any, cast: Cast, number: int, **values: str) -> Any:
    return client.post_form(f"{url(cast)}/{number}", decision(number, **values))


def parsed(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def the_row(app: Flask, number: int) -> Objection:
    with app.app_context():
        found = db.session.get_one(Objection, number)
        db.session.expunge(found)
        db.session.remove()
    return found


def test_shows_the_sentence_and_the_history(cast: Cast, client_for: Any, raised: int) -> None:
    page = client_for(cast.olga).soup(url(cast))
    text = words(page.select_one(f"#einspruch-{raised}"))
    assert text.startswith("Anna Kolb: Ankommen")
    assert "Ich saß hinten." in text
    assert "Eingetragen ist: abwesend" in text
    assert "abwesend: am Bildschirm, Tarek Aydın, 3. Juli 2026, 11:00 Uhr" in text


def test_grant(app: Flask, cast: Cast, client_for: Any, raised: int) -> None:
    answer = decide(client_for(cast.olga), cast, raised, reason="Auf der Papierliste steht sie.")
    assert (answer.status_code, answer.headers["Location"]) == (303, url(cast))
    assert marks(app, cast, cast.anna, 0) == [
        ("absent", 0, "list", "Tarek Aydın"),
        ("present", 90, "objection", "Olga Sommer"),
    ]
    row = the_row(app, raised)
    assert (row.granted, row.reason, row.decided_by, row.decided_at) == (
        True, "Auf der Papierliste steht sie.", "Olga Sommer", NOW,
    )  # fmt: skip
    text = words(client_for(cast.olga).soup(url(cast)).select_one(f"#einspruch-{raised}"))
    assert "Stattgegeben von Olga Sommer" in text
    own = words(client_for(cast.anna).soup(f"/kurs/{cast.nord}/anwesenheit"))
    assert "Ihr Einspruch wurde angenommen." in own
    assert "Begründung (Olga Sommer, 3. Juli 2026, 11:00 Uhr): Auf der Papierliste steht sie." in own


def test_grant_a_part(app: Flask, cast: Cast, client_for: Any, raised: int) -> None:
    decide(client_for(cast.olga), cast, raised, state="partial", minutes="50")
    assert marks(app, cast, cast.anna, 0)[-1] == ("partial", 50, "objection", "Olga Sommer")


def test_refuse(app: Flask, cast: Cast, client_for: Any, raised: int) -> None:
    decide(client_for(cast.olga), cast, raised, granted="nein", reason="Sie kam erst um elf.")
    assert len(marks(app, cast, cast.anna, 0)) == 1
    own = words(client_for(cast.anna).soup(f"/kurs/{cast.nord}/anwesenheit"))
    assert "Ihr Einspruch wurde abgelehnt." in own
    assert "Sie kam erst um elf." in own


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"granted": ""}, "Bitte wählen Sie, ob Sie stattgeben oder ablehnen."),
        ({"granted": "vielleicht"}, "Bitte wählen Sie, ob Sie stattgeben oder ablehnen."),
        ({"state": "keiner"}, "Bitte wählen Sie, was künftig eingetragen sein soll."),
        ({"state": "bleibt"}, "Bitte wählen Sie, was künftig eingetragen sein soll."),
        ({"state": "da"}, "Bitte wählen Sie, was künftig eingetragen sein soll."),
        ({"reason": " "}, "Bitte begründen Sie Ihre Entscheidung in einem Satz."),
        ({"reason": "x" * 501}, "Das sind 501 Zeichen, möglich sind 500."),
        ({"state": "partial"}, "Bitte geben Sie an, wie viele Minuten die Person da war"),
        ({"state": "partial", "minutes": "91"}, "Der Abschnitt dauert 90 Minuten, mehr geht nicht."),
        ({"state": "partial", "minutes": "0"}, "mindestens eine Minute"),
        ({"state": "partial", "minutes": "9" * 30}, "Bitte geben Sie an, wie viele Minuten"),
    ],
)
def test_what_is_wrong_is_said_and_kept(
    app: Flask, cast: Cast, client_for: Any, raised: int, values: dict[str, str], sentence: str
) -> None:
    sent = {"reason": "Sie saß hinten, ich habe sie gesehen."} | values
    assert decide(client_for(cast.olga), cast, raised, step="", **sent).status_code == 422  # before it asks
    answer = decide(client_for(cast.olga), cast, raised, **sent)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert sentence in page
    assert sent["reason"].strip() in page
    assert the_row(app, raised).decided_at is None
    assert len(marks(app, cast, cast.anna, 0)) == 1


@pytest.mark.parametrize(
    ("state", "minutes"),
    [("partial", "50"), ("present", ""), ("not_recorded", ""), ("bleibt", "50"), ("keiner", "50")],
)
def test_refusing_and_a_new_entry_do_not_go_together(
    app: Flask, cast: Cast, client_for: Any, raised: int, state: str, minutes: str
) -> None:
    answer = decide(
        client_for(cast.olga), cast, raised, granted="nein", state=state, minutes=minutes, reason="Nein."
    )
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "Sie haben „Ablehnen“ und einen neuen Eintrag gewählt; beides zusammen geht nicht." in page
    form = parsed(answer).select_one(f"#einspruch-{raised} form")
    checked = [radio["value"] for radio in form.select("input[type=radio][checked]")]
    assert checked == ["nein"] + ([state] if state != "keiner" else [])
    assert form.select_one("[name$=minutes]")["value"] == minutes
    assert form.textarea.get_text().strip() == "Nein."
    assert the_row(app, raised).decided_at is None
    assert len(marks(app, cast, cast.anna, 0)) == 1


def test_it_asks_once_and_lets_change(app: Flask, cast: Cast, client_for: Any, raised: int) -> None:
    olga, sent = client_for(cast.olga), {"state": "partial", "minutes": "50", "reason": "Ab halb zehn."}
    answer = decide(olga, cast, raised, step="", **sent)
    page = parsed(answer)
    assert (answer.status_code, page.h1.get_text()) == (200, "Einspruch entscheiden")
    assert [words(fact) for fact in page.select("main dd")] == [
        "Stattgeben", "wird „teilweise (50 Minuten)“", "Ab halb zehn.",
    ]  # fmt: skip
    assert "Die Entscheidung lässt sich nicht zurücknehmen." in words(page.main)
    assert the_row(app, raised).decided_at is None
    form = page.select_one("main form")
    fields = {each["name"]: each["value"] for each in form.select("input")}
    back = parsed(olga.post_form(form["action"], fields | {"schritt": "aendern"}))
    assert back.select_one(f"#einspruch-{raised} textarea").get_text().strip() == "Ab halb zehn."
    assert the_row(app, raised).decided_at is None
    assert olga.post_form(form["action"], fields | {"schritt": "entscheiden"}).status_code == 303
    assert marks(app, cast, cast.anna, 0)[-1] == ("partial", 50, "objection", "Olga Sommer")
    again = decide(client_for(cast.adam), cast, raised, step="", granted="nein", reason="Doch nicht.")
    assert again.status_code == 409
    assert "Ihre Begründung war: Doch nicht." in again.get_data(as_text=True)


def test_decided_once(app: Flask, cast: Cast, client_for: Any, raised: int) -> None:
    olga, adam = client_for(cast.olga), client_for(cast.adam)
    decide(olga, cast, raised, reason="Stimmt.")
    assert decide(olga, cast, raised, reason="Stimmt.").status_code == 303
    answer = decide(adam, cast, raised, granted="nein", reason="Ich glaube das nicht.")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "hat inzwischen jemand anderes entschieden" in page
    assert "Ich glaube das nicht." in page
    assert the_row(app, raised).granted is True
    assert len(marks(app, cast, cast.anna, 0)) == 2


def test_two_organisers_at_the_same_moment(app: Flask, cast: Cast, client_for: Any, raised: int) -> None:
    found: dict[str, int] = {}
    clients = {"ja": client_for(cast.olga), "nein": client_for(cast.adam)}
    sent = {
        granted: decision(raised, granted=granted, reason=f"Meine: {granted}")
        | {"csrf_token": client.token()}
        for granted, client in clients.items()
    }

    def go(granted: str) -> None:
        found[granted] = clients[granted].post(f"{url(cast)}/{raised}", data=sent[granted]).status_code

    threads = [threading.Thread(target=go, args=(granted,)) for granted in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found.values()) == [303, 409]
    row = the_row(app, raised)
    assert row.reason == f"Meine: {'ja' if row.granted else 'nein'}"
    assert found["ja" if row.granted else "nein"] == 303
    assert len(marks(app, cast, cast.anna, 0)) == (2 if row.granted else 1)


def test_who_may(cast: Cast, client_for: Any, raised: int) -> None:
    assert knock(client_for, cast, url(cast)) == STAFF
    assert knock(client_for, cast, f"{url(cast)}/{raised}", post=True) == DESK
    page = client_for(cast.tarek).soup(url(cast))
    assert "Ich saß hinten." in words(page) and not page.select("article form")


def test_unknown(app: Flask, cast: Cast, client_for: Any, raised: int, writing: Any) -> None:
    with writing():
        foreign = service.slots(cast.sued)[0].id
        elsewhere = objections.raise_once(cast.frida.enrolment_id, foreign, "Ich war da.").id
    olga = client_for(cast.olga)
    for number in (elsewhere, 99999, 2**40):
        assert decide(olga, cast, number).status_code == 404
    assert the_row(app, elsewhere).decided_at is None


def test_a_dropped_slot_can_only_be_refused(
    app: Flask, cast: Cast, client_for: Any, raised: int, writing: Any
) -> None:
    with writing():
        db.session.get_one(ScheduledSlot, cast.slots[0]).cancelled_at = NOW
    olga = client_for(cast.olga)
    answer = decide(olga, cast, raised)
    assert answer.status_code == 409
    assert "Sie können den Einspruch nur ablehnen." in answer.get_data(as_text=True)
    assert the_row(app, raised).decided_at is None
    assert decide(olga, cast, raised, granted="nein").status_code == 303


def test_nobody_is_present_before_the_slot_begins(
    app: Flask, cast: Cast, client_for: Any, writing: Any
) -> None:
    number = _object(writing, cast, cast.anna, 4)
    answer = decide(client_for(cast.olga), cast, number)
    assert answer.status_code == 422
    assert "beginnt erst um 13:15 Uhr" in answer.get_data(as_text=True)
    assert decide(client_for(cast.olga), cast, number, state="not_recorded").status_code == 303


def test_a_certificate_must_be_replaced(cast: Cast, client_for: Any, raised: int, writing: Any) -> None:
    with writing():
        db.session.get_one(Enrolment, cast.anna.enrolment_id).name_fixed_at = NOW
    olga = client_for(cast.olga)
    assert "Geben Sie statt, muss sie danach ersetzt werden." in words(olga.soup(url(cast)))
    decide(olga, cast, raised)
    assert "Für Anna Kolb ist schon eine Bescheinigung ausgestellt." in words(olga.soup(url(cast)))


def test_open_first_and_counted(app: Flask, cast: Cast, client_for: Any, raised: int, writing: Any) -> None:
    second = _object(writing, cast, cast.bela, 2, "Der Code ging nicht.")
    with app.app_context():
        assert objections.open_objections([cast.nord, cast.sued]) == {cast.nord: 2}
        assert objections.open_objections([]) == objections.open_objections([cast.sued]) == {}
    decide(client_for(cast.olga), cast, raised)
    with app.app_context():
        assert objections.open_objections([cast.nord]) == {cast.nord: 1}
    page = client_for(cast.olga).soup(url(cast))
    assert [article["id"] for article in page.select("article")] == [
        f"einspruch-{second}",
        f"einspruch-{raised}",
    ]
    assert [h2.get_text() for h2 in page.main.select("h2")] == ["Zu entscheiden: 1", "Entschieden"]


def test_the_latest_decision_stands_first(cast: Cast, client_for: Any, raised: int, writing: Any) -> None:
    second = _object(writing, cast, cast.bela, 2)
    olga = client_for(cast.olga)
    for minutes, number in enumerate((second, raised)):
        with clock.standing_at(NOW.replace(minute=minutes + 1)):
            decide(olga, cast, number, granted="nein")
    assert [each["id"] for each in olga.soup(url(cast)).select("article")] == [
        f"einspruch-{raised}",
        f"einspruch-{second}",
    ]


def test_nothing_to_decide(cast: Cast, client_for: Any) -> None:
    assert "Es gibt nichts zu entscheiden." in words(client_for(cast.olga).soup(url(cast)))


def test_the_way_to_it(cast: Cast, client_for: Any, raised: int) -> None:
    link = (
        client_for(cast.olga)
        .soup(f"/kohorten/{cast.nord}/anwesenheit")
        .select_one(f'main a[href="{url(cast)}"]')
    )
    assert link.get_text() == "Einsprüche: 1 offen"


def test_as_many_statements_for_many(
    cast: Cast, client_for: Any, raised: int, writing: Any, statements: Any
) -> None:
    olga, counts = client_for(cast.olga), []
    for number in (None, 2, 4):
        if number:
            _object(writing, cast, cast.anna, number)
            _object(writing, cast, cast.bela, number)
        with statements() as seen:
            olga.get(url(cast))
        counts.append(len(seen))
    assert counts[0] == counts[1] == counts[2]


# The letter


@pytest.fixture
def with_mail(app: Flask) -> None:
    feldweg = app.extensions["feldweg"]
    mail = replace(feldweg.settings.mail, host="mail.example.org", sender="feldweg@example.org")
    app.extensions["feldweg"] = replace(feldweg, settings=replace(feldweg.settings, mail=mail))


def _letters(app: Flask) -> list[tuple[str, str, str]]:
    with app.app_context():
        sealer = app.extensions["feldweg"].sealer
        rows = [
            (row.recipient, row.subject, sealer.open(row.sealed_body, "letter"))
            for row in db.session.scalars(select(Letter))
        ]
        db.session.remove()
    return rows


def test_a_letter_tells_the_person(
    app: Flask, cast: Cast, client_for: Any, raised: int, writing: Any, with_mail: None
) -> None:
    with writing():
        db.session.get_one(Enrolment, cast.anna.enrolment_id).email = "anna@example.org"
    for _ in range(2):
        decide(client_for(cast.olga), cast, raised, granted="nein", reason="Sie kam erst um elf.")
    [(recipient, subject, body)] = _letters(app)
    assert (recipient, subject) == ("anna@example.org", "Ihr Einspruch: Kohorte Nord")
    for part in (
        "abgelehnt",
        "„Ankommen“",
        "Ich saß hinten.",
        "Sie kam erst um elf.",
        "Olga Sommer",
        f"/kurs/{cast.nord}/anwesenheit",
    ):
        assert part in body


def test_without_an_address_there_is_none(
    app: Flask, cast: Cast, client_for: Any, raised: int, with_mail: None
) -> None:
    assert decide(client_for(cast.olga), cast, raised).status_code == 303
    assert _letters(app) == []


def test_without_a_mail_server_there_is_none(
    app: Flask, cast: Cast, client_for: Any, raised: int, writing: Any
) -> None:
    with writing():
        db.session.get_one(Enrolment, cast.anna.enrolment_id).email = "anna@example.org"
    decide(client_for(cast.olga), cast, raised)
    assert _letters(app) == []
