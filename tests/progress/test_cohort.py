"""/kohorten/<id>/stand: people and what is fulfilled."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from app.cohorts.models import Enrolment
from app.extensions import db, transaction
from tests.progress.cohort import CANARY, complete, everything_private, many, mark, write
from tests.progress.who import check


def address(cast, **_):
    return f"/kohorten/{cast.nord}/stand"


def cells(soup: BeautifulSoup, name: str) -> list[str]:
    row = next(row for row in soup.select("tbody tr") if row.th.get_text(strip=True) == name)
    return [" ".join(cell.get_text(" ", strip=True).split()) for cell in row.find_all("td")]


@pytest.mark.usefixtures("evening")
def test_shows_each_criterion_of_each_person_in_words(app, cast, client_for):
    complete(app, cast, cast.anna)
    mark(app, cast.bela, cast.slots[0], "partial", 45)
    mark(app, cast.bela, cast.slots[2], "excused")
    soup = client_for(cast.tarek).soup(address(cast))
    assert cells(soup, "Anna Kolb") == ["erfüllt 6 UE, nötig 5", "erfüllt 2 von 2", "vollständig", "alles da"]
    assert cells(soup, "Bela Öztürk") == [
        "○ offen 1 UE, nötig 5",
        "○ offen 0 von 2",
        "1 nicht erfasst",
        "noch offen",
    ]
    assert "1 von 2 haben alles" in soup.get_text(" ", strip=True)


@pytest.mark.usefixtures("evening")
def test_filter_shows_only_who_still_needs_something(app, cast, client_for):
    complete(app, cast, cast.anna)
    soup = client_for(cast.tarek).soup(address(cast) + "?nur=offen")
    assert [row.th.get_text(strip=True) for row in soup.select("tbody tr")] == ["Bela Öztürk"]
    complete(app, cast, cast.bela)
    assert (
        "Niemand braucht noch etwas." in client_for(cast.olga).soup(address(cast) + "?nur=offen").get_text()
    )


def test_slots_ahead_are_said_once_for_all(cast, client_for):
    text = client_for(cast.tarek).soup(address(cast)).get_text(" ", strip=True)
    assert "Ein Abschnitt hat noch nicht begonnen: „Fallwerkstatt“." in " ".join(text.split())


def test_nobody_enrolled(app, cast, client_for):
    with app.app_context(), transaction():
        db.session.query(Enrolment).filter_by(cohort_id=cast.nord).delete()
    soup = client_for(cast.olga).soup(address(cast))
    assert "noch niemand angemeldet" in soup.get_text()


def test_who_may(cast, client_for):
    check(cast, client_for, lambda client: client.get(address(cast)), trainer=True)


@pytest.mark.parametrize("cohort_id", [999, 99999999999999999999])
def test_unknown_cohort(cast, client_for, cohort_id):
    assert client_for(cast.olga).get(f"/kohorten/{cohort_id}/stand").status_code == 404


def test_no_private_text(app, cast, client_for):
    everything_private(app, cast, [cast.anna, cast.bela])
    for person in (cast.tarek, cast.olga, cast.adam):
        assert CANARY not in client_for(person).get(address(cast)).get_data(as_text=True)


def test_statements_do_not_grow_with_people(app, cast, client_for, statements):
    seen = {}
    for more, total in ((3, 5), (25, 30), (270, 300)):
        people = many(app, cast, more)
        mark(app, people[0], cast.slots[0])
        write(app, people[0], "l1-1")
        client = client_for(cast.tarek)
        client.get(address(cast))
        with statements() as counted:
            soup = client.soup(address(cast))
        assert len(soup.select("tbody tr")) == total
        seen[total] = len(counted)
    assert len(set(seen.values())) == 1, seen
    assert seen[5] <= 7
