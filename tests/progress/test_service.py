"""What other rooms call: completion of one and of all, pages read."""

from __future__ import annotations

import threading

import pytest
from flask import Flask

from app import clock
from app.accounts.models import User
from app.cohorts.loaders import Here, cohort_for
from app.cohorts.models import Cohort, Enrolment
from app.extensions import db, transaction
from app.progress import service
from app.progress.models import PageRead
from tests.progress.cohort import complete, many, mark, read, write


def here_for(cast, person, cohort_id=None) -> Here:
    found = cohort_for(db.session.get_one(User, person.user_id), cohort_id or cast.nord)
    assert found is not None
    return found.value


@pytest.mark.usefixtures("evening")
def test_one_and_all_agree(app: Flask, cast):
    complete(app, cast, cast.anna)
    mark(app, cast.bela, cast.slots[0], "absent")
    mark(app, cast.bela, cast.slots[0], "partial", 30)
    write(app, cast.bela, "q1-1")
    with app.app_context(), transaction():
        service.override(
            here_for(cast, cast.olga), cast.bela.enrolment_id, "reflections", "Im Gespräch", _olga(cast)
        )
    with app.app_context():
        everyone = service.of_cohort(here_for(cast, cast.olga))
        assert list(everyone) == [cast.anna.enrolment_id, cast.bela.enrolment_id]
        for person in (cast.anna, cast.bela):
            assert service.of(here_for(cast, person)) == everyone[person.enrolment_id]
        assert everyone[cast.anna.enrolment_id].complete
        bela = everyone[cast.bela.enrolment_id]
        assert (bela.attended_minutes, bela.planned_minutes) == (30, 270)
        assert bela.not_recorded == ("Das Feld", "Fallwerkstatt")


def _olga(cast) -> User:
    return db.session.get_one(User, cast.olga.user_id)


def test_own_facts_take_two_statements(app: Flask, cast, statements):
    complete(app, cast, cast.anna)
    read(app, cast.anna, "ankommen/willkommen")
    with app.app_context():
        here = here_for(cast, cast.anna)
        with statements() as seen:
            own = service.own(here)
        assert len(seen) == 2
        assert own.pages == {"ankommen/willkommen"}
        assert set(own.done) == {"l1-1", "l2-1"}
        assert [mark.state for mark in own.marks[cast.slots[0]]] == ["present"]
        assert [slot.title for slot in own.slots][:2] == ["Ankommen", "Pause"]


def test_staff_have_no_completion_of_their_own(app: Flask, cast):
    with app.app_context(), pytest.raises(ValueError, match="participant"):
        service.of(here_for(cast, cast.olga))


def test_of_cohort_takes_five_statements(app: Flask, cast, statements):
    with app.app_context():
        here = here_for(cast, cast.olga)
        with statements() as seen:
            service.of_cohort(here)
        assert len(seen) == 5


def test_other_cohorts_are_not_mixed_in(app: Flask, cast):
    write(app, cast.frida, "l1-1")
    read(app, cast.frida, "ankommen/willkommen")
    with app.app_context():
        assert cast.frida.enrolment_id not in service.of_cohort(here_for(cast, cast.olga))
        assert service.pages_read_in(cast.nord) == {}
        assert set(service.pages_read_in(cast.sued)) == {cast.frida.enrolment_id}


def test_confirming_a_page_twice_is_like_once(app: Flask, cast):
    for _ in range(3):
        read(app, cast.anna, "ankommen/willkommen", "fall/der-weg-zur-kita")
    with app.app_context():
        assert service.pages_read(cast.anna.enrolment_id) == {"ankommen/willkommen", "fall/der-weg-zur-kita"}
        assert service.pages_read(cast.bela.enrolment_id) == set()
        assert db.session.query(PageRead).count() == 2


def test_confirming_at_the_same_instant(app: Flask, cast):
    threads = [threading.Thread(target=read, args=(app, cast.anna, "ankommen/schauen")) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert service.pages_read(cast.anna.enrolment_id) == {"ankommen/schauen"}
        assert db.session.query(PageRead).count() == 1


def test_reading_keeps_the_order(app: Flask, cast):
    read(app, cast.anna, "ankommen/schauen", "ankommen/willkommen")
    with app.app_context():
        assert service.reading_in(cast.nord) == {
            cast.anna.enrolment_id: ["ankommen/schauen", "ankommen/willkommen"]
        }


def test_people_who_left_are_not_listed(app: Flask, cast):
    many(app, cast, 2)
    with app.app_context(), transaction():
        db.session.get_one(Enrolment, cast.anna.enrolment_id).left_at = clock.now()
    with app.app_context():
        assert cast.anna.enrolment_id not in service.of_cohort(here_for(cast, cast.olga))


def test_a_rule_without_criteria(app: Flask, cast):
    with app.app_context(), transaction():
        cohort = db.session.get_one(Cohort, cast.nord)
        cohort.attendance_percent, cohort.reflections = 0, "keine"
    with app.app_context():
        assert service.of(here_for(cast, cast.anna)).criteria == ()
