"""Reads what the live pages show: a fixed number of statements however many people there are."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, union_all

from app import clock
from app.cohorts import service as cohorts
from app.cohorts.loaders import Here
from app.cohorts.models import Enrolment, ScheduledSlot
from app.extensions import db
from app.groups.models import GroupSheet, WorkGroupMember
from app.live import rules
from app.progress import facts
from app.progress import service as progress
from app.progress.models import PageRead
from app.progress.rules import stops_of
from app.quizzes import service as quizzes
from app.quizzes.models import Answer, AnswerRevision


@dataclass(frozen=True, slots=True)
class Frame:
    """What is cheap to read, and says whether anything else may have changed."""

    slots: Sequence[ScheduledSlot]
    people: Sequence[Enrolment]
    hour: rules.Hour
    state: str


@dataclass(frozen=True, slots=True)
class Keywords:
    """The cohort's keywords; no words while fewer than five people share theirs."""

    people: int
    words: list[rules.Word]


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything on the live page. Texts are in here only if their writers shared them with the group."""

    frame: Frame
    arrived: list[tuple[str, datetime]]
    registered: list[str]
    standing: rules.Standing
    stops: list[tuple[str, int]]
    wishes: Sequence[quizzes.SharedWish]
    keywords: Keywords


def frame(here: Here) -> Frame:
    """The plan, the people and a fingerprint of all facts (three statements, no text is opened)."""
    slots, people = cohorts.slots(here.cohort.id), cohorts.enrolments(here.cohort.id)
    hour = rules.hour(slots, clock.now())
    running = hour.running.starts_at if hour.running else None
    today = clock.today(ZoneInfo(here.cohort.time_zone))
    known = (
        (
            here.cohort.title,
            here.cohort.edition_digest,
            here.cohort.way,
            here.cohort.join_code,
            here.cohort.join_until,
            here.cohort.cancelled_at,
        ),
        [_said(slot) for slot in slots],
        [(person.id, person.name) for person in people],
        (running, hour.begun, today),
        _fingerprint(here.cohort.id),
    )
    return Frame(slots, people, hour, hashlib.sha256(repr(known).encode()).hexdigest()[:32])


def _said(slot: ScheduledSlot) -> tuple[object, ...]:
    """What the pages show of a slot."""
    where = slot.room, slot.second_room, slot.second_title, slot.online
    return slot.title, slot.kind, slot.starts_at, slot.ends_at, *where


def picture(here: Here, frame: Frame) -> Picture:
    """The rest (five statements)."""
    begin, end = rules.day_in_question(frame.slots, clock.now(), ZoneInfo(here.cohort.time_zone))
    first = _first_signs(here.cohort.id, begin, end)
    reading = progress.reading_in(here.cohort.id)
    done = facts.done_in(here.cohort.id)
    ids = [person.id for person in frame.people]
    return Picture(
        frame=frame,
        arrived=sorted(((p.name, first[p.id]) for p in frame.people if p.id in first), key=itemgetter(1)),
        registered=[person.name for person in frame.people if person.id not in first],
        standing=rules.stand(here.way, ids, reading, {*first, *done}),
        stops=_stops(here, [done.get(person_id, {}) for person_id in ids]),
        wishes=quizzes.shared_wishes(here.cohort.id),
        keywords=keywords(here),
    )


def keywords(here: Here) -> Keywords:
    """The words that five or more people put together (one statement)."""
    found = quizzes.shared_keywords(here.cohort.id)
    words = found.words if found.people >= rules.ENOUGH_PEOPLE else ()
    return Keywords(found.people, rules.sized(words))


def _stops(here: Here, done: Sequence[Any]) -> list[tuple[str, int]]:
    """Every Lernstopp and every practice case with how many have done it."""
    named = [(stop.words, stop.block_id) for stop in stops_of(here.way)]
    cases = [(f"Fall „{case.title}“", block.id) for case in here.way.cases for block in case.blocks]
    return [(words, sum(block_id in one for one in done)) for words, block_id in named + cases]


def _fingerprint(cohort_id: int) -> tuple[int, ...]:
    """Changes whenever anybody saves, finishes, goes on, or takes back what was shared."""
    people = select(Enrolment.id).where(Enrolment.cohort_id == cohort_id)
    versions = func.coalesce(func.sum(Answer.version), 0)
    numbers = select(func.count(), versions, func.count(Answer.done_at), func.count(Answer.shared_as))
    answered = numbers.where(Answer.enrolment_id.in_(people))
    pages = select(func.count(PageRead.id)).where(PageRead.enrolment_id.in_(people))
    together = (
        select(func.count(GroupSheet.done_at))
        .join(WorkGroupMember, WorkGroupMember.group_id == GroupSheet.group_id)
        .where(WorkGroupMember.enrolment_id.in_(people))
    )
    parts = answered.subquery(), pages.scalar_subquery(), together.scalar_subquery()
    row = db.session.execute(select(*parts)).one()
    return tuple(int(number) for number in row)


def _first_signs(cohort_id: int, begin: datetime, end: datetime) -> dict[int, datetime]:
    """By enrolment: when on that day the person first saved something or went on from a page."""
    people = select(Enrolment.id).where(Enrolment.cohort_id == cohort_id)
    saved = (
        select(Answer.enrolment_id, AnswerRevision.saved_at.label("at"))
        .join(AnswerRevision, AnswerRevision.answer_id == Answer.id)
        .where(Answer.enrolment_id.in_(people))
    )
    read = select(PageRead.enrolment_id, PageRead.read_at).where(PageRead.enrolment_id.in_(people))
    signs = union_all(saved, read).subquery()
    first = select(signs.c.enrolment_id, func.min(signs.c.at)).where(signs.c.at >= begin, signs.c.at < end)
    found: dict[int, datetime] = {}
    for enrolment_id, at in db.session.execute(first.group_by(signs.c.enrolment_id)):
        found[enrolment_id] = at
    return found
