"""What organisers and trainers find in the demo: rooms, funders, entries of every way, a claim, a walk-in, an objection,
and a cohort still to come with a waiting list. All of it is made by the services that people use."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import cycle

from app import clock
from app.accounts.models import User
from app.admission import enrolling
from app.attendance.by_code import check_in, claims
from app.attendance.by_list import walk_ins
from app.attendance.own import objections
from app.cohorts import service as cohorts
from app.cohorts.models import Attendance, Cohort, Enrolment, ScheduledSlot
from app.cohorts.places import Newcomer
from app.cohorts.register import Entry, enter
from app.extensions import db
from app.schedule import days, service
from app.schedule.rules import Change, Day, Slot

_FUNDERS = ("Stadt Musterstadt", "Träger am Anger e. V.", "Kita-Verbund Nord")
_HALL, _SECOND = "Saal", "Gruppenraum 2"


def furnish(cohort: Cohort, organiser: User, trainer: User) -> None:
    """The running cohort: who pays, where things happen, and how its people got into the register."""
    people = cohorts.enrolments(cohort.id)
    for person, funder in zip(people, cycle(_FUNDERS), strict=False):
        person.funder = funder
    with clock.standing_at(clock.now() - timedelta(days=3)):  # a plan that was ready before the day
        for day in cohorts.days(cohort.id):
            service.apply(day.id, day.version, _with_rooms(trainer.name), organiser)
    first, second = [slot for slot in cohorts.slots(cohort.id) if slot.content_minutes][:2]
    _record_first(first, people, organiser)
    _check_in(second, people)
    with clock.standing_at(second.starts_at + timedelta(minutes=3)):
        claims.make(second.id, people[-1].name, clock.now(), "beispiel-ohne-link")
        guest = walk_ins.add(cohort.id, "Renate Vogt", trainer, "beispiel-gast")
        enter(second, guest.id, Entry(state=Attendance.PRESENT), trainer)


def _record_first(slot: ScheduledSlot, people: list[Enrolment], organiser: User) -> None:
    """The list was gone through; somebody came late and sees it otherwise, somebody's entry is still missing."""
    for person in people[:-1]:
        late = person.name.startswith("Luka")
        state = Attendance.PARTIAL if late else Attendance.PRESENT
        cohorts.mark(slot, person, state, 60 if late else slot.minutes, by=organiser)
        if late:
            objections.raise_once(
                person.id, slot.id, "Ich war nach zehn Minuten da, der Bus hatte Verspätung."
            )


def _check_in(slot: ScheduledSlot, people: list[Enrolment]) -> None:
    """Most have scanned the code before the slot or at its beginning, one after a quarter of an hour."""
    minutes = (-7, -5, -4, -2, -1, 0, 1, 16)
    for person, minute in zip(people, minutes, strict=False):
        moment = min(slot.starts_at + timedelta(minutes=minute), clock.now())
        with clock.standing_at(moment):
            check_in.enter(slot.id, person.id, moment, db.session.get_one(User, person.user_id))


def _with_rooms(trainer: str) -> Change:
    def furnished(slot: Slot) -> Slot:
        if slot.kind != "inhalt":
            return slot
        return replace(slot, room=_HALL, person=trainer)

    def change(day: Day) -> Day:
        slots = [furnished(slot) for slot in day.slots]
        content = [number for number, slot in enumerate(slots) if slot.kind == "inhalt"]
        last = content[-1]
        slots[last] = replace(slots[last], second_room=_SECOND, second_title="zweite Hälfte der Gruppe")
        return day.having(slots)

    return change


def confirm(cohort: Cohort, organiser: User) -> None:
    """The days of a cohort that is over went as planned."""
    for day in cohorts.days(cohort.id):
        days.confirm(day.id, day.version, lambda same: same, organiser)


def fill_waiting_list(cohort: Cohort, seats: int, names: list[str], organiser: User) -> None:
    """A cohort to come: as many seats as given, and more people who want to take part."""
    cohort.seats = seats
    db.session.flush()
    enrolling.take_in(
        cohort.id,
        [Newcomer(name=name, funder=funder) for name, funder in zip(names, cycle(_FUNDERS), strict=False)],
        organiser,
    )
