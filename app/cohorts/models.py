"""Rows of the cohorts room. Attendance marks are append-only: the last counting mark of a person and slot holds."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.cohorts.rules import Attendance as Attendance
from app.cohorts.rules import Way as Way
from app.extensions import Base, db

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


cohort_trainer = Table(
    "cohort_trainer",
    Base.metadata,
    Column("cohort_id", ForeignKey("cohort.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True),
)


class Cohort(Model):
    """A run of a course, pinned to one edition."""

    __tablename__ = "cohort"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="RESTRICT"), index=True)
    edition_digest: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(200))
    time_zone: Mapped[str] = mapped_column(String(60), default="Europe/Berlin")
    plan_title: Mapped[str] = mapped_column(String(200))
    join_code: Mapped[str] = mapped_column(String(20), unique=True)
    join_until: Mapped[datetime]
    attendance_percent: Mapped[int] = mapped_column(default=80)
    reflections: Mapped[str] = mapped_column(String(20), default="besuchte-module")
    # What of the course this cohort goes, and in which order (`course.tailor` reads it); "" is all of it.
    way: Mapped[str] = mapped_column(Text, default="", server_default="")
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    # Made with the empty form, so that sending the form twice creates one cohort.
    form_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    seats: Mapped[int | None]  # None: as many as come
    cancelled_at: Mapped[datetime | None]  # does not take place; everything recorded stays

    days: Mapped[list[CourseDay]] = relationship(
        lazy="raise", order_by="CourseDay.date", back_populates="cohort"
    )


class CourseDay(Model):
    """A dated day of a cohort. `version` counts the changes of its plan, so that a form knows what it was filled in on."""

    __tablename__ = "course_day"
    __table_args__ = (UniqueConstraint("cohort_id", "date"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id", ondelete="CASCADE"))
    date: Mapped[date] = mapped_column(index=True)  # the home of staff asks for the days around today
    name: Mapped[str] = mapped_column(String(100))
    place: Mapped[str] = mapped_column(String(200), default="", server_default="")  # "": the cohort's
    version: Mapped[int] = mapped_column(default=0, server_default="0")
    # The actual times were looked at in the evening and are right.
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[str] = mapped_column(String(200), default="", server_default="")

    cohort: Mapped[Cohort] = relationship(lazy="raise", back_populates="days")
    slots: Mapped[list[ScheduledSlot]] = relationship(
        lazy="raise",
        order_by="ScheduledSlot.starts_at, ScheduledSlot.id",
        primaryjoin="and_(CourseDay.id == ScheduledSlot.day_id, ScheduledSlot.cancelled_at.is_(None))",
        viewonly=True,
    )


class ScheduledSlot(Model):
    """A slot on a real day. `kind` as in the day plan; `modules` are slugs, separated by blanks.

    `starts_at` and `ends_at` are what holds now; `planned_…` what was planned before the day ran otherwise (None: the
    same). A slot that was dropped is cancelled and stays, with its marks, which then count for nothing.
    """

    __tablename__ = "scheduled_slot"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        Index("ix_scheduled_slot_cohort_id_starts_at", "cohort_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id", ondelete="CASCADE"))
    day_id: Mapped[int] = mapped_column(ForeignKey("course_day.id", ondelete="CASCADE"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    planned_starts_at: Mapped[datetime | None]
    planned_ends_at: Mapped[datetime | None]
    unplanned: Mapped[bool] = mapped_column(
        default=False, server_default=false()
    )  # inserted while the day ran
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    modules: Mapped[str] = mapped_column(String(500), default="")
    room: Mapped[str] = mapped_column(String(200), default="", server_default="")
    person: Mapped[str] = mapped_column(String(200), default="", server_default="")
    # A second room at the same time: what runs there, and with whom. One register for both.
    second_room: Mapped[str] = mapped_column(String(200), default="", server_default="")
    second_person: Mapped[str] = mapped_column(String(200), default="", server_default="")
    second_title: Mapped[str] = mapped_column(String(200), default="", server_default="")
    online: Mapped[bool] = mapped_column(default=False, server_default=false())
    link: Mapped[str] = mapped_column(String(500), default="", server_default="")  # where one meets online
    cancelled_at: Mapped[datetime | None]
    # For calendars (RFC 5545): the same for ever, and counted up with every change that others must see.
    uid: Mapped[str] = mapped_column(String(64), unique=True, default=lambda: uuid.uuid4().hex)
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    changed_at: Mapped[datetime | None]

    day: Mapped[CourseDay] = relationship(lazy="raise")

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def content_minutes(self) -> int:
        return self.minutes if self.kind == "inhalt" else 0

    @property
    def module_slugs(self) -> tuple[str, ...]:
        return tuple(self.modules.split())


class Enrolment(Model):
    """A person in a cohort. `name` is what shall stand on the certificate."""

    __tablename__ = "enrolment"
    __table_args__ = (UniqueConstraint("cohort_id", "user_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id", ondelete="RESTRICT"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    name_fixed_at: Mapped[
        datetime | None
    ]  # a certificate states this name; from here on it changes by replacing
    email: Mapped[str | None] = mapped_column(String(254))
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    funder: Mapped[str] = mapped_column(String(200), default="", server_default="")  # who pays or sends them
    walk_in: Mapped[bool] = mapped_column(
        default=False, server_default=false()
    )  # entered by name in the register
    # This row was somebody known already, or went on in another cohort: what happened here stays here.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id", ondelete="SET NULL"))
    # Hash of a random key made with the empty form, so that sending the form twice enrols once.
    form_key: Mapped[str | None] = mapped_column(String(64), unique=True)


class CohortEvent(Model):
    """Who did what to a cohort or to somebody's place in it, and when. Rows are only ever added."""

    __tablename__ = "cohort_event"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id", ondelete="CASCADE"), index=True)
    enrolment_id: Mapped[int | None] = mapped_column(
        ForeignKey("enrolment.id", ondelete="CASCADE"), index=True
    )
    deed: Mapped[str] = mapped_column(String(20))
    detail: Mapped[str] = mapped_column(String(1000), default="")
    author: Mapped[str] = mapped_column(String(200))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    at: Mapped[datetime]


class AttendanceMark(Model):
    """One entry of the register about somebody and a slot: who made it, when, in which way, as what. It stays for ever.

    A mark that does not count (`counts` is false) lost against another made meanwhile: it is shown beside it.
    """

    __tablename__ = "attendance_mark"
    __table_args__ = (
        CheckConstraint("minutes >= 0", name="minutes_not_negative"),
        Index("ix_attendance_mark_enrolment_id_slot_id", "enrolment_id", "slot_id"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("scheduled_slot.id", ondelete="RESTRICT"), index=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id", ondelete="RESTRICT"))
    state: Mapped[str] = mapped_column(String(20))
    minutes: Mapped[int]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    way: Mapped[str] = mapped_column(String(20), default=Way.LIST.value, server_default=Way.LIST.value)
    counts: Mapped[bool] = mapped_column(default=True, server_default=true())
    # Made by the device that typed it, so that sending twice records once; what its clock said is never believed.
    # By code, `typed_at` is the moment of the scan by the server's clock, and the minutes count from it.
    operation: Mapped[str | None] = mapped_column(String(64), unique=True)
    typed_at: Mapped[datetime | None]
    remark: Mapped[str] = mapped_column(String(500), default="", server_default="")
