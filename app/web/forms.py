"""The base of all forms, and the checks that several of them share. Messages are German sentences."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, ValidationError

NAME_LENGTH = (2, 120)


class Form(FlaskForm):
    """A form with our token and German messages. CSRF failures are answered by `web.errors`, nothing typed is lost."""

    class Meta(FlaskForm.Meta):
        locales = ["de"]


def tidy(text: str | None) -> str:
    """One line: normalised, blanks collapsed. Control characters are left for the validator to name."""
    return re.sub(r"[ \t\u00a0]+", " ", unicodedata.normalize("NFC", text or "")).strip()


class PersonName:
    """A name as it shall stand on a certificate: 2 to 120 characters, any script, no control characters."""

    def __call__(self, form: Any, field: Field) -> None:
        name = field.data or ""
        shortest, longest = NAME_LENGTH
        if any(
            unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
            and character not in "\u200c\u200d"
            for character in name
        ):
            raise ValidationError("Der Name enthält unsichtbare Steuerzeichen. Bitte tippen Sie ihn neu ein.")
        if len(name) < shortest:
            raise ValidationError("Bitte geben Sie Vor- und Nachnamen an, mindestens zwei Zeichen.")
        if len(name) > longest:
            raise ValidationError(
                f"Der Name hat {len(name)} Zeichen, auf die Bescheinigung passen {longest}. Bitte kürzen Sie ihn."
            )
        if not any(character.isalpha() for character in name):
            raise ValidationError("Der Name enthält keinen Buchstaben. Bitte prüfen Sie Ihre Eingabe.")
