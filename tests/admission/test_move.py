"""Somebody moves to another cohort: attendance stays with its slots, what was written goes along."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app import clock
from app.accounts import service as accounts
from app.admission import waiting
from app.cohorts import people, service
from app.cohorts.models import Attendance, Enrolment, ScheduledSlot
from app.editions.models import Edition
from app.extensions import db
from app.progress.models import Override, PageRead
from app.quizzes import service as answers
from app.review.models import ReviewCard
from tests.admission.making import deeds, letters, set_seats
from tests.support.cast import Cast
from tests.support.doors import DESK, knock


def url(cast: Cast) -> str:
    return f"/kohorten/{cast.nord}/teilnehmende/{cast.anna.enrolment_id}/umziehen"


def write(enrolment_id: int, text: str, client_id: str, base: int = 0) -> None:
    answers.record(
        enrolment_id,
        "l1-1",
        {"text": text},
        client_id=client_id,
        base_version=base,
        done=True,
        shared_as="gruppe",
    )


@pytest.fixture
def busy(cast: Cast, writing: Any) -> Cast:
    """Anna has written, read, gone over cards, was there, and has a criterion declared fulfilled."""
    anna = cast.anna.enrolment_id
    with writing():
        write(anna, "erst", "a")
        write(anna, "dann", "b", 1)
        slot, person = db.session.get_one(ScheduledSlot, cast.slots[0]), db.session.get_one(Enrolment, anna)
        service.mark(slot, person, Attendance.PRESENT, 0, service.trainers(cast.nord)[0])
        db.session.add(PageRead(enrolment_id=anna, page="ankommen/eins", read_at=clock.now()))
        db.session.add(
            ReviewCard(
                enrolment_id=anna, term_slug="feld", step=2, first_on=clock.today(), last_on=clock.today()
            )
        )
        db.session.add(
            Override(
                enrolment_id=anna,
                criterion="attendance",
                fulfilled=True,
                reason="war da",
                author="Olga",
                at=clock.now(),
            )
        )
        person.email, person.funder = "anna@example.org", "Caritas"
    return cast


def moved(cast: Cast) -> Enrolment:
    found = people.own_enrolment(cast.sued, cast.anna.user_id)
    assert found
    return found


def test_the_preview_says_what_it_means(busy: Cast, client_for: Any) -> None:
    client = client_for(busy.olga)
    assert "Kohorte Süd" in client.soup(url(busy)).select_one("#ziel").get_text()
    said = client.soup(f"{url(busy)}?ziel={busy.sued}").get_text()
    assert "Die Anwesenheit bleibt bei den Abschnitten" in said
    assert "Es ist derselbe Kurs: Alles Geschriebene" in said
    assert "Der persönliche Link gilt weiter." in said


@pytest.mark.usefixtures("mail")
def test_everything_goes_along_and_attendance_stays(
    app: Flask, busy: Cast, client_for: Any, writing: Any, reading: Any
) -> None:
    with writing():
        secret = accounts.new_personal_link(busy.anna.user_id)
    answer = client_for(busy.olga).post_form(url(busy), {"ziel": str(busy.sued)})
    assert answer.headers["Location"] == f"/kohorten/{busy.sued}/teilnehmende"
    with reading():
        old, new = db.session.get_one(Enrolment, busy.anna.enrolment_id), moved(busy)
        assert old.left_at
        assert old.merged_into_id == new.id
        assert (new.name, new.email, new.funder) == ("Anna Kolb", "anna@example.org", "Caritas")
        assert answers.answers_of(new.id)["l1-1"].body == {"text": "dann"}
        assert [each.body["text"] for each in answers.history(new.id, "l1-1")] == ["erst", "dann"]
        assert answers.answers_of(old.id)["l1-1"].body == {"text": "dann"}
        for model in (PageRead, ReviewCard, Override):
            assert db.session.query(model).filter_by(enrolment_id=new.id).count() == 1
        assert len(service.marks_of(old.id)) == 1
        assert service.marks_of(new.id) == {}
        assert accounts.person_by_link(secret)
        assert deeds(busy.nord)[-1] == "moved_away"
        assert deeds(busy.sued)[-1] == "moved_in"
        assert "Sie haben jetzt einen Platz: Kohorte Süd." in letters(app)["anna@example.org"]
    anna = client_for(busy.anna)
    assert anna.get(f"/kurs/{busy.nord}/").status_code == 403
    assert anna.get(f"/kurs/{busy.sued}/").status_code == 200


def test_nothing_is_shown_to_the_new_group(busy: Cast, client_for: Any, reading: Any) -> None:
    client_for(busy.olga).post_form(url(busy), {"ziel": str(busy.sued)})
    with reading():
        assert answers.contributions(busy.nord, "l1-1", "gruppe") == []
        assert answers.contributions(busy.sued, "l1-1", "gruppe") == []


def test_there_and_back_loses_nothing(busy: Cast, client_for: Any, writing: Any, reading: Any) -> None:
    client = client_for(busy.olga)
    client.post_form(url(busy), {"ziel": str(busy.sued)})
    with writing():
        there = moved(busy).id
        write(there, "in Süd", "c", 2)
    back = f"/kohorten/{busy.sued}/teilnehmende/{there}/umziehen"
    assert client.post_form(back, {"ziel": str(busy.nord)}).status_code == 303
    with reading():
        anna = db.session.get_one(Enrolment, busy.anna.enrolment_id)
        assert (anna.left_at, anna.merged_into_id) == (None, None)
        texts = [each.body["text"] for each in answers.history(anna.id, "l1-1")]
        assert sorted(texts) == ["dann", "erst", "in Süd"]
        assert len(service.marks_of(anna.id)) == 1
        assert db.session.query(Override).filter_by(enrolment_id=anna.id).count() == 1


def test_another_course_takes_nothing_along_and_says_so(
    busy: Cast, client_for: Any, writing: Any, reading: Any
) -> None:
    with writing():
        edition = db.session.get_one(Edition, busy.edition)
        other = Edition(
            digest="f" * 64,
            course_slug="anders",
            title="Anders",
            published_at=clock.now(),
            published_by="Test",
        )
        db.session.add(other)
        db.session.flush()
        service.find_by_code("SED23456").edition_id = other.id  # type: ignore[union-attr]
        assert edition.course_slug == "klein"
    client = client_for(busy.olga)
    assert "vorher ihr Lernheft herunterzuladen" in client.soup(f"{url(busy)}?ziel={busy.sued}").get_text()
    client.post_form(url(busy), {"ziel": str(busy.sued)})
    with reading():
        assert answers.answers_of(moved(busy).id) == {}
        assert answers.answers_of(busy.anna.enrolment_id)


def test_a_full_cohort_has_a_waiting_list(app: Flask, busy: Cast, client_for: Any, reading: Any) -> None:
    set_seats(app, busy.sued, 1)
    client = client_for(busy.olga)
    assert "„Kohorte Süd“ ist voll." in client.soup(f"{url(busy)}?ziel={busy.sued}").get_text()
    answer = client.post_form(url(busy), {"ziel": str(busy.sued)})
    assert answer.status_code == 409
    for _ in range(2):
        assert client.post_form(url(busy), {"ziel": str(busy.sued), "warten": "1"}).status_code == 303
    with reading():
        [each] = waiting.queue(busy.sued)
        assert each.moves_from_id == busy.anna.enrolment_id
        assert db.session.get_one(Enrolment, busy.anna.enrolment_id).left_at is None
        waiting_id = each.id
    set_seats(app, busy.sued, 2)
    client.post_form(f"/kohorten/{busy.sued}/warteliste/{waiting_id}/aufnehmen")
    with reading():
        assert db.session.get_one(Enrolment, busy.anna.enrolment_id).left_at
        assert answers.answers_of(moved(busy).id)["l1-1"].body == {"text": "dann"}
        assert waiting.queue(busy.sued) == []


def test_who_is_there_already(busy: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        cohort = service.find_by_code("SED23456")
        assert cohort
        service.join(cohort, "Anna Kolb", None, busy.anna.user_id)
    client = client_for(busy.olga)
    assert "nimmt schon an „Kohorte Süd“ teil" in client.soup(f"{url(busy)}?ziel={busy.sued}").get_text()
    answer = client.post_form(url(busy), {"ziel": str(busy.sued)})
    assert answer.status_code == 409
    assert "Diese Person nimmt schon an „Kohorte Süd“ teil." in answer.get_data(as_text=True)


def test_sent_twice_it_moves_once(busy: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(busy.olga)
    client.post_form(url(busy), {"ziel": str(busy.sued)})
    answer = client.post_form(url(busy), {"ziel": str(busy.sued)}, follow_redirects=True)
    assert "nimmt hier nicht mehr teil" in answer.get_data(as_text=True)
    assert "umgezogen nach" in answer.get_data(as_text=True)
    answer = client.post_form(url(busy).replace("umziehen", "aufnehmen"), follow_redirects=True)
    assert "Diese Person macht woanders weiter." in answer.get_data(as_text=True)
    with reading():
        assert deeds(busy.sued).count("moved_in") == 1
        assert db.session.get_one(Enrolment, busy.anna.enrolment_id).left_at


@pytest.mark.parametrize("target", ["", "4711", "x"])
def test_without_a_target(busy: Cast, client_for: Any, target: str) -> None:
    answer = client_for(busy.olga).post_form(url(busy), {"ziel": target})
    assert answer.status_code == 422
    assert "Bitte wählen Sie, wohin" in answer.get_data(as_text=True)


def test_who_may(cast: Cast, client_for: Any) -> None:
    assert knock(client_for, cast, url(cast)) == DESK
    assert knock(client_for, cast, url(cast), post=True) == DESK
    foreign = f"/kohorten/{cast.nord}/teilnehmende/{cast.frida.enrolment_id}/umziehen"
    assert client_for(cast.olga).get(foreign).status_code == 404
