"""Glossary terms on a page: linked on their first use, explained below, also in the preview."""

from __future__ import annotations

from tests.modules.doors import course

PAGE = "seite/ankommen/schauen"


def test_a_term_leads_to_its_explanation_on_the_same_page(client_for, cast):
    page = client_for(cast.anna).soup(course(cast, PAGE))
    word = page.select_one("main .prosa a.begriff")
    assert word["href"] == "#begriff-sozialraum"
    entry = page.find(id="begriff-sozialraum")
    assert entry.dt.text == "Sozialraum"
    assert [link["href"] for link in entry.select("a")][-1] == course(cast, "glossar#sozialraum")


def test_trainers_see_the_same(client_for, cast):
    assert client_for(cast.tarek).soup(course(cast, PAGE)).find(id="begriff-sozialraum")


def test_a_page_without_terms_has_no_list_of_them(client_for, cast):
    page = client_for(cast.anna).soup(course(cast, "seite/ankommen/fragen-1"))
    assert page.select("[data-terms]") == []
    assert "terms.js" not in str(page)
