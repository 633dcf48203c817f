"""What the members of a small group do: join by code, write on one sheet, keep it in their Lernheft."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from bs4 import BeautifulSoup

from app.groups import service
from app.modules.views import groups as views
from app.progress import facts
from tests.groups.conftest import BLOCK, STATION, Room, body
from tests.modules.doors import LEARNERS, course, form_of, knock, words
from tests.support.cast import Person
from tests.support.client import check_page

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
    assert form["action"] == course(room.cast, f"gruppe/beitreten/{BLOCK}#{BLOCK}-code")
    typed = f" {group.code.lower()} "
    assert client.post_form(form["action"], {"code": typed}).status_code == 303
    assert words(client.soup(course(room.cast, PAGE)).select_one(".team")).startswith(
        "Gruppe 1: Anna Kolb, Bela Öztürk, Cem Yıldız."
    )


def answered(response) -> BeautifulSoup:
    """The page a form was answered with."""
    check_page(response.get_data(as_text=True), response.request.path)
    return BeautifulSoup(response.get_data(as_text=True), "html.parser")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            "0000",
            "Eine Gruppe mit dem Code „0000“ gibt es hier nicht. Bitte fragen Sie in Ihrer Gruppe nach.",
        ),
        ("", "Bitte geben Sie den Code Ihrer Gruppe ein."),
    ],
)
def test_a_wrong_code_is_said_at_the_form(client_for, room, typed, said):
    """Where somebody looks: the code typed stays, the field has the focus and says what is wrong."""
    room.draw(room.cast.anna, room.cast.bela)
    response = client_for(room.cem).post_form(course(room.cast, f"gruppe/beitreten/{BLOCK}"), {"code": typed})
    assert response.status_code == 422
    form = answered(response).select_one("form.team")
    code = form.select_one("input[name=code]")
    assert code.has_attr("data-autofocus")
    assert (code["value"], code["aria-invalid"]) == (typed, "true")
    assert form.select_one(f"#{code['aria-describedby']}").get_text().startswith(said)
    assert form["action"].endswith(f"#{code['id']}")
    assert len(room.groups()[0].people) == 2


def test_loading_the_page_again_after_a_wrong_code_leads_back(client_for, room):
    room.draw(room.cast.anna, room.cast.bela)
    for deed in ("beitreten", "verlassen"):
        response = client_for(room.cem).get(course(room.cast, f"gruppe/{deed}/{BLOCK}"))
        assert (response.status_code, response.location) == (303, course(room.cast, f"{PAGE}#{BLOCK}"))


def test_out_of_a_wrong_group_into_the_right_one(client_for, room):
    one, two = room.draw(room.cast.anna, room.cast.bela, count=2)
    (mine,) = [group for group in (one, two) if group.people[0].name == "Anna Kolb"]
    other = two if mine is one else one
    client = client_for(room.cast.anna)
    form = client.soup(course(room.cast, PAGE)).select_one(".team details form")
    assert client.post_form(form["action"].partition("#")[0], {"code": other.code}).status_code == 303
    assert {group.id: len(group.people) for group in room.groups()} == {mine.id: 0, other.id: 2}


def test_leaving_a_group_that_has_written_nothing(client_for, room):
    (group,) = room.draw(room.cast.anna, room.cast.bela)
    client, path = client_for(room.cast.anna), course(room.cast, f"gruppe/verlassen/{BLOCK}")
    assert client.soup(course(room.cast, PAGE)).select_one(f'form[action="{path}"]')
    assert client.post_form(path).status_code == 303
    assert client.post_form(path).status_code == 303, "sent twice it is done once"
    assert [person.name for person in room.groups()[0].people] == ["Bela Öztürk"]
    page = client.soup(course(room.cast, PAGE))
    assert page.select_one("form.team")
    assert page.select_one(f"form[data-answer={BLOCK}]")["action"] != action(room, group.id)


def test_once_the_group_has_written_trainers_take_people_out(client_for, room):
    (group,) = room.draw(room.cast.anna, room.cast.bela)
    client, path = client_for(room.cast.anna), course(room.cast, f"gruppe/verlassen/{BLOCK}")
    client.soup(course(room.cast, PAGE))
    room.send(group, {"entries": [{"q": "Schritt I: Wille", "a": "Ein ruhiger Morgen"}]}, "phone-b1")
    response = client.post_form(path)
    assert response.status_code == 422
    assert "bitten Sie Ihre Trainer:in, Sie umzusetzen" in words(
        answered(response).select_one(".team [role=alert]")
    )
    assert len(room.groups()[0].people) == 2
    page = client.soup(course(room.cast, PAGE))
    assert page.select_one(f'form[action="{path}"]') is None
    assert "setzt Ihre Trainer:in Sie um" in words(page.select_one(".team details"))


def test_who_may_leave(client_for, room):
    path = course(room.cast, f"gruppe/verlassen/{BLOCK}")
    assert knock(client_for, room.cast, lambda client: client.post_form(path)) == LEARNERS
    assert client_for(room.cast.anna).post_form(course(room.cast, "gruppe/verlassen/nie")).status_code == 404


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
    assert knock(client_for, room.cast, lambda client: client.post_form(path, {"code": "x"})) == LEARNERS | {
        "anna": 422
    }


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


@pytest.fixture
def meanwhile(room, monkeypatch):
    """`meanwhile(act)`: a trainer does that in the moment between the look at the group and the save."""

    ours = views._ours

    def wait_for(act):
        def look(*args):
            found = ours(*args)
            room.do(act)
            return found

        monkeypatch.setattr(views, "_ours", look)

    return wait_for


def drawn(room: Room, *people: Person):
    ids = [person.enrolment_id for person in people]
    return lambda: service.draw(room.cast.nord, STATION, None, ids, 1)


def test_a_group_drawn_anew_during_the_save_loses_no_text(client_for, room, meanwhile):
    (group,) = room.draw(room.cast.anna, room.cast.bela)
    client = client_for(room.cast.anna)
    form = form_of(client.soup(course(room.cast, PAGE)), BLOCK) | {"e0": "Ein langer Text"}
    meanwhile(drawn(room, room.cast.anna, room.cem))
    response = client.post_form(action(room, group.id), form)
    assert response.status_code == 409
    page = answered(response)
    assert "wurden die Gruppen neu gebildet" in words(page.select_one(f"#{BLOCK} .error-summary"))
    (new,) = room.groups()
    assert page.select_one(f"form[data-answer={BLOCK}]")["action"] == action(room, new.id)
    meanwhile(lambda: None)
    assert client.post_form(action(room, new.id), form_of(page, BLOCK)).status_code == 303
    assert room.sheet(new)["entries"][0]["a"] == "Ein langer Text"


def test_a_background_save_hears_that_the_group_is_gone(client_for, room, meanwhile):
    (group,) = room.draw(room.cast.anna, room.cast.bela)
    client = client_for(room.cast.anna)
    form = form_of(client.soup(course(room.cast, PAGE)), BLOCK) | {"e0": "x", "autosave": "1"}
    meanwhile(drawn(room, room.cast.anna, room.cem))
    response = client.post_form(action(room, group.id), form, headers={"Accept": "application/json"})
    assert response.status_code == 404


def test_the_text_of_a_group_that_is_gone_overwrites_nothing(client_for, room, meanwhile):
    """Somebody is alone again and had written something before: they see both texts."""
    client, own = client_for(room.cast.anna), course(room.cast, f"antwort/zu/{BLOCK}")
    alone = form_of(client.soup(course(room.cast, PAGE)), BLOCK)
    client.post_form(own, alone | {"e0": "Nur von mir"})
    (group,) = room.draw(room.cast.anna, room.cast.bela)
    form = form_of(client.soup(course(room.cast, PAGE)), BLOCK) | {"e0": "Mit der Gruppe"}
    meanwhile(lambda: service.dissolve(room.cast.nord, STATION))
    page = answered(client.post_form(action(room, group.id), form))
    assert page.select_one(f"form[data-answer={BLOCK}]")["action"] == own
    response = client.post_form(own, form_of(page, BLOCK))
    assert response.status_code == 409
    assert "Nur von mir" in response.get_data(as_text=True)
    assert "Mit der Gruppe" in response.get_data(as_text=True)


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
