"""…/blatt/<block>: a block as a sheet of paper, with one's own words or empty."""

from __future__ import annotations

import pytest

from tests.modules.doors import READERS, course, knock


@pytest.fixture
def client(client_for, cast):
    """Anna's, who has written something."""
    client = client_for(cast.anna)
    sent = {"e0": "An der Brücke.", "version": "0", "client_id": "geraet-0001"}
    assert client.post_form(course(cast, "antwort/zu/w1-3"), sent).status_code == 303
    return client


def test_one_sees_what_one_wrote(client, cast):
    sheet = client.soup(course(cast, "blatt/w1-3"))
    assert sheet.select_one(".paper__text").text.strip() == "An der Brücke."
    assert sheet.select(".paper__name") == []


def test_empty_there_is_room_for_name_and_date(client, cast):
    sheet = client.soup(course(cast, "blatt/w1-3?leer=1"))
    assert "An der Brücke." not in sheet.text
    assert sheet.select_one(".paper__name").text.split() == ["Name:", "Datum:"]


def test_staff_get_it_empty(client_for, cast):
    assert client_for(cast.tarek).soup(course(cast, "blatt/w1-3")).select_one(".paper__name")


def test_who_may(client_for, cast):
    assert knock(client_for, cast, lambda client: client.get(course(cast, "blatt/w1-3"))) == READERS


@pytest.mark.parametrize("path", ["blatt/nie", "blatt/willkommen", "blatt/w1-3/x"])
def test_unknown(client_for, cast, path):
    assert client_for(cast.anna).get(course(cast, path)).status_code == 404


def test_the_page_leads_to_the_sheet(client_for, cast):
    page = client_for(cast.anna).soup(course(cast, "seite/ankommen/willkommen"))
    links = [link["href"] for link in page.select("a") if link.text == "Als Blatt drucken"]
    assert course(cast, "blatt/w-ankommen") in links
