"""What the register says in German: entries that lost, slots that were dropped, what a phone's entries are refused for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from app.cohorts.models import AttendanceMark, ScheduledSlot
from app.cohorts.rules import Way
from app.cohorts.wording import WAYS, said
from app.editions.rules import inner
from app.web import german

# A phone's clock that differs by more is named; nothing is decided by it.
CLOCK_MAY_DIFFER = timedelta(minutes=10)
_DAY, _HOUR = 24 * 60, 60

REFUSED: dict[str, str] = {
    "broken": "Dieser Eintrag ist unvollständig angekommen. Bitte erfassen Sie die Person noch einmal.",
    "slot": "Diesen Abschnitt gibt es in dieser Kohorte nicht.",
    "break": "In Pausen und für Organisatorisches wird keine Anwesenheit erfasst.",
    "person": "Diese Person gehört nicht zu dieser Kohorte.",
    "left": "{name} ist nicht mehr in der Kohorte. Wenn die Person doch da war, nimmt die Organisation sie wieder auf.",
    "reused": "Dieser Eintrag trägt die Kennung eines anderen. Bitte erfassen Sie die Person noch einmal.",
}
MERGE_REFUSED: dict[str, str] = {
    "guest": "Das ist kein Gast mehr, oder der Gast ist nicht mehr in der Kohorte. Es wurde nichts geändert.",
    "target": "Bitte wählen Sie eine Person aus dieser Kohorte.",
    "elsewhere": "Dieser Gast ist inzwischen mit einer anderen Person zusammengeführt. Es wurde nichts geändert.",
    "certificate": "Für diesen Gast ist schon eine Bescheinigung ausgestellt. "
    "Widerrufen Sie sie zuerst, dann lässt sich der Gast zusammenführen.",
}


def entered(mark: AttendanceMark) -> str:
    """Tarek Aydın, 11:02, ohne Netz erfasst"""
    return f"{mark.recorded_by}, {german.short_time(mark.recorded_at)}, {WAYS[mark.way]}"


def taken_over(guest: str, mark: AttendanceMark) -> str:
    """The remark of an entry that went from a walk-in to somebody known."""
    when = german.moment(mark.recorded_at)
    return f"vom Gast „{inner(guest)}“, dort eingetragen von {mark.recorded_by} am {when}, {WAYS[mark.way]}"


def lost(mark: AttendanceMark, stands: AttendanceMark | None) -> str:
    """What an entry said that lost, and what holds instead."""
    word, came = f"„{said(mark.state, mark.minutes)}“", german.short_time(mark.recorded_at)
    if mark.way == Way.MERGED:
        first = f"Für den Gast war {word} eingetragen ({mark.remark})."
    elif mark.way == Way.OFFLINE:
        typed = f"auf dem Gerät {german.short_time(mark.typed_at)}, " if mark.typed_at else ""
        first = f"{mark.recorded_by} hat ohne Netz {word} eingetragen ({typed}angekommen {came})."
    else:
        first = f"{mark.recorded_by} hat {word} eingetragen ({came}), als schon etwas anderes stand."
    remark = f" {mark.remark}" if mark.remark and mark.way != Way.MERGED else ""
    return f"{first}{remark} {_holds(stands)}"


def _holds(stands: AttendanceMark | None) -> str:
    if stands is None:
        return "Es gilt „nicht erfasst“."
    when = german.short_time(stands.recorded_at)
    return f"Es gilt „{said(stands.state, stands.minutes)}“ ({stands.recorded_by}, {when})."


def clock_note(drift: timedelta | None) -> str:
    """A sentence about a phone whose clock is wrong; "" where it is right or did not say."""
    if drift is None or abs(drift) <= CLOCK_MAY_DIFFER:
        return ""
    way = "vor" if drift > timedelta(0) else "nach"
    return f"Die Uhr des Geräts ging {_long(abs(drift))} {way}."


def _long(time: timedelta) -> str:
    minutes = int(time.total_seconds() // 60)
    for size, one, many in ((_DAY, "einen Tag", "Tage"), (_HOUR, "eine Stunde", "Stunden")):
        if minutes >= size:
            count = (minutes + size // 2) // size
            return one if count == 1 else f"{count} {many}"
    return f"{minutes} Minuten"


def dropped(slot: ScheduledSlot, by: str) -> str:
    """Why nothing can be recorded for a slot any more; `by`: who dropped it, "" where nobody knows."""
    when = german.moment(slot.cancelled_at) if slot.cancelled_at else ""
    who = f"{by} hat ihn am {when} gestrichen" if by else f"gestrichen am {when}"
    return (
        f"Der Abschnitt „{inner(slot.title)}“ ist entfallen ({who}). Für ihn wird keine Anwesenheit erfasst; "
        "was schon eingetragen war, bleibt aufgehoben und zählt nicht."
    )


def spared(names: Iterable[str]) -> str:
    """Whom „alle anwesend“ and „alle unterschrieben“ leave out; "" for nobody. register.js says the same."""
    left_out = list(dict.fromkeys(names))
    if not left_out:
        return ""
    verb, stays = ("wurde", "bleibt") if len(left_out) == 1 else ("wurden", "bleiben")
    return f"{german.words(left_out)} {verb} gestrichen und {stays} es. Bitte einzeln eintragen, wer doch da war."


def over_seats(people: int, seats: int | None) -> str:
    """A walk-in may exceed the seats; it is said."""
    if seats is None or people <= seats:
        return ""
    return f"Damit sind {people} Personen dabei, Plätze gibt es {seats}."


def merged(guest: str, target: str, copied: int, against: tuple[str, ...]) -> str:
    """After a walk-in was merged with somebody known."""
    entries = (
        "Ein Eintrag ist" if copied == 1 else f"{copied} Einträge sind" if copied else "Kein Eintrag ist"
    )
    text = f"„{inner(guest)}“ ist mit {target} zusammengeführt. {entries} übernommen."
    if against:
        titles = german.words(f"„{inner(title)}“" for title in against)
        text += (
            f" Bei {titles} stand schon etwas anderes: Das gilt weiter, und Sie können beides vergleichen."
        )
    return text
