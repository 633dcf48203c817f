"""/kurs/<cohort>/lernkarten: what is due, one card after the other, a pause."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete

from app import clock
from app.cohorts.models import Enrolment
from app.extensions import db, transaction
from app.review.models import ReviewPause
from tests.modules.doors import LEARNERS, course, knock, words
from tests.progress.cohort import read
from tests.review.making import box, card, day, give, glossary, page
from tests.support.cast import NOW, enrol

SCHAUEN = "ankommen/schauen"
ON_MY_WAY = "main .links"


def main(client, cast, path="lernkarten"):
    return words(client.soup(course(cast, path)).main)


def say(client, cast, known="ja"):
    """Answer the card that is shown, as a browser would."""
    form = client.soup(course(cast, "lernkarte")).select_one("main article form")
    sent = {field["name"]: field["value"] for field in form.select("input[type=hidden]")} | {"known": known}
    return client.post_form(form["action"], sent), sent


def days_later(days):
    return clock.standing_at(NOW + timedelta(days=days))


@pytest.fixture
def many_terms(pinned):
    """A course with thirty terms, all on one page."""
    pinned({"glossary.md": glossary(30), "ankommen/schauen.md": page(30)})


@pytest.mark.parametrize("path", ["lernkarten", "lernkarte"])
def test_who_may_look(client_for, cast, path):
    assert knock(client_for, cast, lambda client: client.get(course(cast, path))) == LEARNERS


@pytest.mark.parametrize("path", ["lernkarte/sozialraum", "lernkarten/pause", "lernkarten/weiter"])
def test_who_may_do(app, client_for, cast, path):
    sent = {"known": "ja", "step": "0", "due": ""}
    assert knock(client_for, cast, lambda client: client.post_form(course(cast, path), sent)) == LEARNERS
    for person in (cast.frida, cast.bela):
        assert box(app, person) == {}


def test_without_a_token_nothing_happens(app, client_for, cast):
    read(app, cast.anna, SCHAUEN)
    sent = {"known": "ja", "step": "0", "due": ""}
    assert client_for(cast.anna).post(course(cast, "lernkarte/sozialraum"), data=sent).status_code == 400
    assert box(app, cast.anna) == {}


@pytest.mark.parametrize("cohort", ["999", str(2**40)])
def test_unknown_cohorts(client_for, cast, cohort):
    client = client_for(cast.anna)
    assert client.get(f"/kurs/{cohort}/lernkarten").status_code == 404
    assert client.post_form(f"/kurs/{cohort}/lernkarten/pause").status_code == 404


@pytest.mark.parametrize("slug", ["nie", "%00", "x" * 300])
def test_unknown_terms(client_for, cast, slug):
    sent = {"known": "ja", "step": "0", "due": ""}
    assert client_for(cast.anna).post_form(course(cast, f"lernkarte/{slug}"), sent).status_code == 404


def test_before_anything_was_read(client_for, cast):
    client = client_for(cast.anna)
    assert "Noch gibt es keine Karten." in main(client, cast)
    assert client.get(course(cast, "lernkarte")).location == course(cast, "lernkarten")
    assert "Lernkarten pausieren" not in main(client, cast)
    assert "fällig" not in words(client.soup(course(cast)).select_one(ON_MY_WAY))


def test_a_term_comes_in_once_its_page_is_left(app, client_for, cast):
    read(app, cast.anna, SCHAUEN)
    client = client_for(cast.anna)
    text = main(client, cast)
    assert "Heute: eine Karte" in text and "Sie ist neu." in text
    links = words(client.soup(course(cast)).select_one(ON_MY_WAY))
    assert "Lernkarten Eine Lernkarte ist fällig" in links
    assert "Noch gibt es keine Karten." in main(client_for(cast.bela), cast)


def test_the_definition_stands_behind_the_term(app, client_for, cast):
    read(app, cast.anna, SCHAUEN)
    shown = client_for(cast.anna).soup(course(cast, "lernkarte")).select_one("article")
    assert words(shown.h1) == "Sozialraum"
    assert "Erklären Sie den Begriff in eigenen Worten, dann sehen Sie nach." in words(shown)
    back = shown.details
    assert not back.has_attr("open") and words(back.summary) == "Nachsehen"
    assert "Ein Raum, den Menschen handelnd herstellen." in words(back)
    assert [words(button) for button in back.select("button")] == ["Gewusst", "Noch nicht"]


def test_from_card_to_card_to_the_end(app, client_for, cast, many_terms):
    read(app, cast.anna, SCHAUEN)
    client = client_for(cast.anna)
    for number in range(5, 0, -1):
        about = words(client.soup(course(cast, "lernkarte")).select_one(".crumbs"))
        assert about.endswith("die letzte für heute" if number == 1 else f"heute noch {number}")
        response, _ = say(client, cast, "ja" if number % 2 else "nein")
        assert response.location == course(cast, "lernkarte")
    assert client.get(response.location).location == course(cast, "lernkarten")
    assert set(box(app, cast.anna).values()) == {(1, day(1))}
    text = main(client, cast)
    assert "Für heute fertig. Die nächste Karte kommt am Samstag, 4. Juli 2026." in text
    assert "Samstag, 4. Juli 2026 10 Karten" in text
    assert "fällig" not in words(client.soup(course(cast)).select_one(ON_MY_WAY))


def test_known_five_times_and_once_more_it_has_settled(app, client_for, cast):
    read(app, cast.anna, SCHAUEN)
    client, after = client_for(cast.anna), 0
    for step, days in enumerate((1, 3, 7, 21, 60), 1):
        with days_later(after):
            say(client, cast)
        after += days
        assert box(app, cast.anna) == {"sozialraum": (step, day(after))}
    with days_later(after):
        say(client, cast)
        assert box(app, cast.anna) == {"sozialraum": (6, None)}
        assert "Alle Begriffe sitzen." in main(client, cast)


def test_not_yet_begins_again(app, client_for, cast):
    give(app, cast.anna, card("sozialraum", step=4, due=-30))
    client = client_for(cast.anna)
    assert "Zum Wiederholen." in main(client, cast)
    say(client, cast, "nein")
    assert box(app, cast.anna) == {"sozialraum": (1, day(1))}


def test_sending_twice_is_harmless(app, client_for, cast):
    read(app, cast.anna, SCHAUEN)
    client = client_for(cast.anna)
    _, sent = say(client, cast)
    again = client.post_form(course(cast, "lernkarte/sozialraum"), sent | {"known": "nein"})
    assert again.status_code == 303
    assert box(app, cast.anna) == {"sozialraum": (1, day(1))}
    with days_later(1):
        _, sent = say(client, cast)
        client.post_form(course(cast, "lernkarte/sozialraum"), sent)
        assert box(app, cast.anna) == {"sozialraum": (2, day(4))}


@pytest.mark.parametrize("sent", [
    {"step": "3", "due": ""}, {"step": "0", "due": "2026-07-03"}, {"step": "9" * 30, "due": "x"},
    {"step": "-1"}, {"step": "²"}, {"due": "2026-13-45"}, {},
])  # fmt: skip
def test_a_card_that_nobody_was_shown_changes_nothing(app, client_for, cast, sent):
    read(app, cast.anna, SCHAUEN)
    response = client_for(cast.anna).post_form(course(cast, "lernkarte/sozialraum"), sent | {"known": "ja"})
    assert response.status_code == 303
    assert box(app, cast.anna) == {}


def test_a_term_one_has_not_met_is_no_card_yet(app, client_for, cast):
    sent = {"step": "0", "due": "", "known": "ja"}
    assert client_for(cast.anna).post_form(course(cast, "lernkarte/sozialraum"), sent).status_code == 303
    assert box(app, cast.anna) == {}


@pytest.mark.parametrize("known", ["", "vielleicht", None])
def test_without_an_answer_the_card_comes_back(app, client_for, cast, known):
    read(app, cast.anna, SCHAUEN)
    sent = {"step": "0", "due": ""} | ({} if known is None else {"known": known})
    response = client_for(cast.anna).post_form(course(cast, "lernkarte/sozialraum"), sent)
    assert response.status_code == 422
    assert "Bitte wählen Sie „Gewusst“ oder „Noch nicht“." in response.text
    assert '<details class="review__back" open>' in response.text
    assert box(app, cast.anna) == {}


def test_without_an_answer_to_a_card_that_is_gone(app, client_for, cast):
    response = client_for(cast.anna).post_form(course(cast, "lernkarte/sozialraum"), {})
    assert response.location == course(cast, "lernkarte")


def test_the_count_on_my_way(app, client_for, cast, many_terms):
    give(app, cast.anna, *(card(f"b-{n}", due=-1) for n in range(3)))
    text = words(client_for(cast.anna).soup(course(cast)).select_one(ON_MY_WAY))
    assert "Lernkarten 3 Lernkarten sind fällig" in text


def test_many_missed_days_cost_nothing(app, client_for, cast, many_terms):
    give(app, cast.anna, *(card(f"b-{n}", step=3, due=-200 + n) for n in range(20)))
    text = main(client_for(cast.anna), cast)
    assert "Heute: 15 Karten" in text and "Weitere warten bis morgen; das genügt." in text
    assert words(client_for(cast.anna).soup(course(cast, "lernkarte")).h1) == "Begriff" + "Aa"


def test_a_pause_holds_everything_and_goes_on_where_it_was(app, client_for, cast, many_terms):
    give(app, cast.anna, card("b-0", step=2, due=-1), card("b-1", step=3, due=4), card("b-2", 6, None))
    read(app, cast.anna, SCHAUEN)
    client = client_for(cast.anna)
    sent = {"step": "2", "due": day(-1).isoformat(), "known": "ja"}
    for _ in range(2):
        assert client.post_form(course(cast, "lernkarten/pause")).location == course(cast, "lernkarten")
    with days_later(10):
        text = main(client, cast)
        assert "Pausiert seit Freitag, 3. Juli 2026" in text and "Weitermachen" in text
        assert "Was als Nächstes kommt" not in text
        assert "fällig" not in words(client.soup(course(cast)).select_one(ON_MY_WAY))
        client.post_form(course(cast, "lernkarte/b-0"), sent)
        assert box(app, cast.anna)["b-0"] == (2, day(-1))
        for _ in range(2):
            client.post_form(course(cast, "lernkarten/weiter"))
        assert box(app, cast.anna) == {"b-0": (2, day(9)), "b-1": (3, day(14)), "b-2": (6, None)}
        assert "Heute: 6 Karten" in main(client, cast)


def test_only_the_own_cards(app, client_for, cast):
    give(app, cast.bela, card("sozialraum", step=3))
    read(app, cast.anna, SCHAUEN)
    client = client_for(cast.anna)
    client.post_form(course(cast, "lernkarten/pause"))
    client.post_form(course(cast, "lernkarten/weiter"))
    say(client, cast)
    assert box(app, cast.bela) == {"sozialraum": (3, day(0))}
    assert box(app, cast.anna) == {"sozialraum": (1, day(1))}


def test_a_term_that_is_no_longer_in_the_glossary_does_not_come(app, client_for, cast):
    give(app, cast.anna, card("gestrichen"))
    assert "Noch gibt es keine Karten." in main(client_for(cast.anna), cast)
    assert "gestrichen" in box(app, cast.anna)


def test_the_day_begins_in_the_time_zone_of_the_cohort(app, client_for, cast):
    give(app, cast.anna, card("sozialraum", due=1))
    late = NOW.replace(hour=21, minute=59)  # 23:59 in Berlin
    with clock.standing_at(late):
        assert "Für heute fertig." in main(client_for(cast.anna), cast)
    with clock.standing_at(late + timedelta(minutes=1)):
        assert "Heute: eine Karte" in main(client_for(cast.anna), cast)


def test_cards_and_pause_go_with_the_person(app, cast):
    with app.app_context(), transaction():
        paula = enrol(cast.nord, "Paula")
    give(app, paula, card("sozialraum"))
    with app.app_context(), transaction():
        db.session.add(ReviewPause(enrolment_id=paula.enrolment_id, since=day(0)))
    with app.app_context(), transaction():
        db.session.execute(delete(Enrolment).where(Enrolment.id == paula.enrolment_id))
    with app.app_context():
        assert db.session.query(ReviewPause).count() == 0
        db.session.remove()
    assert box(app, paula) == {}


def test_looking_writes_nothing_and_takes_as_many_statements_for_everyone(
    app, client_for, cast, statements, many_terms
):
    client, counts = client_for(cast.anna), []
    client.get(course(cast))
    for number in (0, 25):
        give(app, cast.anna, *(card(f"b-{n}") for n in range(number)))
        for path in ("lernkarten", "lernkarte", ""):
            with statements() as seen:
                client.get(course(cast, path))
            assert all(statement.startswith("SELECT") for statement in seen), seen
            counts.append(len(seen))
        read(app, cast.anna, SCHAUEN)
    assert counts[:3] == counts[3:] and max(counts) <= 5


def test_the_glossary_leads_to_the_cards_but_not_in_a_preview(client_for, cast):
    address = course(cast, "lernkarten")
    for path in ("glossar", ""):
        assert client_for(cast.anna).soup(course(cast, path)).select(f'main a[href="{address}"]')
        assert not client_for(cast.tarek).soup(course(cast, path)).select(f'a[href="{address}"]')
