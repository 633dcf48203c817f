"""Forms of the cohorts room; what needs more than one field is checked by `rules` and said by `wording`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from email_validator import EmailNotValidError, validate_email
from wtforms import (
    DateField,
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.validators import Optional, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from app.accounts.models import User
from app.cohorts.models import Cohort
from app.course.model import DayPlan
from app.web import german
from app.web.forms import Form, PersonName, tidy

REFLECTIONS = [
    SelectChoice(value="besuchte-module", label="alle Lernstopps der besuchten Module"),
    SelectChoice(value="alle", label="alle Lernstopps auf dem Kursweg"),
    SelectChoice(value="keine", label="keine Lernstopps"),
]
WHOLE, CORE = "ganz", "kern"  # what of the course a cohort goes
_CONTROL = ("Cc", "Cs", "Zl", "Zp")
MISSING_DATE = "Bitte geben Sie ein Datum an, zum Beispiel 05.07.2026."


def printable(text: str) -> str:
    """The text without control characters, which no page may contain."""
    return "".join(character for character in text if unicodedata.category(character) not in _CONTROL)


class CleanPersonName(PersonName):
    """Like its base; what is shown again contains no control characters."""

    def __call__(self, form: Any, field: Field) -> None:
        try:
            super().__call__(form, field)
        finally:
            field.data = printable(field.data or "")


class OneLine:
    """Text of one line, not longer than the column, without control characters."""

    def __init__(self, what: str, longest: int = 200) -> None:
        self.what, self.longest = what, longest

    def __call__(self, form: Any, field: Field) -> None:
        text = field.data or ""
        if not text:
            raise StopValidation(f"Bitte geben Sie {self.what} an.")
        if len(text) > self.longest:
            raise StopValidation(
                f"Das sind {len(text)} Zeichen, möglich sind {self.longest}. Bitte kürzen Sie."
            )
        if any(unicodedata.category(character) in _CONTROL for character in text):
            field.data = printable(text)
            raise StopValidation(
                "Der Text enthielt unsichtbare Steuerzeichen; wir haben sie entfernt. Bitte prüfen Sie ihn."
            )


class Readable:
    """A date or time that could be read; wtforms' own words for that are short, these say how to mend it."""

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, form: Any, field: Field) -> None:
        if field.data is None:
            field.errors = []
            raise StopValidation(self.message)


class WholeNumber:
    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def __call__(self, form: Any, field: Field) -> None:
        if field.data is None or not self.low <= field.data <= self.high:
            field.errors = []
            raise StopValidation(f"Bitte geben Sie eine ganze Zahl von {self.low} bis {self.high} an.")


class EmailAddress:
    def __call__(self, form: Any, field: Field) -> None:
        try:
            validate_email(field.data, check_deliverability=False)
        except EmailNotValidError as error:
            raise ValidationError(
                "Diese E-Mail-Adresse ist nicht vollständig. Beispiel: name@example.org."
            ) from error
        if len(field.data) > 254:
            raise ValidationError("Diese E-Mail-Adresse ist zu lang.")


class DetailsForm(Form):
    """What an organiser decides about a cohort, now and later."""

    title = StringField("Titel der Kohorte", [OneLine("einen Titel")], [tidy])
    place = StringField("Ort oder „online“", [OneLine("einen Ort")], [tidy])
    trainers = SelectMultipleField(
        "Trainer:innen",
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=True,
    )
    join_until = DateField("Beitreten möglich bis", [Optional(), Readable(MISSING_DATE)])
    seats = IntegerField("Plätze", [Optional(), WholeNumber(1, 1000)])
    attendance_percent = IntegerField(
        "Anwesenheit in Prozent der Unterrichtseinheiten",
        [WholeNumber(50, 100)],
    )
    reflections = RadioField("Lernstopps", choices=REFLECTIONS)

    first_day: date | None = None  # of the course, as far as it is known

    def validate_join_until(self, field: Field) -> None:
        """Whoever comes on the first day must still be let in."""
        if self.first_day and field.data and field.data < self.first_day:
            raise ValidationError(
                f"Der erste Kurstag ist der {german.day(self.first_day)}. "
                "Bitte wählen Sie diesen Tag oder einen späteren, sonst kommt am Kurstag niemand hinein."
            )

    def offer(self, trainers: Iterable[User]) -> None:
        """Offer these people as trainers."""
        self.trainers.choices = [SelectChoice(value=person.id, label=person.name) for person in trainers]

    def fill(self, cohort: Cohort, trainer_ids: Sequence[int], last_day: date) -> None:
        """Show what holds now."""
        self.title.data, self.place.data, self.trainers.data = cohort.title, cohort.place, list(trainer_ids)
        self.attendance_percent.data, self.reflections.data = cohort.attendance_percent, cohort.reflections
        self.join_until.data, self.seats.data = last_day, cohort.seats


class CreateForm(DetailsForm):
    """A new cohort; the date fields of its plan's days are added by `create_form`."""

    edition = HiddenField()
    plan = HiddenField()
    form_key = HiddenField()
    way = RadioField(
        "Kursweg",
        choices=[
            SelectChoice(value=WHOLE, label="ganzer Kurs"),
            SelectChoice(value=CORE, label="Kernpfad: nur die Seiten, auf die es ankommt"),
        ],
        default=WHOLE,
    )

    def date_fields(self) -> list[DateField]:
        return [field for field in self if field.name.startswith("day_")]

    def validate_join_until(self, field: Field) -> None:
        """The first day is what is typed on this very form."""
        self.first_day = min((day for day in self.dates() if day), default=None)
        super().validate_join_until(field)

    def dates(self) -> list[date]:
        return [field.data for field in self.date_fields()]


def create_form(plan: DayPlan) -> type[CreateForm]:
    """The form with one date field for each day of this plan."""
    fields = {
        f"day_{number}": DateField(f"Datum: {day.name}", [Readable(MISSING_DATE)])
        for number, day in enumerate(plan.days, 1)
    }
    return type("CreateForm", (CreateForm,), fields)
