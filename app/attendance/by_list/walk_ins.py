"""Walk-ins: people entered by name in the register, merged later with somebody enrolled, or staying as participants."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app import clock
from app.accounts import service as accounts
from app.accounts.models import PersonalLink, User
from app.attendance.by_list import likeness
from app.attendance.by_list.conflicts import unanswered
from app.attendance.by_list.register_wording import taken_over
from app.cohorts import log
from app.cohorts import people as persons
from app.cohorts import register as book
from app.cohorts.log import Deed
from app.cohorts.models import AttendanceMark, Cohort, Enrolment, ScheduledSlot, Way
from app.cohorts.register import Entry
from app.cohorts.rules import Attendance
from app.editions.rules import inner
from app.extensions import db


class NotPossible(Exception):
    """The two cannot be merged; `code`: "guest" (is none, or gone), "target", "elsewhere" (merged before), "certificate"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Merged:
    """`copied`: entries taken over. `against`: titles of slots about which the two said different things.

    `before`: they were merged already, nothing was done.
    """

    copied: int = 0
    against: tuple[str, ...] = ()
    before: bool = False


def add(cohort_id: int, name: str, by: User, key: str) -> Enrolment:
    """Somebody who came without being enrolled. The same `key` again is the same person, also after a merge.

    `name` was checked before. Seats are no limit: who is in the room is in the register. Call inside a transaction.
    """
    lock(cohort_id)
    known = was_added(cohort_id, key)
    if known:
        return in_place_of(known)
    made = Enrolment(
        cohort_id=cohort_id,
        user_id=accounts.create_person(name).id,
        name=name,
        joined_at=clock.now(),
        walk_in=True,
        form_key=_hash(cohort_id, key),
    )
    db.session.add(made)
    db.session.flush()
    log.note_person(Deed.WALK_IN, made, by)
    return made


def greet(cohort_id: int, guest: Enrolment, slot_id: int, by: User) -> bool:
    """Whoever came while this slot runs is present in it, unless an entry says something. Says whether it was entered.

    Call inside a transaction.
    """
    query = select(ScheduledSlot).where(ScheduledSlot.id == slot_id, ScheduledSlot.cohort_id == cohort_id)
    slot = db.session.scalar(query.with_for_update())
    if slot is None or slot.cancelled_at or not slot.content_minutes:
        return False
    if not slot.starts_at <= clock.now() < slot.ends_at or book.mark_history(guest.id, slot.id):
        return False
    book.enter(slot, guest.id, Entry(state=Attendance.PRESENT), by)
    return True


def was_added(cohort_id: int, key: str) -> Enrolment | None:
    """The walk-in that was made with this key, if there is one."""
    return db.session.scalar(select(Enrolment).where(Enrolment.form_key == _hash(cohort_id, key)))


def _hash(cohort_id: int, key: str) -> str:
    return hashlib.sha256(f"gast:{cohort_id}:{key}".encode()).hexdigest()


def lock(cohort_id: int) -> None:
    """Whoever adds or merges people of this cohort does it one after the other."""
    db.session.scalars(select(Cohort.id).where(Cohort.id == cohort_id).with_for_update()).one()


def in_place_of(person: Enrolment) -> Enrolment:
    """This person, or who they turned out to be in the same cohort."""
    found = person
    while found.merged_into_id is not None:
        other = db.session.get_one(Enrolment, found.merged_into_id)
        if other.cohort_id != person.cohort_id:
            break
        found = other
    return found


def namesake(cohort_id: int, name: str) -> Enrolment | None:
    """Somebody who takes part under the same name already."""
    return next(
        (person for person in persons.enrolments(cohort_id) if likeness.same(person.name, name)), None
    )


def proposals(people: Sequence[Enrolment]) -> list[tuple[Enrolment, list[Enrolment]]]:
    """The walk-ins among those who take part, each with whom they may be."""
    return [
        (guest, likeness.likely(guest.name, [person for person in people if person.id != guest.id])[:3])
        for guest in people
        if guest.walk_in
    ]


def has_link(guest: Enrolment) -> bool:
    """Whether this person was given a personal link, and may have written something."""
    query = select(PersonalLink.id).where(PersonalLink.user_id == guest.user_id).limit(1)
    return db.session.scalar(query) is not None


def stays(guest: Enrolment, by: User) -> bool:
    """The walk-in takes part like everybody else from now on. Says whether that is new."""
    if not guest.walk_in or guest.left_at:
        return False
    guest.walk_in = False
    log.note_person(Deed.STAYS, guest, by)
    return True


def merge(cohort_id: int, guest_id: int, target_id: int, by: User) -> Merged:
    """The walk-in was somebody known: entries go over, contradictions stay beside what stands, the row ends.

    Raises NotPossible. Call inside a transaction.
    """
    lock(cohort_id)
    guest, target = persons.find_enrolment(cohort_id, guest_id), persons.find_enrolment(cohort_id, target_id)
    if guest is None or target is None or guest is target:
        raise NotPossible("target")
    if guest.merged_into_id is not None:
        if guest.merged_into_id != target.id:
            raise NotPossible("elsewhere")
        return Merged(before=True)
    _refuse(guest, target)
    done = _take_over(guest, target, by)
    guest.left_at, guest.merged_into_id = clock.now(), target.id
    names = f"„{inner(guest.name)}“ → „{inner(target.name)}“"
    log.note_person(Deed.MERGED, guest, by, names)
    log.note_person(Deed.MERGED, target, by, names)
    return done


def _refuse(guest: Enrolment, target: Enrolment) -> None:
    if not guest.walk_in or guest.left_at:
        raise NotPossible("guest")
    if guest.name_fixed_at:
        raise NotPossible("certificate")
    if target.left_at:
        raise NotPossible("target")


def _take_over(guest: Enrolment, target: Enrolment, by: User) -> Merged:
    theirs, lost = book.marks_of(guest.id), _lost_of(guest.id)
    ids = {*theirs, *(mark.slot_id for mark in lost)}
    query = select(ScheduledSlot).where(ScheduledSlot.id.in_(ids)).order_by(ScheduledSlot.id)
    slots = {slot.id: slot for slot in db.session.scalars(query.with_for_update())}
    copied, against = 0, []
    for slot_id, mark in theirs.items():
        stands = next(iter(book.mark_history(target.id, slot_id)), None)
        if book.says(stands, Attendance(mark.state), mark.minutes):
            continue
        free = stands is None or stands.state == Attendance.NOT_RECORDED
        book.enter(slots[slot_id], target.id, _copy(mark, guest, counts=free), by)
        copied += free
        if not free:
            against.append(slots[slot_id].title)
    for mark in lost:
        book.enter(slots[mark.slot_id], target.id, _copy(mark, guest, counts=False), by)
    return Merged(copied, tuple(against))


def _lost_of(enrolment_id: int) -> list[AttendanceMark]:
    """Their entries that lost against others and that nobody has answered."""
    query = select(AttendanceMark).where(AttendanceMark.enrolment_id == enrolment_id, unanswered())
    return list(db.session.scalars(query.order_by(AttendanceMark.id)))


def _copy(mark: AttendanceMark, guest: Enrolment, *, counts: bool) -> Entry:
    return Entry(
        state=Attendance(mark.state),
        minutes=mark.minutes,
        way=Way.MERGED,
        typed_at=mark.typed_at,
        remark=taken_over(guest.name, mark)[:500],
        counts=counts,
    )
