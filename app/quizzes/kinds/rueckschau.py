"""`rueckschau`: what became of one's wishes, and everything one takes along.

Fields: `s-<wish>` state and `w-<wish>` text of a wish, `e<n>`, `f-<key>`. Body: {"wishes": [{"id", "text", "state"}],
"entries"}. A wish keeps its text here, so that nothing is lost when it is struck out where it was written down.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from app.course.blocks.rueckschau import Review
from app.quizzes import entries
from app.quizzes.entries import Note
from app.quizzes.forms import LINE_LENGTH, Form, Read, is_explicit, is_first, read_entries, tidy_line
from app.quizzes.harvest import Step
from app.quizzes.kind import FormField, Kind, shown_body
from app.quizzes.kind_fields import entry_fields
from app.quizzes.kinds import kind_of
from app.quizzes.learner import STATES, WISH_STATES, Learner
from app.quizzes.values import Body, Saved

_WISH = re.compile(r"s-([a-z][a-z0-9-]{0,79}_a[1-9][0-9]{0,4})")
_MOST_WISHES = 50


def read(form: Form, block: Review) -> Read:
    written, errors = read_entries(form, block.prompts)
    body: Body = {"wishes": _wishes(form), "entries": written}
    done = bool(body["wishes"]) or entries.any_text(body)
    if not done and is_explicit(form) and is_first(form):
        errors["e0"] = (
            "Hier steht noch nichts. Kennzeichnen Sie einen Wunsch, oder schreiben Sie ein Stichwort."
        )
    return Read(body, errors, done)


def _wishes(form: Form) -> list[dict[str, str]]:
    """The wishes of which something was said, with their texts."""
    said = [found[1] for found in map(_WISH.fullmatch, form) if found and form[found[0]] in WISH_STATES]
    return [
        {"id": name, "text": tidy_line(form.get(f"w-{name}", ""))[:LINE_LENGTH], "state": form[f"s-{name}"]}
        for name in sorted(said)[:_MOST_WISHES]
    ]


def context(block: Review, saved: Saved | None, learner: Learner, typed: Body | None) -> dict[str, Any]:
    body = shown_body(saved, typed)
    return {
        "wishes": _marked(body, learner),
        "wish_states": tuple(WISH_STATES.items()),
        "entries": entries.entries(block.prompts, body),
        "earlier": entries.earlier(block.prompts, body),
        "learner": learner,
        "states": STATES,
        "insights": _insights(learner),
        "steps": list(_steps(learner)),
    }


def _marked(body: Body, learner: Learner) -> list[dict[str, Any]]:
    """The wishes with what was said of them here; those that were struck out since come last."""
    said = {wish["id"]: wish for wish in body.get("wishes", ())}
    found = [
        {"id": wish.id, "text": wish.text, "state": said.get(wish.id, {}).get("state", ""), "struck": False}
        for wish in learner.wishes
    ]
    return found + [wish | {"struck": True} for wish in _struck(body, learner)]


def _struck(body: Body, learner: Learner) -> list[dict[str, str]]:
    known = {wish.id for wish in learner.wishes}
    return [wish for wish in body.get("wishes", ()) if wish["id"] not in known]


def _insights(learner: Learner) -> list[tuple[str, list[Any]]]:
    """What was written at Lernstopps, by place."""
    places: dict[str, tuple[str, list[Any]]] = {}
    for insight in learner.insights:
        places.setdefault(insight.block_id, (insight.where_title, []))[1].append(insight)
    return list(places.values())


def _steps(learner: Learner) -> Iterator[tuple[Step, Note]]:
    """Every first step as its own kind says it: the sentence, and the day as a remark."""
    for step in learner.steps:
        found = learner.course.find_block(step.block_id)
        for note in kind_of(found[1]).notes(found[1], step.body, learner) if found else ():
            yield step, note


def notes(block: Review, body: Body, learner: Learner) -> list[Note]:
    current = {wish.id: wish.text for wish in learner.wishes}
    found = []
    for wish in body.get("wishes", ()):
        struck = wish["id"] not in current
        question = "Ein Wunsch, den Sie inzwischen gestrichen haben" if struck else "Ihr Wunsch"
        found.append(Note(question, current.get(wish["id"], wish["text"]), WISH_STATES[wish["state"]]))
    return found + entries.notes(block.prompts, body)


def fields(block: Review, body: Body, learner: Learner) -> list[FormField]:
    options = (("", "noch nichts gewählt"), *WISH_STATES.items())
    found: list[FormField] = []
    for wish in _marked(body, learner):
        found.append(FormField(f"w-{wish['id']}", "", wish["text"], hidden=True))
        found.append(FormField(f"s-{wish['id']}", f"Wunsch „{wish['text']}“", wish["state"], options=options))
    return found + entry_fields(block.prompts, body)


KIND = Kind(
    Review, "quizzes/blocks/rueckschau.html", read, context, notes, fields, assets=("css/review.css",)
)
