"""Head equals the models; up, down, up; constraints have names; on whichever database the tests run."""

from __future__ import annotations

from pathlib import Path

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask
from sqlalchemy import inspect

from app import create_app
from app.database import DatabaseTooNew, migrate
from app.extensions import db
from tests.support.databases import SERVER, make_settings


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_head_equals_models(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


@pytest.mark.skipif(bool(SERVER), reason="would take the tables from other tests of this run")
def test_up_down_up(tmp_path: Path) -> None:
    app = create_app(make_settings(tmp_path))
    migrate(app, tmp_path / "copies")
    with app.app_context():
        before = tables()
        flask_migrate.downgrade(revision="base")
        assert tables() == set()
        flask_migrate.upgrade()
        assert tables() == before == set(db.metadata.tables)
        db.session.remove()
        db.engine.dispose()


def test_a_second_start_changes_nothing(app: Flask, tmp_path: Path) -> None:
    assert migrate(app, tmp_path / "copies") is False
    assert not (tmp_path / "copies").exists()


@pytest.mark.skipif(bool(SERVER), reason="PostgreSQL is backed up by its own tools")
def test_an_older_database_is_copied_first(tmp_path: Path) -> None:
    app = create_app(make_settings(tmp_path))
    migrate(app, tmp_path / "copies")
    with app.app_context():
        flask_migrate.downgrade(revision="-1")
        with db.engine.connect() as connection:
            older = MigrationContext.configure(connection).get_current_revision()
        db.session.remove()
    assert migrate(app, tmp_path / "copies") is True
    assert len(list((tmp_path / "copies").glob("*.db"))) == (1 if older else 0)
    with app.app_context():
        db.engine.dispose()


def test_a_database_from_the_future_is_refused(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        connection = db.engine.connect().execution_options(feldweg_writes=True)
        with connection.begin():
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    try:
        with pytest.raises(DatabaseTooNew, match="neueren Fassung"):
            migrate(app, tmp_path / "copies")
    finally:
        with app.app_context():
            with connection.begin():
                connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
            connection.close()


def test_every_constraint_has_a_name(app: Flask) -> None:
    with app.app_context():
        for table in db.metadata.tables.values():
            for constraint in table.constraints:
                assert constraint.name, f"{table.name}: {constraint} has no name"
