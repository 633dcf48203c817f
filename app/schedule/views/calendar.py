"""Calendar feeds: the feed itself, and the pages where one finds, renews and switches off its address."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.access import Permission, Role, may
from app.accounts import limits
from app.accounts.models import User
from app.cohorts import log
from app.cohorts.loaders import Here, cohort_for
from app.cohorts.log import Deed
from app.cohorts.page import desk_page, qr_picture
from app.extensions import db, transaction
from app.schedule import calendar as service
from app.schedule import feeds
from app.schedule.blueprint import bp
from app.schedule.calendar import Whose
from app.schedule.feeds import Feed
from app.schedule.models import CalendarLink
from app.web.addresses import public_url
from app.web.gate import gate, public
from app.web.navigation import course_nav

MAKE, RENEW, OFF = "anlegen", "erneuern", "abschalten"
# Programs ask for years, and many of them from one address; only tokens that never were one count as guesses.
_WRONG_TOKENS, _WRONG_MINUTES = 100, 10
_SAID = {
    MAKE: "Der Kalender hat jetzt eine Adresse.",
    RENEW: "Der Kalender hat eine neue Adresse. Die alte gilt nicht mehr.",
    OFF: "Der Kalender ist abgeschaltet. Die Adresse gilt nicht mehr.",
}


_LOGGED = {MAKE: "angelegt", RENEW: "erneuert", OFF: "abgeschaltet"}


@bp.get("/kalender/<token>.ics")
@public
def feed(token: str) -> ResponseReturnValue:
    link = service.find(token)
    found = service.of_link(link) if link and link.revoked_at is None else None
    if found is not None:
        return _calendar(found, "inline", "kurstermine.ics")
    if link is None:
        bucket = f"kalender:{request.remote_addr}"
        limits.check(bucket, most=_WRONG_TOKENS, minutes=_WRONG_MINUTES)
        with transaction():
            limits.count(bucket)
    return render_template("schedule/no_feed.html"), 404


@bp.get("/kurs/<int:cohort_id>/kalender.ics")
@gate(Permission.READ_COURSE, cohort_for)
def download(here: Here, cohort_id: int) -> ResponseReturnValue:
    """The dates of this cohort as they are now, for once."""
    found = service.of_cohort(here.cohort, with_links=True)
    return _calendar(found, "attachment", f"kurstermine-{cohort_id}.ics")


def _calendar(found: Feed, disposition: str, name: str) -> Response:
    if request.if_none_match.contains(found.tag):
        response = Response(status=304)
    else:
        response = Response(feeds.render(found), content_type=feeds.CONTENT_TYPE)
        response.headers["Content-Disposition"] = f'{disposition}; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(found.tag)
    return response


@bp.get("/kohorten/<int:cohort_id>/kalender")
@gate(Permission.WATCH_COHORT, cohort_for)
def calendar(here: Here, cohort_id: int) -> ResponseReturnValue:
    return desk_page(
        here,
        "schedule/calendar.html",
        tab="schedule.plan",
        link=_shown(service.link_of(Whose(cohort_id=cohort_id))),
        own=_shown(service.link_of(Whose(user_id=current_user.id))),
        trains=Role.TRAINER in current_user.role_names,
        manages=may(Permission.MANAGE_COHORT, here.standings),
    )


@bp.post("/kohorten/<int:cohort_id>/kalender")
@gate(Permission.MANAGE_COHORT, cohort_for)
def change_calendar(here: Here, cohort_id: int) -> ResponseReturnValue:
    author_id, deed, old_id = current_user.id, _deed(), _old_id()
    with transaction():
        done = _do(deed, Whose(cohort_id=cohort_id), old_id)
        if done:
            log.note(Deed.CALENDAR, cohort_id, db.session.get_one(User, author_id), _LOGGED[deed])
    return _told(deed, done, url_for("schedule.calendar", cohort_id=cohort_id))


@bp.post("/kohorten/<int:cohort_id>/kalender/eigener")
@gate(Permission.WATCH_COHORT, cohort_for)
def change_staff_calendar(here: Here, cohort_id: int) -> ResponseReturnValue:
    """The personal calendar of somebody who trains."""
    return _change_own(url_for("schedule.calendar", cohort_id=cohort_id))


@bp.get("/kurs/<int:cohort_id>/kalender")
@gate(Permission.LEARN, cohort_for)
def own_calendar(here: Here, cohort_id: int) -> ResponseReturnValue:
    return render_template(
        "schedule/own_calendar.html",
        here=here,
        cohort=here.cohort,
        course_nav=course_nav(cohort_id),
        own=_shown(service.link_of(Whose(user_id=current_user.id))),
    )


@bp.post("/kurs/<int:cohort_id>/kalender")
@gate(Permission.LEARN, cohort_for)
def change_own_calendar(here: Here, cohort_id: int) -> ResponseReturnValue:
    return _change_own(url_for("schedule.own_calendar", cohort_id=cohort_id))


def _change_own(back: str) -> ResponseReturnValue:
    user_id, deed, old_id = current_user.id, _deed(), _old_id()
    with transaction():
        done = _do(deed, Whose(user_id=user_id), old_id)
    return _told(deed, done, back)


def _deed() -> str:
    """The button that was pressed."""
    wanted = request.form.get("tat", "")
    return wanted if wanted in _SAID else MAKE


def _old_id() -> int:
    """The address that was on the page, so that a form sent twice does not renew twice."""
    text = request.form.get("adresse", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _do(deed: str, whose: Whose, old_id: int) -> bool:
    if deed == RENEW:
        return service.renew(whose, old_id)
    if deed == OFF:
        return service.switch_off(whose, old_id)
    before = service.link_of(whose)
    return service.make(whose) is not before


def _told(deed: str, done: bool, back: str) -> ResponseReturnValue:
    if done:
        flash(_SAID[deed], "erfolg")
    return redirect(back, 303)


def _shown(link: CalendarLink | None) -> dict[str, Any] | None:
    """What a page shows of an address."""
    if link is None:
        return None
    address = public_url("schedule.feed", token=link.token)
    subscribe = "webcal://" + address.partition("://")[2]
    return {"id": link.id, "address": address, "subscribe": subscribe, "qr": qr_picture(subscribe)}
