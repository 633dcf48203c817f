"""Reads the day plans of course.yaml and checks their times. A plan is authored and carries no date."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from app.course.fields import Fields
from app.course.findings import Findings, Target
from app.course.model import DayPlan, PlanDay, Slot, SlotKind

SHORTEST_GAP = 5
LONGEST_WITHOUT_BREAK = 90

_RESTS = frozenset({SlotKind.BREAK, SlotKind.LUNCH, SlotKind.GAP})


class _Way(StrEnum):
    """Which way through the course a plan is made for."""

    WHOLE = "ganz"
    CORE = "kern"


@dataclass(frozen=True, slots=True)
class _Placed:
    """A slot and the line it was written in."""

    slot: Slot
    line: int


def read_day_plans(course: Fields, findings: Findings) -> tuple[DayPlan, ...]:
    """The plans under `tagesplaene`; their problems go to `findings`."""
    plans: dict[str, DayPlan] = {}
    for fields in course.records("tagesplaene"):
        plan = _plan(fields, findings)
        if plan.id in plans:
            findings.error("plan_twice", fields.line_of("kennung"), plan=plan.id)
        plans[plan.id] = plan
    return tuple(plans.values())


def _plan(fields: Fields, findings: Findings) -> DayPlan:
    plan_id, title = fields.slug("kennung"), fields.text("titel", required=True)
    days = tuple(_day(day, title, findings) for day in fields.records("tage"))
    if not days:
        findings.error("plan_empty", fields.line, plan=title)
    way = fields.choice("weg", _Way, _Way.WHOLE)
    if way is _Way.CORE:
        findings.use(Target.CORE, plan_id, fields.line_of("weg"))
    core, note = way is _Way.CORE, fields.text("hinweis")
    plan = DayPlan(id=plan_id, title=title, note=note, days=days, core=core, line=fields.line)
    fields.finish()
    return plan


def _day(fields: Fields, plan: str, findings: Findings) -> PlanDay:
    name = fields.text("name", required=True)
    placed = [slot for slot in (_slot(record, findings) for record in fields.records("abschnitte")) if slot]
    fields.finish()
    if not placed:
        findings.error("plan_empty", fields.line, plan=f"{plan}, {name}")
    _check_order(placed, findings)
    _check_breaks(placed, findings)
    return PlanDay(name=name, slots=tuple(entry.slot for entry in placed))


def _slot(fields: Fields, findings: Findings) -> _Placed | None:
    start, end = fields.time("beginn"), fields.time("ende")
    kind = fields.choice("art", SlotKind, SlotKind.CONTENT)
    title = fields.text("titel", required=True)
    modules = fields.texts("module")
    for module in modules:
        findings.use(Target.MODULE, module.text, module.line)
    fields.finish()
    if start is None or end is None:
        return None
    if start >= end:
        findings.error("slot_inverted", fields.line, slot=title, start=clock(start), end=clock(end))
        return None
    names = tuple(module.text for module in modules)
    return _Placed(Slot(start=start, end=end, kind=kind, title=title, modules=names), fields.line)


def _check_order(placed: list[_Placed], findings: Findings) -> None:
    for before, after in pairwise(placed):
        first, second = before.slot, after.slot
        names = {"first": first.title, "second": second.title, "first_line": before.line}
        gap = second.start - first.end
        if second.start < first.start:
            findings.error("slots_out_of_order", after.line, **names)
        elif gap < 0:
            times = {"start": clock(second.start), "end": clock(first.end)}
            findings.error("slots_overlap", after.line, **names, **times)
        elif gap >= SHORTEST_GAP:
            times = {"start": clock(first.end), "end": clock(second.start)}
            findings.warning("gap_undeclared", after.line, **names, **times, minutes=gap)
    for entry in placed:
        if entry.slot.kind is SlotKind.GAP:
            findings.warning(
                "gap_declared", entry.line, start=clock(entry.slot.start), end=clock(entry.slot.end),
                minutes=entry.slot.minutes,
            )  # fmt: skip


def _check_breaks(placed: list[_Placed], findings: Findings) -> None:
    minutes, last_end = 0, 0
    for entry in placed:
        rested = entry.slot.kind in _RESTS or entry.slot.start - last_end >= SHORTEST_GAP
        before = 0 if rested else minutes
        minutes = before + entry.slot.content_minutes
        if before <= LONGEST_WITHOUT_BREAK < minutes:
            findings.warning("no_break", entry.line, slot=entry.slot.title, minutes=minutes)
        last_end = entry.slot.end


def clock(minutes: int) -> str:
    """Minutes since midnight as 09:30."""
    return f"{minutes // 60:02}:{minutes % 60:02}"
