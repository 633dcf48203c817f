"""…/zuruecknehmen: an override is taken back; both stay on record."""

from __future__ import annotations

from tests.progress.test_override import address as override_address
from tests.progress.test_override import form, page, rows
from tests.progress.who import check


def address(cast, person=None):
    return page(cast, person) + "/zuruecknehmen"


def test_the_facts_count_again_and_the_record_stays(app, cast, client_for):
    olga = client_for(cast.olga)
    olga.post_form(override_address(cast), form())
    soup = olga.soup(page(cast))
    assert (
        soup.find("form", action=address(cast)).find("input", attrs={"name": "criterion"})["value"]
        == "reflections"
    )
    response = client_for(cast.adam).post_form(address(cast), {"criterion": "reflections"})
    assert (response.status_code, response.location) == (303, page(cast))
    said = " ".join(olga.soup(page(cast)).get_text(" ", strip=True).split())
    assert "Lernstopps: 0 von 2 bearbeitet" in said
    assert "Adam Wirth: Lernstopps – Anerkennung zurückgenommen" in said
    assert "Olga Sommer: Lernstopps als erfüllt anerkannt" in said
    assert rows(app) == 2


def test_nothing_to_withdraw(app, cast, client_for):
    olga = client_for(cast.olga)
    for criterion in ("reflections", "quiz", ""):
        assert olga.post_form(address(cast), {"criterion": criterion}).status_code == 303
    assert "Hier ist nichts anerkannt" in olga.soup(page(cast)).get_text()
    assert rows(app) == 0


def test_a_trainer_sees_the_override_but_no_button(cast, client_for):
    client_for(cast.olga).post_form(override_address(cast), form())
    soup = client_for(cast.tarek).soup(page(cast))
    assert "anerkannt von Olga Sommer" in soup.get_text()
    assert not soup.main.find_all("form")


def test_who_may(cast, client_for):
    check(
        cast,
        client_for,
        lambda c: c.post_form(address(cast), {"criterion": "reflections"}),
        trainer=False,
        good=303,
    )


def test_someone_unknown_or_elsewhere(cast, client_for):
    olga = client_for(cast.olga)
    assert olga.post_form(f"/kohorten/{cast.nord}/stand/999/zuruecknehmen", form()).status_code == 404
    assert olga.post_form(address(cast, cast.frida), form()).status_code == 404
