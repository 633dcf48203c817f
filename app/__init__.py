"""Feldweg: a folder of Markdown becomes a whole training. `create_app` puts the rooms together."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from typing import Any

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from app import extensions, settings
from app.sealing import Sealer

# The table of contents of the site: each room with views, and where it is.
# Rooms whose rows exist even where no view of theirs was imported yet.
MODELS = tuple(
    f"app.{room}.models"
    for room in (
        "accounts",
        "web",
        "editions",
        "cohorts",
        "schedule",
        "attendance",
        "admission",
        "quizzes",
        "groups",
        "progress",
        "review",
        "certificates",
    )
)

ROOMS = (
    "app.web.assets",
    "app.web.views",
    "app.accounts.views",
    "app.editions.views",
    "app.cohorts.views",
    "app.schedule.views",
    "app.attendance.views",
    "app.admission.views",
    "app.groups.views",
    "app.progress.views",
    "app.review.views",
    "app.modules.views",
    "app.live.views",
    "app.certificates.views",
    "app.certificates.verification",
    "app.desk.views",
)


@dataclass(frozen=True, slots=True)
class Feldweg:
    """What belongs to this installation and is not Flask configuration: `app.extensions["feldweg"]`."""

    settings: settings.Settings
    sealer: Sealer


def create_app(given: settings.Settings | None = None) -> Flask:
    """The application for these settings (default: from the environment)."""
    values = given or settings.load()
    app = Flask(__name__, static_folder=None)
    _configure(app, values)
    extensions.init_app(app, values.database_url, values.threads, values.data)
    for name in ("app.web.german", "app.web.headers", "app.web.log", "app.web.errors"):
        import_module(name).init_app(app)
    import_module("app.accounts.signin").init_app(app, _derived(values.session_key, "password salt"))
    for name in MODELS:
        import_module(name)
    for name in ROOMS:
        app.register_blueprint(import_module(name).bp)
    return app


def _configure(app: Flask, values: settings.Settings) -> None:
    app.extensions["feldweg"] = Feldweg(values, Sealer(values.answers_key))
    app.config.update(
        SECRET_KEY=_derived(values.session_key, "session"),
        WTF_CSRF_TIME_LIMIT=None,  # a text may be typed for longer than an hour
        MAX_CONTENT_LENGTH=2 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        MAX_FORM_PARTS=10_000,  # a board of a hundred cards has more fields than the usual thousand
        PERMANENT_SESSION_LIFETIME=timedelta(days=60),
        REMEMBER_COOKIE_DURATION=timedelta(days=60),
        REMEMBER_COOKIE_HTTPONLY=True,
        REMEMBER_COOKIE_SAMESITE="Lax",
        REMEMBER_COOKIE_SECURE=values.secure_cookies,
        SESSION_COOKIE_NAME="feldweg",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=values.secure_cookies,
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    if values.trusted_proxies:
        count = values.trusted_proxies
        proxied: Any = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)
        app.wsgi_app = proxied  # type: ignore[method-assign]


def _derived(key: bytes, purpose: str) -> str:
    """A secret for one purpose, from the installation's one session key."""
    return hmac.new(key, purpose.encode(), hashlib.sha256).hexdigest()
