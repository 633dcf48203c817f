"""What the members of a small group do: join by code, write on one sheet, keep it in their Lernheft."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from app.groups import service
from app.progress import facts
from tests.groups.conftest import BLOCK, STATION, Room, body
from tests.modules.doors import LEARNERS, course, form_of, knock, words

PAGE = "fall/lesen/der-weg-zur-kita"


def action(room: Room, group_id: int, block: str = BLOCK) -> str:
    return course(room.cast, f"gruppe/{group_id}/{block}")


def test_the_page_says_who_writes_and_who_reads(client_for, room):
    (group,) = room.draw(room.cast.anna, room.cast.bela)
    page = client_for(room.cast.anna).soup(course(room.cast, PAGE))
    assert words(page.select_one(".team")).startswith(
        "Gruppe 1: Anna Kolb, Bela Öztürk. Sie schreiben auf einem"
    )
    assert page.select_one(f"form[data-answer={BLOCK}]")["action"] == action(room, group.id)
    assert words(page.select_one(f"#{BLOCK} .sight")) == "Ihre Gruppe und Ihre Trainer:innen sehen das."


def test_both_write_on_one_sheet(client_for, room):
    (group,) = room.draw(room.cast.anna, room.cast.bela)
    anna, bela = client_for(room.cast.anna), client_for(room.cast.bela)
    forms = [form_of(client.soup(course(room.cast, PAGE)), BLOCK) for client in (anna, bela)]
    assert anna.post_form(action(room, group.id), forms[0] | {"e0": "Ein ruhiger Morgen"}).status_code == 303
    assert bela.post_form(action(room, group.id), forms[1] | {"e1": "Der Opa"}).status_code == 303
    form = form_of(anna.soup(course(room.cast, PAGE)), BLOCK)
    assert (form["e0"], form["e1"]) == ("Ein ruhiger Morgen", "Der Opa")


def test_a_conflict_shows_both_texts_and_the_decision_goes_to_the_group(client_for, room):
    (group,) = room.draw(room.cast.anna, room.cast.bela)
    anna, bela = client_for(room.cast.anna), client_for(room.cast.bela)
    forms = [form_of(client.soup(course(room.cast, PAGE)), BLOCK) for client in (anna, bela)]
    anna.post_form(action(room, group.id), forms[0] | {"e0": "Text eins"})
    response = bela.post_form(action(room, group.id), forms[1] | {"e0": "Text zwei"})
    assert response.status_code == 409
    page = response.get_data(as_text=True)
    assert "Text eins" in page
    assert "Text zwei" in page
    assert f'action="{action(room, group.id)}"' in page


def test_the_script_hears_what_others_wrote(client_for, room):
    (group,) = room.draw(room.cast.anna, room.cast.bela)
    room.send(group, {"entries": [{"q": "Schritt I: Wille", "a": "Ein ruhiger Morgen"}]}, "phone-a1")
    client, asking = client_for(room.cast.bela), {"Accept": "application/json"}
    fresh = client.get(action(room, group.id) + "?version=0", headers=asking).get_json()
    assert (fresh["version"], fresh["fields"]["e0"]) == (1, ["Ein ruhiger Morgen"])
    same = client.get(action(room, group.id) + "?version=1", headers=asking).get_json()
    assert same == {"version": 1, "fields": None}


def test_it_counts_for_everyone_in_the_group(room):
    (group,) = room.draw(room.cast.anna, room.cast.bela)
    room.send(group, body(a="Anna"), "phone-a1")
    with room.app.app_context():
        for person, done in ((room.cast.anna, [BLOCK]), (room.cast.bela, [BLOCK]), (room.cem, [])):
            assert list(facts.of_person(person.enrolment_id).done) == done
        assert set(facts.done_in(room.cast.nord)) == {
            room.cast.anna.enrolment_id,
            room.cast.bela.enrolment_id,
        }


def test_joining_by_code(client_for, room):
    (group,) = room.draw(room.cast.anna, room.cast.bela)
    client = client_for(room.cem)
    page = client.soup(course(room.cast, PAGE))
    form = page.select_one("form.team")
    assert form["action"] == course(room.cast, f"gruppe/beitreten/{BLOCK}")
    typed = f" {group.code.lower()} "
    assert client.post_form(form["action"], {"code": typed}).status_code == 303
    assert words(client.soup(course(room.cast, PAGE)).select_one(".team")).startswith(
        "Gruppe 1: Anna Kolb, Bela Öztürk, Cem Yıldız."
    )


def test_a_wrong_code_is_said(client_for, room):
    room.draw(room.cast.anna, room.cast.bela)
    client = client_for(room.cem)
    client.post_form(course(room.cast, f"gruppe/beitreten/{BLOCK}"), {"code": "0000"})
    page = client.soup(course(room.cast, PAGE))
    assert "Eine Gruppe mit dem Code „0000“ gibt es hier nicht." in words(page.select_one("main"))
    assert len(room.groups()[0].people) == 2


def test_what_one_wrote_alone_before_stays(client_for, room):
    client = client_for(room.cast.anna)
    alone = form_of(client.soup(course(room.cast, PAGE)), BLOCK)
    client.post_form(course(room.cast, f"antwort/zu/{BLOCK}"), alone | {"e0": "Nur von mir"})
    room.draw(room.cast.anna, room.cast.bela)
    page = client.soup(course(room.cast, PAGE))
    assert "Nur von mir" in words(page.select_one(".team details"))
    assert form_of(page, BLOCK)["e0"] == ""


def test_who_may_save(client_for, room):
    (group,) = room.draw(room.cast.anna, room.cast.bela)
    send = {"e0": "x", "version": "0", "client_id": "geraet-0001"}
    assert (
        knock(client_for, room.cast, lambda client: client.post_form(action(room, group.id), send))
        == LEARNERS
    )
    assert client_for(room.cem).post_form(action(room, group.id), send).status_code == 404


def test_who_may_join(client_for, room):
    room.draw(room.cast.bela)
    path = course(room.cast, f"gruppe/beitreten/{BLOCK}")
    assert knock(client_for, room.cast, lambda client: client.post_form(path, {"code": "x"})) == LEARNERS


@pytest.mark.parametrize("rest", ["gruppe/999/case-1", "gruppe/1/w1-3", "gruppe/1/nie"])
def test_unknown_sheets(client_for, room, rest):
    room.draw(room.cast.anna, room.cast.bela)
    assert client_for(room.cast.anna).post_form(course(room.cast, rest), {"e0": "x"}).status_code == 404


def test_invalid_text_comes_back(client_for, room):
    (group,) = room.draw(room.cast.anna, room.cast.bela)
    client = client_for(room.cast.anna)
    form = form_of(client.soup(course(room.cast, PAGE)), BLOCK)
    response = client.post_form(action(room, group.id), form | {"e0": "x" * 10_001})
    assert response.status_code == 422
    assert "x" * 10_001 in response.get_data(as_text=True)
    assert f'action="{action(room, group.id)}"' in response.get_data(as_text=True)


def test_it_lands_in_every_members_lernheft(client_for, room):
    (group,) = room.draw(room.cast.anna, room.cast.bela)
    room.send(group, {"entries": [{"q": "Schritt I: Wille", "a": "Ein ruhiger Morgen"}]}, "phone-a1")
    for person, there in ((room.cast.anna, True), (room.cast.bela, True), (room.cem, False)):
        page = words(client_for(person).soup(course(room.cast, "lernheft")).select_one("main"))
        assert ("Ein ruhiger Morgen" in page) is there
        assert ("Gruppe 1 hat das gemeinsam geschrieben." in page) is there


def test_who_was_put_elsewhere_while_typing_gets_the_text_back(client_for, room):
    (group,) = room.draw(room.cast.anna, room.cast.bela)
    client = client_for(room.cast.anna)
    form = form_of(client.soup(course(room.cast, PAGE)), BLOCK) | {"e0": "Ein langer Text"}
    room.do(lambda: service.pick(room.cast.nord, STATION, {room.cast.anna.enrolment_id: 0}))
    response = client.post_form(action(room, group.id), form)
    assert response.status_code == 404
    assert "Ein langer Text" in response.get_data(as_text=True)


def test_it_is_in_the_data_one_takes_along(client_for, room):
    (group,) = room.draw(room.cast.anna, room.cast.bela)
    room.send(group, body(a="Ein ruhiger Morgen"), "phone-a1")
    packed = client_for(room.cast.bela).get(course(room.cast, "lernheft.zip")).data
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        data = json.loads(archive.read("daten.json"))
    (sheet,) = data["gruppenblaetter"]
    assert (sheet["block"], sheet["gruppe"], sheet["inhalt"]) == (
        BLOCK,
        "Gruppe 1",
        body(a="Ein ruhiger Morgen"),
    )
