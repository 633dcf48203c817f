"""What the cohorts room says in German about plans and the register."""

from __future__ import annotations

from collections.abc import Sequence

from app.cohorts.rules import YEARS, Attendance, DatedDay, PlanProblem

STATES: dict[str, str] = {
    Attendance.PRESENT: "anwesend",
    Attendance.PARTIAL: "teilweise",
    Attendance.EXCUSED: "entschuldigt",
    Attendance.ABSENT: "abwesend",
    Attendance.NOT_RECORDED: "nicht erfasst",
}
MINUTES: dict[str, str] = {
    "missing": "Bitte geben Sie an, wie viele Minuten die Person da war, als ganze Zahl.",
    "too_few": "Bei „teilweise“ ist es mindestens eine Minute. "
    "Wer gar nicht da war, ist abwesend oder entschuldigt.",
    "too_many": "Der Abschnitt dauert {minutes} Minuten, mehr geht nicht.",
    "not_partial": "Die Minuten gelten nur bei „teilweise“. "
    "Bitte wählen Sie „teilweise“, oder leeren Sie das Feld.",
    "state": "Bitte wählen Sie einen der fünf Zustände.",
}
_PLAN: dict[str, str] = {
    "year": "{day}: Das Jahr liegt nicht zwischen {first} und {last}. Bitte prüfen Sie das Datum.",
    "order": "{day}: Dieser Tag liegt nicht nach dem vorigen. Bitte ordnen Sie die Daten.",
    "no_time": "{day}: „{0}“ endet nicht nach dem Beginn. "
    "Bitte prüfen Sie die Uhrzeiten (und ob die Uhren umgestellt werden).",
    "overlap": "{day}: „{0}“ und „{1}“ überschneiden sich um {minutes} Minuten.",
    "gap": "{day}: Zwischen „{0}“ und „{1}“ sind {minutes} Minuten nicht belegt.",
    "no_break": "{day}: Bis zum Ende von „{0}“ sind es {minutes} Minuten Inhalt ohne Pause. "
    "Nach 90 Minuten tut eine Pause gut.",
}


def plan_sentence(problem: PlanProblem, days: Sequence[DatedDay]) -> str:
    return _PLAN[problem.code].format(
        *problem.slots, day=days[problem.day].name, minutes=problem.minutes, first=YEARS[0], last=YEARS[1]
    )


def said(state: str, minutes: int) -> str:
    """anwesend; teilweise (45 Minuten)"""
    return f"{STATES[state]} ({minutes} Minuten)" if state == Attendance.PARTIAL else STATES[state]
