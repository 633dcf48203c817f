"""What the home of staff says in German about each thing to do, and where it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.desk.rules import Code, CohortFacts, Duty, Running
from app.web import german

_DAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it says, what stands smaller below, and the view it leads to."""

    text: str
    detail: str
    endpoint: str
    values: dict[str, Any]


def line(cohort: CohortFacts, duty: Duty) -> Line:
    """The line of one thing to do."""
    here = {"cohort_id": cohort.id}
    if duty.slot and duty.day:
        return Line(
            f"Anwesenheit fehlt: {duty.slot.title}",
            f"{when(duty.day.date)}, {times(duty.slot.starts_at, duty.slot.ends_at, cohort)} · {_left(cohort, duty)}",
            "attendance.slot",
            here | {"slot_id": duty.slot.id},
        )
    if duty.code is Code.CONFIRM and duty.day:
        said = f"Ist-Zeiten bestätigen: {when(duty.day.date)}"
        return Line(said, "", "schedule.confirm", here | {"day_id": duty.day.id})
    text, detail, endpoint = _COUNTED[duty.code]
    if duty.code is Code.CLAIMS:
        here["slot_id"] = cohort.claimed_slot
    words = {
        "waiting": _count(cohort.waiting, "Person wartet", "Personen warten"),
        "free": "es ist noch Platz"
        if cohort.free is None
        else _count(cohort.free, "Platz ist frei", "Plätze sind frei"),
        "begins": f"beginnt am {german.weekday(duty.day.date)}" if duty.day else "",
        "count": duty.count,
    }
    singular, _, plural = text.partition("|")
    said = singular if duty.count == 1 or not plural else plural
    return Line(said.format(**words), detail.format(**words), endpoint, here)


# Code -> what it says (one | several), what stands below, where it is done.
_COUNTED: dict[Code, tuple[str, str, str]] = {
    Code.TRAINERS: ("Noch niemand als Trainer:in zugeordnet", "{begins}", "cohorts.edit"),
    Code.PEOPLE: ("Noch niemand angemeldet", "{begins}", "admission.invite"),
    Code.MORE_REGISTER: (
        "und 1 weiterer Abschnitt ohne Anwesenheit|und {count} weitere Abschnitte ohne Anwesenheit",
        "",
        "attendance.matrix",
    ),
    Code.MORE_CONFIRM: (
        "und 1 weiterer Tag ohne bestätigte Ist-Zeiten|und {count} weitere Tage ohne bestätigte Ist-Zeiten",
        "",
        "schedule.plan",
    ),
    Code.CONFLICTS: (
        "1 Eintrag widerspricht einem anderen|{count} Einträge widersprechen anderen",
        "Beide Angaben sind aufgehoben. Entscheiden Sie, was gilt.",
        "attendance.matrix",
    ),
    Code.WALK_INS: (
        "1 Gast ist noch niemandem zugeordnet|{count} Gäste sind noch niemandem zugeordnet",
        "In der Anwesenheit mit Namen eingetragen",
        "attendance.today",
    ),
    Code.CLAIMS: (
        "1 Anmeldung mit Code ist noch niemandem zugeordnet"
        "|{count} Anmeldungen mit Code sind noch niemandem zugeordnet",
        "Zählt erst, wenn Sie sagen, wer es war.",
        "attendance.check_ins",
    ),
    Code.OBJECTIONS: (
        "1 Einspruch wartet auf Ihre Entscheidung|{count} Einsprüche warten auf Ihre Entscheidung",
        "",
        "attendance.objections",
    ),
    Code.WAITING: (
        "{waiting}, {free}",
        "Auf der Warteliste",
        "admission.waiting",
    ),
    Code.CERTIFICATES: (
        "Bescheinigungen ausstellen",
        "Alles ist erfasst, noch ist keine ausgestellt.",
        "certificates.cohort",
    ),
}


def _left(cohort: CohortFacts, duty: Duty) -> str:
    people = cohort.people - (duty.slot.later if duty.slot else 0)
    recorded = people - duty.count
    return f"{recorded} von {people} erfasst" if recorded else "noch niemand erfasst"


def state(running: Running) -> str:
    """What runs now, or when something does: "Jetzt bis 12:15 Uhr: Das Feld"."""
    cohort, slot, following = running.cohort, running.slot, running.next
    if slot:
        return f"Jetzt bis {german.time(slot.ends_at, cohort.time_zone)} Uhr: {slot.title}"
    if following is None:
        last = max(slot.ends_at for slot in running.day.slots)
        return f"Zu Ende seit {german.time(last, cohort.time_zone)} Uhr"
    begun = running.day.slots[0].starts_at < following.starts_at
    return (
        f"{'Weiter' if begun else 'Beginnt'} um {german.time(following.starts_at, cohort.time_zone)} Uhr: "
        f"{following.title}"
    )


def checked_in(running: Running) -> str:
    """How many are there; only while content runs."""
    slot, people = running.slot, running.cohort.people
    if slot is None or not slot.content or not people:
        return ""
    return f"Im Register: {slot.there} von {people} da" if slot.recorded else "Noch niemand eingetragen"


def times(starts_at: datetime, ends_at: datetime, cohort: CohortFacts) -> str:
    """09:00–10:30"""
    return f"{german.time(starts_at, cohort.time_zone)}–{german.time(ends_at, cohort.time_zone)}"


def when(day: date) -> str:
    """Fr, 3. Juli"""
    return f"{_DAYS[day.weekday()]}, {german.day(day).rsplit(' ', 1)[0]}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
