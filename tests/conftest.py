"""Fixtures for all tests: an installation with an empty database, the cast, clients that are signed in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import event

from app import clock, create_app
from app.accounts.models import User
from app.extensions import db, transaction
from tests.support.browser import ARGUMENTS, CHROMIUM
from tests.support.cast import NOW, Cast, Person, assemble
from tests.support.client import PageClient
from tests.support.databases import Template

ClientFor = Callable[[Person | None], PageClient]
Inside = Callable[[], AbstractContextManager[None]]


@pytest.fixture(scope="session")
def database_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Template]:
    name = f"feldweg_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    template = Template(tmp_path_factory.mktemp("template"), name)
    yield template
    template.drop()


@pytest.fixture(autouse=True)
def _friday_morning() -> Iterator[None]:
    """It is Friday, 3 July 2026, 11:00 in Berlin, unless a test says otherwise."""
    with clock.standing_at(NOW):
        yield


@pytest.fixture
def app(database_template: Template, tmp_path: Path) -> Iterator[Flask]:
    """An installation with an empty, migrated database."""
    made = create_app(database_template.fresh(tmp_path / "data"))
    made.testing = True
    made.config["PROPAGATE_EXCEPTIONS"] = False
    made.test_client_class = PageClient
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()
    database_template.empty()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for a whole run; each test makes contexts of its own."""
    if not CHROMIUM.exists():
        pytest.skip(f"Chromium is not installed at {CHROMIUM}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def cast(app: Flask) -> Cast:
    return assemble(app)


@pytest.fixture
def client_for(app: Flask) -> ClientFor:
    """A client signed in as this person; for None one that nobody is signed in with."""

    def make(person: Person | None) -> PageClient:
        client = app.test_client()
        assert isinstance(client, PageClient)
        if person is not None:
            with app.app_context():
                uniquifier = db.session.get_one(User, person.user_id).fs_uniquifier
                db.session.remove()
            with client.session_transaction() as session:
                session["_user_id"], session["_fresh"] = uniquifier, True
        return client

    return make


@pytest.fixture
def statements(app: Flask) -> Callable[[], object]:
    """`with statements() as seen:` collects the SQL statements (without BEGIN and PRAGMA) that run inside."""

    @contextmanager
    def watch() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            if not statement.startswith(("PRAGMA", "BEGIN", "SET TRANSACTION")):
                seen.append(statement)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return watch


@pytest.fixture
def reading(app: Flask) -> Inside:
    """`with reading():` reads the database as it is now."""

    @contextmanager
    def inside() -> Iterator[None]:
        with app.app_context():
            yield
            db.session.remove()

    return inside


@pytest.fixture
def writing(app: Flask) -> Inside:
    """`with writing():` changes the database as a view would."""

    @contextmanager
    def inside() -> Iterator[None]:
        with app.app_context():
            with transaction():
                yield
            db.session.remove()

    return inside
