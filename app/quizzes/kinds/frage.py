"""`frage`: a question with one or several right options; every choice is explained afterwards. Field: `o`."""

from __future__ import annotations

from typing import Any

from app.course.blocks.frage import Question
from app.quizzes.entries import Note
from app.quizzes.forms import Form, Read
from app.quizzes.kind import FormField, Kind
from app.quizzes.learner import Learner
from app.quizzes.shuffling import shuffled
from app.quizzes.values import Body, Saved


def read(form: Form, block: Question) -> Read:
    sent = set(form.getlist("o"))
    chosen = [option.key for option in block.options if option.key in sent]
    if not block.several:
        chosen = chosen[:1]
    ask = f"Bitte wählen Sie {'mindestens ' if block.several else ''}eine Antwort aus."
    return Read({"chosen": chosen}, {} if chosen else {"o": ask}, done=bool(chosen))


def context(block: Question, saved: Saved | None, learner: Learner, typed: Body | None) -> dict[str, Any]:
    handed_in = _known(block, saved.body) if saved and typed is None else []
    attempt = 0 if saved is None else saved.version - (1 if handed_in else 0)
    options = shuffled(block.options, learner.enrolment_id, block.id, attempt)
    if handed_in:
        fits = all(option.right == (option.key in handed_in) for option in options)
        return {"answered": True, "chosen": handed_in, "options": options, "fits": fits}
    # Before handing in the template gets nothing that tells what is right.
    plain = [{"key": option.key, "html": option.html} for option in options]
    chosen = _known(block, typed or {})
    return {"answered": False, "chosen": chosen, "options": plain, "several": block.several}


def _known(block: Question, body: Body) -> list[str]:
    """What was chosen, as far as it is still offered."""
    chosen = body.get("chosen", ())
    return [option.key for option in block.options if option.key in chosen]


def notes(block: Question, body: Body, learner: Learner) -> list[Note]:
    chosen = [option.text for option in block.options if option.key in body.get("chosen", ())]
    return [Note(block.prompt.html, "\n".join(chosen))] if chosen else []


def fields(block: Question, body: Body, learner: Learner) -> list[FormField]:
    labels = tuple((option.key, option.text) for option in block.options)
    return [FormField("o", "Ihre Wahl", key, options=labels) for key in _known(block, body)]


KIND = Kind(Question, "quizzes/blocks/frage.html", read, context, notes, fields, by_attempt=True)
