"""Head equals the models; up, down, up; constraints have names; on whichever database the tests run."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import inspect

from app import clock
from app.accounts.models import Attempt
from app.database import DatabaseTooNew, MigrationFailed, migrate
from app.extensions import db, transaction
from app.settings import ROOT
from tests.support.databases import SERVER


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_head_equals_models(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_up_down_up(empty: Flask, tmp_path: Path) -> None:
    migrate(empty, tmp_path / "copies")
    with empty.app_context():
        before = tables()
        flask_migrate.downgrade(revision="base")
        assert tables() == set()
        flask_migrate.upgrade()
        assert tables() == before == set(db.metadata.tables)


def test_a_second_start_changes_nothing(app: Flask, tmp_path: Path) -> None:
    assert migrate(app, tmp_path / "copies") is False
    assert not (tmp_path / "copies").exists()


NEXT = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "9998", "{head}", None, None


def upgrade():
    op.create_table("later", sa.Column("id", sa.Integer(), primary_key=True))
    {failure}


def downgrade():
    op.drop_table("later")
"""


def newest() -> str:
    """The last of our migrations."""
    return str(ScriptDirectory(str(ROOT / "migrations")).get_current_head())


def with_a_next_revision(folder: Path, failure: str = "") -> Path:
    """Our migrations and one that comes after them."""
    shutil.copytree(ROOT / "migrations", folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "9998_later.py").write_text(NEXT.format(head=newest(), failure=failure))
    return folder


def test_an_older_database_is_copied_first(empty: Flask, tmp_path: Path) -> None:
    migrate(empty, tmp_path / "copies")
    with empty.app_context(), transaction():
        db.session.add(Attempt(bucket="before", at=clock.now()))
    assert migrate(empty, tmp_path / "copies", with_a_next_revision(tmp_path / "next")) is True
    with empty.app_context():
        assert "later" in tables()
    copies = list((tmp_path / "copies").glob("*.db")) if (tmp_path / "copies").exists() else []
    assert [copy.name for copy in copies] == ([] if SERVER else ["vor-migration-20260703-090000.db"])
    for copy in copies:
        connection = sqlite3.connect(copy)
        assert connection.execute("SELECT bucket FROM attempt").fetchall() == [("before",)]
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'later'").fetchone() == (
            0,
        )
        connection.close()


def test_a_migration_that_fails_leaves_nothing_behind(empty: Flask, tmp_path: Path) -> None:
    migrate(empty, tmp_path / "copies")
    broken = with_a_next_revision(tmp_path / "next", 'raise RuntimeError("in the middle")')
    with pytest.raises(MigrationFailed, match="nichts geändert"):
        migrate(empty, tmp_path / "copies", broken)
    with empty.app_context():
        assert "later" not in tables()
    assert migrate(empty, tmp_path / "copies") is False


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
                connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{newest()}'")
            connection.close()


def test_every_constraint_has_a_name(app: Flask) -> None:
    with app.app_context():
        for table in db.metadata.tables.values():
            for constraint in table.constraints:
                assert constraint.name, f"{table.name}: {constraint} has no name"
