"""Receives what a block's form sends: saved, not valid, or typed on an older version. Nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import jsonify, redirect, request
from flask.typing import ResponseReturnValue

from app.access import Permission
from app.cohorts.loaders import Here, cohort_for
from app.course.model import Block
from app.extensions import transaction
from app.modules.blueprint import bp
from app.modules.reading import Typed, enrolment_of, notebook_of
from app.modules.views import reading
from app.quizzes import reminders, sharing, surveys
from app.quizzes import service as quizzes
from app.quizzes.forms import Read, envelope, is_explicit
from app.quizzes.kinds import kind_of
from app.quizzes.rendering import SmallGroup, block_page, form_values, render_conflict, saved_label
from app.quizzes.values import Conflict, Saved
from app.web.addresses import public_url
from app.web.errors import wants_json
from app.web.gate import gate


# As deep as a page, so that relative links of its text hold when it is shown again after an error.
@bp.post("/kurs/<int:cohort_id>/antwort/zu/<block_id>")
@gate(Permission.LEARN, cohort_for)
def answer(here: Here, cohort_id: int, block_id: str) -> ResponseReturnValue:
    _, page = reading.station_of_block(here, block_id)
    block = next(block for block in page.blocks if block.id == block_id)
    sent, read = envelope(request.form), kind_of(block).read(request.form, block)
    if read.errors:
        return not_valid(here, block, read)
    enrolment_id, zone = enrolment_of(here).id, here.cohort.time_zone
    with transaction():
        outcome = quizzes.record(
            enrolment_id,
            block.id,
            read.body,
            client_id=sent.client_id,
            base_version=sent.base_version,
            done=read.done,
            shared_as=sharing.by_block(block, read),
            once=_counted(cohort_id, block, read),
        )
        _remind(here, block, enrolment_id, outcome)
    if isinstance(outcome, Conflict):
        return conflicting(here, block, outcome)
    return saved_answer(here, block, outcome, read, zone)


@bp.get("/kurs/<int:cohort_id>/antwort/zu/<block_id>")
@gate(Permission.LEARN, cohort_for)
def place(here: Here, cohort_id: int, block_id: str) -> ResponseReturnValue:
    """Who loads the page again after an error comes back to the block."""
    reading.station_of_block(here, block_id)
    return redirect(f"{block_page(here.course, cohort_id, block_id)}#{block_id}", 303)


def _counted(cohort_id: int, block: Block, read: Read) -> Callable[[], None] | None:
    """What is handed over without a name is counted in the same transaction in which its writer has taken part."""
    given = read.given
    return None if given is None else partial(surveys.add, cohort_id, block.id, given)


def _remind(here: Here, block: Block, enrolment_id: int, outcome: Saved | Conflict) -> None:
    """Keep the day on which the writer wants a letter about it; only kinds that ask for one have any."""
    due_on = kind_of(block).due_on
    if due_on and isinstance(outcome, Saved):
        newest = quizzes.answers_of(enrolment_id)[
            block.id
        ]  # a text that is sent again may be overtaken by now
        link = public_url("modules.place", cohort_id=here.cohort.id, block_id=block.id)
        reminders.keep(enrolment_id, block.id, due_on(newest.body), link)


def saved_answer(here: Here, block: Block, saved: Saved, read: Read, zone: str) -> ResponseReturnValue:
    """Back to the block, or for a background save the version it became."""
    if wants_json():
        return jsonify(version=saved.version, saved_at=saved_label(saved, zone))
    page = block_page(here.course, here.cohort.id, block.id)
    return redirect(f"{page}?gespeichert={block.id}#{read.anchor or block.id}", 303)


def not_valid(here: Here, block: Block, read: Read) -> ResponseReturnValue:
    """The page again with what was typed, and what is wrong with it."""
    if wants_json():
        return jsonify(errors=read.errors, explicit=is_explicit(request.form)), 422
    typed = Typed(block.id, read.body, read.errors, envelope(request.form).base_version)
    return reading.show(here, reading.station_of_block(here, block.id), typed)


def conflicting(
    here: Here, block: Block, conflict: Conflict, sheet: SmallGroup | None = None
) -> ResponseReturnValue:
    """Both texts to choose from."""
    known = notebook_of(here).learner
    if not wants_json():
        return render_conflict(block, here, conflict, known, sheet), 409
    fields: dict[str, list[str]] = {}
    for name, value in form_values(block, conflict.current.body, known):
        fields.setdefault(name, []).append(value)
    return jsonify(version=conflict.current.version, fields=fields), 409
