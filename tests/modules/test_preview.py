"""What trainers and organisers see of the course: the pages as they are, and nothing of anybody's."""

from __future__ import annotations

import pytest

from app.cohorts.models import Enrolment
from app.extensions import db
from app.quizzes.models import Answer
from tests.modules.doors import course, words
from tests.modules.test_page import PAGES
from tests.progress.cohort import CANARY, everything_private

NOTE = "Vorschau: So sehen Teilnehmende diese Seite. Hier wird nichts gespeichert."


@pytest.fixture(params=["tarek", "olga", "adam"])
def viewer(request, client_for, cast):
    return client_for(getattr(cast, request.param))


def test_every_page_says_that_it_is_a_preview(viewer, cast):
    for path in ("", *PAGES, "glossar", "literatur"):
        page = viewer.soup(course(cast, path))
        assert words(page.main).count(NOTE) == 1, path
        assert page.select(".reader__margin") == [], path


def test_who_learns_sees_no_such_note(client_for, cast):
    for path in ("", PAGES[0], "glossar"):
        page = client_for(cast.anna).soup(course(cast, path))
        assert NOTE not in words(page)
        assert page.select("fieldset.preview") == []


def test_nothing_can_be_filled_in(viewer, cast):
    for path in PAGES:
        page = viewer.soup(course(cast, path))
        blocks = page.select("section.block")
        assert all(block.parent.name == "fieldset" and block.parent.has_attr("disabled") for block in blocks)
        assert [field for field in page.select("main :is(input, textarea, select, button)")
                if not field.find_parent("fieldset", class_="preview")] == []  # fmt: skip


def test_one_walks_by_links(viewer, cast):
    page, walked = viewer.soup(course(cast)), []
    link = page.select_one("main .button--primary")
    while link["href"] != course(cast):
        walked.append(link["href"])
        link = viewer.soup(link["href"]).select_one("a.steps__next")
    assert walked == [course(cast, path) for path in PAGES]


def test_nothing_of_anybody_shows(app, viewer, cast):
    everything_private(app, cast, [cast.anna])
    for path in PAGES:
        page = viewer.soup(course(cast, path))
        assert CANARY not in str(page)
        assert page.select(".feedback, .orientation, .explanation") == []


def test_the_way_back_to_the_cohort(client_for, cast):
    for person, places in ((cast.tarek, ["Zur Kohorte", "Heute", "Kohorten", "Fassungen"]),
                           (cast.olga, ["Zur Kohorte", "Heute", "Kohorten", "Neue Kohorte", "Listen", "Fassungen", "Postausgang"])):  # fmt: skip
        page = client_for(person).soup(course(cast, PAGES[0]))
        links = page.select("nav.places a")
        assert [words(link) for link in links] == places
        assert links[0]["href"] == f"/kohorten/{cast.nord}"
        tabs = client_for(person).soup(links[0]["href"]).select("nav.tabs a")
        assert [tab["href"] for tab in tabs if words(tab) == "Kurs ansehen"] == [course(cast)]


def test_nothing_can_be_sent(viewer, cast):
    for path in ("antwort/zu/w1-3", "gelesen/ankommen/willkommen"):
        assert viewer.post_form(course(cast, path), {"e0": "x"}).status_code == 403


def test_looking_leaves_no_trace(app, viewer, cast, statements):
    with app.app_context():
        before = db.session.query(Enrolment).count()
    with statements() as seen:
        for path in ("", *PAGES):
            viewer.get(course(cast, path))
    assert all(statement.startswith("SELECT") for statement in seen), seen
    with app.app_context():
        assert (db.session.query(Enrolment).count(), db.session.query(Answer).count()) == (before, 0)
