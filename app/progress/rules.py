"""Completion as a pure function of recorded facts and the cohort's rule; it explains itself in German.

What counts: attendance minutes as recorded, and that Lernstopps were worked on. Nothing else: no text,
no length, no result, no number of tries, no sharing, no time on a page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.cohorts.rules import Attendance, attended_minutes
from app.cohorts.rules import needed_minutes as needed_share
from app.course import tailor
from app.course.model import Course
from app.progress.forecast import Forecast, awaited, units

ATTENDANCE = "attendance"
REFLECTIONS = "reflections"
CRITERIA = {ATTENDANCE: "Anwesenheit", REFLECTIONS: "Lernstopps"}

_INNER = str.maketrans("„“”", "‚‘‘")
VISITED, ALL, NONE = "besuchte-module", "alle", "keine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a cohort asks for. At 0 percent nobody need attend, then "besuchte-module" means all modules."""

    attendance_percent: int
    reflections: str
    unit_minutes: int = 45

    @property
    def scope(self) -> str:
        return ALL if self.reflections == VISITED and not self.attendance_percent else self.reflections


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A Lernstopp along the way; `number` counts through the course."""

    block_id: str
    number: int
    module: str
    module_title: str

    @property
    def words(self) -> str:
        return f"Lernstopp {self.number} im Modul {quoted(self.module_title)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotFact:
    """A slot of the dated plan and what the register says of one person. `when` names the time in words."""

    title: str
    when: str
    starts_at: datetime
    minutes: int
    content: bool
    modules: tuple[str, ...] = ()
    state: str = Attendance.NOT_RECORDED
    recorded_minutes: int = 0

    @property
    def recorded(self) -> bool:
        return self.state != Attendance.NOT_RECORDED

    @property
    def attended(self) -> int:
        return attended_minutes(self.state, self.recorded_minutes, self.minutes) if self.recorded else 0

    @property
    def words(self) -> str:
        return f"{quoted(self.title)} ({self.when})"


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideFact:
    """An organiser's declaration about one criterion; `fulfilled` False withdraws an earlier one."""

    criterion: str
    fulfilled: bool
    reason: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One thing that is asked for. `have` and `need` are minutes (attendance) or numbers of Lernstopps.

    `recorded` says whether the facts alone fulfil it; `fulfilled` also counts an override. `state` is the
    sentence without its title and without what is missing.
    """

    key: str
    title: str
    have: int
    need: int
    recorded: bool
    state: str
    sentence: str
    short: str
    missing: tuple[str, ...]
    override: OverrideFact | None = None

    @property
    def fulfilled(self) -> bool:
        return self.recorded or self.override is not None

    @property
    def overridden_by(self) -> str | None:
        return self.override.author if self.override else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """Where one person stands. `blocking`: what the register still lacks before anything may be issued."""

    criteria: tuple[Criterion, ...]
    attended_minutes: int
    planned_minutes: int
    unit_minutes: int = 45
    not_recorded: tuple[str, ...] = ()
    blocking: tuple[str, ...] = ()
    future: tuple[str, ...] = field(default=())

    @property
    def fulfilled(self) -> bool:
        """Every criterion is fulfilled (the register may still have holes)."""
        return all(criterion.fulfilled for criterion in self.criteria)

    @property
    def complete(self) -> bool:
        """Everything is there: a certificate may be issued."""
        return self.fulfilled and not self.blocking

    @property
    def reasons(self) -> tuple[str, ...]:
        """Every sentence that says why it is not complete; empty when it is."""
        return tuple(c.sentence for c in self.criteria if not c.fulfilled) + self.blocking

    @property
    def missing(self) -> tuple[str, ...]:
        """What the person can still do or needs, in short words ("Lernstopp 2 im Modul …")."""
        return tuple(words for c in self.criteria if not c.fulfilled for words in c.missing)

    @property
    def awaited(self) -> str:
        """What the register still lacks in one sentence, where the slots are listed anyway; or nothing."""
        return awaited(len(self.not_recorded), len(self.future))

    def find(self, key: str) -> Criterion | None:
        return next((criterion for criterion in self.criteria if criterion.key == key), None)


def stops_of(course: Course, counting: Collection[str] | None = None) -> tuple[Stop, ...]:
    """The Lernstopps along the way, in order. Those in practice cases are practice, they do not count.

    `counting`: ids of those that may count, where not all do. The number says the place on the way all the same.
    """
    return tuple(
        Stop(block_id=block_id, number=number, module=module.slug, module_title=module.title)
        for number, (module, block_id) in enumerate(tailor.stops(course), start=1)
        if counting is None or block_id in counting
    )


def assess(
    rule: Rule,
    stops: Sequence[Stop],
    slots: Iterable[SlotFact],
    done: Collection[str],
    overrides: Iterable[OverrideFact],
    now: datetime,
) -> Completion:
    """Where a person stands. `done`: ids of blocks worked on; `overrides`: the oldest first."""
    content = [slot for slot in slots if slot.content]
    planned = sum(slot.minutes for slot in content)
    attended = sum(slot.attended for slot in content)
    in_force = _in_force(overrides)
    criteria = []
    if rule.attendance_percent:
        forecast = _forecast(rule, content, planned, now)
        criteria.append(_attendance(forecast, in_force.get(ATTENDANCE)))
    if rule.scope != NONE:
        asked = _asked(rule, stops, content)
        criteria.append(_reflections(asked, done, in_force.get(REFLECTIONS)))
    return Completion(
        criteria=tuple(criteria),
        attended_minutes=attended,
        planned_minutes=planned,
        unit_minutes=rule.unit_minutes,
        not_recorded=tuple(slot.title for slot in content if not slot.recorded and slot.starts_at <= now),
        future=tuple(slot.title for slot in content if slot.starts_at > now),
        blocking=tuple(_blocking(rule, content, now)),
    )


def needed_minutes(rule: Rule, planned: int) -> int:
    """What this rule asks for of so many planned minutes; cohorts say the same where they state the rule."""
    return needed_share(rule.attendance_percent, planned, rule.unit_minutes)


def quoted(text: str) -> str:
    """In German quotation marks; those inside become single ones."""
    return f"„{text.translate(_INNER)}“"


def _in_force(overrides: Iterable[OverrideFact]) -> dict[str, OverrideFact]:
    """The last word on each criterion, unless it was a withdrawal."""
    last = {override.criterion: override for override in overrides}
    return {criterion: override for criterion, override in last.items() if override.fulfilled}


def _forecast(rule: Rule, content: Sequence[SlotFact], planned: int, now: datetime) -> Forecast:
    unrecorded = [slot for slot in content if not slot.recorded]
    return Forecast(
        have=sum(slot.attended for slot in content),
        unrecorded=sum(slot.minutes for slot in unrecorded if slot.starts_at <= now),
        ahead=sum(slot.minutes for slot in unrecorded if slot.starts_at > now),
        need=needed_minutes(rule, planned),
        planned=planned,
        unit_minutes=rule.unit_minutes,
    )


def _attendance(forecast: Forecast, override: OverrideFact | None) -> Criterion:
    """Missing is only what no slot can bring any more."""
    unit = forecast.unit_minutes
    lacking = (f"{units(forecast.lost, unit)} UE Anwesenheit",) if forecast.lost else ()
    return Criterion(
        key=ATTENDANCE,
        title=CRITERIA[ATTENDANCE],
        have=forecast.have,
        need=forecast.need,
        recorded=forecast.enough,
        state=forecast.words,
        sentence=_sentence(ATTENDANCE, forecast.words, (), override),
        short=f"{units(forecast.have, unit)} UE, nötig {units(forecast.need, unit)}",
        missing=lacking,
        override=override,
    )


def _asked(rule: Rule, stops: Sequence[Stop], content: Sequence[SlotFact]) -> list[Stop]:
    """The Lernstopps asked for. A slot that is not recorded yet may turn out attended, so it counts here."""
    if rule.scope == ALL:
        return list(stops)
    visited = {module for slot in content if slot.attended or not slot.recorded for module in slot.modules}
    return [stop for stop in stops if stop.module in visited]


def _reflections(asked: Sequence[Stop], done: Collection[str], override: OverrideFact | None) -> Criterion:
    missing = tuple(stop.words for stop in asked if stop.block_id not in done)
    have = len(asked) - len(missing)
    state = f"{have} von {len(asked)} bearbeitet" if asked else "für das Besuchte sind keine vorgesehen"
    return Criterion(
        key=REFLECTIONS,
        title=CRITERIA[REFLECTIONS],
        have=have,
        need=len(asked),
        recorded=not missing,
        state=state,
        sentence=_sentence(REFLECTIONS, state, missing, override),
        short=f"{have} von {len(asked)}" if asked else "keine nötig",
        missing=missing,
        override=override,
    )


def _sentence(key: str, state: str, missing: Sequence[str], override: OverrideFact | None) -> str:
    if override:
        return (
            f"{CRITERIA[key]}: als erfüllt anerkannt von {override.author}, "
            f"Begründung: {quoted(override.reason)}; erfasst: {state}"
        )
    lacking = f"; fehlt noch: {', '.join(missing)}" if missing else ""
    return f"{CRITERIA[key]}: {state}{lacking}"


def _blocking(rule: Rule, content: Sequence[SlotFact], now: datetime) -> Iterable[str]:
    if rule.attendance_percent and not content:
        yield "Der Tagesplan hat noch keinen Abschnitt mit Inhalt."
    for slot in content:
        if slot.starts_at > now:
            yield f"Der Abschnitt {slot.words} hat noch nicht begonnen."
        elif not slot.recorded:
            yield f"Die Anwesenheit ist noch nicht erfasst: {slot.words}."
