"""What a small group does on its phones: join by code, save the common sheet, look what the others wrote."""

from __future__ import annotations

from flask import abort, flash, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from app.access import Permission
from app.cohorts.loaders import Here, cohort_for
from app.course.model import Block
from app.extensions import transaction
from app.groups import service as groups
from app.groups import sheets
from app.modules.blueprint import bp
from app.modules.reading import enrolment_of, notebook_of
from app.modules.teamwork import Team, team_at
from app.modules.views import answers, reading
from app.quizzes.forms import envelope
from app.quizzes.kinds import kind_of
from app.quizzes.rendering import block_page, form_values
from app.quizzes.values import Conflict
from app.web.gate import gate


@bp.post("/kurs/<int:cohort_id>/gruppe/beitreten/<block_id>")
@gate(Permission.LEARN, cohort_for)
def join_group(here: Here, cohort_id: int, block_id: str) -> ResponseReturnValue:
    block, _ = _block(here, block_id)
    station, _ = reading.station_of_block(here, block_id)
    enrolment_id = enrolment_of(here).id
    page = block_page(here.course, cohort_id, block.id)
    with transaction():
        joined = groups.join(cohort_id, station, request.form.get("code", ""), enrolment_id)
    if joined:
        flash(f"Sie sind jetzt in {joined.name}.", "erfolg")
    else:
        typed = request.form.get("code", "").strip()[:20]
        flash(
            f"Eine Gruppe mit dem Code „{typed}“ gibt es hier nicht. Bitte fragen Sie in Ihrer Gruppe nach.",
            "fehler",
        )
    return redirect(f"{page}#{block.id}", 303)


# As deep as a page, so that relative links of its text hold when it is shown again after an error.
@bp.post("/kurs/<int:cohort_id>/gruppe/<int:group_id>/<block_id>")
@gate(Permission.LEARN, cohort_for)
def answer_in_group(here: Here, cohort_id: int, group_id: int, block_id: str) -> ResponseReturnValue:
    block, team = _ours(here, group_id, block_id)
    sent, read = envelope(request.form), kind_of(block).read(request.form, block)
    if read.errors:
        return answers.not_valid(here, block, read)
    zone = here.cohort.time_zone
    with transaction():
        outcome = sheets.record(
            group_id,
            block_id,
            read.body,
            client_id=sent.client_id,
            base_version=sent.base_version,
            done=read.done,
        )
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
