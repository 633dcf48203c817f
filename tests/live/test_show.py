"""/kohorten/<id>/live: who is there, where they stand, what they share."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app import clock
from app.cohorts.models import Enrolment
from app.extensions import db, transaction
from app.groups import service as groups
from tests.progress.cohort import (
    CANARY,
    everything_private,
    many,
    read,
    share_keywords,
    wish,
    write,
)
from tests.progress.who import check
from tests.quizzes.procedures_sample import FELDER, PATH
from tests.support.cast import NOW


def address(cast):
    return f"/kohorten/{cast.nord}/live"


def words(client, url: str) -> str:
    return " ".join(client.soup(url).main.get_text(" ", strip=True).split())


def test_who_has_arrived_and_who_is_only_registered(app, cast, client_for):
    with clock.standing_at(NOW - timedelta(minutes=90)):
        write(app, cast.anna, "w-ankommen")
    write(app, cast.anna, "w1-1")
    soup = client_for(cast.tarek).soup(address(cast))
    there, registered = soup.select(".live__names")
    assert [" ".join(li.get_text(" ", strip=True).split()) for li in there("li")] == ["Anna Kolb 09:30"]
    assert [li.get_text(strip=True) for li in registered("li")] == ["Bela Öztürk"]
    assert "Haben etwas geschrieben oder gelesen: 1 von 2" in soup.get_text()


def test_going_on_from_a_page_is_arriving(app, cast, client_for):
    read(app, cast.bela, "ankommen/willkommen")
    assert "Bela Öztürk 11:00" in words(client_for(cast.tarek), address(cast))


def test_yesterday_is_not_today(app, cast, client_for):
    with clock.standing_at(NOW - timedelta(days=1)):
        write(app, cast.anna, "w-ankommen")
    assert "Haben etwas geschrieben oder gelesen: 0 von 2" in words(client_for(cast.tarek), address(cast))


def test_the_slot_that_runs(cast, client_for):
    said = words(client_for(cast.tarek), address(cast))
    assert "Das Feld , 10:45–12:15" in said
    assert "Danach: Mittagspause, 12:15" in said


@pytest.mark.parametrize(
    ("hours", "sentence"),
    [(-12, "Es hat noch nicht begonnen."), (0, "Das Feld"), (12, "Der Plan ist zu Ende.")],
)
def test_before_and_after(cast, client_for, hours, sentence):
    with clock.standing_at(NOW + timedelta(hours=hours)):
        assert sentence in words(client_for(cast.tarek), address(cast))


def test_where_the_group_stands(app, cast, client_for):
    read(app, cast.anna, "ankommen/willkommen")
    soup = client_for(cast.tarek).soup(address(cast))
    counts = {
        li.select_one(".bars__title").get_text(strip=True): li.select_one(".bars__count").get_text(strip=True)
        for li in soup.select(".bars__station")
    }
    assert counts["Schauen"] == "1"
    assert sum(int(number) for number in counts.values()) == 1
    assert "Am Ziel: 0. Noch nicht begonnen: 1." in soup.get_text()


def test_how_many_did_each_lernstopp(app, cast, client_for):
    write(app, cast.anna, "l1-1")
    write(app, cast.bela, "l1-1")
    write(app, cast.bela, "case-1")
    said = words(client_for(cast.tarek), address(cast))
    assert "Lernstopp 1 im Modul „Ankommen“ 2 von 2" in said
    assert "Lernstopp 2 im Modul „Vom Fall zum Feld“ 0 von 2" in said
    assert "Fall „Der Weg zur Kita“ 1 von 2" in said


def test_shared_wishes_have_names_and_private_ones_are_not_there(app, cast, client_for):
    wish(app, cast.anna, "Mehr Beispiele aus der Kita")
    page = client_for(cast.tarek).get(address(cast)).get_data(as_text=True)
    assert "Mehr Beispiele aus der Kita" in page
    assert CANARY not in page


@pytest.mark.parametrize(("people", "shown"), [(0, False), (4, False), (5, True)])
def test_keywords_from_five_people_on(app, cast, client_for, people, shown):
    for person in many(app, cast, people):
        share_keywords(app, person, "Netzwerk", "Kiez")
    soup = client_for(cast.tarek).soup(address(cast))
    assert bool(soup.select(".word")) is shown
    assert ("Netzwerk" in soup.get_text()) is shown
    assert (f"Zu wenige Antworten ({people} von 5)" in soup.get_text()) is not shown


def test_unshared_keywords_do_not_count(app, cast, client_for):
    people = many(app, cast, 5)
    for person in people[:4]:
        share_keywords(app, person, "Netzwerk")
    write(app, people[4], "w1-1")
    page = client_for(cast.tarek).soup(address(cast)).get_text()
    assert "Zu wenige Antworten (4 von 5)" in page
    assert CANARY not in page


def test_nobody_enrolled(app, cast, client_for):
    with app.app_context(), transaction():
        db.session.query(Enrolment).filter_by(cohort_id=cast.nord).delete()
    assert "Noch ist niemand angemeldet." in words(client_for(cast.tarek), address(cast))


def test_who_may(cast, client_for):
    check(cast, client_for, lambda client: client.get(address(cast)), trainer=True)


def test_procedures_lead_to_the_run_of_each_group(cast, client_for, pinned, writing):
    pinned({PATH: FELDER})
    client = client_for(cast.tarek)
    assert client.soup(address(cast)).select(".live__runs") == []
    with writing():
        groups.draw(cast.nord, "feld/felder", None, [cast.anna.enrolment_id, cast.bela.enrolment_id], 2)
    every, small, alone = client.soup(address(cast)).select(".live__procedures > ul > li")
    assert not every.select(".live__runs")
    assert not alone.select(".live__runs")
    assert [link.get_text() for link in small.select(".live__runs a")] == ["Gruppe 1", "Gruppe 2"]
    assert "für alle, die in keiner Kleingruppe sind" in small.get_text()
    page = client.soup(small.select(".live__runs a")[1]["href"])
    assert page.select_one("footer [aria-current]").get_text() == "Gruppe 2"


def test_unknown_cohort(cast, client_for):
    assert client_for(cast.olga).get("/kohorten/999/live").status_code == 404


def test_no_private_text_anywhere(app, cast, client_for):
    people = many(app, cast, 6)
    everything_private(app, cast, [cast.anna, cast.bela, *people])
    for person in (cast.tarek, cast.olga, cast.adam):
        client = client_for(person)
        for path in ("", "/zahlen", "/zahlen?ansicht=leinwand", "/leinwand", "/leinwand?zeigen=schlagworte"):
            response = client.get(address(cast) + path)
            assert response.status_code == 200
            assert CANARY not in response.get_data(as_text=True), path


def test_a_person_of_another_cohort_is_not_there(app, cast, client_for):
    wish(app, cast.frida, "Ein Wunsch aus Süd")
    page = client_for(cast.tarek).get(address(cast)).get_data(as_text=True)
    assert "Frida" not in page
    assert "aus Süd" not in page


def test_statements_do_not_grow_with_people(app, cast, client_for, statements):
    seen = {}
    for more, total in ((3, 5), (25, 30), (270, 300)):
        people = many(app, cast, more)
        wish(app, people[0], "Ruhe")
        share_keywords(app, people[0], "Kiez")
        read(app, people[1], "ankommen/willkommen")
        client = client_for(cast.tarek)
        client.get(address(cast))
        with statements() as counted:
            assert f"von {total}" in client.soup(address(cast)).get_text()
        seen[total] = len(counted)
    assert len(set(seen.values())) == 1, seen
    assert seen[5] <= 10
