"""A participant's page takes at most five SQL statements, and as many for 300 people as for 5."""

from __future__ import annotations

import pytest

from tests.modules.doors import course, form_of
from tests.progress.cohort import complete, everything_private, many, mark, read

PAGES = {
    "": 5, "seite/ankommen/willkommen": 5, "seite/ankommen/halt-1": 5, "fall/lesen/der-weg-zur-kita": 5,
    "plan": 5, "lernheft": 5, "nachweise": 5, "glossar": 2, "literatur": 2,
}  # fmt: skip


def fill(app, cast, number):
    """So many people, some of whom have done everything."""
    people = many(app, cast, number)
    everything_private(app, cast, [cast.anna, *people[:3]])
    for person in people[:3]:
        complete_marks(app, cast, person)
        read(app, person, "ankommen/willkommen", "ankommen/schauen")


def complete_marks(app, cast, person):
    for slot in (cast.slots[0], cast.slots[2]):
        mark(app, person, slot)
        mark(app, person, slot, "partial", 30)


@pytest.mark.parametrize("number", [5, 30, 300])
def test_statements_per_page(app, cast, client_for, statements, number):
    fill(app, cast, number - 2)
    client, found = client_for(cast.anna), {}
    for page in PAGES:
        client.get(course(cast, page))
        with statements() as seen:
            assert client.get(course(cast, page)).status_code == 200
        found[page] = len(seen)
    assert {page: count for page, count in found.items() if count > PAGES[page]} == {}


def test_as_many_for_someone_who_has_done_everything(app, cast, client_for, statements):
    client = client_for(cast.anna)
    counts = []
    for _ in range(2):
        with statements() as seen:
            for page in PAGES:
                client.get(course(cast, page))
        counts.append(len(seen))
        if len(counts) == 1:
            complete(app, cast, cast.anna)
            read(app, cast.anna, "ankommen/willkommen", "ankommen/schauen", "feld/felder")
    assert counts[0] == counts[1]


def test_saving_takes_as_many_for_everyone(app, cast, client_for, statements):
    counts = []
    for person in (cast.anna, cast.bela):
        client = client_for(person)
        form = form_of(client.soup(course(cast, "seite/ankommen/willkommen")), "w1-3") | {"e0": "x"}
        with statements() as seen:
            client.post_form(course(cast, "antwort/zu/w1-3"), form)
        counts.append(len(seen))
        fill(app, cast, 20)
    assert counts[0] == counts[1] <= 9, seen
