"""A fresh, migrated database for each test: a copied file on SQLite, a truncated one on PostgreSQL.

FELDWEG_TEST_DATABASE names a PostgreSQL server database to make ours beside; without it tests run on SQLite.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import text
from sqlalchemy.engine import make_url

from app import create_app, settings
from app.database import migrate
from app.extensions import db

SERVER = os.environ.get("FELDWEG_TEST_DATABASE", "")


def make_settings(folder: Path, url: str = "") -> settings.Settings:
    """Settings of a test installation in this folder."""
    environ = {"FELDWEG_DATA": str(folder), "FELDWEG_ORG_NAME": "Kreis Musterland", "FELDWEG_THREADS": "8"}
    environ |= {"DATABASE_URL": url} if url else {}
    return settings.load(environ)


class Template:
    """Where a test's database comes from; made once in a run."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.url = _make_postgresql(name) if SERVER else ""
        self.settings = make_settings(folder, self.url)
        app = create_app(self.settings)
        migrate(app, folder / "copies")
        with app.app_context():
            self.tables = [table.name for table in db.metadata.sorted_tables]
            db.engine.dispose()

    def fresh(self, folder: Path) -> settings.Settings:
        """Settings of an empty, migrated database."""
        if self.url:
            return make_settings(folder, self.url)
        folder.mkdir(exist_ok=True)
        shutil.copy(self.folder / "feldweg.db", folder / "feldweg.db")
        return make_settings(folder)

    def empty(self) -> None:
        """Take out what a test wrote (SQLite files are simply thrown away)."""
        if not self.url:
            return
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(
                "TRUNCATE " + ", ".join(f'"{name}"' for name in self.tables) + " RESTART IDENTITY CASCADE"
            )

    def drop(self) -> None:
        if self.url:
            with _server() as connection:
                connection.execute(f'DROP DATABASE IF EXISTS "{make_url(self.url).database}" WITH (FORCE)')


def _make_postgresql(name: str) -> str:
    with _server() as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    return make_url(SERVER).set(database=name).render_as_string(hide_password=False)


@contextmanager
def _server() -> Iterator[psycopg.Connection]:
    with psycopg.connect(SERVER, autocommit=True) as connection:
        yield connection


@contextmanager
def separate_database(folder: Path, name: str) -> Iterator[settings.Settings]:
    """Settings of an empty database without tables that no other test uses, on the database of this run."""
    url = _make_postgresql(f"{name}_{os.getpid()}") if SERVER else ""
    try:
        yield make_settings(folder, url)
    finally:
        if url:
            with _server() as connection:
                connection.execute(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')


def count(table: str) -> int:
    """Rows of a table, in the present app context."""
    return int(db.session.scalar(text(f'SELECT count(*) FROM "{table}"')) or 0)
