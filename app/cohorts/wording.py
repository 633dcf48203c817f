"""What the cohorts room says in German about plans and the register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from app import clock
from app.cohorts.log import Deed
from app.cohorts.rules import YEARS, Attendance, DatedDay, PlanProblem, needed_minutes
from app.editions.rules import inner
from app.web import german

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
DEEDS: dict[str, str] = {
    Deed.JOINED: "über den Link beigetreten",
    Deed.RENAMED: "Name geändert",
    Deed.NEW_LINK: "neuer persönlicher Link",
    Deed.REMOVED: "aus der Kohorte herausgenommen",
    Deed.READMITTED: "wieder aufgenommen",
    Deed.CHANGED: "Kohorte geändert",
    Deed.REPLANNED: "Tagesplan geändert",
    Deed.SHAPED: "Kursweg geändert",
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
        *map(inner, problem.slots),
        day=days[problem.day].name,
        minutes=problem.minutes,
        first=YEARS[0],
        last=YEARS[1],
    )


def said(state: str, minutes: int) -> str:
    """anwesend; teilweise (45 Minuten)"""
    return f"{STATES[state]} ({minutes} Minuten)" if state == Attendance.PARTIAL else STATES[state]


def attendance_rule(percent: int, planned: int, unit_minutes: int) -> str:
    """mindestens 7 von 8 UE (80 %, auf ganze UE aufgerundet)"""
    need = german.units(needed_minutes(percent, planned, unit_minutes), unit_minutes)
    whole = german.units(planned, unit_minutes)
    return f"mindestens {need} von {whole} UE ({percent}\u00a0%, auf ganze UE aufgerundet)"


def not_begun(starts_at: datetime) -> str:
    """Why nobody can be present in a slot yet."""
    day = "" if clock.local(starts_at).date() == clock.today() else f"am {german.weekday(starts_at)}, "
    return f"Dieser Abschnitt beginnt erst {day}um {german.time(starts_at)} Uhr. Anwesend lässt sich ab dann eintragen."


def certified(names: Sequence[str]) -> str:
    """After the attendance of people was changed who have a certificate."""
    return (
        f"Für {german.words(names)} ist schon eine Bescheinigung ausgestellt. "
        "Prüfen Sie unter „Bescheinigungen“, ob sie noch stimmt."
    )


def moved(days: Sequence[tuple[date, date, str]]) -> str:
    """For the log: which days (from, to, name) have another date; else only times or titles changed."""
    said = [f"{name}: {german.day(old)} → {german.day(new)}" for old, new, name in days if old != new]
    return "; ".join(said) or "Uhrzeiten oder Titel"


def overtaken(title: str) -> str:
    return (
        f"Für „{inner(title)}“ ist inzwischen Anwesenheit erfasst. Dieser Abschnitt bleibt, wie er ist; "
        "alles andere können Sie jetzt speichern."
    )


FIELDS: dict[str, str] = {
    "title": "Titel",
    "place": "Ort",
    "trainer_ids": "Trainer:innen",
    "join_until": "letzter Tag zum Beitreten",
    "attendance_percent": "Anwesenheit in Prozent",
    "reflections": "Lernstopps",
}
