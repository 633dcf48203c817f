"""/anwesend/: typing or scanning the code in the room, saying who one is, being entered."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.access import Permission, may
from app.accounts import limits
from app.accounts import service as accounts
from app.attendance.blueprint import bp
from app.attendance.by_code import check_in as checking
from app.attendance.by_code import check_in_wording as wording
from app.attendance.by_code import claims
from app.attendance.by_code.check_in_forms import CheckInCodeForm, ClaimForm
from app.attendance.by_code.codes import LENGTH
from app.attendance.on_paper import kept_scan
from app.attendance.on_paper.kept_scan import Scan
from app.cohorts import codes, service
from app.cohorts.forms import printable
from app.cohorts.loaders import cohort_for
from app.extensions import transaction
from app.web.gate import public

# A room of 30 behind one address mistypes now and then; a machine that guesses does nothing else.
_WRONG_CODES, _WRONG_MINUTES = 100, 10
_NAMES, _NAMES_MINUTES = 300, 60
_CLAIM = "claim"


@bp.get("/anwesend/")
@public
def type_code() -> ResponseReturnValue:
    return _code_page()


@bp.post("/anwesend/")
@public
def take_code() -> ResponseReturnValue:
    form = CheckInCodeForm()
    clean = codes.normalise(form.code.data or "")
    if codes.is_code(clean, codes.JOIN_CODE_LENGTH):  # the one from the poster, typed in the wrong place
        return redirect(url_for("admission.join", code=codes.grouped(clean)), 303)
    if not form.validate():
        return _code_page(form), 422
    return redirect(url_for("attendance.check_in", code=codes.grouped(clean, 3)), 303)


@bp.get("/anwesend/<code>", strict_slashes=False)
@public
def check_in(code: str) -> ResponseReturnValue:
    """Writes nothing: the scan is kept in the session until somebody says that it was them."""
    scan = _scan(code)
    return _page(scan) if scan else _not_valid(code)


@bp.post("/anwesend/<code>")
@public
def confirm(code: str) -> ResponseReturnValue:
    scan = _scan(code)
    if scan is None:
        return _not_valid(code)
    own = _own(scan)
    if own is None or own.enrolment is None:
        return redirect(url_for("attendance.check_in", code=code), 303)
    if request.form.get("enrolment") != str(own.enrolment.id):
        return _page(scan, status=409, swapped=True)
    slot_id, enrolment_id, cohort_id, user_id = own.slot.id, own.enrolment.id, own.cohort.id, current_user.id
    with transaction():
        person = accounts.find_person(user_id)
        if person is None:
            abort(401)
        outcome = checking.enter(slot_id, enrolment_id, scan.at, person)
    if outcome.result in checking.REFUSED:
        return _page(scan, status=409)
    kept_scan.drop()
    place = checking.places([slot_id], user_id)[0]
    kind = "erfolg" if outcome.result is checking.Result.ENTERED else "hinweis"
    flash(wording.outcome(place, outcome, scan.at), kind)
    return redirect(url_for("attendance.own", cohort_id=cohort_id, _anchor=f"abschnitt-{slot_id}"), 303)


@bp.post("/anwesend/<code>/name")
@public
def claim(code: str) -> ResponseReturnValue:
    """Somebody without their personal link puts their name down; staff say later who that is."""
    scan = _scan(code)
    if scan is None:
        return _not_valid(code)
    if current_user.is_authenticated:
        return redirect(url_for("attendance.check_in", code=code), 303)
    limits.check(_namers(), most=_NAMES, minutes=_NAMES_MINUTES)
    form = ClaimForm()
    if not form.validate():
        return _page(scan, form, status=422)
    with transaction():
        limits.count(_namers())
        made = claims.make(scan.slot_ids[0], form.name.data or "", scan.at, (form.form_key.data or "")[:200])
        claim_id = made.id
    session[_CLAIM] = claim_id
    kept_scan.drop()
    return redirect(url_for("attendance.claimed"), 303)


@bp.get("/anwesend/notiert")
@public
def claimed() -> ResponseReturnValue:
    """What became of the name that was put down on this device."""
    number = session.get(_CLAIM)
    found = claims.find(number) if isinstance(number, int) else None
    if found is None:
        return redirect(url_for("attendance.type_code"), 303)
    place = checking.places([found.slot_id], None)[0]
    return render_template("attendance/claimed.html", claim=found, place=place)


@bp.app_context_processor
def _scan_that_waits() -> dict[str, object]:
    """For the message on every page until it is used."""
    ours = request.endpoint in ("attendance.check_in", "attendance.confirm", "attendance.claim")
    return {"scan_waiting": None if ours else kept_scan.waiting(_user_id())}


def _user_id() -> int | None:
    return current_user.id if current_user.is_authenticated else None


def _scan(code: str) -> Scan | None:
    """The scan of this code: kept from before, or made now if the code is valid. Raises TooManyRequests."""
    clean = codes.normalise(code)
    kept = kept_scan.find(clean)
    if kept:
        return kept
    limits.check(_guesses(), most=_WRONG_CODES, minutes=_WRONG_MINUTES)
    slot_ids = checking.slots_for(clean) if codes.is_code(clean, LENGTH) else ()
    return kept_scan.put(clean, slot_ids) if slot_ids else None


def _not_valid(code: str) -> ResponseReturnValue:
    clean = codes.normalise(code)
    if codes.is_code(clean, LENGTH) and checking.has_expired(clean):
        return _code_page(problem="expired"), 410
    with transaction():
        limits.count(_guesses())
    return _code_page(CheckInCodeForm(formdata=None, code=printable(code[:40])), problem="unknown"), 404


def _code_page(form: CheckInCodeForm | None = None, *, problem: str = "") -> str:
    own = service.cohorts_of(current_user.id) if problem and current_user.is_authenticated else []
    return render_template(
        "attendance/type_code.html", form=form or CheckInCodeForm(formdata=None), problem=problem, own=own
    )


def _places(scan: Scan) -> list[checking.Place]:
    return checking.places(scan.slot_ids, _user_id())


def _own(scan: Scan) -> checking.Place | None:
    """Exactly one slot of a cohort in which the person signed in here takes part."""
    return next((place for place in _places(scan) if place.enrolment), None)


def _page(
    scan: Scan, form: ClaimForm | None = None, *, status: int = 200, swapped: bool = False
) -> ResponseReturnValue:
    """The slot, the time that counts, and what this person can do with it."""
    places = _places(scan)
    if not places:
        kept_scan.drop()
        return _code_page(problem="expired"), 410
    place = places[0]
    foreseen = checking.foresee(place, scan.at)
    refused = foreseen.result in checking.REFUSED
    values = {"scan": scan, "place": place, "code": codes.grouped(scan.code, 3), "refused": refused}
    if current_user.is_authenticated and place.enrolment is None:
        return _other_page(places, values)
    if place.enrolment is None and not refused:
        page = render_template("attendance/check_in_who.html", form=form or _fresh_form(), **values)
        return page, status
    said = _said(place, foreseen, scan)
    entered = foreseen.result is checking.Result.ENTERED
    if place.enrolment and not entered:
        kept_scan.not_for(place.enrolment.user_id)  # there is nothing left to do: no page need remind of it
    page = render_template("attendance/check_in.html", entered=entered, said=said, swapped=swapped, **values)
    return page, status


def _other_page(places: Sequence[checking.Place], values: Mapping[str, Any]) -> ResponseReturnValue:
    """Signed in, but taking no part in this cohort: its staff, or somebody from elsewhere."""
    watched = next((place for place in places if _may_watch(place.cohort.id)), None)
    if watched:
        kept_scan.drop()
    else:
        kept_scan.not_for(current_user.id)
    page = render_template("attendance/check_in_other.html", watched=watched, **values)
    return page, 200 if watched else 403


def _said(place: checking.Place, foreseen: checking.Outcome, scan: Scan) -> str:
    if foreseen.result is checking.Result.ENTERED:
        return wording.foreseen(place, foreseen, scan.at)
    return wording.outcome(place, foreseen, scan.at)


def _fresh_form() -> ClaimForm:
    form = ClaimForm(formdata=None)
    form.form_key.data = secrets.token_urlsafe(24)
    return form


def _may_watch(cohort_id: int) -> bool:
    found = cohort_for(current_user, cohort_id)
    return bool(found and may(Permission.WATCH_COHORT, found.standings))


def _guesses() -> str:
    return f"anwesend:{request.remote_addr}"


def _namers() -> str:
    return f"anwesend-namen:{request.remote_addr}"
