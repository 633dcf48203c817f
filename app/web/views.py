"""Pages of no room: text that was kept over a lost session, and whether the server is alive."""

from __future__ import annotations

import shutil

from flask import Blueprint, current_app, flash, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import text

from app.extensions import db, transaction
from app.settings import Organisation
from app.web import kept
from app.web.gate import public, signed_in

bp = Blueprint("web", __name__, template_folder="templates")
_SCARCE_MEGABYTES = 500


@bp.get("/healthz")
@public
def health() -> ResponseReturnValue:
    """200 when the database answers; says when the disk is nearly full."""
    db.session.execute(text("SELECT 1"))
    free = shutil.disk_usage(current_app.extensions["feldweg"].settings.data).free // 2**20
    return jsonify(status="ok" if free > _SCARCE_MEGABYTES else "disk nearly full")


@bp.get("/impressum")
@public
def imprint() -> ResponseReturnValue:
    return render_template("web/imprint.html", organisation=_organisation())


@bp.get("/datenschutz")
@public
def privacy() -> ResponseReturnValue:
    return render_template("web/privacy.html", organisation=_organisation())


@bp.get("/barrierefreiheit")
@public
def accessibility() -> ResponseReturnValue:
    return render_template("web/accessibility.html", organisation=_organisation())


@bp.get("/aufgehoben")
@signed_in
def kept_form() -> ResponseReturnValue:
    """What someone typed before they were signed out, ready to be saved."""
    found = kept.find(request.cookies.get(kept.COOKIE, ""), current_user.id)
    if found is None:
        flash("Es ist kein Text aufgehoben, der zu Ihnen gehört.", "hinweis")
        return redirect("/", 303)
    return render_template("web/once_more.html", action=found.path, fields=found.fields, aufgehoben=True)


@bp.post("/aufgehoben/verwerfen")
@signed_in
def discard_kept() -> ResponseReturnValue:
    with transaction():
        kept.discard(request.cookies.get(kept.COOKIE, ""), current_user.id)
    answer = redirect("/", 303)
    answer.delete_cookie(kept.COOKIE)
    return answer


def _organisation() -> Organisation:
    organisation: Organisation = current_app.extensions["feldweg"].settings.organisation
    return organisation
