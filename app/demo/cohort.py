"""Makes the demo cohort of `content/beispielkohorte.yaml` through the same services that people use."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import yaml
from flask import Flask

from app import clock
from app.access import Role
from app.accounts import service as accounts
from app.accounts.models import User
from app.certificates import service as certificates
from app.cohorts import service as cohorts
from app.cohorts.loaders import cohort_for
from app.cohorts.models import Attendance, Cohort, Enrolment
from app.cohorts.rules import end_of, lay_plan
from app.course.model import Course, DayPlan, PlanDay
from app.course.source import from_folder
from app.demo import desk
from app.demo.answers import bodies, closing_bodies
from app.editions import service as editions
from app.editions.models import Edition
from app.extensions import db, transaction
from app.progress import service as progress
from app.quizzes import service as quizzes
from app.settings import ROOT

PASSWORD = "feldweg-beispiel"  # noqa: S105  # shown on the start page of a demo
_COURSE = ROOT / "content" / "sozialraumorientierung"
_PEOPLE = ROOT / "content" / "beispielkohorte.yaml"
_INTO_THE_DAY = timedelta(hours=2, minutes=10)  # the second content slot runs, the first is over


def make(app: Flask, address: str) -> list[dict[str, str]]:
    """Fill the database; returns the ways in (role, text, href). `address`: where this installation is reached."""
    data = yaml.safe_load(_PEOPLE.read_text())
    compiled = editions.prepare(from_folder(_COURSE)[0])
    if compiled.course is None:
        raise RuntimeError("the course in content/ has errors; run feldweg.py check")
    with app.app_context():
        with transaction():
            edition = editions.publish(from_folder(_COURSE)[0], compiled.course, "Feldweg").edition
            olga = _staff(data["organisation"], Role.ORGANISER)
            tarek = _staff(data["trainerin"], Role.TRAINER)
            secret = _running(data, edition, compiled.course, olga, tarek)
            past = _past(data, edition, compiled.course, olga, tarek)
            _coming(data, edition, compiled.course, olga, tarek)
        _issue(past, olga.id, address)
        db.session.remove()
    return _ways_in(data, secret)


def _ways_in(data: Mapping[str, Any], secret: str) -> list[dict[str, str]]:
    def staff(role: str, who: Mapping[str, str]) -> dict[str, str]:
        return {"role": role, "text": f"{who['email']}, Passwort: {PASSWORD}", "href": "/anmelden"}

    first = data["personen"][0]["name"]
    return [
        {"role": "Teilnehmerin", "text": f"Als {first} weiterlernen", "href": f"/mein/{secret}"},
        staff("Trainer", data["trainerin"]),
        staff("Organisation", data["organisation"]),
    ]


def _staff(who: Mapping[str, str], role: Role) -> User:
    return accounts.create_staff(who["name"], who["email"], PASSWORD, frozenset({role}))


def _running(data: Mapping[str, Any], edition: Edition, course: Course, olga: User, tarek: User) -> str:
    """The cohort in the middle of its day; returns the first person's personal link secret."""
    began = clock.now() - _INTO_THE_DAY
    plan = _moved(course, data["tagesplan"], began)
    today = clock.local(began).date()
    dates = [today + timedelta(days=number) for number in range(len(plan.days))]
    cohort = _cohort(data["titel"], data["ort"], edition, plan, dates, olga, tarek)
    secrets = []
    for number, person in enumerate(data["personen"]):
        with _at(began + timedelta(minutes=number - 9)):
            joined = cohorts.join(cohort, person["name"], None, None)
        secrets.append(joined.link_secret or "")
        _learn(joined.enrolment, person, course, began + timedelta(minutes=number))
    desk.furnish(cohort, olga, tarek)
    return str(secrets[0])


def _past(data: Mapping[str, Any], edition: Edition, course: Course, olga: User, tarek: User) -> int:
    """A cohort that ended six weeks ago, everyone present and every Lernstopp done; returns its id."""
    day = clock.today() - timedelta(days=42)
    plan = _plan(course, data["tagesplan"])
    dates = [day - timedelta(days=number) for number in reversed(range(len(plan.days)))]
    cohort = _cohort(data["vorher"]["titel"], data["ort"], edition, plan, dates, olga, tarek, join_until=day)
    with _at(clock.instant(day, 17 * 60)):
        for name in data["vorher"]["personen"]:
            enrolment = cohorts.join(cohort, name, None, None).enrolment
            for module, page in course.stations():
                progress.confirm_page(enrolment.id, f"{module.slug}/{page.slug}")
            for block_id, body in closing_bodies(course):
                _save(enrolment, block_id, body)
            for slot in cohorts.slots(cohort.id):
                if slot.content_minutes:
                    cohorts.mark(slot, enrolment, Attendance.PRESENT, slot.minutes, by=olga)
        desk.confirm(cohort, olga)
    return cohort.id


def _coming(data: Mapping[str, Any], edition: Edition, course: Course, olga: User, tarek: User) -> None:
    """A cohort that begins in some days, with fewer seats than people who want to come."""
    coming, plan = data["demnaechst"], _plan(course, data["tagesplan"])
    first = clock.today() + timedelta(days=coming["tage"])
    dates = [first + timedelta(days=number) for number in range(len(plan.days))]
    cohort = _cohort(coming["titel"], data["ort"], edition, plan, dates, olga, tarek, join_until=first)
    desk.fill_waiting_list(cohort, coming["plaetze"], coming["personen"], olga)


def _issue(cohort_id: int, user_id: int, address: str) -> None:
    verifying = certificates.Verifying(lambda code: f"{address}/pruefen/{code}", f"{address}/pruefen/")
    for enrolment_id in [person.id for person in cohorts.enrolments(cohort_id)]:
        with transaction():
            found = cohort_for(db.session.get_one(User, user_id), cohort_id)
            if found is None:
                raise LookupError(cohort_id)
            by = db.session.get_one(User, user_id)
            certificates.issue(found.value, enrolment_id, by, verifying)


def _cohort(
    title: str,
    place: str,
    edition: Edition,
    plan: DayPlan,
    dates: list[date],
    olga: User,
    tarek: User,
    *,
    join_until: date | None = None,
) -> Cohort:
    days = lay_plan(plan, dates)
    details = cohorts.Details(
        title=title,
        place=place,
        trainer_ids=[tarek.id],
        attendance_percent=80,
        reflections="besuchte-module",
        join_until=end_of(join_until or clock.today() + timedelta(days=14)),
    )
    return cohorts.create(edition, plan.title, days, details, created_by_id=olga.id)


def _moved(course: Course, plan_id: str, began: datetime) -> DayPlan:
    """The course's plan, its first day moved so that it began at this moment, to the quarter of an hour."""
    plan = _plan(course, plan_id)
    start = clock.local(began)
    shift = (start.hour * 60 + start.minute) // 15 * 15 - plan.days[0].slots[0].start
    slots = tuple(
        replace(slot, start=slot.start + shift, end=slot.end + shift) for slot in plan.days[0].slots
    )
    return replace(plan, days=(PlanDay(name=plan.days[0].name, slots=slots), *plan.days[1:]))


def _plan(course: Course, plan_id: str) -> DayPlan:
    plan = course.find_day_plan(plan_id)
    if plan is None:
        raise LookupError(plan_id)
    return plan


def _learn(enrolment: Enrolment, person: Mapping[str, Any], course: Course, arrived: datetime) -> None:
    """Write what this person has written, and walk as far as they have walked, spread over the morning."""
    for number, (module, page) in enumerate(course.stations()):
        if number < person["bis"]:
            with _at(arrived + timedelta(minutes=4 + 10 * number)):
                progress.confirm_page(enrolment.id, f"{module.slug}/{page.slug}")
    for block_id, body in bodies(person, course):
        at_the_stop = "states" in body
        with _at(arrived + timedelta(minutes=76 if at_the_stop else 3)):
            _save(enrolment, block_id, body)


def _save(enrolment: Enrolment, block_id: str, body: dict[str, Any]) -> None:
    quizzes.record(enrolment.id, block_id, body, client_id=uuid.uuid4().hex, base_version=0, done=True)


@contextmanager
def _at(moment: datetime) -> Iterator[None]:
    with clock.standing_at(moment):
        yield
