"""What a card's form sends back: which state of the card was seen, and whether the term was known."""

from __future__ import annotations

import re
from datetime import date

from wtforms import Field, HiddenField, ValidationError

from app.review.rules import SETTLED, Shown
from app.web.forms import Form


class CardForm(Form):
    """`step` and `due` are hidden and make sending twice harmless; `known` comes from one of the two buttons."""

    step = HiddenField()
    due = HiddenField()
    known = HiddenField()

    def validate_known(self, field: Field) -> None:
        if field.data not in ("ja", "nein"):
            raise ValidationError("Bitte wählen Sie „Gewusst“ oder „Noch nicht“.")

    def seen(self, slug: str) -> Shown:
        """The card as it was shown; what nobody was shown is a card that never comes."""
        step = self.step.data or ""
        return Shown(slug, int(step) if re.fullmatch("[0-9]", step) else SETTLED, _day(self.due.data or ""))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
