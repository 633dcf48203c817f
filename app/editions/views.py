"""The list of published editions, and one of them: what is in it and what is new."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.access import Permission, desk_standings, staff_standings
from app.editions import rules, service, uses
from app.editions.models import Edition
from app.web.gate import Found, gate, staff
from app.web.navigation import desk_nav

bp = Blueprint("editions", __name__, template_folder="templates")
bp.app_template_filter("innen")(rules.inner)  # „{{ title|innen }}“
_LARGEST_ID = 2**31 - 1  # what a row's number can be on PostgreSQL


def edition_for(user: Any, edition_id: int, **_values: Any) -> Found[Edition] | None:
    """Loader: staff see every edition."""
    edition = service.find(edition_id) if edition_id <= _LARGEST_ID else None
    return Found(edition, staff_standings(user.role_names)) if edition else None


def _desk() -> bool:
    return bool(desk_standings(current_user.role_names))


@bp.get("/fassungen")
@gate(Permission.SEE_EDITIONS, staff)
def index(_user: Any) -> ResponseReturnValue:
    return render_template(
        "editions/index.html", editions=service.editions(), uses=uses.count(), desk_nav=desk_nav(desk=_desk())
    )


@bp.get("/fassungen/<int:edition_id>")
@gate(Permission.SEE_EDITIONS, edition_for)
def show(edition: Edition, edition_id: int) -> ResponseReturnValue:
    course, before = service.course(edition.digest), service.before(edition)
    return render_template(
        "editions/show.html",
        edition=edition,
        course=course,
        before=before,
        news=rules.whats_new(service.course(before.digest), course) if before else [],
        uses=uses.count()[edition_id],
        desk=_desk(),
        desk_nav=desk_nav(desk=_desk()),
    )
