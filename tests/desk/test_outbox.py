"""The outbox: what waits, failed, came back or arrived, and what somebody does about it. Never what a letter says."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from app import clock
from app.accounts import letters, outbox
from app.accounts.models import Letter
from app.admission.models import Waiting
from app.cohorts.models import Enrolment
from app.desk.views import outbox as view
from app.extensions import db
from tests.conftest import ClientFor, Inside
from tests.support.cast import NOW, Cast
from tests.support.doors import STAFF
from tests.support.mail import use_server
from tests.support.returned import ANSWER, exchange, postfix

ANNA = "anna@example.org"
SECRET = "geheimer persönlicher Link"
URL = "/postausgang"


@pytest.fixture(autouse=True)
def _mail_server(app: Flask) -> None:
    use_server(app, 25)


def add(writing: Inside, recipient: str = ANNA, **columns: Any) -> int:
    """A letter as it stands in the outbox."""
    with writing():
        letters.write(recipient, "Ihr persönlicher Link", SECRET)
        letter = db.session.scalars(select(Letter).order_by(Letter.id.desc()).limit(1)).one()
        for name, value in columns.items():
            setattr(letter, name, value)
        return letter.id


SENT = {"sent_at": NOW, "next_try_at": None, "message_id": "<abc@example.org>"}
FAILED = {
    "next_try_at": None,
    "tries": 1,
    "error": "recipient 550 5.1.1 User unknown",
    "message_id": "<abc@example.org>",
}
BOUNCED = SENT | {"bounced_at": NOW, "bounce": "5.1.1 smtp; 550 5.1.1 User unknown"}
WAITING = {"tries": 2, "error": "recipient 450 4.2.0 Greylisted", "next_try_at": NOW + timedelta(minutes=5)}


def words(element: Any) -> str:
    return " ".join(element.get_text(" ").split())


def listed(page: Any) -> dict[str, list[str]]:
    """Heading -> what stands about each letter."""
    return {
        words(part.select_one("h2")): [words(letter) for letter in part.select(".letters > li")]
        for part in page.select("section")
        if part.select(".letters")
    }


def stands(reading: Inside, letter_id: int) -> Letter:
    with reading():
        letter = db.session.get_one(Letter, letter_id)
        db.session.expunge(letter)
    return letter


# What it shows


def test_each_letter_stands_where_it_belongs(client_for: ClientFor, cast: Cast, writing: Inside) -> None:
    add(writing, "wartet@example.org")
    add(writing, "spaeter@example.org", **WAITING)
    add(writing, "falsch@example.org", **FAILED)
    add(writing, "zurueck@example.org", **BOUNCED)
    add(writing, "da@example.org", **SENT)
    found = listed(client_for(cast.olga).soup(URL))
    assert list(found) == [
        "Nicht angekommen: kam zurück (1)",
        "Nicht gesendet (1)",
        "Wartet (2)",
        "Gesendet in den letzten 14 Tagen (1)",
    ]
    bounced, failed, waiting, sent = found.values()
    assert "zurueck@example.org gesendet 3. Juli 2026, 11:00 Uhr" in bounced[0]
    assert "Diese Adresse gibt es nicht (5.1.1)." in bounced[0]
    assert "Der Mailserver kennt die Adresse nicht (550). 1 Versuch." in failed[0]
    assert "Wird in den nächsten Minuten gesendet." in waiting[0]
    assert "Der Mailserver vertröstet (450), wir versuchen es weiter. 2 Versuche." in waiting[1]
    assert "Nächster Versuch: 3. Juli 2026, 11:05 Uhr" in waiting[1]
    assert sent[0].startswith("da@example.org gesendet 3. Juli 2026, 11:00 Uhr Ihr persönlicher Link")


def test_what_letters_say_is_never_shown(client_for: ClientFor, cast: Cast, writing: Inside) -> None:
    for columns in ({}, WAITING, FAILED, BOUNCED, SENT):
        add(writing, **columns)
    html = client_for(cast.adam).get(URL).get_data(as_text=True)
    assert SECRET not in html


def test_without_any_letter_it_says_so(client_for: ClientFor, cast: Cast) -> None:
    page = client_for(cast.olga).soup(URL)
    assert "In den letzten 14 Tagen hat Feldweg keine Mail geschrieben." in words(page)
    assert "kein Mailserver" not in words(page)


def test_without_a_mail_server_it_says_what_works_instead(
    app: Flask, client_for: ClientFor, cast: Cast
) -> None:
    use_server(app, 25, host="")
    box = words(client_for(cast.olga).soup(URL).select_one(".warning"))
    assert "Es ist kein Mailserver eingerichtet" in box
    assert "persönliche Karte mit QR-Code" in box and "FELDWEG_SMTP_HOST" in box


def test_what_arrived_two_weeks_ago_is_not_listed(client_for: ClientFor, cast: Cast, writing: Inside) -> None:
    add(writing, **SENT)
    with clock.standing_at(NOW + timedelta(days=14)):
        assert listed(client_for(cast.olga).soup(URL)) == {}


def test_of_many_sent_the_last_are_listed(
    client_for: ClientFor, cast: Cast, writing: Inside, statements: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "MOST_SENT", 3)
    client = client_for(cast.olga)
    counts = []
    for number in range(5):
        add(writing, f"p{number}@example.org", **SENT)
        add(writing, f"q{number}@example.org", **BOUNCED)
        with statements() as seen:
            page = client.soup(URL)
        counts.append(len(seen))
    assert len(listed(page)["Gesendet in den letzten 14 Tagen (3)"]) == 3
    assert "Gezeigt werden die letzten 3 von 5." in words(page)
    assert len(set(counts)) == 1


def test_whose_address_it_is_leads_to_the_person(client_for: ClientFor, cast: Cast, writing: Inside) -> None:
    add(writing, "Anna@Example.org", **FAILED)
    with writing():
        db.session.get_one(Enrolment, cast.anna.enrolment_id).email = ANNA
    page = client_for(cast.olga).soup(URL)
    address = f"/kohorten/{cast.nord}/teilnehmende/{cast.anna.enrolment_id}"
    assert [link["href"] for link in page.select(".letters a")] == [address]
    with writing():
        db.session.get_one(Enrolment, cast.anna.enrolment_id).left_at = NOW
    assert client_for(cast.olga).soup(URL).select(".letters a") == []


# Sending again


def again(client: Any, letter_id: int, address: str = ANNA, known: str = "<abc@example.org>") -> Any:
    return client.post_form(f"{URL}/{letter_id}/noch-einmal", {"address": address, "stand": known})


@pytest.mark.parametrize("columns", [FAILED, BOUNCED], ids=["failed", "bounced"])
def test_it_is_sent_again_to_a_corrected_address(
    client_for: ClientFor, cast: Cast, writing: Inside, reading: Inside, columns: dict[str, Any]
) -> None:
    letter = add(writing, **columns)
    answer = again(client_for(cast.olga), letter, "anna.kolb@example.org")
    assert (answer.status_code, answer.location) == (303, URL)
    now = stands(reading, letter)
    assert (now.recipient, now.next_try_at, now.tries) == ("anna.kolb@example.org", NOW, 0)
    assert (now.sent_at, now.bounced_at, now.error, now.bounce) == (None, None, None, None)
    assert now.message_id != "<abc@example.org>"


def test_a_form_that_is_sent_twice_sends_one_letter(
    client_for: ClientFor, cast: Cast, writing: Inside, reading: Inside
) -> None:
    letter, client = add(writing, **FAILED), client_for(cast.olga)
    again(client, letter)
    with writing():  # the postman was faster than the second click
        db.session.execute(update(Letter).values(sent_at=NOW, next_try_at=None))
    again(client, letter)
    assert (stands(reading, letter).sent_at, stands(reading, letter).next_try_at) == (NOW, None)
    assert "Diese Mail wird schon noch einmal gesendet." in words(client.soup(URL))


@pytest.mark.parametrize("address", ["", "anna", "anna@", "a\nb@example.org", "x" * 255 + "@example.org"])
def test_a_wrong_address_stays_in_the_field(
    client_for: ClientFor, cast: Cast, writing: Inside, reading: Inside, address: str
) -> None:
    letter, other = add(writing, **FAILED), add(writing, "bela@example.org", **FAILED)
    answer = again(client_for(cast.olga), letter, address)
    assert answer.status_code == 422
    html = answer.get_data(as_text=True)
    assert 'aria-invalid="true"' in html and html.count("field__error") == 1
    assert stands(reading, letter).next_try_at is None and f'id="an-{other}"' in html
    if address == "anna@":
        assert 'value="anna@"' in html


def give_addresses(cast: Cast, writing: Inside) -> None:
    """Anna, Bela (Nord) and Frida (Süd) have one each; staff and somebody who waits too."""
    with writing():
        for person, address in (
            (cast.anna, ANNA),
            (cast.bela, "bela@example.org"),
            (cast.frida, "frida@example.org"),
        ):
            db.session.get_one(Enrolment, person.enrolment_id).email = address
        db.session.add(
            Waiting(cohort_id=cast.nord, name="Wanda Blau", email="wanda@example.org", asked_at=NOW)
        )


def about_anna(cast: Cast) -> dict[str, Any]:
    return FAILED | {"user_id": cast.anna.user_id, "name": "Anna Kolb"}


OTHERS = [
    ("Bela@Example.org", "Bela Öztürk"),
    ("frida@example.org", "Frida Nowak"),
    ("wanda@example.org", "Wanda Blau"),
    ("theo@example.org", "Theo Brandt"),
]


@pytest.mark.parametrize("known", [True, False], ids=["about Anna", "to Anna's address"])
@pytest.mark.parametrize(("address", "name"), OTHERS)
def test_a_letter_about_somebody_goes_to_nobody_elses_address(
    client_for: ClientFor, cast: Cast, writing: Inside, reading: Inside, address: str, name: str, known: bool
) -> None:
    give_addresses(cast, writing)
    letter = add(writing, **(about_anna(cast) if known else FAILED))
    answer = again(client_for(cast.olga), letter, address)
    html = answer.get_data(as_text=True)
    assert (answer.status_code, f"Diese Adresse gehört schon zu {name}." in html) == (409, True)
    assert f'value="{address}"' in html
    assert (stands(reading, letter).recipient, stands(reading, letter).next_try_at) == (ANNA, None)


def test_somebody_who_left_keeps_their_address(
    client_for: ClientFor, cast: Cast, writing: Inside, reading: Inside
) -> None:
    give_addresses(cast, writing)
    with writing():
        db.session.get_one(Enrolment, cast.bela.enrolment_id).left_at = NOW
    letter = add(writing, **about_anna(cast))
    assert again(client_for(cast.olga), letter, "bela@example.org").status_code == 409


def test_a_namesake_of_the_cohort_is_somebody_else_but_not_one_of_another_cohort(
    client_for: ClientFor, cast: Cast, writing: Inside, reading: Inside
) -> None:
    give_addresses(cast, writing)
    with writing():
        for person in (cast.bela, cast.frida):
            db.session.get_one(Enrolment, person.enrolment_id).name = "Anna  KOLB"
    letter, client = add(writing, **about_anna(cast)), client_for(cast.olga)
    assert again(client, letter, "bela@example.org").status_code == 409
    assert again(client, letter, "frida@example.org").status_code == 303
    assert stands(reading, letter).recipient == "frida@example.org"


def test_it_goes_to_the_address_that_was_put_right_meanwhile(
    client_for: ClientFor, cast: Cast, writing: Inside, reading: Inside
) -> None:
    give_addresses(cast, writing)
    letter = add(writing, "falsch@example.org", **about_anna(cast))
    assert again(client_for(cast.olga), letter).status_code == 303
    assert stands(reading, letter).recipient == ANNA


@pytest.mark.parametrize(("address", "still"), [("neu@example.org", True), ("Anna@example.org", False)])
def test_another_address_than_the_persons_is_for_this_letter_only(
    client_for: ClientFor, cast: Cast, writing: Inside, address: str, still: bool
) -> None:
    give_addresses(cast, writing)
    letter, client = add(writing, **about_anna(cast)), client_for(cast.olga)
    again(client, letter, address)
    said = words(client.soup(URL))
    assert f"Die Mail wird noch einmal gesendet, an {address}." in said
    assert ("Für alle weiteren berichtigen Sie die Adresse bei der Person." in said) is still


def test_a_letter_about_nobody_goes_wherever_it_is_sent(
    client_for: ClientFor, cast: Cast, writing: Inside
) -> None:
    give_addresses(cast, writing)
    letter = add(writing, "verteiler@example.org", **FAILED)
    assert again(client_for(cast.olga), letter, "bela@example.org").status_code == 303


@pytest.mark.parametrize("columns", [{}, WAITING, FAILED, BOUNCED, SENT])
def test_whom_a_letter_is_about_stands_beside_it(
    client_for: ClientFor, cast: Cast, writing: Inside, columns: dict[str, Any]
) -> None:
    add(writing, "falsch@example.org", user_id=cast.anna.user_id, name="Anna Kolb", **columns)
    page = client_for(cast.olga).soup(URL)
    for hidden in page.select(".sr"):
        hidden.decompose()
    [[letter]] = listed(page).values()
    assert "Für Anna Kolb · Ihr persönlicher Link" in letter
    is_lost = columns in (FAILED, BOUNCED)
    assert ("„Noch einmal senden“ schickt nur diese Mail dorthin" in letter) is is_lost
    assert ("Adresse berichtigen" in [words(link) for link in page.select(".letters a")]) is is_lost


def test_an_invitation_is_about_whoever_is_invited(
    client_for: ClientFor, cast: Cast, reading: Inside
) -> None:
    form = {"name": "Mara Krüger", "email": "mara@example.org", "form_key": "k"}
    client_for(cast.olga).post_form(f"/kohorten/{cast.nord}/einladen", form)
    with reading():
        letter = db.session.scalars(select(Letter)).one()
        [mara] = db.session.scalars(select(Enrolment).where(Enrolment.name == "Mara Krüger"))
        assert (letter.name, letter.user_id) == ("Mara Krüger", mara.user_id)


def test_whatever_was_given_up_is_sent_again_at_once(
    client_for: ClientFor, cast: Cast, writing: Inside, reading: Inside
) -> None:
    away = FAILED | {"tries": 7, "error": "network 0 ConnectionRefusedError"}
    refused = add(writing, **FAILED)
    client = client_for(cast.olga)
    first = add(writing, **away)
    assert "Alle 1" not in words(client.soup(URL))
    second = add(writing, **away)
    assert "Alle 2 noch einmal senden" in words(client.soup(URL))
    for _ in range(2):
        assert client.post_form(f"{URL}/noch-einmal").status_code == 303
    assert [stands(reading, letter).next_try_at for letter in (refused, first, second)] == [None, NOW, NOW]
    assert "2 Mails werden noch einmal gesendet." in words(client.soup(URL))


# Done with, and came back


def test_done_with(client_for: ClientFor, cast: Cast, writing: Inside, reading: Inside) -> None:
    letter, client = add(writing, **FAILED), client_for(cast.olga)
    for _ in range(2):
        assert client.post_form(f"{URL}/{letter}/erledigt").status_code == 303
    assert stands(reading, letter).settled_at == NOW
    assert listed(client.soup(URL)) == {}


def test_a_letter_that_waits_is_sent_no_more(
    client_for: ClientFor, cast: Cast, writing: Inside, reading: Inside
) -> None:
    letter, client = add(writing, **WAITING), client_for(cast.olga)
    client.post_form(f"{URL}/{letter}/erledigt")
    assert stands(reading, letter).next_try_at is None
    assert listed(client.soup(URL)) == {}


def test_it_came_back_by_hand(client_for: ClientFor, cast: Cast, writing: Inside) -> None:
    letter, client = add(writing, **SENT), client_for(cast.olga)
    client.post_form(f"{URL}/{letter}/kam-zurueck")
    [bounced] = listed(client.soup(URL))["Nicht angekommen: kam zurück (1)"]
    assert "Die Mail kam zurück (von Hand eingetragen)." in bounced
    client.post_form(f"{URL}/{letter}/kam-zurueck")
    assert "Das war schon vermerkt." in words(client.soup(URL))


# A notification as a file


def upload(client: Any, message: bytes) -> Any:
    file = (io.BytesIO(message), "ruecksendung.eml")
    return client.post_form(f"{URL}/ruecksendung", {"datei": file}, content_type="multipart/form-data")


@pytest.mark.parametrize("written", [postfix, exchange])
def test_a_notification_marks_its_letter(
    client_for: ClientFor, cast: Cast, writing: Inside, reading: Inside, written: Any
) -> None:
    letter, client = add(writing, **SENT), client_for(cast.olga)
    assert upload(client, written("<abc@example.org>")).status_code == 303
    assert "„Ihr persönlicher Link“ kam zurück." in words(client.soup(URL))
    assert stands(reading, letter).bounced_at == NOW
    assert upload(client, written("<abc@example.org>")).status_code == 303
    assert "Diese Rücksendung war schon vermerkt." in words(client.soup(URL))


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        (b"", "Bitte wählen Sie die Datei aus"),
        (ANSWER, "Diese Datei ist keine Rücksendung eines Mailservers."),
        (b"%PDF-1.7 \x00\x01", "Diese Datei ist keine Rücksendung eines Mailservers."),
        (postfix("<fremd@example.org>"), "Zu dieser Rücksendung gibt es hier keine Mail"),
        (postfix("<abc@example.org>", action="delayed"), "Der andere Mailserver versucht es noch."),
        (postfix("<abc@example.org>") + b"x" * 10_000, "Die Datei ist größer als 1 MB."),
    ],
    ids=["none", "an answer", "another file", "not ours", "a delay", "large"],
)
def test_whatever_marks_nothing_is_named(
    client_for: ClientFor,
    cast: Cast,
    writing: Inside,
    reading: Inside,
    monkeypatch: pytest.MonkeyPatch,
    message: bytes,
    sentence: str,
) -> None:
    monkeypatch.setattr(view, "_LARGEST_MESSAGE", 10_000)
    letter = add(writing, **SENT)
    answer = upload(client_for(cast.olga), message)
    assert (answer.status_code, sentence in answer.get_data(as_text=True)) == (422, True)
    assert stands(reading, letter).bounced_at is None


# Who may

DEEDS = ("noch-einmal", "erledigt", "kam-zurueck")


def test_who_may(client_for: ClientFor, cast: Cast, writing: Inside) -> None:
    """People without a role are strangers here; trainers are not."""
    letter = add(writing, **FAILED)
    expected = STAFF | {"theo": 403, "anna": 404, "tarek": 403}
    for name, status in expected.items():
        client = client_for(None if name == "nobody" else getattr(cast, name))
        assert client.get(URL).status_code == status, name
        if status != 200:
            for path in (
                f"{URL}/ruecksendung",
                f"{URL}/noch-einmal",
                *(f"{URL}/{letter}/{deed}" for deed in DEEDS),
            ):
                assert client.post_form(path).status_code == status, (name, path)


@pytest.mark.parametrize("number", [999, 2**31, 10**20])
def test_an_unknown_letter_is_not_there(client_for: ClientFor, cast: Cast, number: int) -> None:
    client = client_for(cast.olga)
    for deed in DEEDS:
        assert client.post_form(f"{URL}/{number}/{deed}", {"address": ANNA}).status_code == 404
    assert client.post_form(f"{URL}/{number}/noch-einmal", {"address": "falsch"}).status_code == 404
