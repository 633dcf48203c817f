"""Bringing the database to the schema of this program: copied first, then migrated, never downwards."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import flask_migrate
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from app import clock
from app.extensions import db
from app.settings import ROOT

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows
    fcntl = None  # type: ignore[assignment]

log = logging.getLogger("feldweg.database")


class DatabaseTooNew(Exception):
    """The database was made by a newer Feldweg; this one would harm it."""


class MigrationFailed(Exception):
    """A migration was stopped and undone; a German sentence for whoever starts Feldweg."""


def migrate(app: Flask, copies: Path, folder: Path = ROOT / "migrations") -> bool:
    """Bring the database to the newest schema. Before that an SQLite file is copied into `copies`.

    Returns whether anything was to be done. Raises DatabaseTooNew, MigrationFailed.
    """
    with app.app_context():
        scripts = ScriptDirectory(str(folder))
        with db.engine.connect() as connection:
            present = MigrationContext.configure(connection).get_current_revision()
        head = scripts.get_current_head()
        if present == head:
            return False
        if present and present not in {script.revision for script in scripts.walk_revisions()}:
            raise DatabaseTooNew(
                "Die Datenbank gehört zu einer neueren Fassung von Feldweg. Bitte starten Sie wieder die neuere "
                "Fassung, oder spielen Sie mit „feldweg.py restore“ eine Sicherung von vorher zurück."
            )
        if present and db.engine.dialect.name == "sqlite":
            copy_sqlite(Path(str(db.engine.url.database)), copies / _name(clock.now()))
        try:
            flask_migrate.upgrade(directory=str(folder))
        except SystemExit as error:  # how Flask-Migrate ends when a migration raises
            raise MigrationFailed(
                "Die Datenbank ließ sich nicht auf den neuen Stand bringen; es hat sich nichts geändert. "
                f"Die Ursache steht darüber. Eine Kopie von vorher liegt in {copies}."
            ) from error
        log.info("database migrated from %s to %s", present, head)
        return True


class AlreadyRunning(Exception):
    """Another process serves this data folder; a German sentence."""


@contextmanager
def serving_alone(data: Path) -> Iterator[None]:
    """Hold the data folder while the server runs, so that nobody restores under it. Raises AlreadyRunning.

    The kernel lets go of the lock when the process ends, however it ends.
    """
    descriptor = os.open(data / "feldweg.running", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if fcntl:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        raise AlreadyRunning(
            f"Mit dem Datenordner {data} läuft schon ein Feldweg. Bitte beenden Sie es zuerst (dort mit Strg+C)."
        ) from error
    try:
        yield
    finally:
        os.close(descriptor)


def copy_sqlite(source: Path, target: Path) -> None:
    """A consistent copy of a live SQLite database (VACUUM INTO; copying the file would miss what is in its log)."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    connection = sqlite3.connect(source, timeout=30)
    try:
        connection.execute("VACUUM INTO ?", (str(target),))
    finally:
        connection.close()


def _name(moment: datetime) -> str:
    return f"vor-migration-{moment:%Y%m%d-%H%M%S}.db"
