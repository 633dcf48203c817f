"""Reading cannot write, writing is all or nothing, and only one writes at a time."""

from __future__ import annotations

import threading

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from app import clock
from app.accounts.models import Attempt, User
from app.extensions import db, transaction
from tests.support.databases import count


def attempt(bucket: str) -> Attempt:
    return Attempt(bucket=bucket, at=clock.now())


def test_a_write_outside_a_transaction_is_refused(app: Flask) -> None:
    with app.app_context():
        db.session.add(attempt("outside"))
        with pytest.raises(DBAPIError, match=r"(?i)read-?only"):
            db.session.flush()
        db.session.rollback()
        assert count("attempt") == 0


def test_what_is_inside_is_committed(app: Flask) -> None:
    with app.app_context():
        with transaction():
            db.session.add(attempt("inside"))
        db.session.remove()
        assert db.session.scalars(select(Attempt.bucket)).all() == ["inside"]


def add_and_fail() -> None:
    db.session.add(attempt("lost"))
    db.session.flush()
    raise RuntimeError


def test_an_error_undoes_everything_and_frees_the_lock(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(RuntimeError), transaction():
            add_and_fail()
        with transaction():
            db.session.add(attempt("kept"))
        assert db.session.scalars(select(Attempt.bucket)).all() == ["kept"]


def test_what_is_read_inside_is_fresh(app: Flask) -> None:
    """A reading snapshot from before the lock would make a decision on old facts."""
    with app.app_context():
        assert count("attempt") == 0

        def other() -> None:
            with app.app_context(), transaction():
                db.session.add(attempt("other"))

        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
        with transaction():
            assert count("attempt") == 1


def test_thirty_writers_at_once_lose_nothing(app: Flask) -> None:
    """Read, add one, write back: without the lock most of these would overwrite each other."""
    with app.app_context(), transaction():
        db.session.add(User(name="0", fs_uniquifier="u", created_at=clock.now()))
    start = threading.Barrier(30)

    def add_one() -> None:
        start.wait()
        with app.app_context():
            with transaction():
                row = db.session.scalars(select(User).with_for_update(of=User)).unique().one()
                row.name = str(int(row.name) + 1)
            db.session.remove()

    threads = [threading.Thread(target=add_one) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert db.session.scalars(select(User.name)).all() == ["30"]
