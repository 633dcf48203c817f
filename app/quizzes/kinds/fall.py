"""`fall`: a case in stages; a stage's orientation comes after own thoughts were saved.

Fields: `e<n>`, `f-<key>`; `stufe`: the button of which stage was pressed.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

from app.course.blocks.fall import CaseScenario
from app.course.model import Prompt
from app.quizzes import entries
from app.quizzes.entries import Note
from app.quizzes.forms import Form, Read, is_explicit, is_first, read_entries
from app.quizzes.kind import FormField, Kind, shown_body
from app.quizzes.kind_fields import entry_fields
from app.quizzes.learner import Learner
from app.quizzes.values import Body, Saved

_STAGE = re.compile(r"s[0-9]{1,2}")
_EMPTY = "Schreiben Sie zuerst eigene Gedanken auf; ein Stichwort genügt. Dann erscheint die Orientierung."


def _prompts(block: CaseScenario) -> list[Prompt]:
    """Stages are told apart by their titles."""
    return [Prompt(stage.title, stage.prompt.html) for stage in block.stages]


def read(form: Form, block: CaseScenario) -> Read:
    written, errors = read_entries(form, _prompts(block))
    body = {"entries": written}
    if not entries.any_text(body) and is_explicit(form) and is_first(form):
        errors["e0"] = _EMPTY
    stage = form.get("stufe", "")
    anchor = f"{block.id}-{stage}" if _STAGE.fullmatch(stage) else ""
    return Read(body, errors, _done(block, body), anchor)


def _done(block: CaseScenario, body: Body) -> bool:
    """Own thoughts on every stage that has an orientation; without any: some text."""
    written = entries.texts(body)
    needed = [stage.title for stage in block.stages if stage.orientation_html]
    return all(written.get(title) for title in needed) if needed else entries.any_text(body)


def context(block: CaseScenario, saved: Saved | None, learner: Learner, typed: Body | None) -> dict[str, Any]:
    body = shown_body(saved, typed)
    kept = entries.texts(saved.body) if saved else {}
    open_titles = [stage.title for stage in block.stages if not kept.get(stage.title)]
    stages = [
        {
            "entry": entry,
            "orientation_html": stage.orientation_html if kept.get(stage.title) else "",
            "promised": bool(stage.orientation_html) and not kept.get(stage.title),
            "done": bool(kept.get(stage.title)),
            "here": stage.title in open_titles[:1],
        }
        for stage, entry in zip(block.stages, entries.entries(_prompts(block), body), strict=True)
    ]
    return {"stages": stages, "earlier": entries.earlier(_prompts(block), body)}


def notes(block: CaseScenario, body: Body, learner: Learner) -> list[Note]:
    titled = [
        Prompt(stage.title, f"<strong>{escape(stage.title)}</strong> {stage.prompt.html}")
        for stage in block.stages
    ]
    return entries.notes(titled, body)


def fields(block: CaseScenario, body: Body, learner: Learner) -> list[FormField]:
    return entry_fields(_prompts(block), body)


KIND = Kind(CaseScenario, "quizzes/blocks/fall.html", read, context, notes, fields)
