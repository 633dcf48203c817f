"""What several people made together, and any block as a sheet of paper, also empty."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from flask import Response, abort, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.access import Permission
from app.cohorts.loaders import Here, cohort_for
from app.course.model import Block, Page
from app.modules import common
from app.modules.blueprint import bp
from app.modules.reading import frame, notebook_of, with_someone
from app.modules.teamwork import team_at
from app.modules.views import reading
from app.quizzes.kinds import kind_of
from app.quizzes.rendering import block_page, render_block
from app.web.errors import wants_json
from app.web.gate import gate

_FILLED_IN = re.compile(r'<textarea id="([^"]*)"[^>]*>\n?([^<]*\S[^<]*)</textarea>')


@bp.get("/kurs/<int:cohort_id>/gemeinsam/<block_id>")
@gate(Permission.READ_COURSE, cohort_for)
def together(here: Here, cohort_id: int, block_id: str) -> ResponseReturnValue:
    page, block = _block(here, block_id)
    if not block.together:
        abort(404)
    picture = common.picture(here, block)
    if wants_json():
        return _unless_known(str(picture))
    return render_template(
        "modules/together.html",
        page=page,
        block=block,
        picture=picture,
        assets=common.assets([block]),
        back=f"{block_page(here.course, cohort_id, block_id)}#{block_id}",
        **frame(here),
    )


@bp.get("/kurs/<int:cohort_id>/blatt/<block_id>")
@gate(Permission.READ_COURSE, cohort_for)
def paper(here: Here, cohort_id: int, block_id: str) -> ResponseReturnValue:
    """The block alone, to be printed; `?leer=1` without what was written, for a room without a network."""
    page, block = _block(here, block_id)
    empty = "leer" in request.args or here.enrolment is None
    notebook = notebook_of(replace(here, enrolment=None) if empty else here)
    team = team_at(here, page)
    own = notebook.answers.get(block_id)
    saved = own if empty or not team.sheet(here, block) else team.saved(block)
    html = _written_out(render_block(block, with_someone(here), saved, notebook.learner, paper=True))
    return render_template(
        "modules/paper.html",
        page=page,
        block=block,
        html=html,
        empty=empty,
        named=empty and not kind_of(block).nameless,
        assets=common.assets([block]),
        back=f"{block_page(here.course, cohort_id, block_id)}#{block_id}",
        **frame(here),
    )


def _written_out(html: Markup) -> Markup:
    """A field with a text in it becomes the text itself, which can run over as many pages as it needs."""
    return Markup(_FILLED_IN.sub(r'<div class="paper__text" id="\1">\2</div>', str(html)))  # noqa: S704 - was markup before


def _block(here: Here, block_id: str) -> tuple[Page, Block]:
    _, page = reading.station_of_block(here, block_id)
    return page, next(block for block in page.blocks if block.id == block_id)


def _unless_known(html: str) -> Response:
    state = hashlib.sha256(html.encode()).hexdigest()[:20]
    response = Response(status=304) if request.if_none_match.contains(state) else jsonify(html=html)
    response.set_etag(state)
    return response
