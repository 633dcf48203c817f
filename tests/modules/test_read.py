"""…/gelesen/<module>/<page>: confirms a page and goes on."""

from __future__ import annotations

import pytest

from app.progress import service as progress
from tests.modules.doors import LEARNERS, course, knock, words


def pages_of(app, person):
    with app.app_context():
        return progress.pages_read(person.enrolment_id)


def test_who_may(app, client_for, cast):
    url = course(cast, "gelesen/ankommen/willkommen")
    assert knock(client_for, cast, lambda client: client.post_form(url)) == LEARNERS
    assert pages_of(app, cast.anna) == {"ankommen/willkommen"}
    assert pages_of(app, cast.frida) == set()


def test_pressing_weiter_through_the_whole_course(app, client_for, cast):
    client, at, seen = client_for(cast.anna), course(cast, "seite/ankommen/willkommen"), []
    for _ in range(7):
        page = client.soup(at)
        seen.append(words(page.h1))
        response = client.post_form(page.select_one(".steps__form")["action"])
        assert response.status_code == 303
        at = response.location
    assert at == course(cast)
    assert seen == [
        "Willkommen", "Schauen", "Fragen zum Ankommen", "Halt am Morgen",
        "Felder", "Der Weg zur Kita", "Halt am Abend",
    ]  # fmt: skip
    assert len(pages_of(app, cast.anna)) == 7
    assert "den ganzen Weg gegangen" in words(client.soup(at))


def test_twice_is_like_once(app, client_for, cast):
    client = client_for(cast.anna)
    first, second = (client.post_form(course(cast, "gelesen/ankommen/schauen")) for _ in range(2))
    assert first.location == second.location == course(cast, "seite/ankommen/fragen-1")
    assert pages_of(app, cast.anna) == {"ankommen/schauen"}


@pytest.mark.parametrize("path", ["gelesen/ankommen/nie", "gelesen/nie/willkommen", "gelesen/fall/nie"])
def test_unknown_stations(app, client_for, cast, path):
    assert client_for(cast.anna).post_form(course(cast, path)).status_code == 404
    assert pages_of(app, cast.anna) == set()


def test_a_stale_token_asks_once_more(app, client_for, cast):
    client, url = client_for(cast.anna), course(cast, "gelesen/ankommen/willkommen")
    response = client.post(url, data={"csrf_token": "alt"})
    assert response.status_code == 400
    assert f'action="{url}"' in response.get_data(as_text=True)
    assert pages_of(app, cast.anna) == set()


def test_it_is_not_a_link(client_for, cast):
    assert client_for(cast.anna).get(course(cast, "gelesen/ankommen/willkommen")).status_code == 405
