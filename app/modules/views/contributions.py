"""What the people of a cohort wrote into a block that says that all of them see it."""

from __future__ import annotations

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from app.access import Permission
from app.cohorts.loaders import Here, cohort_for
from app.modules.blueprint import bp
from app.modules.reading import frame
from app.modules.views import reading
from app.quizzes import contributions as given
from app.quizzes import readable
from app.quizzes.rendering import block_page
from app.web.gate import gate


@bp.get("/kurs/<int:cohort_id>/beitraege/<block_id>")
@gate(Permission.READ_COURSE, cohort_for)
def contributions(here: Here, cohort_id: int, block_id: str) -> ResponseReturnValue:
    _, page = reading.station_of_block(here, block_id)
    block = next(block for block in page.blocks if block.id == block_id)
    readers = readable.for_the_group(block)
    if not readers:
        abort(404)
    found = given.written(cohort_id, here.course, {block_id: block}, *readers)[block_id]
    return render_template(
        "modules/contributions.html",
        page=page,
        block=block,
        written=found,
        own=here.enrolment.id if here.enrolment else 0,
        back=f"{block_page(here.course, cohort_id, block_id)}#{block_id}",
        **frame(here),
    )
