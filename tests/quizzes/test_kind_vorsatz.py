"""`vorsatz`: a sentence, a day, a letter on that day that says nothing of the sentence; and the hints of `freitext`."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from app import clock
from app.accounts.models import Letter
from app.cohorts.models import Enrolment
from app.extensions import db, transaction
from app.quizzes import learner, reminders, service, word_hints
from app.quizzes.forms import Read
from app.quizzes.kinds import kind_of
from app.quizzes.kinds.vorsatz import due_on, sentence
from app.quizzes.models import Reminder
from app.quizzes.rendering import render_block
from app.quizzes.values import Body
from tests.conftest import ClientFor
from tests.quizzes.conftest import here_of
from tests.quizzes.sheets_sample import COURSE, block, moved
from tests.quizzes.test_rendering import PAGE
from tests.support.cast import NOW, Cast
from tests.support.client import check_page

LEARNER = learner.build(COURSE, {})
WHOLE = {
    "wenn": "das Elterncafé öffnet",
    "dann": "setze ich mich dazu",
    "t-tag": "14.7.2026",
    "erinnern": "ja",
}
BODY = {"if": "das Elterncafé öffnet", "then": "setze ich mich dazu", "day": "2026-07-14", "remind": True}
LINK = "https://feldweg.example/kurs/1/antwort/zu/v1"
THE_DAY = datetime(2026, 7, 14, 6, 0, tzinfo=NOW.tzinfo)


def read(form: dict[str, str], block_id: str = "v1") -> Read:
    return kind_of(block(block_id)).read(MultiDict(form), block(block_id))


@pytest.fixture(autouse=True)
def letters_arrive(monkeypatch: pytest.MonkeyPatch, at_work: Cast) -> None:
    """Mail is set up, and Anna has given her address."""
    monkeypatch.setattr("app.quizzes.rendering.letters.can_send", lambda: True)
    with transaction():
        db.session.get_one(Enrolment, at_work.anna.enrolment_id).email = "anna@example.org"


def page_of(cast: Cast, block_id: str = "v1", **options: Any) -> BeautifulSoup:
    answers = service.answers_of(cast.anna.enrolment_id)
    known = learner.build(COURSE, answers, cast.anna.enrolment_id)
    html = str(
        render_block(
            block(block_id), here_of(cast, cast.anna, COURSE), answers.get(block_id), known, **options
        )
    )
    check_page(PAGE.format(html), block_id)
    return BeautifulSoup(html, "html.parser")


def keep(cast: Cast, body: Body, block_id: str = "v1") -> None:
    with transaction():
        service.record(
            cast.anna.enrolment_id, block_id, body, client_id=str(uuid.uuid4()), base_version=0, done=True
        )


def test_both_halves_and_the_day() -> None:
    assert read(WHOLE) == Read(BODY, {}, True)


def test_nothing_written() -> None:
    assert read({}).errors == {"wenn": "Hier steht noch nichts. Ein kleiner Schritt genügt."}
    assert read({"autosave": "1"}) == Read({"if": "", "then": "", "day": "", "remind": False}, {}, False)


def test_what_cannot_be_keeps_everything() -> None:
    found = read({"wenn": "x" * 10_001, "dann": "y", "t-tag": "bald"})
    assert found.body == {"if": "x" * 10_001, "then": "y", "day": "bald", "remind": False}
    assert found.errors["t-tag"] == "„bald“ ist kein Datum. Schreiben Sie es so: 24.12.2026."
    assert "Bitte kürzen Sie ihn um 1 Zeichen." in found.errors["wenn"]


def test_a_reminder_needs_a_day() -> None:
    sent = {"wenn": "a", "dann": "b", "erinnern": "ja"}
    assert read(sent).errors == {
        "t-tag": "Für eine Erinnerung fehlt der Tag. Wählen Sie einen, oder nehmen Sie den Haken weg."
    }
    assert not read(sent | {"autosave": "1"}).errors
    assert due_on(read(sent).body) is None
    assert due_on(BODY) == date(2026, 7, 14)
    assert due_on(BODY | {"remind": False}) is None


@pytest.mark.parametrize(
    ("condition", "step", "said"),
    [
        ("es regnet", "bleibe ich", "Wenn es regnet, dann bleibe ich."),
        ("Wenn es regnet,", "dann bleibe ich da!", "Wenn es regnet, dann bleibe ich da!"),
        ("… es regnet …", "… bleibe ich.", "Wenn es regnet, dann bleibe ich."),
        ("es regnet", "", ""),
    ],
)
def test_one_sentence(condition: str, step: str, said: str) -> None:
    assert sentence({"if": condition, "then": step}) == said


def test_the_form_of_a_body_gives_the_same_body() -> None:
    fields = kind_of(block("v1")).fields(block("v1"), BODY, LEARNER)
    assert read({field.name: field.value for field in fields}).body == BODY


def test_notes() -> None:
    def notes(body: Body) -> list[tuple[str, str]]:
        return [(note.text, note.extra) for note in kind_of(block("v1")).notes(block("v1"), body, LEARNER)]

    assert notes(BODY) == [("Wenn das Elterncafé öffnet, dann setze ich mich dazu.", "bis 14.7.2026")]
    assert notes(BODY | {"then": "", "day": ""}) == [("Wenn … das Elterncafé öffnet", "")]
    assert notes({"if": "", "then": "", "day": "", "remind": False}) == []
    plain = replace(block("v1"), intro_html="", title="Ich & <du>")
    (note,) = kind_of(plain).notes(plain, BODY, LEARNER)
    assert note.question_html == "Ich &amp; &lt;du&gt;"


def test_before_after_and_on_paper(at_work: Cast) -> None:
    page = page_of(at_work)
    html = str(page)
    assert 0 < html.find('class="sight') < html.find("<textarea")
    assert "Wenn es regnet, dann bleibe ich da." in page.text
    assert "In der E-Mail steht nur ein Link hierher, nichts von Ihrem Text." in page.text
    assert "Erzählen Sie davon." not in page.text
    assert page_of(at_work, paper=True).find("input", attrs={"name": "erinnern"}) is None
    keep(at_work, BODY)
    after = page_of(at_work)
    assert after.find("p", class_="own").text == "Wenn das Elterncafé öffnet, dann setze ich mich dazu."
    assert "Erinnerung am 14.7.2026." in after.text
    assert "Erzählen Sie davon." in after.text
    with clock.standing_at(THE_DAY + timedelta(days=1)):
        assert "Der 14.7.2026 ist vorbei." in page_of(at_work).text


def test_with_errors(at_work: Cast) -> None:
    found = read({"wenn": "a", "dann": "b", "erinnern": "ja"})
    page = page_of(at_work, typed=found.body, errors=found.errors)
    link = page.find("div", role="alert").find("a")
    assert page.find(id=link["href"][1:])["name"] == "t-tag"
    assert page.find("input", attrs={"name": "erinnern"}).has_attr("checked")


def test_saving_keeps_the_day_and_unticking_forgets_it(app: Flask, cast: Cast, client_for: ClientFor) -> None:
    with app.app_context():
        moved(cast)
    client, place = client_for(cast.anna), f"/kurs/{cast.nord}/antwort/zu/v1"

    def kept() -> list[tuple[str, date, str]]:
        with app.app_context():
            return [(row.block_id, row.due_on, row.link) for row in db.session.scalars(select(Reminder))]

    client.post_form(place, WHOLE | {"version": "0", "client_id": "geraet-0001"})
    assert kept() == [("v1", date(2026, 7, 14), f"http://localhost{place}")]
    client.post_form(place, WHOLE | {"t-tag": "2026-07-20", "version": "1", "client_id": "geraet-0002"})
    assert [row[1] for row in kept()] == [date(2026, 7, 20)]
    client.post_form(place, WHOLE | {"version": "0", "client_id": "geraet-0001"})
    assert [row[1] for row in kept()] == [date(2026, 7, 20)], (
        "a text that arrives once more is overtaken by now"
    )
    client.post_form(place, WHOLE | {"erinnern": "", "version": "1", "client_id": "geraet-0003"})
    assert len(kept()) == 1, "a text that lost against a newer one changes nothing"
    client.post_form(place, WHOLE | {"erinnern": "", "version": "2", "client_id": "geraet-0004"})
    assert kept() == []


@pytest.fixture
def reminder(at_work: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Anna has an address and wants a letter on 14 July; there is a mail server."""
    monkeypatch.setattr("app.accounts.letters.can_send", lambda: True)
    with transaction():
        db.session.get_one(Enrolment, at_work.anna.enrolment_id).email = "anna@example.org"
        reminders.keep(at_work.anna.enrolment_id, "v1", date(2026, 7, 14), LINK)
    return at_work


def rounds(now: datetime) -> int:
    """What the postman's thread does; how many letters were written."""
    with clock.standing_at(now):
        found = reminders.due(now)
        db.session.rollback()
        for each in found:
            with transaction():
                reminders.write(each, now)
    return len(db.session.scalars(select(Letter)).all())


def test_the_letter_comes_on_its_day_once_and_says_nothing_of_the_text(app: Flask, reminder: Cast) -> None:
    assert rounds(THE_DAY - timedelta(days=1)) == 0
    assert rounds(THE_DAY - timedelta(hours=3)) == 0, "at night nobody is woken"
    assert rounds(THE_DAY) == 1
    assert rounds(THE_DAY + timedelta(hours=1)) == 1
    letter = db.session.scalars(select(Letter)).one()
    assert (letter.recipient, letter.subject) == ("anna@example.org", "Ihr Vorsatz: Kohorte Nord")
    body = app.extensions["feldweg"].sealer.open(letter.sealed_body, "letter")
    assert body.startswith(
        "Guten Tag Anna Kolb,\n\nheute ist der Tag, den Sie sich für Ihren Vorsatz ausgesucht haben."
    )
    assert LINK in body


@pytest.mark.parametrize("change", [{"email": None}, {"left_at": NOW}])
def test_no_letter_without_address_or_after_leaving(reminder: Cast, change: dict[str, Any]) -> None:
    with transaction():
        for name, value in change.items():
            setattr(db.session.get_one(Enrolment, reminder.anna.enrolment_id), name, value)
    assert rounds(THE_DAY) == 0
    assert db.session.scalars(select(Reminder)).all() == []


def test_no_letter_weeks_late(reminder: Cast) -> None:
    assert rounds(THE_DAY + timedelta(days=20)) == 0
    assert db.session.scalars(select(Reminder)).all() == []


def test_nothing_is_kept_for_a_day_that_has_come(at_work: Cast) -> None:
    with transaction():
        reminders.keep(at_work.anna.enrolment_id, "v1", date(2026, 7, 3), LINK)
    assert db.session.scalars(select(Reminder)).all() == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Wir motivierten sie.", ["motivierten"]),
        ("Die Motivierung, motiviert zu sein", ["Motivierung", "motiviert"]),
        ("Das Motiv ist demotivierend.", []),
        ("Wir wollten sie dazu bringen.", ["dazu bringen"]),
        ("dazu", []),
        ("", []),
    ],
)
def test_words_are_found_with_their_endings(text: str, found: list[str]) -> None:
    assert word_hints.found(text, ("motivieren", "dazu bringen")) == found


def test_participles_and_case() -> None:
    assert word_hints.found("Er wurde gedrängt. DRÄNGEN!", ("drängen",)) == ["gedrängt", "DRÄNGEN"]


def test_the_hint_comes_after_saving_and_is_no_grade(at_work: Cast) -> None:
    body = read({"e0": "Wir motivierten sie, um sie dazu zu bringen."}, "t1").body
    page = page_of(at_work, "t1", typed=body)
    assert "Was wollen die Menschen selbst?" not in page.text
    keep(at_work, body, "t1")
    note = page_of(at_work, "t1").find("p", class_="note")
    assert note.text == "In Ihrem Text steht „motivierten“. Was wollen die Menschen selbst?"


def test_nobody_is_promised_a_letter_that_cannot_come(at_work: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction():
        db.session.get_one(Enrolment, at_work.anna.enrolment_id).email = None
    unknown = page_of(at_work)
    assert unknown.find("input", attrs={"name": "erinnern"}) is None
    assert "Feldweg kennt keine E-Mail-Adresse von Ihnen." in unknown.get_text()
    monkeypatch.setattr("app.quizzes.rendering.letters.can_send", lambda: False)
    assert "Feldweg verschickt keine E-Mails." in page_of(at_work).get_text()
