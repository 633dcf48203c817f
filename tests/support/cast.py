"""The people of the tests. Anna and Bela take part in cohort Nord, Tarek trains it; Frida and Theo belong to Süd.

Olga organises, Adam administers. It is Friday, 3 July 2026, 11:00 in Berlin: the second content slot runs.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from flask import Flask
from sqlalchemy import select

from app import clock
from app.accounts.models import RoleRow, User
from app.cohorts.models import Cohort, CourseDay, Enrolment, ScheduledSlot, cohort_trainer
from app.course.digest import digest
from app.course.source import from_mapping
from app.editions.models import Blob, Edition, EditionFile
from app.extensions import db, transaction
from tests.support.course import small_course

NOW = datetime(2026, 7, 3, 9, 0, tzinfo=UTC)
DAY = date(2026, 7, 3)
SLOTS = (
    (9 * 60, 630, "inhalt", "Ankommen", "ankommen"),
    (630, 645, "pause", "Pause", ""),
    (645, 735, "inhalt", "Das Feld", "feld"),
    (735, 795, "mittag", "Mittagspause", ""),
    (795, 885, "inhalt", "Fallwerkstatt", "feld"),
)


@dataclass(frozen=True)
class Person:
    """Someone of the cast; ids only, because rows belong to one session."""

    name: str
    user_id: int
    enrolment_id: int = 0


@dataclass(frozen=True)
class Cast:
    nord: int
    sued: int
    edition: int
    slots: tuple[int, ...]  # ids of Nord's slots, in order
    anna: Person
    bela: Person
    tarek: Person
    olga: Person
    adam: Person
    frida: Person
    theo: Person


def assemble(app: Flask) -> Cast:
    """Put the whole cast into an empty database."""
    with app.app_context(), transaction():
        edition = publish(small_course())
        tarek, theo = person("Tarek Aydın", "trainer"), person("Theo Brandt", "trainer")
        olga, adam = person("Olga Sommer", "organiser"), person("Adam Wirth", "admin")
        nord, slots = cohort("Kohorte Nord", "NRD23456", edition, tarek)
        sued, _ = cohort("Kohorte Süd", "SED23456", edition, theo)
        return Cast(
            nord=nord.id,
            sued=sued.id,
            edition=edition.id,
            slots=tuple(slot.id for slot in slots),
            anna=enrol(nord, "Anna Kolb"),
            bela=enrol(nord, "Bela Öztürk"),
            frida=enrol(sued, "Frida Nowak"),
            tarek=Person(tarek.name, tarek.id),
            theo=Person(theo.name, theo.id),
            olga=Person(olga.name, olga.id),
            adam=Person(adam.name, adam.id),
        )


def publish(files: dict[str, bytes]) -> Edition:
    """An edition of these sources, inserted without the editions room's service."""
    tree, _ = from_mapping(files)
    edition = Edition(
        digest=digest(tree),
        course_slug="klein",
        title="Kleiner Kurs",
        published_at=clock.now(),
        published_by="Test",
    )
    db.session.add(edition)
    db.session.flush()
    for path, data in tree.files.items():
        sha = uuid.uuid5(uuid.NAMESPACE_OID, data.hex()).hex * 2
        if db.session.get(Blob, sha) is None:
            db.session.add(Blob(sha256=sha, data=data))
            db.session.flush()
        db.session.add(EditionFile(edition_id=edition.id, path=path, sha256=sha))
    db.session.flush()
    return edition


def person(name: str, *roles: str, email: str | None = None) -> User:
    rows = [_role(role) for role in roles]
    address = email or (f"{name.split()[0].lower()}@example.org" if roles else None)
    made = User(name=name, email=address, fs_uniquifier=uuid.uuid4().hex, created_at=clock.now(), active=True)
    made.roles = rows
    db.session.add(made)
    db.session.flush()
    return made


def _role(name: str) -> RoleRow:
    row = db.session.scalar(select(RoleRow).where(RoleRow.name == name))
    if row is None:
        row = RoleRow(name=name)
        db.session.add(row)
        db.session.flush()
    return row


def cohort(
    title: str, code: str, edition: Edition, trainer: User | None = None
) -> tuple[Cohort, list[ScheduledSlot]]:
    """A cohort that meets on DAY with the plan SLOTS."""
    made = Cohort(
        edition_id=edition.id,
        edition_digest=edition.digest,
        title=title,
        place="Bildungshaus Am See",
        plan_title="Ein Tag",
        join_code=code,
        join_until=clock.now() + timedelta(days=14),
        created_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    day = CourseDay(cohort_id=made.id, date=DAY, name="Tag")
    db.session.add(day)
    db.session.flush()
    slots = [
        ScheduledSlot(
            cohort_id=made.id, day_id=day.id, kind=kind, title=name, modules=modules,
            starts_at=clock.instant(DAY, start), ends_at=clock.instant(DAY, end),
        )
        for start, end, kind, name, modules in SLOTS
    ]  # fmt: skip
    db.session.add_all(slots)
    db.session.flush()
    if trainer:
        db.session.execute(cohort_trainer.insert().values(cohort_id=made.id, user_id=trainer.id))
    return made, slots


def enrol(target: Cohort | int, name: str) -> Person:
    """A new person without password who takes part in this cohort."""
    cohort_id = target if isinstance(target, int) else target.id
    user = person(name)
    row = Enrolment(cohort_id=cohort_id, user_id=user.id, name=name, joined_at=clock.now())
    db.session.add(row)
    db.session.flush()
    return Person(name, user.id, row.id)
