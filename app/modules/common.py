"""What several people make together: the picture of a block that all of a cohort see, and what it needs to be shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import render_template
from markupsafe import Markup

from app import clock
from app.cohorts.loaders import Here
from app.course.model import Block
from app.groups import service as groups
from app.quizzes import readable, sharing, surveys
from app.quizzes import service as quizzes
from app.quizzes.kind import Source, Together
from app.quizzes.kinds import kind_of
from app.quizzes.rendering import render_together
from app.quizzes.values import Viewer
from app.web.assets import bundled

REFRESHING = "js/together.js"
FOR_TEAMS, FOR_SHEETS = "css/teams.css", "js/group.js"
FOR_TERMS = "js/terms.js"


def assets(blocks: Sequence[Block], *more: str) -> list[str]:
    """The style sheet and the script these blocks need besides the usual ones, as one address each."""
    paths = [path for block in blocks for path in kind_of(block).assets]
    paths += [REFRESHING for block in blocks if block.together]
    paths += [FOR_TEAMS for block in blocks if groups.gathers(block)]
    paths += [FOR_SHEETS for block in blocks if block.group_work]
    return bundled([*paths, *more])


def picture(here: Here, block: Block) -> Markup:
    """The common picture of a block (one statement)."""
    together = kind_of(block).together
    return (
        render_together(block, here, _given(here, block, together), viewer(here)) if together else Markup("")
    )


def _given(here: Here, block: Block, together: Together[Any]) -> Any:
    """What the picture is made of."""
    if together.source is Source.TALLY:
        return surveys.tally(here.cohort.id, block.id)
    return quizzes.contributions(here.cohort.id, block.id, sharing.PICTURE)


def placed(here: Here, block: Block) -> Markup:
    """The same in its place on a page, where a script keeps it fresh. Where all read what each one wrote, the way to
    that; "" for any other block.
    """
    together = kind_of(block).together
    if readable.for_the_group(block):
        return Markup(render_template("modules/_group.html", here=here, block=block))  # noqa: S704 - autoescaped
    if not block.together or together is None:
        return Markup("")
    values = {"title": together.title, "picture": picture(here, block)}
    return Markup(  # noqa: S704 - rendered with autoescape
        render_template("modules/_common.html", here=here, block=block, **values)
    )


def viewer(here: Here) -> Viewer:
    """Who looks; on a preview page somebody without a number takes the participant's place."""
    own = here.enrolment.id if here.enrolment else 0
    return Viewer(enrolment_id=own or 0, staff=not own, today=clock.today())
