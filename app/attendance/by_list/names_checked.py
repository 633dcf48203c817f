"""The name of a walk-in, as a form and as a phone sends it: the same checks, the same sentences."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from wtforms import HiddenField, StringField, ValidationError

from app.cohorts.forms import CleanPersonName
from app.web.forms import Form, PersonName, tidy

_CHECK = PersonName()


def name_problem(name: str) -> str:
    """What is wrong with this name: a sentence, or ""."""
    try:
        _CHECK(None, cast(Any, SimpleNamespace(data=name)))
    except ValidationError as problem:
        return str(problem)
    return ""


class WalkInForm(Form):
    """Somebody who came without being enrolled. `key` is made with the empty form, so that sending twice adds once."""

    name = StringField(
        "Vor- und Nachname", filters=[tidy], validators=[CleanPersonName()], render_kw={"autocomplete": "off"}
    )
    key = HiddenField()
    slot = HiddenField()
