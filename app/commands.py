"""What each command does. Returns exit statuses: 0 done, 1 the course has errors, 2 it could not be run."""

from __future__ import annotations

import argparse
import errno
import getpass
import json
import os
import sys
from pathlib import Path

import waitress
from flask import Flask
from sqlalchemy import select

from app import archive, create_app, demo, settings
from app.access import Role
from app.accounts import letters
from app.accounts import service as accounts
from app.accounts.models import User
from app.course.compile import compile_bounded
from app.course.fix import fix_missing_ids
from app.course.messages import sentence, suggestion
from app.course.model import Problem, Severity
from app.course.source import SourceTree, from_folder
from app.database import migrate, serving_alone
from app.editions import service as editions
from app.editions.models import Edition
from app.extensions import db, transaction
from app.web import log

Given = argparse.Namespace
SHORTEST_PASSWORD = 10


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
    app = _app()
    with app.app_context():
        empty = db.session.scalar(select(User.id).limit(1)) is None
        db.session.remove()
    if given.demo and not empty and not demo.exists(app):
        return _stop(
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
        return _stop(
            f"Auf {host}:{port} kann Feldweg nicht lauschen: {cause}. Mit --port wählen Sie einen anderen."
        )
    if values.mail.host:
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


def check(given: Given) -> int:
    """Print every problem of a course folder."""
    found = _read_folder(given.folder)
    if found is None:
        return 2
    tree, problems = found
    if given.fix:
        for path, data in fix_missing_ids(tree).items():
            (given.folder / path).write_bytes(data)
            print(f"{path}: fehlende Kennungen ergänzt", file=sys.stderr)
        tree, problems = from_folder(given.folder)
    problems = sorted({*problems, *compile_bounded(tree, known=problems).problems})
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if given.json:
        print(json.dumps([_as_json(problem) for problem in problems], ensure_ascii=False, indent=2))
    else:
        _print_problems(problems, given.folder)
        print(_summary(len(errors), len(problems) - len(errors)))
    return 1 if errors else 0


def publish(given: Given) -> int:
    """Publish a folder as an edition; nothing changes when it has errors."""
    found = _read_folder(given.folder)
    if found is None:
        return 2
    tree, problems = found
    compiled = compile_bounded(tree, known=problems)
    errors = [problem for problem in {*problems, *compiled.problems} if problem.severity is Severity.ERROR]
    if errors or compiled.course is None:
        _print_problems(sorted(errors), given.folder)
        print("Nicht veröffentlicht. Bitte beheben Sie zuerst diese Fehler; es hat sich nichts geändert.")
        return 1
    app = _app()
    with app.app_context(), transaction():
        done = editions.publish(tree, compiled.course, given.author, given.note)
        number, digest = done.edition.id, done.edition.digest
    state = "Neue Fassung" if done.new else "Unverändert, das ist schon Fassung"
    print(f"{state} {number}: {compiled.course.title} (Prüfsumme {digest[:12]})")
    return 0


def export(given: Given) -> int:
    """Write the sources of an edition into a new folder."""
    app = _app()
    with app.app_context():
        edition = db.session.scalar(
            select(Edition).where(Edition.id == given.edition) if given.edition
            else select(Edition).order_by(Edition.id.desc()).limit(1)
        )  # fmt: skip
        if edition is None:
            return _stop("Diese Fassung gibt es nicht. Welche es gibt, steht in Feldweg unter „Fassungen“.")
        if given.folder.exists():
            return _stop(f"{given.folder} gibt es schon. Bitte nennen Sie einen neuen Ordner.")
        tree = editions.source_of(edition.id)
    for path, data in tree.files.items():
        target = given.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    print(f"{len(tree.files)} Dateien nach {given.folder} geschrieben.")
    return 0


def add_user(given: Given) -> int:
    """Create an account for staff; the password is asked for, or read from standard input."""
    if "@" not in given.email:
        return _stop(f"„{given.email}“ ist keine E-Mail-Adresse.")
    password = _new_password()
    if password is None:
        return 2
    app = _app()
    try:
        with app.app_context(), transaction():
            roles = frozenset(Role(name) for name in given.role)
            accounts.create_staff(given.name, given.email, password, roles)
    except accounts.EmailTaken:
        return _stop(f"Einen Zugang mit {given.email} gibt es schon.")
    print(f"Zugang für {given.name} angelegt ({', '.join(sorted(given.role))}).")
    return 0


def set_password(given: Given) -> int:
    """Give an account a new password; all its sessions end."""
    app = _app()
    with app.app_context():
        if accounts.find_by_email(given.email) is None:
            return _stop(
                f"Einen Zugang mit {given.email} gibt es nicht. Welche es gibt: feldweg.py user list"
            )
        password = _new_password()
        if password is None:
            return 2
        with transaction():
            accounts.set_password(given.email, password)
    print(
        f"Das Passwort von {given.email} ist neu gesetzt. Wer damit angemeldet war, muss sich neu anmelden."
    )
    return 0


def list_users(_given: Given) -> int:
    """Print all accounts of staff."""
    app = _app()
    with app.app_context():
        for user in accounts.staff():
            state = "" if user.active else "  (gesperrt)"
            print(f"{user.email}  {user.name}  {', '.join(sorted(user.role_names))}{state}")
    return 0


def lock_user(given: Given) -> int:
    """Lock an account, or open it again; nothing it did is lost."""
    app = _app()
    with app.app_context():
        if accounts.find_by_email(given.email) is None:
            return _stop(
                f"Einen Zugang mit {given.email} gibt es nicht. Welche es gibt: feldweg.py user list"
            )
        with transaction():
            accounts.set_active(given.email, active=given.open)
    print(f"{given.email} ist {'wieder offen' if given.open else 'gesperrt'}.")
    return 0


def _new_password() -> str | None:
    """A password, asked for twice by a person, read once from a pipe; None after saying why it will not do."""
    if sys.stdin.isatty():
        password = getpass.getpass("Neues Passwort (wird nicht angezeigt): ")
        if getpass.getpass("Noch einmal: ") != password:
            _stop("Die beiden Eingaben sind nicht gleich. Bitte versuchen Sie es noch einmal.")
            return None
    else:
        password = sys.stdin.readline().rstrip("\n")
    if len(password) < SHORTEST_PASSWORD:
        _stop(f"Das Passwort ist zu kurz, es braucht mindestens {SHORTEST_PASSWORD} Zeichen.")
        return None
    return password


def backup(given: Given) -> int:
    """Save the database and the keys into one file."""
    values = settings.load()
    return archive.backup(values, given.file)


def restore(given: Given) -> int:
    """Put a backup back in place of what is there; what was there is kept beside it."""
    values = settings.load()
    with serving_alone(values.data):
        return archive.restore(values, given.file)


def tests_need_the_door(_given: Given) -> int:
    return _stop("Die Tests starten Sie mit „python3 feldweg.py test“ im Ordner von Feldweg.")


def _app() -> Flask:
    values = settings.load()
    app = create_app(values)
    migrate(app, values.data / "sicherungen")
    return app


def _read_folder(folder: Path) -> tuple[SourceTree, list[Problem]] | None:
    if not folder.is_dir():
        _stop(f"{folder} ist kein Ordner. Nennen Sie den Ordner, in dem course.yaml liegt.")
        return None
    return from_folder(folder)


def _print_problems(problems: list[Problem], folder: Path) -> None:
    for problem in problems:
        word = "Fehler" if problem.severity is Severity.ERROR else "Hinweis"
        place = os.path.join(folder, problem.path)  # noqa: PTH118  # keeps the way the person typed it
        print(f"{place}:{problem.line}: {word}: {sentence(problem)}")
        advice = suggestion(problem)
        if advice:
            print(f"    {advice}")


def _summary(errors: int, hints: int) -> str:
    if not errors and not hints:
        return "Alles in Ordnung."
    said = "1 Hinweis" if hints == 1 else f"{hints} Hinweise"
    return f"{errors} Fehler, {said}." if errors else f"Keine Fehler, {said}."


def _as_json(problem: Problem) -> dict[str, str | int]:
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "path": problem.path,
        "line": problem.line,
        "message": sentence(problem),
        "suggestion": suggestion(problem),
    }


def _stop(sentence_: str) -> int:
    print(sentence_, file=sys.stderr)
    return 2
