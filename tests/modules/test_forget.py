"""…/lernheft/loeschen: a person erases what they wrote; what they have done still counts."""

from __future__ import annotations

import pytest

from app.extensions import db
from app.progress import facts
from app.quizzes.models import AnswerRevision
from app.web.models import KeptForm
from tests.modules.doors import LEARNERS, course, form_of, knock, words

PAGE = "seite/ankommen/willkommen"
BLOCKS = {
    "w1-3": {"e0": "Nur für mich"},
    "w-ankommen": {"w-a1": "Zimtschnecken", "t-a1": "gruppe", "last": "1"},
}


@pytest.fixture
def written(client_for, cast):
    """Anna's client, after she has written something private and something shared."""
    client = client_for(cast.anna)
    for block, sent in BLOCKS.items():
        form = form_of(client.soup(course(cast, PAGE)), block)
        assert client.post_form(course(cast, f"antwort/zu/{block}"), form | sent).status_code == 303
    return client


def erase(client, cast, **sent):
    return client.post_form(course(cast, "lernheft/loeschen"), sent)


def test_everything_is_gone_but_what_was_done(written, client_for, cast, saved, app):
    client_for(cast.bela).post_form(
        course(cast, "antwort/zu/w1-3"), {"e0": "Bela", "version": "0", "client_id": "bela-0001"}
    )
    response = erase(written, cast, sicher="ja")
    assert (response.status_code, response.location) == (303, course(cast, "lernheft"))
    for block in BLOCKS:
        assert saved(cast.anna, block) == {}
    assert saved(cast.bela, "w1-3")["entries"][0]["a"] == "Bela"
    assert "Zimtschnecken" not in client_for(cast.bela).soup(course(cast, "plan")).text
    with app.app_context():
        assert set(facts.of_person(cast.anna.enrolment_id).done) == set(BLOCKS)
        assert db.session.query(AnswerRevision).count() == 1


def test_one_can_write_again(written, cast, saved):
    erase(written, cast, sicher="ja")
    form = form_of(written.soup(course(cast, PAGE)), "w1-3")
    assert form["e0"] == ""
    assert written.post_form(course(cast, "antwort/zu/w1-3"), form | {"e0": "Neu"}).status_code == 303
    assert saved(cast.anna, "w1-3")["entries"][0]["a"] == "Neu"


def test_without_the_tick_nothing_happens(written, cast, saved):
    response = erase(written, cast)
    assert response.status_code == 422
    assert "Noch ist nichts gelöscht." in response.get_data(as_text=True)
    assert saved(cast.anna, "w1-3")["entries"][0]["a"] == "Nur für mich"


def test_the_lernheft_leads_there(written, cast):
    page = written.soup(course(cast, "lernheft"))
    link = next(link for link in page.select("main a") if link["href"] == course(cast, "lernheft/loeschen"))
    assert words(link) == "Alles Geschriebene löschen"


def test_who_may_look(client_for, cast):
    assert knock(client_for, cast, lambda client: client.get(course(cast, "lernheft/loeschen"))) == LEARNERS


def test_who_may_erase(client_for, cast):
    assert knock(client_for, cast, lambda client: erase(client, cast, sicher="ja")) == LEARNERS


def test_what_was_kept_after_signing_out_is_gone_too(written, client_for, cast, app):
    late = form_of(written.soup(course(cast, PAGE)), "w1-3") | {"e0": "Zu spät gesendet"}
    response = client_for(None).post(course(cast, "antwort/zu/w1-3"), data=late)
    assert response.status_code in (400, 401)
    with app.app_context():
        assert db.session.query(KeptForm).count() == 1
    erase(written, cast, sicher="ja")
    with app.app_context():
        assert db.session.query(KeptForm).count() == 0
