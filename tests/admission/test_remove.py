"""Taking someone out of a cohort, and in again."""

from __future__ import annotations

from typing import Any

from app.cohorts import service
from app.cohorts.models import Enrolment
from app.extensions import db
from tests.support.cast import Cast
from tests.support.doors import DESK, knock


def url(cast: Cast, page: str = "herausnehmen") -> str:
    return f"/kohorten/{cast.nord}/teilnehmende/{cast.anna.enrolment_id}/{page}"


def test_asks_first(cast: Cast, client_for: Any, reading: Any) -> None:
    page = client_for(cast.olga).soup(url(cast))
    assert "Anna Kolb herausnehmen?" in page.h1.get_text()
    with reading():
        assert len(service.enrolments(cast.nord)) == 2


def test_works_and_can_be_taken_back(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.olga)
    assert client.post_form(url(cast)).status_code == 303
    with reading():
        assert [person.name for person in service.enrolments(cast.nord)] == ["Bela Öztürk"]
        assert service.cohorts_of(cast.anna.user_id) == []
    assert client_for(cast.anna).get(f"/kohorten/{cast.nord}").status_code == 404
    assert client.post_form(url(cast, "aufnehmen")).status_code == 303
    with reading():
        assert len(service.enrolments(cast.nord)) == 2


def test_twice_keeps_the_first_moment(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.olga)
    client.post_form(url(cast))
    with reading():
        first = db.session.get_one(Enrolment, cast.anna.enrolment_id).left_at
    assert client.post_form(url(cast)).status_code == 303
    with reading():
        assert db.session.get_one(Enrolment, cast.anna.enrolment_id).left_at == first


def test_who_was_removed_cannot_simply_join_again(cast: Cast, client_for: Any) -> None:
    client_for(cast.olga).post_form(url(cast))
    answer = client_for(cast.anna).post_form("/beitreten/NRD23456", {"name": "Anna Kolb"})
    assert answer.status_code == 403
    assert "Sie sind nicht mehr in dieser Kohorte" in answer.get_data(as_text=True)


def test_who_may(cast: Cast, client_for: Any) -> None:
    bela = f"/kohorten/{cast.nord}/teilnehmende/{cast.bela.enrolment_id}"
    assert knock(client_for, cast, f"{bela}/herausnehmen") == DESK
    assert knock(client_for, cast, f"{bela}/herausnehmen", post=True) == DESK
    assert knock(client_for, cast, f"{bela}/aufnehmen", post=True) == DESK
