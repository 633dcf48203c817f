"""Forms of the admission room."""

from __future__ import annotations

from wtforms import BooleanField, Field, HiddenField, StringField, ValidationError
from wtforms.validators import Optional

from app.admission.csv_reading import half_a_name
from app.cohorts import codes
from app.cohorts.forms import CleanPersonName, EmailAddress, OneLine, printable
from app.cohorts.places import Newcomer
from app.web.forms import Form, tidy


class JoinForm(Form):
    name = StringField("Ihr Name, wie er auf der Bescheinigung stehen soll", [CleanPersonName()], [tidy])
    email = StringField("E-Mail-Adresse", [Optional(), EmailAddress()], [tidy])
    funder = StringField("Kostenträger oder Einrichtung", [Optional(), OneLine("den Kostenträger")], [tidy])
    other_person = BooleanField("Ich bin eine andere Person mit demselben Namen")
    form_key = HiddenField()


class CodeForm(Form):
    code = StringField("Code vom Plakat")

    def validate_code(self, field: Field) -> None:
        field.data = printable(field.data or "")
        if not field.data or not codes.normalise(field.data):
            raise ValidationError("Bitte geben Sie den Code vom Plakat ein.")
        if not codes.is_code(codes.normalise(field.data), codes.JOIN_CODE_LENGTH):
            raise ValidationError(
                "Ein Code hat acht Zeichen, zum Beispiel ABCD-2345. "
                "Die Ziffern 0 und 1 und die Buchstaben I, L, O und U kommen nicht vor."
            )


class WaitForm(JoinForm):
    """For the waiting list of a full cohort."""


class PersonForm(Form):
    """Somebody whom an organiser takes in. `asks_about_name`: it looks like half of one."""

    asks_about_name = False
    name = StringField("Vor- und Nachname", [CleanPersonName()], [tidy])
    email = StringField("E-Mail-Adresse", [Optional(), EmailAddress()], [tidy])
    funder = StringField("Kostenträger oder Einrichtung", [Optional(), OneLine("den Kostenträger")], [tidy])
    name_is_right = BooleanField("Der Name stimmt so")
    other_person = BooleanField("Das ist eine andere Person mit demselben Namen")
    form_key = HiddenField()

    def validate_name(self, field: Field) -> None:
        """As in a list: half a name is asked about, once."""
        doubt = "" if self.name_is_right.data else half_a_name(field.data)
        self.asks_about_name = bool(doubt)
        if doubt:
            raise ValidationError(
                f"{doubt} Bitte ergänzen Sie ihn, oder kreuzen Sie an, dass der Name so stimmt."
            )

    def newcomer(self) -> Newcomer:
        return Newcomer(
            name=self.name.data or "",
            email=self.email.data or None,
            funder=self.funder.data or "",
            other_person=bool(self.other_person.data),
            form_key=(self.form_key.data or "")[:200] or None,
        )


class CorrectForm(Form):
    """What is known of a person; `shown` says on what it was typed."""

    name = StringField("Name, wie er auf der Bescheinigung stehen soll", [CleanPersonName()], [tidy])
    email = StringField("E-Mail-Adresse", [Optional(), EmailAddress()], [tidy])
    funder = StringField("Kostenträger oder Einrichtung", [Optional(), OneLine("den Kostenträger")], [tidy])
    shown = HiddenField()


class OwnNameForm(Form):
    name = StringField("Mein Name auf der Bescheinigung", [CleanPersonName()], [tidy])
    other_person = BooleanField("Ich heiße wirklich auch so")
