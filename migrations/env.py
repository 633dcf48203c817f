"""How migrations run: under the writer lock, in one transaction, with foreign keys off while tables are rebuilt.

SQLite rebuilds a table to change it; with foreign keys on, that would cascade into the tables that point to it.
"""

from __future__ import annotations

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from app.extensions import db, writer_lock

target_metadata = db.metadata


def run() -> None:
    engine = db.engine
    sqlite = engine.dialect.name == "sqlite"
    with writer_lock(engine.url.database if sqlite else None), engine.connect() as connection:
        if sqlite:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        try:
            _migrate(connection.execution_options(feldweg_writes=True), sqlite=sqlite)
        finally:
            connection.rollback()
            if sqlite:
                connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")


def _migrate(connection: Connection, *, sqlite: bool) -> None:
    context.configure(
        connection=connection,
        target_metadata=target_metadata,
        render_as_batch=sqlite,
        compare_type=True,
        compare_server_default=False,
        transaction_per_migration=False,
        render_item=_render_item,
    )
    with connection.begin():
        context.run_migrations()
        if sqlite:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"the migration would leave {len(broken)} rows without their parent")


def _render_item(kind: str, item: object, _context: object) -> str | bool:
    """Migrations name our own types by what they are in the database."""
    if kind == "type" and type(item).__name__ == "Instant":
        return "sa.DateTime(timezone=True)"
    return False


if context.is_offline_mode():
    raise SystemExit("Feldweg migriert nur mit einer Verbindung zur Datenbank.")
current_app.logger.debug("migrating")
run()
