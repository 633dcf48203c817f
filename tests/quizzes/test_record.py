"""Saving: nothing that arrives is lost, sending twice is harmless, older texts do not overwrite newer ones."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from app import clock
from app.extensions import db, transaction
from app.quizzes import service
from app.quizzes.values import Body, Conflict, Saved
from tests.quizzes.conftest import Save
from tests.support.cast import NOW, Cast
from tests.support.databases import count

Statements = Callable[[], AbstractContextManager[list[str]]]


def text(words: str) -> Body:
    return {"entries": [{"q": "Was?", "a": words}]}


def record(app: Flask, enrolment: int, words: str, client_id: str, base: int = 0) -> Saved | Conflict:
    """One save as a request of its own."""
    with app.app_context(), transaction():
        return service.record(
            enrolment, "w1-3", text(words), client_id=client_id, base_version=base, done=bool(words)
        )


def texts_in_history(enrolment: int) -> list[str]:
    return [revision.body["entries"][0]["a"] for revision in service.history(enrolment, "w1-3")]


def test_first_and_second_version(save: Save, at_work: Cast) -> None:
    anna = at_work.anna
    first = save(anna, "w1-3", text("eins"))
    with clock.standing_at(NOW + timedelta(minutes=5)):
        second = save(anna, "w1-3", text("zwei"), base=1)
    assert isinstance(first, Saved)
    assert isinstance(second, Saved)
    assert (first.version, second.version) == (1, 2)
    assert first.done_at == second.done_at == NOW
    assert second.saved_at == NOW + timedelta(minutes=5)
    assert service.answers_of(anna.enrolment_id) == {"w1-3": second}
    assert [revision.version for revision in service.history(anna.enrolment_id, "w1-3")] == [1, 2]


def test_nothing_saved(at_work: Cast) -> None:
    assert service.answers_of(at_work.anna.enrolment_id) == {}
    assert service.history(at_work.anna.enrolment_id, "w1-3") == []


def test_unchanged_body_makes_no_version(save: Save, at_work: Cast) -> None:
    first = save(at_work.anna, "w1-3", text("eins"))
    with clock.standing_at(NOW + timedelta(minutes=5)):
        assert save(at_work.anna, "w1-3", text("eins"), base=1) == first
        assert save(at_work.anna, "w1-3", text("eins"), base=0) == first
    assert len(service.history(at_work.anna.enrolment_id, "w1-3")) == 1


def test_done_is_never_taken_back(save: Save, at_work: Cast) -> None:
    save(at_work.anna, "w1-3", text("eins"))
    emptied = save(at_work.anna, "w1-3", text(""), base=1, done=False)
    assert isinstance(emptied, Saved)
    assert emptied.done_at == NOW


def test_done_comes_later(save: Save, at_work: Cast) -> None:
    save(at_work.anna, "w1-3", text("eins"), done=False)
    later = NOW + timedelta(minutes=5)
    with clock.standing_at(later):
        again = save(at_work.anna, "w1-3", text("eins"), base=1, done=True)
    assert isinstance(again, Saved)
    assert (again.version, again.saved_at, again.done_at) == (1, NOW, later)
    assert service.answers_of(at_work.anna.enrolment_id)["w1-3"] == again


def test_conflict_keeps_the_loser(save: Save, at_work: Cast) -> None:
    save(at_work.anna, "w1-3", text("eins"))
    winner = save(at_work.anna, "w1-3", text("zwei"), base=1)
    lost = save(at_work.anna, "w1-3", text("andere zwei"), base=1)
    assert lost == Conflict(winner, text("andere zwei"))
    assert texts_in_history(at_work.anna.enrolment_id) == ["eins", "zwei", "andere zwei"]
    versions = [revision.version for revision in service.history(at_work.anna.enrolment_id, "w1-3")]
    assert versions == [1, 2, None]
    assert service.answers_of(at_work.anna.enrolment_id)["w1-3"] == winner
    assert len(service.attempts(at_work.anna.enrolment_id, "w1-3")) == 2


@pytest.mark.parametrize("base", [0, 7, 2**31 - 1])
def test_a_version_nobody_has_is_a_conflict(save: Save, at_work: Cast, base: int) -> None:
    save(at_work.anna, "w1-3", text("eins"))
    assert isinstance(save(at_work.anna, "w1-3", text("zwei"), base=base), Conflict)


def test_first_save_with_a_strange_version(save: Save, at_work: Cast) -> None:
    saved = save(at_work.anna, "w1-3", text("eins"), base=9)
    assert isinstance(saved, Saved)
    assert saved.version == 1


def test_same_client_id_same_result(app: Flask, cast: Cast) -> None:
    anna = cast.anna.enrolment_id
    first = record(app, anna, "eins", "geraet-a")
    second = record(app, anna, "zwei", "geraet-b", base=1)
    lost = record(app, anna, "drei", "geraet-c", base=1)
    assert record(app, anna, "eins", "geraet-a") == first
    assert record(app, anna, "zwei", "geraet-b", base=1) == second
    assert record(app, anna, "drei", "geraet-c", base=1) == lost
    with app.app_context():
        assert count("answer_revision") == 3


def test_same_client_id_on_two_answers(save: Save, at_work: Cast) -> None:
    with transaction():
        for block_id in ("w1-3", "l1-1"):
            for person in (at_work.anna, at_work.bela):
                service.record(
                    person.enrolment_id,
                    block_id,
                    text("eins"),
                    client_id="geraet-a",
                    base_version=0,
                    done=True,
                )
    assert set(service.answers_of(at_work.bela.enrolment_id)) == {"w1-3", "l1-1"}
    assert count("answer_revision") == 4


def test_twenty_times_the_same_at_once(app: Flask, cast: Cast) -> None:
    anna = cast.anna.enrolment_id
    with ThreadPoolExecutor(20) as pool:
        found = list(pool.map(lambda _: record(app, anna, "eins", "geraet-a"), range(20)))
    assert {result.version for result in found if isinstance(result, Saved)} == {1}
    assert all(isinstance(result, Saved) for result in found)
    with app.app_context():
        assert (count("answer"), count("answer_revision")) == (1, 1)


def test_thirty_people_at_once(app: Flask, cast: Cast) -> None:
    """Thirty different answers: all saved."""
    people = [cast.anna, cast.bela, cast.frida]
    jobs = [(person, f"w1-{n}") for person in people for n in range(10)]

    def work(job: tuple[object, str]) -> Saved | Conflict:
        person, block_id = job
        with app.app_context(), transaction():
            return service.record(
                person.enrolment_id,
                block_id,
                text(block_id),
                client_id="geraet-a",
                base_version=0,
                done=True,  # type: ignore[attr-defined]
            )

    with ThreadPoolExecutor(30) as pool:
        found = list(pool.map(work, jobs))
    assert all(isinstance(result, Saved) for result in found)
    with app.app_context():
        for person in people:
            saved = service.answers_of(person.enrolment_id)
            assert {block: answer.body for block, answer in saved.items()} == {
                f"w1-{n}": text(f"w1-{n}") for n in range(10)
            }


def test_thirty_windows_on_one_answer(app: Flask, cast: Cast) -> None:
    """One wins, everybody else is told, every text is in the history."""
    anna = cast.anna.enrolment_id
    words = [f"Text {n}" for n in range(30)]
    with ThreadPoolExecutor(30) as pool:
        found = list(pool.map(lambda n: record(app, anna, words[n], f"geraet-{n:04}"), range(30)))
    winners = [result for result in found if isinstance(result, Saved)]
    assert len(winners) == 1
    with app.app_context():
        assert sorted(texts_in_history(anna)) == sorted(words)
        assert service.answers_of(anna)["w1-3"] == winners[0]
        assert count("answer") == 1


def test_thirty_windows_that_try_again(app: Flask, cast: Cast) -> None:
    """Each takes up the newest version until its text is accepted: versions are gapless, nothing is lost."""
    anna = cast.anna.enrolment_id

    def insist(n: int) -> int:
        base = 0
        for attempt in range(100):
            result = record(app, anna, f"Text {n}", f"geraet-{n}-{attempt}", base)
            if isinstance(result, Saved):
                return result.version
            base = result.current.version
        raise AssertionError("never accepted")

    with ThreadPoolExecutor(10) as pool:
        versions = list(pool.map(insist, range(30)))
    assert sorted(versions) == list(range(1, 31))
    with app.app_context():
        assert set(texts_in_history(anna)) == {f"Text {n}" for n in range(30)}


def test_few_statements(app: Flask, cast: Cast, statements: Statements) -> None:
    anna = cast.anna.enrolment_id
    for words, client_id, base in (
        ("eins", "geraet-a", 0),
        ("zwei", "geraet-b", 1),
        ("drei", "geraet-c", 1),
        ("zwei", "geraet-d", 2),
        ("eins", "geraet-a", 0),
    ):
        with statements() as seen:
            record(app, anna, words, client_id, base)
        assert len(seen) <= 3, seen
    with app.app_context(), statements() as seen:
        service.answers_of(anna)
    assert len(seen) == 1


Step = st.tuples(st.integers(0, 3), st.booleans(), st.text(max_size=5))


def test_windows_in_any_order(app: Flask, cast: Cast) -> None:
    """Four windows, any order, some reload before they save: every text is found in the history."""
    enrolments = iter(range(1, 10_000))

    @settings(max_examples=25, deadline=None)
    @given(steps=st.lists(Step, max_size=8))
    def check(steps: list[tuple[int, bool, str]]) -> None:
        block_id, seen, sent = f"b-{next(enrolments)}", [0, 0, 0, 0], set()
        with app.app_context():
            for number, (window, reloads, words) in enumerate(steps):
                newest = service.answers_of(cast.anna.enrolment_id).get(block_id)
                if reloads and newest:
                    seen[window] = newest.version
                with transaction():
                    result = service.record(
                        cast.anna.enrolment_id, block_id, text(words),
                        client_id=f"geraet-{number:04}", base_version=seen[window], done=False,
                    )  # fmt: skip
                if isinstance(result, Saved):
                    seen[window] = result.version
                sent.add(words)
            history = service.history(cast.anna.enrolment_id, block_id)
            assert {revision.body["entries"][0]["a"] for revision in history} == sent
            versions = [revision.version for revision in history if revision.version]
            assert versions == list(range(1, len(versions) + 1))
            db.session.rollback()

    check()
