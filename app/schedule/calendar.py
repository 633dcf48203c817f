"""Calendar feeds: their addresses, and which course dates stand in them. Services flush, views commit."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import joinedload

from app import clock
from app.access import Role
from app.accounts.models import User
from app.cohorts.models import Cohort, CourseDay, Enrolment, ScheduledSlot, cohort_trainer
from app.extensions import db
from app.schedule import feeds
from app.schedule.feeds import Feed, Meeting
from app.schedule.models import CalendarLink, PlanChange
from app.web import german

_TOKEN_BYTES = 24  # 192 bits
_OWN_NAME = "Meine Kurstermine"


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose feed it is: that of a cohort, or that of a person."""

    cohort_id: int | None = None
    user_id: int | None = None


def link_of(whose: Whose) -> CalendarLink | None:
    """The address that works now."""
    return db.session.scalar(_links(whose).order_by(CalendarLink.id.desc()).limit(1))


def _links(whose: Whose) -> Select[CalendarLink]:
    mine = (
        CalendarLink.cohort_id == whose.cohort_id
        if whose.cohort_id
        else CalendarLink.user_id == whose.user_id
    )
    return select(CalendarLink).where(mine, CalendarLink.revoked_at.is_(None))


def make(whose: Whose) -> CalendarLink:
    """The address that works; a new one where there is none, so that sending the form twice makes one."""
    _lock(whose)
    return link_of(whose) or _new(whose)


def renew(whose: Whose, old_id: int) -> bool:
    """A new address instead of the one with this id. False if that does not work any more: somebody was quicker."""
    _lock(whose)
    return _revoke(whose, old_id) and bool(_new(whose))


def switch_off(whose: Whose, old_id: int) -> bool:
    """The address with this id opens nothing from now on. False as for `renew`."""
    _lock(whose)
    return _revoke(whose, old_id)


def _lock(whose: Whose) -> None:
    owner = (Cohort, whose.cohort_id) if whose.cohort_id else (User, whose.user_id)
    db.session.get_one(*owner, with_for_update={"of": owner[0]})


def _revoke(whose: Whose, link_id: int) -> bool:
    found = db.session.scalar(_links(whose).where(CalendarLink.id == link_id))
    if found:
        found.revoked_at = clock.now()
        db.session.flush()
    return found is not None


def _new(whose: Whose) -> CalendarLink:
    made = CalendarLink(
        cohort_id=whose.cohort_id,
        user_id=whose.user_id,
        token=secrets.token_urlsafe(_TOKEN_BYTES),
        created_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    return made


def find(token: str) -> CalendarLink | None:
    """The address with this token, also one that works no more (`revoked_at`)."""
    return db.session.scalar(select(CalendarLink).where(CalendarLink.token == token))


def of_link(link: CalendarLink) -> Feed | None:
    """The feed behind an address; None if nobody stands behind it any more."""
    if link.cohort_id:
        cohort = db.session.get_one(Cohort, link.cohort_id)
        return of_cohort(cohort, with_links=False)  # may hang on a notice board
    user = db.session.get(User, link.user_id)
    return of_person(user) if user and user.active else None


def of_cohort(cohort: Cohort, *, with_links: bool) -> Feed:
    """All dates of one cohort. `with_links`: say where one meets online."""
    slots = slots_with_days([cohort.id])
    return feeds.feed(cohort.title, _meetings(slots, {cohort.id: cohort}, with_links=with_links))


def of_person(user: User) -> Feed:
    """Everything somebody takes part in or trains (two statements)."""
    known = {cohort.id: cohort for cohort in db.session.scalars(_cohorts_of(user))}
    return feeds.feed(_OWN_NAME, _meetings(slots_with_days(known), known, with_links=True))


def _cohorts_of(user: User) -> Select[Cohort]:
    takes_part = exists().where(
        Enrolment.cohort_id == Cohort.id, Enrolment.user_id == user.id, Enrolment.left_at.is_(None)
    )
    trains = exists().where(cohort_trainer.c.cohort_id == Cohort.id, cohort_trainer.c.user_id == user.id)
    return select(Cohort).where(or_(takes_part, trains) if Role.TRAINER in user.role_names else takes_part)


def slots_with_days(cohort_ids: Iterable[int]) -> list[ScheduledSlot]:
    """Every slot of these cohorts with its day, also those that were dropped, by time (one statement)."""
    query = select(ScheduledSlot).where(ScheduledSlot.cohort_id.in_(cohort_ids))
    ordered = query.order_by(ScheduledSlot.starts_at, ScheduledSlot.id)
    return list(db.session.scalars(ordered.options(joinedload(ScheduledSlot.day))))


def changes_since(cohort_id: int, since: datetime, today: date, most: int = 3) -> list[PlanChange]:
    """What was changed since then about days that are not over and not taken back, the newest first."""
    query = select(PlanChange).outerjoin(CourseDay, CourseDay.id == PlanChange.day_id)
    recent = query.where(PlanChange.cohort_id == cohort_id, PlanChange.at >= since)
    held = recent.where(PlanChange.undone_at.is_(None), PlanChange.undoes_id.is_(None))
    # That times were confirmed as they stood is no news.
    held = held.where(or_(PlanChange.before == "", PlanChange.before != PlanChange.after))
    ahead = held.where(or_(PlanChange.day_id.is_(None), CourseDay.date >= today))
    return list(db.session.scalars(ahead.order_by(PlanChange.id.desc()).limit(most)))


def _meetings(
    slots: Iterable[ScheduledSlot], cohorts: dict[int, Cohort], *, with_links: bool
) -> list[Meeting]:
    shown = [slot for slot in slots if slot.kind in feeds.SHOWN]
    return [_meeting(slot, slot.day, cohorts[slot.cohort_id], with_links=with_links) for slot in shown]


def _meeting(slot: ScheduledSlot, day: CourseDay, cohort: Cohort, *, with_links: bool) -> Meeting:
    cancelled = bool(slot.cancelled_at or cohort.cancelled_at)
    link = slot.link if with_links and slot.online and not cancelled else ""
    return Meeting(
        uid=slot.uid,
        sequence=slot.sequence,
        changed_at=slot.changed_at or cohort.created_at,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        zone=cohort.time_zone,
        title=slot.title,
        location=_where(slot, day.place or cohort.place, link),
        notes=_notes(slot, day, cohort, link),
        link=link,
        cancelled=cancelled,
    )


def _where(slot: ScheduledSlot, place: str, link: str) -> str:
    rooms = " und ".join(filter(None, (slot.room, slot.second_room)))
    if not slot.online:
        return ", ".join(filter(None, (rooms, place)))
    there = f"{rooms}, {place}, und " if rooms else ""
    return there + (link or "online")


def _notes(slot: ScheduledSlot, day: CourseDay, cohort: Cohort, link: str) -> list[str]:
    """Names of people stand in no feed: it lives on servers of others."""
    notes = [f"{cohort.title}, {day.name}"]
    if cohort.cancelled_at:
        notes.append("Diese Kohorte findet nicht statt.")
    elif slot.planned_starts_at and not slot.cancelled_at:
        planned_end = slot.planned_ends_at or slot.ends_at
        times = (
            german.time(slot.planned_starts_at, cohort.time_zone),
            german.time(planned_end, cohort.time_zone),
        )
        notes.append("Geplant war {}–{} Uhr.".format(*times))
    if slot.second_room or slot.second_title:
        second = ", ".join(filter(None, (slot.second_room, slot.second_title)))
        notes.append(f"Zugleich in einem zweiten Raum: {second}")
    if link:
        notes.append(f"Online: {link}")
    return notes
