"""`lernfragen`: the learner's own opening questions. Fields: `q-<id>`, `last`; on the id hangs the thread."""

from __future__ import annotations

from typing import Any

from app.course.blocks.lernfragen import OpeningQuestions
from app.quizzes.entries import Note
from app.quizzes.forms import (
    LINE_LENGTH,
    Form,
    Read,
    in_words,
    is_explicit,
    is_first,
    last_number,
    read_items,
    rows,
    wanted,
)
from app.quizzes.kind import FormField, Kind, shown_body
from app.quizzes.learner import STATES, Learner, item_id
from app.quizzes.values import Body, Saved


def read(form: Form, block: OpeningQuestions) -> Read:
    items, errors = read_items(form, "q", LINE_LENGTH)
    if is_explicit(form) and is_first(form) and len(items) < block.minimum:
        errors["q"] = f"Bitte notieren Sie mindestens {in_words(block.minimum, 'e')} {_noun(block.minimum)}."
    if len(items) > block.maximum:
        errors[f"q-{items[block.maximum]['id']}"] = (
            f"Hier ist Platz für {in_words(block.maximum, 'e')} "
            f"{_noun(block.maximum)}. Bitte streichen Sie {in_words(len(items) - block.maximum, 'e')}."
        )
    body = {"items": items, "last": last_number(form, items)}
    return Read(body, errors, done=len(items) >= max(block.minimum, 1))


def _noun(count: int) -> str:
    return "Frage" if count == 1 else "Fragen"


def context(
    block: OpeningQuestions, saved: Saved | None, learner: Learner, typed: Body | None
) -> dict[str, Any]:
    body = shown_body(saved, typed)
    items, last = body.get("items", []), body.get("last", 0)
    asked = wanted(block.minimum, block.maximum, _noun(block.maximum), "e")
    return {"rows": rows(items, last, max(0, block.maximum - len(items))), "last": last, "wanted": asked}


def notes(block: OpeningQuestions, body: Body, learner: Learner) -> list[Note]:
    states = {question.id: STATES[question.state] for question in learner.opening_questions}
    return [
        Note(block.prompt.html, item["text"], states.get(item_id(block.id, item), ""))
        for item in body.get("items", ())
    ]


def fields(block: OpeningQuestions, body: Body, learner: Learner) -> list[FormField]:
    items = body.get("items", ())
    return [
        FormField("last", "", str(body.get("last", 0)), hidden=True),
        *(FormField(f"q-{item['id']}", "Ihre Frage", item["text"]) for item in items),
    ]


KIND = Kind(OpeningQuestions, "quizzes/blocks/lernfragen.html", read, context, notes, fields)
