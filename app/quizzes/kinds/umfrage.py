"""`umfrage`: what is answered goes without a name to the others' answers; only "has taken part" is kept with the person.

Fields: `t-<key>`.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from app.course.blocks.umfrage import Survey
from app.course.typed_fields import FieldType
from app.quizzes import tallies, typed
from app.quizzes.entries import Note
from app.quizzes.forms import Errors, Form, Read, in_words, only_real, too_long
from app.quizzes.kind import FormField, Kind, Source, Together
from app.quizzes.learner import Learner
from app.quizzes.sharing import ENOUGH_PEOPLE
from app.quizzes.values import Body, Saved, Viewer

LONGEST = 500
TAKEN: Body = {"taken": True}


def read(form: Form, block: Survey) -> Read:
    values, errors = typed.read_typed(form, block.questions)
    values = {question: value.strip() for question, value in values.items()}
    errors |= _too_long(block, values)
    if block.questions and not any(values.values()):
        first = typed.name_of(block.questions[0])
        errors[first] = (
            "Hier steht noch nichts. Beantworten Sie mindestens eine Frage, und geben Sie dann ab."
        )
    if errors:
        return Read({"entries": typed.as_entries(values)}, errors)
    return Read(TAKEN, done=True, given=tallies.given(block.questions, values))


def _too_long(block: Survey, values: Mapping[str, str]) -> Errors:
    """Texts are short, so that they can be read one after the other. Not for dates, which have an error of their own."""
    return only_real(
        {
            typed.name_of(question): too_long(values[question.prompt.text], LONGEST)
            for question in block.questions
            if question.type in (FieldType.TEXT, FieldType.LINE)
        }
    )


def context(block: Survey, saved: Saved | None, learner: Learner, typed_body: Body | None) -> dict[str, Any]:
    values = typed.values_of(typed_body or {})
    return {
        "taken": saved is not None and typed_body is None and _counted(saved),
        "fields": typed.filled(block.questions, values),
        "longest": LONGEST,
        "enough": in_words(ENOUGH_PEOPLE),
    }


def _counted(saved: Saved) -> bool:
    """Also of somebody who has erased their Lernheft since: what they gave is still counted, and only once."""
    return has_taken_part(saved.body) or saved.done_at is not None


def has_taken_part(body: Body) -> bool:
    return body.get("taken") is True


def notes(block: Survey, body: Body, learner: Learner) -> list[Note]:
    if not has_taken_part(body):
        return []
    return [
        Note(
            escape(block.title or "Umfrage"),
            "Mitgemacht. Was Sie geantwortet haben, steht nirgends bei Ihnen.",
        )
    ]


def fields(block: Survey, body: Body, learner: Learner) -> list[FormField]:
    """Nothing: what was answered is not known any more."""
    return []


def results(block: Survey, tally: Body, viewer: Viewer) -> dict[str, Any]:
    missing, shown = tallies.missing(tally), tallies.published(tally)
    return {
        "people": tally["people"],
        "missing": in_words(missing, "e") if missing else "",
        "one_missing": missing == 1,
        "counted": shown["people"] if shown else 0,
        "step": in_words(tallies.STEP),
        "results": tallies.results(block.questions, shown) if shown else [],
    }


KIND = Kind(
    Survey,
    "quizzes/blocks/umfrage.html",
    read,
    context,
    notes,
    fields,
    assets=("css/procedures.css", "js/survey.js"),
    together=Together("quizzes/together/umfrage.html", results, Source.TALLY, "Ergebnis der Umfrage"),
    nameless=True,
)
