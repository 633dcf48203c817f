"""…/live/zahlen: the part that changes; nothing changed is 304 and opens no text."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from app import clock
from app.cohorts.models import Enrolment
from app.extensions import db, transaction
from app.groups import service as groups
from app.groups import sheets
from app.quizzes import forgetting
from app.quizzes import service as quizzes
from tests.progress.cohort import many, read, share_keywords, wish, write
from tests.progress.who import check
from tests.support.cast import NOW

VIEWS = ["", "?ansicht=leinwand", "?ansicht=leinwand&zeigen=schlagworte"]


def address(cast, view=""):
    return f"/kohorten/{cast.nord}/live/zahlen{view}"


def again(client, url, etag):
    return client.get(url, headers={"If-None-Match": etag})


def test_it_is_the_same_part_as_on_the_page(app, cast, client_for):
    write(app, cast.anna, "l1-1")
    tarek = client_for(cast.tarek)
    part = BeautifulSoup(tarek.get(address(cast)).json["html"], "html.parser")
    page = tarek.soup(f"/kohorten/{cast.nord}/live").select_one("[data-live]")
    assert part.get_text(" ", strip=True) == page.get_text(" ", strip=True)
    assert page["data-live"] == address(cast)


def test_the_part_has_nothing_to_focus(cast, client_for):
    for view in VIEWS:
        part = BeautifulSoup(client_for(cast.tarek).get(address(cast, view)).json["html"], "html.parser")
        assert not part.find_all(["a", "button", "input", "details"])


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_changed_is_304_without_a_body(cast, client_for, view):
    tarek = client_for(cast.tarek)
    first = tarek.get(address(cast, view))
    assert first.headers["Cache-Control"] == "no-store, private"
    second = again(tarek, address(cast, view), first.headers["ETag"])
    assert (second.status_code, second.data) == (304, b"")
    assert second.headers["ETag"] == first.headers["ETag"]


def save_again(app, cast):
    with app.app_context(), transaction():
        body = {"items": [{"id": "a1", "text": "anders", "shared": True}]}
        quizzes.record(cast.anna.enrolment_id, "w-ankommen", body, client_id="x", base_version=1, done=True)


def rename(app, cast):
    with app.app_context(), transaction():
        db.session.get_one(Enrolment, cast.anna.enrolment_id).name = "Anna Kolb-Maier"


@pytest.mark.parametrize(
    "change",
    [
        lambda app, cast: write(app, cast.anna, "l1-1"),
        lambda app, cast: read(app, cast.bela, "ankommen/willkommen"),
        lambda app, cast: many(app, cast, 1),
        save_again,
        rename,
    ],
)
def test_every_change_is_seen(app, cast, client_for, change):
    wish(app, cast.anna, "Ruhe")
    tarek = client_for(cast.tarek)
    etag = tarek.get(address(cast)).headers["ETag"]
    change(app, cast)
    assert again(tarek, address(cast), etag).status_code == 200


def test_another_slot_is_a_change_a_minute_only_on_the_projection(cast, client_for):
    tarek = client_for(cast.tarek)
    desk, wall = address(cast), address(cast, "?ansicht=leinwand")
    tags = {url: tarek.get(url).headers["ETag"] for url in (desk, wall)}
    with clock.standing_at(NOW + timedelta(minutes=1)):
        assert again(tarek, desk, tags[desk]).status_code == 304
        assert again(tarek, wall, tags[wall]).status_code == 200
    with clock.standing_at(NOW + timedelta(minutes=80)):
        assert again(tarek, desk, tags[desk]).status_code == 200


def test_the_views_do_not_share_a_tag(cast, client_for):
    tarek = client_for(cast.tarek)
    assert len({tarek.get(address(cast, view)).headers["ETag"] for view in VIEWS}) == len(VIEWS)


def test_what_happens_elsewhere_is_no_change(app, cast, client_for):
    tarek = client_for(cast.tarek)
    etag = tarek.get(address(cast)).headers["ETag"]
    write(app, cast.frida, "l1-1")
    assert again(tarek, address(cast), etag).status_code == 304


def test_an_unchanged_poll_takes_five_statements_and_opens_nothing(
    app, cast, client_for, statements, monkeypatch
):
    for person in many(app, cast, 6):
        share_keywords(app, person, "Kiez")
    tarek = client_for(cast.tarek)
    etag = tarek.get(address(cast)).headers["ETag"]

    def refuse(*_args):
        raise AssertionError("a text was opened")

    monkeypatch.setattr("app.sealing.Sealer.open", refuse)
    with statements() as seen:
        assert again(tarek, address(cast), etag).status_code == 304
    assert len(seen) <= 5, seen


def test_who_may(cast, client_for):
    check(cast, client_for, lambda client: client.get(address(cast)), trainer=True)


def test_unknown_cohort(cast, client_for):
    assert client_for(cast.olga).get("/kohorten/999/live/zahlen").status_code == 404


def test_signed_out_in_the_background_is_told_in_json(cast, client_for):
    response = client_for(None).get(address(cast), headers={"Accept": "application/json"})
    assert (response.status_code, response.mimetype) == (401, "application/json")


def test_what_was_taken_back_is_not_shown_any_longer(app, cast, client_for):
    wish(app, cast.anna, "Zimtschnecken")
    tarek = client_for(cast.tarek)
    first = tarek.get(address(cast))
    assert "Zimtschnecken" in first.json["html"]
    with app.app_context(), transaction():
        forgetting.forget(cast.anna.enrolment_id)
    second = again(tarek, address(cast), first.headers["ETag"])
    assert second.status_code == 200
    assert "Zimtschnecken" not in second.json["html"]


def test_a_case_done_in_a_small_group_changes_it(app, cast, client_for):
    with app.app_context(), transaction():
        groups.draw(
            cast.nord, "fall/der-weg-zur-kita", None, [cast.anna.enrolment_id, cast.bela.enrolment_id], 1
        )
    tarek = client_for(cast.tarek)
    etag = tarek.get(address(cast)).headers["ETag"]
    with app.app_context(), transaction():
        (group,) = groups.in_cohort(cast.nord)
        sheets.record(group.id, "case-1", {"entries": []}, client_id="phone-01", base_version=0, done=True)
    assert again(tarek, address(cast), etag).status_code == 200
