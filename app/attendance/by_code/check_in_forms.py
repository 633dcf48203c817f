"""Forms of check-in by code and of objections."""

from __future__ import annotations

from typing import Any

from wtforms import Field, HiddenField, RadioField, SelectChoice, StringField, TextAreaField, ValidationError
from wtforms.validators import StopValidation

from app.attendance.by_code.check_in_wording import MISSING, WRONG_FORM
from app.attendance.by_code.codes import LENGTH
from app.attendance.own.objections import LONGEST
from app.cohorts import codes
from app.cohorts.forms import CleanPersonName, printable
from app.cohorts.models import Attendance
from app.cohorts.rules import partial_problem
from app.cohorts.wording import MINUTES, STATES
from app.web.forms import Form, tidy

GRANT, REFUSE, AS_IT_IS = "ja", "nein", "bleibt"
_REFUSED_BUT_CHANGED = (
    "Sie haben „Ablehnen“ und einen neuen Eintrag gewählt; beides zusammen geht nicht. "
    "Bitte geben Sie statt, oder lassen Sie den Eintrag, wie er ist, und das Feld für die Minuten leer."
)


class CheckInCodeForm(Form):
    code = StringField("Code von der Leinwand")

    def validate_code(self, field: Field) -> None:
        field.data = printable(field.data or "")
        if not codes.normalise(field.data):
            raise ValidationError(MISSING)
        if not codes.is_code(codes.normalise(field.data), LENGTH):
            raise ValidationError(WRONG_FORM)


class ClaimForm(Form):
    name = StringField("Ihr Vor- und Nachname", [CleanPersonName()], [tidy])
    form_key = HiddenField()


class Sentence:
    """A text of a few lines that says something, not longer than fits."""

    def __init__(self, missing: str) -> None:
        self.missing = missing

    def __call__(self, form: Any, field: Field) -> None:
        field.data = "\n".join(printable(line) for line in (field.data or "").strip().splitlines())
        if not field.data:
            raise StopValidation(self.missing)
        if len(field.data) > LONGEST:
            raise StopValidation(
                f"Das sind {len(field.data)} Zeichen, möglich sind {LONGEST}. Bitte kürzen Sie."
            )


class ObjectionForm(Form):
    sentence = TextAreaField(
        "Was stimmt nicht?", [Sentence("Bitte schreiben Sie in einem Satz, was nicht stimmt.")]
    )


class DecisionForm(Form):
    """`slot_minutes` is set by the view."""

    slot_minutes = 0
    granted = RadioField(
        "Entscheidung",
        choices=[
            SelectChoice(value=GRANT, label="Stattgeben: Der Eintrag wird geändert"),
            SelectChoice(value=REFUSE, label="Ablehnen: Der Eintrag bleibt"),
        ],
        validate_choice=False,
    )
    state = RadioField(
        "Neuer Eintrag, wenn Sie stattgeben",
        choices=[
            SelectChoice(value=AS_IT_IS, label="bleibt, wie er ist"),
            *(SelectChoice(value=state, label=word) for state, word in STATES.items()),
        ],
        validate_choice=False,
    )
    minutes = StringField("Minuten bei „teilweise“")
    reason = TextAreaField("Begründung", [Sentence("Bitte begründen Sie Ihre Entscheidung in einem Satz.")])

    def validate_granted(self, field: Field) -> None:
        if field.data not in (GRANT, REFUSE):
            raise ValidationError("Bitte wählen Sie, ob Sie stattgeben oder ablehnen.")

    def validate_state(self, field: Field) -> None:
        if self.granted.data == GRANT and field.data not in STATES:
            raise ValidationError("Bitte wählen Sie, was künftig eingetragen sein soll.")
        if self.granted.data == REFUSE and field.data not in (None, "", AS_IT_IS):
            raise ValidationError(_REFUSED_BUT_CHANGED)

    def validate_minutes(self, field: Field) -> None:
        field.data = (field.data or "").strip()
        if self.granted.data == REFUSE and field.data and self.state.data in (None, "", AS_IT_IS):
            raise ValidationError(_REFUSED_BUT_CHANGED)
        if self.granted.data != GRANT or self.state.data != Attendance.PARTIAL:
            return
        number = (
            int(field.data)
            if field.data.isascii() and field.data.isdecimal() and len(field.data) < 7
            else None
        )
        problem = partial_problem(number, self.slot_minutes)
        if problem:
            raise ValidationError(MINUTES[problem].format(minutes=self.slot_minutes))
