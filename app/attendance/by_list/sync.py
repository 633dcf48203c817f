"""Entries that phones made, with or without network: each is recorded once, none is lost, nothing is overwritten.

Only this server's time counts. What a phone's clock said is kept as text beside the entry and decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from app import clock
from app.accounts.models import User
from app.attendance.by_list import conflicts, walk_ins
from app.attendance.by_list.day_sheet import who_dropped
from app.attendance.by_list.names_checked import name_problem
from app.attendance.by_list.register_wording import REFUSED, clock_note, dropped, entered
from app.cohorts import people as persons
from app.cohorts import register as book
from app.cohorts import wording
from app.cohorts.loaders import LARGEST_ID
from app.cohorts.models import AttendanceMark, Enrolment, ScheduledSlot
from app.cohorts.register import Entry
from app.cohorts.rules import Attendance, Way, partial_problem
from app.extensions import db
from app.web.forms import tidy

MOST, LARGEST = 500, 256 * 1024
_KEY = re.compile(r"[A-Za-z0-9-]{8,64}")
# Entries that came later than this after they were typed, by the phone's own clock, had no network, whatever it says.
_HAD_NETWORK = timedelta(minutes=1)
_YEARS = (2000, 2100)
_MOST_REPLACED = 50


class Broken(ValueError):
    """What came is no operation. Its text: which one it would have been, if it said so."""


class Refused(Exception):
    """An entry that cannot be made; `again`: later it may."""

    def __init__(self, sentence: str, *, again: bool = False) -> None:
        super().__init__(sentence)
        self.sentence, self.again = sentence, again


@dataclass(frozen=True, slots=True)
class Operation:
    """What somebody tapped. Of `person` and `key` (a walk-in made on the phone, with `name`) one is given.

    `known`: number of the last mark the phone knew (0: none); `after`: the phone's own operations that this one replaces
    and that may have arrived, though their answers did not.
    """

    operation: str
    slot: int
    person: int
    key: str
    name: str
    state: Attendance
    minutes: int | None
    known: int
    after: tuple[str, ...]
    typed_at: datetime | None
    offline: bool


@dataclass(slots=True)
class Answer:
    """`result`: saved, known (sent twice), lost (`theirs` holds) or refused (`sentence` says why; `again`: try later)."""

    operation: str
    result: str
    mark: int = 0
    person: int = 0
    sentence: str = ""
    again: bool = False
    theirs: dict[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def read(raw: Any) -> Operation:
    """One operation as it came. Raises Broken."""
    if not isinstance(raw, dict):
        raise Broken
    operation = _text(raw.get("operation"))
    guest = raw.get("walk_in")
    key, name = (_text(guest.get("key")), guest.get("name")) if isinstance(guest, dict) else ("", "")
    try:
        state = Attendance(_text(raw.get("state")))
    except ValueError:
        raise Broken(operation) from None
    person, slot = _number(raw.get("person")), _number(raw.get("slot"))
    if not _KEY.fullmatch(operation) or not slot or bool(person) == bool(_KEY.fullmatch(key)):
        raise Broken(operation)
    return Operation(
        operation=operation,
        slot=slot,
        person=person,
        key=key,
        name=tidy(name) if isinstance(name, str) else "",
        state=state,
        minutes=_minutes(raw.get("minutes")),
        known=_number(raw.get("known")),
        after=_texts(raw.get("after")),
        typed_at=moment(raw.get("typed_at")),
        offline=raw.get("offline") is True,
    )


def moment(text: Any) -> datetime | None:
    """What a phone's clock said, if it is a moment with its zone at all."""
    try:
        found = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    if found is None or found.tzinfo is None or not _YEARS[0] < found.year < _YEARS[1]:
        return None
    return found


def _text(value: Any) -> str:
    return value[:100] if isinstance(value, str) else ""


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(_text(each) for each in value[:_MOST_REPLACED]) if isinstance(value, list) else ()


def _number(value: Any) -> int:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and 0 < value <= LARGEST_ID else 0


def _minutes(value: Any) -> int | None:
    return (
        value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_ID else None
    )


class Recorder:
    """Enters the operations of one request. Make and use it inside a transaction."""

    def __init__(
        self, cohort_id: int, operations: Sequence[Operation], by: User, sent_at: datetime | None
    ) -> None:
        self.cohort_id, self.by, self.sent_at = cohort_id, by, sent_at
        self.note = clock_note(sent_at - clock.now() if sent_at else None)
        if any(each.key for each in operations):
            walk_ins.lock(cohort_id)  # before the slots, as everybody does who locks both
        self.slots = _locked(cohort_id, {each.slot for each in operations})
        self.people = {person.id: person for person in persons.everyone(cohort_id)}
        self.latest = conflicts.latest(list(self.slots))
        self.made = _made_before(each.operation for each in operations)
        self.changed: set[int] = set()
        self.has_added = False  # a walk-in who was not on the list yet

    def enter(self, wanted: Operation) -> Answer:
        """Enter one, or say why not."""
        person_id = 0
        try:
            person = self._person(wanted)
            person_id = person.id
            again = self.made.get(wanted.operation)
            if again is not None:
                return self._sent_twice(wanted, person, again)
            return self._record(wanted, person, self._slot(wanted, person))
        except Refused as refused:
            return Answer(
                wanted.operation, "refused", person=person_id, sentence=refused.sentence, again=refused.again
            )

    def _person(self, wanted: Operation) -> Enrolment:
        if wanted.key:
            problem = name_problem(wanted.name)
            if problem:
                raise Refused(problem)
            self.has_added |= walk_ins.was_added(self.cohort_id, wanted.key) is None
            found: Enrolment | None = walk_ins.add(self.cohort_id, wanted.name, self.by, wanted.key)
        else:
            found = self.people.get(wanted.person)
        if found is None:
            raise Refused(REFUSED["person"])
        found = walk_ins.in_place_of(found)
        if found.left_at:
            raise Refused(REFUSED["left"].format(name=found.name))
        return found

    def _slot(self, wanted: Operation, person: Enrolment) -> ScheduledSlot:
        slot = self.slots.get(wanted.slot)
        if slot is None:
            raise Refused(REFUSED["slot"])
        if slot.cancelled_at:
            raise Refused(dropped(slot, who_dropped(slot)))
        if not slot.content_minutes:
            raise Refused(REFUSED["break"])
        if wanted.state is Attendance.PARTIAL:
            code = partial_problem(wanted.minutes, slot.minutes)
            if code:
                raise Refused(wording.MINUTES[code].format(minutes=slot.minutes))
        presence = wanted.state in (Attendance.PRESENT, Attendance.PARTIAL)
        stands = self.latest.get((person.id, slot.id))
        if presence and slot.starts_at > clock.now() and not self._says(wanted, stands):
            raise Refused(wording.not_begun(slot.starts_at), again=True)
        return slot

    def _record(self, wanted: Operation, person: Enrolment, slot: ScheduledSlot) -> Answer:
        stands = self.latest.get((person.id, slot.id))
        if self._says(wanted, stands):
            return Answer(wanted.operation, "saved", mark=stands.id if stands else 0, person=person.id)
        knew = stands is None or stands.id == wanted.known or stands.operation in wanted.after
        mark = book.enter(slot, person.id, self._entry(wanted, counts=knew), self.by)
        self.made[wanted.operation] = mark
        if not knew:
            return self._lost(wanted.operation, person, stands)
        self.latest[person.id, slot.id] = mark
        self.changed.add(person.id)
        return Answer(wanted.operation, "saved", mark=mark.id, person=person.id)

    @staticmethod
    def _says(wanted: Operation, stands: AttendanceMark | None) -> bool:
        return book.says(stands, wanted.state, wanted.minutes or 0)

    def _entry(self, wanted: Operation, *, counts: bool) -> Entry:
        late = self.sent_at and wanted.typed_at and self.sent_at - wanted.typed_at > _HAD_NETWORK
        return Entry(
            state=wanted.state,
            minutes=wanted.minutes or 0,
            way=Way.OFFLINE if late or wanted.offline else Way.LIST,
            operation=wanted.operation,
            typed_at=wanted.typed_at,
            remark=self.note,
            counts=counts,
        )

    def _sent_twice(self, wanted: Operation, person: Enrolment, mark: AttendanceMark) -> Answer:
        own = mark.slot_id == wanted.slot and mark.recorded_by_id == self.by.id
        if not own or not self._says(wanted, mark):
            raise Refused(REFUSED["reused"])
        if mark.counts:
            return Answer(wanted.operation, "known", mark=mark.id, person=person.id)
        return self._lost(wanted.operation, person, self.latest.get((mark.enrolment_id, mark.slot_id)))

    def _lost(self, operation: str, person: Enrolment, stands: AttendanceMark | None) -> Answer:
        theirs = stands and {
            "state": stands.state,
            "minutes": min(stands.minutes, self.slots[stands.slot_id].minutes),
            "who": stands.recorded_by,
            "when": entered(stands),
        }
        return Answer(
            operation, "lost", mark=stands.id if stands else 0, person=person.id, theirs=theirs or None
        )


def _locked(cohort_id: int, ids: Iterable[int]) -> dict[int, ScheduledSlot]:
    """The slots of this cohort, in one order, so that two requests never wait for each other."""
    query = select(ScheduledSlot).where(ScheduledSlot.cohort_id == cohort_id, ScheduledSlot.id.in_(list(ids)))
    return {slot.id: slot for slot in db.session.scalars(query.order_by(ScheduledSlot.id).with_for_update())}


def _made_before(operations: Iterable[str]) -> dict[str, AttendanceMark]:
    query = select(AttendanceMark).where(AttendanceMark.operation.in_(list(operations)))
    return {str(mark.operation): mark for mark in db.session.scalars(query)}
