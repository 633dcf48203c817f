"""`ablauf`: the steps of a procedure, and what one writes down afterwards. Fields: `e<n>`, `f-<key>`, `mitgemacht`.

How far a run is stands in `procedures`; it belongs to several people and is no part of anybody's answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

from app.course.blocks.ablauf import Procedure, Step
from app.quizzes import entries
from app.quizzes.entries import Note
from app.quizzes.forms import Form, Read, is_explicit, is_first, read_entries
from app.quizzes.kind import FormField, Kind, shown_body
from app.quizzes.kind_fields import entry_fields
from app.quizzes.learner import Learner
from app.quizzes.values import Body, Saved

TICK = "Ablauf mitgemacht"


@dataclass(frozen=True, slots=True)
class TimedStep:
    """A step with the minutes, counted from the beginning, at which it begins and ends; None where no time is set."""

    step: Step
    begins: int | None
    ends: int | None


def read(form: Form, block: Procedure) -> Read:
    written, errors = read_entries(form, block.prompts)
    body: Body = {"entries": written, "taken_part": form.get("mitgemacht") == "ja"}
    done = is_done(body)
    if not done and is_explicit(form) and is_first(form):
        nothing = f"Schreiben Sie etwas auf, oder kreuzen Sie „{TICK}“ an."
        errors["mitgemacht"] = (
            f"Hier steht noch nichts. {nothing}" if block.prompts else f"Bitte kreuzen Sie „{TICK}“ an."
        )
    return Read(body, errors, done)


def is_done(body: Body) -> bool:
    return body.get("taken_part") is True or entries.any_text(body)


def context(block: Procedure, saved: Saved | None, learner: Learner, typed: Body | None) -> dict[str, Any]:
    body = shown_body(saved, typed)
    return {
        "entries": entries.entries(block.prompts, body),
        "earlier": entries.earlier(block.prompts, body),
        "taken_part": body.get("taken_part") is True,
        "tick": TICK,
        "timetable": timetable(block),
    }


def timetable(block: Procedure) -> list[TimedStep]:
    """The steps with their times. After a step without a time nobody knows when the next one begins."""
    found: list[TimedStep] = []
    at: int | None = 0
    for step in block.steps:
        ends = at + step.minutes if at is not None and step.minutes else None
        found.append(TimedStep(step, at, ends))
        at = ends
    return found


def notes(block: Procedure, body: Body, learner: Learner) -> list[Note]:
    written = entries.notes(block.prompts, body)
    took_part = Note(escape(block.title or "Ablauf"), f"{TICK}.")
    return [took_part, *written] if body.get("taken_part") is True else written


def fields(block: Procedure, body: Body, learner: Learner) -> list[FormField]:
    ticked = "ja" if body.get("taken_part") is True else ""
    tick = FormField("mitgemacht", TICK, ticked, options=(("", "nein"), ("ja", "ja")))
    return [*entry_fields(block.prompts, body), tick]


KIND = Kind(
    Procedure,
    "quizzes/blocks/ablauf.html",
    read,
    context,
    notes,
    fields,
    assets=("css/procedures.css", "js/procedure.js"),
)
