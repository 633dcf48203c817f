"""Glossary terms in the text of a page."""

from __future__ import annotations

import pytest

from app.course.german_words import stem
from app.course.model import Page, PageKind, Prose, Term
from app.course.term_links import Terms, with_terms


def term(slug: str, name: str) -> Term:
    return Term(slug=slug, term=name, html="", page_html="", source="")


TERMS = Terms(
    [
        term("sozialraum", "Sozialraum"),
        term("feld", "Vom Fall zum Feld"),
        term("fua", "Fallunspezifische Arbeit (FuA)"),
        term("saeule", "Versäulung / Verinselung"),
        term("wille", "Wille"),
        term("menschen", "Adressat:innen"),
    ]
)


def linked(*htmls: str) -> tuple[list[str], tuple[str, ...]]:
    page = Page(
        slug="s", title="S", minutes=1, core=False, kind=PageKind.PAGE,
        parts=tuple(Prose(html) for html in htmls), path="m/s.md",
    )  # fmt: skip
    found = with_terms(page, TERMS)
    return [part.html for part in found.parts if isinstance(part, Prose)], found.terms


def a(slug: str, word: str) -> str:
    return f'<a class="begriff" href="#begriff-{slug}">{word}</a>'


@pytest.mark.parametrize(
    ("text", "slug", "word"),
    [
        ("Der Sozialraum lebt.", "sozialraum", "Sozialraum"),
        ("Zwei Sozialräume.", "sozialraum", "Sozialräume"),
        ("Grenzen des Sozialraums.", "sozialraum", "Sozialraums"),
        ("Es geht vom Fall zum Feld.", None, ""),
        ("Vom Fall zum Feld heißt das.", "feld", "Vom Fall zum Feld"),
        ("Wir nennen das FuA.", "fua", "FuA"),
        ("Mit fallunspezifischer Arbeit.", None, ""),
        ("Fallunspezifische Arbeit zählt.", "fua", "Fallunspezifische Arbeit"),
        ("Die Verinselung der Dienste.", "saeule", "Verinselung"),
        ("Des Willens.", "wille", "Willens"),
        ("Sie wollen und will.", None, ""),
        ("Mit Adressat:innen reden.", "menschen", "Adressat:innen"),
        ("Eine Adressatin", None, ""),
    ],
)
def test_a_term_in_its_forms(text: str, slug: str | None, word: str) -> None:
    (html,), met = linked(f"<p>{text}</p>")
    expected = text.replace(word, a(slug, word)) if slug else text
    assert (html, met) == (f"<p>{expected}</p>", (slug,) if slug else ())


def test_only_the_first_use_on_a_page_is_linked() -> None:
    htmls, met = linked("<p>Sozialraum, Sozialraum</p>", "<p>Sozialraum</p>")
    assert htmls == [f"<p>{a('sozialraum', 'Sozialraum')}, Sozialraum</p>", "<p>Sozialraum</p>"]
    assert met == ("sozialraum",)


def test_headings_links_and_attributes_stay_as_they_are() -> None:
    html = '<h2>Sozialraum</h2><p><a href="x">Sozialraum</a> <img alt="Sozialraum > hier"><code>Sozialraum</code></p>'
    assert linked(html) == ([html], ())


def test_what_the_author_linked_is_the_first_use() -> None:
    explicit = '<a href="../../glossar#sozialraum">der Raum</a>'
    htmls, met = linked(f"<p>{explicit}, Sozialraum, {explicit}</p>")
    assert htmls == [f"<p>{a('sozialraum', 'der Raum')}, Sozialraum, {explicit}</p>"]
    assert met == ("sozialraum",)


def test_words_across_tags_are_not_joined() -> None:
    assert linked("<p>Vom Fall</p><p>zum Feld</p>")[1] == ()


def test_stems_meet_across_umlauts_and_inclusive_endings() -> None:
    assert stem("Räume") == stem("Raum")
    assert stem("Trainer:innen") == stem("Trainer")
