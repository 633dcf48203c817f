"""What an organiser types to declare a criterion fulfilled."""

from __future__ import annotations

import unicodedata
from typing import Any

from wtforms import Field, HiddenField, RadioField, TextAreaField, ValidationError

from app.progress.rules import CRITERIA, Completion
from app.web.forms import Form

REASON_LENGTH = (10, 1000)


def clean(text: str | None) -> str:
    """A text of several lines: normalised, without control characters, trimmed."""
    normal = unicodedata.normalize("NFC", (text or "").replace("\r\n", "\n"))
    return "".join(c for c in normal if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs")).strip()


class OverrideForm(Form):
    """Which criterion counts as fulfilled, and why."""

    criterion = RadioField("Was erkennen Sie an?", validate_choice=False)
    reason = TextAreaField(
        "Begründung",
        filters=[clean],
        description="Die Begründung lesen die Person selbst, ihre Trainer:innen und die Organisation. "
        "Bitte keine Angaben zu Gesundheit oder Familie.",
        render_kw={"rows": 4, "maxlength": REASON_LENGTH[1]},
    )

    def offer(self, completion: Completion) -> bool:
        """Let the person choose among what is still open; False when nothing is."""
        open_ones = [c.key for c in completion.criteria if not c.fulfilled]
        self.criterion.choices = [(key, CRITERIA[key]) for key in open_ones]
        if self.criterion.data not in open_ones:
            self.criterion.data = open_ones[0] if len(open_ones) == 1 else None
        return bool(open_ones)

    def validate_criterion(self, field: Field) -> None:
        if field.data not in CRITERIA:
            raise ValidationError("Bitte wählen Sie, was Sie als erfüllt anerkennen.")

    def validate_reason(self, field: Any) -> None:
        shortest, longest = REASON_LENGTH
        if len(field.data) < shortest:
            raise ValidationError(f"Bitte begründen Sie das in einem Satz, mindestens {shortest} Zeichen.")
        if len(field.data) > longest:
            raise ValidationError(
                f"Die Begründung hat {len(field.data)} Zeichen, möglich sind {longest}. Bitte kürzen Sie sie."
            )


class WithdrawForm(Form):
    """Which declaration is taken back."""

    criterion = HiddenField()
