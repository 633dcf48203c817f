"""What the cohorts room says in German about plans and the register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app import clock
from app.cohorts.log import Deed
from app.cohorts.rules import YEARS, Attendance, DatedDay, PlanProblem, Way, needed_minutes
from app.editions.rules import inner
from app.web import german

STATES: dict[str, str] = {
    Attendance.PRESENT: "anwesend",
    Attendance.PARTIAL: "teilweise",
    Attendance.EXCUSED: "entschuldigt",
    Attendance.ABSENT: "abwesend",
    Attendance.NOT_RECORDED: "nicht erfasst",
}
WAYS: dict[str, str] = {
    Way.LIST: "am Bildschirm",
    Way.OFFLINE: "ohne Netz erfasst",
    Way.CODE: "mit dem Code im Raum",
    Way.PAPER: "von der Papierliste",
    Way.STRUCK: "gestrichen",
    Way.MERGED: "beim Zusammenführen",
    Way.OBJECTION: "nach Einspruch",
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
    Deed.EVIDENCE_ADDED: "unterschriebene Liste angehängt",
    Deed.EVIDENCE_REMOVED: "unterschriebene Liste gelöscht",
    Deed.ADDED: "eingetragen",
    Deed.INVITED: "per E-Mail eingeladen",
    Deed.CARD: "persönliche Karte mit neuem Link",
    Deed.CORRECTED: "Angaben berichtigt",
    Deed.LEFT: "selbst ausgetreten",
    Deed.MOVED_AWAY: "in eine andere Kohorte umgezogen",
    Deed.MOVED_IN: "aus einer anderen Kohorte dazugekommen",
    Deed.ADMITTED: "von der Warteliste aufgenommen",
    Deed.WITHDRAWN: "von der Warteliste genommen",
    Deed.CALENDAR: "Kalender-Adresse",
    Deed.COPIED: "als Wiederholung angelegt",
    Deed.CANCELLED: "Kohorte abgesagt",
    Deed.REINSTATED: "Absage zurückgenommen",
    Deed.WALK_IN: "als Gast in die Anwesenheitsliste geschrieben",
    Deed.MERGED: "Gast mit einer anderen Person zusammengeführt",
    Deed.STAYS: "Gast nimmt regulär teil",
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


FIELDS: dict[str, str] = {
    "title": "Titel",
    "place": "Ort",
    "trainer_ids": "Trainer:innen",
    "join_until": "letzter Tag zum Beitreten",
    "attendance_percent": "Anwesenheit in Prozent",
    "reflections": "Lernstopps",
    "seats": "Plätze",
}
