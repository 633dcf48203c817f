"""Security headers on every answer, and what all templates know."""

from __future__ import annotations

import gzip
from typing import Any

from flask import Flask, Response, current_app, request, url_for
from flask_login import current_user

from app.web import kept
from app.web.addresses import only_here
from app.web.assets import static_url

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
_WORTH_ZIPPING = 1000  # bytes
_HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def _squeeze(response: Response) -> None:
    """Send pages zipped: over a seminar house's Wi-Fi a quarter of the bytes is worth the fraction of a millisecond.

    Compressing beside a secret is only safe where nobody else can have a page made with words of their choice
    (BREACH): our cookies are SameSite=Lax, and no page of somebody signed in repeats its address.
    """
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] <= 0 or len(response.get_data()) < _WORTH_ZIPPING:
        return
    response.set_data(gzip.compress(response.get_data(), 4, mtime=0))
    response.headers["Content-Encoding"] = "gzip"


def _finish(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if (request.endpoint or "").startswith("security."):
        del response.headers["Cache-Control"]  # the library has ideas of its own
    response.headers.setdefault("Cache-Control", "no-store, private")
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint == "security.logout":
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
    if response.mimetype == "text/html" and "Content-Encoding" not in response.headers:
        _squeeze(response)
    return response


def who_token() -> str:
    """The signed field that says who was signed in when a form was made; empty for nobody."""
    return kept.who_token(current_user.id) if current_user.is_authenticated else ""


def _account() -> dict[str, str] | None:
    """Who is signed in, for the header; staff change their password there, participants find their personal link."""
    if not current_user.is_authenticated:
        return None
    endpoint, label = ("security.change_password", "Passwort ändern") if current_user.password else (
        "accounts.own_link", "Persönlicher Link",
    )  # fmt: skip
    return {
        "name": current_user.name,
        "href": url_for(endpoint),
        "label": label,
        "signout": url_for("security.logout"),
    }


def init_app(app: Flask) -> None:
    app.after_request(_finish)
    app.jinja_env.globals.update(
        static_url=static_url, who_token=who_token, only_here=only_here, typed_of=kept.typed_of
    )

    @app.context_processor
    def _site() -> dict[str, Any]:
        organisation = current_app.extensions["feldweg"].settings.organisation
        site = {"name": "Feldweg", "organisation": organisation.name, "handbook": url_for("modules.handbook")}
        return {"site": site, "account": _account()}
