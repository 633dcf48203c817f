"""`gegenueber`: a sheet for one of two sides; laid beside the other once its writer says that it is ready.

Fields: `seite`, `t-<key>` an answer, `d-<key>` a difference to talk about, `zeigen`, `f-<key>` as in freitext.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from app.course.blocks.gegenueber import TwoSides
from app.course.typed_fields import TypedField
from app.quizzes import entries
from app.quizzes.entries import Note
from app.quizzes.forms import (
    TEXT_LENGTH,
    Form,
    Read,
    is_explicit,
    is_first,
    only_real,
    read_entries,
    tidy_text,
    too_long,
)
from app.quizzes.kind import FormField, Kind, Together, shown_body
from app.quizzes.learner import Learner
from app.quizzes.typed import Filled, as_entries, filled, form_fields, read_typed, shown, values_of
from app.quizzes.values import Body, Contribution, Saved, Viewer

READY = "Unsere Seite ist fertig, wir legen beide nebeneinander"
TOPIC = "Darüber sprechen wir"


@dataclass(frozen=True, slots=True)
class Question:
    """A field of one's own sheet with the field for what is to be talked about."""

    answer: Filled
    topic_name: str
    topic: str


def read(form: Form, block: TwoSides) -> Read:
    side = form.get("seite", "") if form.get("seite") in block.sides else ""
    values, errors = read_typed(form, block.fields)
    earlier, long = read_entries(form, ())
    topics = {field.prompt.text: tidy_text(form.get(f"d-{field.key}", "")) for field in block.fields}
    errors |= long | only_real(
        {f"d-{field.key}": too_long(topics[field.prompt.text], TEXT_LENGTH) for field in block.fields}
    )
    body = {
        "side": side,
        "entries": [*as_entries(values), *earlier],
        "topics": as_entries({question: text for question, text in topics.items() if text}),
        "ready": form.get("zeigen") == "ja",
    }
    done = bool(side) and entries.any_text(body)
    if is_explicit(form):
        errors |= _missing(form, block, body)
    return Read(body, errors, done, shared=done and bool(body["ready"]))


def _missing(form: Form, block: TwoSides, body: Body) -> dict[str, str]:
    """What a person must still do before this can be saved on purpose."""
    written = entries.any_text(body)
    if not body["side"] and (written or body["ready"] or is_first(form)):
        return {"seite": f"Bitte wählen Sie Ihre Seite: {' oder '.join(block.sides)}."}
    if body["ready"] and not written:
        first = f"t-{block.fields[0].key}"
        return {
            first: "Hier steht noch nichts. Füllen Sie erst Ihre Seite aus, bevor Sie beide nebeneinanderlegen."
        }
    return {}


def context(block: TwoSides, saved: Saved | None, learner: Learner, typed: Body | None) -> dict[str, Any]:
    body = shown_body(saved, typed)
    topics = values_of(body, "topics")
    return {
        "side": body.get("side", ""),
        "sides": [(side, side) for side in block.sides],
        "ready": bool(body.get("ready")),
        "laid_open": bool(saved and saved.body.get("ready")),
        "questions": [
            Question(each, f"d-{each.field.key}", topics.get(each.field.prompt.text, ""))
            for each in filled(block.fields, values_of(body))
        ],
        "earlier": entries.earlier([field.prompt for field in block.fields], body),
        "ready_words": READY,
        "topic_words": TOPIC,
    }


def notes(block: TwoSides, body: Body, learner: Learner) -> list[Note]:
    side, found = body.get("side", ""), list[Note]()
    values, topics = values_of(body), values_of(body, "topics")
    known = {field.prompt.text: field for field in block.fields}
    for question in dict.fromkeys([*known, *values, *topics]):
        field, text = known.get(question), values.get(question, "")
        html = field.prompt.html if field else escape(question)
        remark = side if field else "frühere Frage"
        found += [Note(html, shown(field, text) if field else text, remark)] if text else []
        found += [Note(html, topics[question], TOPIC)] if topics.get(question) else []
    return found


def fields(block: TwoSides, body: Body, learner: Learner) -> list[FormField]:
    sides = (("", "noch keine"), *((side, side) for side in block.sides))
    found = [FormField("seite", "Ihre Seite", body.get("side", ""), options=sides)]
    found += form_fields(block.fields, values_of(body))
    topics = values_of(body, "topics")
    for field in block.fields:
        label = f"{TOPIC}: {field.prompt.text}"
        found.append(FormField(f"d-{field.key}", label, topics.get(field.prompt.text, ""), long=True))
    for entry in entries.earlier([field.prompt for field in block.fields], body):
        found.append(FormField(f"{entry.name}-q", "", entry.question, hidden=True))
        found.append(FormField(entry.name, f"Frühere Frage: {entry.question}", entry.text, long=True))
    ticks = (("", "noch nicht nebeneinanderlegen"), ("ja", READY))
    return [
        *found,
        FormField("zeigen", "Nebeneinanderlegen", "ja" if body.get("ready") else "", options=ticks),
    ]


def together(block: TwoSides, written: Sequence[Contribution], viewer: Viewer) -> dict[str, Any]:
    """Both sides beside each other, without names; for who has laid down a sheet of their own, and for staff."""
    open_sheets = [
        each for each in written if each.body.get("side") in block.sides and each.body.get("ready")
    ]
    mine = any(each.enrolment_id == viewer.enrolment_id for each in open_sheets)
    if not (mine or viewer.staff):
        return {"may_see": False, "sides": [], "rows": []}
    bodies = [
        (side, [each.body for each in open_sheets if each.body["side"] == side]) for side in block.sides
    ]
    return {
        "may_see": True,
        "sides": [(side, len(found)) for side, found in bodies],
        "rows": [
            {
                "html": field.prompt.html,
                "answers": [(side, _texts(field, found, "entries")) for side, found in bodies],
                "topics": _texts(field, [body for _, found in bodies for body in found], "topics"),
            }
            for field in block.fields
        ],
    }


def _texts(field: TypedField, bodies: Iterable[Body], key: str) -> list[str]:
    """What was written, sorted so that the order tells nothing of the writers."""
    found = (values_of(body, key).get(field.prompt.text, "") for body in bodies)
    return sorted(
        (shown(field, text) if key == "entries" else text for text in found if text), key=str.casefold
    )


KIND = Kind(
    TwoSides,
    "quizzes/blocks/gegenueber.html",
    read,
    context,
    notes,
    fields,
    assets=("css/boards.css",),
    together=Together("quizzes/together/gegenueber.html", together),
)
