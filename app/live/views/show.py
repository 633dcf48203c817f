"""The cohort while the training runs: a page for the trainer's desk and one for the projector."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from flask import Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from app import clock
from app.access import Permission
from app.cohorts.codes import grouped
from app.cohorts.loaders import Here, cohort_for
from app.cohorts.models import ScheduledSlot
from app.cohorts.page import meets_today, zone_of
from app.course.blocks.ablauf import ForWhom, Procedure
from app.groups import places
from app.groups import service as groups
from app.groups.service import Group
from app.live import service
from app.live.blueprint import bp
from app.web import qr
from app.web.addresses import public_url
from app.web.gate import gate
from app.web.navigation import cohort_tabs, desk_nav

JOIN, NOW, WORDS = "beitreten", "jetzt", "schlagworte"


@bp.get("/kohorten/<int:cohort_id>/live")
@gate(Permission.WATCH_COHORT, cohort_for)
def show(here: Here, cohort_id: int) -> ResponseReturnValue:
    picture = service.picture(here, service.frame(here))
    return render_template(
        "live/show.html",
        here=here,
        picture=picture,
        meets_today=meets_today(here, _dates(here, picture.frame.slots)),
        now=clock.now(),
        procedures=_procedures(here),
        desk_nav=desk_nav(desk=here.desk),
        tabs=cohort_tabs(cohort_id, desk=here.desk),
    )


@bp.get("/kohorten/<int:cohort_id>/live/leinwand")
@gate(Permission.WATCH_COHORT, cohort_for)
def projection(here: Here, cohort_id: int) -> ResponseReturnValue:
    frame = service.frame(here)
    values = _projected(here, frame, _shown(here, frame))
    return render_template("live/projection.html", here=here, asked=_asked(), now=clock.now(), **values)


@bp.get("/kohorten/<int:cohort_id>/live/zahlen")
@gate(Permission.WATCH_COHORT, cohort_for)
def numbers(here: Here, cohort_id: int) -> ResponseReturnValue:
    """The part of either page that changes. Nothing changed: 304, and no text was opened for it."""
    frame = service.frame(here)
    if request.args.get("ansicht") != "leinwand":

        def picture() -> dict[str, Any]:
            return {"picture": service.picture(here, frame)}

        return _unless_known(here, frame.state, "live/_picture.html", picture)
    shown = _shown(here, frame)
    state = f"{frame.state}-{shown}-{frame.hour.minutes_left}"
    return _unless_known(here, state, "live/_projected.html", lambda: _projected(here, frame, shown))


def _dates(here: Here, slots: Iterable[ScheduledSlot]) -> set[date]:
    return {clock.local(slot.starts_at, zone_of(here)).date() for slot in slots}


def _procedures(here: Here) -> list[tuple[Procedure, Sequence[Group]]]:
    """The procedures on the way, each with the small groups that go through it for themselves (three statements, if any do)."""
    found = [block for block in here.way.blocks if isinstance(block, Procedure)]
    for_groups = any(block.for_whom is ForWhom.GROUP for block in found)
    known = places.gathering(here.course, here.way, groups.in_cohort(here.cohort.id)) if for_groups else []
    return [(block, _small_groups(known, block)) for block in found]


def _small_groups(known: list[places.Place], block: Procedure) -> Sequence[Group]:
    place = places.of_block(known, block) if block.for_whom is ForWhom.GROUP else None
    return place.groups if place else ()


def _unless_known(here: Here, state: str, template: str, values: Callable[[], dict[str, Any]]) -> Response:
    if request.if_none_match.contains(state):
        response = Response(status=304)
    else:
        response = jsonify(html=render_template(template, here=here, **values()))
    response.set_etag(state)
    return response


def _projected(here: Here, frame: service.Frame, shown: str) -> dict[str, Any]:
    link = public_url("admission.join", code=here.cohort.join_code) if shown == JOIN else ""
    return {
        "shown": shown,
        "hour": frame.hour,
        "address": link.partition("://")[2].rpartition("/")[0],
        "code": grouped(here.cohort.join_code),
        "qr": qr.svg(link) if link else "",
        "keywords": service.keywords(here) if shown == WORDS else None,
    }


def _asked() -> str:
    """Which one thing was asked for; empty: what suits the hour."""
    wanted = request.args.get("zeigen", "")
    return wanted if wanted in (JOIN, NOW, WORDS) else ""


def _shown(here: Here, frame: service.Frame) -> str:
    can_join = clock.now() < here.cohort.join_until
    return _asked() or (JOIN if can_join and not frame.hour.begun else NOW)
