"""What participants wrote into blocks that say that trainers read them; nothing else is ever asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from app.access import Permission, Standing
from app.cohorts.loaders import Here, cohort_for
from app.course.model import Block, Page
from app.live.blueprint import bp
from app.quizzes import contributions as given
from app.quizzes import readable, sharing
from app.quizzes.kinds import kind_of
from app.quizzes.rendering import block_page
from app.web.gate import gate
from app.web.navigation import cohort_tabs, desk_nav


@dataclass(frozen=True, slots=True)
class Place:
    """A block with the page it stands on."""

    page: Page
    block: Block
    on_way: bool = True

    @property
    def title(self) -> str:
        return self.block.title or self.page.title


@bp.get("/kohorten/<int:cohort_id>/beitraege")
@gate(Permission.WATCH_COHORT, cohort_for)
def contributions(here: Here, cohort_id: int) -> ResponseReturnValue:
    places = _places(here)
    readers = sharing.GROUP, *([sharing.TRAINER] if _trains(here) else [])
    mine = {place.block.id: place.block for place in places if _readers(here, place.block)}
    written = given.written(cohort_id, here.course, mine, *readers) if mine else {}
    shared = [place for place in places if readable.shared_by_sight(place.block)]
    return render_template(
        "live/contributions.html",
        named=[(place, len(written[place.block.id]) if place.block.id in mine else None) for place in shared],
        pictures=[place for place in places if place.block.together and kind_of(place.block).together],
        **_frame(here),
    )


@bp.get("/kohorten/<int:cohort_id>/beitraege/<block_id>")
@gate(Permission.WATCH_COHORT, cohort_for)
def contribution(here: Here, cohort_id: int, block_id: str) -> ResponseReturnValue:
    place = next((place for place in _places(here) if place.block.id == block_id), None)
    if place is None or not readable.shared_by_sight(place.block):
        abort(404)
    readers = _readers(here, place.block) or abort(403)
    found = given.written(cohort_id, here.course, {block_id: place.block}, *readers)
    return render_template(
        "live/contribution.html",
        place=place,
        written=found[block_id],
        address=f"{block_page(here.course, cohort_id, block_id)}#{block_id}",
        **_frame(here),
    )


def _trains(here: Here) -> bool:
    return Standing.TRAINER in here.standings


def _readers(here: Here, block: Block) -> tuple[str, ...]:
    return readable.for_staff(block, trainer=_trains(here))


def _places(here: Here) -> list[Place]:
    """All blocks in the order of the course; also those the cohort does not go past, because one may write there."""
    found = [here.course.find_block(block.id) for block in here.course.blocks]
    walked = {block.id for block in here.way.blocks}
    return [Place(page, block, block.id in walked) for page, block in filter(None, found)]


def _frame(here: Here) -> dict[str, Any]:
    return {
        "here": here,
        "cohort": here.cohort,
        "desk_nav": desk_nav(desk=here.desk),
        "tabs": cohort_tabs(here.cohort.id, desk=here.desk),
    }
