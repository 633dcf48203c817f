"""What a small group does on its phones: join by code, save the common sheet, look what the others wrote."""

from __future__ import annotations

from flask import abort, flash, jsonify, make_response, redirect, request
from flask.typing import ResponseReturnValue

from app.access import Permission
from app.cohorts.loaders import Here, cohort_for
from app.course.model import Block
from app.extensions import transaction
from app.groups import service as groups
from app.groups import sheets
from app.modules.blueprint import bp
from app.modules.reading import Typed, enrolment_of, notebook_of
from app.modules.teamwork import Refused, Team, team_at
from app.modules.views import answers, reading
from app.quizzes.forms import Read, envelope
from app.quizzes.kinds import kind_of
from app.quizzes.rendering import block_page, form_values
from app.quizzes.values import Conflict
from app.web.errors import wants_json
from app.web.gate import gate

_REPLACED = (
    "Während Sie geschrieben haben, wurden die Gruppen neu gebildet. Ihr Text steht hier und ist noch nicht gespeichert. "
    "Speichern Sie ihn, wenn er bleiben soll, wo Sie jetzt sind."
)
_WROTE = (
    "In Ihrer Gruppe hat inzwischen jemand geschrieben. Bitte geben Sie den Code Ihrer richtigen Gruppe ein, "
    "oder bitten Sie Ihre Trainer:in, Sie umzusetzen."
)


@bp.post("/kurs/<int:cohort_id>/gruppe/beitreten/<block_id>")
@gate(Permission.LEARN, cohort_for)
def join_group(here: Here, cohort_id: int, block_id: str) -> ResponseReturnValue:
    block, _ = _block(here, block_id)
    station = reading.station_of_block(here, block_id)
    enrolment_id = enrolment_of(here).id
    with transaction():
        joined = groups.join(cohort_id, station[0], request.form.get("code", ""), enrolment_id)
    if joined is None:
        typed = request.form.get("code", "").strip()[:20]
        return reading.show(here, station, refused=Refused(block_id, _no_such(typed), typed))
    flash(f"Sie sind jetzt in {joined.name}.", "erfolg")
    return _to_block(here, block)


@bp.post("/kurs/<int:cohort_id>/gruppe/verlassen/<block_id>")
@gate(Permission.LEARN, cohort_for)
def leave_group(here: Here, cohort_id: int, block_id: str) -> ResponseReturnValue:
    """Out of a group that has not written yet; into no other."""
    block, _ = _block(here, block_id)
    station = reading.station_of_block(here, block_id)
    enrolment_id = enrolment_of(here).id
    with transaction():
        left = groups.leave(cohort_id, station[0], enrolment_id)
    if not left:
        return reading.show(here, station, refused=Refused(block_id, _WROTE))
    flash("Sie sind in keiner Gruppe mehr und schreiben wieder für sich.", "erfolg")
    return _to_block(here, block)


@bp.get("/kurs/<int:cohort_id>/gruppe/beitreten/<block_id>")
@bp.get("/kurs/<int:cohort_id>/gruppe/verlassen/<block_id>")
@gate(Permission.LEARN, cohort_for)
def group_place(here: Here, cohort_id: int, block_id: str) -> ResponseReturnValue:
    """Who loads the page again after a wrong code comes back to the block."""
    return _to_block(here, _block(here, block_id)[0])


# As deep as a page, so that relative links of its text hold when it is shown again after an error.
@bp.post("/kurs/<int:cohort_id>/gruppe/<int:group_id>/<block_id>")
@gate(Permission.LEARN, cohort_for)
def answer_in_group(here: Here, cohort_id: int, group_id: int, block_id: str) -> ResponseReturnValue:
    block, team = _ours(here, group_id, block_id)
    sent, read = envelope(request.form), kind_of(block).read(request.form, block)
    if read.errors:
        return answers.not_valid(here, block, read)
    zone = here.cohort.time_zone
    try:
        with transaction():
            outcome = sheets.record(
                group_id,
                block_id,
                read.body,
                client_id=sent.client_id,
                base_version=sent.base_version,
                done=read.done,
            )
    except sheets.GroupGone:
        return _gone(here, block, read)
    if isinstance(outcome, Conflict):
        return answers.conflicting(here, block, outcome, team.sheet(here, block))
    return answers.saved_answer(here, block, outcome, read, zone)


@bp.get("/kurs/<int:cohort_id>/gruppe/<int:group_id>/<block_id>")
@gate(Permission.LEARN, cohort_for)
def group_sheet(here: Here, cohort_id: int, group_id: int, block_id: str) -> ResponseReturnValue:
    """The sheet as it is now, for the script that keeps all phones of the group alike."""
    block, team = _ours(here, group_id, block_id)
    saved = team.saved(block)
    if request.accept_mimetypes.best != "application/json":
        return redirect(f"{block_page(here.course, cohort_id, block_id)}#{block_id}", 303)
    version = saved.version if saved else 0
    if request.args.get("version", type=int) == version:
        return jsonify(version=version, fields=None)
    fields: dict[str, list[str]] = {}
    for name, value in form_values(block, saved.body if saved else {}, notebook_of(here).learner):
        fields.setdefault(name, []).append(value)
    return jsonify(version=version, fields=fields)


def _gone(here: Here, block: Block, read: Read) -> ResponseReturnValue:
    """The text in the form that the person has now. Base version 0: if something stands there, both are shown."""
    if wants_json():
        abort(
            404
        )  # the script says that one may be in another group by now, and keeps the text on the device
    (first, _), *_ = [*form_values(block, read.body, notebook_of(here).learner), ("", "")]
    typed = Typed(block.id, read.body, {first: _REPLACED}, base_version=0)
    shown = make_response(reading.show(here, reading.station_of_block(here, block.id), typed))
    shown.status_code = 409
    return shown


def _no_such(typed: str) -> str:
    if not typed:
        return "Bitte geben Sie den Code Ihrer Gruppe ein. Die anderen in Ihrer Gruppe sehen ihn an dieser Stelle."
    return f"Eine Gruppe mit dem Code „{typed}“ gibt es hier nicht. Bitte fragen Sie in Ihrer Gruppe nach."


def _to_block(here: Here, block: Block) -> ResponseReturnValue:
    return redirect(f"{block_page(here.course, here.cohort.id, block.id)}#{block.id}", 303)


def _block(here: Here, block_id: str) -> tuple[Block, Team]:
    """A block that small groups work at, and the person's group there; anything else is 404."""
    _, page = reading.station_of_block(here, block_id)
    block = next(block for block in page.blocks if block.id == block_id)
    if not groups.gathers(block):
        abort(404)
    return block, team_at(here, page)


def _ours(here: Here, group_id: int, block_id: str) -> tuple[Block, Team]:
    """The same for a sheet of this very group; who is in no group or another one meets 404."""
    block, team = _block(here, block_id)
    if team.mine is None or team.mine.group.id != group_id or not block.group_work:
        abort(404)
    return block, team
