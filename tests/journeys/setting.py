"""What is there before a journey begins: the real course, the staff, a cohort, people in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask

from app import clock
from app.access import Role
from app.accounts import service as accounts
from app.accounts.models import User
from app.cohorts import service as cohorts
from app.cohorts.models import Attendance
from app.cohorts.rules import lay_plan
from app.course import tailor
from app.course.model import Course
from app.course.source import SourceTree, from_folder
from app.editions import service as editions
from app.extensions import db, transaction
from app.quizzes import service as quizzes

COURSE = Path(__file__).parents[2] / "content" / "sozialraumorientierung"
DAY = date(2026, 7, 3)  # a Friday
# A cohort that goes these three only: its way ends with the third Lernstopp.
FIRST_THREE = ("sozialraum-verstehen", "herkunft-und-prinzipien", "vom-fall-zum-feld")
PASSWORD = "ein langer Satz"
OLGA, TAREK = "olga@example.org", "tarek@example.org"


@dataclass(frozen=True)
class Scene:
    """An installation with the real course, Olga who organises, Tarek who trains, and one cohort."""

    app: Flask
    cohort: int
    code: str
    edition: int

    @property
    def way(self) -> str:
        return f"/kurs/{self.cohort}/"

    def page(self, module: str, page: str) -> str:
        return f"/kurs/{self.cohort}/seite/{module}/{page}"


@cache
def real_course() -> tuple[SourceTree, Course]:
    """Compiled once in a run; it must be without errors."""
    tree, problems = from_folder(COURSE)
    compiled = editions.prepare(tree, problems)
    assert compiled.course, [problem.code for problem in compiled.problems]
    return tree, compiled.course


def set_up(
    app: Flask, day: date = DAY, modules: tuple[str, ...] | None = None, plan_slug: str = "ein-tag"
) -> Scene:
    """One of the course's plans from this day on; the cohort goes the whole course, or these modules of it."""
    tree, course = real_course()
    with app.app_context():
        with transaction():
            edition = editions.publish(tree, course, "Feldweg").edition
            olga = accounts.create_staff("Olga Sommer", OLGA, PASSWORD, frozenset({Role.ORGANISER}))
            tarek = accounts.create_staff("Tarek Aydın", TAREK, PASSWORD, frozenset({Role.TRAINER}))
            plan = course.find_day_plan(plan_slug)
            assert plan
            details = cohorts.Details(
                title="Sozialraumteam Nord",
                place="Bildungshaus Am Anger, Musterstadt",
                trainer_ids=[tarek.id],
                attendance_percent=80,
                reflections="besuchte-module",
                join_until=clock.now() + timedelta(days=30),
            )
            days = lay_plan(plan, [day + timedelta(days=at) for at in range(len(plan.days))])
            way = tailor.write(tailor.Way(modules=modules))
            made = cohorts.create(edition, plan.title, days, details, created_by_id=olga.id, way=way)
            scene = Scene(app, made.id, made.join_code, edition.id)
        db.session.remove()
    return scene


def enrol(scene: Scene, name: str) -> tuple[int, str]:
    """Someone who has joined: id of the enrolment, path of the personal link."""
    with scene.app.app_context():
        with transaction():
            joined = cohorts.join(_cohort(scene), name, None, None)
            found = joined.enrolment.id, f"/mein/{joined.link_secret}"
        db.session.remove()
    return found


def _cohort(scene: Scene) -> Any:
    return db.session.get_one(cohorts.Cohort, scene.cohort)


def saved(scene: Scene, enrolment_id: int, block_id: str) -> dict[str, Any]:
    """What the database holds of this block; {} when nothing."""
    with scene.app.app_context():
        found = quizzes.answers_of(enrolment_id).get(block_id)
        db.session.remove()
    return found.body if found else {}


def write(scene: Scene, enrolment_id: int, block_id: str, body: dict[str, Any]) -> None:
    """As if it had been written some time before, on this or another device."""
    with scene.app.app_context():
        with transaction():
            before = quizzes.answers_of(enrolment_id).get(block_id)
            version = before.version if before else 0
            quizzes.record(
                enrolment_id,
                block_id,
                body,
                client_id=f"frueher-{block_id}-{version}",
                base_version=version,
                done=True,
            )
        db.session.remove()


def was_there(scene: Scene, enrolment_id: int, slots: int) -> None:
    """Olga has recorded this person as present in the first so many content slots."""
    with scene.app.app_context():
        with transaction():
            olga = accounts.find_by_email(OLGA)
            enrolment = cohorts.find_enrolment(scene.cohort, enrolment_id)
            assert isinstance(olga, User) and enrolment
            content = [slot for slot in cohorts.slots(scene.cohort) if slot.content_minutes]
            for slot in content[:slots]:
                cohorts.mark(slot, enrolment, Attendance.PRESENT, slot.minutes, by=olga)
        db.session.remove()
