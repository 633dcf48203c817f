"""…/live/leinwand: one thing at a time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app import clock
from app.cohorts import ending
from app.cohorts.models import Cohort, ScheduledSlot
from app.extensions import db, transaction
from tests.progress.cohort import many, share_keywords
from tests.progress.who import check
from tests.support.cast import NOW


def address(cast, show=""):
    return f"/kohorten/{cast.nord}/live/leinwand" + (f"?zeigen={show}" if show else "")


def shown(client, url: str) -> str:
    return " ".join(client.soup(url).main.get_text(" ", strip=True).split())


def test_the_running_slot_with_remaining_time(cast, client_for):
    said = shown(client_for(cast.tarek), address(cast))
    assert said == "Jetzt Das Feld noch 75 Minuten bis 12:15, danach Mittagspause ab 12:15"


def test_one_minute(cast, client_for):
    with clock.standing_at(NOW + timedelta(minutes=74, seconds=30)):
        assert "noch 1 Minute bis" in shown(client_for(cast.tarek), address(cast))


def test_before_the_beginning_it_invites(cast, client_for):
    with clock.standing_at(NOW - timedelta(hours=3)):
        soup = client_for(cast.tarek).soup(address(cast))
    assert soup.h1.get_text() == "Willkommen"
    assert soup.select_one(".projection__qr svg")
    assert soup.select_one(".projection__address").get_text() == "localhost/beitreten"
    assert "NRD2-3456" in soup.get_text()


def test_without_joining_it_says_when_it_begins(cast, client_for, app):
    with app.app_context(), transaction():
        db.session.get_one(Cohort, cast.nord).join_until = NOW - timedelta(days=1)
    with clock.standing_at(NOW - timedelta(hours=3)):
        assert (
            shown(client_for(cast.tarek), address(cast))
            == "Als Nächstes Ankommen 09:00 Freitag, 3. Juli 2026"
        )


def test_after_the_end(cast, client_for):
    with clock.standing_at(NOW + timedelta(hours=12)):
        assert "Der Plan ist zu Ende." in shown(client_for(cast.tarek), address(cast))


@pytest.mark.parametrize(
    ("people", "sentence"), [(4, "Zu wenige Antworten (4 von 5)"), (5, "Von 5 Personen.")]
)
def test_keywords(app, cast, client_for, people, sentence):
    for person in many(app, cast, people):
        share_keywords(app, person, "Kiez")
    said = shown(client_for(cast.tarek), address(cast, "schlagworte"))
    assert said.startswith("Unsere Schlagworte")
    assert sentence in said
    assert ("Kiez" in said) is (people == 5)


def test_the_code_can_be_shown_at_any_time(cast, client_for):
    assert "NRD2-3456" in shown(client_for(cast.tarek), address(cast, "beitreten"))


def test_something_unknown_is_the_usual(cast, client_for):
    assert shown(client_for(cast.tarek), address(cast, "quatsch")).startswith("Jetzt")


def test_the_choice_is_kept_while_it_refreshes(cast, client_for):
    main = client_for(cast.tarek).soup(address(cast, "schlagworte")).main
    assert main["data-live"] == f"/kohorten/{cast.nord}/live/zahlen?ansicht=leinwand&zeigen=schlagworte"


def test_who_may(cast, client_for):
    check(cast, client_for, lambda client: client.get(address(cast)), trainer=True)


def test_unknown_cohort(cast, client_for):
    assert client_for(cast.olga).get("/kohorten/999/live/leinwand").status_code == 404


def test_the_room_of_the_running_slot(cast, client_for, writing):
    with writing():
        db.session.get_one(ScheduledSlot, cast.slots[2]).room = "Saal"
    assert shown(client_for(cast.tarek), address(cast)).startswith("Jetzt Das Feld Saal noch 75 Minuten")


def test_two_rooms_at_once(cast, client_for, writing):
    with writing():
        slot = db.session.get_one(ScheduledSlot, cast.slots[2])
        slot.room, slot.second_room, slot.second_title = "Saal", "Werkstatt", "Übung"
    rooms = client_for(cast.tarek).soup(address(cast)).select(".projection__rooms li")
    assert [room.get_text() for room in rooms] == ["Saal: Das Feld", "Werkstatt: Übung"]


def test_a_cancelled_cohort_says_so(cast, client_for, writing):
    with writing():
        ending.cancel(cast.nord)
    assert shown(client_for(cast.tarek), address(cast)) == "Kohorte Nord Diese Kohorte findet nicht statt."
