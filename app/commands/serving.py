"""The server, with what runs beside it."""

from __future__ import annotations

import errno

import waitress
from flask import Flask
from sqlalchemy import select

from app import demo, settings
from app.accounts import letters, periodic
from app.accounts.models import User
from app.attendance.by_code import claims
from app.commands.common import Given, ready_app, stop
from app.database import serving_alone
from app.extensions import db
from app.quizzes import purge, reminders
from app.web import log


def start(given: Given) -> int:
    """No command: with the demo on an empty database, plain afterwards."""
    given.host, given.port, given.demo = "127.0.0.1", 8000, None
    return serve(given)


def serve(given: Given) -> int:
    """Serve until stopped. `given.demo`: None means when the database is empty."""
    log.to_stderr()
    with serving_alone(settings.load().data):
        return _serve(given)


def _serve(given: Given) -> int:
    app = ready_app()
    with app.app_context():
        empty = db.session.scalar(select(User.id).limit(1)) is None
        db.session.remove()
    if given.demo and not empty and not demo.exists(app):
        return stop(
            "Die Datenbank ist nicht leer. Die Beispielkohorte kommt nur in eine leere: FELDWEG_DATA=anderer-ordner"
        )
    if empty and given.demo in (True, None):
        print("Feldweg legt Kurs und Beispielkohorte an …", flush=True)
        demo.create(app, app.extensions["feldweg"].settings.base_url or f"http://{given.host}:{given.port}")
    elif empty:
        print(
            "Noch gibt es keinen Zugang. Legen Sie einen an: feldweg.py user add E-MAIL --name NAME --role organiser"
        )
    demo.announce(app)
    return _listen(app, given.host, given.port)


def _listen(app: Flask, host: str, port: int) -> int:
    values: settings.Settings = app.extensions["feldweg"].settings
    try:
        server = waitress.create_server(
            app, host=host, port=port, threads=values.threads, ident=None, clear_untrusted_proxy_headers=True
        )
    except OSError as error:
        cause = "der Anschluss ist schon belegt" if error.errno == errno.EADDRINUSE else error.strerror
        return stop(
            f"Auf {host}:{port} kann Feldweg nicht lauschen: {cause}. Mit --port wählen Sie einen anderen."
        )
    periodic.register(purge.JOB)
    periodic.register(reminders.JOB)
    periodic.register(claims.JOB)
    letters.start_postman(app)
    print(f"Feldweg läuft: http://{host}:{port}   (beenden mit Strg+C)", flush=True)
    if host in ("127.0.0.1", "localhost", "::1") and not values.base_url:
        print(
            "Das ist nur auf diesem Rechner zu öffnen. Für Handys: feldweg.py serve --host 0.0.0.0 (docs/operating.md)"
        )
    try:
        server.run()
    finally:
        server.close()
    return 0
