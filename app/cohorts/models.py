"""Rows of the cohorts room. Attendance marks are append-only: the last mark of a person and slot counts."""

from __future__ import annotations

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
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.cohorts.rules import Attendance as Attendance
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

    days: Mapped[list[CourseDay]] = relationship(
        lazy="raise", order_by="CourseDay.date", back_populates="cohort"
    )


class CourseDay(Model):
    """A dated day of a cohort."""

    __tablename__ = "course_day"
    __table_args__ = (UniqueConstraint("cohort_id", "date"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id", ondelete="CASCADE"))
    date: Mapped[date]
    name: Mapped[str] = mapped_column(String(100))

    cohort: Mapped[Cohort] = relationship(lazy="raise", back_populates="days")
    slots: Mapped[list[ScheduledSlot]] = relationship(
        lazy="raise", order_by="ScheduledSlot.starts_at", back_populates="day"
    )


class ScheduledSlot(Model):
    """A slot on a real day. `kind` as in the day plan; `modules` are slugs, separated by blanks."""

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
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    modules: Mapped[str] = mapped_column(String(500), default="")

    day: Mapped[CourseDay] = relationship(lazy="raise", back_populates="slots")

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
    """One entry of the register: who marked whom for which slot, when, as what. It stays for ever."""

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
