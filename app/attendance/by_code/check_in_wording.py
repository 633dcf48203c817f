"""What check-in by code and the own register say in German."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app import clock
from app.attendance.by_code.check_in import Outcome, Place, Result
from app.cohorts import wording
from app.cohorts.models import Attendance, AttendanceMark, ScheduledSlot, Way
from app.editions.rules import inner
from app.web import german

WRONG_FORM = (
    "Ein Code hat sechs Zeichen, zum Beispiel ABC-DEF. "
    "Die Ziffern 0 und 1 und die Buchstaben I, L, O und U kommen nicht vor."
)
MISSING = "Bitte geben Sie den Code von der Leinwand ein."


def named(slot: ScheduledSlot, zone: str) -> str:
    """„Das Feld“, 10:45–12:15"""
    return f"„{inner(slot.title)}“, {german.time(slot.starts_at, zone)}–{german.time(slot.ends_at, zone)}"


def outcome(place: Place, found: Outcome, scanned_at: datetime) -> str:
    """What became of a scan, to the person who scanned."""
    return _OUTCOMES[found.result](place, found, scanned_at)


def _entered(place: Place, found: Outcome, scanned_at: datetime) -> str:
    slot, zone = place.slot, place.cohort.time_zone
    if found.credit and found.credit.state == Attendance.PARTIAL:
        return (
            f"{named(slot, zone)}: Sie sind ab {german.time(scanned_at, zone)} Uhr eingetragen, "
            f"das sind {found.credit.minutes} von {slot.minutes} Minuten."
        )
    if slot.starts_at > clock.now():
        return (
            f"{named(slot, zone)}: Ihr Scan von {german.time(scanned_at, zone)} Uhr ist eingetragen. "
            f"Er zählt ab {german.time(slot.starts_at, zone)} Uhr."
        )
    return f"{named(slot, zone)}: Sie sind als anwesend eingetragen."


def _known(place: Place, found: Outcome, scanned_at: datetime) -> str:
    said = entry_said(found.mark, place.slot) if found.mark else "anwesend"
    return f"{named(place.slot, place.cohort.time_zone)}: Sie sind schon eingetragen ({said})."


def _stays(place: Place, found: Outcome, scanned_at: datetime) -> str:
    said = entry_said(found.mark, place.slot) if found.mark else "teilweise"
    by = f" von {found.mark.recorded_by}" if found.mark else ""
    return (
        f"{named(place.slot, place.cohort.time_zone)}: Eingetragen ist schon „{said}“{by}. Das bleibt so. "
        "Stimmt es nicht, sprechen Sie bitte Ihre Kursleitung an."
    )


def _struck(place: Place, found: Outcome, scanned_at: datetime) -> str:
    return (
        f"{named(place.slot, place.cohort.time_zone)}: Die Kursleitung hat Ihren Eintrag gestrichen. "
        "Mit dem Code lässt er sich nicht wiederholen. Bitte sprechen Sie sie an."
    )


def _dropped(place: Place, found: Outcome, scanned_at: datetime) -> str:
    return f"{named(place.slot, place.cohort.time_zone)}: Dieser Abschnitt ist entfallen. Es ist nichts eingetragen."


def _over(place: Place, found: Outcome, scanned_at: datetime) -> str:
    slot, zone = place.slot, place.cohort.time_zone
    return (
        f"„{inner(slot.title)}“ endete schon um {german.time(slot.ends_at, zone)} Uhr, Ihr Scan war um "
        f"{german.time(scanned_at, zone)} Uhr. Es ist nichts eingetragen. Bitte sprechen Sie Ihre Kursleitung an."
    )


_OUTCOMES: dict[Result, Callable[[Place, Outcome, datetime], str]] = {
    Result.ENTERED: _entered,
    Result.KNOWN: _known,
    Result.STAYS: _stays,
    Result.STRUCK: _struck,
    Result.DROPPED: _dropped,
    Result.OVER: _over,
}


def foreseen(place: Place, found: Outcome, scanned_at: datetime) -> str:
    """What pressing the button will do."""
    slot, zone = place.slot, place.cohort.time_zone
    scanned = german.time(scanned_at, zone)
    if found.credit and found.credit.state == Attendance.PARTIAL:
        minutes = f"{found.credit.minutes} von {slot.minutes} Minuten"
        return f"Ihr Scan um {scanned} Uhr gilt. Von da an bis zum Ende sind es {minutes}."
    if slot.starts_at > scanned_at:
        return f"Ihr Scan um {scanned} Uhr gilt. Er zählt ab {german.time(slot.starts_at, zone)} Uhr."
    return f"Ihr Scan um {scanned} Uhr gilt: anwesend von Anfang an."


def assigned(name: str, found: Outcome) -> str:
    """To the staff who said who somebody is."""
    if found.result is Result.ENTERED:
        return f"{name} ist eingetragen."
    if found.result in (Result.KNOWN, Result.STAYS):
        return f"{name} war schon eingetragen; es bleibt dabei."
    return f"Für {name} ist nichts eingetragen: Der Abschnitt ist entfallen oder war beim Scan schon vorbei."


def entry_said(mark: AttendanceMark | None, slot: ScheduledSlot) -> str:
    """anwesend; teilweise, 45 von 90 Minuten; nicht erfasst"""
    if mark is None:
        return wording.STATES[Attendance.NOT_RECORDED]
    if mark.state == Attendance.PARTIAL:
        return f"teilweise, {min(mark.minutes, slot.minutes)} von {slot.minutes} Minuten"
    return wording.STATES[mark.state]


def source(mark: AttendanceMark, reader_id: int | None = None) -> str:
    """By which way an entry came, by whom (`reader_id`: who reads it) and when: mit dem Code im Raum, Sie selbst, 3. Juli …"""
    own = mark.way == Way.CODE and reader_id is not None and mark.recorded_by_id == reader_id
    by = "Sie selbst" if own else mark.recorded_by
    return f"{wording.WAYS[mark.way]}, {by}, {german.moment(mark.recorded_at)}"


CHOOSE = "Bitte wählen Sie aus der Liste, wer das ist."


def struck(name: str) -> str:
    return f"Der Eintrag von {name} ist gestrichen. Mit dem Code kann {name} sich für diesen Abschnitt nicht noch einmal eintragen. Sie können das unten zurücknehmen."


def restored(name: str) -> str:
    return f"Die Streichung bei {name} ist zurückgenommen. Was vorher stand, ist wieder eingetragen."


def not_restored(name: str) -> str:
    return f"Für {name} steht inzwischen etwas anderes im Register. Die Streichung ist nicht zurückgenommen."


def not_struck(name: str) -> str:
    return f"Für {name} steht inzwischen etwas anderes im Register, das nicht vom Code stammt. Es ist nichts gestrichen."


def discarded(name: str) -> str:
    return f"Der Name „{inner(name)}“ ist verworfen. Es ist nichts eingetragen."


def settled_meanwhile(name: str) -> str:
    return f"„{inner(name)}“ hat inzwischen jemand anderes zugeordnet. Es ist nichts Neues eingetragen."


DECIDED = "Über diesen Einspruch hat inzwischen jemand anderes entschieden. Es bleibt dabei; Sie finden die Entscheidung unten."
DROPPED = "Dieser Abschnitt ist entfallen und zählt für niemanden. Sie können den Einspruch nur ablehnen."
