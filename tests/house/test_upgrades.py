"""What stood in the database before a release stands in it afterwards, and after a way back too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import flask_migrate
import sqlalchemy as sa
from flask import Flask

from app.extensions import db

START = datetime(2026, 7, 3, 7, 0, tzinfo=UTC)


def put(connection: sa.Connection, table: str, **values: Any) -> None:
    """One row with what the old schema asks for; times as text, as SQLite keeps them."""
    old = sa.Table(table, sa.MetaData(), autoload_with=connection)
    connection.execute(old.insert().values(**values))


def fill(connection: sa.Connection) -> None:
    """A cohort of release 0006 with a day, two slots, and Anna present in the first."""
    put(
        connection,
        "edition",
        id=1,
        digest="d" * 64,
        course_slug="k",
        title="K",
        published_at=START,
        published_by="T",
        note="",
    )
    put(connection, "cohort", id=1, edition_id=1, edition_digest="d" * 64, title="Nord", place="Haus",
        time_zone="Europe/Berlin", plan_title="Tag", join_code="ABCD2345", join_until=START,
        attendance_percent=80, reflections="keine", created_at=START)  # fmt: skip
    put(connection, "course_day", id=1, cohort_id=1, date=START.date(), name="Tag")
    for number in (1, 2):
        begin = START + timedelta(hours=number)
        put(connection, "scheduled_slot", id=number, cohort_id=1, day_id=1, starts_at=begin,
            ends_at=begin + timedelta(minutes=45), kind="inhalt", title=f"Teil {number}", modules="")  # fmt: skip
    put(connection, "user_account", id=1, name="Anna", active=True, fs_uniquifier="u", created_at=START)
    put(connection, "enrolment", id=1, cohort_id=1, user_id=1, name="Anna", joined_at=START)
    put(connection, "attendance_mark", id=1, slot_id=1, enrolment_id=1, state="present", minutes=45,
        recorded_at=START, recorded_by="Tarek")  # fmt: skip


def rows(text: str) -> list[tuple[Any, ...]]:
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(text))]


def test_letters_to_an_address_of_one_person_are_about_them(empty: Flask) -> None:
    with empty.app_context():
        flask_migrate.upgrade(revision="0006")
        with db.engine.connect().execution_options(feldweg_writes=True) as connection, connection.begin():
            fill(connection)
            connection.execute(sa.text("UPDATE enrolment SET email = 'Anna@example.org'"))
            for number, address in enumerate(("anna@example.org", "wer@example.org"), 1):
                put(connection, "letter", id=number, recipient=address, subject="S", sealed_body=b"x",
                    created_at=START, tries=0)  # fmt: skip
        flask_migrate.upgrade()
        assert rows("SELECT user_id, name FROM letter ORDER BY id") == [(1, "Anna"), (None, "")]


def test_the_register_survives_the_release_of_the_living_plan(empty: Flask) -> None:
    with empty.app_context():
        flask_migrate.upgrade(revision="0006")
        with db.engine.connect().execution_options(feldweg_writes=True) as connection, connection.begin():
            fill(connection)
        flask_migrate.upgrade()
        uids = [uid for (uid,) in rows("SELECT uid FROM scheduled_slot ORDER BY id")]
        assert len(set(uids)) == 2 and all(len(uid) == 32 for uid in uids)
        assert rows("SELECT title, sequence, room, cancelled_at FROM scheduled_slot ORDER BY id") == [
            ("Teil 1", 0, "", None),
            ("Teil 2", 0, "", None),
        ]
        assert rows("SELECT state, minutes, way, remark FROM attendance_mark") == [
            ("present", 45, "list", "")
        ]
        assert rows("SELECT id FROM attendance_mark WHERE counts") == [(1,)]
        flask_migrate.downgrade(revision="0006")
        assert rows("SELECT state, minutes, recorded_by FROM attendance_mark") == [("present", 45, "Tarek")]
        assert rows("SELECT title FROM scheduled_slot ORDER BY id") == [("Teil 1",), ("Teil 2",)]
