"""The addresses of calendar feeds: where they are found, that they cannot be guessed, renewing, switching off."""

from __future__ import annotations

from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import func, select

from app.cohorts import log
from app.extensions import db
from app.schedule.models import CalendarLink
from tests.modules.doors import LEARNERS, READERS
from tests.modules.doors import knock as ask_all
from tests.schedule.feeding import cohort_feed, own_feed, slot_named
from tests.support.cast import Cast
from tests.support.doors import DESK, STAFF, knock

ONLINE = "https://konferenz.example.org/r/abc"


def desk(cast: Cast) -> str:
    return f"/kohorten/{cast.nord}/kalender"


def own(cast: Cast) -> str:
    return f"/kurs/{cast.nord}/kalender"


def address_on(client: Any, page: str) -> str:
    """The address that stands on this page, without the host."""
    field = client.soup(page).select_one("textarea")
    return "/" + field.get_text(strip=True).split("/", 3)[3] if field else ""


def deed(client: Any, page: str, what: str) -> Any:
    """Press a button of the page's form as a browser would."""
    field = client.soup(page).select_one("input[name=adresse]")
    return client.post_form(page, {"tat": what, "adresse": field["value"] if field else ""})


def test_a_participant_makes_one(cast: Cast, client_for: Any) -> None:
    client = client_for(cast.anna)
    assert address_on(client, own(cast)) == ""
    assert deed(client, own(cast), "anlegen").status_code == 303
    address = address_on(client, own(cast))
    assert client_for(None).get(address).status_code == 200
    page = client.soup(own(cast))
    assert page.select_one("a[href^='webcal://localhost/kalender/']")
    assert page.select_one(".feed__qr svg")


def test_it_cannot_be_guessed(cast: Cast, client_for: Any, reading: Any) -> None:
    for person in (cast.anna, cast.bela):
        deed(client_for(person), own(cast), "anlegen")
    with reading():
        tokens = db.session.scalars(select(CalendarLink.token)).all()
    assert len(set(tokens)) == 2
    assert all(len(token) >= 27 for token in tokens), "six bits a character: at least 160"


def test_making_it_twice_makes_one(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.anna)
    deed(client, own(cast), "anlegen")
    first = address_on(client, own(cast))
    client.post_form(own(cast), {"tat": "anlegen"})
    assert address_on(client, own(cast)) == first
    with reading():
        assert db.session.scalar(select(func.count(CalendarLink.id))) == 1


def test_renewing_ends_the_old_one(cast: Cast, client_for: Any) -> None:
    client = client_for(cast.anna)
    deed(client, own(cast), "anlegen")
    old = address_on(client, own(cast))
    answer = deed(client, own(cast), "erneuern")
    assert answer.status_code == 303
    new = address_on(client, own(cast))
    assert new != old
    assert client_for(None).get(new).status_code == 200
    gone = client_for(None).get(old)
    assert gone.status_code == 404
    assert "Hier ist kein Kalender (mehr)" in gone.get_data(as_text=True)


def test_renewing_twice_with_one_form_renews_once(cast: Cast, client_for: Any) -> None:
    client = client_for(cast.anna)
    deed(client, own(cast), "anlegen")
    form = {"tat": "erneuern", "adresse": client.soup(own(cast)).select_one("input[name=adresse]")["value"]}
    client.post_form(own(cast), form)
    new = address_on(client, own(cast))
    client.post_form(own(cast), form)
    assert address_on(client, own(cast)) == new


def test_switching_off(cast: Cast, client_for: Any) -> None:
    client = client_for(cast.anna)
    deed(client, own(cast), "anlegen")
    old = address_on(client, own(cast))
    deed(client, own(cast), "abschalten")
    assert address_on(client, own(cast)) == ""
    assert client_for(None).get(old).status_code == 404


@pytest.mark.parametrize("nonsense", [{}, {"tat": "quatsch"}, {"tat": "erneuern", "adresse": "٣"},
                                      {"tat": "erneuern", "adresse": "9" * 40}])  # fmt: skip
def test_a_form_that_makes_no_sense_harms_nothing(
    cast: Cast, client_for: Any, writing: Any, nonsense: dict[str, str]
) -> None:
    address, client = own_feed(writing, cast.anna.user_id), client_for(cast.anna)
    assert client.post_form(own(cast), nonsense).status_code == 303
    assert client_for(None).get(address).status_code == 200


def test_nobody_renews_another_ones(cast: Cast, client_for: Any, writing: Any, reading: Any) -> None:
    address = own_feed(writing, cast.bela.user_id)
    with reading():
        link_id = db.session.scalar(select(CalendarLink.id))
    client_for(cast.anna).post_form(own(cast), {"tat": "abschalten", "adresse": str(link_id)})
    assert client_for(None).get(address).status_code == 200


def test_the_desk_makes_one_for_the_cohort_and_it_is_logged(
    cast: Cast, client_for: Any, reading: Any
) -> None:
    client = client_for(cast.olga)
    deed(client, desk(cast), "anlegen")
    address = address_on(client, desk(cast))
    assert client_for(None).get(address).status_code == 200
    assert address_on(client_for(cast.tarek), desk(cast)) == address, "trainers see it"
    with reading():
        [(event, _)] = log.of_cohort(cast.nord)
        assert (event.deed, event.detail, event.author) == ("calendar", "angelegt", "Olga Sommer")


def test_a_trainer_has_an_own_one_on_the_desk(cast: Cast, client_for: Any) -> None:
    client = client_for(cast.tarek)
    assert client.post_form(f"{desk(cast)}/eigener", {"tat": "anlegen"}).status_code == 303
    assert client_for(None).get(address_on(client, desk(cast))).status_code == 200


def test_unknown_addresses_are_counted_and_slowed_down(cast: Cast, client_for: Any, writing: Any) -> None:
    good, client = cohort_feed(writing, cast), client_for(None)
    for number in range(100):
        assert client.get(f"/kalender/falsch{number}.ics").status_code == 404
    blocked = client.get("/kalender/falsch.ics")
    assert blocked.status_code == 429
    assert "Retry-After" in blocked.headers
    assert client.get(good).status_code == 200, "who has the address is not slowed down by others"


def test_an_old_address_is_no_guess(cast: Cast, client_for: Any, writing: Any) -> None:
    """Programs ask for it for years; that must not close the door to anybody else."""
    client, anonymous = client_for(cast.anna), client_for(None)
    deed(client, own(cast), "anlegen")
    old = address_on(client, own(cast))
    deed(client, own(cast), "abschalten")
    for _ in range(101):
        assert anonymous.get(old).status_code == 404
    assert anonymous.get("/kalender/falsch.ics").status_code == 404


def test_once_as_a_file(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        slot = slot_named("Das Feld", cast.nord)
        slot.online, slot.link = True, ONLINE
    answer = client_for(cast.anna).get(f"/kurs/{cast.nord}/kalender.ics")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="kurstermine-{cast.nord}.ics"'
    [event] = [e for e in Calendar.from_ical(answer.data).walk("VEVENT") if e["SUMMARY"] == "Das Feld"]
    assert event["URL"] == ONLINE


def test_the_plan_leads_there(cast: Cast, client_for: Any) -> None:
    page = client_for(cast.anna).soup(f"/kurs/{cast.nord}/plan")
    assert page.select_one(f"main a[href='{own(cast)}']")


def test_who_may(cast: Cast, client_for: Any) -> None:
    assert knock(client_for, cast, desk(cast)) == STAFF
    assert knock(client_for, cast, desk(cast), post=True) == DESK
    assert knock(client_for, cast, f"{desk(cast)}/eigener", post=True) == STAFF
    assert ask_all(client_for, cast, lambda client: client.get(own(cast))) == LEARNERS
    assert ask_all(client_for, cast, lambda client: client.post_form(own(cast))) == LEARNERS
    assert ask_all(client_for, cast, lambda client: client.get(f"/kurs/{cast.nord}/kalender.ics")) == READERS


@pytest.mark.parametrize("page", ["/kohorten/99/kalender", "/kurs/99/kalender", "/kurs/99/kalender.ics"])
def test_an_unknown_cohort(cast: Cast, client_for: Any, page: str) -> None:
    assert client_for(cast.olga).get(page).status_code == 404
