"""`vorsatz`: an if-then sentence with a day, and a letter on that day if one wants it.

Fields: `wenn`, `dann`, `t-tag`, `erinnern`. Body: {"if", "then", "day", "remind"}.
"""

from __future__ import annotations

import re
from datetime import date
from html import escape
from typing import Any

from app import clock
from app.course.blocks.vorsatz import Resolution
from app.course.model import Prompt
from app.course.typed_fields import FieldType, TypedField
from app.quizzes.entries import Note
from app.quizzes.forms import TEXT_LENGTH, Form, Read, is_explicit, is_first, only_real, tidy_text, too_long
from app.quizzes.kind import FormField, Kind, shown_body
from app.quizzes.learner import Learner
from app.quizzes.typed import Filled, name_of, read_typed, shown
from app.quizzes.values import Body, Saved

_DAY = TypedField("tag", Prompt("Bis wann?", "Bis wann?"), FieldType.DATE)
_REMIND = (("", "nein"), ("ja", "ja"))
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def read(form: Form, block: Resolution) -> Read:
    days, no_day = read_typed(form, (_DAY,))
    day = days[_DAY.prompt.text]
    body: Body = {
        "if": tidy_text(form.get("wenn", "")),
        "then": tidy_text(form.get("dann", "")),
        "day": day,
        "remind": form.get("erinnern") == "ja",
    }
    long = {"wenn": too_long(body["if"], TEXT_LENGTH), "dann": too_long(body["then"], TEXT_LENGTH)}
    errors = only_real(long) | no_day
    done = bool(body["if"] or body["then"])
    if is_explicit(form):
        if not done and is_first(form):
            errors["wenn"] = "Hier steht noch nichts. Ein kleiner Schritt genügt."
        if body["remind"] and not day:
            errors[name_of(_DAY)] = (
                "Für eine Erinnerung fehlt der Tag. Wählen Sie einen, oder nehmen Sie den Haken weg."
            )
    return Read(body, errors, done)


def context(block: Resolution, saved: Saved | None, learner: Learner, typed: Body | None) -> dict[str, Any]:
    body = shown_body(saved, typed)
    kept = saved.body if saved else {}
    due = due_on(kept)
    return {
        "if_text": body.get("if", ""),
        "then_text": body.get("then", ""),
        "day": Filled(_DAY, name_of(_DAY), body.get("day", "")),
        "remind": bool(body.get("remind")),
        "sentence": sentence(kept),
        "due": shown(_DAY, due.isoformat()) if due else "",
        "is_over": bool(due and due < clock.today()),
        "is_ahead": bool(due and due > clock.today()),
        "closing_html": block.closing_html if kept.get("if") or kept.get("then") else "",
    }


def due_on(body: Body) -> date | None:
    """The day on which somebody wants a letter about what they resolved."""
    found = body.get("day", "")
    wanted = body.get("remind") and _ISO.fullmatch(found) and (body.get("if") or body.get("then"))
    return date.fromisoformat(found) if wanted else None


def sentence(body: Body) -> str:
    """Both halves as one sentence, whether or not they were begun with the words that stand there anyway."""
    condition, step = (
        re.sub(rf"^\s*{word}\b[\s,]*", "", " ".join(body.get(key, "").split()), flags=re.IGNORECASE).strip(
            " ,…"
        )
        for key, word in (("if", "wenn"), ("then", "dann"))
    )
    if not (condition and step):
        return ""
    end = "" if step.endswith((".", "!", "?")) else "."
    return f"Wenn {condition.rstrip('.')}, dann {step}{end}"


def notes(block: Resolution, body: Body, learner: Learner) -> list[Note]:
    whole = sentence(body)
    day = f"bis {shown(_DAY, body['day'])}" if body.get("day") else ""
    question = block.intro_html or escape(block.title)
    if whole:
        return [Note(question, whole, day)]
    halves = [f"{word} {body[key]}" for word, key in (("Wenn …", "if"), ("Dann …", "then")) if body.get(key)]
    return [Note(question, "\n".join(halves), day)] if halves or day else []


def fields(block: Resolution, body: Body, learner: Learner) -> list[FormField]:
    return [
        FormField("wenn", "Wenn …", body.get("if", ""), long=True),
        FormField("dann", "dann …", body.get("then", ""), long=True),
        FormField(name_of(_DAY), _DAY.prompt.text, body.get("day", "")),
        FormField(
            "erinnern", "Mich an diesem Tag erinnern", "ja" if body.get("remind") else "", options=_REMIND
        ),
    ]


KIND = Kind(
    Resolution,
    "quizzes/blocks/vorsatz.html",
    read,
    context,
    notes,
    fields,
    assets=("css/sheets.css", "js/sheets.js"),
    due_on=due_on,
)
