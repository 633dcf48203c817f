"""…/seite/<module>/<page> and …/fall/lesen/<slug>: text, blocks with the person's answers, back and on."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest

from tests.modules.doors import READERS, course, form_of, knock, words
from tests.progress.cohort import CANARY, write

PAGES = [
    "seite/ankommen/willkommen", "seite/ankommen/schauen", "seite/ankommen/fragen-1", "seite/ankommen/halt-1",
    "seite/feld/felder", "fall/lesen/der-weg-zur-kita", "seite/feld/halt-2",
]  # fmt: skip


def test_who_may(client_for, cast):
    for page in (PAGES[0], PAGES[5]):
        assert knock(client_for, cast, lambda client, page=page: client.get(course(cast, page))) == READERS


@pytest.mark.parametrize(
    "path",
    ["seite/ankommen/nie", "seite/nie/willkommen", "seite/feld/willkommen", "fall/lesen/nie",
     "seite/fall/der-weg-zur-kita", "seite/ankommen/w1-1", "seite/ankommen/..%2f..%2fcourse.yaml"],
)  # fmt: skip
def test_unknown_pages(client_for, cast, path):
    client_for(cast.anna).soup(course(cast, path), status=404)


def test_every_page_of_the_way(client_for, cast):
    client = client_for(cast.anna)
    for number, path in enumerate(PAGES):
        page = client.soup(course(cast, path))
        back, on = page.select_one("a.steps__back"), page.select_one(".steps__next")
        assert (back and back["href"]) == (course(cast, PAGES[number - 1]) if number else None)
        assert words(on).startswith("Weiter" if number < 6 else "Fertig")
        assert [link["href"] for link in page.select(".station a[aria-current]")] == [course(cast, path)]
        assert len(page.select("main .button--primary")) == 1


def test_the_steps_name_where_they_lead(client_for, cast):
    page = client_for(cast.anna).soup(course(cast, "seite/feld/felder"))
    assert words(page.select_one(".steps__back .steps__title")) == "Lernstopp: Halt am Morgen"
    assert words(page.select_one(".steps__next .steps__title")) == "Fallwerkstatt: Der Weg zur Kita"
    assert words(page.select_one(".crumbs")) == "2 · Vom Fall zum Feld"


def test_links_of_the_text_lead_somewhere(client_for, cast):
    client, links = client_for(cast.anna), []
    for path in PAGES:
        for link in client.soup(course(cast, path)).select("main .prosa a[href]"):
            links.append(urljoin(course(cast, path), link["href"]))
            assert client.get(links[-1]).status_code == 200, link
    assert course(cast, "seite/ankommen/schauen#begriff-sozialraum") in links


def test_text_and_blocks_stand_in_the_order_of_the_file(client_for, cast):
    page = client_for(cast.anna).soup(course(cast, PAGES[0]))
    assert [block["id"] for block in page.select("section.block")] == ["w-ankommen", "w1-1", "w1-2", "w1-3"]
    assert words(page.select_one("main > .prosa")) == "Schön, dass Sie da sind. Weiter lesen"


def test_a_person_sees_their_own_answers_only(app, client_for, cast):
    write(app, cast.anna, "w1-3", {"entries": [{"q": "Was sehen Sie zuerst?", "a": CANARY}]})
    mine = form_of(client_for(cast.anna).soup(course(cast, PAGES[0])), "w1-3")
    theirs = form_of(client_for(cast.bela).soup(course(cast, PAGES[0])), "w1-3")
    assert (mine["e0"], mine["version"]) == (CANARY, "1")
    assert (theirs["e0"], theirs["version"]) == ("", "0")


def test_the_case_says_what_is_expected(client_for, cast):
    page = client_for(cast.anna).soup(course(cast, PAGES[5]))
    assert words(page.select_one("dl.facts")) == (
        "Ihre Rolle Erzieher:in Ort Eine Siedlung am Rand Zeit etwa 30 Minuten, Einstieg"
    )
    assert "Vielleicht einen ruhigen Morgen" not in words(page)


def test_the_margin_says_what_runs(client_for, cast):
    margin = words(client_for(cast.anna).soup(course(cast, PAGES[0])).select_one(".reader__margin"))
    assert "10:45–12:15 Das Feld noch 75 Min." in margin
    assert "Danach, 12:15: Mittagspause" in margin


def test_without_scripts_it_warns_before_going_on(client_for, cast):
    client = client_for(cast.anna)
    warning = client.soup(course(cast, PAGES[0])).select_one("main .without-js")
    assert "Speichern Sie es bitte, bevor Sie weitergehen" in words(warning)
    assert client.soup(course(cast, PAGES[1])).select_one("main .without-js") is None


def test_after_saving_the_title_says_so(client_for, cast):
    client = client_for(cast.anna)
    assert client.soup(course(cast, PAGES[0])).title.text == "Willkommen · Feldweg"
    saved = client.soup(course(cast, PAGES[0] + "?gespeichert=w1-3"))
    assert saved.title.text == "Gespeichert: Willkommen · Feldweg"
    assert client.soup(course(cast, PAGES[0] + "?gespeichert=l1-1")).title.text == "Willkommen · Feldweg"


def test_reading_writes_nothing(cast, client_for, statements):
    with statements() as seen:
        for path in PAGES:
            client_for(cast.anna).get(course(cast, path))
    assert all(statement.startswith("SELECT") for statement in seen), seen
