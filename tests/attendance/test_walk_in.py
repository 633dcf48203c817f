"""Somebody who came without being enrolled: by name into the register, on the page and on the phone."""

from __future__ import annotations

from typing import Any

import pytest

from app.attendance.by_list import likeness
from app.cohorts import log, people, service
from app.cohorts.models import Cohort, Enrolment, ScheduledSlot
from app.extensions import db
from tests.attendance.phones import day_url, guest, operation, results, send
from tests.support.cast import NOW, Cast
from tests.support.doors import DESK, STAFF, knock

KEY = "gast-0123456789"


def form(client: Any, cast: Cast, name: str, **rest: str) -> dict[str, str]:
    fields = client.soup(day_url(client, cast)).select("[data-walk-in] input")
    return {field["name"]: field.get("value", "") for field in fields} | {"name": name} | rest


def names(cast: Cast) -> list[str]:
    return [person.name for person in service.enrolments(cast.nord)]


def test_works(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.tarek)
    answer = client.post_form(f"{day_url(client, cast)}/gast", form(client, cast, "  Gerda   Gast "))
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        f"{day_url(client, cast)}?abschnitt={cast.slots[2]}",
    )
    page = client.soup(day_url(client, cast))
    assert "Gerda Gast steht jetzt auf der Liste und ist als anwesend eingetragen." in page.get_text()
    assert "Gerda Gast" in page.select_one(".guests").get_text()
    with reading():
        [gerda] = [person for person in service.enrolments(cast.nord) if person.walk_in]
        assert (gerda.name, gerda.email, gerda.left_at) == ("Gerda Gast", None, None)
        assert [(event.deed, event.author) for event in log.of_person(gerda.id)] == [
            ("walk_in", "Tarek Aydın")
        ]
        [(slot, mark)] = service.marks_of(gerda.id).items()
        assert (slot, mark.state, mark.minutes, mark.way) == (cast.slots[2], "present", 90, "list")


@pytest.mark.parametrize("number", [0, 1, 4])
def test_nobody_is_there_where_nothing_runs(cast: Cast, client_for: Any, reading: Any, number: int) -> None:
    """Over, a break, not begun: the guest is on the list, and nothing is said about them."""
    client = client_for(cast.tarek)
    sent = form(client, cast, "Gerda Gast", slot=str(cast.slots[number]))
    assert client.post_form(f"{day_url(client, cast)}/gast", sent).status_code == 303
    assert "Gerda Gast steht jetzt auf der Liste." in client.soup(day_url(client, cast)).get_text()
    with reading():
        [gerda] = [person for person in service.enrolments(cast.nord) if person.walk_in]
        assert service.marks_of(gerda.id) == {}


def test_a_slot_that_was_dropped_or_is_elsewhere_welcomes_nobody(
    cast: Cast, client_for: Any, reading: Any, writing: Any
) -> None:
    client = client_for(cast.tarek)
    url, sent = f"{day_url(client, cast)}/gast", form(client, cast, "Gerda Gast")
    with writing():
        db.session.get_one(ScheduledSlot, cast.slots[2]).cancelled_at = NOW
        foreign = service.slots(cast.sued)[2].id
    assert client.post_form(url, sent).status_code == 303
    other = form(client, cast, "Gustav Gast", slot=str(foreign))
    assert client.post_form(url, other).status_code == 303
    with reading():
        guests = [person for person in service.enrolments(cast.nord) if person.walk_in]
        assert [service.marks_of(person.id) for person in guests] == [{}, {}]


def test_what_was_taken_back_is_not_entered_again(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.tarek)
    url, sent = f"{day_url(client, cast)}/gast", form(client, cast, "Gerda Gast")
    client.post_form(url, sent)
    with reading():
        [gerda] = [person.id for person in service.enrolments(cast.nord) if person.walk_in]
        mark = service.marks_of(gerda)[cast.slots[2]].id
    results(send(client, cast, operation(cast, gerda, "not_recorded", number=2, known=mark)))
    client.post_form(url, sent)
    with reading():
        assert service.marks_of(gerda) == {}


def test_sent_twice_adds_once(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.tarek)
    sent = form(client, cast, "Gerda Gast")
    for _ in range(2):
        assert client.post_form(f"{day_url(client, cast)}/gast", sent).status_code == 303
    with reading():
        assert names(cast).count("Gerda Gast") == 1


@pytest.mark.parametrize(
    ("name", "words"),
    [("", "Bitte geben Sie Vor- und Nachnamen an"), ("X", "mindestens zwei Zeichen"), ("12345", "keinen Buchstaben"),
     ("A" * 300, "Der Name hat 300 Zeichen"), ("Ger\x07da", "unsichtbare Steuerzeichen")],
)  # fmt: skip
def test_a_name_that_is_none(cast: Cast, client_for: Any, reading: Any, name: str, words: str) -> None:
    client = client_for(cast.tarek)
    answer = client.post_form(f"{day_url(client, cast)}/gast", form(client, cast, name))
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert words in text
    assert not name.isalnum() or f'value="{name}"' in text
    with reading():
        assert names(cast) == ["Anna Kolb", "Bela Öztürk"]


def test_a_name_that_is_on_the_list_is_asked_about(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.tarek)
    url = f"{day_url(client, cast)}/gast"
    answer = client.post_form(url, form(client, cast, "anna  KOLB"))
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Anna Kolb ist schon dabei: Ist das dieselbe Person?" in text
    assert 'value="anna KOLB"' in text
    assert f"#person_{cast.anna.enrolment_id}" in text
    with reading():
        assert len(names(cast)) == 2
    assert client.post_form(url, form(client, cast, "anna KOLB", anders="1")).status_code == 303
    with reading():
        assert sorted(names(cast)) == ["Anna Kolb", "Bela Öztürk", "anna KOLB"]


@pytest.mark.parametrize("key", ["", "kurz", "x" * 65])
def test_a_form_without_its_key_is_refused(cast: Cast, client_for: Any, reading: Any, key: str) -> None:
    client = client_for(cast.tarek)
    sent = form(client, cast, "Gerda Gast", key=key)
    assert client.post_form(f"{day_url(client, cast)}/gast", sent).status_code == 400
    with reading():
        assert len(names(cast)) == 2


def test_seats_are_no_limit_but_are_named(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        db.session.get_one(Cohort, cast.nord).seats = 2
    client = client_for(cast.tarek)
    answer = client.post_form(
        f"{day_url(client, cast)}/gast", form(client, cast, "Gerda Gast"), follow_redirects=True
    )
    said = "Damit sind 3 Personen dabei, Plätze gibt es 2."
    assert said in answer.get_data(as_text=True)
    assert said not in client.soup(day_url(client, cast)).get_text()  # only right after adding


def test_who_may(cast: Cast, client_for: Any) -> None:
    url = f"{day_url(client_for(cast.olga), cast)}/gast"
    assert knock(client_for, cast, url, post=True) == STAFF


# On the phone


def test_made_on_the_phone_and_marked_at_once(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.tarek)
    sent = [guest(cast, "Gerda Gast", KEY, state="not_recorded"), guest(cast, "Gerda Gast", KEY),
            guest(cast, "Gerda Gast", KEY, number=2, state="partial", minutes=20)]  # fmt: skip
    for expected in (["saved"] * 3, ["saved", "known", "known"]):
        answer = send(client, cast, *sent)
        found = results(answer)
        assert found[1:] == expected[1:]
        assert len({each["person"] for each in answer.json["answers"]}) == 1
    with reading():
        [gerda] = [person for person in service.enrolments(cast.nord) if person.walk_in]
        assert answer.json["answers"][0]["person"] == gerda.id
        assert [(mark.state, mark.minutes) for mark in service.marks_of(gerda.id).values()] == [
            ("present", 90), ("partial", 20),
        ]  # fmt: skip


def test_two_phones_enter_the_same_name_and_the_second_is_named(
    cast: Cast, client_for: Any, reading: Any
) -> None:
    send(client_for(cast.tarek), cast, guest(cast, "Gerda Gast", KEY))
    answer = send(client_for(cast.olga), cast, guest(cast, "gerda gast", KEY + "-b"))
    assert results(answer) == ["saved"]
    assert "Ist das Gerda Gast, auch als Gast eingetragen?" in " ".join(answer.json["guests"].split())
    with reading():
        assert sum(person.walk_in for person in service.enrolments(cast.nord)) == 2


def test_the_same_key_in_another_cohort_is_somebody_else(cast: Cast, client_for: Any, reading: Any) -> None:
    send(client_for(cast.tarek), cast, guest(cast, "Gerda Gast", KEY))
    with reading():
        slot = service.slots(cast.sued)[0].id
        day = service.days(cast.sued)[0].id
    client = client_for(cast.theo)
    url = f"/kohorten/{cast.sued}/anwesenheit/tag/{day}/abgleich"
    body = {"operations": [guest(cast, "Gustav Gast", KEY, slot=slot)]}
    answer = client.post(
        url, json=body, headers={"X-CSRFToken": client.token(), "Accept": "application/json"}
    )
    assert results(answer) == ["saved"]
    with reading():
        assert [person.name for person in service.enrolments(cast.sued)] == ["Frida Nowak", "Gustav Gast"]


def test_on_the_phone_too_seats_are_named_only_right_after(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        db.session.get_one(Cohort, cast.nord).seats = 2
    client, told = client_for(cast.tarek), []
    for _ in range(2):
        told.append(send(client, cast, guest(cast, "Gerda Gast", KEY)).json["told"])
    assert told == [["Damit sind 3 Personen dabei, Plätze gibt es 2."], []]


def test_a_bad_name_from_the_phone_is_refused_with_the_same_sentence(cast: Cast, client_for: Any) -> None:
    [answer] = send(client_for(cast.tarek), cast, guest(cast, "7", KEY)).json["answers"]
    assert (answer["result"], "mindestens zwei Zeichen" in answer["sentence"]) == ("refused", True)


# The guest stays


def test_the_guest_stays(cast: Cast, client_for: Any, reading: Any) -> None:
    send(client_for(cast.tarek), cast, guest(cast, "Gerda Gast", KEY))
    with reading():
        [gerda] = [person.id for person in service.enrolments(cast.nord) if person.walk_in]
    url = f"/kohorten/{cast.nord}/anwesenheit/gast/{gerda}/bleibt"
    for _ in range(2):
        answer = client_for(cast.olga).post_form(url)
        assert (answer.status_code, answer.headers["Location"]) == (
            303,
            f"/kohorten/{cast.nord}/teilnehmende/{gerda}",
        )
    with reading():
        assert db.session.get_one(Enrolment, gerda).walk_in is False
        assert [event.deed for event in log.of_person(gerda)] == ["stays", "walk_in"]
    assert knock(client_for, cast, url, post=True) == DESK


def test_somebody_unknown_does_not_stay(cast: Cast, client_for: Any) -> None:
    for wrong in (cast.frida.enrolment_id, 4711, 2**40):
        url = f"/kohorten/{cast.nord}/anwesenheit/gast/{wrong}/bleibt"
        assert client_for(cast.olga).post_form(url).status_code == 404


# Names


@pytest.mark.parametrize(
    ("one", "other"),
    [("Anna Kolb", "anna kolb"), ("Kolb, Anna", "Anna Kolb"), ("Anna", "Anna Kolb"), ("Ana Kolb", "Anna Kolb"),
     ("Bela Ozturk", "Bela Öztürk"), ("Anna-Lena Kolb", "Anna Lena Kolb")],
)  # fmt: skip
def test_names_that_may_mean_one_person(one: str, other: str) -> None:
    assert likeness.near(one, other)
    assert likeness.near(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("Anna Kolb", "Bela Öztürk"), ("Li", "Lu"), ("Jan Meyer", "Ina Weber"), ("Ali", "Eli")]
)
def test_names_that_do_not(one: str, other: str) -> None:
    assert not likeness.near(one, other)


def test_the_same_surname_is_akin(reading: Any, cast: Cast, writing: Any) -> None:
    with writing():
        for name in ("Birgit Sander", "Sander, Bernd", "Alexander Sanders"):
            people.join(db.session.get_one(Cohort, cast.nord), name, None, None, other_person=True)
    with reading():
        everyone = service.enrolments(cast.nord)
        assert sorted(one.name for one in likeness.akin("Berta Sander", everyone)) == [
            "Birgit Sander", "Sander, Bernd",
        ]  # fmt: skip
        assert likeness.akin("Birgit Sander", everyone)[0].name == "Sander, Bernd"
        assert likeness.akin("Sander", everyone) == []


def test_the_likeliest_is_first(reading: Any, cast: Cast, writing: Any) -> None:
    with writing():
        for name in ("Anna Kolbe", "anna  kolb"):
            people.join(db.session.get_one(Cohort, cast.nord), name, None, None, other_person=True)
    with reading():
        found = likeness.likely("Anna Kolbe", service.enrolments(cast.nord))
        assert found[0].name == "Anna Kolbe"
        assert len(found) == 3
