"""The personal link: opening it changes nothing (mail scanners open links too), confirming signs in."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import login_user

from app.accounts import limits, service
from app.extensions import transaction
from app.web import kept
from app.web.gate import public

bp = Blueprint("accounts", __name__, template_folder="templates")


@bp.get("/mein/<secret>")
@public
def personal_link(secret: str) -> ResponseReturnValue:
    person = service.person_by_link(secret)
    if person is None:
        return _unknown()
    return render_template("accounts/personal_link.html", person=person, secret=secret)


@bp.post("/mein/<secret>")
@public
def enter(secret: str) -> ResponseReturnValue:
    person = service.person_by_link(secret)
    if person is None:
        return _unknown()
    login_user(person, remember=True)
    return redirect("/aufgehoben" if request.cookies.get(kept.COOKIE) else "/", 303)


def _unknown() -> ResponseReturnValue:
    bucket = f"mein:{request.remote_addr}"
    limits.check(bucket, most=60, minutes=10)
    with transaction():
        limits.count(bucket)
    abort(410)
