"""Forms of the living plan; what needs more than one field is checked by `rules` and said by `wording`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from wtforms import (
    BooleanField,
    DateField,
    Field,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TimeField,
    ValidationError,
)
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app import clock
from app.cohorts.forms import MISSING_DATE, OneLine, Readable, WholeNumber
from app.course.model import Course
from app.schedule import rules, wording
from app.schedule.rules import Day, Slot
from app.web.forms import Form, tidy

BAD_TIME = "Bitte geben Sie eine Uhrzeit an, zum Beispiel 09:00."
BAD_END = "Das Ende muss nach dem Beginn liegen. Wenn es am Abend nach 18 Uhr beginnt, gilt eine Zeit vor 6 Uhr als nächster Tag."
_EITHER = "Bitte ändern Sie entweder das Ende oder die Dauer; beide zusammen passen nicht."
NEW_MINUTES = 45  # proposed for a new slot
_SAME_ROOM = (
    "Das ist derselbe Raum wie der erste. Bitte geben Sie einen anderen an, oder lassen Sie das Feld leer."
)
_LONGEST_MODULES = 500
_PLAIN = ("title", "kind", "room", "person", "second_title", "second_room", "second_person", "online", "link")
FOLLOW = [
    SelectChoice(value="mit", label="Alles danach rückt mit"),
    SelectChoice(value="bleibt", label="Alles danach bleibt, wie es ist"),
]


class MaybeLine(OneLine):
    """Text of one line or nothing."""

    def __call__(self, form: Any, field: Field) -> None:
        if field.data:
            super().__call__(form, field)


class MaybeTime(Readable):
    """A time that could be read, or nothing."""

    def __call__(self, form: Any, field: Field) -> None:
        if any(field.raw_data or ()):
            super().__call__(form, field)
        field.errors = []


class SecureAddress:
    """The whole address of a meeting place, encrypted; or nothing."""

    def __call__(self, form: Any, field: Field) -> None:
        try:
            parts = urlsplit(field.data or "https://x")
            fine = parts.scheme == "https" and bool(parts.hostname) and " " not in (field.data or "")
        except ValueError:
            fine = False
        if not fine:
            raise ValidationError(
                "Bitte geben Sie die ganze Adresse an. Sie beginnt mit https:// und enthält keine Leerzeichen."
            )


class Asking(Form):
    """`asks`: the form is shown once more with the question whether it is really meant."""

    asks = False


class SlotForm(Asking):
    """Everything about one slot."""

    title = StringField("Titel", [OneLine("einen Titel")], [tidy])
    kind = SelectField(
        "Art", choices=[SelectChoice(value=kind, label=word) for kind, word in wording.KINDS.items()]
    )
    start = TimeField("Beginn", [Readable(BAD_TIME)])
    end = TimeField("Ende", [MaybeTime(BAD_TIME)])
    minutes = IntegerField("oder Dauer in Minuten", [Optional(), WholeNumber(1, rules.LONGEST_SLOT)])
    follow = BooleanField("Alles danach rückt um denselben Unterschied mit")
    room = StringField("Raum", [Optional(), MaybeLine("einen Raum")], [tidy])
    person = StringField("Mit wem", [Optional(), MaybeLine("eine Person")], [tidy])
    online = BooleanField("online")
    link = StringField(
        "Link zum Treffen", [Optional(), MaybeLine("einen Link", 500), SecureAddress()], [tidy]
    )
    second_title = StringField("Was läuft dort?", [Optional(), MaybeLine("einen Titel")], [tidy])
    second_room = StringField("Zweiter Raum", [Optional(), MaybeLine("einen Raum")], [tidy])
    second_person = StringField("Mit wem dort", [Optional(), MaybeLine("eine Person")], [tidy])
    modules = SelectMultipleField(
        "Module des Kurses", widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    def offer(self, course: Course, slot: Slot) -> None:
        """The course's modules; one that it has no more stays with its slot."""
        titles = {module.slug: f"{module.number}. {module.title}" for module in course.modules}
        titles |= {slug: slug for slug in slot.modules if slug not in titles}
        self.modules.choices = [SelectChoice(value=slug, label=title) for slug, title in titles.items()]

    def fill(self, slot: Slot, zone: ZoneInfo) -> None:
        """Show what holds now."""
        for name in _PLAIN:
            self[name].data = getattr(slot, name)
        self.modules.data = list(slot.modules)
        self.start.data, self.end.data = (wall_time(moment, zone) for moment in slot.times)

    def wanted(self, slot: Slot, day: Day, zone: ZoneInfo) -> Slot | None:
        """The slot as typed. None: the times do not fit, the form says why."""
        start = rules.moment_of(
            day.date, _time(self.start), zone, after=_before(day, slot), shown=slot.starts_at
        )
        end = self._end(slot, day, start, zone)
        if end is None:
            return None
        fields: dict[str, Any] = {name: self[name].data or "" for name in _PLAIN if name != "online"}
        return replace(
            slot,
            starts_at=start,
            ends_at=end,
            online=self.online.data,
            modules=tuple(self.modules.data or ()),
            **fields,
        )

    def _end(self, slot: Slot, day: Day, start: datetime, zone: ZoneInfo) -> datetime | None:
        shown = slot.ends_at if slot.id else None
        typed = self.end.data
        end = rules.moment_of(day.date, typed, zone, after=start, shown=shown) if typed else None
        if end not in (None, shown) and end <= start:
            self.end.errors = [BAD_END]
            return None
        if self.minutes.data:
            by_duration = start + timedelta(minutes=self.minutes.data)
            if end not in (None, shown, by_duration):
                self.minutes.errors = [_EITHER]
                return None
            return by_duration
        if end is None or end <= start:
            self.end.errors = [BAD_END if end else BAD_TIME]
            return None
        return end

    def validate_link(self, field: Field) -> None:
        """Only where one meets online is the link shown to anybody."""
        if field.data and not self.online.data:
            raise ValidationError("Bitte kreuzen Sie auch „online“ an; sonst sieht niemand den Link.")

    def validate_second_room(self, field: Field) -> None:
        if field.data and field.data.casefold() == (self.room.data or "").casefold():
            raise ValidationError(_SAME_ROOM)

    def validate_modules(self, field: Field) -> None:
        """As many as fit into the column."""
        if len(" ".join(field.data or ())) > _LONGEST_MODULES:
            raise ValidationError(
                "Das sind zu viele Module für einen Abschnitt. Bitte wählen Sie weniger aus."
            )


def _time(field: Field) -> time:
    found: time = field.data
    return found


def wall_time(moment: datetime, zone: ZoneInfo) -> time:
    return clock.local(moment, zone).time().replace(second=0, microsecond=0)


def _before(day: Day, slot: Slot) -> datetime | None:
    """After what a slot's beginning is typed: the end of the slot before it, or where it is itself."""
    ends = [other.ends_at for other in day.held if other.id != slot.id and other.starts_at < slot.starts_at]
    return max([*ends, slot.starts_at] if slot.id else ends, default=None)


class NewSlotForm(SlotForm):
    follow = BooleanField("Alles danach rückt um die Dauer nach hinten")

    def _end(self, slot: Slot, day: Day, start: datetime, zone: ZoneInfo) -> datetime | None:
        """A typed end counts more than the duration that was only proposed."""
        if self.end.data and self.minutes.data == NEW_MINUTES:
            self.minutes.data = None
        return super()._end(slot, day, start, zone)


class ShiftForm(Asking):
    minutes = IntegerField(
        "Andere Zahl von Minuten", [WholeNumber(-rules.LONGEST_SHIFT, rules.LONGEST_SHIFT)]
    )
    before = BooleanField("Der Abschnitt davor dauert so lange")

    def validate_minutes(self, field: Field) -> None:
        if field.data == 0:
            raise ValidationError("Bei 0 Minuten ändert sich nichts. Mit einem Minus davor wird es früher.")


class ResizeForm(Asking):
    minutes = IntegerField("Dauer in Minuten", [WholeNumber(1, rules.LONGEST_SLOT)])
    follow = RadioField("Was danach kommt", choices=FOLLOW, default="mit")


class DropForm(Asking):
    follow = RadioField(
        "Was danach kommt",
        choices=[SelectChoice(value="mit", label="Alles danach rückt vor"), *FOLLOW[1:]],
        default="bleibt",
    )


class PlainForm(Asking):
    """A deed without further words."""


class DayForm(Asking):
    """Date, name and place of a day."""

    date = DateField("Datum", [Readable(MISSING_DATE)])
    name = StringField("Name des Tages", [OneLine("einen Namen", 100)], [tidy])
    place = StringField("Ort, wenn es ein anderer ist", [Optional(), MaybeLine("einen Ort")], [tidy])

    def validate_date(self, field: Field) -> None:
        if not 2000 <= field.data.year <= 2100:
            raise ValidationError("Das Jahr liegt nicht zwischen 2000 und 2100. Bitte prüfen Sie das Datum.")

    def day(self, slots: Iterable[Slot] = ()) -> Day:
        return Day(
            date=self.date.data, name=self.name.data or "", place=self.place.data or "", slots=tuple(slots)
        )


class NewDayForm(DayForm):
    """One more day: empty, like another one, or as the course has it."""

    source = SelectField("Abschnitte")

    def offer(self, days: Sequence[tuple[str, str]]) -> None:
        """(value, words) of what may be copied."""
        choices = [("leer", "noch keine"), *days]
        self.source.choices = [SelectChoice(value=value, label=words) for value, words in choices]


class RemoveForm(Form):
    sure = BooleanField("Ja, diesen Tag mit allen seinen Abschnitten entfernen")

    def validate_sure(self, field: Field) -> None:
        if not field.data:
            raise ValidationError("Bitte kreuzen Sie das an, wenn der Tag wirklich entfernt werden soll.")
