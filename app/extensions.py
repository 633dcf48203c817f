"""Database and other extensions: created here, bound in create_app.

How transactions work (docs/operating.md says why): outside `transaction()` a session can only read. Inside,
one writer at a time holds a lock (in the process, and by `flock` between processes), SQLite begins IMMEDIATE,
and the lock is released only after COMMIT has returned.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import flask_babel
from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, event
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import TypeDecorator

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows: one process only, so the lock in the process is enough
    fcntl = None  # type: ignore[assignment]

try:  # SQLite below 3.51.3 has a race in its write-ahead log (docs/operating.md)
    import pysqlite3 as sqlite_module
except ImportError:  # pragma: no cover - other systems than Linux
    import sqlite3 as sqlite_module


class Instant(TypeDecorator[datetime]):
    """A moment, stored as UTC and always given back with its time zone, on SQLite too."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=_NAMES)
    registry = registry(metadata=metadata, type_annotation_map={datetime: Instant})


db = SQLAlchemy(model_class=Base, engine_options={})
migrate = Migrate(compare_type=True)
babel = flask_babel.Babel()
csrf = CSRFProtect()

_process_lock = threading.Lock()


def engine_options(url: str, threads: int) -> dict[str, Any]:
    """Pool and driver settings for this database."""
    shared: dict[str, Any] = {"pool_size": threads + 2, "max_overflow": 0, "hide_parameters": True}
    if url.startswith("sqlite"):
        return shared | {"module": sqlite_module, "connect_args": {"timeout": 30}}
    options = "-c statement_timeout=15000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=30000"
    return shared | {"connect_args": {"options": options}, "pool_pre_ping": True}


def configure_engine(engine: Engine) -> None:
    """Make this engine read-only unless a transaction says that it writes."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "trusted_schema=OFF",
        "cell_size_check=ON",
        "journal_size_limit=67108864",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("feldweg_writes")
    connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if not connection.get_execution_options().get("feldweg_writes"):
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


@contextmanager
def transaction() -> Iterator[None]:
    """Everything inside is written together or not at all. Only views and the command line may open one."""
    session = db.session
    session.rollback()  # ends the reading snapshot, so that what is read inside is what is true under the lock
    with writer_lock(session.get_bind().engine.url.database if _is_sqlite() else None):
        session.connection(execution_options={"feldweg_writes": True})
        try:
            yield
            session.commit()
        except BaseException:
            session.rollback()
            raise


def write_from_the_start() -> None:
    """For a library's own POST views: the request's session may write; the library commits."""
    db.session.rollback()
    db.session.connection(execution_options={"feldweg_writes": True})


def _is_sqlite() -> bool:
    return bool(db.engine.dialect.name == "sqlite")


@contextmanager
def writer_lock(database: str | None) -> Iterator[None]:
    """One writer at a time. `database` is the SQLite file, None for a database that needs no lock."""
    if database is None:
        yield
        return
    with _process_lock:
        descriptor = os.open(f"{database}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if fcntl:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)  # closing releases the lock, and so does the kernel after kill -9


def init_app(app: Flask, url: str, threads: int, data: Path) -> None:
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(url, threads)
    db.init_app(app)
    migrate.init_app(app, db, directory=str(Path(__file__).parent.parent / "migrations"))
    csrf.init_app(app)
    babel.init_app(app, default_locale="de", default_timezone="Europe/Berlin")
    with app.app_context():
        configure_engine(db.engine)
