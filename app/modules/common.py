"""What several people make together: the picture of a block that all of a cohort see, and what it needs to be shown."""

from __future__ import annotations

from collections.abc import Iterable

from flask import render_template
from markupsafe import Markup

from app import clock
from app.cohorts.loaders import Here
from app.course.model import Block
from app.quizzes import service as quizzes
from app.quizzes import sharing
from app.quizzes.kinds import kind_of
from app.quizzes.rendering import render_together
from app.quizzes.values import Viewer

REFRESHING = "js/together.js"
FOR_TERMS = ["css/terms.css", "js/terms.js"]


def assets(blocks: Iterable[Block]) -> list[str]:
    """Style sheets and scripts that these blocks need besides the usual ones, each once."""
    paths = [path for block in blocks for path in kind_of(block).assets]
    paths += [REFRESHING for block in blocks if block.together]
    return list(dict.fromkeys(paths))


def picture(here: Here, block: Block) -> Markup:
    """The common picture of a block (one statement)."""
    written = quizzes.contributions(here.cohort.id, block.id, sharing.GROUP)
    return render_together(block, here, written, viewer(here))


def placed(here: Here, block: Block) -> Markup:
    """The same in its place on a page, where a script keeps it fresh; "" for a block without."""
    if not block.together:
        return Markup("")
    return Markup(  # noqa: S704 - rendered with autoescape
        render_template("modules/_common.html", here=here, block=block, picture=picture(here, block))
    )


def viewer(here: Here) -> Viewer:
    """Who looks; on a preview page somebody without a number takes the participant's place."""
    own = here.enrolment.id if here.enrolment else 0
    return Viewer(enrolment_id=own or 0, staff=not own, today=clock.today())
