"""An installation in a temporary folder, filled through Feldweg's own services: course, cohorts, people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from flask import Flask
from werkzeug.datastructures import MultiDict

from app import clock, create_app, settings
from app.access import Role
from app.accounts import service as accounts
from app.accounts.models import User
from app.cohorts import codes
from app.cohorts import service as cohorts
from app.cohorts.models import Attendance, Cohort, Enrolment
from app.cohorts.rules import lay_plan
from app.course.model import Course
from app.course.source import SourceTree, from_folder
from app.database import migrate
from app.editions import service as editions
from app.editions.models import Edition
from app.extensions import db, transaction
from app.progress import service as progress
from app.quizzes import service as quizzes
from app.quizzes.kinds import kind_of
from bench import writing

EMAIL, PASSWORD = "olga@example.org", "feldweg-benchmark"
_FOLDER = settings.ROOT / "content" / "sozialraumorientierung"
_PLAN = "ein-tag"
_EVERYONE_ANSWERS = 3  # blocks


@dataclass(frozen=True, slots=True)
class Member:
    """A participant. `secret`: of their personal link."""

    name: str
    enrolment_id: int
    user_id: int
    secret: str


@dataclass(frozen=True, slots=True)
class Group:
    """A cohort whose training day was yesterday."""

    id: int
    join_code: str
    members: tuple[Member, ...]


@cache
def course() -> tuple[SourceTree, Course]:
    """The real course, compiled once."""
    tree, _ = from_folder(_FOLDER)
    compiled = editions.prepare(tree)
    if compiled.course is None:
        raise RuntimeError("the course in content/ has errors; run feldweg.py check")
    return tree, compiled.course


def create(data: Path) -> Flask:
    """An empty installation with the course and an organiser."""
    app = attach(data)
    migrate(app, data / "copies")
    with app.app_context(), transaction():
        editions.publish(*course(), author="Benchmark")
        accounts.create_staff("Olga Sommer", EMAIL, PASSWORD, frozenset({Role.ORGANISER}))
    close(app)
    return app


def attach(data: Path) -> Flask:
    """The application on this folder, in this process."""
    return create_app(settings.load({"FELDWEG_DATA": str(data)}))


def close(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@contextmanager
def opened(data: Path) -> Iterator[Flask]:
    """`attach` with an application context, for looking at the database."""
    app = attach(data)
    with app.app_context():
        yield app
    close(app)


def add_cohort(
    app: Flask,
    people: int,
    *,
    first: int = 0,
    halfway: int = 1,
    ready: bool = False,
    learning: bool = True,
) -> Group:
    """A cohort; so many of its people are halfway through the course. `ready`: all can be given a certificate.
    Not `learning`: nobody has written or read anything yet."""
    with app.app_context():
        with transaction():
            cohort_id = _cohort().id
        members = []
        for number in range(first, first + people):
            with transaction():
                halfway_there = number < first + halfway
                members.append(
                    _member(cohort_id, number, halfway=halfway_there, ready=ready, learning=learning)
                )
        code = codes.grouped(db.session.get_one(Cohort, cohort_id).join_code)
        db.session.remove()
    return Group(cohort_id, code, tuple(members))


def _cohort() -> Cohort:
    edition = db.session.query(Edition).order_by(Edition.id.desc()).first()
    plan = course()[1].find_day_plan(_PLAN)
    if edition is None or plan is None:
        raise LookupError(_PLAN)
    details = cohorts.Details(
        title="Benchmark",
        place="Musterstadt",
        attendance_percent=80,
        reflections="besuchte-module",
        join_until=clock.now() + timedelta(days=30),
    )
    days = lay_plan(plan, [clock.today() - timedelta(days=1)])
    return cohorts.create(edition, plan.title, days, details)


def _member(cohort_id: int, number: int, *, halfway: bool, ready: bool, learning: bool) -> Member:
    cohort = db.session.get_one(Cohort, cohort_id)
    joined = cohorts.join(cohort, writing.name(number), None, None)
    enrolment = joined.enrolment
    if learning:
        _learn(enrolment, number, halfway=halfway)
    if halfway or ready:
        _attend(cohort_id, enrolment)
    if ready:
        _reflect(enrolment)
    return Member(enrolment.name, enrolment.id, enrolment.user_id, joined.link_secret or "")


def _learn(enrolment: Enrolment, number: int, *, halfway: bool) -> None:
    known = course()[1]
    stations = list(known.stations())
    blocks = known.blocks[: len(known.blocks) // 2 if halfway else _EVERYONE_ANSWERS]
    for module, page in stations[: len(stations) // 2 if halfway else 2]:
        progress.confirm_page(enrolment.id, f"{module.slug}/{page.slug}")
    for block in filter(writing.answers, blocks):
        kind = kind_of(block)
        read = kind.read(MultiDict(writing.fields(block, f"P{number}", 2)), block)
        quizzes.record(
            enrolment.id, block.id, read.body, client_id="made-000", base_version=0, done=read.done
        )


def _attend(cohort_id: int, enrolment: Enrolment) -> None:
    olga = accounts.find_by_email(EMAIL)
    if olga is None:
        raise LookupError(EMAIL)
    for slot in cohorts.slots(cohort_id):
        if slot.content_minutes:
            cohorts.mark(slot, enrolment, Attendance.PRESENT, slot.minutes, olga)


def _reflect(enrolment: Enrolment) -> None:
    """Every Lernstopp that is not done yet."""
    known = quizzes.answers_of(enrolment.id)
    for block in course()[1].blocks:
        if block.kind == "lernstopp" and block.id not in known:
            body = {"entries": [], "states": {}, "wording": {}, "keywords": [], "acknowledged": True}
            quizzes.record(enrolment.id, block.id, body, client_id="made-000", base_version=0, done=True)


def session_key(app: Flask, user_id: int) -> str:
    """What Flask-Login keeps in the session of this person, for test clients in this process."""
    with app.app_context():
        key = db.session.get_one(User, user_id).fs_uniquifier
        db.session.remove()
    return str(key)
