"""Pages of a cohort take the same number of SQL statements for 2 and for 40 people."""

from __future__ import annotations

from typing import Any

import pytest

from app.accounts.models import User
from app.cohorts import service
from app.cohorts.models import Attendance, Cohort, ScheduledSlot
from app.extensions import db
from tests.support.cast import Cast

# page -> most statements: the person signed in, the loader, and what the page itself reads
PAGES = {
    "": 10,
    "/teilnehmende": 7,  # on top for organisers: what was sent, what came back, who has been inside, who waits
    "/anwesenheit": 9,  # on top: entries that lost, objections, signed lists
    "/anwesenheit/{slot}": 8,  # on top: entries that lost, names put down by code, who was struck
    "/plakat": 4,
}


def fill(cast: Cast) -> None:
    cohort, tarek = db.session.get_one(Cohort, cast.nord), db.session.get_one(User, cast.tarek.user_id)
    slots = [db.session.get_one(ScheduledSlot, cast.slots[number]) for number in (0, 2)]
    for number in range(38):
        person = service.join(cohort, f"Person {number}", None, None).enrolment
        for slot in slots:
            service.mark(slot, person, Attendance.PARTIAL, number + 1, tarek)


@pytest.mark.parametrize("page", list(PAGES))
def test_constant(cast: Cast, client_for: Any, writing: Any, statements: Any, page: str) -> None:
    client, url = client_for(cast.olga), f"/kohorten/{cast.nord}" + page.format(slot=cast.slots[0])
    client.get(url)
    with statements() as few:
        assert client.get(url).status_code == 200
    with writing():
        fill(cast)
    with statements() as many:
        assert client.get(url).status_code == 200
    assert len(many) == len(few), many
    assert len(few) <= PAGES[page], few


def test_joining_reads_three_times(cast: Cast, client_for: Any, statements: Any) -> None:
    with statements() as seen:
        client_for(None).get("/beitreten/NRD23456")
    assert len(seen) <= 4, seen


def test_the_list_of_cohorts(cast: Cast, client_for: Any, statements: Any) -> None:
    client = client_for(cast.olga)
    with statements() as seen:
        client.get("/kohorten")
    assert len(seen) <= 3, seen
