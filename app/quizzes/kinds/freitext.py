"""`freitext`: texts of one's own; the text to compare with comes after them. Fields: `e<n>`, `f-<key>`."""

from __future__ import annotations

from typing import Any

from app.course.blocks.freitext import FreeText
from app.quizzes import entries, word_hints
from app.quizzes.entries import Note
from app.quizzes.forms import Form, Read, is_explicit, is_first, read_entries
from app.quizzes.kind import FormField, Kind, shown_body
from app.quizzes.kind_fields import entry_fields
from app.quizzes.learner import Learner
from app.quizzes.values import Body, Saved


def read(form: Form, block: FreeText) -> Read:
    written, errors = read_entries(form, block.prompts)
    body = {"entries": written}
    done = entries.any_text(body)
    if not done and is_explicit(form) and is_first(form):
        errors["e0"] = "Hier steht noch nichts. Ein Satz oder ein Stichwort genügt."
    return Read(body, errors, done)


def context(block: FreeText, saved: Saved | None, learner: Learner, typed: Body | None) -> dict[str, Any]:
    body = shown_body(saved, typed)
    may_compare = saved is not None and entries.any_text(saved.body)
    return {
        "entries": entries.entries(block.prompts, body),
        "earlier": entries.earlier(block.prompts, body),
        "comparison_html": block.comparison_html if may_compare else "",
        "found_words": _found_words(block, saved.body) if saved else [],
    }


def _found_words(block: FreeText, body: Body) -> list[str]:
    """Which of the words to look for stand in what was saved, as they were written there."""
    asked = {prompt.text for prompt in block.prompts}
    written = [text for question, text in entries.texts(body).items() if question in asked]
    return word_hints.found("\n".join(written), block.hint_words)


def notes(block: FreeText, body: Body, learner: Learner) -> list[Note]:
    return entries.notes(block.prompts, body)


def fields(block: FreeText, body: Body, learner: Learner) -> list[FormField]:
    return entry_fields(block.prompts, body)


KIND = Kind(
    FreeText,
    "quizzes/blocks/freitext.html",
    read,
    context,
    notes,
    fields,
    assets=("css/sheets.css", "js/sheets.js"),
)
