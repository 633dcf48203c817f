"""Cards whose last day has come are erased from head and history, for good; everything else stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app import clock
from app.accounts import letters, periodic
from app.accounts.periodic import Job
from app.extensions import transaction
from app.quizzes import purge, service
from app.quizzes.values import Body, Saved
from tests.quizzes.boards_sample import moved
from tests.quizzes.conftest import Save
from tests.support.cast import NOW, Cast

DUE = datetime(2026, 9, 1, 0, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _boards(at_work: Cast) -> None:
    moved(at_work)


def card(name: str, title: str, day: str = "") -> Body:
    entries = [{"q": "Ort oder Angebot", "a": title}]
    return {"id": name, "entries": entries, "extras": {"loeschen": day}, "consent": True}


def body(*cards: Body) -> Body:
    return {"cards": list(cards), "last": 2}


KEPT, GONE = card("a1", "Bibliothek", "2026-10-01"), card("a2", "Frau Y.", "2026-09-01")


def test_head_and_history_are_rewritten(at_work: Cast, save: Save) -> None:
    anna = at_work.anna
    save(anna, "k1", body(GONE))
    save(anna, "k1", body(KEPT, GONE), base=1)
    save(anna, "k1", body(card("a2", "verlorener Text", "2026-08-01")), base=1)
    with clock.standing_at(DUE), transaction():
        assert purge.erase_due(DUE) == 4
    assert service.answers_of(anna.enrolment_id)["k1"].body == body(KEPT)
    assert [revision.body for revision in service.history(anna.enrolment_id, "k1")] == [
        body(),
        body(KEPT),
        body(),
    ]
    with transaction():
        assert purge.erase_due(DUE) == 0


def test_the_version_stays_so_that_nobody_meets_a_conflict(at_work: Cast, save: Save) -> None:
    save(at_work.anna, "k1", body(KEPT, GONE))
    with transaction():
        purge.erase_due(DUE)
    saved = save(at_work.anna, "k1", body(KEPT, card("a3", "Park")), base=1)
    assert isinstance(saved, Saved)
    assert saved.version == 2


def test_nothing_before_its_day_and_nothing_else(at_work: Cast, save: Save) -> None:
    save(at_work.anna, "k1", body(KEPT, GONE))
    save(at_work.bela, "k2", body(card("a1", "Park")))
    save(at_work.anna, "w1-3", {"entries": [{"q": "Was?", "a": "2026-09-01"}]})
    with transaction():
        assert purge.erase_due(DUE - timedelta(days=1)) == 0
    assert purge.answers_due(DUE - timedelta(hours=3)) == []  # 23:05 in Berlin on the day before
    assert len(purge.answers_due(DUE)) == 1


def test_the_thread_does_it_once_a_day(
    app: Flask, at_work: Cast, save: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(periodic, "_jobs", {})
    monkeypatch.setattr(purge.JOB, "done_at", None)
    periodic.register(purge.JOB)
    save(at_work.anna, "k1", body(KEPT, GONE))
    with clock.standing_at(DUE):
        letters.do_jobs()
        assert service.answers_of(at_work.anna.enrolment_id)["k1"].body == body(KEPT)
        assert periodic.due(DUE + timedelta(hours=23)) == []
        assert periodic.due(DUE + timedelta(days=1)) == [purge.JOB]


def test_a_job_that_fails_is_tried_again(at_work: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(periodic, "_jobs", {})

    def fail(each: int, now: datetime) -> None:
        raise RuntimeError("not today")

    periodic.register(Job("fails", timedelta(days=1), lambda now: [1], fail))
    letters.do_jobs()
    assert [job.name for job in periodic.due(NOW)] == ["fails"]
