"""Runs in the database: nobody ever skips two steps; a moderator who leaves is none."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from flask import Flask

from app import clock
from app.cohorts.models import Enrolment
from app.course.blocks.ablauf import Procedure
from app.extensions import db, transaction
from app.quizzes import procedures
from app.quizzes.runs import Actor, Deed, Run
from tests.quizzes.conftest import here_of
from tests.quizzes.procedures_sample import course
from tests.support.cast import Cast
from tests.support.databases import count

STAFF = Actor(0, True, False)


def block(block_id: str = "a1") -> Procedure:
    found = course().find_block(block_id)
    assert found and isinstance(found[1], Procedure)
    return found[1]


def act(
    app: Flask, cast: Cast, deed: Deed, version: int, actor: Actor = STAFF, scope: str = "alle"
) -> Run | None:
    with app.app_context(), transaction():
        return procedures.act(cast.nord, block(), scope, deed, version, actor)


def run_of(app: Flask, cast: Cast, scope: str = "alle") -> Run:
    with app.app_context():
        found = procedures.run_of(cast.nord, block(), scope)
        db.session.remove()
    return found


def test_a_run_is_kept(app: Flask, cast: Cast) -> None:
    assert run_of(app, cast).step == 0
    act(app, cast, Deed.BEGIN, 0)
    act(app, cast, Deed.ON, 1)
    found = run_of(app, cast)
    assert (found.step, found.version, found.started_at) == (2, 2, clock.now())


def test_an_old_version_changes_nothing_and_tells_the_state(app: Flask, cast: Cast) -> None:
    act(app, cast, Deed.BEGIN, 0)
    stale = act(app, cast, Deed.ON, 0)
    assert stale == run_of(app, cast)
    assert stale and stale.step == 1


def test_twenty_presses_at_once_go_on_once(app: Flask, cast: Cast) -> None:
    act(app, cast, Deed.BEGIN, 0)
    with ThreadPoolExecutor(20) as pool:
        found = list(pool.map(lambda _: act(app, cast, Deed.ON, 1), range(20)))
    assert {run.step for run in found if run} == {2}
    assert run_of(app, cast).step == 2


def test_twenty_beginnings_make_one_run(app: Flask, cast: Cast) -> None:
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda _: act(app, cast, Deed.BEGIN, 0), range(20)))
    with app.app_context():
        assert count("procedure_run") == 1
    assert run_of(app, cast).step == 1


def test_runs_of_groups_are_their_own(app: Flask, cast: Cast) -> None:
    act(app, cast, Deed.BEGIN, 0, scope="gruppe:1")
    assert [run_of(app, cast, scope).step for scope in ("gruppe:1", "gruppe:2", "alle")] == [1, 0, 0]


def test_who_may_not_is_refused(app: Flask, cast: Cast) -> None:
    bela = Actor(cast.bela.enrolment_id, False, False)
    assert act(app, cast, Deed.BEGIN, 0, bela) is None
    assert act(app, cast, Deed.MODERATE, 0, bela)
    found = run_of(app, cast)
    assert (found.moderator, found.moderator_name) == (cast.bela.enrolment_id, "Bela Öztürk")
    assert act(app, cast, Deed.BEGIN, 1, bela)


def test_who_has_left_moderates_no_more(app: Flask, cast: Cast) -> None:
    act(app, cast, Deed.MODERATE, 0, Actor(cast.bela.enrolment_id, False, False))
    with app.app_context(), transaction():
        db.session.get_one(Enrolment, cast.bela.enrolment_id).left_at = clock.now()
    assert run_of(app, cast).moderator is None
    anna = Actor(cast.anna.enrolment_id, False, False)
    assert act(app, cast, Deed.MODERATE, 1, anna)
    assert run_of(app, cast).moderator_name == "Anna Kolb"


def test_an_author_took_steps_away(app: Flask, cast: Cast) -> None:
    for version, deed in enumerate((Deed.BEGIN, Deed.ON, Deed.ON, Deed.ON)):
        act(app, cast, deed, version)
    shorter = replace(block(), steps=block().steps[:2])
    with app.app_context():
        assert procedures.run_of(cast.nord, shorter, "alle").step == 3


@pytest.mark.parametrize(
    ("block_id", "group", "scope"),
    [
        ("a1", None, "alle"),
        ("a1", 3, "alle"),
        ("a2", 3, "gruppe:3"),
        ("a2", None, "alle"),
        ("a3", 3, "person:{me}"),
    ],
)
def test_whose_run(at_work: Cast, block_id: str, group: int | None, scope: str) -> None:
    here = here_of(at_work, at_work.anna, course())
    expected = scope.format(me=at_work.anna.enrolment_id)
    assert procedures.scope_of(block(block_id), here, group) == expected


def test_somebody_who_only_looks_goes_along_with_all(at_work: Cast) -> None:
    here = replace(here_of(at_work, at_work.anna, course()), enrolment=None)
    assert procedures.scope_of(block("a3"), here) == "alle"
