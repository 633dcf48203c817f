"""Where people stand: facts are read with a fixed number of statements, `rules` says what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from app import clock
from app.accounts.models import User
from app.cohorts import service as cohorts
from app.cohorts.loaders import Here
from app.cohorts.models import AttendanceMark, Enrolment, ScheduledSlot
from app.cohorts.rules import Attendance
from app.course import tailor
from app.extensions import db
from app.progress import facts, rules
from app.progress.models import Override, PageRead
from app.progress.rules import Completion, OverrideFact, SlotFact
from app.web import german


def of(here: Here) -> Completion:
    """The participant's own completion, with everything said (two statements)."""
    return own(here).completion


def own(here: Here) -> facts.Own:
    """All that progress knows of the participant themselves: completion, pages, blocks done, slots."""
    if here.enrolment is None:
        raise ValueError("only a participant has a completion of their own")
    return of_person(here, here.enrolment.id)


def of_person(here: Here, enrolment_id: int) -> facts.Own:
    """The same about anyone of this cohort, for their trainers and organisers (two statements)."""
    slots = cohorts.slots(here.cohort.id)
    found = facts.of_person(enrolment_id)
    latest = {slot_id: marks[-1] for slot_id, marks in found.marks.items()}
    states = {slot_id: (mark.state, mark.minutes) for slot_id, mark in latest.items()}
    completion = rules.assess(
        rule_of(here),
        stops(here),
        _slot_facts(here, slots, states),
        found.done,
        found.overrides,
        clock.now(),
    )
    return facts.Own(completion=completion, slots=tuple(slots), found=found)


def of_cohort(here: Here) -> dict[int, Completion]:
    """Everyone's completion by enrolment, in the order of names; five statements for any number of people."""
    return of_people(here, cohorts.enrolments(here.cohort.id))


def of_people(here: Here, enrolments: Sequence[Enrolment]) -> dict[int, Completion]:
    """The same for enrolments that were read already (four statements)."""
    slots = cohorts.slots(here.cohort.id)
    marks = cohorts.marks(here.cohort.id)
    done = facts.done_in(here.cohort.id)
    overrides = _overrides_in(here.cohort.id)
    asked, rule, now = stops(here), rule_of(here), clock.now()
    times = {slot.id: when(here, slot) for slot in slots}

    def one(enrolment_id: int) -> Completion:
        states = {slot.id: _state(marks.get((enrolment_id, slot.id))) for slot in slots}
        register = [_slot_fact(slot, times[slot.id], states[slot.id]) for slot in slots]
        return rules.assess(
            rule, asked, register, done.get(enrolment_id, {}), overrides.get(enrolment_id, ()), now
        )

    return {enrolment.id: one(enrolment.id) for enrolment in enrolments}


def stops(here: Here) -> tuple[rules.Stop, ...]:
    """The Lernstopps that count: those on the way, without what was put on it after the cohort began."""
    return rules.stops_of(here.way, tailor.read(here.cohort.way or "").counting)


def rule_of(here: Here) -> rules.Rule:
    """What this cohort asks for."""
    return rules.Rule(
        attendance_percent=here.cohort.attendance_percent,
        reflections=here.cohort.reflections,
        unit_minutes=here.course.unit_minutes,
    )


def when(here: Here, slot: ScheduledSlot) -> str:
    """5. Juli 2026, 09:00–10:30, on the cohort's wall clock."""
    zone = here.cohort.time_zone
    day = clock.local(slot.starts_at, ZoneInfo(zone)).date()
    return f"{german.day(day)}, {german.time(slot.starts_at, zone)}–{german.time(slot.ends_at, zone)}"


def confirm_page(enrolment_id: int, page_key: str) -> None:
    """Note that the person has gone on from this page; twice is like once. Call inside a transaction."""
    postgres = db.session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if postgres else sqlite.insert
    row = {"enrolment_id": enrolment_id, "page": page_key, "read_at": clock.now()}
    db.session.execute(insert(PageRead).values(row).on_conflict_do_nothing())


def pages_read(enrolment_id: int) -> set[str]:
    """Keys ("module/page", "fall/slug") of the pages this person has gone on from."""
    return set(db.session.scalars(select(PageRead.page).where(PageRead.enrolment_id == enrolment_id)))


def pages_read_in(cohort_id: int) -> dict[int, set[str]]:
    """The same for everyone of a cohort who has read anything."""
    return {enrolment_id: set(pages) for enrolment_id, pages in reading_in(cohort_id).items()}


def reading_in(cohort_id: int) -> dict[int, list[str]]:
    """Everyone's pages in the order in which they were read, the latest last."""
    query = (
        select(PageRead.enrolment_id, PageRead.page)
        .join(Enrolment, Enrolment.id == PageRead.enrolment_id)
        .where(Enrolment.cohort_id == cohort_id)
        .order_by(PageRead.read_at, PageRead.id)
    )
    found: dict[int, list[str]] = {}
    for enrolment_id, page in db.session.execute(query):
        found.setdefault(enrolment_id, []).append(page)
    return found


def override(here: Here, enrolment_id: int, criterion: str, reason: str, by: User) -> bool:
    """Declare a criterion fulfilled for this person, unless it is by now. Call inside a transaction."""
    found = _locked(here, enrolment_id).find(criterion)
    if found is None or found.fulfilled:
        return False
    _declare(enrolment_id, criterion, reason, by, fulfilled=True)
    return True


def withdraw(here: Here, enrolment_id: int, criterion: str, by: User) -> bool:
    """Take such a declaration back, if there is one; both stay on record. Call inside a transaction."""
    found = _locked(here, enrolment_id).find(criterion)
    if found is None or found.override is None:
        return False
    _declare(enrolment_id, criterion, "Anerkennung zurückgenommen", by, fulfilled=False)
    return True


def _locked(here: Here, enrolment_id: int) -> Completion:
    """Where the person stands now; their row is locked, so that two organisers decide one by one."""
    db.session.execute(select(Enrolment.id).where(Enrolment.id == enrolment_id).with_for_update())
    return of_person(here, enrolment_id).completion


def _declare(enrolment_id: int, criterion: str, reason: str, by: User, *, fulfilled: bool) -> None:
    db.session.add(
        Override(
            enrolment_id=enrolment_id,
            criterion=criterion,
            fulfilled=fulfilled,
            reason=reason,
            author=by.name,
            author_id=by.id,
            at=clock.now(),
        )
    )
    db.session.flush()


def _overrides_in(cohort_id: int) -> dict[int, list[OverrideFact]]:
    query = (
        select(Override)
        .join(Enrolment, Enrolment.id == Override.enrolment_id)
        .where(Enrolment.cohort_id == cohort_id)
        .order_by(Override.id)
    )
    found: dict[int, list[OverrideFact]] = {}
    for row in db.session.scalars(query):
        found.setdefault(row.enrolment_id, []).append(_override_fact(row))
    return found


def _override_fact(row: Override) -> OverrideFact:
    return OverrideFact(
        criterion=row.criterion, fulfilled=row.fulfilled, reason=row.reason, author=row.author, at=row.at
    )


State = tuple[str, int]


def _state(mark: AttendanceMark | None) -> State | None:
    return (mark.state, mark.minutes) if mark else None


def _slot_facts(here: Here, slots: Iterable[ScheduledSlot], states: Mapping[int, State]) -> list[SlotFact]:
    return [_slot_fact(slot, when(here, slot), states.get(slot.id)) for slot in slots]


def _slot_fact(slot: ScheduledSlot, time: str, state: State | None) -> SlotFact:
    name, minutes = state or (Attendance.NOT_RECORDED, 0)
    return SlotFact(
        title=slot.title,
        when=time,
        starts_at=slot.starts_at,
        minutes=slot.minutes,
        content=slot.content_minutes > 0,
        modules=slot.module_slugs,
        state=name,
        recorded_minutes=minutes,
    )
