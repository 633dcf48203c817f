"""`reihenfolge`: what comes after what; afterwards it is said which ones belong elsewhere. Fields: `p-<step key>`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from textwrap import shorten as _shorten
from typing import Any

from app.course.blocks.reihenfolge import Ordering, Step
from app.quizzes.entries import Note
from app.quizzes.forms import Errors, Form, Read, whole
from app.quizzes.kind import FormField, Kind
from app.quizzes.learner import Learner
from app.quizzes.shuffling import shuffled
from app.quizzes.values import Body, Saved

shorten = partial(_shorten, width=60, placeholder=" …")


def read(form: Form, block: Ordering) -> Read:
    sent = {step.key: whole(form.get(f"p-{step.key}", ""), len(block.steps)) for step in block.steps}
    places = {key: place for key, place in sent.items() if place}
    errors = _errors(block, places)
    return Read({"places": places}, errors, done=not errors)


def _errors(block: Ordering, places: Mapping[str, int]) -> Errors:
    """What has no place yet, and what shares one."""
    errors: Errors = {}
    holder: dict[int, Step] = {}
    # In the order of their words, so that the order of the messages tells nothing.
    for step in sorted(block.steps, key=lambda step: step.text.casefold()):
        place, name = places.get(step.key), f"p-{step.key}"
        if place is None:
            errors[name] = f"Bitte geben Sie „{shorten(step.text)}“ noch einen Platz."
        elif place in holder:
            errors[name] = (
                f"Platz {place} ist zweimal vergeben, an „{shorten(holder[place].text)}“ und "
                f"„{shorten(step.text)}“. Bitte geben Sie einem davon einen anderen."
            )
        else:
            holder[place] = step
    return errors


def context(block: Ordering, saved: Saved | None, learner: Learner, typed: Body | None) -> dict[str, Any]:
    handed_in = saved is not None and typed is None and _is_whole(block, saved.body)
    if saved and handed_in:
        return _answered(block, saved.body["places"])
    attempt = 0 if saved is None else saved.version
    steps = shuffled(block.steps, learner.enrolment_id, block.id, attempt)
    if steps == list(block.steps):
        steps = [*steps[1:], steps[0]]  # already in order there would be nothing to do
    # Before handing in the template gets nothing that tells where a step belongs.
    plain = [{"key": step.key, "html": step.html, "text": step.text} for step in steps]
    return {"answered": False, "steps": plain, "places": (typed or {}).get("places", {})}


def _answered(block: Ordering, places: Mapping[str, int]) -> dict[str, Any]:
    mine = sorted(block.steps, key=lambda step: places[step.key])
    right = {step.key: number for number, step in enumerate(block.steps, 1)}
    kept = in_line([right[step.key] for step in mine])
    before = dict(zip(block.steps[1:], block.steps, strict=False))
    steps = [
        {
            "html": step.html,
            "fits": right[step.key] in kept,
            "belongs": f"nach „{shorten(before[step].text)}“" if step in before else "an den Anfang",
            "feedback_html": step.feedback_html,
        }
        for step in mine
    ]
    return {"answered": True, "steps": steps, "fits": mine == list(block.steps)}


def in_line(numbers: Sequence[int]) -> set[int]:
    """The largest part of these numbers that is in order already; only the others have to move.

    Who puts the last one first has one thing in the wrong place, not all of them.
    """
    best: list[list[int]] = []
    for index, number in enumerate(numbers):
        earlier = [best[i] for i in range(index) if numbers[i] < number]
        best.append([*_longest(earlier), number])
    return set(_longest(best))


def _longest(found: Sequence[list[int]]) -> list[int]:
    return max(found, key=lambda each: len(each), default=[])


def _is_whole(block: Ordering, body: Body) -> bool:
    """Whether the steps of today all have a place of their own."""
    places = body.get("places", {})
    return sorted(places.get(step.key, 0) for step in block.steps) == list(range(1, len(block.steps) + 1))


def notes(block: Ordering, body: Body, learner: Learner) -> list[Note]:
    lines = [f"{place}. {step.text}" for place, step in _placed(block, body)]
    return [Note(block.prompt.html, "\n".join(lines))] if lines else []


def fields(block: Ordering, body: Body, learner: Learner) -> list[FormField]:
    options = tuple((str(n), f"Platz {n}") for n in range(1, len(block.steps) + 1))
    return [
        FormField(f"p-{step.key}", step.text, str(place), options=options)
        for place, step in _placed(block, body)
    ]


def _placed(block: Ordering, body: Body) -> list[tuple[int, Step]]:
    places = body.get("places", {})
    found = [(places[step.key], step) for step in block.steps if step.key in places]
    return sorted(found, key=lambda each: (each[0], each[1].text))


KIND = Kind(
    Ordering,
    "quizzes/blocks/reihenfolge.html",
    read,
    context,
    notes,
    fields,
    by_attempt=True,
    assets=("css/questions.css", "js/order.js"),
)
