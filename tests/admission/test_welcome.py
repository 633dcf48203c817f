"""/beitreten/<code>/willkommen shows a personal link to the browser that just joined, for a short time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app import clock
from tests.support.cast import NOW, Cast

URL = "/beitreten/NRD2-3456/willkommen"


def test_can_be_loaded_again_but_not_for_long(cast: Cast, client_for: Any) -> None:
    client = client_for(None)
    client.post_form("/beitreten/NRD23456", {"name": "Mara Krüger", "form_key": "k"})
    assert client.soup(URL).select_one("#link") and client.soup(URL).select_one("#link")
    with clock.standing_at(NOW + timedelta(minutes=16)):
        page = client.soup(URL)
    assert not page.select("#link")
    assert "wurde schon gezeigt" in page.get_text()


def test_others_see_no_link_of_mine(cast: Cast, client_for: Any) -> None:
    assert client_for(None).get(URL).status_code == 401
    assert client_for(cast.frida).get(URL).status_code == 404
    assert not client_for(cast.anna).soup(URL).select("#link")


def test_an_unknown_code(cast: Cast, client_for: Any) -> None:
    assert client_for(cast.anna).get("/beitreten/ABCD2345/willkommen").status_code == 404


def test_the_link_can_be_kept_on_the_phone_itself(cast: Cast, client_for: Any) -> None:
    client = client_for(None)
    client.post_form("/beitreten/NRD23456", {"name": "Mara Krüger", "form_key": "k"})
    page = client.soup(URL)
    assert "Bildschirmfoto machen oder Link kopieren" in page.get_text()
    assert page.select_one("textarea#link[readonly]").get_text().startswith("http://localhost/mein/")
    buttons = page.select("[data-share='#link'] button[type=button][hidden]")
    assert [button.get_text() for button in buttons] == ["Link kopieren", "Teilen"]
    assert [script for script in page.select("script[type=module]") if "share" in script["src"]]
