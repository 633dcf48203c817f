"""What an organiser types to correct a certificate."""

from __future__ import annotations

import unicodedata
from typing import Any

from wtforms import BooleanField, StringField, TextAreaField, ValidationError

from app.web.forms import Form, PersonName, tidy

REASON_LENGTH = (10, 1000)
_ROWS = {"rows": 3, "maxlength": REASON_LENGTH[1], "required": True}


def clean(text: str | None) -> str:
    """A text of several lines: normalised, without control characters, trimmed."""
    normal = unicodedata.normalize("NFC", (text or "").replace("\r\n", "\n"))
    return "".join(c for c in normal if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs")).strip()


def visible(text: str | None) -> str:
    """What a page can show of a refused text: HTML has no place for control characters."""
    return "".join(c for c in text or "" if unicodedata.category(c) not in ("Cc", "Cs"))


class _WithReason(Form):
    reason = TextAreaField(
        "Begründung",
        filters=[clean],
        description="Sie bleibt im Register der Organisation und steht nicht auf der Prüfseite.",
        render_kw=_ROWS,
    )

    def validate_reason(self, field: Any) -> None:
        shortest, longest = REASON_LENGTH
        if len(field.data) < shortest:
            raise ValidationError(f"Bitte begründen Sie das in einem Satz, mindestens {shortest} Zeichen.")
        if len(field.data) > longest:
            raise ValidationError(
                f"Die Begründung hat {len(field.data)} Zeichen, möglich sind {longest}. Bitte kürzen Sie sie."
            )


class ReplaceForm(_WithReason):
    """The name as it shall stand on the new certificate."""

    name = StringField(
        "Name auf der neuen Bescheinigung",
        filters=[tidy],
        validators=[PersonName()],
        render_kw={"autocomplete": "off", "required": True},
    )
    fresh = BooleanField(
        "Auch besuchte UE und Kursangaben neu übernehmen",
        description="Sonst bleibt alles außer dem Namen, wie es bescheinigt wurde.",
    )


class RevokeForm(_WithReason):
    """Why the certificate no longer counts; a box besides, because nothing brings it back."""

    sure = BooleanField("Ich widerrufe endgültig")

    def validate_sure(self, field: Any) -> None:
        if not field.data:
            raise ValidationError("Bitte kreuzen Sie das an: Ein Widerruf lässt sich nicht zurücknehmen.")
