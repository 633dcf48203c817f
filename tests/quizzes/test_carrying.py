"""Answers go along to another enrolment of the same person, sealed anew, with their whole history."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app import clock
from app.extensions import db
from app.quizzes import carrying, reminders, service
from app.quizzes.models import Answer, Reminder
from app.sealing import CannotOpen
from tests.support.cast import NOW, Cast


def write(enrolment_id: int, text: str, client_id: str, base: int = 0, minutes: int = 0) -> None:
    with clock.standing_at(NOW + timedelta(minutes=minutes)):
        service.record(
            enrolment_id,
            "l1-1",
            {"text": text},
            client_id=client_id,
            base_version=base,
            done=True,
            shared_as="gruppe",
        )


def texts(enrolment_id: int) -> list[tuple[str, int | None]]:
    return [(each.body["text"], each.version) for each in service.history(enrolment_id, "l1-1")]


def test_everything_is_copied_and_the_source_stays(cast: Cast, writing: Any, reading: Any) -> None:
    source, target = cast.anna.enrolment_id, cast.frida.enrolment_id
    with writing():
        write(source, "erst", "a")
        write(source, "dann", "b", 1)
        write(source, "daneben", "c", 1)  # lost against "dann"
        assert carrying.carry_over(source, target) == 1
    with reading():
        assert texts(target) == texts(source) == [("erst", 1), ("dann", 2), ("daneben", None)]
        saved = service.answers_of(target)["l1-1"]
        assert (saved.version, saved.body, saved.saved_at) == (2, {"text": "dann"}, NOW)
        assert saved.done_at


def test_it_is_sealed_for_the_new_place_alone(cast: Cast, writing: Any, reading: Any) -> None:
    source, target = cast.anna.enrolment_id, cast.frida.enrolment_id
    with writing():
        write(source, "erst", "a")
        carrying.carry_over(source, target)
    with writing():
        copied = db.session.scalars(select(Answer).where(Answer.enrolment_id == target)).one()
        assert copied.shared_as is None
        copied.enrolment_id = cast.bela.enrolment_id
    with reading(), pytest.raises(CannotOpen):
        service.answers_of(cast.bela.enrolment_id)


def test_one_goes_on_writing_there(cast: Cast, writing: Any, reading: Any) -> None:
    source, target = cast.anna.enrolment_id, cast.frida.enrolment_id
    with writing():
        write(source, "erst", "a")
        carrying.carry_over(source, target)
        write(target, "dort", "b", 1)
        write(target, "erst", "a", 0)  # sent once more by the device: nothing new
    with reading():
        assert texts(target) == [("erst", 1), ("dort", 2)]


def test_the_later_text_counts_and_the_other_is_kept(cast: Cast, writing: Any, reading: Any) -> None:
    source, target = cast.anna.enrolment_id, cast.frida.enrolment_id
    with writing():
        write(target, "dort früher", "x")
        write(source, "hier später", "y", minutes=5)
        carrying.carry_over(source, target)
    with reading():
        assert service.answers_of(target)["l1-1"].body == {"text": "hier später"}
        assert texts(target) == [("dort früher", 1), ("hier später", 2)]
    with writing():
        carrying.carry_over(target, source)  # and back: nothing is doubled
    with reading():
        assert sorted(text for text, _ in texts(source)) == ["dort früher", "hier später"]
        assert service.answers_of(source)["l1-1"].body == {"text": "hier später"}


def test_an_earlier_text_goes_into_the_history(cast: Cast, writing: Any, reading: Any) -> None:
    source, target = cast.anna.enrolment_id, cast.frida.enrolment_id
    with writing():
        write(source, "hier früher", "y")
        write(target, "dort später", "x", minutes=5)
        carrying.carry_over(source, target)
    with reading():
        assert service.answers_of(target)["l1-1"].body == {"text": "dort später"}
        assert texts(target) == [("dort später", 1), ("hier früher", None)]


def test_reminders_go_along_with_their_link(cast: Cast, writing: Any, reading: Any) -> None:
    source, target = cast.anna.enrolment_id, cast.frida.enrolment_id
    link = f"http://x.example/kurs/{cast.nord}/feld/eins#v1"
    with writing():
        reminders.keep(source, "v1", date(2026, 8, 1), link)
        carrying.carry_reminders(source, target, (f"/kurs/{cast.nord}/", f"/kurs/{cast.sued}/"))
    with reading():
        [reminder] = db.session.scalars(select(Reminder))
        assert reminder.enrolment_id == target
        assert reminder.link == f"http://x.example/kurs/{cast.sued}/feld/eins#v1"
