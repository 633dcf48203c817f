"""What others see: single wishes that were shared, keywords from five people on, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text as sql
from sqlalchemy import update

from app import clock
from app.cohorts.models import Enrolment
from app.extensions import db, transaction
from app.quizzes import service, sharing
from app.quizzes.models import Answer
from app.quizzes.values import Body, KeywordPicture, SharedWish
from app.sealing import CannotOpen
from tests.quizzes.conftest import Save
from tests.support.cast import Cast, Person, enrol

CANARY = "Kanarienvogel-7f3a"


def wishes(*items: tuple[str, bool]) -> Body:
    return {
        "items": [
            {"id": f"a{n}", "text": text, "shared": shared} for n, (text, shared) in enumerate(items, 1)
        ]
    }


def keywords(*words: str, shared: bool = True) -> Body:
    return {"items": [{"id": f"a{n}", "text": word} for n, word in enumerate(words, 1)], "shared": shared}


@pytest.fixture
def people(at_work: Cast) -> list[Person]:
    """Anna, Bela and four more in cohort Nord."""
    with transaction():
        more = [enrol(at_work.nord, f"Person {n}") for n in range(4)]
    return [at_work.anna, at_work.bela, *more]


def test_only_shared_lines_are_seen(save: Save, at_work: Cast) -> None:
    save(at_work.anna, "w-ankommen", wishes(("Pausen", True), (CANARY, False), ("Beispiele", True)))
    save(at_work.bela, "w-ankommen", wishes((CANARY, False)))
    save(at_work.frida, "w-ankommen", wishes(("Anderswo", True)))
    anna = at_work.anna
    assert service.shared_wishes(at_work.nord) == [
        SharedWish(anna.enrolment_id, anna.name, "Pausen"),
        SharedWish(anna.enrolment_id, anna.name, "Beispiele"),
    ]


def test_taking_back_a_wish(save: Save, at_work: Cast) -> None:
    save(at_work.anna, "w-ankommen", wishes(("Pausen", True)))
    save(at_work.anna, "w-ankommen", wishes(("Pausen", False)), base=1)
    assert service.shared_wishes(at_work.nord) == []
    assert db.session.query(Answer.shared_as).scalar() is None


def test_who_left_shares_nothing(save: Save, at_work: Cast) -> None:
    save(at_work.anna, "w-ankommen", wishes(("Pausen", True)))
    with transaction():
        db.session.execute(
            update(Enrolment).where(Enrolment.id == at_work.anna.enrolment_id).values(left_at=clock.now())
        )
    assert service.shared_wishes(at_work.nord) == []


def test_no_picture_of_four_people(save: Save, at_work: Cast, people: list[Person]) -> None:
    for person in people[:4]:
        save(person, "w1-1", keywords("Netz"))
    save(people[4], "w1-1", keywords("Netz", shared=False))
    assert service.shared_keywords(at_work.nord) == KeywordPicture(4, ())


def test_a_picture_of_five(
    save: Save,
    at_work: Cast,
    people: list[Person],
    statements: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    for person, words in zip(
        people, (["Netz", "netz"], ["NETZ"], ["Netz", "Wille"], ["Wille"], ["Feld"]), strict=False
    ):
        save(person, "w1-1", keywords(*words))
    save(people[5], "w1-1", keywords(CANARY, shared=False))
    save(at_work.frida, "w1-1", keywords("Anderswo"))
    with statements() as seen:
        picture = service.shared_keywords(at_work.nord)
    assert picture == KeywordPicture(5, (("Netz", 3), ("Wille", 2), ("Feld", 1)))
    assert len(seen) == 1


def test_equally_usual_spellings() -> None:
    assert sharing.picture([["b"], ["B"], ["a"], ["A"], ["c"]]).words == (("A", 2), ("B", 2), ("c", 1))


def test_nothing_shared_in_other_bodies() -> None:
    for body in (
        {},
        {"items": []},
        {"entries": [{"q": "x", "a": "y"}]},
        {"items": [], "shared": True},
        {"chosen": ["a"]},
    ):
        assert sharing.by_writer(body) is None


def test_no_plain_text_in_the_database(app: Flask, save: Save, at_work: Cast, tmp_path: Path) -> None:
    save(at_work.anna, "w1-3", {"entries": [{"q": "Was?", "a": CANARY}]})
    save(at_work.anna, "w1-3", {"entries": [{"q": "Was?", "a": CANARY * 2}]}, base=0)
    save(at_work.anna, "w-ankommen", wishes((CANARY, True)))
    rows = db.session.execute(
        sql("SELECT sealed_body FROM answer UNION ALL SELECT sealed_body FROM answer_revision")
    )
    assert all(CANARY.encode() not in bytes(row[0]) for row in rows)
    db.session.rollback()
    for file in tmp_path.rglob("feldweg.db*"):
        assert CANARY.encode() not in file.read_bytes(), file


def test_a_text_opens_only_where_it_belongs(save: Save, at_work: Cast) -> None:
    save(at_work.anna, "w1-3", {"entries": [{"q": "Was?", "a": CANARY}]})
    with transaction():
        db.session.execute(update(Answer).values(enrolment_id=at_work.bela.enrolment_id))
    with pytest.raises(CannotOpen):
        service.answers_of(at_work.bela.enrolment_id)
