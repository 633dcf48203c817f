"""The way, its pages and cases; "Weiter" confirms a page and goes on."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import Permission
from app.cohorts.loaders import Here, cohort_for
from app.course.model import Case, Page
from app.extensions import transaction
from app.modules import common, stations
from app.modules.blueprint import bp
from app.modules.reading import (
    Typed,
    beside_of,
    enrolment_of,
    line_of,
    notebook_of,
    parts_of,
    stations_of,
    surroundings,
)
from app.modules.teamwork import Refused
from app.progress import service as progress
from app.review import service as review
from app.web.gate import gate


@bp.get("/kurs/<int:cohort_id>/")
@gate(Permission.READ_COURSE, cohort_for)
def way(here: Here, cohort_id: int) -> ResponseReturnValue:
    around = surroundings(here)
    line = stations_of(here, around["own"])
    go_on = stations.resume(line)
    others = beside_of(here, around["own"])
    due = len(review.deck(here, around["own"].pages).sitting.shown) if around["own"] else 0
    return render_template(
        "modules/way.html",
        go_on=go_on,
        legs=stations.legs(line, go_on),
        beside=stations.legs(others, None),
        cards_due=due,
        **around,
    )


@bp.get("/kurs/<int:cohort_id>/seite/<module>/<page>")
@gate(Permission.READ_COURSE, cohort_for)
def page(here: Here, cohort_id: int, module: str, page: str) -> ResponseReturnValue:
    found = _station(here, f"{module}/{page}")
    if isinstance(found[1], Case):
        abort(404)
    return show(here, found)


@bp.get("/kurs/<int:cohort_id>/fall/lesen/<slug>")
@gate(Permission.READ_COURSE, cohort_for)
def case(here: Here, cohort_id: int, slug: str) -> ResponseReturnValue:
    return show(here, _station(here, f"fall/{slug}"))


@bp.post("/kurs/<int:cohort_id>/gelesen/<module>/<page>")
@gate(Permission.LEARN, cohort_for)
def read(here: Here, cohort_id: int, module: str, page: str) -> ResponseReturnValue:
    """Confirm a station and go on to the next one, or to the way at its end."""
    key, _ = _station(here, f"{module}/{page}")
    line, _ = line_of(here, None, key)
    _, following = stations.neighbours(line, key)
    enrolment_id = enrolment_of(here).id
    with transaction():
        progress.confirm_page(enrolment_id, key)
    after = following.href if following else url_for("modules.way", cohort_id=cohort_id)
    return redirect(after, 303)


def show(
    here: Here, station: tuple[str, Page], typed: Typed | None = None, refused: Refused | None = None
) -> ResponseReturnValue:
    """The page of a station; with `typed` or `refused`, something on it that could not be done (422)."""
    key, page = station
    around = surroundings(here)
    line, on_the_way = line_of(here, around["own"], key)
    previous, following = stations.neighbours(line, key)
    saved = request.args.get("gespeichert", "") in {block.id for block in page.blocks}
    html = render_template(
        "modules/case.html" if isinstance(page, Case) else "modules/page.html",
        page=page,
        key=key,
        parts=parts_of(here, notebook_of(here), page, typed, refused),
        assets=common.assets(page.blocks, *([common.FOR_TERMS] if page.terms else [])),
        typed=typed,
        saved=saved,
        stations=line,
        on_the_way=on_the_way,
        previous=previous,
        following=following,
        **around,
    )
    return html, 422 if typed or refused else 200


def station_of_block(here: Here, block_id: str) -> tuple[str, Page]:
    """The station on which a block stands, on the way or beside it; 404 if there is none."""
    return stations.of_block(here.course, block_id) or abort(404)


def _station(here: Here, key: str) -> tuple[str, Page]:
    return key, stations.find(here.course, key) or abort(404)
