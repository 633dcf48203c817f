"""A moderated procedure: where it stands, going on, and the same for the projector."""

from __future__ import annotations

from flask import abort, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.access import Permission
from app.cohorts.loaders import Here, cohort_for
from app.course.blocks.ablauf import Procedure
from app.extensions import transaction
from app.modules import procedures
from app.modules.blueprint import bp
from app.modules.procedures import Seen
from app.modules.views import reading
from app.quizzes import procedures as service
from app.quizzes.forms import whole
from app.quizzes.rendering import block_page
from app.quizzes.runs import Deed, Run
from app.web.errors import wants_json
from app.web.gate import gate

_LARGEST = 2**31 - 1
_PROJECTOR = "leinwand"


@bp.get("/kurs/<int:cohort_id>/ablauf/<block_id>")
@gate(Permission.READ_COURSE, cohort_for)
def procedure(here: Here, cohort_id: int, block_id: str) -> ResponseReturnValue:
    """Where the run stands, for the script of the page; a person gets the page."""
    found = _found(here, block_id)
    return _state(found, found.run) if wants_json() else redirect(_place(found), 303)


@bp.post("/kurs/<int:cohort_id>/ablauf/<block_id>")
@gate(Permission.READ_COURSE, cohort_for)
def move_procedure(here: Here, cohort_id: int, block_id: str) -> ResponseReturnValue:
    """Begin, go on, stop the time: whoever moderates, and staff. Who saw an older state changes nothing."""
    found = _found(here, block_id)
    wanted, place = request.form.get("tun", ""), _place(found)
    if wanted not in set(Deed):
        abort(400)
    version = whole(request.form.get("version", ""), _LARGEST)
    with transaction():
        run = service.act(cohort_id, found.block, found.scope, Deed(wanted), version, found.actor)
    if run is None:
        abort(403)
    return _state(_found(here, block_id), run) if wants_json() else redirect(place, 303)


@bp.get("/kurs/<int:cohort_id>/ablauf/<block_id>/leinwand")
@gate(Permission.WATCH_COHORT, cohort_for)
def procedure_projection(here: Here, cohort_id: int, block_id: str) -> ResponseReturnValue:
    found = procedures.seen(here, _block(here, block_id), projected=True)
    page = f"{block_page(here.course, cohort_id, block_id)}#{block_id}"
    return render_template(
        "modules/procedure_projection.html", back=page, **procedures.picture(found, found.run)
    )


def _found(here: Here, block_id: str) -> Seen:
    return procedures.seen(here, _block(here, block_id), projected=request.args.get("ansicht") == _PROJECTOR)


def _block(here: Here, block_id: str) -> Procedure:
    _, page = reading.station_of_block(here, block_id)
    block = next(block for block in page.blocks if block.id == block_id)
    return block if isinstance(block, Procedure) else abort(404)


def _place(found: Seen) -> str:
    """Where somebody goes back to."""
    if found.projected and found.actor.staff:
        return found.address("modules.procedure_projection")
    return f"{block_page(found.here.course, found.here.cohort.id, found.block.id)}#{found.block.id}"


def _state(found: Seen, run: Run) -> ResponseReturnValue:
    """Numbers; and the part of the page that must be drawn anew, unless the script has it already."""
    state = procedures.numbers(found, run)
    if request.args.get("stand") != str(run.version):
        state["html"] = render_template("modules/_run.html", **procedures.picture(found, run))
    return jsonify(state)
