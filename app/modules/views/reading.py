"""The way, its pages and cases; "Weiter" confirms a page and goes on."""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access import Permission
from app.cohorts.loaders import Here, cohort_for
from app.course.model import Case, Page
from app.extensions import transaction
from app.modules import stations
from app.modules.blueprint import bp
from app.modules.reading import Typed, desk_of, enrolment_of, parts_of
from app.progress import service as progress
from app.web.gate import gate


@bp.get("/kurs/<int:cohort_id>/")
@gate(Permission.LEARN, cohort_for)
def way(here: Here, cohort_id: int) -> ResponseReturnValue:
    desk = desk_of(here)
    around = desk.around()
    return render_template("modules/way.html", go_on=stations.resume(around["stations"]), **around)


@bp.get("/kurs/<int:cohort_id>/seite/<module>/<page>")
@gate(Permission.LEARN, cohort_for)
def page(here: Here, cohort_id: int, module: str, page: str) -> ResponseReturnValue:
    return show(here, _station(here, module, page))


@bp.get("/kurs/<int:cohort_id>/fall/lesen/<slug>")
@gate(Permission.LEARN, cohort_for)
def case(here: Here, cohort_id: int, slug: str) -> ResponseReturnValue:
    return show(here, _station(here, "fall", slug))


@bp.post("/kurs/<int:cohort_id>/gelesen/<module>/<page>")
@gate(Permission.LEARN, cohort_for)
def read(here: Here, cohort_id: int, module: str, page: str) -> ResponseReturnValue:
    """Confirm a station and go on to the next one, or to the way at its end."""
    key, _ = _station(here, module, page)
    enrolment_id = enrolment_of(here).id
    desk = desk_of(here)
    _, following = stations.neighbours(desk.stations(), key)
    after = following.href if following else url_for("modules.way", cohort_id=cohort_id)
    with transaction():
        progress.confirm_page(enrolment_id, key)
    return redirect(after, 303)


def show(here: Here, station: tuple[str, Page], typed: Typed | None = None) -> ResponseReturnValue:
    """The page of a station; with `typed`, a form on it that could not be saved (422)."""
    key, page = station
    desk = desk_of(here)
    around = desk.around(key)
    previous, following = stations.neighbours(around["stations"], key)
    html = render_template(
        "modules/case.html" if isinstance(page, Case) else "modules/page.html",
        page=page,
        key=key,
        parts=parts_of(desk, page, typed),
        previous=previous,
        following=following,
        **around,
    )
    return html, 422 if typed else 200


def station_of_block(here: Here, block_id: str) -> tuple[str, Page]:
    """The station on which a block stands; 404 if there is none."""
    found = here.course.find_block(block_id)
    if found is None:
        abort(404)
    page = found[0]
    if isinstance(page, Case):
        return stations.key_of_case(page), page
    module = next(module for module, candidate in here.course.stations() if candidate is page)
    return stations.key_of(module, page), page


def _station(here: Here, module: str, slug: str) -> tuple[str, Page]:
    if module == "fall":
        case = here.course.find_case(slug)
        if case is None or not set(case.modules) & {module.slug for module in here.course.modules}:
            abort(404)
        return stations.key_of_case(case), case
    found = here.course.find_page(module, slug)
    if found is None:
        abort(404)
    return stations.key_of(*found), found[1]
