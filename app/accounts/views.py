"""The personal link: opening it changes nothing (mail scanners open links too), confirming signs in."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user
from markupsafe import Markup

from app.accounts import limits, service
from app.extensions import transaction
from app.web import kept, onward, qr
from app.web.addresses import public_url
from app.web.gate import public, signed_in

bp = Blueprint("accounts", __name__, template_folder="templates")


@bp.get("/mein")
@signed_in
def own_link() -> ResponseReturnValue:
    """How to come back on another device; staff have a password for that."""
    if current_user.password:
        return redirect(url_for("security.change_password"), 303)
    return render_template("accounts/own_link.html", link="", qr="")


@bp.post("/mein")
@signed_in
def renew_link() -> ResponseReturnValue:
    """A fresh personal link for oneself; the old one stops working, this session goes on."""
    if current_user.password:
        abort(403)
    person_id = current_user.id
    with transaction():
        secret = service.new_personal_link(person_id)
    link = public_url("accounts.personal_link", secret=secret)
    return render_template("accounts/own_link.html", link=link, qr=Markup(qr.svg(link)))  # noqa: S704 - our own SVG


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
    if person.entered_at is None:
        person_id = person.id
        with transaction():
            service.note_entry(person_id)
        person = service.find_person(person_id)
    login_user(person, remember=True)
    return redirect("/aufgehoben" if request.cookies.get(kept.COOKIE) else onward.take() or "/", 303)


def _unknown() -> ResponseReturnValue:
    bucket = f"mein:{request.remote_addr}"
    limits.check(bucket, most=60, minutes=10)
    with transaction():
        limits.count(bucket)
    abort(410)
