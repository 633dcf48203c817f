"""What the schedule room says in German: what a change did, and why one is not possible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.cohorts import wording as cohorts
from app.cohorts.rules import DatedDay, PlanProblem
from app.editions.rules import inner
from app.schedule.needs import Need, Needs
from app.schedule.rules import Day, Slot, moved_to
from app.web import german

KINDS: dict[str, str] = {
    "inhalt": "Inhalt",
    "pause": "Pause",
    "mittag": "Mittag",
    "organisation": "Organisation",
    "luecke": "offene Zeit",
}
# What is named with its new value; the titles are a matter of their own.
_WORDS: dict[str, str] = {
    "room": "Raum",
    "person": "mit",
    "second_title": "zweiter Raum: Titel",
    "second_room": "zweiter Raum",
    "second_person": "zweiter Raum: mit",
    "link": "Link",
}
OVERTAKEN = (
    "Dieser Tag wurde inzwischen geändert. Ihre Änderung ist noch nicht gespeichert. "
    "Bitte prüfen Sie unten, was jetzt gilt, und senden Sie sie noch einmal."
)
REGISTER_BEGUN = (
    "An diesem Tag ist inzwischen Anwesenheit erfasst oder ein Nachweis abgelegt. Deshalb bleiben der Tag und sein Datum. "
    "Was nicht stattfindet, lassen Sie als Abschnitt ausfallen."
)
UNDONE = "Diese Änderung ist schon rückgängig gemacht."
NO_DAY = "Den Tag dieser Änderung gibt es nicht mehr. Sie können ihn im Tagesplan neu hinzufügen."
NAMED = 2  # changes, before it says how many others there are
_NEEDS_NOW = "nötig sind jetzt"
_DAY_WORDS: dict[str, str] = {"name": "Name", "place": "Ort"}
_OFF_DAY = "{day}: „{0}“ läge nicht mehr auf diesem Kurstag. Ein Abschnitt beginnt am Kurstag oder in der Nacht danach bis 6 Uhr."


def problem(day: Day, found: PlanProblem) -> str:
    """The sentence about what is wrong with, or remarkable about, this day."""
    if found.code == "off_day":
        return _OFF_DAY.format(*map(inner, found.slots), day=day.name)
    of_day = PlanProblem(found.code, 0, found.slots, found.minutes, found.hint)
    return cohorts.plan_sentence(of_day, [DatedDay(day.date, day.name, ())])


def span(times: tuple[datetime, datetime], zone: ZoneInfo) -> str:
    """12:15–13:15"""
    return "–".join(german.time(moment, zone.key) for moment in times)


def minutes(count: int) -> str:
    """1 Minute, 20 Minuten"""
    return f"{count} Minute" if count == 1 else f"{count} Minuten"


def changed(before: Day, after: Day, zone: ZoneInfo) -> str:
    """Mittagspause: 12:15–13:15 → 12:35–13:35, alles danach 20 Minuten später"""
    said = _of_day(before, after)
    if before.date != after.date:  # what is the same on the wall clock did not change
        before = moved_to(before, after.date, zone, ahead=False)
    known = {slot.id: slot for slot in before.slots}
    tail = _tail(before, after)
    for slot in after.slots:
        old = known.get(slot.id) if slot.id else None
        said += _of_slot(old, slot, zone, times=slot.id not in tail)
    if not tail:
        return "; ".join(said)
    first = next(iter(tail))
    if said:
        return f"{'; '.join(said)}, alles danach {_later(tail[first])}"
    old, new = known[first], after.find(first)
    rest = f", alles danach {_later(tail[first])}" if len(tail) > 1 else ""
    return f"{inner(new.title)}: {span(old.times, zone)} → {span(new.times, zone)}{rest}"


@dataclass(frozen=True, slots=True)
class Brief:
    """The first parts of what was changed, and how many follow."""

    text: str
    rest: int


def brief(sentence: str) -> Brief:
    """At most two changes are named; what everybody needs now always is."""
    parts = sentence.split("; ")
    need = [part for part in parts[-1:] if part.startswith(_NEEDS_NOW)]
    named = parts[: len(parts) - len(need)]
    return Brief("; ".join([*named[:NAMED], *need]), max(0, len(named) - NAMED))


def _tail(before: Day, after: Day) -> dict[int, timedelta]:
    """The slots at the end of the day that all moved by the same time: id -> by how much, the first first."""
    known = {slot.id: slot for slot in before.held}
    found: dict[int, timedelta] = {}
    for slot in reversed(after.held):
        old = known.get(slot.id)
        by = slot.starts_at - old.starts_at if old else timedelta()
        if old is None or not by or old.length != slot.length or (found and by not in found.values()):
            break
        found[slot.id] = by
    alone = len(found) == 1 and len(_moved(before, after)) > 1
    return {} if alone else dict(reversed(found.items()))


def _moved(before: Day, after: Day) -> list[Slot]:
    known = {slot.id: slot for slot in before.slots}
    return [slot for slot in after.slots if slot.id not in known or _differs(known[slot.id], slot)]


def _differs(old: Slot, slot: Slot) -> bool:
    dropped = old.cancelled_at and slot.cancelled_at  # such a slot only moves along
    return not dropped and (old.times, old.cancelled_at) != (slot.times, slot.cancelled_at)


def _later(by: timedelta) -> str:
    count = int(by.total_seconds() // 60)
    return f"{minutes(abs(count))} {'später' if count > 0 else 'früher'}"


def _of_day(before: Day, after: Day) -> list[str]:
    said = (
        [f"{after.name}: {german.day(before.date)} → {german.day(after.date)}"]
        if before.date != after.date
        else []
    )
    return said + [
        f"{word}: {getattr(after, name) or 'wie die Kohorte'}"
        for name, word in _DAY_WORDS.items()
        if getattr(before, name) != getattr(after, name)
    ]


def _of_slot(old: Slot | None, slot: Slot, zone: ZoneInfo, *, times: bool) -> list[str]:
    title = inner(slot.title)
    if old is None:
        return [f"neu: {title}, {span(slot.times, zone)}"]
    if slot.cancelled_at is not None:
        return [f"{title} fällt aus ({span(slot.times, zone)})"] if old.cancelled_at is None else []
    said = [f"„{inner(old.title)}“ heißt jetzt „{title}“"] if old.title != slot.title else []
    if old.cancelled_at is not None:
        said.append(f"{title} findet doch statt, {span(slot.times, zone)}")
    elif times and old.times != slot.times:
        said.append(f"{title}: {span(old.times, zone)} → {span(slot.times, zone)}")
    words = _of_fields(old, slot)
    return [*said, f"{title}: {', '.join(words)}"] if words else said


def _of_fields(old: Slot, slot: Slot) -> list[str]:
    said = [f"ist jetzt {KINDS.get(slot.kind, slot.kind)}"] if old.kind != slot.kind else []
    for name, word in _WORDS.items():
        if getattr(old, name) != getattr(slot, name):
            said.append(f"{word} {getattr(slot, name) or 'leer'}")
    if old.online != slot.online:
        said.append("online" if slot.online else "vor Ort")
    return said + (["andere Module"] if old.modules != slot.modules else [])


def overtaken(sentence: str, author: str, at: datetime, zone: ZoneInfo) -> str:
    """Why nothing was saved: what happened meanwhile."""
    when = german.short_time(at, zone.key)
    return (
        f"Inzwischen hat {author} diesen Tag geändert ({when} Uhr): {sentence}. Ihre Änderung ist noch nicht gespeichert. "
        "Bitte prüfen Sie unten, was jetzt gilt, und senden Sie sie noch einmal."
    )


def followed(names: Sequence[str]) -> str:
    """After times changed for people who checked in with the code."""
    return f"Neu gerechnet, vom Scan bis zum Ende des Abschnitts: {german.words(names)}."


def over_long(names: Sequence[str]) -> str:
    """After a slot became shorter than what is recorded for people who were there for a part."""
    who = german.words(names)
    return (
        f"Für {who} sind mehr Minuten eingetragen, als der Abschnitt jetzt dauert. "
        "Es zählt höchstens seine Dauer; die Einträge selbst bleiben, bis Sie sie ändern."
    )


def certified(names: Sequence[str], before: int, after: int, unit_minutes: int) -> str:
    """After the teaching units changed for people who have a certificate."""
    return (
        f"Der Tag hat jetzt {german.units(after, unit_minutes)} UE statt {german.units(before, unit_minutes)}. "
        f"{cohorts.certified(names)}"
    )


def recorded(title: str, people: int) -> str:
    """A slot that somebody is recorded for does not take place."""
    who = "einer Person" if people == 1 else f"{people} Personen"
    return (
        f"Für „{inner(title)}“ ist bei {who} schon Anwesenheit erfasst. Sie zählt nicht, solange der Abschnitt ausfällt, "
        "und gilt wieder, wenn Sie ihn wieder aufnehmen."
    )


def day_of(day: Day) -> str:
    """Tag 2 (Freitag, 3. Juli 2026)"""
    return f"{day.name} ({german.weekday(day.date)})"


def is_dropped(title: str) -> str:
    """Why a slot cannot be changed."""
    return (
        f"„{inner(title)}“ fällt aus. Nehmen Sie den Abschnitt zuerst wieder auf, dann können Sie ihn ändern."
    )


def no_link(title: str) -> str:
    """Nobody can get to an online slot without its link."""
    return f"Der Link fehlt noch: „{inner(title)}“ ist online."


def not_yet(day: Day) -> str:
    """Why actual times cannot be confirmed."""
    return f"Dieser Tag ist am {german.weekday(day.date)}. Was wirklich war, lässt sich ab dann bestätigen."


def units_of(before: Day, actual: Day | None, unit_minutes: int, wrong: Sequence[str] = ()) -> str:
    """What the times on the form come to, and what is wrong with them."""
    why = " ".join(wrong)
    if actual is None:
        return f"Die Unterrichtseinheiten lassen sich noch nicht berechnen. {why or 'Bitte prüfen Sie die Uhrzeiten.'}"
    planned = sum(
        int((slot.planned[1] - slot.planned[0]).total_seconds() // 60)
        for slot in before.slots
        if slot.kind == "inhalt" and not slot.unplanned
    )
    found = german.units(actual.content_minutes, unit_minutes)
    whole = german.units(planned, unit_minutes)
    return f"{found} UE, geplant {whole} UE{why and f'. {why}'}"


def needs(found: Needs) -> str:
    """nötig sind jetzt 20 von 24 UE, bisher 13 von 16 UE"""
    return f"{_NEEDS_NOW} {_share(found.after)}, bisher {_share(found.before)}"


def would_need(found: Needs) -> str:
    """Nötig wären dann 20 von 24 UE, bisher 13 von 16 UE."""
    return f"Nötig wären dann {_share(found.after)}, bisher {_share(found.before)}."


def _share(need: Need) -> str:
    need_units, planned = (german.units(count, need.unit_minutes) for count in (need.minutes, need.planned))
    return f"{need_units} von {planned} UE"


def harder(found: Needs) -> str:
    """The question before a rule becomes harder for people who have begun."""
    return f"Die Kohorte hat schon begonnen, und für alle würde es strenger. {would_need(found)} Wirklich?"


def very_long(slot: Slot, day: Day, unit_minutes: int) -> str:
    """The question before a slot becomes very long."""
    units = german.units(day.content_minutes, unit_minutes)
    whole = f" Das wären {units} UE an diesem Tag." if slot.kind == "inhalt" else ""
    return f"„{inner(slot.title)}“ würde {minutes(slot.minutes)} dauern.{whole} Wirklich?"


def very_far(slot: Slot, by: int) -> str:
    """The question before a slot moves very far."""
    return f"„{inner(slot.title)}“ würde {_later(timedelta(minutes=by))} beginnen. Wirklich?"


def in_the_past(when: date) -> str:
    """The question before a day gets a date that is over."""
    return f"Der {german.day(when)} liegt in der Vergangenheit. Wirklich?"


def far_ahead(when: date) -> str:
    """The question before a day gets a date far ahead."""
    return f"Bis zum {german.day(when)} sind es mehr als zwei Jahre. Wirklich?"


def not_over(ends_at: datetime, zone: ZoneInfo) -> str:
    """Why actual times cannot be confirmed while the day runs."""
    return (
        f"Bestätigen lässt sich der Tag, sobald sein letzter Abschnitt vorbei ist: um {german.time(ends_at, zone.key)} Uhr. "
        "Ging es früher zu Ende, tragen Sie das wirkliche Ende ein. Was Sie eingetragen haben, steht noch unten."
    )


def date_taken(name: str) -> str:
    """Why a day cannot have this date."""
    return f"An diesem Datum hat die Kohorte schon einen Tag: {name}. Bitte wählen Sie ein anderes."
