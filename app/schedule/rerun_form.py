"""The form of a re-run: what a new cohort takes from an old one, and its dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from wtforms import DateField, Field, HiddenField, RadioField, SelectChoice
from wtforms.validators import Optional

from app.cohorts.forms import MISSING_DATE, DetailsForm, Readable
from app.editions.models import Edition
from app.schedule.rules import Day

_CHANGED = "Sie haben den ersten Kurstag geändert. Die Termine sind neu gerechnet; bitte prüfen Sie sie und senden Sie noch einmal."
_NO_DAYS = "Diese Kohorte hat keine Kurstage. Bitte geben Sie an, bis wann man beitreten kann."


class RerunForm(DetailsForm):
    """Fields for the days are added by `rerun_form`; until the dates are laid they are empty."""

    begin = DateField("Erster Kurstag", [Readable(MISSING_DATE)])
    laid_for = HiddenField()  # the first day that the dates below were counted from
    edition = RadioField("Fassung des Kurses", coerce=int)
    form_key = HiddenField()

    def date_fields(self) -> list[Field]:
        return [field for field in self if field.name.startswith("day_")]

    def dates(self) -> list[date]:
        return [field.data for field in self.date_fields() if field.data]

    def lay(self, dates: Sequence[date]) -> None:
        """Show these dates, counted from the first day."""
        for field, when in zip(self.date_fields(), dates, strict=True):
            field.data, field.raw_data, field.process_errors = when, None, []
        self.laid_for.data = self.begin.data.isoformat() if self.begin.data else ""

    @property
    def is_laid(self) -> bool:
        return bool(self.laid_for.data) or not self.date_fields()

    @property
    def is_stale(self) -> bool:
        """Whether another first day was typed since the dates were counted."""
        return (
            bool(self.date_fields() and self.begin.data) and self.laid_for.data != self.begin.data.isoformat()
        )

    def propose_title(self, title: str) -> None:
        """So that two cohorts are not called the same; it can be changed before the cohort is made."""
        self.title.data = title

    def say_stale(self) -> None:
        self.form_errors.append(_CHANGED)

    def offer_editions(self, own: Edition, newest: Edition) -> None:
        """The edition of the old cohort, and the newest one of that course if that is another."""
        offered = {own.id: f"wie bisher: {own.label}", newest.id: f"die neueste: {newest.label}"}
        if own.id == newest.id:
            offered = {own.id: own.label}
        self.edition.choices = [SelectChoice(value=key, label=label) for key, label in offered.items()]

    def validate_join_until(self, field: Field) -> None:
        """Whoever comes on the first day must still be let in."""
        self.first_day = min(self.dates(), default=None)
        super().validate_join_until(field)

    def complete(self) -> bool:
        """Whether it is known until when people can join; says so if not."""
        if not self.date_fields() and self.join_until.data is None:
            self.join_until.errors = [_NO_DAYS]
        return not self.errors


def rerun_form(days: Sequence[Day]) -> type[RerunForm]:
    """The form with one date field for each of these days."""
    fields: dict[str, Field] = {
        f"day_{number}": DateField(f"Datum: {day.name}", [Readable(MISSING_DATE)])
        for number, day in enumerate(days, 1)
    }
    if not days:
        fields["begin"] = DateField("Erster Kurstag", [Optional()])
    return type("RerunForm", (RerunForm,), fields)
