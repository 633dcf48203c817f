"""What people see when something does not work: a German sentence, what to do, and everything they had typed."""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask, Response, current_app, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, OperationalError
from werkzeug.exceptions import HTTPException

from app.extensions import db, transaction
from app.web import kept

log = logging.getLogger("feldweg")

_TEXTS: dict[int, tuple[str, str]] = {
    400: ("Das hat nicht geklappt", "Die Anfrage war unvollständig. Bitte gehen Sie zurück und versuchen Sie es noch einmal."),
    403: ("Das ist Ihnen hier nicht erlaubt", "Ihr Zugang reicht für diese Seite nicht. Wenn Sie sie brauchen, wenden Sie sich an Ihre Organisation."),
    404: ("Diese Seite gibt es nicht", "Vielleicht ist die Adresse unvollständig, oder die Seite gehört zu einer anderen Kohorte."),
    405: ("Das geht hier nicht", "Diese Adresse lässt sich so nicht aufrufen. Bitte gehen Sie zurück."),
    410: ("Dieser Link gilt nicht mehr", "Bitte lassen Sie sich von Ihrer Leitung einen neuen Link geben."),
    413: ("Das ist zu groß", "Feldweg nimmt Formulare bis 1 MB an und Scans unterschriebener Listen bis 10 MB. Bitte gehen Sie zurück, kürzen Sie und senden Sie noch einmal. Was vorher gespeichert war, ist nicht verloren."),
    429: ("Zu viele Versuche", "Bitte warten Sie ein paar Minuten und versuchen Sie es dann noch einmal."),
    500: ("Da ist bei uns etwas schiefgegangen", "Der Fehler ist vermerkt. Gespeichertes ist nicht verloren. Bitte versuchen Sie es gleich noch einmal."),
    503: ("Gerade ist sehr viel los", "Bitte versuchen Sie es in einer Minute noch einmal."),
    507: ("Der Speicher ist voll", "Es konnte nichts gespeichert werden. Bitte sagen Sie der Organisation Bescheid; Ihr Text steht unten und ist noch da."),
}  # fmt: skip


def wants_json() -> bool:
    """Background saves ask for JSON; people get pages."""
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def page(code: int, *, fields: kept.Fields | None = None) -> ResponseReturnValue:
    """The error page for this status; `fields` are shown so that nobody has to type them again."""
    title, text = _TEXTS.get(code, _TEXTS[400])
    if wants_json():
        return jsonify(error=title, text=text), code
    back = way_back() if code == 413 else ""
    return render_template("web/error.html", title=title, text=text, fields=fields or [], back=back), code


def way_back() -> str:
    """The address of the form that was sent, if it can be opened again: most are sent to where they stand; else ""."""
    if request.method != "POST":
        return ""
    try:
        current_app.url_map.bind(request.host).match(request.path, method="GET")
    except HTTPException:
        return ""
    return request.path


def http_error(error: HTTPException) -> ResponseReturnValue:
    """The page for an error of HTTP, with what was typed where it would be lost."""
    code = error.code or 500
    if error.response is not None or code < 400:
        return error.get_response()
    # 404: what one wrote on is gone by now, perhaps because one was put into another small group.
    answer = page(code, fields=kept.fields_of(request.form) if code == 404 else None)
    retry_after = getattr(error, "retry_after", None)
    if retry_after and isinstance(answer, tuple):
        return answer[0], code, {"Retry-After": str(retry_after)}
    return answer


def _not_signed_in(error: HTTPException) -> ResponseReturnValue:
    if wants_json():
        return jsonify(error="Nicht angemeldet", text="Sie sind nicht mehr angemeldet."), 401
    if request.method != "POST":
        return render_template("web/sign_in_first.html", next=request.full_path.rstrip("?"), kept=False), 401
    with transaction():
        handle = kept.keep(request.path, request.form)
    answer = render_template("web/sign_in_first.html", next=url_for("web.kept_form"), kept=True)
    cookie = f"{kept.COOKIE}={handle}; Max-Age={int(kept.KEPT_FOR.total_seconds())}; Path=/; HttpOnly; SameSite=Lax"
    return answer, 401, {"Set-Cookie": cookie + ("; Secure" if request.is_secure else "")}


def _stale_token(error: CSRFError) -> ResponseReturnValue:
    """The form's token does not fit the session: signed out, or signed in anew in another window."""
    if not current_user.is_authenticated and kept.WHO in request.form:
        return _not_signed_in(error)
    if wants_json():
        return jsonify(error="Formular abgelaufen", text="Bitte laden Sie die Seite neu."), 400
    fields = kept.fields_of(request.form)
    return render_template("web/once_more.html", action=request.full_path.rstrip("?"), fields=fields), 400


def _unexpected(error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    log.error("unexpected error", exc_info=error)
    return page(500, fields=kept.fields_of(request.form))


def _database(error: DBAPIError) -> ResponseReturnValue:
    db.session.rollback()
    log.error("database error", exc_info=error)
    full = isinstance(error, OperationalError) and "full" in str(error.orig).lower()
    return page(507 if full else 500, fields=kept.fields_of(request.form))


def _kept_form_is_saved(response: Response) -> Response:
    """A kept text that was saved is no longer kept."""
    # The status first: of a request that was too large, the form cannot be read.
    saved = request.method == "POST" and response.status_code in (302, 303) and "aufgehoben" in request.form
    if saved and current_user.is_authenticated:
        with transaction():
            kept.discard(request.cookies.get(kept.COOKIE, ""), current_user.id)
        response.delete_cookie(kept.COOKIE)
    return response


def init_app(app: Flask) -> None:
    app.after_request(_kept_form_is_saved)
    app.register_error_handler(CSRFError, _stale_token)
    app.register_error_handler(401, _not_signed_in)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(Exception, _unexpected)

    @app.context_processor
    def _kept() -> dict[str, Any]:
        return {
            "text_is_kept": bool(request.cookies.get(kept.COOKIE)) and request.endpoint != "web.kept_form"
        }
