"""…/suche: the course for all who may read it, what somebody wrote for themselves alone."""

from __future__ import annotations

import pytest

from tests.modules.doors import READERS, course, knock, words

SECRET = "Zwetschgenkuchen"


@pytest.fixture
def written(client_for, cast):
    client = client_for(cast.anna)
    sent = {"e0": f"Am Platz gibt es {SECRET}.", "version": "0", "client_id": "geraet-0001"}
    assert client.post_form(course(cast, "antwort/zu/w1-3"), sent).status_code == 303
    return client


def test_a_page_is_found_and_leads_there(client_for, cast):
    page = client_for(cast.anna).soup(course(cast, "suche?q=Sozialraum"))
    links = {link["href"] for link in page.select(".hits a")}
    assert course(cast, "glossar#sozialraum") in links
    assert any(link.startswith(course(cast, "seite/")) for link in links)


def test_nothing_is_found(client_for, cast):
    page = client_for(cast.anna).soup(course(cast, "suche?q=Xylophon"))
    assert words(page.select_one("[role=status]")).startswith("Im Kurs kommt „Xylophon“ nicht vor.")


def test_one_finds_ones_own_words_and_nobody_else_does(written, client_for, cast):
    path = course(cast, f"suche?q={SECRET[:-1]}")
    own = written.soup(path).select(".hits a")
    assert [link["href"] for link in own] == [course(cast, "seite/ankommen/willkommen")]
    for other in (cast.bela, cast.tarek, cast.olga, cast.adam):
        assert SECRET not in client_for(other).soup(path).text


def test_evil_words_stay_words(client_for, cast):
    page = client_for(cast.anna).soup(course(cast, "suche?q=<script>alert(1)</script>"))
    assert page.select_one("input[type=search]")["value"] == "<script>alert(1)</script>"
    assert not page.select("main script")


def test_without_a_word_the_page_says_what_is_searched(client_for, cast):
    page = client_for(cast.anna).soup(course(cast, "suche"))
    assert "und in Ihrem eigenen Lernheft" in words(page.select_one("main"))
    assert page.select(".hits") == []


def test_who_may(client_for, cast):
    assert knock(client_for, cast, lambda client: client.get(course(cast, "suche?q=Raum"))) == READERS


def test_the_way_and_pages_have_the_field(client_for, cast):
    for path in ("", "seite/ankommen/willkommen"):
        form = client_for(cast.anna).soup(course(cast, path)).select_one("form[role=search]")
        assert form["action"] == course(cast, "suche")
